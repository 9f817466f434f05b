// SPDX-License-Identifier: EUPL-1.2
//! Deliveries whose serials were out with an earlier one already: two desks that never met, or serials read wrong. It follows from
//! the runs of all entitlements together, so its rows are made where runs change, and not from one state alone.
//!
//! A row stands for the later delivery of those that share serials, by (its desk's clock, its identifier): the same at every
//! desk that holds the same deliveries.

use super::entitlement::{self, AnomalyRow, EntitlementRow};
use super::run::{self, RunRow, Source};
use crate::Result;
use crate::book::blob;
use rusqlite::Connection;
use sportello_domain::entitlement::{Anomaly, AnomalyKind};
use sportello_domain::ids::{DeliveryId, EntitlementId};
use sportello_domain::meta::{EntityKind, EntityRef};
use sportello_domain::state::State;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// A delivery, and whose.
type Handed = (EntitlementId, DeliveryId);

fn handed(row: &RunRow) -> Handed {
    (EntitlementId(row.owner), row.delivery)
}

/// Brings an entitlement's runs up to date, and with them whatever shares serials with them.
pub(super) fn replace(
    conn: &Connection,
    id: EntitlementId,
    old: Option<&EntitlementRow>,
    new: Option<&EntitlementRow>,
) -> Result<()> {
    let runs =
        |row: Option<&EntitlementRow>| -> Vec<RunRow> { row.map(|row| row.runs.clone()).unwrap_or_default() };
    let (before, after) = (runs(old), runs(new));
    if before == after {
        return Ok(());
    }
    let mut touched = sharing(conn, &before)?;
    run::replace(conn, &before, &after)?;
    touched.extend(sharing(conn, &after)?);
    let mut rows = Rows::default();
    rows.known.insert(id, new.cloned());
    for (entitlement, delivery) in touched {
        let gone = old.filter(|_| entitlement == id);
        let shown = rows.get(conn, entitlement)?.cloned();
        for row in gone.into_iter().chain(shown.as_ref()) {
            if let Some(row) = anomaly(entitlement, row, delivery) {
                conn.prepare_cached("DELETE FROM anomaly WHERE id = ?1")?
                    .execute([blob(&row.id.0)])?;
            }
        }
        if let Some(row) = shown
            && let Some(found) = anomaly(entitlement, &row, delivery)
            && rows.is_late(conn, &row, (entitlement, delivery))?
        {
            entitlement::insert_anomaly(conn, &found)?;
        }
    }
    Ok(())
}

/// The deliveries of these runs that share serials with others, and the others.
fn sharing(conn: &Connection, runs: &[RunRow]) -> Result<BTreeSet<Handed>> {
    let mut all = BTreeSet::new();
    for run in runs {
        for other in others(conn, run)? {
            all.extend([handed(run), handed(&other)]);
        }
    }
    Ok(all)
}

/// Runs of other deliveries with serials of this one.
fn others(conn: &Connection, run: &RunRow) -> Result<Vec<RunRow>> {
    let mut found = run::overlapping(conn, run.campaign, &run.run)?;
    found.retain(|other| other.source == Source::Delivered && handed(other) != handed(run));
    Ok(found)
}

/// The row that a delivery has when it is the later one.
fn anomaly(id: EntitlementId, row: &EntitlementRow, delivery: DeliveryId) -> Option<AnomalyRow> {
    let delivery = row.deliveries.iter().find(|found| found.id == delivery)?;
    Some(AnomalyRow {
        id: Anomaly::id_of(id, AnomalyKind::SerialsTwice, delivery.id),
        entitlement: id,
        campaign: row.campaign,
        kind: entitlement::anomaly_kind(AnomalyKind::SerialsTwice),
        at: delivery.at,
        desk: delivery.desk,
        delivery: delivery.id,
    })
}

/// Entitlements as they are looked at, each read once.
#[derive(Default)]
struct Rows {
    known: HashMap<EntitlementId, Option<EntitlementRow>>,
}

impl Rows {
    fn get(&mut self, conn: &Connection, id: EntitlementId) -> Result<Option<&EntitlementRow>> {
        Ok(match self.known.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let stored = super::load(conn, EntityRef::new(EntityKind::Entitlement, id.0))?;
                let row = match stored.and_then(|stored| stored.state) {
                    Some(State::Entitlement(state)) => Some(EntitlementRow::of(&state)),
                    _ => None,
                };
                free.insert(row)
            }
        }
        .as_ref())
    }

    /// Whether serials of a delivery are out with an earlier one.
    fn is_late(&mut self, conn: &Connection, row: &EntitlementRow, me: Handed) -> Result<bool> {
        let at = |row: &EntitlementRow, delivery: DeliveryId| {
            row.deliveries
                .iter()
                .find(|found| found.id == delivery)
                .map(|found| (found.at, found.id))
        };
        let mine = at(row, me.1);
        for run in row.runs.iter().filter(|run| run.delivery == me.1) {
            for other in others(conn, run)? {
                let (entitlement, delivery) = handed(&other);
                let theirs = self.get(conn, entitlement)?.and_then(|row| at(row, delivery));
                if theirs.is_some() && theirs < mine {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// Every such row as it should be, worked out from the runs in one go: for `verify`.
pub(crate) fn all(conn: &Connection) -> Result<Vec<AnomalyRow>> {
    let mut statement = conn.prepare(
        "SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run
         WHERE source = 1 ORDER BY campaign, series, width, first, last, owner, delivery",
    )?;
    let mut late: BTreeSet<Handed> = BTreeSet::new();
    let mut rows = Rows::default();
    // Those that reach furthest so far; nearly always one.
    let mut open: Vec<RunRow> = Vec::new();
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let row = run::read(row)?;
        open.retain(|before| before.campaign == row.campaign && before.run.overlaps(&row.run));
        for before in &open {
            let (one, other) = (handed(before), handed(&row));
            if one == other {
                continue;
            }
            let mut at = |(entitlement, delivery): Handed| -> Result<_> {
                let row = rows.get(conn, entitlement)?;
                Ok(row.and_then(|row| {
                    row.deliveries
                        .iter()
                        .find(|d| d.id == delivery)
                        .map(|d| (d.at, d.id))
                }))
            };
            late.insert(if at(one)? < at(other)? { other } else { one });
        }
        open.push(row);
    }
    let mut all = Vec::new();
    for (entitlement, delivery) in late {
        all.extend(
            rows.get(conn, entitlement)?
                .and_then(|row| anomaly(entitlement, row, delivery)),
        );
    }
    Ok(all)
}
