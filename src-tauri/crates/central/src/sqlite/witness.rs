// SPDX-License-Identifier: EUPL-1.2
//! How many records the file should hold, written beside it after each commit, as at a desk.
//!
//! SQLite takes the first frame of its write-ahead log that does not verify for the end of it. So a log that was damaged, cut
//! short or taken away loses what desks were told is kept, and nobody here notices. This number does. It is written once a commit is
//! durable and never waits for the disk: it may be behind after a power cut, or where two programs write, and is never ahead.

use super::VaultError;
use std::fs::File;
use std::io::{Error, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

const LEN: usize = 16;

/// The file beside the database.
#[derive(Debug)]
pub(super) struct Witness {
    file: File,
    said: u64,
}

impl Witness {
    /// The one beside this database; a new one says 0, and so does one that cannot be read as such.
    pub(super) fn open(database: &Path) -> Result<Self, VaultError> {
        let path = beside(database, "-count");
        let opened = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let mut file = opened.map_err(|error| VaultError::Lock(path, error))?;
        let mut bytes = [0; LEN];
        let said = match file.read_exact(&mut bytes) {
            Ok(()) => read(bytes).unwrap_or(0),
            Err(_) => 0,
        };
        Ok(Self { file, said })
    }

    /// How many records it says that there are.
    pub(super) fn said(&self) -> u64 {
        self.said
    }

    /// Says that there are so many records, all of them durable. That it cannot be written is nobody's loss.
    pub(super) fn say(&mut self, records: u64) {
        if records == self.said {
            return;
        }
        let put = self
            .file
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.file.write_all(&written(records)));
        match put {
            Ok(()) => self.said = records,
            Err(error) => {
                tracing::warn!(%error, "the number of records could not be written beside the database");
            }
        }
    }
}

/// Keeps a copy of a database's write-ahead log beside it, if there is one: SQLite writes over what it does not read of it.
pub(super) fn keep_write_ahead(database: &Path) -> Result<Option<PathBuf>, VaultError> {
    let log = beside(database, "-wal");
    if log.metadata().map_or(0, |facts| facts.len()) == 0 {
        return Ok(None);
    }
    for number in 1..1000 {
        let aside = beside(&log, &format!(".aside-{number}"));
        let fail = |error| VaultError::Lock(aside.clone(), error);
        match File::options().write(true).create_new(true).open(&aside) {
            Ok(mut copy) => {
                let mut from = File::open(&log).map_err(fail)?;
                std::io::copy(&mut from, &mut copy).map_err(fail)?;
                copy.sync_all().map_err(fail)?;
                return Ok(Some(aside));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(fail(error)),
        }
    }
    Err(VaultError::Lock(log, Error::from(ErrorKind::AlreadyExists)))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
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
