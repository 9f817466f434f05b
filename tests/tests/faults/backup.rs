// SPDX-License-Identifier: EUPL-1.2
//! Backups onto a disk that fails: whole and told, or not there and told; what is backed up is not touched, and another try on a
//! good disk succeeds.

use sportello_central::{Central, Database};
use sportello_desk::{Command, Desk, Home, restore};
use sportello_tests::crash::child::{sportello_central, sportelloctl, verify, verify_centre};
use sportello_tests::faults::{Disk, Fault};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::{Office, facts};
use std::path::Path;
use std::process::Output;

/// Each kind of failure, early, in the middle and late.
fn cases() -> Vec<Fault> {
    let mut cases = vec![Fault::NONE];
    for (calls, how) in [
        ("sync", "EIO"),
        ("write", "EIO"),
        ("write", "ENOSPC"),
        ("write", "SHORT"),
    ] {
        for (from, times) in [(1, 0), (2, 1), (5, 0), (20, 0)] {
            cases.push(Fault {
                calls,
                how,
                from,
                times,
            });
        }
    }
    cases
}

/// A failure is told with a sentence.
fn told(fault: Fault, done: &Output) {
    let words = String::from_utf8_lossy(&done.stderr);
    assert!(words.split_whitespace().count() >= 4, "{fault:?}: {words:?}");
    assert!(!words.contains("panicked"), "{fault:?}: {words}");
}

async fn office() -> (Office, sportello_tests::Seat) {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    let household = supervisor.enter("Rossi", 1);
    office.until_quiet(&[&supervisor, &desk]).await;
    for n in 0..40 {
        let text = format!("nota {n}");
        desk.act(Command::AddNote { household, text });
    }
    office.until_quiet(&[&supervisor, &desk]).await;
    (office, desk)
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_a_centre_is_backed_up_whole_or_not_at_all_onto_a_failing_disk() {
    let (office, desk) = office().await;
    drop(desk);
    let records = office.central.vault().counts().unwrap().records;
    let (folder, _, _folders) = office.closed().await;
    let restored = |file: &Path| {
        let place = tempfile::tempdir().unwrap();
        std::fs::copy(folder.join("office.key"), place.path().join("office.key")).unwrap();
        Central::restore(place.path(), &Database::File, file).unwrap();
        let central = Central::open(place.path()).unwrap();
        assert_eq!(central.verify().unwrap().problems, Vec::<String>::new());
        assert_eq!(central.vault().counts().unwrap().records, records);
    };
    let (mut made, mut refused) = (0, 0);
    for fault in cases() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("copia.db");
        let command = || {
            let mut command = sportello_central(&["backup"], &folder);
            command.arg("--to").arg(&file);
            command
        };
        let disk = Disk::under(place.path());
        let mut failing = command();
        disk.put_under(&mut failing, fault);
        let done = failing.output().unwrap();
        assert_eq!(done.status.success(), file.exists(), "{fault:?}: {done:?}");
        if done.status.success() {
            made += 1;
        } else {
            refused += 1;
            told(fault, &done);
            let again = command().output().unwrap();
            assert!(again.status.success(), "{fault:?}: {again:?}");
        }
        restored(&file);
    }
    verify_centre(&folder);
    assert!(made > 0 && refused > 8, "{made} made, {refused} refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_a_desk_is_backed_up_whole_or_not_at_all_onto_a_failing_disk() {
    let (_office, desk) = office().await;
    let (home, clock, _folder) = desk.closed();
    let (mut made, mut refused) = (0, 0);
    for fault in cases() {
        let place = tempfile::tempdir().unwrap();
        let command = || {
            let mut command = sportelloctl(home.path(), "q1-a");
            command.arg("backup").arg("--to").arg(place.path());
            command
        };
        let disk = Disk::under(place.path());
        let mut failing = command();
        disk.put_under(&mut failing, fault);
        let done = failing.output().unwrap();
        if done.status.success() {
            made += 1;
        } else {
            refused += 1;
            told(fault, &done);
            let again = command().output().unwrap();
            assert!(again.status.success(), "{fault:?}: {again:?}");
        }
        // What bears a backup's name is one: each of them can be restored.
        let mut whole = 0;
        for entry in std::fs::read_dir(place.path()).unwrap() {
            let path = entry.unwrap().path();
            let named = path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("sportello-");
            if !named || !path.is_dir() {
                continue;
            }
            let other = tempfile::tempdir().unwrap();
            let there = Home::new(other.path().join("desk"));
            restore(&there, &path, "q1-a", PASSPHRASE).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            drop(Desk::login(&there, clock.ports(), "q1-a", PASSPHRASE).unwrap());
            verify(there.path(), "q1-a");
            whole += 1;
        }
        assert!(whole > 0, "{fault:?}");
    }
    verify(home.path(), "q1-a");
    assert!(made > 0 && refused > 4, "{made} made, {refused} refused");
}
