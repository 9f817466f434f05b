// SPDX-License-Identifier: EUPL-1.2
//! Looks, one row each, to be found by household, operator, desk and time.

use super::difference;
use crate::Result;
use crate::book::blob;
use rusqlite::Connection;
use sportello_domain::ids::{DeskId, HouseholdId, LooksId, OperatorId};
use sportello_domain::look::{Looks, Opened};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LookRow {
    pub batch: LooksId,
    pub n: i64,
    pub at: i64,
    pub household: Option<HouseholdId>,
    pub operator: OperatorId,
    pub desk: DeskId,
    pub how: u8,
}

/// A way as it stands in a column.
pub(crate) fn how(opened: Opened) -> u8 {
    match opened {
        Opened::Search => 0,
        Opened::Scan => 1,
        Opened::Queue => 2,
        Opened::Other => 3,
        Opened::Export => 4,
    }
}

/// A way out of a column.
pub(crate) fn opened(column: u8) -> Opened {
    match column {
        0 => Opened::Search,
        1 => Opened::Scan,
        2 => Opened::Queue,
        4 => Opened::Export,
        _ => Opened::Other,
    }
}

pub(crate) fn rows(looks: &Looks) -> Vec<LookRow> {
    let row = |(n, look): (i64, &sportello_domain::look::Look)| LookRow {
        batch: looks.id,
        n,
        at: look.at.0,
        household: look.household,
        operator: look.operator,
        desk: looks.desk,
        how: how(look.how),
    };
    (0..).zip(&looks.looks).map(row).collect()
}

/// Reads a row of `batch, n, at, household, operator, desk, how`.
pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<LookRow> {
    let id = |at| row.get(at).map(uuid::Uuid::from_bytes);
    Ok(LookRow {
        batch: LooksId(id(0)?),
        n: row.get(1)?,
        at: row.get(2)?,
        household: row
            .get::<_, Option<[u8; 16]>>(3)?
            .map(|id| HouseholdId(uuid::Uuid::from_bytes(id))),
        operator: OperatorId(id(4)?),
        desk: DeskId(id(5)?),
        how: row.get(6)?,
    })
}

pub(super) fn replace(conn: &Connection, old: &[LookRow], new: &[LookRow]) -> Result<()> {
    let (gone, come) = difference(old, new);
    for row in gone {
        conn.prepare_cached("DELETE FROM look WHERE batch = ?1 AND n = ?2")?
            .execute((blob(&row.batch.0), row.n))?;
    }
    for row in come {
        conn.prepare_cached(
            "INSERT OR REPLACE INTO look (batch, n, at, household, operator, desk, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            blob(&row.batch.0),
            row.n,
            row.at,
            row.household.as_ref().map(|id| blob(&id.0)),
            blob(&row.operator.0),
            blob(&row.desk.0),
            row.how,
        ))?;
    }
    Ok(())
}
