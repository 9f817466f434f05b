// SPDX-License-Identifier: EUPL-1.2
//! What a revoked desk wrote and the office had not accepted leaves its log at whoever has it, at once or not at all; nothing of it
//! is thrown away, and it can be handed on to the centre.
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
use sportello_domain::erasure::{ErasedRecord, ErasureListed};
use sportello_domain::event::NewEvent;
use sportello_domain::household::HouseholdNoted;
use sportello_domain::ids::ErasureId;
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{LogName, Segment};
use sportello_protocol::{DeskKey, Link, Record};
use sportello_store::{RecordPage, StoreError};
use uuid::Uuid;

fn log(topic: Topic) -> LogName {
    LogName::new(desk_id(1), topic)
}

fn writer() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

fn all(from: &Desk, topic: Topic) -> RecordPage {
    let page = from.store.read(|r| r.records(&log(topic), 1, usize::MAX));
    page.unwrap().unwrap()
}

fn link(page: &RecordPage, seq: u64) -> Link {
    page.records[..seq as usize]
        .iter()
        .fold(page.before, |link, record| record.link(link))
}

/// A part of a log, signed by its writer.
fn segment(page: &RecordPage, from: u64, until: u64) -> Segment {
    let records = page.records[from as usize - 1..until as usize].to_vec();
    let (name, topic) = (page.log.clone(), page.log.topic().unwrap());
    Segment::sign(&writer(), OFFICE, name, topic, from, records, link(page, until))
}

/// Takes in what stands from one record to another; it comes from the centre or from a neighbour.
fn give(to: &Desk, page: &RecordPage, from: u64, until: u64, by_centre: bool) {
    let part = segment(page, from, until);
    let weight = part.records.iter().map(Record::weight).sum();
    to.store
        .write(|tx| {
            tx.ingest(&page.log, from, &part.records)?;
            if by_centre {
                tx.acknowledge(&page.log, until, part.head.link(), noon())?;
            }
            tx.keep_head(&page.log, &part.head, weight)
        })
        .unwrap();
}

fn withdraw(from: &Desk, page: &RecordPage, accepted: u64) -> u64 {
    let accepted = (accepted, link(page, accepted));
    from.store
        .write(|tx| tx.withdraw_late(&page.log, accepted, noon()))
        .unwrap()
}

fn found(desk: &Desk, name: &str) -> usize {
    desk.store.read(|r| r.search(name, 10)).unwrap().len()
}

/// Two records accepted; three came after, by a neighbour.
fn neighbour() -> (Desk, RecordPage) {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    one.append(&[plain_household(1), grant(1, 300, 1)]);
    one.append(&[deliver(1, 1, vec![run(1, 30)]), plain_household(2)]);
    one.append(&[receive(1, vec![run(1, 100)])]);
    let page = all(&one, Q1);
    give(&two, &page, 1, 2, true);
    give(&two, &page, 3, 4, false);
    give(&two, &page, 5, 5, false);
    (two, page)
}

#[test]
fn what_late_records_said_is_gone_from_everything_that_is_shown_and_they_are_not() {
    let (two, page) = neighbour();
    let stock = |desk: &Desk| {
        let held = desk.store.read(|r| r.held(desk_id(1), campaign_id())).unwrap();
        held.len()
    };
    let out = |desk: &Desk| {
        let out = desk
            .store
            .read(|r| r.delivered_overlapping(campaign_id(), &[run(1, 30)]));
        out.unwrap().len()
    };
    assert_eq!((found(&two, "Rossi2"), stock(&two), out(&two)), (1, 1, 1));
    assert_eq!(withdraw(&two, &page, 2), 3);
    let two = two.reopened();
    assert_eq!((found(&two, "Rossi2"), stock(&two), out(&two)), (0, 0, 0));
    assert_eq!(found(&two, "Rossi1"), 1, "what was accepted stays");
    two.sound();
    two.store
        .read(|r| {
            assert_eq!(r.household_count()?, 1);
            assert_eq!(r.topic_of(household_id(2))?, None, "nobody has heard of it");
            assert_eq!(r.head(&page.log)?.unwrap().seq, 2);
            let asides = r.asides()?;
            assert_eq!(asides.len(), 1);
            assert_eq!(
                (asides[0].first, asides[0].last, asides[0].continues),
                (3, 5, true)
            );
            let records: Vec<Record> = r
                .aside_records(&asides[0])?
                .into_iter()
                .map(|found| found.record)
                .collect();
            assert_eq!(records, page.records[2..]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn they_are_handed_on_under_their_writers_signature_and_what_was_accepted_still_is() {
    let (two, page) = neighbour();
    withdraw(&two, &page, 2);
    let given = two
        .store
        .read(|r| r.signed_records(&page.log, 1, 1 << 20))
        .unwrap();
    let (given, head) = given.expect("what came from the centre has a head of its own");
    assert_eq!((given.records.len(), head.seq), (2, 2));
    let waiting = || two.store.read(|r| r.asides_to_hand_on()).unwrap();
    let segments = waiting();
    assert_eq!(segments, [segment(&page, 3, 5)]);
    segments[0]
        .check(OFFICE, &writer().public(), link(&page, 2))
        .unwrap();
    let end = segments[0].head.link();
    two.store.write(|tx| tx.was_handed_on(&page.log, end)).unwrap();
    assert_eq!(waiting(), []);
    two.store.write(|tx| tx.hand_on_again()).unwrap();
    assert_eq!(waiting().len(), 1, "to a centre that forgot");
    // The same from the centre is the same.
    let late = segment(&page, 3, 5);
    let kept = |at_centre| {
        two.store
            .write(|tx| tx.keep_aside(&late, Some(link(&page, 2)), noon(), at_centre))
            .unwrap()
    };
    assert!(!kept(false));
    assert_eq!(waiting().len(), 1);
    assert!(!kept(true));
    assert_eq!(waiting(), []);
}

#[test]
fn it_happens_at_once_or_not_at_all() {
    let (two, page) = neighbour();
    let before = two.dump();
    let undone: Result<(), StoreError> = two.store.write(|tx| {
        assert_eq!(tx.withdraw_late(&page.log, (2, link(&page, 2)), noon())?, 3);
        Err(StoreError::Busy)
    });
    assert!(matches!(undone, Err(StoreError::Busy)));
    let two = two.reopened();
    assert_eq!(two.dump(), before);
    assert_eq!(two.store.read(|r| r.asides()).unwrap(), []);
    two.sound();
    withdraw(&two, &page, 2);
    let two = two.reopened();
    assert!(
        !two.store.read(|r| r.is_restored()).unwrap(),
        "no record was lost"
    );
}

#[test]
fn what_follows_late_records_is_set_aside_too_and_from_within_them_as_well() {
    let (two, page) = neighbour();
    withdraw(&two, &page, 2);
    let mut one = Desk::new(1);
    one.append(&[plain_household(1), grant(1, 300, 1)]);
    one.append(&[deliver(1, 1, vec![run(1, 30)]), plain_household(2)]);
    one.append(&[receive(1, vec![run(1, 100)]), plain_household(3)]);
    let more = all(&one, Q1);
    assert_eq!(link(&more, 5), link(&page, 5));
    // It begins in the middle of what is set aside already.
    let late = segment(&more, 5, 6);
    let links = two.store.read(|r| r.links_before(&page.log, 5)).unwrap();
    let before = links
        .into_iter()
        .find(|link| late.check(OFFICE, &writer().public(), *link).is_ok());
    let kept = two
        .store
        .write(|tx| tx.keep_aside(&late, before, noon(), false))
        .unwrap();
    assert!(kept);
    let asides = two.store.read(|r| r.asides()).unwrap();
    assert_eq!(
        (asides[1].first, asides[1].last, asides[1].continues),
        (5, 6, true)
    );
    let records = two.store.read(|r| r.aside_records(&asides[1])).unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(found(&two, "Rossi3"), 0);
}

#[test]
fn another_branch_than_the_accepted_one_goes_back_to_what_came_from_the_centre() {
    let (two, page) = neighbour();
    // The accepted third record is another one than here.
    let accepted = (3, Link([9; 32]));
    let out = two
        .store
        .write(|tx| tx.withdraw_late(&page.log, accepted, noon()))
        .unwrap();
    assert_eq!(out, 3);
    let head = two.store.read(|r| r.head(&page.log)).unwrap().unwrap();
    assert_eq!((head.seq, head.link), (2, link(&page, 2)));
    assert!(!two.store.read(|r| r.asides()).unwrap()[0].continues);
    two.sound();
}

#[test]
fn what_a_centre_gave_before_it_was_put_back_and_revoked_the_desk_is_late_too() {
    let (two, page) = neighbour();
    assert_eq!(withdraw(&two, &page, 1), 4);
    assert_eq!(two.store.read(|r| r.at_centre(&page.log)).unwrap(), 1);
    assert_eq!(two.store.read(|r| r.asides()).unwrap()[0].first, 2);
    two.sound();
}

#[test]
fn a_log_that_is_no_longer_than_what_was_accepted_stays_and_so_does_the_desks_own() {
    let (two, page) = neighbour();
    let five = (5, link(&page, 5));
    let six = (6, Link([6; 32]));
    for accepted in [five, six] {
        let out = two
            .store
            .write(|tx| tx.withdraw_late(&page.log, accepted, noon()));
        assert_eq!(out.unwrap(), 0);
    }
    let mut own = Desk::new(1);
    own.append(&[plain_household(1)]);
    let page = all(&own, Q1);
    assert_eq!(withdraw(&own, &page, 0), 0);
}

#[test]
fn what_was_ordered_late_is_ordered_no_more() {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    let note = NewEvent::new(Q1, household_id(1), HouseholdNoted { text: "n".into() });
    one.append(&[plain_household(1), note]);
    one.append(&[NewEvent::new(
        Topic::Office,
        ErasureId(Uuid::from_u128(0xe5)),
        ErasureListed {
            households: vec![],
            records: vec![ErasedRecord {
                desk: desk_id(1),
                topic: Q1,
                seq: 2,
                body: None,
                remains: None,
            }],
        },
    )]);
    for topic in [Q1, Topic::Office] {
        let page = all(&one, topic);
        give(&two, &page, 1, page.last.0, false);
    }
    withdraw(&two, &all(&one, Topic::Office), 0);
    two.sound();
}
