// SPDX-License-Identifier: EUPL-1.2
//! What whoever types `cargo xtask` meets first.
//!
//! It has a second errand: `src/programs.rs` names this test in its builds, and says there why.

#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

fn xtask(word: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg(word)
        .output()
        .unwrap()
}

#[test]
fn help_names_every_errand() {
    let answer = xtask("help");
    assert!(answer.status.success());
    let text = String::from_utf8(answer.stdout).unwrap();
    for errand in ["setup", "run", "build", "test", "check", "bench", "sim", "types"] {
        assert!(text.contains(&format!("\n  {errand} ")), "{errand}");
    }
}

#[test]
fn what_is_not_understood_fails_with_a_sentence() {
    let answer = xtask("dance");
    assert!(!answer.status.success());
    let sentence = String::from_utf8(answer.stderr).unwrap();
    assert!(
        sentence.contains("`dance`") && sentence.contains("cargo xtask help"),
        "{sentence}"
    );
}
