// SPDX-License-Identifier: EUPL-1.2
//! What SQLite leaves behind of what was erased: words in the search index that are only marked as gone, older versions of a
//! row in pages that are free by now, pages in the write-ahead log. The file is written anew without them.

use super::{BACKUPS, SCRUB};
use crate::{Reads, Result, Store, StoreError, WriteTx, meta};

impl Reads<'_> {
    /// Whether the file may still hold, in places that nothing reads, what was erased.
    pub fn needs_scrub(&self) -> Result<bool> {
        Ok(meta::get(self.conn, SCRUB)?.unwrap_or(false))
    }

    /// Whether backups may still hold what was erased.
    pub fn old_backups_hold_erased(&self) -> Result<bool> {
        Ok(meta::get(self.conn, BACKUPS)?.unwrap_or(false))
    }
}

impl WriteTx<'_> {
    /// No backup within reach holds any more what was erased.
    pub fn old_backups_gone(&mut self) -> Result<()> {
        self.delete_meta(BACKUPS)
    }
}

impl Store {
    /// Has the file hold no more of what was erased than its tables do. It is written anew, so it takes as long as a backup, and
    /// as much room; until it is done (a reader may be in the way, or the disk full) it is to be tried again. True when done.
    pub fn scrub(&self) -> Result<bool> {
        if !self.read(|reads| reads.needs_scrub())? {
            return Ok(true);
        }
        self.write(|tx| {
            tx.conn
                .execute_batch("INSERT INTO household_words (household_words) VALUES ('optimize')")?;
            Ok::<_, StoreError>(())
        })?;
        self.forget_readers();
        let clean = self.with_writer(|conn| {
            conn.execute_batch("VACUUM")?;
            // A reader that began before keeps the log as it is.
            let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            Ok::<_, StoreError>(busy == 0)
        })?;
        if clean {
            self.write(|tx| tx.delete_meta(SCRUB))?;
            self.with_writer(|conn| {
                conn.execute_batch("PRAGMA secure_delete = OFF")?;
                Ok::<_, StoreError>(())
            })?;
        }
        Ok(clean)
    }
}
