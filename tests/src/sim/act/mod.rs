// SPDX-License-Identifier: EUPL-1.2
//! From a deed to a command: what somebody does with what the desk shows. Everything is looked up through the second door.

mod agenda;
mod cases;
mod counter;
mod erase;
mod queue;
mod rights;
mod shipment;
mod slip;
mod stock;

use super::dice::Dice;
use super::plan::Deed;
use super::report::Violation;
use super::station::Station;
use super::town::{Person, Town};
use crate::facts::CAMPAIGN;
use sportello_desk::query::InboxFilter;
use sportello_desk::view::{BoardView, CounterView, DeskRow, HouseholdView, ReferenceView, StockView};
use sportello_desk::{Command, DeskError, Query, View};
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::ids::{EntitlementId, HouseholdId};
use sportello_domain::meta::Topic;

/// Attempts to find somebody to whom a deed can be done.
const LOOKS: usize = 6;

/// Somebody at a desk, about to do something.
pub struct Hand<'a> {
    /// The desk's number.
    pub at: usize,
    /// The desk.
    pub station: &'a Station,
    /// What is outside.
    pub town: &'a mut Town,
    /// The chance of this one step.
    pub dice: Dice,
}

/// A command, or nothing where there was nothing to do it to; a violation where the desk could not answer.
pub type Chosen = Result<Option<Command>, Violation>;

macro_rules! ask {
    ($hand:expr, $variant:ident, $query:expr) => {{
        let query = $query;
        match $hand.ask(&query)? {
            Some(View::$variant(view)) => view,
            Some(_) => {
                let detail = format!("{query:?}");
                return Err($crate::sim::Violation::new(
                    "a question gets its own answer",
                    detail,
                ));
            }
            None => return Ok(None),
        }
    }};
}
use ask;

impl Hand<'_> {
    /// An answer; none where a rule is against it, as for what this desk does not know.
    fn ask(&self, query: &Query) -> Result<Option<View>, Violation> {
        match self.station.ask(query) {
            Ok(view) => Ok(Some(view)),
            Err(DeskError::Rejected(_)) => Ok(None),
            Err(error) => {
                let detail = format!("{}: {} to {query:?}", self.station.name, error.code());
                Err(Violation::new("every question can be answered", detail))
            }
        }
    }

    /// What the person sets out to do, as a command.
    pub fn choose(&mut self, deed: Deed) -> Chosen {
        match deed {
            Deed::ReceiveStock
            | Deed::ReceiveTransferred
            | Deed::ReceiveWhatOthersHave
            | Deed::RemoveStock
            | Deed::SendAway => self.stock(deed),
            Deed::Ship
            | Deed::TakeShipment
            | Deed::TakeShipmentByPaper
            | Deed::SettleShipment
            | Deed::SetAside
            | Deed::Destroy => self.shipment(deed),
            Deed::Book | Deed::BookElsewhere | Deed::BookPerson | Deed::Move => self.book(deed),
            Deed::Cancel
            | Deed::Present
            | Deed::Call
            | Deed::Park
            | Deed::Miss
            | Deed::Undo
            | Deed::ClosePerson => self.step(deed),
            Deed::Deliver
            | Deed::DeliverWalkIn
            | Deed::DeliverScanned
            | Deed::DeliverPartly
            | Deed::DeliverTooMuch
            | Deed::DeliverCarried
            | Deed::ForceNotHolder
            | Deed::ForceUnknownSerials
            | Deed::ForceOutsidePeriod => self.deliver(deed),
            Deed::Refuse => self.refuse(),
            Deed::ReverseReturned | Deed::ReverseLost | Deed::ReverseForOthers => self.reverse(deed),
            Deed::Note | Deed::Correct => self.household_deed(deed),
            Deed::AskCustody | Deed::GiveCustody | Deed::MoveCustody => self.custody(deed),
            Deed::HandOver => self.hand_over(),
            Deed::TakeSlip | Deed::TakeUsedSlip | Deed::TakeForeignSlip => Ok(self.take_slip(deed)),
            Deed::RelieveCustody | Deed::RelieveDesk => self.relieve(deed),
            Deed::BeginDraft | Deed::DropDraft => self.draft(deed),
            Deed::Import | Deed::ImportAgain | Deed::ImportOlder => self.import(deed),
            Deed::AddHousehold => Ok(Some(self.add_household())),
            Deed::Revise | Deed::Lower | Deed::Revoke | Deed::GrantAgain => self.revise(deed),
            Deed::Resolve | Deed::GiveCase | Deed::NoteCase | Deed::SignCase | Deed::ReopenCase => {
                self.case(deed)
            }
            Deed::WalkIn | Deed::WalkInPerson => self.walk_in(deed),
            Deed::AddService
            | Deed::NotThere
            | Deed::ComeBack
            | Deed::Transfer
            | Deed::TransferService
            | Deed::Prioritise => self.queue(deed),
            Deed::CallNext => Ok(Some(self.call_next())),
            Deed::MoveSeveral => self.move_several(),
            Deed::MoveTouched => self.move_touched(),
            Deed::DefineHours => self.define_hours(),
            Deed::ImportSeries | Deed::ImportSeriesAgain => self.import_series(deed),
            Deed::EraseHousehold => self.erase_household(),
            Deed::EraseCampaign | Deed::EraseLooks => Ok(Some(self.erase_at_large(deed)?)),
        }
    }

    fn reference(&self) -> Result<Option<ReferenceView>, Violation> {
        Ok(Some(ask!(self, Reference, Query::Reference)))
    }

    fn me(&self) -> Result<Option<(ReferenceView, DeskRow)>, Violation> {
        let Some(reference) = self.reference()? else {
            return Ok(None);
        };
        let me = reference.desks.iter().find(|desk| desk.this).cloned();
        Ok(me.map(|me| (reference, me)))
    }

    /// A household that somebody names, if this desk knows it.
    fn somebody(&mut self) -> Result<Option<HouseholdId>, Violation> {
        let reads: Vec<u8> = match self.me()? {
            Some((_, me)) => me
                .reads
                .iter()
                .filter_map(|topic| match topic {
                    Topic::Quartiere(number) => Some(*number),
                    _ => None,
                })
                .collect(),
            None => return Ok(None),
        };
        let Some(Person { search, .. }) = self.town.somebody(&reads, &mut self.dice).cloned() else {
            return Ok(None);
        };
        let found = ask!(
            self,
            Search,
            Query::Search {
                text: search,
                limit: None
            }
        );
        Ok(found.hits.iter().find_map(|hit| hit.household))
    }

    fn household(&self, id: HouseholdId) -> Result<Option<Box<HouseholdView>>, Violation> {
        Ok(Some(ask!(self, Household, Query::Household { id })))
    }

    fn counter(&self, entitlement: EntitlementId) -> Result<Option<Box<CounterView>>, Violation> {
        Ok(Some(ask!(self, Counter, Query::Counter { entitlement })))
    }

    /// The counter of somebody's right that fits.
    fn counter_where(
        &mut self,
        fits: impl Fn(&CounterView) -> bool,
    ) -> Result<Option<Box<CounterView>>, Violation> {
        for _ in 0..LOOKS {
            let Some(household) = self.somebody()? else {
                continue;
            };
            if let Some(counter) = self.counter(EntitlementId::of(CAMPAIGN, household))?
                && fits(&counter)
            {
                return Ok(Some(counter));
            }
        }
        Ok(None)
    }

    fn board(&self) -> Result<Option<BoardView>, Violation> {
        Ok(Some(ask!(
            self,
            Board,
            Query::Board {
                site: None,
                day: None
            }
        )))
    }

    fn holdings(&self) -> Result<Option<StockView>, Violation> {
        Ok(Some(ask!(self, Stock, Query::Stock { campaign: CAMPAIGN })))
    }

    /// Somebody only looks. Every page can be shown.
    pub fn look(&mut self) -> Result<(), Violation> {
        let day = chrono::NaiveDate::from_ymd_opt(2021, 3, 1).unwrap();
        let query = match self.dice.below(12) {
            0 => Query::Status,
            1 => Query::Reference,
            2 => Query::Agenda {
                site: None,
                service: None,
                from: day,
                days: 14,
            },
            3 => Query::Desks,
            4 => Query::SyncStory,
            5 => Query::Imports,
            6 => Query::Inbox {
                filter: InboxFilter::default(),
                offset: 0,
                limit: 50,
            },
            7 => Query::Indicator { campaign: CAMPAIGN },
            8 => Query::Shipments,
            9 => Query::StockLedger { campaign: CAMPAIGN },
            10 => match self.town.supplied.first() {
                Some(run) => Query::SerialHistory {
                    campaign: CAMPAIGN,
                    serial: run.first_serial(),
                },
                None => Query::Shipments,
            },
            _ => match self.somebody()? {
                Some(id) => Query::Household { id },
                None => Query::Status,
            },
        };
        self.ask(&query)?;
        if let Some(board) = self.board()?
            && let Some(row) = board
                .serving
                .iter()
                .find(|row| row.status != AppointmentStatus::Called)
        {
            let detail = format!("{}: {:?}", self.station.name, row.status);
            return Err(Violation::new("who is shown at a counter was called", detail));
        }
        Ok(())
    }
}
