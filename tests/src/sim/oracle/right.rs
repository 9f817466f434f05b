// SPDX-License-Identifier: EUPL-1.2
//! A household's right as the oracle knows it: who may serve, what is out, what is odd.

use sportello_domain::event::Event;
use sportello_domain::exceptions::CaseKind;
use sportello_domain::ids::{DeliveryId, DeskId, EntitlementId, HouseholdId, SlipId};
use sportello_domain::meta::EventMeta;
use sportello_domain::serial::Run;
use sportello_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Vouchers handed over.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// The delivery.
    pub id: DeliveryId,
    /// By whom.
    pub desk: DeskId,
    /// When, by that desk's clock.
    pub at: Timestamp,
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
    /// How often a supervisor took it from its holder.
    pub relieved: u32,
    /// Papers by which it was handed over.
    papers: BTreeMap<SlipId, Paper>,
    /// What was handed over.
    pub out: Vec<HandedOver>,
    /// What a supervisor must see.
    pub odd: BTreeSet<(CaseKind, DeliveryId)>,
}

/// What a paper is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    /// In somebody's hands.
    Out,
    /// The desk that it names has accepted it.
    Used,
    /// The right went on without it.
    Worthless,
}

impl Right {
    pub(super) fn new(household: HouseholdId, holder: DeskId) -> Self {
        Self {
            household,
            amount: 0,
            most: 0,
            withdrawn: false,
            holder,
            two_holders: false,
            relieved: 0,
            papers: BTreeMap::new(),
            out: Vec::new(),
            odd: BTreeSet::new(),
        }
    }

    /// One of which nothing but a delivery is left.
    pub(super) fn delivered_only(household: HouseholdId, due: i64, by: DeskId, delivery: DeliveryId) -> Self {
        let mut right = Self::new(household, by);
        right.set_amount(due);
        right.odd.insert((CaseKind::AfterRevocation, delivery));
        right
    }

    pub(super) fn set_amount(&mut self, cents: i64) {
        (self.amount, self.withdrawn) = (cents, false);
        self.most = self.most.max(cents);
    }

    /// Who may serve from now on. Papers still in somebody's hands are worth nothing from then on.
    fn pass_to(&mut self, desk: DeskId) {
        self.holder = desk;
        for paper in self.papers.values_mut().filter(|paper| **paper == Paper::Out) {
            *paper = Paper::Worthless;
        }
    }

    /// A desk read a paper that another had written for it.
    fn accept(&mut self, slip: SlipId, from: DeskId, by: DeskId) {
        if self.papers.get(&slip).is_some_and(|paper| *paper != Paper::Out) {
            return;
        }
        // Whoever accepts has verified the paper; only a supervisor who looked is believed more.
        let believed = by == self.holder || from == self.holder || self.relieved == 0;
        if believed && by != self.holder {
            self.pass_to(by);
        }
        let now = if believed { Paper::Used } else { Paper::Worthless };
        self.papers.insert(slip, now);
    }

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

pub(super) fn of_right(right: &mut Right, meta: &EventMeta, event: &Event) {
    match event {
        Event::EntitlementRevised(fact) => right.set_amount(fact.amount.0),
        Event::EntitlementRevoked(_) => right.withdrawn = true,
        Event::CustodyReleased(fact) if meta.desk == right.holder => right.pass_to(fact.to),
        Event::CustodySlipIssued(fact) => {
            let slip = fact.stamp.slip(EntitlementId(meta.entity.id), meta.desk, fact.to);
            if !right.papers.contains_key(&slip) {
                if meta.desk == right.holder {
                    right.pass_to(fact.to);
                }
                right.papers.insert(slip, Paper::Out);
            }
        }
        Event::CustodyAccepted(fact) => right.accept(fact.slip, fact.from, meta.desk),
        Event::CustodyRelieved(fact) => {
            let unknown = right
                .out
                .iter()
                .filter(|out| out.back.is_none() && !fact.known.contains(&out.id));
            let odd: Vec<_> = unknown.map(|out| (CaseKind::BeforeRelief, out.id)).collect();
            right.odd.extend(odd);
            right.pass_to(fact.to);
            right.relieved += 1;
        }
        Event::DeliveryConfirmed(fact) => {
            let (out, cents) = (right.delivered(), fact.amount.0);
            let kinds = [
                (CaseKind::Forced, fact.forced.is_some()),
                (CaseKind::NotHolder, meta.desk != right.holder),
                (CaseKind::AfterRevocation, right.withdrawn),
                (CaseKind::Double, out > 0 && out + cents > right.amount),
                (CaseKind::OverAmount, out == 0 && cents > right.amount),
            ];
            for (kind, is) in kinds {
                if is {
                    right.odd.insert((kind, fact.id));
                }
            }
            right.out.push(HandedOver {
                id: fact.id,
                desk: meta.desk,
                at: meta.at,
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
                    right.odd.insert((CaseKind::NotReturned, fact.delivery));
                }
            }
        }
        _ => {}
    }
}
