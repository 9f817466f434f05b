// SPDX-License-Identifier: EUPL-1.2
//! Giving a desk what it may read and has not.
//!
//! What is given ends at a head that the writer signed: desks sign at each hand-over, and the centre keeps what was handed
//! over together. Consecutive ones are joined, because the last signature vouches for all before it.

use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::take::answer_for;
use crate::vault::{LogRow, SegmentRow};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::segment::MAX_SEGMENT;
use sportello_protocol::wire::{DeskPresence, Directory, LogAnswer, LogName, Pull, PullAnswer, Segment};
use sportello_protocol::{Certificate, Link, Record};
use std::collections::HashMap;

/// What is asked for at once is held between these, bytes.
const BUDGET: std::ops::RangeInclusive<usize> = (64 << 10)..=(8 << 20);

/// What goes into one segment of a bundle weighs about so much, bytes.
pub(crate) const PAGE: usize = 1 << 20;

impl Central {
    /// Answers a pull of the desk with this certificate.
    pub(crate) fn give(
        &self,
        office: &Office,
        asking: &Certificate,
        pull: &Pull,
    ) -> Result<PullAnswer, CentralError> {
        let have: HashMap<&LogName, u64> = pull.have.iter().map(|have| (&have.log, have.seq)).collect();
        let all = self.vault().logs()?;
        let mut budget = usize::try_from(pull.budget)
            .unwrap_or(usize::MAX)
            .clamp(*BUDGET.start(), *BUDGET.end());
        let (mut segments, mut remaining) = (Vec::new(), 0_u64);
        // `logs` come in the order of topic and desk: what the whole office goes by comes before what builds on it.
        for log in all
            .iter()
            .filter(|log| log.name.topic().is_some_and(|topic| asking.may_read(topic)))
        {
            let mut at = have.get(&log.name).copied().unwrap_or(0);
            while budget > 0 && at < log.seq {
                let Some(segment) = self.next_segment(log, at, budget)? else {
                    break;
                };
                at = segment.head.seq;
                budget = budget.saturating_sub(segment.weight().max(1));
                segments.push(segment);
            }
            remaining += log.seq.saturating_sub(at);
        }
        self.metrics().given(&segments);
        Ok(PullAnswer {
            now: self.now(),
            segments,
            remaining,
            own: self.kept(office, asking, &all, pull)?,
            directory: Some(self.directory(office, pull.directory)?),
            vouched: None,
            aside: self.aside_count(asking)?,
        })
    }

    /// How far the centre has the asking desk's own logs, and those of others that this desk has further: the centre came back from
    /// an older backup. Only what the centre would take is asked for.
    fn kept(
        &self,
        office: &Office,
        asking: &Certificate,
        all: &[LogRow],
        pull: &Pull,
    ) -> Result<Vec<LogAnswer>, CentralError> {
        let mut answers = own(office, asking.desk_id(), all, pull);
        let rows: HashMap<&LogName, &LogRow> = all.iter().map(|log| (&log.name, log)).collect();
        for have in &pull.have {
            let (row, writer) = (rows.get(&have.log), have.log.desk_id());
            // A log that the desk passes over is said to be there to the end of all numbers.
            if writer == asking.desk_id() || have.seq == u64::MAX || have.seq <= row.map_or(0, |row| row.seq)
            {
                continue;
            }
            let Some(topic) = have.log.topic().filter(|topic| asking.may_read(*topic)) else {
                continue;
            };
            let Some(desk) = self.vault().desk(writer)?.filter(|desk| desk.enrolled.is_some()) else {
                continue;
            };
            if desk.revoked_at.is_some() {
                // What readers have of a revoked desk comes late, and is set aside; from where it was before.
                let here = row.map_or(0, |row| row.seq).max(self.aside_until(&have.log)?);
                if have.seq > here {
                    answers.push(LogAnswer {
                        log: have.log.clone(),
                        seq: here,
                        kept: None,
                        stopped: None,
                    });
                }
                continue;
            }
            match row {
                Some(row) if row.stopped.is_none() => {
                    answers.push(answer_for(office, &row.name, row.seq, row.link, None));
                }
                None => {
                    let genesis = Link::genesis(office.id(), writer, topic);
                    answers.push(answer_for(office, &have.log, 0, genesis, None));
                }
                _ => {}
            }
        }
        Ok(answers)
    }

    /// What follows record `after` of a log, up to a signed head, about as large as wanted.
    pub(crate) fn next_segment(
        &self,
        log: &LogRow,
        after: u64,
        budget: usize,
    ) -> Result<Option<Segment>, CentralError> {
        let rows = self.vault().segments(&log.name, after, budget.min(MAX_SEGMENT))?;
        let mut joined: Option<Segment> = None;
        let mut weight = 0;
        for row in rows {
            let SegmentRow {
                log,
                from,
                records,
                head,
                ..
            } = row;
            match &mut joined {
                None => {
                    // The desk has the beginning of it already.
                    let skip =
                        usize::try_from(after.saturating_add(1).saturating_sub(from)).unwrap_or(usize::MAX);
                    let records: Vec<Record> = records.into_iter().skip(skip).collect();
                    weight = records.iter().map(Record::weight).sum();
                    joined = Some(Segment {
                        log,
                        from: from.max(after + 1),
                        records,
                        head,
                    });
                }
                Some(segment) => {
                    weight += records.iter().map(Record::weight).sum::<usize>();
                    if weight > MAX_SEGMENT {
                        break;
                    }
                    segment.records.extend(records);
                    segment.head = head;
                }
            }
        }
        Ok(joined)
    }

    /// Who is in the office. Certificates only when the desk has another version of them.
    pub(crate) fn directory(&self, office: &Office, version: u64) -> Result<Directory, CentralError> {
        let certificates = if version == office.row.directory {
            Vec::new()
        } else {
            self.vault()
                .desks()?
                .into_iter()
                .filter_map(|desk| desk.enrolled.map(|(_, signed)| signed))
                .collect()
        };
        let presences = self.vault().presences()?.into_iter().map(|p| DeskPresence {
            desk: *p.desk.0.as_bytes(),
            seen_at: p.seen_at,
            waiting: p.waiting,
            skew: p.skew,
            version: p.version,
        });
        Ok(Directory {
            version: office.row.directory,
            certificates,
            presences: presences.collect(),
        })
    }
}

/// How far the centre has each log of the asking desk: those that it has, and those that the desk names.
fn own(office: &Office, desk: DeskId, all: &[LogRow], pull: &Pull) -> Vec<LogAnswer> {
    let mut answers: Vec<LogAnswer> = all
        .iter()
        .filter(|log| log.name.desk_id() == desk)
        .map(|log| answer_for(office, &log.name, log.seq, log.link, log.stopped.clone()))
        .collect();
    for have in pull.have.iter().filter(|have| have.log.desk_id() == desk) {
        let known = |topic: Topic| Link::genesis(office.id(), desk, topic);
        if let Some(link) = have.log.topic().map(known)
            && !answers.iter().any(|answer| answer.log == have.log)
        {
            answers.push(answer_for(office, &have.log, 0, link, None));
        }
    }
    answers
}
