// SPDX-License-Identifier: EUPL-1.2
//! Appointments: booked, moved, presented, called, finished. What a person did weighs more than what was planned: a
//! household that presented itself stays presented even where another desk cancelled the appointment meanwhile.

mod decide;
mod event;
mod slip;
#[cfg(test)]
mod tests;

use decide::minute;
pub use decide::*;
pub use event::*;
pub use slip::SlipCode;

use crate::event::Event;
use crate::ids::{AppointmentId, DeskId, EntitlementId, HouseholdId, OperatorId, ServiceId, SiteId};
use crate::meta::EventMeta;
use crate::queue::{Priority, Ticket};
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

/// Whether somebody came to an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turnout {
    /// The household turned up.
    Presented,
    /// It did not.
    Missed,
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
    /// When: wall time in Italy. Who came on another day, for that moment.
    pub start: NaiveDateTime,
    /// For when it was booked, where somebody came on another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub planned: Option<NaiveDateTime>,
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
    /// Nobody booked it: somebody came.
    pub walk_in: bool,
    /// The first service of the visit, when this is one more.
    pub visit: Option<AppointmentId>,
    /// The number that it is called by.
    pub ticket: Option<Ticket>,
    /// Why it goes before others, with the reason in words.
    pub priority: Option<(Priority, String)>,
    /// The only desk that is to serve it.
    pub for_desk: Option<DeskId>,
    /// How often it was called.
    pub calls: u32,
    /// When it was first called.
    pub first_called_at: Option<Timestamp>,
    /// From when its place in the queue counts: when it came, or came back after it was called in vain.
    pub queued_at: Option<Timestamp>,
    /// When it came to stand where it stands.
    pub since: Timestamp,
    /// For how long it did what, until then.
    pub spent: Spent,
}

/// How long a visit took, in seconds by the clocks of the desks that wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Spent {
    /// Waiting to be called.
    pub waiting: u32,
    /// At the counter.
    pub serving: u32,
    /// Waiting aside.
    pub parked: u32,
}

impl Appointment {
    /// Whether somebody came. None while that is not known, for what was called off, and for who came without an appointment: nobody turned
    /// up for one, and the indicator shows these apart.
    pub fn turnout(&self) -> Option<Turnout> {
        match self.status {
            AppointmentStatus::Cancelled => None,
            _ if self.walk_in => None,
            _ if self.presented_at.is_some() => Some(Turnout::Presented),
            AppointmentStatus::Missed => Some(Turnout::Missed),
            _ => None,
        }
    }

    /// Somebody was written down as having come, and that was taken back: nobody came, and nothing counts it.
    pub fn is_mistake(&self) -> bool {
        self.walk_in && self.status == AppointmentStatus::Cancelled && self.presented_at.is_none()
    }

    fn step(&mut self, meta: &EventMeta, status: AppointmentStatus) {
        self.before = Some(self.status);
        self.stand(meta, status);
    }

    /// Stands somewhere from now on; what it did until now took its time.
    fn stand(&mut self, meta: &EventMeta, status: AppointmentStatus) {
        // Two desks' clocks differ: a time that would be negative took none.
        let millis = meta.at.0.saturating_sub(self.since.0).max(0);
        let seconds = u32::try_from(millis / 1000).unwrap_or(u32::MAX);
        let spent = match self.status {
            AppointmentStatus::Presented => Some(&mut self.spent.waiting),
            AppointmentStatus::Called => Some(&mut self.spent.serving),
            AppointmentStatus::Parked => Some(&mut self.spent.parked),
            _ => None,
        };
        if let Some(spent) = spent {
            *spent = spent.saturating_add(seconds);
        }
        self.status = status;
        self.since = meta.at;
    }

    /// Whoever comes on another day is there on that day, on its board and in its queue, wherever the agenda had it: also when another
    /// desk moved it and this one had not heard of that.
    fn be_there_on(&mut self, meta: &EventMeta) {
        let now = meta.at.rome();
        if now.date() != self.start.date() {
            self.planned.get_or_insert(self.start);
            self.start = minute(now);
            // A number is of one day.
            self.ticket = None;
        }
    }

    /// Somebody is there.
    fn come(&mut self, meta: &EventMeta, ticket: Option<Ticket>) {
        self.presented_at.get_or_insert(meta.at);
        self.queued_at.get_or_insert(meta.at);
        self.ticket = self.ticket.or(ticket);
    }

    fn apply(&mut self, meta: &EventMeta, event: &Event) {
        use AppointmentStatus::{Booked, Called, Cancelled, Finished, Missed, Parked, Presented};
        match event {
            // The same list taken in at two desks, of which one did not know the household yet: it is theirs.
            Event::AppointmentBooked(b) if self.household.is_none() && b.household.is_some() => {
                (self.household, self.entitlement) = (b.household, b.entitlement);
                self.person = None;
            }
            // Somebody who is there is not sent away by whoever had not heard of it.
            Event::AppointmentMoved(b) if !matches!(self.status, Presented | Called | Parked | Finished) => {
                if (self.site, self.start.date()) != (b.site, b.start.date()) {
                    // A number is of one day and one waiting room.
                    self.ticket = None;
                }
                self.planned = None;
                (self.site, self.start) = (b.site, b.start);
                self.overbooked.clone_from(&b.overbooked);
                self.moves += 1;
                if matches!(self.status, Missed | Cancelled) {
                    self.queued_at = None;
                    self.step(meta, Booked);
                }
            }
            Event::AppointmentCancelled(b) => {
                if matches!(self.status, Booked | Missed) {
                    self.step(meta, Cancelled);
                    self.reason.clone_from(&b.reason);
                }
            }
            // Presented at two desks at once, or at the counter already: it is there all the same.
            Event::AppointmentPresented(b) if matches!(self.status, Presented | Called) => {
                self.come(meta, b.ticket);
            }
            Event::AppointmentPresented(b) if self.status != Finished => {
                if self.status == Missed {
                    self.queued_at = None;
                }
                self.step(meta, Presented);
                self.be_there_on(meta);
                self.come(meta, b.ticket);
            }
            Event::AppointmentCalled(b) if self.status != Finished => {
                self.be_there_on(meta);
                self.come(meta, b.ticket);
                self.calls += 1;
                self.first_called_at.get_or_insert(meta.at);
                // Called again it stands where it stood.
                if self.status != Called || self.desk != Some(meta.desk) {
                    self.step(meta, Called);
                }
                (self.called_at, self.desk) = (Some(meta.at), Some(meta.desk));
            }
            Event::AppointmentParked(b) if self.status != Finished => {
                self.step(meta, Parked);
                self.come(meta, None);
                self.reason.clone_from(&b.reason);
            }
            Event::AppointmentMissed(_) if self.status == Booked => {
                self.step(meta, Missed);
            }
            Event::AppointmentNotThere(_) if self.status == Called && self.desk == Some(meta.desk) => {
                self.step(meta, Missed);
            }
            // Who was written down by mistake, as one desk thought, and sent on by another, is there.
            Event::AppointmentTransferred(b)
                if matches!(self.status, Presented | Called | Parked) || self.is_mistake() =>
            {
                self.come(meta, None);
                self.step(meta, Presented);
                self.for_desk = b.desk;
                if let Some(service) = b.service {
                    self.service = service;
                }
                self.reason.clone_from(&b.reason);
            }
            Event::AppointmentPrioritised(b) => {
                self.priority = b.priority.map(|priority| (priority, b.reason.clone()));
            }
            Event::AppointmentFinished(b) => {
                self.step(meta, Finished);
                self.come(meta, None);
                (self.finished_at, self.outcome, self.desk) =
                    (Some(meta.at), Some(b.outcome), Some(meta.desk));
            }
            Event::AppointmentUndone(b) => {
                // Undoing concerns the step that the operator saw; if something came after, it stays.
                if self.status == b.status
                    && let Some(before) = self.before.take()
                {
                    let never_came =
                        before == Booked || matches!(before, Missed | Cancelled) && self.calls == 0;
                    if never_came {
                        (self.presented_at, self.queued_at) = (None, None);
                    }
                    if matches!(before, Booked | Missed | Cancelled)
                        && let Some(planned) = self.planned.take()
                    {
                        self.start = planned;
                    }
                    self.stand(meta, before);
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
        let id = AppointmentId(meta.entity.id);
        match event {
            Event::AppointmentBooked(b) => Some(Self {
                household: b.household,
                person: b.person.clone(),
                entitlement: b.entitlement,
                overbooked: b.overbooked.clone(),
                ..Self::begun(id, meta, b.service, b.site, b.start)
            }),
            Event::AppointmentWalkedIn(b) => Some(Self {
                household: b.household,
                person: b.person.clone(),
                entitlement: b.entitlement,
                walk_in: true,
                visit: b.visit,
                ticket: Some(b.ticket),
                status: AppointmentStatus::Presented,
                // Written by mistake, it can be taken back like any first step: then nobody came.
                before: Some(AppointmentStatus::Cancelled),
                presented_at: Some(meta.at),
                queued_at: Some(meta.at),
                ..Self::begun(id, meta, b.service, b.site, b.start)
            }),
            _ => None,
        }
    }
}

impl Appointment {
    /// One that was just written, of nobody yet.
    pub(crate) fn begun(
        id: AppointmentId,
        meta: &EventMeta,
        service: ServiceId,
        site: SiteId,
        start: NaiveDateTime,
    ) -> Self {
        Self {
            id,
            code: SlipCode::of(id).to_string(),
            household: None,
            person: None,
            entitlement: None,
            service,
            site,
            start,
            planned: None,
            status: AppointmentStatus::Booked,
            moves: 0,
            overbooked: None,
            reason: String::new(),
            presented_at: None,
            called_at: None,
            desk: None,
            finished_at: None,
            outcome: None,
            booked_at: meta.at,
            booked_by: meta.actor,
            before: None,
            walk_in: false,
            visit: None,
            ticket: None,
            priority: None,
            for_desk: None,
            calls: 0,
            first_called_at: None,
            queued_at: None,
            since: meta.at,
            spent: Spent::default(),
        }
    }
}
