// SPDX-License-Identifier: EUPL-1.2
//! What the centre signed of the desk's own logs, when somebody else brings it: a stick, a relay. It is the centre's word, whoever
//! carries it, and it may be old: it never takes anything back.

use crate::exchange::{LogTrouble, Trouble};
use crate::local::{Acknowledged, Identity, LocalLogs, OwnLog};
use sportello_domain::meta::Topic;
use sportello_protocol::wire::LogAnswer;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Own records that are newly known to be at the centre.
    pub records: u64,
    /// How far, for each log.
    pub logs: Vec<Acknowledged>,
    /// Logs that could not go on.
    pub troubles: Vec<LogTrouble>,
}

/// Verifies what the centre signed of the desk's own logs, and remembers what is new.
pub fn settle<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    answers: &[LogAnswer],
) -> Result<Settled, L::Error> {
    let snapshot = local.snapshot()?;
    let settled = verify(local, identity, &snapshot.own, answers)?;
    if !settled.logs.is_empty() {
        local.acknowledge(&settled.logs, &[])?;
    }
    Ok(settled)
}

/// Verifies what the centre signed of the desk's own logs; answers for others' are passed over.
pub(crate) fn verify<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    own: &[OwnLog],
    answers: &[LogAnswer],
) -> Result<Settled, L::Error> {
    let mut settled = Settled::default();
    for answer in answers
        .iter()
        .filter(|answer| answer.log.desk_id() == identity.desk)
    {
        let Some(topic) = answer.log.topic() else { continue };
        match judge(local, identity, own, topic, answer)? {
            Ok(0) => {}
            Ok(new) => {
                settled.records += new;
                settled.logs.push(Acknowledged {
                    topic,
                    seq: answer.seq,
                    kept: answer.kept.clone(),
                });
            }
            Err(trouble) => settled.troubles.push(LogTrouble {
                log: answer.log.clone(),
                trouble,
            }),
        }
    }
    Ok(settled)
}

/// How many more records an answer acknowledges. One that is older than what is known says nothing.
fn judge<L: LocalLogs>(
    local: &L,
    identity: &Identity,
    own: &[OwnLog],
    topic: Topic,
    answer: &LogAnswer,
) -> Result<Result<u64, Trouble>, L::Error> {
    let Some(kept) = answer.kept.as_ref().filter(|_| answer.seq > 0) else {
        return Ok(Ok(0));
    };
    let signed = kept.seq == answer.seq
        && kept
            .verify_keeper(identity.office, &identity.office_key, identity.desk, topic)
            .is_ok();
    if !signed {
        return Ok(Err(Trouble::KeptSignature));
    }
    let own = own.iter().find(|own| own.topic == topic);
    let (seq, acknowledged) = own.map_or((0, 0), |own| (own.seq, own.acknowledged));
    if answer.seq > seq {
        return Ok(Err(Trouble::OwnBehind {
            centre: answer.seq,
            local: seq,
        }));
    }
    match local.own_link(topic, answer.seq)? {
        None => Ok(Err(Trouble::Unreadable)),
        Some(link) if link != kept.link() => Ok(Err(Trouble::Fork)),
        Some(_) => Ok(Ok(answer.seq.saturating_sub(acknowledged))),
    }
}
