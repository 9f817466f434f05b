// SPDX-License-Identifier: EUPL-1.2
//! Records, one after the other, as a log brings them: read, linked, and folded into what they concern.

use super::{DESK, TOPIC};
use sportello_domain::event::Event;
use sportello_domain::meta::EntityKind;
use sportello_domain::serial;
use sportello_domain::state::State;
use sportello_protocol::{Body, Head, Link, Record};
use std::collections::BTreeMap;

/// A log of at most so many records.
const MOST: usize = 64;

/// Records from bytes.
pub fn target(bytes: &[u8]) {
    let mut decoder = minicbor::Decoder::new(bytes);
    let mut states: BTreeMap<u8, State> = BTreeMap::new();
    let mut link = Link([0; 32]);
    for _ in 0..MOST {
        let Ok(record) = decoder.decode::<Record>() else {
            return;
        };
        link = linked(&record, link);
        let Ok(head) = Head::from_bytes(&record.head) else {
            continue;
        };
        assert_eq!(Head::from_bytes(&head.to_bytes()).ok().as_ref(), Some(&head));
        let (Ok(meta), Ok(event)) = (head.meta(DESK, TOPIC), record.event(&head)) else {
            continue;
        };
        written_again(&event);
        // All of one kind are about the same thing: that is where facts meet.
        let number = meta.entity.kind.number();
        if let Some(state) = State::fold(states.remove(&number), &meta, &event) {
            shown(&state);
            states.insert(number, state);
        }
    }
}

/// The chain goes on in the same way over a body that was erased.
fn linked(record: &Record, before: Link) -> Link {
    let again = minicbor::to_vec(record).expect("a record can be written");
    assert_eq!(minicbor::decode::<Record>(&again).ok().as_ref(), Some(record));
    let (hash, len) = record.body.fingerprint();
    let erased = Record {
        head: record.head.clone(),
        body: Body::Erased { hash, len },
    };
    let link = record.link(before);
    assert_eq!(erased.link(before), link);
    link
}

fn written_again(event: &Event) {
    let bytes = event.encode().expect("an event can be written");
    let again = Event::decode(event.kind(), event.version(), &bytes);
    assert_eq!(again.ok().as_ref(), Some(event));
}

/// What projections and screens ask of a state, whatever nonsense made it.
fn shown(state: &State) {
    let json = state.to_json().expect("a state can be written");
    let again = State::from_json(state.kind(), &json).expect("a state that was written can be read");
    assert_eq!(&again, state);
    match state {
        State::Entitlement(right) => {
            let _ = (
                right.status(),
                right.amount(),
                right.delivered(),
                right.remaining(),
            );
            for delivery in &right.deliveries {
                let _ = (serial::count(&delivery.runs), delivery.at.day());
                let _ = right.serials_twice(delivery.id);
            }
        }
        State::Stock(stock) => {
            for movement in &stock.movements {
                let supplied = stock.supplied(movement.campaign);
                let _ = (
                    serial::count(&supplied),
                    serial::subtract(&supplied, &movement.runs),
                );
            }
        }
        State::Household(household) => {
            let _ = household.data.applicant_name();
        }
        _ => {}
    }
    assert!(EntityKind::from_number(state.kind().number()).is_some());
}
