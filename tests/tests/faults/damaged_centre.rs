// SPDX-License-Identifier: EUPL-1.2
//! Files of a centre with a bit flipped, a piece of zeros, the end missing, rubbish at the end: told; a write-ahead log is set aside,
//! and the desks send again what is missing.

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sportello_central::{Central, CentralError};
use sportello_desk::Command;
use sportello_tests::faults::damage;
use sportello_tests::process::copy_folder;
use sportello_tests::{Office, facts};
use std::collections::BTreeMap;
use std::path::Path;

/// Damages of each file.
const TRIES: usize = 24;

/// A sentence for whoever runs the centre.
fn sentence(error: &CentralError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    assert!(text.split_whitespace().count() >= 5, "{text}");
    text
}

/// What the centre in a folder says of itself: what is wrong, or how many records it has.
fn look(folder: &Path) -> Result<u64, String> {
    let central = Central::open(folder).map_err(|error| sentence(&error))?;
    central.facts().map_err(|error| sentence(&error))?;
    let report = central.verify().map_err(|error| sentence(&error))?;
    match report.problems.first() {
        Some(problem) => Err(problem.clone()),
        None => Ok(central
            .vault()
            .counts()
            .map_err(|error| error.to_string())?
            .records),
    }
}

/// What a key file says: small and capital digits are the same, and so is white space at the end.
fn key_in(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_ascii_lowercase()
}

/// Whether a copy of the damaged write-ahead log lies beside it.
fn is_kept(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.to_string_lossy().contains("-wal.aside-") && std::fs::read(&path).unwrap() == bytes
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_of_a_centre_is_told_and_the_desks_refill_it() {
    let mut office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    let household = supervisor.enter("Rossi", 1);
    office.until_quiet(&[&supervisor, &desk]).await;
    for n in 0..60 {
        desk.act(Command::AddNote {
            household,
            text: format!("nota {n}"),
        });
        if n % 10 == 0 {
            desk.exchange().await;
        }
    }
    office.until_quiet(&[&supervisor, &desk]).await;
    // As a power cut leaves it.
    let image = tempfile::tempdir().unwrap();
    copy_folder(office.directory(), image.path());
    let _ = std::fs::remove_file(image.path().join("central.db-shm"));
    let records = office.central.vault().counts().unwrap().records;
    // As an orderly end leaves it: all is in the one file.
    let tidy = tempfile::tempdir().unwrap();
    copy_folder(image.path(), tidy.path());
    drop(Central::open(tidy.path()).unwrap());
    assert!(!tidy.path().join("central.db-wal").exists());

    // Taken away altogether.
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("centre");
    copy_folder(image.path(), &data);
    std::fs::remove_file(data.join("central.db-wal")).unwrap();
    let told = look(&data).unwrap_err();
    assert!(
        told.contains("records are gone") || told.contains("no office"),
        "{told}"
    );

    let mut rng = StdRng::seed_from_u64(9);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (image, name) in [
        (&tidy, "central.db"),
        (&image, "central.db-wal"),
        (&tidy, "office.key"),
    ] {
        let whole = std::fs::read(image.path().join(name)).unwrap();
        for _ in 0..TRIES {
            let folder = tempfile::tempdir().unwrap();
            let data = folder.path().join("centre");
            copy_folder(image.path(), &data);
            let mut bytes = whole.clone();
            let what = damage(&mut bytes, &mut rng);
            std::fs::write(data.join(name), &bytes).unwrap();
            let looked = look(&data);
            let gone = matches!(&looked, Err(text) if text.contains("records are gone"));
            let outcome = match looked {
                Err(_) if !gone => "told",
                Ok(found) if found == records => "harmless",
                Ok(found) => panic!("{name}: {what}: {found} of {records} records, and nobody was told"),
                Err(_) => {
                    assert!(
                        !name.ends_with("-wal") || bytes.is_empty() || is_kept(&data, &bytes),
                        "{what}: the damaged log is set aside"
                    );
                    // The desks have what was lost.
                    office.restore_at(data.clone()).await;
                    let mut noticed = 0;
                    for seat in [&supervisor, &desk] {
                        seat.reconnect();
                        let report = seat.exchange().await;
                        // Of its own logs it is told as lost; of another's it is handed on by whoever comes first.
                        noticed += report.centre_lost.len() + usize::from(report.carried > 0);
                    }
                    assert!(noticed > 0, "{name}: {what}: no desk noticed");
                    office.until_quiet(&[&supervisor, &desk]).await;
                    assert_eq!(
                        office.central.vault().counts().unwrap().records,
                        records,
                        "all is there again"
                    );
                    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
                    "told, set aside and refilled by the desks"
                }
            };
            // SQLite itself brings a write-ahead log into the file, as far as it verifies, and takes it away.
            assert!(
                data.join(name).exists() || name.ends_with("-wal"),
                "nothing is deleted"
            );
            *counts.entry(format!("{name}: {outcome}")).or_default() += 1;
            if name == "office.key" && key_in(&bytes) != key_in(&whole) {
                assert_eq!(
                    outcome, "told",
                    "another key is never taken for the office's: {what}"
                );
            }
            office.switch_off().await;
        }
    }
    for (what, times) in &counts {
        eprintln!("{times:>5}  {what}");
    }
}
