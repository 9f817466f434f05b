// SPDX-License-Identifier: EUPL-1.2
//! The command line of the central office server.

mod cli;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    cli::log_to_stderr();
    match cli::run(&arguments) {
        Ok(code) => code,
        Err(error) => cli::tell_error(arguments.json, error.as_ref()),
    }
}
