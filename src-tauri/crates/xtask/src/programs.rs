// SPDX-License-Identifier: EUPL-1.2
//! The programs that an office installs.

use crate::error::Trouble;
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::steps::Steps;
use crate::{pages, process};

/// Their names, which are those of their packages too.
pub const NAMES: [&str; 3] = ["sportello", "sportelloctl", "sportello-central"];

/// Builds them.
pub fn build(project: &Project, release: bool) -> Result<(), Trouble> {
    let mut cargo = project.cargo(&["build", "--locked"]);
    cargo
        .args(NAMES.iter().flat_map(|name| ["-p", name]))
        .args(release.then_some("--release"));
    process::run(&mut cargo)
}

/// `cargo xtask build`: sets up, builds pages and programs, says where they lie.
pub fn release(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Run, steps)?;
    pages::build(project, steps)?;
    steps.step("programs", || build(project, true))?;
    for name in NAMES {
        println!("  {}", project.binary(name, true).display());
    }
    Ok(())
}
