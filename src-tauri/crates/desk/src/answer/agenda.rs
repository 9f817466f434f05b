// SPDX-License-Identifier: EUPL-1.2
//! The day at a site, its agenda, and where there is room.

use super::{Ask, rows};
use crate::error::DeskError;
use crate::view::{
    AgendaDay, AgendaSlot, AgendaView, AppointmentRow, BoardView, DraftRow, FreeSlot, FreeSlotsView,
};
use chrono::{Duration, NaiveDate};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::entitlement::Entitlement;
use sportello_domain::household::Household;
use sportello_domain::ids::{AppointmentId, ServiceId, SiteId};
use sportello_domain::office::Service;
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
    for found in ask.reads.board(board.site.id, day)? {
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
    // Who has an appointment goes by its time; of those at the same time, who came first.
    board.waiting.sort_by_key(|row| (row.start, row.presented_at));
    board.done.reverse();
    let deliveries = ask.reads.deliveries(ask.desk.id(), day)?;
    board.delivered_today = u32::try_from(deliveries.len()).unwrap_or(u32::MAX);
    for campaign in ask.reads.campaigns()? {
        board.vouchers_held += serial::count(&ask.reads.held(ask.desk.id(), campaign.id)?);
    }
    Ok(board)
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
    let mut appointments = ask.reads.agenda(site.id, from, to)?;
    appointments.retain(|a| service.is_none_or(|wanted| wanted == a.service));
    let mut view = AgendaView {
        days: Vec::with_capacity(usize::from(days)),
        site,
    };
    for day in from.iter_days().take(usize::from(days)) {
        let mut slots: Vec<AgendaSlot> = Vec::new();
        for service in &services {
            slots.extend(
                service
                    .slots(view.site.id, day)
                    .into_iter()
                    .map(|slot| AgendaSlot {
                        start: slot.start,
                        service: service.id,
                        capacity: slot.capacity,
                        taken: 0,
                        appointments: vec![],
                    }),
            );
        }
        for found in appointments.iter().filter(|a| a.start.date() == day) {
            let row = rows::appointment(ask, found)?;
            let takes = u16::from(found.status != AppointmentStatus::Cancelled);
            match slots
                .iter_mut()
                .find(|slot| slot.start == found.start && slot.service == found.service)
            {
                Some(slot) => {
                    slot.taken += takes;
                    slot.appointments.push(row);
                }
                // Hours that changed after it was booked: shown all the same.
                None => slots.push(AgendaSlot {
                    start: found.start,
                    service: found.service,
                    capacity: 0,
                    taken: takes,
                    appointments: vec![row],
                }),
            }
        }
        slots.sort_by_key(|slot| (slot.start, slot.service));
        view.days.push(AgendaDay { day, slots });
    }
    Ok(view)
}

pub(super) fn free_slots(
    ask: &Ask<'_>,
    service: ServiceId,
    site: SiteId,
    from: Option<NaiveDate>,
    limit: Option<u16>,
) -> Result<FreeSlotsView, DeskError> {
    let service: Service = ask.need(service, "service")?;
    let now = ask.now.rome();
    let limit = usize::from(limit.unwrap_or(12).clamp(1, 200));
    let first = from.unwrap_or_else(|| now.date()).max(now.date());
    let mut slots = Vec::new();
    for day in first.iter_days().take(usize::try_from(LOOK_AHEAD).unwrap_or(0)) {
        let all = service.slots(site, day);
        if all.is_empty() {
            continue;
        }
        let taken = ask.reads.occupancy(service.id, site, day)?;
        for slot in all {
            let used = taken.get(&slot.start).copied().unwrap_or(0);
            let free = u32::from(slot.capacity).saturating_sub(used);
            if free > 0 && slot.start + Duration::minutes(i64::from(service.minutes)) > now {
                slots.push(FreeSlot {
                    start: slot.start,
                    free: u16::try_from(free).unwrap_or(u16::MAX),
                });
                if slots.len() == limit {
                    return Ok(FreeSlotsView { slots });
                }
            }
        }
    }
    Ok(FreeSlotsView { slots })
}
