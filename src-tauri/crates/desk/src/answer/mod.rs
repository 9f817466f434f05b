// SPDX-License-Identifier: EUPL-1.2
//! The second door. Every answer is read from one snapshot of the file, with names resolved for the screen.

mod agenda;
mod bolla;
mod closing;
mod closing_report;
mod counter;
mod day_list;
mod display;
mod documents;
mod erasure;
mod evidence;
mod export;
mod hours;
mod household;
mod imports;
mod inbox;
mod indicator;
mod late;
mod ledger;
mod looks;
mod office;
mod paper;
mod paper_kit;
mod plan;
mod plan_report;
mod raw;
mod rows;
mod sample;
mod search;
mod series;
mod signatures;
mod statement;
mod statement_report;
mod statistics;
mod stock;
mod supply;

use crate::desk::Desk;
use crate::directory::Directory;
use crate::error::DeskError;
use crate::query::{Language, Query};
use crate::session::Session;
use crate::view::{FileView, View};
use base64::Engine;
use sportello_domain::ids::{HouseholdId, OperatorId};
use sportello_domain::meta::EntityKind;
use sportello_domain::office::{Operator, Service, Site};
use sportello_domain::refusal::Rejection;
use sportello_domain::state::Entity;
use sportello_domain::time::Timestamp;
use sportello_store::Reads;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// What every answer is made with: one snapshot, and who asks.
pub(crate) struct Ask<'a> {
    pub desk: &'a Desk,
    pub reads: &'a Reads<'a>,
    pub session: &'a Session,
    pub directory: Arc<Directory>,
    pub now: Timestamp,
    names: RefCell<HashMap<OperatorId, String>>,
}

impl Ask<'_> {
    /// A state that must be there.
    pub(crate) fn need<S: Entity>(&self, id: impl Into<Uuid>, what: &'static str) -> Result<S, DeskError> {
        let id: Uuid = id.into();
        match self.reads.state::<S>(id)? {
            Some(state) => Ok(state),
            None if S::KIND == EntityKind::Household && self.reads.erased_by(HouseholdId(id))?.is_some() => {
                Err(Rejection::Erased.into())
            }
            None => Err(Rejection::NotFound { what }.into()),
        }
    }

    /// The site asked for; this desk's own when none is.
    pub(crate) fn site(&self, id: Option<sportello_domain::ids::SiteId>) -> Result<Site, DeskError> {
        self.need(id.unwrap_or(self.desk.site()), "site")
    }

    pub(crate) fn language(&self) -> Language {
        self.session.language()
    }

    /// An operator's name; empty for what the desk did by itself.
    pub(crate) fn operator_name(&self, id: OperatorId) -> Result<String, DeskError> {
        if let Some(name) = self.names.borrow().get(&id) {
            return Ok(name.clone());
        }
        let name = self
            .reads
            .state::<Operator>(id)?
            .map(|operator| operator.name)
            .unwrap_or_default();
        self.names.borrow_mut().insert(id, name.clone());
        Ok(name)
    }

    /// A service's name in the language of whoever asks.
    pub(crate) fn service_name(&self, service: &Service) -> String {
        match self.language() {
            Language::En if !service.name_en.is_empty() => service.name_en.clone(),
            _ => service.name.clone(),
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "one of the tools that every answer is made with"
    )]
    pub(crate) fn file(&self, name: String, media_type: &str, bytes: &[u8], language: Language) -> View {
        View::File(FileView {
            name,
            media_type: media_type.to_owned(),
            content: base64::engine::general_purpose::STANDARD.encode(bytes),
            language,
        })
    }
}

pub(crate) fn answer(desk: &Desk, session: &Session, query: &Query) -> Result<View, DeskError> {
    let needed = query.required_role();
    if session.role() < needed {
        return Err(Rejection::RoleTooLow { needed }.into());
    }
    let answered = desk.store().read(|reads| {
        let ask = Ask {
            desk,
            reads,
            session,
            directory: desk.directory(),
            now: desk.now(),
            names: RefCell::default(),
        };
        match query {
            Query::Status => office::status(&ask).map(View::Status),
            Query::Reference => office::reference(&ask).map(View::Reference),
            Query::Desks => office::desks(&ask).map(View::Desks),
            Query::Late => late::late(&ask).map(View::Late),
            Query::SyncStory => office::story(&ask).map(View::SyncStory),
            Query::Verify => office::verify(&ask).map(View::Verification),
            Query::Board { site, day } => agenda::board(&ask, *site, *day).map(View::Board),
            Query::Agenda {
                site,
                service,
                from,
                days,
            } => agenda::agenda(&ask, *site, *service, *from, *days).map(View::Agenda),
            Query::Hours { site, year } => hours::hours(&ask, *site, *year).map(View::Hours),
            Query::HoursImpact { hours } => hours::impact(&ask, hours).map(View::HoursImpact),
            Query::AgendaConflicts { site } => hours::conflicts(&ask, *site).map(View::AgendaConflicts),
            Query::Display => display::display(&ask).map(View::Display),
            Query::Statistics {
                from,
                to,
                site,
                service,
            } => statistics::statistics(&ask, *from, *to, *site, *service)
                .map(|view| View::Statistics(Box::new(view))),
            Query::SeriesPreview { file, service, site } => {
                series::preview(&ask, file, *service, *site).map(View::SeriesPreview)
            }
            Query::Calendar {
                appointment,
                site,
                from,
                to,
            } => series::calendar(&ask, *appointment, *site, *from, *to),
            Query::FreeSlots {
                service,
                site,
                from,
                limit,
            } => agenda::free_slots(&ask, *service, *site, *from, *limit).map(View::FreeSlots),
            Query::CustodySlip { entitlement } => {
                documents::paper(&ask, *entitlement).map(|paper| View::CustodySlip(paper.told(&ask)))
            }
            Query::Appointment { id } => agenda::appointment(&ask, *id).map(View::Appointment),
            Query::Search { text, limit } => search::search(&ask, text, *limit).map(View::Search),
            Query::Household { id } => {
                household::household(&ask, *id).map(|view| View::Household(Box::new(view)))
            }
            Query::Counter { entitlement } => {
                counter::counter(&ask, *entitlement).map(|view| View::Counter(Box::new(view)))
            }
            Query::Stock { campaign } => stock::stock(&ask, *campaign).map(View::Stock),
            Query::CheckSerials {
                campaign,
                first,
                last,
            } => stock::check(&ask, *campaign, first, last).map(View::SerialCheck),
            Query::SupplyPreview {
                campaign,
                delivery_note,
                boxes,
            } => supply::preview(&ask, *campaign, delivery_note.as_ref(), boxes).map(View::SupplyPreview),
            Query::Shipments => supply::shipments(&ask).map(View::Shipments),
            Query::Bolla { code } => supply::bolla(&ask, code).map(View::Bolla),
            Query::StockLedger { campaign } => {
                ledger::ledger(&ask, *campaign).map(|view| View::StockLedger(Box::new(view)))
            }
            Query::SerialHistory { campaign, serial } => {
                ledger::history(&ask, *campaign, serial).map(View::SerialHistory)
            }
            Query::Indicator { campaign } => indicator::indicator(&ask, *campaign).map(View::Indicator),
            Query::Inbox {
                filter,
                offset,
                limit,
            } => inbox::inbox(&ask, filter, *offset, *limit).map(View::Inbox),
            Query::Case { id } => inbox::case(&ask, *id).map(|view| View::Case(Box::new(view))),
            Query::ImportPreview {
                campaign,
                file,
                issued,
            } => imports::preview(&ask, *campaign, file, *issued).map(View::ImportPreview),
            Query::ImportRefused {
                campaign,
                file,
                issued,
                format,
            } => imports::refused(&ask, *campaign, file, *issued, *format),
            Query::Imports => imports::imports(&ask).map(View::Imports),
            Query::ErasurePreview { scope } => erasure::preview(&ask, *scope).map(View::ErasurePreview),
            Query::ClosingPreview { day } => {
                closing::preview(&ask, *day).map(|view| View::ClosingPreview(Box::new(view)))
            }
            Query::Closings { from, to, desk } => {
                closing::closings(&ask, *from, *to, *desk).map(View::Closings)
            }
            Query::PaperKits => paper::kits(&ask).map(View::PaperKits),
            Query::PaperForm { code } => paper::form(&ask, code).map(|view| View::PaperForm(Box::new(view))),
            Query::PlanReading { file } => {
                plan::reading(&ask, file).map(|view| View::PlanReading(Box::new(view)))
            }
            Query::Statement { campaign } => {
                statement::statement(&ask, *campaign).map(|view| View::Statement(Box::new(view)))
            }
            Query::StatementRecords {
                campaign,
                figure,
                site,
                day,
                offset,
                limit,
            } => {
                let only = statement::Only {
                    site: *site,
                    day: *day,
                };
                statement::records(&ask, *campaign, *figure, only, (*offset, *limit))
                    .map(View::StatementRecords)
            }
            Query::RawRecords => raw::records(&ask),
            Query::Samples { campaign } => sample::samples(&ask, *campaign).map(View::Samples),
            Query::Sample { id } => sample::sample(&ask, *id).map(|view| View::Sample(Box::new(view))),
            Query::Plans => plan::plans(&ask).map(View::Plans),
            Query::Plan { id } => plan::plan(&ask, *id).map(|view| View::Plan(Box::new(view))),
            Query::PlanChart { id } => plan_report::chart(&ask, *id),
            Query::PlanEvidence { id, note } => plan::evidence(&ask, *id, *note),
            Query::Erasures => erasure::orders(&ask).map(View::Erasures),
            Query::Document { document, language } => {
                documents::document(&ask, document, language.unwrap_or_default())
            }
            Query::Export { table, format } => export::export(&ask, table, *format),
            Query::AccessLog { filter } => looks::looks(&ask, filter).map(View::AccessLog),
        }
        .inspect(|view| note_look(&ask, query, view))
    });
    desk.write_many_looks();
    answered
}

/// Notes who looked at what.
fn note_look(ask: &Ask<'_>, query: &Query, view: &View) {
    match view {
        View::Search(found) => ask.desk.searched(ask.session, found),
        View::Household(view) => ask.desk.looked(ask.reads, ask.session, view.household.id),
        View::Counter(view) => ask.desk.looked(ask.reads, ask.session, view.household.id),
        View::StatementRecords(view) => {
            for row in &view.rows {
                ask.desk.looked(ask.reads, ask.session, row.household);
            }
        }
        View::Sample(view) => {
            for pick in &view.picks {
                ask.desk.looked(ask.reads, ask.session, pick.household);
            }
        }
        View::Case(view) => {
            for household in &view.row.households {
                ask.desk.looked(ask.reads, ask.session, household.id);
            }
        }
        View::File(_) if query.takes_people_out() => ask.desk.took_out(ask.session),
        _ => {}
    }
}

/// The centre's clock when it last told about the desks.
fn exchange_now(ask: &Ask<'_>) -> Option<Timestamp> {
    crate::exchange::centre_now(ask.reads).ok().flatten()
}
