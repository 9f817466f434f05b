// SPDX-License-Identifier: EUPL-1.2
//! What may be done with a case.

use super::{
    Case, CaseAssigned, CaseCountersigned, CaseDecided, CaseDecision, CaseNoted, CaseReopened, CaseStanding,
    Matter,
};
use crate::context::Ctx;
use crate::entitlement::reason_given;
use crate::event::{Event, NewEvent};
use crate::ids::OperatorId;
use crate::meta::Topic;
use crate::office::{Operator, Role};
use crate::refusal::Rejection;

fn written(topic: Topic, matter: &Matter, event: impl Into<Event>) -> NewEvent {
    NewEvent::new(topic, matter.id(), event)
}

/// Gives a case to somebody who may decide it, or takes it back.
pub fn assign(topic: Topic, matter: &Matter, to: Option<&Operator>) -> Result<NewEvent, Rejection> {
    if let Some(operator) = to
        && (!operator.active || operator.role < Role::Supervisor)
    {
        return Err(Rejection::FieldInvalid { field: "assignee" });
    }
    let to: Option<OperatorId> = to.map(|operator| operator.id);
    let case = matter.clone();
    Ok(written(topic, matter, CaseAssigned { case, to }))
}

/// Writes something beside a case.
pub fn note(topic: Topic, matter: &Matter, text: &str) -> Result<NewEvent, Rejection> {
    let text = reason_given(text)?;
    let case = matter.clone();
    Ok(written(topic, matter, CaseNoted { case, text }))
}

/// Decides a case. One that was decided is reopened first: nobody decides over another's decision without saying so.
pub fn decide(
    topic: Topic,
    matter: &Matter,
    case: Option<&Case>,
    decision: CaseDecision,
    reason: &str,
) -> Result<NewEvent, Rejection> {
    let reason = reason_given(reason)?;
    let rules = matter.kind.rules();
    if rules.decisions.is_empty() {
        return Err(Rejection::DecidedElsewhere);
    }
    if !rules.decisions.contains(&decision) {
        return Err(Rejection::FieldInvalid { field: "decision" });
    }
    if case.is_some_and(|case| !case.decisions().is_empty()) {
        return Err(Rejection::AlreadyDecided);
    }
    let body = CaseDecided {
        case: matter.clone(),
        decision,
        reason,
        takes_two: matter.kind.takes_two(decision),
    };
    Ok(written(topic, matter, body))
}

/// Signs a decision that takes two people.
pub fn countersign(ctx: &Ctx, topic: Topic, matter: &Matter, case: &Case) -> Result<NewEvent, Rejection> {
    if case.standing() != CaseStanding::Awaiting {
        return Err(Rejection::NothingToSign);
    }
    if case.signatories().contains(&ctx.operator) {
        return Err(Rejection::SignedAlready);
    }
    let decision = case
        .decisions()
        .first()
        .map(|live| live.act.id)
        .ok_or(Rejection::NothingToSign)?;
    let body = CaseCountersigned {
        case: matter.clone(),
        decision,
    };
    Ok(written(topic, matter, body))
}

/// Opens a case again that was decided: also one that two people decided differently.
pub fn reopen(topic: Topic, matter: &Matter, case: &Case, reason: &str) -> Result<NewEvent, Rejection> {
    let reason = reason_given(reason)?;
    let over: Vec<_> = case.decisions().iter().map(|live| live.act.id).collect();
    if over.is_empty() {
        return Err(Rejection::NotDecided);
    }
    let body = CaseReopened {
        case: matter.clone(),
        over,
        reason,
    };
    Ok(written(topic, matter, body))
}
