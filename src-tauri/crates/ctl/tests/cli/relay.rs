// SPDX-License-Identifier: EUPL-1.2
//! A desk without a window that serves its seat as relay, and another that uses it while the centre is away.

use crate::process::{at, program};
use crate::seat::{CAMPAIGN, Office, PASSPHRASE, found};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

/// A relay as a program of its own; it is asked to stop, and waited for.
struct Serving(Child);

impl Serving {
    fn stop(mut self) -> i32 {
        let id = self.0.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        self.0.wait().unwrap().code().expect("it ends by itself")
    }
}

#[test]
fn a_desk_serves_its_seat_from_the_command_line_and_stops_when_it_is_told_to() {
    let mut office = Office::new();
    let (supervisor, _) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    let (relay, _) = office.enrol("Q1", "Q1-A", "rossi", "operator");
    let (desk, _) = office.enrol("Q1", "Q1-B", "verdi", "operator");
    found(&supervisor);
    for (dir, who) in [
        (&supervisor, "bianchi"),
        (&relay, "rossi"),
        (&desk, "verdi"),
        (&relay, "rossi"),
    ] {
        at(dir, who, &["sync", "--until-quiet"]).done();
    }
    assert_eq!(at(&desk, "verdi", &["relay", "sync"]).error(), "relay_none");
    assert_eq!(
        at(&desk, "verdi", &["relay", "use", "Q9-Z", "127.0.0.1:1"]).error(),
        "not_named"
    );
    assert_eq!(at(&relay, "rossi", &["relay", "serve"]).error(), "relay_listen");
    office.unplug();

    let mut command = program();
    command
        .args([
            "relay",
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--json",
            "--username",
            "rossi",
            "--dir",
        ])
        .arg(&relay)
        .env("SPORTELLO_PASSPHRASE", PASSPHRASE);
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let serving = Serving(child);
    let told: Value = serde_json::from_str(&line).unwrap();
    let address = told["listening"].as_str().unwrap().to_owned();

    let kept = at(&desk, "verdi", &["relay", "use", "Q1-A", &address])
        .done()
        .json();
    assert_eq!(kept["peer"]["address"], format!("http://{address}"));
    let receive = json!({ "type": "receive_stock", "campaign": CAMPAIGN, "note": "Bolla 12",
        "runs": [{ "series": "B", "first": 1, "last": 100, "width": 4 }] });
    at(&desk, "verdi", &["do", &receive.to_string()]).done();
    assert_eq!(at(&desk, "verdi", &["sync"]).error(), "unreachable");
    let told = at(&desk, "verdi", &["relay", "sync"]).done().json();
    assert!(told["pushed"].as_u64().unwrap() > 0, "{told}");
    let status = at(&desk, "verdi", &["show", "{\"type\": \"status\"}"])
        .done()
        .json();
    assert_eq!(
        status["relay"]["handed"], status["waiting"],
        "there, and still waiting"
    );
    assert!(status["waiting"].as_u64().unwrap() > 0);
    assert_eq!(serving.stop(), 0);
    assert_eq!(
        at(&desk, "verdi", &["relay", "sync"]).error(),
        "relay_unreachable"
    );
    assert_eq!(at(&desk, "verdi", &["relay", "forget"]).done().json(), json!({}));
    for (dir, who) in [(&relay, "rossi"), (&desk, "verdi")] {
        assert_eq!(at(dir, who, &["verify"]).code, 0);
    }
}
