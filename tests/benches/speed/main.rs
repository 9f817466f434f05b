// SPDX-License-Identifier: EUPL-1.2
//! What the house promises about speed, as ratios to something measured beside it in the same run.
//!
//! `cargo bench -p sportello-tests` runs all of it; `-- commit`, `-- search [households]`, `-- import`, `-- exchange` one part.
//! The exit code is 1 when a target is missed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss
)]

mod commit;
mod exchange;
mod ideal;
mod import;
mod search;
mod table;

use std::process::ExitCode;
use table::Table;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let number = arguments
        .iter()
        .find_map(|argument| argument.parse::<usize>().ok());
    let wanted = |name: &str| {
        arguments.iter().all(|a| a.parse::<usize>().is_ok())
            || arguments.iter().any(|argument| argument == name)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut table = Table::default();
    if wanted("commit") {
        runtime.block_on(commit::run(&mut table));
    }
    if wanted("import") {
        runtime.block_on(import::run(&mut table));
    }
    if wanted("exchange") {
        runtime.block_on(exchange::run(&mut table));
    }
    if wanted("search") {
        runtime.block_on(search::run(&mut table, number.unwrap_or(200_000)));
    }
    table.print();
    if table.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
