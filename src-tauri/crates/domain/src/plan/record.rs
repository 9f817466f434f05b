// SPDX-License-Identifier: EUPL-1.2
//! The facts of a plan that is followed: its sheet, what was said of its phases and indicators, and what is read from the records.

use super::Sheet;
use crate::ids::CampaignId;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The sheet was loaded; or loaded anew, after the office revised it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLoaded {
    /// The sheet.
    pub sheet: Sheet,
    /// The file that it was read from.
    pub file: String,
}

/// Something was said of a phase or an indicator, by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanNoted {
    /// Of which.
    pub target: Target,
    /// How far it is.
    pub reached: Reached,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// A phase or an indicator is read from the records from now on; or followed by hand again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanBound {
    /// Which.
    pub target: Target,
    /// What is read; none: it is followed by hand.
    pub measure: Option<Measure>,
}

/// A phase or an indicator of a sheet, by its number in the sheet, from 1.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(rename = "PlanTarget")]
#[schemars(rename = "PlanTarget")]
pub enum Target {
    /// A phase.
    Phase {
        /// Which.
        number: u32,
    },
    /// An indicator.
    Indicator {
        /// Which.
        number: u32,
    },
}

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(rename = "PlanReached")]
#[schemars(rename = "PlanReached")]
pub enum Reached {
    /// So much of it is done, percent from 0 to 100: a phase.
    Percent {
        /// How much.
        value: u8,
    },
    /// A share, in hundredths of a percent: an indicator that expects one.
    Share {
        /// The share.
        value: u32,
    },
    /// It was done on this day: an indicator that expects a day.
    Day {
        /// The day.
        day: NaiveDate,
    },
}

/// What of the records says how far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(rename = "PlanMeasure")]
#[schemars(rename = "PlanMeasure")]
pub enum Measure {
    /// The campaign's own indicator: households served of those entitled that came to their appointment. For an indicator that expects
    /// a share.
    ServedOfPresented {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Entitlements that were served whole, of all that are not revoked. For a phase.
    ServedOfEntitled {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The days of the campaign that are over, of all: for a phase that is a period of service.
    DaysOfCampaign {
        /// The campaign.
        campaign: CampaignId,
    },
}

impl Measure {
    /// Whose records are read.
    pub fn campaign(self) -> CampaignId {
        let (Self::ServedOfPresented { campaign }
        | Self::ServedOfEntitled { campaign }
        | Self::DaysOfCampaign { campaign }) = self;
        campaign
    }
}

/// What shows that something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanEvidence")]
#[schemars(rename = "PlanEvidence")]
pub struct Evidence {
    /// What it is: "Determina 123/2021", an address.
    pub title: String,
    /// The file itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<EvidenceFile>,
}

/// A file that shows something. It is kept in the record, so it is where the record is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanEvidenceFile")]
#[schemars(rename = "PlanEvidenceFile")]
pub struct EvidenceFile {
    /// Its name, without folders.
    pub name: String,
    /// Its content, base64 (RFC 4648 §4).
    pub content: String,
}

impl std::fmt::Debug for EvidenceFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EvidenceFile({} characters)", self.content.len())
    }
}
