// SPDX-License-Identifier: EUPL-1.2
//! Records of one desk that stand in the log of another (ADR 0014): a desk that goes on under a new identity carries on what it
//! wrote under the old one, and supervisors let count what a revoked desk brings late.

use crate::chain::{Hash, Link};
use crate::record::{Body, Head, Record, RecordError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sportello_domain::desk::RecordAdopted;
use sportello_domain::erasure::{self, Remains};
use sportello_domain::event::Event;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EventMeta, Topic};

/// So often a record may be carried on: a desk that was stopped again and again, and adopted what it had adopted.
const DEPTH: usize = 8;

/// A record of `desk`, to be carried on; `before` is the link before it where it stood.
pub fn adopt(record: &Record, desk: DeskId, before: Link) -> RecordAdopted {
    let (body, erased) = match &record.body {
        Body::Present(bytes) => (Some(STANDARD.encode(bytes)), None),
        Body::Erased { hash, len } => {
            let left = [hash.as_slice(), &len.to_be_bytes()].concat();
            (None, Some(to_hex(&left)))
        }
    };
    RecordAdopted {
        desk,
        before: to_hex(&before.0),
        head: STANDARD.encode(&record.head),
        body,
        erased,
        left: None,
    }
}

/// What is left of a record that is carried on when the person is taken out of what it tells: the same one with its body erased, and
/// what is folded instead. None when nothing of it is to stay.
pub fn remains(adopted: &RecordAdopted) -> Result<Option<RecordAdopted>, RecordError> {
    let (record, before) = record_within(adopted)?;
    let head = Head::from_bytes(&record.head)?;
    let left = match record.event(&head) {
        Ok(Event::RecordAdopted(inner)) => remains(&inner)?.map(Event::from),
        Ok(event) => match erasure::remains(&event) {
            Remains::All => Some(event),
            Remains::Facts(left) => Some(*left),
            Remains::Nothing => None,
        },
        Err(RecordError::Erased) => None,
        Err(error) => return Err(error),
    };
    let Some(left) = left else { return Ok(None) };
    let (hash, len) = record.body.fingerprint();
    let bare = Record {
        head: record.head,
        body: Body::Erased { hash, len },
    };
    let json = left.encode().map_err(RecordError::Encode)?;
    Ok(Some(RecordAdopted {
        left: String::from_utf8(json).ok(),
        ..adopt(&bare, adopted.desk, before)
    }))
}

/// The record that is carried on, byte by byte as its desk sealed it, and the link before it.
pub fn record_within(adopted: &RecordAdopted) -> Result<(Record, Link), RecordError> {
    let head = STANDARD.decode(&adopted.head).map_err(|_| RecordError::Adopted)?;
    let body = match (&adopted.body, &adopted.erased) {
        (Some(text), None) => Body::Present(STANDARD.decode(text).map_err(|_| RecordError::Adopted)?),
        (None, Some(text)) => {
            let left: [u8; 36] = from_hex(text).ok_or(RecordError::Adopted)?;
            let (mut hash, mut len): (Hash, _) = ([0; 32], [0; 4]);
            hash.copy_from_slice(&left[..32]);
            len.copy_from_slice(&left[32..]);
            Body::Erased {
                hash,
                len: u32::from_be_bytes(len),
            }
        }
        _ => return Err(RecordError::Adopted),
    };
    let before = from_hex(&adopted.before).ok_or(RecordError::Adopted)?;
    Ok((Record { head, body }, Link(before)))
}

/// What a record tells: of itself, or, where it carries another one on, of that one.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What is to be folded.
    pub meta: EventMeta,
    /// The event; none when its body was erased.
    pub event: Option<Event>,
    /// The desks that carried it on, the last one first; none when it stands where it was written.
    pub carriers: Vec<DeskId>,
    /// The link after the record where it was written; none when it stands there.
    pub link: Option<Link>,
}

/// What a record of a desk's log tells.
pub fn read(head: &Head, record: &Record, desk: DeskId, topic: Topic) -> Result<Told, RecordError> {
    let meta = head.meta(desk, topic)?;
    match record.event(head) {
        Ok(event) => told(meta, event),
        Err(RecordError::Erased) => Ok(Told {
            meta,
            event: None,
            carriers: Vec::new(),
            link: None,
        }),
        Err(error) => Err(error),
    }
}

/// Looks through records that were carried on to what they tell. Whether those who carried them on may do so is the caller's to ask.
pub fn told(meta: EventMeta, event: Event) -> Result<Told, RecordError> {
    let mut told = Told {
        meta,
        event: Some(event),
        carriers: Vec::new(),
        link: None,
    };
    while let Some(Event::RecordAdopted(adopted)) = &told.event {
        if told.carriers.len() == DEPTH {
            return Err(RecordError::Adopted);
        }
        let (record, before) = record_within(adopted)?;
        let head = Head::from_bytes(&record.head)?;
        let meta = head.meta(adopted.desk, told.meta.topic)?;
        // It stands where it is looked for: in the story of the same thing.
        if meta.entity != told.meta.entity {
            return Err(RecordError::Adopted);
        }
        let event = match record.event(&head) {
            Ok(event) => Some(event),
            Err(RecordError::Erased) => match &adopted.left {
                Some(json) => Some(Event::decode(&head.kind, head.version, json.as_bytes())?),
                None => None,
            },
            Err(error) => return Err(error),
        };
        told.carriers.push(told.meta.desk);
        (told.meta, told.event, told.link) = (meta, event, Some(record.link(before)));
    }
    Ok(told)
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Reads hexadecimal of a fixed length.
fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::record::SALT_LEN;
    use sportello_domain::entitlement::{DeliveryRefused, RefusalReason};
    use sportello_domain::household::HouseholdNoted;
    use sportello_domain::meta::EntityKind;
    use uuid::Uuid;

    const Q1: Topic = Topic::Quartiere(1);

    fn desk(n: u128) -> DeskId {
        DeskId(Uuid::from_u128(n))
    }

    fn head(seq: u64, kind: &str) -> Head {
        Head {
            seq,
            hlc: 77,
            at: 5,
            kind: kind.into(),
            version: 1,
            entity_kind: EntityKind::Household.number(),
            entity: [9; 16],
            actor: [3; 16],
            command: [4; 16],
        }
    }

    fn noted() -> (Record, Event) {
        let event = Event::from(HouseholdNoted {
            text: "citofono rotto".into(),
        });
        (
            Record::seal(&head(12, event.kind()), [1; SALT_LEN], &event).unwrap(),
            event,
        )
    }

    #[test]
    fn what_an_order_leaves_of_a_carried_record_is_told_as_that_record() {
        let mut refused = head(3, "delivery.refused");
        refused.entity_kind = EntityKind::Entitlement.number();
        let event = Event::from(DeliveryRefused {
            appointment: None,
            reason: RefusalReason::Other,
            note: "è il cugino".into(),
        });
        let record = Record::seal(&refused, [1; SALT_LEN], &event).unwrap();
        let within = adopt(&record, desk(1), Link([8; 32]));
        let left = remains(&within).unwrap().unwrap();
        assert!(left.body.is_none() && !left.left.clone().unwrap().contains("cugino"));
        let meta = refused.meta(desk(2), Q1).unwrap();
        let (whole, left) = (
            told(meta.clone(), within.into()).unwrap(),
            told(meta, left.into()).unwrap(),
        );
        assert_eq!((left.meta, left.link), (whole.meta, whole.link));
        assert!(matches!(left.event, Some(Event::DeliveryRefused(body)) if body.note.is_empty()));
        let (note, _) = noted();
        assert_eq!(remains(&adopt(&note, desk(1), Link([8; 32]))).unwrap(), None);
    }

    /// Carried on by desks 2, 3, … in turn.
    fn carried(times: u128) -> (EventMeta, Event) {
        let (mut record, mut event) = noted();
        for n in 0..times {
            event = adopt(&record, desk(1 + n), Link([8; 32])).into();
            record = Record::seal(&head(1, event.kind()), [2; SALT_LEN], &event).unwrap();
        }
        (head(1, event.kind()).meta(desk(1 + times), Q1).unwrap(), event)
    }

    #[test]
    fn what_was_carried_on_tells_what_it_told_where_it_was_written() {
        let (record, event) = noted();
        for times in 1..=3 {
            let (meta, wrapped) = carried(times);
            let found = told(meta, wrapped).unwrap();
            assert_eq!(
                (found.meta.desk, found.meta.seq, found.event),
                (desk(1), 12, Some(event.clone()))
            );
            assert_eq!(found.link, Some(record.link(Link([8; 32]))));
            assert_eq!(found.carriers.len() as u128, times);
            assert_eq!(found.carriers[0], desk(1 + times));
        }
        let (meta, wrapped) = carried(20);
        assert!(told(meta, wrapped).is_err(), "there is an end to it");
    }

    #[test]
    fn an_erased_body_stays_erased_and_keeps_its_link() {
        let (record, _) = noted();
        let (hash, len) = record.body.fingerprint();
        let erased = Record {
            head: record.head.clone(),
            body: Body::Erased { hash, len },
        };
        let wrapped = adopt(&erased, desk(1), Link([8; 32]));
        assert_eq!(record_within(&wrapped).unwrap(), (erased, Link([8; 32])));
        let meta = head(1, "record.adopted").meta(desk(2), Q1).unwrap();
        let found = told(meta, wrapped.into()).unwrap();
        assert_eq!(
            (found.event, found.link),
            (None, Some(record.link(Link([8; 32]))))
        );
    }

    #[test]
    fn what_is_none_or_of_another_thing_is_not_believed() {
        let (record, _) = noted();
        let good = adopt(&record, desk(1), Link([8; 32]));
        let broken = [
            RecordAdopted {
                head: "?".into(),
                ..good.clone()
            },
            RecordAdopted {
                body: None,
                ..good.clone()
            },
            RecordAdopted {
                before: "é".repeat(32),
                ..good.clone()
            },
            RecordAdopted {
                erased: Some("00".into()),
                ..good.clone()
            },
        ];
        for wrapped in broken {
            assert!(record_within(&wrapped).is_err(), "{wrapped:?}");
        }
        let mut other = head(1, "record.adopted");
        other.entity = [1; 16];
        assert!(told(other.meta(desk(2), Q1).unwrap(), good.into()).is_err());
    }
}
