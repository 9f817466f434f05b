// SPDX-License-Identifier: EUPL-1.2
//! Running the program.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }

    /// The code of the error on standard error.
    pub fn error(&self) -> String {
        let line = self.err.lines().last().unwrap_or_default();
        let told: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {}", self.err));
        assert!(!told["message"].as_str().unwrap().is_empty());
        told["code"].as_str().unwrap().to_owned()
    }

    /// What a program that ended left behind.
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same, if the program ended well.
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "{} {}", self.out, self.err);
        self
    }
}

/// The program with nothing of this machine's environment in its way.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sportelloctl"));
    for name in [
        "DIR",
        "USERNAME",
        "PASSPHRASE",
        "PASSPHRASE_FILE",
        "NEW_PASSPHRASE",
        "RECOVERY_KEY",
    ] {
        command.env_remove(format!("SPORTELLO_{name}"));
    }
    command
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub fn run(arguments: &[&str]) -> Ran {
    Ran::of(&program().args(arguments).output().unwrap())
}

/// At a desk, as one of its people.
pub fn at(dir: &Path, username: &str, arguments: &[&str]) -> Ran {
    feed(dir, username, arguments, "")
}

/// The same, with something on standard input.
pub fn feed(dir: &Path, username: &str, arguments: &[&str], input: &str) -> Ran {
    let mut command = program();
    command
        .args(arguments)
        .args(["--json", "--lang", "it", "--username", username, "--dir"])
        .arg(dir);
    command
        .env("SPORTELLO_PASSPHRASE", crate::seat::PASSPHRASE)
        .stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that ends before it has read everything closes its end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Ran::of(&child.wait_with_output().unwrap())
}
