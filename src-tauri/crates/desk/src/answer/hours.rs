// SPDX-License-Identifier: EUPL-1.2
//! The hours of a site, what a change of them touches, and the slots that two desks gave twice.

use super::agenda::{conflict, free_on};
use super::statistics::chosen;
use super::{Ask, rows};
use crate::error::DeskError;
use crate::view::{
    AgendaConflictRow, AgendaConflictsView, AppointmentRow, FreeSlot, HolidayRow, HoursImpactView, HoursView,
    Touched, TouchedRow,
};
use chrono::{Datelike as _, Duration, NaiveDate, NaiveDateTime};
use sportello_domain::agenda::{self, SiteHours, Taken};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::ids::{ServiceId, SiteId};
use sportello_domain::office::{Service, Site};
use std::collections::BTreeMap;

/// Days ahead in which appointments are looked at: nobody books beyond.
const AHEAD: i64 = 400;
/// Days in which another slot is looked for.
const OFFER_WITHIN: usize = 60;

pub(super) fn hours(ask: &Ask<'_>, site: Option<SiteId>, year: Option<i32>) -> Result<HoursView, DeskError> {
    let site = ask.site(site)?;
    let year = year.unwrap_or_else(|| ask.now.day().year());
    Ok(HoursView {
        hours: ask.reads.state::<SiteHours>(site.id)?,
        holidays: agenda::holidays(year)
            .into_iter()
            .map(|(day, holiday)| HolidayRow { day, holiday })
            .collect(),
        site,
    })
}

/// Appointments from today on that are still waited for, in the order in which they were booked.
fn to_come(ask: &Ask<'_>, site: SiteId) -> Result<Vec<Appointment>, DeskError> {
    let today = ask.now.day();
    let mut found = ask.reads.agenda(site, today, today + Duration::days(AHEAD))?;
    found.retain(|a| a.status == AppointmentStatus::Booked && !a.walk_in);
    found.sort_by_key(|a| (a.booked_at, a.id));
    Ok(found)
}

pub(super) fn impact(ask: &Ask<'_>, hours: &SiteHours) -> Result<HoursImpactView, DeskError> {
    let site: Site = ask.need(hours.site, "site")?;
    let services = ask.reads.services()?;
    // Those booked first keep their places.
    let mut kept: BTreeMap<NaiveDate, Vec<Taken>> = BTreeMap::new();
    let mut touched: Vec<(Appointment, Touched)> = Vec::new();
    for found in to_come(ask, site.id)? {
        let Some(service) = services.iter().find(|s| s.id == found.service) else {
            continue;
        };
        let date = found.start.date();
        let day = agenda::day(service, Some(hours), site.id, date);
        let slot = day.slots.iter().find(|slot| slot.start == found.start);
        let there = kept.entry(date).or_default();
        match (slot, day.closed) {
            (Some(slot), _) => {
                let staff = hours.staffed(date).ok();
                if found.overbooked.is_none() && agenda::free(service, *slot, staff.as_deref(), there) == 0 {
                    touched.push((found, Touched::NoRoom));
                } else {
                    there.push(taken(service, found.start));
                }
            }
            (None, Some(closed)) => touched.push((found, Touched::Closed { closed })),
            (None, None) => touched.push((found, Touched::NoSlot)),
        }
    }
    touched.sort_by_key(|(found, _)| (found.start, found.id));
    let gone: Vec<_> = touched.iter().map(|(found, _)| found.id).collect();
    let mut offered: Vec<Taken> = Vec::new();
    let mut view = HoursImpactView { touched: Vec::new() };
    for (found, touched) in touched {
        let offer = match services.iter().find(|s| s.id == found.service) {
            Some(service) => {
                let offer = offer(ask, service, hours, &found, &gone, &offered)?;
                offered.extend(offer.map(|start| taken(service, start)));
                offer
            }
            None => None,
        };
        view.touched.push(TouchedRow {
            appointment: rows::appointment(ask, &found)?,
            touched,
            offer,
        });
    }
    Ok(view)
}

fn taken(service: &Service, start: NaiveDateTime) -> Taken {
    Taken {
        service: service.id,
        start,
        minutes: service.minutes,
    }
}

/// The first slot with room from the appointment's own time on: the same day, then at the same time of day or later on the next.
fn offer(
    ask: &Ask<'_>,
    service: &Service,
    hours: &SiteHours,
    found: &Appointment,
    gone: &[sportello_domain::ids::AppointmentId],
    offered: &[Taken],
) -> Result<Option<NaiveDateTime>, DeskError> {
    let services = ask.reads.services()?;
    let now = ask.now.rome();
    for day in found.start.date().iter_days().take(OFFER_WITHIN) {
        let slots = agenda::day(service, Some(hours), found.site, day).slots;
        if slots.is_empty() {
            continue;
        }
        let mut there = ask.reads.agenda(found.site, day, day)?;
        there.retain(|other| !gone.contains(&other.id));
        let mut taken = agenda::taken(&there, &services);
        taken.extend(offered.iter().filter(|other| other.start.date() == day));
        let staff = hours.staffed(day).ok();
        let open: Vec<NaiveDateTime> = slots
            .into_iter()
            .filter(|slot| slot.start > now && agenda::free(service, *slot, staff.as_deref(), &taken) > 0)
            .map(|slot| slot.start)
            .collect();
        let later = open.iter().find(|start| start.time() >= found.start.time());
        if let Some(start) = later.or_else(|| open.last()) {
            return Ok(Some(*start));
        }
    }
    Ok(None)
}

pub(super) fn conflicts(ask: &Ask<'_>, site: Option<SiteId>) -> Result<AgendaConflictsView, DeskError> {
    let sites = chosen(ask, site)?;
    let services = ask.reads.services()?;
    let mut view = AgendaConflictsView { rows: Vec::new() };
    for site in sites {
        let hours = ask.reads.state::<SiteHours>(site.id)?;
        let mut slots: BTreeMap<(NaiveDateTime, ServiceId), Vec<Appointment>> = BTreeMap::new();
        for found in to_come(ask, site.id)? {
            slots.entry((found.start, found.service)).or_default().push(found);
        }
        for ((start, id), booked) in slots {
            let Some(service) = services.iter().find(|s| s.id == id) else {
                continue;
            };
            let day = agenda::day(service, hours.as_ref(), site.id, start.date());
            let Some(slot) = day.slots.into_iter().find(|slot| slot.start == start) else {
                continue;
            };
            // Most slots have room: only for those that may not have, names are looked up.
            if booked.len() <= usize::from(slot.capacity) {
                continue;
            }
            let rows: Vec<AppointmentRow> = booked
                .iter()
                .map(|found| rows::appointment(ask, found))
                .collect::<Result<_, _>>()?;
            if !conflict(slot.capacity, &rows) {
                continue;
            }
            view.rows.push(AgendaConflictRow {
                site: site.id,
                service: id,
                service_name: ask.service_name(service),
                start,
                capacity: slot.capacity,
                offer: nearest(ask, service, hours.as_ref(), site.id, start)?,
                appointments: rows,
            });
        }
    }
    view.rows.sort_by_key(|row| (row.start, row.site, row.service));
    Ok(view)
}

/// The slot with room that is nearest to a time: on the same day, or the first of the days after.
fn nearest(
    ask: &Ask<'_>,
    service: &Service,
    hours: Option<&SiteHours>,
    site: SiteId,
    start: NaiveDateTime,
) -> Result<Option<NaiveDateTime>, DeskError> {
    let now = ask.now.rome();
    for day in start.date().iter_days().take(OFFER_WITHIN) {
        let mut free: Vec<FreeSlot> = free_on(ask, service, hours, site, day, &[])?;
        free.retain(|slot| slot.start > now);
        if let Some(slot) = free.iter().min_by_key(|slot| (slot.start - start).abs()) {
            return Ok(Some(slot.start));
        }
    }
    Ok(None)
}
