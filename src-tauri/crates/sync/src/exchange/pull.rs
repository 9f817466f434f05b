// SPDX-License-Identifier: EUPL-1.2
//! Fetching what the desk has not: each page is verified, and the next one asked for while it is being applied.

use super::{Exchange, ExchangeError, Peer, Trouble, skew};
use crate::answer::{self, AnswerError};
use crate::local::{Applied, DirectoryNews, Local};
use crate::transport::{Endpoint, Reply, Request};
use sportello_protocol::VerifiedSegment;
use sportello_protocol::wire::{Directory, Have, LogAnswer, Pull, PullAnswer, pack};

impl Exchange {
    pub(super) fn pull_request(&mut self, now: i64) -> Option<Request> {
        // A log that is passed over is said to be there already: it does not take the place of the others.
        let passed_over = self.intake.skipped.iter().map(|log| Have {
            log: log.clone(),
            seq: u64::MAX,
        });
        let have = self
            .intake
            .have
            .iter()
            .filter(|(log, _)| !self.intake.skipped.contains(log));
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
        self.report.aside = answer.aside;
        if let Some(directory) = answer.directory {
            match self.options.peer {
                Peer::Centre => self.learn(directory, answer.now),
                Peer::Relay => self.learn_from_desk(directory),
            }
        }
        if self.options.peer == Peer::Relay {
            self.report.vouched.extend(answer.vouched.unwrap_or_default());
        }
        if std::mem::take(&mut self.first_pull) {
            self.found_lacking(&answer.own);
            self.settle_all(answer.own);
        }
        let skipped_before = self.intake.skipped.len();
        let mut verified: Vec<VerifiedSegment> = Vec::with_capacity(answer.segments.len());
        let mut late = Vec::new();
        for segment in answer.segments {
            // The relay has not heard yet that its writer was revoked.
            if self.options.peer == Peer::Relay && self.intake.is_late(&segment) {
                self.intake.skipped.insert(segment.log.clone());
                late.push(segment);
                continue;
            }
            match self.intake.take_in(segment) {
                Ok(taken) => verified.extend(taken),
                Err(trouble) => self.report.troubles.push(trouble),
            }
        }
        let progress = !verified.is_empty() || self.intake.skipped.len() > skipped_before;
        if !verified.is_empty() {
            self.todo.push_back(Local::Apply(verified));
        }
        if !late.is_empty() {
            self.todo.push_back(Local::SetAside(late));
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
        let met = self.intake.meet(directory.certificates);
        let (certificates, sound) = (met.sound, met.bad == 0);
        self.report.bad_certificates += met.bad;
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
                centre_now: Some(centre_now),
            }));
        }
    }

    /// Certificates are the office's word, whoever brings them; all else in a directory is the centre's, and a desk's word for it does
    /// not count. Its version is the relay's own: it says only whether the relay has others than last time.
    fn learn_from_desk(&mut self, directory: Directory) {
        let met = self.intake.meet(directory.certificates);
        self.report.bad_certificates += met.bad;
        self.report.directory_changed |= !met.fresh.is_empty();
        if met.bad == 0 && directory.version != self.directory || !met.fresh.is_empty() {
            if met.bad == 0 {
                self.directory = directory.version;
            }
            self.todo.push_back(Local::Learn(DirectoryNews {
                version: self.directory,
                certificates: met.fresh,
                presences: Vec::new(),
                centre_now: None,
            }));
        }
    }

    pub(super) fn was_applied(&mut self, applied: Applied) {
        self.report.pulled += applied.records;
        for (log, code) in applied.stopped {
            self.intake.skipped.insert(log.clone());
            self.unapplied.insert(log.clone());
            self.trouble(log, Trouble::NotApplied(code));
        }
    }
}
