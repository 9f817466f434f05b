// SPDX-License-Identifier: EUPL-1.2
//! What may be done with an entitlement, and the facts that follow. Every rule of the counter is in this file.

use super::{
    Carried, Collector, CustodyReleased, CustodyRequested, DeliveryConfirmed, DeliveryRefused,
    DeliveryReversed, Document, Entitlement, EntitlementStatus, Granted, PaperMark, RefusalReason, Revised,
    Revoked, Source,
};
use crate::appointment::{self, Appointment, Outcome};
use crate::campaign::Campaign;
use crate::context::Ctx;
use crate::event::NewEvent;
use crate::household::Member;
use crate::ids::{DeliveryId, DeskId, EntitlementId, HouseholdId};
use crate::meta::Topic;
use crate::money::Cents;
use crate::office::Role;
use crate::refusal::Rejection;
use crate::serial::{self, Run};

/// Grants a household an amount.
pub fn grant(
    topic: Topic,
    campaign: &Campaign,
    household: HouseholdId,
    amount: Cents,
    holder: DeskId,
    source: Source,
) -> Result<Vec<NewEvent>, Rejection> {
    whole_vouchers(campaign, amount)?;
    let id = EntitlementId::of(campaign.id, household);
    Ok(vec![NewEvent::new(
        topic,
        id,
        Granted {
            campaign: campaign.id,
            household,
            amount,
            holder,
            source,
        },
    )])
}

/// Sets another amount, or grants a revoked right again; nothing when nothing changes.
pub fn revise(
    topic: Topic,
    entitlement: &Entitlement,
    campaign: &Campaign,
    amount: Cents,
    source: Source,
) -> Result<Vec<NewEvent>, Rejection> {
    whole_vouchers(campaign, amount)?;
    if source.import.is_none() && source.reason.trim().is_empty() {
        return Err(Rejection::ReasonMissing);
    }
    if entitlement.amount() == amount && entitlement.revoked.is_none() {
        return Ok(vec![]);
    }
    Ok(vec![NewEvent::new(
        topic,
        entitlement.id,
        Revised { amount, source },
    )])
}

/// Withdraws a right.
pub fn revoke(topic: Topic, entitlement: &Entitlement, reason: &str) -> Result<Vec<NewEvent>, Rejection> {
    let reason = reason_given(reason)?;
    match entitlement.status() {
        EntitlementStatus::Served => Err(served(entitlement)),
        EntitlementStatus::Revoked => Ok(vec![]),
        EntitlementStatus::Due | EntitlementStatus::Partial => {
            Ok(vec![NewEvent::new(topic, entitlement.id, Revoked { reason })])
        }
    }
}

/// Asks the holder for an entitlement, on behalf of the desk `to`.
pub fn request_custody(
    topic: Topic,
    entitlement: &Entitlement,
    to: DeskId,
    reason: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    still_due(entitlement)?;
    if entitlement.custody.holder == to {
        return Err(Rejection::AlreadyHolder);
    }
    if entitlement.custody.request.as_ref().is_some_and(|r| r.to == to) {
        return Ok(vec![]); // asked already: asking again changes nothing
    }
    Ok(vec![NewEvent::new(
        topic,
        entitlement.id,
        CustodyRequested {
            to,
            reason: reason.trim().to_owned(),
        },
    )])
}

/// Gives an entitlement to another desk. Only the holder can, and not while the household is being served.
pub fn release_custody(
    ctx: &Ctx,
    topic: Topic,
    entitlement: &Entitlement,
    to: DeskId,
    being_served: bool,
) -> Result<Vec<NewEvent>, Rejection> {
    still_due(entitlement)?;
    if entitlement.custody.holder != ctx.desk {
        return Err(Rejection::NotHolder {
            holder: entitlement.custody.holder,
        });
    }
    if to == ctx.desk {
        return Err(Rejection::AlreadyHolder);
    }
    if being_served {
        return Err(Rejection::BeingServed);
    }
    Ok(vec![NewEvent::new(topic, entitlement.id, CustodyReleased { to })])
}

/// A delivery as the operator asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRequest {
    /// The identifier that the delivery gets.
    pub id: DeliveryId,
    /// Who collects.
    pub collector: Collector,
    /// The vouchers handed over.
    pub runs: Vec<Run>,
    /// Why, when a rule that can be overridden is.
    pub force: Option<String>,
    /// Why, when less than due is handed over.
    pub partial: Option<String>,
    /// The form that it was written on, while the PC was dead.
    pub paper: Option<PaperMark>,
}

/// What a delivery is checked against.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryWorld<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The appointment it is for; none for a walk-in.
    pub appointment: Option<&'a Appointment>,
    /// The serials of the campaign that the desk holds now.
    pub held: &'a [Run],
    /// Who is of the household, as far as it is known here.
    pub members: &'a [Member],
    /// The office is known to have all that was written of the entitlement.
    pub at_office: bool,
}

/// Hands vouchers over.
pub fn confirm_delivery(
    ctx: &Ctx,
    topic: Topic,
    entitlement: &Entitlement,
    world: DeliveryWorld<'_>,
    request: &DeliveryRequest,
) -> Result<Vec<NewEvent>, Rejection> {
    still_due(entitlement)?;
    collector_complete(&request.collector, world.members)?;
    let amount = amount_of(world.campaign, &request.runs)?;
    let due = entitlement.remaining();
    if amount > due {
        return Err(Rejection::TooMuch { amount, due });
    }
    let partial = non_blank(request.partial.as_deref());
    if amount < due && partial.is_none() {
        return Err(Rejection::TooLittle { amount, due });
    }
    if let Some(appointment) = world.appointment
        && (appointment.household != Some(entitlement.household) || !appointment.status.is_open())
    {
        return Err(Rejection::WrongAppointment);
    }

    // Rules that can be overridden with a reason: the first one broken is the one told.
    let day = request
        .paper
        .as_ref()
        .map_or(ctx.now.day(), |paper| paper.at.date());
    let broken = if entitlement.custody.holder != ctx.desk {
        Some(Rejection::NotHolder {
            holder: entitlement.custody.holder,
        })
    } else if let Some(run) = request.runs.iter().find(|run| !serial::contains(world.held, run)) {
        Some(Rejection::SerialNotHeld {
            first: run.first_serial(),
            last: run.last_serial(),
        })
    } else if day < world.campaign.from || day > world.campaign.to {
        Some(Rejection::OutsidePeriod {
            from: world.campaign.from,
            to: world.campaign.to,
        })
    } else if world.appointment.is_none() && !world.campaign.walk_in {
        Some(Rejection::AppointmentRequired)
    } else {
        None
    };
    let forced = match (broken, non_blank(request.force.as_deref())) {
        (Some(rejection), None) => return Err(rejection),
        (Some(_), reason) => reason,
        // Nothing to override: the delivery is an ordinary one whatever was typed.
        (None, _) => None,
    };

    let mut events = vec![NewEvent::new(
        topic,
        entitlement.id,
        DeliveryConfirmed {
            id: request.id,
            collector: request.collector.clone(),
            runs: request.runs.clone(),
            amount,
            appointment: world.appointment.map(|a| a.id),
            forced,
            partial: if amount < due { partial } else { None },
            right: (!world.at_office).then_some(Carried {
                campaign: entitlement.campaign,
                household: entitlement.household,
                due,
            }),
            paper: request.paper.clone(),
        },
    )];
    if let Some(appointment) = world.appointment {
        events.extend(appointment::finish(topic, appointment, Outcome::Served));
    }
    Ok(events)
}

/// Records that the household presented itself and got nothing.
pub fn refuse_delivery(
    topic: Topic,
    entitlement: &Entitlement,
    appointment: Option<&Appointment>,
    reason: RefusalReason,
    note: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    if entitlement.status() == EntitlementStatus::Served {
        return Err(served(entitlement));
    }
    if reason == RefusalReason::Other && note.trim().is_empty() {
        return Err(Rejection::ReasonMissing);
    }
    if appointment.is_some_and(|a| a.household != Some(entitlement.household) || !a.status.is_open()) {
        return Err(Rejection::WrongAppointment);
    }
    let body = DeliveryRefused {
        reason,
        note: note.trim().to_owned(),
        appointment: appointment.map(|a| a.id),
    };
    let mut events = vec![NewEvent::new(topic, entitlement.id, body)];
    if let Some(appointment) = appointment {
        events.extend(appointment::finish(topic, appointment, Outcome::Refused));
    }
    Ok(events)
}

/// Takes a delivery back: a counter-entry, never an edit.
pub fn reverse_delivery(
    ctx: &Ctx,
    topic: Topic,
    entitlement: &Entitlement,
    delivery: DeliveryId,
    reason: &str,
    returned: bool,
) -> Result<Vec<NewEvent>, Rejection> {
    let reason = reason_given(reason)?;
    let Some(found) = entitlement.deliveries.iter().find(|d| d.id == delivery) else {
        return Err(Rejection::NotFound { what: "delivery" });
    };
    if found.reversal.is_some() {
        return Err(Rejection::AlreadyReversed);
    }
    if found.desk != ctx.desk && ctx.role < Role::Supervisor {
        return Err(Rejection::NotYourDelivery { desk: found.desk });
    }
    Ok(vec![NewEvent::new(
        topic,
        entitlement.id,
        DeliveryReversed {
            delivery,
            reason,
            returned,
        },
    )])
}

/// The value of the runs; refused where they make no sense or name a voucher twice.
fn amount_of(campaign: &Campaign, runs: &[Run]) -> Result<Cents, Rejection> {
    if runs.is_empty() || !runs.iter().all(Run::is_sound) {
        return Err(Rejection::SerialsMissing);
    }
    for (i, run) in runs.iter().enumerate() {
        if let Some(twice) = runs[i + 1..].iter().find(|other| other.overlaps(run)) {
            return Err(Rejection::SerialTwice {
                first: twice.first_serial(),
                last: twice.last_serial(),
            });
        }
    }
    let vouchers = i64::try_from(serial::count(runs)).map_err(|_| Rejection::SerialsMissing)?;
    Ok(Cents(campaign.denomination.0.saturating_mul(vouchers)))
}

fn collector_complete(collector: &Collector, members: &[Member]) -> Result<(), Rejection> {
    let document = |d: &Document, field| {
        if d.number.trim().is_empty() {
            Err(Rejection::FieldInvalid { field })
        } else {
            Ok(())
        }
    };
    match collector {
        Collector::Member { member, document: d } => {
            if member.is_some_and(|id| !members.iter().any(|m| m.id == id)) {
                return Err(Rejection::FieldInvalid { field: "member" });
            }
            document(d, "document")
        }
        Collector::Delegate {
            name,
            document: d,
            delegator_document,
            ..
        } => {
            if name.trim().is_empty() {
                return Err(Rejection::FieldInvalid { field: "delegate" });
            }
            document(d, "document")?;
            document(delegator_document, "delegator_document")
        }
    }
}

pub(super) fn still_due(entitlement: &Entitlement) -> Result<(), Rejection> {
    match entitlement.status() {
        EntitlementStatus::Served => Err(served(entitlement)),
        EntitlementStatus::Revoked => Err(Rejection::Revoked {
            reason: entitlement.revoked.clone().unwrap_or_default(),
        }),
        EntitlementStatus::Due | EntitlementStatus::Partial => Ok(()),
    }
}

fn served(entitlement: &Entitlement) -> Rejection {
    let last = entitlement.deliveries.iter().rev().find(|d| d.reversal.is_none());
    Rejection::AlreadyServed {
        at: last.map(|d| d.at).unwrap_or_default(),
        desk: last.map_or(entitlement.custody.holder, |d| d.desk),
    }
}

fn whole_vouchers(campaign: &Campaign, amount: Cents) -> Result<(), Rejection> {
    match campaign.vouchers_for(amount) {
        Some(n) if n > 0 => Ok(()),
        _ => Err(Rejection::NotWholeVouchers {
            amount,
            denomination: campaign.denomination,
        }),
    }
}

pub(crate) fn reason_given(reason: &str) -> Result<String, Rejection> {
    non_blank(Some(reason)).ok_or(Rejection::ReasonMissing)
}

fn non_blank(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
}
