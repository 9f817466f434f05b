// SPDX-License-Identifier: EUPL-1.2
//! Who looked at which household: noted by the desk itself, read by supervisors only.

use crate::world::World;
use sportello_desk::query::{ExportTable, LookQuery, TableFormat};
use sportello_desk::view::AccessLogView;
use sportello_desk::{Command, Query, View};
use sportello_domain::erasure::{ErasureScope, Ground};
use sportello_domain::ids::HouseholdId;
use sportello_domain::look::Opened;
use sportello_domain::meta::Topic;
use sportello_protocol::Body;
use sportello_protocol::wire::LogName;
use sportello_tests::Seat;
use sportello_tests::answers::text_of;
use sportello_tests::clock::march;
use sportello_tests::facts::CAMPAIGN;
use std::time::{Duration, Instant};

fn log(seat: &Seat, filter: LookQuery) -> AccessLogView {
    match seat.ask(&Query::AccessLog { filter }) {
        View::AccessLog(view) => view,
        other => panic!("{other:?}"),
    }
}

fn at(household: HouseholdId) -> LookQuery {
    LookQuery {
        household: Some(household),
        ..LookQuery::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_look_is_noted_with_how_it_came_about_and_only_supervisors_read_it() {
    let world = World::new().await;
    let [rossi, bianchi, verdi, neri] = world.households(["Rossi", "Bianchi", "Verdi", "Neri"]).await;
    let (a, b) = (&world.a, &world.b);
    a.search("Rossi");
    a.household(rossi);
    // Shown again because something changed: the same look.
    a.household(rossi);
    let appointment = a.book(bianchi, march(1, 9, 0));
    a.present(appointment);
    a.household(bianchi);
    a.household(verdi);
    let slip = a.book(neri, march(1, 9, 15));
    let code = match a.ask(&Query::Appointment { id: slip }) {
        View::Appointment(row) => row.code,
        other => panic!("{other:?}"),
    };
    a.search(&code);
    a.household(neri);
    a.desk.write_looks().unwrap();
    b.household(rossi);
    b.desk.write_looks().unwrap();
    world.meet().await;

    let found = log(&world.supervisor, LookQuery::default());
    assert!(found.everywhere && !found.more);
    let how = |household| {
        let rows = log(&world.supervisor, at(household)).rows;
        rows.iter()
            .map(|row| (row.desk.name.clone(), row.how))
            .collect::<Vec<_>>()
    };
    let of = |name: &str, how| vec![(name.to_owned(), how)];
    assert_eq!(how(bianchi), of("Q1-A", Opened::Queue));
    assert_eq!(how(verdi), of("Q1-A", Opened::Other));
    assert_eq!(how(neri), of("Q1-A", Opened::Scan));
    let rossi_seen = how(rossi);
    assert_eq!(rossi_seen.len(), 2, "once at each desk: {rossi_seen:?}");
    assert!(rossi_seen.contains(&("Q1-A".into(), Opened::Search)));
    assert!(rossi_seen.contains(&("Q1-B".into(), Opened::Other)));
    let by_desk = LookQuery {
        desk: Some(b.desk.id()),
        ..LookQuery::default()
    };
    assert_eq!(log(&world.supervisor, by_desk).rows.len(), 1);
    let by_operator = LookQuery {
        operator: Some(a.session.operator()),
        ..LookQuery::default()
    };
    assert_eq!(log(&world.supervisor, by_operator).rows.len(), 4);
    let day = world.supervisor.desk.now().day();
    let on = |day: chrono::NaiveDate| LookQuery {
        from: Some(day),
        to: Some(day),
        ..LookQuery::default()
    };
    assert_eq!(log(&world.supervisor, on(day)).rows.len(), found.rows.len());
    assert_eq!(
        log(&world.supervisor, on(day + chrono::Days::new(1))).rows.len(),
        0
    );

    // Whoever looks reads none of it, nor does the desk next door hold it.
    assert_eq!(
        a.try_ask(&Query::AccessLog {
            filter: LookQuery::default()
        })
        .unwrap_err()
        .code(),
        "role_too_low"
    );
    let looks_of_a = LogName::new(a.desk.id(), Topic::Supervisors);
    assert!(
        b.desk
            .store()
            .read(|reads| reads.head(&looks_of_a))
            .unwrap()
            .is_none()
    );
    // In the heads stands nobody.
    let page = a
        .desk
        .store()
        .read(|reads| reads.records(&looks_of_a, 1, 1 << 20))
        .unwrap()
        .unwrap();
    for record in &page.records {
        let body = match &record.body {
            Body::Present(bytes) => bytes.len(),
            Body::Erased { .. } => 0,
        };
        assert!(body > 16);
        assert!(!record.head.windows(16).any(|id| id == rossi.0.as_bytes()));
        assert!(
            !record
                .head
                .windows(16)
                .any(|id| id == a.session.operator().0.as_bytes())
        );
    }
    world.assert_sound();

    // Taken out, as a table; and that a table with people in it was taken out is noted too.
    let table = world.supervisor.export(
        ExportTable::AccessLog {
            filter: LookQuery::default(),
        },
        TableFormat::Csv,
    );
    assert!(
        text_of(&table).contains("coda allo sportello"),
        "{}",
        text_of(&table)
    );
    world
        .supervisor
        .export(ExportTable::Missing { campaign: CAMPAIGN }, TableFormat::Csv);
    world.supervisor.desk.write_looks().unwrap();
    let exports = log(&world.supervisor, LookQuery::default())
        .rows
        .into_iter()
        .filter(|row| row.how == Opened::Export)
        .count();
    assert_eq!(exports, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_kept_for_their_time_and_then_erased_everywhere() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    world.a.household(rossi);
    world.a.desk.write_looks().unwrap();
    world.meet().await;
    let today = world.supervisor.desk.now().day();
    let scope = ErasureScope::Looks { before: today };
    assert_eq!(
        world
            .supervisor
            .try_ask(&Query::ErasurePreview { scope })
            .unwrap_err()
            .code(),
        "looks_too_young"
    );
    world
        .office
        .time
        .set(march(1, 9, 0) + chrono::Duration::days(200));
    world.supervisor.household(rossi);
    world.supervisor.desk.write_looks().unwrap();
    let before = today + chrono::Days::new(1);
    let scope = ErasureScope::Looks { before };
    let View::ErasurePreview(seen) = world.supervisor.ask(&Query::ErasurePreview { scope }) else {
        panic!("no preview");
    };
    assert_eq!((seen.households, seen.records), (0, 1));
    world.supervisor.act(Command::OrderErasure {
        scope,
        ground: Ground::RetentionEnded,
        reason: "sei mesi".into(),
        digest: seen.digest,
    });
    world.meet().await;
    let left = log(&world.supervisor, at(rossi)).rows;
    assert_eq!(left.len(), 1, "the new one: {left:?}");
    assert_eq!(
        world
            .a
            .desk
            .store()
            .read(|reads| reads.looks_before(world.a.desk.now()))
            .unwrap(),
        vec![]
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_costs_nothing_that_anybody_could_notice() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let records = || world.a.desk.store().read(|reads| reads.heads()).unwrap();
    let before = records();
    let began = Instant::now();
    for _ in 0..50 {
        world.a.household(rossi);
    }
    assert_eq!(records(), before, "nothing is written while somebody looks");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    world.a.desk.write_looks().unwrap();
    world.a.desk.write_looks().unwrap();
    let written: u64 = records().iter().map(|head| head.seq).sum();
    let was: u64 = before.iter().map(|head| head.seq).sum();
    assert_eq!(written, was + 1, "many looks are one record");
}
