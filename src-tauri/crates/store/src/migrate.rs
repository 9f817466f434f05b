// SPDX-License-Identifier: EUPL-1.2
//! From one schema to the next. Each step is one numbered SQL file, done once, in a transaction of its own.

use crate::{Result, StoreError};
use rusqlite::Connection;

/// The steps, in order. A released step is never edited: `tests/schema.rs` holds its hash.
const STEPS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_signed_heads.sql"),
    include_str!("../migrations/0003_states_from_records.sql"),
    include_str!("../migrations/0004_erasure_and_looks.sql"),
    include_str!("../migrations/0005_fewer_pages.sql"),
    include_str!("../migrations/0006_cases.sql"),
    include_str!("../migrations/0007_erased_body.sql"),
];

/// The schema that this program writes.
#[expect(clippy::cast_possible_truncation, reason = "there are a handful of them")]
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// The file's schema.
pub(crate) fn version(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings a file to this program's schema; refuses one from the future.
pub(crate) fn migrate(conn: &Connection) -> Result<()> {
    let found = version(conn)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::NewerSchema {
            found,
            known: SCHEMA_VERSION,
        });
    }
    for (number, sql) in (1_u32..).zip(STEPS).skip(found as usize) {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        let done = conn
            .execute_batch(sql)
            .and_then(|()| conn.pragma_update(None, "user_version", number));
        if let Err(error) = done {
            // What failed has already been told; that undoing it fails too adds nothing.
            let _ = conn.execute_batch("ROLLBACK");
            return Err(error.into());
        }
        conn.execute_batch("COMMIT")?;
        tracing::info!(schema = number, "the file was brought to a newer schema");
    }
    Ok(())
}
