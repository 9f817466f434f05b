// SPDX-License-Identifier: EUPL-1.2
//! The vault in an SQLite file: WAL, durable before anybody is told (`synchronous=FULL`), one writer, several readers.

mod rows;

use crate::columns::{SCHEMA, check_version, fixed, read_records, signed, unsigned, uuid};
use crate::vault::{
    Changes, CodeRow, Counts, DeskRow, ForkRow, LogRow, OfficeRow, PresenceRow, RefusedRow, Registry,
    SegmentRow, Vault, VaultError, VaultState,
};
use rows::{
    SELECT_DESK, change_directory, code_row, desk_row, log_row, move_log, put_code, put_desk, put_fork,
    put_presence, put_segment,
};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, Signature};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const READERS: usize = 4;

pub(crate) struct SqliteVault {
    path: PathBuf,
    how: How,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Held for as long as the vault is open.
    _lock: Option<File>,
}

/// How a file is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
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
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
            _lock: None,
        })
    }

    fn open_locked(path: &Path, lock: Option<File>) -> Result<Self, VaultError> {
        let mut connection = connect(path, How::Writable)?;
        if !has_tables(&connection)? {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have been faster.
            if !has_tables(&tx)? {
                tx.execute_batch(SCHEMA)?;
            }
            tx.commit()?;
        }
        check_version(version(&connection)?)?;
        Ok(Self {
            path: path.to_owned(),
            how: How::Writable,
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
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

    fn write_tx<R>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, VaultError>,
    ) -> Result<R, VaultError> {
        // A panic in the middle of a transaction rolls it back: the connection is good to use.
        let mut writer: MutexGuard<'_, Connection> =
            self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&tx)?;
        tx.commit()?;
        Ok(result)
    }

    fn read<R>(&self, work: impl FnOnce(&Connection) -> Result<R, VaultError>) -> Result<R, VaultError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path, self.how)?,
        };
        let result = work(&connection);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(connection);
        }
        result
    }
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

fn connect(path: &Path, how: How) -> Result<Connection, VaultError> {
    let connection = if how == How::ReadOnly {
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?
    } else {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.execute_batch("PRAGMA synchronous = FULL")?;
        connection
    };
    connection.execute_batch("PRAGMA cache_size = -16000;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
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

impl Vault for SqliteVault {
    fn office(&self) -> Result<Option<OfficeRow>, VaultError> {
        self.read(|c| {
            let row = c
                .prepare_cached("SELECT id, name, directory FROM office")?
                .query_row([], |row| {
                    Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get::<_, i64>(2)?))
                })
                .optional()?;
            row.map(|(id, name, directory)| {
                Ok(OfficeRow {
                    id: OfficeId(uuid(&id)?),
                    name,
                    directory: unsigned(directory)?,
                })
            })
            .transpose()
        })
    }

    fn create_office(&self, office: &OfficeRow) -> Result<bool, VaultError> {
        self.write_tx(|tx| {
            let there: i64 = tx.query_row("SELECT count(*) FROM office", [], |row| row.get(0))?;
            if there > 0 {
                return Ok(false);
            }
            tx.execute(
                "INSERT INTO office (id, name, directory) VALUES (?1, ?2, ?3)",
                params![office.id.0.as_bytes(), office.name, signed(office.directory)],
            )?;
            Ok(true)
        })
    }

    fn desks(&self) -> Result<Vec<DeskRow>, VaultError> {
        self.read(|c| {
            let sql = format!("{SELECT_DESK} ORDER BY name, added_at");
            let mut statement = c.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            let mut desks = Vec::new();
            while let Some(row) = rows.next()? {
                desks.push(desk_row(row)?);
            }
            Ok(desks)
        })
    }

    fn desk(&self, id: DeskId) -> Result<Option<DeskRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(&format!("{SELECT_DESK} WHERE id = ?1"))?;
            let mut rows = statement.query(params![id.0.as_bytes()])?;
            rows.next()?.map(desk_row).transpose()
        })
    }

    fn invite(&self, desk: &DeskRow, code: &CodeRow) -> Result<(), VaultError> {
        self.write_tx(|tx| {
            put_desk(tx, desk)?;
            tx.execute(
                "DELETE FROM code WHERE desk = ?1 AND used_at IS NULL",
                params![desk.id.0.as_bytes()],
            )?;
            put_code(tx, code)?;
            Ok(())
        })
    }

    fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>, VaultError> {
        self.read(|c| {
            let mut statement =
                c.prepare_cached("SELECT hash, desk, expires_at, used_at FROM code WHERE hash = ?1")?;
            let mut rows = statement.query(params![hash])?;
            rows.next()?.map(code_row).transpose()
        })
    }

    fn codes(&self) -> Result<Vec<CodeRow>, VaultError> {
        self.read(|c| {
            let mut statement =
                c.prepare_cached("SELECT hash, desk, expires_at, used_at FROM code ORDER BY hash")?;
            let mut rows = statement.query([])?;
            let mut codes = Vec::new();
            while let Some(row) = rows.next()? {
                codes.push(code_row(row)?);
            }
            Ok(codes)
        })
    }

    fn fill(&self, registry: &Registry) -> Result<(), VaultError> {
        self.write_tx(|tx| {
            tx.execute_batch("DELETE FROM desk; DELETE FROM code; DELETE FROM presence")?;
            for desk in &registry.desks {
                put_desk(tx, desk)?;
            }
            for code in &registry.codes {
                put_code(tx, code)?;
            }
            for presence in &registry.presences {
                put_presence(tx, presence)?;
            }
            Ok(())
        })
    }

    fn enrol(&self, hash: &[u8; 32], desk: &DeskRow, now: i64) -> Result<bool, VaultError> {
        self.write_tx(|tx| {
            let used = tx.execute(
                "UPDATE code SET used_at = ?2 WHERE hash = ?1 AND used_at IS NULL",
                params![hash, now],
            )?;
            if used != 1 {
                return Ok(false);
            }
            put_desk(tx, desk)?;
            change_directory(tx, now)?;
            Ok(true)
        })
    }

    fn change_desk(&self, desk: &DeskRow, now: i64) -> Result<(), VaultError> {
        self.write_tx(|tx| {
            put_desk(tx, desk)?;
            tx.execute(
                "DELETE FROM code WHERE desk = ?1 AND used_at IS NULL",
                params![desk.id.0.as_bytes()],
            )?;
            change_directory(tx, now)?;
            Ok(())
        })
    }

    fn note_presence(&self, presence: &PresenceRow) -> Result<(), VaultError> {
        self.write_tx(|tx| put_presence(tx, presence))
    }

    fn presences(&self) -> Result<Vec<PresenceRow>, VaultError> {
        self.read(|c| {
            let mut statement =
                c.prepare_cached("SELECT desk, seen_at, waiting, skew, version FROM presence ORDER BY desk")?;
            let mut rows = statement.query([])?;
            let mut presences = Vec::new();
            while let Some(row) = rows.next()? {
                presences.push(PresenceRow {
                    desk: DeskId(uuid(&row.get::<_, Vec<u8>>(0)?)?),
                    seen_at: row.get(1)?,
                    waiting: unsigned(row.get(2)?)?,
                    skew: row.get(3)?,
                    version: row.get(4)?,
                });
            }
            Ok(presences)
        })
    }

    fn logs(&self) -> Result<Vec<LogRow>, VaultError> {
        self.read(|c| {
            let mut statement =
                c.prepare_cached("SELECT desk, topic, seq, link, stopped FROM log ORDER BY topic, desk")?;
            let mut rows = statement.query([])?;
            let mut logs = Vec::new();
            while let Some(row) = rows.next()? {
                logs.push(log_row(row)?);
            }
            Ok(logs)
        })
    }

    fn log(&self, name: &LogName) -> Result<Option<LogRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT desk, topic, seq, link, stopped FROM log WHERE desk = ?1 AND topic = ?2",
            )?;
            let mut rows = statement.query(params![name.desk, name.topic])?;
            rows.next()?.map(log_row).transpose()
        })
    }

    fn segments(&self, log: &LogName, after: u64, budget: usize) -> Result<Vec<SegmentRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT first, last, link_before, link_after, signature, records, received_at FROM segment \
                 WHERE desk = ?1 AND topic = ?2 AND last > ?3 ORDER BY last",
            )?;
            let mut rows = statement.query(params![log.desk, log.topic, signed(after)])?;
            let (mut segments, mut weight) = (Vec::new(), 0_usize);
            while weight < budget.max(1)
                && let Some(row) = rows.next()?
            {
                let records = row
                    .get_ref(5)?
                    .as_blob()
                    .map_err(|_| VaultError::Damaged("segment.records"))?;
                weight += records.len();
                segments.push(SegmentRow {
                    log: log.clone(),
                    from: unsigned(row.get(0)?)?,
                    before: Link(fixed(&row.get::<_, Vec<u8>>(2)?)?),
                    records: read_records(records)?,
                    head: SignedHead {
                        seq: unsigned(row.get(1)?)?,
                        link: fixed(&row.get::<_, Vec<u8>>(3)?)?,
                        signature: Signature(fixed(&row.get::<_, Vec<u8>>(4)?)?),
                    },
                    received_at: row.get(6)?,
                });
            }
            Ok(segments)
        })
    }

    fn write(&self, changes: &Changes) -> Result<bool, VaultError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (was, log) in &changes.logs {
            if !move_log(&tx, *was, log)? {
                tx.rollback()?;
                return Ok(false);
            }
        }
        for segment in &changes.segments {
            put_segment(&tx, segment)?;
        }
        for refused in &changes.refused {
            tx.prepare_cached("INSERT INTO refused (desk, topic, seq, code) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![
                    refused.log.desk,
                    refused.log.topic,
                    signed(refused.seq),
                    refused.code
                ])?;
        }
        for fork in &changes.forks {
            put_fork(&tx, fork)?;
        }
        tx.commit()?;
        Ok(true)
    }

    fn refused(&self, log: &LogName, from: u64, to: u64) -> Result<Vec<RefusedRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT seq, code FROM refused WHERE desk = ?1 AND topic = ?2 AND seq >= ?3 AND seq <= ?4 ORDER BY seq",
            )?;
            let mut rows = statement.query(params![log.desk, log.topic, signed(from), signed(to)])?;
            let mut refused = Vec::new();
            while let Some(row) = rows.next()? {
                refused.push(RefusedRow { log: log.clone(), seq: unsigned(row.get(0)?)?, code: row.get(1)? });
            }
            Ok(refused)
        })
    }

    fn forks(&self) -> Result<Vec<(LogName, SignedHead)>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT desk, topic, last, link_after, signature FROM fork ORDER BY desk, topic, last",
            )?;
            let mut rows = statement.query([])?;
            let mut forks = Vec::new();
            while let Some(row) = rows.next()? {
                let log = LogName {
                    desk: fixed(&row.get::<_, Vec<u8>>(0)?)?,
                    topic: row.get(1)?,
                };
                let head = SignedHead {
                    seq: unsigned(row.get(2)?)?,
                    link: fixed(&row.get::<_, Vec<u8>>(3)?)?,
                    signature: Signature(fixed(&row.get::<_, Vec<u8>>(4)?)?),
                };
                forks.push((log, head));
            }
            Ok(forks)
        })
    }

    fn fork(&self, log: &LogName, link: &Link) -> Result<Option<ForkRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT first, last, signature, records, received_at FROM fork \
                 WHERE desk = ?1 AND topic = ?2 AND link_after = ?3",
            )?;
            let mut rows = statement.query(params![log.desk, log.topic, link.0])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            Ok(Some(ForkRow {
                log: log.clone(),
                from: unsigned(row.get(0)?)?,
                head: SignedHead {
                    seq: unsigned(row.get(1)?)?,
                    link: link.0,
                    signature: Signature(fixed(&row.get::<_, Vec<u8>>(2)?)?),
                },
                records: read_records(&row.get::<_, Vec<u8>>(3)?)?,
                received_at: row.get(4)?,
            }))
        })
    }

    fn counts(&self) -> Result<Counts, VaultError> {
        self.read(|c| {
            let count = |sql: &str| -> Result<u64, VaultError> {
                unsigned(c.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
            };
            Ok(Counts {
                desks: count(
                    "SELECT count(*) FROM desk WHERE certificate IS NOT NULL AND revoked_at IS NULL",
                )?,
                logs: count("SELECT count(*) FROM log")?,
                records: count("SELECT coalesce(sum(seq), 0) FROM log")?,
                refused: count("SELECT count(*) FROM refused")?,
                forks: count("SELECT count(*) FROM fork")?,
            })
        })
    }

    fn state(&self) -> VaultState {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).len();
        VaultState {
            kind: "sqlite",
            connections: 1 + idle as u64,
            retries: 0,
        }
    }
}
