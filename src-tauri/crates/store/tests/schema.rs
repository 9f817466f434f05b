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
use sportello_store::{SCHEMA_VERSION, Store};
use std::path::PathBuf;

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
