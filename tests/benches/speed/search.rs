// SPDX-License-Identifier: EUPL-1.2
//! Searching while typing among two hundred thousand households, through the second door.

use crate::table::Table;
use sportello_desk::Query;
use sportello_domain::campaign::HouseholdFacts;
use sportello_domain::demo::{self, DemoHousehold};
use sportello_domain::entitlement::{Granted, Source};
use sportello_domain::event::NewEvent;
use sportello_domain::household::{Address, HouseholdData, HouseholdRegistered, Member};
use sportello_domain::ids::{CommandId, DeskId, EntitlementId, HouseholdId, MemberId};
use sportello_domain::meta::Topic;
use sportello_store::Author;
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::{Office, Seat};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A screen is drawn in this time.
const FRAME: Duration = Duration::from_millis(16);
/// People that are looked for, key by key.
const SOUGHT: usize = 250;

pub async fn run(table: &mut Table, households: usize) {
    let office = Office::open().await;
    let seat = office.supervisor().await;
    office.until_quiet(&[&seat]).await;
    facts::define(&seat);
    let people = demo::households(3, households);
    let began = Instant::now();
    fill(&seat, &people, |_| seat.desk.id());
    table.tell(
        &format!("{households} households written"),
        format!("{:.1?}", began.elapsed()),
    );
    let mut times = Vec::new();
    for (question, whole) in questions(&people) {
        let query = Query::Search {
            text: question.clone(),
            limit: None,
        };
        let began = Instant::now();
        let found = seat.desk.query(&seat.session, &query).unwrap();
        times.push((began.elapsed(), question));
        let sportello_desk::View::Search(found) = found else {
            panic!()
        };
        assert!(
            !whole || !found.hits.is_empty(),
            "{:?} is not found",
            times.last()
        );
    }
    times.sort_unstable();
    let at = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index of a list"
        )]
        let index = ((times.len() - 1) as f64 * share) as usize;
        times[index].0
    };
    table.tell(
        &format!("{} searches: p50, p90, max", times.len()),
        format!("{:.1?} {:.1?} {:.1?}", at(0.5), at(0.9), at(1.0)),
    );
    table.at_most("search, p99", at(0.99), ("a frame", FRAME), 1.0);
    let slow: Vec<String> = times
        .iter()
        .rev()
        .take(5)
        .map(|(time, question)| format!("{question:?} {time:.1?}"))
        .collect();
    println!("slowest: {}", slow.join(", "));
}

/// Writes them as lists would, without the lists. `holder`: who may serve each, by its place.
pub(crate) fn fill(seat: &Seat, people: &[DemoHousehold], holder: impl Fn(usize) -> DeskId) {
    let desk = &seat.desk;
    let mut ordinal = 0_u128;
    for portion in people.chunks(4_000) {
        let mut events = Vec::new();
        for household in portion {
            ordinal += 1;
            let id = household_id(ordinal);
            let topic = Topic::Quartiere(household.quartiere);
            let data = data(household, ordinal);
            let facts = HouseholdFacts {
                members: data.size,
                minors: data.minors,
                disabled: data.disabled,
                resident: data.resident,
            };
            let amount = facts::campaign().amount_for(facts).unwrap();
            let source = Source {
                import: None,
                row: None,
                reason: "misura".into(),
            };
            events.push(NewEvent::new(
                topic,
                id,
                HouseholdRegistered { data, import: None },
            ));
            let granted = Granted {
                campaign: CAMPAIGN,
                household: id,
                amount,
                holder: holder(usize::try_from(ordinal - 1).unwrap()),
                source,
            };
            events.push(NewEvent::new(topic, EntitlementId::of(CAMPAIGN, id), granted));
        }
        let author = Author {
            actor: seat.session.operator(),
            command: CommandId(Uuid::now_v7()),
            now: desk.now(),
        };
        let mut salt = ordinal;
        let mut salts = || {
            salt = salt
                .wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645)
                .wrapping_add(1);
            salt.to_le_bytes()
        };
        desk.store()
            .write(|tx| tx.append(&author, &events, &mut salts).map(|_| ()))
            .unwrap();
    }
}

/// The household that is written as number so and so, from 1.
pub(crate) fn household_id(ordinal: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(
        0x9000_0000_0000_7000_8000_0000_0000_0000 + ordinal,
    ))
}

fn data(household: &DemoHousehold, ordinal: u128) -> HouseholdData {
    let mut order: Vec<usize> = (0..household.members.len()).collect();
    order.swap(0, household.applicant_index);
    let members: Vec<Member> = order
        .into_iter()
        .map(|at| &household.members[at])
        .zip(0_u128..)
        .map(|(person, at)| Member {
            id: MemberId(Uuid::from_u128((ordinal << 8) + at)),
            surname: person.surname.clone(),
            name: person.name.clone(),
            identifier: person.identifier.clone(),
            birth_date: Some(person.birth_date),
        })
        .collect();
    HouseholdData {
        size: u8::try_from(members.len()).unwrap(),
        members,
        minors: household.minors,
        disabled: household.disabled,
        resident: household.resident,
        quartiere: household.quartiere,
        address: Address {
            street: household.address.street.clone(),
            number: household.address.number.to_string(),
            ..Address::default()
        },
        phone: household.phone.clone(),
        email: String::new(),
        list_ref: household.list_ref.clone(),
    }
}

/// What is typed for people, key by key, and whether it is typed to the end.
fn questions(people: &[DemoHousehold]) -> Vec<(String, bool)> {
    let mut questions = Vec::new();
    for household in people.iter().step_by((people.len() / SOUGHT).max(1)) {
        let person = household.applicant();
        let first = person.name.split(' ').next().unwrap_or_default();
        let short: String = person.surname.chars().take(3).collect();
        for whole in [
            format!("{} {}", person.surname, person.name),
            format!("{first} {}", person.surname),
            format!("{short} {first}"),
            person.identifier.as_str().to_owned(),
            household.phone.clone(),
            household.list_ref.clone(),
        ] {
            let ends: Vec<usize> = whole.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
            questions.extend(
                ends.iter()
                    .map(|end| (whole[..*end].to_owned(), *end == whole.len())),
            );
        }
    }
    questions
}
