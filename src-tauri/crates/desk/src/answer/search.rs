// SPDX-License-Identifier: EUPL-1.2
//! What was typed or scanned, found.

use super::Ask;
use crate::error::DeskError;
use crate::view::{SearchHit, SearchView, Understood};
use sportello_domain::appointment::SlipCode;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::household::{Address, Household, NumberColour};
use sportello_domain::ids::AppointmentId;
use sportello_domain::scan::{self, Scan};
use sportello_store::search::{HouseholdHit, Matched, SearchHit as Found};

pub(super) fn search(ask: &Ask<'_>, text: &str, limit: Option<u32>) -> Result<SearchView, DeskError> {
    let limit = usize::try_from(limit.unwrap_or(20).clamp(1, 100)).unwrap_or(20);
    let slip = SlipCode::parse(text);
    let understood = match scan::classify(text) {
        _ if slip.is_some() => Understood::Slip,
        Scan::TaxCode(_) => Understood::TaxCode,
        Scan::Serial(_) => Understood::Serial,
        _ => Understood::Text,
    };
    let mut found = ask.reads.search(text, limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let scanned = match &slip {
        Some(code) => ask.reads.appointment_by_code(code)?.map(|a| a.id),
        None => None,
    };
    let hits = found
        .into_iter()
        .map(|hit| describe(ask, hit, text, scanned))
        .collect::<Result<_, _>>()?;
    Ok(SearchView {
        understood,
        hits,
        more,
    })
}

fn describe(
    ask: &Ask<'_>,
    hit: Found,
    text: &str,
    scanned: Option<AppointmentId>,
) -> Result<SearchHit, DeskError> {
    Ok(match hit {
        Found::Household(hit) => household(ask, *hit, text, scanned)?,
        Found::Appointment { appointment } => SearchHit {
            household: None,
            appointment: Some(appointment.id),
            entitlement: None,
            title: appointment.person.map(|p| p.name).unwrap_or_default(),
            detail: appointment.start.format("%d/%m/%Y %H:%M").to_string(),
            status: None,
            here: true,
        },
        Found::Stock { desk, run, .. } => SearchHit {
            household: None,
            appointment: None,
            entitlement: None,
            title: format!("{} – {}", run.first_serial(), run.last_serial()),
            detail: ask.directory.name(desk).name,
            status: None,
            here: desk == ask.desk.id(),
        },
    })
}

fn household(
    ask: &Ask<'_>,
    hit: HouseholdHit,
    text: &str,
    scanned: Option<AppointmentId>,
) -> Result<SearchHit, DeskError> {
    let Household { id, data, .. } = hit.household;
    let mut entitlements = ask.reads.entitlements_of(id)?;
    // The one to be served first; else the latest.
    entitlements.sort_by_key(|e| !matches!(e.status(), EntitlementStatus::Due | EntitlementStatus::Partial));
    let first = entitlements.first();
    let member = hit
        .member
        .and_then(|m| data.members.iter().position(|found| found.id == m))
        .filter(|at| *at > 0);
    let matched = match (hit.matched, member) {
        (Matched::Name, Some(at)) => format!("{} {}", data.members[at].surname, data.members[at].name),
        (Matched::Identifier, at) => data.members[at.unwrap_or(0)].identifier.as_str().to_owned(),
        (Matched::Phone, _) => data.phone.clone(),
        (Matched::ListRef, _) => data.list_ref.clone(),
        (Matched::Serial | Matched::Slip, _) => text.trim().to_owned(),
        _ => String::new(),
    };
    let place = format!("Q{} · {}", data.quartiere, address(&data.address));
    Ok(SearchHit {
        household: Some(id),
        appointment: (hit.matched == Matched::Slip).then_some(scanned).flatten(),
        entitlement: first
            .filter(|e| matches!(e.status(), EntitlementStatus::Due | EntitlementStatus::Partial))
            .map(|e| e.id),
        title: data.applicant_name(),
        detail: if matched.is_empty() {
            place
        } else {
            format!("{matched} · {place}")
        },
        status: first.map(sportello_domain::entitlement::Entitlement::status),
        here: first.is_none_or(|e| e.custody.holder == ask.desk.id()),
    })
}

/// As Firenze writes it: `Via Palazzuolo 12R`, `Via Palazzuolo 12/A`, `Via Palazzuolo 12 bis`.
pub(super) fn address(address: &Address) -> String {
    let mut text = address.street.clone();
    if !address.number.is_empty() {
        text.push(' ');
        text.push_str(&address.number);
        if address.colour == NumberColour::Red {
            text.push('R');
        }
        if !address.exponent.is_empty() {
            text.push(if address.exponent.chars().count() == 1 {
                '/'
            } else {
                ' '
            });
            text.push_str(&address.exponent);
        }
    }
    text
}
