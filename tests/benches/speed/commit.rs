// SPDX-License-Identifier: EUPL-1.2
//! Confirming a delivery with its appointment, through the first door, beside one durable row of the same bytes in SQLCipher.

use crate::table::{Table, median};
use rusqlite::Connection;
use sportello_desk::{Command, Query};
use sportello_domain::ids::{AppointmentId, CommandId, HouseholdId};
use sportello_domain::serial::Run;
use sportello_protocol::Body;
use sportello_protocol::wire::LogName;
use sportello_tests::clock::march;
use sportello_tests::counter::{in_person, right};
use sportello_tests::facts::{self, CAMPAIGN, SERVICE};
use sportello_tests::{Office, Seat};
use std::time::{Duration, Instant};

const ROUNDS: usize = 25;
const A_ROUND: usize = 80;

pub async fn run(table: &mut Table) {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    // As many as a whole campaign has in the largest Quartiere, so that nothing is measured on an empty file.
    let people = facts::households(ROUNDS * A_ROUND, 1);
    let list = facts::csv(&facts::sheet(&people), "2021-02-20".parse().unwrap());
    supervisor.act(facts::apply(&list, &supervisor.preview(CAMPAIGN, &list)));
    office.until_quiet(&[&supervisor, &desk]).await;
    let mut next = 1;
    let mut deliveries = Vec::new();
    for (household, ordinal) in people.iter().zip(0..) {
        let id = desk.find(&household.list_ref);
        let count = u64::try_from(facts::amount(household).0 / 1000).unwrap();
        deliveries.push((id, at_the_counter(&desk, id, ordinal), next, next + count - 1));
        next += count;
    }
    let all = Run {
        series: "A".into(),
        first: 1,
        last: next,
        width: 8,
    };
    desk.act(Command::ReceiveStock {
        campaign: CAMPAIGN,
        runs: vec![all],
        note: "gara".into(),
        delivery_note: None,
    });

    let folder = tempfile::tempdir().unwrap();
    let defaults = raw(folder.path(), "defaults.db", "");
    let alike = raw(
        folder.path(),
        "alike.db",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
    );
    let (mut ours, mut after, mut by_defaults, mut by_alike) = (vec![], vec![], vec![], vec![]);
    let mut weight = 0;
    for round in deliveries.chunks(A_ROUND) {
        for (household, appointment, first, last) in round {
            let command = confirm(*household, *appointment, *first, *last);
            let id = CommandId(uuid::Uuid::now_v7());
            let began = Instant::now();
            desk.desk.execute(&desk.session, id, &command).unwrap();
            ours.push(began.elapsed());
            // What the window asks for next: it waits for the rows that follow from what was told.
            let began = Instant::now();
            desk.desk
                .query(&desk.session, &Query::Household { id: *household })
                .unwrap();
            after.push(began.elapsed());
        }
        let (heads, bodies) = last_two(&desk);
        weight = heads.len() + bodies.len();
        for (connection, times) in [(&defaults, &mut by_defaults), (&alike, &mut by_alike)] {
            for _ in round {
                let began = Instant::now();
                let mut insert = connection
                    .prepare_cached("INSERT INTO t (a, b) VALUES (?1, ?2)")
                    .unwrap();
                insert.execute((&heads, &bodies)).unwrap();
                times.push(began.elapsed());
            }
        }
    }
    let (ours, defaults, alike): (Duration, Duration, Duration) =
        (median(&mut ours), median(&mut by_defaults), median(&mut by_alike));
    table.tell(
        "bytes of a delivery with its appointment's end",
        weight.to_string(),
    );
    table.at_most(
        "confirm a delivery, durable",
        ours,
        ("raw SQLCipher row", defaults),
        1.5,
    );
    table.tell(
        "  the household's page after it, rows settled",
        format!("{:.1?}", median(&mut after)),
    );
    table.tell(
        "  raw row with this store's cipher settings",
        format!(
            "{alike:.1?}, ratio {:.2}",
            ours.as_secs_f64() / alike.as_secs_f64()
        ),
    );
    desk.assert_sound();
}

fn at_the_counter(desk: &Seat, household: HouseholdId, ordinal: u32) -> AppointmentId {
    let outcome = desk.act(Command::BookAppointment {
        household: Some(household),
        person: None,
        service: SERVICE,
        site: desk.desk.site(),
        start: march(1, 9, 0) + chrono::Duration::minutes(i64::from(ordinal % 18) * 15),
        overbook: Some("misura".into()),
    });
    let appointment = AppointmentId(outcome.subject.unwrap().id);
    desk.present(appointment);
    desk.call(appointment);
    appointment
}

fn confirm(household: HouseholdId, appointment: AppointmentId, first: u64, last: u64) -> Command {
    Command::ConfirmDelivery {
        entitlement: right(household),
        appointment: Some(appointment),
        collector: in_person(),
        runs: vec![Run {
            series: "A".into(),
            first,
            last,
            width: 8,
        }],
        force: None,
        partial: None,
    }
}

/// What the last delivery wrote: the headers and the bodies of its two records.
fn last_two(desk: &Seat) -> (Vec<u8>, Vec<u8>) {
    let log = LogName::new(desk.desk.id(), sportello_domain::meta::Topic::Quartiere(1));
    let store = desk.desk.store();
    let seq = store.read(|reads| reads.head(&log)).unwrap().unwrap().seq;
    let page = store
        .read(|reads| reads.records(&log, seq - 1, usize::MAX))
        .unwrap()
        .unwrap();
    let (mut heads, mut bodies) = (vec![], vec![]);
    for record in page.records {
        heads.extend_from_slice(&record.head);
        if let Body::Present(body) = record.body {
            bodies.extend_from_slice(&body);
        }
    }
    (heads, bodies)
}

fn raw(folder: &std::path::Path, name: &str, cipher: &str) -> Connection {
    let connection = Connection::open(folder.join(name)).unwrap();
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{}'\"; {cipher}", "07".repeat(32)))
        .unwrap();
    let _: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    connection
        .execute_batch("PRAGMA synchronous = FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, a BLOB, b BLOB);")
        .unwrap();
    connection
}
