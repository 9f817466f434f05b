// SPDX-License-Identifier: EUPL-1.2
//! Who may serve: asking for an entitlement, giving it away, and answering by itself to those who ask.

use super::{Act, Deed};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::slip::{self, Paper};
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::context::Ctx;
use sportello_domain::entitlement::{self, Carried, Entitlement, SlipRead};
use sportello_domain::event::NewEvent;
use sportello_domain::household::{Household, HouseholdCarried, HouseholdData};
use sportello_domain::ids::{CommandId, DeskId, EntitlementId, OperatorId};
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
        Command::HandOver { entitlement: id, to } => {
            let (topic, found) = act.entitlement(*id)?;
            known(act.desk, *to)?;
            let serving = act.desk.has_draft(act.tx, *id)?;
            let clock = act.tx.next_clock(act.ctx.now, *id)?;
            let events = entitlement::issue_slip(&act.ctx, topic, &found, *to, clock, serving)?;
            Ok(Deed::of(*id, events))
        }
        Command::AcceptSlip { entitlement, code } => accept(act, *entitlement, code),
        Command::RelieveCustody {
            entitlement: id,
            to,
            reason,
            checked,
        } => Ok(Deed::of(*id, relieve(act, *id, *to, reason, *checked)?)),
        Command::RelieveDesk {
            desk,
            to,
            reason,
            checked,
        } => {
            known_at_all(act.desk, *desk)?;
            let mut events = Vec::new();
            for id in act.tx.reads()?.custody_of(*desk)? {
                events.extend(relieve(act, id, *to, reason, *checked)?);
            }
            if events.is_empty() {
                return Err(Rejection::NotFound { what: "entitlement" }.into());
            }
            Ok(Deed {
                events,
                ..Deed::default()
            })
        }
        _ => Ok(Deed::default()),
    }
}

fn relieve(
    act: &mut Act<'_, '_>,
    id: EntitlementId,
    to: DeskId,
    reason: &str,
    checked: bool,
) -> Result<Vec<NewEvent>, DeskError> {
    let (topic, found) = act.entitlement(id)?;
    can_read(act.desk, to, topic)?;
    Ok(entitlement::relieve(topic, &found, to, reason, checked)?)
}

fn accept(act: &mut Act<'_, '_>, asked: Option<EntitlementId>, code: &str) -> Result<Deed, DeskError> {
    let paper = Paper::read(act.desk, asked, code)?;
    let (id, read) = (paper.entitlement(), paper.read_as());
    // What is written from now on stands after the release, in everybody's order.
    act.tx.saw(read.stamp.clock());
    if let Some(found) = act.tx.state::<Entitlement>(id)? {
        let topic = act.topic_of(id, "entitlement")?;
        return Ok(Deed::of(
            id,
            entitlement::accept_slip(&act.ctx, topic, &found, read)?,
        ));
    }
    let Paper::Scanned(content) = paper else {
        return Err(Rejection::SlipNeedsRecords.into());
    };
    carried(act, &content, read)
}

/// Accepts a slip of a household that this desk has no records of: with what the paper carries.
fn carried(act: &mut Act<'_, '_>, content: &slip::Content, read: SlipRead) -> Result<Deed, DeskError> {
    let topic: Topic = content.topic.parse().map_err(|_| Rejection::SlipWrong)?;
    act.need::<Campaign>(content.campaign, "campaign")?;
    let what = Carried {
        campaign: content.campaign,
        household: content.household,
        due: content.due,
    };
    let id = content.terms.entitlement;
    let mut events = Vec::with_capacity(2);
    act.not_erased(content.household)?;
    if act.tx.state::<Household>(content.household)?.is_none() {
        let data: HouseholdData = serde_json::from_slice(&content.data).map_err(|_| Rejection::SlipWrong)?;
        events.push(NewEvent::new(topic, content.household, HouseholdCarried { data }));
    }
    events.extend(entitlement::accept_carried(&act.ctx, topic, id, read, what)?);
    Ok(Deed::of(id, events))
}

/// A desk of the office that may still write.
fn known(desk: &Desk, id: DeskId) -> Result<(), DeskError> {
    match desk.directory().desk(id) {
        Some(row) if !row.revoked => Ok(()),
        _ => Err(Rejection::NotFound { what: "desk" }.into()),
    }
}

/// A desk of the office, revoked or not.
fn known_at_all(desk: &Desk, id: DeskId) -> Result<(), DeskError> {
    match desk.directory().desk(id) {
        Some(_) => Ok(()),
        None => Err(Rejection::NotFound { what: "desk" }.into()),
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
