// SPDX-License-Identifier: EUPL-1.2
//! What waits for a supervisor's decision (ADR 0014): records that came late, and other branches of logs. The records stand among
//! those of other branches; a note says which belong together.

use crate::place::Place;
use crate::{Reads, Result, WriteTx, book, journal, meta, projection};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::time::Timestamp;
use sportello_protocol::adopted::to_hex;
use sportello_protocol::wire::{LogName, Segment};
use sportello_protocol::{Head, Link, Record, adopted};

const ASIDE: &str = "aside";

/// Consecutive records of one log that wait for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The desk that wrote them.
    pub desk: DeskId,
    /// The log's topic.
    pub topic: Topic,
    /// The first record.
    pub first: u64,
    /// The last one.
    pub last: u64,
    /// The link before the first, hexadecimal; none when they do not follow from anything that is known here: then they are evidence
    /// at the centre and cannot be decided.
    pub before: Option<String>,
    /// The link after the last one, hexadecimal.
    pub link: String,
    /// The log goes on with them from where it ends here; otherwise they are another branch of it.
    pub continues: bool,
    /// When they came here.
    pub at: Timestamp,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct AsideRecord {
    /// The link before it.
    pub before: Link,
    /// The link after it.
    pub link: Link,
    /// The record.
    pub record: Record,
}

impl Reads<'_> {
    /// All that waits, or waited, for a decision, as it came.
    pub fn asides(&self) -> Result<Vec<Aside>> {
        Ok(meta::get(self.conn, ASIDE)?.unwrap_or_default())
    }

    /// What may stand before record `seq` of a log: its own link here, and the ends of what is set aside.
    pub fn links_before(&self, log: &LogName, seq: u64) -> Result<Vec<Link>> {
        let mut links: Vec<Link> = self.link_at(log, seq - 1)?.into_iter().collect();
        for aside in self.asides()? {
            if LogName::new(aside.desk, aside.topic) == *log
                && aside.last + 1 == seq
                && let Some(link) = link_of(&aside.link)
            {
                links.push(link);
            }
        }
        Ok(links)
    }

    /// The records of one of them, in order.
    pub fn aside_records(&self, aside: &Aside) -> Result<Vec<AsideRecord>> {
        let log = LogName::new(aside.desk, aside.topic);
        let (Some(id), Some(mut link)) = (
            book::id_of(self.conn, &log)?,
            aside.before.as_deref().and_then(link_of),
        ) else {
            return Ok(Vec::new());
        };
        let mut records = Vec::new();
        for seq in aside.first..=aside.last {
            // Several branches may have a record of this number: the one that follows is meant.
            let found = branch_records(self.conn, id, seq)?
                .into_iter()
                .find(|(stored, record)| record.link(link) == *stored);
            let Some((after, record)) = found else { break };
            records.push(AsideRecord {
                before: link,
                link: after,
                record,
            });
            link = after;
        }
        Ok(records)
    }

    /// Whether a record with this link is among those that make an entity what it is: where it was written, or carried on.
    pub fn counts(&self, entity: EntityRef, link: Link) -> Result<bool> {
        let Some(stored) = projection::load(self.conn, entity)? else {
            return Ok(false);
        };
        for place in stored.common.places.list() {
            if self.link_told(place)? == Some(link) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn link_told(&self, place: Place) -> Result<Option<Link>> {
        let Some(record) = journal::get(self.conn, place)? else {
            return Ok(None);
        };
        let name = book::name_of(self.conn, place)?;
        let head = Head::from_bytes(&record.head)?;
        let told = adopted::read(&head, &record, name.desk_id(), book::topic_of(&name)?);
        match told.ok().and_then(|told| told.link) {
            Some(link) => Ok(Some(link)),
            None => journal::link(self.conn, place),
        }
    }
}

impl WriteTx<'_> {
    /// Keeps a segment for a supervisor's decision. `before` is the link from which it was verified; none when it follows from nothing
    /// that is known here, and then only that it exists is noted. False when it is here already, or all of it stands in the log.
    pub fn keep_aside(&mut self, segment: &Segment, before: Option<Link>, at: Timestamp) -> Result<bool> {
        let mut all: Vec<Aside> = meta::get(self.conn, ASIDE)?.unwrap_or_default();
        let (desk, topic) = (segment.log.desk_id(), book::topic_of(&segment.log)?);
        let link = to_hex(&segment.head.link);
        if all
            .iter()
            .any(|aside| (aside.desk, aside.topic, &aside.link) == (desk, topic, &link))
        {
            return Ok(false);
        }
        let log = self.book.open_log(self.conn, desk, topic)?;
        let mut note = Aside {
            desk,
            topic,
            first: segment.from,
            last: segment.head.seq,
            before: None,
            link,
            continues: false,
            at,
        };
        if let Some(mut before) = before {
            // What stands in the log is no news.
            let mut news = segment.records.as_slice();
            while let Some((record, rest)) = news.split_first() {
                let after = record.link(before);
                if journal::link(self.conn, Place::new(log.id, note.first))? != Some(after) {
                    break;
                }
                (before, news) = (after, rest);
                note.first += 1;
            }
            let Some(first) = news.first() else {
                return Ok(false);
            };
            self.keep_branch(&log, note.first, first.link(before), news)?;
            note.continues = note.first == log.seq + 1 && before == log.link
                || all.iter().any(|other| {
                    other.continues
                        && (other.desk, other.topic) == (desk, topic)
                        && other.link == to_hex(&before.0)
                });
            note.before = Some(to_hex(&before.0));
        }
        all.push(note);
        meta::set(self.conn, ASIDE, &all)?;
        Ok(true)
    }
}

fn branch_records(conn: &Connection, log: i64, seq: u64) -> Result<Vec<(Link, Record)>> {
    let mut statement = conn.prepare_cached(
        "SELECT link, head, body, erased FROM fork WHERE log = ?1 AND seq = ?2 ORDER BY link",
    )?;
    let rows = statement.query_map((log, seq.cast_signed()), |row| {
        Ok((Link(row.get(0)?), journal::record(row, 1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn link_of(text: &str) -> Option<Link> {
    let mut link = [0; 32];
    hex::decode_to_slice(text, &mut link).ok()?;
    Some(Link(link))
}
