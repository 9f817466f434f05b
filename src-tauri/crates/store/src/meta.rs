// SPDX-License-Identifier: EUPL-1.2
//! Few small facts kept beside the journal: who this desk is, settings, the exchange's bookkeeping.

use crate::{Reads, Result, StoreError, WriteTx};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sportello_domain::ids::{DeskId, OfficeId};

pub(crate) const IDENTITY: &str = "identity";
pub(crate) const RESTORED: &str = "restored";
/// How many records the file has lost; it is then marked as restored too.
pub(crate) const LOST: &str = "lost";
/// How far the desk's clock is known to be ahead of the centre's, milliseconds.
pub(crate) const CLOCK_OFFSET: &str = "clock_offset";
/// Which kinds of event the file was folded with: a program that knows more folds what waited for it.
pub(crate) const FOLDED_WITH: &str = "folded_with";
/// Up to where this desk's records are known to stand in the rows that queries read.
pub(crate) const SETTLED: &str = "settled";

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The office.
    pub office: OfficeId,
    /// The desk under whose name this file writes.
    pub desk: DeskId,
}

pub(crate) fn get<T: DeserializeOwned>(conn: &Connection, key: &str) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    let text: Option<String> = statement.query_row([key], |row| row.get(0)).optional()?;
    // A page that fails its check may be read as zeros before the error is told: what is no JSON any more is damage.
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| StoreError::damaged(format!("what is kept as {key} cannot be read: {error}")))
}

pub(crate) fn set<T: Serialize + ?Sized>(conn: &Connection, key: &str, value: &T) -> Result<()> {
    let text = serde_json::to_string(value)?;
    conn.prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
        .execute([key, &text])?;
    Ok(())
}

impl Reads<'_> {
    /// A fact that was kept under this name.
    pub fn get_meta<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        get(self.conn, key)
    }

    /// Whether the file came out of a backup and has not been enrolled anew.
    pub fn is_restored(&self) -> Result<bool> {
        Ok(get(self.conn, RESTORED)?.unwrap_or(false))
    }

    /// How many records the file has lost: written once, and not there when it was opened again. Such a file is marked as restored.
    pub fn lost_records(&self) -> Result<u64> {
        Ok(get(self.conn, LOST)?.unwrap_or(0))
    }
}

impl WriteTx<'_> {
    /// Whether the file came out of a backup and has not been enrolled anew.
    pub fn is_restored(&self) -> bool {
        self.book.restored
    }

    /// How many records the file has lost (see [`Reads::lost_records`]).
    pub fn lost_records(&self) -> Result<u64> {
        Ok(get(self.conn, LOST)?.unwrap_or(0))
    }

    /// A fact that was kept under this name.
    pub fn get_meta<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        get(self.conn, key)
    }

    /// Keeps a fact under this name.
    pub fn set_meta<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<()> {
        set(self.conn, key, value)
    }

    /// Forgets a fact.
    pub fn delete_meta(&mut self, key: &str) -> Result<()> {
        self.conn
            .prepare_cached("DELETE FROM meta WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }

    /// Marks the file: it writes no more under the name that it has.
    pub(crate) fn set_restored(&mut self) -> Result<()> {
        set(self.conn, RESTORED, &true)?;
        self.book.restored = true;
        Ok(())
    }

    /// How far this desk's clock is ahead of the centre's, milliseconds: from now on what it writes is put in order as if it were right.
    pub fn set_clock_offset(&mut self, offset: i64) -> Result<()> {
        if self.book.offset != offset {
            set(self.conn, CLOCK_OFFSET, &offset)?;
            // What was believed by the other time is looked at anew.
            self.book = crate::book::Book::read(self.conn)?;
        }
        Ok(())
    }

    /// Writes under another desk's name from now on: after enrolment, or after a restored file was enrolled anew.
    pub fn set_identity(&mut self, identity: Identity) -> Result<()> {
        set(self.conn, IDENTITY, &identity)?;
        set(self.conn, RESTORED, &false)?;
        self.delete_meta(LOST)?;
        self.book.identity = identity;
        self.book.restored = false;
        Ok(())
    }
}
