// SPDX-License-Identifier: EUPL-1.2
//! Kills desks and centres at work, as often as asked: `cargo xtask crash`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use sportello_tests::crash::{Counts, centre, desk};
use std::process::ExitCode;
use std::time::Instant;

#[tokio::main]
async fn main() -> ExitCode {
    let (points, seed) = match read(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(word) => {
            eprintln!("{word}\nusage: [--points N] [--seed S]");
            return ExitCode::FAILURE;
        }
    };
    println!("cargo xtask crash --points {points} --seed {seed}");
    println!("(the same acts each time; where in them the power goes depends on the computer)\n");
    let began = Instant::now();
    let mut counts = Counts::default();
    // In parts, so that each begins with a small file and there is something to see. Three of five kills are at a desk.
    let (mut left, mut part) = (points, 0);
    while left > 0 {
        let now = left.min(500);
        let at_desk = now * 3 / 5;
        counts.join(&desk::run(at_desk, seed + part).await);
        counts.join(&centre::run(now - at_desk, seed + part).await);
        left -= now;
        part += 1;
        println!(
            "{} of {points} kills, {:.0} s",
            points - left,
            began.elapsed().as_secs_f64()
        );
    }
    println!("\n{counts}\nall that must hold held.");
    ExitCode::SUCCESS
}

fn read(mut words: impl Iterator<Item = String>) -> Result<(usize, u64), String> {
    let (mut points, mut seed) = (500, 1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("`{word}` needs a value."))?;
        let wrong = || format!("`{word}` needs a number, not `{value}`.");
        match word.as_str() {
            "--points" => points = value.parse().map_err(|_| wrong())?,
            "--seed" => seed = value.parse().map_err(|_| wrong())?,
            _ => return Err(format!("there is no option `{word}`.")),
        }
    }
    Ok((points, seed))
}
