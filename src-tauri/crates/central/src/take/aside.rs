// SPDX-License-Identifier: EUPL-1.2
//! What is set aside for supervisors to decide (ADR 0014): what a revoked desk wrote after it was, and other branches of a log.
//! It is verified and kept with the forks; nothing of it is given to desks but those where supervisors sit.

use super::{Judge, State, Verdict};
use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::vault::ForkRow;
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{AsideAnswer, AsideRequest, LogAnswer, LogName, Push, PushAnswer, Segment};
use sportello_protocol::{Certificate, Link, SegmentError};

/// So many bytes of records, about, are given at once.
const BUDGET: usize = 4 << 20;

impl Judge<'_> {
    /// A revoked desk's records: those up to what was accepted are taken as from any desk (a centre that was put back lacks some);
    /// the rest comes late.
    pub(super) fn is_late(certificate: &Certificate, topic: Topic, state: &State, segment: &Segment) -> bool {
        let until = certificate.accepted_until(topic).unwrap_or(state.seq);
        segment.head.seq > until
    }

    /// Sets aside what came late.
    pub(super) fn set_aside(
        &mut self,
        segment: &Segment,
        topic: Topic,
        certificate: &Certificate,
        state: &State,
    ) -> Result<Verdict, CentralError> {
        let mut refused = "gap";
        let writer = certificate.writer_keys();
        for before in self.links_before(segment, topic, state)? {
            match segment.check(self.office.id(), &writer, before) {
                Ok(_) => {
                    tracing::warn!(
                        desk = %segment.log.desk_id(), topic = segment.log.topic, from = segment.from,
                        "records of a revoked desk"
                    );
                    self.changes.forks.push(ForkRow {
                        log: segment.log.clone(),
                        from: segment.from,
                        head: segment.head.clone(),
                        records: self.door.let_in(
                            self.central.vault(),
                            &segment.log,
                            segment.from,
                            &segment.records,
                        )?,
                        received_at: self.now,
                    });
                    return Ok(Verdict::stop(state, "revoked"));
                }
                // It may follow from another one of those that were set aside.
                Err(SegmentError::Link { .. }) => refused = "chain",
                Err(error) => return Ok(Verdict::stop(state, error.code())),
            }
        }
        Ok(Verdict::stop(state, refused))
    }

    /// What may stand before a segment: the log's own link, and the ends of what was set aside before.
    fn links_before(
        &self,
        segment: &Segment,
        topic: Topic,
        state: &State,
    ) -> Result<Vec<Link>, CentralError> {
        let Some(at) = segment.from.checked_sub(1) else {
            return Ok(Vec::new());
        };
        let mut links = Vec::new();
        if at <= state.seq {
            links.extend(self.link_at(&segment.log, topic, state, at)?);
        }
        let set_aside = self.central.vault().forks()?.into_iter();
        let mine = set_aside.chain(
            self.changes
                .forks
                .iter()
                .map(|fork| (fork.log.clone(), fork.head.clone())),
        );
        links.extend(
            mine.filter(|(log, head)| *log == segment.log && head.seq == at)
                .map(|(_, head)| head.link()),
        );
        Ok(links)
    }
}

impl Central {
    /// Takes in what a revoked desk hands over of its own logs: the answer says how far each was set aside.
    pub(crate) fn take_late(
        &self,
        office: &Office,
        asking: &Certificate,
        push: &Push,
    ) -> Result<PushAnswer, CentralError> {
        let own = Push {
            presence: push.presence.clone(),
            segments: push
                .segments
                .iter()
                .filter(|segment| segment.log.desk_id() == asking.desk_id())
                .cloned()
                .collect(),
        };
        let answer = self.take(office, &own)?;
        let mut logs = Vec::with_capacity(answer.logs.len());
        for (segment, answer) in own.segments.iter().zip(answer.logs) {
            let kept = self.vault().fork(&segment.log, &segment.head.link())?;
            logs.push(LogAnswer {
                seq: kept.map_or(answer.seq, |kept| kept.head.seq),
                kept: None,
                ..answer
            });
        }
        Ok(PushAnswer { logs, ..answer })
    }

    /// How far a log was set aside; 0 when nothing of it was.
    pub(crate) fn aside_until(&self, log: &LogName) -> Result<u64, CentralError> {
        let forks = self.vault().forks()?.into_iter();
        let ends = forks.filter(|(name, _)| name == log).map(|(_, head)| head.seq);
        Ok(ends.max().unwrap_or(0))
    }

    /// How many segments are set aside, for those who decide.
    pub(crate) fn aside_count(&self, asking: &Certificate) -> Result<Option<u32>, CentralError> {
        if !asking.supervises {
            return Ok(None);
        }
        Ok(Some(
            u32::try_from(self.vault().forks()?.len()).unwrap_or(u32::MAX),
        ))
    }

    /// Gives what is set aside to a desk where supervisors sit; nothing to any other.
    pub(crate) fn give_aside(
        &self,
        asking: &Certificate,
        request: &AsideRequest,
    ) -> Result<AsideAnswer, CentralError> {
        let (mut segments, mut weight, mut remaining) = (Vec::new(), 0, 0);
        let all = if asking.supervises {
            self.vault().forks()?
        } else {
            Vec::new()
        };
        for (log, head) in all {
            let has = request
                .have
                .iter()
                .any(|mark| mark.log == log && mark.link == head.link);
            if has || !log.topic().is_some_and(|topic| asking.may_read(topic)) {
                continue;
            }
            if weight >= BUDGET {
                remaining += 1;
                continue;
            }
            if let Some(fork) = self.vault().fork(&log, &head.link())? {
                let segment = Segment {
                    log: fork.log,
                    from: fork.from,
                    records: fork.records,
                    head: fork.head,
                };
                weight += segment.weight();
                segments.push(segment);
            }
        }
        Ok(AsideAnswer {
            now: self.now(),
            segments,
            remaining,
        })
    }
}
