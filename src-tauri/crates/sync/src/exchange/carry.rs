// SPDX-License-Identifier: EUPL-1.2
//! Logs of other desks of which the centre has less than this desk: it came back from an older backup, and their writers may be
//! gone, or have forgotten too. They are handed on under the signatures of those who wrote them.

use super::{Asked, Exchange, Peer, Step};
use crate::local::Local;
use sportello_protocol::wire::{LogAnswer, LogName, Segment};

#[derive(Debug)]
pub(super) struct Carried {
    log: LogName,
    /// The centre has it up to here.
    at_centre: u64,
    /// The next record to be read.
    next: u64,
    /// Nothing more can be handed on.
    read_out: bool,
    /// The centre takes no more of it now.
    stopped: bool,
}

impl Carried {
    fn has_more(&self) -> bool {
        !self.read_out && !self.stopped
    }

    /// Pages that were read ahead are gone: reads them again.
    pub(super) fn rewind(&mut self) {
        self.next = self.at_centre.saturating_add(1);
        self.read_out = false;
    }
}

impl Exchange {
    /// What the centre says of logs of others that this desk has further than the centre.
    pub(super) fn found_lacking(&mut self, answers: &[LogAnswer]) {
        for answer in answers {
            let others = answer.log.desk_id() != self.identity.desk && answer.log.topic().is_some();
            let further = self
                .intake
                .have
                .get(&answer.log)
                .is_some_and(|here| here.seq > answer.seq);
            let known = self.carried.iter().any(|carried| carried.log == answer.log);
            if others
                && further
                && !known
                && answer.stopped.is_none()
                && !self.intake.skipped.contains(&answer.log)
            {
                self.carried.push(Carried {
                    log: answer.log.clone(),
                    at_centre: answer.seq,
                    next: answer.seq.saturating_add(1),
                    read_out: false,
                    stopped: false,
                });
            }
        }
    }

    pub(super) fn has_to_carry(&self) -> bool {
        self.carried.iter().any(Carried::has_more)
    }

    /// Reads the next piece of what the centre lacks.
    pub(super) fn carry(&mut self, max_bytes: usize) -> Option<Step> {
        let index = self.carried.iter().position(Carried::has_more)?;
        let carried = self.carried.get(index)?;
        let step = Local::Carry {
            log: carried.log.clone(),
            from: carried.next,
            max_bytes,
        };
        self.asked = Some(Asked::Carry(index));
        Some(Step::Local(step))
    }

    pub(super) fn was_carried(&mut self, index: usize, segment: Option<Segment>) {
        let Some(carried) = self.carried.get_mut(index) else {
            return;
        };
        match segment {
            None => carried.read_out = true,
            Some(segment) => {
                carried.next = segment.head.seq.saturating_add(1);
                self.batch.add(segment);
            }
        }
    }

    /// How far the centre has them now. What it does not take (a fork that comes to light, a writer that was revoked) is its own
    /// to tell; nothing is tried again before the next exchange. What the centre signed for is given back: their writer may hear it from
    /// here sooner than from the centre.
    pub(super) fn carried_over(&mut self, answer: &LogAnswer) -> Option<LogAnswer> {
        let carried = self
            .carried
            .iter_mut()
            .find(|carried| carried.log == answer.log)?;
        if answer.stopped.is_some() || answer.seq <= carried.at_centre {
            carried.stopped = true;
            tracing::warn!(log = %carried.log.desk_id(), "records of another desk are lacking there and not taken");
            return None;
        }
        self.report.carried += answer.seq - carried.at_centre;
        carried.at_centre = answer.seq;
        (self.options.peer == Peer::Centre).then(|| answer.clone())
    }
}
