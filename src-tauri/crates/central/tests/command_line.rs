// SPDX-License-Identifier: EUPL-1.2
//! The binary as IT uses it: answers, exit codes, stopping.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "other tests use more of it")]
#[path = "support/databases.rs"]
mod databases;

use databases::{Kind, TestDatabase};
use serde_json::Value;
use sportello_central::Database;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sportello-central"))
        .args(arguments)
        .output()
        .unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--json"]].concat());
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The exit code and what is told on standard error.
fn fails(arguments: &[&str]) -> (i32, String) {
    let output = run(arguments);
    assert!(
        output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn founded(folder: &Path) -> &str {
    let data = folder.to_str().unwrap();
    json(&[
        "office",
        "init",
        "--data",
        data,
        "--name",
        "Comune di Prova",
        "--preset",
        "firenze",
    ]);
    data
}

#[test]
fn every_command_explains_itself() {
    let all: [&[&str]; 17] = [
        &[],
        &["office"],
        &["office", "init"],
        &["office", "show"],
        &["office", "sites"],
        &["serve"],
        &["desk"],
        &["desk", "add"],
        &["desk", "list"],
        &["desk", "revoke"],
        &["bundle"],
        &["bundle", "import"],
        &["bundle", "export"],
        &["backup"],
        &["restore"],
        &["migrate"],
        &["verify"],
    ];
    for command in all {
        let output = run(&[command, &["--help"]].concat());
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("Usage:") && text.contains("--json"), "{text}");
        // Each option has a word of explanation beside or below it.
        for line in text.lines().filter(|line| line.trim_start().starts_with("--")) {
            let explained = line.trim().split_once("  ").is_some() || !line.trim().contains("  ");
            assert!(explained, "{line}");
        }
    }
    assert!(
        String::from_utf8(run(&["--help"]).stdout)
            .unwrap()
            .contains("Exit codes")
    );
}

#[test]
fn an_office_is_founded_once_and_its_key_is_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    let office = json(&["office", "show", "--data", data]);
    assert_eq!(office["name"], "Comune di Prova");
    assert_eq!(office["sites"].as_array().unwrap().len(), 6);
    assert_eq!(office["fingerprint"].as_str().unwrap().split(' ').count(), 8);
    let (code, told) = fails(&[
        "office", "init", "--data", data, "--name", "Altro", "--preset", "firenze",
    ]);
    assert_eq!(code, 1);
    assert!(
        told.contains("Comune di Prova") && told.contains("nothing was changed"),
        "{told}"
    );
    assert_eq!(json(&["office", "show", "--data", data]), office);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let key = folder.path().join("office.key");
        assert_eq!(
            std::fs::metadata(&key).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
        let (code, told) = fails(&["office", "show", "--data", data]);
        assert!(code == 1 && told.contains("chmod 600"), "{told}");
    }
}

#[test]
fn sites_come_from_a_file_and_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sites.json");
    let data = folder.path().join("data");
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    std::fs::write(
        file,
        r#"[{"code":"A","name":"Sede A","quartiere":2,"address":"Via Prima 1"}]"#,
    )
    .unwrap();
    let office = json(&[
        "office", "init", "--data", data, "--name", "Comune", "--sites", file,
    ]);
    assert_eq!(office["sites"][0]["address"], "Via Prima 1");
    let more = r#"[{"code":"A","name":"Sede A","quartiere":2,"address":"Via Nuova 2"},
                   {"code":"B","name":"Sede B","quartiere":3,"address":"Via Terza 3","central":true}]"#;
    std::fs::write(file, more).unwrap();
    let changed = json(&["office", "sites", "--data", data, "--sites", file]);
    assert_eq!(changed["sites"][0]["address"], "Via Nuova 2");
    assert_eq!(changed["sites"][0]["id"], office["sites"][0]["id"]);
    assert_eq!(changed["sites"].as_array().unwrap().len(), 2);
    std::fs::write(
        file,
        r#"[{"code":"A","name":"Sede A","quartiere":7,"address":""}]"#,
    )
    .unwrap();
    let (code, told) = fails(&["office", "sites", "--data", data, "--sites", file]);
    assert!(code == 1 && told.contains("1 to 5"), "{told}");
    assert_eq!(json(&["verify", "--data", data])["records"], 3);
}

#[test]
fn only_a_desk_that_was_enrolled_is_replaced_and_nothing_else_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    json(&["desk", "add", "--data", data, "--site", "Q1", "--name", "Q1-A"]);
    let (code, told) = fails(&["desk", "add", "--data", data, "--replaces", "Q1-A"]);
    assert!(code == 1 && told.contains("never enrolled"), "{told}");
    let (code, told) = fails(&["desk", "add", "--data", data, "--replaces", "Q9-Z"]);
    assert!(code == 1 && told.contains("Q9-Z"), "{told}");
    let (code, told) = fails(&[
        "desk",
        "add",
        "--data",
        data,
        "--replaces",
        "Q1-A",
        "--site",
        "Q2",
    ]);
    assert!(code == 2 && told.contains("--site"), "{told}");
    let (code, _) = fails(&["desk", "add", "--data", data, "--site", "Q2"]);
    assert_eq!(code, 2, "otherwise it needs a name");
}

#[test]
fn desks_are_added_listed_and_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    let added = json(&["desk", "add", "--data", data, "--site", "Q1", "--name", "Q1-A"]);
    assert_eq!(added["reads"], serde_json::json!(["office", "q1"]));
    let code = added["code"].as_str().unwrap();
    assert!(
        sportello_protocol::EnrolmentCode::parse(code).is_ok() && code.len() == 14,
        "{code}"
    );
    let some = json(&[
        "desk", "add", "--data", data, "--site", "Q3", "--name", "Q3-A", "--reads", "q3,q4",
    ]);
    assert_eq!(some["reads"], serde_json::json!(["office", "q3", "q4"]));
    let all = json(&[
        "desk",
        "add",
        "--data",
        data,
        "--site",
        "cen",
        "--name",
        "S",
        "--supervises",
        "--reads",
        "all",
    ]);
    assert_eq!(all["reads"].as_array().unwrap().len(), 7);
    let list = json(&["desk", "list", "--data", data]);
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!(
        (&list[0]["name"], &list[0]["status"], &list[0]["seen_at"]),
        (&"Q1-A".into(), &"invited".into(), &Value::Null)
    );
    assert_eq!(
        (&list[0]["key"], &list[0]["replaced_by"]),
        (&Value::Null, &serde_json::json!([]))
    );
    json(&["desk", "revoke", "--data", data, "Q1-A"]);
    assert_eq!(json(&["desk", "list", "--data", data])[0]["status"], "revoked");
    let (code, told) = fails(&["desk", "revoke", "--data", data, "Q9-A"]);
    assert!(code == 1 && told.contains("Q9-A"), "{told}");
    let (code, told) = fails(&["desk", "add", "--data", data, "--site", "Q7", "--name", "x"]);
    assert!(code == 1 && told.contains("CEN, Q1, Q2"), "{told}");
    let (code, told) = fails(&[
        "desk", "add", "--data", data, "--site", "Q1", "--name", "x", "--reads", "q1,q8",
    ]);
    assert!(code == 2 && told.contains("q8"), "{told}");
}

#[test]
fn wrong_usage_and_missing_offices_have_their_own_codes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("nothing");
    let data = data.to_str().unwrap();
    assert_eq!(fails(&["desk", "list"]).0, 2);
    assert_eq!(fails(&["frobnicate"]).0, 2);
    assert_eq!(
        fails(&["office", "init", "--data", data, "--name", "x"]).0,
        2,
        "neither preset nor file"
    );
    for command in [
        &["desk", "list", "--data", data][..],
        &["verify", "--data", data],
        &["serve", "--data", data],
    ] {
        let (code, told) = fails(command);
        assert!(code == 1 && told.contains("office init"), "{told}");
    }
    assert!(!Path::new(data).exists(), "asking makes nothing");
    let output = run(&["verify", "--data", data, "--json"]);
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert!(error["error"].as_str().unwrap().contains("no office"));
    let data = founded(folder.path());
    let (code, told) = fails(&["serve", "--data", data, "--listen", "0.0.0.0:0"]);
    assert!(code == 1 && told.contains("--tls-cert"), "{told}");
    assert_eq!(fails(&["serve", "--data", data, "--tls-cert", "x.pem"]).0, 2);
}

#[test]
fn verify_finds_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    let report = json(&["verify", "--data", data]);
    assert_eq!(
        (&report["records"], &report["signatures"]),
        (&6.into(), &1.into())
    );
    assert_eq!(report["problems"], serde_json::json!([]));
    let db = rusqlite::Connection::open(folder.path().join("central.db")).unwrap();
    let mut records: Vec<u8> = db
        .query_row("SELECT records FROM segment", [], |row| row.get(0))
        .unwrap();
    let at = records.windows(4).position(|four| four == b"Croc").unwrap();
    records[at] = b'X';
    db.execute("UPDATE segment SET records = ?1", [records]).unwrap();
    let output = run(&["verify", "--data", data]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("DOES NOT HOLD")
    );
}

fn url(place: &TestDatabase) -> &str {
    match &place.database {
        Database::Server(server) => &server.url,
        Database::File => panic!("a server is wanted"),
    }
}

#[test]
fn the_database_on_a_server_takes_every_command() {
    let place = TestDatabase::new(Kind::Server);
    let (data, url) = (place.path().to_str().unwrap(), url(&place));
    let there = ["--data", data, "--database-url", url];
    let (code, told) = fails(&[&["desk", "list"][..], &there].concat());
    assert!(code == 1 && told.contains("office init"), "{told}");
    let init = ["office", "init", "--name", "Comune", "--preset", "firenze"];
    json(&[&init[..], &there].concat());
    json(&[&["desk", "add", "--site", "Q1", "--name", "Q1-A"][..], &there].concat());
    let list = json(&[&["desk", "list"][..], &there].concat());
    assert_eq!(list[0]["name"], "Q1-A");
    assert_eq!(json(&[&["verify"][..], &there].concat())["records"], 6);
    assert!(place.path().join("office.key").is_file() && !place.path().join("central.db").exists());
    // From the environment too, where nobody else reads it.
    let output = Command::new(env!("CARGO_BIN_EXE_sportello-central"))
        .args(["desk", "revoke", "Q1-A", "--data", data])
        .env("SPORTELLO_CENTRAL_DATABASE_URL", url)
        .output()
        .unwrap();
    assert!(output.status.success());
    // What cannot be used or reached is told without the password.
    for (address, word) in [
        ("mysql://u:segreta@h/s", "postgresql://"),
        (
            "postgresql://u:segreta@127.0.0.1:1/s?connect_timeout=2",
            "reached",
        ),
    ] {
        let (code, told) = fails(&["desk", "list", "--data", data, "--database-url", address]);
        assert!(
            code == 1 && told.contains(word) && !told.contains("segreta"),
            "{told}"
        );
    }
    assert_eq!(
        fails(&["desk", "list", "--data", data, "--database-ca", "x.pem"]).0,
        2
    );
}

#[test]
fn a_backup_is_written_put_back_and_moved_to_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = founded(&data).to_owned();
    json(&["desk", "add", "--data", &data, "--site", "Q1", "--name", "Q1-A"]);
    let backup = folder.path().join("backup.db");
    let backup = backup.to_str().unwrap();
    let report = json(&["backup", "--data", &data, "--to", backup]);
    assert_eq!(
        (&report["copied"], &report["verified"]["records"]),
        (&6.into(), &6.into())
    );
    let (code, told) = fails(&["backup", "--data", &data, "--to", backup]);
    assert!(code == 1 && told.contains("there already"), "{told}");
    let again = folder.path().join("again");
    let again = again.to_str().unwrap();
    let (code, told) = fails(&["restore", "--data", again, "--from", backup]);
    assert!(code == 1 && told.contains("office.key"), "{told}");
    std::fs::create_dir_all(again).unwrap();
    std::fs::copy(
        Path::new(&data).join("office.key"),
        Path::new(again).join("office.key"),
    )
    .unwrap();
    json(&["restore", "--data", again, "--from", backup]);
    let list = |data: &str, more: &[&str]| json(&[&["desk", "list", "--data", data][..], more].concat());
    assert_eq!(list(again, &[]), list(&data, &[]));
    let place = TestDatabase::new(Kind::Server);
    let (code, told) = fails(&["migrate", "--data", again]);
    assert!(code == 1 && told.contains("--database-url"), "{told}");
    let there = ["--database-url", url(&place)];
    for copied in [6, 0] {
        let report = json(&[&["migrate", "--data", again][..], &there].concat());
        assert_eq!(
            (&report["copied"], &report["verified"]["records"]),
            (&copied.into(), &6.into())
        );
    }
    assert_eq!(list(again, &there), list(&data, &[]));
    let (code, told) = fails(&["serve", "--data", again]);
    assert!(code == 1 && told.contains("--database-url"), "{told}");
}

/// Starts the binary and gives it with the address at which it listens.
#[cfg(unix)]
fn serving(arguments: &[&str]) -> (std::process::Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_sportello-central"))
        .args(["serve", "--listen", "127.0.0.1:0", "--json"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let answer: Value = serde_json::from_str(&line).unwrap();
    let address = answer["listening"].as_str().unwrap();
    (server, address.strip_prefix("http://").unwrap().to_owned())
}

#[cfg(unix)]
#[test]
fn what_is_under_way_is_answered_before_it_stops() {
    use std::io::{Read as _, Write as _};
    let place = TestDatabase::new(Kind::Server);
    let (data, url) = (place.path().to_str().unwrap(), url(&place));
    let there = ["--data", data, "--database-url", url];
    json(
        &[
            &["office", "init", "--name", "Comune", "--preset", "firenze"][..],
            &there,
        ]
        .concat(),
    );
    let (mut server, address) = serving(&there);
    let mut socket = std::net::TcpStream::connect(&address).unwrap();
    let body = [7_u8; 4_000];
    write!(
        socket,
        "POST /v1/enrol HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
        sportello_protocol::wire::CONTENT_TYPE,
        body.len()
    )
    .unwrap();
    socket.write_all(&body[..1_000]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let told = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(
        std::net::TcpStream::connect(&address).is_err(),
        "nobody new comes in"
    );
    socket.write_all(&body[1_000..]).unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    let text = String::from_utf8_lossy(&answer);
    assert!(text.starts_with("HTTP/1.1 400"), "{text}");
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn it_serves_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    let (mut server, address) = serving(&["--data", data]);
    let mut socket = std::net::TcpStream::connect(&address).unwrap();
    std::io::Write::write_all(
        &mut socket,
        b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    )
    .unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut socket, &mut text).unwrap();
    assert!(
        text.starts_with("HTTP/1.1 200") && text.contains("\"status\":\"ok\""),
        "{text}"
    );
    // While it serves, desks can be added beside it.
    json(&["desk", "add", "--data", data, "--site", "Q1", "--name", "Q1-A"]);
    let told = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert!(std::net::TcpStream::connect(&address).is_err());
}
