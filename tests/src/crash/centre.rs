// SPDX-License-Identifier: EUPL-1.2
//! A centre that loses its power again and again while desks hand over and fetch.
//!
//! Desks are the judges: each remembers what the centre signed for, and says so when the centre has less.

use super::Counts;
use super::child::{CentreProcess, must_succeed, sportello_central, verify_centre};
use crate::{Office, Seat, facts};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sportello_central::Central;
use sportello_desk::Command;
use sportello_domain::ids::HouseholdId;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A desk and what it wrote.
struct Writer {
    seat: Seat,
    written: BTreeSet<String>,
    rng: StdRng,
    acknowledged: u64,
    interrupted: u64,
}

/// Kills `sportello-central` `points` times: while it starts, while three desks push and pull, while it makes a backup.
/// Whatever it acknowledged is there and no record twice; everything verifies.
///
/// # Panics
/// When something of this does not hold.
pub async fn run(points: usize, seed: u64) -> Counts {
    let mut counts = Counts::default();
    let mut rng = StdRng::seed_from_u64(seed ^ 0xce);
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desks = [office.desk("Q1-A", "Q1").await, office.desk("Q1-B", "Q1").await];
    office.until_quiet(&[&supervisor, &desks[0], &desks[1]]).await;
    facts::define(&supervisor);
    let household = supervisor.enter("Rossi", 1);
    office.until_quiet(&[&supervisor, &desks[0], &desks[1]]).await;
    let (folder, address, _folders) = office.closed().await;
    let mut writers: Vec<Writer> = desks
        .into_iter()
        .chain([supervisor])
        .map(|seat| Writer {
            seat,
            written: BTreeSet::new(),
            rng: StdRng::seed_from_u64(rng.random()),
            acknowledged: 0,
            interrupted: 0,
        })
        .collect();

    let begun = Instant::now();
    let process = CentreProcess::start(&folder, address);
    assert!(process.listens(), "the centre starts");
    let start = begun.elapsed();
    drop(process);
    let mut done = 0;
    while done < points {
        let process = CentreProcess::start(&folder, address);
        let early = rng.random_ratio(1, 8);
        if early {
            let killer = process.kill_after(start.mul_f64(rng.random_range(0.1..1.1)));
            process.listens();
            killer.join().unwrap();
            counts.add("centre: killed while it started or soon after", 1);
            done += 1;
            continue;
        }
        assert!(process.listens(), "the centre starts again after it was killed");
        let dead = AtomicBool::new(false);
        let killer = process.kill_after(Duration::from_micros(rng.random_range(2_000..250_000)));
        let backup = rng.random_ratio(1, 8);
        let after = Duration::from_micros(rng.random_range(1_000..60_000));
        std::thread::scope(|scope| {
            let runtime = tokio::runtime::Handle::current();
            for writer in &mut writers {
                let (runtime, dead) = (runtime.clone(), &dead);
                scope.spawn(move || runtime.block_on(work(writer, household, dead)));
            }
            if backup {
                kill_a_backup(&folder, after);
            }
            killer.join().unwrap();
            dead.store(true, Ordering::SeqCst);
        });
        if backup {
            counts.add("centre: killed while it made a backup", 1);
            done += 1;
        }
        counts.add("centre: killed while desks pushed and pulled", 1);
        done += 1;
        if done % 20 == 0 {
            verify_centre(&folder);
        }
    }

    // One that nobody kills: all of it arrives, everywhere, once.
    let process = CentreProcess::start(&folder, address);
    assert!(process.listens());
    for _ in 0..40 {
        let mut moved = 0;
        for writer in &writers {
            let report = writer.seat.exchange().await;
            assert_eq!(report.centre_lost, [], "what was acknowledged is there");
            moved += report.pushed + report.pulled + report.remaining;
        }
        if moved == 0 {
            break;
        }
    }
    let all: BTreeSet<String> = writers.iter().flat_map(|writer| writer.written.clone()).collect();
    for writer in &writers {
        assert_eq!(writer.seat.status().waiting, 0);
        let notes = writer.seat.household(household).household.notes;
        assert_eq!(notes.len(), all.len(), "each once");
        assert_eq!(
            notes.into_iter().map(|note| note.text).collect::<BTreeSet<_>>(),
            all
        );
        writer.seat.assert_sound();
        counts.add(
            "centre: records acknowledged to desks, all there",
            writer.acknowledged,
        );
        counts.add("centre: exchanges broken off", writer.interrupted);
    }
    drop(process);
    let central = Central::open(&folder).unwrap();
    let found = central.verify().unwrap();
    assert_eq!((found.problems, found.forks), (vec![], 0));
    let heads: u64 = central.vault().logs().unwrap().iter().map(|log| log.seq).sum();
    assert_eq!(
        central.vault().counts().unwrap().records,
        heads,
        "no record twice, none missing"
    );
    counts
}

/// A desk writes and exchanges until the centre is dead and the exchange has noticed.
async fn work(writer: &mut Writer, household: HouseholdId, dead: &AtomicBool) {
    loop {
        for _ in 0..writer.rng.random_range(1..=6) {
            let text = format!("{} {}", writer.seat.username, writer.written.len());
            writer.seat.act(Command::AddNote {
                household,
                text: text.clone(),
            });
            writer.written.insert(text);
        }
        let report = writer.seat.try_exchange().await;
        assert_eq!(report.centre_lost, [], "what was acknowledged is there");
        assert_eq!(report.troubles, []);
        writer.acknowledged += report.pushed;
        match report.error {
            Some(error) => {
                let known = ["unreachable", "interrupted", "timeout"];
                assert!(known.contains(&error.code()), "{}", error.code());
                writer.interrupted += 1;
                return;
            }
            None if dead.load(Ordering::SeqCst) => return,
            None => {}
        }
    }
}

/// Kills a backup after a while. It is there under its name and whole, or not there.
fn kill_a_backup(folder: &Path, after: Duration) {
    let to = tempfile::tempdir().unwrap();
    let file = to.path().join("backup.db");
    let mut command = sportello_central(&["backup"], folder);
    let mut child = command
        .arg("--to")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    let _ = child.kill();
    let _ = child.wait();
    if !file.exists() {
        // What was left half made is in nobody's way.
        must_succeed(sportello_central(&["backup"], folder).arg("--to").arg(&file));
    }
    let back = tempfile::tempdir().unwrap();
    std::fs::copy(folder.join("office.key"), back.path().join("office.key")).unwrap();
    must_succeed(
        sportello_central(&["restore"], back.path())
            .arg("--from")
            .arg(&file),
    );
    verify_centre(back.path());
}
