// SPDX-License-Identifier: EUPL-1.2
//! The answers, made for screens: names are resolved, states are told, nothing is left to be worked out by the page.

use crate::query::Language;
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::agenda::{Closed, StaffedTime};
use sportello_domain::appointment::{AppointmentStatus, Person};
use sportello_domain::campaign::Campaign;
use sportello_domain::desk::LateDecision;
use sportello_domain::entitlement::{Entitlement, EntitlementStatus, RefusalReason};
use sportello_domain::erasure::Erasure;
use sportello_domain::household::Household;
use sportello_domain::ids::{
    AppointmentId, DeskId, EntitlementId, HouseholdId, OperatorId, ServiceId, SiteId,
};
use sportello_domain::import::{Import, ImportCounts};
use sportello_domain::look::Opened;
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::office::{Operator, Role, Service, Site};
use sportello_domain::queue::Ticket;
use sportello_domain::serial::Run;
use sportello_domain::time::Timestamp;
use ts_rs::TS;

mod cases;
mod closing;
mod plan;
mod statement;
mod stock;
mod visits;

pub use cases::*;
pub use closing::*;
pub use plan::*;
pub use statement::*;
pub use stock::*;
pub use visits::*;

/// An answer; its `type` is that of the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each view documents itself")]
pub enum View {
    Status(StatusView),
    Reference(ReferenceView),
    Board(BoardView),
    Search(SearchView),
    Household(Box<HouseholdView>),
    Counter(Box<CounterView>),
    Appointment(AppointmentRow),
    CustodySlip(CustodySlipView),
    Agenda(AgendaView),
    FreeSlots(FreeSlotsView),
    Hours(HoursView),
    HoursImpact(HoursImpactView),
    AgendaConflicts(AgendaConflictsView),
    SeriesPreview(SeriesPreviewView),
    Display(DisplayView),
    Statistics(Box<StatisticsView>),
    Stock(StockView),
    SerialCheck(SerialCheckView),
    SupplyPreview(SupplyPreviewView),
    Shipments(ShipmentsView),
    Bolla(BollaView),
    StockLedger(Box<StockLedgerView>),
    SerialHistory(SerialHistoryView),
    Indicator(IndicatorView),
    ImportPreview(ImportPreviewView),
    Imports(ImportsView),
    Desks(DesksView),
    Late(LateView),
    SyncStory(SyncStoryView),
    File(FileView),
    ErasurePreview(ErasurePreviewView),
    Erasures(ErasuresView),
    AccessLog(AccessLogView),
    Verification(VerificationView),
    ClosingPreview(Box<ClosingPreviewView>),
    Closings(ClosingsView),
    PaperKits(PaperKitsView),
    PaperForm(Box<PaperFormView>),
    Inbox(InboxView),
    Case(Box<CaseView>),
    PlanReading(Box<PlanReadingView>),
    Plans(PlansView),
    Plan(Box<PlanView>),
    Statement(Box<StatementView>),
    StatementRecords(StatementRecordsView),
    Samples(SamplesView),
    Sample(Box<SampleView>),
}

/// How much the state of the exchange should worry.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// All is well; being offline for a while is well too.
    #[default]
    None,
    /// Not exchanged for a day, or something to look at.
    Warning,
    /// Not exchanged for three days, or stopped.
    Error,
}

/// How the desk stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatusView {
    /// Name of the office.
    pub office: String,
    /// The site.
    pub site: Option<Site>,
    /// The desk.
    pub desk: DeskName,
    /// It sits with supervisors and sees every Quartiere.
    pub supervises: bool,
    /// Who is at work.
    pub operator: Box<Operator>,
    /// The desk's clock.
    pub now: Timestamp,
    /// Today in Italy.
    pub today: NaiveDate,
    /// The last attempt reached the centre.
    pub online: bool,
    /// An exchange is under way.
    pub syncing: bool,
    /// How far it has come with fetching what others wrote, while there is much of it: at a new desk, or after days.
    pub fetching: Option<Fetching>,
    /// The last time that everything was exchanged.
    pub last_sync: Option<Timestamp>,
    /// Records that the centre has not acknowledged.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Of these, what a revoked desk has handed in: it waits for a supervisor's decision.
    #[ts(type = "number")]
    pub handed_in: u64,
    /// Of these, what stands in the last file written to a stick.
    pub on_stick: Option<OnStick>,
    /// The relay of the seat.
    pub relay: Box<RelayView>,
    /// Records that the centre keeps and does not accept.
    #[ts(type = "number")]
    pub refused: u64,
    /// Records that wait for an update of this program.
    #[ts(type = "number")]
    pub unprojected: u64,
    /// What the last attempt said, when it failed: a sentence.
    pub last_error: Option<Problem>,
    /// How much it should worry.
    pub concern: Concern,
    /// How far this clock is from the centre's, milliseconds (positive: ahead); none when never compared.
    #[ts(type = "number | null")]
    pub clock_skew: Option<i64>,
    /// How far this clock stands before what was last written here, milliseconds, when that is far: it went backwards. None where the
    /// centre says that it is right.
    #[ts(type = "number | null")]
    pub clock_back: Option<i64>,
    /// A desk that writes far ahead of this clock: theirs is ahead, or this one behind.
    pub clock_peer: Option<Box<PeerClock>>,
    /// Days of this desk before today that no closing closes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<NaiveDate>>", optional)]
    pub not_closed: Vec<NaiveDate>,
    /// Address of the centre.
    pub central_url: String,
    /// Why this desk may not write, when it may not (revoked, restored from a backup, forked).
    pub stopped: Option<Problem>,
    /// The program's version.
    pub version: String,
}

/// How many records are here, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Fetching {
    /// Records that are here.
    #[ts(type = "number")]
    pub done: u64,
    /// Records that there are.
    #[ts(type = "number")]
    pub total: u64,
}

/// A desk that writes far ahead of this desk's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PeerClock {
    /// The desk.
    pub desk: DeskName,
    /// How far ahead, milliseconds.
    #[ts(type = "number")]
    pub ahead: i64,
}

/// An error as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Problem {
    /// Code of the error catalogue.
    pub code: String,
    /// What happened, what was kept, what to do.
    pub message: String,
}

/// A desk, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DeskName {
    /// Its identifier.
    pub id: DeskId,
    /// Its name; the beginning of its identifier while its certificate has not come.
    pub name: String,
}

/// What selects and labels are filled with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ReferenceView {
    /// By code.
    pub sites: Vec<Site>,
    /// By name.
    pub services: Vec<Service>,
    /// Newest first.
    pub campaigns: Vec<Campaign>,
    /// By name.
    pub desks: Vec<DeskRow>,
    /// By name.
    pub operators: Vec<Operator>,
}

/// One appointment in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing by itself, and the pages read it by its name"
)]
pub struct AppointmentRow {
    /// The appointment.
    pub id: AppointmentId,
    /// Code on the slip.
    pub code: String,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// The site.
    pub site: SiteId,
    /// The service.
    pub service: ServiceId,
    /// Name of the service.
    pub service_name: String,
    /// For whom: the applicant's or the person's name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// The household.
    pub household: Option<HouseholdId>,
    /// Somebody in no list.
    pub person: Option<Person>,
    /// The entitlement it is to serve.
    pub entitlement: Option<EntitlementId>,
    /// What is still due.
    pub remaining: Option<Cents>,
    /// Where the entitlement stands.
    pub entitlement_status: Option<EntitlementStatus>,
    /// This desk may serve it.
    pub here: bool,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// Its time is over and nobody came.
    pub late: bool,
    /// When the household turned up.
    pub presented_at: Option<Timestamp>,
    /// When it was called.
    pub called_at: Option<Timestamp>,
    /// The desk that called it.
    pub desk: Option<DeskName>,
    /// Why it waits aside or was called off.
    pub reason: String,
    /// The last step can be taken back.
    pub undoable: bool,
    /// Nobody booked it: somebody came.
    pub walk_in: bool,
    /// The number that it is called by.
    pub ticket: Option<Ticket>,
    /// Why it goes before others.
    pub priority: Option<PriorityNote>,
    /// The only desk that is to serve it.
    pub for_desk: Option<DeskName>,
    /// How often it was called.
    pub calls: u32,
    /// The first service of the visit, when this is one more.
    pub visit: Option<AppointmentId>,
    /// Seconds that it has waited to be called, until now.
    pub waited: u32,
    /// Seconds that it was at a counter, until now.
    pub served: u32,
    /// When it was booked.
    pub booked_at: Timestamp,
    /// Why it was booked beyond what there is room for.
    pub overbooked: Option<String>,
}

/// The day at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BoardView {
    /// The site.
    pub site: Site,
    /// The day.
    pub day: NaiveDate,
    /// At a counter now.
    pub serving: Vec<AppointmentRow>,
    /// Presented, in the order in which they are called.
    pub waiting: Vec<AppointmentRow>,
    /// Whoever this desk would call next.
    pub next: Option<AppointmentId>,
    /// Minutes by which one may come late and keep the time of the appointment.
    pub grace_minutes: u32,
    /// Minutes after arriving from which whoever came without an appointment counts as having one.
    pub patience_minutes: u32,
    /// Waiting aside.
    pub parked: Vec<AppointmentRow>,
    /// Still to come, by time.
    pub due: Vec<AppointmentRow>,
    /// Not come although their time is over.
    pub late: Vec<AppointmentRow>,
    /// Over, latest first.
    pub done: Vec<AppointmentRow>,
    /// Marked as not come, or called off.
    pub missed: Vec<AppointmentRow>,
    /// Deliveries begun at this desk and not finished.
    pub drafts: Vec<DraftRow>,
    /// Deliveries made at this desk today.
    pub delivered_today: u32,
    /// Vouchers that this desk holds, over all campaigns.
    #[ts(type = "number")]
    pub vouchers_held: u64,
}

/// A delivery that was begun and not finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DraftRow {
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// The applicant's name.
    pub name: String,
    /// When it was last kept.
    pub at: Timestamp,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SearchView {
    /// What the text was taken for.
    pub understood: Understood,
    /// What was found, best first.
    pub hits: Vec<SearchHit>,
    /// There are more than these.
    pub more: bool,
}

/// What a text was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Understood {
    /// Names, telephone and the like.
    Text,
    /// A whole valid tax code.
    TaxCode,
    /// The code of an appointment slip.
    Slip,
    /// A voucher serial.
    Serial,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SearchHit {
    /// The household.
    pub household: Option<HouseholdId>,
    /// The appointment, when a slip was scanned.
    pub appointment: Option<AppointmentId>,
    /// The entitlement, when there is one not yet served.
    pub entitlement: Option<EntitlementId>,
    /// What to show first: the applicant's name.
    pub title: String,
    /// What to show beside: the member that matched, Quartiere, address, serial.
    pub detail: String,
    /// Where the entitlement stands.
    pub status: Option<EntitlementStatus>,
    /// This desk may serve it.
    pub here: bool,
}

/// All about one household.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HouseholdView {
    /// The household.
    pub household: Household,
    /// The topic that it lives in.
    pub topic: Topic,
    /// Its entitlements, newest campaign first.
    pub entitlements: Vec<EntitlementView>,
    /// What a supervisor must look at, or has decided: open ones first.
    pub cases: Vec<CaseRow>,
    /// Its appointments, latest first.
    pub appointments: Vec<AppointmentRow>,
    /// Everything that happened, latest first.
    pub timeline: Vec<TimelineItem>,
}

/// An entitlement with its names resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct EntitlementView {
    /// The entitlement.
    pub entitlement: Entitlement,
    /// Its campaign.
    pub campaign: Campaign,
    /// Where it stands.
    pub status: EntitlementStatus,
    /// The amount due in all.
    pub amount: Cents,
    /// What was handed over.
    pub delivered: Cents,
    /// What is still due.
    pub remaining: Cents,
    /// How many vouchers that is.
    #[ts(type = "number")]
    pub vouchers: u64,
    /// The desk that may serve it.
    pub holder: DeskName,
    /// This desk may serve it.
    pub here: bool,
    /// The desk that waits for it.
    pub requested_by: Option<DeskName>,
    /// A paper by which it was handed over, that nobody has accepted yet as far as is known here.
    pub slip: Option<SlipNote>,
    /// The list that it came from.
    pub import: Option<Import>,
    /// The row of that list.
    pub row: Option<u32>,
}

/// A paper on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SlipNote {
    /// The desk that wrote it.
    pub from: DeskName,
    /// The only desk that may use it.
    pub to: DeskName,
    /// When it was written.
    pub at: Timestamp,
    /// This desk wrote it, and can print it again.
    pub mine: bool,
}

/// What an open paper says, to be told by telephone or printed anew by other means than a PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CustodySlipView {
    /// The only desk that may use it.
    pub to: DeskName,
    /// The code that is typed where the household's records are known.
    pub code: String,
    /// What the QR holds.
    pub qr: String,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct TimelineItem {
    /// When.
    pub at: Timestamp,
    /// What: the kind of the event (`delivery.confirmed`), translated by the page.
    pub kind: String,
    /// Who.
    pub operator: String,
    /// Where.
    pub desk: DeskName,
    /// In words: amount, reason, serials.
    pub detail: String,
    /// Not yet at the centre.
    pub waiting: bool,
}

/// All that the delivery of one entitlement needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CounterView {
    /// The entitlement.
    pub entitlement: EntitlementView,
    /// The household.
    pub household: Household,
    /// The appointment that it would be for: the one being served, or today's.
    pub appointment: Option<AppointmentRow>,
    /// What stands against it before anything is entered: shown at once.
    pub obstacle: Option<Obstacle>,
    /// What was entered before.
    #[ts(type = "unknown")]
    pub draft: Option<serde_json::Value>,
    /// Vouchers of the campaign that this desk holds.
    #[ts(type = "number")]
    pub vouchers_held: u64,
    /// The first serials that this desk would hand over next, as a suggestion to compare with the booklet in hand.
    pub next_serials: Vec<Run>,
    /// Other households that the same delegate collected for, by delegate's tax code or name: shown, never forbidden.
    pub delegate_elsewhere: u32,
}

/// What stands against a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Obstacle {
    /// Code and sentence.
    pub problem: Problem,
    /// Can be gone over with a reason; it is then an anomaly.
    pub can_be_forced: bool,
}

/// The agenda of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AgendaView {
    /// The site.
    pub site: Site,
    /// Day by day.
    pub days: Vec<AgendaDay>,
}

/// A day of the agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AgendaDay {
    /// The day.
    pub day: NaiveDate,
    /// Why nobody is served, where no slot is.
    pub closed: Option<Closed>,
    /// Who serves when; empty where the site has no hours of its own.
    pub staff: Vec<StaffedTime>,
    /// Its slots, by time and service.
    pub slots: Vec<AgendaSlot>,
}

/// A slot of the agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AgendaSlot {
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// The service.
    pub service: ServiceId,
    /// People it has room for.
    pub capacity: u16,
    /// Appointments that take room.
    pub taken: u16,
    /// People it still has room for; less than what is left of its capacity where staff is busy with other services.
    pub free: u16,
    /// More are booked than it has room for, and not because somebody wanted that.
    pub conflict: bool,
    /// Its appointments, cancelled ones too.
    pub appointments: Vec<AppointmentRow>,
}

/// The next free slots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FreeSlotsView {
    /// By time.
    pub slots: Vec<FreeSlot>,
}

/// A slot with room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FreeSlot {
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// People it still has room for.
    pub free: u16,
}

/// Households served of households presented with an appointment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct IndicatorView {
    /// The campaign.
    pub campaign: Campaign,
    /// Distinct households entitled, with an appointment, presented, and served.
    pub served: u32,
    /// Distinct households entitled, with an appointment, and presented.
    pub presented: u32,
    /// `served / presented` in hundredths of a percent (10000 is 100 %); none while nobody presented itself.
    pub value: Option<u32>,
    /// What is aimed at, in hundredths of a percent.
    pub target: u32,
    /// How far the figure can be relied on.
    pub standing: Standing,
    /// Desks whose records may be missing.
    pub missing_desks: Vec<MissingDesk>,
    /// Households presented and not served, each with what to do.
    pub missing: Vec<MissingHousehold>,
    /// By Quartiere.
    pub by_quartiere: Vec<QuartiereFigures>,
    /// By day of delivery.
    pub by_day: Vec<DayFigures>,
    /// Entitled households in all.
    pub entitled: u32,
    /// Entitled households with an appointment that was not cancelled.
    pub booked: u32,
    /// Did not come to any of their appointments: stay out.
    pub no_show: u32,
    /// Served without an appointment: stay out.
    pub walk_in: u32,
    /// Value of what was delivered.
    pub delivered: Cents,
    /// When it was worked out.
    pub as_of: Timestamp,
}

/// How far a figure can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Records of some desk may be missing.
    Provisional,
    /// Every desk was heard of just now with nothing waiting. The campaign goes on, and so will the figure.
    Current,
    /// The campaign is over and every desk has told all that it did.
    Final,
}

/// A desk whose records may be missing from a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct MissingDesk {
    /// The desk.
    pub desk: DeskName,
    /// Since when nothing was heard; none when never.
    pub since: Option<Timestamp>,
    /// Records that it said were waiting.
    #[ts(type = "number")]
    pub waiting: u64,
}

/// A household presented and not served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct MissingHousehold {
    /// The household.
    pub household: HouseholdId,
    /// Its entitlement.
    pub entitlement: EntitlementId,
    /// The applicant's name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Quartiere of residence.
    pub quartiere: u8,
    /// When it presented itself.
    pub presented_at: Timestamp,
    /// Why it was not served, if it was refused.
    pub refusal: Option<RefusalReason>,
    /// What the operator wrote.
    pub note: String,
    /// What is still due.
    pub remaining: Cents,
    /// The desk that may serve it.
    pub holder: DeskName,
    /// Its next appointment.
    pub next_appointment: Option<NaiveDateTime>,
    /// What to do.
    pub todo: Todo,
}

/// What to do for a household presented and not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Todo {
    /// It waits now: serve it.
    Serve,
    /// It has an appointment to come: wait for it.
    Wait,
    /// A paper was missing: phone and book again.
    CallBack,
    /// The vouchers were not enough: hand over the rest.
    Complete,
    /// It declined: confirm with Servizi Sociali.
    ConfirmDeclined,
}

/// The indicator of a Quartiere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct QuartiereFigures {
    /// 1 to 5.
    pub quartiere: u8,
    /// Entitled households.
    pub entitled: u32,
    /// Presented with an appointment.
    pub presented: u32,
    /// Served among them.
    pub served: u32,
}

/// The deliveries of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DayFigures {
    /// The day.
    pub day: NaiveDate,
    /// Deliveries not taken back.
    pub deliveries: u32,
    /// Refusals.
    pub refusals: u32,
}

/// What taking a list in would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ImportPreviewView {
    /// BLAKE3 of the file, hexadecimal: to be given back when it is applied.
    pub digest: String,
    /// Name of the file.
    pub file_name: String,
    /// The date that the list bears.
    pub issued: Option<NaiveDate>,
    /// What the columns were taken for: heading as written, and field; none for a column that is passed over.
    pub columns: Vec<ImportColumn>,
    /// How many rows fell where.
    pub counts: ImportCounts,
    /// What is to be said of the list as a whole (older than the last one, same as one taken in, columns missing).
    pub notices: Vec<Problem>,
    /// It can be taken in.
    pub applicable: bool,
    /// Rows, those to look at first; at most 2,000.
    pub rows: Vec<ImportRow>,
    /// There are more rows than these.
    pub more: bool,
    /// Value of what would be granted in all.
    pub total: Cents,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ImportColumn {
    /// The heading as written.
    pub heading: String,
    /// The field; none when the column is passed over.
    pub field: Option<String>,
}

/// What would become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowFate {
    /// Not taken in.
    Refused,
    /// Taken in; a person should look.
    Doubtful,
    /// Says again what another row says.
    Duplicate,
    /// A household known, with something changed.
    Changed,
    /// A household not known before.
    New,
    /// A household known, nothing changed.
    Unchanged,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ImportRow {
    /// Its number, as the spreadsheet shows it.
    pub row: u32,
    /// What would become of it.
    pub fate: RowFate,
    /// The applicant as written.
    pub name: String,
    /// The identifier as written.
    pub identifier: String,
    /// The amount it would be due.
    pub amount: Option<Cents>,
    /// Why, in plain Italian; several where there are several.
    pub reasons: Vec<String>,
    /// The household that it was matched with.
    pub household: Option<HouseholdId>,
}

/// Lists taken in so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ImportsView {
    /// Latest first.
    pub imports: Vec<ImportListRow>,
}

/// A list taken in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ImportListRow {
    /// The list.
    pub import: Import,
    /// Name of its campaign.
    pub campaign: String,
    /// Who took it in.
    pub operator: String,
}

/// The desks of the office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DesksView {
    /// By name.
    pub desks: Vec<DeskRow>,
    /// When the centre told this.
    pub as_of: Option<Timestamp>,
}

/// A desk in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DeskRow {
    /// Its identifier.
    pub id: DeskId,
    /// Its name.
    pub name: String,
    /// Its site.
    pub site: SiteId,
    /// Name of the site.
    pub site_name: String,
    /// The topics that it reads.
    pub reads: Vec<Topic>,
    /// May not write any more.
    pub revoked: bool,
    /// It is this one.
    pub this: bool,
    /// Supervisors sit there.
    pub supervises: bool,
    /// When the centre last heard of it.
    pub seen_at: Option<Timestamp>,
    /// Records that it said were waiting.
    #[ts(type = "number")]
    pub waiting: u64,
    /// How far its clock is from the centre's, milliseconds.
    #[ts(type = "number")]
    pub skew: i64,
    /// The program's version there.
    pub version: String,
    /// Entitlements in its custody that are not served.
    pub custody: u32,
    /// The desks that the office put in its place, once it was revoked.
    pub replaced_by: Vec<DeskName>,
    /// How much it should worry.
    pub concern: Concern,
    /// Which key it signs with: 1 for the one with which it was enrolled, one more with each change.
    pub key_number: u32,
    /// Since when it has that key.
    pub key_since: Timestamp,
}

/// What came late, and other branches of logs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LateView {
    /// What waits for a decision first; then the latest first.
    pub rows: Vec<LateRow>,
}

/// Where records that came late stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum LateState {
    /// A supervisor has to decide.
    Open,
    /// A supervisor let them count.
    Accepted,
    /// A supervisor kept them out.
    KeptOut,
    /// They count already: their desk went on under a new identity and carried them on, or they came another way.
    Counted,
    /// They follow from nothing that is known here: evidence at the centre, and nothing to decide.
    Unverified,
}

/// Records of one log that came late, or are another branch of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LateRow {
    /// Names them in `Command::ReviewLate`.
    pub id: String,
    /// The desk that wrote them.
    pub desk: DeskName,
    /// The log's topic.
    pub topic: Topic,
    /// The first record.
    #[ts(type = "number")]
    pub first: u64,
    /// The last one.
    #[ts(type = "number")]
    pub last: u64,
    /// Another branch of the log (a cloned disk, a restored backup); otherwise they came after the desk was revoked.
    pub branch: bool,
    /// When they came to this desk.
    pub at: Timestamp,
    /// Where they stand.
    pub state: LateState,
    /// What was done, in order; the first two hundred.
    pub acts: Vec<LateAct>,
    /// What was decided.
    pub decision: Option<LateDecision>,
}

/// One act of records that came late.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LateAct {
    /// When, by the clock of its desk.
    pub at: Timestamp,
    /// The kind of the fact: `delivery.confirmed`.
    pub kind: String,
    /// By whom.
    pub by: String,
    /// The household concerned.
    pub household: Option<HouseholdId>,
    /// Its applicant, as far as known here.
    pub name: String,
    /// Of a delivery: its value.
    pub amount: Option<Cents>,
    /// A delivery of a right that is served by what is known: if it counts, the household was served twice.
    pub served_otherwise: bool,
}

/// The last exchanges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SyncStoryView {
    /// Latest first.
    pub entries: Vec<SyncEntry>,
    /// Records the centre keeps and does not accept.
    pub refused: Vec<RefusedRow>,
    /// Own logs: how far the centre has them.
    pub logs: Vec<LogRow>,
}

/// Records that wait for the centre and are on their way to it by stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct OnStick {
    /// When the file was written.
    pub since: Timestamp,
    /// How many.
    #[ts(type = "number")]
    pub records: u64,
}

/// Whether a desk serves as relay for its seat, and which one it uses while the centre cannot be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct RelaySettings {
    /// The relay that this desk uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub peer: Option<RelayPeer>,
    /// This desk serves as relay, and listens here: address of this computer and port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub listen: Option<String>,
}

impl RelaySettings {
    /// No relay.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The relay that a desk uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct RelayPeer {
    /// Which desk it is: what is sent is sealed to its key.
    pub desk: DeskId,
    /// Where it listens: `http://192.168.1.10:7481`.
    pub address: String,
}

/// How the exchange through the relay of the seat stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct RelayView {
    /// As it is set.
    pub settings: RelaySettings,
    /// The relay that this desk uses.
    pub desk: Option<DeskName>,
    /// The last attempt reached it.
    pub online: bool,
    /// When it last answered.
    pub last: Option<Timestamp>,
    /// Of the records that wait for the centre, those that the relay has. They wait all the same.
    #[ts(type = "number")]
    pub handed: u64,
    /// What the last attempt said, when it failed.
    pub problem: Option<Problem>,
    /// This desk serves as relay.
    pub serving: Option<ServingView>,
}

/// A desk that serves as relay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ServingView {
    /// Where it listens; none while it does not.
    pub address: Option<String>,
    /// Why it cannot listen.
    pub problem: Option<Problem>,
}

/// How an exchange went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncWay {
    /// With the centre, over the network.
    #[default]
    Centre,
    /// Written to a stick: sent is what was written.
    BundleOut,
    /// Read from a stick: sent is what the centre was found to have acknowledged.
    BundleIn,
    /// With the relay of the seat: sent is what the relay has now.
    Relay,
    /// A desk of the seat, served as its relay.
    RelayServed,
}

/// One exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SyncEntry {
    /// When it began.
    pub at: Timestamp,
    /// Milliseconds that it took.
    #[ts(type = "number")]
    pub took: u64,
    /// Records sent.
    #[ts(type = "number")]
    pub sent: u64,
    /// Records received.
    #[ts(type = "number")]
    pub received: u64,
    /// How it went.
    pub way: SyncWay,
    /// The desk that a stick came from; none for the centre.
    pub peer: Option<String>,
    /// Why it failed: what happened, what was kept, what to do.
    pub problem: Option<Problem>,
}

/// A record that the centre does not accept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct RefusedRow {
    /// The log's topic.
    pub topic: String,
    /// The record.
    #[ts(type = "number")]
    pub seq: u64,
    /// Why.
    pub problem: Problem,
}

/// One of this desk's logs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LogRow {
    /// The topic.
    pub topic: String,
    /// Records written.
    #[ts(type = "number")]
    pub written: u64,
    /// Records that the centre has.
    #[ts(type = "number")]
    pub acknowledged: u64,
    /// The link after the last one, first digits.
    pub head: String,
}

/// A file made by the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FileView {
    /// A name for it; no personal data in it.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content, base64.
    pub content: String,
    /// Its language, for documents.
    pub language: Language,
}

/// What verifying found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct VerificationView {
    /// Logs whose whole chain was walked.
    pub logs: u32,
    /// Records in them.
    #[ts(type = "number")]
    pub records: u64,
    /// Things folded anew.
    #[ts(type = "number")]
    pub entities: u64,
    /// Records whose bodies were erased by order.
    #[ts(type = "number")]
    pub erased: u64,
    /// Records whose bodies came erased, by an order that is not known here (yet).
    #[ts(type = "number")]
    pub unexplained: u64,
    /// What does not hold, one sentence each; empty when all does.
    pub faults: Vec<String>,
}

/// Who looked at which household.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AccessLogView {
    /// The latest first.
    pub rows: Vec<AccessRow>,
    /// There are more than are shown.
    pub more: bool,
    /// Of every desk; otherwise of this one only.
    pub everywhere: bool,
}

/// A look, named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AccessRow {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub operator: String,
    /// Where.
    pub desk: DeskName,
    /// The household; none for a table.
    pub household: Option<HouseholdId>,
    /// The applicant; empty when it is not known here, or was erased.
    pub name: String,
    /// How they came to it.
    pub how: Opened,
}

/// What an order of erasure would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ErasurePreviewView {
    /// Households that would be erased.
    pub households: u32,
    /// Records that would lose their bodies.
    pub records: u32,
    /// Bytes of these bodies.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Households that stay, because something is due to them in a campaign that goes on.
    pub still_due: u32,
    /// Households that stay, because they have an appointment to come to.
    pub awaited: u32,
    /// Households that stay, because an anomaly of theirs is not decided.
    pub undecided: u32,
    /// Backups on this computer that would be replaced by a new one.
    pub backups: u32,
    /// What `Command::OrderErasure` is to be given.
    pub digest: String,
}

/// The orders of erasure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ErasuresView {
    /// The latest first.
    pub orders: Vec<ErasureRow>,
    /// This desk has not yet written its file anew, or replaced its backups, without what was erased.
    pub pending: bool,
}

/// An order of erasure, named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ErasureRow {
    /// The order.
    pub erasure: Erasure,
    /// Who gave it.
    pub by: String,
    /// Where.
    pub desk: DeskName,
    /// The campaign that it is about.
    pub campaign: Option<String>,
}

/// The shell's state, before and around the two doors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AppState {
    /// Where the application stands.
    pub phase: Phase,
    /// Name of the office, once enrolled.
    pub office: Option<String>,
    /// Name of the site, once enrolled and unlocked.
    pub site: Option<String>,
    /// Name of the desk, once enrolled.
    pub desk: Option<String>,
    /// Who is at work.
    pub session: Option<SessionView>,
    /// Language of the screens.
    pub language: Language,
    /// The program's version.
    pub version: String,
    /// Why the file cannot be used, when it cannot (damaged, newer): what happened, what was kept, what to do.
    pub problem: Option<Problem>,
}

/// Where the application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not enrolled yet.
    FirstStart,
    /// Enrolled; nobody has logged in since it was started.
    LoggedOut,
    /// Somebody is at work and the screen is locked.
    Locked,
    /// Somebody is at work.
    Ready,
}

/// Who is at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SessionView {
    /// The person.
    pub operator: OperatorId,
    /// What was typed to log in.
    pub username: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// What the first start asks for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct EnrolRequest {
    /// Address of the centre: `https://…`, or `http://` on this machine.
    pub server: String,
    /// The one-time code.
    pub code: String,
    /// A certificate authority to trust besides the usual ones, PEM.
    pub custom_ca: Option<String>,
    /// An HTTP proxy: `http://host:port`.
    pub proxy: Option<String>,
    /// The first operator: what is typed to log in.
    pub username: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// Role of the first operator at this desk. Only a desk that supervises takes other than `operator`.
    pub role: Role,
    /// At least 10 characters.
    pub passphrase: sportello_domain::command::Passphrase,
}

impl std::fmt::Debug for EnrolRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrolRequest")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

/// Which key a desk signs with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct KeyView {
    /// The desk.
    pub desk: DeskName,
    /// 1 for the key with which it was enrolled; one more with each change.
    pub number: u32,
    /// Since when it has it; none while its certificate has not come.
    pub since: Option<Timestamp>,
}

/// A desk that comes in the place of one that is no more. The code is told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ReplacementView {
    /// The desk that comes.
    pub desk: DeskId,
    /// Its name.
    pub name: String,
    /// The desk in whose place it comes.
    pub before: DeskName,
    /// The one-time code for its first start.
    pub code: String,
    /// Until when the code holds, by the centre's clock.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for ReplacementView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The code is a secret until it is used.
        f.debug_struct("ReplacementView")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A stopped desk went on under a new identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct IdentityView {
    /// Who it is now.
    pub desk: DeskName,
    /// Who it was.
    pub before: DeskName,
    /// Records that the centre had not acknowledged, and that were carried on.
    #[ts(type = "number")]
    pub carried: u64,
    /// Rights that the old identity holds and that are not served: they go on once a supervisor has relieved it.
    pub custody: u32,
}

/// The answer to the first start.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct EnrolView {
    /// Opens the desk's file when every passphrase is lost: to be printed and kept in the office's safe, shown once.
    pub recovery_key: String,
    /// Fingerprint of the office's key, to compare with what the centre shows.
    pub office_fingerprint: String,
}

impl std::fmt::Debug for EnrolView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrolView")
            .field("office_fingerprint", &self.office_fingerprint)
            .finish_non_exhaustive()
    }
}

/// How far long work has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Progress {
    /// What is being done: a code that the page translates.
    pub work: String,
    /// Done so far.
    #[ts(type = "number")]
    pub done: u64,
    /// In all; 0 while unknown.
    #[ts(type = "number")]
    pub total: u64,
}

/// What is to be written to a stick.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BundleRequest {
    /// Desks that it is for besides the centre.
    pub desks: Vec<DeskId>,
    /// Everything, also what the others are known to have.
    #[serde(default)]
    pub whole: bool,
}

/// What was written to a stick. It still waits until the centre says that it has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BundleWritten {
    /// Where.
    pub file: String,
    /// When.
    pub at: Timestamp,
    /// Records in it.
    #[ts(type = "number")]
    pub records: u64,
    /// Of these, this desk's own.
    #[ts(type = "number")]
    pub own: u64,
    /// How large it is, bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Desks that can open it besides the centre.
    pub desks: Vec<DeskName>,
}

/// What a stick brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BundleTaken {
    /// The desk that made it; none for the centre.
    pub from: Option<DeskName>,
    /// When, by the clock of who made it.
    pub made_at: Timestamp,
    /// Records of others that were new here.
    #[ts(type = "number")]
    pub received: u64,
    /// This desk's own records of which it brought the centre's acknowledgement.
    #[ts(type = "number")]
    pub acknowledged: u64,
    /// This desk's own records that still wait.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Custodies given away because the stick asked for them: they go back with the next one.
    pub given: u32,
    /// Parts that this desk may not read.
    #[ts(type = "number")]
    pub others: u64,
    /// Parts that were damaged.
    #[ts(type = "number")]
    pub damaged: u64,
    /// Nothing is missing.
    pub whole: bool,
    /// Logs that could not go on.
    pub troubles: Vec<BundleTrouble>,
    /// Own records that the centre does not accept.
    pub refused: Vec<RefusedRow>,
    /// Why this desk may not write any more, when that came to light.
    pub stopped: Option<Problem>,
}

/// A log of a stick that could not go on. The others did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BundleTrouble {
    /// Whose.
    pub desk: DeskName,
    /// The log's topic.
    pub topic: String,
    /// What happened, what was kept, what to do.
    pub problem: Problem,
}
