// SPDX-License-Identifier: EUPL-1.2
//! Taking in what desks hand over.
//!
//! Everything is verified before anything is written, outside of any transaction; then all of a push is written at once,
//! provided that the logs are still where they were. Handing the same over again changes nothing and gets the same answer.

mod aside;

use crate::erase::{self, Door};
use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::rules;
use crate::vault::{Changes, Erasures, ForkRow, LogRow, RefusedRow, SegmentRow};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::certificate::may_append;
use sportello_protocol::wire::{LogAnswer, LogName, Push, PushAnswer, RefusedRecord, Segment, SignedHead};
use sportello_protocol::{Certificate, Head, Link, Record, RecordError, SegmentError, adopted};
use std::collections::HashMap;

/// Requests may want the same log at the same time: so many attempts. Whoever loses one lost it to somebody who won, so as many
/// requests for one log as this come through together.
const ATTEMPTS: u8 = 16;

/// A log while a push is judged.
#[derive(Clone)]
struct State {
    /// Where it is in the vault.
    was: u64,
    seq: u64,
    link: Link,
    stopped: Option<String>,
    changed: bool,
}

/// What is known of a segment's author.
#[derive(Clone)]
enum Author {
    Known(Box<Certificate>),
    /// With its last certificate, when it ever had one.
    Revoked(Option<Box<Certificate>>),
    Unknown,
}

struct Judge<'a> {
    central: &'a Central,
    office: &'a Office,
    states: HashMap<LogName, State>,
    authors: HashMap<DeskId, Author>,
    changes: Changes,
    /// What the orders said when the push began.
    door: Door,
    /// What lists among these records name, known ones too: a push that was broken off is finished by the next.
    orders: Erasures,
    now: i64,
}

/// What becomes of one segment.
struct Verdict {
    seq: u64,
    link: Link,
    stopped: Option<String>,
}

impl Verdict {
    fn stop(state: &State, code: &str) -> Self {
        Self {
            seq: state.seq,
            link: state.link,
            stopped: Some(code.to_owned()),
        }
    }
}

impl Central {
    /// Takes in a push. Its sender is known; each segment is judged by its own author's key and rights, so that a desk may
    /// bring what another could not send itself.
    pub(crate) fn take(&self, office: &Office, push: &Push) -> Result<PushAnswer, CentralError> {
        for _ in 0..ATTEMPTS {
            let now = self.now();
            let mut judge = Judge {
                central: self,
                office,
                states: HashMap::new(),
                authors: HashMap::new(),
                changes: Changes::default(),
                door: self.door()?,
                orders: Erasures::default(),
                now,
            };
            let verdicts: Vec<Verdict> = push
                .segments
                .iter()
                .map(|segment| judge.judge(segment))
                .collect::<Result<_, _>>()?;
            let (door, orders) = (judge.door.clone(), judge.orders.clone());
            let changes = judge.into_changes();
            if changes.is_empty() || self.vault().write(&changes)? {
                self.carry_out(&orders)?;
                self.look_again(&door, &changes.segments)?;
                self.metrics().taken(&changes);
                return self.answer(office, push, &verdicts, now);
            }
        }
        Err(CentralError::Contended)
    }

    fn answer(
        &self,
        office: &Office,
        push: &Push,
        verdicts: &[Verdict],
        now: i64,
    ) -> Result<PushAnswer, CentralError> {
        let mut logs = Vec::with_capacity(verdicts.len());
        let mut refused = Vec::new();
        for (segment, verdict) in push.segments.iter().zip(verdicts) {
            logs.push(answer_for(
                office,
                &segment.log,
                verdict.seq,
                verdict.link,
                verdict.stopped.clone(),
            ));
            let last = segment.head.seq.min(verdict.seq);
            for row in self.vault().refused(&segment.log, segment.from, last)? {
                refused.push(RefusedRecord {
                    log: row.log,
                    seq: row.seq,
                    code: row.code,
                });
            }
        }
        Ok(PushAnswer { now, logs, refused })
    }
}

/// How far the centre has a log, signed.
pub(crate) fn answer_for(
    office: &Office,
    log: &LogName,
    seq: u64,
    link: Link,
    stopped: Option<String>,
) -> LogAnswer {
    let kept = log
        .topic()
        .filter(|_| seq > 0)
        .map(|topic| SignedHead::by_keeper(&office.key, office.id(), log.desk_id(), topic, seq, link));
    LogAnswer {
        log: log.clone(),
        seq,
        kept,
        stopped,
    }
}

impl Judge<'_> {
    fn judge(&mut self, segment: &Segment) -> Result<Verdict, CentralError> {
        let Some(topic) = segment.log.topic() else {
            return Ok(Verdict {
                seq: 0,
                link: Link([0; 32]),
                stopped: Some("topic".into()),
            });
        };
        let state = self.state(&segment.log, topic)?;
        let certificate = match self.author(segment.log.desk_id())? {
            Author::Known(certificate) => certificate,
            Author::Revoked(Some(certificate))
                if may_append(certificate.supervises, topic, &segment.records) =>
            {
                if Self::is_late(&certificate, topic, &state, segment) {
                    return self.set_aside(segment, topic, &certificate, &state);
                }
                certificate
            }
            Author::Revoked(_) => return Ok(Verdict::stop(&state, "revoked")),
            Author::Unknown => return Ok(Verdict::stop(&state, "unknown_desk")),
        };
        if !may_append(certificate.supervises, topic, &segment.records) {
            return Ok(Verdict::stop(&state, "topic"));
        }
        if segment.from > state.seq.saturating_add(1) {
            return Ok(Verdict::stop(&state, "gap"));
        }
        let Some(before) = self.link_at(&segment.log, topic, &state, segment.from.saturating_sub(1))? else {
            return Ok(Verdict::stop(&state, "gap"));
        };
        match segment.check(self.office.id(), &certificate.writer_keys(), before) {
            Ok(read) => self.follow(segment, topic, &certificate, &state, before, &read),
            // The writer signed a head that its records do not lead to from what is kept: it wrote something else before.
            // At the very beginning there is nothing before: then the sender is merely wrong.
            Err(SegmentError::Link { .. }) if segment.from > 1 => self.fork(segment, &state),
            Err(SegmentError::Link { .. }) => Ok(Verdict::stop(&state, "chain")),
            Err(error) => Ok(Verdict::stop(&state, error.code())),
        }
    }

    /// The segment is sound: compares what is kept already and takes what is new.
    fn follow(
        &mut self,
        segment: &Segment,
        topic: Topic,
        certificate: &Certificate,
        state: &State,
        before: Link,
        read: &[(Head, Link)],
    ) -> Result<Verdict, CentralError> {
        let known = usize::try_from(state.seq.saturating_add(1) - segment.from)
            .unwrap_or(usize::MAX)
            .min(read.len());
        // Links build on each other: where the last known one is the same, all before are.
        if let Some((head, link)) = known.checked_sub(1).and_then(|at| read.get(at))
            && self.link_at(&segment.log, topic, state, head.seq)? != Some(*link)
        {
            return self.fork(segment, state);
        }
        if topic == Topic::Office {
            // Of a log that is stopped what is here counts, and nothing more.
            let counts = if state.stopped.is_some() {
                known
            } else {
                read.len()
            };
            for ((head, _), record) in read.iter().zip(&segment.records).take(counts) {
                erase::collect(&segment.log, head, record, &mut self.orders);
            }
        }
        if let Some(code) = &state.stopped {
            return Ok(Verdict::stop(state, code));
        }
        let Some((head, link)) = read.last().filter(|_| known < read.len()) else {
            return Ok(Verdict {
                seq: state.seq,
                link: state.link,
                stopped: None,
            });
        };
        for ((head, _), record) in read.iter().zip(&segment.records).skip(known) {
            let code = match rules::refusal(topic, head, record) {
                None => self.wrongly_carried(topic, certificate, head, record)?,
                code => code,
            };
            if let Some(code) = code {
                let log = segment.log.clone();
                self.changes.refused.push(RefusedRow {
                    log,
                    seq: head.seq,
                    code: code.to_owned(),
                });
            }
        }
        self.changes.segments.push(SegmentRow {
            log: segment.log.clone(),
            from: segment.from.saturating_add(known as u64),
            before: known
                .checked_sub(1)
                .and_then(|at| read.get(at))
                .map_or(before, |(_, link)| *link),
            records: self.door.let_in(
                self.central.vault(),
                &segment.log,
                segment.from.saturating_add(known as u64),
                segment.records.get(known..).unwrap_or_default(),
            )?,
            head: segment.head.clone(),
            received_at: self.now,
        });
        let next = State {
            seq: head.seq,
            link: *link,
            changed: true,
            ..state.clone()
        };
        self.states.insert(segment.log.clone(), next);
        Ok(Verdict {
            seq: head.seq,
            link: *link,
            stopped: None,
        })
    }

    /// Why a record that carries another one on is not accepted: its writer is not the desk that the office put in the place of the one
    /// that wrote it, nor one where supervisors sit.
    fn wrongly_carried(
        &mut self,
        topic: Topic,
        writer: &Certificate,
        head: &Head,
        record: &Record,
    ) -> Result<Option<&'static str>, CentralError> {
        let told = match adopted::read(head, record, writer.desk_id(), topic) {
            Ok(told) if !told.carriers.is_empty() => told,
            Err(RecordError::Adopted) => return Ok(Some("body_malformed")),
            // What is within may be of a kind to come.
            _ => return Ok(None),
        };
        let authors = told.carriers.iter().skip(1).chain([&told.meta.desk]);
        for (carrier, author) in told.carriers.iter().zip(authors) {
            if carrier == author {
                continue;
            }
            let may = match (self.certificate(*carrier)?, self.certificate(*author)?) {
                (Some(carrier), _) if carrier.supervises => true,
                (Some(carrier), Some(author)) => carrier.may_adopt_of(&author),
                _ => false,
            };
            if !may {
                return Ok(Some("not_successor"));
            }
        }
        Ok(None)
    }

    fn certificate(&mut self, desk: DeskId) -> Result<Option<Box<Certificate>>, CentralError> {
        Ok(match self.author(desk)? {
            Author::Known(certificate) | Author::Revoked(Some(certificate)) => Some(certificate),
            Author::Revoked(None) | Author::Unknown => None,
        })
    }

    /// Two truths under one name: keeps the other one as evidence, and stops the log until a person has looked.
    fn fork(&mut self, segment: &Segment, state: &State) -> Result<Verdict, CentralError> {
        tracing::warn!(desk = %segment.log.desk_id(), topic = segment.log.topic, from = segment.from, "fork");
        self.changes.forks.push(ForkRow {
            log: segment.log.clone(),
            from: segment.from,
            head: segment.head.clone(),
            records: self
                .door
                .let_in(self.central.vault(), &segment.log, segment.from, &segment.records)?,
            received_at: self.now,
        });
        if state.stopped.is_none() {
            let stopped = State {
                stopped: Some("fork".into()),
                changed: true,
                ..state.clone()
            };
            self.states.insert(segment.log.clone(), stopped);
        }
        Ok(Verdict::stop(state, "fork"))
    }

    fn state(&mut self, log: &LogName, topic: Topic) -> Result<State, CentralError> {
        if let Some(state) = self.states.get(log) {
            return Ok(state.clone());
        }
        let state = if let Some(row) = self.central.vault().log(log)? {
            State {
                was: row.seq,
                seq: row.seq,
                link: row.link,
                stopped: row.stopped,
                changed: false,
            }
        } else {
            let link = Link::genesis(self.office.id(), log.desk_id(), topic);
            State {
                was: 0,
                seq: 0,
                link,
                stopped: None,
                changed: false,
            }
        };
        self.states.insert(log.clone(), state.clone());
        Ok(state)
    }

    fn author(&mut self, desk: DeskId) -> Result<Author, CentralError> {
        if let Some(author) = self.authors.get(&desk) {
            return Ok(author.clone());
        }
        let author = match self.central.vault().desk(desk)? {
            Some(row) => {
                // The certificate counts, not what else stands beside it in the database.
                let damaged =
                    |_| CentralError::Damaged("a certificate that the office's key did not sign".into());
                let certificate = match &row.enrolled {
                    Some((_, signed)) => {
                        let read = signed.verify(self.office.id(), &self.office.key.public());
                        Some(Box::new(read.map_err(damaged)?))
                    }
                    None => None,
                };
                match (row.revoked_at, certificate) {
                    (Some(_), certificate) => Author::Revoked(certificate),
                    (None, Some(certificate)) => Author::Known(certificate),
                    (None, None) => Author::Unknown,
                }
            }
            None => Author::Unknown,
        };
        self.authors.insert(desk, author.clone());
        Ok(author)
    }

    /// The link after record `seq` of a log as it stands: in the vault or in what this push adds to it.
    fn link_at(
        &self,
        log: &LogName,
        topic: Topic,
        state: &State,
        seq: u64,
    ) -> Result<Option<Link>, CentralError> {
        if seq == 0 {
            return Ok(Some(Link::genesis(self.office.id(), log.desk_id(), topic)));
        }
        if seq == state.seq {
            return Ok(Some(state.link));
        }
        let added = self
            .changes
            .segments
            .iter()
            .find(|s| s.log == *log && s.from <= seq && seq <= s.head.seq);
        let kept = match added {
            Some(_) => Vec::new(),
            None => self.central.vault().segments(log, seq - 1, 1)?,
        };
        let Some(segment) = added
            .or(kept.first())
            .filter(|s| s.from <= seq && seq <= s.head.seq)
        else {
            return Ok(None);
        };
        let upto = usize::try_from(seq - segment.from + 1).unwrap_or(usize::MAX);
        Ok(Some(
            segment
                .records
                .iter()
                .take(upto)
                .fold(segment.before, |link, record| record.link(link)),
        ))
    }

    fn into_changes(self) -> Changes {
        let mut changes = self.changes;
        let mut logs: Vec<(u64, LogRow)> = self
            .states
            .into_iter()
            .filter(|(_, state)| state.changed)
            .map(|(name, s)| {
                (
                    s.was,
                    LogRow {
                        name,
                        seq: s.seq,
                        link: s.link,
                        stopped: s.stopped,
                    },
                )
            })
            .collect();
        // Always the same order: databases that lock rows then never wait for each other in a circle.
        logs.sort_by(|a, b| a.1.name.cmp(&b.1.name));
        changes.logs = logs;
        let judged = self
            .authors
            .into_iter()
            .filter_map(|(desk, author)| match author {
                Author::Known(certificate) | Author::Revoked(Some(certificate)) => {
                    Some((desk, certificate.version))
                }
                Author::Revoked(None) | Author::Unknown => None,
            });
        // What was judged by a certificate that holds no more is judged again. Only that of authors of what is new matters.
        let new = |desk: &DeskId| {
            let segments = changes.segments.iter().map(|segment| &segment.log);
            let forks = changes.forks.iter().map(|fork| &fork.log);
            segments.chain(forks).any(|log| log.desk_id() == *desk)
        };
        changes.authors = judged.filter(|(desk, _)| new(desk)).collect();
        changes.authors.sort_unstable();
        changes.erasures = self.orders;
        changes
    }
}
