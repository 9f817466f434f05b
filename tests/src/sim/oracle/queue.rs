// SPDX-License-Identifier: EUPL-1.2
//! The queue and how the days went: nobody is lost, nobody has another's number, and everybody who holds the same records shows the same.

use super::meeting::{Meeting, Stage};
use super::{Journal, Model};
use crate::sim::report::{Violation, hold};
use crate::sim::station::Station;
use crate::sim::world::World;
use chrono::NaiveDate;
use sportello_desk::view::{AppointmentRow, BoardView, StatisticsView};
use sportello_desk::{Command, DeskError, Outcome, Query, View};
use sportello_domain::appointment::{AppointmentStatus, Outcome as Ended};
use sportello_domain::event::Event;
use sportello_domain::ids::{AppointmentId, DeskId, SiteId};
use sportello_domain::queue::Ticket;
use std::collections::{BTreeMap, BTreeSet};

/// The days on which anything of a simulation may lie, wherever clocks were.
fn period() -> (NaiveDate, NaiveDate) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    (day(2021, 2, 1), day(2021, 5, 31))
}

/// Looks at the queue of every site, and at the figures.
pub fn check(world: &mut World) -> Result<(), Violation> {
    let mut seen: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut count = |what, times| *seen.entry(what).or_default() += times;
    for station in &world.stations {
        let journal = Journal::read(station.desk().store())?;
        let model = Model::of(&journal);
        count(
            "visitors looked for at their site",
            nobody_is_lost(station, &model)?,
        );
        days_went_as_counted(station, &model)?;
        count("numbers given", numbers_are_given_once(world, &journal, &model)?);
        count(
            "visitors called by two desks that had not heard of each other",
            model.called_twice,
        );
    }
    count("desks whose days were compared", same_records_same_days(world)?);
    for (what, times) in seen {
        world.counts.seen(what, times);
    }
    Ok(())
}

fn asked(station: &Station, query: &Query) -> Result<View, Violation> {
    station.ask(query).map_err(|error| {
        let detail = format!("{}: {} to {query:?}", station.name, error.code());
        Violation::new("every question can be answered", detail)
    })
}

fn board(station: &Station, site: SiteId, day: Option<NaiveDate>) -> Result<BoardView, Violation> {
    let site = Some(site);
    match asked(station, &Query::Board { site, day })? {
        View::Board(board) => Ok(board),
        other => Err(Violation::new(
            "a question gets its own answer",
            format!("{other:?}"),
        )),
    }
}

/// The lists of a board, each with where those stand who are in it.
fn lists(board: &BoardView) -> [(&'static [Stage], Vec<&AppointmentRow>); 6] {
    [
        (&[Stage::AtCounter], board.serving.iter().collect()),
        (&[Stage::Here], board.waiting.iter().collect()),
        (&[Stage::Aside], board.parked.iter().collect()),
        (&[Stage::Awaited], board.due.iter().chain(&board.late).collect()),
        (&[Stage::Over], board.done.iter().collect()),
        (&[Stage::Missed, Stage::CalledOff], board.missed.iter().collect()),
    ]
}

/// At a desk's own site, on every day on which somebody came: everybody is on the board once, where the records say. Gives how many came.
fn nobody_is_lost(station: &Station, model: &Model) -> Result<u64, Violation> {
    let site = station.desk().site();
    let mut days: BTreeMap<NaiveDate, BTreeMap<AppointmentId, &Meeting>> = BTreeMap::new();
    for (id, meeting) in model
        .meetings
        .iter()
        .filter(|(_, m)| m.site == site && !m.is_mistake())
    {
        days.entry(meeting.start.date()).or_default().insert(*id, meeting);
    }
    days.retain(|_, meetings| meetings.values().any(|meeting| meeting.came));
    let mut came = 0;
    for (day, meetings) in days {
        came += meetings.values().filter(|meeting| meeting.came).count() as u64;
        let board = board(station, site, Some(day))?;
        let mut left = meetings.clone();
        for (stages, rows) in lists(&board) {
            for row in rows {
                let here = left.remove(&row.id);
                hold(
                    "everybody is on the board once, where the records say",
                    here.is_some_and(|meeting| stages.contains(&meeting.stage) && is_shown_as(meeting, row)),
                    || format!("{}: {day} {row:?}, and {:?}", station.name, meetings.get(&row.id)),
                )?;
            }
        }
        hold("no visitor is lost", left.is_empty(), || {
            format!("{}: {day} {left:?}", station.name)
        })?;
        order_is_told(station, &board)?;
    }
    Ok(came)
}

fn is_shown_as(meeting: &Meeting, row: &AppointmentRow) -> bool {
    let desk = row.desk.as_ref().map(|desk| desk.id);
    let for_desk = row.for_desk.as_ref().map(|desk| desk.id);
    meeting.stage == Stage::from(row.status)
        && (row.start, row.service, row.walk_in) == (meeting.start, meeting.service, meeting.walk_in)
        && (desk, for_desk, row.ticket) == (meeting.counter, meeting.for_desk, meeting.ticket)
}

/// Who is said to be next is the first of those who wait that this desk may call; who has precedence stands first.
fn order_is_told(station: &Station, board: &BoardView) -> Result<(), Violation> {
    let ordinary = board.waiting.iter().map(|row| row.priority.is_none());
    hold("who has precedence is called first", ordinary.is_sorted(), || {
        format!("{}: {:?}", station.name, board.waiting)
    })?;
    let now = match asked(station, &Query::Status)? {
        View::Status(status) => status.now.day(),
        other => {
            return Err(Violation::new(
                "a question gets its own answer",
                format!("{other:?}"),
            ));
        }
    };
    if board.day != now {
        return Ok(());
    }
    let mine = |row: &&AppointmentRow| row.for_desk.as_ref().is_none_or(|desk| desk.id == station.id);
    let first = board.waiting.iter().find(mine).map(|row| row.id);
    hold("who is next is told as it is", board.next == first, || {
        format!("{}: {:?}, and {first:?}", station.name, board.next)
    })
}

/// The numbers that a desk gave on a day are each somebody else's; and so are those of a site's desks, while no desk joined them later.
fn numbers_are_given_once(world: &World, journal: &Journal, model: &Model) -> Result<u64, Violation> {
    let visit = |id: AppointmentId| model.meetings.get(&id).and_then(|m| m.visit).unwrap_or(id);
    let mut given: BTreeMap<(DeskId, NaiveDate, Ticket), BTreeSet<AppointmentId>> = BTreeMap::new();
    for (meta, event) in &journal.facts {
        let ticket = match event {
            Event::AppointmentWalkedIn(fact) => Some(fact.ticket),
            Event::AppointmentPresented(fact) => fact.ticket,
            Event::AppointmentCalled(fact) => fact.ticket,
            _ => None,
        };
        let id = AppointmentId(meta.entity.id);
        if let Some(ticket) = ticket {
            let key = (meta.desk, meta.at.day(), ticket);
            given.entry(key).or_default().insert(visit(id));
        }
    }
    let count = given.len() as u64;
    for ((desk, day, ticket), visits) in &given {
        hold(
            "a desk gives a number once in a day",
            visits.len() == 1 || world.is_doubtful(*desk),
            || format!("{} {day} {ticket}: {visits:?}", world.name_of(*desk)),
        )?;
    }
    Ok(count)
}

/// What a desk knew of its queue before somebody was called.
#[derive(Debug)]
pub struct Known(BoardView);

impl Known {
    /// What it knows now; nothing where the command calls nobody.
    pub fn before(station: &Station, command: &Command) -> Result<Option<Self>, Violation> {
        let calls = matches!(
            command,
            Command::CallAppointment { .. }
                | Command::CallNext { .. }
                | Command::NotThere { .. }
                | Command::TransferAppointment { .. }
        );
        if !calls {
            return Ok(None);
        }
        // A newcomer that has heard of nothing yet knows of no site.
        let site = Some(station.desk().site());
        match station.ask(&Query::Board { site, day: None }) {
            Ok(View::Board(board)) => Ok(Some(Self(board))),
            Err(DeskError::Rejected(_)) => Ok(None),
            other => Err(Violation::new("a queue can be shown", format!("{other:?}"))),
        }
    }

    /// Whoever was called, or sent on, was not at a counter of which the desk knew; and the next was the next.
    pub fn allowed(&self, station: &Station, command: &Command, outcome: &Outcome) -> Result<(), Violation> {
        let subject = outcome.subject.map(|subject| AppointmentId(subject.id));
        let other = |row: &&AppointmentRow| row.desk.as_ref().is_some_and(|desk| desk.id != station.id);
        let elsewhere = self
            .0
            .serving
            .iter()
            .filter(other)
            .find(|row| Some(row.id) == subject);
        hold(
            "nobody is called from a counter of which the desk knows",
            elsewhere.is_none(),
            || format!("{}: {command:?} of {elsewhere:?}", station.name),
        )?;
        let Command::CallNext { service } = command else {
            return Ok(());
        };
        let may = |row: &&AppointmentRow| {
            service.is_none_or(|service| service == row.service)
                && row.for_desk.as_ref().is_none_or(|desk| desk.id == station.id)
        };
        let first = self.0.waiting.iter().find(may).map(|row| row.id);
        hold(
            "the next who is called is the first who waits",
            subject == first,
            || format!("{}: {subject:?}, and {first:?}", station.name),
        )
    }
}

/// How the days went is what a recount of the desk's own records says.
fn days_went_as_counted(station: &Station, model: &Model) -> Result<(), Violation> {
    let shown = statistics(station)?;
    let (from, to) = period();
    let (mut figures, mut by_day) = ([0_u32; 7], BTreeMap::<NaiveDate, [u32; 7]>::new());
    for meeting in model.meetings.values().filter(|meeting| !meeting.is_mistake()) {
        let day = meeting.start.date();
        if day < from || to < day {
            continue;
        }
        let off = meeting.stage == Stage::CalledOff;
        let came = meeting.came && !off;
        let counted = [
            !meeting.walk_in && !off,
            !meeting.walk_in && off,
            meeting.walk_in,
            came,
            meeting.outcome == Some(Ended::Served),
            meeting.outcome == Some(Ended::Refused),
            !came && meeting.stage == Stage::Missed,
        ];
        let of_day = by_day.entry(day).or_default();
        for (at, counts) in counted.into_iter().enumerate() {
            figures[at] += u32::from(counts);
            of_day[at] += u32::from(counts);
        }
    }
    let told = |f: &sportello_desk::view::VisitFigures| {
        [
            f.booked,
            f.cancelled,
            f.walk_ins,
            f.presented,
            f.served,
            f.refused,
            f.missed,
        ]
    };
    const RULE: &str = "how the days went is what a recount says";
    hold(RULE, told(&shown.total) == figures, || {
        format!(
            "{}: shown {:?}, counted {figures:?}",
            station.name,
            told(&shown.total)
        )
    })?;
    for day in &shown.by_day {
        let counted = by_day.remove(&day.day).unwrap_or_default();
        hold(RULE, told(&day.figures) == counted, || {
            format!(
                "{}: {}: {:?}, counted {counted:?}",
                station.name, day.day, day.figures
            )
        })?;
    }
    hold(RULE, by_day.is_empty(), || {
        format!("{}: {by_day:?}", station.name)
    })
}

fn statistics(station: &Station) -> Result<StatisticsView, Violation> {
    let (from, to) = period();
    let query = Query::Statistics {
        from,
        to,
        site: None,
        service: None,
    };
    match asked(station, &query)? {
        View::Statistics(view) => Ok(*view),
        other => Err(Violation::new(
            "a question gets its own answer",
            format!("{other:?}"),
        )),
    }
}

/// Somebody on a board, as every desk shows it.
type Common = (
    AppointmentId,
    AppointmentStatus,
    Option<Ticket>,
    u32,
    Option<DeskId>,
);

/// What of a board is the same at every desk, whatever its clock says.
fn common(board: &BoardView) -> Vec<Vec<Common>> {
    lists(board)
        .into_iter()
        .map(|(_, rows)| {
            rows.into_iter()
                .map(|row| {
                    let desk = row.desk.as_ref().map(|desk| desk.id);
                    (row.id, row.status, row.ticket, row.calls, desk)
                })
                .collect()
        })
        .map(|mut rows: Vec<_>| {
            // Whether somebody is late already depends on the clock: those are together here.
            if rows
                .iter()
                .all(|row: &(_, AppointmentStatus, _, _, _)| row.1 == AppointmentStatus::Booked)
            {
                rows.sort_by_key(|row| row.0);
            }
            rows
        })
        .collect()
}

/// Desks with the same records show the same figures, and the same queue at each site. Gives how many were compared.
fn same_records_same_days(world: &World) -> Result<u64, Violation> {
    let mut compared = 0;
    let mut known: Vec<(usize, crate::sim::station::AllHeads)> = Vec::new();
    for (at, station) in world.stations.iter().enumerate() {
        let have = station
            .have()
            .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
        let Some((other, _)) = known.iter().find(|(_, theirs)| *theirs == have) else {
            known.push((at, have));
            continue;
        };
        let other = &world.stations[*other];
        compared += 1;
        let (here, there) = (statistics(station)?, statistics(other)?);
        hold(
            "desks with the same records tell the same of a day",
            here == there,
            || format!("{}: {here:?}\n{}: {there:?}", station.name, other.name),
        )?;
        let today = sportello_domain::time::Timestamp(world.time.now()).day();
        for site in [station.desk().site(), other.desk().site()] {
            let (here, there) = (
                common(&board(station, site, Some(today))?),
                common(&board(other, site, Some(today))?),
            );
            hold(
                "desks with the same records show the same queue",
                here == there,
                || format!("{}: {here:?}\n{}: {there:?}", station.name, other.name),
            )?;
        }
    }
    Ok(compared)
}
