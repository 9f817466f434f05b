// SPDX-License-Identifier: EUPL-1.2
//! The day at a site, its agenda, and where there is room.

use super::{Ask, rows};
use crate::error::DeskError;
use crate::view::{
    AgendaDay, AgendaSlot, AgendaView, AppointmentRow, BoardView, DraftRow, FreeSlot, FreeSlotsView,
};
use chrono::{Duration, NaiveDate};
use sportello_domain::agenda::{self, Closed, SiteHours, Taken};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::entitlement::Entitlement;
use sportello_domain::household::Household;
use sportello_domain::ids::{AppointmentId, ServiceId, SiteId};
use sportello_domain::office::{Service, Site, Slot};
use sportello_domain::queue::{self, Rank};
use sportello_domain::serial;

/// Days that are looked through for free slots.
const LOOK_AHEAD: i64 = 90;

pub(super) fn appointment(ask: &Ask<'_>, id: AppointmentId) -> Result<AppointmentRow, DeskError> {
    rows::appointment(ask, &ask.need::<Appointment>(id, "appointment")?)
}

pub(super) fn board(
    ask: &Ask<'_>,
    site: Option<SiteId>,
    day: Option<NaiveDate>,
) -> Result<BoardView, DeskError> {
    let site = ask.site(site)?;
    let day = day.unwrap_or_else(|| ask.now.day());
    let mut board = BoardView {
        day,
        serving: vec![],
        waiting: vec![],
        next: None,
        grace_minutes: whole_minutes(queue::GRACE),
        patience_minutes: whole_minutes(queue::PATIENCE),
        parked: vec![],
        due: vec![],
        late: vec![],
        done: vec![],
        missed: vec![],
        drafts: drafts(ask)?,
        delivered_today: 0,
        vouchers_held: 0,
        site,
    };
    let mut there = ask.reads.board(board.site.id, day)?;
    there.retain(|found| !found.is_mistake());
    if day == ask.now.day() {
        board.next = next_here(ask, &board.site, &there)?;
    }
    // Who waits stands in the order of the queue; everybody else by time.
    there.sort_by_key(|found| {
        (found.status == AppointmentStatus::Presented)
            .then(|| Rank::of(found))
            .flatten()
    });
    for found in there {
        let row = rows::appointment(ask, &found)?;
        match row.status {
            AppointmentStatus::Called => board.serving.push(row),
            AppointmentStatus::Presented => board.waiting.push(row),
            AppointmentStatus::Parked => board.parked.push(row),
            AppointmentStatus::Booked if row.late => board.late.push(row),
            AppointmentStatus::Booked => board.due.push(row),
            AppointmentStatus::Finished => board.done.push(row),
            AppointmentStatus::Missed | AppointmentStatus::Cancelled => board.missed.push(row),
        }
    }
    board.done.reverse();
    let deliveries = ask.reads.deliveries(ask.desk.id(), day)?;
    board.delivered_today = u32::try_from(deliveries.len()).unwrap_or(u32::MAX);
    for campaign in ask.reads.campaigns()? {
        board.vouchers_held += serial::count(&ask.reads.held(ask.desk.id(), campaign.id)?);
    }
    Ok(board)
}

fn whole_minutes(time: Duration) -> u32 {
    u32::try_from(time.num_minutes()).unwrap_or(0)
}

/// Whoever this desk would call next: the same as [`sportello_domain::command::Command::CallNext`] calls.
fn next_here(ask: &Ask<'_>, site: &Site, there: &[Appointment]) -> Result<Option<AppointmentId>, DeskError> {
    let desk = ask.desk.id();
    if site.id != ask.desk.site() {
        return Ok(None);
    }
    let services = ask.reads.services()?;
    let offers = |id| {
        services
            .iter()
            .any(|service| service.id == id && service.offered_by(desk))
    };
    Ok(queue::next(there, desk, offers).map(|found| found.id))
}

fn drafts(ask: &Ask<'_>) -> Result<Vec<DraftRow>, DeskError> {
    let mut rows = Vec::new();
    for draft in ask.reads.drafts()? {
        let Some(entitlement) = ask.reads.state::<Entitlement>(draft.entitlement)? else {
            continue;
        };
        let household = ask.reads.state::<Household>(entitlement.household)?;
        rows.push(DraftRow {
            entitlement: draft.entitlement,
            household: entitlement.household,
            name: household.map(|h| h.data.applicant_name()).unwrap_or_default(),
            at: draft.at,
        });
    }
    Ok(rows)
}

pub(super) fn agenda(
    ask: &Ask<'_>,
    site: Option<SiteId>,
    service: Option<ServiceId>,
    from: NaiveDate,
    days: u16,
) -> Result<AgendaView, DeskError> {
    let site = ask.site(site)?;
    let days = days.clamp(1, 42);
    let to = from + Duration::days(i64::from(days) - 1);
    let services: Vec<Service> = ask
        .reads
        .services()?
        .into_iter()
        .filter(|s| service.is_none_or(|wanted| wanted == s.id))
        .collect();
    let hours = ask.reads.state::<SiteHours>(site.id)?;
    let every = ask.reads.services()?;
    let appointments = ask.reads.agenda(site.id, from, to)?;
    let mut view = AgendaView {
        days: Vec::with_capacity(usize::from(days)),
        site,
    };
    for day in from.iter_days().take(usize::from(days)) {
        let there: Vec<Appointment> = appointments
            .iter()
            .filter(|found| found.start.date() == day && !found.is_mistake())
            .cloned()
            .collect();
        let taken = agenda::taken(&there, &every);
        let staff = hours.as_ref().and_then(|hours| hours.staffed(day).ok());
        let mut slots: Vec<AgendaSlot> = Vec::new();
        let mut closed = None;
        for service in &services {
            let found = agenda::day(service, hours.as_ref(), view.site.id, day);
            // Of several services the one that is given here says best why nobody is served.
            if found.closed != Some(Closed::NotHere) {
                closed = closed.or(found.closed);
            }
            slots.extend(found.slots.into_iter().map(|slot| AgendaSlot {
                start: slot.start,
                service: service.id,
                capacity: slot.capacity,
                taken: 0,
                free: agenda::free(service, slot, staff.as_deref(), &taken),
                conflict: false,
                appointments: vec![],
            }));
        }
        for found in &there {
            if service.is_some_and(|wanted| wanted != found.service) {
                continue;
            }
            let row = rows::appointment(ask, found)?;
            let places = u16::from(!found.walk_in && found.status != AppointmentStatus::Cancelled);
            match slots
                .iter_mut()
                .find(|slot| slot.start == found.start && slot.service == found.service)
            {
                Some(slot) => {
                    slot.taken += places;
                    slot.appointments.push(row);
                }
                // Hours that changed after it was booked, or nobody booked it: shown all the same.
                None => slots.push(AgendaSlot {
                    start: found.start,
                    service: found.service,
                    capacity: 0,
                    taken: places,
                    free: 0,
                    conflict: false,
                    appointments: vec![row],
                }),
            }
        }
        for slot in &mut slots {
            slot.conflict = slot.capacity > 0 && conflict(slot.capacity, &slot.appointments);
        }
        slots.sort_by_key(|slot| (slot.start, slot.service));
        view.days.push(AgendaDay {
            day,
            closed: closed.filter(|_| slots.is_empty()),
            staff: staff.unwrap_or_default(),
            slots,
        });
    }
    Ok(view)
}

/// Whether more are booked than there is room for, beyond those whom somebody booked knowing that there was none.
pub(super) fn conflict(capacity: u16, appointments: &[AppointmentRow]) -> bool {
    let waits = |row: &&AppointmentRow| {
        !row.walk_in
            && !matches!(
                row.status,
                AppointmentStatus::Cancelled | AppointmentStatus::Missed
            )
    };
    let booked = appointments.iter().filter(waits);
    booked.filter(|row| row.overbooked.is_none()).count() > usize::from(capacity)
}

pub(super) fn free_slots(
    ask: &Ask<'_>,
    service: ServiceId,
    site: SiteId,
    from: Option<NaiveDate>,
    limit: Option<u16>,
) -> Result<FreeSlotsView, DeskError> {
    let service: Service = ask.need(service, "service")?;
    let rules = service.rules();
    let hours = ask.reads.state::<SiteHours>(site)?;
    let now = ask.now.rome();
    let limit = usize::from(limit.unwrap_or(12).clamp(1, 200));
    let first = from.unwrap_or_else(|| now.date()).max(now.date());
    let last = rules
        .ahead_days
        .map(|days| now.date() + Duration::days(i64::from(days)));
    let earliest = now + Duration::minutes(i64::from(rules.notice_minutes));
    let mut slots = Vec::new();
    if !rules.reservable {
        return Ok(FreeSlotsView { slots });
    }
    for day in first.iter_days().take(usize::try_from(LOOK_AHEAD).unwrap_or(0)) {
        if last.is_some_and(|last| day > last) {
            break;
        }
        for slot in free_on(ask, &service, hours.as_ref(), site, day, &[])? {
            let soon = rules.notice_minutes > 0 && slot.start < earliest;
            if !soon && slot.start + Duration::minutes(i64::from(service.minutes)) > now {
                slots.push(slot);
                if slots.len() == limit {
                    return Ok(FreeSlotsView { slots });
                }
            }
        }
    }
    Ok(FreeSlotsView { slots })
}

/// The slots of a day that have room, once `also` is taken too.
pub(super) fn free_on(
    ask: &Ask<'_>,
    service: &Service,
    hours: Option<&SiteHours>,
    site: SiteId,
    day: NaiveDate,
    also: &[Taken],
) -> Result<Vec<FreeSlot>, DeskError> {
    let all = agenda::day(service, hours, site, day).slots;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut taken = agenda::taken(&ask.reads.agenda(site, day, day)?, &ask.reads.services()?);
    taken.extend(also.iter().filter(|other| other.start.date() == day));
    let staff = hours.and_then(|hours| hours.staffed(day).ok());
    let with_room = |slot: Slot| {
        let free = agenda::free(service, slot, staff.as_deref(), &taken);
        let start = slot.start;
        (free > 0).then_some(FreeSlot { start, free })
    };
    Ok(all.into_iter().filter_map(with_room).collect())
}
