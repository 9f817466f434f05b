// SPDX-License-Identifier: EUPL-1.2
//! Records that leave a log: they stand among those of other branches from then on, nothing of them is thrown away, and what they
//! said is forgotten, in the same transaction.
//!
//! A desk's own records leave when its file goes on under another name (see `succession`). Another desk's leave when it was revoked
//! and they stand after what the office accepted of it (ADR 0019): a neighbour brought them here before anybody knew.

use crate::aside::{self, Aside};
use crate::book::{self, Log};
use crate::place::Place;
use crate::{Result, StoreError, WriteTx, journal, signed, sync_book};
use sportello_domain::meta::{EntityKind, EntityRef};
use sportello_domain::time::Timestamp;
use sportello_protocol::adopted::{self, to_hex};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Head, Link, Record};
use std::collections::{BTreeMap, HashSet};

/// A record at the end of a log: its number, the link before it, the one after it.
pub(crate) struct Tail {
    pub seq: u64,
    pub before: Link,
    pub after: Link,
    pub record: Record,
}

impl WriteTx<'_> {
    /// Takes out of another desk's log what stands after the last record that the office accepted of it when it was revoked (`accepted`:
    /// its number and the link after it). What is taken out is set aside for supervisors to decide, in the same transaction, with the
    /// signatures under which it can be handed on to the centre. Where the log here is another branch than the accepted one, it goes
    /// back to what came from the centre. Gives how many records were taken out.
    pub fn withdraw_late(&mut self, name: &LogName, accepted: (u64, Link), at: Timestamp) -> Result<u64> {
        let own = name.desk_id() == self.book.identity.desk;
        let Some(log) = self.book.log(name.desk_id(), book::topic_of(name)?) else {
            return Ok(0);
        };
        if own || log.seq < accepted.0 {
            return Ok(0);
        }
        let link_at = |tx: &mut Self, seq| tx.reads()?.link_at(name, seq);
        let follows = link_at(self, accepted.0)? == Some(accepted.1);
        let known = sync_book::acknowledged(self.conn, log.id)?;
        let (kept, before) = if follows {
            accepted
        } else {
            match known {
                Some(known) if known.seq < accepted.0 && link_at(self, known.seq)? == Some(known.link) => {
                    (known.seq, known.link)
                }
                _ => (0, link_at(self, 0)?.ok_or_else(lost)?),
            }
        };
        let tail = self.tail(&log, kept, before)?;
        let Some(last) = tail.last() else { return Ok(0) };
        let ends: BTreeMap<u64, String> = signed::signatures(self.conn, log.id, kept + 1)?
            .into_iter()
            .map(|(seq, signature)| (seq, hex::encode(signature)))
            .collect();
        let (mut first, mut before_first) = (kept + 1, before);
        for record in &tail {
            let signature = ends.get(&record.seq);
            if signature.is_none() && record.seq < last.seq {
                continue;
            }
            let note = Aside {
                desk: log.desk,
                topic: log.topic,
                first,
                last: record.seq,
                before: Some(to_hex(&before_first.0)),
                link: to_hex(&record.after.0),
                continues: follows,
                at,
                signature: signature.cloned(),
                handed_on: false,
            };
            aside::add(self.conn, note)?;
            (first, before_first) = (record.seq + 1, record.after);
        }
        self.take_out(&log, &tail)?;
        self.book.moved(Log {
            seq: kept,
            link: before,
            ..log
        });
        if known.is_some_and(|known| known.seq > kept) {
            // The centre that said so came back from a backup before it revoked the desk.
            sync_book::lower(self.conn, log.id, kept, before)?;
        }
        Ok(tail.len() as u64)
    }

    /// What stands in a log after record `kept`, `before` being the link after that one.
    pub(crate) fn tail(&self, log: &Log, kept: u64, mut before: Link) -> Result<Vec<Tail>> {
        let mut tail = Vec::new();
        journal::walk(self.conn, log.id, kept + 1, |seq, after, record| {
            tail.push(Tail {
                seq,
                before,
                after,
                record,
            });
            before = after;
            Ok(true)
        })?;
        Ok(tail)
    }

    /// Takes the end of a log out. What it says of the log itself is left to the caller.
    pub(crate) fn take_out(&mut self, log: &Log, tail: &[Tail]) -> Result<()> {
        let (Some(first), Some(last)) = (tail.first(), tail.last()) else {
            return Ok(());
        };
        let range = (Place::new(log.id, first.seq).0, Place::new(log.id, last.seq).0);
        let records: Vec<Record> = tail.iter().map(|found| found.record.clone()).collect();
        self.keep_branch(log, first.seq, first.after, &records)?;
        self.conn
            .prepare_cached(
                "UPDATE command SET answer = (SELECT j.answer FROM journal j WHERE j.place = command.place), place = NULL
                 WHERE place BETWEEN ?1 AND ?2",
            )?
            .execute(range)?;
        let mut gone: BTreeMap<EntityRef, HashSet<Place>> = BTreeMap::new();
        for Tail { seq, record, .. } in tail {
            // What could not be read is not among the records of what it concerns.
            if let Ok(head) = Head::from_bytes(&record.head)
                && let Ok(told) = adopted::read(&head, record, log.desk, log.topic)
            {
                let place = Place::new(log.id, *seq);
                gone.entry(told.meta.entity).or_default().insert(place);
            }
        }
        for (entity, places) in &gone {
            self.entities.fold_anew_without(self.conn, *entity, places)?;
        }
        // Before their records are gone: whoever is folded anew is so without them, and whoever is looked at beside (another right
        // with the same serials) is read from the file as it stands.
        self.entities.write_back(self.conn)?;
        for table in ["journal", "unprojected", "signed_head"] {
            self.conn
                .prepare(&format!("DELETE FROM {table} WHERE place BETWEEN ?1 AND ?2"))?
                .execute(range)?;
        }
        if gone.keys().any(|entity| entity.kind == EntityKind::Erasure) {
            // What only they ordered is ordered no more. (What was erased for it stays so.)
            let orders = self.reads()?.orders()?;
            self.enter_orders(&orders)?;
        }
        Ok(())
    }
}

fn lost() -> StoreError {
    StoreError::damaged("a record of the journal is missing")
}
