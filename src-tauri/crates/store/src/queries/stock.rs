// SPDX-License-Identifier: EUPL-1.2
//! Which desk holds which serials, and where a serial went.

use super::Reads;
use crate::Result;
use crate::book::blob;
use crate::projection::{self, RunRow, Source, read_run};
use sportello_domain::ids::{CampaignId, DeliveryId, DeskId, EntitlementId};
use sportello_domain::serial::{self, Run, subtract};
use sportello_domain::stock::{Buckets, Moved, ShipmentNo, Stock};
use std::collections::BTreeMap;

/// A run that a delivery took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredRun {
    /// The campaign.
    pub campaign: CampaignId,
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The delivery.
    pub delivery: DeliveryId,
    /// The desk.
    pub desk: DeskId,
    /// The serials.
    pub run: Run,
}

/// A run that a desk was supplied with and did not remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedRun {
    /// The campaign.
    pub campaign: CampaignId,
    /// The desk.
    pub desk: DeskId,
    /// The serials.
    pub run: Run,
}

/// Serials that two desks were supplied with, and neither removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedTwice {
    /// The serials.
    pub run: Run,
    /// One desk, with all of the run that it was supplied with.
    pub one: SuppliedRun,
    /// The other.
    pub other: SuppliedRun,
}

impl From<RunRow> for DeliveredRun {
    fn from(f: RunRow) -> Self {
        Self {
            campaign: f.campaign,
            entitlement: EntitlementId(f.owner),
            delivery: f.delivery,
            desk: f.desk,
            run: f.run,
        }
    }
}

impl From<RunRow> for SuppliedRun {
    fn from(f: RunRow) -> Self {
        Self {
            campaign: f.campaign,
            desk: f.desk,
            run: f.run,
        }
    }
}

impl Reads<'_> {
    fn overlapping(&self, campaign: CampaignId, run: &Run) -> Result<Vec<RunRow>> {
        projection::overlapping(self.conn, campaign, run)
    }

    /// What a desk holds of the serials that are asked for: supplied to it, not removed, and not out with a delivery of it.
    /// Runs are cut to what was asked.
    pub fn held_overlapping(&self, desk: DeskId, campaign: CampaignId, asked: &[Run]) -> Result<Vec<Run>> {
        let (mut supplied, mut gone) = (Vec::new(), Vec::new());
        for run in asked {
            for found in self.overlapping(campaign, run)? {
                if found.desk == desk {
                    let cut = Run {
                        first: found.run.first.max(run.first),
                        last: found.run.last.min(run.last),
                        ..found.run
                    };
                    if found.source == Source::Delivered {
                        gone.push(cut)
                    } else {
                        supplied.push(cut)
                    }
                }
            }
        }
        Ok(serial::once(subtract(&supplied, &gone)))
    }

    /// All that a desk holds of a campaign's serials.
    pub fn held(&self, desk: DeskId, campaign: CampaignId) -> Result<Vec<Run>> {
        let rows = self.all(
            "SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run
             WHERE campaign = ?1 AND desk = ?2",
            (blob(&campaign.0), blob(&desk.0)),
            read_run,
        )?;
        let (gone, supplied): (Vec<RunRow>, Vec<RunRow>) =
            rows.into_iter().partition(|row| row.source == Source::Delivered);
        let runs = |rows: Vec<RunRow>| -> Vec<Run> { rows.into_iter().map(|row| row.run).collect() };
        Ok(serial::once(subtract(&runs(supplied), &runs(gone))))
    }

    /// Which desks were supplied with any of these serials and did not remove them.
    pub fn supplied_overlapping(&self, campaign: CampaignId, asked: &[Run]) -> Result<Vec<SuppliedRun>> {
        let mut runs = Vec::new();
        for run in asked {
            runs.extend(
                self.overlapping(campaign, run)?
                    .into_iter()
                    .filter(|found| found.source == Source::Supplied)
                    .map(SuppliedRun::from),
            );
        }
        Ok(runs)
    }

    /// Which deliveries any of these serials are out with.
    pub fn delivered_overlapping(&self, campaign: CampaignId, asked: &[Run]) -> Result<Vec<DeliveredRun>> {
        let mut runs = Vec::new();
        for run in asked {
            runs.extend(
                self.overlapping(campaign, run)?
                    .into_iter()
                    .filter(|found| found.source == Source::Delivered)
                    .map(DeliveredRun::from),
            );
        }
        Ok(runs)
    }

    /// The stock of every desk that is known here, by desk.
    pub fn stocks(&self) -> Result<Vec<Stock>> {
        self.things()
    }

    /// Where the vouchers of a campaign are that ever came to a desk. `stocks` are those of every desk that is known here.
    pub fn buckets(&self, stock: &Stock, stocks: &[Stock], campaign: CampaignId) -> Result<Buckets> {
        let held = self.held(stock.desk, campaign)?;
        let arrived = |shipment| arrived(stocks, shipment);
        Ok(Buckets::of(stock.places(campaign), &held, arrived))
    }

    /// Serials that two desks were supplied with: a delivery note read wrong, or booklets that went on without being removed.
    pub fn supplied_twice(&self) -> Result<Vec<SuppliedTwice>> {
        let stocks = self.stocks()?;
        let ahead = ahead(&stocks);
        let mut rows: Vec<RunRow> = stocks.iter().flat_map(projection::supplied).collect();
        if !ahead.is_empty() {
            rows = rows
                .into_iter()
                .flat_map(|row| still_there(row, &ahead))
                .collect();
        }
        rows.sort_by_cached_key(|row| {
            (
                row.campaign,
                row.run.series.clone(),
                row.run.width,
                row.run.first,
                row.desk,
            )
        });
        let mut twice = Vec::new();
        // Those that reach furthest so far; nearly always one.
        let mut open: Vec<RunRow> = Vec::new();
        for row in rows {
            open.retain(|before| before.campaign == row.campaign && before.run.overlaps(&row.run));
            for before in open.iter().filter(|before| before.desk != row.desk) {
                let run = Run {
                    last: before.run.last.min(row.run.last),
                    ..row.run.clone()
                };
                let (one, other) = (before.clone().into(), row.clone().into());
                twice.push(SuppliedTwice { run, one, other });
            }
            open.push(row);
        }
        Ok(twice)
    }

    /// Every campaign in which runs of this series and width are known.
    pub(crate) fn campaigns_with_series(&self, run: &Run) -> Result<Vec<CampaignId>> {
        let campaigns: Vec<CampaignId> = self
            .campaigns()?
            .into_iter()
            .map(|campaign| campaign.id)
            .collect();
        let mut with = Vec::new();
        for campaign in campaigns {
            let known = self.one(
                "SELECT 1 FROM run WHERE campaign = ?1 AND series = ?2 AND width = ?3 LIMIT 1",
                (blob(&campaign.0), &run.series, run.width),
                |_| Ok(()),
            )?;
            with.extend(known.map(|()| campaign));
        }
        Ok(with)
    }
}

/// What desks say arrived of a shipment.
pub fn arrived(stocks: &[Stock], shipment: ShipmentNo) -> Vec<Run> {
    let arrived = stocks.iter().flat_map(|stock| stock.arrived(shipment));
    arrived.flat_map(|movement| movement.runs.clone()).collect()
}

/// What arrived of shipments whose sender's record is not here yet: paper goes before the exchange, and nothing is odd about that.
fn ahead(stocks: &[Stock]) -> BTreeMap<(DeskId, CampaignId), Vec<Run>> {
    let mut ahead: BTreeMap<(DeskId, CampaignId), Vec<Run>> = BTreeMap::new();
    for movement in stocks.iter().flat_map(|stock| &stock.movements) {
        let Moved::Arrived { shipment } = movement.moved else {
            continue;
        };
        let sender = stocks.iter().find(|stock| stock.desk == shipment.from);
        if sender.is_none_or(|sender| sender.shipped(shipment).is_none()) {
            let of_sender = ahead.entry((shipment.from, movement.campaign)).or_default();
            of_sender.extend(movement.runs.clone());
        }
    }
    ahead
}

/// What a desk was supplied with, without what went from it by what another desk says.
fn still_there(row: RunRow, ahead: &BTreeMap<(DeskId, CampaignId), Vec<Run>>) -> Vec<RunRow> {
    let Some(gone) = ahead.get(&(row.desk, row.campaign)) else {
        return vec![row];
    };
    let gone: Vec<Run> = gone.iter().filter(|run| run.first <= run.last).cloned().collect();
    subtract(std::slice::from_ref(&row.run), &gone)
        .into_iter()
        .map(|run| RunRow { run, ..row.clone() })
        .collect()
}
