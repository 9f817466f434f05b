// SPDX-License-Identifier: EUPL-1.2
//! Fetching what the desk has not: each page is verified, and the next one asked for while it is being applied.

use super::{Exchange, ExchangeError, Position, Trouble, skew};
use crate::answer::{self, AnswerError};
use crate::local::{Applied, DirectoryNews, Local};
use crate::transport::{Endpoint, Reply, Request};
use sportello_protocol::wire::{Directory, Have, LogAnswer, Pull, PullAnswer, Segment, pack};
use sportello_protocol::{Link, PublicKey, VerifiedSegment};

impl Exchange {
    pub(super) fn pull_request(&mut self, now: i64) -> Option<Request> {
        // A log that is passed over is said to be there already: it does not take the place of the others.
        let passed_over = self.skipped.iter().map(|log| Have {
            log: log.clone(),
            seq: u64::MAX,
        });
        let have = self.have.iter().filter(|(log, _)| !self.skipped.contains(log));
        let have = have
            .map(|(log, position)| Have {
                log: log.clone(),
                seq: position.seq,
            })
            .chain(passed_over)
            .collect();
        let pull = Pull {
            presence: self.presence(now),
            have,
            budget: self.options.pull_budget,
            directory: self.directory,
        };
        match pack(&pull) {
            Ok(body) => Some(Request {
                endpoint: Endpoint::Pull,
                body,
            }),
            Err(error) => {
                self.report.error = Some(ExchangeError::Answer(AnswerError::Broken(error)));
                None
            }
        }
    }

    pub(super) fn pulled(&mut self, reply: &Reply, sent: i64, received: i64) -> Result<(), ExchangeError> {
        let answer: PullAnswer = answer::read(reply)?;
        self.report.skew = Some(skew(sent, received, answer.now));
        if let Some(directory) = answer.directory {
            self.learn(directory, answer.now);
        }
        if std::mem::take(&mut self.first_pull) {
            self.settle_all(answer.own);
        }
        let skipped_before = self.skipped.len();
        let verified: Vec<VerifiedSegment> = answer
            .segments
            .into_iter()
            .filter_map(|s| self.take_in(s))
            .collect();
        let progress = !verified.is_empty() || self.skipped.len() > skipped_before;
        if !verified.is_empty() {
            self.todo.push_back(Local::Apply(verified));
        }
        self.report.remaining = answer.remaining;
        self.pull_wanted = answer.remaining > 0 && progress;
        Ok(())
    }

    /// What the centre says of all the desk's own logs. One that it does not name, it does not have.
    fn settle_all(&mut self, answers: Vec<LogAnswer>) {
        self.rewind = true;
        for own in &self.own {
            if own.acknowledged > 0 && !answers.iter().any(|answer| answer.log == own.log) {
                self.settling.push_back(LogAnswer {
                    log: own.log.clone(),
                    seq: 0,
                    kept: None,
                    stopped: None,
                });
            }
        }
        self.settling.extend(answers);
    }

    fn learn(&mut self, directory: Directory, centre_now: i64) {
        let mut certificates = Vec::with_capacity(directory.certificates.len());
        let mut sound = true;
        for signed in directory.certificates {
            if let Ok(certificate) = signed.verify(self.identity.office, &self.identity.office_key) {
                self.keys.insert(certificate.desk_id(), certificate.key);
                certificates.push((certificate, signed));
            } else {
                sound = false;
                self.report.bad_certificates += 1;
            }
        }
        // With one missing the version is not reached: it will be asked for again.
        let version = if sound { directory.version } else { self.directory };
        if !certificates.is_empty() {
            self.report.directory_changed = true;
            self.directory = version;
        }
        if self.first_pull || !certificates.is_empty() {
            let presences = directory.presences;
            self.todo.push_back(Local::Learn(DirectoryNews {
                version,
                certificates,
                presences,
                centre_now,
            }));
        }
    }

    fn writer_key(&self, segment: &Segment) -> Option<PublicKey> {
        let desk = segment.log.desk_id();
        // The centre writes a log too, under the office's own identifier and key.
        if desk.0 == self.identity.office.0 {
            Some(self.identity.office_key)
        } else {
            self.keys.get(&desk).copied()
        }
    }

    /// Verifies one segment. What cannot be believed is told, and its log passed over for the rest of the exchange.
    fn take_in(&mut self, mut segment: Segment) -> Option<VerifiedSegment> {
        if self.skipped.contains(&segment.log) {
            return None;
        }
        let log = segment.log.clone();
        let verified = match self.trim(&mut segment) {
            Ok(None) => return None,
            Ok(Some(before)) => match self.writer_key(&segment) {
                Some(key) => segment
                    .verify(self.identity.office, &key, before)
                    .map_err(|error| Trouble::Segment(error.code())),
                None => Err(Trouble::UnknownAuthor),
            },
            Err(trouble) => Err(trouble),
        };
        match verified {
            Ok(verified) => {
                let position = Position {
                    seq: verified.head().seq,
                    link: verified.head().link(),
                };
                self.have.insert(log, position);
                Some(verified)
            }
            Err(trouble) => {
                self.skipped.insert(log.clone());
                self.trouble(log, trouble);
                None
            }
        }
    }

    /// The link before what is new in a segment; what the desk has already is taken off. None when nothing is new.
    fn trim(&self, segment: &mut Segment) -> Result<Option<Link>, Trouble> {
        let topic = segment.log.topic().ok_or(Trouble::Segment("topic"))?;
        let genesis = || Link::genesis(self.identity.office, segment.log.desk_id(), topic);
        let here = self.have.get(&segment.log).copied().unwrap_or_else(|| Position {
            seq: 0,
            link: genesis(),
        });
        let end = segment.from.saturating_add(segment.records.len() as u64);
        if end <= here.seq.saturating_add(1) {
            return Ok(None);
        }
        let skip = here
            .seq
            .saturating_add(1)
            .checked_sub(segment.from)
            .ok_or(Trouble::Gap)?;
        // Fewer than there are records: checked just above.
        segment.records.drain(
            ..usize::try_from(skip)
                .unwrap_or(usize::MAX)
                .min(segment.records.len()),
        );
        segment.from += skip;
        Ok(Some(here.link))
    }

    pub(super) fn was_applied(&mut self, applied: Applied) {
        self.report.pulled += applied.records;
        for (log, code) in applied.stopped {
            self.skipped.insert(log.clone());
            self.trouble(log, Trouble::NotApplied(code));
        }
    }
}
