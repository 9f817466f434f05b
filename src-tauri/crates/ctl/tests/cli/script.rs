// SPDX-License-Identifier: EUPL-1.2
//! Line by line with one login.

use crate::process::{at, feed, program};
use crate::seat::{CAMPAIGN, Office, PASSPHRASE, found};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

fn receive(number: u64) -> Value {
    let run = json!({ "series": "A", "first": number * 10, "last": number * 10 + 9, "width": 6 });
    json!({ "type": "receive_stock", "campaign": CAMPAIGN, "runs": [run], "note": "DDT" })
}

fn held(dir: &Path) -> u64 {
    let query = json!({ "type": "stock", "campaign": CAMPAIGN }).to_string();
    at(dir, "bianchi", &["show", &query]).done().json()["received"]
        .as_u64()
        .unwrap()
}

#[test]
fn every_line_is_answered_in_order() {
    let office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    found(&dir);
    let id = uuid::Uuid::now_v7();
    let lines = [
        json!({ "command": receive(1), "command_id": id }).to_string(),
        String::new(),
        json!({ "command": receive(1), "command_id": id }).to_string(),
        json!({ "command": receive(1) }).to_string(),
        "{\"query\": {\"type\": \"status\"}}".to_owned(),
        "{ not json".to_owned(),
        "{\"query\": {\"type\": \"status\"}, \"sync\": true}".to_owned(),
        "{\"sync\": true}".to_owned(),
    ];
    let ran = feed(&dir, "bianchi", &["script"], &lines.join("\n"));
    let answers: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let seen: Vec<(u64, bool)> = answers
        .iter()
        .map(|a| (a["line"].as_u64().unwrap(), a["ok"].as_bool().unwrap()))
        .collect();
    assert_eq!(
        seen,
        [
            (1, true),
            (3, true),
            (4, false),
            (5, true),
            (6, false),
            (7, false),
            (8, true)
        ]
    );
    assert_eq!(
        (
            &answers[0]["outcome"]["repeated"],
            &answers[1]["outcome"]["repeated"]
        ),
        (&json!(false), &json!(true))
    );
    assert_eq!(answers[2]["error"]["code"], "serial_already_received");
    assert_eq!(answers[3]["view"]["type"], "status");
    assert_eq!(answers[4]["error"]["code"], "malformed_json");
    assert_eq!(answers[6]["report"]["waiting"], 0);
    assert_eq!(
        (ran.code, ran.error().as_str()),
        (1, "lines_failed"),
        "the first failure was a rule's"
    );
    assert_eq!(held(&dir), 10);
}

#[test]
fn a_script_may_stop_at_the_first_failure_and_come_from_a_file() {
    let office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    found(&dir);
    let file = dir.join("script.jsonl");
    let lines = [
        json!({ "command": receive(1) }),
        json!({ "command": receive(1) }),
        json!({ "command": receive(2) }),
    ];
    std::fs::write(&file, lines.map(|line| line.to_string()).join("\n")).unwrap();
    let ran = at(&dir, "bianchi", &["script", "--stop", file.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 2));
    assert_eq!(held(&dir), 10);
    std::fs::write(&file, json!({ "command": receive(3) }).to_string()).unwrap();
    at(&dir, "bianchi", &["script", file.to_str().unwrap()]).done();
}

/// The process is killed as soon as it has answered: what it answered is there, each thing once.
#[test]
fn what_was_answered_survives_a_kill() {
    let office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    found(&dir);
    let mut answered = 0;
    for round in 0..3_u64 {
        let mut child = program()
            .args(["script", "--username", "bianchi", "--dir"])
            .arg(&dir)
            .env("SPORTELLO_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        for number in 0..20 {
            writeln!(input, "{}", json!({ "command": receive(round * 100 + number) })).unwrap();
        }
        input.flush().unwrap();
        for _ in 0..=round * 4 {
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            assert!(line.contains("\"ok\":true"), "{line}");
            answered += 1;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let held = held(&dir);
        assert!(held >= answered * 10, "{held} of {answered}0");
        // Acts that were done and not answered any more count too.
        answered = held / 10;
    }
    at(&dir, "bianchi", &["verify"]).done();
}
