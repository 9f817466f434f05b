// SPDX-License-Identifier: EUPL-1.2
//! Files of a desk with a bit flipped, a piece of zeros, the end missing, rubbish at the end: told and kept, never a silent loss.

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sportello_desk::{Command, Desk, DeskError, Home, Query, View, restore};
use sportello_domain::ids::HouseholdId;
use sportello_tests::faults::damage;
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use sportello_tests::told::{assert_told, code_told};
use sportello_tests::{DeskClock, Office};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Damages of each file.
const TRIES: usize = 24;
const NOTES: usize = 60;

struct Found {
    notes: usize,
    stopped: Option<String>,
}

fn look(dir: &Path, clock: &DeskClock, household: HouseholdId) -> Result<Found, DeskError> {
    let (desk, session) = Desk::login(&Home::new(dir), clock.ports(), "q1-a", PASSPHRASE)?;
    let View::Verification(found) = desk.query(&session, &Query::Verify)? else {
        panic!()
    };
    assert_eq!(
        found.faults,
        Vec::<String>::new(),
        "what opens and is not told is whole"
    );
    let View::Status(status) = desk.query(&session, &Query::Status)? else {
        panic!()
    };
    let stopped = status.stopped.map(|problem| {
        assert_told(&problem);
        problem.code
    });
    let notes = match desk.query(&session, &Query::Household { id: household }) {
        Ok(View::Household(view)) => view.household.notes.len(),
        // It is among what was lost.
        Err(error) if stopped.is_some() && error.code() == "not_found" => 0,
        Err(error) => return Err(error),
        Ok(other) => panic!("{other:?}"),
    };
    Ok(Found { notes, stopped })
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if !path.to_string_lossy().ends_with("-shm") {
            found.push(path);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_of_a_desk_is_told_and_kept_and_the_desk_rebuilt() {
    let (_office, _supervisor, desk, household) = Office::with_household().await;
    let note = |n: usize| {
        desk.act(Command::AddNote {
            household,
            text: format!("nota {n} {}", "molto lunga ".repeat(120)),
        })
    };
    (0..NOTES / 2).for_each(|n| drop(note(n)));
    desk.desk.backup(None).unwrap();
    (NOTES / 2..NOTES).for_each(|n| drop(note(n)));
    // As a power cut leaves it: the write-ahead log is full of what is not in the file.
    let image = tempfile::tempdir().unwrap();
    copy_folder(desk.home().path(), image.path());
    let (home, clock, _folder) = desk.closed();
    // As an orderly end leaves it: all is in the one file.
    let mut all: Vec<(&Path, PathBuf)> = vec![];
    for (whole, wal) in [(image.path(), true), (home.path(), false)] {
        let mut found = vec![];
        files(whole, &mut found);
        // In the other image the log stands for every page of the file.
        found.retain(|path| path.ends_with("desk.db-wal") || !wal);
        all.extend(found.into_iter().map(|path| (whole, path)));
    }
    for name in ["desk.db-wal", "desk.db"] {
        assert_eq!(
            all.iter()
                .filter(|(_, path)| path.ends_with(name) && !path.to_string_lossy().contains("backups"))
                .count(),
            1,
            "{name}"
        );
    }

    let mut rng = StdRng::seed_from_u64(5);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (whole, path) in &all {
        let name = path.strip_prefix(whole).unwrap();
        for _ in 0..TRIES {
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path().join("desk");
            copy_folder(whole, &dir);
            let mut bytes = std::fs::read(path).unwrap();
            let what = damage(&mut bytes, &mut rng);
            std::fs::write(dir.join(name), &bytes).unwrap();
            let outcome = match look(&dir, &clock, household) {
                Ok(Found {
                    notes: NOTES,
                    stopped: None,
                }) => "harmless".to_owned(),
                Ok(Found { notes, stopped }) => {
                    let code = stopped.unwrap_or_else(|| {
                        panic!(
                            "{}: {what}: {notes} notes of {NOTES}, and nobody is told",
                            name.display()
                        )
                    });
                    assert_eq!(code, "records_lost", "{}: {what}", name.display());
                    code
                }
                Err(error) => code_told(&error),
            };
            let kind = name
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_string_lossy()
                .into_owned();
            *counts.entry(format!("{kind}: {outcome}")).or_default() += 1;
            if outcome == "damaged" || outcome == "wrong_key" {
                rebuilt(&dir, &bytes, name, &clock, household);
            }
        }
    }
    for (what, times) in &counts {
        eprintln!("{times:>5}  {what}");
    }
    let times = |what: &str| counts.get(what).copied().unwrap_or(0);
    assert!(times("desk.db-wal: records_lost") > TRIES / 2);
    assert!(
        times("desk.db: damaged") + times("desk.db: wrong_key") > TRIES * 3 / 4,
        "what is read is checked"
    );
}

/// The damaged file is as it was, is set aside, and the backup takes its place.
fn rebuilt(dir: &Path, bytes: &[u8], name: &Path, clock: &DeskClock, household: HouseholdId) {
    if name == Path::new("desk.db") {
        assert_eq!(
            std::fs::read(dir.join(name)).unwrap(),
            bytes,
            "nobody wrote into it"
        );
    }
    let backup = std::fs::read_dir(dir.join("backups"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    restore(&Home::new(dir), &backup, "q1-a", PASSPHRASE).unwrap();
    let aside = std::fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.to_string_lossy().contains(".aside-") && std::fs::read(path).unwrap() == bytes
    });
    let beside: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name(), entry.metadata().unwrap().len())
        })
        .collect();
    assert!(
        aside,
        "{} of {} bytes: it is kept; there are {beside:?}",
        name.display(),
        bytes.len()
    );
    let found = look(dir, clock, household).unwrap();
    assert_eq!(
        (found.notes, found.stopped.as_deref()),
        (NOTES / 2, Some("restored"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_told_and_changes_nothing() {
    let (_office, _supervisor, desk, household) = Office::with_household().await;
    let backup = desk.desk.backup(None).unwrap();
    let (home, clock, _folder) = desk.closed();
    let mut all = vec![];
    files(&backup, &mut all);
    let mut rng = StdRng::seed_from_u64(6);
    let mut told = 0;
    for path in &all {
        let whole = std::fs::read(path).unwrap();
        for _ in 0..TRIES {
            let mut bytes = whole.clone();
            let what = damage(&mut bytes, &mut rng);
            std::fs::write(path, &bytes).unwrap();
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path().join("desk");
            copy_folder(home.path(), &dir);
            match restore(&Home::new(&dir), &backup, "q1-a", PASSPHRASE) {
                Ok(()) => {
                    let found = look(&dir, &clock, household).unwrap();
                    assert_eq!(
                        (found.notes, found.stopped.as_deref()),
                        (0, Some("restored")),
                        "{what}"
                    );
                }
                Err(error) => {
                    code_told(&error);
                    told += 1;
                    let found = look(&dir, &clock, household).unwrap();
                    assert_eq!(found.stopped, None, "{what}: the desk is as it was");
                }
            }
            assert_eq!(std::fs::read(path).unwrap(), bytes, "the backup is as it was");
        }
        std::fs::write(path, whole).unwrap();
    }
    assert!(told > TRIES / 2);
}
