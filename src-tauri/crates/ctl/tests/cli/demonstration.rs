// SPDX-License-Identifier: EUPL-1.2
//! A small demonstration, and everything that can be done at its desks.

use crate::process::{Ran, program, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn demo(dir: &Path, more: &[&str]) -> Ran {
    run(&[
        &[
            "demo",
            "--json",
            "--households",
            "60",
            "--listen",
            "127.0.0.1:1",
            "--dir",
            dir.to_str().unwrap(),
        ],
        more,
    ]
    .concat())
}

fn at(dir: &str, username: &str, arguments: &[&str]) -> Ran {
    let mut command = program();
    command
        .args(arguments)
        .args(["--json", "--lang", "it", "--username", username, "--dir", dir]);
    let output = command
        .env("SPORTELLO_PASSPHRASE", "dimostrazione")
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn text<'a>(told: &'a Value, key: &str) -> &'a str {
    told[key].as_str().unwrap_or_else(|| panic!("{key} in {told}"))
}

#[test]
fn an_office_at_work_is_made_and_holds() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("demo");
    let told = demo(&dir, &[]).done().json();
    assert_eq!(told["refused_acts"], 0, "plan and rules agree");
    assert!(told["deliveries"].as_u64().unwrap() >= 10, "{told}");
    assert_eq!(text(&told, "listen"), "127.0.0.1:1");
    let (desk, supervisor) = (text(&told, "desk_dir"), text(&told, "supervisor_dir"));

    // The day is lively, at its hour.
    let board = at(desk, "rossi", &["show", "{\"type\": \"board\"}"])
        .done()
        .json();
    assert_eq!(board["day"], "2021-02-16");
    let rows = |name: &str| board[name].as_array().unwrap().len();
    assert_eq!(rows("serving"), 1, "{board}");
    assert!(rows("waiting") >= 3 && rows("due") >= 1, "{board}");
    let without: Vec<&Value> = board["waiting"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !row["ticket"].is_null())
        .collect();
    assert!(without.len() >= 2, "two came without an appointment: {board}");
    let status = at(desk, "rossi", &["show", "{\"type\": \"status\"}"])
        .done()
        .json();
    assert_eq!(
        (&status["waiting"], &status["stopped"]),
        (&json!(0), &json!(null))
    );
    assert_eq!(text(&status, "central_url"), "http://127.0.0.1:1");
    at(desk, "bianchi", &["show", "{\"type\": \"reference\"}"]).done();

    // The plan of the year is followed from the records.
    let plans = at(supervisor, "conti", &["show", "{\"type\": \"plans\"}"])
        .done()
        .json();
    assert_eq!(plans["rows"][0]["code"], "2021_Z105");
    assert!(plans["rows"][0]["done"].as_u64().unwrap() > 0, "{plans}");

    // What every desk wrote is at the supervisors', and all of it holds.
    for station in told["desks"].as_array().unwrap() {
        let user = told["operators"]
            .as_array()
            .unwrap()
            .iter()
            .find(|o| o["desk"] == station["name"])
            .unwrap();
        let found = at(text(station, "dir"), text(user, "username"), &["verify"])
            .done()
            .json();
        assert_eq!(found["faults"], json!([]), "{station}");
        assert!(found["records"].as_u64().unwrap() > 20);
    }
    let indicator = at(
        supervisor,
        "conti",
        &["indicator", "--campaign", "buoni spesa 2021"],
    )
    .done()
    .json();
    assert!(indicator["presented"].as_u64() >= indicator["served"].as_u64());
    assert!(indicator["served"].as_u64().unwrap() > 0, "{indicator}");
    let exceptions = at(
        supervisor,
        "conti",
        &["show", "{\"type\": \"inbox\", \"limit\": 50}"],
    )
    .done()
    .json();
    assert!(!exceptions["rows"].as_array().unwrap().is_empty());
    let imports = at(supervisor, "conti", &["show", "{\"type\": \"imports\"}"])
        .done()
        .json();
    assert_eq!(imports["imports"].as_array().unwrap().len(), 1);

    try_the_later_list(supervisor, &told, folder.path());
    back_up_and_restore(desk, &folder.path().join("elsewhere"), folder.path());
    kept_until_it_is_to_be_fresh(&dir, &told);
}

fn try_the_later_list(supervisor: &str, told: &Value, folder: &Path) {
    let list = text(&told["lists"], "to_try");
    let refused = folder.join("refused.csv");
    let look = at(
        supervisor,
        "conti",
        &[
            "import",
            list,
            "--issued",
            "2021-02-15",
            "--dry-run",
            "--refused",
            refused.to_str().unwrap(),
        ],
    );
    let counts = &look.done().json()["counts"];
    assert!(counts["new"].as_u64().unwrap() >= 30, "{counts}");
    assert!(
        std::fs::read_to_string(&refused).unwrap().lines().count() > 1,
        "headings and at least one row"
    );
    let done = at(supervisor, "conti", &["import", list, "--issued", "2021-02-15"])
        .done()
        .json();
    assert_eq!(&done["counts"]["new"], &counts["new"]);
    let denied = at(
        text(told, "desk_dir"),
        "rossi",
        &["import", list, "--issued", "2021-02-15"],
    );
    assert_eq!((denied.code, denied.error().as_str()), (1, "role_too_low"));
}

fn back_up_and_restore(desk: &str, elsewhere: &Path, folder: &Path) {
    let backups = folder.join("backups");
    let made = at(desk, "rossi", &["backup", "--to", backups.to_str().unwrap()])
        .done()
        .json();
    let elsewhere = elsewhere.to_str().unwrap();
    at(elsewhere, "rossi", &["restore", text(&made, "backup")]).done();
    let status = at(elsewhere, "rossi", &["show", "{\"type\": \"status\"}"])
        .done()
        .json();
    assert_eq!(status["stopped"]["code"], "restored");
    at(elsewhere, "rossi", &["verify"]).done();
    let household = at(elsewhere, "rossi", &["show", "{\"type\": \"board\"}"])
        .done()
        .json()["serving"][0]["household"]
        .clone();
    let note = json!({ "type": "add_note", "household": household, "text": "x" }).to_string();
    let stopped = at(elsewhere, "rossi", &["do", &note]);
    assert_eq!((stopped.code, stopped.error().as_str()), (7, "restored"));
    let nowhere = at(
        elsewhere,
        "rossi",
        &["restore", folder.join("none").to_str().unwrap()],
    );
    assert_eq!(nowhere.code, 2);
}

fn kept_until_it_is_to_be_fresh(dir: &Path, told: &Value) {
    assert_eq!(&demo(dir, &[]).done().json(), told, "told again, not made again");
    // Half made: what says that it is whole is not there.
    std::fs::remove_file(dir.join("demo.json")).unwrap();
    std::fs::write(dir.join("desk/desk.db"), "half").unwrap();
    let anew = demo(dir, &["--day", "2021-01-05T10:00"]).done().json();
    assert_ne!(anew["campaign"]["id"], told["campaign"]["id"]);
    assert_eq!(anew["refused_acts"], 0);
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let thesis: PathBuf = folder.path().join("thesis.odt");
    std::fs::write(&thesis, "years of work").unwrap();
    let refused = demo(folder.path(), &["--fresh"]);
    assert_eq!(
        (refused.code, refused.error().as_str()),
        (2, "not_a_demonstration")
    );
    assert_eq!(std::fs::read_to_string(&thesis).unwrap(), "years of work");
    let day = demo(&folder.path().join("x"), &["--day", "2021-08-15T10:00"]);
    assert_eq!((day.code, day.error().as_str()), (2, "demonstration_day"));
    let nowhere = run(&["demo", "--json"]);
    assert_eq!((nowhere.code, nowhere.error().as_str()), (2, "directory_missing"));
}
