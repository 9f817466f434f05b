// SPDX-License-Identifier: EUPL-1.2
//! What is answered about hours, the queue, the waiting room and how a day went.

use super::{AppointmentRow, Problem};
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::agenda::{Closed, Holiday, SiteHours};
use sportello_domain::ids::{AppointmentId, ServiceId, SiteId};
use sportello_domain::office::Site;
use sportello_domain::queue::{Priority, Ticket};
use sportello_domain::time::Timestamp;
use ts_rs::TS;

/// Why somebody goes before others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PriorityNote {
    /// Of what is foreseen.
    pub priority: Priority,
    /// In words.
    pub reason: String,
}

/// The hours of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HoursView {
    /// The site.
    pub site: Site,
    /// Its hours; none where its services alone say when it is open.
    pub hours: Option<SiteHours>,
    /// The holidays of the year asked for.
    pub holidays: Vec<HolidayRow>,
}

/// A holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HolidayRow {
    /// The day.
    pub day: NaiveDate,
    /// Which.
    pub holiday: Holiday,
}

/// The appointments that a change of hours touches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HoursImpactView {
    /// By time.
    pub touched: Vec<TouchedRow>,
}

/// Why an appointment cannot stay where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Touched {
    /// The site is closed then.
    Closed {
        /// Why.
        closed: Closed,
    },
    /// No slot begins then any more.
    NoSlot,
    /// The slot has less room: those booked last have none.
    NoRoom,
}

/// An appointment that a change of hours touches, with where it could go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct TouchedRow {
    /// The appointment.
    pub appointment: AppointmentRow,
    /// Why it cannot stay.
    pub touched: Touched,
    /// The first slot at the same site, at the same time of day or later, that is free under the new hours. Each is offered once.
    pub offer: Option<NaiveDateTime>,
}

/// Slots in which more are booked than there is room for, though nobody wanted that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AgendaConflictsView {
    /// By time.
    pub rows: Vec<AgendaConflictRow>,
}

/// One such slot: two desks that could not reach each other gave its last place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct AgendaConflictRow {
    /// The site.
    pub site: SiteId,
    /// The service.
    pub service: ServiceId,
    /// Name of the service.
    pub service_name: String,
    /// When.
    pub start: NaiveDateTime,
    /// People it has room for.
    pub capacity: u16,
    /// Who is booked, in the order of booking: the last ones are those to move.
    pub appointments: Vec<AppointmentRow>,
    /// The nearest slot with room.
    pub offer: Option<NaiveDateTime>,
}

/// What the screen in the waiting room shows. No names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DisplayView {
    /// The site's name.
    pub site: String,
    /// Now, wall time in Italy.
    pub now: NaiveDateTime,
    /// Who is called, latest first: at a counter now, then those of before.
    pub calls: Vec<DisplayCall>,
    /// People who wait.
    pub waiting: u32,
}

/// Somebody who was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DisplayCall {
    /// The number.
    pub ticket: Ticket,
    /// Name of the desk to go to.
    pub desk: String,
    /// When it was last called.
    pub at: Timestamp,
    /// How often it was called: a second call sounds again.
    pub calls: u32,
    /// Still expected at the counter.
    pub current: bool,
}

/// How the days of a period went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StatisticsView {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// All together.
    pub total: VisitFigures,
    /// Day by day; days without anything are left out.
    pub by_day: Vec<DayVisits>,
    /// By hour of the day, 0 to 23: of the appointment, or of the arrival without one.
    pub by_hour: Vec<HourVisits>,
    /// By service.
    pub by_service: Vec<ServiceVisits>,
    /// By site.
    pub by_site: Vec<SiteVisits>,
}

/// How many, and how long it took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct VisitFigures {
    /// Appointments booked, without those called off.
    pub booked: u32,
    /// Called off.
    pub cancelled: u32,
    /// People who came without an appointment, and further services of a visit.
    pub walk_ins: u32,
    /// People who came, with or without.
    pub presented: u32,
    /// Given what they asked for.
    pub served: u32,
    /// Sent home without.
    pub refused: u32,
    /// Marked as not come.
    pub missed: u32,
    /// Places of the agenda: people its slots have room for. 0 where that is not known, as by hour.
    pub places: u32,
    /// Waiting to be called.
    pub waiting: Spread,
    /// At the counter.
    pub serving: Spread,
}

/// A spread of times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Spread {
    /// How many times it was measured.
    pub n: u32,
    /// Seconds; half of the times are no longer (nearest rank).
    pub median: u32,
    /// Seconds; nine of ten times are no longer (nearest rank).
    pub p90: u32,
    /// Left out because no visit takes so long: a clock was wrong, or nobody closed it.
    pub excluded: u32,
}

/// A day's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DayVisits {
    /// The day.
    pub day: NaiveDate,
    /// Its figures.
    pub figures: VisitFigures,
}

/// An hour's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HourVisits {
    /// 0 to 23.
    pub hour: u32,
    /// Its figures, over all days.
    pub figures: VisitFigures,
}

/// A service's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ServiceVisits {
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub figures: VisitFigures,
}

/// A site's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SiteVisits {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub figures: VisitFigures,
}

/// What taking a series of appointments in would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SeriesPreviewView {
    /// Says that the file is the one that was looked at.
    pub digest: String,
    /// What is wrong with the file as a whole.
    pub problem: Option<Problem>,
    /// Row by row.
    pub rows: Vec<SeriesRow>,
    /// Rows that would be booked.
    pub bookable: u32,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeriesVerdict {
    /// It is booked.
    New,
    /// It is there already, from an earlier time that the same was taken in.
    Known,
    /// It is not taken in.
    Refused,
}

/// A row of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SeriesRow {
    /// Number of the row, or of the event of a calendar, from 1; headings count.
    pub row: u32,
    /// For whom, as written; the household's name where one was found.
    pub name: String,
    /// When.
    pub start: Option<NaiveDateTime>,
    /// The service.
    pub service: Option<ServiceId>,
    /// The site.
    pub site: Option<SiteId>,
    /// What becomes of it.
    pub verdict: SeriesVerdict,
    /// Why it is not taken in.
    pub problem: Option<Problem>,
    /// The appointment that is there already.
    pub known: Option<AppointmentId>,
}
