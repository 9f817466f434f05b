// SPDX-License-Identifier: EUPL-1.2
//! The journal: records as they were sealed, log by log, and nothing that could be reckoned from them.

use crate::book;
use crate::place::Place;
use crate::{Reads, Result, StoreError, told};
use rusqlite::{Connection, OptionalExtension, Row};
use sportello_domain::event::Event;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::EventMeta;
use sportello_protocol::wire::{Have, LogName};
use sportello_protocol::{Body, Head, Link, Record};

/// Bytes that a record takes besides head and body, for reckoning a page's size.
const FRAMING: usize = 16;

/// How far a log goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// The log.
    pub log: LogName,
    /// The last sequence.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
}

/// Consecutive records of one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPage {
    /// The log.
    pub log: LogName,
    /// The sequence of the first record.
    pub from: u64,
    /// The records, as they were sealed.
    pub records: Vec<Record>,
    /// The link before the first of them.
    pub before: Link,
    /// The sequence of the last one, and the link after it: what a signature is to cover.
    pub last: (u64, Link),
}

/// One event as it stands in the journal, for a household's story.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalEntry {
    /// What the record says of itself.
    pub meta: EventMeta,
    /// The event; none when its body was erased.
    pub event: Option<Event>,
}

pub(crate) fn insert(conn: &Connection, place: Place, record: &Record, link: Link) -> Result<()> {
    let (body, erased) = columns(&record.body);
    conn.prepare_cached("INSERT INTO journal (place, link, head, body, erased) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((place.0, link.0.as_slice(), &record.head, body, erased))?;
    Ok(())
}

/// A body as its two columns.
pub(crate) fn columns(body: &Body) -> (Option<&[u8]>, Option<Vec<u8>>) {
    match body {
        Body::Present(bytes) => (Some(bytes), None),
        Body::Erased { hash, len } => {
            let mut erased = hash.to_vec();
            erased.extend_from_slice(&len.to_be_bytes());
            (None, Some(erased))
        }
    }
}

/// A record out of the columns head, body, erased, beginning with column `at`.
pub(crate) fn record(row: &Row<'_>, at: usize) -> rusqlite::Result<Record> {
    let head = row.get(at)?;
    let body = match row.get::<_, Option<Vec<u8>>>(at + 1)? {
        Some(bytes) => Body::Present(bytes),
        None => erased(&row.get::<_, Option<Vec<u8>>>(at + 2)?.unwrap_or_default()),
    };
    Ok(Record { head, body })
}

/// What was left of an erased body. A column that was tampered with gives a hash that no chain agrees with.
fn erased(bytes: &[u8]) -> Body {
    let (mut hash, mut len) = ([0; 32], [0; 4]);
    if let (Some(h), Some(l)) = (bytes.get(..32), bytes.get(32..36)) {
        hash.copy_from_slice(h);
        len.copy_from_slice(l);
    }
    Body::Erased {
        hash,
        len: u32::from_be_bytes(len),
    }
}

/// Place, link and head of a log's last record.
pub(crate) fn last(conn: &Connection, log: i64) -> Result<Option<(Place, Link, Vec<u8>)>> {
    let mut statement = conn.prepare_cached(
        "SELECT place, link, head FROM journal WHERE place BETWEEN ?1 AND ?2 ORDER BY place DESC LIMIT 1",
    )?;
    let found = statement.query_row((Place::new(log, 0).0, Place::new(log + 1, 0).0 - 1), |row| {
        Ok((Place(row.get(0)?), Link(row.get(1)?), row.get(2)?))
    });
    Ok(found.optional()?)
}

/// The link after a record.
pub(crate) fn link(conn: &Connection, place: Place) -> Result<Option<Link>> {
    let mut statement = conn.prepare_cached("SELECT link FROM journal WHERE place = ?1")?;
    Ok(statement
        .query_row([place.0], |row| Ok(Link(row.get(0)?)))
        .optional()?)
}

/// One record.
pub(crate) fn get(conn: &Connection, place: Place) -> Result<Option<Record>> {
    let mut statement = conn.prepare_cached("SELECT head, body, erased FROM journal WHERE place = ?1")?;
    Ok(statement.query_row([place.0], |row| record(row, 0)).optional()?)
}

/// Goes through a log from a sequence on, until `each` says that it is enough.
pub(crate) fn walk(
    conn: &Connection,
    log: i64,
    from: u64,
    mut each: impl FnMut(u64, Link, Record) -> Result<bool>,
) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "SELECT place, link, head, body, erased FROM journal WHERE place BETWEEN ?1 AND ?2 ORDER BY place",
    )?;
    let mut rows = statement.query((Place::new(log, from).0, Place::new(log + 1, 0).0 - 1))?;
    while let Some(row) = rows.next()? {
        if !each(Place(row.get(0)?).seq(), Link(row.get(1)?), record(row, 2)?)? {
            break;
        }
    }
    Ok(())
}

impl Reads<'_> {
    /// Every log with its head; logs without records have none.
    pub fn heads(&self) -> Result<Vec<LogHead>> {
        let mut heads = Vec::new();
        for (log, id, _) in book::names(self.conn)? {
            if let Some((place, link, _)) = last(self.conn, id)? {
                heads.push(LogHead {
                    log,
                    seq: place.seq(),
                    link,
                });
            }
        }
        Ok(heads)
    }

    /// How many records there are: each log has them from 1 to its head, without gaps.
    pub(crate) fn record_count(&self) -> Result<u64> {
        Ok(self.heads()?.iter().map(|head| head.seq).sum())
    }

    /// How far each log goes, as an exchange says it.
    pub fn have(&self) -> Result<Vec<Have>> {
        Ok(self
            .heads()?
            .into_iter()
            .map(|head| Have {
                log: head.log,
                seq: head.seq,
            })
            .collect())
    }

    /// The head of one log; none when it has no records.
    pub fn head(&self, log: &LogName) -> Result<Option<LogHead>> {
        let Some(id) = book::id_of(self.conn, log)? else {
            return Ok(None);
        };
        Ok(last(self.conn, id)?.map(|(place, link, _)| LogHead {
            log: log.clone(),
            seq: place.seq(),
            link,
        }))
    }

    /// The link after a record of a log; at 0 what stands before the first. None when the log is shorter.
    pub fn link_at(&self, log: &LogName, seq: u64) -> Result<Option<Link>> {
        if seq == 0 {
            let office = self.identity()?.office;
            return Ok(Some(Link::genesis(office, log.desk_id(), book::topic_of(log)?)));
        }
        match book::id_of(self.conn, log)? {
            Some(id) => link(self.conn, Place::new(id, seq)),
            None => Ok(None),
        }
    }

    /// Records of a log from a sequence on, as many as fit into `budget` bytes, at least one; none when there are no more.
    pub fn records(&self, log: &LogName, from: u64, budget: usize) -> Result<Option<RecordPage>> {
        let from = from.max(1);
        let Some(id) = book::id_of(self.conn, log)? else {
            return Ok(None);
        };
        let Some(before) = self.link_at(log, from - 1)? else {
            return Ok(None);
        };
        let (mut records, mut bytes, mut last) = (Vec::new(), 0, (from - 1, before));
        walk(self.conn, id, from, |seq, link, record| {
            let body = match &record.body {
                Body::Present(bytes) => bytes.len(),
                Body::Erased { .. } => 40,
            };
            bytes += record.head.len() + body + FRAMING;
            if bytes > budget && !records.is_empty() {
                return Ok(false);
            }
            if seq != last.0 + 1 {
                return Err(StoreError::damaged(format!(
                    "record {} of a log is missing",
                    last.0 + 1
                )));
            }
            records.push(record);
            last = (seq, link);
            Ok(true)
        })?;
        Ok((!records.is_empty()).then(|| RecordPage {
            log: log.clone(),
            from,
            records,
            before,
            last,
        }))
    }

    /// The events of a record's head and body, when this version can read them.
    pub(crate) fn entry(&self, place: Place, desk: DeskId, log: &LogName) -> Result<Option<JournalEntry>> {
        let Some(record) = get(self.conn, place)? else {
            return Ok(None);
        };
        let head = Head::from_bytes(&record.head)?;
        let topic = book::topic_of(log)?;
        Ok(Some(match told::read(self.conn, &head, &record, desk, topic)? {
            Ok(told) => JournalEntry {
                meta: told.meta,
                event: told.event,
            },
            Err(_) => JournalEntry {
                meta: head.meta(desk, topic)?,
                event: None,
            },
        }))
    }
}
