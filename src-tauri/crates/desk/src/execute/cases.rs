// SPDX-License-Identifier: EUPL-1.2
//! What is done with cases: given to somebody, noted, decided, signed, opened again.

use super::{Act, Deed};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::outcome::Outcome;
use crate::session::Session;
use sportello_domain::command::Command;
use sportello_domain::event::NewEvent;
use sportello_domain::exceptions::{self, Case, CaseAbout, CaseDraft, Matter};
use sportello_domain::ids::{CaseId, CommandId, OperatorId};
use sportello_domain::meta::Topic;
use sportello_domain::office::Operator;
use sportello_domain::refusal::Rejection;
use sportello_store::Reads;
use sportello_store::queries::Looking;
use std::collections::BTreeMap;

/// So many cases can be decided at once.
const MOST: usize = 500;

/// Unfinished decisions, by who wrote them and the case. They are this desk's own.
const DRAFTS: &str = "case_drafts";
/// So many are kept; whoever leaves more of them unfinished loses the first.
const MOST_DRAFTS: usize = 200;

type Drafts = BTreeMap<String, CaseDraft>;

fn key(operator: OperatorId, case: CaseId) -> String {
    format!("{operator} {case}")
}

/// What somebody left unfinished of a case.
pub(crate) fn draft(
    reads: &Reads<'_>,
    operator: OperatorId,
    case: CaseId,
) -> Result<Option<CaseDraft>, DeskError> {
    let drafts: Drafts = reads.get_meta(DRAFTS)?.unwrap_or_default();
    Ok(drafts.get(&key(operator, case)).cloned())
}

/// Keeps what somebody has entered so far, or lets go of it.
pub(super) fn keep_draft(
    desk: &Desk,
    session: &Session,
    id: CommandId,
    case: CaseId,
    draft: Option<&CaseDraft>,
) -> Result<Outcome, DeskError> {
    desk.store().write(|tx| {
        let mut drafts: Drafts = tx.get_meta(DRAFTS)?.unwrap_or_default();
        let key = key(session.operator(), case);
        match draft {
            Some(draft) => {
                drafts.insert(key, draft.clone());
                while drafts.len() > MOST_DRAFTS {
                    drafts.pop_first();
                }
            }
            None => {
                drafts.remove(&key);
            }
        }
        tx.set_meta(DRAFTS, &drafts)
    })?;
    Ok(Outcome {
        command: id,
        subject: Some(case.into()),
        changed: Vec::new(),
        delivery: None,
        import: None,
        undo: None,
        forced: false,
        repeated: false,
    })
}

/// A case with what is needed to write about it.
struct Known {
    topic: Topic,
    matter: Matter,
    case: Option<Case>,
}

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::AssignCases { cases, to } => {
            let to: Option<Operator> = to.map(|id| act.need(id, "operator")).transpose()?;
            let known = known(act, cases)?;
            let before = known
                .iter()
                .map(|known| known.case.as_ref().and_then(Case::assignee))
                .collect::<Vec<Option<OperatorId>>>();
            let deed = each(&known, |known| {
                exceptions::assign(known.topic, &known.matter, to.as_ref())
            })?;
            // Taken back as they were, where they were all with the same person.
            let same = before
                .first()
                .copied()
                .filter(|first| before.iter().all(|one| one == first));
            Ok(match same {
                Some(to) => deed.undone_by(Command::AssignCases {
                    cases: cases.clone(),
                    to,
                }),
                None => deed,
            })
        }
        Command::NoteCase { case, text } => each(&known(act, &[*case])?, |known| {
            exceptions::note(known.topic, &known.matter, text)
        }),
        Command::DecideCases {
            cases,
            decision,
            reason,
        } => {
            let deed = each(&known(act, cases)?, |known| {
                exceptions::decide(known.topic, &known.matter, known.case.as_ref(), *decision, reason)
            })?;
            let mut drafts: Drafts = act.tx.get_meta(DRAFTS)?.unwrap_or_default();
            let before = drafts.len();
            for case in cases {
                drafts.remove(&key(act.ctx.operator, *case));
            }
            if drafts.len() != before {
                act.tx.set_meta(DRAFTS, &drafts)?;
            }
            Ok(deed)
        }
        Command::CountersignCase { case } => {
            let ctx = act.ctx;
            each(&known(act, &[*case])?, |known| {
                let case = known.case.as_ref().ok_or(Rejection::NothingToSign)?;
                exceptions::countersign(&ctx, known.topic, &known.matter, case)
            })
        }
        Command::ReopenCase { case, reason } => each(&known(act, &[*case])?, |known| {
            let case = known.case.as_ref().ok_or(Rejection::NotDecided)?;
            exceptions::reopen(known.topic, &known.matter, case, reason)
        }),
        _ => Ok(Deed::default()),
    }
}

fn each(cases: &[Known], one: impl Fn(&Known) -> Result<NewEvent, Rejection>) -> Result<Deed, DeskError> {
    let events = cases.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(Deed {
        subject: events.first().map(|event| event.entity),
        events,
        ..Deed::default()
    })
}

/// The cases that are named: something was done with them before, or the records hold them.
fn known(act: &mut Act<'_, '_>, ids: &[CaseId]) -> Result<Vec<Known>, DeskError> {
    if ids.is_empty() || ids.len() > MOST {
        return Err(Rejection::FieldInvalid { field: "cases" }.into());
    }
    let mut found: Option<BTreeMap<CaseId, Matter>> = None;
    let mut cases = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        if ids[..at].contains(id) {
            continue;
        }
        let case = act.tx.state::<Case>(*id)?;
        let matter = if let Some(case) = &case {
            case.matter.clone()
        } else {
            if found.is_none() {
                let looking = looking(act);
                let all = act.tx.reads()?.find_cases(looking)?;
                found = Some(all.into_iter().map(|f| (f.matter.id(), f.matter)).collect());
            }
            let held = found.as_mut().and_then(|found| found.remove(id));
            held.ok_or(Rejection::NotFound { what: "case" })?
        };
        let topic = topic(act, &matter)?;
        cases.push(Known { topic, matter, case });
    }
    Ok(cases)
}

fn looking(act: &Act<'_, '_>) -> Looking {
    Looking {
        today: act.ctx.now.day(),
        whole: act.desk.supervises(),
    }
}

/// Where it is written: beside what it is about, so that whoever reads that reads what became of it; what is about no such thing,
/// among supervisors.
fn topic(act: &mut Act<'_, '_>, matter: &Matter) -> Result<Topic, DeskError> {
    match &matter.about {
        CaseAbout::Delivery { entitlement, .. } | CaseAbout::Entitlement { entitlement } => {
            return Ok(act.entitlement(*entitlement)?.0);
        }
        CaseAbout::Appointments { household, .. } => return act.household_topic(*household),
        CaseAbout::Households { first, second } => {
            act.not_erased(*first)?;
            act.not_erased(*second)?;
        }
        _ => {}
    }
    let beside = match matter.anchor() {
        Some(thing) => act.tx.topic_of(thing)?,
        None => None,
    };
    let topic = beside.unwrap_or(Topic::Supervisors);
    if !matches!(topic, Topic::Quartiere(_)) && !act.desk.supervises() {
        return Err(DeskError::plain("not_a_supervising_desk"));
    }
    Ok(topic)
}
