// SPDX-License-Identifier: EUPL-1.2
//! Rows of the SQLite vault: read into what the centre knows, and written.

use crate::columns::{
    MAX_FORKS, fixed, mark, mark_bytes, read_enrolment, read_topics, read_version, signed, unsigned, uuid,
    write_enrolment, write_records,
};
use crate::vault::{CodeRow, DeskRow, Erasures, ForkRow, LogRow, PresenceRow, SegmentRow, VaultError};
use rusqlite::{Connection, Row, Transaction, params};
use sportello_domain::ids::{DeskId, SiteId};
use sportello_protocol::Link;
use sportello_protocol::wire::LogName;

/// The new version is the time, so that a centre restored from a backup does not use the numbers again that desks have seen.
pub(super) fn change_directory(tx: &Transaction<'_>, now: i64) -> Result<(), VaultError> {
    let sql = "UPDATE office SET directory = CASE WHEN directory >= ?1 THEN directory + 1 ELSE ?1 END";
    tx.execute(sql, params![now])?;
    Ok(())
}

pub(super) const SELECT_DESK: &str = "SELECT id, site, site_code, name, reads, supervises, added_at, public_key, certificate, \
                           signature, version, revoked_at FROM desk";

pub(super) fn desk_row(row: &Row<'_>) -> Result<DeskRow, VaultError> {
    let reads: String = row.get(4)?;
    Ok(DeskRow {
        id: DeskId(uuid(&row.get::<_, Vec<u8>>(0)?)?),
        site: SiteId(uuid(&row.get::<_, Vec<u8>>(1)?)?),
        site_code: row.get(2)?,
        name: row.get(3)?,
        reads: read_topics(&reads),
        supervises: row.get::<_, i64>(5)? != 0,
        added_at: row.get(6)?,
        enrolled: read_enrolment((row.get(7)?, row.get(8)?, row.get(9)?))?,
        version: read_version(row.get(10)?)?,
        revoked_at: row.get(11)?,
    })
}

pub(super) fn put_desk(tx: &Transaction<'_>, desk: &DeskRow) -> Result<(), VaultError> {
    let (key, certificate, signature) = write_enrolment(desk);
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

pub(super) fn put_code(tx: &Transaction<'_>, code: &CodeRow) -> Result<(), VaultError> {
    tx.execute(
        "INSERT INTO code (hash, desk, expires_at, used_at) VALUES (?1, ?2, ?3, ?4)",
        params![code.hash, code.desk.0.as_bytes(), code.expires_at, code.used_at],
    )?;
    Ok(())
}

/// Codes of a desk that nobody used hold no more.
pub(super) fn drop_unused_codes(tx: &Transaction<'_>, desk: DeskId) -> Result<(), VaultError> {
    let sql = "DELETE FROM code WHERE desk = ?1 AND used_at IS NULL";
    tx.execute(sql, params![desk.0.as_bytes()])?;
    Ok(())
}

/// The logs of a desk.
pub(super) fn logs_of(tx: &Transaction<'_>, desk: DeskId) -> Result<Vec<LogRow>, VaultError> {
    let mut statement =
        tx.prepare_cached("SELECT desk, topic, seq, link, stopped FROM log WHERE desk = ?1")?;
    let mut rows = statement.query(params![desk.0.as_bytes()])?;
    let mut logs = Vec::new();
    while let Some(row) = rows.next()? {
        logs.push(log_row(row)?);
    }
    Ok(logs)
}

/// A row of hash, desk, expires_at, used_at.
pub(super) fn code_row(row: &Row<'_>) -> Result<CodeRow, VaultError> {
    Ok(CodeRow {
        hash: fixed(&row.get::<_, Vec<u8>>(0)?)?,
        desk: DeskId(uuid(&row.get::<_, Vec<u8>>(1)?)?),
        expires_at: row.get(2)?,
        used_at: row.get(3)?,
    })
}

pub(super) fn put_presence(tx: &Transaction<'_>, presence: &PresenceRow) -> Result<(), VaultError> {
    tx.prepare_cached(
        "INSERT INTO presence (desk, seen_at, waiting, skew, version, speaks) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (desk) DO UPDATE SET seen_at = excluded.seen_at, waiting = excluded.waiting, \
         skew = excluded.skew, version = excluded.version, speaks = excluded.speaks",
    )?
    .execute(params![
        presence.desk.0.as_bytes(),
        presence.seen_at,
        signed(presence.waiting),
        presence.skew,
        presence.version,
        presence.speaks
    ])?;
    Ok(())
}

pub(super) fn log_row(row: &Row<'_>) -> Result<LogRow, VaultError> {
    Ok(LogRow {
        name: LogName {
            desk: fixed(&row.get::<_, Vec<u8>>(0)?)?,
            topic: row.get(1)?,
        },
        seq: unsigned(row.get(2)?)?,
        link: Link(fixed(&row.get::<_, Vec<u8>>(3)?)?),
        stopped: row.get(4)?,
    })
}

/// Moves a log on from where it was; false when it is not there any more, or was stopped.
pub(super) fn move_log(tx: &Transaction<'_>, was: u64, log: &LogRow) -> Result<bool, VaultError> {
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

/// Whether a desk's certificate is still of a version.
pub(super) fn is_at(tx: &Transaction<'_>, desk: DeskId, version: u32) -> Result<bool, VaultError> {
    let found: i64 = tx
        .prepare_cached("SELECT count(*) FROM desk WHERE id = ?1 AND version = ?2")?
        .query_row(params![desk.0.as_bytes(), version], |row| row.get(0))?;
    Ok(found > 0)
}

pub(super) fn put_segment(tx: &Transaction<'_>, segment: &SegmentRow) -> Result<(), VaultError> {
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
        segment.received_at
    ])?;
    Ok(())
}

pub(super) fn put_fork(tx: &Transaction<'_>, fork: &ForkRow) -> Result<(), VaultError> {
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
            fork.received_at
        ],
    )?;
    Ok(())
}

pub(super) fn put_erasures(tx: &Transaction<'_>, erasures: &Erasures) -> Result<(), VaultError> {
    for (desk, seq) in &erasures.lists {
        tx.prepare_cached("INSERT INTO erasure (desk, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![desk, signed(*seq)])?;
    }
    for (log, seq, body) in &erasures.records {
        tx.prepare_cached(
            "INSERT INTO erased_record (desk, topic, seq, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![log.desk, log.topic, signed(*seq), mark_bytes(body.as_ref())])?;
    }
    for household in &erasures.households {
        tx.prepare_cached("INSERT INTO erased_household (id) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute(params![household])?;
    }
    Ok(())
}

pub(super) fn read_erasures(connection: &Connection) -> Result<Erasures, VaultError> {
    let mut erasures = Erasures::default();
    let mut statement = connection.prepare_cached("SELECT desk, seq FROM erasure ORDER BY desk, seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let desk = fixed(&row.get::<_, Vec<u8>>(0)?)?;
        erasures.lists.push((desk, unsigned(row.get(1)?)?));
    }
    let mut statement = connection
        .prepare_cached("SELECT desk, topic, seq, body FROM erased_record ORDER BY desk, topic, seq, body")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let log = LogName {
            desk: fixed(&row.get::<_, Vec<u8>>(0)?)?,
            topic: row.get(1)?,
        };
        let body = mark(&row.get::<_, Vec<u8>>(3)?)?;
        erasures.records.push((log, unsigned(row.get(2)?)?, body));
    }
    let mut statement = connection.prepare_cached("SELECT id FROM erased_household ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        erasures.households.push(fixed(&row.get::<_, Vec<u8>>(0)?)?);
    }
    Ok(erasures)
}
