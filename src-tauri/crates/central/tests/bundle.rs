// SPDX-License-Identifier: EUPL-1.2
//! Exchange with desks by stick, at the centre: what is taken in, on whose word, and what is written for whom.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod support;

use sportello_central::{BundleTaken, Central, Database, NewDesk};
use sportello_protocol::bundle::Reader;
use sportello_protocol::wire::Segment;
use sportello_sync::Taken;
use std::process::Command;
use std::sync::Arc;
use support::{Kind, MemoryDesk, Office, Q1, Q2};

stories! {
    what_a_stick_brings_is_kept_once_and_acknowledged_by_stick,
    a_desk_brings_what_another_could_not_send_itself,
    revoked_desks_forks_and_gaps_are_told_and_stop_no_other,
    a_centre_that_forgot_a_desk_takes_it_in_again_by_stick,
    a_cut_stick_brings_what_stands_before_the_cut,
    the_command_line_takes_in_answers_and_says_what_is_wrong,
}

fn brought(central: &Central, bytes: &[u8]) -> BundleTaken {
    central.take_bundle(bytes).unwrap()
}

fn whole(desk: &MemoryDesk) -> Vec<Segment> {
    [Q1, Q2]
        .into_iter()
        .filter(|topic| desk.own_len(*topic) > 0)
        .map(|topic| desk.segment(topic, 1, desk.own_len(topic) as u64))
        .collect()
}

fn take(desk: &MemoryDesk, bytes: &[u8]) -> Taken {
    let identity = &desk.identity;
    let (mut reader, opening) =
        Reader::open(bytes, &identity.key, identity.office, &identity.office_key).unwrap();
    sportello_sync::bundle::take(desk, identity, &mut reader, &opening, &mut |_| {}).unwrap()
}

/// Two desks that know each other's certificates, and then lose the network.
async fn two(office: &Office) -> (Arc<MemoryDesk>, Arc<MemoryDesk>) {
    let q1 = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let q2 = office.desk(NewDesk::new("Q2", "Q2-A")).await;
    for desk in [&q1, &q2] {
        assert!(office.exchange(desk).await.is_clean());
    }
    (q1, q2)
}

async fn what_a_stick_brings_is_kept_once_and_acknowledged_by_stick(kind: Kind) {
    let office = Office::open_on(kind);
    let (q1, q2) = two(&office).await;
    q1.notes(Q1, 5);
    q1.notes(Q2, 2);
    let bytes = q1.bundle(&[], &whole(&q1));
    let taken = brought(&office.central, &bytes);
    assert_eq!(
        (
            taken.from.clone().unwrap().1.as_str(),
            taken.records,
            taken.new,
            taken.whole
        ),
        ("Q1-A", 7, 7, true)
    );
    assert_eq!(
        (brought(&office.central, &bytes).new, taken.stopped.len()),
        (0, 0)
    );
    assert!(office.central.verify().unwrap().problems.is_empty());

    let opening = office.central.open_bundle(&bytes[..]).unwrap();
    let (written, answer) = office
        .central
        .write_bundle(Vec::new(), &[], Some(&opening))
        .unwrap();
    assert_eq!((written.desks, written.records), (vec!["Q1-A".to_owned()], 0));
    let told = take(&q1, &answer);
    assert_eq!((told.acknowledged, told.waiting, told.from), (7, 0, None));
    assert_eq!((q1.acknowledged(Q1), q1.acknowledged(Q2)), (5, 2));
    // The network is back: there is nothing left to hand over.
    assert_eq!(office.exchange(&q1).await.pushed, 0);

    // One file for all: each opens its own.
    let (written, file) = office.central.write_bundle(Vec::new(), &[], None).unwrap();
    assert_eq!(written.desks, ["Q1-A", "Q2-A"]);
    let told = take(&q2, &file);
    assert_eq!((told.received, told.others, told.whole), (2, 1, true));
    assert_eq!((q2.len(&q1.log(Q1)), q2.len(&q1.log(Q2))), (0, 2));
}

async fn a_desk_brings_what_another_could_not_send_itself(kind: Kind) {
    let office = Office::open_on(kind);
    let (q1, q2) = two(&office).await;
    q1.notes(Q1, 3);
    let taken = brought(&office.central, &q2.bundle(&[], &whole(&q1)));
    assert_eq!((taken.from.unwrap().1.as_str(), taken.new), ("Q2-A", 3));
    let report = office.exchange(&q1).await;
    assert!(report.is_clean() && report.waiting == 0, "{report:?}");
}

async fn revoked_desks_forks_and_gaps_are_told_and_stop_no_other(kind: Kind) {
    let office = Office::open_on(kind);
    let (q1, q2) = two(&office).await;
    q1.notes(Q1, 4);
    q2.notes(Q2, 2);
    let bytes = q2.bundle(&[], &[q1.segment(Q1, 3, 4), q2.segment(Q2, 1, 2)]);
    let taken = brought(&office.central, &bytes);
    assert_eq!((taken.new, taken.stopped[0].1.as_str()), (2, "gap"));

    office.central.revoke_desk("Q1-A").unwrap();
    let taken = brought(&office.central, &q1.bundle(&[], &whole(&q1)));
    assert_eq!((taken.new, taken.stopped[0].1.as_str()), (0, "revoked"));
    // What it brings late is set aside, and is no fork.
    let set_aside = || {
        let report = office.central.verify().unwrap();
        (report.late, report.forks)
    };
    assert_eq!(set_aside(), (1, 0));
    assert_eq!(office.central.vault().counts().unwrap().aside, 1);
    // Nothing is written for a revoked desk any more.
    let opening = office.central.open_bundle(&q1.bundle(&[], &[])[..]).unwrap();
    assert!(
        office
            .central
            .write_bundle(Vec::new(), &[], Some(&opening))
            .is_err()
    );
    let (written, _) = office.central.write_bundle(Vec::new(), &[], None).unwrap();
    assert_eq!(written.desks, ["Q2-A"]);

    let clone = q2.cloned();
    q2.note(Q2, "una cosa");
    clone.note(Q2, "un'altra");
    brought(&office.central, &q2.bundle(&[], &whole(&q2)));
    let taken = brought(&office.central, &clone.bundle(&[], &whole(&clone)));
    assert_eq!(taken.stopped[0].1, "fork");
    assert_eq!(set_aside(), (1, 1));
}

async fn a_centre_that_forgot_a_desk_takes_it_in_again_by_stick(kind: Kind) {
    let mut office = Office::open_on(kind);
    let backup = office.backup();
    let (q1, _) = two(&office).await;
    q1.notes(Q1, 3);
    let bytes = q1.bundle(&[], &whole(&q1));
    office.restored_from(&backup);
    assert_eq!(office.central.desk_states().unwrap().len(), 0);
    assert_eq!(brought(&office.central, &bytes).new, 3);
    assert_eq!(office.central.desk_states().unwrap()[0].desk.name, "Q1-A");
}

async fn a_cut_stick_brings_what_stands_before_the_cut(kind: Kind) {
    let office = Office::open_on(kind);
    let (q1, _) = two(&office).await;
    q1.notes(Q1, 4);
    let segments: Vec<Segment> = (1..=4).map(|seq| q1.segment(Q1, seq, seq)).collect();
    let bytes = q1.bundle(&[], &segments);
    let taken = brought(&office.central, &bytes[..bytes.len() - 150]);
    assert!(!taken.whole && taken.new > 0 && taken.new < 4, "{taken:?}");
    let rest = brought(&office.central, &bytes);
    assert_eq!((taken.new + rest.new, rest.whole), (4, true));
}

async fn the_command_line_takes_in_answers_and_says_what_is_wrong(kind: Kind) {
    let office = Office::open_on(kind);
    let (q1, _) = two(&office).await;
    q1.notes(Q1, 4);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let data = office.database.path().to_str().unwrap().to_owned();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sportello-central"));
        if let Database::Server(server) = &office.database.database {
            command.env("SPORTELLO_CENTRAL_DATABASE_URL", &server.url);
        }
        let output = command
            .args(arguments)
            .args(["--data", &data, "--json"])
            .output()
            .unwrap();
        let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let told = told
            .lines()
            .find_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        (output.status.code().unwrap(), told.unwrap_or_default())
    };
    let bytes = q1.bundle(&[], &whole(&q1));
    std::fs::write(path("q1.sportello"), &bytes).unwrap();
    let (code, told) = run(&[
        "bundle",
        "import",
        &path("q1.sportello"),
        "--answer",
        &path("a.sportello"),
    ]);
    assert_eq!(
        (code, &told["new"], &told["from"]["name"]),
        (0, &4.into(), &"Q1-A".into()),
        "{told}"
    );
    assert_eq!(told["answer"]["acknowledged"], 1);
    assert_eq!(
        take(&q1, &std::fs::read(path("a.sportello")).unwrap()).acknowledged,
        4
    );

    let (code, told) = run(&["bundle", "export", "--out", &path("all.sportello")]);
    assert_eq!((code, told["desks"].as_array().unwrap().len()), (0, 2), "{told}");
    let (code, told) = run(&[
        "bundle",
        "export",
        "--out",
        &path("no.sportello"),
        "--for",
        "Q9-Z",
    ]);
    assert!(
        code == 1 && told["error"].as_str().unwrap().contains("Q9-Z"),
        "{told}"
    );
    assert!(
        !folder.path().join("no.sportello").exists() && !folder.path().join("no.sportello.part").exists()
    );

    std::fs::write(path("cut.sportello"), &bytes[..bytes.len() - 20]).unwrap();
    let (code, told) = run(&["bundle", "import", &path("cut.sportello")]);
    assert_eq!((code, &told["whole"]), (4, &false.into()), "{told}");
    std::fs::write(path("x.sportello"), b"una lettera").unwrap();
    let (code, told) = run(&["bundle", "import", &path("x.sportello")]);
    assert!(
        code == 1 && told["error"].as_str().unwrap().contains("not a bundle"),
        "{told}"
    );
    let (code, _) = run(&["bundle", "import", &path("nothing.sportello")]);
    assert_eq!(code, 1);
}
