// SPDX-License-Identifier: EUPL-1.2
//! Rows of the SQLite vault: read into what the centre knows, and written.

use crate::vault::{DeskRow, ForkRow, LogRow, SegmentRow, VaultError};
use rusqlite::{Row, Transaction, params};
use sportello_domain::ids::{DeskId, SiteId};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Link, PublicKey, Record, Signature, SignedCertificate};
use uuid::Uuid;

/// No more forks of one log are kept: the first ones show what happened, and nobody fills the disk with the rest.
const MAX_FORKS: i64 = 100;

/// The new version is the time, so that a centre restored from a backup does not use the numbers again that desks have seen.
pub(super) fn change_directory(tx: &Transaction<'_>, now: i64) -> Result<(), VaultError> {
    let sql = "UPDATE office SET directory = CASE WHEN directory >= ?1 THEN directory + 1 ELSE ?1 END";
    tx.execute(sql, params![now])?;
    Ok(())
}

pub(super) const SELECT_DESK: &str = "SELECT id, site, site_code, name, reads, supervises, added_at, public_key, certificate, \
                           signature, version, revoked_at FROM desk";

pub(super) fn desk_row(row: &Row<'_>) -> Result<DeskRow, VaultError> {
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
        reads: reads
            .split(',')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        supervises: row.get::<_, i64>(5)? != 0,
        added_at: row.get(6)?,
        enrolled,
        version: u32::try_from(row.get::<_, i64>(10)?).map_err(|_| VaultError::Damaged("desk.version"))?,
        revoked_at: row.get(11)?,
    })
}

pub(super) fn put_desk(tx: &Transaction<'_>, desk: &DeskRow) -> Result<(), VaultError> {
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

pub(super) fn put_segment(tx: &Transaction<'_>, segment: &SegmentRow, now: i64) -> Result<(), VaultError> {
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

pub(super) fn put_fork(tx: &Transaction<'_>, fork: &ForkRow, now: i64) -> Result<(), VaultError> {
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

pub(super) fn write_records(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(records.iter().map(|record| record.weight() + 16).sum());
    for record in records {
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(record, &mut bytes);
    }
    bytes
}

pub(super) fn read_records(bytes: &[u8]) -> Result<Vec<Record>, VaultError> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let mut records = Vec::new();
    while decoder.position() < bytes.len() {
        records.push(
            decoder
                .decode()
                .map_err(|_| VaultError::Damaged("segment.records"))?,
        );
    }
    Ok(records)
}

pub(super) fn uuid(bytes: &[u8]) -> Result<Uuid, VaultError> {
    Ok(Uuid::from_bytes(fixed(bytes)?))
}

pub(super) fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], VaultError> {
    bytes
        .try_into()
        .map_err(|_| VaultError::Damaged("a value has the wrong length"))
}

pub(super) fn unsigned(value: i64) -> Result<u64, VaultError> {
    u64::try_from(value).map_err(|_| VaultError::Damaged("a number is negative"))
}

/// SQL knows signed numbers only; no count ever comes near the limit, and what pretends to is held there.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
