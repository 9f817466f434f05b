// SPDX-License-Identifier: EUPL-1.2
//! The queue: who came, who is called, who waits for somebody else; and the hours in which there is one.

use super::agenda::{as_entitled, attendee, load, open_appointment, step};
use super::{Act, Deed};
use crate::directory::Directory;
use crate::error::DeskError;
use chrono::NaiveDate;
use sportello_domain::agenda::{HoursProblem, SiteHours};
use sportello_domain::appointment::{self, Appointment, Arrival, Attendee, Person, Precedence};
use sportello_domain::command::Command;
use sportello_domain::event::{Event, NewEvent};
use sportello_domain::ids::{AppointmentId, DeskId, EntitlementId, HouseholdId, ServiceId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::office::{Service, Site};
use sportello_domain::queue::{self, Ticket};
use sportello_domain::refusal::Rejection;

/// The last number that this desk gave, with its day: whoever has it may be on no board any more.
const LAST_NUMBER: &str = "last_number";

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    let deed = decided(act, command)?;
    let given = deed.events.iter().find_map(|event| match &event.event {
        Event::AppointmentWalkedIn(body) => Some(body.ticket),
        Event::AppointmentPresented(body) => body.ticket,
        Event::AppointmentCalled(body) => body.ticket,
        _ => None,
    });
    // One more service of a visit goes by the number that is there.
    if let Some(ticket) = given
        && ticket == next_ticket(act)?
    {
        act.tx.set_meta(LAST_NUMBER, &(act.ctx.now.day(), ticket))?;
    }
    Ok(deed)
}

fn decided(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    use appointment as a;
    match command {
        Command::PresentAppointment { appointment } => {
            let ticket = next_ticket(act)?;
            step(act, *appointment, |ctx, topic, found| {
                a::present(ctx, topic, found, ticket)
            })
        }
        Command::CallAppointment { appointment } => call(act, *appointment),
        Command::CallNext { service } => {
            let waiting = waiting(act, *service)?;
            let next = queue::next(&waiting, act.ctx.desk, |_| true).ok_or(Rejection::NobodyWaits)?;
            call(act, next.id)
        }
        Command::NotThere { appointment } => step(act, *appointment, a::not_there),
        Command::WalkIn {
            household,
            person,
            service,
            priority,
            reason,
        } => {
            let precedence = priority.map(|priority| Precedence { priority, reason });
            walk_in(act, *household, person.as_ref(), *service, precedence)
        }
        Command::AddService { appointment, service } => add_service(act, *appointment, *service),
        Command::TransferAppointment {
            appointment,
            desk,
            service,
            reason,
        } => {
            if let Some(desk) = desk {
                serves_here(act, *desk)?;
            }
            let service: Option<Service> = service.map(|id| act.need(id, "service")).transpose()?;
            let desk = *desk;
            let (topic, found) = load(act, *appointment)?;
            let events = a::transfer(&act.ctx, topic, &found, desk, service.as_ref(), reason)?;
            Ok(Deed::of(*appointment, events))
        }
        Command::PrioritiseAppointment {
            appointment,
            priority,
            reason,
        } => {
            let (topic, found) = load(act, *appointment)?;
            let events = a::prioritise(topic, &found, *priority, reason)?;
            let (before, words) = match found.priority {
                Some((priority, reason)) => (Some(priority), reason),
                None => (None, String::new()),
            };
            let back = Command::PrioritiseAppointment {
                appointment: *appointment,
                priority: before,
                reason: words,
            };
            Ok(Deed::of(*appointment, events).undone_by(back))
        }
        Command::DefineHours { hours } => define_hours(act, hours),
        _ => Ok(Deed::default()),
    }
}

fn call(act: &mut Act<'_, '_>, id: AppointmentId) -> Result<Deed, DeskError> {
    let ticket = next_ticket(act)?;
    step(act, id, |ctx, topic, found| {
        appointment::call(ctx, topic, found, ticket)
    })
}

/// Those whom this desk may call now.
fn waiting(act: &mut Act<'_, '_>, service: Option<ServiceId>) -> Result<Vec<Appointment>, DeskError> {
    let (site, desk, today) = (act.ctx.site, act.ctx.desk, act.ctx.now.day());
    let reads = act.tx.reads()?;
    let offered: Vec<ServiceId> = reads
        .services()?
        .into_iter()
        .filter(|found| found.offered_by(desk))
        .map(|found| found.id)
        .collect();
    let mut there = reads.board(site, today)?;
    there.retain(|found| {
        queue::waits_for(found, desk, |id| offered.contains(&id))
            && service.is_none_or(|wanted| wanted == found.service)
    });
    Ok(there)
}

/// The number for whoever comes next to this desk.
fn next_ticket(act: &mut Act<'_, '_>) -> Result<Ticket, DeskError> {
    let (site, desk, today) = (act.ctx.site, act.ctx.desk, act.ctx.now.day());
    let place = letter_of(&act.desk.directory(), desk, site);
    let letter = Ticket::after(place, None).letter();
    let given: Option<(NaiveDate, Ticket)> = act.tx.get_meta(LAST_NUMBER)?;
    let last = act
        .tx
        .reads()?
        .board(site, today)?
        .iter()
        .filter_map(|found| found.ticket)
        .chain(given.filter(|(day, _)| *day == today).map(|(_, ticket)| ticket))
        .filter(|ticket| ticket.letter() == letter)
        .max();
    Ok(Ticket::after(place, last))
}

/// A desk's place among those of its site, by name: desks are named in the order in which they come, so a newcomer seldom changes
/// another's letter; if it does, the day goes on in the new one.
fn letter_of(directory: &Directory, desk: DeskId, site: SiteId) -> usize {
    let mine = directory.name(desk).name;
    directory
        .all()
        .filter(|other| other.site == site && (&other.name, other.id) < (&mine, desk))
        .count()
}

fn serves_here(act: &Act<'_, '_>, desk: DeskId) -> Result<(), DeskError> {
    let directory = act.desk.directory();
    let there = directory
        .desk(desk)
        .is_some_and(|found| found.site == act.ctx.site && !found.revoked);
    if there {
        Ok(())
    } else {
        Err(Rejection::FieldInvalid { field: "desk" }.into())
    }
}

fn walk_in(
    act: &mut Act<'_, '_>,
    household: Option<HouseholdId>,
    person: Option<&Person>,
    service: ServiceId,
    precedence: Option<Precedence<'_>>,
) -> Result<Deed, DeskError> {
    let service: Service = act.need(service, "service")?;
    let wanted = attendee(act, household, person, &service)?;
    let (topic, open) = match &wanted {
        Attendee::Household(id, _) => {
            let today = act.ctx.now.day();
            // One for another day does not keep anybody from coming today.
            let open = open_appointment(&act.tx.reads()?, today, *id, service.id)?
                .filter(|a| a.start.date() == today);
            (act.household_topic(*id)?, open)
        }
        Attendee::Person(_) => (act.site_topic(act.ctx.site)?, None),
    };
    let wanted = as_entitled(act, wanted)?;
    let id: AppointmentId = act.desk.ports().id();
    let ticket = next_ticket(act)?;
    let arrival = Arrival {
        attendee: wanted,
        ticket,
        precedence,
    };
    let events = appointment::walk_in(&act.ctx, topic, id, &service, arrival, open.as_ref())?;
    Ok(Deed::of(id, events).undone_by(Command::UndoAppointment { appointment: id }))
}

fn add_service(act: &mut Act<'_, '_>, visit: AppointmentId, service: ServiceId) -> Result<Deed, DeskError> {
    let (topic, found) = load(act, visit)?;
    let service: Service = act.need(service, "service")?;
    let right = match (found.household, service.campaign) {
        (Some(household), Some(campaign)) => Some(EntitlementId::of(campaign, household)),
        _ => None,
    };
    let right = match right {
        Some(right) => act
            .tx
            .state::<sportello_domain::entitlement::Entitlement>(right)?
            .map(|_| right),
        None => None,
    };
    let id: AppointmentId = act.desk.ports().id();
    let ticket = next_ticket(act)?;
    let events = appointment::add_service(&act.ctx, topic, id, &found, &service, right, ticket)?;
    Ok(Deed::of(id, events).undone_by(Command::UndoAppointment { appointment: id }))
}

fn define_hours(act: &mut Act<'_, '_>, hours: &SiteHours) -> Result<Deed, DeskError> {
    let _: Site = act.need(hours.site, "site")?;
    hours.check().map_err(|problem| Rejection::HoursWrong {
        problem: match problem {
            HoursProblem::Span => "span",
            HoursProblem::Overlap => "overlap",
            HoursProblem::Period => "period",
            HoursProblem::Reason => "reason",
        },
    })?;
    let before = act.tx.state::<SiteHours>(hours.site)?;
    if before.as_ref() == Some(hours) {
        return Ok(Deed::default());
    }
    let body = sportello_domain::agenda::HoursDefined { hours: hours.clone() };
    let entity = SiteHours::of(hours.site);
    let deed = Deed::of(entity, vec![NewEvent::new(Topic::Office, entity, body)]);
    Ok(match before {
        Some(hours) => deed.undone_by(Command::DefineHours { hours }),
        None => deed,
    })
}
