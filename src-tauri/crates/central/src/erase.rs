// SPDX-License-Identifier: EUPL-1.2
//! Erasure by order. The order is a record of the office's topic, which only desks where supervisors sit may write. Its lists are
//! kept in tables of their own, against which everything that comes in is held; what is here already loses its bodies at once.
//!
//! No lock spans both: whoever hands records over while an order comes in looks once more after writing, and so does the order.
//! Whichever is later sees the other.

use crate::error::CentralError;
use crate::office::Central;
use crate::vault::{Erasures, ForkRow, SegmentRow, Vault};
use sportello_domain::erasure::{BodyMark, ErasureListed};
use sportello_domain::event::Event;
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, Head, Link, Record};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// About how many bytes of a log are looked through at once.
const PAGE: usize = 4 << 20;
/// Others may erase something else of the same segment at the same time: so many attempts.
const ATTEMPTS: u8 = 5;

/// Every household that was erased, as they were when there were so many lists.
#[derive(Debug, Default)]
pub(crate) struct KnownHouseholds(Mutex<(u64, Arc<HashSet<[u8; 16]>>)>);

/// The records of one log that orders name, by their places. Of a log that was copied two records may stand at one place: where an order
/// says which body it means, only that one is named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named(BTreeMap<u64, BTreeSet<Option<BodyMark>>>);

impl Named {
    pub(crate) fn add(&mut self, seq: u64, body: Option<BodyMark>) {
        self.0.entry(seq).or_default().insert(body);
    }

    pub(crate) fn has(&self, seq: u64, record: &Record) -> bool {
        self.0.get(&seq).is_some_and(|bodies| {
            bodies.contains(&None) || bodies.contains(&Some(BodyMark::of(&record.body.fingerprint().0)))
        })
    }

    fn first_from(&self, seq: u64) -> Option<u64> {
        self.0.range(seq..).next().map(|(seq, _)| *seq)
    }
}

/// What the orders say, as it was when one looked.
#[derive(Clone)]
pub(crate) struct Door {
    /// How many lists there were.
    version: u64,
    households: Arc<HashSet<[u8; 16]>>,
}

impl Central {
    /// What the orders say now.
    pub(crate) fn door(&self) -> Result<Door, CentralError> {
        let version = self.vault().erasure_version()?;
        let mut known = self
            .erased_households()
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if known.0 != version {
            *known = (
                version,
                Arc::new(self.vault().erasures()?.households.into_iter().collect()),
            );
        }
        Ok(Door {
            version,
            households: known.1.clone(),
        })
    }

    /// Erases what lists that were just written name and is here. Done again, it changes nothing.
    pub(crate) fn carry_out(&self, orders: &Erasures) -> Result<u64, CentralError> {
        if orders.is_empty() {
            return Ok(0);
        }
        let mut erased = 0;
        let mut by_log: BTreeMap<&LogName, Named> = BTreeMap::new();
        for (log, seq, body) in &orders.records {
            by_log.entry(log).or_default().add(*seq, *body);
        }
        for (log, named) in &by_log {
            erased += self.erase_records(log, named)?;
        }
        let households: HashSet<[u8; 16]> = orders.households.iter().copied().collect();
        if !households.is_empty() {
            erased += self.erase_households(&households)?;
        }
        for (log, head) in self.vault().forks()? {
            let nothing = Named::default();
            let named = by_log.get(&log).unwrap_or(&nothing);
            if let Some(fork) = self.vault().fork(&log, &Link(head.link))? {
                erased += self.erase_fork(fork, named, &households)?;
            }
        }
        if erased > 0 {
            self.vault().settle_erasure()?;
            tracing::info!(erased, "bodies erased by order");
        }
        Ok(erased)
    }

    fn erase_records(&self, log: &LogName, named: &Named) -> Result<u64, CentralError> {
        let (mut erased, mut next) = (0, named.first_from(0));
        while let Some(seq) = next {
            let found = self.vault().segments(log, seq.saturating_sub(1), 1)?;
            // What is not here yet is erased when it comes.
            let Some(segment) = found.into_iter().next() else {
                break;
            };
            let last = segment.head.seq;
            erased += self.rewrite(segment, &|record, seq| named.has(seq, record))?;
            next = named.first_from(last.saturating_add(1));
        }
        Ok(erased)
    }

    /// Those of a household that the order does not name one by one: whoever gave it did not have them yet.
    fn erase_households(&self, households: &HashSet<[u8; 16]>) -> Result<u64, CentralError> {
        let mut erased = 0;
        for log in self.vault().logs()? {
            if !matches!(log.name.topic(), Some(Topic::Quartiere(_) | Topic::Supervisors)) {
                continue;
            }
            let mut after = 0;
            loop {
                let segments = self.vault().segments(&log.name, after, PAGE)?;
                let Some(last) = segments.last() else { break };
                after = last.head.seq;
                for segment in segments {
                    erased += self.rewrite(segment, &|record, _| is_of(record, households))?;
                }
            }
        }
        Ok(erased)
    }

    fn rewrite(
        &self,
        mut segment: SegmentRow,
        goes: &dyn Fn(&Record, u64) -> bool,
    ) -> Result<u64, CentralError> {
        for _ in 0..ATTEMPTS {
            let (records, erased) = without(&segment.records, segment.from, goes);
            if erased == 0 || self.vault().rewrite_segment(&segment, &records)? {
                return Ok(erased);
            }
            let again = self.vault().segments(&segment.log, segment.head.seq - 1, 1)?;
            match again.into_iter().next() {
                Some(row) => segment = row,
                None => return Ok(0),
            }
        }
        Err(CentralError::Contended)
    }

    fn erase_fork(
        &self,
        mut fork: ForkRow,
        named: &Named,
        households: &HashSet<[u8; 16]>,
    ) -> Result<u64, CentralError> {
        for _ in 0..ATTEMPTS {
            let (records, erased) = without(&fork.records, fork.from, &|record, seq| {
                named.has(seq, record) || is_of(record, households)
            });
            if erased == 0 || self.vault().rewrite_fork(&fork, &records)? {
                return Ok(erased);
            }
            match self.vault().fork(&fork.log, &Link(fork.head.link))? {
                Some(row) => fork = row,
                None => return Ok(0),
            }
        }
        Err(CentralError::Contended)
    }

    /// Looks once more at what was just written, when lists were added since `door` was looked at.
    pub(crate) fn look_again(&self, door: &Door, written: &[SegmentRow]) -> Result<(), CentralError> {
        if written.is_empty() || self.vault().erasure_version()? == door.version {
            return Ok(());
        }
        let now = self.door()?;
        let mut erased = 0;
        for segment in written {
            let named = now.named(self.vault(), &segment.log, segment.from, segment.head.seq)?;
            erased += self.rewrite(segment.clone(), &|record, seq| {
                named.has(seq, record) || is_of(record, &now.households)
            })?;
        }
        if erased > 0 {
            self.vault().settle_erasure()?;
        }
        Ok(())
    }
}

impl Door {
    fn named(&self, vault: &dyn Vault, log: &LogName, from: u64, to: u64) -> Result<Named, CentralError> {
        let mut named = Named::default();
        if self.version > 0 {
            for (seq, body) in vault.erased(log, from, to)? {
                named.add(seq, body);
            }
        }
        Ok(named)
    }

    /// Records on their way in, those that orders name without their bodies.
    pub(crate) fn let_in(
        &self,
        vault: &dyn Vault,
        log: &LogName,
        from: u64,
        records: &[Record],
    ) -> Result<Vec<Record>, CentralError> {
        if self.version == 0 {
            return Ok(records.to_vec());
        }
        let to = from.saturating_add(records.len() as u64);
        let named = self.named(vault, log, from, to)?;
        let goes = |record: &Record, seq| named.has(seq, record) || is_of(record, &self.households);
        Ok(without(records, from, &goes).0)
    }
}

/// Whether a record is of one of these households.
pub(crate) fn is_of(record: &Record, households: &HashSet<[u8; 16]>) -> bool {
    !households.is_empty()
        && Head::from_bytes(&record.head).is_ok_and(|head| {
            head.entity_kind == EntityKind::Household.number() && households.contains(&head.entity)
        })
}

/// The same records, some without their bodies, and how many of these had one.
fn without(records: &[Record], from: u64, goes: &dyn Fn(&Record, u64) -> bool) -> (Vec<Record>, u64) {
    let mut erased = 0;
    let left = records
        .iter()
        .zip(from..)
        .map(|(record, seq)| match record.body {
            Body::Present(_) if goes(record, seq) => {
                erased += 1;
                let (hash, len) = record.body.fingerprint();
                Record {
                    head: record.head.clone(),
                    body: Body::Erased { hash, len },
                }
            }
            _ => record.clone(),
        })
        .collect();
    (left, erased)
}

/// Adds what a record of the office's topic names, when it is a list of an order.
pub(crate) fn collect(log: &LogName, head: &Head, record: &Record, into: &mut Erasures) {
    if head.entity_kind != EntityKind::Erasure.number() {
        return;
    }
    let Ok(Event::ErasureListed(ErasureListed { households, records })) = record.event(head) else {
        return;
    };
    into.lists.push((log.desk, head.seq));
    into.households
        .extend(households.iter().map(|household| *household.0.as_bytes()));
    into.records.extend(
        records
            .iter()
            .map(|named| (LogName::new(named.desk, named.topic), named.seq, named.body)),
    );
}
