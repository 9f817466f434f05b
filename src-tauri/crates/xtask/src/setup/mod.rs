// SPDX-License-Identifier: EUPL-1.2
//! What a machine needs, put there only when it is missing.

mod node;
mod packages;
mod python;
mod rust;

use crate::error::Trouble;
use crate::project::Project;
use crate::steps::Steps;
use crate::target;

pub use node::npm;
pub use rust::{has_deny, has_fuzz, has_nextest, install};

/// What the coming errand will do on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build and open a window.
    Run,
    /// The same, under a virtual display.
    RunHeadless,
    /// Lints and types: needs what the build needs, and no display.
    Check,
    /// All tests, in a window too.
    Test,
}

/// `cargo xtask setup`: all that any errand needs.
pub fn everything(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    prepare(project, Purpose::Test, steps)?;
    if !has_nextest() {
        steps.step("test runner", || rust::install(project, "cargo-nextest"))?;
    }
    if steps.is_empty() {
        println!("All that building and testing need is here already.");
    }
    Ok(())
}

/// What one purpose needs; says nothing about what is there already.
pub fn prepare(project: &Project, purpose: Purpose, steps: &mut Steps) -> Result<(), Trouble> {
    target::claim(project)?;
    let missing = packages::missing(purpose)?;
    if !missing.is_empty() {
        steps.step("system packages", || packages::install(&missing))?;
    }
    node::check()?;
    if node::is_stale(project) {
        steps.step("packages of the pages", || node::install(project))?;
    }
    if purpose == Purpose::Test && !python::has_reference(project) {
        steps.step("reference for tax codes", || python::install(project))?;
    }
    if matches!(purpose, Purpose::Test | Purpose::Check) && !rust::has_components() {
        steps.step("rustfmt and clippy", rust::add_components)?;
    }
    if purpose == Purpose::Check && !has_deny() {
        steps.step("licence checker", || rust::install(project, "cargo-deny"))?;
    }
    Ok(())
}
