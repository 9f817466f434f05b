// SPDX-License-Identifier: EUPL-1.2
//! The desk's own logs: what the other side says of them, compared with what the desk knows.

use super::{Asked, CentreLost, Exchange, Peer, Step, Trouble};
use crate::local::{Acknowledged, Local, OwnLog};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{LogAnswer, LogName, SignedHead};
use sportello_protocol::{Link, WriterKeys};
use std::collections::BTreeMap;

/// After so many fruitless attempts a log is left alone until the next exchange.
const MAX_REWINDS: u8 = 3;

#[derive(Debug)]
pub(super) struct Own {
    pub(super) topic: Topic,
    pub(super) log: LogName,
    /// The last record that the desk has.
    pub(super) seq: u64,
    /// The centre has it up to here.
    pub(super) acknowledged: u64,
    /// The next record to be read for sending.
    pub(super) next: u64,
    /// The links at the ends of the pages sent: what the centre is expected to sign.
    pub(super) links: BTreeMap<u64, Link>,
    pub(super) stopped: bool,
    rewinds: u8,
}

impl Own {
    pub(super) fn new(desk: DeskId, log: &OwnLog) -> Self {
        Self {
            topic: log.topic,
            log: LogName::new(desk, log.topic),
            seq: log.seq,
            acknowledged: log.acknowledged,
            next: log.acknowledged.saturating_add(1),
            links: BTreeMap::new(),
            stopped: false,
            rewinds: 0,
        }
    }

    pub(super) fn waiting(&self) -> u64 {
        self.seq.saturating_sub(self.acknowledged)
    }

    pub(super) fn has_more(&self) -> bool {
        !self.stopped && self.next <= self.seq
    }
}

impl Exchange {
    pub(super) fn own_index(&self, log: &LogName) -> Option<usize> {
        self.own.iter().position(|own| own.log == *log)
    }

    /// The keys with which this desk signs and signed.
    fn own_keys(&self) -> WriterKeys {
        self.intake.own_keys(&self.identity)
    }

    pub(super) fn stop(&mut self, index: usize, trouble: Trouble) {
        if let Some(own) = self.own.get_mut(index)
            && !own.stopped
        {
            own.stopped = true;
            let log = own.log.clone();
            self.trouble(log, trouble);
        }
    }

    /// The log gets no further than the centre's answer says: its pages are read again from there.
    pub(super) fn fruitless(&mut self, index: usize) {
        self.rewind = true;
        let Some(own) = self.own.get_mut(index) else {
            return;
        };
        own.rewinds += 1;
        if own.rewinds > MAX_REWINDS {
            self.stop(index, Trouble::NoProgress);
        }
    }

    /// Takes in what the centre says of one own log. Asks for the desk's link there when it is not at hand.
    pub(super) fn settle(&mut self, answer: LogAnswer) -> Option<Step> {
        let index = self.own_index(&answer.log)?;
        let (office, office_key) = (self.identity.office, self.identity.office_key);
        let own = self.own.get(index)?;
        if own.stopped {
            return None;
        }
        if answer.seq == 0 {
            self.centre_has(index, 0, None);
            self.stopped_by_centre(index, answer.stopped);
            return None;
        }
        let desk = self.identity.desk;
        let signed = answer.kept.as_ref().is_some_and(|kept| {
            let holds = match self.options.peer {
                Peer::Centre => kept.verify_keeper(office, &office_key, desk, own.topic),
                // A relay shows that it has them by what this very desk signed: it cannot make up a fork, or records to come.
                Peer::Relay => kept.verify_writer(office, &self.own_keys(), desk, own.topic),
            };
            kept.seq == answer.seq && holds.is_ok()
        });
        if !signed {
            self.stop(index, Trouble::KeptSignature);
            return None;
        }
        if answer.seq > own.seq {
            let trouble = Trouble::OwnBehind {
                centre: answer.seq,
                local: own.seq,
            };
            self.stop(index, trouble);
            return None;
        }
        if let Some(link) = own.links.get(&answer.seq).copied() {
            self.compare(answer, Some(link));
            return None;
        }
        let step = Local::Link {
            topic: own.topic,
            seq: answer.seq,
        };
        self.asked = Some(Asked::Link(answer));
        Some(Step::Local(step))
    }

    /// Compares what the centre signed with the desk's own link at the same place.
    pub(super) fn compare(&mut self, answer: LogAnswer, link: Option<Link>) {
        let Some(index) = self.own_index(&answer.log) else {
            return;
        };
        let Some(kept) = answer.kept else { return };
        match link {
            None => self.stop(index, Trouble::Unreadable),
            Some(link) if link != kept.link() => self.stop(index, Trouble::Fork),
            Some(_) => {
                self.centre_has(index, answer.seq, Some(kept));
                self.stopped_by_centre(index, answer.stopped);
            }
        }
    }

    fn stopped_by_centre(&mut self, index: usize, code: Option<String>) {
        match code {
            // It wants what comes before: the pages are read again from what it has.
            Some(code) if code != "gap" => self.stop(index, Trouble::Stopped(code)),
            _ => {}
        }
    }

    fn centre_has(&mut self, index: usize, seq: u64, kept: Option<SignedHead>) {
        let Some(own) = self.own.get_mut(index) else {
            return;
        };
        if seq < own.acknowledged {
            let lost = CentreLost {
                log: own.log.clone(),
                remembered: own.acknowledged,
                kept: seq,
            };
            self.report.centre_lost.push(lost);
        } else {
            self.report.pushed += seq - own.acknowledged;
        }
        if seq != own.acknowledged {
            own.acknowledged = seq;
            self.acknowledged.push(Acknowledged {
                topic: own.topic,
                seq,
                kept,
            });
        }
    }

    /// Once all that an answer said of own logs is taken in: remembers it, and forgets pages read ahead in vain.
    pub(super) fn after_settling(&mut self) {
        if std::mem::take(&mut self.rewind) {
            self.batch = super::Batch::default();
            self.ready = None;
            for own in &mut self.own {
                own.next = own.acknowledged.saturating_add(1);
                own.links.clear();
            }
            for carried in &mut self.carried {
                carried.rewind();
            }
        }
        if !self.acknowledged.is_empty() || !self.refused.is_empty() {
            let logs = std::mem::take(&mut self.acknowledged);
            let refused = std::mem::take(&mut self.refused);
            self.todo.push_back(Local::Acknowledge { logs, refused });
        }
    }
}
