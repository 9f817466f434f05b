// SPDX-License-Identifier: EUPL-1.2
//! When people can be served: a site's hours with its staff, days off, and the slots of a service that follow from both.

mod days;
mod hours;
pub mod series;
#[cfg(test)]
mod tests;

pub use days::{Holiday, holiday, holidays};
pub use hours::{Closure, ExtraOpening, HoursDefined, HoursProblem, SiteHours, Span, StaffedTime, WeekHours};

use crate::appointment::{Appointment, AppointmentStatus};
use crate::ids::SiteId;
use crate::office::{Service, Slot};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why nobody is served on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Closed {
    /// It is a holiday.
    Holiday {
        /// Which.
        holiday: Holiday,
    },
    /// The site, or the service, is closed that day, for this reason.
    Closure {
        /// Why, as it was written.
        reason: String,
    },
    /// The week's hours leave the day out.
    NoHours,
    /// The service is not given at this site.
    NotHere,
    /// The service is suspended.
    Suspended {
        /// Why, as it was written.
        reason: String,
    },
}

/// A day of a service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its slots, in order.
    pub slots: Vec<Slot>,
    /// Why there are none.
    pub closed: Option<Closed>,
}

/// The day of a service at a site.
///
/// A site without hours of its own is open when its services say so. Where it has hours, a slot needs both: the service's
/// openings (all of the site's hours, a slot every [`Service::minutes`], where it names none) and staff for its whole length;
/// it has room for as many as the smaller of the two allows.
pub fn day(service: &Service, hours: Option<&SiteHours>, site: SiteId, day: NaiveDate) -> Day {
    let closed = |closed| Day {
        slots: Vec::new(),
        closed: Some(closed),
    };
    if !service.sites.contains(&site) {
        return closed(Closed::NotHere);
    }
    if !service.active {
        let reason = service.why_suspended();
        return closed(Closed::Suspended { reason });
    }
    if service.closed.contains(&day) {
        return closed(Closed::Closure {
            reason: String::new(),
        });
    }
    let slots = match hours {
        None => service.opening_slots(site, day),
        Some(hours) => match hours.staffed(day) {
            Err(because) => return closed(because),
            Ok(times) => staffed_slots(service, site, day, &times),
        },
    };
    let closed = slots.is_empty().then_some(Closed::NoHours);
    Day { slots, closed }
}

fn staffed_slots(service: &Service, site: SiteId, day: NaiveDate, times: &[StaffedTime]) -> Vec<Slot> {
    let length = Duration::minutes(i64::from(service.minutes.max(1)));
    let mut slots = if service.openings.is_empty() {
        let mut slots = Vec::new();
        for time in times {
            let (mut start, end) = (day.and_time(time.from), day.and_time(time.to));
            while start + length <= end {
                let capacity = u16::MAX;
                slots.push(Slot { start, capacity });
                start += length;
            }
        }
        slots.sort_by_key(|slot| slot.start);
        slots.dedup_by_key(|slot| slot.start);
        slots
    } else {
        service.opening_slots(site, day)
    };
    for slot in &mut slots {
        slot.capacity = slot
            .capacity
            .min(staff_during(times, slot.start, slot.start + length));
    }
    slots.retain(|slot| slot.capacity > 0);
    slots
}

/// How many serve from one moment to another without a break: the least at any moment between.
pub fn staff_during(times: &[StaffedTime], from: NaiveDateTime, to: NaiveDateTime) -> u16 {
    if from.date() != to.date() || to <= from {
        return 0;
    }
    // Staff only changes where a time begins or ends: those moments are all that need looking at.
    let (from, to) = (from.time(), to.time());
    let edges = times.iter().flat_map(|time| [time.from, time.to]);
    std::iter::once(from)
        .chain(edges.filter(|edge| *edge > from && *edge < to))
        .map(|moment| {
            times
                .iter()
                .filter(|time| time.from <= moment && moment < time.to)
                .fold(0_u16, |sum, time| sum.saturating_add(time.staff))
        })
        .min()
        .unwrap_or(0)
}

/// An appointment as far as it takes room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Of which service.
    pub service: crate::ids::ServiceId,
    /// When it begins: wall time in Italy.
    pub start: NaiveDateTime,
    /// Minutes that it takes.
    pub minutes: u16,
}

/// What takes room, of the appointments of a site on a day: those that were booked and not called off. Who came without an
/// appointment takes none: the queue finds the time for it.
pub fn taken(appointments: &[Appointment], services: &[Service]) -> Vec<Taken> {
    appointments
        .iter()
        .filter(|found| !found.walk_in && found.status != AppointmentStatus::Cancelled)
        .map(|found| Taken {
            service: found.service,
            start: found.start,
            minutes: services
                .iter()
                .find(|service| service.id == found.service)
                .map_or(0, |service| service.minutes),
        })
        .collect()
}

/// How many more a slot has room for: fewer than its own capacity where the site's staff is busy with other services.
///
/// `taken` are the appointments of the site on that day that take room, of every service.
pub fn free(service: &Service, slot: Slot, times: Option<&[StaffedTime]>, taken: &[Taken]) -> u16 {
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let mine = taken
        .iter()
        .filter(|other| other.service == service.id && other.start == slot.start)
        .count();
    let own = slot.capacity.saturating_sub(count(mine));
    let Some(times) = times else { return own };
    let (from, to) = (
        slot.start,
        slot.start + Duration::minutes(i64::from(service.minutes.max(1))),
    );
    let ends = |other: &Taken| other.start + Duration::minutes(i64::from(other.minutes.max(1)));
    let meets: Vec<&Taken> = taken
        .iter()
        .filter(|other| other.start < to && ends(other) > from)
        .collect();
    // The busiest moment is one at which some appointment begins, or the slot does.
    let busiest = std::iter::once(from)
        .chain(
            meets
                .iter()
                .map(|other| other.start)
                .filter(|start| *start > from),
        )
        .map(|moment| {
            meets
                .iter()
                .filter(|other| other.start <= moment && moment < ends(other))
                .count()
        })
        .max()
        .unwrap_or(0);
    own.min(staff_during(times, from, to).saturating_sub(count(busiest)))
}
