// SPDX-License-Identifier: EUPL-1.2
//! Opening the file: key, cipher and the settings that durability depends on.

use crate::{DbKey, Result, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The one that writes.
    Write,
    /// One that only reads.
    Read,
    /// Looks at a file, or copies it, without changing its mode: a backup stays one file.
    Copy,
}

/// Bytes of a page. Smaller ones make a single delivery a tenth to a quarter cheaper, and lists and exchanges half as fast
/// (`benches/store.rs`: `commit`, `ingest`): a desk waits for the latter.
pub(crate) const PAGE: u64 = 4096;
/// How long a connection waits for another program before it says that it is busy.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements that a connection keeps ready.
const STATEMENTS: usize = 192;
/// Pages in the write-ahead log before they are copied into the file: one delivery writes four or five.
const CHECKPOINT_PAGES: u32 = 2000;

/// Makes an empty file.
pub(crate) fn create(path: &Path, key: &DbKey) -> Result<Connection> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    unlock(&conn, key)?;
    prepare(&conn, Purpose::Write)?;
    Ok(conn)
}

/// Opens a file that is there.
pub(crate) fn open(path: &Path, key: &DbKey, purpose: Purpose) -> Result<Connection> {
    check_salt(path, key)?;
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    if purpose == Purpose::Write {
        // Until it is known to be whole nothing is tidied up when it is closed: a damaged write-ahead log stays.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    unlock(&conn, key)?;
    // The first read decrypts the first page. The salt was right, so what fails here is damage.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    prepare(&conn, purpose)?;
    Ok(conn)
}

/// From now on the write-ahead log is brought into the file when that is closed.
pub(crate) fn tidy_at_end(conn: &Connection) -> Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// The salt at the beginning follows from the key: another salt is another key's file.
fn check_salt(path: &Path, key: &DbKey) -> Result<()> {
    let mut salt = [0; 16];
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Err(error) => return Err(error.into()),
    };
    match file.read_exact(&mut salt) {
        Ok(()) if salt == key.file_salt() => Ok(()),
        Ok(()) => Err(StoreError::WrongKey),
        Err(_) => Err(StoreError::damaged("it is too short to be a database")),
    }
}

fn unlock(conn: &Connection, key: &DbKey) -> Result<()> {
    // Errors of the cipher come back as errors: nothing is to be written to the terminal.
    conn.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    conn.execute_batch(&key.pragma())?;
    // Stated although they are (but for the HMAC) the defaults of SQLCipher 4: a file must open whatever a build chose.
    // SHA-256 has instructions of its own on today's processors; SHA-512 has not.
    conn.execute_batch(&format!(
        "PRAGMA cipher_page_size = {PAGE}; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;"
    ))?;
    Ok(())
}

fn prepare(conn: &Connection, purpose: Purpose) -> Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans do not depend on what is bound: else a statement over a table with a partial index is prepared again at each use.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    match purpose {
        Purpose::Write => {
            let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
            if mode != "wal" {
                return Err(StoreError::Io(std::io::Error::other(
                    "the disk does not take a write-ahead log",
                )));
            }
            // 32 MB here, 16 for each reader.
            conn.execute_batch(&format!(
                "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES};"
            ))?;
        }
        Purpose::Read => conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16384;")?,
        Purpose::Copy => conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;")?,
    }
    Ok(())
}
