// SPDX-License-Identifier: EUPL-1.2
//! Another desk's records are handed on under its own signature, or not at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    missing_docs
)]

mod common;

use common::*;
use sportello_domain::event::NewEvent;
use sportello_domain::household::HouseholdNoted;
use sportello_protocol::segment::MAX_SEGMENT;
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, Record, Signature};
use sportello_store::RecordPage;

/// The signature is not looked at here: whoever takes a segment in has verified it.
fn signed(seq: u64, link: Link) -> SignedHead {
    SignedHead {
        seq,
        link: link.0,
        signature: Signature([seq as u8; 64]),
    }
}

fn note(household: u64, text: &str) -> NewEvent {
    NewEvent::new(Q1, household_id(household), HouseholdNoted { text: text.into() })
}

fn all(from: &Desk) -> RecordPage {
    let log = LogName::new(desk_id(1), Q1);
    from.store
        .read(|r| r.records(&log, 1, usize::MAX))
        .unwrap()
        .unwrap()
}

/// Takes in what stands from one record to another, as one segment.
fn give(to: &Desk, page: &RecordPage, from: u64, until: u64) {
    let records: Vec<Record> = page.records[from as usize - 1..until as usize].to_vec();
    let link = page.records[..until as usize]
        .iter()
        .fold(page.before, |link, record| record.link(link));
    let weight = records.iter().map(Record::weight).sum();
    to.store
        .write(|tx| {
            tx.ingest(&page.log, from, &records)?;
            tx.keep_head(&page.log, &signed(until, link), weight)
        })
        .unwrap();
}

#[test]
fn what_came_in_parts_is_handed_on_under_the_last_signature() {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    for household in 1..=9 {
        one.append(&[plain_household(household)]);
    }
    let page = all(&one);
    let head = |two: &Desk| two.store.read(|r| r.signed_head(&page.log)).unwrap();
    assert_eq!(head(&two), None);
    for (from, until) in [(1, 3), (4, 4), (5, 9)] {
        give(&two, &page, from, until);
    }
    assert_eq!(head(&two).unwrap().seq, 9);
    for from in [1, 2, 5, 9] {
        let (given, head) = two
            .store
            .read(|r| r.signed_records(&page.log, from, 1))
            .unwrap()
            .unwrap();
        assert_eq!(
            (given.from, head.seq, head.signature),
            (from, 9, Signature([9; 64]))
        );
        assert_eq!(given.records, page.records[from as usize - 1..]);
        assert_eq!(
            sportello_store::verify_chain(given.before, &given.records),
            head.link()
        );
    }
    assert_eq!(
        two.store.read(|r| r.signed_records(&page.log, 10, 1)).unwrap(),
        None
    );
    let unknown = LogName::new(desk_id(7), Q1);
    assert_eq!(
        two.store.read(|r| r.signed_records(&unknown, 1, 1)).unwrap(),
        None
    );
}

#[test]
fn a_signature_for_other_records_is_not_kept() {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    one.append(&[plain_household(1), plain_household(2)]);
    let page = all(&one);
    let keep = |head: &SignedHead| two.store.write(|tx| tx.keep_head(&page.log, head, 10)).unwrap();
    keep(&signed(2, page.last.1)); // the log is not here yet
    give(&two, &page, 1, 1);
    keep(&signed(2, page.last.1)); // not so far
    keep(&signed(1, Link([1; 32]))); // of another branch
    let head = two.store.read(|r| r.signed_head(&page.log)).unwrap().unwrap();
    assert_eq!((head.seq, head.signature), (1, Signature([1; 64])));
}

#[test]
fn signatures_beyond_what_a_key_vouches_for_are_forgotten_and_newer_ones_kept() {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    let long = "x".repeat(700 << 10);
    for _ in 0..9 {
        one.append(&[note(1, &long)]);
    }
    let page = all(&one);
    for seq in 1..=9 {
        give(&two, &page, seq, seq);
    }
    let last = || {
        two.store
            .read(|r| r.signed_head(&page.log))
            .unwrap()
            .map(|head| head.seq)
    };
    let forget = |beyond| two.store.write(|tx| tx.forget_heads(&page.log, beyond)).unwrap();
    assert_eq!(last(), Some(9));
    forget(9);
    assert_eq!(last(), Some(9), "it reaches so far");
    forget(5);
    assert!(last().is_some_and(|seq| seq <= 5));
    forget(0);
    assert_eq!(last(), None);
    // The same records come again under another signature.
    give(&two, &page, 1, 9);
    assert_eq!(last(), Some(9));
    let unknown = LogName::new(desk_id(7), Q1);
    two.store.write(|tx| tx.forget_heads(&unknown, 0)).unwrap();
}

/// However long the log, and in however small parts it came, it can be handed on in segments that a receiver takes.
#[test]
fn kept_signatures_lie_close_enough_for_segments() {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    let long = "x".repeat(700 << 10);
    for _ in 0..12 {
        one.append(&[note(1, &long)]);
    }
    let page = all(&one);
    for seq in 1..=12 {
        give(&two, &page, seq, seq);
    }
    let (mut next, mut parts) = (1, 0);
    while let Some((given, head)) = two
        .store
        .read(|r| r.signed_records(&page.log, next, 1 << 20))
        .unwrap()
    {
        let weight: usize = given.records.iter().map(Record::weight).sum();
        assert!(weight <= MAX_SEGMENT);
        next = head.seq + 1;
        parts += 1;
    }
    assert_eq!(next, 13);
    assert!(
        (4..=8).contains(&parts),
        "{parts}: neither one for each record nor one for all"
    );
}
