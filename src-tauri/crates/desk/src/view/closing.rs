// SPDX-License-Identifier: EUPL-1.2
//! The end of a day, and the forms for when the PC is dead.

use super::{AppointmentRow, DeskName, Problem};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::closing::{Closing, ClosingFigures};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::{CampaignId, EntitlementId, HouseholdId, OperatorId, PaperKitId};
use sportello_domain::money::Cents;
use sportello_domain::paper::PaperKit;
use sportello_domain::serial::Run;
use sportello_domain::time::Timestamp;
use ts_rs::TS;

/// What is to be counted of one campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ToCount {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub name: String,
    /// Value of one voucher.
    pub denomination: Cents,
    /// The serials that are to be there.
    pub expected: Vec<Run>,
    /// How many they are.
    #[ts(type = "number")]
    pub count: u64,
    /// What they are worth.
    pub value: Cents,
    /// Of these, how many go with paper kits: they lie in their envelopes.
    #[ts(type = "number")]
    pub with_kits: u64,
}

/// A day with movements of vouchers that no closing closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct OpenDayRow {
    /// The desk.
    pub desk: DeskName,
    /// The day.
    pub day: NaiveDate,
    /// How many movements.
    pub records: u32,
    /// The last one.
    pub last: Timestamp,
}

/// What closing a day would close.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ClosingPreviewView {
    /// The desk.
    pub desk: DeskName,
    /// The day.
    pub day: NaiveDate,
    /// Which closing of that day it would be.
    pub turn: u16,
    /// What is to be counted.
    pub counts: Vec<ToCount>,
    /// How the day went.
    pub figures: ClosingFigures,
    /// Presented at the site and not served.
    pub presented: Vec<AppointmentRow>,
    /// Due at the site and not come.
    pub due: Vec<AppointmentRow>,
    /// The days of this desk that no closing closes, oldest first.
    pub open: Vec<OpenDayRow>,
    /// The closings of that day so far.
    pub closed: Vec<ClosingRow>,
    /// Why the day cannot be closed now.
    pub obstacle: Option<Problem>,
}

/// The count of one campaign, told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CountRow {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub name: String,
    /// How many were to be there.
    #[ts(type = "number")]
    pub expected: u64,
    /// How many were counted.
    #[ts(type = "number")]
    pub counted: u64,
    /// What was counted less what was to be there.
    #[ts(type = "number")]
    pub difference: i64,
    /// What the difference is worth.
    pub value: Cents,
    /// Serials that were to be there and were not scanned.
    pub missing: Vec<Run>,
    /// Serials that were scanned and were not to be there.
    pub extra: Vec<Run>,
    /// It was scanned.
    pub scanned: bool,
    /// Why it differs.
    pub explanation: Option<String>,
    /// It differs, and nobody has said why.
    pub open: bool,
}

/// A closing, told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ClosingRow {
    /// The closing.
    pub closing: Closing,
    /// Its desk.
    pub desk: DeskName,
    /// Who closed.
    pub operator: String,
    /// What was counted.
    pub counts: Vec<CountRow>,
    /// Who wrote each of the corrections, in their order.
    pub corrected_by: Vec<String>,
}

/// Closings, and the days that none closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ClosingsView {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The latest first.
    pub rows: Vec<ClosingRow>,
    /// Days before today that no closing closes, the oldest first, of whatever time.
    pub open: Vec<OpenDayRow>,
}

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormState {
    /// Nothing is known of it yet.
    Open,
    /// Typed in.
    Entered,
    /// Not to be used.
    Voided,
    /// Typed in twice, or typed in and not to be used.
    Twice,
}

/// One form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FormRow {
    /// Its number.
    pub number: u16,
    /// Its code.
    pub code: String,
    /// Where it stands.
    pub state: FormState,
}

/// A kit, told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PaperKitRow {
    /// The kit.
    pub kit: PaperKit,
    /// What people call it by.
    pub code: String,
    /// Its desk.
    pub desk: DeskName,
    /// Its campaign.
    pub campaign_name: String,
    /// Who made it ready.
    pub operator: String,
    /// Its forms.
    pub forms: Vec<FormRow>,
    /// Forms of which nothing is known yet.
    pub open: u16,
}

/// One typing in of a form that was typed in more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FormEntryRow {
    /// The household.
    pub household: Option<HouseholdId>,
    /// Its name.
    pub name: String,
    /// When the form was filled in, as it was typed.
    pub at: chrono::NaiveDateTime,
    /// When it was typed in.
    pub entered_at: Timestamp,
    /// By whom.
    pub entered_by: String,
    /// At which desk.
    pub desk: DeskName,
}

/// A form that was typed in more than once, or typed in and said not to be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FormTwiceRow {
    /// The kit.
    pub kit: PaperKitId,
    /// The form.
    pub number: u16,
    /// Its code.
    pub code: String,
    /// It was said not to be used.
    pub voided: bool,
    /// All that was typed in.
    pub entries: Vec<FormEntryRow>,
}

/// The kits that are known here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PaperKitsView {
    /// The latest first.
    pub kits: Vec<PaperKitRow>,
    /// Forms that were typed in twice.
    pub twice: Vec<FormTwiceRow>,
}

/// Somebody on a kit's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct KitPerson {
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// The applicant.
    pub name: String,
    /// What is still due.
    pub remaining: Cents,
    /// How many vouchers that is.
    #[ts(type = "number")]
    pub vouchers: u64,
    /// Where it stands now.
    pub status: EntitlementStatus,
    /// This desk may serve it now.
    pub here: bool,
}

/// An operator who may have filled in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FormOperator {
    /// The operator.
    pub id: OperatorId,
    /// The name.
    pub name: String,
}

/// A form that is to be typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PaperFormView {
    /// Its kit.
    pub kit: PaperKitRow,
    /// Its number.
    pub number: u16,
    /// Its code.
    pub code: String,
    /// Why it cannot be typed in.
    pub problem: Option<Problem>,
    /// Who was on the list, by name.
    pub people: Vec<KitPerson>,
    /// Who may have filled it in.
    pub operators: Vec<FormOperator>,
}
