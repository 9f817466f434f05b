// SPDX-License-Identifier: EUPL-1.2
//! What came late or is another branch of a log: what it says, whether it counts, and what was decided.

use super::Ask;
use crate::error::DeskError;
use crate::view::{LateAct, LateRow, LateState, LateView};
use sportello_domain::desk::DeskStory;
use sportello_domain::entitlement::{Entitlement, EntitlementStatus};
use sportello_domain::event::Event;
use sportello_domain::household::Household;
use sportello_domain::ids::{DeskId, EntitlementId, HouseholdId};
use sportello_domain::meta::{EntityKind, EventMeta};
use sportello_protocol::{Head, adopted};
use sportello_store::aside::Aside;

/// So many acts of each are shown.
const ACTS: usize = 200;

pub(super) fn late(ask: &Ask<'_>) -> Result<LateView, DeskError> {
    let mut rows = Vec::new();
    for aside in ask.reads.asides()? {
        rows.push(row(ask, aside)?);
    }
    rows.sort_by_key(|row| (row.state != LateState::Open, std::cmp::Reverse(row.at)));
    Ok(LateView { rows })
}

fn row(ask: &Ask<'_>, aside: Aside) -> Result<LateRow, DeskError> {
    let records = ask.reads.aside_records(&aside)?;
    let (mut acts, mut counted) = (Vec::new(), 0);
    for found in &records {
        let Ok(head) = Head::from_bytes(&found.record.head) else {
            continue;
        };
        let Ok(meta) = head.meta(aside.desk, aside.topic) else {
            continue;
        };
        counted += usize::from(ask.reads.counts(meta.entity, found.link)?);
        if acts.len() < ACTS {
            let told = adopted::read(&head, &found.record, aside.desk, aside.topic).ok();
            let event = told.as_ref().and_then(|told| told.event.as_ref());
            acts.push(act(ask, &meta, &head.kind, event)?);
        }
    }
    let story = ask.reads.state::<DeskStory>(aside.desk)?;
    let decision = story.and_then(|story| {
        let mut of_this = story.decisions.into_iter().filter(|d| d.link == aside.link);
        let first = of_this.next()?;
        // What one accepted counts, whatever another decided at the same time.
        Some(of_this.find(|d| d.accepted).unwrap_or(first))
    });
    let whole = !records.is_empty() && records.len() as u64 == aside.last + 1 - aside.first;
    let state = match &decision {
        Some(decision) if decision.accepted => LateState::Accepted,
        _ if whole && counted == records.len() => LateState::Counted,
        Some(_) => LateState::KeptOut,
        None if !whole => LateState::Unverified,
        None => LateState::Open,
    };
    Ok(LateRow {
        desk: ask.directory.name(aside.desk),
        topic: aside.topic,
        first: aside.first,
        last: aside.last,
        branch: !aside.continues,
        at: aside.at,
        state,
        acts,
        decision,
        id: aside.link,
    })
}

fn act(ask: &Ask<'_>, meta: &EventMeta, kind: &str, event: Option<&Event>) -> Result<LateAct, DeskError> {
    let entitlement = match meta.entity.kind {
        EntityKind::Entitlement => ask.reads.state::<Entitlement>(EntitlementId(meta.entity.id))?,
        _ => None,
    };
    let household = match (&entitlement, meta.entity.kind) {
        (Some(entitlement), _) => Some(entitlement.household),
        (None, EntityKind::Household) => Some(HouseholdId(meta.entity.id)),
        _ => None,
    };
    let name = match household {
        Some(id) => ask
            .reads
            .state::<Household>(id)?
            .map(|household| household.data.applicant_name()),
        None => None,
    };
    let amount = match event {
        Some(Event::DeliveryConfirmed(body)) => Some(body.amount),
        _ => None,
    };
    Ok(LateAct {
        at: meta.at,
        kind: kind.to_owned(),
        by: ask.operator_name(meta.actor)?,
        household,
        name: name.unwrap_or_default(),
        amount,
        served_otherwise: amount.is_some()
            && entitlement.is_some_and(|found| found.status() == EntitlementStatus::Served),
    })
}

/// The desk's name for what is told of it elsewhere.
pub(super) fn replaced_by(ask: &Ask<'_>, desk: DeskId) -> Vec<crate::view::DeskName> {
    let known = ask.directory.desk(desk);
    known
        .map(|desk| {
            desk.replaced_by
                .iter()
                .map(|id| ask.directory.name(*id))
                .collect()
        })
        .unwrap_or_default()
}
