// SPDX-License-Identifier: EUPL-1.2
//! A desk that was stopped goes on as another, from the command line.

use crate::process::at;
use crate::seat::Office;

#[test]
fn a_restored_desk_goes_on_with_a_code_that_replaces_it() {
    let office = Office::new();
    let (desk, told) = office.enrol("Q1", "Q1-A", "rossi", "operator");
    let old = told["desk"].as_str().unwrap().to_owned();
    let backup = at(&desk, "rossi", &["backup"]).done().json();
    let backup = backup["backup"].as_str().unwrap().to_owned();
    let away = office.folder.path().join("backup");
    std::fs::rename(&backup, &away).unwrap();
    let code = |which: &str| office.central.replace_desk(which, 1).unwrap().code.to_string();
    let asked = code("Q1-A");
    let refused = at(&desk, "rossi", &["renew-identity", "--code", &asked]);
    assert_eq!((refused.code, refused.error().as_str()), (1, "not_stopped"));

    at(&desk, "rossi", &["restore", away.to_str().unwrap()]).done();
    let other = office.code("Q1", "Q1-B", false);
    let refused = at(&desk, "rossi", &["renew-identity", "--code", &other]);
    assert_eq!((refused.code, refused.error().as_str()), (5, "code_other_desk"));
    let told = at(&desk, "rossi", &["renew-identity", "--code", &asked])
        .done()
        .json();
    assert_eq!(
        (told["desk_name"].as_str(), told["synced"].as_bool()),
        (Some("Q1-A"), Some(true))
    );
    assert_eq!(told["before"], old);
    assert_ne!(told["desk"], old);
    let status = at(&desk, "rossi", &["show", "{\"type\": \"status\"}"])
        .done()
        .json();
    assert_eq!(
        (&status["stopped"], &status["desk"]["id"]),
        (&serde_json::Value::Null, &told["desk"])
    );
    at(&desk, "rossi", &["verify"]).done();
}

#[test]
fn a_desk_changes_its_key_and_everything_holds_as_before() {
    let office = Office::new();
    let (desk, _) = office.enrol("Q1", "Q1-A", "rossi", "operator");
    let key = |words: &[&str]| at(&desk, "rossi", words).done().json();
    let before = key(&["key", "show"]);
    assert_eq!(
        (before["number"].as_u64(), &before["desk_name"]),
        (Some(1), &"Q1-A".into())
    );
    let after = key(&["key", "rotate"]);
    assert_eq!(after["number"], 2);
    assert!(after["since"].as_i64() >= before["since"].as_i64());
    assert_eq!(key(&["key", "show"]), after);
    at(&desk, "rossi", &["sync"]).done();
    at(&desk, "rossi", &["verify"]).done();
    let state = office.central.desk_states().unwrap().remove(0);
    assert_eq!(state.key.unwrap().number, 2);
    // A desk that was revoked keeps nobody from it.
    let (other, _) = office.enrol("Q1", "Q1-B", "bianchi", "operator");
    at(&other, "bianchi", &["sync"]).done();
    office.central.revoke_desk("Q1-B").unwrap();
    assert_eq!(key(&["key", "rotate"])["number"], 3);
}
