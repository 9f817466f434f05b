// SPDX-License-Identifier: EUPL-1.2
//! Runs of serials: what desks were supplied with, and what deliveries took out. What a desk handed over on a day is read here
//! too: a table of deliveries of its own would cost each of them a page.

use super::difference;
use crate::Result;
use crate::book::blob;
use rusqlite::Connection;
use sportello_domain::entitlement::{Delivery, Entitlement};
use sportello_domain::ids::{CampaignId, DeliveryId, DeskId};
use sportello_domain::serial::Run;
use sportello_domain::stock::Stock;
use uuid::Uuid;

/// A run longer than this stands apart.
pub(crate) const LONG: u64 = 512;

/// Where a run comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A desk was supplied with it.
    Supplied = 0,
    /// A delivery took it.
    Delivered = 1,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunRow {
    pub campaign: CampaignId,
    pub run: Run,
    pub source: Source,
    /// The stock's desk, or the entitlement.
    pub owner: Uuid,
    pub desk: DeskId,
    /// The delivery; nil for supply.
    pub delivery: DeliveryId,
    /// When it was; 0 for supply.
    pub at: i64,
    /// It was taken back, and the vouchers were not.
    pub reversed: bool,
}

impl RunRow {
    pub fn is_long(run: &Run) -> bool {
        run.count() > LONG
    }

    #[expect(clippy::type_complexity, reason = "the columns of the primary key, in order")]
    fn key(&self) -> (&[u8], &str, u8, bool, i64, i64, u8, &[u8], &[u8]) {
        (
            blob(&self.campaign.0),
            &self.run.series,
            self.run.width,
            Self::is_long(&self.run),
            number(self.run.first),
            number(self.run.last),
            self.source as u8,
            blob(&self.owner),
            blob(&self.delivery.0),
        )
    }
}

/// A run as it can stand in columns.
fn clamped(run: Run) -> Run {
    let most = i64::MAX.unsigned_abs();
    Run {
        first: run.first.min(most),
        last: run.last.min(most),
        ..run
    }
}

/// Serials have at most 15 digits; what a foreign record may say beyond that ends at the largest number there is.
pub(crate) fn number(serial: u64) -> i64 {
    i64::try_from(serial).unwrap_or(i64::MAX)
}

/// Reads a row of `campaign, series, width, first, last, source, owner, desk, delivery, at, reversed`.
pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<RunRow> {
    let id = |at| row.get(at).map(Uuid::from_bytes);
    let number = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
    Ok(RunRow {
        campaign: CampaignId(id(0)?),
        run: Run {
            series: row.get(1)?,
            width: row.get(2)?,
            first: number(3)?,
            last: number(4)?,
        },
        source: if row.get::<_, u8>(5)? == Source::Delivered as u8 {
            Source::Delivered
        } else {
            Source::Supplied
        },
        owner: id(6)?,
        desk: DeskId(id(7)?),
        delivery: DeliveryId(id(8)?),
        at: row.get(9)?,
        reversed: row.get(10)?,
    })
}

/// Short runs begin at most 511 before what they overlap; the long ones are few and all looked at.
const OVERLAPPING: &str = "
  SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run
  WHERE campaign = ?1 AND series = ?2 AND width = ?3 AND long = 0 AND first BETWEEN ?4 - 511 AND ?5 AND last >= ?4
  UNION ALL
  SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run
  WHERE campaign = ?1 AND series = ?2 AND width = ?3 AND long = 1 AND first <= ?5 AND last >= ?4";
const _: () = assert!(
    LONG == 512,
    "the query above says how far back a short run may begin"
);

/// Every row that shares serials with a run.
pub(crate) fn overlapping(conn: &Connection, campaign: CampaignId, run: &Run) -> Result<Vec<RunRow>> {
    let mut statement = conn.prepare_cached(OVERLAPPING)?;
    let rows = statement.query_map(
        (
            blob(&campaign.0),
            &run.series,
            run.width,
            number(run.first),
            number(run.last),
        ),
        read,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The runs that a desk was supplied with and did not remove.
pub(crate) fn supplied(stock: &Stock) -> Vec<RunRow> {
    let mut campaigns: Vec<CampaignId> = stock.movements.iter().map(|m| m.campaign).collect();
    campaigns.sort_unstable();
    campaigns.dedup();
    campaigns
        .into_iter()
        .flat_map(|campaign| {
            stock.supplied(campaign).into_iter().map(move |run| RunRow {
                campaign,
                run: clamped(run),
                source: Source::Supplied,
                owner: stock.desk.0,
                desk: stock.desk,
                delivery: DeliveryId::default(),
                at: 0,
                reversed: false,
            })
        })
        .collect()
}

/// The runs that are out because of a delivery: none once the vouchers came back.
pub(super) fn delivered<'a>(
    entitlement: &'a Entitlement,
    delivery: &'a Delivery,
) -> impl Iterator<Item = RunRow> + 'a {
    let back = delivery
        .reversal
        .as_ref()
        .is_some_and(|reversal| reversal.returned);
    delivery.runs.iter().filter(move |_| !back).map(|run| RunRow {
        campaign: entitlement.campaign,
        run: clamped(run.clone()),
        source: Source::Delivered,
        owner: entitlement.id.0,
        desk: delivery.desk,
        delivery: delivery.id,
        at: delivery.at.0,
        reversed: delivery.reversal.is_some(),
    })
}

pub(super) fn replace(conn: &Connection, old: &[RunRow], new: &[RunRow]) -> Result<()> {
    let (gone, come) = difference(old, new);
    for row in gone {
        conn.prepare_cached(
            "DELETE FROM run WHERE campaign = ?1 AND series = ?2 AND width = ?3 AND long = ?4 AND first = ?5 AND last = ?6
             AND source = ?7 AND owner = ?8 AND delivery = ?9",
        )?
        .execute(row.key())?;
    }
    for row in come {
        let (campaign, series, width, long, first, last, source, owner, delivery) = row.key();
        // The same run twice in one delivery is one row: a run is out or it is not.
        conn.prepare_cached(
            "INSERT OR REPLACE INTO run
               (campaign, series, width, long, first, last, source, owner, desk, delivery, at, reversed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute((
            campaign,
            series,
            width,
            long,
            first,
            last,
            source,
            owner,
            blob(&row.desk.0),
            delivery,
            row.at,
            row.reversed,
        ))?;
    }
    Ok(())
}
