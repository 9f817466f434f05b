// SPDX-License-Identifier: EUPL-1.2
//! Released schemas do not change, and files that were written with them open.
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
use sportello_domain::entitlement::{Entitlement, EntitlementStatus};
use sportello_domain::household::Household;
use sportello_domain::ids::CommandId;
use sportello_protocol::wire::LogName;
use sportello_store::{SCHEMA_VERSION, Store};
use std::path::PathBuf;
use uuid::Uuid;

/// Whoever changes the schema adds a migration, a fixture of the schema before, and the new hash here.
const HASHES: &[(u32, &str)] = &[
    (
        1,
        "42e2462041033762e0a2874e6fa5d9e3b6bcac75c6a5bab91d7110299b53d718",
    ),
    (
        2,
        "4a57c61dca209495498001281bfab93c3ba88d9e85943aa22b205bcaf47ef929",
    ),
    (
        3,
        "af18c65ff449271761bed5a6117a4b4ec596f6288c93eec801749673ff8980c2",
    ),
    (
        4,
        "0871eca7c17bec3cfd0585388555e33a095a81272b7ac522905381f0682dc3b4",
    ),
    (
        5,
        "9f3d6e4744540fc020a94bdc04c4d091ce0735019f30e870177b5a262d57e90c",
    ),
    (
        6,
        "bd6dd105652d7ea250dc03243e4f911a863e692834d449e824a6b9cd957e962b",
    ),
    (
        7,
        "196e111f9b2dc52101304adb57870bf75f37cb7a93b70ef672dc1f3bfbeee0e2",
    ),
];

fn fixture(version: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema-v{version}.db"))
}

fn fill(desk: &mut Desk) {
    desk.append(&[define_campaign(), define_service(), receive(1, vec![run(1, 100)])]);
    desk.append(&[
        register(
            1,
            data(vec![member(1, "D'Angelo", "Niccolò", "CCCFBA85D03L21VE")]),
        ),
        grant(1, 300, 1),
    ]);
    desk.append(&[
        book(1, 1, "2021-01-18T09:00"),
        present(1),
        deliver(1, 1, vec![run(1, 30)]),
    ]);
    desk.append(&[plain_household(2), grant(2, 100, 1), refuse(2)]);
}

#[test]
fn the_schema_is_the_released_one() {
    let desk = Desk::new(1);
    let hash = desk.store.schema_hash().unwrap();
    let released = HASHES
        .iter()
        .find(|(version, _)| *version == SCHEMA_VERSION)
        .unwrap()
        .1;
    assert_eq!(hash, released, "the schema changed: see the comment at HASHES");
}

#[test]
fn every_released_file_opens_with_all_that_is_in_it() {
    for (version, _) in HASHES {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.db");
        std::fs::copy(fixture(*version), &path).unwrap();
        let store = Store::open(&path, &key()).unwrap();
        assert!(store.verify().unwrap().is_sound(), "version {version}");
        store
            .read(|r| {
                assert_eq!(r.heads()?.iter().map(|h| h.seq).sum::<u64>(), 11);
                let e = r.state::<Entitlement>(entitlement_id(1))?.unwrap();
                assert_eq!((e.status(), e.deliveries.len()), (EntitlementStatus::Served, 1));
                assert_eq!(
                    r.state::<Household>(household_id(1))?
                        .unwrap()
                        .data
                        .applicant_name(),
                    "D'Angelo Niccolò"
                );
                assert_eq!(r.search("dang nicc", 5)?.len(), 1);
                assert_eq!(r.indicator(campaign_id())?.served, 1);
                assert_eq!(r.held(desk_id(1), campaign_id())?, [run(31, 100)]);
                Ok::<_, sportello_store::StoreError>(())
            })
            .unwrap();
        store
            .write(|tx| {
                tx.append(&author(noon()), &[plain_household(3)], &mut || [1; 16])
                    .map(|_| ())
            })
            .unwrap();
        assert_eq!(store.read(|r| r.household_count()).unwrap(), 3);
    }
}

/// A file as the program before wrote it, to be written to behind its back.
fn behind_its_back(path: &std::path::Path) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(path).unwrap();
    let salt = &blake3::derive_key("sportello 2026 database salt v1", key().bytes())[..16];
    conn.execute_batch(&format!(
        "PRAGMA key = \"x'{}{}'\"; PRAGMA cipher_page_size = 4096; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
        hex::encode(key().bytes()),
        hex::encode(salt)
    ))
    .unwrap();
    conn
}

/// The fifth schema moves the log that the counter writes to the end of the journal: whatever names its records goes along.
#[test]
fn what_names_records_of_the_counters_log_follows_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("desk.db");
    std::fs::copy(fixture(4), &path).unwrap();
    let (command, log) = (CommandId(Uuid::from_u128(0xd0)), LogName::new(desk_id(1), Q1));
    let conn = behind_its_back(&path);
    let own = format!(
        "(SELECT id FROM log WHERE topic = 'q1' AND desk = x'{}')",
        desk_id(1).0.simple()
    );
    conn.execute_batch(&format!(
        "INSERT INTO log (id, desk, topic) VALUES (7, x'{other}', 'q1');
         UPDATE journal SET answer = 'told' WHERE place = {own} << 40 | 3;
         INSERT INTO command (id, place) VALUES (x'{command}', {own} << 40 | 3);
         INSERT INTO signed_head (place, signature, weight) VALUES ({own} << 40 | 5, zeroblob(64), 1);
         INSERT INTO acknowledged (log, seq, link, at) VALUES ({own}, 4, zeroblob(32), 1);
         INSERT INTO fork (log, seq, link, head) VALUES ({own}, 2, zeroblob(32), x'00');",
        other = desk_id(2).0.simple(),
        command = command.0.simple(),
    ))
    .unwrap();
    drop(conn);
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(
        store.write(|tx| tx.was_done(command)).unwrap(),
        Some("told".to_owned())
    );
    store
        .read(|r| {
            let forks = r.forks()?;
            assert_eq!((forks.len(), &forks[0].log, forks[0].seq), (1, &log, 2));
            assert_eq!(r.head(&LogName::new(desk_id(2), Q1))?, None);
            Ok::<_, sportello_store::StoreError>(())
        })
        .unwrap();
    let conn = behind_its_back(&path);
    let last: i64 = conn
        .query_row("SELECT max(id) FROM log WHERE topic = 'q1'", [], |row| row.get(0))
        .unwrap();
    let count = |sql: &str| -> i64 { conn.query_row(sql, [last], |row| row.get(0)).unwrap() };
    assert!(last > 7, "above every other's");
    assert_eq!(count("SELECT seq FROM acknowledged WHERE log = ?1"), 4);
    assert_eq!(
        count("SELECT place & 255 FROM signed_head WHERE place >> 40 = ?1"),
        5
    );
}

/// Makes the fixture of this schema, once, when it is released: `cargo test -p sportello-store --test schema -- --ignored`.
#[test]
#[ignore = "writes a file into the source tree"]
fn make_the_fixture_of_this_schema() {
    let path = fixture(SCHEMA_VERSION);
    assert!(!path.exists(), "a released fixture is never made again");
    let mut desk = Desk::new(1);
    fill(&mut desk);
    let from = desk.path();
    let Desk { store, dir, .. } = desk;
    drop(store);
    std::fs::copy(from, path).unwrap();
    drop(dir);
}
