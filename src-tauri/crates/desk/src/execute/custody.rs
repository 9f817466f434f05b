// SPDX-License-Identifier: EUPL-1.2
//! Who may serve: asking for an entitlement, giving it away, and answering by itself to those who ask.

use super::{Act, Deed};
use crate::desk::Desk;
use crate::error::DeskError;
use sportello_domain::command::Command;
use sportello_domain::context::Ctx;
use sportello_domain::entitlement;
use sportello_domain::ids::{CommandId, DeskId, OperatorId};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::office::Role;
use sportello_domain::refusal::Rejection;
use sportello_store::Author;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::RequestCustody {
            entitlement: id,
            to,
            reason,
        } => {
            let to = to.unwrap_or(act.ctx.desk);
            let (topic, found) = act.entitlement(*id)?;
            can_read(act.desk, to, topic)?;
            // Asking for what this very desk holds, on behalf of another, is giving it.
            let events = if found.custody.holder == act.ctx.desk && to != act.ctx.desk {
                let serving = act.desk.has_draft(act.tx, *id)?;
                entitlement::release_custody(&act.ctx, topic, &found, to, serving)?
            } else {
                entitlement::request_custody(topic, &found, to, reason)?
            };
            Ok(Deed::of(*id, events))
        }
        Command::ReleaseCustody { entitlement: id, to } => {
            let (topic, found) = act.entitlement(*id)?;
            can_read(act.desk, *to, topic)?;
            let serving = act.desk.has_draft(act.tx, *id)?;
            Ok(Deed::of(
                *id,
                entitlement::release_custody(&act.ctx, topic, &found, *to, serving)?,
            ))
        }
        _ => Ok(Deed::default()),
    }
}

/// A desk that cannot see a household cannot serve it.
fn can_read(desk: &Desk, to: DeskId, topic: Topic) -> Result<(), DeskError> {
    match desk.directory().desk(to) {
        None => Err(Rejection::NotFound { what: "desk" }.into()),
        Some(row) if row.revoked => Err(Rejection::NotFound { what: "desk" }.into()),
        Some(row) if !row.reads.contains(&topic) => Err(Rejection::DeskCannotRead { topic }.into()),
        Some(_) => Ok(()),
    }
}

/// Gives away what other desks ask this one for, unless the household is being served here. Done by itself after each
/// exchange, in nobody's name; returns what changed.
pub(crate) fn answer_requests(desk: &Desk) -> Result<Vec<EntityRef>, DeskError> {
    if desk.may_write().is_err()
        || desk
            .store()
            .read(|reads| reads.custody_asked_of(desk.id()))?
            .is_empty()
    {
        return Ok(Vec::new());
    }
    desk.store().write(|tx| {
        let now = desk.now();
        let ctx = Ctx {
            now,
            desk: desk.id(),
            site: desk.site(),
            operator: OperatorId::default(),
            role: Role::Operator,
        };
        let mut changed = Vec::new();
        for case in tx.reads()?.custody_asked_of(desk.id())? {
            let serving = desk.has_draft(tx, case.entitlement)?;
            let (Some(found), Some(topic)) = (tx.state(case.entitlement)?, tx.topic_of(case.entitlement)?)
            else {
                continue;
            };
            if can_read(desk, case.to, topic).is_err() {
                continue;
            }
            // What cannot be given now (being served) is asked again after the next exchange.
            let Ok(events) = entitlement::release_custody(&ctx, topic, &found, case.to, serving) else {
                continue;
            };
            let author = Author {
                actor: ctx.operator,
                command: desk.ports().id::<CommandId>(),
                now,
            };
            changed.extend(events.iter().map(|event| event.entity));
            tx.append(&author, &events, &mut || desk.ports().bytes())?;
        }
        Ok::<_, DeskError>(changed)
    })
}
