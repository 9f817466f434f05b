// SPDX-License-Identifier: EUPL-1.2
//! The first door. A command is checked against the role, decided by the domain on the states it touches, and written with
//! its outcome in one transaction; only then is it told.

mod agenda;
mod cases;
mod closing;
mod custody;
mod delivery;
mod erasure;
mod household;
mod import;
mod late;
mod office;
mod paper;
mod plan;
mod queue;
mod sample;
mod series;
mod stock;

pub(crate) use agenda::open_appointment;
pub(crate) use cases::draft as case_draft;
pub(crate) use custody::answer_requests;
pub(crate) use erasure::{add_what_came_late, plan as erasure_plan};
pub(crate) use import::Prepared;
pub(crate) use office::operators_topic;

use crate::desk::{Desk, RECORDS_LOST, RENEWED, STOPPED};
use crate::error::DeskError;
use crate::outcome::Outcome;
use crate::session::Session;
use crate::view::Progress;
use sportello_domain::command::Command;
use sportello_domain::context::Ctx;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, DeliveryId, EntitlementId, HouseholdId, SiteId};
use sportello_domain::import::ImportCounts;
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::office::Site;
use sportello_domain::refusal::Rejection;
use sportello_domain::state::Entity;
use sportello_store::{Author, WriteTx};
use uuid::Uuid;

/// What a handler decided: the facts to write, and what to tell.
#[derive(Debug, Default)]
pub(crate) struct Deed {
    pub events: Vec<NewEvent>,
    pub subject: Option<EntityRef>,
    pub delivery: Option<DeliveryId>,
    pub import: Option<ImportCounts>,
    pub undo: Option<Box<Command>>,
    pub forced: bool,
}

impl Deed {
    pub(crate) fn of(subject: impl Into<EntityRef>, events: Vec<NewEvent>) -> Self {
        Self {
            events,
            subject: Some(subject.into()),
            ..Self::default()
        }
    }

    pub(crate) fn undone_by(mut self, command: Command) -> Self {
        self.undo = Some(Box::new(command));
        self
    }
}

/// What every handler works with: the write in progress, and where, when and by whom.
pub(crate) struct Act<'a, 'c> {
    pub desk: &'a Desk,
    pub tx: &'a mut WriteTx<'c>,
    pub ctx: Ctx,
    pub progress: &'a mut dyn FnMut(Progress),
}

impl Act<'_, '_> {
    /// A state that must be there.
    pub(crate) fn need<S: Entity + Clone>(
        &mut self,
        id: impl Into<Uuid>,
        what: &'static str,
    ) -> Result<S, DeskError> {
        Ok(self.tx.state::<S>(id)?.ok_or(Rejection::NotFound { what })?)
    }

    /// The topic that an entity lives in.
    pub(crate) fn topic_of(
        &mut self,
        entity: impl Into<EntityRef>,
        what: &'static str,
    ) -> Result<Topic, DeskError> {
        Ok(self.tx.topic_of(entity)?.ok_or(Rejection::NotFound { what })?)
    }

    /// The topic of an entitlement, and its state.
    pub(crate) fn entitlement(
        &mut self,
        id: EntitlementId,
    ) -> Result<(Topic, sportello_domain::entitlement::Entitlement), DeskError> {
        let found: sportello_domain::entitlement::Entitlement = self.need(id, "entitlement")?;
        self.not_erased(found.household)?;
        Ok((self.topic_of(id, "entitlement")?, found))
    }

    pub(crate) fn household_topic(&mut self, id: HouseholdId) -> Result<Topic, DeskError> {
        self.not_erased(id)?;
        self.topic_of(id, "household")
    }

    /// Nothing more is written of a household that was erased.
    pub(crate) fn not_erased(&self, id: HouseholdId) -> Result<(), DeskError> {
        match self.tx.erased_by(id)? {
            None => Ok(()),
            Some(_) => Err(Rejection::Erased.into()),
        }
    }

    /// The topic of what happens at a site: its Quartiere's.
    pub(crate) fn site_topic(&mut self, id: SiteId) -> Result<Topic, DeskError> {
        let site: Site = self.need(id, "site")?;
        Ok(Topic::Quartiere(site.quartiere))
    }
}

pub(crate) fn execute(
    desk: &Desk,
    session: &Session,
    id: CommandId,
    command: &Command,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, DeskError> {
    let needed = command.required_role();
    if session.role() < needed {
        return Err(Rejection::RoleTooLow { needed }.into());
    }
    // Not a record: a draft is this desk's own, and is gone with it.
    if let Command::KeepDraft { entitlement, draft } = command {
        return desk.keep_draft(session, id, *entitlement, draft.as_ref());
    }
    if let Command::KeepCaseDraft { case, draft } = command {
        return cases::keep_draft(desk, session, id, *case, draft.as_ref());
    }
    // What needs slow work or files is prepared before the transaction.
    let prepared = import::prepare_command(command)?;
    let mut slot = office::prepare_slot(desk, session, id, command)?;
    let written = desk.store().write_told_first(|tx| {
        if let Some(outcome) = tx.was_done(id)? {
            return again(&outcome);
        }
        if tx.identity().desk != desk.id() {
            return Err(DeskError::Stopped(RENEWED.to_owned()));
        }
        if let Some(code) = stopped(tx)? {
            return Err(DeskError::Stopped(code));
        }
        let now = desk.now();
        let ctx = Ctx {
            now,
            desk: desk.id(),
            site: desk.site(),
            operator: session.operator(),
            role: session.role(),
        };
        let mut act = Act {
            desk,
            tx,
            ctx,
            progress,
        };
        let deed = decide(&mut act, command, prepared.as_ref(), slot.as_ref())?;
        if let Some(slot) = &mut slot {
            slot.place()?;
        }
        let author = Author {
            actor: ctx.operator,
            command: id,
            now,
        };
        append(desk, tx, &author, &deed.events, progress)?;
        let mut changed: Vec<EntityRef> = deed.events.iter().map(|event| event.entity).collect();
        changed.sort_unstable();
        changed.dedup();
        let outcome = Outcome {
            command: id,
            subject: deed.subject,
            changed,
            delivery: deed.delivery,
            import: deed.import,
            undo: deed.undo,
            forced: deed.forced,
            repeated: false,
        };
        if !deed.events.is_empty() {
            // A list changes thousands of things: whoever asks again is told what matters.
            let mut kept = outcome.clone();
            kept.changed.truncate(64);
            tx.mark_done(id, &serde_json::to_string(&kept)?)?;
        }
        Ok::<_, DeskError>(outcome)
    });
    if let Some(slot) = slot {
        slot.settle(written.is_ok());
    }
    // What was told is told again, also while the disk has no room for the rows that follow from it.
    let written = match written {
        Err(DeskError::Store(full)) if full.code() == "disk_full" => {
            match desk.store().read(|reads| reads.was_done(id)) {
                Ok(Some(outcome)) => again(&outcome),
                _ => Err(full.into()),
            }
        }
        written => written,
    };
    match written {
        Ok(outcome) => {
            desk.wrote(&outcome.changed);
            if matches!(command, Command::OrderErasure { .. }) {
                // Names are gone from wherever they were shown.
                desk.tell(crate::desk::Happening::Changed(Vec::new()));
                if let Err(error) = desk.finish_erasure() {
                    tracing::warn!(code = error.code(), "what an erasure leaves behind stays for now");
                }
            }
            Ok(outcome)
        }
        Err(error) => Err(error),
    }
}

/// What was answered to a command that was done before.
fn again(answered: &str) -> Result<Outcome, DeskError> {
    let outcome: Outcome = serde_json::from_str(answered)?;
    Ok(Outcome {
        repeated: true,
        ..outcome
    })
}

/// Why this desk may not write, as this write sees it.
pub(crate) fn stopped(tx: &WriteTx<'_>) -> Result<Option<String>, DeskError> {
    if tx.is_restored() {
        let code = if tx.lost_records()? > 0 {
            RECORDS_LOST
        } else {
            "restored"
        };
        return Ok(Some(code.to_owned()));
    }
    Ok(tx.get_meta::<Option<String>>(STOPPED)?.flatten())
}

/// Writes facts in portions, telling how far it has come.
pub(crate) fn append(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    author: &Author,
    events: &[NewEvent],
    progress: &mut dyn FnMut(Progress),
) -> Result<(), DeskError> {
    const PORTION: usize = 500;
    let total = events.len() as u64;
    let mut done = 0;
    for portion in events.chunks(PORTION) {
        tx.append(author, portion, &mut || desk.ports().bytes())?;
        done += portion.len() as u64;
        if total > PORTION as u64 {
            progress(Progress {
                work: "writing".into(),
                done,
                total,
            });
        }
    }
    Ok(())
}

fn decide(
    act: &mut Act<'_, '_>,
    command: &Command,
    prepared: Option<&Prepared>,
    slot: Option<&crate::access::Slot>,
) -> Result<Deed, DeskError> {
    match command {
        Command::DefineSite { .. }
        | Command::DefineService { .. }
        | Command::DefineCampaign { .. }
        | Command::AddOperator { .. }
        | Command::ChangeOperator { .. }
        | Command::SetPassphrase { .. }
        | Command::ChangePassphrase { .. } => office::decide(act, command, slot),
        Command::ApplyImport { campaign, digest, .. } => {
            let Some(Prepared::List(list, issued)) = prepared else {
                return Err(DeskError::plain("malformed_command"));
            };
            import::apply(act, list, *issued, *campaign, digest)
        }
        Command::AddHousehold { .. }
        | Command::CorrectHousehold { .. }
        | Command::AddNote { .. }
        | Command::GrantEntitlement { .. }
        | Command::ReviseEntitlement { .. }
        | Command::RevokeEntitlement { .. } => household::decide(act, command),
        Command::RequestCustody { .. }
        | Command::ReleaseCustody { .. }
        | Command::HandOver { .. }
        | Command::AcceptSlip { .. }
        | Command::RelieveCustody { .. }
        | Command::RelieveDesk { .. } => custody::decide(act, command),
        Command::ReviewLate {
            late: id,
            accept,
            reason,
        } => late::review(act, id, *accept, reason),
        Command::BookAppointment { .. }
        | Command::MoveAppointment { .. }
        | Command::MoveAppointments { .. }
        | Command::CancelAppointment { .. }
        | Command::ParkAppointment { .. }
        | Command::MissAppointment { .. }
        | Command::CloseAppointment { .. }
        | Command::UndoAppointment { .. } => agenda::decide(act, command),
        Command::PresentAppointment { .. }
        | Command::CallAppointment { .. }
        | Command::CallNext { .. }
        | Command::NotThere { .. }
        | Command::WalkIn { .. }
        | Command::AddService { .. }
        | Command::TransferAppointment { .. }
        | Command::PrioritiseAppointment { .. }
        | Command::DefineHours { .. } => queue::decide(act, command),
        Command::ImportAppointments {
            service,
            site,
            digest,
            ..
        } => {
            let Some(Prepared::Series(read)) = prepared else {
                return Err(DeskError::plain("malformed_command"));
            };
            series::apply(act, read, *service, *site, digest)
        }
        Command::ReceiveStock { .. }
        | Command::RemoveStock { .. }
        | Command::ShipStock { .. }
        | Command::AcknowledgeShipment { .. }
        | Command::SettleShipment { .. }
        | Command::ReserveStock { .. }
        | Command::DestroyStock { .. } => stock::decide(act, command),
        Command::ConfirmDelivery { .. }
        | Command::RefuseDelivery { .. }
        | Command::ReverseDelivery { .. } => delivery::decide(act, command),
        Command::AssignCases { .. }
        | Command::NoteCase { .. }
        | Command::DecideCases { .. }
        | Command::CountersignCase { .. }
        | Command::ReopenCase { .. } => cases::decide(act, command),
        Command::CloseDay { .. } | Command::CorrectClosing { .. } => closing::decide(act, command),
        Command::PreparePaperKit { .. } | Command::EnterPaperForm { .. } | Command::VoidPaperForms { .. } => {
            paper::decide(act, command)
        }
        Command::DrawSample { .. } | Command::RecordCall { .. } => sample::decide(act, command),
        Command::LoadPlan { .. } | Command::NotePlan { .. } | Command::BindPlan { .. } => {
            plan::decide(act, command)
        }
        Command::OrderErasure { .. } => erasure::decide(act, command),
        // Handled before the transaction.
        Command::KeepDraft { .. } | Command::KeepCaseDraft { .. } => Ok(Deed::default()),
    }
}
