// SPDX-License-Identifier: EUPL-1.2
//! What must hold for any bytes: reading never panics, what was written reads back, and nothing can be changed unnoticed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod samples;

use proptest::prelude::*;
use samples::messages::{self, DESK, OFFICE, desk_key, office_key};
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{
    Directory, Enrol, Enrolled, LogAnswer, MAX_MESSAGE, Presence, Problem, Pull, PullAnswer, Push,
    PushAnswer, Segment, WireError, pack, unpack,
};
use sportello_protocol::{
    Body, Certificate, ChainError, Head, Link, Record, SegmentError, SignedCertificate, verify_chain,
};

fn any_head() -> impl Strategy<Value = Head> {
    (
        any::<[u64; 2]>(),
        any::<i64>(),
        ".{0,40}",
        any::<u16>(),
        any::<u8>(),
        any::<[[u8; 16]; 3]>(),
    )
        .prop_map(
            |([seq, hlc], at, kind, version, entity_kind, [entity, actor, command])| Head {
                seq,
                hlc,
                at,
                kind,
                version,
                entity_kind,
                entity,
                actor,
                command,
            },
        )
}

fn any_body() -> impl Strategy<Value = Body> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200).prop_map(Body::Present),
        (any::<[u8; 32]>(), any::<u32>()).prop_map(|(hash, len)| Body::Erased { hash, len }),
    ]
}

/// A log of records that follow each other.
fn any_log() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec((any_head(), any_body()), 1..12).prop_map(|all| {
        let numbered = (1_u64..).zip(all);
        numbered
            .map(|(seq, (head, body))| Record {
                head: Head { seq, ..head }.to_bytes(),
                body,
            })
            .collect()
    })
}

fn genesis() -> Link {
    Link::genesis(OFFICE, DESK, Topic::Quartiere(3))
}

fn signed(records: Vec<Record>) -> Segment {
    let link = verify_chain(genesis(), &records, 1).unwrap();
    Segment::sign(
        &desk_key(),
        OFFICE,
        messages::log(),
        Topic::Quartiere(3),
        1,
        records,
        link,
    )
}

proptest! {
    #[test]
    fn heads_read_back(head in any_head()) {
        prop_assert_eq!(Head::from_bytes(&head.to_bytes()).unwrap(), head);
    }

    #[test]
    fn messages_read_back(records in any_log(), waiting: u64, version in ".{0,20}") {
        let push = Push { presence: Presence { now: 1, waiting, version, speaks: None }, segments: vec![signed(records)] };
        prop_assert_eq!(unpack::<Push>(&pack(&push).unwrap()).unwrap(), push);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Head::from_bytes(&bytes);
        let _ = minicbor::decode::<Record>(&bytes);
        let _ = minicbor::decode::<Certificate>(&bytes);
        let _ = minicbor::decode::<SignedCertificate>(&bytes);
        let _ = minicbor::decode::<Directory>(&bytes);
        let _ = minicbor::decode::<LogAnswer>(&bytes);
        for packed in [bytes.clone(), zstd::bulk::compress(&bytes, 1).unwrap()] {
            let _ = unpack::<Enrol>(&packed);
            let _ = unpack::<Enrolled>(&packed);
            let _ = unpack::<Push>(&packed);
            let _ = unpack::<PushAnswer>(&packed);
            let _ = unpack::<Pull>(&packed);
            let _ = unpack::<PullAnswer>(&packed);
            let _ = unpack::<Problem>(&packed);
        }
    }

    #[test]
    fn no_broken_message_makes_a_reader_panic(at in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<prop::sample::Index>()) {
        for (_, bytes) in messages::all() {
            let mut changed = bytes.clone();
            changed[at.index(bytes.len())] ^= 1 << bit;
            changed.truncate(cut.index(bytes.len()) + 1);
            let packed = zstd::bulk::compress(&changed, 1).unwrap();
            let _ = unpack::<Push>(&packed);
            let _ = unpack::<PullAnswer>(&packed);
            let _ = unpack::<Enrolled>(&packed);
        }
    }

    #[test]
    fn a_flipped_bit_anywhere_changes_the_link(
        records in any_log(), which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0..8_u8, in_head: bool,
    ) {
        let link = verify_chain(genesis(), &records, 1).unwrap();
        let mut changed = records.clone();
        let record = &mut changed[which.index(records.len())];
        match &mut record.body {
            Body::Present(bytes) if !in_head && !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
            Body::Erased { hash, .. } if !in_head => hash[at.index(32)] ^= 1 << bit,
            _ => {
                let at = at.index(record.head.len());
                record.head[at] ^= 1 << bit;
            }
        }
        let after: Link = changed.iter().fold(genesis(), |link, record| record.link(link));
        prop_assert_ne!(after, link);
        let forged = Segment { records: changed, ..signed(records) };
        prop_assert!(forged.verify(OFFICE, &desk_key().public(), genesis()).is_err());
    }

    #[test]
    fn another_order_changes_the_link(records in any_log(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (a, b) = (a.index(records.len()), b.index(records.len()));
        prop_assume!(a != b);
        let mut changed = records.clone();
        changed.swap(a, b);
        let is_out_of_order = matches!(verify_chain(genesis(), &changed, 1), Err(ChainError::Sequence { .. }));
        prop_assert!(is_out_of_order);
        let after: Link = changed.iter().fold(genesis(), |link, record| record.link(link));
        prop_assert_ne!(after, verify_chain(genesis(), &records, 1).unwrap());
    }

    #[test]
    fn an_erased_body_keeps_the_link(records in any_log(), which in any::<prop::sample::Index>()) {
        let link = verify_chain(genesis(), &records, 1).unwrap();
        let mut erased = records;
        let which = which.index(erased.len());
        let record = &mut erased[which];
        let (hash, len) = record.body.fingerprint();
        record.body = Body::Erased { hash, len };
        prop_assert_eq!(verify_chain(genesis(), &erased, 1).unwrap(), link);
    }
}

#[test]
fn a_chain_belongs_to_its_office_desk_and_topic() {
    let records = messages::records();
    let after = |genesis| verify_chain(genesis, &records, 1).unwrap();
    let other_office = sportello_domain::ids::OfficeId(uuid::Uuid::from_u128(5));
    let other_desk = sportello_domain::ids::DeskId(uuid::Uuid::from_u128(5));
    let all = [
        after(genesis()),
        after(Link::genesis(other_office, DESK, Topic::Quartiere(3))),
        after(Link::genesis(OFFICE, other_desk, Topic::Quartiere(3))),
        after(Link::genesis(OFFICE, DESK, Topic::Quartiere(4))),
    ];
    assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), 4);
}

#[test]
fn a_segment_says_in_what_it_does_not_hold() {
    let key = desk_key().public();
    let good = messages::segment();
    let code = |segment: Segment| segment.verify(OFFICE, &key, genesis()).unwrap_err().code();
    assert_eq!(
        good.clone()
            .verify(OFFICE, &key, genesis())
            .unwrap()
            .records()
            .len(),
        3
    );
    assert_eq!(
        code(Segment {
            from: 0,
            ..good.clone()
        }),
        "chain"
    );
    assert_eq!(
        code(Segment {
            from: u64::MAX,
            ..good.clone()
        }),
        "chain"
    );
    assert_eq!(
        code(Segment {
            records: vec![],
            ..good.clone()
        }),
        "chain"
    );
    let mut other_topic = good.clone();
    other_topic.log.topic = "q4".into();
    assert_eq!(
        code(other_topic),
        "signature",
        "a segment of one topic is none of another"
    );
    let mut new_topic = good.clone();
    new_topic.log.topic = "q9".into();
    assert_eq!(code(new_topic), "topic");
    let by_office = good.clone().verify(OFFICE, &office_key().public(), genesis());
    assert!(matches!(by_office, Err(SegmentError::Signature(_))));
    // What the centre signs for keeping is not what a writer signs.
    let kept = sportello_protocol::wire::SignedHead::by_keeper(
        &desk_key(),
        OFFICE,
        DESK,
        Topic::Quartiere(3),
        3,
        good.head.link(),
    );
    assert_eq!(
        code(Segment {
            head: kept,
            ..good.clone()
        }),
        "signature"
    );
    let elsewhere = good.verify(OFFICE, &key, Link([7; 32]));
    assert!(matches!(elsewhere, Err(SegmentError::Link { .. })));
}

#[test]
fn a_certificate_is_believed_only_when_the_office_signed_it() {
    let signed = messages::certificate().sign(&office_key());
    let office = office_key().public();
    assert_eq!(signed.verify(OFFICE, &office).unwrap(), messages::certificate());
    assert!(signed.verify(OFFICE, &desk_key().public()).is_err());
    let other = sportello_domain::ids::OfficeId(uuid::Uuid::from_u128(5));
    assert!(signed.verify(other, &office).is_err());
    for at in 0..signed.bytes.len() {
        let mut changed = signed.clone();
        changed.bytes[at] ^= 1;
        assert!(changed.verify(OFFICE, &office).is_err());
    }
}

/// What a newer version may say: fields after the known ones.
#[test]
fn a_newer_message_with_more_fields_is_read() {
    let mut problem = vec![0xa4]; // a map of four
    for (key, value) in [(0_u8, "revoked"), (1, "told"), (9, "something new")] {
        problem.push(key);
        problem.extend(minicbor::to_vec(value).unwrap());
    }
    problem.push(2);
    problem.extend(minicbor::to_vec(7_i64).unwrap());
    let read: Problem = minicbor::decode(&problem).unwrap();
    assert_eq!(
        (read.code.as_str(), read.detail.as_str(), read.now),
        ("revoked", "told", 7)
    );

    // Arrays grow at their end.
    let head = messages::head(1, &samples::events::all()[0].1);
    let mut bytes = head.to_bytes();
    assert_eq!(bytes[0], 0x89, "an array of nine");
    bytes[0] = 0x8a;
    bytes.extend(minicbor::to_vec("something new").unwrap());
    assert_eq!(Head::from_bytes(&bytes).unwrap(), head);
}

#[test]
fn a_small_message_cannot_become_a_huge_one() {
    let bomb = zstd::bulk::compress(&vec![0_u8; MAX_MESSAGE + 1], 3).unwrap();
    assert!(bomb.len() < 10_000);
    assert!(matches!(unpack::<Push>(&bomb), Err(WireError::TooLarge)));
    // A frame that asks for a window of 2^27 bytes is refused before memory is set aside for it.
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(27).unwrap();
    std::io::Write::write_all(&mut encoder, &[0; 64]).unwrap();
    assert!(matches!(
        unpack::<Push>(&encoder.finish().unwrap()),
        Err(WireError::Unpack(_))
    ));
}

#[test]
fn an_enrolment_shows_that_the_desk_has_its_key() {
    let code = sportello_protocol::EnrolmentCode::from_random([7; 16]);
    let good = Enrol::new(&code, &desk_key(), 1);
    assert!(good.verify().is_ok());
    assert!(
        Enrol {
            key: office_key().public(),
            ..good.clone()
        }
        .verify()
        .is_err()
    );
    assert!(
        Enrol {
            code: "1".into(),
            ..good
        }
        .verify()
        .is_err()
    );
}
