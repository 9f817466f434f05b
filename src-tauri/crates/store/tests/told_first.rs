// SPDX-License-Identifier: EUPL-1.2
//! What is told first stands in the journal; everything that is read follows before it is read, whatever happens in between (ADR 0027).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    missing_docs
)]

mod common;

use common::*;
use proptest::prelude::*;
use sportello_domain::appointment::{Finished, Outcome};
use sportello_domain::entitlement::Entitlement;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::CommandId;
use sportello_store::{Author, Store, StoreError};
use std::path::Path;
use uuid::Uuid;

/// Households with a right and an appointment at which they have presented themselves.
fn counter(households: u64) -> Desk {
    let mut desk = Desk::new(1);
    desk.append(&[
        define_campaign(),
        define_service(),
        receive(1, vec![run(1, 1_000_000)]),
    ]);
    for n in 1..=households {
        desk.append(&[
            plain_household(n),
            grant(n, 300, 1),
            book(n, n, "2021-01-18T09:00"),
            present(n),
        ]);
    }
    desk
}

fn served(n: u64) -> [NewEvent; 2] {
    let finished = Finished {
        outcome: Outcome::Served,
    };
    [
        deliver(n, n, vec![run(n * 30, n * 30 + 29)]),
        NewEvent::new(Q1, appointment_id(n), finished),
    ]
}

fn tell(store: &Store, salt: &mut u64, events: &[NewEvent]) {
    let author = Author {
        command: CommandId(Uuid::from_u128(u128::from(*salt))),
        ..author(noon())
    };
    store
        .write_told_first(|tx| {
            tx.append(&author, events, &mut || next_salt(salt))?;
            tx.mark_done(author.command, "{}")
        })
        .unwrap();
}

/// The file and what lies beside it, as a power cut would leave them now.
fn cut(store: &Store, to: &Path) -> std::path::PathBuf {
    for entry in std::fs::read_dir(store.path().parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        // Readers and writers find each other by it; nobody does after a power cut.
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    to.join(store.path().file_name().unwrap())
}

fn delivered(store: &Store, n: u64) -> usize {
    store
        .read(|reads| reads.state::<Entitlement>(entitlement_id(n)))
        .unwrap()
        .unwrap()
        .deliveries
        .len()
}

#[test]
fn what_was_told_is_read_at_once() {
    let desk = counter(3);
    let mut salt = 1 << 60;
    for n in 1..=3 {
        tell(&desk.store, &mut salt, &served(n));
        assert_eq!(delivered(&desk.store, n), 1);
    }
    desk.sound();
}

#[test]
fn what_was_told_survives_a_power_cut_before_it_was_read() {
    let desk = counter(3);
    let mut salt = 1 << 60;
    tell(&desk.store, &mut salt, &served(1));
    tell(&desk.store, &mut salt, &served(2));
    let elsewhere = tempfile::tempdir().unwrap();
    let after = Store::open(cut(&desk.store, elsewhere.path()), &key()).unwrap();
    assert_eq!(
        (delivered(&after, 1), delivered(&after, 2), delivered(&after, 3)),
        (1, 1, 0)
    );
    assert!(after.verify().unwrap().is_sound());
    desk.sound();
    assert_eq!(after.read(|reads| reads.dump()).unwrap(), desk.dump());
}

/// Another program that works on the file (the command line, beside the window) decides on all that was told.
#[test]
fn another_program_decides_on_what_was_told() {
    let desk = counter(2);
    let mut salt = 1 << 60;
    let other = Store::open(desk.path(), &key()).unwrap();
    tell(&desk.store, &mut salt, &served(1));
    let known = other
        .write(|tx| {
            Ok::<_, StoreError>(
                tx.state::<Entitlement>(entitlement_id(1))?
                    .unwrap()
                    .deliveries
                    .len(),
            )
        })
        .unwrap();
    assert_eq!(known, 1);
    // And the first one goes on with what the other has written, be it told first or not.
    tell(&other, &mut salt, &served(2));
    assert_eq!(delivered(&desk.store, 1), 1);
    let known = desk
        .store
        .write(|tx| {
            Ok::<_, StoreError>(
                tx.state::<Entitlement>(entitlement_id(2))?
                    .unwrap()
                    .deliveries
                    .len(),
            )
        })
        .unwrap();
    assert_eq!(known, 1);
    desk.sound();
}

#[test]
fn what_was_told_stays_when_the_next_write_is_undone() {
    let desk = counter(2);
    let mut salt = 1 << 60;
    tell(&desk.store, &mut salt, &served(1));
    let refused: Result<(), StoreError> = desk.store.write_told_first(|tx| {
        tx.append(&author(noon()), &served(2), &mut || next_salt(&mut salt))?;
        Err(StoreError::Restored)
    });
    assert!(refused.is_err());
    assert_eq!((delivered(&desk.store, 1), delivered(&desk.store, 2)), (1, 0));
    desk.sound();
}

/// A disk that has room for the record and none for the rows: it is told when they are read, and nothing was lost.
#[test]
fn a_disk_that_is_full_after_it_was_told_loses_nothing() {
    let desk = counter(2);
    let mut salt = 1 << 60;
    tell(&desk.store, &mut salt, &served(1));
    desk.store.read(|reads| reads.heads()).unwrap();
    let size = desk.store.size().unwrap();
    desk.store.limit_size(Some(size)).unwrap();
    // Rows that grow need pages that are not there: sooner or later one of the two fails, and neither is left half done.
    let mut told = 0;
    for n in 0..400 {
        let author = Author {
            command: CommandId(Uuid::from_u128(9_000 + n)),
            ..author(noon())
        };
        let note = plain_household(5_000 + n as u64);
        let written = desk.store.write_told_first(|tx| {
            tx.append(&author, std::slice::from_ref(&note), &mut || next_salt(&mut salt))
        });
        if written.is_err() {
            break;
        }
        told += 1;
    }
    assert!((1..400).contains(&told), "{told}");
    let last = household_id(5_000 + told - 1);
    let shown = || {
        desk.store
            .read(|reads| reads.state::<sportello_domain::household::Household>(last))
            .unwrap()
            .is_some()
    };
    assert!(shown(), "what was told is shown, room or not");
    desk.sound();
    desk.store.limit_size(None).unwrap();
    desk.sound();
    assert_eq!(delivered(&desk.store, 1), 1);
    assert!(shown());
}

#[derive(Clone, Debug)]
enum Step {
    Told(u64),
    Written(u64),
    Read,
    Undone,
    Reopened,
    Cut,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1_u64..8).prop_map(Step::Told),
        2 => (1_u64..8).prop_map(Step::Written),
        2 => Just(Step::Read),
        1 => Just(Step::Undone),
        1 => Just(Step::Reopened),
        2 => Just(Step::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// However told-first and other writes, reads, refusals and power cuts follow each other, the rows are those of the journal.
    #[test]
    fn rows_follow_from_the_journal(steps in prop::collection::vec(step(), 1..16)) {
        let mut desk = counter(8);
        let mut salt = 1 << 60;
        let mut done = 0;
        for step in steps {
            match step {
                Step::Told(n) => {
                    tell(&desk.store, &mut salt, &[refuse(n), present(n)]);
                    done += 2;
                }
                Step::Written(n) => {
                    desk.append(&[refuse(n)]);
                    done += 1;
                }
                Step::Read => desk.sound(),
                Step::Undone => {
                    let _: Result<(), _> = desk.store.write(|_| Err(StoreError::Restored));
                }
                Step::Reopened => desk = desk.reopened(),
                Step::Cut => {
                    let elsewhere = tempfile::tempdir().unwrap();
                    let after = Store::open(cut(&desk.store, elsewhere.path()), &key()).unwrap();
                    let report = after.verify().unwrap();
                    prop_assert!(report.is_sound(), "{:#?}", report);
                    prop_assert_eq!(after.read(|r| r.dump()).unwrap(), desk.dump());
                }
            }
        }
        desk.sound();
        let heads = desk.store.read(|r| r.heads()).unwrap();
        let records: u64 = heads.iter().map(|head| head.seq).sum();
        prop_assert_eq!(records, 3 + 8 * 4 + done);
    }
}
