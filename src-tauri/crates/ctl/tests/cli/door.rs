// SPDX-License-Identifier: EUPL-1.2
//! Enrolment, the two doors, the exchange, and what the exit codes say of each.

use crate::process::{Ran, at, feed, program, run};
use crate::seat::{CAMPAIGN, Office, PASSPHRASE, found};
use serde_json::json;

#[test]
fn a_desk_is_enrolled_asked_and_told() {
    let office = Office::new();
    let (dir, told) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    assert_eq!(told["office"], "Comune di Prova");
    assert_eq!(told["synced"], true);
    assert_eq!(
        told["office_fingerprint"],
        office.central.facts().unwrap().fingerprint()
    );
    assert!(
        told["recovery_key"]
            .as_str()
            .unwrap()
            .starts_with("AGE-SECRET-KEY-1")
    );
    found(&dir);

    let status = at(&dir, "bianchi", &["show", "{\"type\": \"status\"}"])
        .done()
        .json();
    assert_eq!(
        (&status["type"], &status["desk"]["name"], &status["online"]),
        (&json!("status"), &json!("SUP"), &json!(false))
    );
    assert!(status["waiting"].as_u64().unwrap() > 0);
    let file = dir.join("query.json");
    std::fs::write(&file, "{\"type\": \"reference\"}").unwrap();
    let reference = at(&dir, "bianchi", &["show", &format!("@{}", file.display())])
        .done()
        .json();
    assert_eq!(reference["campaigns"][0]["name"], "Buoni di prova");
    assert_eq!(
        feed(&dir, "bianchi", &["show", "-"], "{\"type\": \"reference\"}")
            .done()
            .json(),
        reference
    );

    let report = at(&dir, "bianchi", &["sync", "--until-quiet"]).done().json();
    assert_eq!((&report["waiting"], &report["error"]), (&json!(0), &json!(null)));
    let indicator = at(&dir, "bianchi", &["indicator"]).done().json();
    assert_eq!(
        (&indicator["presented"], &indicator["value"]),
        (&json!(0), &json!(null))
    );
    assert_eq!(
        at(&dir, "bianchi", &["indicator", "--campaign", CAMPAIGN]).code,
        0
    );

    let delega = dir.join("delega.pdf");
    at(
        &dir,
        "bianchi",
        &["document", "delega", "--out", delega.to_str().unwrap()],
    )
    .done();
    assert!(std::fs::read(&delega).unwrap().starts_with(b"%PDF"));
    let missing = dir.join("missing.xlsx");
    at(
        &dir,
        "bianchi",
        &["export", "missing", "--out", missing.to_str().unwrap()],
    )
    .done();
    assert!(
        std::fs::read(&missing).unwrap().starts_with(b"PK"),
        "the ending of the name chose the kind"
    );
    let table = at(&dir, "bianchi", &["export", "entitlements", "--out", "-"]).done();
    assert!(
        table.out.starts_with('\u{feff}'),
        "CSV, written to standard output"
    );
}

#[test]
fn the_same_act_twice_is_done_once() {
    let office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    found(&dir);
    let id = uuid::Uuid::now_v7().to_string();
    let command = json!({ "type": "receive_stock", "campaign": CAMPAIGN, "note": "DDT 1",
        "runs": [{ "series": "A", "first": 1, "last": 50, "width": 6 }] });
    let once = || {
        at(
            &dir,
            "bianchi",
            &["do", &command.to_string(), "--command-id", &id],
        )
        .done()
        .json()
    };
    assert_eq!(once()["repeated"], false);
    assert_eq!(once()["repeated"], true);
    let another = at(&dir, "bianchi", &["do", &command.to_string()]);
    assert_eq!(
        (another.code, another.error().as_str()),
        (1, "serial_already_received")
    );
}

#[test]
fn operators_are_added_and_log_in() {
    let office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    let add = |passphrase: &str| -> Ran {
        let file = dir.join("new");
        std::fs::write(&file, format!("{passphrase}\n")).unwrap();
        let file = file.to_str().unwrap();
        at(
            &dir,
            "bianchi",
            &[
                "operator",
                "add",
                "conti",
                "--name",
                "Chiara Conti",
                "--role",
                "supervisor",
                "--new-passphrase-file",
                file,
            ],
        )
    };
    let short = add("corta");
    assert_eq!((short.code, short.error().as_str()), (3, "passphrase_too_short"));
    add(PASSPHRASE).done();
    let status = at(&dir, "conti", &["show", "{\"type\": \"status\"}"])
        .done()
        .json();
    assert_eq!(status["operator"]["role"], "supervisor");
    // Who may not, is refused by the rule and not by the login.
    let refused = at(
        &dir,
        "conti",
        &[
            "operator",
            "add",
            "x",
            "--name",
            "X",
            "--new-passphrase-file",
            dir.join("new").to_str().unwrap(),
        ],
    );
    assert_eq!((refused.code, refused.error().as_str()), (1, "role_too_low"));
}

#[test]
fn each_way_to_fail_has_its_exit_code() {
    let mut office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    found(&dir);
    let status = ["show", "{\"type\": \"status\"}"];

    let unknown = at(&dir, "bianchi", &["do", "{\"type\": \"dance\"}"]);
    assert_eq!((unknown.code, unknown.error().as_str()), (2, "malformed_json"));
    let nobody = at(&dir, "nobody", &status);
    assert_eq!((nobody.code, nobody.error().as_str()), (3, "no_slot"));
    let wrong = program()
        .args(status)
        .args(["--json", "--username", "bianchi", "--dir"])
        .arg(&dir)
        .env("SPORTELLO_PASSPHRASE", "un'altra frase")
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(3));
    let silent = run(&[
        "verify",
        "--json",
        "--username",
        "bianchi",
        "--dir",
        dir.to_str().unwrap(),
    ]);
    assert_eq!((silent.code, silent.error().as_str()), (3, "passphrase_missing"));
    let anonymous = run(&["verify", "--json", "--dir", dir.to_str().unwrap()]);
    assert_eq!(
        (anonymous.code, anonymous.error().as_str()),
        (2, "username_missing")
    );
    let nowhere = at(&dir.join("nowhere"), "bianchi", &status);
    assert_eq!((nowhere.code, nowhere.error().as_str()), (4, "not_enrolled"));
    let campaign = at(&dir, "bianchi", &["indicator", "--campaign", "Altri buoni"]);
    assert_eq!((campaign.code, campaign.error().as_str()), (2, "not_named"));
    let again = at(
        &dir,
        "bianchi",
        &["enrol", "--server", &office.url, "--code", "x", "--name", "X"],
    );
    assert_eq!((again.code, again.error().as_str()), (1, "already_enrolled"));
    let unread = at(
        &dir,
        "bianchi",
        &["import", dir.join("none.xlsx").to_str().unwrap()],
    );
    assert_eq!((unread.code, unread.error().as_str()), (2, "file"));
    let mistyped = at(
        &office.folder.path().join("new"),
        "x",
        &["enrol", "--server", &office.url, "--code", "AAAA", "--name", "X"],
    );
    assert_eq!((mistyped.code, mistyped.error().as_str()), (1, "code_mistyped"));
    let code = office.code("Q1", "Q1-A", false);
    office.unplug();
    let place = office.folder.path().join("q1");
    let offline = at(
        &place,
        "rossi",
        &[
            "enrol",
            "--server",
            &office.url,
            "--code",
            &code,
            "--name",
            "Marco Rossi",
        ],
    );
    assert_eq!((offline.code, offline.error().as_str()), (5, "unreachable"));
    let offline = at(&dir, "bianchi", &["sync"]);
    assert_eq!((offline.code, offline.error().as_str()), (5, "unreachable"));
    assert_eq!(
        offline.json()["error"]["code"],
        "unreachable",
        "the report is told all the same"
    );
    at(&dir, "bianchi", &status).done();

    // The middle of the file, where records lie.
    let file = dir.join("desk.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[100..middle].fill(7);
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(at(&dir, "bianchi", &status).code, 4);
}

#[test]
fn the_passphrase_may_come_on_standard_input() {
    let office = Office::new();
    let (dir, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    let piped = |arguments: &[&str]| {
        use std::io::Write;
        let mut command = program();
        command
            .args(arguments)
            .args(["--json", "--username", "bianchi", "--dir"])
            .arg(&dir);
        let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(format!("{PASSPHRASE}\n").as_bytes())
            .unwrap();
        child.wait_with_output().unwrap().status.code()
    };
    assert_eq!(piped(&["verify"]), Some(0));
    assert_eq!(piped(&["script"]), Some(3), "there the lines stand");
}
