// SPDX-License-Identifier: EUPL-1.2
//! A disk without room: on a small file system of its own where one can be mounted, else through a limit on file sizes.

use crate::world::World;
use sportello_central::{Central, NewDesk, preset};
use sportello_desk::{Command, Desk};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::{copy_folder, program};
use sportello_tests::told::code_told;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

/// A small disk; gone with this value.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where this user may not mount.
    fn mount(kilobytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Process::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        let mounted = mounted.is_ok_and(|status| status.success());
        if !mounted {
            eprintln!(
                "skipped: this user may not mount a file system; the limit on file sizes is tried all the same"
            );
        }
        mounted.then(|| Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes all the room there is, and gives the file that took it.
    fn fill(&self) -> PathBuf {
        let path = self.path().join("somebody-elses.file");
        let mut file = std::fs::File::create(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Process::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_whose_disk_is_full_says_so_and_goes_on_once_there_is_room() {
    let Some(small) = SmallDisk::mount(16 * 1024) else {
        return;
    };
    let world = World::new().await;
    let household = world.household;
    let (home, clock, _folder) = world.desk.closed();
    let dir = small.path().join("desk");
    copy_folder(home.path(), &dir);
    let home = sportello_desk::Home::new(&dir);
    let (desk, session) = Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap();
    let note = |n: usize| Command::AddNote {
        household,
        text: format!("nota {n}"),
    };
    let act = |n: usize| desk.execute(&session, sportello_tests::seat::new_command(), &note(n));
    act(0).unwrap();
    let filler = small.fill();
    let mut kept = 1;
    let refused = loop {
        match act(kept) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 20_000, "the disk never filled");
    };
    assert_eq!(code_told(&refused), "disk_full");
    // It can be read, verified and said why; a backup that does not fit leaves nothing half made.
    let notes = || {
        let sportello_desk::View::Household(view) = desk
            .query(&session, &sportello_desk::Query::Household { id: household })
            .unwrap()
        else {
            panic!()
        };
        view.household.notes.len()
    };
    assert_eq!(notes(), kept);
    let backup = desk.backup(None).unwrap_err();
    assert_eq!(code_told(&backup), "disk_full");
    assert_eq!(std::fs::read_dir(home.backups()).map_or(0, Iterator::count), 0);
    std::fs::remove_file(filler).unwrap();
    act(kept).unwrap();
    assert_eq!(notes(), kept + 1);
    desk.backup(None).unwrap();
    drop(desk);
    let (desk, session) = Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap();
    let sportello_desk::View::Verification(found) =
        desk.query(&session, &sportello_desk::Query::Verify).unwrap()
    else {
        panic!()
    };
    assert_eq!(found.faults, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_whose_disk_is_full_takes_nothing_by_half() {
    let Some(disk) = SmallDisk::mount(4 * 1024) else {
        return;
    };
    let mut world = World::new().await;
    world.serve();
    // The centre moves to the small disk.
    let backup = world.office.backup();
    copy_folder(backup.path(), &disk.path().join("central"));
    world.office.restore_at(disk.path().join("central")).await;
    world.desk.reconnect();
    world.supervisor.reconnect();
    let filler = disk.fill();
    for n in 0..200 {
        world.desk.act(Command::AddNote {
            household: world.household,
            text: format!("{n} {}", "parole ".repeat(100)),
        });
    }
    let waiting = world.desk.status().waiting;
    let report = world.desk.try_exchange().await;
    assert_eq!(report.error.expect("it cannot be taken").code(), "internal");
    sportello_tests::told::assert_told(&world.desk.status().last_error.unwrap());
    assert_eq!(
        world.desk.status().waiting,
        waiting,
        "what was not confirmed still waits"
    );
    std::fs::remove_file(filler).unwrap();
    world.assert_all_arrived().await;
}

#[test]
fn a_centre_that_cannot_be_made_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), b"x").unwrap();
    let error = Central::open(&folder.path().join("file/central")).unwrap_err();
    assert!(error.to_string().split_whitespace().count() >= 4, "{error}");
    let central = Central::open(&folder.path().join("central")).unwrap();
    assert!(
        central.add_desk(&NewDesk::new("Q1", "Q1-A")).is_err(),
        "before the office is founded"
    );
    central
        .init_office("Comune di Prova", &preset::firenze())
        .unwrap();
    assert!(central.init_office("Un altro", &preset::firenze()).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_on_file_sizes_is_told_and_loses_nothing() {
    let world = World::new().await;
    let household = world.household;
    let (home, _clock, _folder) = world.desk.closed();
    let largest = std::fs::metadata(home.database()).unwrap().len() / 1024 + 64;
    let program = program("sportelloctl", "sportelloctl");
    let run = |limit: &str, lines: usize| {
        let line = |n| {
            let id = household.0;
            format!(r#"{{"command":{{"type":"add_note","household":"{id}","text":"nota {n}"}}}}"#)
        };
        let script = (0..lines).map(line).collect::<Vec<_>>().join("\n");
        let mut child = Process::new("bash")
            .args([
                "-c",
                &format!("trap '' XFSZ; {limit} exec \"$0\" --json --dir \"$1\" script"),
            ])
            .arg(&program)
            .arg(home.path())
            .env("SPORTELLO_USERNAME", "q1-a")
            .env("SPORTELLO_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
        let output = child.wait_with_output().unwrap();
        let _ = writer.join().unwrap();
        let answers: Vec<serde_json::Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        answers
    };
    let answers = run(&format!("ulimit -f {largest};"), 300);
    let done = answers.iter().filter(|answer| answer["ok"] == true).count();
    let failed: Vec<_> = answers.iter().filter(|answer| answer["ok"] == false).collect();
    assert!(
        done > 0 && !failed.is_empty(),
        "{done} done, {} refused",
        failed.len()
    );
    for answer in failed {
        let code = answer["error"]["code"].as_str().unwrap();
        assert!(["disk_full", "io"].contains(&code), "{answer}");
    }
    let answers = run("", 1);
    assert_eq!(answers[0]["ok"], true, "{answers:?}");
    let show = Process::new(&program)
        .args(["--json", "--dir"])
        .arg(home.path())
        .args([
            "show",
            &format!("{{\"type\":\"household\",\"id\":\"{}\"}}", household.0),
        ])
        .env("SPORTELLO_USERNAME", "q1-a")
        .env("SPORTELLO_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap();
    let view: serde_json::Value = serde_json::from_slice(&show.stdout).unwrap();
    assert_eq!(
        view["household"]["notes"].as_array().unwrap().len(),
        done + 1,
        "all that was confirmed, and nothing else"
    );
}
