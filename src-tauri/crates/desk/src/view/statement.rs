// SPDX-License-Identifier: EUPL-1.2
//! The statement of a campaign, and the records behind each of its figures.

use super::{BucketCounts, DeskName, MissingDesk, OfficeLedger, Standing};
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::{AppointmentId, DeliveryId, EntitlementId, HouseholdId, SiteId};
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::statement::Figure;
use sportello_domain::time::Timestamp;
use ts_rs::TS;

/// A campaign accounted for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementView {
    /// The campaign.
    pub campaign: Campaign,
    /// When it was drawn up.
    pub as_of: Timestamp,
    /// How far it can be relied on.
    pub standing: Standing,
    /// The desks that keep it from more.
    pub missing_desks: Vec<MissingDesk>,
    /// The figures of households, over the whole campaign.
    pub households: Vec<StatementLine>,
    /// What happened, by day and site.
    pub days: Vec<StatementDay>,
    /// Where the vouchers are.
    pub vouchers: StatementVouchers,
}

/// A figure of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementLine {
    /// Which.
    pub figure: Figure,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
    /// What they come to.
    pub amount: Cents,
}

/// What happened at a site on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementDay {
    /// The site; none where that of the desk is not known here.
    pub site: Option<SiteId>,
    /// Its name.
    pub site_name: String,
    /// The day.
    pub day: NaiveDate,
    /// Every figure of acts, also those that count nothing.
    pub lines: Vec<StatementLine>,
    /// Vouchers that went out and were not taken back.
    #[ts(type = "number")]
    pub vouchers: u64,
    /// Which.
    pub runs: Vec<Run>,
}

/// Where the vouchers of a campaign are, with the proof that none is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementVouchers {
    /// Value of one.
    pub denomination: Cents,
    /// Each desk that ever had any, by name.
    pub places: Vec<StatementPlace>,
    /// All of the office together.
    pub office: OfficeLedger,
    /// Vouchers that were taken in and are in no place: none, unless the program is wrong.
    pub nowhere: Vec<Run>,
    /// Vouchers that receipts say were handed over, and that no desk was supplied with: exceptions of their own.
    pub never_received: Vec<Run>,
    /// Every place and the office come out even.
    pub even: bool,
}

/// Where the vouchers of one desk are, reckoned in two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementPlace {
    /// The desk.
    pub desk: DeskName,
    /// By the movements of its stock.
    pub counts: BucketCounts,
    /// Everything that ever came, each voucher once: the one side.
    #[ts(type = "number")]
    pub came: u64,
    /// Everything that is somewhere: the other side.
    #[ts(type = "number")]
    pub accounted: u64,
    /// Vouchers of its stock that are out by its receipts: what `counts.delivered` has to be.
    #[ts(type = "number")]
    pub by_receipts: u64,
    /// Those of which stock and receipts say different things.
    pub different: Vec<Run>,
}

/// The records behind one figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementRecordsView {
    /// The figure.
    pub figure: Figure,
    /// How many there are in all.
    #[ts(type = "number")]
    pub count: u64,
    /// What they come to in all.
    pub amount: Cents,
    /// These of them, by name.
    pub rows: Vec<StatementRecord>,
}

/// One that a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatementRecord {
    /// The household.
    pub household: HouseholdId,
    /// Its applicant; empty where it was erased or is not known here.
    pub name: String,
    /// Its number in the list.
    pub list_ref: String,
    /// The right.
    pub entitlement: EntitlementId,
    /// The appointment, when it is one or has one.
    pub appointment: Option<AppointmentId>,
    /// The delivery, when it is one.
    pub delivery: Option<DeliveryId>,
    /// Where; empty for a figure of households.
    pub site_name: String,
    /// The desk.
    pub desk: Option<DeskName>,
    /// When: wall time in Italy.
    pub at: Option<NaiveDateTime>,
    /// The amount.
    pub amount: Cents,
    /// The vouchers.
    pub runs: Vec<Run>,
}
