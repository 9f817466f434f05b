// SPDX-License-Identifier: EUPL-1.2
//! The plan (PEG): one objective sheet with its phases and indicators, read from the office's own paper and followed.

mod decide;
mod forecast;
mod progress;
mod record;
pub mod sheet;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{LARGEST_FILE, bind, load, note};
pub use forecast::{Forecast, forecast};
pub use progress::{Verdict, done, ends, verdict};
pub use record::{Evidence, EvidenceFile, Measure, PlanBound, PlanLoaded, PlanNoted, Reached, Target};
pub use state::{Plan, PlanBinding, PlanLoad, PlanNote};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One objective sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanSheet")]
#[schemars(rename = "PlanSheet")]
pub struct Sheet {
    /// Its code, as `2021_Z105`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The direction.
    pub direction: String,
    /// Its director.
    pub director: String,
    /// How it is classified.
    pub classification: String,
    /// The service.
    pub service: String,
    /// Its manager.
    pub manager: String,
    /// Its type.
    pub kind: String,
    /// What it is linked to in the DUP, each as it is written.
    pub links: Vec<String>,
    /// What it is about, a paragraph each.
    pub description: Vec<String>,
    /// Its phases.
    pub phases: Vec<Phase>,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
}

/// A phase of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanPhase")]
#[schemars(rename = "PlanPhase")]
pub struct Phase {
    /// What is done.
    pub description: String,
    /// How much it weighs of 100; none where the sheet says nothing.
    pub weight: Option<u8>,
    /// Planned start.
    pub from: NaiveDate,
    /// Planned end.
    pub to: NaiveDate,
    /// Who answers for it.
    pub responsible: String,
    /// Centre of responsibility.
    pub centre: String,
    /// Notes.
    pub notes: String,
}

/// An indicator of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanIndicator")]
#[schemars(rename = "PlanIndicator")]
pub struct Indicator {
    /// What is measured.
    pub description: String,
    /// Its type, as it is written (`RISULTATO`, `PERFORMANCE`).
    pub kind: String,
    /// What is expected.
    pub expected: Expected,
}

/// What an indicator is to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(rename = "PlanExpected")]
#[schemars(rename = "PlanExpected")]
pub enum Expected {
    /// A share, in hundredths of a percent.
    Share {
        /// The share.
        value: u32,
    },
    /// To be done by a day.
    Day {
        /// The last day.
        day: NaiveDate,
    },
}

/// What is wrong with a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "problem", rename_all = "snake_case")]
#[ts(rename = "PlanProblem")]
#[schemars(rename = "PlanProblem")]
pub enum Problem {
    /// No code or no title: it is no sheet.
    NoTitle,
    /// Neither phases nor indicators.
    Nothing,
    /// A phase ends before it begins.
    DatesInverted {
        /// Which, from 1.
        phase: u32,
    },
    /// Weights are given and do not add up to 100.
    Weights {
        /// What they add up to.
        sum: u32,
    },
    /// Some phases have a weight and others have none.
    WeightsMissing,
    /// No phase has a weight: each counts the same.
    Unweighted,
}

impl Problem {
    /// Whether a sheet with it cannot be loaded; otherwise it is told and goes in.
    pub fn hinders(self) -> bool {
        !matches!(self, Self::Unweighted | Self::WeightsMissing)
    }
}

impl Sheet {
    /// All that is wrong with it.
    pub fn check(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.code.trim().is_empty() || self.title.trim().is_empty() {
            found.push(Problem::NoTitle);
        }
        if self.phases.is_empty() && self.indicators.is_empty() {
            found.push(Problem::Nothing);
        }
        for (number, phase) in (1..).zip(&self.phases) {
            if phase.to < phase.from {
                found.push(Problem::DatesInverted { phase: number });
            }
        }
        let weights: Vec<u32> = self
            .phases
            .iter()
            .filter_map(|phase| phase.weight.map(u32::from))
            .collect();
        let sum = weights.iter().sum();
        if weights.is_empty() {
            if !self.phases.is_empty() {
                found.push(Problem::Unweighted);
            }
        } else if weights.len() < self.phases.len() {
            found.push(Problem::WeightsMissing);
        } else if sum != 100 {
            found.push(Problem::Weights { sum });
        }
        found
    }
}
