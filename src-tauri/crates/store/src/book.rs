// SPDX-License-Identifier: EUPL-1.2
//! What a writer knows by heart: the logs with their heads, the clock, the identity. It follows from the journal and is read
//! again whenever another program wrote to the file, or a transaction was undone.

use crate::done::Done;
use crate::journal;
use crate::meta::{self, Identity};
use crate::place::Place;
use crate::{Result, StoreError};
use rusqlite::Connection;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_domain::time::{Hlc, Timestamp};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Head, Link};
use std::collections::HashMap;
use uuid::Uuid;

/// No honest clock is after this (year 6429): such a reading orders its own record and moves nobody's clock.
const CLOCK_END: u64 = 1 << 47;
/// The number of the log that the counter writes: this desk's first one of a Quartiere. Logs lie in the journal by their numbers,
/// and a record at the journal's very end fills its pages one after the other; in the middle SQLite shares out full pages anew
/// with nearly every record, which makes five pages to write of one. A desk that knows more logs than this is slower, no more.
const COUNTER: i64 = 1 << 13;
/// A reading further ahead of this desk's time than this (milliseconds) orders its own record, and what is said of the same thing
/// after it; it moves nobody's clock (ADR 0016).
const AHEAD: i64 = 10 * 60_000;

/// One log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Log {
    pub id: i64,
    pub desk: DeskId,
    pub topic: Topic,
    /// The last sequence; 0 when it is empty.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
}

#[derive(Debug)]
pub(crate) struct Book {
    /// Changes when another connection writes.
    pub data_version: i64,
    pub identity: Identity,
    pub restored: bool,
    /// Orders of erasure are known: what comes in is held against them.
    pub erasures: bool,
    /// The highest clock seen and believed.
    pub hlc: Hlc,
    /// How far this desk's clock is known to be ahead of the centre's, milliseconds: its own readings are put right by it.
    pub offset: i64,
    /// What the logs say of clocks, while it is not known what time it is.
    unsettled: Vec<Hlc>,
    /// The commands that were done.
    pub done: Done,
    logs: HashMap<(DeskId, Topic), Log>,
}

pub(crate) fn data_version(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached("PRAGMA data_version")?
        .query_row([], |row| row.get(0))?)
}

impl Book {
    pub fn read(conn: &Connection) -> Result<Self> {
        let identity: Identity = meta::get(conn, meta::IDENTITY)?
            .ok_or_else(|| StoreError::damaged("it does not say whose it is"))?;
        let mut book = Self {
            data_version: data_version(conn)?,
            identity,
            restored: meta::get(conn, meta::RESTORED)?.unwrap_or(false),
            erasures: crate::erasure::any(conn)?,
            hlc: Hlc::default(),
            offset: meta::get(conn, meta::CLOCK_OFFSET)?.unwrap_or(0),
            unsettled: Vec::new(),
            done: Done::default(),
            logs: HashMap::new(),
        };
        for (name, id, foreign_hlc) in names(conn)? {
            let (desk, topic) = (name.desk_id(), topic_of(&name)?);
            let mut log = Log {
                id,
                desk,
                topic,
                seq: 0,
                link: Link::genesis(identity.office, desk, topic),
            };
            book.unsettled.push(foreign_hlc);
            if let Some((place, link, head)) = journal::last(conn, id)? {
                (log.seq, log.link) = (place.seq(), link);
                if let Ok(head) = Head::from_bytes(&head) {
                    book.unsettled.push(Hlc(head.hlc));
                }
            }
            book.logs.insert((desk, topic), log);
            if desk == identity.desk {
                book.done.learn(conn, id)?;
            }
        }
        Ok(book)
    }

    /// Whether a reading may move this desk's clock, when the desk's own says `now`; without it any honest one may.
    pub fn believes(&self, hlc: Hlc, now: Option<Timestamp>) -> bool {
        let Some(now) = now else { return is_honest(hlc) };
        let latest = now.0.saturating_sub(self.offset).saturating_add(AHEAD);
        is_honest(hlc) && i64::try_from(hlc.millis()).is_ok_and(|millis| millis <= latest)
    }

    /// Moves the clock after a reading, if it is believed.
    pub fn saw(&mut self, hlc: Hlc, now: Option<Timestamp>) {
        if self.believes(hlc, now) {
            self.hlc = self.hlc.seen(hlc);
        }
    }

    /// The next reading of this desk's clock, when the computer's says `now`; after `last`, what was last said of the same thing,
    /// however far ahead that is.
    pub fn tick(&mut self, now: Timestamp, last: Hlc) -> Hlc {
        for hlc in std::mem::take(&mut self.unsettled) {
            self.saw(hlc, Some(now));
        }
        let next = self.hlc.tick(Timestamp(now.0.saturating_sub(self.offset)));
        if is_honest(last) {
            next.max(Hlc(last.0 + 1))
        } else {
            next
        }
    }

    /// The log of a desk in a topic, if there is one.
    pub fn log(&self, desk: DeskId, topic: Topic) -> Option<Log> {
        self.logs.get(&(desk, topic)).copied()
    }

    /// The log of a desk in a topic, which begins here if there is none.
    pub fn open_log(&mut self, conn: &Connection, desk: DeskId, topic: Topic) -> Result<Log> {
        if let Some(log) = self.log(desk, topic) {
            return Ok(log);
        }
        let id = self.next_number(desk, topic);
        conn.prepare_cached("INSERT INTO log (id, desk, topic) VALUES (?1, ?2, ?3)")?
            .execute((id, desk.0.as_bytes().as_slice(), topic.to_string()))?;
        let log = Log {
            id,
            desk,
            topic,
            seq: 0,
            link: Link::genesis(self.identity.office, desk, topic),
        };
        self.logs.insert((desk, topic), log);
        Ok(log)
    }

    /// The number of a log that begins here: the next one, and above all others for the log that the counter writes.
    fn next_number(&self, desk: DeskId, topic: Topic) -> i64 {
        let numbers = || self.logs.values().map(|log| log.id);
        let highest = numbers().max().unwrap_or(0);
        let counter = |topic| matches!(topic, Topic::Quartiere(_));
        if desk == self.identity.desk && counter(topic) && !self.own_logs().any(|log| counter(log.topic)) {
            return COUNTER.max(highest + 1);
        }
        let next = 1 + numbers().filter(|number| *number < COUNTER).max().unwrap_or(0);
        if next < COUNTER { next } else { highest + 1 }
    }

    /// The logs that this desk writes.
    pub fn own_logs(&self) -> impl Iterator<Item = &Log> {
        let own = self.identity.desk;
        self.logs.values().filter(move |log| log.desk == own)
    }

    /// Records of all logs.
    pub fn records(&self) -> u64 {
        self.logs.values().map(|log| log.seq).sum()
    }

    /// Remembers a log's new head.
    pub fn moved(&mut self, log: Log) {
        self.logs.insert((log.desk, log.topic), log);
    }
}

fn is_honest(hlc: Hlc) -> bool {
    hlc.millis() < CLOCK_END
}

/// Every log of the file with its number and the highest foreign clock in it.
pub(crate) fn names(conn: &Connection) -> Result<Vec<(LogName, i64, Hlc)>> {
    let mut statement = conn.prepare_cached("SELECT id, desk, topic, hlc FROM log ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok((
            LogName {
                desk: row.get(1)?,
                topic: row.get(2)?,
            },
            row.get(0)?,
            Hlc(row.get::<_, i64>(3)?.cast_unsigned()),
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number of a log.
pub(crate) fn id_of(conn: &Connection, log: &LogName) -> Result<Option<i64>> {
    use rusqlite::OptionalExtension;
    let mut statement = conn.prepare_cached("SELECT id FROM log WHERE desk = ?1 AND topic = ?2")?;
    Ok(statement
        .query_row((log.desk.as_slice(), &log.topic), |row| row.get(0))
        .optional()?)
}

/// The topic of a log, if this version knows it.
pub(crate) fn topic_of(log: &LogName) -> Result<Topic> {
    log.topic()
        .ok_or_else(|| StoreError::UnknownTopic(log.topic.clone()))
}

/// The name of the log with this number.
pub(crate) fn name_of(conn: &Connection, place: Place) -> Result<LogName> {
    let mut statement = conn.prepare_cached("SELECT desk, topic FROM log WHERE id = ?1")?;
    Ok(statement.query_row([place.log()], |row| {
        Ok(LogName {
            desk: row.get(0)?,
            topic: row.get(1)?,
        })
    })?)
}

/// An identifier as it stands in a column.
pub(crate) fn blob(id: &Uuid) -> &[u8] {
    id.as_bytes()
}
