// SPDX-License-Identifier: EUPL-1.2
//! `fuzz`: fuzzers of all that reads bytes from outside, each for a while. They stand in a workspace of their own (`tests/fuzz`)
//! and need a nightly toolchain; the normal suite feeds the same entry points without (`tests/tests/fuzz.rs`).

use crate::error::{Trouble, file};
use crate::process;
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;

/// The fuzzers.
pub const TARGETS: [&str; 5] = ["record", "wire", "bundle", "import", "slip"];
const NIGHTLY: [&str; 3] = ["run", "nightly", "cargo"];

/// Runs one of them, or each in turn, for so many seconds.
pub fn run(project: &Project, seconds: u64, only: Option<&str>, steps: &mut Steps) -> Result<(), Trouble> {
    if !process::answers("rustup", &[&NIGHTLY[..], &["--version"][..]].concat()) {
        return Err(Trouble::Missing(
            "fuzzers need a nightly toolchain: rustup toolchain install nightly --profile minimal."
                .to_owned(),
        ));
    }
    if !setup::has_fuzz() {
        steps.step("cargo-fuzz", || setup::install(project, "cargo-fuzz"))?;
    }
    let out = project.out().join("fuzz");
    std::fs::create_dir_all(&out).map_err(file(&out))?;
    for target in TARGETS
        .into_iter()
        .filter(|target| only.is_none_or(|only| only == *target))
    {
        steps.step(target, || one(project, target, seconds))?;
    }
    Ok(())
}

fn one(project: &Project, target: &str, seconds: u64) -> Result<(), Trouble> {
    let build = project.target.join("fuzz");
    // What a fuzzer learns stays beside the build and makes the next run begin where this one ended; seeds are only read.
    let learnt = build.join("corpus").join(target);
    std::fs::create_dir_all(&learnt).map_err(file(&learnt))?;
    let folder = project.root.join("tests/fuzz");
    let mut command = process::command("rustup", NIGHTLY);
    command
        .current_dir(&project.root)
        .args(["fuzz", "run", "--fuzz-dir"])
        .arg(&folder)
        .arg("--target-dir")
        .arg(&build)
        .arg(target)
        .arg(&learnt)
        .arg(folder.join("seeds").join(target))
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!(
            "-artifact_prefix={}/{target}-",
            project.out().join("fuzz").display()
        ))
        .args([
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=65536",
            "-print_final_stats=1",
        ]);
    // This program was started by another toolchain's cargo.
    for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "CARGO_TARGET_DIR"] {
        command.env_remove(name);
    }
    process::run(&mut command)
}
