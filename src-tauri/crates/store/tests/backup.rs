// SPDX-License-Identifier: EUPL-1.2
//! Backups are whole, can be restored by themselves, and never write under the old name.
#![allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

mod common;

use chrono::{DateTime, TimeZone, Utc};
use common::*;
use sportello_domain::ids::OperatorId;
use sportello_domain::office::Role;
use sportello_store::backup::{FILE, KEYS, KeepPolicy, list, restore};
use sportello_store::keys::{KeyRing, SlotOwner};
use sportello_store::{Identity, StoreError};

fn at(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2021, 1, day, 18, 0, 0).unwrap()
}

fn ring(desk: &Desk) -> KeyRing {
    let ring = KeyRing::new(desk.dir.path().join(KEYS)).with_work_factor(4);
    if !ring.has("anna") {
        let owner = SlotOwner {
            operator: OperatorId::default(),
            username: "anna".into(),
            role: Role::Operator,
        };
        ring.give(&owner, "parola", &key()).unwrap();
    }
    ring
}

#[test]
fn a_backup_is_restored_by_itself_and_does_not_write_under_the_old_name() {
    let mut desk = Desk::new(1);
    desk.append(&[define_campaign(), plain_household(1), grant(1, 100, 1)]);
    let backups = tempfile::tempdir().unwrap();
    let made = desk
        .store
        .backup(backups.path(), &ring(&desk), at(4), KeepPolicy::default())
        .unwrap();
    let before = desk.dump();
    desk.append(&[deliver(1, 1, vec![run(1, 10)])]);

    let target = tempfile::tempdir().unwrap();
    // The slots came along: the passphrase of the day opens it.
    let (_, opened) = KeyRing::new(made.path.join(KEYS))
        .unlock("anna", "parola")
        .unwrap();
    let restored = restore(&made.path, target.path(), &opened).unwrap();
    assert_eq!(restored.read(|r| r.dump()).unwrap(), before);
    assert!(restored.verify().unwrap().is_sound());
    assert!(restored.read(|r| r.is_restored()).unwrap());
    assert!(KeyRing::new(target.path().join(KEYS)).has("anna"));
    let append = || {
        restored.write(|tx| {
            tx.append(&author(noon()), &[plain_household(2)], &mut || [1; 16])
                .map(|_| ())
        })
    };
    assert!(matches!(append(), Err(StoreError::Restored)));
    // What others wrote is taken in all the same: that is how it is filled up again.
    let heads = desk.store.read(|r| r.heads()).unwrap();
    for head in &heads {
        let page = desk
            .store
            .read(|r| r.records(&head.log, 1, usize::MAX))
            .unwrap()
            .unwrap();
        restored
            .write(|tx| tx.ingest(&page.log, 1, &page.records))
            .unwrap();
    }
    assert_eq!(restored.read(|r| r.dump()).unwrap(), desk.dump());
    // Enrolled anew, it writes under another name.
    restored
        .write(|tx| {
            tx.set_identity(Identity {
                office: OFFICE,
                desk: desk_id(5),
            })
        })
        .unwrap();
    append().unwrap();
    assert_eq!(
        restored.read(|r| r.own_logs()).unwrap()[0].log.desk_id(),
        desk_id(5)
    );
    assert!(matches!(
        restore(&made.path, target.path(), &opened),
        Err(StoreError::Exists(_))
    ));
}

#[test]
fn the_mark_of_a_restored_file_outlives_its_closing() {
    let desk = Desk::new(1);
    let backups = tempfile::tempdir().unwrap();
    let made = desk
        .store
        .backup(backups.path(), &ring(&desk), at(4), KeepPolicy::default())
        .unwrap();
    let target = tempfile::tempdir().unwrap();
    drop(restore(&made.path, target.path(), &key()).unwrap());
    let again = sportello_store::Store::open(target.path().join(FILE), &key()).unwrap();
    let refused = again.write(|tx| {
        tx.append(&author(noon()), &[plain_household(2)], &mut || [1; 16])
            .map(|_| ())
    });
    assert_eq!(refused.unwrap_err().code(), "restored");
}

#[test]
fn backups_are_kept_in_turn_and_half_made_ones_are_not_backups() {
    let mut desk = Desk::new(1);
    let backups = tempfile::tempdir().unwrap();
    let keep = KeepPolicy { daily: 2, weekly: 2 };
    for day in 4..=19 {
        desk.append(&[plain_household(u64::from(day))]);
        desk.store
            .backup(backups.path(), &ring(&desk), at(day), keep)
            .unwrap();
    }
    std::fs::create_dir(backups.path().join(".making-x")).unwrap();
    let days: Vec<_> = list(backups.path()).unwrap().iter().map(|b| b.at).collect();
    // 19 and 18 by day; the 17th is the Sunday of the week before.
    assert_eq!(days, [at(19), at(18), at(17)]);
    assert!(matches!(
        desk.store.backup(backups.path(), &ring(&desk), at(19), keep),
        Err(StoreError::Exists(_))
    ));
    let names: Vec<_> = std::fs::read_dir(&list(backups.path()).unwrap()[0].path)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(
        names.len(),
        2,
        "one file and its keys, no write-ahead log: {names:?}"
    );
}

#[test]
fn a_damaged_backup_is_not_put_in_place() {
    let mut desk = Desk::new(1);
    (1..40).for_each(|n| desk.append(&[plain_household(n)]));
    let backups = tempfile::tempdir().unwrap();
    let made = desk
        .store
        .backup(backups.path(), &ring(&desk), at(4), KeepPolicy::default())
        .unwrap();
    let file = made.path.join(FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let target = tempfile::tempdir().unwrap();
    assert_eq!(
        restore(&made.path, target.path(), &key()).unwrap_err().code(),
        "damaged"
    );
    assert!(!target.path().join(FILE).exists());
}

#[test]
fn a_damaged_file_makes_no_backup() {
    let mut desk = Desk::new(1);
    (1..40).for_each(|n| desk.append(&[plain_household(n)]));
    desk.store
        .tamper("UPDATE journal SET link = zeroblob(32) WHERE place & 255 = 7")
        .unwrap();
    let backups = tempfile::tempdir().unwrap();
    let refused = desk
        .store
        .backup(backups.path(), &ring(&desk), at(4), KeepPolicy::default());
    assert_eq!(refused.unwrap_err().code(), "damaged");
    assert_eq!(list(backups.path()).unwrap(), vec![]);
    assert_eq!(std::fs::read_dir(backups.path()).unwrap().count(), 0);
}
