// SPDX-License-Identifier: EUPL-1.2
//! A file that goes on under another desk's name (ADR 0014). What the centre has acknowledged of the old desk's logs stays and is
//! another desk's from now on; what it has not is taken out, kept apart as evidence, and given back to be carried on.

use crate::done::Done;
use crate::place::Place;
use crate::{Result, StoreError, WriteTx, journal, sync_book};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_protocol::segment::MAX_SEGMENT;
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Head, Link, Record};

/// A head is signed after about so many bytes: two such stretches fit into one segment.
const SIGNED_EACH: usize = MAX_SEGMENT / 4;

/// A record that was taken out of one of this desk's logs.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawn {
    /// The log's topic.
    pub topic: Topic,
    /// Its place there.
    pub seq: u64,
    /// Its clock, as its head says.
    pub hlc: u64,
    /// What it concerns.
    pub entity: EntityRef,
    /// The link before it.
    pub before: Link,
    /// The record, as it was sealed.
    pub record: Record,
}

impl WriteTx<'_> {
    /// Takes out of this desk's own logs what the centre has not acknowledged, in the order of the clock. The records stand among
    /// those of other branches from now on ([`crate::Reads::forks`]); what they said is forgotten until they are carried on. What stays
    /// of the logs gets heads by `sign` (topic, sequence, link), so that it can be handed on when its desk is no more.
    pub fn withdraw_unacknowledged(
        &mut self,
        sign: &mut dyn FnMut(Topic, u64, Link) -> SignedHead,
    ) -> Result<Vec<Withdrawn>> {
        // Found by their command's identifier, wherever their records stand.
        Done::list(&mut self.book, self.conn)?;
        let own = self.book.identity.desk;
        let logs: Vec<_> = self.book.own_logs().copied().collect();
        let mut all = Vec::new();
        for log in logs {
            let name = LogName::new(own, log.topic);
            let kept = match sync_book::acknowledged(self.conn, log.id)? {
                // The desk has fewer records than it once had: what is left was acknowledged.
                Some(known) if known.seq >= log.seq => log.seq,
                Some(known)
                    if journal::link(self.conn, Place::new(log.id, known.seq))? == Some(known.link) =>
                {
                    known.seq
                }
                _ => 0,
            };
            let link = self
                .reads()?
                .link_at(&name, kept)?
                .ok_or_else(|| StoreError::damaged("a record of the journal is missing"))?;
            let tail = self.tail(&log, kept, link)?;
            self.take_out(&log, &tail)?;
            for found in tail {
                let head = Head::from_bytes(&found.record.head)?;
                all.push(Withdrawn {
                    topic: log.topic,
                    seq: found.seq,
                    hlc: head.hlc,
                    entity: head.meta(own, log.topic)?.entity,
                    before: found.before,
                    record: found.record,
                });
            }
            let left = crate::book::Log {
                seq: kept,
                link,
                ..log
            };
            self.book.moved(left);
            self.sign_what_stays(&name, log.topic, log.id, kept, sign)?;
        }
        all.sort_by_key(|record| (record.hlc, record.seq));
        Ok(all)
    }

    fn sign_what_stays(
        &mut self,
        name: &LogName,
        topic: Topic,
        id: i64,
        kept: u64,
        sign: &mut dyn FnMut(Topic, u64, Link) -> SignedHead,
    ) -> Result<()> {
        let (mut ends, mut weight) = (Vec::new(), 0);
        journal::walk(self.conn, id, 1, |seq, link, record| {
            weight += record.weight();
            if weight >= SIGNED_EACH || seq == kept {
                ends.push((seq, link, std::mem::take(&mut weight)));
            }
            Ok(true)
        })?;
        for (seq, link, weight) in ends {
            self.keep_head(name, &sign(topic, seq, link), weight)?;
        }
        Ok(())
    }
}
