// SPDX-License-Identifier: EUPL-1.2
//! Who is next. The order follows from the records alone, so every desk of a site that holds the same ones calls the same
//! person, and everybody can be told why.
//!
//! Who has precedence goes first. Then, by one clock for all: whoever has an appointment counts from its time (from the
//! arrival, who came later than [`GRACE`]); whoever came without counts as having an appointment [`PATIENCE`] after arriving.
//! So an appointment is kept to its time, and nobody without one waits for ever.

mod ticket;

#[cfg(test)]
mod tests;

pub use ticket::{LETTERS, Ticket};

use crate::appointment::{Appointment, AppointmentStatus};
use crate::ids::{AppointmentId, DeskId, ServiceId};
use chrono::{Duration, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who comes so much later than the appointment still keeps its time.
pub const GRACE: Duration = Duration::minutes(10);

/// Who came without an appointment counts as having one so long after arriving.
pub const PATIENCE: Duration = Duration::minutes(30);

/// Why somebody goes before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// A pregnancy.
    Pregnancy,
    /// A disability, or an illness.
    Disability,
    /// Great age.
    Age,
    /// Small children along.
    Children,
    /// Something that cannot wait.
    Urgency,
    /// Something else: the reason says what.
    Other,
}

/// A place in the queue: the smaller is called first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Without precedence.
    ordinary: bool,
    /// From when it counts: wall time in Italy.
    from: NaiveDateTime,
    /// So that nobody is at the same place.
    id: AppointmentId,
}

impl Rank {
    /// The place of somebody who is there; none where nobody is.
    pub fn of(appointment: &Appointment) -> Option<Self> {
        let arrived = appointment.queued_at?.rome();
        let ordinary = appointment.priority.is_none();
        let from = if !ordinary {
            arrived
        } else if appointment.walk_in {
            arrived + PATIENCE
        } else if arrived <= appointment.start + GRACE && appointment.calls == 0 {
            appointment.start
        } else {
            // Late, or called before and not there: the place of somebody who has just come.
            arrived.max(appointment.start)
        };
        let id = appointment.id;
        Some(Self { ordinary, from, id })
    }
}

/// Whether somebody waits to be called by this desk, which offers these services (`offers`).
pub fn waits_for(appointment: &Appointment, desk: DeskId, offers: impl Fn(ServiceId) -> bool) -> bool {
    appointment.status == AppointmentStatus::Presented
        && match appointment.for_desk {
            Some(wanted) => wanted == desk,
            None => offers(appointment.service),
        }
}

/// Puts those who wait in the order in which they are called.
pub fn sort(waiting: &mut [Appointment]) {
    waiting.sort_by_key(Rank::of);
}

/// Whoever is to be called next by a desk.
pub fn next<'a>(
    present: impl IntoIterator<Item = &'a Appointment>,
    desk: DeskId,
    offers: impl Fn(ServiceId) -> bool,
) -> Option<&'a Appointment> {
    present
        .into_iter()
        .filter(|appointment| waits_for(appointment, desk, &offers))
        .min_by_key(|appointment| Rank::of(appointment))
}
