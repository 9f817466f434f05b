// SPDX-License-Identifier: EUPL-1.2
//! The figures, and what they are held to.

use std::time::Duration;

#[derive(Debug)]
struct Row {
    what: String,
    figure: String,
    beside: String,
    ratio: String,
    target: String,
    passed: Option<bool>,
}

/// The figures of a run.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// A figure that is told and held to nothing.
    pub fn tell(&mut self, what: &str, figure: String) {
        println!("… {what}: {figure}");
        let empty = String::new;
        self.0.push(Row {
            what: what.into(),
            figure,
            beside: empty(),
            ratio: empty(),
            target: empty(),
            passed: None,
        });
    }

    /// A figure that must be no more than so many times another.
    pub fn at_most(&mut self, what: &str, ours: Duration, beside: (&str, Duration), most: f64) {
        let ratio = ours.as_secs_f64() / beside.1.as_secs_f64();
        self.hold(
            what,
            format!("{ours:.1?}"),
            &format!("{} {:.1?}", beside.0, beside.1),
            ratio,
            &format!("≤ {most:.2}"),
            ratio <= most,
        );
    }

    /// A rate that must be no less than so much of another.
    pub fn at_least(&mut self, what: &str, ours: f64, beside: (&str, f64), least: f64) {
        let ratio = ours / beside.1;
        self.hold(
            what,
            format!("{ours:.0}/s"),
            &format!("{} {:.0}/s", beside.0, beside.1),
            ratio,
            &format!("≥ {least:.2}"),
            ratio >= least,
        );
    }

    /// A figure that must be no more than so much, whatever it is beside.
    pub fn within(&mut self, what: &str, ours: f64, unit: &str, beside: (&str, f64), most: f64) {
        let shown = |value: f64| {
            if value < 10.0 {
                format!("{value:.1} {unit}")
            } else {
                format!("{value:.0} {unit}")
            }
        };
        self.hold(
            what,
            shown(ours),
            &format!("{} {}", beside.0, shown(beside.1)),
            ours / beside.1,
            &format!("≤ {}", shown(most)),
            ours <= most,
        );
    }

    /// A figure beside another that is told and held to nothing.
    pub fn beside(&mut self, what: &str, ours: f64, unit: &str, beside: (&str, f64)) {
        let ratio = ours / beside.1;
        println!(
            "… {what}: {ours:.0} {unit}, {} {:.0} {unit}, ratio {ratio:.2}",
            beside.0, beside.1
        );
        self.0.push(Row {
            what: what.into(),
            figure: format!("{ours:.0} {unit}"),
            beside: format!("{} {:.0} {unit}", beside.0, beside.1),
            ratio: format!("{ratio:.2}"),
            target: String::new(),
            passed: None,
        });
    }

    fn hold(&mut self, what: &str, figure: String, beside: &str, ratio: f64, target: &str, passed: bool) {
        println!("… {what}: {figure}, {beside}, ratio {ratio:.2}");
        self.0.push(Row {
            what: what.into(),
            figure,
            beside: beside.into(),
            ratio: format!("{ratio:.2}"),
            target: target.into(),
            passed: Some(passed),
        });
    }

    /// Whether every target is met.
    pub fn holds(&self) -> bool {
        self.0.iter().all(|row| row.passed != Some(false))
    }

    /// Prints it.
    pub fn print(&self) {
        println!(
            "\n{:<58} {:>14}  {:<34} {:>6}  {:<8}",
            "what", "figure", "beside", "ratio", "target"
        );
        for row in &self.0 {
            let verdict = match row.passed {
                Some(true) => "PASS",
                Some(false) => "FAIL",
                None => "",
            };
            println!(
                "{:<58} {:>14}  {:<34} {:>6}  {:<8} {verdict}",
                row.what, row.figure, row.beside, row.ratio, row.target
            );
        }
    }
}

/// The one in the middle.
pub fn median<T: PartialOrd + Copy>(values: &mut [T]) -> T {
    values.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap());
    values[values.len() / 2]
}
