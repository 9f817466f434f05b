// SPDX-License-Identifier: EUPL-1.2
//! An appointment, or somebody who came without one, as the oracle knows it: where it stands, folded a second time.

use crate::facts::{CAMPAIGN, SERVICE};
use chrono::{Duration, NaiveDateTime, Timelike as _};
use sportello_domain::appointment::{AppointmentStatus, Outcome};
use sportello_domain::event::Event;
use sportello_domain::ids::{AppointmentId, DeskId, EntitlementId, HouseholdId, ServiceId, SiteId};
use sportello_domain::meta::EventMeta;
use sportello_domain::queue::Ticket;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It is waited for.
    Awaited,
    /// It waits to be called.
    Here,
    /// At a counter.
    AtCounter,
    /// It waits aside.
    Aside,
    /// Not there when it was time, or when it was called.
    Missed,
    /// Nobody waits for it any more.
    CalledOff,
    /// Over.
    Over,
}

impl From<AppointmentStatus> for Stage {
    fn from(shown: AppointmentStatus) -> Self {
        match shown {
            AppointmentStatus::Booked => Self::Awaited,
            AppointmentStatus::Presented => Self::Here,
            AppointmentStatus::Called => Self::AtCounter,
            AppointmentStatus::Parked => Self::Aside,
            AppointmentStatus::Missed => Self::Missed,
            AppointmentStatus::Cancelled => Self::CalledOff,
            AppointmentStatus::Finished => Self::Over,
        }
    }
}

/// An appointment, or somebody who came without one.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Whose.
    pub household: Option<HouseholdId>,
    /// For which right.
    pub(super) entitlement: Option<EntitlementId>,
    /// For what.
    pub service: ServiceId,
    /// Where.
    pub site: SiteId,
    /// When.
    pub start: NaiveDateTime,
    /// For when it was booked, where somebody came on another day.
    booked_for: Option<NaiveDateTime>,
    /// Nobody booked it.
    pub walk_in: bool,
    /// The first service of the visit, when this is one more.
    pub visit: Option<AppointmentId>,
    /// The number that it is called by.
    pub ticket: Option<Ticket>,
    /// Where it stands.
    pub stage: Stage,
    before: Option<Stage>,
    /// Somebody came for it.
    pub came: bool,
    called: bool,
    /// The desk that called it last, or finished it.
    pub counter: Option<DeskId>,
    /// The only desk that is to serve it.
    pub for_desk: Option<DeskId>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

impl Meeting {
    /// One that a record begins.
    pub(super) fn begun(event: &Event) -> Option<Self> {
        let (household, entitlement, service, site, start) = match event {
            Event::AppointmentBooked(fact) => (
                fact.household,
                fact.entitlement,
                fact.service,
                fact.site,
                fact.start,
            ),
            Event::AppointmentWalkedIn(fact) => (
                fact.household,
                fact.entitlement,
                fact.service,
                fact.site,
                fact.start,
            ),
            _ => return None,
        };
        let mut new = Self {
            household,
            entitlement,
            service,
            site,
            start,
            booked_for: None,
            walk_in: false,
            visit: None,
            ticket: None,
            stage: Stage::Awaited,
            before: None,
            came: false,
            called: false,
            counter: None,
            for_desk: None,
            outcome: None,
        };
        if let Event::AppointmentWalkedIn(fact) = event {
            new.walk_in = true;
            (new.visit, new.ticket) = (fact.visit, Some(fact.ticket));
            (new.stage, new.came) = (Stage::Here, true);
            // Taken back, it was a mistake: nobody came.
            new.before = Some(Stage::CalledOff);
        }
        Some(new)
    }

    /// Whose it is, where another word on the same meeting says that.
    pub(super) fn be_of(&mut self, whose: (Option<HouseholdId>, Option<EntitlementId>)) {
        if self.household.is_none() {
            (self.household, self.entitlement) = whose;
        }
    }

    /// It is for the campaign: by its service, or by the right that it names.
    pub(super) fn is_for_campaign(&self) -> bool {
        let right = self
            .household
            .map(|household| EntitlementId::of(CAMPAIGN, household));
        self.service == SERVICE || self.entitlement.is_some() && self.entitlement == right
    }

    /// Somebody was written down as having come, and nobody had.
    pub(super) fn is_mistake(&self) -> bool {
        self.walk_in && self.stage == Stage::CalledOff && !self.came
    }

    fn go(&mut self, stage: Stage) {
        self.before = Some(self.stage);
        self.stage = stage;
    }

    /// Whoever is there is there on the day on which it came.
    fn be_there(&mut self, meta: &EventMeta) {
        let now = meta.at.rome();
        if now.date() != self.start.date() {
            self.booked_for = self.booked_for.or(Some(self.start));
            self.start = now
                - Duration::nanoseconds(i64::from(now.nanosecond()))
                - Duration::seconds(i64::from(now.second()));
            self.ticket = None;
        }
    }

    fn come(&mut self, ticket: Option<Ticket>) {
        self.came = true;
        self.ticket = self.ticket.or(ticket);
    }

    /// One more record about it. True where a desk called it while it was at another's counter.
    pub(super) fn take(&mut self, meta: &EventMeta, event: &Event) -> bool {
        let (over, mine) = (self.stage == Stage::Over, self.counter == Some(meta.desk));
        let mut twice = false;
        match event {
            Event::AppointmentMoved(fact)
                if matches!(self.stage, Stage::Awaited | Stage::Missed | Stage::CalledOff) =>
            {
                if self.site != fact.site || self.start.date() != fact.start.date() {
                    self.ticket = None;
                }
                self.booked_for = None;
                (self.site, self.start) = (fact.site, fact.start);
                if matches!(self.stage, Stage::Missed | Stage::CalledOff) {
                    self.go(Stage::Awaited);
                }
            }
            Event::AppointmentCancelled(_) if matches!(self.stage, Stage::Awaited | Stage::Missed) => {
                self.go(Stage::CalledOff);
            }
            Event::AppointmentPresented(fact) if !over => {
                if !matches!(self.stage, Stage::Here | Stage::AtCounter) {
                    self.go(Stage::Here);
                    self.be_there(meta);
                }
                self.come(fact.ticket);
            }
            Event::AppointmentCalled(fact) if !over => {
                twice = self.stage == Stage::AtCounter && !mine;
                if self.stage != Stage::AtCounter || !mine {
                    self.go(Stage::AtCounter);
                }
                (self.counter, self.called) = (Some(meta.desk), true);
                self.be_there(meta);
                self.come(fact.ticket);
            }
            Event::AppointmentNotThere(_) if self.stage == Stage::AtCounter && mine => self.go(Stage::Missed),
            Event::AppointmentTransferred(fact)
                if matches!(self.stage, Stage::Here | Stage::AtCounter | Stage::Aside)
                    || self.is_mistake() =>
            {
                self.go(Stage::Here);
                self.come(None);
                self.for_desk = fact.desk;
                self.service = fact.service.unwrap_or(self.service);
            }
            Event::AppointmentParked(_) if !over => {
                self.go(Stage::Aside);
                self.come(None);
            }
            Event::AppointmentMissed(_) if self.stage == Stage::Awaited => self.go(Stage::Missed),
            Event::AppointmentFinished(fact) => {
                (self.counter, self.outcome) = (Some(meta.desk), Some(fact.outcome));
                self.go(Stage::Over);
                self.come(None);
            }
            Event::AppointmentUndone(fact) => {
                if self.stage == Stage::from(fact.status)
                    && let Some(before) = self.before.take()
                {
                    // Marked as missing, or called off, without ever having been called, it had not come before.
                    let absent = matches!(before, Stage::Missed | Stage::CalledOff);
                    self.came &= before != Stage::Awaited && (!absent || self.called);
                    self.stage = before;
                    if matches!(before, Stage::Awaited | Stage::Missed | Stage::CalledOff) {
                        self.start = self.booked_for.take().unwrap_or(self.start);
                    }
                }
            }
            _ => {}
        }
        twice
    }
}
