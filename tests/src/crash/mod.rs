// SPDX-License-Identifier: EUPL-1.2
//! Power cuts, as many as one likes: what CI does a few hundred times, and `cargo xtask crash` thousands of times.

pub mod centre;
pub mod child;
pub mod desk;
mod model;

use std::collections::BTreeMap;
use std::fmt;

/// What was hit, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    /// Something happened so many times.
    pub fn add(&mut self, what: &'static str, times: u64) {
        *self.0.entry(what).or_default() += times;
    }

    /// Adds those of another run.
    pub fn join(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            self.add(what, *times);
        }
    }

    /// How often something happened.
    pub fn of(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or(0)
    }

    /// How often a program was killed.
    pub fn kills(&self) -> u64 {
        let kills = self.0.iter().filter(|(what, _)| what.contains(": killed "));
        kills.map(|(_, times)| times).sum()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, times) in &self.0 {
            writeln!(f, "{times:>8}  {what}")?;
        }
        write!(f, "{:>8}  kills in all", self.kills())
    }
}
