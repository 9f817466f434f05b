// SPDX-License-Identifier: EUPL-1.2
//! What others wrote, taken in. The caller has verified the signature over the last link; here every link before it is.

use crate::book::{self, Log};
use crate::place::Place;
use crate::{Reads, Result, StoreError, WriteTx, journal, told};
use sportello_domain::event::DecodeError;
use sportello_domain::meta::EventMeta;
use sportello_domain::time::Hlc;
use sportello_protocol::adopted::Told;
use sportello_protocol::wire::LogName;
use sportello_protocol::{Head, Link, Record, RecordError};

/// What became of a page of records. `new` counts the four below it together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Records that were here already.
    pub known: usize,
    /// Records added to the journal.
    pub new: usize,
    /// Of the new ones: folded in their turn or anew.
    pub folded: usize,
    /// Of the folded ones: belonged before what was here, so that their entity was folded anew.
    pub late: usize,
    /// Of the new ones: their body was erased before they came.
    pub erased: usize,
    /// Of the new ones: of a kind that this version does not know; kept, and folded after an update.
    pub unknown: usize,
    /// Of the new ones: not what their head says; kept, listed, and never folded.
    pub malformed: usize,
    /// The furthest clock of the new ones that is too far ahead of this desk's to be believed.
    pub ahead: Option<Hlc>,
    /// Another branch of the same log: kept apart, nothing of it taken in.
    pub fork: Option<Fork>,
    /// The log's last sequence now.
    pub seq: u64,
    /// The link after it.
    pub link: Option<Link>,
}

/// Two different records at one place: a cloned disk, or a restored backup that went on writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The log.
    pub log: LogName,
    /// The first place where they differ.
    pub seq: u64,
    /// The link after the record that is here.
    pub ours: Link,
    /// The link after the record that came.
    pub theirs: Link,
}

/// The link after these records, when `before` stands before the first: what the signature that came with them is to cover.
pub fn verify_chain(before: Link, records: &[Record]) -> Link {
    records.iter().fold(before, |link, record| record.link(link))
}

/// Why a record waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waits {
    Unknown,
    Malformed,
}

impl Waits {
    fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Malformed => "malformed",
        }
    }
}

fn why(error: &RecordError) -> Waits {
    match error {
        RecordError::UnknownEntity(_)
        | RecordError::UnknownSuccessor
        | RecordError::Event(DecodeError::Unknown { .. }) => Waits::Unknown,
        _ => Waits::Malformed,
    }
}

impl WriteTx<'_> {
    /// Takes consecutive records of a log in, the first being number `from`. The same ones again change nothing; a gap is an
    /// error; another branch is kept apart and reported in [`Ingested::fork`] (not as an error, which would undo keeping it).
    pub fn ingest(&mut self, name: &LogName, from: u64, records: &[Record]) -> Result<Ingested> {
        let (desk, topic) = (name.desk_id(), book::topic_of(name)?);
        let mut log = self.book.open_log(self.conn, desk, topic)?;
        if from == 0 || from > log.seq + 1 {
            return Err(StoreError::Gap {
                log: name.clone(),
                have: log.seq,
                from,
            });
        }
        let mut done = Ingested {
            seq: log.seq,
            link: (log.seq > 0).then_some(log.link),
            ..Ingested::default()
        };
        let overlap = usize::try_from(log.seq + 1 - from)
            .unwrap_or(usize::MAX)
            .min(records.len());
        if self.overlap(name, &log, from, &records[..overlap], records, &mut done)? {
            return Ok(done);
        }
        let (mut highest, mut believed) = (Hlc::default(), Hlc::default());
        let mut touched = Vec::new();
        for record in &records[overlap..] {
            let seq = log.seq + 1;
            let place = Place::new(log.id, seq);
            let link = record.link(log.link);
            let record = self.at_the_door(&log, seq, record)?;
            journal::insert(self.conn, place, &record, link)?;
            (log.seq, log.link) = (seq, link);
            done.new += 1;
            if let Some((hlc, meta)) = self.take_in(&log, place, &record, &mut done)? {
                highest = highest.seen(hlc);
                if let Some(meta) = meta.filter(|_| self.book.erasures) {
                    touched.push(meta.entity);
                }
                if self.book.believes(hlc, self.time) {
                    believed = believed.seen(hlc);
                } else {
                    done.ahead = done.ahead.max(Some(hlc));
                }
            }
        }
        self.note_late(touched.into_iter())?;
        self.book.moved(log);
        if done.new > 0 {
            self.book.saw(believed, self.time);
            self.conn
                .prepare_cached("UPDATE log SET hlc = max(hlc, ?2) WHERE id = ?1")?
                .execute((log.id, i64::try_from(highest.0).unwrap_or(0)))?;
            (done.seq, done.link) = (log.seq, Some(log.link));
        }
        Ok(done)
    }

    /// Compares what came with what is here; true when they differ, and then the branch that came was kept apart.
    fn overlap(
        &self,
        name: &LogName,
        log: &Log,
        from: u64,
        here: &[Record],
        all: &[Record],
        done: &mut Ingested,
    ) -> Result<bool> {
        if here.is_empty() {
            return Ok(false);
        }
        let reads = Reads { conn: self.conn };
        let lost = || StoreError::damaged("a record of the journal is missing");
        let mut link = reads.link_at(name, from - 1)?.ok_or_else(lost)?;
        for (seq, (at, record)) in (from..).zip(here.iter().enumerate()) {
            link = record.link(link);
            let ours = journal::link(self.conn, Place::new(log.id, seq))?.ok_or_else(lost)?;
            if ours == link {
                done.known += 1;
                continue;
            }
            done.fork = Some(Fork {
                log: name.clone(),
                seq,
                ours,
                theirs: link,
            });
            self.keep_branch(log, seq, link, &all[at..])?;
            return Ok(true);
        }
        Ok(false)
    }

    pub(crate) fn keep_branch(&self, log: &Log, seq: u64, first: Link, branch: &[Record]) -> Result<()> {
        let mut link = first;
        for (seq, (at, record)) in (seq..).zip(branch.iter().enumerate()) {
            if at > 0 {
                link = record.link(link);
            }
            let record = self.at_the_door(log, seq, record)?;
            let (body, erased) = journal::columns(&record.body);
            self.conn
                .prepare_cached(
                    "INSERT INTO fork (log, seq, link, head, body, erased) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                )?
                .execute((log.id, i64::try_from(seq).unwrap_or(i64::MAX), link.0.as_slice(), &record.head, body, erased))?;
        }
        Ok(())
    }

    /// Folds a record that was just added, or lists it as waiting; gives its clock when it can be read.
    fn take_in(
        &mut self,
        log: &Log,
        place: Place,
        record: &Record,
        done: &mut Ingested,
    ) -> Result<Option<(Hlc, Option<EventMeta>)>> {
        let head = match Head::from_bytes(&record.head) {
            Ok(head) if head.seq == place.seq() => head,
            _ => {
                done.malformed += 1;
                self.let_wait(place, Waits::Malformed, "", 0)?;
                return Ok(None);
            }
        };
        let hlc = Hlc(head.hlc);
        let read = match told::read(self.conn, &head, record, log.desk, log.topic)? {
            Ok(told) => told::believed(self.conn, told)?,
            Err(error) => Err(error),
        };
        let mut known = None;
        match read {
            Ok(Told { meta, event, .. }) => {
                let late = self.entities.absorb(self.conn, place, &meta, event.as_ref())?;
                if let Some(event) = &event {
                    done.folded += 1;
                    done.late += usize::from(late);
                    self.obey(&meta, event)?;
                } else {
                    done.erased += 1;
                }
                known = Some(meta);
            }
            Err(error) => {
                let waits = why(&error);
                match waits {
                    Waits::Unknown => done.unknown += 1,
                    Waits::Malformed => done.malformed += 1,
                }
                self.let_wait(place, waits, &head.kind, head.version)?;
            }
        }
        Ok(Some((hlc, known)))
    }

    pub(crate) fn let_wait_for(
        &self,
        place: Place,
        error: &RecordError,
        kind: &str,
        version: u16,
    ) -> Result<()> {
        self.let_wait(place, why(error), kind, version)
    }

    fn let_wait(&self, place: Place, waits: Waits, kind: &str, version: u16) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO unprojected (place, reason, kind, version) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((place.0, waits.name(), kind, version))?;
        Ok(())
    }
}
