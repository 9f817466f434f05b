// SPDX-License-Identifier: EUPL-1.2
//! Passphrases that are changed, given anew and recovered, as the IT office does it.

use crate::process::{Ran, at, program, run};
use crate::seat::{Office, PASSPHRASE};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

const NEW: &str = "quattro parole a caso";

/// A desk where two people work: an administrator and somebody whom she added.
fn desk(office: &Office) -> (std::path::PathBuf, Value) {
    let (dir, told) = office.enrol("CEN", "SUP", "bianchi", "administrator");
    std::fs::write(dir.join("new"), format!("{PASSPHRASE}\n")).unwrap();
    let file = dir.join("new");
    let add = [
        "operator",
        "add",
        "conti",
        "--name",
        "Chiara Conti",
        "--new-passphrase-file",
    ];
    at(&dir, "bianchi", &[&add[..], &[file.to_str().unwrap()]].concat()).done();
    (dir, told)
}

/// Runs the program with these variables in its environment, and something on standard input.
fn with(dir: &Path, variables: &[(&str, &str)], arguments: &[&str], input: &str) -> Ran {
    let mut command = program();
    command
        .args(arguments)
        .args(["--json", "--dir"])
        .arg(dir)
        .envs(variables.iter().copied())
        .stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that ends before it has read everything closes its end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Ran::of(&child.wait_with_output().unwrap())
}

/// As conti, with her passphrase of the moment.
fn at_with(dir: &Path, passphrase: &str, arguments: &[&str]) -> Ran {
    let arguments = [arguments, &["--username", "conti"]].concat();
    with(dir, &[("SPORTELLO_PASSPHRASE", passphrase)], &arguments, "")
}

/// The exit code of a login.
fn login(dir: &Path, username: &str, passphrase: &str) -> i32 {
    let arguments = ["show", "{\"type\": \"status\"}", "--username", username];
    with(dir, &[("SPORTELLO_PASSPHRASE", passphrase)], &arguments, "").code
}

#[test]
fn one_changes_ones_own_passphrase() {
    let office = Office::new();
    let (dir, _) = desk(&office);
    let change = |old: &str, new: &str| {
        let variables = [("SPORTELLO_PASSPHRASE", old), ("SPORTELLO_NEW_PASSPHRASE", new)];
        with(&dir, &variables, &["passphrase", "--username", "conti"], "")
    };
    let wrong = change("un'altra frase", NEW);
    assert_eq!((wrong.code, wrong.error().as_str()), (3, "wrong_passphrase"));
    let short = change(PASSPHRASE, "corta");
    assert_eq!((short.code, short.error().as_str()), (3, "passphrase_too_short"));
    let none = with(
        &dir,
        &[("SPORTELLO_PASSPHRASE", PASSPHRASE)],
        &["passphrase", "--username", "conti"],
        "",
    );
    assert_eq!((none.code, none.error().as_str()), (3, "passphrase_missing"));
    assert_eq!(login(&dir, "conti", PASSPHRASE), 0, "all that changed nothing");
    let done = change(PASSPHRASE, NEW).done().json();
    assert_eq!(done["changed"].as_array().unwrap().len(), 1);
    assert_eq!(
        (login(&dir, "conti", NEW), login(&dir, "conti", PASSPHRASE)),
        (0, 3)
    );
}

#[test]
fn an_administrator_gives_another_passphrase() {
    let office = Office::new();
    let (dir, _) = desk(&office);
    let set = |who: &str, of: &str| {
        let variables = [
            ("SPORTELLO_PASSPHRASE", PASSPHRASE),
            ("SPORTELLO_NEW_PASSPHRASE", NEW),
        ];
        let arguments = ["operator", "passphrase", of, "--username", who];
        with(&dir, &variables, &arguments, "")
    };
    for (who, of, code, expected) in [
        ("conti", "bianchi", 1, "role_too_low"),
        ("bianchi", "nessuno", 1, "not_found"),
        ("bianchi", "bianchi", 1, "own_passphrase"),
    ] {
        let refused = set(who, of);
        assert_eq!((refused.code, refused.error().as_str()), (code, expected));
    }
    set("bianchi", " Conti ").done();
    assert_eq!(
        (login(&dir, "conti", NEW), login(&dir, "conti", PASSPHRASE)),
        (0, 3)
    );
}

#[test]
fn the_recovery_key_comes_from_a_file_the_environment_or_standard_input() {
    let office = Office::new();
    let (dir, told) = desk(&office);
    let key = told["recovery_key"].as_str().unwrap();
    let file = dir.join("key");
    std::fs::write(&file, format!("{key}\n")).unwrap();
    let file = file.to_str().unwrap();
    let recover = ["operator", "recover", "conti"];
    let new = ("SPORTELLO_NEW_PASSPHRASE", NEW);

    let nobody = with(&dir, &[new], &recover, "");
    assert_eq!(
        (nobody.code, nobody.error().as_str()),
        (3, "recovery_key_missing")
    );
    let nonsense = with(
        &dir,
        &[new, ("SPORTELLO_RECOVERY_KEY", "AGE-SECRET")],
        &recover,
        "",
    );
    assert_eq!(
        (nonsense.code, nonsense.error().as_str()),
        (3, "not_a_recovery_key")
    );
    let unknown = ["operator", "recover", "nessuno", "--recovery-key-file", file];
    let unknown = with(&dir, &[new], &unknown, "");
    assert_eq!((unknown.code, unknown.error().as_str()), (3, "unknown_operator"));
    let (other, _) = office.enrol("Q1", "Q1-A", "rossi", "operator");
    let foreign = with(&other, &[new, ("SPORTELLO_RECOVERY_KEY", key)], &recover, "");
    assert_eq!(
        (foreign.code, foreign.error().as_str()),
        (3, "wrong_recovery_key")
    );
    let nowhere = with(&dir.join("nowhere"), &[new], &recover, "");
    assert_eq!((nowhere.code, nowhere.error().as_str()), (4, "not_enrolled"));
    assert_eq!(login(&dir, "conti", PASSPHRASE), 0, "all that changed nothing");

    let told = with(
        &dir,
        &[new],
        &[&recover[..], &["--recovery-key-file", file]].concat(),
        "",
    )
    .done()
    .json();
    assert_eq!(told["username"], "conti");
    assert_eq!(
        (login(&dir, "conti", NEW), login(&dir, "conti", PASSPHRASE)),
        (0, 3)
    );
    let typed = with(
        &dir,
        &[("SPORTELLO_NEW_PASSPHRASE", "una seconda frase")],
        &recover,
        key,
    );
    typed.done();
    assert_eq!(login(&dir, "conti", "una seconda frase"), 0);
    let variables = [
        ("SPORTELLO_RECOVERY_KEY", key),
        ("SPORTELLO_NEW_PASSPHRASE", "una terza frase"),
    ];
    with(&dir, &variables, &recover, "").done();
    assert_eq!(login(&dir, "conti", "una terza frase"), 0);

    at(&dir, "bianchi", &["verify"]).done();

    // A backup is put back with it too; the desk is then opened to be read.
    let backup = at_with(&dir, "una terza frase", &["backup"]).done().json();
    let restore = ["restore", backup["backup"].as_str().unwrap()];
    let without = with(&dir, &[], &[&restore[..], &["--with-recovery-key"]].concat(), "");
    assert_eq!(
        (without.code, without.error().as_str()),
        (3, "recovery_key_missing")
    );
    with(
        &dir,
        &[],
        &[&restore[..], &["--recovery-key-file", file]].concat(),
        "",
    )
    .done();
    with(
        &dir,
        &[new],
        &[&recover[..], &["--recovery-key-file", file]].concat(),
        "",
    )
    .done();
    assert_eq!(login(&dir, "conti", NEW), 0);

    // Never an argument: everybody on the computer reads those.
    let argument = run(&["operator", "recover", "conti", "--recovery-key", key, "--json"]);
    assert_eq!((argument.code, argument.error().as_str()), (2, "usage"));
}
