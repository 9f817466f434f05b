// SPDX-License-Identifier: EUPL-1.2
//! Simulates offices until so many desk-days are over: `cargo xtask sim`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use sportello_tests::sim::{Counts, Profile, Setup, Step, run, shrink};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A failing plan is made smaller for so long.
const PATIENCE: Duration = Duration::from_mins(5);

struct Asked {
    days: u64,
    seed: u64,
    profile: Option<Profile>,
    script: Option<PathBuf>,
}

fn main() -> ExitCode {
    let asked = match read(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(word) => {
            eprintln!(
                "{word}\nusage: [--days N] [--seed S] [--profile calm|flaky|stormy|disasters] [--script FILE]"
            );
            return ExitCode::FAILURE;
        }
    };
    if let Some(path) = &asked.script {
        return script(path);
    }
    let began = Instant::now();
    let (mut counts, mut days, mut seed) = (Counts::default(), 0, asked.seed);
    let mut offices = 0;
    while days < asked.days {
        let setup = Setup::of(seed, asked.profile);
        let plan = setup.plan();
        let done = run(&setup, &plan);
        counts.add(&done.counts);
        days += setup.desk_days();
        offices += 1;
        println!(
            "seed {seed} {:<9} {} desks {} days {} {:>6.1} s",
            setup.profile.name(),
            setup.desks.len(),
            setup.days,
            done.digest,
            began.elapsed().as_secs_f64()
        );
        if let Some(violation) = done.violation {
            println!("\n{counts}");
            println!("seed {seed} fails at {violation}\n");
            println!(
                "again: cargo xtask sim --seed {seed} --days 1 --profile {}\n",
                setup.profile.name()
            );
            tell_smallest(&setup, &plan, violation.rule);
            return ExitCode::FAILURE;
        }
        seed += 1;
    }
    println!("\n{counts}");
    println!(
        "{days} desk-days in {offices} offices, seeds {} to {}, {:.0} s: all that must hold held.",
        asked.seed,
        seed - 1,
        began.elapsed().as_secs_f64()
    );
    ExitCode::SUCCESS
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked {
        days: 200,
        seed: 1,
        profile: None,
        script: None,
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("`{word}` needs a value."))?;
        let number = || {
            value
                .parse()
                .map_err(|_| format!("`{word}` needs a number, not `{value}`."))
        };
        match word.as_str() {
            "--days" => asked.days = number()?,
            "--seed" => asked.seed = number()?,
            "--profile" => {
                asked.profile =
                    Some(Profile::named(&value).ok_or(format!("there is no profile `{value}`."))?);
            }
            "--script" => asked.script = Some(PathBuf::from(value)),
            _ => return Err(format!("there is no option `{word}`.")),
        }
    }
    Ok(asked)
}

/// Makes a failing plan smaller, prints it, and leaves it to be run again.
fn tell_smallest(setup: &Setup, plan: &[Step], rule: &str) {
    println!("looking for the smallest plan that fails the same way …");
    let fails = |plan: &[Step]| run(setup, plan).violation.is_some_and(|found| found.rule == rule);
    let smallest = shrink::smallest(plan, PATIENCE, fails);
    let path = sportello_tests::window::out().join(format!("sim-{}.json", setup.seed));
    println!("{} steps of {} are left:", smallest.len(), plan.len());
    for step in &smallest {
        println!("  {}", serde_json::to_string(step).unwrap());
    }
    if let Some(violation) = run(setup, &smallest).violation {
        println!("they fail at {violation}");
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, serde_json::to_vec(&(setup, &smallest)).unwrap()).unwrap();
    println!("again: cargo xtask sim --script {}", path.display());
}

fn script(path: &std::path::Path) -> ExitCode {
    let bytes = std::fs::read(path).expect("the script can be read");
    let (setup, plan): (Setup, Vec<Step>) = serde_json::from_slice(&bytes).expect("the file is a script");
    let done = run(&setup, &plan);
    println!("{}", done.counts);
    match done.violation {
        None => {
            println!("all that must hold held.");
            ExitCode::SUCCESS
        }
        Some(violation) => {
            println!("fails at {violation}");
            ExitCode::FAILURE
        }
    }
}
