// SPDX-License-Identifier: EUPL-1.2
//! Everything that can be asked, as data. Asking changes nothing.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::agenda::SiteHours;
use sportello_domain::command::FileInput;
use sportello_domain::erasure::ErasureScope;
use sportello_domain::exceptions::{CaseKind, CaseStanding};
use sportello_domain::ids::{
    AppointmentId, CampaignId, CaseId, ClosingId, CommandId, DeliveryId, DeskId, EntitlementId, HouseholdId,
    OperatorId, PaperKitId, PlanId, SampleId, ServiceId, SiteId,
};
use sportello_domain::office::Role;
use sportello_domain::statement::Figure;
use sportello_domain::stock::{DeliveryNote, ShipmentNo, SupplyBox};
use ts_rs::TS;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Query {
    /// How the desk stands: who, where, connected or not, what waits to be sent. Answer: `View::Status`.
    Status,
    /// Sites, services, campaigns, desks, operators: what selects and labels are filled with. Answer: `View::Reference`.
    Reference,
    /// The day at a site: being served, waiting, due, late. Answer: `View::Board`.
    Board {
        /// This desk's site when none is named.
        site: Option<SiteId>,
        /// Today when none is named.
        day: Option<NaiveDate>,
    },
    /// Households by name, tax code, telephone, booklet serial, slip code, in any order, while typing. Answer: `View::Search`.
    Search {
        /// What was typed or scanned.
        text: String,
        /// At most so many (20 when none is given, 100 at most).
        limit: Option<u32>,
    },
    /// All about one household. Answer: `View::Household`.
    Household {
        /// The household.
        id: HouseholdId,
    },
    /// All that the delivery of one entitlement needs. Answer: `View::Counter`.
    Counter {
        /// The entitlement.
        entitlement: EntitlementId,
    },
    /// What the paper of an open hand-over by this desk says. Answer: `View::CustodySlip`.
    CustodySlip {
        /// The entitlement.
        entitlement: EntitlementId,
    },
    /// One appointment, by identifier. Answer: `View::Appointment`.
    Appointment {
        /// The appointment.
        id: AppointmentId,
    },
    /// The agenda of a site. Answer: `View::Agenda`.
    Agenda {
        /// This desk's site when none is named.
        site: Option<SiteId>,
        /// All services when none is named.
        service: Option<ServiceId>,
        /// First day.
        from: NaiveDate,
        /// Days, at most 42.
        days: u16,
    },
    /// The next free slots. Answer: `View::FreeSlots`.
    FreeSlots {
        /// The service.
        service: ServiceId,
        /// The site.
        site: SiteId,
        /// From this day; today when none is named.
        from: Option<NaiveDate>,
        /// At most so many (12 when none is given).
        limit: Option<u16>,
    },
    /// The hours of a site, with the holidays of a year. Answer: `View::Hours`.
    Hours {
        /// This desk's site when none is named.
        site: Option<SiteId>,
        /// This year when none is named.
        year: Option<i32>,
    },
    /// The appointments that cannot stay where they are if these hours hold (supervisor). Answer: `View::HoursImpact`.
    HoursImpact {
        /// All hours of the site.
        hours: SiteHours,
    },
    /// Slots from today on in which more are booked than there is room for, though nobody wanted that. Answer:
    /// `View::AgendaConflicts`.
    AgendaConflicts {
        /// All sites that this desk knows of when none is named.
        site: Option<SiteId>,
    },
    /// What taking a series of appointments in would do. Answer: `View::SeriesPreview`.
    SeriesPreview {
        /// The file: CSV, XLSX, ODS or iCalendar (RFC 5545).
        file: FileInput,
        /// The service of rows that name none.
        service: ServiceId,
        /// The site of rows that name none.
        site: SiteId,
    },
    /// What the screen in this desk's waiting room shows. Answer: `View::Display`.
    Display,
    /// How the days of a period went, at most 400 of them. Answer: `View::Statistics`.
    Statistics {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// All sites that this desk knows of when none is named.
        site: Option<SiteId>,
        /// All services when none is named.
        service: Option<ServiceId>,
    },
    /// What this desk holds of a campaign. Answer: `View::Stock`.
    Stock {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Whether serials can be delivered by this desk; both ends as typed or scanned. Answer: `View::SerialCheck`.
    CheckSerials {
        /// The campaign.
        campaign: CampaignId,
        /// First serial.
        first: String,
        /// Last serial; the same when there is one voucher.
        last: String,
    },
    /// What is odd about booklets before they are taken in. Answer: `View::SupplyPreview`.
    SupplyPreview {
        /// The campaign.
        campaign: CampaignId,
        /// What the paper says that came with them.
        delivery_note: Option<DeliveryNote>,
        /// The boxes, in the order in which they were scanned.
        boxes: Vec<SupplyBox>,
    },
    /// Shipments of vouchers to this desk and from it; where a supervisor asks, of every desk that is known here. Answer:
    /// `View::Shipments`.
    Shipments,
    /// The shipment that the code on a paper names, as scanned. Answer: `View::Bolla`.
    Bolla {
        /// The code.
        code: String,
    },
    /// Where the vouchers of a campaign are: of this desk; where a supervisor asks, of every desk that is known here, with the total of
    /// the office. Answer: `View::StockLedger`.
    StockLedger {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Everything that is known here of one voucher. Answer: `View::SerialHistory`.
    SerialHistory {
        /// The campaign.
        campaign: CampaignId,
        /// The serial, as typed or scanned.
        serial: String,
    },
    /// Households served of households presented with an appointment. Answer: `View::Indicator`.
    Indicator {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The reconciliation inbox: what a supervisor must look at, whatever it is about, and where it stands (supervisor). Answer:
    /// `View::Inbox`.
    Inbox {
        /// Which; those that somebody still has to do something about when nothing is said.
        #[serde(default)]
        filter: InboxFilter,
        /// From which one, from 0.
        #[serde(default)]
        offset: u32,
        /// How many at most.
        limit: u32,
    },
    /// One case, with the evidence of every side and all that was done with it (supervisor). Answer: `View::Case`.
    Case {
        /// The case.
        id: CaseId,
    },
    /// Appointments as a calendar file (iCalendar, RFC 5545), one or all of a site's from one day to another. Answer: `View::File`.
    Calendar {
        /// Only this one.
        appointment: Option<AppointmentId>,
        /// Those of this site; this desk's when none is named.
        site: Option<SiteId>,
        /// First day; today when none is named.
        from: Option<NaiveDate>,
        /// Last day; the first when none is named.
        to: Option<NaiveDate>,
    },
    /// What taking a list in would do (supervisor). Answer: `View::ImportPreview`.
    ImportPreview {
        /// The campaign.
        campaign: CampaignId,
        /// The file.
        file: FileInput,
        /// The date that the list bears; the one found in it or in its name when none is given.
        issued: Option<NaiveDate>,
    },
    /// The rows of a list that would not be taken in, as a file to send back (supervisor). Answer: `View::File`.
    ImportRefused {
        /// The campaign.
        campaign: CampaignId,
        /// The file.
        file: FileInput,
        /// The date that the list bears.
        issued: Option<NaiveDate>,
        /// The kind of file to make.
        format: TableFormat,
    },
    /// Lists taken in so far. Answer: `View::Imports`.
    Imports,
    /// The desks of the office: last seen, waiting records. Answer: `View::Desks`.
    Desks,
    /// What came late from revoked desks, and other branches of logs: what waits for a decision, and what was decided (supervisor).
    /// Answer: `View::Late`.
    Late,
    /// The last exchanges with the centre. Answer: `View::SyncStory`.
    SyncStory,
    /// A document to print. Answer: `View::File`.
    Document {
        /// Which.
        document: DocumentRequest,
        /// In which language; Italian when none is named.
        language: Option<Language>,
    },
    /// A table of what the desk holds. Answer: `View::File`.
    Export {
        /// Which.
        table: ExportTable,
        /// The kind of file to make.
        format: TableFormat,
    },
    /// Who looked at which household (supervisor): at this desk, and where supervisors sit at every desk. Answer: `View::AccessLog`.
    AccessLog {
        /// Which looks.
        filter: LookQuery,
    },
    /// What an order of erasure would do (supervisor). Answer: `View::ErasurePreview`.
    ErasurePreview {
        /// What it is about.
        scope: ErasureScope,
    },
    /// The orders of erasure (supervisor). Answer: `View::Erasures`.
    Erasures,
    /// What closing a day of this desk would close: what is to be counted, who was not served, what is not sent. Answer:
    /// `View::ClosingPreview`.
    ClosingPreview {
        /// The day; the earliest that is not closed, or today, when none is named.
        day: Option<NaiveDate>,
    },
    /// Closings, and the days that none closes: this desk's; where a supervisor asks, every desk's that is known here. Answer:
    /// `View::Closings`.
    Closings {
        /// First day; thirty days ago when none is named.
        from: Option<NaiveDate>,
        /// Last day; today when none is named.
        to: Option<NaiveDate>,
        /// Only this desk's.
        desk: Option<DeskId>,
    },
    /// Kits of numbered forms, and forms that were typed in twice. Answer: `View::PaperKits`.
    PaperKits,
    /// What a file says as an objective sheet, before it is loaded. Answer: `View::PlanReading`.
    PlanReading {
        /// The file: text, as it comes out of the published PDF.
        file: FileInput,
    },
    /// A campaign accounted for: households, days, vouchers. Answer: `View::Statement`.
    Statement {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The records behind a figure of a campaign's statement. Answer: `View::StatementRecords`.
    StatementRecords {
        /// The campaign.
        campaign: CampaignId,
        /// The figure.
        figure: Figure,
        /// Only what happened there.
        #[serde(default)]
        site: Option<SiteId>,
        /// Only what happened on that day.
        #[serde(default)]
        day: Option<NaiveDate>,
        /// From which one on, the first is 0.
        offset: u32,
        /// How many at most; never more than 500.
        limit: u32,
    },
    /// Every record that this desk holds as it was written, one JSON object a line, for a count of one's own. Answer: `View::File`.
    RawRecords,
    /// What was drawn of a campaign for verification calls. Answer: `View::Samples`.
    Samples {
        /// The campaign.
        campaign: CampaignId,
    },
    /// One sample, with whom to call. Answer: `View::Sample`.
    Sample {
        /// The sample.
        id: SampleId,
    },
    /// The plans that are followed. Answer: `View::Plans`.
    Plans,
    /// A plan with how far it is. Answer: `View::Plan`.
    Plan {
        /// The plan.
        id: PlanId,
    },
    /// A plan drawn over time (GANTT), SVG. Answer: `View::File`.
    PlanChart {
        /// The plan.
        id: PlanId,
    },
    /// The file that was attached to what was said of a plan. Answer: `View::File`.
    PlanEvidence {
        /// The plan.
        id: PlanId,
        /// The command by which it was said.
        note: CommandId,
    },
    /// The form that a code names, as scanned or typed. Answer: `View::PaperForm`.
    PaperForm {
        /// The code.
        code: String,
    },
    /// The whole chain of every log, and projections against a fold made anew. Answer: `View::Verification`.
    Verify,
}

/// Whose cases are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AssigneeFilter {
    /// Those of whoever asks.
    Me,
    /// Those that nobody has.
    Nobody,
    /// Somebody's.
    Operator {
        /// Whose.
        operator: OperatorId,
    },
}

/// Which cases are meant: all that fit each condition that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default)]
pub struct InboxFilter {
    /// Of these kinds; of all when none is named.
    pub kinds: Vec<CaseKind>,
    /// That stand there; those that somebody still has to do something about when none is named.
    pub standings: Vec<CaseStanding>,
    /// Whose.
    pub assignee: Option<AssigneeFilter>,
    /// Of this Quartiere.
    pub quartiere: Option<u8>,
    /// Of this site.
    pub site: Option<SiteId>,
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// Of this household.
    pub household: Option<HouseholdId>,
    /// That happened on this day or later.
    pub from: Option<NaiveDate>,
    /// That happened on this day or before.
    pub to: Option<NaiveDate>,
    /// Of somebody, or of a desk, whose name has words that begin so.
    pub text: Option<String>,
}

/// Which looks are meant: all that fit each condition that is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LookQuery {
    /// At this household.
    pub household: Option<HouseholdId>,
    /// By this operator.
    pub operator: Option<OperatorId>,
    /// At this desk.
    pub desk: Option<DeskId>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Until this day, included.
    pub to: Option<NaiveDate>,
}

/// A document that the desk prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DocumentRequest {
    /// The slip of an appointment.
    Slip {
        /// The appointment.
        appointment: AppointmentId,
        /// For a roll of 80 mm instead of a sheet.
        thermal: bool,
    },
    /// The paper by which this desk handed an entitlement to one other desk, until that desk has accepted it.
    CustodySlip {
        /// The entitlement.
        entitlement: EntitlementId,
        /// For a roll of 80 mm instead of a sheet.
        thermal: bool,
    },
    /// The receipt of a delivery; its reversal, once it was reversed.
    Receipt {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The delivery.
        delivery: DeliveryId,
        /// Printed before: marked as a copy.
        copy: bool,
    },
    /// What was missing and what to bring, after the last refusal.
    RefusalNote {
        /// The entitlement.
        entitlement: EntitlementId,
    },
    /// The appointments of a day at a site, to telephone or write to people, with room to tick them off.
    DayList {
        /// The site.
        site: SiteId,
        /// The day.
        day: NaiveDate,
    },
    /// The number of somebody who waits, for a roll of 80 mm.
    TicketSlip {
        /// The appointment.
        appointment: AppointmentId,
    },
    /// A delega to fill in by hand.
    Delega {
        /// Filled in for this household, or blank.
        entitlement: Option<EntitlementId>,
    },
    /// The indicator with every household still missing (supervisor).
    IndicatorReport {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The report of a closing, to be signed and kept.
    ClosingReport {
        /// The closing.
        closing: ClosingId,
    },
    /// A campaign's statement (supervisor).
    Statement {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The list of a sample to call from (supervisor).
    CallSheet {
        /// The sample.
        sample: SampleId,
    },
    /// A plan in the form of its own sheet, with how far it is (supervisor).
    PlanReport {
        /// The plan.
        plan: PlanId,
    },
    /// The paper that goes with a shipment of vouchers.
    Bolla {
        /// The shipment.
        shipment: ShipmentNo,
    },
    /// The forms of a kit, with who may be served.
    PaperKit {
        /// The kit.
        kit: PaperKitId,
    },
}

/// A table that can be taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ExportTable {
    /// Households presented with an appointment and not served.
    Missing {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Every entitlement with its state.
    Entitlements {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Every delivery with its serials.
    Deliveries {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The appointments of a site.
    Appointments {
        /// The site.
        site: SiteId,
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// The figures of a campaign's statement: of households, then by day and site.
    Statement {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Where the vouchers of a campaign are, desk by desk, with both sides of the equation.
    StatementVouchers {
        /// The campaign.
        campaign: CampaignId,
    },
    /// The phases and indicators of a plan, with how far they are.
    Plan {
        /// The plan.
        plan: PlanId,
    },
    /// The cases of the reconciliation inbox that fit, at most two thousand.
    Cases {
        /// Which.
        filter: InboxFilter,
    },
    /// Who looked at which household.
    AccessLog {
        /// Which looks.
        filter: LookQuery,
    },
    /// How the days of a period went: one row for each day, site and service.
    Statistics {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// All sites that this desk knows of when none is named.
        site: Option<SiteId>,
        /// All services when none is named.
        #[serde(default)]
        service: Option<ServiceId>,
    },
}

/// A kind of file for tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// Semicolons, UTF-8 with byte order mark.
    #[default]
    Csv,
    /// Excel.
    Xlsx,
}

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

impl Query {
    /// Whether the answer is a file with many people in it.
    pub(crate) fn takes_people_out(&self) -> bool {
        match self {
            Self::Export { table, .. } => !matches!(
                table,
                ExportTable::AccessLog { .. }
                    | ExportTable::Statistics { .. }
                    | ExportTable::Statement { .. }
                    | ExportTable::StatementVouchers { .. }
                    | ExportTable::Plan { .. }
            ),
            Self::Document { document, .. } => matches!(
                document,
                DocumentRequest::IndicatorReport { .. }
                    | DocumentRequest::DayList { .. }
                    | DocumentRequest::ClosingReport { .. }
                    | DocumentRequest::PaperKit { .. }
                    | DocumentRequest::CallSheet { .. }
            ),
            Self::Calendar { appointment, .. } => appointment.is_none(),
            Self::RawRecords => true,
            _ => false,
        }
    }

    /// The least role that may ask: the one place where this is decided.
    pub fn required_role(&self) -> Role {
        match self {
            Self::Late
            | Self::Inbox { .. }
            | Self::Case { .. }
            | Self::ImportPreview { .. }
            | Self::ImportRefused { .. }
            | Self::Export { .. }
            | Self::AccessLog { .. }
            | Self::ErasurePreview { .. }
            | Self::Erasures
            | Self::HoursImpact { .. }
            | Self::Statement { .. }
            | Self::StatementRecords { .. }
            | Self::RawRecords
            | Self::Samples { .. }
            | Self::Sample { .. }
            | Self::PlanReading { .. }
            | Self::Plans
            | Self::Plan { .. }
            | Self::PlanChart { .. }
            | Self::PlanEvidence { .. }
            | Self::Document {
                document:
                    DocumentRequest::IndicatorReport { .. }
                    | DocumentRequest::Statement { .. }
                    | DocumentRequest::CallSheet { .. }
                    | DocumentRequest::PlanReport { .. },
                ..
            } => Role::Supervisor,
            _ => Role::Operator,
        }
    }
}
