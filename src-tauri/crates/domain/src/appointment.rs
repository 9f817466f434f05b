// SPDX-License-Identifier: EUPL-1.2
//! Appointments: booked, moved, presented, called, finished. What a person did weighs more than what was planned: a
//! household that presented itself stays presented even where another desk cancelled the appointment meanwhile.

mod decide;
mod event;
mod slip;
#[cfg(test)]
mod tests;

pub use decide::*;
pub use event::*;
pub use slip::SlipCode;

use crate::event::Event;
use crate::ids::{AppointmentId, DeskId, EntitlementId, HouseholdId, OperatorId, ServiceId, SiteId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use chrono::NaiveDateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentStatus {
    /// Waited for.
    Booked,
    /// Turned up, waits to be called.
    Presented,
    /// At the counter.
    Called,
    /// Turned up, waits aside (a paper to fetch, a relative to come).
    Parked,
    /// Did not turn up.
    Missed,
    /// Called off.
    Cancelled,
    /// Over.
    Finished,
}

impl AppointmentStatus {
    /// Something can still be done at the counter.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Finished)
    }
}

/// How an appointment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
// Among the types of the two doors `Outcome` is what came of a command.
#[schemars(rename = "AppointmentOutcome")]
#[ts(rename = "AppointmentOutcome")]
pub enum Outcome {
    /// What was asked was given.
    Served,
    /// It could not be given.
    Refused,
}

/// Somebody who is in no list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Person {
    /// Surname and name as told.
    pub name: String,
    /// Telephone as told.
    pub phone: String,
}

/// An appointment as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Appointment {
    /// Its identifier.
    pub id: AppointmentId,
    /// Short code on the slip; follows from the identifier.
    pub code: String,
    /// The household, when it is for one.
    pub household: Option<HouseholdId>,
    /// The person, when it is for nobody in the lists.
    pub person: Option<Person>,
    /// The entitlement it is to serve.
    pub entitlement: Option<EntitlementId>,
    /// The service.
    pub service: ServiceId,
    /// Where.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// How often it was moved.
    pub moves: u32,
    /// Why it was booked in a full slot.
    pub overbooked: Option<String>,
    /// Why it was called off or parked.
    pub reason: String,
    /// When the household turned up, the first time. It stays once it happened: the indicator counts on it.
    pub presented_at: Option<Timestamp>,
    /// When it was last called.
    pub called_at: Option<Timestamp>,
    /// The desk that called it.
    pub desk: Option<DeskId>,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it was booked.
    pub booked_at: Timestamp,
    /// By whom.
    pub booked_by: OperatorId,
    /// Where it stood before the last step, for undoing it.
    pub before: Option<AppointmentStatus>,
}

impl Appointment {
    fn step(&mut self, status: AppointmentStatus) {
        self.before = Some(self.status);
        self.status = status;
    }

    fn apply(&mut self, meta: &EventMeta, event: &Event) {
        use AppointmentStatus::{Booked, Called, Cancelled, Finished, Missed, Parked, Presented};
        match event {
            Event::AppointmentMoved(b) => {
                (self.site, self.start) = (b.site, b.start);
                self.overbooked.clone_from(&b.overbooked);
                self.moves += 1;
                if matches!(self.status, Missed | Cancelled) {
                    self.step(Booked);
                }
            }
            Event::AppointmentCancelled(b) => {
                if matches!(self.status, Booked | Missed) {
                    self.step(Cancelled);
                    self.reason.clone_from(&b.reason);
                }
            }
            Event::AppointmentPresented(_) if self.status != Finished => {
                self.step(Presented);
                self.presented_at.get_or_insert(meta.at);
            }
            Event::AppointmentCalled(_) if self.status != Finished => {
                self.step(Called);
                self.presented_at.get_or_insert(meta.at);
                (self.called_at, self.desk) = (Some(meta.at), Some(meta.desk));
            }
            Event::AppointmentParked(b) if self.status != Finished => {
                self.step(Parked);
                self.presented_at.get_or_insert(meta.at);
                self.reason.clone_from(&b.reason);
            }
            Event::AppointmentMissed(_) if self.status == Booked => {
                self.step(Missed);
            }
            Event::AppointmentFinished(b) => {
                self.step(Finished);
                self.presented_at.get_or_insert(meta.at);
                (self.finished_at, self.outcome, self.desk) =
                    (Some(meta.at), Some(b.outcome), Some(meta.desk));
            }
            Event::AppointmentUndone(b) => {
                // Undoing concerns the step that the operator saw; if something came after, it stays.
                if self.status == b.status
                    && let Some(before) = self.before.take()
                {
                    if before == Booked {
                        self.presented_at = None;
                    }
                    self.status = before;
                }
            }
            _ => {}
        }
    }
}

impl crate::state::Fold for Appointment {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        if let Some(mut appointment) = state {
            appointment.apply(meta, event);
            return Some(appointment);
        }
        let Event::AppointmentBooked(b) = event else {
            return None;
        };
        let id = AppointmentId(meta.entity.id);
        Some(Self {
            id,
            code: SlipCode::of(id).to_string(),
            household: b.household,
            person: b.person.clone(),
            entitlement: b.entitlement,
            service: b.service,
            site: b.site,
            start: b.start,
            status: AppointmentStatus::Booked,
            moves: 0,
            overbooked: b.overbooked.clone(),
            reason: String::new(),
            presented_at: None,
            called_at: None,
            desk: None,
            finished_at: None,
            outcome: None,
            booked_at: meta.at,
            booked_by: meta.actor,
            before: None,
        })
    }
}
