// SPDX-License-Identifier: EUPL-1.2
//! A desk's journal as the oracle reads it: record by record, from the bytes, in the order of everything; of what was erased by
//! order, what the order says remains.

use super::erased::Orders;
use crate::sim::report::{Violation, hold};
use sportello_domain::event::Event;
use sportello_domain::meta::{EntityRef, EventMeta, Topic};
use sportello_protocol::{Body, Head, Record};
use sportello_store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// About how many bytes are read at once.
const PAGE: usize = 4 << 20;

/// A record where it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Where it stands and what it is about.
    pub meta: EventMeta,
    /// Its head.
    pub head: Head,
    /// Its bytes.
    pub record: Record,
}

impl Standing {
    /// A record of a log.
    pub fn read(
        record: Record,
        desk: sportello_domain::ids::DeskId,
        topic: Topic,
    ) -> Result<Self, sportello_protocol::RecordError> {
        let head = Head::from_bytes(&record.head)?;
        let meta = head.meta(desk, topic)?;
        Ok(Self { meta, head, record })
    }

    /// Its body is there.
    pub fn is_whole(&self) -> bool {
        matches!(self.record.body, Body::Present(_))
    }
}

/// Every record of a desk's file.
pub fn records(store: &Store) -> Result<Vec<Standing>, Violation> {
    const RULE: &str = "every record of a journal can be read";
    let fail = |text: String| Violation::new(RULE, text);
    let mut all = Vec::new();
    let heads = store
        .read(|reads| reads.heads())
        .map_err(|error| fail(error.to_string()))?;
    for head in heads {
        let (desk, Some(topic)) = (head.log.desk_id(), head.log.topic()) else {
            continue;
        };
        let mut from = 1;
        while from <= head.seq {
            let page = store
                .read(|reads| reads.records(&head.log, from, PAGE))
                .map_err(|error| fail(error.to_string()))?
                .ok_or_else(|| fail(format!("{desk} {topic}: no record {from}")))?;
            from += page.records.len() as u64;
            for record in page.records {
                all.push(Standing::read(record, desk, topic).map_err(|error| fail(error.to_string()))?);
            }
        }
    }
    Ok(all)
}

/// Everything that a desk has, in the order of everything.
#[derive(Debug, Default)]
pub struct Journal {
    /// The facts; of erased ones what remains, if anything does.
    pub facts: Vec<(EventMeta, Event)>,
    /// What was ordered to be erased.
    pub orders: Orders,
    topics: BTreeMap<EntityRef, BTreeSet<Topic>>,
}

impl Journal {
    /// Reads all of a desk's file.
    pub fn read(store: &Store) -> Result<Self, Violation> {
        const RULE: &str = "every record of a journal can be read";
        let all = records(store)?;
        let mut journal = Self {
            orders: Orders::of(&all),
            ..Self::default()
        };
        for found in &all {
            let Standing { meta, head, record } = found;
            journal.topics.entry(meta.entity).or_default().insert(meta.topic);
            let read = match &record.body {
                Body::Present(_) => record.event(head).map_err(|error| error.to_string()),
                Body::Erased { .. } => match journal.orders.remains(found) {
                    Some(left) => Event::decode(&head.kind, head.version, left.as_bytes())
                        .map_err(|error| error.to_string()),
                    None => continue,
                },
            };
            match read {
                Ok(event) => journal.facts.push((meta.clone(), event)),
                Err(error) => hold(RULE, false, || {
                    format!("{} of {}: {} {error}", meta.seq, meta.topic, head.kind)
                })?,
            }
        }
        journal.facts.sort_by_key(|(meta, _)| (meta.order(), meta.topic));
        Ok(journal)
    }

    /// Things of which more than one topic speaks: who reads only one of these knows another story.
    pub fn in_several_topics(&self) -> BTreeSet<EntityRef> {
        self.topics
            .iter()
            .filter(|(_, topics)| topics.len() > 1)
            .map(|(entity, _)| *entity)
            .collect()
    }
}
