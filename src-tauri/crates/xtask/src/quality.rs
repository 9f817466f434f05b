// SPDX-License-Identifier: EUPL-1.2
//! `test`, `check` and `bench`.

use std::process::Command;

#[cfg(unix)]
use crate::cluster::{self, Cluster};
use crate::error::{Trouble, file};
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::steps::Steps;
use crate::{architecture, hygiene, licences, pages, process, types};
#[cfg(not(unix))]
use std::convert::Infallible as Cluster;

/// Everything a change must pass, quick steps first.
pub fn test(project: &Project, rest: &[String], steps: &mut Steps) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Test, steps)?;
    style(project, steps)?;
    // Before Rust: the shell has the pages inside it, and does not compile without them.
    steps.step("pages: lint, types, tests, build", || {
        pages::script(project, "check")
    })?;
    clippy(project, steps)?;
    // Programs and tests in one build, so that both take the same features of each dependency; the end-to-end
    // tests start the programs from the build folder.
    steps.step("build", || {
        cargo(
            project,
            &["build", "--locked", "--workspace", "--bins", "--tests"],
        )
    })?;
    steps.step("generated types", || types::check(project))?;
    let server = database_server(steps)?;
    steps.step("tests", || run_tests(project, server.as_ref(), rest))?;
    drop(server);
    steps.step("documentation tests", || {
        cargo(project, &["test", "--locked", "--workspace", "--doc", "--quiet"])
    })?;
    if setup::has_deny() {
        steps.step("licences and sources of crates", || deny(project))
    } else {
        steps.skip(
            "licences and sources of crates",
            "cargo-deny is not installed (`cargo xtask check` installs it)",
        );
        Ok(())
    }
}

/// The quick part of `test`: runs no test.
pub fn check(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Check, steps)?;
    style(project, steps)?;
    steps.step("pages: lint", || pages::script(project, "lint"))?;
    steps.step("pages: types", || pages::script(project, "typecheck"))?;
    steps.step("pages: catalogues", || pages::script(project, "catalogues"))?;
    pages::build(project, steps)?;
    clippy(project, steps)?;
    steps.step("licences and sources of crates", || deny(project))
}

/// Measurements, which print ratios to their limits.
pub fn bench(project: &Project, rest: &[String], steps: &mut Steps) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Test, steps)?;
    pages::build(project, steps)?;
    steps.step("benches", || {
        process::run(
            project
                .cargo(&["bench", "--locked", "--workspace", "--bench", "speed"])
                .args(rest),
        )
    })
}

fn style(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    steps.step("house rules", || {
        hygiene::check(project)?;
        architecture::check(project)?;
        licences::check(project)
    })?;
    steps.step("rustfmt", || cargo(project, &["fmt", "--all", "--check"]))
}

fn clippy(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    let args = [
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    steps.step("clippy", || cargo(project, &args))
}

fn deny(project: &Project) -> Result<(), Trouble> {
    println!(
        "  (advisories are left out: their list lies on a git host that a closed network does not reach)"
    );
    cargo(
        project,
        &[
            "deny",
            "--locked",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ],
    )
}

/// The PostgreSQL server on which the centre is tried: the one that the environment names, or a private one for as long as
/// this value is kept.
#[cfg(unix)]
fn database_server(steps: &mut Steps) -> Result<Option<Cluster>, Trouble> {
    if std::env::var_os(cluster::VARIABLE).is_some() {
        return Ok(None);
    }
    steps.step("a private PostgreSQL server", || {
        Cluster::start(&[])
            .map(Some)
            .map_err(|error| Trouble::Missing(format!("{error}.")))
    })
}

/// Elsewhere only the one that the environment names.
#[cfg(not(unix))]
fn database_server(steps: &mut Steps) -> Result<Option<Cluster>, Trouble> {
    steps.skip(
        "a private PostgreSQL server",
        "it is started on Unix only: SPORTELLO_TEST_POSTGRES must name one",
    );
    Ok(None)
}

fn run_tests(project: &Project, server: Option<&Cluster>, rest: &[String]) -> Result<(), Trouble> {
    let out = project.out();
    std::fs::create_dir_all(&out).map_err(file(&out))?;
    if setup::has_nextest() {
        let args = ["nextest", "run", "--locked", "--workspace", "--no-fail-fast"];
        return process::run(for_tests(project, server, &mut project.cargo(&args)).args(rest));
    }
    println!(
        "  cargo-nextest is not installed (`cargo xtask setup` installs it): using cargo test, one at a time."
    );
    // cargo test knows no groups: the tests that need the window or the disk for themselves would meet.
    let args = [
        "test",
        "--locked",
        "--workspace",
        "--bins",
        "--lib",
        "--tests",
        "--no-fail-fast",
    ];
    let mut cargo = project.cargo(&args);
    process::run(for_tests(project, server, cargo.env("RUST_TEST_THREADS", "1")).args(rest))
}

/// Tells the tests where things are.
fn for_tests<'c>(project: &Project, server: Option<&Cluster>, command: &'c mut Command) -> &'c mut Command {
    #[cfg(unix)]
    if let Some(server) = server {
        command.env(cluster::VARIABLE, server.url("postgres"));
    }
    command
        .env("SPORTELLO_CODICEFISCALE_PYTHON", project.python())
        .env("SPORTELLO_OUT", project.out())
}

fn cargo(project: &Project, args: &[&str]) -> Result<(), Trouble> {
    process::run(&mut project.cargo(args))
}
