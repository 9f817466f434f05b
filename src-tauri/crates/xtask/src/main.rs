// SPDX-License-Identifier: EUPL-1.2
//! The errands of the project: `cargo xtask setup|run|build|test|check|bench|sim|crash|fuzz|types|help`.
//!
//! Each errand says what it is about to do before it does it, sets up only what is missing, and stops at the first
//! step that fails, with that step's name and a non-zero exit code.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks on its standard streams"
)]

mod architecture;
mod args;
#[cfg(unix)]
mod cluster;
mod error;
mod fuzz;
mod hygiene;
mod licences;
mod office;
mod pages;
mod peers;
mod process;
mod programs;
mod project;
mod quality;
mod run;
mod screen;
mod setup;
mod steps;
mod target;
mod trials;
mod types;

use std::io::Write;
use std::process::ExitCode;

use args::Errand;
use error::Trouble;
use project::Project;
use steps::Steps;

fn main() -> ExitCode {
    match errand() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nxtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn errand() -> Result<(), Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let errand = args::parse(&words)?;
    if errand == Errand::Help {
        // Whoever reads only its beginning closes the pipe: that is no failure.
        let _ = writeln!(std::io::stdout(), "{}", args::HELP);
        return Ok(());
    }
    let project = Project::find()?;
    let mut steps = Steps::new(errand.name());
    let done = match &errand {
        Errand::Help => Ok(()),
        Errand::Setup => setup::everything(&project, &mut steps),
        Errand::Run(options) => run::run(&project, options, &mut steps),
        Errand::Build => programs::release(&project, &mut steps),
        Errand::Test { rest } => quality::test(&project, rest, &mut steps),
        Errand::Check => quality::check(&project, &mut steps),
        Errand::Bench { rest } if rest.first().is_some_and(|part| part == "peers") => {
            peers::bench(&project, &mut steps)
        }
        Errand::Bench { rest } => quality::bench(&project, rest, &mut steps),
        Errand::Sim { release, rest } => trials::sim(&project, *release, rest, &mut steps),
        Errand::Crash { release, rest } => trials::crash(&project, *release, rest, &mut steps),
        Errand::Fuzz { seconds, target } => fuzz::run(&project, *seconds, target.as_deref(), &mut steps),
        Errand::Types => types::write(&project, &mut steps),
    };
    steps.report();
    done
}
