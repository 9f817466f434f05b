// SPDX-License-Identifier: EUPL-1.2
//! A case as what was done with it leaves it.

use super::{CaseDecision, Matter};
use crate::event::Event;
use crate::ids::{CaseId, CommandId, DeskId, OperatorId};
use crate::meta::EventMeta;
use crate::state::Fold;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Where a case stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum CaseStanding {
    /// Two supervisors who did not know of each other decided different things: both decisions stand, and neither holds.
    Contested,
    /// It was decided, and is open again.
    Reopened,
    /// Nobody has taken it up.
    Open,
    /// It was given to somebody.
    Assigned,
    /// It was decided, and a second person has to sign.
    Awaiting,
    /// It was decided.
    Decided,
}

impl CaseStanding {
    /// Whether anybody still has to do something.
    pub fn is_open(self) -> bool {
        self != Self::Decided
    }
}

/// What was done with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseDeed {
    /// It was given to somebody, or taken back.
    Assigned {
        /// To whom.
        to: Option<OperatorId>,
    },
    /// Something was written beside it.
    Noted {
        /// What.
        text: String,
    },
    /// It was decided.
    Decided {
        /// What.
        decision: CaseDecision,
        /// Why.
        reason: String,
        /// It counts once a second person has signed it.
        takes_two: bool,
    },
    /// A second person signed.
    Countersigned {
        /// The decision: the act with this identifier.
        decision: CommandId,
    },
    /// It was opened again.
    Reopened {
        /// The decisions that count no more.
        over: Vec<CommandId>,
        /// Why.
        reason: String,
    },
}

/// One thing that was done with a case, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseAct {
    /// The command by which it was done.
    pub id: CommandId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// At which desk.
    pub desk: DeskId,
    /// What.
    pub deed: CaseDeed,
}

/// A decision that no reopening has put an end to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveDecision<'a> {
    /// Its act.
    pub act: &'a CaseAct,
    /// What was decided.
    pub decision: CaseDecision,
    /// Why.
    pub reason: &'a str,
    /// It counts once a second person has signed it.
    pub takes_two: bool,
}

/// A case as what was done with it leaves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Case {
    /// Its identifier, which follows from what it is.
    pub id: CaseId,
    /// What it is.
    pub matter: Matter,
    /// All that was done with it, oldest first.
    pub acts: Vec<CaseAct>,
}

impl Case {
    /// To whom it was given last.
    pub fn assignee(&self) -> Option<OperatorId> {
        self.acts.iter().rev().find_map(|act| match act.deed {
            CaseDeed::Assigned { to } => Some(to),
            _ => None,
        })?
    }

    /// The decisions that count: those that no reopening names. More than one only where people did not know of each other.
    pub fn decisions(&self) -> Vec<LiveDecision<'_>> {
        let over: BTreeSet<CommandId> = self
            .acts
            .iter()
            .filter_map(|act| match &act.deed {
                CaseDeed::Reopened { over, .. } => Some(over),
                _ => None,
            })
            .flatten()
            .copied()
            .collect();
        self.acts
            .iter()
            .filter(|act| !over.contains(&act.id))
            .filter_map(|act| match &act.deed {
                CaseDeed::Decided {
                    decision,
                    reason,
                    takes_two,
                } => Some(LiveDecision {
                    act,
                    decision: *decision,
                    reason,
                    takes_two: *takes_two,
                }),
                _ => None,
            })
            .collect()
    }

    /// Who decided what counts, or signed it.
    pub fn signatories(&self) -> BTreeSet<OperatorId> {
        let decisions = self.decisions();
        let mut people: BTreeSet<OperatorId> = decisions.iter().map(|live| live.act.by).collect();
        people.extend(self.acts.iter().filter_map(|act| match act.deed {
            CaseDeed::Countersigned { decision } if decisions.iter().any(|live| live.act.id == decision) => {
                Some(act.by)
            }
            _ => None,
        }));
        people
    }

    /// Where it stands. It follows from what was done, not from the order in which it came.
    pub fn standing(&self) -> CaseStanding {
        let decisions = self.decisions();
        let Some(first) = decisions.first() else {
            let reopened = |act: &CaseAct| matches!(act.deed, CaseDeed::Reopened { .. });
            return if self.acts.iter().any(reopened) {
                CaseStanding::Reopened
            } else if self.assignee().is_some() {
                CaseStanding::Assigned
            } else {
                CaseStanding::Open
            };
        };
        if decisions.iter().any(|live| live.decision != first.decision) {
            return CaseStanding::Contested;
        }
        // Two people who decided the same without knowing of each other have signed it both.
        if decisions.iter().any(|live| live.takes_two) && self.signatories().len() < 2 {
            return CaseStanding::Awaiting;
        }
        CaseStanding::Decided
    }

    fn add(&mut self, meta: &EventMeta, deed: CaseDeed) {
        let act = CaseAct {
            id: meta.command,
            at: meta.at,
            by: meta.actor,
            desk: meta.desk,
            deed,
        };
        if !self.acts.contains(&act) {
            self.acts.push(act);
        }
    }
}

impl Fold for Case {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        let (matter, deed) = match event {
            Event::CaseAssigned(body) => (&body.case, CaseDeed::Assigned { to: body.to }),
            Event::CaseNoted(body) => (
                &body.case,
                CaseDeed::Noted {
                    text: body.text.clone(),
                },
            ),
            Event::CaseDecided(body) => (
                &body.case,
                CaseDeed::Decided {
                    decision: body.decision,
                    reason: body.reason.clone(),
                    takes_two: body.takes_two,
                },
            ),
            Event::CaseCountersigned(body) => (
                &body.case,
                CaseDeed::Countersigned {
                    decision: body.decision,
                },
            ),
            Event::CaseReopened(body) => (
                &body.case,
                CaseDeed::Reopened {
                    over: body.over.clone(),
                    reason: body.reason.clone(),
                },
            ),
            _ => return state,
        };
        let id = CaseId(meta.entity.id);
        // What a record says that it is about, and what it stands under, may differ only where somebody made it by hand.
        if matter.id() != id {
            return state;
        }
        let mut case = state.unwrap_or_else(|| Self {
            id,
            matter: matter.clone(),
            acts: Vec::new(),
        });
        case.add(meta, deed);
        Some(case)
    }
}
