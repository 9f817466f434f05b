// SPDX-License-Identifier: EUPL-1.2
//! Handing over what the desk wrote: pages are read and packed one ahead of what is under way.

use super::{Asked, Exchange, ExchangeError, Flying, Step, Trouble, skew};
use crate::answer;
use crate::local::{Local, Page};
use crate::transport::{Endpoint, Reply, Request};
use sportello_protocol::wire::{Push, PushAnswer, Segment, pack};

/// Pages together are no larger, whatever the options say: a segment has to stay below what the protocol allows.
const MAX_PAGE: usize = 2 << 20;
/// A message with less room left than this part of a page's goes as it is: the crumbs of a page are not worth a signature.
const WORTH_FILLING: usize = 8;
/// Handing over again after the centre turned out to have lost something is done once in an exchange.
const MAX_ROUNDS: u8 = 1;

/// Segments being gathered for one push.
#[derive(Debug, Default)]
pub(super) struct Batch {
    segments: Vec<Segment>,
    sent: Vec<Sent>,
    bytes: usize,
    records: usize,
}

impl Batch {
    pub(super) fn add(&mut self, segment: Segment) {
        self.bytes += segment.weight();
        self.records += segment.records.len();
        self.segments.push(segment);
    }
}

/// Up to where a log goes with a push.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    index: usize,
    to: u64,
}

impl Exchange {
    /// Reads, or packs what was read. None when there is nothing to do for now.
    pub(super) fn gather(&mut self) -> Option<Step> {
        if self.ready.is_some() {
            return None;
        }
        let page = self.options.page_bytes.clamp(1, MAX_PAGE);
        let room = page.saturating_sub(self.batch.bytes);
        if !self.batch.segments.is_empty() && room < page / WORTH_FILLING {
            return None;
        }
        let records = self
            .options
            .page_records
            .max(1)
            .saturating_sub(self.batch.records);
        let next = self.own.iter().position(super::Own::has_more);
        if let Some(index) = next
            && room > 0
            && records > 0
            && let Some(own) = self.own.get(index)
        {
            self.asked = Some(Asked::Read(index));
            let step = Local::Read {
                topic: own.topic,
                from: own.next,
                max_bytes: room,
                max_records: records,
            };
            return Some(Step::Local(step));
        }
        if next.is_none() && room > 0 && records > 0 {
            return self.carry(room);
        }
        None
    }

    pub(super) fn was_read(&mut self, index: usize, page: Page) {
        let identity = &self.identity;
        let Some(own) = self.own.get_mut(index) else {
            return;
        };
        if page.records.is_empty() {
            self.stop(index, Trouble::Unreadable);
            return;
        }
        let (from, count) = (own.next, page.records.len());
        let to = from.saturating_add(count as u64) - 1;
        let segment = Segment::sign(
            &identity.key,
            identity.office,
            own.log.clone(),
            own.topic,
            from,
            page.records,
            page.link,
        );
        own.next = to.saturating_add(1);
        own.links.insert(to, page.link);
        self.batch.add(segment);
        self.batch.sent.push(Sent { index, to });
    }

    /// The gathered pages as a message, when they are full or nothing more is to be read.
    pub(super) fn pack_ready(&mut self, now: i64) {
        if self.ready.is_some() || self.batch.segments.is_empty() {
            return;
        }
        let batch = std::mem::take(&mut self.batch);
        let push = Push {
            presence: self.presence(now),
            segments: batch.segments,
        };
        match pack(&push) {
            Ok(body) => {
                let endpoint = Endpoint::Push;
                self.ready = Some((Request { endpoint, body }, batch.sent));
            }
            Err(error) => self.report.error = Some(ExchangeError::Answer(error.into())),
        }
    }

    pub(super) fn pushed(
        &mut self,
        sent: &[Sent],
        reply: &Reply,
        sent_at: i64,
        received: i64,
    ) -> Result<(), ExchangeError> {
        let answer: PushAnswer = answer::read(reply)?;
        self.report.skew = Some(skew(sent_at, received, answer.now));
        for Sent { index, to } in sent {
            let log = self.own.get(*index).map(|own| own.log.clone());
            let got = answer
                .logs
                .iter()
                .rev()
                .find(|a| Some(&a.log) == log.as_ref())
                .map(|a| a.seq);
            // A log may have had several segments: the answer tells how far all of them have brought it.
            if got.is_none_or(|seq| seq < *to) {
                self.fruitless(*index);
            }
        }
        // The last word on each log: a log may have had several segments.
        let mut vouched = Vec::new();
        for (at, log) in answer.logs.iter().enumerate() {
            if !answer.logs[at + 1..].iter().any(|later| later.log == log.log) {
                vouched.extend(self.carried_over(log));
                self.settling.push_back(log.clone());
            }
        }
        if !vouched.is_empty() {
            self.todo.push_back(Local::Vouch(vouched));
        }
        let mine = answer
            .refused
            .into_iter()
            .filter(|r| r.log.desk_id() == self.identity.desk);
        for refused in mine {
            if !self.report.refused.contains(&refused) {
                self.report.refused.push(refused.clone());
                self.refused.push(refused);
            }
        }
        Ok(())
    }

    /// Whether the centre turned out to lack something.
    pub(super) fn push_again(&mut self) -> bool {
        debug_assert!(
            !matches!(self.flying, Some(Flying::Push(_))),
            "pushing and pulling do not overlap"
        );
        let again = self.push_rounds < MAX_ROUNDS
            && (self.own.iter().any(super::Own::has_more) || self.has_to_carry());
        self.push_rounds += u8::from(again);
        again
    }
}
