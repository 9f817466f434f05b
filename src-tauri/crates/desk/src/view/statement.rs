// SPDX-License-Identifier: EUPL-1.2
//! The statement of a campaign, and the records behind each of its figures.

use super::{BucketCounts, DeskName, MissingDesk, OfficeLedger, Standing};
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::{
    AppointmentId, CampaignId, CaseId, DeliveryId, EntitlementId, HouseholdId, SampleId, SiteId,
};
use sportello_domain::money::Cents;
use sportello_domain::sample::CallOutcome;
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

/// The samples of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SamplesView {
    /// The campaign.
    pub campaign: CampaignId,
    /// Deliveries of which one could be drawn now.
    pub frame: u32,
    /// The samples, the latest first.
    pub rows: Vec<SampleRow>,
}

/// A sample in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SampleRow {
    /// Its identifier.
    pub id: SampleId,
    /// When it was drawn.
    pub at: Timestamp,
    /// By whom.
    pub operator: String,
    /// Of how many deliveries.
    pub frame: u32,
    /// How many were drawn.
    pub drawn: u32,
    /// How many of these were called and answered, or would not.
    pub called: u32,
    /// How many of these were disputed at some time.
    pub disputed: u32,
}

/// A sample, with whom to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SampleView {
    /// In figures.
    pub row: SampleRow,
    /// The campaign.
    pub campaign: Campaign,
    /// The frame by site, with names.
    pub strata: Vec<SampleSite>,
    /// By what the frame is known.
    pub digest: String,
    /// Drawn again from what is recorded now it is the same; none where the deliveries are not the same any more.
    pub same: Option<bool>,
    /// Whom to call, in order.
    pub picks: Vec<SamplePickRow>,
}

/// A part of a sample's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SampleSite {
    /// The site; empty where it was not known.
    pub site_name: String,
    /// Deliveries there.
    pub deliveries: u32,
    /// Drawn of them.
    pub drawn: u32,
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SamplePickRow {
    /// The delivery.
    pub delivery: DeliveryId,
    /// The household.
    pub household: HouseholdId,
    /// Its applicant; empty where it was erased or is not known here.
    pub name: String,
    /// Telephone as written.
    pub phone: String,
    /// When the vouchers were handed over, by the record.
    pub at: Option<NaiveDateTime>,
    /// At which desk.
    pub desk: Option<DeskName>,
    /// Who collected, by the record.
    pub collector: String,
    /// The amount.
    pub amount: Cents,
    /// How many vouchers.
    #[ts(type = "number")]
    pub vouchers: u64,
    /// It was taken back since.
    pub reversed: bool,
    /// The calls, oldest first.
    pub calls: Vec<SampleCallRow>,
    /// The case, once somebody disputed it.
    pub case: Option<CaseId>,
}

/// A call about a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SampleCallRow {
    /// What came of it.
    pub outcome: CallOutcome,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub operator: String,
}
