// SPDX-License-Identifier: EUPL-1.2
//! A year of agenda for six sites: opening a day and a week, and counting how the year went, through the second door; beside raw rows of
//! the same bytes, read from SQLCipher.

use crate::search::{fill, household_id};
use crate::table::{Table, median};
use chrono::{Datelike as _, Duration as Days, NaiveDate, NaiveDateTime, Weekday};
use rusqlite::Connection;
use sportello_desk::{Query, View};
use sportello_domain::appointment::{Booked, Called, Finished, Outcome, Presented};
use sportello_domain::demo::{self, DemoHousehold};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{AppointmentId, CommandId, EntitlementId, SiteId};
use sportello_domain::meta::Topic;
use sportello_domain::time::Timestamp;
use sportello_store::Author;
use sportello_tests::facts::{self, CAMPAIGN, SERVICE};
use sportello_tests::{Office, Seat};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Appointments of the year, unless the command line says another number.
pub const APPOINTMENTS: usize = 100_000;
/// Each household comes so often in the year.
const OFTEN: usize = 5;
/// A day is opened in this time.
const AT_ONCE: Duration = Duration::from_millis(50);
/// Slots of a day: every quarter of an hour from 8:30 to 13:30.
const SLOTS: usize = 20;
/// Events that are written in one transaction.
const TOGETHER: usize = 4_000;
const WEEKS: usize = 120;
const YEARS: usize = 5;

/// One appointment of the year.
struct Visit {
    site: SiteId,
    start: NaiveDateTime,
    /// The household, by its number from 1.
    household: usize,
}

pub async fn run(table: &mut Table, appointments: usize) {
    let office = Office::open().await;
    let seat = office.supervisor().await;
    office.until_quiet(&[&seat]).await;
    facts::define(&seat);
    let people = demo::households(3, (appointments / OFTEN).max(1));
    fill(&seat, &people, |_| seat.desk.id());
    let sites: Vec<SiteId> = seat.reference().sites.iter().map(|site| site.id).collect();
    let year = working_days();
    let visits = visits(&sites, &year, appointments, people.len());
    let began = Instant::now();
    write(&seat, &people, &visits);
    table.tell(
        &format!(
            "{appointments} appointments of a year at {} sites written",
            sites.len()
        ),
        format!("{:.1?}", began.elapsed()),
    );
    let folder = tempfile::tempdir().unwrap();
    let raw = raw(folder.path(), &seat, &sites, &year);

    let (mut agenda, mut board, mut rows) = (vec![], vec![], vec![]);
    for day in &year {
        for site in &sites {
            let (site, from, day) = (Some(*site), *day, Some(*day));
            let query = Query::Agenda {
                site,
                service: None,
                from,
                days: 1,
            };
            agenda.push(timed(&seat, &query));
            board.push(timed(&seat, &Query::Board { site, day }));
            rows.push(raw_day(&raw, site.unwrap(), from));
        }
    }
    let weeks = year.iter().filter(|day| day.weekday() == Weekday::Mon);
    let mut week: Vec<Duration> = weeks
        .flat_map(|from| sites.iter().map(move |site| (*site, *from)))
        .take(WEEKS)
        .map(|(site, from)| {
            let query = Query::Agenda {
                site: Some(site),
                service: None,
                from,
                days: 7,
            };
            timed(&seat, &query)
        })
        .collect();
    let (first, last) = (year[0], year[year.len() - 1]);
    let mut whole: Vec<Duration> = (0..YEARS)
        .map(|_| {
            let query = Query::Statistics {
                from: first,
                to: last,
                site: None,
                service: None,
            };
            timed(&seat, &query)
        })
        .collect();

    let a_day = median(&mut rows);
    for (what, times) in [
        ("a day of the agenda opened", &mut agenda),
        ("a day's board opened", &mut board),
    ] {
        let (p50, p99) = (at(times, 0.5), at(times, 0.99));
        table.tell(&format!("{what}: p50, p99"), format!("{p50:.1?} {p99:.1?}"));
        table.beside(
            &format!("{what}: p50"),
            micros(p50),
            "µs",
            ("raw SQLCipher rows", micros(a_day)),
        );
        table.at_most(&format!("{what}: p99"), p99, ("asked for", AT_ONCE), 1.0);
    }
    table.tell(
        "a week of the agenda opened: p50, p99",
        format!("{:.1?} {:.1?}", at(&mut week, 0.5), at(&mut week, 0.99)),
    );
    table.tell(
        "statistics over the whole year, all sites",
        format!("{:.1?}", median(&mut whole)),
    );
    seat.assert_sound();
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn at(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize]
}

/// How long an answer takes.
fn timed(seat: &Seat, query: &Query) -> Duration {
    let began = Instant::now();
    let view = seat.desk.query(&seat.session, query).unwrap();
    let took = began.elapsed();
    match view {
        View::Agenda(view) => assert!(view.days.iter().any(|day| !day.slots.is_empty())),
        View::Board(view) => assert!(view.due.len() + view.late.len() + view.done.len() > 0),
        View::Statistics(view) => assert!(view.total.booked > 0),
        other => panic!("{other:?}"),
    }
    took
}

/// The working days of 2021.
fn working_days() -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2021, 1, 2).unwrap();
    first
        .iter_days()
        .take_while(|day| day.year() == 2021)
        .filter(|day| day.weekday() != Weekday::Sun)
        .collect()
}

/// As many at each site on each day, one slot after the other.
fn visits(sites: &[SiteId], year: &[NaiveDate], appointments: usize, people: usize) -> Vec<Visit> {
    let places: Vec<(NaiveDate, SiteId)> = year
        .iter()
        .flat_map(|day| sites.iter().map(move |site| (*day, *site)))
        .collect();
    (0..appointments)
        .map(|ordinal| {
            let (day, site) = places[ordinal * places.len() / appointments];
            let slot = i64::try_from(ordinal % SLOTS).unwrap();
            Visit {
                site,
                start: day.and_hms_opt(8, 30, 0).unwrap() + Days::minutes(15 * slot),
                household: 1 + ordinal % people,
            }
        })
        .collect()
}

/// Writes them as desks would: those of days that are over came and went.
fn write(seat: &Seat, people: &[DemoHousehold], visits: &[Visit]) {
    let desk = &seat.desk;
    let today = desk.now().rome();
    let mut events: Vec<NewEvent> = Vec::new();
    let mut salt = 1_u128;
    let mut salts = move || {
        salt = salt
            .wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645)
            .wrapping_add(1);
        salt.to_le_bytes()
    };
    let mut flush = |events: &mut Vec<NewEvent>, at: Timestamp| {
        let author = Author {
            actor: seat.session.operator(),
            command: CommandId(Uuid::now_v7()),
            now: at,
        };
        desk.store()
            .write(|tx| tx.append(&author, events, &mut salts).map(|_| ()))
            .unwrap();
        events.clear();
    };
    let mut day = visits[0].start.date();
    for (visit, ordinal) in visits.iter().zip(1_u128..) {
        // Who came is there on the day on which that was written.
        if visit.start.date() != day && visit.start.date() <= today.date() {
            flush(
                &mut events,
                Timestamp::of_rome(day.and_hms_opt(12, 0, 0).unwrap()),
            );
        }
        day = visit.start.date();
        let id = AppointmentId(Uuid::from_u128(
            0xa000_0000_0000_7000_8000_0000_0000_0000 + ordinal,
        ));
        let topic = Topic::Quartiere(people[visit.household - 1].quartiere);
        let household = household_id(visit.household as u128);
        let booked = Booked {
            household: Some(household),
            person: None,
            entitlement: Some(EntitlementId::of(CAMPAIGN, household)),
            service: SERVICE,
            site: visit.site,
            start: visit.start,
            overbooked: None,
        };
        events.push(NewEvent::new(topic, id, booked));
        if visit.start < today {
            let outcome = Outcome::Served;
            events.push(NewEvent::new(topic, id, Presented { ticket: None }));
            events.push(NewEvent::new(topic, id, Called { ticket: None }));
            events.push(NewEvent::new(topic, id, Finished { outcome }));
        }
        if events.len() >= TOGETHER {
            flush(&mut events, desk.now());
        }
    }
    flush(&mut events, desk.now());
}

/// The same bytes in a table of their own, found by site and day.
fn raw(folder: &std::path::Path, seat: &Seat, sites: &[SiteId], year: &[NaiveDate]) -> Connection {
    let connection = Connection::open(folder.join("raw.db")).unwrap();
    connection
        .execute_batch(&format!(
            "PRAGMA key = \"x'{}'\";
             CREATE TABLE t (n INTEGER PRIMARY KEY, site BLOB, day TEXT, a BLOB);
             CREATE INDEX t_day ON t (site, day);
             BEGIN;",
            "07".repeat(32)
        ))
        .unwrap();
    for site in sites {
        let (from, to) = (year[0], year[year.len() - 1]);
        let all = seat
            .desk
            .store()
            .read(|reads| reads.agenda(*site, from, to))
            .unwrap();
        for found in all {
            let bytes = serde_json::to_vec(&found).unwrap();
            connection
                .prepare_cached("INSERT INTO t (site, day, a) VALUES (?1, ?2, ?3)")
                .unwrap()
                .execute((site.0.as_bytes(), found.start.date().to_string(), bytes))
                .unwrap();
        }
    }
    connection.execute_batch("COMMIT").unwrap();
    connection
}

fn raw_day(connection: &Connection, site: SiteId, day: NaiveDate) -> Duration {
    let began = Instant::now();
    let mut statement = connection
        .prepare_cached("SELECT a FROM t WHERE site = ?1 AND day = ?2")
        .unwrap();
    let rows = statement
        .query_map((site.0.as_bytes(), day.to_string()), |row| {
            row.get::<_, Vec<u8>>(0)
        })
        .unwrap();
    let bytes: usize = rows.map(|row| row.unwrap().len()).sum();
    assert!(bytes > 0);
    began.elapsed()
}
