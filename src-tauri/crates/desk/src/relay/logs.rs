// SPDX-License-Identifier: EUPL-1.2
//! The desk's file, as an exchange with a relay sees it: only what the relay may read, and how far it has it in a book of its own.
//! What the centre acknowledged is never touched.

use crate::desk::Desk;
use crate::exchange::{Carrier, DIRECTORY, Logs};
use serde::{Deserialize, Serialize};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_domain::time::Timestamp;
use sportello_protocol::wire::{LogAnswer, LogName, RefusedRecord, Segment, SignedHead};
use sportello_protocol::{Link, VerifiedSegment};
use sportello_store::{Reads, StoreError, WriteTx};
use sportello_sync::{Acknowledged, Applied, DirectoryNews, LocalLogs, Page, Snapshot};
use std::sync::Arc;

/// How far a relay was found to have this desk's logs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Book {
    #[serde(skip)]
    relay: DeskId,
    /// When it last answered, by this desk's clock.
    pub at: Option<Timestamp>,
    /// Topic and last record.
    logs: Vec<(String, u64)>,
    /// Which certificates it had, as it calls them.
    #[serde(default)]
    directory: u64,
}

impl Book {
    fn key(relay: DeskId) -> String {
        format!("relay_book:{relay}")
    }

    pub fn read(reads: &Reads<'_>, relay: DeskId) -> Result<Self, StoreError> {
        let kept: Option<Self> = reads.get_meta(&Self::key(relay))?;
        Ok(Self {
            relay,
            ..kept.unwrap_or_default()
        })
    }

    pub fn keep(&self, tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
        tx.set_meta(&Self::key(self.relay), self)
    }

    pub fn has(&self, topic: &str) -> u64 {
        self.logs
            .iter()
            .find(|(name, _)| name == topic)
            .map_or(0, |(_, seq)| *seq)
    }

    fn set(&mut self, topic: Topic, seq: u64) {
        let name = topic.to_string();
        match self.logs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = seq,
            None => self.logs.push((name, seq)),
        }
    }
}

#[derive(Debug)]
pub(super) struct RelayLogs {
    desk: Arc<Desk>,
    relay: DeskId,
    inner: Logs,
}

impl RelayLogs {
    pub fn new(desk: Arc<Desk>, relay: DeskId) -> Self {
        Self {
            inner: Logs::new(desk.clone(), Carrier::Desk),
            desk,
            relay,
        }
    }
}

impl LocalLogs for RelayLogs {
    type Error = StoreError;

    fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let reads = self
            .desk
            .directory()
            .desk(self.relay)
            .map(|relay| relay.reads.clone())
            .unwrap_or_default();
        let book = self.desk.store().read(|tx| Book::read(tx, self.relay))?;
        let mut snapshot = self.inner.snapshot()?;
        snapshot.directory = book.directory;
        // What the relay may not read is not handed to it, nor named to it.
        snapshot.own.retain(|own| reads.contains(&own.topic));
        snapshot
            .have
            .retain(|have| have.log.topic().is_some_and(|topic| reads.contains(&topic)));
        for own in &mut snapshot.own {
            // It reads what the centre has: most likely it has that already, and says so if it has not.
            own.acknowledged = book
                .has(&own.topic.to_string())
                .max(own.acknowledged)
                .min(own.seq);
        }
        Ok(snapshot)
    }

    fn read_own(&self, topic: Topic, from: u64, bytes: usize, records: usize) -> Result<Page, StoreError> {
        self.inner.read_own(topic, from, bytes, records)
    }

    fn own_link(&self, topic: Topic, seq: u64) -> Result<Option<Link>, StoreError> {
        self.inner.own_link(topic, seq)
    }

    fn link_of(&self, log: &LogName, seq: u64) -> Result<Option<Link>, StoreError> {
        self.inner.link_of(log, seq)
    }

    fn signed_head(&self, log: &LogName) -> Result<Option<SignedHead>, StoreError> {
        self.inner.signed_head(log)
    }

    fn carry(&self, log: &LogName, from: u64, max_bytes: usize) -> Result<Option<Segment>, StoreError> {
        self.inner.carry(log, from, max_bytes)
    }

    fn acknowledge(&self, logs: &[Acknowledged], _: &[RefusedRecord]) -> Result<(), StoreError> {
        self.desk.store().write(|tx| {
            let mut book = Book::read(&tx.reads()?, self.relay)?;
            for log in logs {
                book.set(log.topic, log.seq);
            }
            book.keep(tx)
        })
    }

    fn vouch(&self, _: &[LogAnswer]) -> Result<(), StoreError> {
        // The centre signs nothing through here.
        Ok(())
    }

    fn learn(&self, news: &DirectoryNews) -> Result<(), StoreError> {
        if !news.certificates.is_empty() {
            let version = self.desk.store().read(|reads| reads.get_meta(DIRECTORY))?;
            self.inner.learn(&DirectoryNews {
                // That of the centre stays what it was.
                version: version.unwrap_or(0),
                ..news.clone()
            })?;
        }
        self.desk.store().write(|tx| {
            let mut book = Book::read(&tx.reads()?, self.relay)?;
            book.directory = news.version;
            book.keep(tx)
        })
    }

    fn apply(&self, segments: Vec<VerifiedSegment>) -> Result<Applied, StoreError> {
        self.inner.apply(segments)
    }

    fn set_aside(&self, late: Vec<Segment>) -> Result<(), StoreError> {
        self.inner.set_aside(late)
    }
}
