// SPDX-License-Identifier: EUPL-1.2
//! Appointments: by site and day, by household, by the code on the slip, and by whether somebody turned up.

use super::Row;
use crate::Result;
use crate::book::blob;
use sportello_domain::appointment::{Appointment, AppointmentStatus, Turnout};
use sportello_domain::ids::{EntitlementId, HouseholdId, ServiceId, SiteId};

/// What an appointment shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AppointmentRow {
    pub site: SiteId,
    /// Wall time in Italy, `YYYY-MM-DDTHH:MM`.
    pub start: String,
    pub household: Option<HouseholdId>,
    pub service: ServiceId,
    pub entitlement: Option<EntitlementId>,
    pub code: String,
    pub turnout: u8,
    pub status: u8,
}

/// The household turned up.
pub(crate) const PRESENTED: u8 = 1;
/// It did not.
pub(crate) const MISSED: u8 = 2;
/// The column of a cancelled appointment.
pub(crate) const CANCELLED: u8 = 5;

fn status(status: AppointmentStatus) -> u8 {
    match status {
        AppointmentStatus::Booked => 0,
        AppointmentStatus::Presented => 1,
        AppointmentStatus::Called => 2,
        AppointmentStatus::Parked => 3,
        AppointmentStatus::Missed => 4,
        AppointmentStatus::Cancelled => CANCELLED,
        AppointmentStatus::Finished => 6,
    }
}

impl AppointmentRow {
    pub fn of(a: &Appointment) -> Self {
        let turnout = match a.turnout() {
            Some(Turnout::Presented) => PRESENTED,
            Some(Turnout::Missed) => MISSED,
            None => 0,
        };
        Self {
            site: a.site,
            start: a.start.format("%Y-%m-%dT%H:%M").to_string(),
            household: a.household,
            service: a.service,
            entitlement: a.entitlement,
            code: a.code.clone(),
            turnout,
            status: status(a.status),
        }
    }

    /// Whether every index stays as it is.
    fn same_place(&self, other: &Self) -> bool {
        Self {
            status: 0,
            ..self.clone()
        } == Self {
            status: 0,
            ..other.clone()
        }
    }
}

pub(super) fn save(row: &Row<'_>, old: Option<&AppointmentRow>, new: Option<&AppointmentRow>) -> Result<i64> {
    if let (Some(n), Some(old), Some(new)) = (row.n, old, new)
        && old.same_place(new)
    {
        row.conn
            .prepare_cached("UPDATE appointment SET topic = ?2, last = ?3, status = ?4, places = ?5, state = ?6 WHERE n = ?1")?
            .execute((n, &row.topic, row.last, new.status, row.places, row.state))?;
        return Ok(n);
    }
    row.conn
        .prepare_cached(
            "INSERT INTO appointment (n, id, topic, last, site, start, household, service, entitlement, code, turnout, status, places, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (n) DO UPDATE SET topic = excluded.topic, last = excluded.last, site = excluded.site,
               start = excluded.start, household = excluded.household, service = excluded.service,
               entitlement = excluded.entitlement, code = excluded.code, turnout = excluded.turnout,
               status = excluded.status, places = excluded.places, state = excluded.state",
        )?
        .execute((
            row.n,
            row.id(),
            &row.topic,
            row.last,
            new.map(|r| blob(&r.site.0)),
            new.map(|r| r.start.as_str()),
            new.and_then(|r| r.household.as_ref()).map(|id| blob(&id.0)),
            new.map(|r| blob(&r.service.0)),
            new.and_then(|r| r.entitlement.as_ref()).map(|id| blob(&id.0)),
            new.map(|r| r.code.as_str()),
            new.map(|r| r.turnout),
            new.map(|r| r.status),
            row.places,
            row.state,
        ))?;
    Ok(row.n.unwrap_or_else(|| row.conn.last_insert_rowid()))
}
