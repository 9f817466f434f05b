// SPDX-License-Identifier: EUPL-1.2
//! The vault in a PostgreSQL database, or in one of an engine that speaks its language.
//!
//! Nothing here needs more than that: no serial numbers, no locks by name, no notifications, and a transaction that the
//! server could not put in order with others is done again.

mod connect;
mod rows;

use crate::columns::{
    SCHEMA, VERSION, check_version, fixed, mark, signed, steps_from, unsigned, uuid, write_records,
};
use crate::database::Server;
use crate::vault::{
    Changes, CodeRow, Counts, DeskRow, Erasures, ForkRow, LogRow, OfficeRow, PresenceRow, RefusedRow,
    Registry, SegmentRow, Vault, VaultError, VaultState,
};
use connect::Connections;
use deadpool_postgres::Transaction;
use rows::{
    SELECT_DESK, Values, change_directory, code_row, desk_row, drop_unused_codes, execute, fork_row, is_at,
    is_still_at, log_row, logs_of, move_log, number, presence_row, put_code, put_desk, put_erasures,
    put_fork, put_presence, put_refused, put_segment, segment_row, whole_fork_row,
};
use sportello_domain::erasure::BodyMark;
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, Record};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tokio_postgres::error::SqlState;
use tokio_postgres::{IsolationLevel, Row};

/// A transaction that could not be put in order with others is tried so many times, with longer and longer pauses.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(4);
/// Segments that are looked at for one page; more come with the next.
const PAGE: i64 = 4_096;

/// Where few write, and what they write hangs together.
const STRICT: IsolationLevel = IsolationLevel::Serializable;
/// Where desks write, each its own logs (see `rows`).
const SIDE_BY_SIDE: IsolationLevel = IsolationLevel::ReadCommitted;

const HAS_TABLES: &str = "SELECT count(*) FROM information_schema.tables \
                          WHERE table_schema = current_schema() AND table_name = 'schema_version'";

const FOUND: &str = "SELECT max(version) FROM schema_version";

pub(crate) struct PostgresVault {
    connections: Connections,
    retries: AtomicU64,
}

impl PostgresVault {
    /// Opens the database; makes the tables when there are none.
    pub(crate) fn open(server: &Server) -> Result<Self, VaultError> {
        let vault = Self::new(server)?;
        while vault.number(HAS_TABLES, &[])? == 0 {
            let made = vault.transact(STRICT, async |tx| {
                tx.batch_execute(&SCHEMA.replace(" BLOB", " BYTEA")).await?;
                Ok(true)
            });
            match made {
                Ok(_) => {}
                // Another process was faster: its tables count.
                Err(VaultError::Postgres(error)) if was_made_meanwhile(&error) => {}
                Err(error) => return Err(error),
            }
        }
        check_version(vault.number(FOUND, &[])?)?;
        while vault.number(FOUND, &[])? < VERSION {
            let made = vault.transact(STRICT, async |tx| {
                for step in steps_from(number(tx, FOUND, &[]).await?) {
                    tx.batch_execute(&step.replace(" BLOB", " BYTEA")).await?;
                }
                Ok(true)
            });
            match made {
                Ok(_) => {}
                Err(VaultError::Postgres(error)) if was_made_meanwhile(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(vault)
    }

    /// Whether the database has the tables of a centre.
    pub(crate) fn has_tables(server: &Server) -> Result<bool, VaultError> {
        let vault = Self::new(server)?;
        Ok(vault.number(HAS_TABLES, &[])? > 0)
    }

    fn new(server: &Server) -> Result<Self, VaultError> {
        Ok(Self {
            connections: Connections::new(server)?,
            retries: AtomicU64::new(0),
        })
    }

    fn rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, VaultError> {
        self.connections.wait(async {
            let client = self.connections.get().await?;
            let statement = client.prepare_cached(sql).await?;
            Ok(client.query(&statement, values).await?)
        })
    }

    fn number(&self, sql: &str, values: Values<'_>) -> Result<i64, VaultError> {
        let rows = self.rows(sql, values)?;
        let row = rows.first().ok_or(VaultError::Damaged("a count is missing"))?;
        Ok(row.try_get(0)?)
    }

    /// Does `work` in one transaction: all of it when it says true, nothing when it says false. It is done again, from its
    /// beginning, when the server could not put it in order with others.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "each caller writes its work where it asks for it"
    )]
    fn transact(
        &self,
        level: IsolationLevel,
        work: impl AsyncFn(&Transaction<'_>) -> Result<bool, VaultError>,
    ) -> Result<bool, VaultError> {
        self.connections.wait(async {
            for attempt in 0..ATTEMPTS {
                match self.attempt(level, &work).await {
                    Err(VaultError::Postgres(error)) if is_out_of_order(&error) => {
                        self.retries.fetch_add(1, Relaxed);
                        tracing::debug!(attempt, "a transaction is done again");
                        tokio::time::sleep(pause(attempt)).await;
                    }
                    result => return result,
                }
            }
            Err(VaultError::Contended)
        })
    }

    async fn attempt(
        &self,
        level: IsolationLevel,
        work: impl AsyncFn(&Transaction<'_>) -> Result<bool, VaultError>,
    ) -> Result<bool, VaultError> {
        let mut client = self.connections.get().await?;
        let tx = client.build_transaction().isolation_level(level).start().await?;
        // Where it fails, the transaction is dropped, and with it all that it did.
        let whole = work(&tx).await?;
        if whole {
            tx.commit().await?;
        } else {
            tx.rollback().await?;
        }
        Ok(whole)
    }
}

/// The server could not put the transaction in order with others, or others waited for it in a circle.
fn is_out_of_order(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|code| {
        [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
        ]
        .contains(code)
    })
}

fn was_made_meanwhile(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|code| {
        // A table brings a type of its name along: whoever comes a moment later stumbles over either.
        [
            SqlState::DUPLICATE_TABLE,
            SqlState::DUPLICATE_OBJECT,
            SqlState::UNIQUE_VIOLATION,
        ]
        .contains(code)
    })
}

/// Longer each time, and by chance, so that two who met do not meet again.
fn pause(attempt: u32) -> Duration {
    let mut chance = [0];
    // Without chance it is a pause all the same.
    let _ = getrandom::fill(&mut chance);
    let longest = PAUSE * 2_u32.saturating_pow(attempt.min(7));
    longest / 2 + longest * u32::from(chance[0]) / 510
}

impl Vault for PostgresVault {
    fn office(&self) -> Result<Option<OfficeRow>, VaultError> {
        let rows = self.rows("SELECT id, name, directory FROM office", &[])?;
        rows.first()
            .map(|row| {
                Ok(OfficeRow {
                    id: OfficeId(uuid(row.try_get(0)?)?),
                    name: row.try_get(1)?,
                    directory: unsigned(row.try_get(2)?)?,
                })
            })
            .transpose()
    }

    fn create_office(&self, office: &OfficeRow) -> Result<bool, VaultError> {
        self.transact(STRICT, async |tx| {
            if number(tx, "SELECT count(*) FROM office", &[]).await? > 0 {
                return Ok(false);
            }
            let sql = "INSERT INTO office (id, name, directory) VALUES ($1, $2, $3)";
            let values: Values<'_> = &[
                &office.id.0.as_bytes().as_slice(),
                &office.name,
                &signed(office.directory),
            ];
            Ok(execute(tx, sql, values).await? == 1)
        })
    }

    fn desks(&self) -> Result<Vec<DeskRow>, VaultError> {
        let rows = self.rows(SELECT_DESK, &[])?;
        let mut desks: Vec<DeskRow> = rows.iter().map(desk_row).collect::<Result<_, _>>()?;
        // Each database has its own idea of the order of letters.
        desks.sort_by(|a, b| (&a.name, a.added_at).cmp(&(&b.name, b.added_at)));
        Ok(desks)
    }

    fn desk(&self, id: DeskId) -> Result<Option<DeskRow>, VaultError> {
        let sql = format!("{SELECT_DESK} WHERE id = $1");
        let rows = self.rows(&sql, &[&id.0.as_bytes().as_slice()])?;
        rows.first().map(desk_row).transpose()
    }

    fn invite(&self, desk: &DeskRow, code: &CodeRow) -> Result<(), VaultError> {
        self.transact(STRICT, async |tx| {
            put_desk(tx, desk).await?;
            drop_unused_codes(tx, desk.id).await?;
            put_code(tx, code).await?;
            Ok(true)
        })?;
        Ok(())
    }

    fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>, VaultError> {
        let sql = "SELECT hash, desk, expires_at, used_at FROM code WHERE hash = $1";
        let rows = self.rows(sql, &[&hash.as_slice()])?;
        rows.first().map(code_row).transpose()
    }

    fn codes(&self) -> Result<Vec<CodeRow>, VaultError> {
        let sql = "SELECT hash, desk, expires_at, used_at FROM code ORDER BY hash";
        self.rows(sql, &[])?.iter().map(code_row).collect()
    }

    fn fill(&self, registry: &Registry) -> Result<(), VaultError> {
        self.transact(STRICT, async |tx| {
            tx.batch_execute("DELETE FROM desk; DELETE FROM code; DELETE FROM presence")
                .await?;
            for desk in &registry.desks {
                put_desk(tx, desk).await?;
            }
            for code in &registry.codes {
                put_code(tx, code).await?;
            }
            for presence in &registry.presences {
                put_presence(tx, presence).await?;
            }
            Ok(true)
        })?;
        Ok(())
    }

    fn enrol(&self, hash: &[u8; 32], desk: &DeskRow, now: i64) -> Result<bool, VaultError> {
        self.transact(STRICT, async |tx| {
            let sql = "UPDATE code SET used_at = $2 WHERE hash = $1 AND used_at IS NULL";
            if execute(tx, sql, &[&hash.as_slice(), &now]).await? != 1 {
                return Ok(false);
            }
            put_desk(tx, desk).await?;
            change_directory(tx, now).await?;
            Ok(true)
        })
    }

    fn change_desk(&self, desk: &DeskRow, now: i64) -> Result<(), VaultError> {
        self.transact(STRICT, async |tx| {
            put_desk(tx, desk).await?;
            drop_unused_codes(tx, desk.id).await?;
            change_directory(tx, now).await?;
            Ok(true)
        })?;
        Ok(())
    }

    fn settle_desk(&self, desk: &DeskRow, was: u32, logs: &[LogRow], now: i64) -> Result<bool, VaultError> {
        // Each statement sees what was written before it: once the desk is held, no push of its records is under way, and none begins.
        self.transact(SIDE_BY_SIDE, async |tx| {
            if !is_still_at(tx, desk.id, was).await? {
                return Ok(false);
            }
            let there = logs_of(tx, desk.id).await?;
            if there.len() != logs.len() || !there.iter().all(|log| logs.contains(log)) {
                return Ok(false);
            }
            put_desk(tx, desk).await?;
            drop_unused_codes(tx, desk.id).await?;
            change_directory(tx, now).await?;
            Ok(true)
        })
    }

    fn note_presence(&self, presence: &PresenceRow) -> Result<(), VaultError> {
        self.transact(SIDE_BY_SIDE, async |tx| {
            put_presence(tx, presence).await?;
            Ok(true)
        })?;
        Ok(())
    }

    fn presences(&self) -> Result<Vec<PresenceRow>, VaultError> {
        let sql = "SELECT desk, seen_at, waiting, skew, version, speaks FROM presence ORDER BY desk";
        self.rows(sql, &[])?.iter().map(presence_row).collect()
    }

    fn logs(&self) -> Result<Vec<LogRow>, VaultError> {
        let rows = self.rows("SELECT desk, topic, seq, link, stopped FROM log", &[])?;
        let mut logs: Vec<LogRow> = rows.iter().map(log_row).collect::<Result<_, _>>()?;
        logs.sort_by(|a, b| (&a.name.topic, a.name.desk).cmp(&(&b.name.topic, b.name.desk)));
        Ok(logs)
    }

    fn log(&self, name: &LogName) -> Result<Option<LogRow>, VaultError> {
        let sql = "SELECT desk, topic, seq, link, stopped FROM log WHERE desk = $1 AND topic = $2";
        let rows = self.rows(sql, &[&name.desk.as_slice(), &name.topic])?;
        rows.first().map(log_row).transpose()
    }

    fn segments(&self, log: &LogName, after: u64, budget: usize) -> Result<Vec<SegmentRow>, VaultError> {
        let (desk, topic, after) = (log.desk.as_slice(), &log.topic, signed(after));
        // How heavy they are is asked first: the server sends all that it is asked for.
        let sql = "SELECT last, CAST(octet_length(records) AS BIGINT) FROM segment \
                   WHERE desk = $1 AND topic = $2 AND last > $3 ORDER BY last LIMIT $4";
        let page = if budget <= 1 { 1 } else { PAGE };
        let (mut upto, mut weight) = (after, 0_usize);
        for row in self.rows(sql, &[&desk, topic, &after, &page])? {
            upto = row.try_get(0)?;
            weight += usize::try_from(row.try_get::<_, i64>(1)?).unwrap_or(usize::MAX);
            if weight >= budget {
                break;
            }
        }
        if upto == after {
            return Ok(Vec::new());
        }
        let sql = "SELECT first, last, link_before, link_after, signature, records, received_at FROM segment \
                   WHERE desk = $1 AND topic = $2 AND last > $3 AND last <= $4 ORDER BY last";
        let rows = self.rows(sql, &[&desk, topic, &after, &upto])?;
        rows.iter().map(|row| segment_row(log, row)).collect()
    }

    fn write(&self, changes: &Changes) -> Result<bool, VaultError> {
        self.transact(SIDE_BY_SIDE, async |tx| {
            for (desk, version) in &changes.authors {
                if !is_at(tx, *desk, *version).await? {
                    return Ok(false);
                }
            }
            for (was, log) in &changes.logs {
                if !move_log(tx, *was, log).await? {
                    return Ok(false);
                }
            }
            for segment in &changes.segments {
                put_segment(tx, segment).await?;
            }
            for refused in &changes.refused {
                put_refused(tx, refused).await?;
            }
            for fork in &changes.forks {
                put_fork(tx, fork).await?;
            }
            put_erasures(tx, &changes.erasures).await?;
            Ok(true)
        })
    }

    fn refused(&self, log: &LogName, from: u64, to: u64) -> Result<Vec<RefusedRow>, VaultError> {
        let sql = "SELECT seq, code FROM refused WHERE desk = $1 AND topic = $2 AND seq >= $3 AND seq <= $4 ORDER BY seq";
        let values: Values<'_> = &[&log.desk.as_slice(), &log.topic, &signed(from), &signed(to)];
        let read = |row: &Row| {
            Ok(RefusedRow {
                log: log.clone(),
                seq: unsigned(row.try_get(0)?)?,
                code: row.try_get(1)?,
            })
        };
        self.rows(sql, values)?.iter().map(read).collect()
    }

    fn forks(&self) -> Result<Vec<(LogName, SignedHead)>, VaultError> {
        let rows = self.rows("SELECT desk, topic, last, link_after, signature FROM fork", &[])?;
        let mut forks: Vec<(LogName, SignedHead)> = rows.iter().map(fork_row).collect::<Result<_, _>>()?;
        forks.sort_by(|(a, x), (b, y)| (a.desk, &a.topic, x.seq).cmp(&(b.desk, &b.topic, y.seq)));
        Ok(forks)
    }

    fn fork(&self, log: &LogName, link: &Link) -> Result<Option<ForkRow>, VaultError> {
        let sql = "SELECT first, last, signature, records, received_at FROM fork \
                   WHERE desk = $1 AND topic = $2 AND link_after = $3";
        let rows = self.rows(sql, &[&log.desk.as_slice(), &log.topic, &link.0.as_slice()])?;
        rows.first().map(|row| whole_fork_row(log, link, row)).transpose()
    }

    fn erasure_version(&self) -> Result<u64, VaultError> {
        unsigned(self.number("SELECT count(*) FROM erasure", &[])?)
    }

    fn erasures(&self) -> Result<Erasures, VaultError> {
        let mut erasures = Erasures::default();
        for row in self.rows("SELECT desk, seq FROM erasure ORDER BY desk, seq", &[])? {
            erasures
                .lists
                .push((fixed(row.try_get(0)?)?, unsigned(row.try_get(1)?)?));
        }
        for row in self.rows("SELECT desk, topic, seq, body FROM erased_record", &[])? {
            let log = LogName {
                desk: fixed(row.try_get(0)?)?,
                topic: row.try_get(1)?,
            };
            erasures
                .records
                .push((log, unsigned(row.try_get(2)?)?, mark(row.try_get(3)?)?));
        }
        // Each database has its own idea of the order of letters.
        erasures.records.sort();
        for row in self.rows("SELECT id FROM erased_household ORDER BY id", &[])? {
            erasures.households.push(fixed(row.try_get(0)?)?);
        }
        Ok(erasures)
    }

    fn erased(&self, log: &LogName, from: u64, to: u64) -> Result<Vec<(u64, Option<BodyMark>)>, VaultError> {
        let sql = "SELECT seq, body FROM erased_record WHERE desk = $1 AND topic = $2 AND seq >= $3 AND seq <= $4 ORDER BY seq, body";
        let values: Values<'_> = &[&log.desk.as_slice(), &log.topic, &signed(from), &signed(to)];
        self.rows(sql, values)?
            .iter()
            .map(|row| Ok((unsigned(row.try_get(0)?)?, mark(row.try_get(1)?)?)))
            .collect()
    }

    fn rewrite_segment(&self, was: &SegmentRow, records: &[Record]) -> Result<bool, VaultError> {
        let (new, old) = (write_records(records), write_records(&was.records));
        self.transact(SIDE_BY_SIDE, async |tx| {
            let sql = "UPDATE segment SET records = $4 WHERE desk = $1 AND topic = $2 AND last = $3 AND records = $5";
            let (desk, last) = (was.log.desk.as_slice(), signed(was.head.seq));
            Ok(execute(tx, sql, &[&desk, &was.log.topic, &last, &new, &old]).await? == 1)
        })
    }

    fn rewrite_fork(&self, was: &ForkRow, records: &[Record]) -> Result<bool, VaultError> {
        let (new, old) = (write_records(records), write_records(&was.records));
        self.transact(SIDE_BY_SIDE, async |tx| {
            let sql = "UPDATE fork SET records = $4 WHERE desk = $1 AND topic = $2 AND link_after = $3 AND records = $5";
            let (desk, link) = (was.log.desk.as_slice(), was.head.link.as_slice());
            Ok(execute(tx, sql, &[&desk, &was.log.topic, &link, &new, &old]).await? == 1)
        })
    }

    /// Has the server clear the older versions of rows now. An engine that knows no such thing does it in its own time.
    fn settle_erasure(&self) -> Result<(), VaultError> {
        self.connections.wait(async {
            let client = self.connections.get().await?;
            for table in ["segment", "fork"] {
                if let Err(error) = client.batch_execute(&format!("VACUUM {table}")).await {
                    tracing::warn!(%error, "the server clears what was erased in its own time");
                }
            }
            Ok(())
        })
    }

    fn counts(&self) -> Result<Counts, VaultError> {
        let sql = "SELECT (SELECT count(*) FROM desk WHERE certificate IS NOT NULL AND revoked_at IS NULL), \
                   (SELECT count(*) FROM log), (SELECT CAST(coalesce(sum(seq), 0) AS BIGINT) FROM log), \
                   (SELECT count(*) FROM refused), (SELECT count(*) FROM fork)";
        let rows = self.rows(sql, &[])?;
        let row = rows.first().ok_or(VaultError::Damaged("a count is missing"))?;
        Ok(Counts {
            desks: unsigned(row.try_get(0)?)?,
            logs: unsigned(row.try_get(1)?)?,
            records: unsigned(row.try_get(2)?)?,
            refused: unsigned(row.try_get(3)?)?,
            aside: unsigned(row.try_get(4)?)?,
        })
    }

    fn state(&self) -> VaultState {
        VaultState {
            kind: "postgresql",
            connections: self.connections.open(),
            retries: self.retries.load(Relaxed),
            // A database server looks after its own log.
            lost: 0,
        }
    }
}
