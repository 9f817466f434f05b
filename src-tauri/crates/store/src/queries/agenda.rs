// SPDX-License-Identifier: EUPL-1.2
//! The agenda of a site.

use super::Reads;
use crate::Result;
use crate::book::blob;
use crate::projection::CANCELLED;
use chrono::{NaiveDate, NaiveDateTime};
use sportello_domain::appointment::{Appointment, SlipCode};
use sportello_domain::ids::{ServiceId, SiteId};
use std::collections::BTreeMap;

/// People booked for each slot: wall time in Italy.
pub type Occupancy = BTreeMap<NaiveDateTime, u32>;

impl Reads<'_> {
    /// The appointments of a site from one day to another, both included, by time.
    pub fn agenda(&self, site: SiteId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Appointment>> {
        self.states(
            "SELECT state FROM appointment WHERE site = ?1 AND start >= ?2 AND start < ?3 ORDER BY start, id",
            (blob(&site.0), day(from), day(to.succ_opt().unwrap_or(to))),
        )
    }

    /// Today's board: the appointments of a site on a day, by time.
    pub fn board(&self, site: SiteId, on: NaiveDate) -> Result<Vec<Appointment>> {
        self.agenda(site, on, on)
    }

    /// How many people are booked in each slot of a service at a site on a day; those called off do not count.
    pub fn occupancy(&self, service: ServiceId, site: SiteId, on: NaiveDate) -> Result<Occupancy> {
        let counts = self.all(
            "SELECT start, count(*) FROM appointment
             WHERE site = ?1 AND start >= ?2 AND start < ?3 AND service = ?4 AND status <> ?5 GROUP BY start",
            (
                blob(&site.0),
                day(on),
                day(on.succ_opt().unwrap_or(on)),
                blob(&service.0),
                CANCELLED,
            ),
            |row| Ok((row.get::<_, String>(0)?, row.get(1)?)),
        )?;
        Ok(counts
            .into_iter()
            .filter_map(|(start, count)| {
                Some((
                    NaiveDateTime::parse_from_str(&start, "%Y-%m-%dT%H:%M").ok()?,
                    count,
                ))
            })
            .collect())
    }

    /// The appointment with this code on its slip.
    pub fn appointment_by_code(&self, code: &SlipCode) -> Result<Option<Appointment>> {
        Ok(self
            .states(
                "SELECT state FROM appointment WHERE code = ?1",
                [code.to_string()],
            )?
            .pop())
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}
