// SPDX-License-Identifier: EUPL-1.2
//! The steps of an errand: each is announced, timed, and listed at the end.

use std::time::{Duration, Instant};

use crate::error::Trouble;

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    Skipped,
    Failed,
}

#[derive(Debug)]
struct Step {
    name: String,
    took: Duration,
    end: End,
}

/// The steps of one errand so far.
#[derive(Debug)]
pub struct Steps {
    errand: &'static str,
    so_far: Vec<Step>,
    began: Instant,
}

impl Steps {
    /// Begins an errand.
    pub fn new(errand: &'static str) -> Self {
        Self {
            errand,
            so_far: Vec::new(),
            began: Instant::now(),
        }
    }

    /// Announces a step, does it and notes its time; a failure carries the step's name out.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
        println!("\n=== {name}");
        let began = Instant::now();
        let result = work();
        let end = if result.is_ok() { End::Done } else { End::Failed };
        self.so_far.push(Step {
            name: name.to_owned(),
            took: began.elapsed(),
            end,
        });
        result.map_err(|cause| Trouble::Step {
            name: name.to_owned(),
            cause: Box::new(cause),
        })
    }

    /// Notes a step that is not done, and says why.
    pub fn skip(&mut self, name: &str, why: &str) {
        println!("\n=== {name}: skipped, {why}");
        self.so_far.push(Step {
            name: name.to_owned(),
            took: Duration::ZERO,
            end: End::Skipped,
        });
    }

    /// Whether nothing was done or skipped so far.
    pub fn is_empty(&self) -> bool {
        self.so_far.is_empty()
    }

    /// Prints the table of steps and the summary line.
    pub fn report(&self) {
        if self.is_empty() {
            return;
        }
        println!("\n{}", table(&self.so_far));
        println!("{}", summary(self.errand, &self.so_far, self.began.elapsed()));
    }
}

fn table(steps: &[Step]) -> String {
    let width = steps
        .iter()
        .map(|step| step.name.chars().count())
        .max()
        .unwrap_or(0);
    let line = |step: &Step| {
        let end = match step.end {
            End::Done => "ok",
            End::Skipped => "skipped",
            End::Failed => "FAILED",
        };
        format!("  {:width$}  {:>9}  {end}", step.name, duration(step.took))
    };
    steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn summary(errand: &str, steps: &[Step], took: Duration) -> String {
    let count = |end| steps.iter().filter(|step| step.end == end).count();
    let skipped = match count(End::Skipped) {
        0 => String::new(),
        n => format!(", {n} skipped"),
    };
    let done = match count(End::Done) {
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    };
    match steps.iter().find(|step| step.end == End::Failed) {
        Some(failed) => {
            format!(
                "xtask {errand}: FAILED at \"{}\" after {}.",
                failed.name,
                duration(took)
            )
        }
        None => format!("xtask {errand}: passed, {done}{skipped}, {}.", duration(took)),
    }
}

fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn step(name: &str, seconds: u64, end: End) -> Step {
        Step {
            name: name.to_owned(),
            took: Duration::from_secs(seconds),
            end,
        }
    }

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(duration(Duration::from_millis(1_440)), "1.4 s");
        assert_eq!(duration(Duration::from_secs(61)), "1 min 01 s");
        assert_eq!(duration(Duration::from_secs(754)), "12 min 34 s");
    }

    #[test]
    fn the_summary_names_the_failed_step() {
        let steps = [step("fmt", 1, End::Done), step("clippy", 61, End::Failed)];
        let line = summary("test", &steps, Duration::from_secs(62));
        assert_eq!(line, "xtask test: FAILED at \"clippy\" after 1 min 02 s.");
    }

    #[test]
    fn the_summary_does_not_hide_what_was_skipped() {
        let steps = [step("fmt", 1, End::Done), step("licences", 0, End::Skipped)];
        let line = summary("test", &steps, Duration::from_secs(1));
        assert_eq!(line, "xtask test: passed, 1 step, 1 skipped, 1.0 s.");
    }

    #[test]
    fn the_table_has_a_line_for_each_step() {
        let text = table(&[step("fmt", 1, End::Done), step("all tests", 75, End::Failed)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(
            lines[1].contains("all tests") && lines[1].contains("1 min 15 s") && lines[1].contains("FAILED")
        );
    }

    #[test]
    fn a_failing_step_stops_with_its_name_and_is_listed() {
        let mut steps = Steps::new("test");
        let result: Result<(), _> = steps.step("the lock", || Err(Trouble::Rule("it is open".to_owned())));
        assert_eq!(
            result.unwrap_err().to_string(),
            "stopped at the step \"the lock\": it is open"
        );
        assert_eq!(steps.so_far[0].end, End::Failed);
    }
}
