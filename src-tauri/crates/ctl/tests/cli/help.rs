// SPDX-License-Identifier: EUPL-1.2
//! What can be read before anything is done.

use crate::process::run;

#[test]
fn every_command_has_its_help() {
    let commands: &[&[&str]] = &[
        &[],
        &["enrol"],
        &["init"],
        &["renew-identity"],
        &["key"],
        &["key", "show"],
        &["key", "rotate"],
        &["operator"],
        &["operator", "add"],
        &["operator", "passphrase"],
        &["operator", "recover"],
        &["passphrase"],
        &["import"],
        &["do"],
        &["show"],
        &["script"],
        &["sync"],
        &["bundle"],
        &["bundle", "export"],
        &["bundle", "import"],
        &["relay"],
        &["relay", "serve"],
        &["relay", "use"],
        &["relay", "sync"],
        &["relay", "forget"],
        &["indicator"],
        &["erase"],
        &["verify"],
        &["backup"],
        &["restore"],
        &["export"],
        &["document"],
        &["document", "slip"],
        &["document", "receipt"],
        &["document", "delega"],
        &["document", "indicator-report"],
        &["schema"],
        &["demo"],
    ];
    for command in commands {
        let ran = run(&[*command, &["--help"]].concat()).done();
        assert!(
            ran.out.contains("Usage: sportelloctl"),
            "{command:?}: {}",
            ran.out
        );
        assert!(ran.out.contains("--passphrase-file"), "{command:?}");
    }
    let all = run(&["--help"]).out;
    for exit in [
        "0  done",
        "1  refused",
        "2  not understood",
        "3  not let in",
        "4  no desk",
        "5  the exchange",
        "6  verif",
        "7  this desk",
    ] {
        assert!(all.contains(exit), "{exit}");
    }
    assert!(
        run(&["script", "--help"]).out.contains("\"sync\": true"),
        "the lines are described"
    );
}

#[test]
fn what_is_not_understood_exits_with_two() {
    for wrong in [
        vec!["dance"],
        vec!["do", "{}", "--loud"],
        vec!["export", "secrets"],
        vec!["demo", "--day", "yesterday"],
    ] {
        let ran = run(&wrong);
        assert_eq!(ran.code, 2, "{wrong:?}");
        let ran = run(&[&wrong[..], &["--json"]].concat());
        assert_eq!((ran.code, ran.error().as_str()), (2, "usage"), "{wrong:?}");
    }
}

#[test]
fn the_schema_names_commands_and_types() {
    let schema = run(&["schema", "--json"]).done().json();
    for part in ["command", "query", "outcome", "view"] {
        assert!(schema[part].is_object(), "{part}");
    }
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("generated");
    run(&["schema", "--typescript", place.to_str().unwrap()]).done();
    let types = std::fs::read_to_string(place.join("types.ts")).unwrap();
    assert_eq!(types, sportello_desk::schema::typescript());
    let written = std::fs::metadata(place.join("types.ts"))
        .unwrap()
        .modified()
        .unwrap();
    run(&["schema", "--typescript", place.to_str().unwrap()]).done();
    assert_eq!(
        std::fs::metadata(place.join("types.ts"))
            .unwrap()
            .modified()
            .unwrap(),
        written,
        "written only when it changes"
    );
}
