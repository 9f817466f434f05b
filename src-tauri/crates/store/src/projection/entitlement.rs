// SPDX-License-Identifier: EUPL-1.2
//! Entitlements with their deliveries, the serials that are out, and what a supervisor must look at.

use super::delegate::{self, DelegateRow};
use super::run::{self, RunRow};
use super::{Row, difference, twice};
use crate::Result;
use crate::book::blob;
use rusqlite::Connection;
use sportello_domain::entitlement::{AnomalyKind, Entitlement, EntitlementStatus};
use sportello_domain::ids::{CampaignId, CaseId, DeliveryId, DeskId, EntitlementId, HouseholdId};

/// What an entitlement shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntitlementRow {
    pub campaign: CampaignId,
    pub household: HouseholdId,
    pub status: u8,
    pub amount: i64,
    pub delivered: i64,
    pub holder: DeskId,
    pub request_to: Option<DeskId>,
    pub deliveries: Vec<DeliveryRow>,
    pub runs: Vec<RunRow>,
    pub anomalies: Vec<AnomalyRow>,
    pub delegates: Vec<DelegateRow>,
}

/// A delivery: where, when and which. It has no row of its own; its runs have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeliveryRow {
    pub desk: DeskId,
    pub at: i64,
    pub id: DeliveryId,
}

/// An anomaly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnomalyRow {
    pub id: CaseId,
    pub entitlement: EntitlementId,
    pub campaign: CampaignId,
    pub kind: u8,
    pub at: i64,
    pub desk: DeskId,
    pub delivery: DeliveryId,
}

/// A status as it stands in a column.
pub(crate) fn status(status: EntitlementStatus) -> u8 {
    match status {
        EntitlementStatus::Due => 0,
        EntitlementStatus::Partial => 1,
        EntitlementStatus::Served => 2,
        EntitlementStatus::Revoked => 3,
    }
}

/// A kind of anomaly as it stands in a column.
pub(crate) fn anomaly_kind(kind: AnomalyKind) -> u8 {
    match kind {
        AnomalyKind::Forced => 0,
        AnomalyKind::Double => 1,
        AnomalyKind::OverAmount => 2,
        AnomalyKind::AfterRevocation => 3,
        AnomalyKind::NotHolder => 4,
        AnomalyKind::NotReturned => 5,
        AnomalyKind::BeforeRelief => 6,
        AnomalyKind::SerialsTwice => 7,
    }
}

impl EntitlementRow {
    pub fn of(entitlement: &Entitlement) -> Self {
        let (id, campaign) = (entitlement.id, entitlement.campaign);
        let delivery = |d: &sportello_domain::entitlement::Delivery| DeliveryRow {
            desk: d.desk,
            at: d.at.0,
            id: d.id,
        };
        let anomaly = |a: &sportello_domain::entitlement::Anomaly| AnomalyRow {
            id: a.id,
            entitlement: id,
            campaign,
            kind: anomaly_kind(a.kind),
            at: a.at.0,
            desk: a.desk,
            delivery: a.delivery,
        };
        Self {
            campaign,
            household: entitlement.household,
            status: status(entitlement.status()),
            amount: entitlement.amount().0,
            delivered: entitlement.delivered().0,
            holder: entitlement.custody.holder,
            request_to: entitlement.custody.request.as_ref().map(|request| request.to),
            deliveries: entitlement.deliveries.iter().map(delivery).collect(),
            runs: entitlement
                .deliveries
                .iter()
                .flat_map(|d| run::delivered(entitlement, d))
                .collect(),
            anomalies: entitlement.anomalies.iter().map(anomaly).collect(),
            delegates: delegate::rows(entitlement),
        }
    }

    /// Whether every index stays as it is.
    fn same_place(&self, other: &Self) -> bool {
        (self.campaign, self.household, self.request_to)
            == (other.campaign, other.household, other.request_to)
    }
}

pub(super) fn save(row: &Row<'_>, old: Option<&EntitlementRow>, new: Option<&EntitlementRow>) -> Result<i64> {
    let n = match (row.n, old, new) {
        // Columns that stand in an index are named only where they change: naming one is enough for SQLite to write its index.
        (Some(n), Some(old), Some(new)) if old.same_place(new) => {
            row.conn
                .prepare_cached(
                    "UPDATE entitlement SET topic = ?2, last = ?3, holder = ?4, places = ?5, status = ?6, amount = ?7,
                     delivered = ?8 WHERE n = ?1",
                )?
                .execute((
                    n,
                    &row.topic,
                    row.last,
                    blob(&new.holder.0),
                    row.places,
                    new.status,
                    new.amount,
                    new.delivered,
                ))?;
            n
        }
        (n, _, new) => whole(row, n, new)?,
    };
    twice::replace(row.conn, EntitlementId(row.entity.id), old, new)?;
    anomalies(
        row,
        old.map_or(&[], |r| &r.anomalies),
        new.map_or(&[], |r| &r.anomalies),
    )?;
    delegate::replace(
        row.conn,
        old.map_or(&[], |r| &r.delegates),
        new.map_or(&[], |r| &r.delegates),
    )?;
    Ok(n)
}

fn whole(row: &Row<'_>, n: Option<i64>, new: Option<&EntitlementRow>) -> Result<i64> {
    row.conn
        .prepare_cached(
            "INSERT INTO entitlement (n, id, topic, last, campaign, household, status, amount, delivered, holder, request_to, places)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (n) DO UPDATE SET topic = excluded.topic, last = excluded.last, campaign = excluded.campaign,
               household = excluded.household, status = excluded.status, amount = excluded.amount,
               delivered = excluded.delivered, holder = excluded.holder, request_to = excluded.request_to,
               places = excluded.places",
        )?
        .execute((
            n,
            row.id(),
            &row.topic,
            row.last,
            new.map(|r| blob(&r.campaign.0)),
            new.map(|r| blob(&r.household.0)),
            new.map(|r| r.status),
            new.map(|r| r.amount),
            new.map(|r| r.delivered),
            new.map(|r| blob(&r.holder.0)),
            new.and_then(|r| r.request_to.as_ref()).map(|desk| blob(&desk.0)),
            row.places,
        ))?;
    Ok(n.unwrap_or_else(|| row.conn.last_insert_rowid()))
}

fn anomalies(row: &Row<'_>, old: &[AnomalyRow], new: &[AnomalyRow]) -> Result<()> {
    let (gone, come) = difference(old, new);
    for a in gone {
        row.conn
            .prepare_cached("DELETE FROM anomaly WHERE id = ?1")?
            .execute([blob(&a.id.0)])?;
    }
    for a in come {
        insert_anomaly(row.conn, a)?;
    }
    Ok(())
}

pub(super) fn insert_anomaly(conn: &Connection, a: &AnomalyRow) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO anomaly (id, entitlement, campaign, kind, at, desk, delivery)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        blob(&a.id.0),
        blob(&a.entitlement.0),
        blob(&a.campaign.0),
        a.kind,
        a.at,
        blob(&a.desk.0),
        blob(&a.delivery.0),
    ))?;
    Ok(())
}
