// SPDX-License-Identifier: EUPL-1.2
//! Rows of the PostgreSQL vault: read into what the centre knows, and written.
//!
//! What several desks write at the same time is written by single statements on single keys, each with the condition under
//! which it holds, and the count that it gives back says whether it held. So it is right at any isolation level.

use crate::columns::{
    MAX_FORKS, fixed, mark_bytes, read_enrolment, read_records, read_speaks, read_topics, read_version,
    signed, unsigned, uuid, write_enrolment, write_records,
};
use crate::vault::{
    CodeRow, DeskRow, Erasures, ForkRow, LogRow, PresenceRow, RefusedRow, SegmentRow, VaultError,
};
use deadpool_postgres::Transaction;
use sportello_domain::ids::{DeskId, SiteId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, Signature};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

pub(super) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// Does one statement and gives the number of rows that it changed.
pub(super) async fn execute(tx: &Transaction<'_>, sql: &str, values: Values<'_>) -> Result<u64, VaultError> {
    let statement = tx.prepare_cached(sql).await?;
    Ok(tx.execute(&statement, values).await?)
}

/// The number that a statement gives.
pub(super) async fn number(tx: &Transaction<'_>, sql: &str, values: Values<'_>) -> Result<i64, VaultError> {
    let statement = tx.prepare_cached(sql).await?;
    Ok(tx.query_one(&statement, values).await?.try_get(0)?)
}

fn bytes(row: &Row, at: usize) -> Result<&[u8], VaultError> {
    Ok(row.try_get(at)?)
}

/// The new version is the time, so that a centre restored from a backup does not use the numbers again that desks have seen.
pub(super) async fn change_directory(tx: &Transaction<'_>, now: i64) -> Result<(), VaultError> {
    let sql = "UPDATE office SET directory = CASE WHEN directory >= $1 THEN directory + 1 ELSE $1 END";
    execute(tx, sql, &[&now]).await?;
    Ok(())
}

pub(super) const SELECT_DESK: &str = "SELECT id, site, site_code, name, reads, supervises, added_at, public_key, certificate, \
                                      signature, version, revoked_at FROM desk";

pub(super) fn desk_row(row: &Row) -> Result<DeskRow, VaultError> {
    Ok(DeskRow {
        id: DeskId(uuid(bytes(row, 0)?)?),
        site: SiteId(uuid(bytes(row, 1)?)?),
        site_code: row.try_get(2)?,
        name: row.try_get(3)?,
        reads: read_topics(row.try_get(4)?),
        supervises: row.try_get::<_, i64>(5)? != 0,
        added_at: row.try_get(6)?,
        enrolled: read_enrolment((row.try_get(7)?, row.try_get(8)?, row.try_get(9)?))?,
        version: read_version(row.try_get(10)?)?,
        revoked_at: row.try_get(11)?,
    })
}

pub(super) async fn put_desk(tx: &Transaction<'_>, desk: &DeskRow) -> Result<(), VaultError> {
    let (key, certificate, signature) = write_enrolment(desk);
    let sql = "INSERT INTO desk (id, site, site_code, name, reads, supervises, added_at, public_key, certificate, signature, \
               version, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
               ON CONFLICT (id) DO UPDATE SET site = excluded.site, site_code = excluded.site_code, name = excluded.name, \
               reads = excluded.reads, supervises = excluded.supervises, added_at = excluded.added_at, \
               public_key = excluded.public_key, certificate = excluded.certificate, signature = excluded.signature, \
               version = excluded.version, revoked_at = excluded.revoked_at";
    execute(
        tx,
        sql,
        &[
            &desk.id.0.as_bytes().as_slice(),
            &desk.site.0.as_bytes().as_slice(),
            &desk.site_code,
            &desk.name,
            &desk.reads.join(","),
            &i64::from(desk.supervises),
            &desk.added_at,
            &key,
            &certificate,
            &signature,
            &i64::from(desk.version),
            &desk.revoked_at,
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn put_code(tx: &Transaction<'_>, code: &CodeRow) -> Result<(), VaultError> {
    let sql = "INSERT INTO code (hash, desk, expires_at, used_at) VALUES ($1, $2, $3, $4)";
    let values: Values<'_> = &[
        &code.hash.as_slice(),
        &code.desk.0.as_bytes().as_slice(),
        &code.expires_at,
        &code.used_at,
    ];
    execute(tx, sql, values).await?;
    Ok(())
}

/// A row of hash, desk, expires_at, used_at.
pub(super) fn code_row(row: &Row) -> Result<CodeRow, VaultError> {
    Ok(CodeRow {
        hash: fixed(bytes(row, 0)?)?,
        desk: DeskId(uuid(bytes(row, 1)?)?),
        expires_at: row.try_get(2)?,
        used_at: row.try_get(3)?,
    })
}

pub(super) async fn drop_unused_codes(tx: &Transaction<'_>, desk: DeskId) -> Result<(), VaultError> {
    let sql = "DELETE FROM code WHERE desk = $1 AND used_at IS NULL";
    execute(tx, sql, &[&desk.0.as_bytes().as_slice()]).await?;
    Ok(())
}

pub(super) async fn put_presence(tx: &Transaction<'_>, presence: &PresenceRow) -> Result<(), VaultError> {
    let sql = "INSERT INTO presence (desk, seen_at, waiting, skew, version, speaks) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (desk) DO UPDATE SET seen_at = excluded.seen_at, waiting = excluded.waiting, \
               skew = excluded.skew, version = excluded.version, speaks = excluded.speaks";
    let values: Values<'_> = &[
        &presence.desk.0.as_bytes().as_slice(),
        &presence.seen_at,
        &signed(presence.waiting),
        &presence.skew,
        &presence.version,
        &i64::from(presence.speaks),
    ];
    execute(tx, sql, values).await?;
    Ok(())
}

pub(super) fn presence_row(row: &Row) -> Result<PresenceRow, VaultError> {
    Ok(PresenceRow {
        desk: DeskId(uuid(bytes(row, 0)?)?),
        seen_at: row.try_get(1)?,
        waiting: unsigned(row.try_get(2)?)?,
        skew: row.try_get(3)?,
        version: row.try_get(4)?,
        speaks: read_speaks(row.try_get(5)?)?,
    })
}

/// Whether a desk's certificate is still of a version. Until this transaction ends it stays so, and others may ask the same.
pub(super) async fn is_at(tx: &Transaction<'_>, desk: DeskId, version: u32) -> Result<bool, VaultError> {
    let sql = "SELECT version FROM desk WHERE id = $1 AND version = $2 FOR SHARE";
    holds(tx, sql, desk, version).await
}

/// The same, for whoever is about to change it: who asks meanwhile waits, and those who asked have ended.
pub(super) async fn is_still_at(
    tx: &Transaction<'_>,
    desk: DeskId,
    version: u32,
) -> Result<bool, VaultError> {
    let sql = "SELECT version FROM desk WHERE id = $1 AND version = $2 FOR UPDATE";
    holds(tx, sql, desk, version).await
}

async fn holds(tx: &Transaction<'_>, sql: &str, desk: DeskId, version: u32) -> Result<bool, VaultError> {
    let statement = tx.prepare_cached(sql).await?;
    let values: Values<'_> = &[&desk.0.as_bytes().as_slice(), &i64::from(version)];
    Ok(tx.query_opt(&statement, values).await?.is_some())
}

/// The logs of a desk.
pub(super) async fn logs_of(tx: &Transaction<'_>, desk: DeskId) -> Result<Vec<LogRow>, VaultError> {
    let sql = "SELECT desk, topic, seq, link, stopped FROM log WHERE desk = $1";
    let statement = tx.prepare_cached(sql).await?;
    let rows = tx.query(&statement, &[&desk.0.as_bytes().as_slice()]).await?;
    rows.iter().map(log_row).collect()
}

pub(super) fn log_row(row: &Row) -> Result<LogRow, VaultError> {
    Ok(LogRow {
        name: LogName {
            desk: fixed(bytes(row, 0)?)?,
            topic: row.try_get(1)?,
        },
        seq: unsigned(row.try_get(2)?)?,
        link: Link(fixed(bytes(row, 3)?)?),
        stopped: row.try_get(4)?,
    })
}

/// Moves a log on from where it was; false when it is not there any more, or was stopped.
pub(super) async fn move_log(tx: &Transaction<'_>, was: u64, log: &LogRow) -> Result<bool, VaultError> {
    let (desk, topic) = (log.name.desk.as_slice(), &log.name.topic);
    let (seq, link) = (signed(log.seq), log.link.0.as_slice());
    if was == 0 {
        // The count says whether it was there: nothing is passed over in silence.
        let sql = "INSERT INTO log (desk, topic, seq, link, stopped) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (desk, topic) DO NOTHING";
        if execute(tx, sql, &[&desk, topic, &seq, &link, &log.stopped]).await? == 1 {
            return Ok(true);
        }
    }
    let sql = "UPDATE log SET seq = $3, link = $4, stopped = $5 \
               WHERE desk = $1 AND topic = $2 AND seq = $6 AND stopped IS NULL";
    let moved = execute(tx, sql, &[&desk, topic, &seq, &link, &log.stopped, &signed(was)]).await?;
    Ok(moved == 1)
}

pub(super) fn segment_row(log: &LogName, row: &Row) -> Result<SegmentRow, VaultError> {
    Ok(SegmentRow {
        log: log.clone(),
        from: unsigned(row.try_get(0)?)?,
        before: Link(fixed(bytes(row, 2)?)?),
        records: read_records(bytes(row, 5)?)?,
        head: SignedHead {
            seq: unsigned(row.try_get(1)?)?,
            link: fixed(bytes(row, 3)?)?,
            signature: Signature(fixed(bytes(row, 4)?)?),
        },
        received_at: row.try_get(6)?,
    })
}

pub(super) async fn put_segment(tx: &Transaction<'_>, segment: &SegmentRow) -> Result<(), VaultError> {
    let sql = "INSERT INTO segment (desk, topic, last, first, link_before, link_after, signature, records, received_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values: Values<'_> = &[
        &segment.log.desk.as_slice(),
        &segment.log.topic,
        &signed(segment.head.seq),
        &signed(segment.from),
        &segment.before.0.as_slice(),
        &segment.head.link.as_slice(),
        &segment.head.signature.0.as_slice(),
        &write_records(&segment.records),
        &segment.received_at,
    ];
    execute(tx, sql, values).await?;
    Ok(())
}

pub(super) async fn put_refused(tx: &Transaction<'_>, refused: &RefusedRow) -> Result<(), VaultError> {
    let sql = "INSERT INTO refused (desk, topic, seq, code) VALUES ($1, $2, $3, $4)";
    let values: Values<'_> = &[
        &refused.log.desk.as_slice(),
        &refused.log.topic,
        &signed(refused.seq),
        &refused.code,
    ];
    execute(tx, sql, values).await?;
    Ok(())
}

pub(super) async fn put_fork(tx: &Transaction<'_>, fork: &ForkRow) -> Result<(), VaultError> {
    let (desk, topic) = (fork.log.desk.as_slice(), &fork.log.topic);
    let counted = "SELECT count(*) FROM fork WHERE desk = $1 AND topic = $2";
    if number(tx, counted, &[&desk, topic]).await? >= MAX_FORKS {
        return Ok(());
    }
    // The same evidence again is kept once: what it is about is its link.
    let sql = "INSERT INTO fork (desk, topic, link_after, first, last, signature, records, received_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (desk, topic, link_after) DO NOTHING";
    let values: Values<'_> = &[
        &desk,
        topic,
        &fork.head.link.as_slice(),
        &signed(fork.from),
        &signed(fork.head.seq),
        &fork.head.signature.0.as_slice(),
        &write_records(&fork.records),
        &fork.received_at,
    ];
    execute(tx, sql, values).await?;
    Ok(())
}

pub(super) fn fork_row(row: &Row) -> Result<(LogName, SignedHead), VaultError> {
    let log = LogName {
        desk: fixed(bytes(row, 0)?)?,
        topic: row.try_get(1)?,
    };
    let head = SignedHead {
        seq: unsigned(row.try_get(2)?)?,
        link: fixed(bytes(row, 3)?)?,
        signature: Signature(fixed(bytes(row, 4)?)?),
    };
    Ok((log, head))
}

/// A row of first, last, signature, records, received_at.
pub(super) fn whole_fork_row(log: &LogName, link: &Link, row: &Row) -> Result<ForkRow, VaultError> {
    Ok(ForkRow {
        log: log.clone(),
        from: unsigned(row.try_get(0)?)?,
        head: SignedHead {
            seq: unsigned(row.try_get(1)?)?,
            link: link.0,
            signature: Signature(fixed(bytes(row, 2)?)?),
        },
        records: read_records(bytes(row, 3)?)?,
        received_at: row.try_get(4)?,
    })
}

pub(super) async fn put_erasures(tx: &Transaction<'_>, erasures: &Erasures) -> Result<(), VaultError> {
    for (desk, seq) in &erasures.lists {
        let sql = "INSERT INTO erasure (desk, seq) VALUES ($1, $2) ON CONFLICT (desk, seq) DO NOTHING";
        execute(tx, sql, &[&desk.as_slice(), &signed(*seq)]).await?;
    }
    for (log, seq, body) in &erasures.records {
        let sql = "INSERT INTO erased_record (desk, topic, seq, body) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (desk, topic, seq, body) DO NOTHING";
        let values: Values<'_> = &[
            &log.desk.as_slice(),
            &log.topic,
            &signed(*seq),
            &mark_bytes(body.as_ref()),
        ];
        execute(tx, sql, values).await?;
    }
    for household in &erasures.households {
        let sql = "INSERT INTO erased_household (id) VALUES ($1) ON CONFLICT (id) DO NOTHING";
        execute(tx, sql, &[&household.as_slice()]).await?;
    }
    Ok(())
}
