// SPDX-License-Identifier: EUPL-1.2
//! The counter: handed over, refused, taken back.

use super::{Chosen, Hand, ask};
use crate::counter::in_person;
use crate::facts::CAMPAIGN;
use crate::sim::plan::Deed;
use crate::sim::report::Violation;
use sportello_desk::view::CounterView;
use sportello_desk::{Command, Query, View};
use sportello_domain::entitlement::{
    Collector, Delivery, Document, DocumentKind, EntitlementStatus, RefusalReason,
};
use sportello_domain::ids::EntitlementId;
use sportello_domain::serial::{self, Run};

impl Hand<'_> {
    pub(super) fn collector(&mut self) -> Collector {
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
    pub(super) fn at_the_counter(&mut self) -> Result<Option<Box<CounterView>>, Violation> {
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

    pub(super) fn deliver(&mut self, deed: Deed) -> Chosen {
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
            Deed::DeliverCarried => self.came_with_a_paper()?.filter(|c| due(c) && c.entitlement.here),
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
                // Now and then with numbers read wrong: those of booklets that lie somewhere else, or are out already.
                let wrong = self.dice.chance(400);
                let foreign = self
                    .town
                    .supplied
                    .iter()
                    .filter(|run| wrong && run.count() >= vouchers);
                let foreign: Vec<Run> = foreign.cloned().collect();
                runs = match self.dice.pick(&foreign) {
                    Some(run) => first_of(std::slice::from_ref(run), vouchers),
                    None => vec![self.town.booklets(vouchers)],
                };
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
    pub(super) fn scanned(&mut self, vouchers: u64) -> Result<Option<Run>, Violation> {
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

    pub(super) fn refuse(&mut self) -> Chosen {
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

    pub(super) fn reverse(&mut self, deed: Deed) -> Chosen {
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
