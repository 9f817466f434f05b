// SPDX-License-Identifier: EUPL-1.2
//! Opening an SQLite file: to work with it, alone or beside others; to write a backup, or to read one.

use super::SqliteVault;
use super::witness::{Witness, keep_write_ahead};
use crate::columns::{SCHEMA, VERSION, check_version, steps_from};
use crate::vault::VaultError;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long to wait for others who write.
const BUSY: Duration = Duration::from_secs(10);

/// How a file is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// To work with it.
    Writable,
    /// To read a backup: nothing is written beside it, so that it may lie where nothing can be.
    ReadOnly,
}

impl SqliteVault {
    /// Opens a centre's database, which others may use at the same time.
    pub(crate) fn open(path: &Path) -> Result<Self, VaultError> {
        let lock = lock_file(path)?;
        lock.try_lock_shared().map_err(|error| in_use(path, error))?;
        Self::open_locked(path, Some(lock))
    }

    /// Opens a centre's database that nobody else may use meanwhile.
    pub(crate) fn open_alone(path: &Path) -> Result<Self, VaultError> {
        let lock = lock_file(path)?;
        lock.try_lock().map_err(|error| in_use(path, error))?;
        Self::open_locked(path, Some(lock))
    }

    /// Opens a file that is being written for later: a backup.
    pub(crate) fn open_new(path: &Path) -> Result<Self, VaultError> {
        Self::open_locked(path, None)
    }

    /// Opens a backup to read it.
    pub(crate) fn open_backup(path: &Path) -> Result<Self, VaultError> {
        let connection = connect(path, How::ReadOnly)?;
        let found = version(&connection)?;
        check_version(found)?;
        Ok(Self {
            path: path.to_owned(),
            how: How::ReadOnly,
            schema: found,
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
            witness: None,
            lost: 0,
            _lock: None,
        })
    }

    fn open_locked(path: &Path, lock: Option<File>) -> Result<Self, VaultError> {
        // Read before the records are counted: whoever else writes meanwhile makes them more, never less.
        let mut witness = lock.is_some().then(|| Witness::open(path)).transpose()?;
        let mut connection = connect(path, How::Writable)?;
        let lost = match &mut witness {
            Some(witness) => lost(path, &connection, witness)?,
            None => 0,
        };
        if !has_tables(&connection)? {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have been faster.
            if !has_tables(&tx)? {
                tx.execute_batch(SCHEMA)?;
            }
            tx.commit()?;
        }
        check_version(version(&connection)?)?;
        if version(&connection)? < VERSION {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Here too.
            for step in steps_from(version(&tx)?) {
                tx.execute_batch(step)?;
            }
            tx.commit()?;
        }
        Ok(Self {
            path: path.to_owned(),
            how: How::Writable,
            schema: VERSION,
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
            witness: witness.map(Mutex::new),
            lost,
            _lock: lock,
        })
    }

    /// Brings everything into the one file, durably, so that it can be carried away.
    pub(crate) fn seal(self) -> Result<(), VaultError> {
        drop(self.readers);
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        writer.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        writer.close().map_err(|(_, error)| error)?;
        File::open(&self.path)
            .and_then(|file| file.sync_all())
            .map_err(|error| VaultError::Lock(self.path, error))
    }
}

/// How many records are gone that were there once, if any; then the write-ahead log is kept before anything is written over it.
fn lost(path: &Path, connection: &Connection, witness: &mut Witness) -> Result<u64, VaultError> {
    let found = if has_tables(connection)? {
        connection.query_row("SELECT coalesce(sum(seq), 0) FROM log", [], |row| {
            row.get::<_, i64>(0)
        })?
    } else {
        0
    };
    let (found, said) = (found.unsigned_abs(), witness.said());
    let lost = said.saturating_sub(found);
    if lost > 0 {
        let aside = keep_write_ahead(path)?;
        let aside = aside.map(|path| path.display().to_string()).unwrap_or_default();
        tracing::error!(
            lost,
            aside,
            "records are gone that desks had handed over: the write-ahead log was damaged or taken away, or the database is an \
             older copy; desks notice at their next exchange and send them again"
        );
    }
    witness.say(found);
    Ok(lost)
}

fn has_tables(connection: &Connection) -> Result<bool, VaultError> {
    let found = connection.query_row(
        "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'",
        [],
        |row| row.get::<_, i64>(0),
    )?;
    Ok(found > 0)
}

fn version(connection: &Connection) -> Result<i64, VaultError> {
    Ok(connection.query_row("SELECT max(version) FROM schema_version", [], |row| row.get(0))?)
}

pub(super) fn connect(path: &Path, how: How) -> Result<Connection, VaultError> {
    let connection = if how == How::ReadOnly {
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?
    } else {
        let connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        write_ahead(&connection)?;
        // What is written over is written over with zeros: a body that was erased is not found in the file.
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")?;
        connection
    };
    connection.execute_batch("PRAGMA cache_size = -16000;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Switches a new file to its write-ahead log. SQLite waits for others everywhere but here.
fn write_ahead(connection: &Connection) -> Result<(), VaultError> {
    let began = Instant::now();
    loop {
        let switched = connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()));
        match switched {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && began.elapsed() < BUSY =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return Ok(done?),
        }
    }
}

/// The file by which those who use a database know of each other. It stays, empty.
fn lock_file(database: &Path) -> Result<File, VaultError> {
    let path = database.with_extension("lock");
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| VaultError::Lock(path, error))
}

fn in_use(database: &Path, error: TryLockError) -> VaultError {
    match error {
        TryLockError::WouldBlock => VaultError::InUse,
        TryLockError::Error(error) => VaultError::Lock(database.with_extension("lock"), error),
    }
}
