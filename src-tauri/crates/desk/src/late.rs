// SPDX-License-Identifier: EUPL-1.2
//! What comes late (ADR 0014, 0019): a revoked desk hands in what it had not handed over; whoever has records of a revoked desk that
//! the office had not accepted sets them aside and hands them on to the centre; and desks where supervisors sit fetch what waits for
//! their decision.

use crate::desk::{Desk, Happening};
use crate::error::DeskError;
use crate::exchange::{Carrier, Logs};
use sportello_domain::ids::DeskId;
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{AsideMark, LogName, Presence, Segment};
use sportello_protocol::{Certificate, Link, SignedCertificate, VerifiedSegment};
use sportello_store::sync_book::{Direction, StoryEntry};
use sportello_store::{Reads, StoreError, WriteTx};
use sportello_sync::{ExchangeError, HandedIn, Identity, Options, Report, Transport};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far each own log was handed in after this desk was revoked.
pub(crate) const HANDED_IN: &str = "handed_in";
/// How many segments the centre said to be set aside when all of them were fetched.
const FETCHED: &str = "asides_fetched";
/// Which certificates were looked at for a revocation that is to be carried out here: by desk, the version.
const LOOKED_AT: &str = "revocations_carried_out";
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
            match self.hand_on_aside(transport.as_ref(), report).await {
                Ok(()) => self.fetch_aside(transport.as_ref(), report.aside).await,
                Err(error) => Err(error),
            }
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

    /// Hands on to the centre what was set aside here of others' logs: their writers may never come back.
    async fn hand_on_aside<T: Transport>(
        self: &Arc<Self>,
        transport: &T,
        report: &Report,
    ) -> Result<(), DeskError> {
        if !report.centre_lost.is_empty() || report.carried > 0 {
            // It came back from a backup.
            self.store().write(|tx| tx.hand_on_again())?;
        }
        let (segments, waiting) = self
            .store()
            .read(|reads| Ok::<_, StoreError>((reads.asides_to_hand_on()?, reads.unsent()?)))?;
        for segment in segments {
            let (log, link) = (segment.log.clone(), segment.head.link());
            let presence = Presence {
                now: self.now().0,
                waiting,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                speaks: Some(Versions::OURS.newest),
            };
            if sportello_sync::hand_on(transport, presence, segment).await? {
                self.store().write(|tx| tx.was_handed_on(&log, link))?;
            }
        }
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
            tokio::task::spawn_blocking(move || desk.keep_aside(segments, Carrier::Centre))
                .await
                .map_err(|_| DeskError::plain("interrupted"))??;
            if !more || !brought {
                break;
            }
        }
        self.store().write(|tx| tx.set_meta(FETCHED, &count))?;
        Ok(())
    }

    /// Sets aside what waits for a decision. What does not follow from what is here is only noted, where those sit who decide; what its
    /// writer did not sign is nothing, unless the centre gave it, which has looked.
    pub(crate) fn keep_aside(&self, mut segments: Vec<Segment>, from: Carrier) -> Result<(), StoreError> {
        // What builds on each other comes in order.
        segments.sort_by_key(|segment| segment.from);
        let (directory, office, now) = (self.directory(), self.settings().office, self.now());
        let mut news = false;
        for segment in segments {
            let Some(writer) = directory.desk(segment.log.desk_id()) else {
                continue;
            };
            let Some(topic) = segment.log.topic().filter(|_| segment.from > 0) else {
                continue;
            };
            let links = self
                .store()
                .read(|reads| reads.links_before(&segment.log, segment.from))?;
            let before = links
                .into_iter()
                .find(|link| segment.check(office, &writer.keys, *link).is_ok());
            let noted = from == Carrier::Centre
                || self.supervises()
                    && segment
                        .head
                        .verify_writer(office, &writer.keys, writer.id, topic)
                        .is_ok();
            if before.is_some() || noted {
                news |= self
                    .store()
                    .write(|tx| tx.keep_aside(&segment, before, now, from == Carrier::Centre))?;
            }
        }
        if news {
            self.tell(Happening::Changed(Vec::new()));
        }
        Ok(())
    }

    /// Sets a segment aside that somebody but the centre brought, if its writer was revoked and the office had not accepted it. It was
    /// verified, and the revocation may have become known since.
    pub(crate) fn came_late(
        &self,
        tx: &mut WriteTx<'_>,
        segment: &VerifiedSegment,
    ) -> Result<bool, StoreError> {
        let kept = tx.reads()?.certificate(segment.desk())?;
        let until = kept
            .and_then(|row| read(&row.bytes))
            .and_then(|certificate| certificate.accepted_until(segment.topic()));
        if segment.desk() == self.id() || until.is_none_or(|until| segment.head().seq <= until) {
            return Ok(false);
        }
        let records = segment.records().iter();
        let late = Segment {
            log: segment.log().clone(),
            from: segment.from(),
            records: records.map(|found| found.record.clone()).collect(),
            head: segment.head().clone(),
        };
        tx.keep_aside(&late, Some(segment.before()), self.now(), false)?;
        Ok(true)
    }

    /// Takes out of the logs of revoked desks what the office had not accepted of them, and sets it aside: once for each certificate,
    /// with which this is heard. (What the centre gives later it has accepted.) Gives how many records that were.
    pub(crate) fn carry_out_revocations(&self, tx: &mut WriteTx<'_>) -> Result<u64, StoreError> {
        let mut looked_at: BTreeMap<DeskId, u32> = tx.get_meta(LOOKED_AT)?.unwrap_or_default();
        let mut rows = tx.reads()?.certificates()?;
        // What this desk itself wrote goes another way: it hands it in.
        rows.retain(|row| {
            row.desk != self.id() && looked_at.get(&row.desk).is_none_or(|known| *known < row.version)
        });
        if rows.is_empty() {
            return Ok(0);
        }
        let heads = tx.reads()?.heads()?;
        let mut withdrawn = 0;
        for row in rows {
            let Some(certificate) = read(&row.bytes) else {
                continue;
            };
            looked_at.insert(row.desk, row.version);
            if certificate.accepted_heads().is_none() {
                continue;
            }
            let mut taken_out = 0;
            for log in heads.iter().filter(|head| head.log.desk_id() == row.desk) {
                let Some(topic) = log.log.topic() else { continue };
                let genesis = Link::genesis(self.settings().office, row.desk, topic);
                let accepted = certificate
                    .accepted
                    .iter()
                    .flatten()
                    .find(|head| head.topic == log.log.topic)
                    .map_or((0, genesis), |head| (head.seq, Link(head.link)));
                taken_out += tx.withdraw_late(&log.log, accepted, self.now())?;
            }
            if taken_out > 0 {
                tracing::warn!(desk = %row.desk, records = taken_out, "records of a revoked desk were set aside");
                tx.tell(&StoryEntry {
                    at: self.now(),
                    direction: Direction::Pull,
                    peer: row.desk.to_string(),
                    sent: 0,
                    received: 0,
                    error: Some("late_withdrawn".to_owned()),
                    detail: String::new(),
                })?;
            }
            withdrawn += taken_out;
        }
        tx.set_meta(LOOKED_AT, &looked_at)?;
        Ok(withdrawn)
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

/// A certificate as it is kept: it was verified when it came.
fn read(bytes: &[u8]) -> Option<Certificate> {
    let signed: SignedCertificate = minicbor::decode(bytes).ok()?;
    minicbor::decode(&signed.bytes).ok()
}
