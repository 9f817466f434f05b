// SPDX-License-Identifier: EUPL-1.2
//! Rust's own helpers.

use crate::error::Trouble;
use crate::process;
use crate::project::Project;

/// Whether rustfmt and clippy are there.
pub fn has_components() -> bool {
    process::answers("cargo", &["fmt", "--version"]) && process::answers("cargo", &["clippy", "--version"])
}

/// Adds them with rustup.
pub fn add_components() -> Result<(), Trouble> {
    if !process::answers("rustup", &["--version"]) {
        return Err(Trouble::Missing(
            "rustfmt and clippy are missing, and rustup is not here to add them: install both (Debian: \
             apt-get install rustfmt rust-clippy) or install Rust from https://rustup.rs."
                .to_owned(),
        ));
    }
    process::run(&mut process::command(
        "rustup",
        ["component", "add", "rustfmt", "clippy"],
    ))
}

/// Whether the test runner is there.
pub fn has_nextest() -> bool {
    process::answers("cargo", &["nextest", "--version"])
}

/// Whether the licence checker is there.
pub fn has_deny() -> bool {
    process::answers("cargo", &["deny", "--version"])
}

/// Whether the driver of fuzzers is there.
pub fn has_fuzz() -> bool {
    process::answers("cargo", &["fuzz", "--version"])
}

/// Builds and installs a helper of cargo's; it takes some minutes, once a machine.
pub fn install(project: &Project, name: &str) -> Result<(), Trouble> {
    println!("Installing {name}, once for this machine: it takes some minutes.");
    // Its own crates share nothing with ours: a folder of its own keeps ours clean and lets it go on after a break.
    let mut cargo = project.cargo(&["install", "--locked", name]);
    process::run(cargo.env("CARGO_TARGET_DIR", project.cache.join("tools")))
}
