// SPDX-License-Identifier: EUPL-1.2
//! What may be done with an appointment, and the facts that follow.

use super::{
    Appointment, AppointmentStatus, Booked, Called, Cancelled, Finished, Missed, Moved, NotThere, Outcome,
    Parked, Person, Presented, Prioritised, Transferred, Undone, WalkedIn,
};
use crate::agenda::{self, SiteHours, Taken};
use crate::context::Ctx;
use crate::entitlement::reason_given;
use crate::event::NewEvent;
use crate::ids::{AppointmentId, DeskId, EntitlementId, HouseholdId, SiteId};
use crate::meta::Topic;
use crate::office::{Service, ServiceRules};
use crate::queue::{Priority, Ticket};
use crate::refusal::Rejection;
use chrono::{NaiveDateTime, Timelike as _};

/// A place in the agenda as it is asked for, on the day as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// The hours of the site, where it has some of its own.
    pub hours: Option<SiteHours>,
    /// The appointments of the site on that day that take room, of every service; without the one that is moved.
    pub taken: Vec<Taken>,
    /// Why a full slot, or one too soon or too far to be booked, is taken all the same.
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

/// For whom, as events say it: the household with its entitlement, or the person.
type Parts = (Option<HouseholdId>, Option<EntitlementId>, Option<Person>);

impl Attendee {
    fn parts(self) -> Result<Parts, Rejection> {
        match self {
            Self::Household(household, entitlement) => Ok((Some(household), entitlement, None)),
            Self::Person(person) if person.name.trim().is_empty() => {
                Err(Rejection::FieldInvalid { field: "name" })
            }
            Self::Person(person) => Ok((None, None, Some(person))),
        }
    }
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
    let (household, entitlement, person) = attendee.parts()?;
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
    // Where nobody came and nobody had booked, there is nothing to move.
    let movable: &[_] = if appointment.is_mistake() {
        &[]
    } else {
        &[Booked, Missed, Cancelled]
    };
    status_in(appointment, movable)?;
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

/// The household turned up. Early, late or after being marked as missing: it is there. `ticket` is the number for it, if it has
/// none for today yet.
pub fn present(
    ctx: &Ctx,
    topic: Topic,
    appointment: &Appointment,
    ticket: Ticket,
) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Booked, Missed, Parked, Presented as Here};
    if appointment.status == Here {
        return Ok(vec![]);
    }
    status_in(appointment, &[Booked, Missed, Parked])?;
    let ticket = needs_number(ctx, appointment).then_some(ticket);
    Ok(vec![NewEvent::new(topic, appointment.id, Presented { ticket })])
}

/// Why somebody who has just come goes before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precedence<'a> {
    /// Of what is foreseen.
    pub priority: Priority,
    /// In words; needed for [`Priority::Other`].
    pub reason: &'a str,
}

/// Somebody who has just come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// Who.
    pub attendee: Attendee,
    /// The number for it.
    pub ticket: Ticket,
    /// Why it goes before others.
    pub precedence: Option<Precedence<'a>>,
}

/// Somebody came without an appointment. `open` is an appointment that the household has today for the same service: that one
/// is to be presented instead.
pub fn walk_in(
    ctx: &Ctx,
    topic: Topic,
    id: AppointmentId,
    service: &Service,
    arrival: Arrival<'_>,
    open: Option<&Appointment>,
) -> Result<Vec<NewEvent>, Rejection> {
    let rules = service.rules();
    if !service.active {
        let reason = service.why_suspended();
        return Err(Rejection::ServiceSuspended { reason });
    }
    if !service.sites.contains(&ctx.site) {
        return Err(Rejection::ServiceNotHere);
    }
    if !rules.walk_in {
        return Err(Rejection::AppointmentRequired);
    }
    if let Some(open) = open {
        return Err(Rejection::AlreadyBooked {
            appointment: open.id,
            start: open.start,
            site: open.site,
        });
    }
    let mut events = arrived(ctx, topic, id, service, arrival.attendee, arrival.ticket, None)?;
    if let Some(Precedence { priority, reason }) = arrival.precedence {
        let first = Prioritised {
            priority: Some(priority),
            reason: reason_for(Some(priority), reason)?,
        };
        events.push(NewEvent::new(topic, id, first));
    }
    Ok(events)
}

/// One more service in the visit of somebody who is there: with the same number, whatever the service's rules on walk-ins.
pub fn add_service(
    ctx: &Ctx,
    topic: Topic,
    id: AppointmentId,
    visit: &Appointment,
    service: &Service,
    entitlement: Option<EntitlementId>,
    ticket: Ticket,
) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Called as AtCounter, Finished as Over, Parked, Presented};
    status_in(visit, &[Presented, AtCounter, Parked, Over])?;
    if !service.active {
        let reason = service.why_suspended();
        return Err(Rejection::ServiceSuspended { reason });
    }
    if !service.sites.contains(&ctx.site) {
        return Err(Rejection::ServiceNotHere);
    }
    let attendee = match (&visit.household, &visit.person) {
        (Some(household), _) => Attendee::Household(*household, entitlement),
        (None, Some(person)) => Attendee::Person(person.clone()),
        (None, None) => return Err(Rejection::FieldInvalid { field: "name" }),
    };
    let first = visit.visit.unwrap_or(visit.id);
    let ticket = visit.ticket.unwrap_or(ticket);
    arrived(ctx, topic, id, service, attendee, ticket, Some(first))
}

fn arrived(
    ctx: &Ctx,
    topic: Topic,
    id: AppointmentId,
    service: &Service,
    attendee: Attendee,
    ticket: Ticket,
    visit: Option<AppointmentId>,
) -> Result<Vec<NewEvent>, Rejection> {
    let (household, entitlement, person) = attendee.parts()?;
    Ok(vec![NewEvent::new(
        topic,
        id,
        WalkedIn {
            household,
            person,
            entitlement,
            service: service.id,
            site: ctx.site,
            start: minute(ctx.now.rome()),
            ticket,
            visit,
        },
    )])
}

/// Calls to the counter; whoever is called is there. Called again by the desk at which it is, it is called again.
pub fn call(
    ctx: &Ctx,
    topic: Topic,
    appointment: &Appointment,
    ticket: Ticket,
) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Booked, Called as AtCounter, Missed, Parked, Presented};
    status_in(appointment, &[Booked, Missed, Presented, Parked, AtCounter])?;
    at_another_counter(ctx, appointment)?;
    let ticket = needs_number(ctx, appointment).then_some(ticket);
    Ok(vec![NewEvent::new(topic, appointment.id, Called { ticket })])
}

/// Nobody came when it was called.
pub fn not_there(ctx: &Ctx, topic: Topic, appointment: &Appointment) -> Result<Vec<NewEvent>, Rejection> {
    status_in(appointment, &[AppointmentStatus::Called])?;
    at_another_counter(ctx, appointment)?;
    Ok(vec![NewEvent::new(topic, appointment.id, NotThere {})])
}

/// Lets wait for another desk or another service of the site. `service` is the service from now on, where it is another.
pub fn transfer(
    ctx: &Ctx,
    topic: Topic,
    appointment: &Appointment,
    desk: Option<DeskId>,
    service: Option<&Service>,
    reason: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    use AppointmentStatus::{Called as AtCounter, Parked, Presented};
    status_in(appointment, &[Presented, AtCounter, Parked])?;
    at_another_counter(ctx, appointment)?;
    let service = service.filter(|service| service.id != appointment.service);
    if desk.is_none() && service.is_none() && appointment.for_desk.is_none() {
        return Err(Rejection::FieldInvalid { field: "desk" });
    }
    if let Some(service) = service {
        if !service.active {
            let reason = service.why_suspended();
            return Err(Rejection::ServiceSuspended { reason });
        }
        if !service.sites.contains(&appointment.site) {
            return Err(Rejection::ServiceNotHere);
        }
    }
    let service = service.map(|service| service.id);
    let reason = reason.trim().to_owned();
    Ok(vec![NewEvent::new(
        topic,
        appointment.id,
        Transferred {
            desk,
            service,
            reason,
        },
    )])
}

/// Lets go before others, with the reason; with none, takes that back.
pub fn prioritise(
    topic: Topic,
    appointment: &Appointment,
    priority: Option<Priority>,
    reason: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    if !appointment.status.is_open() {
        return Err(Rejection::WrongStatus {
            status: status_name(appointment.status),
        });
    }
    let wanted = Prioritised {
        priority,
        reason: reason_for(priority, reason)?,
    };
    let before = appointment.priority.as_ref();
    let same = match &before {
        Some((priority, reason)) => wanted.priority == Some(*priority) && wanted.reason == *reason,
        None => wanted.priority.is_none(),
    };
    if same {
        return Ok(vec![]);
    }
    Ok(vec![NewEvent::new(topic, appointment.id, wanted)])
}

/// The words that go with a precedence: where it is none of those foreseen, they are what it stands on.
fn reason_for(priority: Option<Priority>, reason: &str) -> Result<String, Rejection> {
    match priority {
        Some(Priority::Other) => reason_given(reason),
        Some(_) => Ok(reason.trim().to_owned()),
        None => Ok(String::new()),
    }
}

/// Whether it has no number of today: who comes on another day gets a new one.
fn needs_number(ctx: &Ctx, appointment: &Appointment) -> bool {
    appointment.ticket.is_none() || appointment.start.date() != ctx.now.day()
}

fn at_another_counter(ctx: &Ctx, appointment: &Appointment) -> Result<(), Rejection> {
    match appointment.desk {
        Some(desk) if appointment.status == AppointmentStatus::Called && desk != ctx.desk => {
            Err(Rejection::CalledElsewhere { desk })
        }
        _ => Ok(()),
    }
}

/// Wall time to the minute.
pub(super) fn minute(time: NaiveDateTime) -> NaiveDateTime {
    time.with_second(0)
        .and_then(|t| t.with_nanosecond(0))
        .unwrap_or(time)
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

/// Whether the place can be had; the reason for taking it where something is against it that can be overridden.
fn room(ctx: &Ctx, service: &Service, place: &Place) -> Result<Option<String>, Rejection> {
    let (start, now) = (place.start, ctx.now.rome());
    let rules = service.rules();
    if !service.active {
        let reason = service.why_suspended();
        return Err(Rejection::ServiceSuspended { reason });
    }
    if !rules.reservable {
        return Err(Rejection::NotReservable);
    }
    let slots = agenda::day(service, place.hours.as_ref(), place.site, start.date()).slots;
    let Some(index) = slots.iter().position(|slot| slot.start == start) else {
        return Err(Rejection::NoSuchSlot { start });
    };
    // A slot can be booked until the next one begins: somebody at the counter gets "now".
    let end = slots.get(index + 1).map_or(
        start + chrono::Duration::minutes(i64::from(service.minutes)),
        |next| next.start,
    );
    if end <= now {
        return Err(Rejection::SlotPast { start });
    }
    let reason = place.overbook.as_deref().map(str::trim).filter(|r| !r.is_empty());
    let against = against(&rules, now, start).or_else(|| {
        let times = place.hours.as_ref().and_then(|h| h.staffed(start.date()).ok());
        let slot = slots[index];
        let free = agenda::free(service, slot, times.as_deref(), &place.taken);
        (free == 0).then_some(Rejection::SlotFull {
            start,
            capacity: slot.capacity,
        })
    });
    match (against, reason) {
        (None, _) => Ok(None),
        (Some(_), Some(reason)) => Ok(Some(reason.to_owned())),
        (Some(rejection), None) => Err(rejection),
    }
}

/// What the service's own rules have against a slot.
fn against(rules: &ServiceRules, now: NaiveDateTime, start: NaiveDateTime) -> Option<Rejection> {
    let earliest = now + chrono::Duration::minutes(i64::from(rules.notice_minutes));
    if rules.notice_minutes > 0 && start < earliest {
        return Some(Rejection::TooSoon { start, earliest });
    }
    let last = now.date() + chrono::Duration::days(i64::from(rules.ahead_days?));
    (start.date() > last).then_some(Rejection::TooFar { start, last })
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
