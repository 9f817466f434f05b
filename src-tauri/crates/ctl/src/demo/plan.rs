// SPDX-License-Identifier: EUPL-1.2
//! Who comes to a desk, when, and what comes of it: planned from a seed, then lived through ([`super::life`]).

mod passers;

use super::clock::{later, moment};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use sportello_domain::agenda;
use sportello_domain::campaign::Campaign;
use sportello_domain::demo::DemoRng;
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::ids::{EntitlementId, HouseholdId, SiteId};
use sportello_domain::money::Cents;
use sportello_domain::office::{Service, Slot};
use sportello_domain::queue::Priority;
use sportello_domain::time::Timestamp;

/// The slots of a day, as the service's own openings make them.
pub fn slots_of(service: &Service, site: SiteId, day: NaiveDate) -> Vec<Slot> {
    agenda::day(service, None, site, day).slots
}

/// An entitlement that a desk may serve.
#[derive(Clone, Debug)]
pub struct Case {
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// What it is due.
    pub amount: Cents,
    /// The applicant's name.
    pub applicant: String,
}

/// What happens, with what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Booklets come.
    Receive(u64),
    /// An appointment is booked.
    Book(NaiveDateTime),
    /// It is called off.
    Cancel,
    /// The household turns up.
    Present,
    /// It is called to the counter.
    Call,
    /// It waits aside.
    Park,
    /// It did not turn up.
    Miss,
    /// Vouchers are handed over.
    Confirm(How),
    /// Nothing can be handed over.
    Refuse(RefusalReason),
    /// The last delivery is taken back; true when the vouchers came back.
    Reverse(bool),
    /// A note is left.
    Note,
    /// Somebody comes without an appointment, to ask something.
    WalkIn(Option<Priority>),
    /// What was asked has been answered.
    Answer,
}

/// How vouchers are handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// As they should be.
    Plain,
    /// So many fewer than due.
    Less(u64),
    /// From a booklet that was not entered.
    Strange,
    /// By a desk that does not hold the entitlement.
    Elsewhere,
}

/// One thing that happens to one visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// To which visit; what concerns no visit names the first.
    pub visit: usize,
    /// What.
    pub step: Step,
}

/// What a desk lives through.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The cases of the visits.
    pub visits: Vec<Case>,
    /// By time.
    pub acts: Vec<Act>,
}

/// Where and when.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The service that delivers its vouchers.
    pub service: &'a Service,
    /// The site.
    pub site: SiteId,
    /// The moment at which the demonstration stands.
    pub now: Timestamp,
    /// Of a thousand cases, how many had their turn before today.
    pub past: u32,
    /// A delivery from a booklet that was not entered happens here.
    pub strange: bool,
    /// A delivery whose vouchers do not come back happens here.
    pub lost: bool,
    /// Cases of other desks that are served here all the same, with a reason.
    pub elsewhere: &'a [Case],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Served,
    Parked,
    NoShow,
    RefusedOnce,
    Refused,
    Cancelled,
    WalkIn,
    WrongBooklet,
    LostBooklet,
    Partial,
    Strange,
}

/// How often each kind comes, per mille.
const KINDS: [(Kind, u32); 9] = [
    (Kind::Served, 790),
    (Kind::Parked, 10),
    (Kind::NoShow, 60),
    (Kind::RefusedOnce, 45),
    (Kind::Refused, 14),
    (Kind::Cancelled, 18),
    (Kind::WalkIn, 45),
    (Kind::WrongBooklet, 10),
    (Kind::Partial, 8),
];

struct Planner<'a> {
    stage: Stage<'a>,
    rng: DemoRng,
    cases: std::vec::IntoIter<Case>,
    /// Sent home, to come again from this day on.
    returning: Vec<(usize, Timestamp, NaiveDate)>,
    plan: Plan,
}

/// Plans what a desk lives through up to the moment of the demonstration. `cases` come in this order.
pub fn plan(stage: Stage<'_>, cases: Vec<Case>, rng: DemoRng) -> Plan {
    let today = stage.now.day();
    let count = u32::try_from(cases.len()).unwrap_or(u32::MAX);
    let mut planner = Planner {
        stage,
        rng,
        cases: cases.into_iter(),
        returning: Vec::new(),
        plan: Plan::default(),
    };
    let days: Vec<NaiveDate> = stage
        .campaign
        .from
        .iter_days()
        .take_while(|day| *day <= stage.campaign.to)
        .filter(|day| !slots_of(stage.service, stage.site, *day).is_empty())
        .collect();
    let past: Vec<NaiveDate> = days.iter().copied().filter(|day| *day < today).collect();
    let quota = count * stage.past / 1000;
    for (index, day) in (0_u32..).zip(&past) {
        let days = u32::try_from(past.len()).unwrap_or(1).max(1);
        let share = quota * (index + 1) / days - quota * index / days;
        // What a supervisor must see is rare: it is put where it is wanted.
        let special = match index {
            1 if stage.strange => Some(Kind::Strange),
            3 if stage.lost => Some(Kind::LostBooklet),
            _ => None,
        };
        planner.past_day(*day, share, special);
        planner.passers(*day);
    }
    if days.contains(&today) {
        planner.today(today, (count / 10).max(8));
        planner.passers_of_today();
    }
    let future: Vec<NaiveDate> = days.into_iter().filter(|day| *day > today).collect();
    let mut left = count * 150 / 1000;
    for (index, day) in (0_u32..).zip(&future) {
        // Many next week, some in a month.
        let share = (left / (6 + index)).max(1).min(left);
        left -= share;
        planner.future_day(*day, share);
    }
    planner.elsewhere(&past);
    planner.finish()
}

impl Planner<'_> {
    fn act(&mut self, at: Timestamp, visit: usize, step: Step) {
        self.plan.acts.push(Act { at, visit, step });
    }

    fn visit(&mut self) -> Option<usize> {
        let case = self.cases.next()?;
        self.plan.visits.push(case);
        Some(self.plan.visits.len() - 1)
    }

    /// So many of a day's places, in order.
    fn places(&mut self, day: NaiveDate, count: u32) -> Vec<NaiveDateTime> {
        let slots = slots_of(self.stage.service, self.stage.site, day);
        let mut all: Vec<NaiveDateTime> = slots
            .iter()
            .flat_map(|slot| std::iter::repeat_n(slot.start, usize::from(slot.capacity)))
            .collect();
        let count = all.len().min(usize::try_from(count).unwrap_or(usize::MAX));
        for place in 0..count {
            let other = place + self.rng.index(all.len() - place);
            all.swap(place, other);
        }
        all.truncate(count);
        all.sort_unstable();
        all
    }

    fn seconds(&mut self, low: u32, high: u32) -> i64 {
        i64::from(self.rng.between(low, high))
    }

    /// Some days before, in office hours, and never after now.
    fn booked_at(&mut self, start: NaiveDateTime) -> Timestamp {
        let now = self.stage.now.rome();
        let end = if start < now { start } else { now };
        let back = u64::from(self.rng.between(1, 9));
        let day = end.date().checked_sub_days(Days::new(back)).unwrap_or(end.date());
        let at = moment(day.year(), day.month(), day.day(), 9, 0);
        let at = later(at, self.seconds(0, 8 * 3600 - 60));
        let earliest = moment(2020, 12, 31, 9, 0);
        if at > earliest {
            at
        } else {
            later(earliest, self.seconds(0, 7 * 3600))
        }
    }

    fn past_day(&mut self, day: NaiveDate, share: u32, mut special: Option<Kind>) {
        let mut counter_free = moment(day.year(), day.month(), day.day(), 8, 55);
        let closing = moment(day.year(), day.month(), day.day(), 17, 45);
        for start in self.places(day, share) {
            let back = self.returning.iter().position(|(_, _, from)| *from <= day);
            let (visit, kind, booked) = if let Some(index) = back {
                let (visit, refused, _) = self.returning.remove(index);
                (visit, Kind::Served, later(refused, 180))
            } else {
                let Some(visit) = self.visit() else { return };
                let weights = KINDS.map(|(_, weight)| weight);
                let kind = special.take().unwrap_or(KINDS[self.rng.weighted(&weights)].0);
                (visit, kind, self.booked_at(start))
            };
            counter_free = self.came(visit, kind, booked, start, counter_free, closing);
        }
    }

    /// One visit of a day that is over; tells when the counter is free again.
    fn came(
        &mut self,
        visit: usize,
        kind: Kind,
        booked: Timestamp,
        start: NaiveDateTime,
        counter_free: Timestamp,
        closing: Timestamp,
    ) -> Timestamp {
        let begins = Timestamp::of_rome(start);
        if kind != Kind::WalkIn {
            self.act(booked, visit, Step::Book(start));
        }
        match kind {
            Kind::NoShow => {
                let at = later(closing, self.seconds(0, 600));
                self.act(at, visit, Step::Miss);
                return counter_free;
            }
            Kind::Cancelled => {
                let at = later(begins, -self.seconds(3600, 7200));
                self.act(at.max(later(booked, 60)), visit, Step::Cancel);
                return counter_free;
            }
            _ => {}
        }
        let arrived = later(begins, self.seconds(0, 1020) - 720);
        let called = later(arrived, self.seconds(30, 120)).max(counter_free);
        let mut done = later(called, self.seconds(240, 540));
        if kind != Kind::WalkIn {
            self.act(arrived, visit, Step::Present);
            self.act(called, visit, Step::Call);
        }
        match kind {
            Kind::RefusedOnce | Kind::Refused => {
                let reasons = [
                    RefusalReason::NoDocument,
                    RefusalReason::NoDelega,
                    RefusalReason::NotOfHousehold,
                ];
                let reason = if kind == Kind::Refused {
                    RefusalReason::Declined
                } else {
                    reasons[self.rng.weighted(&[70, 20, 10])]
                };
                self.act(done, visit, Step::Refuse(reason));
                if kind == Kind::RefusedOnce && self.rng.chance(750) {
                    let from = start
                        .date()
                        .checked_add_days(Days::new(2))
                        .unwrap_or(start.date());
                    self.returning.push((visit, done, from));
                }
            }
            Kind::Parked => {
                self.act(later(called, 90), visit, Step::Park);
                self.act(later(called, 1500), visit, Step::Call);
                done = later(called, 1800);
                self.act(done, visit, Step::Confirm(How::Plain));
                return later(called, 120);
            }
            Kind::WrongBooklet | Kind::LostBooklet => {
                self.act(done, visit, Step::Confirm(How::Plain));
                self.act(later(done, 120), visit, Step::Reverse(kind == Kind::WrongBooklet));
                self.act(later(done, 180), visit, Step::Confirm(How::Plain));
                done = later(done, 180);
            }
            Kind::Partial => {
                let fewer = u64::from(self.rng.between(2, 6));
                self.act(done, visit, Step::Confirm(How::Less(fewer)));
            }
            Kind::Strange => self.act(done, visit, Step::Confirm(How::Strange)),
            _ => self.act(done, visit, Step::Confirm(How::Plain)),
        }
        later(done, self.seconds(20, 90))
    }

    /// The day itself: the morning is half over, some wait, some are late, most are still to come.
    fn today(&mut self, day: NaiveDate, share: u32) {
        let now = self.stage.now;
        let room: u32 = slots_of(self.stage.service, self.stage.site, day)
            .iter()
            .map(|slot| u32::from(slot.capacity))
            .sum();
        // Who phones today still finds a place.
        let places = self.places(day, share.min(room * 85 / 100));
        let (before, after): (Vec<_>, Vec<_>) = places
            .into_iter()
            .partition(|start| Timestamp::of_rome(*start) < now);
        let over = before.len();
        for (index, start) in before.into_iter().enumerate() {
            let Some(visit) = self.visit() else { return };
            let booked = self.booked_at(start);
            self.act(booked, visit, Step::Book(start));
            let begins = Timestamp::of_rome(start);
            match over - 1 - index {
                // At the counter.
                0 => {
                    self.act(later(now, -14 * 60), visit, Step::Present);
                    self.act(later(now, -180), visit, Step::Call);
                }
                1 => self.act(later(now, -11 * 60), visit, Step::Present),
                // Late: nobody has come.
                2 | 6 => {}
                3 => {
                    self.act(later(now, -26 * 60), visit, Step::Present);
                    self.act(later(now, -20 * 60), visit, Step::Call);
                    self.act(later(now, -17 * 60), visit, Step::Park);
                }
                others => {
                    self.act(later(begins, -240), visit, Step::Present);
                    self.act(later(begins, 60), visit, Step::Call);
                    let step = if others == 8 {
                        Step::Refuse(RefusalReason::NoDocument)
                    } else {
                        Step::Confirm(How::Plain)
                    };
                    self.act(later(begins, 420), visit, step);
                }
            }
        }
        for (index, start) in after.into_iter().enumerate() {
            let Some(visit) = self.visit() else { return };
            let booked = self.booked_at(start);
            self.act(booked, visit, Step::Book(start));
            match index {
                0 => self.act(later(now, -6 * 60), visit, Step::Present),
                1 => self.act(later(now, -150), visit, Step::Present),
                2 => self.act(later(booked, 45), visit, Step::Note),
                _ => {}
            }
        }
    }

    fn future_day(&mut self, day: NaiveDate, share: u32) {
        for start in self.places(day, share) {
            let back = self.returning.pop();
            let (visit, booked) = match back {
                Some((visit, refused, _)) => (visit, later(refused, 180)),
                None => match self.visit() {
                    Some(visit) => (visit, self.booked_at(start)),
                    None => return,
                },
            };
            self.act(booked, visit, Step::Book(start));
        }
    }

    /// Served here although another desk holds them.
    fn elsewhere(&mut self, past: &[NaiveDate]) {
        for (index, case) in self.stage.elsewhere.iter().enumerate() {
            let Some(day) = past.iter().rev().nth(2 + index) else {
                continue;
            };
            self.plan.visits.push(case.clone());
            let at = moment(day.year(), day.month(), day.day(), 11, 20);
            self.act(at, self.plan.visits.len() - 1, Step::Confirm(How::Elsewhere));
        }
    }

    fn finish(mut self) -> Plan {
        let now = self.stage.now;
        self.plan.acts.retain(|act| act.at < now);
        self.supply();
        // What happens to one visit at one moment stays in order.
        self.plan.acts.sort_by_key(|act| act.at);
        self.plan
    }

    /// Booklets for each week, on its Monday before the doors open; some are left over, and enough for today.
    fn supply(&mut self) {
        let unit = self.stage.campaign.denomination.0.max(1);
        let week = |at: Timestamp| at.day().week(chrono::Weekday::Mon).first_day();
        let mut weeks: std::collections::BTreeMap<NaiveDate, u64> = std::collections::BTreeMap::new();
        for act in &self.plan.acts {
            if matches!(
                act.step,
                Step::Confirm(How::Plain | How::Less(_) | How::Elsewhere)
            ) {
                let vouchers = self.plan.visits[act.visit].amount.0 / unit;
                *weeks.entry(week(act.at)).or_default() += vouchers.unsigned_abs();
            }
        }
        *weeks.entry(week(self.stage.now)).or_default() += 1_500;
        if self.plan.visits.is_empty() {
            return;
        }
        let opening = moment(2020, 12, 31, 8, 30);
        for (monday, vouchers) in weeks {
            let at = moment(monday.year(), monday.month(), monday.day(), 8, 30)
                .max(opening)
                .min(later(self.stage.now, -1_800));
            let with_reserve = (vouchers + vouchers / 10).div_ceil(100) * 100;
            self.act(at, 0, Step::Receive(with_reserve));
        }
    }
}

#[cfg(test)]
mod tests;
