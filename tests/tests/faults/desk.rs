// SPDX-License-Identifier: EUPL-1.2
//! `sportelloctl script` on a disk that fails from some call on, and whose power goes at the end.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use sportello_desk::{Command, Desk, Query, View};
use sportello_tests::Office;
use sportello_tests::crash::child::{Script, sportelloctl, verify};
use sportello_tests::faults::{Disk, Fault};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use std::fs::File;

#[tokio::test(flavor = "multi_thread")]
async fn crash_a_desk_on_a_failing_disk_says_done_only_of_what_is_durable() {
    let (_office, _supervisor, desk, household) = Office::with_household().await;
    let (home, clock, _folder) = desk.closed();

    let mut rng = StdRng::seed_from_u64(17);
    let mut cases = vec![(Fault::NONE, 30)];
    for (calls, how) in [
        ("sync", "EIO"),
        ("write", "EIO"),
        ("write", "ENOSPC"),
        ("write", "SHORT"),
    ] {
        for upto in [3, 12, 40, 300] {
            let from = rng.random_range(upto / 3..=upto);
            cases.push((
                Fault {
                    calls,
                    how,
                    from,
                    times: rng.random_range(0..=1),
                },
                30,
            ));
        }
    }
    // Long enough for the write-ahead log to be copied into the file while the disk fails.
    for (calls, from) in [("sync", 270), ("sync", 290), ("write", 3000)] {
        cases.push((
            Fault {
                calls,
                how: "EIO",
                from,
                times: 0,
            },
            330,
        ));
    }
    let (mut done, mut refused, mut not_opened) = (0, 0, 0);
    for (number, (fault, lines)) in cases.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("desk");
        copy_folder(home.path(), &dir);
        let texts: Vec<String> = (0..lines).map(|n| format!("nota {n}")).collect();
        let sent: Vec<String> = texts
            .iter()
            .map(|text| {
                let command = Command::AddNote {
                    household,
                    text: text.clone(),
                };
                json!({ "command_id": uuid::Uuid::now_v7(), "command": command }).to_string()
            })
            .collect();

        let disk = Disk::under(&dir);
        let mut command = sportelloctl(&dir, "q1-a");
        let errors = folder.path().join("errors");
        command.arg("script").stderr(File::create(&errors).unwrap());
        disk.put_under(&mut command, fault);
        let mut script = Script::of(command);
        let mut acknowledged = vec![];
        for (text, line) in texts.iter().zip(&sent) {
            if !script.write(std::slice::from_ref(line)) {
                break;
            }
            let Some(answer) = script.read() else { break };
            if answer["ok"] == true {
                acknowledged.push(text.clone());
            } else {
                told(&answer["error"], fault);
                refused += 1;
            }
        }
        // Every other one is killed; the others end in order, which brings everything into one file.
        let killed = number % 2 == 0;
        if killed {
            script.kill();
        }
        script.end();
        let said = std::fs::read_to_string(&errors).unwrap();
        assert!(!said.contains("panicked"), "{fault:?}: {said}");
        if acknowledged.is_empty() && !killed {
            let line = said.lines().last().unwrap_or_default();
            told(
                &serde_json::from_str(line).unwrap_or_else(|_| panic!("{fault:?} is told as {said:?}")),
                fault,
            );
            not_opened += 1;
        }
        done += acknowledged.len();

        disk.power_cut();
        let kept = notes(&home_at(&dir), &clock, household);
        let there: Vec<&String> = kept.iter().filter(|text| acknowledged.contains(text)).collect();
        assert_eq!(
            there,
            acknowledged.iter().collect::<Vec<_>>(),
            "{fault:?}: each once, in order"
        );
        // On a good disk again, the same lines: what was done is answered, what was not is done.
        let mut script = Script::start(&dir, "q1-a");
        assert!(script.write(&sent));
        for _ in &sent {
            let answer = script.read().unwrap();
            assert_eq!(answer["ok"], true, "{fault:?}: {answer}");
        }
        script.end();
        let mut all = notes(&home_at(&dir), &clock, household);
        all.sort_unstable();
        let mut expected = texts;
        expected.sort_unstable();
        assert_eq!(all, expected, "{fault:?}: each once");
        verify(&dir, "q1-a");
    }
    eprintln!("{done} acts done, {refused} refused, {not_opened} times the desk could not be opened");
    assert!(done > 100 && refused > 100 && not_opened > 0);
}

fn home_at(dir: &std::path::Path) -> sportello_desk::Home {
    sportello_desk::Home::new(dir)
}

/// A person is told that the disk fails, in a sentence.
fn told(error: &Value, fault: Fault) {
    let code = error["code"].as_str().unwrap();
    assert!(
        ["io", "disk_full"].contains(&code),
        "{fault:?} is told as {error}"
    );
    assert!(
        error["message"].as_str().unwrap().split_whitespace().count() >= 8,
        "{error}"
    );
}

fn notes(
    home: &sportello_desk::Home,
    clock: &sportello_tests::DeskClock,
    household: sportello_domain::ids::HouseholdId,
) -> Vec<String> {
    let (desk, session) = Desk::login(home, clock.ports(), "q1-a", PASSPHRASE).unwrap();
    let View::Household(view) = desk.query(&session, &Query::Household { id: household }).unwrap() else {
        panic!()
    };
    view.household.notes.into_iter().map(|note| note.text).collect()
}
