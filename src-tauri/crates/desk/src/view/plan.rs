// SPDX-License-Identifier: EUPL-1.2
//! A plan that is followed, as it is shown.

use super::{Problem, Standing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::PlanId;
use sportello_domain::plan::sheet::Reading;
use sportello_domain::plan::{
    Forecast, Indicator, Measure, Phase, Plan, PlanNote, Problem as PlanProblem, Reached, Verdict,
};
use ts_rs::TS;

/// What a file says as an objective sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanReadingView {
    /// What was understood, where it stands, and what was not.
    pub reading: Reading,
    /// All its lines: what was understood is shown beside them.
    pub lines: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<PlanProblem>,
    /// Why it cannot be loaded.
    pub hindrance: Option<Problem>,
    /// The plan of the same code, where one is followed already.
    pub known: Option<PlanId>,
    /// It says what that plan says.
    pub unchanged: bool,
}

/// The plans that are followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlansView {
    /// The latest code first.
    pub rows: Vec<PlanRow>,
}

/// A plan in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanRow {
    /// Its identifier.
    pub id: PlanId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// How much of it is done, percent.
    pub done: Option<u8>,
    /// Indicators that were reached.
    pub reached: u32,
    /// Indicators in all.
    pub indicators: u32,
}

/// A plan with how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanView {
    /// The plan.
    pub plan: Plan,
    /// Its phases.
    pub phases: Vec<PlanPhaseRow>,
    /// Its indicators.
    pub indicators: Vec<PlanIndicatorRow>,
    /// How much of it is done, percent: its phases weighed together.
    pub done: Option<u8>,
    /// When it will be done.
    pub forecast: Option<Forecast>,
    /// What is told of the sheet.
    pub problems: Vec<PlanProblem>,
}

/// Where a figure of a plan comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PlanSourceOf {
    /// Nobody said anything of it yet.
    Nothing,
    /// It was said by hand.
    Hand,
    /// It is read from the records.
    Records {
        /// What is read.
        measure: Measure,
        /// The campaign's name.
        campaign: String,
        /// How far the figure can be relied on.
        standing: Standing,
        /// Desks whose records may be missing.
        missing_desks: u32,
    },
    /// It should be read from records that this desk does not have.
    Unreadable {
        /// What should be read.
        measure: Measure,
    },
}

/// A phase with how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanPhaseRow {
    /// Its number in the sheet, from 1.
    pub number: u32,
    /// What the sheet says.
    pub phase: Phase,
    /// How much is done, percent.
    pub percent: u8,
    /// Where that comes from.
    pub source: PlanSourceOf,
    /// When it will be done.
    pub forecast: Forecast,
    /// What was said of it last.
    pub note: Option<PlanNote>,
}

/// An indicator with what it reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlanIndicatorRow {
    /// Its number in the sheet, from 1.
    pub number: u32,
    /// What the sheet says.
    pub indicator: Indicator,
    /// What it reached.
    pub reached: Option<Reached>,
    /// Where that comes from.
    pub source: PlanSourceOf,
    /// How that stands against what is expected.
    pub verdict: Verdict,
    /// What was said of it last.
    pub note: Option<PlanNote>,
}
