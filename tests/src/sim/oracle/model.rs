// SPDX-License-Identifier: EUPL-1.2
//! The oracle's own idea of the world, worked out from facts by rules written down a second time, from the description of the
//! domain and not from its code.

use super::journal::Journal;
use crate::facts::{CAMPAIGN, SERVICE};
use sportello_domain::entitlement::AnomalyKind;
use sportello_domain::event::Event;
use sportello_domain::ids::{AppointmentId, DeliveryId, DeskId, EntitlementId, ExceptionId, HouseholdId};
use sportello_domain::meta::EventMeta;
use sportello_domain::serial::Run;
use std::collections::{BTreeMap, BTreeSet};

/// One voucher.
pub type Voucher = (String, u8, u64);

/// The vouchers of some runs, one by one.
pub fn vouchers(runs: &[Run]) -> impl Iterator<Item = Voucher> + '_ {
    runs.iter()
        .flat_map(|run| (run.first..=run.last).map(|number| (run.series.clone(), run.width, number)))
}

/// Vouchers handed over.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// The delivery.
    pub id: DeliveryId,
    /// By whom.
    pub desk: DeskId,
    /// Cents.
    pub amount: i64,
    /// Which.
    pub runs: Vec<Run>,
    /// A rule was gone over.
    pub forced: bool,
    /// Taken back; and whether the vouchers came back too.
    pub back: Option<bool>,
}

/// A household's right.
#[derive(Clone, Debug)]
pub struct Right {
    /// Whose.
    pub household: HouseholdId,
    /// Cents, now.
    pub amount: i64,
    /// The most that it ever was.
    pub most: i64,
    /// Withdrawn.
    pub withdrawn: bool,
    /// Who may serve.
    pub holder: DeskId,
    /// Granted twice, to be served by different desks: two supervisors did not know of each other.
    pub two_holders: bool,
    /// What was handed over.
    pub out: Vec<HandedOver>,
    /// What a supervisor must see.
    pub odd: BTreeSet<(AnomalyKind, DeliveryId)>,
}

impl Right {
    /// Cents that are out.
    pub fn delivered(&self) -> i64 {
        self.out
            .iter()
            .filter(|out| out.back.is_none())
            .map(|out| out.amount)
            .sum()
    }

    /// All that is due is out.
    pub fn served(&self) -> bool {
        self.delivered() > 0 && self.delivered() >= self.amount
    }

    /// Counts among the entitled.
    pub fn holds(&self) -> bool {
        self.served() || !self.withdrawn
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Awaited,
    Here,
    AtCounter,
    Aside,
    Missed,
    CalledOff,
    Over,
}

#[derive(Clone, Debug)]
struct Meeting {
    household: Option<HouseholdId>,
    concerns: bool,
    stage: Stage,
    before: Option<Stage>,
    came: bool,
}

impl Meeting {
    fn go(&mut self, stage: Stage) {
        self.before = Some(self.stage);
        self.stage = stage;
    }
}

/// What a desk was supplied with.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// Vouchers that came in, as often as they came.
    pub came: u64,
    /// Came in and were not removed.
    pub supplied: BTreeSet<Voucher>,
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
    /// Decided by a supervisor.
    pub decided: BTreeSet<ExceptionId>,
    meetings: BTreeMap<AppointmentId, Meeting>,
}

impl Model {
    /// What a journal's facts come to.
    pub fn of(journal: &Journal) -> Self {
        let mut model = Self::default();
        for (meta, event) in &journal.facts {
            model.take(meta, event);
        }
        model
    }

    fn take(&mut self, meta: &EventMeta, event: &Event) {
        match event {
            Event::StockReceived(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                for voucher in vouchers(&fact.runs) {
                    stock.came += 1;
                    stock.supplied.insert(voucher);
                }
            }
            Event::StockRemoved(fact) => {
                let stock = self.stocks.entry(DeskId(meta.entity.id)).or_default();
                for voucher in vouchers(&fact.runs) {
                    stock.supplied.remove(&voucher);
                }
            }
            Event::EntitlementGranted(fact) if fact.campaign == CAMPAIGN => {
                let id = EntitlementId(meta.entity.id);
                let right = self.rights.entry(id).or_insert(Right {
                    household: fact.household,
                    amount: 0,
                    most: 0,
                    withdrawn: false,
                    holder: fact.holder,
                    two_holders: false,
                    out: Vec::new(),
                    odd: BTreeSet::new(),
                });
                right.two_holders |= right.holder != fact.holder;
                set_amount(right, fact.amount.0);
            }
            Event::AppointmentBooked(fact) => {
                self.meetings.insert(
                    AppointmentId(meta.entity.id),
                    Meeting {
                        household: fact.household,
                        concerns: fact.service == SERVICE,
                        stage: Stage::Awaited,
                        before: None,
                        came: false,
                    },
                );
            }
            Event::ExceptionResolved(fact) => {
                self.decided.insert(fact.exception);
            }
            _ => {
                if let Some(right) = self.rights.get_mut(&EntitlementId(meta.entity.id)) {
                    of_right(right, meta, event);
                }
                if let Some(meeting) = self.meetings.get_mut(&AppointmentId(meta.entity.id)) {
                    of_meeting(meeting, event);
                }
            }
        }
    }

    /// The indicator and what stands beside it, counted by households.
    pub fn figures(&self) -> Figures {
        let turned_up = |household, stage_is: &dyn Fn(&Meeting) -> bool| {
            self.meetings
                .values()
                .any(|m| m.household == Some(household) && m.concerns && stage_is(m))
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

    /// Vouchers that are out with two deliveries, of which a supervisor sees neither.
    pub fn out_twice_unseen(&self) -> u64 {
        let mut out: BTreeMap<Voucher, u32> = BTreeMap::new();
        for right in self.rights.values() {
            for delivery in right.out.iter().filter(|out| out.back != Some(true)) {
                let seen = right.odd.iter().any(|(_, id)| *id == delivery.id);
                for voucher in vouchers(&delivery.runs) {
                    *out.entry(voucher).or_default() += if seen { 1000 } else { 1 };
                }
            }
        }
        out.values().filter(|times| (2..1000).contains(*times)).count() as u64
    }
}

fn set_amount(right: &mut Right, cents: i64) {
    (right.amount, right.withdrawn) = (cents, false);
    right.most = right.most.max(cents);
}

fn of_right(right: &mut Right, meta: &EventMeta, event: &Event) {
    match event {
        Event::EntitlementRevised(fact) => set_amount(right, fact.amount.0),
        Event::EntitlementRevoked(_) => right.withdrawn = true,
        Event::CustodyReleased(fact) if meta.desk == right.holder => right.holder = fact.to,
        Event::DeliveryConfirmed(fact) => {
            let (out, cents) = (right.delivered(), fact.amount.0);
            let kinds = [
                (AnomalyKind::Forced, fact.forced.is_some()),
                (AnomalyKind::NotHolder, meta.desk != right.holder),
                (AnomalyKind::AfterRevocation, right.withdrawn),
                (AnomalyKind::Double, out > 0 && out + cents > right.amount),
                (AnomalyKind::OverAmount, out == 0 && cents > right.amount),
            ];
            for (kind, is) in kinds {
                if is {
                    right.odd.insert((kind, fact.id));
                }
            }
            right.out.push(HandedOver {
                id: fact.id,
                desk: meta.desk,
                amount: cents,
                runs: fact.runs.clone(),
                forced: fact.forced.is_some(),
                back: None,
            });
        }
        Event::DeliveryReversed(fact) => {
            let open = right
                .out
                .iter_mut()
                .find(|out| out.id == fact.delivery && out.back.is_none());
            if let Some(out) = open {
                out.back = Some(fact.returned);
                if !fact.returned {
                    right.odd.insert((AnomalyKind::NotReturned, fact.delivery));
                }
            }
        }
        _ => {}
    }
}

fn of_meeting(meeting: &mut Meeting, event: &Event) {
    let over = meeting.stage == Stage::Over;
    match event {
        Event::AppointmentMoved(_) if matches!(meeting.stage, Stage::Missed | Stage::CalledOff) => {
            meeting.go(Stage::Awaited);
        }
        Event::AppointmentCancelled(_) if matches!(meeting.stage, Stage::Awaited | Stage::Missed) => {
            meeting.go(Stage::CalledOff);
        }
        Event::AppointmentPresented(_) if !over => {
            meeting.go(Stage::Here);
            meeting.came = true;
        }
        Event::AppointmentCalled(_) if !over => {
            meeting.go(Stage::AtCounter);
            meeting.came = true;
        }
        Event::AppointmentParked(_) if !over => {
            meeting.go(Stage::Aside);
            meeting.came = true;
        }
        Event::AppointmentMissed(_) if meeting.stage == Stage::Awaited => meeting.go(Stage::Missed),
        Event::AppointmentFinished(_) => {
            meeting.go(Stage::Over);
            meeting.came = true;
        }
        Event::AppointmentUndone(fact) => {
            use sportello_domain::appointment::AppointmentStatus as Shown;
            let seen = match fact.status {
                Shown::Booked => Stage::Awaited,
                Shown::Presented => Stage::Here,
                Shown::Called => Stage::AtCounter,
                Shown::Parked => Stage::Aside,
                Shown::Missed => Stage::Missed,
                Shown::Cancelled => Stage::CalledOff,
                Shown::Finished => Stage::Over,
            };
            if meeting.stage == seen
                && let Some(before) = meeting.before.take()
            {
                meeting.came &= before != Stage::Awaited;
                meeting.stage = before;
            }
        }
        _ => {}
    }
}
