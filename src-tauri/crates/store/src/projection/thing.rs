// SPDX-License-Identifier: EUPL-1.2
//! Sites, services, campaigns, operators, imports, stock: few enough to be read whole.

use super::Row;
use crate::Result;

pub(super) fn save(row: &Row<'_>) -> Result<i64> {
    if let Some(n) = row.n {
        row.conn
            .prepare_cached("UPDATE thing SET topic = ?2, last = ?3, places = ?4, state = ?5 WHERE n = ?1")?
            .execute((n, &row.topic, row.last, row.places, row.state))?;
        return Ok(n);
    }
    row.conn
        .prepare_cached(
            "INSERT INTO thing (kind, id, topic, last, places, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            row.entity.kind.number(),
            row.id(),
            &row.topic,
            row.last,
            row.places,
            row.state,
        ))?;
    Ok(row.conn.last_insert_rowid())
}
