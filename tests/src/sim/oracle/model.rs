// SPDX-License-Identifier: EUPL-1.2
//! The oracle's own idea of the world, worked out from facts by rules written down a second time, from the description of the
//! domain and not from its code.

use super::cases::Handled;
use super::journal::Journal;
use super::meeting::{Meeting, Stage};
use super::right::{Right, of_right};
use crate::facts::CAMPAIGN;
use sportello_domain::event::Event;
use sportello_domain::exceptions::CaseKind;
use sportello_domain::ids::{AppointmentId, CaseId, DeliveryId, DeskId, EntitlementId, SlipId};
use sportello_domain::meta::EventMeta;
use sportello_domain::serial::Run;
use sportello_domain::stock::{RemovalReason, ShipmentNo, ShipmentOutcome, StockSettled};
use sportello_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// One voucher.
pub type Voucher = (String, u8, u64);

/// The vouchers of some runs, one by one.
pub fn vouchers(runs: &[Run]) -> impl Iterator<Item = Voucher> + '_ {
    runs.iter()
        .flat_map(|run| (run.first..=run.last).map(|number| (run.series.clone(), run.width, number)))
}

/// What a desk was supplied with.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// Vouchers that ever came in.
    pub came: BTreeSet<Voucher>,
    /// Came in and were not removed.
    pub supplied: BTreeSet<Voucher>,
    /// Where those are that came in and are not supplied any more.
    pub gone: BTreeMap<Voucher, Gone>,
}

/// Where a voucher is that a desk was supplied with and has not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Removed.
    Removed(RemovalReason),
    /// Sent off, and what was settled.
    Sent(ShipmentNo, Option<ShipmentOutcome>),
    /// Burnt.
    Destroyed,
}

impl Stock {
    fn comes(&mut self, runs: &[Run]) {
        for voucher in vouchers(runs) {
            self.came.insert(voucher.clone());
            self.gone.remove(&voucher);
            self.supplied.insert(voucher);
        }
    }

    fn goes(&mut self, runs: &[Run], to: Gone) {
        for voucher in vouchers(runs) {
            if self.supplied.remove(&voucher) {
                self.gone.insert(voucher, to);
            }
        }
    }

    /// Whatever a paper or a file said, it was away and nobody had said yet what became of it.
    fn settled(&mut self, fact: &StockSettled) {
        for voucher in vouchers(&fact.runs) {
            if self.gone.get(&voucher) != Some(&Gone::Sent(fact.shipment, None)) {
                continue;
            }
            if fact.outcome == ShipmentOutcome::TakenBack {
                self.gone.remove(&voucher);
                self.supplied.insert(voucher);
            } else {
                self.gone
                    .insert(voucher, Gone::Sent(fact.shipment, Some(fact.outcome)));
            }
        }
    }

    fn burnt(&mut self, runs: &[Run]) {
        for voucher in vouchers(runs) {
            let damaged = matches!(
                self.gone.get(&voucher),
                Some(Gone::Removed(RemovalReason::Damaged) | Gone::Sent(_, Some(ShipmentOutcome::Damaged)))
            );
            if self.supplied.remove(&voucher) || damaged {
                self.gone.insert(voucher, Gone::Destroyed);
            }
        }
    }
}

/// The indicator and what stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Entitled.
    pub entitled: u64,
    /// Entitled and presented with an appointment.
    pub presented: u64,
    /// Of these, served.
    pub served: u64,
    /// Got something without having presented with an appointment.
    pub walk_ins: u64,
    /// Missed an appointment and never came.
    pub no_shows: u64,
    /// Cents that are out.
    pub delivered: i64,
}

/// The world.
#[derive(Debug, Default)]
pub struct Model {
    /// Every right of the campaign.
    pub rights: BTreeMap<EntitlementId, Right>,
    /// Every desk's stock.
    pub stocks: BTreeMap<DeskId, Stock>,
    /// Shipments whose sender's record is there.
    pub sent: BTreeSet<ShipmentNo>,
    /// What arrived of each shipment.
    pub arrived: BTreeMap<ShipmentNo, BTreeSet<Voucher>>,
    /// What was done with each case.
    pub cases: BTreeMap<CaseId, Handled>,
    /// How often each paper was accepted.
    pub accepted: BTreeMap<SlipId, u32>,
    /// Papers accepted by desks that knew nothing of the household.
    pub carried: u64,
    /// Deliveries on rights whose beginning left the logs.
    pub delivered_only: u64,
    /// Vouchers that are out with more than one delivery.
    pub out_twice: u64,
    /// Every appointment, and everybody who came without one.
    pub meetings: BTreeMap<AppointmentId, Meeting>,
    /// Called by a desk while they were at another's counter.
    pub called_twice: u64,
}

impl Model {
    /// What a journal's facts come to.
    pub fn of(journal: &Journal) -> Self {
        let mut model = Self::default();
        for (meta, event) in &journal.facts {
            model.take(meta, event);
        }
        model.serials_twice();
        model
    }

    fn take(&mut self, meta: &EventMeta, event: &Event) {
        match event {
            Event::StockReceived(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                stock.comes(&fact.runs);
            }
            Event::StockArrived(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                stock.comes(&fact.runs);
                self.arrived
                    .entry(fact.shipment)
                    .or_default()
                    .extend(vouchers(&fact.runs));
            }
            Event::StockShipped(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                stock.goes(&fact.runs, Gone::Sent(fact.shipment, None));
                self.sent.insert(fact.shipment);
            }
            Event::StockSettled(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                stock.settled(fact);
            }
            Event::StockDestroyed(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                stock.burnt(&fact.runs);
            }
            Event::StockRemoved(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                stock.goes(&fact.runs, Gone::Removed(fact.reason));
            }
            Event::EntitlementGranted(fact) if fact.campaign == CAMPAIGN => {
                let id = EntitlementId(meta.entity.id);
                let new = Right::new(fact.household, fact.holder);
                let right = self.rights.entry(id).or_insert(new);
                right.two_holders |= right.holder != fact.holder;
                right.set_amount(fact.amount.0);
            }
            Event::AppointmentBooked(_) | Event::AppointmentWalkedIn(_) => {
                // Of one that two desks took in from the same list the first word holds, but for whose it is: who knew says that.
                if let Some(new) = Meeting::begun(event) {
                    let id = AppointmentId(meta.entity.id);
                    let whose = (new.household, new.entitlement);
                    self.meetings.entry(id).or_insert(new).be_of(whose);
                }
            }
            Event::CaseAssigned(_)
            | Event::CaseNoted(_)
            | Event::CaseDecided(_)
            | Event::CaseCountersigned(_)
            | Event::CaseReopened(_) => {
                self.cases
                    .entry(CaseId(meta.entity.id))
                    .or_default()
                    .take(meta, event);
            }
            _ => {
                if let Event::CustodyAccepted(fact) = event {
                    *self.accepted.entry(fact.slip).or_default() += 1;
                    self.carried += u64::from(fact.carried.is_some());
                    if let Some(carried) = fact.carried.filter(|carried| carried.campaign == CAMPAIGN) {
                        self.rights
                            .entry(EntitlementId(meta.entity.id))
                            .or_insert_with(|| {
                                let mut right = Right::new(carried.household, fact.from);
                                right.set_amount(carried.due.0);
                                right
                            });
                    }
                }
                if let Event::DeliveryConfirmed(fact) = event
                    && let Some(told) = fact.right.filter(|told| told.campaign == CAMPAIGN)
                {
                    let known = self.rights.entry(EntitlementId(meta.entity.id));
                    known.or_insert_with(|| {
                        self.delivered_only += 1;
                        Right::delivered_only(told.household, told.due.0, meta.desk, fact.id)
                    });
                }
                if let Some(right) = self.rights.get_mut(&EntitlementId(meta.entity.id)) {
                    of_right(right, meta, event);
                }
                if let Some(meeting) = self.meetings.get_mut(&AppointmentId(meta.entity.id)) {
                    self.called_twice += u64::from(meeting.take(meta, event));
                }
            }
        }
    }

    /// The indicator and what stands beside it, counted by households.
    pub fn figures(&self) -> Figures {
        let turned_up = |household, stage_is: &dyn Fn(&Meeting) -> bool| {
            self.meetings
                .values()
                .any(|m| m.household == Some(household) && !m.walk_in && m.is_for_campaign() && stage_is(m))
        };
        let mut figures = Figures::default();
        for right in self.rights.values() {
            figures.delivered += right.delivered();
            if !right.holds() {
                continue;
            }
            figures.entitled += 1;
            let came = turned_up(right.household, &|m| m.came && m.stage != Stage::CalledOff);
            let missed = turned_up(right.household, &|m| !m.came && m.stage == Stage::Missed);
            if came {
                figures.presented += 1;
                figures.served += u64::from(right.served());
            } else {
                figures.walk_ins += u64::from(right.delivered() > 0);
                figures.no_shows += u64::from(missed);
            }
        }
        figures
    }

    /// What a desk holds: supplied, and not out with a delivery of its own.
    pub fn held(&self, desk: DeskId) -> BTreeSet<Voucher> {
        let mut held = self
            .stocks
            .get(&desk)
            .map(|stock| stock.supplied.clone())
            .unwrap_or_default();
        for out in self.rights.values().flat_map(|right| &right.out) {
            if out.desk == desk && out.back != Some(true) {
                for voucher in vouchers(&out.runs) {
                    held.remove(&voucher);
                }
            }
        }
        held
    }

    /// Of deliveries that bear the same voucher all but the first are odd: only one of them can have handed it over.
    fn serials_twice(&mut self) {
        let mut out: BTreeMap<Voucher, Vec<(Timestamp, DeliveryId, EntitlementId)>> = BTreeMap::new();
        for (id, right) in &self.rights {
            for delivery in right.out.iter().filter(|out| out.back != Some(true)) {
                for voucher in vouchers(&delivery.runs) {
                    out.entry(voucher)
                        .or_default()
                        .push((delivery.at, delivery.id, *id));
                }
            }
        }
        for mut with in out.into_values().filter(|with| with.len() > 1) {
            self.out_twice += 1;
            with.sort_unstable();
            for (_, delivery, id) in with.drain(1..) {
                if let Some(right) = self.rights.get_mut(&id) {
                    right.odd.insert((CaseKind::SerialsTwice, delivery));
                }
            }
        }
    }

    /// Vouchers that more than one desk was supplied with.
    pub fn supplied_twice(&self) -> BTreeSet<Voucher> {
        // What arrived of a shipment whose sender's record is not there went from that sender all the same.
        let left = |desk: DeskId, voucher: &Voucher| {
            self.arrived.iter().any(|(shipment, came)| {
                shipment.from == desk && !self.sent.contains(shipment) && came.contains(voucher)
            })
        };
        let mut seen = BTreeSet::new();
        let all = self
            .stocks
            .iter()
            .flat_map(|(desk, stock)| stock.supplied.iter().map(|voucher| (*desk, voucher)));
        all.filter(|(desk, voucher)| !left(*desk, voucher) && !seen.insert(*voucher))
            .map(|(_, voucher)| voucher.clone())
            .collect()
    }
}
