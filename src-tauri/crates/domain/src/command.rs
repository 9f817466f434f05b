// SPDX-License-Identifier: EUPL-1.2
//! Everything that can be asked to be done, as data. The window, `sportelloctl`, the tests and the simulator all speak this.

use crate::agenda::SiteHours;
use crate::appointment::{Outcome, Person};
use crate::campaign::Campaign;
use crate::closing::CountGiven;
use crate::entitlement::{Collector, RefusalReason};
use crate::erasure::{ErasureScope, Ground};
use crate::exceptions::{CaseDecision, CaseDraft};
use crate::household::HouseholdData;
use crate::ids::{
    AppointmentId, CampaignId, CaseId, ClosingId, DeliveryId, DeskId, EntitlementId, HouseholdId, OperatorId,
    PaperKitId, PlanId, SampleId, ServiceId, SiteId,
};
use crate::money::Cents;
use crate::office::{Role, Service, Site};
use crate::paper::FilledForm;
use crate::plan::{Evidence as PlanEvidence, Measure, Reached, Sheet as PlanSheet, Target};
use crate::queue::Priority;
use crate::sample::CallOutcome;
use crate::serial::Run;
use crate::stock::{DeliveryNote, Minutes, RemovalReason, ShipmentNo, ShipmentOutcome};
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A passphrase on its way to the key slot: never written, never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Passphrase(pub String);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// A file as a person chose it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FileInput {
    /// Its name, without folders.
    pub name: String,
    /// Its content, base64 (RFC 4648 §4).
    pub content: String,
}

impl std::fmt::Debug for FileInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileInput({} characters)", self.content.len())
    }
}

/// One appointment of several that are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AppointmentMove {
    /// The appointment.
    pub appointment: AppointmentId,
    /// Where to.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
}

/// What can be done. A command is done once and whole, or refused and nothing is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// Opens a site or changes its facts (administrator).
    DefineSite {
        /// All of its facts.
        site: Site,
    },
    /// Defines a service or changes it (administrator).
    DefineService {
        /// All of its facts.
        service: Service,
    },
    /// Defines a campaign or changes it (administrator).
    DefineCampaign {
        /// All of its facts.
        campaign: Campaign,
    },
    /// Adds an operator and lets the person log in at this desk (administrator).
    AddOperator {
        /// What is typed to log in.
        username: String,
        /// Name as shown to colleagues.
        name: String,
        /// What the person may do.
        role: Role,
        /// First passphrase at this desk, at least 10 characters; an operator who is known already gets a key slot here.
        passphrase: Passphrase,
    },
    /// Changes an operator's name or role, or bars the person (administrator).
    ChangeOperator {
        /// The operator.
        operator: OperatorId,
        /// Name as shown to colleagues.
        name: String,
        /// What the person may do.
        role: Role,
        /// May log in.
        active: bool,
    },
    /// Gives an operator another passphrase at this desk: the old one was forgotten, or the person has none here yet
    /// (administrator).
    SetPassphrase {
        /// The operator; oneself is changed by `ChangePassphrase`.
        operator: OperatorId,
        /// The passphrase from now on at this desk, at least 10 characters.
        passphrase: Passphrase,
    },
    /// Changes one's own passphrase at this desk.
    ChangePassphrase {
        /// The one that holds until now.
        old: Passphrase,
        /// The one that holds from now on, at least 10 characters.
        new: Passphrase,
    },
    /// Takes a list of Servizi Sociali in (supervisor). `Query::ImportPreview` shows what it would do.
    ApplyImport {
        /// The campaign.
        campaign: CampaignId,
        /// The file.
        file: FileInput,
        /// The date that the list bears.
        issued: NaiveDate,
        /// The digest that the preview gave: the file is the one that was looked at.
        digest: String,
    },
    /// Enters a household by hand with its entitlement (supervisor).
    AddHousehold {
        /// What is known of it.
        data: HouseholdData,
        /// The campaign in which it is entitled, with the amount and the reason; none to enter it only.
        grant: Option<ManualGrant>,
    },
    /// Corrects what is known of a household.
    CorrectHousehold {
        /// The household.
        household: HouseholdId,
        /// What holds from now on.
        data: HouseholdData,
    },
    /// Leaves a note.
    AddNote {
        /// The household.
        household: HouseholdId,
        /// The note.
        text: String,
    },
    /// Grants a household that is here already a right in a campaign, by hand (supervisor).
    GrantEntitlement {
        /// The household.
        household: HouseholdId,
        /// The campaign, the amount and the reason.
        grant: ManualGrant,
    },
    /// Sets another amount, or grants a revoked right again (supervisor).
    ReviseEntitlement {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The amount due in all.
        amount: Cents,
        /// Why.
        reason: String,
    },
    /// Withdraws a right (supervisor).
    RevokeEntitlement {
        /// The entitlement.
        entitlement: EntitlementId,
        /// Why.
        reason: String,
    },
    /// Asks the holder for an entitlement, for this desk or (supervisor) for another.
    RequestCustody {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The desk that would serve; this one when none is named.
        to: Option<DeskId>,
        /// Why.
        reason: String,
    },
    /// Gives an entitlement to another desk.
    ReleaseCustody {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The desk that may serve from now on.
        to: DeskId,
    },
    /// Gives an entitlement to one other desk by a paper, when nothing else reaches it. The paper is
    /// `DocumentRequest::CustodySlip`.
    HandOver {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The only desk that may use the paper.
        to: DeskId,
    },
    /// Accepts a paper that names this desk.
    AcceptSlip {
        /// The entitlement, for a code that was typed; a code that was scanned says it.
        entitlement: Option<EntitlementId>,
        /// What was scanned or typed.
        code: String,
    },
    /// Takes an entitlement from a desk that cannot release it any more (supervisor).
    RelieveCustody {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The desk that may serve from now on.
        to: DeskId,
        /// Why.
        reason: String,
        /// The dead desk, its papers and its vouchers were looked at.
        checked: bool,
    },
    /// Takes all that a dead desk holds (supervisor).
    RelieveDesk {
        /// The dead desk.
        desk: DeskId,
        /// The desk that may serve from now on.
        to: DeskId,
        /// Why.
        reason: String,
        /// The dead desk, its papers and its vouchers were looked at.
        checked: bool,
    },
    /// Books an appointment.
    BookAppointment {
        /// The household; or else a person.
        household: Option<HouseholdId>,
        /// Somebody in no list.
        person: Option<Person>,
        /// The service.
        service: ServiceId,
        /// Where.
        site: SiteId,
        /// When: wall time in Italy.
        start: NaiveDateTime,
        /// Why a full slot is taken all the same.
        overbook: Option<String>,
    },
    /// Moves an appointment.
    MoveAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// Where.
        site: SiteId,
        /// When: wall time in Italy.
        start: NaiveDateTime,
        /// Why a full slot is taken all the same.
        overbook: Option<String>,
    },
    /// Calls an appointment off.
    CancelAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// Why.
        reason: String,
    },
    /// The household turned up.
    PresentAppointment {
        /// The appointment.
        appointment: AppointmentId,
    },
    /// Calls to the counter.
    CallAppointment {
        /// The appointment.
        appointment: AppointmentId,
    },
    /// Lets wait aside.
    ParkAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// Why.
        reason: String,
    },
    /// Did not turn up.
    MissAppointment {
        /// The appointment.
        appointment: AppointmentId,
    },
    /// Ends an appointment of a service without vouchers.
    CloseAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// How it ended.
        outcome: Outcome,
    },
    /// Takes the last step of an appointment back.
    UndoAppointment {
        /// The appointment.
        appointment: AppointmentId,
    },
    /// Somebody came without an appointment: waits with a number.
    WalkIn {
        /// The household; or else a person.
        household: Option<HouseholdId>,
        /// Somebody in no list.
        person: Option<Person>,
        /// The service.
        service: ServiceId,
        /// Why it goes before others.
        priority: Option<Priority>,
        /// Why, in words; needed for `other`.
        #[serde(default)]
        reason: String,
    },
    /// Asks for one more service in the same visit: waits for it with the same number.
    AddService {
        /// The visit: any of its services.
        appointment: AppointmentId,
        /// The service.
        service: ServiceId,
    },
    /// Calls whoever is next to this desk's counter. `Outcome::subject` says who.
    CallNext {
        /// Only for this service; none for all that the desk offers.
        service: Option<ServiceId>,
    },
    /// It was called, and nobody came: it keeps its number, and comes back with `PresentAppointment`.
    NotThere {
        /// The appointment.
        appointment: AppointmentId,
    },
    /// Lets wait for another desk, or another service, of the same site.
    TransferAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// The desk that is to serve it; none for any that offers the service.
        desk: Option<DeskId>,
        /// The service from now on; none for the same.
        service: Option<ServiceId>,
        /// Why.
        reason: String,
    },
    /// Lets go before others, or takes that back.
    PrioritiseAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// Why, of what is foreseen; none to take it back.
        priority: Option<Priority>,
        /// Why, in words; needed for `other`.
        reason: String,
    },
    /// Moves several appointments at once, all or none: what a change of hours touches.
    MoveAppointments {
        /// The moves.
        moves: Vec<AppointmentMove>,
        /// Why full slots are taken all the same.
        overbook: Option<String>,
    },
    /// Books a series of appointments from a file. `Query::SeriesPreview` shows what it would do.
    ImportAppointments {
        /// The file: CSV, XLSX, ODS or iCalendar (RFC 5545).
        file: FileInput,
        /// The service of rows that name none.
        service: ServiceId,
        /// The site of rows that name none.
        site: SiteId,
        /// The digest that the preview gave: the file is the one that was looked at.
        digest: String,
    },
    /// Sets the hours of a site (supervisor). `Query::HoursImpact` shows the appointments that it touches.
    DefineHours {
        /// All of them.
        hours: SiteHours,
    },
    /// Takes booklets into this desk's stock.
    ReceiveStock {
        /// The campaign.
        campaign: CampaignId,
        /// The serials.
        runs: Vec<Run>,
        /// In words; where fewer or more came than declared, why.
        note: String,
        /// What the paper says that came with them.
        #[serde(default)]
        delivery_note: Option<DeliveryNote>,
    },
    /// Sends vouchers of this desk to another: they leave its stock at once. `DocumentRequest::Bolla` is the paper that goes with them.
    ShipStock {
        /// The campaign.
        campaign: CampaignId,
        /// The serials.
        runs: Vec<Run>,
        /// To whom.
        to: DeskId,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// Takes in what is really there of a shipment, also before the sender's record is known here.
    AcknowledgeShipment {
        /// Which shipment.
        shipment: ShipmentNo,
        /// The campaign.
        campaign: CampaignId,
        /// The serials that are there.
        runs: Vec<Run>,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// Settles what became of vouchers that went off and did not arrive: its sender took them back, or (supervisor) they are lost or
    /// damaged.
    SettleShipment {
        /// Which shipment.
        shipment: ShipmentNo,
        /// The serials.
        runs: Vec<Run>,
        /// What became of them.
        outcome: ShipmentOutcome,
        /// In words.
        note: String,
    },
    /// Sets vouchers of this desk aside, or free again.
    ReserveStock {
        /// The campaign.
        campaign: CampaignId,
        /// The serials.
        runs: Vec<Run>,
        /// What for; none to set them free.
        purpose: Option<String>,
    },
    /// Destroys vouchers that a desk holds or that are damaged there, with minutes (supervisor).
    DestroyStock {
        /// The desk; this one when none is named.
        desk: Option<DeskId>,
        /// The campaign.
        campaign: CampaignId,
        /// The serials.
        runs: Vec<Run>,
        /// The minutes.
        minutes: Minutes,
    },
    /// Takes vouchers out of this desk's stock.
    RemoveStock {
        /// The campaign.
        campaign: CampaignId,
        /// The serials.
        runs: Vec<Run>,
        /// Why.
        reason: RemovalReason,
        /// In words.
        note: String,
    },
    /// Keeps an unfinished delivery so that it is found again (this desk only; not a record). None lets go of it.
    KeepDraft {
        /// The entitlement being served.
        entitlement: EntitlementId,
        /// What was entered so far, as the screen keeps it; none when the screen is left for good.
        #[ts(type = "unknown")]
        draft: Option<serde_json::Value>,
    },
    /// Hands vouchers over.
    ConfirmDelivery {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The appointment it is for; none for a walk-in.
        appointment: Option<AppointmentId>,
        /// Who collects.
        collector: Collector,
        /// The vouchers.
        runs: Vec<Run>,
        /// Why a rule that can be overridden is.
        force: Option<String>,
        /// Why less than due is handed over.
        partial: Option<String>,
    },
    /// Records that nothing could be handed over.
    RefuseDelivery {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The appointment it is for.
        appointment: Option<AppointmentId>,
        /// Why.
        reason: RefusalReason,
        /// In words.
        note: String,
    },
    /// Takes a delivery back.
    ReverseDelivery {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The delivery.
        delivery: DeliveryId,
        /// Why.
        reason: String,
        /// The vouchers came back into the stock.
        returned: bool,
    },
    /// Orders that what is known of people be erased, everywhere and for good (supervisor). `Query::ErasurePreview` shows what it
    /// would do.
    OrderErasure {
        /// What it is about.
        scope: ErasureScope,
        /// On what it stands.
        ground: Ground,
        /// Why, and on whose word. It stays, so it is to name nobody.
        reason: String,
        /// The digest that the preview gave: what is erased is what was looked at.
        digest: String,
    },
    /// Decides what becomes of records that came late from a revoked desk, or are another branch of a log (supervisor).
    ReviewLate {
        /// Which: `LateRow::id`.
        late: String,
        /// They count from now on; otherwise they are kept out.
        accept: bool,
        /// Why.
        reason: String,
    },
    /// Gives cases to somebody who may decide them, or takes them back (supervisor). All of them, or none.
    AssignCases {
        /// The cases.
        cases: Vec<CaseId>,
        /// To whom; none to take them back.
        to: Option<OperatorId>,
    },
    /// Writes something beside a case (supervisor).
    NoteCase {
        /// The case.
        case: CaseId,
        /// What.
        text: String,
    },
    /// Decides cases, all in the same way, all or none (supervisor). `Query::Case` shows what may be decided.
    DecideCases {
        /// The cases.
        cases: Vec<CaseId>,
        /// What is decided.
        decision: CaseDecision,
        /// Why.
        reason: String,
    },
    /// Signs a decision that takes two people (supervisor, another one).
    CountersignCase {
        /// The case.
        case: CaseId,
    },
    /// Opens a case again that was decided, or that two people decided differently (supervisor).
    ReopenCase {
        /// The case.
        case: CaseId,
        /// Why.
        reason: String,
    },
    /// Keeps an unfinished decision so that whoever wrote it finds it again (supervisor; this desk only; not a record).
    KeepCaseDraft {
        /// The case.
        case: CaseId,
        /// What was entered so far; none lets go of it.
        draft: Option<CaseDraft>,
    },
    /// Closes a day of this desk. `Query::ClosingPreview` shows what is to be counted.
    CloseDay {
        /// The day.
        day: NaiveDate,
        /// What was counted, one for each campaign.
        counts: Vec<CountGiven>,
        /// A remark.
        #[serde(default)]
        note: String,
    },
    /// Writes beside a closing what was found out later; another desk's: supervisor.
    CorrectClosing {
        /// The closing.
        closing: ClosingId,
        /// The difference that it explains; none where it is about the closing as a whole.
        campaign: Option<CampaignId>,
        /// What was found out.
        text: String,
    },
    /// Makes numbered forms ready for when the PC is dead, with who may be served and the vouchers that go with them. The paper is
    /// `DocumentRequest::PaperKit`.
    PreparePaperKit {
        /// The campaign.
        campaign: CampaignId,
        /// How many forms, at most 500.
        forms: u16,
        /// Only those with an appointment at this site on this day; all in this desk's custody when none is named.
        day: Option<NaiveDate>,
    },
    /// Types in what was written on a form.
    EnterPaperForm {
        /// The kit.
        kit: PaperKitId,
        /// The form.
        number: u16,
        /// What stands on it.
        filled: FilledForm,
        /// Why a rule that can be overridden is.
        force: Option<String>,
    },
    /// Says that forms will not be used: spoilt, or left over.
    VoidPaperForms {
        /// The kit.
        kit: PaperKitId,
        /// The first.
        first: u16,
        /// The last.
        last: u16,
        /// Why.
        reason: String,
    },
    /// Draws deliveries of a campaign whose households are called and asked.
    DrawSample {
        /// The campaign.
        campaign: CampaignId,
        /// How many; at most 500.
        size: u32,
    },
    /// Writes down what came of a call.
    RecordCall {
        /// The sample.
        sample: SampleId,
        /// About which delivery.
        delivery: DeliveryId,
        /// What came of it.
        outcome: CallOutcome,
    },
    /// Loads an objective sheet as it was read and looked at; the same code again is the same plan, revised.
    LoadPlan {
        /// The sheet.
        sheet: Box<PlanSheet>,
        /// The file that it was read from.
        file: String,
    },
    /// Says how far a phase or an indicator is, with what shows it.
    NotePlan {
        /// The plan.
        plan: PlanId,
        /// Of which.
        target: Target,
        /// How far it is.
        reached: Reached,
        /// In words.
        #[serde(default)]
        note: String,
        /// What shows it.
        #[serde(default)]
        evidence: Option<PlanEvidence>,
    },
    /// Has a phase or an indicator read from the records, or followed by hand again.
    BindPlan {
        /// The plan.
        plan: PlanId,
        /// Which.
        target: Target,
        /// What is read; none: by hand.
        measure: Option<Measure>,
    },
}

/// An entitlement granted by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ManualGrant {
    /// The campaign.
    pub campaign: CampaignId,
    /// The amount due; the campaign's table when none is given.
    pub amount: Option<Cents>,
    /// Why, and on whose word.
    pub reason: String,
}

impl Command {
    /// The least role that may ask for it: the one place where this is decided.
    pub fn required_role(&self) -> Role {
        match self {
            Self::DefineSite { .. }
            | Self::DefineService { .. }
            | Self::DefineCampaign { .. }
            | Self::AddOperator { .. }
            | Self::ChangeOperator { .. }
            | Self::SetPassphrase { .. } => Role::Administrator,
            Self::ApplyImport { .. }
            | Self::AddHousehold { .. }
            | Self::GrantEntitlement { .. }
            | Self::ReviseEntitlement { .. }
            | Self::RevokeEntitlement { .. }
            | Self::RequestCustody { to: Some(_), .. }
            | Self::RelieveCustody { .. }
            | Self::RelieveDesk { .. }
            | Self::OrderErasure { .. }
            | Self::DestroyStock { .. }
            | Self::DefineHours { .. }
            | Self::ReviewLate { .. }
            | Self::AssignCases { .. }
            | Self::NoteCase { .. }
            | Self::DecideCases { .. }
            | Self::CountersignCase { .. }
            | Self::ReopenCase { .. }
            | Self::DrawSample { .. }
            | Self::RecordCall { .. }
            | Self::LoadPlan { .. }
            | Self::NotePlan { .. }
            | Self::BindPlan { .. }
            | Self::KeepCaseDraft { .. } => Role::Supervisor,
            Self::ChangePassphrase { .. }
            | Self::CorrectHousehold { .. }
            | Self::AddNote { .. }
            | Self::RequestCustody { to: None, .. }
            | Self::ReleaseCustody { .. }
            | Self::HandOver { .. }
            | Self::AcceptSlip { .. }
            | Self::BookAppointment { .. }
            | Self::MoveAppointment { .. }
            | Self::CancelAppointment { .. }
            | Self::PresentAppointment { .. }
            | Self::CallAppointment { .. }
            | Self::ParkAppointment { .. }
            | Self::MissAppointment { .. }
            | Self::CloseAppointment { .. }
            | Self::UndoAppointment { .. }
            | Self::WalkIn { .. }
            | Self::AddService { .. }
            | Self::CallNext { .. }
            | Self::NotThere { .. }
            | Self::TransferAppointment { .. }
            | Self::PrioritiseAppointment { .. }
            | Self::MoveAppointments { .. }
            | Self::ImportAppointments { .. }
            | Self::ReceiveStock { .. }
            | Self::RemoveStock { .. }
            | Self::ShipStock { .. }
            | Self::AcknowledgeShipment { .. }
            | Self::SettleShipment { .. }
            | Self::ReserveStock { .. }
            | Self::KeepDraft { .. }
            | Self::ConfirmDelivery { .. }
            | Self::RefuseDelivery { .. }
            | Self::ReverseDelivery { .. }
            | Self::CloseDay { .. }
            | Self::CorrectClosing { .. }
            | Self::PreparePaperKit { .. }
            | Self::EnterPaperForm { .. }
            | Self::VoidPaperForms { .. } => Role::Operator,
        }
    }
}
