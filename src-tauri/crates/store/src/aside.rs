// SPDX-License-Identifier: EUPL-1.2
//! What waits for a supervisor's decision (ADR 0014): records that came late, and other branches of logs. The records stand among
//! those of other branches; a note says which belong together. A desk that set them aside by itself hands them on to the centre and to
//! nobody else (ADR 0019).

use crate::place::Place;
use crate::{Reads, Result, WriteTx, book, journal, meta, projection};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::time::Timestamp;
use sportello_protocol::adopted::to_hex;
use sportello_protocol::wire::{LogName, Segment, SignedHead};
use sportello_protocol::{Head, Link, Record, Signature, adopted};

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
    /// When they came here, or left their log.
    pub at: Timestamp,
    /// The writer's signature over the last link, hexadecimal: with it they can be handed on to the centre. None where it was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The centre has them, or said for good that it does not take them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub handed_on: bool,
}

impl Aside {
    /// The log.
    pub fn log(&self) -> LogName {
        LogName::new(self.desk, self.topic)
    }
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

    /// What may stand before record `seq` of a log: its own link here, and those of what is set aside.
    pub fn links_before(&self, log: &LogName, seq: u64) -> Result<Vec<Link>> {
        let mut links: Vec<Link> = self.link_at(log, seq - 1)?.into_iter().collect();
        if let Some(id) = book::id_of(self.conn, log)? {
            let apart = branch_records(self.conn, id, seq - 1)?;
            links.extend(apart.into_iter().map(|(link, _)| link));
        }
        for aside in self.asides()? {
            if aside.log() == *log
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
        let (Some(id), Some(mut link)) = (
            book::id_of(self.conn, &aside.log())?,
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

    /// What is set aside here and the centre may not have: as segments, under their writers' signatures.
    pub fn asides_to_hand_on(&self) -> Result<Vec<Segment>> {
        let mut segments = Vec::new();
        for aside in self.asides()?.iter().filter(|aside| !aside.handed_on) {
            let (Some(signature), Some(link)) = (aside.signature.as_deref(), link_of(&aside.link)) else {
                continue;
            };
            let mut bytes = [0; 64];
            let records = self.aside_records(aside)?;
            if hex::decode_to_slice(signature, &mut bytes).is_err()
                || records.len() as u64 != (aside.last + 1).saturating_sub(aside.first)
            {
                continue;
            }
            segments.push(Segment {
                log: aside.log(),
                from: aside.first,
                records: records.into_iter().map(|found| found.record).collect(),
                head: SignedHead {
                    seq: aside.last,
                    link: link.0,
                    signature: Signature(bytes),
                },
            });
        }
        Ok(segments)
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
    /// that is known here, and then only that it exists is noted. `at_centre`: it came from there. False when it is here already, or all
    /// of it stands in the log.
    pub fn keep_aside(
        &mut self,
        segment: &Segment,
        before: Option<Link>,
        at: Timestamp,
        at_centre: bool,
    ) -> Result<bool> {
        let all = Reads { conn: self.conn }.asides()?;
        let (desk, topic) = (segment.log.desk_id(), book::topic_of(&segment.log)?);
        let link = to_hex(&segment.head.link);
        if let Some(known) = find(&all, desk, topic, &link) {
            if at_centre && !known.handed_on {
                self.was_handed_on(&segment.log, segment.head.link())?;
            }
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
            signature: Some(hex::encode(segment.head.signature.0)),
            handed_on: at_centre,
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
            note.continues = note.first == log.seq + 1 && before == log.link;
            let mut others = all
                .iter()
                .filter(|other| other.continues && (other.desk, other.topic) == (desk, topic));
            while let Some(other) = others.next().filter(|_| !note.continues) {
                let within = Reads { conn: self.conn }.aside_records(other)?;
                note.continues = within.iter().any(|found| found.link == before);
            }
            note.before = Some(to_hex(&before.0));
        }
        add(self.conn, note)
    }

    /// The centre has what is set aside of a log up to this link, or said for good that it does not take it.
    pub fn was_handed_on(&mut self, log: &LogName, link: Link) -> Result<()> {
        let link = to_hex(&link.0);
        self.note_handed_on(|aside| (aside.log() == *log && aside.link == link).then_some(true))
    }

    /// The centre forgot what it had: what is set aside here is handed on to it again.
    pub fn hand_on_again(&mut self) -> Result<()> {
        self.note_handed_on(|_| Some(false))
    }

    fn note_handed_on(&self, say: impl Fn(&Aside) -> Option<bool>) -> Result<()> {
        let mut all = Reads { conn: self.conn }.asides()?;
        let mut changed = false;
        for aside in &mut all {
            let said = say(aside).unwrap_or(aside.handed_on);
            changed |= said != aside.handed_on;
            aside.handed_on = said;
        }
        if changed {
            meta::set(self.conn, ASIDE, &all)?;
        }
        Ok(())
    }
}

fn find<'a>(all: &'a [Aside], desk: DeskId, topic: Topic, link: &str) -> Option<&'a Aside> {
    all.iter()
        .find(|aside| (aside.desk, aside.topic, aside.link.as_str()) == (desk, topic, link))
}

/// Adds a note; false when there is one of this end already.
pub(crate) fn add(conn: &Connection, note: Aside) -> Result<bool> {
    let mut all: Vec<Aside> = meta::get(conn, ASIDE)?.unwrap_or_default();
    if find(&all, note.desk, note.topic, &note.link).is_some() {
        return Ok(false);
    }
    all.push(note);
    meta::set(conn, ASIDE, &all)?;
    Ok(true)
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
