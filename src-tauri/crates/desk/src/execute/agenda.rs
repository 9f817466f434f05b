// SPDX-License-Identifier: EUPL-1.2
//! Appointments.

use super::{Act, Deed};
use crate::error::DeskError;
use chrono::{NaiveDate, NaiveDateTime};
use sportello_domain::agenda::{self, SiteHours, Taken};
use sportello_domain::appointment::{self, Appointment, AppointmentStatus, Attendee, Place};
use sportello_domain::command::{AppointmentMove, Command};
use sportello_domain::entitlement::{self, Entitlement, EntitlementStatus};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{AppointmentId, EntitlementId, HouseholdId, ServiceId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::office::Service;
use sportello_domain::refusal::Rejection;
use sportello_store::Reads;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    use appointment as a;
    match command {
        Command::BookAppointment {
            household,
            person,
            service,
            site,
            start,
            overbook,
        } => {
            let found: Service = act.need(*service, "service")?;
            let attendee = attendee(act, *household, person.as_ref(), &found)?;
            book(act, attendee, *service, *site, *start, overbook.clone())
        }
        Command::MoveAppointment {
            appointment,
            site,
            start,
            overbook,
        } => {
            let (topic, found) = load(act, *appointment)?;
            let service: Service = act.need(found.service, "service")?;
            let place = place(act, Some(found.id), *site, *start, overbook.clone())?;
            let mut events = a::move_to(&act.ctx, topic, &found, &service, &place)?;
            events.extend(custody_for(act, found.entitlement, *site)?);
            let back = Command::MoveAppointment {
                appointment: *appointment,
                site: found.site,
                start: found.start,
                overbook: found.overbooked.clone(),
            };
            Ok(Deed::of(*appointment, events).undone_by(back))
        }
        Command::CancelAppointment { appointment, reason } => step(act, *appointment, |_, topic, found| {
            a::cancel(topic, found, reason)
        }),
        Command::MoveAppointments { moves, overbook } => move_all(act, moves, overbook.as_deref()),
        Command::ParkAppointment { appointment, reason } => {
            step(act, *appointment, |_, topic, found| a::park(topic, found, reason))
        }
        Command::MissAppointment { appointment } => step(act, *appointment, a::miss),
        Command::CloseAppointment { appointment, outcome } => {
            let (topic, found) = load(act, *appointment)?;
            Ok(Deed::of(*appointment, a::close(topic, &found, *outcome)?))
        }
        Command::UndoAppointment { appointment } => {
            let (topic, found) = load(act, *appointment)?;
            Ok(Deed::of(*appointment, a::undo(topic, &found)?))
        }
        _ => Ok(Deed::default()),
    }
}

pub(super) fn load(act: &mut Act<'_, '_>, id: AppointmentId) -> Result<(Topic, Appointment), DeskError> {
    let found: Appointment = act.need(id, "appointment")?;
    if let Some(household) = found.household {
        act.not_erased(household)?;
    }
    Ok((act.topic_of(id, "appointment")?, found))
}

/// A step that can be taken back by undoing it.
pub(super) fn step(
    act: &mut Act<'_, '_>,
    id: AppointmentId,
    decide: impl FnOnce(&sportello_domain::context::Ctx, Topic, &Appointment) -> Result<Vec<NewEvent>, Rejection>,
) -> Result<Deed, DeskError> {
    let (topic, found) = load(act, id)?;
    let events = decide(&act.ctx, topic, &found)?;
    Ok(Deed::of(id, events).undone_by(Command::UndoAppointment { appointment: id }))
}

pub(super) fn book(
    act: &mut Act<'_, '_>,
    attendee: Attendee,
    service_id: ServiceId,
    site: SiteId,
    start: NaiveDateTime,
    overbook: Option<String>,
) -> Result<Deed, DeskError> {
    let service: Service = act.need(service_id, "service")?;
    let place = place(act, None, site, start, overbook)?;
    let (topic, other, entitlement) = match &attendee {
        Attendee::Household(household, entitlement) => {
            let open = open_appointment(&act.tx.reads()?, act.ctx.now.day(), *household, service_id)?;
            (act.household_topic(*household)?, open, *entitlement)
        }
        Attendee::Person(_) => (act.site_topic(site)?, None, None),
    };
    let id: AppointmentId = act.desk.ports().id();
    let attendee = as_entitled(act, attendee)?;
    let mut events = appointment::book(&act.ctx, topic, id, &service, attendee, &place, other.as_ref())?;
    events.extend(custody_for(act, entitlement, site)?);
    let undo = Command::CancelAppointment {
        appointment: id,
        reason: "Prenotazione annullata".into(),
    };
    Ok(Deed::of(id, events).undone_by(undo))
}

/// The appointment that keeps a household from another one for the same service. A past one that was never closed does not.
pub(crate) fn open_appointment(
    reads: &Reads<'_>,
    today: NaiveDate,
    household: HouseholdId,
    service: ServiceId,
) -> Result<Option<Appointment>, DeskError> {
    let open = reads.appointments_of(household)?;
    Ok(open.into_iter().find(|a| {
        a.service == service
            && a.status.is_open()
            && a.start.date() >= today
            && a.status != AppointmentStatus::Missed
    }))
}

/// The entitlement is named only where there is one.
pub(super) fn as_entitled(act: &mut Act<'_, '_>, attendee: Attendee) -> Result<Attendee, DeskError> {
    Ok(match attendee {
        Attendee::Household(household, Some(entitlement)) => {
            let known = act.tx.state::<Entitlement>(entitlement)?.is_some();
            Attendee::Household(household, known.then_some(entitlement))
        }
        other => other,
    })
}

/// For whom an appointment is asked: a household with its right to what the service delivers, or somebody in no list.
pub(super) fn attendee(
    act: &mut Act<'_, '_>,
    household: Option<HouseholdId>,
    person: Option<&appointment::Person>,
    service: &Service,
) -> Result<Attendee, DeskError> {
    match (household, person) {
        (Some(id), _) => {
            act.household_topic(id)?;
            let right = service.campaign.map(|campaign| EntitlementId::of(campaign, id));
            Ok(Attendee::Household(id, right))
        }
        (None, Some(person)) => Ok(Attendee::Person(person.clone())),
        (None, None) => Err(Rejection::FieldInvalid { field: "name" }.into()),
    }
}

/// Moves several at once. Each is judged on the agenda as the ones before it leave it.
fn move_all(
    act: &mut Act<'_, '_>,
    moves: &[AppointmentMove],
    overbook: Option<&str>,
) -> Result<Deed, DeskError> {
    let mut events: Vec<NewEvent> = Vec::new();
    let mut gone: Vec<AppointmentId> = Vec::new();
    let mut come: Vec<(SiteId, Taken)> = Vec::new();
    let mut back: Vec<AppointmentMove> = Vec::new();
    let mut overbooked: Option<String> = None;
    for to in moves {
        if gone.contains(&to.appointment) {
            return Err(Rejection::FieldInvalid { field: "moves" }.into());
        }
        let (topic, found) = load(act, to.appointment)?;
        gone.push(found.id);
        back.push(AppointmentMove {
            appointment: found.id,
            site: found.site,
            start: found.start,
        });
        overbooked = overbooked.or_else(|| found.overbooked.clone());
        let service: Service = act.need(found.service, "service")?;
        let overbook = overbook.map(str::to_owned);
        let mut place = place(act, None, to.site, to.start, overbook)?;
        place.taken = taken(act, &gone, to.site, to.start.date())?;
        let there = come
            .iter()
            .filter(|(site, other)| *site == to.site && other.start.date() == to.start.date());
        place.taken.extend(there.map(|(_, other)| *other));
        events.extend(appointment::move_to(&act.ctx, topic, &found, &service, &place)?);
        events.extend(custody_for(act, found.entitlement, to.site)?);
        let taken = Taken {
            service: service.id,
            start: to.start,
            minutes: service.minutes,
        };
        come.push((to.site, taken));
    }
    let subject = moves.first().map(|first| first.appointment);
    // The last to have moved goes first: its place may be the one that another came from.
    back.reverse();
    let undo = Command::MoveAppointments {
        moves: back,
        overbook: overbooked,
    };
    Ok(match subject {
        Some(first) => Deed::of(first, events).undone_by(undo),
        None => Deed::default(),
    })
}

/// Who is to be served at another site takes the entitlement along: the desk there asks for it in time.
pub(super) fn custody_for(
    act: &mut Act<'_, '_>,
    entitlement: Option<EntitlementId>,
    site: SiteId,
) -> Result<Vec<NewEvent>, DeskError> {
    let Some(id) = entitlement else {
        return Ok(Vec::new());
    };
    let Some(found) = act.tx.state::<Entitlement>(id)? else {
        return Ok(Vec::new());
    };
    let directory = act.desk.directory();
    if directory
        .desk(found.custody.holder)
        .is_some_and(|holder| holder.site == site)
    {
        return Ok(Vec::new());
    }
    let topic = act.topic_of(id, "entitlement")?;
    let there = directory.desk_for_site(site, topic);
    match (there, found.status()) {
        (Some(desk), EntitlementStatus::Due | EntitlementStatus::Partial) => Ok(
            entitlement::request_custody(topic, &found, desk, "appuntamento in altra sede")?,
        ),
        _ => Ok(Vec::new()),
    }
}

/// A place in the agenda as it stands; `moved` is the appointment that leaves its own.
fn place(
    act: &mut Act<'_, '_>,
    moved: Option<AppointmentId>,
    site: SiteId,
    start: NaiveDateTime,
    overbook: Option<String>,
) -> Result<Place, DeskError> {
    Ok(Place {
        site,
        start,
        hours: act.tx.state::<SiteHours>(site)?,
        taken: taken(act, moved.as_slice(), site, start.date())?,
        overbook,
    })
}

/// What takes room at a site on a day, without some appointments.
fn taken(
    act: &mut Act<'_, '_>,
    without: &[AppointmentId],
    site: SiteId,
    day: NaiveDate,
) -> Result<Vec<Taken>, DeskError> {
    let reads = act.tx.reads()?;
    let services = reads.services()?;
    let mut appointments = reads.agenda(site, day, day)?;
    appointments.retain(|a| !without.contains(&a.id));
    Ok(agenda::taken(&appointments, &services))
}
