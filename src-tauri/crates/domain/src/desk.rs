// SPDX-License-Identifier: EUPL-1.2
//! What befalls desks themselves: one goes on under a new identity, and what was written under the old one is carried on; a dead
//! one is replaced, and what it wrote comes late (ADR 0014).

use crate::event::{Event, NewEvent};
use crate::ids::{DeskId, OperatorId};
use crate::meta::{EntityKind, EntityRef, EventMeta, Topic};
use crate::refusal::Rejection;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A record of another desk, carried on in the log of the desk that wrote this one, in the same topic and about the same thing.
///
/// It tells what the record within tells, as if it stood where it was written: by that desk, at that time, in that place of the
/// order. It counts once, however often and by whomever it is carried on. Only a desk that the office named as the author's
/// successor may write it, or one where supervisors sit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordAdopted {
    /// The desk that wrote the record.
    pub desk: DeskId,
    /// The link before it in the log where it stood, hexadecimal: with it the record's own link can be reckoned.
    pub before: String,
    /// The record's head, base64 (RFC 4648 §4).
    pub head: String,
    /// Its body, base64; none when it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Of an erased body: hash (32 bytes) and length (4 bytes, big-endian), hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<String>,
    /// What an order of erasure leaves of the record within: JSON of its kind and version, folded instead. In no sealed record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
}

/// Consecutive records of one log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LogStretch {
    /// The topic.
    pub topic: Topic,
    /// The first record.
    #[ts(type = "number")]
    pub first: u64,
    /// The last one.
    #[ts(type = "number")]
    pub last: u64,
}

impl LogStretch {
    /// How many records.
    pub fn records(&self) -> u64 {
        (self.last + 1).saturating_sub(self.first)
    }
}

/// The desk that writes this goes on with the file of a desk that was stopped: it concerns the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSucceeded {
    /// Why the old one was stopped: a code of the error catalogue.
    pub why: String,
    /// What it had written that the centre had not acknowledged: each stands adopted in the new desk's logs.
    pub carried: Vec<LogStretch>,
}

/// A supervisor decided what becomes of records that came late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateReviewed {
    /// Which records.
    pub records: LogStretch,
    /// The link after the last one, hexadecimal: another branch of the same log has another.
    pub link: String,
    /// They count: each stands adopted in the logs of the desk that wrote this. Otherwise they are kept out, as evidence only.
    pub accepted: bool,
    /// Why.
    pub reason: String,
}

/// The desk that writes this compared its clock with the centre's, and it was wrong, or right again: it concerns itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockCompared {
    /// How far it was ahead, milliseconds; behind when negative; 0 when it was right again.
    pub ahead: i64,
}

/// A desk's clock was wrong, or right again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ClockNotice {
    /// How far it was ahead of the centre's, milliseconds; behind when negative; 0 when it was right again.
    #[ts(type = "number")]
    pub ahead: i64,
    /// When, by that clock.
    pub at: Timestamp,
}

/// The old identity went on as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Succession {
    /// The new desk.
    pub by: DeskId,
    /// Why the old one was stopped: a code of the error catalogue.
    pub why: String,
    /// What was carried on.
    pub carried: Vec<LogStretch>,
    /// When.
    pub at: Timestamp,
    /// Who was at work.
    pub operator: OperatorId,
}

/// What was decided of records that came late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LateDecision {
    /// Which records.
    pub records: LogStretch,
    /// The link after the last one, hexadecimal.
    pub link: String,
    /// They count.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// What befell a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DeskStory {
    /// The desk.
    pub desk: DeskId,
    /// How it went on under other identities, oldest first. A cloned disk may go on as two.
    #[serde(default)]
    pub successions: Vec<Succession>,
    /// What was decided of records that came late, oldest first.
    #[serde(default)]
    pub decisions: Vec<LateDecision>,
    /// When its clock was found wrong, and right again, oldest first.
    #[serde(default)]
    pub clock: Vec<ClockNotice>,
}

impl DeskStory {
    /// The reference to the story of a desk. (A desk's own reference is to the stock that it holds.)
    pub fn of(desk: DeskId) -> EntityRef {
        EntityRef::new(EntityKind::DeskStory, desk.0)
    }

    /// Whether records that end with this link were decided.
    pub fn decided(&self, link: &str) -> bool {
        self.decisions.iter().any(|decision| decision.link == link)
    }
}

impl crate::state::Fold for DeskStory {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        let begun = |state: Option<Self>| {
            state.unwrap_or(Self {
                desk: DeskId(meta.entity.id),
                successions: Vec::new(),
                decisions: Vec::new(),
                clock: Vec::new(),
            })
        };
        match event {
            Event::DeskSucceeded(body) => {
                let mut story = begun(state);
                story.successions.push(Succession {
                    by: meta.desk,
                    why: body.why.clone(),
                    carried: body.carried.clone(),
                    at: meta.at,
                    operator: meta.actor,
                });
                Some(story)
            }
            Event::LateReviewed(body) => {
                let mut story = begun(state);
                // Two supervisors may decide at the same time. What one of them accepted counts, so both decisions stand here.
                let said = |d: &LateDecision| d.link == body.link && d.accepted == body.accepted;
                if !story.decisions.iter().any(said) {
                    story.decisions.push(LateDecision {
                        records: body.records.clone(),
                        link: body.link.clone(),
                        accepted: body.accepted,
                        reason: body.reason.clone(),
                        at: meta.at,
                        by: meta.actor,
                    });
                }
                Some(story)
            }
            Event::ClockCompared(body) => {
                let mut story = begun(state);
                story.clock.push(ClockNotice {
                    ahead: body.ahead,
                    at: meta.at,
                });
                Some(story)
            }
            _ => state,
        }
    }
}

/// Decides what becomes of records of `desk` that came late. `adopted` are the facts by which they count, when they are to.
pub fn review_late(
    desk: DeskId,
    story: Option<&DeskStory>,
    records: LogStretch,
    link: &str,
    adopted: Option<Vec<NewEvent>>,
    reason: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    let reason = crate::entitlement::reason_given(reason)?;
    if story.is_some_and(|story| story.decided(link)) {
        return Err(Rejection::AlreadyDecided);
    }
    let decision = LateReviewed {
        records,
        link: link.to_owned(),
        accepted: adopted.is_some(),
        reason,
    };
    let mut events = vec![NewEvent::new(Topic::Supervisors, DeskStory::of(desk), decision)];
    events.extend(adopted.unwrap_or_default());
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CommandId;
    use crate::state::Fold;
    use crate::time::Hlc;

    fn meta(desk: u128, entity: EntityRef) -> EventMeta {
        EventMeta {
            desk: DeskId(uuid::Uuid::from_u128(desk)),
            topic: Topic::Supervisors,
            seq: 1,
            hlc: Hlc::default(),
            at: Timestamp(5),
            entity,
            actor: OperatorId::default(),
            command: CommandId::default(),
        }
    }

    fn stretch() -> LogStretch {
        LogStretch {
            topic: Topic::Quartiere(1),
            first: 4,
            last: 6,
        }
    }

    #[test]
    fn records_that_came_late_are_decided_once_and_with_a_reason() {
        let old = DeskId(uuid::Uuid::from_u128(1));
        assert_eq!(stretch().records(), 3);
        assert_eq!(
            review_late(old, None, stretch(), "aa", None, " "),
            Err(Rejection::ReasonMissing)
        );
        let decided = review_late(old, None, stretch(), "aa", None, "Non è stato consegnato").unwrap();
        let story = DeskStory::fold(None, &meta(9, DeskStory::of(old)), &decided[0].event).unwrap();
        assert!(!story.decisions[0].accepted);
        assert_eq!(
            review_late(old, Some(&story), stretch(), "aa", Some(vec![]), "Ripensato"),
            Err(Rejection::AlreadyDecided)
        );
        let other = review_late(old, Some(&story), stretch(), "bb", Some(vec![]), "Verificato").unwrap();
        let story = DeskStory::fold(Some(story), &meta(9, DeskStory::of(old)), &other[0].event).unwrap();
        // Somebody else decided the same meanwhile, elsewhere.
        let story = DeskStory::fold(Some(story), &meta(8, DeskStory::of(old)), &decided[0].event).unwrap();
        assert_eq!(
            story.decisions.iter().map(|d| d.accepted).collect::<Vec<_>>(),
            [false, true]
        );
    }

    #[test]
    fn a_desk_may_go_on_as_two() {
        let old = DeskId(uuid::Uuid::from_u128(1));
        let went_on = Event::from(DeskSucceeded {
            why: "fork".into(),
            carried: vec![stretch()],
        });
        let mut story = None;
        for by in [2, 3] {
            story = DeskStory::fold(story, &meta(by, DeskStory::of(old)), &went_on);
        }
        let by: Vec<u128> = story
            .unwrap()
            .successions
            .iter()
            .map(|s| s.by.0.as_u128())
            .collect();
        assert_eq!(by, [2, 3]);
    }
}
