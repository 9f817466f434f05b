// SPDX-License-Identifier: EUPL-1.2
//! What comes late (ADR 0014): a revoked desk hands in what it had not handed over, and desks where supervisors sit fetch what waits
//! for their decision.

use crate::desk::{Desk, Happening};
use crate::error::DeskError;
use crate::exchange::{Carrier, Logs};
use sportello_domain::time::Timestamp;
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{AsideMark, LogName, Presence, Segment};
use sportello_store::sync_book::{Direction, StoryEntry};
use sportello_store::{Reads, StoreError};
use sportello_sync::{ExchangeError, HandedIn, Identity, Options, Report, Transport};
use std::sync::Arc;

/// How far each own log was handed in after this desk was revoked.
pub(crate) const HANDED_IN: &str = "handed_in";
/// How many segments the centre said to be set aside when all of them were fetched.
const FETCHED: &str = "asides_fetched";
/// So many answers of the centre at most in a row.
const ROUNDS: usize = 50;

/// Records that were handed in after this desk was revoked: they wait for a supervisor's decision.
pub(crate) fn handed_in(reads: &Reads<'_>) -> Result<u64, StoreError> {
    let done: HandedIn = reads.get_meta(HANDED_IN)?.unwrap_or_default();
    let own = reads.own_logs()?;
    Ok(own
        .iter()
        .map(|log| {
            let topic = log.log.topic();
            let until = topic.and_then(|topic| done.get(&topic)).copied().unwrap_or(0);
            until
                .min(log.seq)
                .saturating_sub(log.acknowledged.map_or(0, |known| known.seq))
        })
        .sum())
}

impl Desk {
    /// What comes beside an exchange. It never fails it: what did not go through is tried after the next one.
    pub(crate) async fn beside_exchange<T: Transport>(self: &Arc<Self>, transport: &Arc<T>, report: &Report) {
        let revoked = report.error.as_ref().is_some_and(ExchangeError::is_revoked);
        let done = if revoked {
            self.hand_in(transport.as_ref()).await
        } else if report.error.is_none() {
            self.fetch_aside(transport.as_ref(), report.aside).await
        } else {
            Ok(())
        };
        if let Err(error) = done {
            tracing::warn!(
                code = error.code(),
                "what comes beside the exchange did not go through"
            );
        }
    }

    async fn hand_in<T: Transport>(self: &Arc<Self>, transport: &T) -> Result<(), DeskError> {
        let before: HandedIn = self
            .store()
            .read(|reads| reads.get_meta(HANDED_IN))?
            .unwrap_or_default();
        let began = self.now();
        let logs = Arc::new(Logs::new(self.clone(), Carrier::Centre));
        let options = Options {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Options::default()
        };
        let after = sportello_sync::hand_in(
            logs,
            transport,
            &self.sync_identity(),
            &options,
            began.0,
            before.clone(),
        )
        .await?;
        if after == before {
            return Ok(());
        }
        let sent = after
            .iter()
            .map(|(topic, seq)| seq.saturating_sub(before.get(topic).copied().unwrap_or(0)))
            .sum();
        self.store().write(|tx| {
            if tx.identity().desk != self.id() {
                return Ok(());
            }
            tx.set_meta(HANDED_IN, &after)?;
            tx.tell(&StoryEntry {
                at: began,
                direction: Direction::Push,
                peer: String::new(),
                sent,
                received: 0,
                error: Some("late".to_owned()),
                detail: String::new(),
            })
        })?;
        self.tell(Happening::Sync);
        Ok(())
    }

    async fn fetch_aside<T: Transport>(
        self: &Arc<Self>,
        transport: &T,
        count: Option<u32>,
    ) -> Result<(), DeskError> {
        let fetched: Option<u32> = self.store().read(|reads| reads.get_meta(FETCHED))?;
        let Some(count) = count.filter(|count| self.supervises() && fetched.unwrap_or(0) != *count) else {
            return Ok(());
        };
        for _ in 0..ROUNDS {
            let have: Vec<AsideMark> = self.store().read(|reads| {
                let all = reads.asides()?;
                Ok::<_, StoreError>(
                    all.iter()
                        .filter_map(|aside| {
                            let mut link = [0; 32];
                            hex::decode_to_slice(&aside.link, &mut link).ok()?;
                            Some(AsideMark {
                                log: LogName::new(aside.desk, aside.topic),
                                link,
                            })
                        })
                        .collect(),
                )
            })?;
            let presence = Presence {
                now: self.now().0,
                waiting: self.store().read(|reads| reads.unsent())?,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                speaks: Some(Versions::OURS.newest),
            };
            let (segments, more) = sportello_sync::fetch_aside(transport, presence, have).await?;
            let brought = !segments.is_empty();
            let desk = self.clone();
            tokio::task::spawn_blocking(move || desk.keep_aside(segments))
                .await
                .map_err(|_| DeskError::plain("interrupted"))??;
            if !more || !brought {
                break;
            }
        }
        self.store().write(|tx| tx.set_meta(FETCHED, &count))?;
        Ok(())
    }

    /// Keeps what waits for a decision. What does not follow from what is here, or is not its writer's, is only noted.
    pub(crate) fn keep_aside(&self, mut segments: Vec<Segment>) -> Result<(), StoreError> {
        // What builds on each other comes in order.
        segments.sort_by_key(|segment| segment.from);
        let (directory, office, now) = (self.directory(), self.settings().office, self.now());
        let mut news = false;
        for segment in segments {
            let Some(writer) = directory.desk(segment.log.desk_id()) else {
                continue;
            };
            if segment.from == 0 || segment.log.topic().is_none() {
                continue;
            }
            let links = self
                .store()
                .read(|reads| reads.links_before(&segment.log, segment.from))?;
            let before = links
                .into_iter()
                .find(|link| segment.check(office, &writer.keys, *link).is_ok());
            news |= self
                .store()
                .write(|tx| tx.keep_aside(&segment, before, Timestamp(now.0)))?;
        }
        if news {
            self.tell(Happening::Changed(Vec::new()));
        }
        Ok(())
    }

    /// As whom this desk speaks to the centre.
    pub(crate) fn sync_identity(&self) -> Identity {
        Identity {
            office: self.settings().office,
            office_key: self.office_key(),
            desk: self.id(),
            key: self.key(),
        }
    }
}
