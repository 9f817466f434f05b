// SPDX-License-Identifier: EUPL-1.2
//! The hours of a site: weeks that hold from one day to another, with who serves; days off, days on.

use super::{Closed, days};
use crate::event::Event;
use crate::ids::SiteId;
use crate::meta::{EntityKind, EntityRef, EventMeta};
use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stretch of one weekday in which people are served. A break is the room between two of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Span {
    /// 1 Monday to 7 Sunday.
    pub weekday: u8,
    /// Opens.
    #[ts(type = "string")]
    pub from: NaiveTime,
    /// Closes.
    #[ts(type = "string")]
    pub to: NaiveTime,
    /// People who serve at once.
    pub staff: u16,
}

/// A week's hours, and the days for which they hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct WeekHours {
    /// First day for which they hold; none for "always until then".
    pub valid_from: Option<NaiveDate>,
    /// Last day for which they hold; none for "until further notice".
    pub valid_to: Option<NaiveDate>,
    /// The hours.
    pub spans: Vec<Span>,
}

/// Days, or hours of one, in which the site is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Closure {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// From this time on, of each day; none from the beginning.
    #[ts(type = "string | null")]
    pub from_time: Option<NaiveTime>,
    /// Until this time, of each day; none to the end.
    #[ts(type = "string | null")]
    pub to_time: Option<NaiveTime>,
    /// Why, as people are told.
    pub reason: String,
}

/// Hours of one day beyond the week's: they hold on holidays and in closures too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ExtraOpening {
    /// The day.
    pub day: NaiveDate,
    /// Opens.
    #[ts(type = "string")]
    pub from: NaiveTime,
    /// Closes.
    #[ts(type = "string")]
    pub to: NaiveTime,
    /// People who serve at once.
    pub staff: u16,
    /// Why.
    pub reason: String,
}

/// All hours of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SiteHours {
    /// The site.
    pub site: SiteId,
    /// Weeks. Where two hold on a day, the one that began later does.
    pub weeks: Vec<WeekHours>,
    /// Days off.
    pub closures: Vec<Closure>,
    /// Days on.
    pub extra: Vec<ExtraOpening>,
    /// Open on national holidays and the patron's feast as on any other day.
    pub open_on_holidays: bool,
}

/// Written when the hours of a site change; the last ones hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursDefined {
    /// All of them.
    pub hours: SiteHours,
}

/// A stretch of a day with the people who serve in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StaffedTime {
    /// Begins.
    #[ts(type = "string")]
    pub from: NaiveTime,
    /// Ends.
    #[ts(type = "string")]
    pub to: NaiveTime,
    /// People who serve at once.
    pub staff: u16,
}

/// What is wrong with hours that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursProblem {
    /// A stretch ends before it begins, or nobody serves in it, or its weekday is none.
    #[error("a stretch of hours makes no sense")]
    Span,
    /// Two stretches of the same day overlap.
    #[error("two stretches of hours of the same day overlap")]
    Overlap,
    /// A period ends before it begins.
    #[error("a period ends before it begins")]
    Period,
    /// A closure or extra opening without its reason.
    #[error("a closure or extra opening has no reason")]
    Reason,
}

impl SiteHours {
    /// How hours are named: by their site.
    pub fn of(site: SiteId) -> EntityRef {
        EntityRef::new(EntityKind::SiteHours, site.0)
    }

    /// Hours that make sense.
    ///
    /// # Errors
    /// The first [`HoursProblem`] found.
    pub fn check(&self) -> Result<(), HoursProblem> {
        for week in &self.weeks {
            if matches!((week.valid_from, week.valid_to), (Some(from), Some(to)) if to < from) {
                return Err(HoursProblem::Period);
            }
            for (index, span) in week.spans.iter().enumerate() {
                if span.to <= span.from || span.staff == 0 || !(1..=7).contains(&span.weekday) {
                    return Err(HoursProblem::Span);
                }
                let meets = |other: &Span| {
                    other.weekday == span.weekday && other.from < span.to && span.from < other.to
                };
                if week.spans[..index].iter().any(meets) {
                    return Err(HoursProblem::Overlap);
                }
            }
        }
        for closure in &self.closures {
            let times = closure.from_time.zip(closure.to_time);
            if closure.to < closure.from || times.is_some_and(|(from, to)| to <= from) {
                return Err(HoursProblem::Period);
            }
            if closure.reason.trim().is_empty() {
                return Err(HoursProblem::Reason);
            }
        }
        for extra in &self.extra {
            if extra.to <= extra.from || extra.staff == 0 {
                return Err(HoursProblem::Span);
            }
            if extra.reason.trim().is_empty() {
                return Err(HoursProblem::Reason);
            }
        }
        Ok(())
    }

    /// The week's hours that hold on a day: of those that do, the ones that began last.
    pub fn week(&self, day: NaiveDate) -> Option<&WeekHours> {
        self.weeks
            .iter()
            .filter(|week| {
                week.valid_from.is_none_or(|from| from <= day) && week.valid_to.is_none_or(|to| day <= to)
            })
            .max_by_key(|week| week.valid_from)
    }

    /// Who serves when on a day, by time; why nobody does.
    ///
    /// # Errors
    /// Not a failure: the reason for which the site is closed.
    pub fn staffed(&self, day: NaiveDate) -> Result<Vec<StaffedTime>, Closed> {
        let holiday = days::holiday(day).filter(|_| !self.open_on_holidays);
        let weekday = crate::office::weekday_number(day);
        let mut times: Vec<StaffedTime> = Vec::new();
        if holiday.is_none()
            && let Some(week) = self.week(day)
        {
            times = week
                .spans
                .iter()
                .filter(|span| span.weekday == weekday)
                .map(|span| StaffedTime {
                    from: span.from,
                    to: span.to,
                    staff: span.staff,
                })
                .collect();
        }
        let mut closed_by = None;
        for closure in self.closures.iter().filter(|c| c.from <= day && day <= c.to) {
            let open = !times.is_empty();
            times = times.iter().flat_map(|time| without(*time, closure)).collect();
            if open && times.is_empty() {
                closed_by = Some(closure.reason.clone());
            }
        }
        times.extend(
            self.extra
                .iter()
                .filter(|extra| extra.day == day)
                .map(|extra| StaffedTime {
                    from: extra.from,
                    to: extra.to,
                    staff: extra.staff,
                }),
        );
        if times.is_empty() {
            return Err(match (holiday, closed_by) {
                (Some(holiday), _) => Closed::Holiday { holiday },
                (None, Some(reason)) => Closed::Closure { reason },
                (None, None) => Closed::NoHours,
            });
        }
        times.sort_by_key(|time| (time.from, time.to));
        Ok(times)
    }
}

/// What is left of a time once a closure is taken out.
fn without(time: StaffedTime, closure: &Closure) -> Vec<StaffedTime> {
    let from = closure.from_time.unwrap_or(NaiveTime::MIN).max(time.from);
    let to = closure.to_time.map_or(time.to, |to| to.min(time.to));
    if to <= from {
        return vec![time];
    }
    [(time.from, from), (to, time.to)]
        .into_iter()
        .filter(|(from, to)| from < to)
        .map(|(from, to)| StaffedTime { from, to, ..time })
        .collect()
}

impl crate::state::Fold for SiteHours {
    fn fold(state: Option<Self>, _: &EventMeta, event: &Event) -> Option<Self> {
        match event {
            Event::HoursDefined(body) => Some(body.hours.clone()),
            _ => state,
        }
    }
}
