// SPDX-License-Identifier: EUPL-1.2
//! The programs that an office installs.

use crate::error::Trouble;
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::steps::Steps;
use crate::{pages, process};

/// Their names.
pub const NAMES: [&str; 3] = ["sportello", "sportelloctl", "sportello-central"];

/// What makes a build of some programs take the very dependencies that the tests take.
///
/// Cargo gives each dependency the features that the *selected* packages ask for, and those of test dependencies as soon as
/// one test is selected. So `-p sportelloctl` builds some 270 crates anew that `--workspace --tests` has in another form
/// (tauri and typst among them). Selecting the workspace, and one test that costs nothing, gives all builds one form.
const AS_IN_TESTS: [&str; 3] = ["--workspace", "--test", "command_line"];

/// Builds some of them.
pub fn build(project: &Project, names: &[&str], release: bool) -> Result<(), Trouble> {
    let mut cargo = project.cargo(&["build", "--locked"]);
    cargo
        .args(AS_IN_TESTS)
        .args(names.iter().flat_map(|name| ["--bin", name]))
        .args(release.then_some("--release"));
    process::run(&mut cargo)
}

/// `cargo xtask build`: sets up, builds pages and programs, says where they lie.
pub fn release(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Run, steps)?;
    pages::build(project, steps)?;
    steps.step("programs", || build(project, &NAMES, true))?;
    for name in NAMES {
        println!("  {}", project.binary(name, true).display());
    }
    Ok(())
}
