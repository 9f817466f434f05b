// SPDX-License-Identifier: EUPL-1.2
//! Appointments.

use super::{Act, Deed};
use crate::error::DeskError;
use chrono::NaiveDateTime;
use sportello_domain::appointment::{self, Appointment, Attendee, Place};
use sportello_domain::command::Command;
use sportello_domain::entitlement::{self, Entitlement, EntitlementStatus};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{AppointmentId, EntitlementId, ServiceId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::office::Service;

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
            let attendee = match (household, person) {
                (Some(id), _) => {
                    act.household_topic(*id)?;
                    let service: Service = act.need(*service, "service")?;
                    Attendee::Household(
                        *id,
                        service.campaign.map(|campaign| EntitlementId::of(campaign, *id)),
                    )
                }
                (None, Some(person)) => Attendee::Person(person.clone()),
                (None, None) => {
                    return Err(sportello_domain::refusal::Rejection::FieldInvalid { field: "name" }.into());
                }
            };
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
            let place = place(act, found.service, *site, *start, overbook.clone())?;
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
        Command::PresentAppointment { appointment } => {
            step(act, *appointment, |_, topic, found| a::present(topic, found))
        }
        Command::CallAppointment { appointment } => {
            step(act, *appointment, |_, topic, found| a::call(topic, found))
        }
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

fn load(act: &mut Act<'_, '_>, id: AppointmentId) -> Result<(Topic, Appointment), DeskError> {
    let found: Appointment = act.need(id, "appointment")?;
    if let Some(household) = found.household {
        act.not_erased(household)?;
    }
    Ok((act.topic_of(id, "appointment")?, found))
}

/// A step that can be taken back by undoing it.
fn step(
    act: &mut Act<'_, '_>,
    id: AppointmentId,
    decide: impl FnOnce(
        &sportello_domain::context::Ctx,
        Topic,
        &Appointment,
    ) -> Result<Vec<NewEvent>, sportello_domain::refusal::Rejection>,
) -> Result<Deed, DeskError> {
    let (topic, found) = load(act, id)?;
    let events = decide(&act.ctx, topic, &found)?;
    Ok(Deed::of(id, events).undone_by(Command::UndoAppointment { appointment: id }))
}

fn book(
    act: &mut Act<'_, '_>,
    attendee: Attendee,
    service_id: ServiceId,
    site: SiteId,
    start: NaiveDateTime,
    overbook: Option<String>,
) -> Result<Deed, DeskError> {
    let service: Service = act.need(service_id, "service")?;
    let place = place(act, service_id, site, start, overbook)?;
    let (topic, other, entitlement) = match &attendee {
        Attendee::Household(household, entitlement) => {
            let open = act.tx.reads()?.appointments_of(*household)?;
            // A past one that was never closed does not keep anybody from booking again.
            let open = open.into_iter().find(|a| {
                a.service == service_id
                    && a.status.is_open()
                    && a.start.date() >= act.ctx.now.day()
                    && a.status != appointment::AppointmentStatus::Missed
            });
            (act.household_topic(*household)?, open, *entitlement)
        }
        Attendee::Person(_) => (act.site_topic(site)?, None, None),
    };
    let id: AppointmentId = act.desk.ports().id();
    // The entitlement is named only where there is one.
    let attendee = match attendee {
        Attendee::Household(household, Some(entitlement)) => {
            let known = act.tx.state::<Entitlement>(entitlement)?.is_some();
            Attendee::Household(household, known.then_some(entitlement))
        }
        other => other,
    };
    let mut events = appointment::book(&act.ctx, topic, id, &service, attendee, &place, other.as_ref())?;
    events.extend(custody_for(act, entitlement, site)?);
    let undo = Command::CancelAppointment {
        appointment: id,
        reason: "Prenotazione annullata".into(),
    };
    Ok(Deed::of(id, events).undone_by(undo))
}

/// Who is to be served at another site takes the entitlement along: the desk there asks for it in time.
fn custody_for(
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

fn place(
    act: &mut Act<'_, '_>,
    service: ServiceId,
    site: SiteId,
    start: NaiveDateTime,
    overbook: Option<String>,
) -> Result<Place, DeskError> {
    let taken = act
        .tx
        .reads()?
        .occupancy(service, site, start.date())?
        .get(&start)
        .copied()
        .unwrap_or(0);
    Ok(Place {
        site,
        start,
        taken: u16::try_from(taken).unwrap_or(u16::MAX),
        overbook,
    })
}
