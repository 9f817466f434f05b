// SPDX-License-Identifier: EUPL-1.2
//! How a whole plan stands: its phases weighed together, and when it will be done.

use super::{Expected, Forecast, Reached, Sheet, forecast};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an indicator stands against what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PlanVerdict")]
#[schemars(rename = "PlanVerdict")]
pub enum Verdict {
    /// Nothing is known of it yet, and there is time.
    Open,
    /// Nothing is known of it, and its day has gone by.
    Overdue,
    /// It was reached.
    Reached,
    /// It was not: less than expected, or later.
    Missed,
}

/// How an indicator stands today. A share is below its target for as long as it is; that is said at once, since it is to hold always.
pub fn verdict(expected: Expected, reached: Option<Reached>, today: NaiveDate) -> Verdict {
    match (expected, reached) {
        (Expected::Share { value: wanted }, Some(Reached::Share { value })) => {
            if value >= wanted {
                Verdict::Reached
            } else {
                Verdict::Missed
            }
        }
        (Expected::Day { day: last }, Some(Reached::Day { day })) => {
            if day <= last {
                Verdict::Reached
            } else {
                Verdict::Missed
            }
        }
        (Expected::Day { day }, _) if today > day => Verdict::Overdue,
        _ => Verdict::Open,
    }
}

/// How much of the plan is done, percent rounded down, when `done` says how much of each phase is. Phases without a weight count like
/// the mean of those that have one; when none has, each counts the same. None where there are no phases.
pub fn done(sheet: &Sheet, done: &[u8]) -> Option<u8> {
    let weights: Vec<u64> = sheet
        .phases
        .iter()
        .filter_map(|phase| phase.weight.map(u64::from))
        .collect();
    let given = u64::try_from(weights.len()).unwrap_or(0);
    let sum: u64 = weights.iter().sum();
    // In parts of the number of weights, so that the mean needs no rounding.
    let of = |weight: Option<u8>| match weight {
        Some(weight) if sum > 0 => u64::from(weight) * given,
        None if sum > 0 => sum,
        _ => 1,
    };
    let (mut part, mut whole) = (0_u64, 0_u64);
    for (phase, percent) in sheet.phases.iter().zip(done) {
        let weight = of(phase.weight);
        part += weight * u64::from((*percent).min(100));
        whole += weight;
    }
    (whole > 0).then(|| u8::try_from(part / whole).unwrap_or(100))
}

/// When the whole plan ends: with the phase that ends last. Unknown as soon as one phase's end is.
pub fn ends(sheet: &Sheet, done: &[u8], today: NaiveDate) -> Option<Forecast> {
    let to = sheet.phases.iter().map(|phase| phase.to).max()?;
    let mut last: Option<NaiveDate> = None;
    let mut all_done = true;
    for (phase, percent) in sheet.phases.iter().zip(done) {
        match forecast(phase.from, phase.to, *percent, today) {
            Forecast::Done => {}
            Forecast::Unknown => return Some(Forecast::Unknown),
            Forecast::NotYet => {
                all_done = false;
                last = last.max(Some(phase.to));
            }
            Forecast::Ends { day, .. } => {
                all_done = false;
                last = last.max(Some(day));
            }
        }
    }
    if all_done {
        return Some(Forecast::Done);
    }
    last.map(|day| Forecast::Ends {
        day,
        late: i32::try_from((day - to).num_days()).unwrap_or(i32::MAX),
    })
}
