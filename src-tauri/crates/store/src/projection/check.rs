// SPDX-License-Identifier: EUPL-1.2
//! What stands in the tables, and what should: for `verify`.

use super::{AnomalyRow, RunRow, Shown, table};
use crate::Result;
use crate::book::blob;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use sportello_domain::ids::{CampaignId, CaseId, DeliveryId, DeskId, EntitlementId, MemberId};
use sportello_domain::meta::{EntityKind, EntityRef};
use uuid::Uuid;

fn bytes(id: &Uuid) -> Value {
    Value::Blob(blob(id).to_vec())
}

fn whole(number: impl Into<i64>) -> Value {
    Value::Integer(number.into())
}

fn maybe(id: Option<&Uuid>) -> Value {
    id.map_or(Value::Null, bytes)
}

/// What the entity's own columns should be.
pub(crate) fn columns_shown(shown: Option<&Shown>, kind: EntityKind) -> Vec<Value> {
    match shown {
        Some(Shown::Household(h)) => {
            vec![
                Value::Text(h.list_ref.clone()),
                Value::Text(h.sort_name.clone()),
                whole(h.quartiere),
            ]
        }
        Some(Shown::Entitlement(e)) => vec![
            bytes(&e.campaign.0),
            bytes(&e.household.0),
            whole(e.status),
            whole(e.amount),
            whole(e.delivered),
            bytes(&e.holder.0),
            maybe(e.request_to.as_ref().map(|desk| &desk.0)),
        ],
        Some(Shown::Appointment(a)) => vec![
            bytes(&a.site.0),
            Value::Text(a.start.clone()),
            maybe(a.household.as_ref().map(|id| &id.0)),
            bytes(&a.service.0),
            maybe(a.entitlement.as_ref().map(|id| &id.0)),
            Value::Text(a.code.clone()),
            whole(a.turnout),
            whole(a.status),
        ],
        Some(Shown::Thing | Shown::Stock(_) | Shown::Looks(_)) => Vec::new(),
        None => vec![Value::Null; columns(kind).map_or(0, |(_, count)| count)],
    }
}

fn columns(kind: EntityKind) -> Option<(&'static str, usize)> {
    match table(kind) {
        "household" => Some((
            "SELECT list_ref, sort_name, quartiere FROM household WHERE id = ?1",
            3,
        )),
        "entitlement" => Some((
            "SELECT campaign, household, status, amount, delivered, holder, request_to FROM entitlement WHERE id = ?1",
            7,
        )),
        "appointment" => Some((
            "SELECT site, start, household, service, entitlement, code, turnout, status FROM appointment WHERE id = ?1",
            8,
        )),
        _ => None,
    }
}

/// What the entity's own columns are.
pub(crate) fn columns_stored(conn: &Connection, entity: EntityRef) -> Result<Vec<Value>> {
    let Some((sql, count)) = columns(entity.kind) else {
        return Ok(Vec::new());
    };
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_row([blob(&entity.id)], |row| {
        (0..count).map(|at| row.get(at)).collect::<Result<_, _>>()
    });
    Ok(found.optional()?.unwrap_or_default())
}

fn member(key: &str, household: Uuid, member: MemberId) -> String {
    format!("member {key} {household} {member}")
}

/// The rows of other tables that an entity should have, each as a text.
pub(crate) fn side_rows(entity: EntityRef, shown: &Shown) -> Vec<String> {
    let run = |row: &RunRow| format!("{row:?}");
    match shown {
        Shown::Thing | Shown::Appointment(_) => Vec::new(),
        Shown::Household(h) => h
            .keys
            .iter()
            .map(|(key, id)| member(key, entity.id, *id))
            .collect(),
        Shown::Stock(runs) => runs.iter().map(run).collect(),
        Shown::Looks(looks) => looks.iter().map(|row| format!("{row:?}")).collect(),
        Shown::Entitlement(e) => {
            let anomalies = e.anomalies.iter().map(|row| format!("{row:?}"));
            let delegates = e.delegates.iter().map(|row| format!("{row:?}"));
            anomalies.chain(delegates).chain(e.runs.iter().map(run)).collect()
        }
    }
}

/// Goes through the rows of the other tables, each as the same text.
pub(crate) fn each_side_row(conn: &Connection, mut each: impl FnMut(&str)) -> Result<()> {
    let id =
        |row: &rusqlite::Row<'_>, at: usize| -> rusqlite::Result<Uuid> { Ok(Uuid::from_bytes(row.get(at)?)) };
    let mut statement = conn.prepare("SELECT key, household, member FROM member")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(&member(
            &row.get::<_, String>(0)?,
            id(row, 1)?,
            MemberId(id(row, 2)?),
        ));
    }
    let mut statement =
        conn.prepare("SELECT id, entitlement, campaign, kind, at, desk, delivery FROM anomaly")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let anomaly = AnomalyRow {
            id: CaseId(id(row, 0)?),
            entitlement: EntitlementId(id(row, 1)?),
            campaign: CampaignId(id(row, 2)?),
            kind: row.get(3)?,
            at: row.get(4)?,
            desk: DeskId(id(row, 5)?),
            delivery: DeliveryId(id(row, 6)?),
        };
        each(&format!("{anomaly:?}"));
    }
    let mut statement = conn.prepare("SELECT campaign, who, at, delivery, entitlement FROM delegate")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let delegate = super::delegate::read(row)?;
        each(&format!("{delegate:?}"));
    }
    let mut statement = conn.prepare(
        "SELECT campaign, series, width, first, last, source, owner, desk, delivery, at, reversed FROM run",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let run = super::run::read(row)?;
        each(&format!("{run:?}"));
    }
    let mut statement = conn.prepare("SELECT batch, n, at, household, operator, desk, how FROM look")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let look = super::look::read(row)?;
        each(&format!("{look:?}"));
    }
    Ok(())
}
