// SPDX-License-Identifier: EUPL-1.2
//! What was hit and how often, and how a run is told.

use super::plan::Deed;
use std::collections::BTreeMap;
use std::fmt;

/// How often a deed was set out on, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// Done.
    pub done: u64,
    /// A rule was against it.
    pub refused: u64,
    /// There was nothing to do it to.
    pub idle: u64,
}

/// What happened, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    faults: BTreeMap<&'static str, u64>,
    deeds: BTreeMap<Deed, Tries>,
    refusals: BTreeMap<String, u64>,
    seen: BTreeMap<&'static str, u64>,
}

impl Counts {
    /// A fault was had.
    pub fn fault(&mut self, what: &'static str) {
        *self.faults.entry(what).or_default() += 1;
    }

    /// Something worth a number was seen.
    pub fn seen(&mut self, what: &'static str, times: u64) {
        *self.seen.entry(what).or_default() += times;
    }

    /// A deed was done.
    pub fn done(&mut self, deed: Deed) {
        self.deeds.entry(deed).or_default().done += 1;
    }

    /// A deed was refused.
    pub fn refused(&mut self, deed: Deed, code: &str) {
        self.deeds.entry(deed).or_default().refused += 1;
        *self.refusals.entry(code.to_owned()).or_default() += 1;
    }

    /// There was nothing to do a deed to.
    pub fn idle(&mut self, deed: Deed) {
        self.deeds.entry(deed).or_default().idle += 1;
    }

    /// How often a fault was had.
    pub fn faults_of(&self, what: &str) -> u64 {
        self.faults.get(what).copied().unwrap_or(0)
    }

    /// How often a deed was done.
    pub fn done_of(&self, deed: Deed) -> u64 {
        self.deeds.get(&deed).map_or(0, |tries| tries.done)
    }

    /// How often a deed was refused.
    pub fn refused_of(&self, deed: Deed) -> u64 {
        self.deeds.get(&deed).map_or(0, |tries| tries.refused)
    }

    /// How often something was seen.
    pub fn seen_of(&self, what: &str) -> u64 {
        self.seen.get(what).copied().unwrap_or(0)
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        for (what, times) in &other.faults {
            *self.faults.entry(what).or_default() += times;
        }
        for (what, times) in &other.seen {
            *self.seen.entry(what).or_default() += times;
        }
        for (code, times) in &other.refusals {
            *self.refusals.entry(code.clone()).or_default() += times;
        }
        for (deed, tries) in &other.deeds {
            let mine = self.deeds.entry(*deed).or_default();
            mine.done += tries.done;
            mine.refused += tries.refused;
            mine.idle += tries.idle;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<36} {:>9}", "seen", "times")?;
        for (what, times) in &self.seen {
            writeln!(f, "  {what:<34} {times:>9}")?;
        }
        writeln!(f, "{:<36} {:>9}", "faults", "times")?;
        for (what, times) in &self.faults {
            writeln!(f, "  {what:<34} {times:>9}")?;
        }
        writeln!(f, "{:<36} {:>9} {:>9} {:>9}", "deeds", "done", "refused", "idle")?;
        for (deed, tries) in &self.deeds {
            let name = format!("{deed:?}");
            writeln!(
                f,
                "  {name:<34} {:>9} {:>9} {:>9}",
                tries.done, tries.refused, tries.idle
            )?;
        }
        writeln!(f, "{:<36} {:>9}", "refusals", "times")?;
        for (code, times) in &self.refusals {
            writeln!(f, "  {code:<34} {times:>9}")?;
        }
        Ok(())
    }
}

/// What must hold, and did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What must hold.
    pub rule: &'static str,
    /// At which step it was noticed.
    pub step: usize,
    /// What was found instead.
    pub detail: String,
}

impl Violation {
    /// One that was noticed just now; whoever knows the step adds it.
    pub fn new(rule: &'static str, detail: impl Into<String>) -> Self {
        Self {
            rule,
            step: 0,
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}: {}: {}", self.step, self.rule, self.detail)
    }
}

/// A rule that must hold, or the violation.
pub fn hold(rule: &'static str, holds: bool, detail: impl FnOnce() -> String) -> Result<(), Violation> {
    if holds {
        Ok(())
    } else {
        Err(Violation::new(rule, detail()))
    }
}
