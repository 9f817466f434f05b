// SPDX-License-Identifier: EUPL-1.2
//! The command line, read by hand: it is small, and a parser's crate would be the slowest thing to build here.

use std::path::PathBuf;

use crate::error::Trouble;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask <errand> [options]

  setup   put on this machine what building and testing need (each thing only when it is missing)
  run     build, make demonstration data, start a central office, open a desk's window
            --release        build with optimisation (slower to build, faster to use)
            --fresh          throw the demonstration data away and make it anew
            --dir DIR        keep the demonstration data in DIR
            --supervisor     open the supervisors' desk too
            --port N         where the central office listens on 127.0.0.1
            --headless       open the window under a virtual display (Xvfb)
            --seconds N      close by itself after N seconds
  build   the programs as they are installed, with optimisation; says where they lie
  test    everything a change must pass: style, lints, pages, generated types, all tests, licences
            -- ARGS          more arguments for the test runner, for example a test's name
  check   the quick part of test: style, lints, pages' lint and types, licences; runs no test
  bench   the measurements, with ratios to their limits
            PART             one part only: commit, search, import, exchange, wire, history, crowd
            peers            the same workload done by PouchDB and cr-sqlite (from npm), and by us
  sim     simulate offices in which everything goes wrong; prints what was hit, and the command that repeats a failure
            --days N         until so many desk-days are over; every office is lived to its end (default 200)
            --seed S         the first office's seed; the next has the next (default 1)
            --profile P      calm, flaky, stormy or disasters; by its seed when absent
            --script FILE    run a plan that was left by a failure
            --release        build with optimisation
  crash   kill desks and centres (SIGKILL) while they work; prints what was hit; nothing acknowledged may be lost
            --points N       so many kills (default 500)
            --seed S         of what they do meanwhile (default 1)
            --release        build with optimisation
  fuzz    feed bytes that no person would think of to all that reads bytes from outside (nightly toolchain, cargo-fuzz)
            --seconds N      so long for each (default 60)
            TARGET           one only: record, wire, bundle, import, slip
  types   write ui/src/generated anew from the Rust types
  help    this text

Build results are shared by all checkouts in ${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-~/.cache}/sportello/target}.";

/// One errand with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Errand {
    /// Print the help text.
    Help,
    /// Install what is missing.
    Setup,
    /// Open a desk on demonstration data.
    Run(RunOptions),
    /// Build the programs as they are installed.
    Build,
    /// Everything a change must pass.
    Test {
        /// Passed through to the test runner.
        rest: Vec<String>,
    },
    /// The quick part of `Test`.
    Check,
    /// Measurements.
    Bench {
        /// Passed through to the benches.
        rest: Vec<String>,
    },
    /// Simulations.
    Sim {
        /// Build with optimisation.
        release: bool,
        /// Passed through to the simulator.
        rest: Vec<String>,
    },
    /// Power cuts.
    Crash {
        /// Build with optimisation.
        release: bool,
        /// Passed through to the program that kills.
        rest: Vec<String>,
    },
    /// Fuzzers.
    Fuzz {
        /// For each of them.
        seconds: u64,
        /// One only.
        target: Option<String>,
    },
    /// Write the generated TypeScript types.
    Types,
}

impl Errand {
    /// The word by which it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Setup => "setup",
            Self::Run(_) => "run",
            Self::Build => "build",
            Self::Test { .. } => "test",
            Self::Check => "check",
            Self::Bench { .. } => "bench",
            Self::Sim { .. } => "sim",
            Self::Crash { .. } => "crash",
            Self::Fuzz { .. } => "fuzz",
            Self::Types => "types",
        }
    }
}

/// The options of `run`.
#[derive(Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, independent of the others"
)]
pub struct RunOptions {
    /// Build with optimisation.
    pub release: bool,
    /// Make the demonstration data anew.
    pub fresh: bool,
    /// Open the supervisors' desk too.
    pub supervisor: bool,
    /// Open under a virtual display.
    pub headless: bool,
    /// Where the demonstration data lies; the project's cache folder when absent.
    pub dir: Option<PathBuf>,
    /// The port of the central office on the loopback address; as the demonstration has it when absent.
    pub port: Option<u16>,
    /// Close after so many seconds; when the last window is closed, if absent.
    pub seconds: Option<u64>,
}

/// Reads the words after `cargo xtask`.
pub fn parse(words: &[String]) -> Result<Errand, Trouble> {
    let Some((errand, options)) = words.split_first() else {
        return Ok(Errand::Help);
    };
    match errand.as_str() {
        "help" | "--help" | "-h" => Ok(Errand::Help),
        _ if options
            .iter()
            .take_while(|w| *w != "--")
            .any(|w| w == "--help" || w == "-h") =>
        {
            Ok(Errand::Help)
        }
        "setup" => alone(errand, options, Errand::Setup),
        "check" => alone(errand, options, Errand::Check),
        "types" => alone(errand, options, Errand::Types),
        "build" => alone(errand, options, Errand::Build),
        "run" => run(options).map(Errand::Run),
        "test" => Ok(Errand::Test { rest: rest(options) }),
        "bench" => Ok(Errand::Bench { rest: rest(options) }),
        "sim" => {
            let known = ["--days", "--seed", "--profile", "--script"];
            passed_on(errand, options, &known).map(|(release, rest)| Errand::Sim { release, rest })
        }
        "crash" => passed_on(errand, options, &["--points", "--seed"])
            .map(|(release, rest)| Errand::Crash { release, rest }),
        "fuzz" => fuzz(options),
        other => Err(Trouble::Usage(format!("there is no errand called `{other}`."))),
    }
}

/// Whether to build with optimisation, and options with a value each that a program reads itself; none is a mistake that can
/// wait until everything is built.
fn passed_on(errand: &str, options: &[String], known: &[&str]) -> Result<(bool, Vec<String>), Trouble> {
    const NUMBERS: [&str; 3] = ["--days", "--points", "--seed"];
    let (mut release, mut rest) = (false, Vec::new());
    let mut words = options.iter();
    while let Some(word) = words.next() {
        if word == "--release" {
            release = true;
        } else if known.contains(&word.as_str()) {
            let value = words
                .next()
                .ok_or_else(|| Trouble::Usage(format!("`{word}` needs a value.")))?;
            if NUMBERS.contains(&word.as_str()) {
                number::<u64>(word, value)?;
            }
            rest.extend([word.clone(), value.clone()]);
        } else {
            return Err(Trouble::Usage(format!(
                "`{errand}` does not know the option `{word}`."
            )));
        }
    }
    Ok((release, rest))
}

fn fuzz(options: &[String]) -> Result<Errand, Trouble> {
    let (mut seconds, mut target) = (60, None);
    let mut words = options.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seconds" => {
                let value = words
                    .next()
                    .ok_or_else(|| Trouble::Usage(format!("`{word}` needs a value.")))?;
                seconds = number(word, value)?;
            }
            name if crate::fuzz::TARGETS.contains(&name) => target = Some(name.to_owned()),
            other => {
                return Err(Trouble::Usage(format!(
                    "`fuzz` does not know the option `{other}`."
                )));
            }
        }
    }
    Ok(Errand::Fuzz { seconds, target })
}

fn alone(name: &str, options: &[String], errand: Errand) -> Result<Errand, Trouble> {
    match options.first() {
        None => Ok(errand),
        Some(extra) => Err(Trouble::Usage(format!(
            "`{name}` takes no options, but `{extra}` was given."
        ))),
    }
}

/// The words for another program: a leading `--` only separates them.
fn rest(options: &[String]) -> Vec<String> {
    options
        .strip_prefix(&["--".to_owned()])
        .unwrap_or(options)
        .to_vec()
}

fn run(options: &[String]) -> Result<RunOptions, Trouble> {
    let mut run = RunOptions::default();
    let mut words = options.iter();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .ok_or_else(|| Trouble::Usage(format!("`{word}` needs a value.")))
        };
        match word.as_str() {
            "--release" => run.release = true,
            "--fresh" => run.fresh = true,
            "--supervisor" => run.supervisor = true,
            "--headless" => run.headless = true,
            "--dir" => run.dir = Some(PathBuf::from(value()?)),
            "--port" => run.port = Some(number(word, value()?)?),
            "--seconds" => run.seconds = Some(number(word, value()?)?),
            other => {
                return Err(Trouble::Usage(format!(
                    "`run` does not know the option `{other}`."
                )));
            }
        }
    }
    Ok(run)
}

fn number<N: std::str::FromStr>(option: &str, value: &str) -> Result<N, Trouble> {
    value
        .parse()
        .map_err(|_| Trouble::Usage(format!("`{option}` needs a number, not `{value}`.")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_words_it_helps() {
        assert_eq!(parse(&[]).unwrap(), Errand::Help);
        assert_eq!(parse(&words("run --help")).unwrap(), Errand::Help);
    }

    #[test]
    fn every_errand_of_the_help_text_is_known() {
        for errand in [
            "setup", "run", "build", "test", "check", "bench", "sim", "crash", "fuzz", "types", "help",
        ] {
            assert!(
                HELP.contains(&format!("\n  {errand} ")),
                "{errand} is not in the help text"
            );
            assert_eq!(parse(&words(errand)).unwrap().name(), errand);
        }
    }

    #[test]
    fn run_reads_its_options_in_any_order() {
        let errand = parse(&words(
            "run --port 9000 --fresh --dir data --seconds 5 --headless --release --supervisor",
        ))
        .unwrap();
        let expected = RunOptions {
            release: true,
            fresh: true,
            headless: true,
            dir: Some(PathBuf::from("data")),
            supervisor: true,
            port: Some(9000),
            seconds: Some(5),
        };
        assert_eq!(errand, Errand::Run(expected));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_word() {
        for (line, word) in [
            ("dance", "dance"),
            ("run --loud", "--loud"),
            ("run --port many", "many"),
            ("run --dir", "--dir"),
            ("sim --days", "--days"),
            ("sim --seed seven", "seven"),
            ("sim --nights 3", "--nights"),
            ("crash --points some", "some"),
            ("crash --days 3", "--days"),
            ("fuzz --seconds long", "long"),
            ("fuzz pages", "pages"),
            ("check now", "now"),
        ] {
            let sentence = parse(&words(line)).unwrap_err().to_string();
            assert!(sentence.contains(word), "{line}: {sentence}");
        }
    }

    #[test]
    fn the_simulator_gets_its_options_and_the_build_its_own() {
        let errand = parse(&words("sim --seed 7 --release --days 300 --profile stormy")).unwrap();
        let expected = Errand::Sim {
            release: true,
            rest: words("--seed 7 --days 300 --profile stormy"),
        };
        assert_eq!(errand, expected);
        let rest = words("--points 2000 --seed 3");
        assert_eq!(
            parse(&words("crash --points 2000 --seed 3")).unwrap(),
            Errand::Crash { release: false, rest }
        );
    }

    #[test]
    fn fuzzers_run_all_or_one_of_them_for_so_long() {
        let errand = |seconds, target: Option<&str>| Errand::Fuzz {
            seconds,
            target: target.map(str::to_owned),
        };
        assert_eq!(parse(&words("fuzz")).unwrap(), errand(60, None));
        assert_eq!(
            parse(&words("fuzz slip --seconds 120")).unwrap(),
            errand(120, Some("slip"))
        );
    }

    #[test]
    fn words_for_the_test_runner_pass_through() {
        let rest = vec!["-p".to_owned(), "sportello-domain".to_owned()];
        assert_eq!(
            parse(&words("test -- -p sportello-domain")).unwrap(),
            Errand::Test { rest: rest.clone() }
        );
        assert_eq!(
            parse(&words("bench -p sportello-domain")).unwrap(),
            Errand::Bench { rest }
        );
        assert_eq!(
            parse(&words("test -- --help")).unwrap(),
            Errand::Test {
                rest: vec!["--help".to_owned()]
            }
        );
    }
}
