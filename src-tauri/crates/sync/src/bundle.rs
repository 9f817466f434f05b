// SPDX-License-Identifier: EUPL-1.2
//! Taking in a bundle: what an exchange would have brought, out of a file. Nothing in it is newer than the file, so nothing
//! it does not say, or says less of, takes anything back: what the centre acknowledged stays acknowledged.

use crate::exchange::{LogTrouble, Trouble};
use crate::intake::Intake;
use crate::local::{DirectoryNews, Identity, LocalLogs, Snapshot};
use crate::settle;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::VerifiedSegment;
use sportello_protocol::bundle::{BundleError, Next, Opening, Reader};
use sportello_protocol::wire::{LogName, RefusedRecord, Segment};
use std::io::Read;

/// Segments are applied together until they weigh so much, bytes.
const PORTION: usize = 2 << 20;

/// Why a bundle was not taken in to its end. What was taken in before stays.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The desk's own file could not do a step.
    #[error("the desk's own file cannot go on")]
    Local(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl TakeError {
    fn local(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Local(Box::new(error))
    }
}

/// What came of taking a bundle in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The desk that made it; none for the centre.
    pub from: Option<DeskId>,
    /// When, by the clock of who made it, milliseconds since 1970.
    pub made_at: i64,
    /// Records of others that were new.
    pub received: u64,
    /// The desk's own records of which the bundle brought the centre's acknowledgement.
    pub acknowledged: u64,
    /// The desk's own records that the centre has not signed for, as far as is known now.
    pub waiting: u64,
    /// Own records that the centre keeps and does not accept.
    pub refused: Vec<RefusedRecord>,
    /// Logs that could not go on.
    pub troubles: Vec<LogTrouble>,
    /// Certificates that the office's key did not sign.
    pub bad_certificates: u32,
    /// Certificates changed.
    pub directory_changed: bool,
    /// Parts that this desk may not read.
    pub others: u64,
    /// Parts that were damaged.
    pub damaged: u64,
    /// Nothing is missing of what this desk may read.
    pub whole: bool,
}

/// Takes a bundle in. `tell` hears how many bytes were read.
pub fn take<L: LocalLogs, R: Read>(
    local: &L,
    identity: &Identity,
    bundle: &mut Reader<R>,
    opening: &Opening,
    tell: &mut dyn FnMut(u64),
) -> Result<Taken, TakeError> {
    let snapshot = local.snapshot().map_err(TakeError::local)?;
    let intake = Intake::new(identity, &snapshot);
    let mut intake = match opening.desk() {
        Some(_) => intake.brought_by_a_desk(),
        None => intake,
    };
    let mut taken = Taken {
        from: opening.desk(),
        made_at: opening.presence.now,
        ..Taken::default()
    };
    learn(local, &mut intake, opening, &snapshot, &mut taken)?;
    acknowledge(local, identity, opening, &snapshot, &mut taken)?;
    let mut came_back = false;
    let (mut portion, mut weight) = (Vec::new(), 0);
    loop {
        match bundle.next()? {
            Next::Segment(segment) => {
                weight += segment.weight();
                let own = own_seq(&snapshot, identity, &segment.log);
                if intake.adds_nothing(&segment) {
                    match parted(local, &mut intake, *segment).map_err(TakeError::local)? {
                        Ok(branch) => portion.extend(branch),
                        Err(trouble) => taken.troubles.push(trouble),
                    }
                    tell(bundle.position());
                    continue;
                }
                if opening.desk().is_some() && intake.is_late(&segment) {
                    let log = segment.log.clone();
                    local.set_aside(vec![*segment]).map_err(TakeError::local)?;
                    if intake.skipped.insert(log.clone()) {
                        let trouble = Trouble::Segment("late");
                        taken.troubles.push(LogTrouble { log, trouble });
                    }
                    tell(bundle.position());
                    continue;
                }
                let signed = segment.head.clone();
                match intake.take_in(*segment) {
                    Ok(None) => {}
                    Ok(Some(verified)) => {
                        // Signed with this desk's own key, and it has not written it: it came back from a backup.
                        if let Some(local) = own {
                            came_back = true;
                            taken.troubles.push(LogTrouble {
                                log: verified.log().clone(),
                                trouble: Trouble::OwnBehind {
                                    centre: verified.head().seq,
                                    local,
                                },
                            });
                        }
                        portion.push(verified);
                    }
                    Err(mut found) => {
                        if found.trouble == Trouble::Gap
                            && let (Some(local), Some(topic)) = (own, found.log.topic())
                            && signed
                                .verify_writer(
                                    identity.office,
                                    &intake.own_keys(identity),
                                    identity.desk,
                                    topic,
                                )
                                .is_ok()
                        {
                            found.trouble = Trouble::OwnBehind {
                                centre: signed.seq,
                                local,
                            };
                        }
                        taken.troubles.push(found);
                    }
                }
            }
            Next::Other => taken.others += 1,
            Next::Damaged => taken.damaged += 1,
            Next::End { whole } => {
                taken.whole = whole;
                break;
            }
        }
        if weight > PORTION {
            apply(local, &mut intake, std::mem::take(&mut portion), &mut taken)?;
            weight = 0;
        }
        tell(bundle.position());
    }
    apply(local, &mut intake, portion, &mut taken)?;
    if came_back {
        acknowledge_what_came_back(local, identity, opening, &mut taken)?;
    }
    tell(bundle.position());
    tracing::info!(
        received = taken.received,
        acknowledged = taken.acknowledged,
        troubles = taken.troubles.len(),
        damaged = taken.damaged,
        whole = taken.whole,
        "bundle taken in"
    );
    Ok(taken)
}

/// What is no longer than what is here may still be something else: another branch of the log, which a cloned disk or a restored
/// backup wrote. It is given back, to be kept apart.
pub(crate) fn parted<L: LocalLogs>(
    local: &L,
    intake: &mut Intake,
    segment: Segment,
) -> Result<Result<Option<VerifiedSegment>, LogTrouble>, L::Error> {
    let link = |seq| local.link_of(&segment.log, seq);
    // What was taken in of this file and waits to be written is not to be found there, and was compared when it was taken in.
    if link(segment.head.seq)?.is_none_or(|here| here == segment.head.link()) {
        return Ok(Ok(None));
    }
    let before = link(segment.from - 1)?;
    Ok(intake.part(segment, before).map(Some))
}

/// How far this desk has written a log; none for logs of others.
pub(crate) fn own_seq(snapshot: &Snapshot, identity: &Identity, log: &LogName) -> Option<u64> {
    let own = |topic: Topic| {
        snapshot
            .own
            .iter()
            .find(|own| own.topic == topic)
            .map_or(0, |own| own.seq)
    };
    (log.desk_id() == identity.desk).then(|| log.topic().map_or(0, own))
}

fn apply<L: LocalLogs>(
    local: &L,
    intake: &mut Intake,
    portion: Vec<VerifiedSegment>,
    taken: &mut Taken,
) -> Result<(), TakeError> {
    if portion.is_empty() {
        return Ok(());
    }
    let applied = local.apply(portion).map_err(TakeError::local)?;
    taken.received += applied.records;
    for (log, code) in applied.stopped {
        intake.skipped.insert(log.clone());
        taken.troubles.push(LogTrouble {
            log,
            trouble: Trouble::NotApplied(code),
        });
    }
    Ok(())
}

/// Certificates are the office's word, whoever carries them. When the desks were last heard of, and which version of the
/// directory this is, is the centre's: a desk's word for it does not count.
fn learn<L: LocalLogs>(
    local: &L,
    intake: &mut Intake,
    opening: &Opening,
    snapshot: &Snapshot,
    taken: &mut Taken,
) -> Result<(), TakeError> {
    let directory = &opening.directory;
    let met = intake.meet(directory.certificates.clone());
    taken.bad_certificates = met.bad;
    taken.directory_changed = !met.fresh.is_empty();
    let centre_says = opening.desk().is_none();
    let newer = centre_says
        && snapshot
            .centre_now
            .is_none_or(|known| opening.presence.now > known);
    let reached = centre_says && met.bad == 0 && directory.version > snapshot.directory;
    if met.fresh.is_empty() && !newer && !reached {
        return Ok(());
    }
    let news = DirectoryNews {
        version: if reached {
            directory.version
        } else {
            snapshot.directory
        },
        certificates: met.fresh,
        presences: if newer {
            directory.presences.clone()
        } else {
            Vec::new()
        },
        centre_now: newer.then_some(opening.presence.now),
    };
    local.learn(&news).map_err(TakeError::local)
}

/// Own records that were not here when the bundle was opened, and are now: the centre keeps them, or it could not have given them.
fn acknowledge_what_came_back<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    opening: &Opening,
    taken: &mut Taken,
) -> Result<(), TakeError> {
    // What could not go on was told when the bundle was opened.
    let settled = settle::settle(local, identity, &opening.kept).map_err(TakeError::local)?;
    taken.acknowledged += settled.records;
    Ok(())
}

/// What the centre says that it keeps of this desk's logs, and what it does not accept.
fn acknowledge<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    opening: &Opening,
    snapshot: &Snapshot,
    taken: &mut Taken,
) -> Result<(), TakeError> {
    let mine = |log: &LogName| log.desk_id() == identity.desk;
    let settled = settle::verify(local, identity, &snapshot.own, &opening.kept).map_err(TakeError::local)?;
    taken.acknowledged = settled.records;
    taken.troubles.extend(settled.troubles);
    // Why the centre takes no more stands beside its signature and not under it: only its own bundle is believed.
    if opening.desk().is_none() {
        let stopped = opening.kept.iter().filter(|answer| mine(&answer.log));
        taken.troubles.extend(stopped.filter_map(|answer| {
            Some(LogTrouble {
                log: answer.log.clone(),
                trouble: Trouble::Stopped(answer.stopped.clone()?),
            })
        }));
    }
    if opening.desk().is_none() {
        taken.refused = opening
            .refused
            .iter()
            .filter(|record| mine(&record.log))
            .cloned()
            .collect();
    }
    let written: u64 = snapshot
        .own
        .iter()
        .map(|own| own.seq.saturating_sub(own.acknowledged))
        .sum();
    taken.waiting = written.saturating_sub(taken.acknowledged);
    if settled.logs.is_empty() && taken.refused.is_empty() {
        return Ok(());
    }
    local
        .acknowledge(&settled.logs, &taken.refused)
        .map_err(TakeError::local)
}
