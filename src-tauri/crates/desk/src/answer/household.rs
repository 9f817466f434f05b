// SPDX-License-Identifier: EUPL-1.2
//! All about one household, with everything that happened.

use super::{Ask, rows};
use crate::error::DeskError;
use crate::view::{HouseholdView, TimelineItem};
use sportello_domain::entitlement::Collector;
use sportello_domain::event::Event;
use sportello_domain::household::Household;
use sportello_domain::ids::HouseholdId;
use sportello_domain::meta::EntityRef;
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::Run;
use sportello_store::JournalEntry;
use std::cmp::Reverse;
use std::collections::HashMap;

pub(super) fn household(ask: &Ask<'_>, id: HouseholdId) -> Result<HouseholdView, DeskError> {
    let household: Household = ask.need(id, "household")?;
    let topic = ask
        .reads
        .topic_of(id)?
        .ok_or(Rejection::NotFound { what: "household" })?;
    let states = ask.reads.entitlements_of(id)?;
    let appointments = ask.reads.appointments_of(id)?;

    let cases = super::inbox::of_household(ask, id)?;
    let mut things: Vec<EntityRef> = vec![id.into()];
    things.extend(cases.iter().map(|case| EntityRef::from(case.id)));
    things.extend(states.iter().map(|e| EntityRef::from(e.id)));
    things.extend(appointments.iter().map(|a| EntityRef::from(a.id)));
    let acknowledged: HashMap<String, u64> = ask
        .reads
        .own_logs()?
        .into_iter()
        .map(|log| (log.log.topic.clone(), log.acknowledged.map_or(0, |a| a.seq)))
        .collect();
    let mut entries = Vec::new();
    for thing in things {
        entries.extend(ask.reads.story_of(thing)?);
    }
    entries.sort_by_key(|entry| Reverse(entry.meta.order()));
    let timeline = entries
        .iter()
        .filter_map(|entry| item(ask, entry, &acknowledged).transpose())
        .collect::<Result<_, _>>()?;

    let mut entitlements = states
        .into_iter()
        .map(|e| rows::entitlement(ask, e))
        .collect::<Result<Vec<_>, _>>()?;
    entitlements.sort_by_key(|e| Reverse(e.campaign.from));
    let mut appointments = appointments
        .iter()
        .map(|a| rows::appointment(ask, a))
        .collect::<Result<Vec<_>, _>>()?;
    appointments.sort_by_key(|a| Reverse(a.start));
    Ok(HouseholdView {
        household,
        topic,
        entitlements,
        cases,
        appointments,
        timeline,
    })
}

fn item(
    ask: &Ask<'_>,
    entry: &JournalEntry,
    acknowledged: &HashMap<String, u64>,
) -> Result<Option<TimelineItem>, DeskError> {
    // An erased fact is not told; the chain still knows that there was one.
    let Some(event) = &entry.event else {
        return Ok(None);
    };
    let meta = &entry.meta;
    let mine = meta.desk == ask.desk.id();
    let kept = acknowledged.get(&meta.topic.to_string()).copied().unwrap_or(0);
    Ok(Some(TimelineItem {
        at: meta.at,
        kind: event.kind().to_owned(),
        operator: ask.operator_name(meta.actor)?,
        desk: ask.directory.name(meta.desk),
        detail: detail(ask, event),
        waiting: mine && meta.seq > kept,
    }))
}

/// What of a fact is worth a line: amounts, serials, reasons, times. What kind of fact it is, the page says.
fn detail(ask: &Ask<'_>, event: &Event) -> String {
    match event {
        Event::EntitlementGranted(b) => with(&b.amount.to_string(), &b.source.reason),
        Event::EntitlementRevised(b) => with(&b.amount.to_string(), &b.source.reason),
        Event::EntitlementRevoked(b) => b.reason.clone(),
        Event::CustodyRequested(b) => with(&ask.directory.name(b.to).name, &b.reason),
        Event::CustodyReleased(b) => ask.directory.name(b.to).name,
        Event::CustodySlipIssued(b) => ask.directory.name(b.to).name,
        Event::CustodyAccepted(b) => ask.directory.name(b.from).name,
        Event::CustodyRelieved(b) => {
            let (from, to) = (ask.directory.name(b.from).name, ask.directory.name(b.to).name);
            with(&format!("{from} → {to}"), &b.reason)
        }
        Event::DeliveryConfirmed(b) => {
            let who = match &b.collector {
                Collector::Delegate { name, .. } => name.as_str(),
                Collector::Member { .. } => "",
            };
            let text = with(&format!("{} · {}", b.amount, serials(&b.runs)), who);
            with(
                &text,
                b.forced.as_deref().or(b.partial.as_deref()).unwrap_or_default(),
            )
        }
        Event::DeliveryRefused(b) => b.note.clone(),
        Event::DeliveryReversed(b) => b.reason.clone(),
        Event::CaseDecided(b) => b.reason.clone(),
        Event::CaseReopened(b) => b.reason.clone(),
        Event::CaseNoted(b) => b.text.clone(),
        Event::AppointmentBooked(b) => with(
            &b.start.format("%d/%m/%Y %H:%M").to_string(),
            b.overbooked.as_deref().unwrap_or(""),
        ),
        Event::AppointmentMoved(b) => with(
            &b.start.format("%d/%m/%Y %H:%M").to_string(),
            b.overbooked.as_deref().unwrap_or(""),
        ),
        Event::AppointmentCancelled(b) => b.reason.clone(),
        Event::AppointmentParked(b) => b.reason.clone(),
        Event::HouseholdNoted(b) => b.text.clone(),
        _ => String::new(),
    }
}

fn with(text: &str, more: &str) -> String {
    if more.trim().is_empty() {
        text.to_owned()
    } else {
        format!("{text} · {}", more.trim())
    }
}

pub(super) fn serials(runs: &[Run]) -> String {
    let one = |run: &Run| {
        if run.first == run.last {
            run.first_serial()
        } else {
            format!("{}–{}", run.first_serial(), run.last_serial())
        }
    };
    runs.iter().map(one).collect::<Vec<_>>().join(", ")
}
