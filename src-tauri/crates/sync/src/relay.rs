// SPDX-License-Identifier: EUPL-1.2
//! The other side of an exchange, for a desk that serves as relay for its seat: it takes what a desk hands over as any reader would,
//! through the same door, and gives what the asking desk may read. It keeps no topic that it may not read itself: nobody hands it any.
//!
//! How far it has the asking desk's own logs it shows by heads that this very desk signed. It signs nothing: its word counts for nothing.

use crate::bundle::{own_seq, parted};
use crate::exchange::{LogTrouble, Trouble};
use crate::intake::Intake;
use crate::local::{Identity, LocalLogs, Snapshot};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::segment::MAX_SEGMENT;
use sportello_protocol::wire::{
    Directory, Have, LogAnswer, LogName, Pull, PullAnswer, Push, PushAnswer, Segment,
};
use sportello_protocol::{Certificate, VerifiedSegment};
use std::collections::HashMap;

/// What is asked for at once is held between these, bytes.
const BUDGET: std::ops::RangeInclusive<usize> = (64 << 10)..=(8 << 20);

/// What came of a push.
#[derive(Debug)]
pub struct Took {
    /// The answer.
    pub answer: PushAnswer,
    /// Records that were new here.
    pub received: u64,
    /// What was found of the relay's own logs: somebody has what this desk signed and has not.
    pub troubles: Vec<LogTrouble>,
}

/// Takes in a push. Its sender is known; each segment is judged by its own writer's key and rights. `reads`: what the relay itself
/// may read. `now` is its clock.
pub fn take<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    reads: &[Topic],
    push: Push,
    now: i64,
) -> Result<Took, L::Error> {
    let snapshot = local.snapshot()?;
    let mut taking = Taking {
        local,
        identity,
        reads,
        intake: Intake::new(identity, &snapshot).brought_by_a_desk(),
        snapshot: &snapshot,
        stopped: HashMap::new(),
        received: 0,
        troubles: Vec::new(),
    };
    let mut logs = Vec::with_capacity(push.segments.len());
    for segment in push.segments {
        let log = segment.log.clone();
        if !taking.stopped.contains_key(&log)
            && let Some(code) = taking.take(segment)?
        {
            taking.stopped.insert(log.clone(), code);
        }
        logs.push(log);
    }
    let answers = logs
        .into_iter()
        .map(|log| {
            let stopped = taking.stopped.get(&log).cloned();
            answer_for(local, log, stopped)
        })
        .collect::<Result<_, _>>()?;
    Ok(Took {
        answer: PushAnswer {
            now,
            logs: answers,
            refused: Vec::new(),
        },
        received: taking.received,
        troubles: taking.troubles,
    })
}

struct Taking<'a, L> {
    local: &'a L,
    identity: &'a Identity,
    reads: &'a [Topic],
    intake: Intake,
    snapshot: &'a Snapshot,
    stopped: HashMap<LogName, String>,
    received: u64,
    troubles: Vec<LogTrouble>,
}

impl<L: LocalLogs> Taking<'_, L> {
    /// Takes one segment in; why no more of its log was taken, if so.
    fn take(&mut self, segment: Segment) -> Result<Option<String>, L::Error> {
        let log = segment.log.clone();
        // What it may not read itself is not for it to keep, however it came here.
        if !log.topic().is_some_and(|topic| self.reads.contains(&topic)) {
            return Ok(Some("topic".into()));
        }
        let writer = self.intake.writer(log.desk_id());
        if writer.is_some_and(|writer| writer.revoked) {
            if self.intake.is_late(&segment) {
                self.local.set_aside(vec![segment])?;
            }
            return Ok(Some("revoked".into()));
        }
        if self.intake.adds_nothing(&segment) {
            self.keep_head(&segment)?;
            return match parted(self.local, &mut self.intake, segment)? {
                Ok(None) => Ok(None),
                Ok(Some(branch)) => {
                    self.apply(branch)?;
                    Ok(Some("fork".into()))
                }
                Err(found) => Ok(Some(found.trouble.code().to_owned())),
            };
        }
        match self.intake.take_in(segment) {
            Ok(None) => Ok(None),
            Ok(Some(verified)) => {
                // Signed with this desk's own key, and it has not written it: it came back from a backup.
                if let Some(local) = own_seq(self.snapshot, self.identity, &log) {
                    let centre = verified.head().seq;
                    self.troubles.push(LogTrouble {
                        log,
                        trouble: Trouble::OwnBehind { centre, local },
                    });
                }
                self.apply(verified)
            }
            Err(found) => Ok(Some(found.trouble.code().to_owned())),
        }
    }

    /// A head further on than the one that is kept: without it nothing of the log can be handed on, and it is not shown to its writer
    /// that it is here. So it goes after the writer changed its key, which took the earlier heads with it.
    fn keep_head(&self, segment: &Segment) -> Result<(), L::Error> {
        let kept = self.local.signed_head(&segment.log)?.map_or(0, |head| head.seq);
        if kept >= segment.head.seq || segment.from == 0 {
            return Ok(());
        }
        if let Some(before) = self.local.link_of(&segment.log, segment.from - 1)?
            && self.local.link_of(&segment.log, segment.head.seq)? == Some(segment.head.link())
            && let Some(verified) = self.intake.again(segment.clone(), before)
        {
            self.local.apply(vec![verified])?;
        }
        Ok(())
    }

    fn apply(&mut self, segment: VerifiedSegment) -> Result<Option<String>, L::Error> {
        let applied = self.local.apply(vec![segment])?;
        self.received += applied.records;
        let stopped = applied.stopped.into_iter().next();
        Ok(stopped.map(|(log, code)| {
            self.intake.skipped.insert(log);
            code
        }))
    }
}

/// How far the relay has a log of another desk, shown by what its writer signed.
fn answer_for<L: LocalLogs>(local: &L, log: LogName, stopped: Option<String>) -> Result<LogAnswer, L::Error> {
    let kept = local.signed_head(&log)?;
    Ok(LogAnswer {
        seq: kept.as_ref().map_or(0, |head| head.seq),
        log,
        kept,
        stopped,
    })
}

/// What else a relay says in answer to a pull.
#[derive(Debug)]
pub struct Beside {
    /// The certificates that it knows.
    pub directory: Directory,
    /// What the centre signed of the asking desk's logs, when the relay handed them on.
    pub vouched: Vec<LogAnswer>,
    /// Its clock.
    pub now: i64,
}

/// Answers a pull of the desk with this certificate. `reads`: what the relay itself may read.
pub fn give<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    reads: &[Topic],
    asking: &Certificate,
    pull: &Pull,
    beside: Beside,
) -> Result<PullAnswer, L::Error> {
    let snapshot = local.snapshot()?;
    let named: HashMap<&LogName, u64> = pull.have.iter().map(|have| (&have.log, have.seq)).collect();
    let both = |topic: Topic| reads.contains(&topic) && asking.may_read(topic);
    let mut logs: Vec<(&LogName, Topic, u64)> = snapshot
        .have
        .iter()
        .filter_map(|have| Some((&have.log, have.log.topic()?, have.seq)))
        .filter(|(_, topic, _)| both(*topic))
        .collect();
    // What the whole office goes by comes before what builds on it.
    logs.sort_by_key(|(log, topic, _)| (*topic, log.desk));
    let mut budget = usize::try_from(pull.budget)
        .unwrap_or(usize::MAX)
        .clamp(*BUDGET.start(), *BUDGET.end());
    let (mut segments, mut remaining) = (Vec::new(), 0_u64);
    for (log, topic, seq) in logs {
        let own = log.desk_id() == identity.desk;
        // Records without their writer's signature cannot be handed on.
        let end = if own {
            seq
        } else {
            local.signed_head(log)?.map_or(0, |head| head.seq)
        };
        let mut at = named.get(log).copied().unwrap_or(0);
        while budget > 0 && at < end {
            let found = if own {
                own_segment(local, identity, topic, at + 1, budget)?
            } else {
                local.carry(log, at + 1, budget)?
            };
            let Some(segment) = found else { break };
            at = segment.head.seq;
            budget = budget.saturating_sub(segment.weight().max(1));
            segments.push(segment);
        }
        remaining += end.saturating_sub(at);
    }
    Ok(PullAnswer {
        aside: None,
        now: beside.now,
        segments,
        remaining,
        own: lacking(local, identity, reads, asking, &snapshot, &pull.have)?,
        directory: Some(beside.directory),
        vouched: (!beside.vouched.is_empty()).then_some(beside.vouched),
    })
}

fn own_segment<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    topic: Topic,
    from: u64,
    budget: usize,
) -> Result<Option<Segment>, L::Error> {
    let page = local.read_own(topic, from, budget.min(MAX_SEGMENT / 2), usize::MAX)?;
    if page.records.is_empty() {
        return Ok(None);
    }
    let log = LogName::new(identity.desk, topic);
    Ok(Some(Segment::sign(
        &identity.key,
        identity.office,
        log,
        topic,
        from,
        page.records,
        page.link,
    )))
}

/// How far the relay has the asking desk's own logs, and those of others that this desk has further: it would take more of them.
fn lacking<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    reads: &[Topic],
    asking: &Certificate,
    snapshot: &Snapshot,
    named: &[Have],
) -> Result<Vec<LogAnswer>, L::Error> {
    let here: HashMap<&LogName, u64> = snapshot.have.iter().map(|have| (&have.log, have.seq)).collect();
    let desk = asking.desk_id();
    let reads = |log: &LogName| log.topic().filter(|topic| reads.contains(topic));
    let mut answers = Vec::new();
    for log in here
        .keys()
        .filter(|log| log.desk_id() == desk && reads(log).is_some())
    {
        answers.push(answer_for(local, (*log).clone(), None)?);
    }
    let takes = |writer: DeskId| {
        let known = snapshot.keys.iter().find(|known| known.desk == writer);
        writer.0 == identity.office.0 || known.is_some_and(|known| !known.revoked)
    };
    for have in named {
        let (seq, writer) = (here.get(&have.log).copied().unwrap_or(0), have.log.desk_id());
        // A log that the desk passes over is said to be there to the end of all numbers.
        if have.seq == u64::MAX || have.seq <= seq || !reads(&have.log).is_some_and(|t| asking.may_read(t)) {
            continue;
        }
        if writer != desk && takes(writer) {
            answers.push(LogAnswer {
                log: have.log.clone(),
                seq,
                kept: None,
                stopped: None,
            });
        }
    }
    // Always the same order: nothing is to be learned from that of a table.
    answers.sort_by(|a, b| a.log.cmp(&b.log));
    Ok(answers)
}
