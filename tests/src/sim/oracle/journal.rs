// SPDX-License-Identifier: EUPL-1.2
//! A desk's journal as the oracle reads it: record by record, from the bytes, in the order of everything.

use crate::sim::report::Violation;
use sportello_domain::event::Event;
use sportello_domain::meta::{EntityRef, EventMeta, Topic};
use sportello_protocol::Head;
use sportello_store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// About how many bytes are read at once.
const PAGE: usize = 4 << 20;

/// Everything that a desk has, in the order of everything.
#[derive(Debug, Default)]
pub struct Journal {
    /// The facts.
    pub facts: Vec<(EventMeta, Event)>,
}

impl Journal {
    /// Reads all of a desk's file.
    pub fn read(store: &Store) -> Result<Self, Violation> {
        const RULE: &str = "every record of a journal can be read";
        let fail = |text: String| Violation::new(RULE, text);
        let mut facts = Vec::new();
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
                for record in &page.records {
                    let head = Head::from_bytes(&record.head).map_err(|error| fail(error.to_string()))?;
                    let meta = head.meta(desk, topic).map_err(|error| fail(error.to_string()))?;
                    let event = record.event(&head).map_err(|error| fail(error.to_string()))?;
                    facts.push((meta, event));
                }
                from += page.records.len() as u64;
            }
        }
        facts.sort_by_key(|(meta, _)| (meta.order(), meta.topic));
        Ok(Self { facts })
    }

    /// Things of which more than one topic speaks: who reads only one of these knows another story.
    pub fn in_several_topics(&self) -> BTreeSet<EntityRef> {
        let mut topics: BTreeMap<EntityRef, BTreeSet<Topic>> = BTreeMap::new();
        for (meta, _) in &self.facts {
            topics.entry(meta.entity).or_default().insert(meta.topic);
        }
        topics.retain(|_, topics| topics.len() > 1);
        topics.into_keys().collect()
    }
}
