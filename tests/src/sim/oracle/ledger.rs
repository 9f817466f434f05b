// SPDX-License-Identifier: EUPL-1.2
//! Where every voucher of the office is, counted one by one: what was taken in is what is somewhere.

use super::Model;
use super::model::{Gone, Voucher};
use crate::facts::CAMPAIGN;
use crate::sim::report::{Violation, hold};
use crate::sim::station::Station;
use sportello_desk::view::BucketCounts;
use sportello_desk::{Query, View};
use sportello_domain::ids::DeskId;
use sportello_domain::stock::{RemovalReason, ShipmentOutcome};
use std::collections::BTreeMap;

/// A place, the surest first: of a voucher of which two desks say different things the first of these holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Delivered,
    Held,
    Destroyed,
    Damaged,
    Returned,
    Lost,
    InTransit,
    Miscounted,
    Transferred,
}

impl Model {
    /// Where a desk has each voucher that ever came to it.
    fn places(&self, desk: DeskId) -> BTreeMap<Voucher, Place> {
        let Some(stock) = self.stocks.get(&desk) else {
            return BTreeMap::new();
        };
        let held = self.held(desk);
        let place = |voucher: &Voucher| {
            if stock.supplied.contains(voucher) {
                return if held.contains(voucher) {
                    Place::Held
                } else {
                    Place::Delivered
                };
            }
            match stock.gone.get(voucher) {
                Some(Gone::Destroyed) => Place::Destroyed,
                Some(Gone::Removed(RemovalReason::Damaged)) => Place::Damaged,
                Some(Gone::Removed(RemovalReason::Lost)) => Place::Lost,
                Some(Gone::Removed(RemovalReason::Returned)) => Place::Returned,
                Some(Gone::Removed(RemovalReason::Miscounted)) | None => Place::Miscounted,
                Some(Gone::Sent(shipment, outcome)) => {
                    let there = self.arrived.get(shipment);
                    match outcome {
                        _ if there.is_some_and(|there| there.contains(voucher)) => Place::Transferred,
                        Some(ShipmentOutcome::Lost) => Place::Lost,
                        Some(ShipmentOutcome::Damaged) => Place::Damaged,
                        Some(ShipmentOutcome::TakenBack) | None => Place::InTransit,
                    }
                }
            }
        };
        let all = stock.came.iter();
        all.map(|voucher| (voucher.clone(), place(voucher))).collect()
    }

    /// How many vouchers are on their way.
    pub fn on_their_way(&self) -> u64 {
        let all = self.stocks.keys().flat_map(|desk| self.places(*desk));
        all.filter(|(_, place)| *place == Place::InTransit).count() as u64
    }
}

fn tally(places: impl Iterator<Item = Place>) -> BTreeMap<Place, u64> {
    let mut tally = BTreeMap::new();
    for place in places {
        *tally.entry(place).or_default() += 1;
    }
    tally
}

fn told(counts: &BucketCounts) -> BTreeMap<Place, u64> {
    [
        (Place::Delivered, counts.delivered),
        (Place::Held, counts.held),
        (Place::Destroyed, counts.destroyed),
        (Place::Damaged, counts.damaged),
        (Place::Returned, counts.returned),
        (Place::Lost, counts.lost),
        (Place::InTransit, counts.in_transit),
        (Place::Miscounted, counts.miscounted),
        (Place::Transferred, counts.transferred),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect()
}

/// What the supervisors' ledger says is what a count of each voucher says, for each desk and for the office.
pub fn adds_up(supervisor: &Station, model: &Model) -> Result<(), Violation> {
    const RULE: &str = "what the office received is what is somewhere";
    let query = Query::StockLedger { campaign: CAMPAIGN };
    let Ok(View::StockLedger(ledger)) = supervisor.ask(&query) else {
        return Err(Violation::new(RULE, format!("{}: no ledger", supervisor.name)));
    };
    let mut everywhere: BTreeMap<Voucher, Place> = BTreeMap::new();
    for desk in model.stocks.keys() {
        let places = model.places(*desk);
        let counted = tally(places.values().copied());
        let shown = ledger.desks.iter().find(|row| row.desk.id == *desk);
        let shown = shown.map(|row| told(&row.counts)).unwrap_or_default();
        hold("a voucher is in one place at its desk", shown == counted, || {
            format!("{desk}: shown {shown:?}, counted {counted:?}")
        })?;
        for (voucher, place) in places {
            let known = everywhere.entry(voucher).or_insert(place);
            *known = place.min(*known);
        }
    }
    // Somewhere between two desks that each say that the other has it.
    for place in everywhere
        .values_mut()
        .filter(|place| **place == Place::Transferred)
    {
        *place = Place::InTransit;
    }
    everywhere.retain(|_, place| *place != Place::Miscounted);
    let counted = tally(everywhere.values().copied());
    let Some(office) = &ledger.office else {
        return Err(Violation::new(RULE, format!("{}: no office", supervisor.name)));
    };
    let all = everywhere.len() as u64;
    hold(
        RULE,
        (office.received, office.accounted) == (all, all) && told(&office.counts) == counted,
        || format!("shown {office:?}, counted {all}: {counted:?}"),
    )
}
