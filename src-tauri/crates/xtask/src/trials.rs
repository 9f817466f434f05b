// SPDX-License-Identifier: EUPL-1.2
//! `sim` and `crash`: programs of the tests' package that run for as long as one likes.

use crate::error::Trouble;
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::steps::Steps;
use crate::{pages, process, programs};

/// Offices in which everything goes wrong.
pub fn sim(project: &Project, release: bool, rest: &[String], steps: &mut Steps) -> Result<(), Trouble> {
    run(project, "simulation", &["sportello-sim"], release, rest, steps)
}

/// Desks and centres that are killed at work.
pub fn crash(project: &Project, release: bool, rest: &[String], steps: &mut Steps) -> Result<(), Trouble> {
    let programs = ["sportello-crash", "sportelloctl", "sportello-central"];
    run(project, "power cuts", &programs, release, rest, steps)
}

/// Builds programs and runs the first of them.
fn run(
    project: &Project,
    what: &str,
    names: &[&str],
    release: bool,
    rest: &[String],
    steps: &mut Steps,
) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Test, steps)?;
    pages::build(project, steps)?;
    steps.step("programs", || programs::build(project, names, release))?;
    steps.step(what, || {
        let program = project.binary(names[0], release);
        let folder = program.parent().unwrap_or(&project.target);
        process::run(
            process::command(&program.to_string_lossy(), rest)
                .current_dir(&project.root)
                .env("SPORTELLO_BIN_DIR", folder)
                .env("SPORTELLO_OUT", project.out()),
        )
    })
}
