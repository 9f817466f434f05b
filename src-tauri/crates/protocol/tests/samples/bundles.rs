// SPDX-License-Identifier: EUPL-1.2
//! Bundles of a small office, and reading them to the end.

use super::messages::{self, DESK, NOW, OFFICE, desk_key, office_key};
use sportello_domain::meta::Topic;
use sportello_protocol::bundle::{BundleError, Next, Opening, Reader, Recipient, Writer};
use sportello_protocol::wire::{
    Directory, Have, LogAnswer, LogName, Presence, RefusedRecord, Segment, SignedHead,
};
use sportello_protocol::{Certificate, DeskKey};

/// A desk of the same Quartiere.
pub fn neighbour_key() -> DeskKey {
    DeskKey::from_seed(&[3; 32])
}

/// A desk of another Quartiere.
pub fn stranger_key() -> DeskKey {
    DeskKey::from_seed(&[4; 32])
}

pub fn neighbour() -> Certificate {
    Certificate {
        desk: [0x03; 16],
        key: neighbour_key().public(),
        name: "Q3-B".into(),
        ..messages::certificate()
    }
}

fn recipients() -> Vec<Recipient> {
    let q3 = Topic::Quartiere(3);
    vec![
        Recipient {
            key: office_key().public(),
            topics: Topic::ALL.to_vec(),
        },
        Recipient {
            key: neighbour_key().public(),
            topics: vec![Topic::Office, q3],
        },
        Recipient {
            key: stranger_key().public(),
            topics: vec![Topic::Office, Topic::Quartiere(1)],
        },
    ]
}

fn opening() -> Opening {
    Opening {
        office: *OFFICE.0.as_bytes(),
        from: *DESK.0.as_bytes(),
        presence: Presence {
            now: NOW,
            waiting: 3,
            version: "0.1.0".into(),
            speaks: None,
        },
        have: vec![Have {
            log: messages::log(),
            seq: 3,
        }],
        directory: Directory {
            version: 4,
            certificates: vec![
                messages::certificate().sign(&office_key()),
                neighbour().sign(&office_key()),
            ],
            presences: Vec::new(),
        },
        kept: Vec::new(),
        refused: Vec::new(),
    }
}

/// One log in two segments.
pub fn segments() -> Vec<Segment> {
    let (records, links) = (messages::records(), messages::links());
    let segment = |from: usize, to: usize| {
        Segment::sign(
            &desk_key(),
            OFFICE,
            messages::log(),
            Topic::Quartiere(3),
            from as u64,
            records[from - 1..to].to_vec(),
            links[to],
        )
    };
    vec![segment(1, 2), segment(3, 3)]
}

pub fn write(opening: &Opening, key: &DeskKey, segments: &[Segment]) -> Vec<u8> {
    let topics = [Topic::Office, Topic::Quartiere(3)];
    let mut writer = Writer::begin(Vec::new(), &recipients(), &topics, &[9; 32], key, opening).unwrap();
    for segment in segments {
        writer.segment(segment).unwrap();
    }
    writer.end().unwrap()
}

/// Of a desk.
pub fn of_desk() -> Vec<u8> {
    write(&opening(), &desk_key(), &segments())
}

/// Of the centre: with what it keeps.
pub fn of_centre() -> Vec<u8> {
    let (topic, link) = (Topic::Quartiere(3), messages::links()[3]);
    let opening = Opening {
        from: *OFFICE.0.as_bytes(),
        kept: vec![LogAnswer {
            log: messages::log(),
            seq: 3,
            kept: Some(SignedHead::by_keeper(&office_key(), OFFICE, DESK, topic, 3, link)),
            stopped: None,
        }],
        refused: vec![RefusedRecord {
            log: LogName::new(DESK, topic),
            seq: 2,
            code: "body_malformed".into(),
        }],
        ..opening()
    };
    write(&opening, &office_key(), &segments())
}

/// Name of the file, and the bundle.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    vec![("desk", of_desk()), ("centre", of_centre())]
}

pub fn maker(name: &str) -> [u8; 16] {
    *(if name == "centre" { OFFICE.0 } else { DESK.0 }).as_bytes()
}

/// Who may open them, and whether they may read the segments.
pub fn readers() -> Vec<(&'static str, DeskKey, bool)> {
    vec![
        ("the centre", office_key(), true),
        ("a desk of the Quartiere", neighbour_key(), true),
        ("a desk of another", stranger_key(), false),
    ]
}

/// What was found in a bundle.
#[derive(Debug)]
pub struct Found {
    pub opening: Opening,
    pub segments: Vec<Segment>,
    pub others: u32,
    pub damaged: u32,
    pub whole: bool,
}

pub fn read(bytes: &[u8], key: &DeskKey) -> Result<Found, BundleError> {
    let (mut reader, opening) = Reader::open(bytes, key, OFFICE, &office_key().public())?;
    let mut found = Found {
        opening,
        segments: Vec::new(),
        others: 0,
        damaged: 0,
        whole: false,
    };
    loop {
        match reader.next()? {
            Next::Segment(segment) => found.segments.push(*segment),
            Next::Other => found.others += 1,
            Next::Damaged => found.damaged += 1,
            Next::End { whole } => {
                found.whole = whole;
                assert!(reader.position() <= bytes.len() as u64);
                return Ok(found);
            }
        }
    }
}
