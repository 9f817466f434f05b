// SPDX-License-Identifier: EUPL-1.2
//! What the house promises about speed, as ratios to something measured beside it in the same run.
//!
//! `cargo bench -p sportello-tests` runs all of it; `-- commit`, `-- search [households]`, `-- agenda [appointments]`, `-- inbox [households]`, `-- import`,
//! `-- exchange`, `-- wire`, `-- history [records]`, `-- crowd [desks]` one part. `-- peers` tells the figures that `cargo xtask bench peers` sets beside others'.
//! The exit code is 1 when a target is missed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]

mod agenda;
mod commit;
mod crowd;
mod exchange;
mod history;
mod ideal;
mod import;
mod inbox;
mod meter;
mod search;
mod table;

use std::process::ExitCode;
use table::Table;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Some((word, rest)) = arguments.split_first()
        && word == history::CHILD
    {
        runtime.block_on(history::child(rest));
        return ExitCode::SUCCESS;
    }
    let number = arguments
        .iter()
        .find_map(|argument| argument.parse::<usize>().ok());
    let wanted = |name: &str| {
        arguments.iter().all(|a| a.parse::<usize>().is_ok())
            || arguments.iter().any(|argument| argument == name)
    };
    if arguments.first().is_some_and(|word| word == "peers") {
        runtime.block_on(exchange::peers());
        return ExitCode::SUCCESS;
    }
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
    if wanted("wire") {
        runtime.block_on(exchange::wire(&mut table));
    }
    if wanted("history") {
        runtime.block_on(history::run(&mut table, number.unwrap_or(history::LONG)));
    }
    if wanted("crowd") {
        runtime.block_on(crowd::run(&mut table, number.unwrap_or(crowd::DESKS)));
    }
    if wanted("inbox") {
        runtime.block_on(inbox::run(&mut table, number.unwrap_or(inbox::HOUSEHOLDS)));
    }
    if wanted("agenda") {
        runtime.block_on(agenda::run(&mut table, number.unwrap_or(agenda::APPOINTMENTS)));
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
