// SPDX-License-Identifier: EUPL-1.2
//! The vault in an SQLite file: WAL, durable before anybody is told (`synchronous=FULL`), one writer, several readers.

use crate::vault::{
    Changes, CodeRow, Counts, DeskRow, ForkRow, LogRow, OfficeRow, PresenceRow, RefusedRow, SegmentRow, Vault, VaultError,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use sportello_domain::ids::{DeskId, OfficeId, SiteId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, PublicKey, Record, Signature, SignedCertificate};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use uuid::Uuid;

const VERSION: i64 = 1;
/// No more forks of one log are kept: the first ones show what happened, and nobody fills the disk with the rest.
const MAX_FORKS: i64 = 100;
const READERS: usize = 4;

pub(crate) struct SqliteVault {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl SqliteVault {
    pub(crate) fn open(path: &Path) -> Result<Self, VaultError> {
        let mut connection = connect(path)?;
        let fresh = connection
            .query_row("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'", [], |_| Ok(()))
            .optional()?
            .is_none();
        if fresh {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have been faster.
            let still: Option<i64> = tx
                .query_row("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'", [], |row| row.get(0))
                .optional()?;
            if still.is_none() {
                tx.execute_batch(include_str!("schema.sql"))?;
            }
            tx.commit()?;
        }
        let found: i64 = connection.query_row("SELECT max(version) FROM schema_version", [], |row| row.get(0))?;
        if found > VERSION {
            return Err(VaultError::Newer { found, known: VERSION });
        }
        Ok(Self { path: path.to_owned(), writer: Mutex::new(connection), readers: Mutex::new(Vec::new()) })
    }

    fn write_tx<R>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<R, VaultError>) -> Result<R, VaultError> {
        // A panic in the middle of a transaction rolls it back: the connection is good to use.
        let mut writer: MutexGuard<'_, Connection> = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&tx)?;
        tx.commit()?;
        Ok(result)
    }

    fn read<R>(&self, work: impl FnOnce(&Connection) -> Result<R, VaultError>) -> Result<R, VaultError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path)?,
        };
        let result = work(&connection);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(connection);
        }
        result
    }
}

fn connect(path: &Path) -> Result<Connection, VaultError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

impl Vault for SqliteVault {
    fn office(&self) -> Result<Option<OfficeRow>, VaultError> {
        self.read(|c| {
            let row = c
                .prepare_cached("SELECT id, name, directory FROM office")?
                .query_row([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get::<_, i64>(2)?)))
                .optional()?;
            row.map(|(id, name, directory)| {
                Ok(OfficeRow { id: OfficeId(uuid(&id)?), name, directory: unsigned(directory)? })
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
            tx.execute("DELETE FROM code WHERE desk = ?1 AND used_at IS NULL", params![desk.id.0.as_bytes()])?;
            tx.execute(
                "INSERT INTO code (hash, desk, expires_at, used_at) VALUES (?1, ?2, ?3, NULL)",
                params![code.hash, code.desk.0.as_bytes(), code.expires_at],
            )?;
            Ok(())
        })
    }

    fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>, VaultError> {
        self.read(|c| {
            let row = c
                .prepare_cached("SELECT desk, expires_at, used_at FROM code WHERE hash = ?1")?
                .query_row(params![hash], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            row.map(|(desk, expires_at, used_at)| {
                Ok(CodeRow { hash: *hash, desk: DeskId(uuid(&desk)?), expires_at, used_at })
            })
            .transpose()
        })
    }

    fn enrol(&self, hash: &[u8; 32], desk: &DeskRow, now: i64) -> Result<bool, VaultError> {
        self.write_tx(|tx| {
            let used =
                tx.execute("UPDATE code SET used_at = ?2 WHERE hash = ?1 AND used_at IS NULL", params![hash, now])?;
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
            tx.execute("DELETE FROM code WHERE desk = ?1 AND used_at IS NULL", params![desk.id.0.as_bytes()])?;
            change_directory(tx, now)?;
            Ok(())
        })
    }

    fn note_presence(&self, presence: &PresenceRow) -> Result<(), VaultError> {
        self.write_tx(|tx| {
            tx.prepare_cached(
                "INSERT INTO presence (desk, seen_at, waiting, skew, version) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (desk) DO UPDATE SET seen_at = excluded.seen_at, waiting = excluded.waiting, \
                 skew = excluded.skew, version = excluded.version",
            )?
            .execute(params![
                presence.desk.0.as_bytes(),
                presence.seen_at,
                signed(presence.waiting),
                presence.skew,
                presence.version
            ])?;
            Ok(())
        })
    }

    fn presences(&self) -> Result<Vec<PresenceRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached("SELECT desk, seen_at, waiting, skew, version FROM presence ORDER BY desk")?;
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
            let mut statement = c.prepare_cached("SELECT desk, topic, seq, link, stopped FROM log ORDER BY topic, desk")?;
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
            let mut statement =
                c.prepare_cached("SELECT desk, topic, seq, link, stopped FROM log WHERE desk = ?1 AND topic = ?2")?;
            let mut rows = statement.query(params![name.desk, name.topic])?;
            rows.next()?.map(log_row).transpose()
        })
    }

    fn segments(&self, log: &LogName, after: u64, budget: usize) -> Result<Vec<SegmentRow>, VaultError> {
        self.read(|c| {
            let mut statement = c.prepare_cached(
                "SELECT first, last, link_before, link_after, signature, records FROM segment \
                 WHERE desk = ?1 AND topic = ?2 AND last > ?3 ORDER BY last",
            )?;
            let mut rows = statement.query(params![log.desk, log.topic, signed(after)])?;
            let (mut segments, mut weight) = (Vec::new(), 0_usize);
            while weight < budget.max(1)
                && let Some(row) = rows.next()?
            {
                let records = row.get_ref(5)?.as_blob().map_err(|_| VaultError::Damaged("segment.records"))?;
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
                });
            }
            Ok(segments)
        })
    }

    fn write(&self, changes: &Changes, now: i64) -> Result<bool, VaultError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (was, log) in &changes.logs {
            if !move_log(&tx, *was, log)? {
                tx.rollback()?;
                return Ok(false);
            }
        }
        for segment in &changes.segments {
            put_segment(&tx, segment, now)?;
        }
        for refused in &changes.refused {
            tx.prepare_cached("INSERT INTO refused (desk, topic, seq, code) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                refused.log.desk,
                refused.log.topic,
                signed(refused.seq),
                refused.code
            ])?;
        }
        for fork in &changes.forks {
            put_fork(&tx, fork, now)?;
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
            let mut statement =
                c.prepare_cached("SELECT desk, topic, last, link_after, signature FROM fork ORDER BY desk, topic, last")?;
            let mut rows = statement.query([])?;
            let mut forks = Vec::new();
            while let Some(row) = rows.next()? {
                let log = LogName { desk: fixed(&row.get::<_, Vec<u8>>(0)?)?, topic: row.get(1)? };
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

    fn counts(&self) -> Result<Counts, VaultError> {
        self.read(|c| {
            let count = |sql: &str| -> Result<u64, VaultError> {
                unsigned(c.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
            };
            Ok(Counts {
                desks: count("SELECT count(*) FROM desk WHERE certificate IS NOT NULL AND revoked_at IS NULL")?,
                logs: count("SELECT count(*) FROM log")?,
                records: count("SELECT coalesce(sum(seq), 0) FROM log")?,
                refused: count("SELECT count(*) FROM refused")?,
                forks: count("SELECT count(*) FROM fork")?,
            })
        })
    }
}

/// The new version is the time, so that a centre restored from a backup does not use the numbers again that desks have seen.
fn change_directory(tx: &Transaction<'_>, now: i64) -> Result<(), VaultError> {
    let sql = "UPDATE office SET directory = CASE WHEN directory >= ?1 THEN directory + 1 ELSE ?1 END";
    tx.execute(sql, params![now])?;
    Ok(())
}

const SELECT_DESK: &str = "SELECT id, site, site_code, name, reads, supervises, added_at, public_key, certificate, \
                           signature, version, revoked_at FROM desk";

fn desk_row(row: &Row<'_>) -> Result<DeskRow, VaultError> {
    let key: Option<Vec<u8>> = row.get(7)?;
    let certificate: Option<Vec<u8>> = row.get(8)?;
    let signature: Option<Vec<u8>> = row.get(9)?;
    let enrolled = match (key, certificate, signature) {
        (Some(key), Some(bytes), Some(signature)) => {
            let signature = Signature(fixed(&signature)?);
            Some((PublicKey(fixed(&key)?), SignedCertificate { bytes, signature }))
        }
        _ => None,
    };
    let reads: String = row.get(4)?;
    Ok(DeskRow {
        id: DeskId(uuid(&row.get::<_, Vec<u8>>(0)?)?),
        site: SiteId(uuid(&row.get::<_, Vec<u8>>(1)?)?),
        site_code: row.get(2)?,
        name: row.get(3)?,
        reads: reads.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        supervises: row.get::<_, i64>(5)? != 0,
        added_at: row.get(6)?,
        enrolled,
        version: u32::try_from(row.get::<_, i64>(10)?).map_err(|_| VaultError::Damaged("desk.version"))?,
        revoked_at: row.get(11)?,
    })
}

fn put_desk(tx: &Transaction<'_>, desk: &DeskRow) -> Result<(), VaultError> {
    let (key, certificate, signature) = match &desk.enrolled {
        Some((key, signed)) => (Some(key.0), Some(&signed.bytes), Some(signed.signature.0)),
        None => (None, None, None),
    };
    tx.execute("DELETE FROM desk WHERE id = ?1", params![desk.id.0.as_bytes()])?;
    tx.execute(
        "INSERT INTO desk (id, site, site_code, name, reads, supervises, added_at, public_key, certificate, signature, \
         version, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            desk.id.0.as_bytes(),
            desk.site.0.as_bytes(),
            desk.site_code,
            desk.name,
            desk.reads.join(","),
            i64::from(desk.supervises),
            desk.added_at,
            key,
            certificate,
            signature,
            desk.version,
            desk.revoked_at
        ],
    )?;
    Ok(())
}

fn log_row(row: &Row<'_>) -> Result<LogRow, VaultError> {
    Ok(LogRow {
        name: LogName { desk: fixed(&row.get::<_, Vec<u8>>(0)?)?, topic: row.get(1)? },
        seq: unsigned(row.get(2)?)?,
        link: Link(fixed(&row.get::<_, Vec<u8>>(3)?)?),
        stopped: row.get(4)?,
    })
}

/// Moves a log on from where it was; false when it is not there any more, or was stopped.
fn move_log(tx: &Transaction<'_>, was: u64, log: &LogRow) -> Result<bool, VaultError> {
    let (desk, topic) = (log.name.desk, &log.name.topic);
    let moved = tx
        .prepare_cached("UPDATE log SET seq = ?3, link = ?4, stopped = ?5 WHERE desk = ?1 AND topic = ?2 AND seq = ?6 AND stopped IS NULL")?
        .execute(params![desk, topic, signed(log.seq), log.link.0, log.stopped, signed(was)])?;
    if moved == 1 {
        return Ok(true);
    }
    if was > 0 {
        return Ok(false);
    }
    let there: i64 = tx
        .prepare_cached("SELECT count(*) FROM log WHERE desk = ?1 AND topic = ?2")?
        .query_row(params![desk, topic], |row| row.get(0))?;
    if there > 0 {
        return Ok(false);
    }
    tx.prepare_cached("INSERT INTO log (desk, topic, seq, link, stopped) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![desk, topic, signed(log.seq), log.link.0, log.stopped])?;
    Ok(true)
}

fn put_segment(tx: &Transaction<'_>, segment: &SegmentRow, now: i64) -> Result<(), VaultError> {
    tx.prepare_cached(
        "INSERT INTO segment (desk, topic, last, first, link_before, link_after, signature, records, received_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        segment.log.desk,
        segment.log.topic,
        signed(segment.head.seq),
        signed(segment.from),
        segment.before.0,
        segment.head.link,
        segment.head.signature.0,
        write_records(&segment.records),
        now
    ])?;
    Ok(())
}

fn put_fork(tx: &Transaction<'_>, fork: &ForkRow, now: i64) -> Result<(), VaultError> {
    let (desk, topic) = (fork.log.desk, &fork.log.topic);
    let kept: i64 = tx.query_row(
        "SELECT count(*) FROM fork WHERE desk = ?1 AND topic = ?2",
        params![desk, topic],
        |row| row.get(0),
    )?;
    let same: i64 = tx.query_row(
        "SELECT count(*) FROM fork WHERE desk = ?1 AND topic = ?2 AND link_after = ?3",
        params![desk, topic, fork.head.link],
        |row| row.get(0),
    )?;
    if kept >= MAX_FORKS || same > 0 {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO fork (desk, topic, link_after, first, last, signature, records, received_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            desk,
            topic,
            fork.head.link,
            signed(fork.from),
            signed(fork.head.seq),
            fork.head.signature.0,
            write_records(&fork.records),
            now
        ],
    )?;
    Ok(())
}

fn write_records(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(records.iter().map(|record| record.weight() + 16).sum());
    for record in records {
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(record, &mut bytes);
    }
    bytes
}

fn read_records(bytes: &[u8]) -> Result<Vec<Record>, VaultError> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let mut records = Vec::new();
    while decoder.position() < bytes.len() {
        records.push(decoder.decode().map_err(|_| VaultError::Damaged("segment.records"))?);
    }
    Ok(records)
}

fn uuid(bytes: &[u8]) -> Result<Uuid, VaultError> {
    Ok(Uuid::from_bytes(fixed(bytes)?))
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], VaultError> {
    bytes.try_into().map_err(|_| VaultError::Damaged("a value has the wrong length"))
}

fn unsigned(value: i64) -> Result<u64, VaultError> {
    u64::try_from(value).map_err(|_| VaultError::Damaged("a number is negative"))
}

/// SQL knows signed numbers only; no count ever comes near the limit, and what pretends to is held there.
fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
