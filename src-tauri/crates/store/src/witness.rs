// SPDX-License-Identifier: EUPL-1.2
//! How many records the file should hold, written beside it after each commit.
//!
//! SQLite takes the first frame of its write-ahead log that does not verify for the end of it: that is how it passes over what
//! a power cut left half written. So a log that was damaged, cut short or taken away loses commits that somebody was told of,
//! and nobody notices. This number does. It is written once a commit is durable and never waits for the disk itself: it may be
//! behind after a power cut and is never ahead, so a file with fewer records than this has lost some.
//! (A commit that takes records out is announced: see [`Witness::lower`].)

use crate::files::beside;
use crate::{Result, StoreError};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// What its name ends with, behind the database's.
pub(crate) const SUFFIX: &str = "-count";
const LEN: usize = 16;

/// The file beside the database.
#[derive(Debug)]
pub(crate) struct Witness {
    file: File,
    said: u64,
}

impl Witness {
    /// The one beside this database; a new one says 0, and so does one that cannot be read as such.
    pub fn open(database: &Path) -> Result<Self> {
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(database, SUFFIX))
            .map_err(StoreError::Io)?;
        let mut bytes = [0; LEN];
        let said = match file.read_exact(&mut bytes) {
            Ok(()) => read(bytes).unwrap_or(0),
            Err(_) => 0,
        };
        Ok(Self { file, said })
    }

    /// A database that begins here, or came out of a backup: what was said of another one counts no more.
    pub fn begin_anew(database: &Path) -> Result<()> {
        let mut witness = Self::open(database)?;
        witness.said = 0;
        witness.put(0).map_err(StoreError::Io)
    }

    /// How many records it says that there are.
    pub fn said(&self) -> u64 {
        self.said
    }

    /// Says that there are so many records, all of them durable.
    ///
    /// That it cannot be written is nobody's loss: then a loss may go unnoticed, as it would without it.
    pub fn say(&mut self, records: u64) {
        if records == self.said {
            return;
        }
        match self.put(records) {
            Ok(()) => self.said = records,
            Err(error) => {
                tracing::warn!(%error, "the number of records could not be written beside the file")
            }
        }
    }

    /// Says, before it is so, that there will be fewer records: a commit that takes some out would look like a loss if the power went
    /// right after it. This waits for the disk. Should the commit fail, the number is behind until the next one.
    pub fn lower(&mut self, records: u64) -> Result<()> {
        if records >= self.said {
            return Ok(());
        }
        self.put(records)
            .and_then(|()| self.file.sync_data())
            .map_err(StoreError::Io)?;
        self.said = records;
        Ok(())
    }

    fn put(&mut self, records: u64) -> std::io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&written(records))
    }
}

fn written(records: u64) -> [u8; LEN] {
    let number = records.to_le_bytes();
    let check = blake3::derive_key("sportello 2026 count of records v1", &number);
    let mut bytes = [0; LEN];
    bytes[..8].copy_from_slice(&number);
    bytes[8..].copy_from_slice(&check[..8]);
    bytes
}

fn read(bytes: [u8; LEN]) -> Option<u64> {
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[..8]);
    let records = u64::from_le_bytes(number);
    (written(records) == bytes).then_some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_said_again_and_rubbish_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("desk.db");
        let mut witness = Witness::open(&database).unwrap();
        assert_eq!(witness.said(), 0);
        witness.say(70_000);
        witness.say(70_001);
        assert_eq!(Witness::open(&database).unwrap().said(), 70_001);
        let beside = beside(&database, SUFFIX);
        let mut bytes = std::fs::read(&beside).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&beside, &bytes).unwrap();
        assert_eq!(Witness::open(&database).unwrap().said(), 0, "damaged itself");
        std::fs::write(&beside, b"short").unwrap();
        assert_eq!(Witness::open(&database).unwrap().said(), 0);
        witness.say(70_002);
        witness.lower(70_005).unwrap();
        assert_eq!(witness.said(), 70_002, "never more");
        witness.lower(70_000).unwrap();
        assert_eq!(Witness::open(&database).unwrap().said(), 70_000);
        witness.say(70_002);
        Witness::begin_anew(&database).unwrap();
        assert_eq!(Witness::open(&database).unwrap().said(), 0);
    }
}
