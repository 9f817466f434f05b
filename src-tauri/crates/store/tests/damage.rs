// SPDX-License-Identifier: EUPL-1.2
//! Bad keys, bad files, full disks: each is told for what it is, and nothing is lost or half written.
#![allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

mod common;

use common::*;
use sportello_store::{DbKey, SCHEMA_VERSION, Store, StoreError, set_aside};
use std::io::{Seek, SeekFrom, Write};

fn filled(households: u64) -> Desk {
    let mut desk = Desk::new(1);
    for n in 1..=households {
        desk.append(&[plain_household(n), grant(n, 100, 1)]);
    }
    desk
}

/// Closes the file, so that everything stands in it and nothing in the write-ahead log.
fn closed(desk: Desk) -> (tempfile::TempDir, std::path::PathBuf) {
    let path = desk.path();
    let Desk { store, dir, .. } = desk;
    drop(store);
    assert!(!path.with_extension("db-wal").exists());
    (dir, path)
}

fn code(result: Result<Store, StoreError>) -> &'static str {
    result.err().map_or("opened", |error| error.code())
}

#[test]
fn another_key_is_told_from_damage() {
    let (_dir, path) = closed(filled(3));
    assert_eq!(code(Store::open(&path, &DbKey::from_bytes([8; 32]))), "wrong_key");
    let mut file = std::fs::File::options().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(900)).unwrap();
    file.write_all(&[0xff; 32]).unwrap();
    assert_eq!(code(Store::open(&path, &key())), "damaged");
}

#[test]
fn nothing_of_the_file_is_readable_without_the_key() {
    let (_dir, path) = closed(filled(50));
    let bytes = std::fs::read(&path).unwrap();
    for clear in [
        b"SQLite format".as_slice(),
        b"Rossi",
        b"household",
        b"Ghibellina",
        b"registered",
    ] {
        assert!(
            !bytes.windows(clear.len()).any(|w| w == clear),
            "{}",
            String::from_utf8_lossy(clear)
        );
    }
}

#[test]
fn a_file_that_is_missing_empty_or_broken_off_is_told() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(code(Store::open(dir.path().join("none.db"), &key())), "missing");
    let (_dir, path) = closed(filled(60));
    let length = std::fs::metadata(&path).unwrap().len();
    for left in [length / 2, 5000, 4096, 100] {
        std::fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(left)
            .unwrap();
        assert_eq!(
            code(Store::open(&path, &key())),
            "damaged",
            "{left} of {length} bytes"
        );
    }
    std::fs::write(&path, b"").unwrap();
    assert_eq!(code(Store::open(&path, &key())), "damaged");
    assert_eq!(code(Store::create(&path, &key(), identity(1))), "exists");
}

#[test]
fn a_page_that_was_changed_is_noticed_wherever_it_is() {
    let (_dir, path) = closed(filled(60));
    let whole = std::fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    assert!(pages > 20);
    for page in 1..pages {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 1234] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let found = Store::open(&path, &key()).and_then(|store| store.check_pages());
        assert_eq!(found.unwrap_err().code(), "damaged", "page {page}");
    }
    std::fs::write(&path, &whole).unwrap();
    Store::open(&path, &key()).unwrap().check_pages().unwrap();
}

#[test]
fn a_damaged_file_is_set_aside_and_never_deleted() {
    let (dir, path) = closed(filled(1));
    let before = std::fs::read(&path).unwrap();
    let one = set_aside(&path).unwrap();
    assert!(!path.exists());
    std::fs::write(&path, b"another").unwrap();
    let two = set_aside(&path).unwrap();
    assert_ne!(one, two);
    assert_eq!(std::fs::read(one).unwrap(), before);
    assert_eq!(std::fs::read(two).unwrap(), b"another");
    assert!(matches!(set_aside(&path), Err(StoreError::Missing(_))));
    drop(Store::create(&path, &key(), identity(1)).unwrap());
    drop(dir);
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    let mut desk = filled(20);
    let (before, size) = (desk.dump(), desk.store.size().unwrap());
    desk.store.limit_size(Some(size + 8 * 4096)).unwrap();
    let mut written = 0;
    let refused = loop {
        let n = 100 + written;
        match desk.try_append(noon(), &[plain_household(n), grant(n, 100, 1)]) {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 500);
    };
    assert_eq!(refused.code(), "disk_full");
    // A page from elsewhere that does not fit is refused whole.
    let other = filled(300);
    let page = {
        let heads = other.store.read(|r| r.heads()).unwrap();
        other
            .store
            .read(|r| r.records(&heads[0].log, 1, usize::MAX))
            .unwrap()
            .unwrap()
    };
    let foreign = sportello_protocol::wire::LogName::new(desk_id(4), Q1);
    let ingested = desk.store.write(|tx| tx.ingest(&foreign, 1, &page.records));
    assert_eq!(ingested.unwrap_err().code(), "disk_full");
    assert_eq!(desk.store.read(|r| r.household_count()).unwrap(), 20 + written);
    desk.sound();
    // There is room again: the desk goes on where it was.
    desk.store.limit_size(None).unwrap();
    desk.append(&[plain_household(999)]);
    let desk = desk.reopened();
    assert_eq!(desk.store.read(|r| r.household_count()).unwrap(), 21 + written);
    assert!(before.iter().all(|line| desk.dump().contains(line)));
    desk.sound();
}

#[test]
fn a_newer_files_schema_is_refused() {
    let desk = filled(1);
    desk.store.pretend_schema(SCHEMA_VERSION + 1).unwrap();
    let (_dir, path) = closed(desk);
    let refused = Store::open(&path, &key()).err().unwrap();
    assert!(
        matches!(refused, StoreError::NewerSchema { found, known } if found == SCHEMA_VERSION + 1 && known == SCHEMA_VERSION)
    );
    assert_eq!(refused.code(), "newer_schema");
}

#[test]
fn tampering_inside_is_found_by_verify() {
    for (sql, what) in [
        ("UPDATE entitlement SET delivered = 5 WHERE n = 1", "columns"),
        (
            "UPDATE thing SET state = json_set(state, '$.name', 'altra') WHERE n = 1",
            "state",
        ),
        ("UPDATE household SET sort_name = 'verdi' WHERE n = 1", "columns"),
        ("UPDATE entitlement SET places = x'' WHERE n = 1", "records"),
        ("DELETE FROM run", "a row is missing"),
        ("DELETE FROM household_words WHERE rowid = 1", "search words"),
        (
            "INSERT INTO member VALUES ('X', zeroblob(16), zeroblob(16))",
            "a row too many",
        ),
        ("DELETE FROM entitlement WHERE n = 2", "missing"),
    ] {
        let mut desk = filled(3);
        desk.append(&[define_campaign(), deliver(1, 1, vec![run(1, 10)])]);
        desk.sound();
        desk.store.tamper(sql).unwrap();
        let report = desk.store.verify().unwrap();
        assert!(
            report.differences.iter().any(|d| d.what == what),
            "{sql}: {:?}",
            report.differences
        );
        desk.store.rebuild_projections().unwrap();
        desk.sound();
    }
}

#[test]
fn a_broken_chain_is_found_at_its_place() {
    for sql in [
        "UPDATE journal SET body = CAST(body || x'00' AS BLOB) WHERE place & 255 = 4",
        "DELETE FROM journal WHERE place & 255 = 4",
    ] {
        let desk = filled(5);
        desk.store.tamper(sql).unwrap();
        let report = desk.store.verify().unwrap();
        assert_eq!(report.logs[0].broken_at, Some(4), "{sql}");
        assert!(!report.is_sound());
        assert_eq!(desk.store.rebuild_projections().unwrap_err().code(), "damaged");
    }
}

/// What a change does to a file's bytes.
type Change<'a> = &'a dyn Fn(&mut Vec<u8>);

/// A desk's directory as it lies on the disk while the desk is open, its write-ahead log changed.
fn with_log(desk: &Desk, change: Change<'_>) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    for name in ["desk.db", "desk.db-wal", "desk.db-count"] {
        let mut bytes = std::fs::read(desk.dir.path().join(name)).unwrap();
        if name.ends_with("-wal") {
            assert!(bytes.len() > 40 * 4096, "there is something to lose");
            change(&mut bytes);
        }
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    let path = dir.path().join("desk.db");
    (dir, path)
}

#[test]
fn a_write_ahead_log_that_was_damaged_or_cut_is_noticed_and_what_is_left_of_it_kept() {
    let desk = filled(40);
    let whole = desk.store.read(|reads| reads.heads()).unwrap();
    let (_dir, path) = with_log(&desk, &|_| ());
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(
        store.read(|reads| reads.heads()).unwrap(),
        whole,
        "a power cut loses nothing"
    );
    assert!(!store.read(|reads| reads.is_restored()).unwrap());

    let changes: [(&str, Change<'_>); 6] = [
        ("a bit of its header", &|log| log[9] ^= 1),
        ("a bit in the middle", &|log| {
            let middle = log.len() / 2;
            log[middle] ^= 0x10;
        }),
        ("a bit near its end", &|log| {
            let place = log.len() - 100;
            log[place] ^= 1;
        }),
        ("cut in the middle", &|log| log.truncate(log.len() / 2)),
        ("zeros at its end", &|log| {
            let from = log.len() - 3000;
            log[from..].fill(0);
        }),
        ("emptied", &Vec::clear),
    ];
    for (what, change) in changes {
        let (dir, path) = with_log(&desk, change);
        let left = std::fs::read(dir.path().join("desk.db-wal")).unwrap();
        let store = match Store::open(&path, &key()) {
            Ok(store) => store,
            // Nothing but the log held the tables yet.
            Err(error) => {
                assert_eq!(error.code(), "damaged", "{what}");
                continue;
            }
        };
        assert!(store.read(|reads| reads.lost_records()).unwrap() > 0, "{what}");
        assert!(store.read(|reads| reads.is_restored()).unwrap(), "{what}");
        let refused = store.write(|tx| {
            tx.append(&author(noon()), &[plain_household(99)], &mut || [1; 16])
                .map(|_| ())
        });
        assert_eq!(refused.unwrap_err().code(), "restored", "{what}");
        assert!(store.verify().unwrap().is_sound(), "{what}");
        let kept = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.to_string_lossy().contains("-wal.aside-"));
        assert_eq!(
            kept.map(|path| std::fs::read(path).unwrap()),
            (!left.is_empty()).then_some(left),
            "{what}"
        );
        // It is told at each start, until the desk is enrolled anew; then it writes on under its new name.
        drop(store);
        let store = Store::open(&path, &key()).unwrap();
        assert!(store.read(|reads| reads.lost_records()).unwrap() > 0, "{what}");
        store.write(|tx| tx.set_identity(identity(5))).unwrap();
        store
            .write(|tx| {
                tx.append(&author(noon()), &[plain_household(99)], &mut || [1; 16])
                    .map(|_| ())
            })
            .unwrap();
        drop(store);
        let store = Store::open(&path, &key()).unwrap();
        assert_eq!(store.read(|reads| reads.lost_records()).unwrap(), 0, "{what}");
        assert!(!store.read(|reads| reads.is_restored()).unwrap(), "{what}");
    }
}

#[test]
fn an_older_file_among_newer_ones_is_noticed_and_a_restored_one_is_told_as_such() {
    let mut desk = filled(3);
    let older = tempfile::tempdir().unwrap();
    let ring = sportello_store::keys::KeyRing::new(desk.dir.path().join("keys"));
    let at = chrono::DateTime::UNIX_EPOCH;
    let made = desk
        .store
        .backup(
            older.path(),
            &ring,
            at,
            sportello_store::backup::KeepPolicy::default(),
        )
        .unwrap();
    desk.append(&[plain_household(4)]);
    let (dir, path) = closed(desk);
    std::fs::copy(made.path.join("desk.db"), &path).unwrap();
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(store.read(|reads| reads.lost_records()).unwrap(), 1);
    drop(store);
    // Put in place as it should be, it is a restored file and no damaged one.
    set_aside(&path).unwrap();
    let store = sportello_store::backup::restore(&made.path, dir.path(), &key()).unwrap();
    assert_eq!(store.read(|reads| reads.lost_records()).unwrap(), 0);
    assert!(store.read(|reads| reads.is_restored()).unwrap());
}
