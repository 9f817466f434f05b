// SPDX-License-Identifier: EUPL-1.2
//! A small office with two desks, some records, and one message of each sort.

use super::events;
use sportello_domain::event::Event;
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::errands::{Replace, Replaced, Rotate, Rotated};
use sportello_protocol::wire::{
    AsideAnswer, AsideMark, AsideRequest, DeskPresence, Directory, Enrol, Enrolled, Have, LogAnswer, LogName,
    Presence, Problem, Pull, PullAnswer, Push, PushAnswer, Readmit, RefusedRecord, Segment, SignedHead,
};
use sportello_protocol::{
    AcceptedHead, Body, Certificate, DeskKey, EarlierKey, EnrolmentCode, Head, Link, Record,
};
use uuid::Uuid;

pub const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x000f_f1ce));
pub const DESK: DeskId = DeskId(Uuid::from_u128(0xd1));
/// A desk that this one came in the place of.
pub const OTHER: DeskId = DeskId(Uuid::from_u128(0xd0));
pub const NOW: i64 = 1_609_754_400_000;

pub fn office_key() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

pub fn desk_key() -> DeskKey {
    DeskKey::from_seed(&[2; 32])
}

pub fn head(seq: u64, event: &Event) -> Head {
    Head {
        seq,
        hlc: 105_488_872_550_400_000 + seq,
        at: NOW + i64::try_from(seq).unwrap(),
        kind: event.kind().into(),
        version: event.version(),
        entity_kind: EntityKind::Household.number(),
        entity: [0x41; 16],
        actor: [0x21; 16],
        command: [0xc0; 16],
    }
}

/// A log of notes; the second of three bodies is erased.
pub fn records() -> Vec<Record> {
    let note = events::all()
        .into_iter()
        .find(|(name, _)| *name == "household.noted.v1")
        .unwrap()
        .1;
    (1..=3_u8)
        .map(|seq| {
            let record = Record::seal(&head(u64::from(seq), &note), [seq; 16], &note).unwrap();
            if seq == 2 {
                let (hash, len) = record.body.fingerprint();
                return Record {
                    body: Body::Erased { hash, len },
                    ..record
                };
            }
            record
        })
        .collect()
}

pub fn log() -> LogName {
    LogName::new(DESK, Topic::Quartiere(3))
}

pub fn links() -> Vec<Link> {
    let genesis = Link::genesis(OFFICE, DESK, Topic::Quartiere(3));
    let mut links = vec![genesis];
    for record in records() {
        links.push(record.link(*links.last().unwrap()));
    }
    links
}

pub fn segment() -> Segment {
    Segment::sign(
        &desk_key(),
        OFFICE,
        log(),
        Topic::Quartiere(3),
        1,
        records(),
        links()[3],
    )
}

pub fn certificate() -> Certificate {
    Certificate {
        office: *OFFICE.0.as_bytes(),
        desk: *DESK.0.as_bytes(),
        key: desk_key().public(),
        site: [0x51; 16],
        name: "Q3-A".into(),
        reads: vec!["office".into(), "q3".into()],
        version: 1,
        issued_at: NOW,
        revoked: false,
        supervises: false,
        accepted: None,
        replaced_by: None,
        earlier: None,
    }
}

/// The key that the desk takes after its first.
pub fn new_key() -> DeskKey {
    DeskKey::from_seed(&[3; 32])
}

/// The certificate of the desk after it changed its key.
pub fn rotated_certificate() -> Certificate {
    Certificate {
        key: new_key().public(),
        version: 2,
        issued_at: NOW + 1_000,
        earlier: Some(vec![EarlierKey {
            key: desk_key().public(),
            until: NOW + 1_000,
            heads: vec![AcceptedHead {
                topic: "q3".into(),
                seq: 3,
                link: links()[3].0,
            }],
        }]),
        ..certificate()
    }
}

/// The certificate of a desk that another came in the place of.
pub fn replaced_certificate() -> Certificate {
    Certificate {
        desk: *OTHER.0.as_bytes(),
        version: 2,
        revoked: true,
        accepted: Some(vec![AcceptedHead {
            topic: "q3".into(),
            seq: 3,
            link: links()[3].0,
        }]),
        replaced_by: Some(vec![(*DESK.0.as_bytes()).into()]),
        ..certificate()
    }
}

fn presence() -> Presence {
    Presence {
        now: NOW,
        waiting: 3,
        version: "0.1.0".into(),
        speaks: None,
    }
}

/// Of a program that says what it speaks.
fn speaking() -> Presence {
    Presence {
        speaks: Some(3),
        ..presence()
    }
}

fn answer(stopped: Option<&str>) -> LogAnswer {
    let kept = SignedHead::by_keeper(&office_key(), OFFICE, DESK, Topic::Quartiere(3), 3, links()[3]);
    LogAnswer {
        log: log(),
        seq: 3,
        kept: Some(kept),
        stopped: stopped.map(str::to_owned),
    }
}

/// Name of the file and the message as CBOR, before it is packed.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    fn cbor<T: minicbor::Encode<()>>(message: &T) -> Vec<u8> {
        minicbor::to_vec(message).unwrap()
    }
    let code = EnrolmentCode::from_random([7; 16]);
    let signed = certificate().sign(&office_key());
    let directory = Directory {
        version: 4,
        certificates: vec![signed.clone()],
        presences: vec![DeskPresence {
            desk: *DESK.0.as_bytes(),
            seen_at: NOW,
            waiting: 3,
            skew: -1_500,
            version: "0.1.0".into(),
        }],
    };
    vec![
        ("certificate", cbor(&certificate())),
        ("enrol", cbor(&Enrol::new(&code, &desk_key(), NOW))),
        (
            "enrolled",
            cbor(&Enrolled {
                office_key: office_key().public(),
                office_name: "Comune di Firenze".into(),
                certificate: signed.clone(),
                now: NOW,
                replaced: None,
            }),
        ),
        ("certificate-replaced", cbor(&replaced_certificate())),
        (
            "enrol-instead",
            cbor(&Enrol::new(&code, &desk_key(), NOW).instead_of(OTHER)),
        ),
        (
            "enrolled-instead",
            cbor(&Enrolled {
                office_key: office_key().public(),
                office_name: "Comune di Firenze".into(),
                certificate: signed,
                now: NOW,
                replaced: Some(replaced_certificate().sign(&office_key())),
            }),
        ),
        (
            "readmit",
            cbor(&Readmit {
                certificate: certificate().sign(&office_key()),
            }),
        ),
        (
            "push",
            cbor(&Push {
                presence: presence(),
                segments: vec![segment()],
            }),
        ),
        (
            "push-answer",
            cbor(&PushAnswer {
                now: NOW,
                logs: vec![
                    answer(None),
                    LogAnswer {
                        seq: 0,
                        kept: None,
                        ..answer(Some("gap"))
                    },
                ],
                refused: vec![RefusedRecord {
                    log: log(),
                    seq: 2,
                    code: "body_malformed".into(),
                }],
            }),
        ),
        (
            "pull",
            cbor(&Pull {
                presence: presence(),
                have: vec![Have { log: log(), seq: 3 }],
                budget: 2 << 20,
                directory: 3,
            }),
        ),
        (
            "pull-answer",
            cbor(&PullAnswer {
                vouched: None,
                now: NOW,
                segments: vec![segment()],
                remaining: 12,
                own: vec![answer(None)],
                directory: Some(directory),
                aside: None,
            }),
        ),
        (
            "pull-answer-aside",
            cbor(&PullAnswer {
                vouched: None,
                now: NOW,
                segments: vec![],
                remaining: 0,
                own: vec![],
                directory: None,
                aside: Some(2),
            }),
        ),
        (
            "aside",
            cbor(&AsideRequest {
                presence: presence(),
                have: vec![AsideMark {
                    log: log(),
                    link: links()[3].0,
                }],
            }),
        ),
        (
            "aside-answer",
            cbor(&AsideAnswer {
                now: NOW,
                segments: vec![segment()],
                remaining: 1,
            }),
        ),
        (
            "pull-answer-of-a-relay",
            cbor(&PullAnswer {
                aside: None,
                now: NOW,
                segments: Vec::new(),
                remaining: 0,
                own: vec![LogAnswer {
                    kept: Some(segment().head),
                    ..answer(None)
                }],
                directory: None,
                vouched: Some(vec![answer(None)]),
            }),
        ),
        ("certificate-rotated", cbor(&rotated_certificate())),
        (
            "enrol-speaking",
            cbor(&Enrol {
                speaks: Some(3),
                ..Enrol::new(&code, &desk_key(), NOW)
            }),
        ),
        (
            "push-speaking",
            cbor(&Push {
                presence: speaking(),
                segments: vec![],
            }),
        ),
        (
            "rotate",
            cbor(&Rotate::new(
                OFFICE,
                DESK,
                &desk_key().public(),
                &new_key(),
                speaking(),
            )),
        ),
        (
            "rotated",
            cbor(&Rotated {
                now: NOW,
                certificate: rotated_certificate().sign(&office_key()),
            }),
        ),
        (
            "replace",
            cbor(&Replace {
                presence: speaking(),
                desk: *OTHER.0.as_bytes(),
                request: [0x99; 16],
            }),
        ),
        (
            "replaced",
            cbor(&Replaced {
                now: NOW,
                desk: *DESK.0.as_bytes(),
                name: "Q3-A".into(),
                code: code.as_str().into(),
                expires_at: NOW + 172_800_000,
            }),
        ),
        (
            "problem",
            cbor(&Problem {
                code: "revoked".into(),
                detail: "this desk was revoked".into(),
                now: NOW,
            }),
        ),
    ]
}
