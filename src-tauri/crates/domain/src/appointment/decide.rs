// SPDX-License-Identifier: EUPL-1.2
//! What may be done with an appointment, and the facts that follow.

use super::{
    Appointment, AppointmentStatus, Booked, Called, Cancelled, Finished, Missed, Moved, Outcome, Parked,
    Person, Presented, Undone,
};
use crate::context::Ctx;
use crate::entitlement::reason_given;
use crate::event::NewEvent;
use crate::ids::{AppointmentId, EntitlementId, HouseholdId, SiteId};
use crate::meta::Topic;
use crate::office::Service;
use crate::refusal::Rejection;
use chrono::NaiveDateTime;

/// A place in the agenda as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// How many have this slot already.
    pub taken: u16,
    /// Why a full slot is taken all the same.
    pub overbook: Option<String>,
}

/// For whom an appointment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attendee {
    /// A household, to be served its entitlement where the service delivers vouchers.
    Household(HouseholdId, Option<EntitlementId>),
    /// Somebody in no list.
    Person(Person),
}

/// Books an appointment. `other` is an open appointment that the household has for the same service.
pub fn book(
    ctx: &Ctx,
    topic: Topic,
    id: AppointmentId,
    service: &Service,
    attendee: Attendee,
    place: &Place,
    other: Option<&Appointment>,
) -> Result<Vec<NewEvent>, Rejection> {
    if let Some(other) = other {
        return Err(Rejection::AlreadyBooked {
            appointment: other.id,
            start: other.start,
            site: other.site,
        });
    }
    let overbooked = room(ctx, service, place)?;
    let (household, entitlement, person) = match attendee {
        Attendee::Household(household, entitlement) => (Some(household), entitlement, None),
        Attendee::Person(person) if person.name.trim().is_empty() => {
            return Err(Rejection::FieldInvalid { field: "name" });
        }
        Attendee::Person(person) => (None, None, Some(person)),
    };
    let (service, site, start) = (service.id, place.site, place.start);
    Ok(vec![NewEvent::new(
        topic,
        id,
        Booked {
            household,
            person,
            entitlement,
            service,
            site,
            start,
            overbooked,
        },
    )])
}

/// Moves an appointment to another time or place.
pub fn move_to(
    ctx: &Ctx,
    topic: Topic,
    appointment: &Appointment,
    service: &Service,
    place: &Place,
) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Booked, Cancelled, Missed};
    status_in(appointment, &[Booked, Missed, Cancelled])?;
    if (appointment.site, appointment.start) == (place.site, place.start) && appointment.status == Booked {
        return Ok(vec![]);
    }
    let overbooked = room(ctx, service, place)?;
    Ok(vec![NewEvent::new(
        topic,
        appointment.id,
        Moved {
            site: place.site,
            start: place.start,
            overbooked,
        },
    )])
}

/// Calls an appointment off.
pub fn cancel(topic: Topic, appointment: &Appointment, reason: &str) -> Result<Vec<NewEvent>, Rejection> {
    let reason = reason_given(reason)?;
    status_in(
        appointment,
        &[AppointmentStatus::Booked, AppointmentStatus::Missed],
    )?;
    Ok(vec![NewEvent::new(topic, appointment.id, Cancelled { reason })])
}

/// The household turned up. Early, late or after being marked as missing: it is there.
pub fn present(topic: Topic, appointment: &Appointment) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Booked, Missed, Parked, Presented as Here};
    if appointment.status == Here {
        return Ok(vec![]);
    }
    status_in(appointment, &[Booked, Missed, Parked])?;
    Ok(vec![NewEvent::new(topic, appointment.id, Presented {})])
}

/// Calls to the counter; whoever is called is there.
pub fn call(topic: Topic, appointment: &Appointment) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Booked, Called as AtCounter, Missed, Parked, Presented};
    status_in(appointment, &[Booked, Missed, Presented, Parked, AtCounter])?;
    Ok(vec![NewEvent::new(topic, appointment.id, Called {})])
}

/// Lets wait aside.
pub fn park(topic: Topic, appointment: &Appointment, reason: &str) -> Result<Vec<NewEvent>, Rejection> {
    status_in(
        appointment,
        &[AppointmentStatus::Presented, AppointmentStatus::Called],
    )?;
    Ok(vec![NewEvent::new(
        topic,
        appointment.id,
        Parked {
            reason: reason.trim().to_owned(),
        },
    )])
}

/// Did not turn up; only once its time has come.
pub fn miss(ctx: &Ctx, topic: Topic, appointment: &Appointment) -> Result<Vec<NewEvent>, Rejection> {
    status_in(appointment, &[AppointmentStatus::Booked])?;
    if ctx.now.rome() < appointment.start {
        return Err(Rejection::WrongStatus {
            status: "not_yet_due".into(),
        });
    }
    Ok(vec![NewEvent::new(topic, appointment.id, Missed {})])
}

/// Ends an appointment for a service that hands over no vouchers.
pub fn close(topic: Topic, appointment: &Appointment, outcome: Outcome) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Called as AtCounter, Parked, Presented};
    status_in(appointment, &[Presented, AtCounter, Parked])?;
    Ok(finish(topic, appointment, outcome))
}

/// Ends an appointment because of what happened at the counter.
pub fn finish(topic: Topic, appointment: &Appointment, outcome: Outcome) -> Vec<NewEvent> {
    vec![NewEvent::new(topic, appointment.id, Finished { outcome })]
}

/// Takes the last step back.
pub fn undo(topic: Topic, appointment: &Appointment) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Called as AtCounter, Cancelled, Missed, Parked, Presented};
    status_in(appointment, &[Presented, AtCounter, Parked, Missed, Cancelled])?;
    if appointment.before.is_none() {
        return Err(Rejection::WrongStatus {
            status: status_name(appointment.status),
        });
    }
    Ok(vec![NewEvent::new(
        topic,
        appointment.id,
        Undone {
            status: appointment.status,
        },
    )])
}

/// Whether the place can be had; the reason for overbooking where it is full.
fn room(ctx: &Ctx, service: &Service, place: &Place) -> Result<Option<String>, Rejection> {
    let start = place.start;
    let slots = service.slots(place.site, start.date());
    let Some(index) = slots.iter().position(|slot| slot.start == start) else {
        return Err(Rejection::NoSuchSlot { start });
    };
    // A slot can be booked until the next one begins: somebody at the counter gets "now".
    let end = slots.get(index + 1).map_or(
        start + chrono::Duration::minutes(i64::from(service.minutes)),
        |next| next.start,
    );
    if end <= ctx.now.rome() {
        return Err(Rejection::SlotPast { start });
    }
    let capacity = slots[index].capacity;
    if place.taken < capacity {
        return Ok(None);
    }
    match place.overbook.as_deref().map(str::trim).filter(|r| !r.is_empty()) {
        Some(reason) => Ok(Some(reason.to_owned())),
        None => Err(Rejection::SlotFull { start, capacity }),
    }
}

fn status_in(appointment: &Appointment, allowed: &[AppointmentStatus]) -> Result<(), Rejection> {
    if allowed.contains(&appointment.status) {
        Ok(())
    } else {
        Err(Rejection::WrongStatus {
            status: status_name(appointment.status),
        })
    }
}

fn status_name(status: AppointmentStatus) -> String {
    format!("{status:?}").to_lowercase()
}
