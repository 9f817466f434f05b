// SPDX-License-Identifier: EUPL-1.2
//! When another desk was last heard of by this very one: it brought a stick, or asked this desk as its relay. The centre tells the same of
//! what it heard itself; the later word holds.

use crate::desk::Desk;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_domain::time::Timestamp;
use sportello_protocol::wire::LogName;
use sportello_store::{Reads, StoreError, WriteTx};

/// A program's version is no longer than so many characters, whatever is said.
const VERSION: usize = 40;

/// What another desk said of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Heard {
    /// When, by the centre's clock as far as this desk knows it.
    pub at: Timestamp,
    /// Records that it had then, that this desk may read and has not.
    pub lacking: u64,
    /// Its program's version.
    pub version: String,
}

impl Heard {
    /// What a desk said of itself at a moment (the centre's clock, as far as it is known): how far it has its own logs. Nobody speaks
    /// later than now.
    pub fn new(
        desk: &Desk,
        reads: &Reads<'_>,
        at: Timestamp,
        version: &str,
        has: &[(LogName, u64)],
    ) -> Result<Self, StoreError> {
        let directory = desk.directory();
        let may_read = directory
            .desk(desk.id())
            .map(|desk| desk.reads.clone())
            .unwrap_or_default();
        let mut lacking = 0;
        for (log, seq) in has {
            if log.topic().is_some_and(|topic: Topic| may_read.contains(&topic)) {
                let here = reads.head(log)?.map_or(0, |head| head.seq);
                lacking += seq.saturating_sub(here);
            }
        }
        let version = version.chars().filter(|c| !c.is_control());
        Ok(Self {
            at: at.min(desk.centre_time()),
            lacking,
            version: version.take(VERSION).collect(),
        })
    }

    fn key(desk: DeskId) -> String {
        format!("heard:{desk}")
    }

    /// What is kept of a desk.
    pub fn read(reads: &Reads<'_>, desk: DeskId) -> Result<Option<Self>, StoreError> {
        reads.get_meta(&Self::key(desk))
    }

    /// Forgets whatever was heard later than now: this desk's clock ran ahead then, unbeknown to it, and no later word would ever take its
    /// place. Asked when the clock was compared with the centre's. True when something went.
    pub fn forget_later_than_now(desk: &Desk, tx: &mut WriteTx<'_>) -> Result<bool, StoreError> {
        let now = desk.centre_time();
        let mut gone = false;
        for neighbour in desk.directory().all() {
            if Self::read(&tx.reads()?, neighbour.id)?.is_some_and(|heard| heard.at > now) {
                tx.delete_meta(&Self::key(neighbour.id))?;
                gone = true;
            }
        }
        Ok(gone)
    }

    /// Keeps it, unless something later is known.
    pub fn keep(&self, tx: &mut WriteTx<'_>, desk: DeskId) -> Result<(), StoreError> {
        let known = Self::read(&tx.reads()?, desk)?;
        if known.is_none_or(|known| known.at <= self.at) {
            tx.set_meta(&Self::key(desk), self)?;
        }
        Ok(())
    }
}

impl Desk {
    /// Now, by the centre's clock as far as it is known.
    pub(crate) fn centre_time(&self) -> Timestamp {
        let ahead = self.sync_state().skew.unwrap_or(0);
        Timestamp(self.now().0.saturating_sub(ahead))
    }
}
