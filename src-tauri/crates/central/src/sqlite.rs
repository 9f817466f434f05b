// SPDX-License-Identifier: EUPL-1.2
//! The vault in an SQLite file: WAL, durable before anybody is told (`synchronous=FULL`), one writer, several readers.

mod open;
mod rows;
mod witness;

use crate::columns::{fixed, mark, read_records, read_speaks, signed, unsigned, uuid, write_records};
use crate::vault::{
    Changes, CodeRow, Counts, DeskRow, Erasures, ForkRow, LogRow, OfficeRow, PresenceRow, RefusedRow,
    Registry, SegmentRow, Vault, VaultError, VaultState,
};
use open::{How, connect};
use rows::{
    SELECT_DESK, change_directory, code_row, desk_row, drop_unused_codes, is_at, log_row, logs_of, move_log,
    put_code, put_desk, put_erasures, put_fork, put_presence, put_segment, read_erasures,
};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sportello_domain::erasure::BodyMark;
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, Record, Signature};
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use witness::Witness;

const READERS: usize = 4;

pub(crate) struct SqliteVault {
    path: PathBuf,
    how: How,
    /// The version of the tables: that of a backup may be older.
    schema: i64,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Of a database that is worked with; a backup has none.
    witness: Option<Mutex<Witness>>,
    /// Records that were there before this program opened the file, and are not any more.
    lost: u64,
    /// Held for as long as the vault is open.
    _lock: Option<File>,
}

impl SqliteVault {
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
            drop_unused_codes(tx, desk.id)?;
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
            drop_unused_codes(tx, desk.id)?;
            change_directory(tx, now)?;
            Ok(())
        })
    }

    fn settle_desk(&self, desk: &DeskRow, was: u32, logs: &[LogRow], now: i64) -> Result<bool, VaultError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let there = logs_of(&tx, desk.id)?;
        let same = there.len() == logs.len() && there.iter().all(|log| logs.contains(log));
        if !same || !is_at(&tx, desk.id, was)? {
            tx.rollback()?;
            return Ok(false);
        }
        put_desk(&tx, desk)?;
        drop_unused_codes(&tx, desk.id)?;
        change_directory(&tx, now)?;
        tx.commit()?;
        Ok(true)
    }

    fn note_presence(&self, presence: &PresenceRow) -> Result<(), VaultError> {
        self.write_tx(|tx| put_presence(tx, presence))
    }

    fn presences(&self) -> Result<Vec<PresenceRow>, VaultError> {
        self.read(|c| {
            // A backup of an older program does not say it.
            let speaks = if self.schema < 3 { "2" } else { "speaks" };
            let mut statement = c.prepare_cached(&format!(
                "SELECT desk, seen_at, waiting, skew, version, {speaks} FROM presence ORDER BY desk"
            ))?;
            let mut rows = statement.query([])?;
            let mut presences = Vec::new();
            while let Some(row) = rows.next()? {
                presences.push(PresenceRow {
                    desk: DeskId(uuid(&row.get::<_, Vec<u8>>(0)?)?),
                    seen_at: row.get(1)?,
                    waiting: unsigned(row.get(2)?)?,
                    skew: row.get(3)?,
                    version: row.get(4)?,
                    speaks: read_speaks(row.get(5)?)?,
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
        for (desk, version) in &changes.authors {
            if !is_at(&tx, *desk, *version)? {
                tx.rollback()?;
                return Ok(false);
            }
        }
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
        put_erasures(&tx, &changes.erasures)?;
        tx.commit()?;
        if let Some(witness) = &self.witness {
            let mut witness = witness.lock().unwrap_or_else(PoisonError::into_inner);
            let new = changes.logs.iter().map(|(was, log)| log.seq.saturating_sub(*was));
            let records = witness.said() + new.sum::<u64>();
            witness.say(records);
        }
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

    fn erasure_version(&self) -> Result<u64, VaultError> {
        if self.schema < 2 {
            return Ok(0);
        }
        self.read(|c| {
            unsigned(
                c.prepare_cached("SELECT count(*) FROM erasure")?
                    .query_row([], |row| row.get(0))?,
            )
        })
    }

    fn erasures(&self) -> Result<Erasures, VaultError> {
        if self.schema < 2 {
            return Ok(Erasures::default());
        }
        self.read(read_erasures)
    }

    fn erased(&self, log: &LogName, from: u64, to: u64) -> Result<Vec<(u64, Option<BodyMark>)>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT seq, body FROM erased_record WHERE desk = ?1 AND topic = ?2 AND seq >= ?3 AND seq <= ?4 ORDER BY seq, body",
            )?;
            let mut rows = statement.query(params![log.desk, log.topic, signed(from), signed(to)])?;
            let mut erased = Vec::new();
            while let Some(row) = rows.next()? {
                erased.push((unsigned(row.get(0)?)?, mark(&row.get::<_, Vec<u8>>(1)?)?));
            }
            Ok(erased)
        })
    }

    fn rewrite_segment(&self, was: &SegmentRow, records: &[Record]) -> Result<bool, VaultError> {
        self.write_tx(|tx| {
            let sql = "UPDATE segment SET records = ?4 WHERE desk = ?1 AND topic = ?2 AND last = ?3 AND records = ?5";
            let changed = tx.prepare_cached(sql)?.execute(params![
                was.log.desk,
                was.log.topic,
                signed(was.head.seq),
                write_records(records),
                write_records(&was.records)
            ])?;
            Ok(changed == 1)
        })
    }

    fn rewrite_fork(&self, was: &ForkRow, records: &[Record]) -> Result<bool, VaultError> {
        self.write_tx(|tx| {
            let sql = "UPDATE fork SET records = ?4 WHERE desk = ?1 AND topic = ?2 AND link_after = ?3 AND records = ?5";
            let changed = tx.prepare_cached(sql)?.execute(params![
                was.log.desk,
                was.log.topic,
                was.head.link,
                write_records(records),
                write_records(&was.records)
            ])?;
            Ok(changed == 1)
        })
    }

    /// What was written over was written over with zeros (`secure_delete`); what the write-ahead log still has goes here, unless a reader is
    /// in the way: then it goes with the next time that it begins anew.
    fn settle_erasure(&self) -> Result<(), VaultError> {
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let busy: i64 = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy > 0 {
            tracing::warn!("the write-ahead log keeps what was erased until it begins anew");
        }
        Ok(())
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
                aside: count("SELECT count(*) FROM fork")?,
            })
        })
    }

    fn state(&self) -> VaultState {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).len();
        VaultState {
            kind: "sqlite",
            connections: 1 + idle as u64,
            retries: 0,
            lost: self.lost,
        }
    }
}
