// SPDX-License-Identifier: EUPL-1.2
//! Where each voucher is that ever came: at every moment in exactly one place.

use super::event::{RemovalReason, ShipmentNo, ShipmentOutcome};
use super::fold::{Moved, Stock};
use crate::ids::CampaignId;
use crate::serial::{Run, once, subtract};

/// Vouchers that are set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// What for.
    pub purpose: String,
    /// Which.
    pub runs: Vec<Run>,
}

/// Vouchers that went off, as their sender knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// With which shipment.
    pub shipment: ShipmentNo,
    /// What was settled; none while they are on their way, or arrived.
    pub outcome: Option<ShipmentOutcome>,
    /// Which.
    pub runs: Vec<Run>,
}

/// Where the vouchers of a campaign are that ever came to one desk, without its deliveries. No voucher is in two places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Came from outside of the office at some time.
    pub received: Vec<Run>,
    /// Came from another desk at some time.
    pub arrived: Vec<Run>,
    /// Came and did not leave, but for deliveries.
    pub present: Vec<Run>,
    /// What of these is set aside.
    pub reserved: Vec<Reserved>,
    /// Went off to other desks.
    pub away: Vec<Away>,
    /// Cannot be used.
    pub damaged: Vec<Run>,
    /// Cannot be found.
    pub lost: Vec<Run>,
    /// Went back to the office.
    pub returned: Vec<Run>,
    /// Were destroyed.
    pub destroyed: Vec<Run>,
    /// Were never there.
    pub miscounted: Vec<Run>,
}

/// What both have, as the first has it.
pub(super) fn common(one: &[Run], other: &[Run]) -> Vec<Run> {
    subtract(one, &subtract(one, other))
}

/// Puts vouchers to others; what is there already is there once.
pub(super) fn add(to: &mut Vec<Run>, runs: &[Run]) {
    to.extend(once(subtract(runs, to)));
    to.sort();
}

/// Takes out of `from` what it has of these, and gives it.
fn take(from: &mut Vec<Run>, runs: &[Run]) -> Vec<Run> {
    let taken = common(from, runs);
    if !taken.is_empty() {
        *from = subtract(from, &taken);
    }
    taken
}

impl Stock {
    /// Where the vouchers of a campaign are. What a movement says of vouchers that are not where it takes them from changes nothing:
    /// two desks that could not speak to each other may contradict each other.
    pub fn places(&self, campaign: CampaignId) -> Places {
        let mut places = Places::default();
        for movement in self.movements.iter().filter(|m| m.campaign == campaign) {
            // What a foreign record says need not be a run.
            let runs: Vec<Run> = movement
                .runs
                .iter()
                .filter(|run| run.first <= run.last)
                .cloned()
                .collect();
            places.take(&movement.moved, &runs);
        }
        places
    }
}

impl Places {
    fn take(&mut self, moved: &Moved, runs: &[Run]) {
        match moved {
            Moved::Received { .. } => {
                add(&mut self.received, runs);
                self.come(runs);
            }
            Moved::Arrived { .. } => {
                add(&mut self.arrived, runs);
                self.come(runs);
            }
            Moved::Removed { reason } => {
                let gone = self.leave(runs);
                let to = match reason {
                    RemovalReason::Damaged => &mut self.damaged,
                    RemovalReason::Lost => &mut self.lost,
                    RemovalReason::Returned => &mut self.returned,
                    RemovalReason::Miscounted => &mut self.miscounted,
                };
                add(to, &gone);
            }
            Moved::Shipped { shipment, .. } => {
                let gone = self.leave(runs);
                self.send(*shipment, None, gone);
            }
            Moved::Settled { shipment, outcome } => {
                let mut settled = Vec::new();
                for away in &mut self.away {
                    if away.shipment == *shipment && away.outcome.is_none() {
                        settled.extend(take(&mut away.runs, runs));
                    }
                }
                match outcome {
                    ShipmentOutcome::TakenBack => add(&mut self.present, &settled),
                    outcome => self.send(*shipment, Some(*outcome), settled),
                }
            }
            Moved::Reserved { purpose } => {
                let meant = common(&self.present, runs);
                self.free(&meant);
                if let Some(purpose) = purpose {
                    self.reserved.push(Reserved {
                        purpose: purpose.clone(),
                        runs: meant,
                    });
                }
            }
            Moved::Destroyed { .. } => {
                let mut gone = self.leave(runs);
                gone.extend(take(&mut self.damaged, runs));
                for away in &mut self.away {
                    if away.outcome == Some(ShipmentOutcome::Damaged) {
                        gone.extend(take(&mut away.runs, runs));
                    }
                }
                add(&mut self.destroyed, &gone);
            }
        }
        self.away.retain(|away| !away.runs.is_empty());
        self.reserved.retain(|reserved| !reserved.runs.is_empty());
    }

    /// They are here: wherever they were said to be, they are not.
    fn come(&mut self, runs: &[Run]) {
        for place in [
            &mut self.damaged,
            &mut self.lost,
            &mut self.returned,
            &mut self.destroyed,
            &mut self.miscounted,
        ] {
            take(place, runs);
        }
        for away in &mut self.away {
            take(&mut away.runs, runs);
        }
        add(&mut self.present, runs);
    }

    /// They are not here any more; gives those that were.
    fn leave(&mut self, runs: &[Run]) -> Vec<Run> {
        let gone = take(&mut self.present, runs);
        self.free(&gone);
        gone
    }

    fn free(&mut self, runs: &[Run]) {
        for reserved in &mut self.reserved {
            take(&mut reserved.runs, runs);
        }
    }

    fn send(&mut self, shipment: ShipmentNo, outcome: Option<ShipmentOutcome>, runs: Vec<Run>) {
        self.away.push(Away {
            shipment,
            outcome,
            runs,
        });
    }

    /// What went off with a shipment, and nobody has settled.
    pub fn open(&self, shipment: ShipmentNo) -> Vec<Run> {
        let open = self
            .away
            .iter()
            .filter(|away| away.shipment == shipment && away.outcome.is_none());
        open.flat_map(|away| away.runs.clone()).collect()
    }

    /// What cannot be used, on the way included.
    pub fn all_damaged(&self) -> Vec<Run> {
        let on_the_way = self
            .away
            .iter()
            .filter(|away| away.outcome == Some(ShipmentOutcome::Damaged));
        let mut damaged = self.damaged.clone();
        damaged.extend(on_the_way.flat_map(|away| away.runs.clone()));
        damaged
    }

    /// Everything that ever came.
    pub fn came(&self) -> Vec<Run> {
        let mut came = self.received.clone();
        add(&mut came, &self.arrived);
        came
    }
}

/// Where the vouchers of a campaign are that ever came to one desk: each in exactly one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buckets {
    /// Came from outside of the office at some time.
    pub received: Vec<Run>,
    /// Came from another desk at some time.
    pub arrived: Vec<Run>,
    /// At hand.
    pub held: Vec<Run>,
    /// With people, or not back after a reversal.
    pub delivered: Vec<Run>,
    /// On their way to another desk.
    pub in_transit: Vec<Run>,
    /// At another desk, which said so.
    pub transferred: Vec<Run>,
    /// Cannot be used.
    pub damaged: Vec<Run>,
    /// Cannot be found.
    pub lost: Vec<Run>,
    /// Went back to the office.
    pub returned: Vec<Run>,
    /// Were destroyed.
    pub destroyed: Vec<Run>,
    /// Were never there.
    pub miscounted: Vec<Run>,
}

impl Buckets {
    /// What a desk's own records say, with what of `places.present` is at hand still, and what other desks say arrived of its shipments.
    /// What arrived elsewhere is there, whatever its sender settled in the meantime.
    pub fn of(places: Places, held: &[Run], arrived: impl Fn(ShipmentNo) -> Vec<Run>) -> Self {
        let held = common(&places.present, held);
        let mut buckets = Self {
            delivered: subtract(&places.present, &held),
            held,
            received: places.received,
            arrived: places.arrived,
            damaged: places.damaged,
            lost: places.lost,
            returned: places.returned,
            destroyed: places.destroyed,
            miscounted: places.miscounted,
            ..Self::default()
        };
        for away in places.away {
            let there = common(&away.runs, &arrived(away.shipment));
            let rest = subtract(&away.runs, &there);
            buckets.transferred.extend(there);
            match away.outcome {
                Some(ShipmentOutcome::Lost) => buckets.lost.extend(rest),
                Some(ShipmentOutcome::Damaged) => buckets.damaged.extend(rest),
                Some(ShipmentOutcome::TakenBack) | None => buckets.in_transit.extend(rest),
            }
        }
        for bucket in [
            &mut buckets.transferred,
            &mut buckets.lost,
            &mut buckets.damaged,
            &mut buckets.in_transit,
        ] {
            bucket.sort();
        }
        buckets
    }

    /// Everything that ever came.
    pub fn came(&self) -> Vec<Run> {
        let mut came = self.received.clone();
        add(&mut came, &self.arrived);
        came
    }

    /// Every place in which one voucher of the desk may be, and no other.
    pub fn all(&self) -> [&[Run]; 9] {
        [
            &self.held,
            &self.delivered,
            &self.in_transit,
            &self.transferred,
            &self.damaged,
            &self.lost,
            &self.returned,
            &self.destroyed,
            &self.miscounted,
        ]
    }
}

/// Where the vouchers of a campaign are that ever came to the office: each in exactly one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// Everything that ever came and was not merely miscounted: the one side of the equation, from what was taken in.
    pub received: Vec<Run>,
    /// With people.
    pub delivered: Vec<Run>,
    /// At hand at a desk.
    pub held: Vec<Run>,
    /// On the way between desks.
    pub in_transit: Vec<Run>,
    /// Cannot be used.
    pub damaged: Vec<Run>,
    /// Were destroyed.
    pub destroyed: Vec<Run>,
    /// Cannot be found.
    pub lost: Vec<Run>,
    /// Went back.
    pub returned: Vec<Run>,
}

impl Office {
    /// Puts the desks together. Where two of them say different things of one voucher it counts once, as what is hardest to be wrong
    /// about: who handed it over or holds it, rather than who misses it.
    pub fn of(desks: &[Buckets]) -> Self {
        let mut rest = Vec::new();
        for desk in desks {
            add(&mut rest, &desk.came());
        }
        let all = rest.clone();
        let mut of = |bucket: fn(&Buckets) -> &Vec<Run>| {
            let mut found = Vec::new();
            for desk in desks {
                add(&mut found, &take(&mut rest, bucket(desk)));
            }
            found
        };
        let delivered = of(|desk| &desk.delivered);
        let held = of(|desk| &desk.held);
        let destroyed = of(|desk| &desk.destroyed);
        let damaged = of(|desk| &desk.damaged);
        let returned = of(|desk| &desk.returned);
        let lost = of(|desk| &desk.lost);
        let mut in_transit = of(|desk| &desk.in_transit);
        let never = of(|desk| &desk.miscounted);
        // Two desks that each say that the other has it: it is somewhere between them.
        add(&mut in_transit, &rest);
        Self {
            received: subtract(&all, &never),
            delivered,
            held,
            in_transit,
            damaged,
            destroyed,
            lost,
            returned,
        }
    }

    /// Every place in which one voucher of the office may be, and no other.
    pub fn all(&self) -> [&[Run]; 7] {
        [
            &self.delivered,
            &self.held,
            &self.in_transit,
            &self.damaged,
            &self.destroyed,
            &self.lost,
            &self.returned,
        ]
    }
}
