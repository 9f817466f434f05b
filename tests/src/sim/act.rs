// SPDX-License-Identifier: EUPL-1.2
//! From a deed to a command: what somebody does with what the desk shows. Everything is looked up through the second door.

use super::dice::Dice;
use super::plan::Deed;
use super::report::Violation;
use super::station::Station;
use super::town::{Person, Town};
use crate::counter::{by_hand, in_person};
use crate::facts::{CAMPAIGN, SERVICE, apply};
use chrono::NaiveDateTime;
use serde_json::json;
use sportello_desk::view::{
    AppointmentRow, BoardView, CounterView, DeskRow, HouseholdView, ReferenceView, StockView,
};
use sportello_desk::{Command, DeskError, Query, View};
use sportello_domain::appointment::{self, AppointmentStatus};
use sportello_domain::command::FileInput;
use sportello_domain::entitlement::{
    Collector, Decision, Delivery, Document, DocumentKind, EntitlementStatus, RefusalReason,
};
use sportello_domain::ids::{EntitlementId, HouseholdId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::RemovalReason;

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
                return Err(Violation::new("a question gets its own answer", detail));
            }
            None => return Ok(None),
        }
    }};
}

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
            | Deed::ForceNotHolder
            | Deed::ForceUnknownSerials
            | Deed::ForceOutsidePeriod => self.deliver(deed),
            Deed::Refuse => self.refuse(),
            Deed::ReverseReturned | Deed::ReverseLost | Deed::ReverseForOthers => self.reverse(deed),
            Deed::Note | Deed::Correct => self.household_deed(deed),
            Deed::AskCustody | Deed::GiveCustody | Deed::MoveCustody => self.custody(deed),
            Deed::BeginDraft | Deed::DropDraft => self.draft(deed),
            Deed::Import | Deed::ImportAgain | Deed::ImportOlder => self.import(deed),
            Deed::AddHousehold => Ok(Some(self.add_household())),
            Deed::Revise | Deed::Lower | Deed::Revoke | Deed::GrantAgain => self.revise(deed),
            Deed::Resolve => self.resolve(),
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

    fn part_of_holdings(&mut self) -> Result<Option<Run>, Violation> {
        let Some(stock) = self.holdings()? else {
            return Ok(None);
        };
        let Some(run) = self.dice.pick(&stock.held).cloned() else {
            return Ok(None);
        };
        let count = self
            .dice
            .between(1, usize::try_from(run.count().min(30)).unwrap_or(1)) as u64;
        Ok(Some(Run {
            first: run.last + 1 - count,
            ..run
        }))
    }

    fn stock(&mut self, deed: Deed) -> Chosen {
        let campaign = CAMPAIGN;
        let receive = |run, note: &str| {
            Some(Command::ReceiveStock {
                campaign,
                runs: vec![run],
                note: note.into(),
            })
        };
        let remove = |run, reason| {
            Some(Command::RemoveStock {
                campaign,
                runs: vec![run],
                reason,
                note: "Contati due volte".into(),
            })
        };
        Ok(match deed {
            Deed::ReceiveStock => {
                let late = self.town.not_entered.iter().position(|(at, _)| *at == self.at);
                if let Some(late) = late {
                    let (_, run) = self.town.not_entered.remove(late);
                    return Ok(receive(run, "Inseriti dopo"));
                }
                let vouchers = self.dice.between(40, 250) as u64;
                receive(self.town.booklets(vouchers), "Bolla 12")
            }
            Deed::ReceiveTransferred => {
                if self.town.transit.is_empty() {
                    return Ok(None);
                }
                let at = self.dice.below(self.town.transit.len());
                receive(self.town.transit[at].clone(), "Da un'altra sede")
            }
            Deed::ReceiveWhatOthersHave => match self.dice.pick(&self.town.supplied).cloned() {
                Some(run) => receive(run, "Bolla letta male"),
                None => None,
            },
            Deed::SendAway => self
                .part_of_holdings()?
                .and_then(|run| remove(run, RemovalReason::Returned)),
            _ => {
                let reasons = [
                    RemovalReason::Damaged,
                    RemovalReason::Lost,
                    RemovalReason::Miscounted,
                ];
                let reason = reasons[self.dice.below(reasons.len())];
                self.part_of_holdings()?.and_then(|run| remove(run, reason))
            }
        })
    }

    fn slot(&mut self, site: SiteId) -> Result<Option<NaiveDateTime>, Violation> {
        let slots = ask!(
            self,
            FreeSlots,
            Query::FreeSlots {
                service: SERVICE,
                site,
                from: None,
                limit: Some(8)
            }
        );
        Ok(self.dice.pick(&slots.slots).map(|slot| slot.start))
    }

    fn book(&mut self, deed: Deed) -> Chosen {
        let Some((reference, me)) = self.me()? else {
            return Ok(None);
        };
        let site = if deed == Deed::BookElsewhere {
            let Some(site) = self.dice.pick(&reference.sites) else {
                return Ok(None);
            };
            site.id
        } else {
            me.site
        };
        let Some(start) = self.slot(site)? else {
            return Ok(None);
        };
        let overbook = self.dice.chance(300).then(|| "Urgenza".to_owned());
        if deed == Deed::Move {
            let Some(board) = self.board()? else {
                return Ok(None);
            };
            let rows: Vec<AppointmentRow> = [board.due, board.late, board.missed].concat();
            return Ok(self.dice.pick(&rows).map(|row| Command::MoveAppointment {
                appointment: row.id,
                site,
                start,
                overbook,
            }));
        }
        let (household, person) = if deed == Deed::BookPerson {
            let person = appointment::Person {
                name: "Persona Qualunque".into(),
                phone: "399 111 2222".into(),
            };
            (None, Some(person))
        } else {
            let Some(household) = self.somebody()? else {
                return Ok(None);
            };
            (Some(household), None)
        };
        Ok(Some(Command::BookAppointment {
            household,
            person,
            service: SERVICE,
            site,
            start,
            overbook,
        }))
    }

    fn step(&mut self, deed: Deed) -> Chosen {
        let Some(board) = self.board()? else {
            return Ok(None);
        };
        let (serving, waiting, parked) = (board.serving, board.waiting, board.parked);
        let (due, late, missed) = (board.due, board.late, board.missed);
        let mut rows = match deed {
            Deed::Cancel => [due, late].concat(),
            Deed::Present => [due, late, parked, missed].concat(),
            Deed::Call if !waiting.is_empty() => waiting,
            Deed::Call => [due, parked].concat(),
            Deed::Park => [serving, waiting].concat(),
            Deed::Miss => late,
            Deed::Undo => [serving, waiting, parked, missed].concat(),
            _ => [serving, waiting, parked].concat(),
        };
        if deed == Deed::ClosePerson {
            rows.retain(|row| row.person.is_some());
        }
        let Some(row) = self.dice.pick(&rows).cloned() else {
            return Ok(None);
        };
        let appointment = row.id;
        let reason = "Torna più tardi".to_owned();
        Ok(Some(match deed {
            Deed::Cancel => Command::CancelAppointment { appointment, reason },
            Deed::Present => Command::PresentAppointment { appointment },
            Deed::Call => Command::CallAppointment { appointment },
            Deed::Park => Command::ParkAppointment { appointment, reason },
            Deed::Miss => Command::MissAppointment { appointment },
            Deed::Undo => Command::UndoAppointment { appointment },
            _ => Command::CloseAppointment {
                appointment,
                outcome: appointment::Outcome::Served,
            },
        }))
    }

    fn collector(&mut self) -> Collector {
        if self.dice.chance(850) {
            return in_person();
        }
        let document = |number: &str| Document {
            kind: DocumentKind::Passport,
            number: number.into(),
        };
        Collector::Delegate {
            name: "Delegata Comune".into(),
            tax_code: None,
            document: document("YA1234567"),
            delegator_document: document("CA00000AA"),
        }
    }

    /// Whoever is at the counter, or waits, with a right that can be served.
    fn at_the_counter(&mut self) -> Result<Option<Box<CounterView>>, Violation> {
        let Some(board) = self.board()? else {
            return Ok(None);
        };
        let rows = [board.serving, board.waiting, board.parked].concat();
        let rights: Vec<EntitlementId> = rows.iter().filter_map(|row| row.entitlement).collect();
        match self.dice.pick(&rights) {
            Some(right) => self.counter(*right),
            None => Ok(None),
        }
    }

    fn deliver(&mut self, deed: Deed) -> Chosen {
        let due = |counter: &CounterView| {
            matches!(
                counter.entitlement.status,
                EntitlementStatus::Due | EntitlementStatus::Partial
            )
        };
        let counter = match deed {
            Deed::Deliver | Deed::DeliverPartly | Deed::DeliverTooMuch => self.at_the_counter()?,
            Deed::DeliverWalkIn | Deed::DeliverScanned => {
                self.counter_where(|counter| due(counter) && counter.entitlement.here)?
            }
            Deed::ForceNotHolder => {
                self.counter_where(|counter| due(counter) && !counter.entitlement.here)?
            }
            _ => self.counter_where(due)?,
        };
        let Some(counter) = counter else {
            // Nobody is there yet: whoever comes next goes one step further.
            return match self.step(Deed::Call)? {
                Some(command) => Ok(Some(command)),
                None => self.step(Deed::Present),
            };
        };
        let right = &counter.entitlement;
        let mut runs = counter.next_serials.clone();
        let vouchers = right.vouchers;
        if vouchers == 0 {
            return Ok(None);
        }
        let (mut force, mut partial) = (None, None);
        match deed {
            Deed::ForceNotHolder => force = Some("La sede è chiusa e la persona è qui".to_owned()),
            Deed::ForceOutsidePeriod => {
                let code = counter.obstacle.as_ref().map(|o| o.problem.code.as_str());
                if code != Some("outside_period") {
                    return Ok(None);
                }
                force = Some("L'orologio è sbagliato".to_owned());
            }
            Deed::ForceUnknownSerials => {
                let run = self.town.booklets(vouchers);
                runs = vec![run];
                force = Some("Carnet non ancora caricati".to_owned());
            }
            Deed::DeliverScanned => {
                let Some(run) = self.scanned(vouchers)? else {
                    return Ok(None);
                };
                runs = vec![run];
            }
            Deed::DeliverPartly => {
                let few = self.dice.between(1, usize::try_from(vouchers).unwrap_or(1)) as u64;
                runs = first_of(&runs, few);
                partial = Some("Carnet finiti".to_owned());
            }
            Deed::DeliverTooMuch => {
                let Some(stock) = self.holdings()? else {
                    return Ok(None);
                };
                runs = first_of(&stock.held, vouchers + 1);
            }
            _ => {}
        }
        if runs.is_empty() {
            return Ok(None);
        }
        let short = serial::count(&runs) < vouchers;
        if short && partial.is_none() {
            partial = Some("Carnet finiti".to_owned());
        }
        Ok(Some(Command::ConfirmDelivery {
            entitlement: right.entitlement.id,
            appointment: counter.appointment.as_ref().map(|row| row.id),
            collector: self.collector(),
            runs,
            force,
            partial,
        }))
    }

    /// Serials as somebody scans them, out of the middle of what the desk holds; none where the desk says that it has not got them.
    fn scanned(&mut self, vouchers: u64) -> Result<Option<Run>, Violation> {
        let Some(stock) = self.holdings()? else {
            return Ok(None);
        };
        let long: Vec<Run> = stock
            .held
            .into_iter()
            .filter(|run| run.count() >= vouchers)
            .collect();
        let Some(run) = self.dice.pick(&long).cloned() else {
            return Ok(None);
        };
        let room = usize::try_from(run.count() - vouchers).unwrap_or(0);
        let first = run.first + self.dice.below(room + 1) as u64;
        let run = Run {
            first,
            last: first + vouchers - 1,
            ..run
        };
        let check = ask!(
            self,
            SerialCheck,
            Query::CheckSerials {
                campaign: CAMPAIGN,
                first: run.first_serial(),
                last: run.last_serial()
            }
        );
        Ok(check.run.filter(|_| check.problem.is_none()))
    }

    fn refuse(&mut self) -> Chosen {
        let counter = match self.at_the_counter()? {
            Some(counter) => Some(counter),
            None => self.counter_where(|_| true)?,
        };
        let reasons = [
            RefusalReason::NoDocument,
            RefusalReason::NoDelega,
            RefusalReason::NoStock,
            RefusalReason::Declined,
            RefusalReason::Other,
        ];
        let reason = reasons[self.dice.below(reasons.len())];
        Ok(counter.map(|counter| Command::RefuseDelivery {
            entitlement: counter.entitlement.entitlement.id,
            appointment: counter.appointment.as_ref().map(|row| row.id),
            reason,
            note: "Torna domani".into(),
        }))
    }

    fn reverse(&mut self, deed: Deed) -> Chosen {
        let mine = self.station.id;
        let open = |delivery: &&Delivery| {
            delivery.reversal.is_none() && (deed == Deed::ReverseForOthers || delivery.desk == mine)
        };
        let found = self.counter_where(|counter| {
            counter
                .entitlement
                .entitlement
                .deliveries
                .iter()
                .any(|delivery| open(&delivery))
        })?;
        let Some(counter) = found else { return Ok(None) };
        let right = &counter.entitlement.entitlement;
        let returned = match deed {
            Deed::ReverseReturned => true,
            Deed::ReverseLost => false,
            _ => self.dice.chance(500),
        };
        Ok(right
            .deliveries
            .iter()
            .find(open)
            .map(|delivery| Command::ReverseDelivery {
                entitlement: right.id,
                delivery: delivery.id,
                reason: "Carnet sbagliato".into(),
                returned,
            }))
    }

    fn household_deed(&mut self, deed: Deed) -> Chosen {
        let Some(household) = self.somebody()? else {
            return Ok(None);
        };
        if deed == Deed::Note {
            let text = format!("Nota {}", self.dice.below(10_000));
            return Ok(Some(Command::AddNote { household, text }));
        }
        let Some(view) = self.household(household)? else {
            return Ok(None);
        };
        let mut data = view.household.data;
        match self.dice.below(4) {
            0 => data.quartiere = data.quartiere % 5 + 1,
            1 => data.minors = data.size.min(data.minors + 1),
            2 => data.address.number = self.dice.below(200).to_string(),
            _ => data.phone = format!("399 777 {:04}", self.dice.below(10_000)),
        }
        Ok(Some(Command::CorrectHousehold { household, data }))
    }

    fn custody(&mut self, deed: Deed) -> Chosen {
        let here = deed == Deed::GiveCustody;
        let counter =
            self.counter_where(|counter| deed == Deed::MoveCustody || counter.entitlement.here == here)?;
        let (Some(counter), Some(reference)) = (counter, self.reference()?) else {
            return Ok(None);
        };
        let entitlement = counter.entitlement.entitlement.id;
        let reason = "La persona è qui".to_owned();
        if deed == Deed::AskCustody {
            let to = None;
            return Ok(Some(Command::RequestCustody {
                entitlement,
                to,
                reason,
            }));
        }
        // Now and then to one that cannot see the household.
        let wrong = self.dice.chance(80);
        let lives = Topic::Quartiere(counter.household.data.quartiere);
        let others: Vec<DeskRow> = reference
            .desks
            .into_iter()
            .filter(|desk| !desk.this && !desk.supervises && (wrong || desk.reads.contains(&lives)))
            .collect();
        let Some(to) = self.dice.pick(&others).map(|desk| desk.id) else {
            return Ok(None);
        };
        Ok(Some(if here {
            Command::ReleaseCustody { entitlement, to }
        } else {
            let to = Some(to);
            Command::RequestCustody {
                entitlement,
                to,
                reason,
            }
        }))
    }

    fn draft(&mut self, deed: Deed) -> Chosen {
        if deed == Deed::DropDraft {
            let Some(board) = self.board()? else {
                return Ok(None);
            };
            return Ok(self.dice.pick(&board.drafts).map(|row| Command::KeepDraft {
                entitlement: row.entitlement,
                draft: None,
            }));
        }
        let counter = self.at_the_counter()?;
        Ok(counter.map(|counter| Command::KeepDraft {
            entitlement: counter.entitlement.entitlement.id,
            draft: Some(json!({ "step": 2 })),
        }))
    }

    fn import(&mut self, deed: Deed) -> Chosen {
        let list: Option<FileInput> = match deed {
            Deed::Import => Some(self.town.next_list()),
            Deed::ImportAgain => self.town.last_list(),
            _ if self.dice.chance(500) => Some(self.town.late_list(&mut self.dice)),
            _ => self.town.older_list(&mut self.dice),
        };
        let Some(file) = list else { return Ok(None) };
        let preview = ask!(
            self,
            ImportPreview,
            Query::ImportPreview {
                campaign: CAMPAIGN,
                file: file.clone(),
                issued: None
            }
        );
        Ok(preview.issued.is_some().then(|| apply(&file, &preview)))
    }

    fn add_household(&mut self) -> Command {
        let quartiere = u8::try_from(self.dice.between(1, 5)).unwrap_or(1);
        by_hand(&self.town.new_surname(), quartiere)
    }

    fn revise(&mut self, deed: Deed) -> Chosen {
        let counter = self.counter_where(|counter| {
            let status = counter.entitlement.status;
            match deed {
                Deed::GrantAgain => status == EntitlementStatus::Revoked,
                Deed::Lower => counter.entitlement.delivered.0 > 1000,
                _ => true,
            }
        })?;
        let Some(counter) = counter else { return Ok(None) };
        let entitlement = counter.entitlement.entitlement.id;
        let reason = "Relazione dei Servizi Sociali".to_owned();
        if deed == Deed::Revoke {
            return Ok(Some(Command::RevokeEntitlement { entitlement, reason }));
        }
        let vouchers = if deed == Deed::Lower {
            let delivered = usize::try_from(counter.entitlement.delivered.0 / 1000).unwrap_or(1);
            self.dice.between(1, delivered)
        } else {
            self.dice.between(8, 50)
        };
        let amount = Cents(1000 * i64::try_from(vouchers).unwrap_or(1));
        Ok(Some(Command::ReviseEntitlement {
            entitlement,
            amount,
            reason,
        }))
    }

    fn resolve(&mut self) -> Chosen {
        let open = ask!(self, Exceptions, Query::Exceptions { all: false });
        let decisions = [Decision::Accepted, Decision::Corrected, Decision::Referred];
        let decision = decisions[self.dice.below(decisions.len())];
        Ok(self.dice.pick(&open.rows).map(|row| Command::ResolveException {
            entitlement: row.entitlement,
            exception: row.anomaly.id,
            decision,
            reason: "Verificato".into(),
        }))
    }

    /// Somebody only looks. Every page can be shown.
    pub fn look(&mut self) -> Result<(), Violation> {
        let day = chrono::NaiveDate::from_ymd_opt(2021, 3, 1).unwrap();
        let query = match self.dice.below(9) {
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
            6 => Query::Exceptions { all: true },
            7 => Query::Indicator { campaign: CAMPAIGN },
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

/// The first vouchers of some runs.
fn first_of(runs: &[Run], vouchers: u64) -> Vec<Run> {
    let (mut taken, mut left) = (Vec::new(), vouchers);
    for run in runs {
        if left == 0 {
            break;
        }
        let count = run.count().min(left);
        taken.push(Run {
            last: run.first + count - 1,
            ..run.clone()
        });
        left -= count;
    }
    taken
}
