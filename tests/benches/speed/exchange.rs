// SPDX-License-Identifier: EUPL-1.2
//! Twenty thousand deliveries made offline, handed over to the centre and fetched by another desk, over HTTP, with real
//! files on all sides; beside the hand-made ideal with the same bodies in the same run.

use crate::ideal;
use crate::table::{Table, median};
use sportello_desk::{Command, Desk, Home};
use sportello_domain::demo;
use sportello_domain::ids::CommandId;
use sportello_domain::meta::Topic;
use sportello_domain::serial::Run;
use sportello_protocol::Body;
use sportello_protocol::record::SALT_LEN;
use sportello_protocol::wire::LogName;
use sportello_tests::counter::{in_person, right};
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use sportello_tests::{Office, Seat};
use std::sync::Arc;
use std::time::Instant;

const RECORDS: usize = 20_000;
const ROUNDS: usize = 5;

pub async fn run(table: &mut Table) {
    let mut office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    let other = office.desk("Q1-B", "Q1").await;
    let fresh = office.desk("Q1-C", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    households(&supervisor);
    office.until_quiet(&[&supervisor, &desk, &other]).await;
    let clock = desk.clock.clone();
    deliver(&desk);
    let bodies = bodies(&desk);
    let weight: usize = bodies.iter().map(String::len).sum();
    table.tell("bytes of a delivery's body", (weight / bodies.len()).to_string());

    // Everything as it is now, to begin each round from the same place. `fresh` was only enrolled.
    let centre = office.backup();
    let homes = [
        (desk.closed(), "q1-a"),
        (other.closed(), "q1-b"),
        (fresh.closed(), "q1-c"),
    ];
    let (mut push, mut pull, mut whole) = (vec![], vec![], vec![]);
    let (mut ideal_push, mut ideal_pull) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let times = ideal::round(&bodies).await;
        ideal_push.push(RECORDS as f64 / times.push.as_secs_f64());
        ideal_pull.push(RECORDS as f64 / times.pull.as_secs_f64());

        let folder = tempfile::tempdir().unwrap();
        copy_folder(centre.path(), &folder.path().join("centre"));
        office.restore_at(folder.path().join("centre")).await;
        let [desk, other, fresh] = [0, 1, 2].map(|at| {
            let ((home, _, _), username) = &homes[at];
            copy_folder(home.path(), &folder.path().join(username));
            Desk::login(
                &Home::new(folder.path().join(username)),
                clock.ports(),
                username,
                PASSPHRASE,
            )
            .unwrap()
            .0
        });
        let (sent, _) = timed(&desk).await;
        push.push(sent);
        let (_, received) = timed(&other).await;
        pull.push(received);
        let (_, received) = timed(&fresh).await;
        whole.push(received);
    }
    let (ideal_push, ideal_pull) = (median(&mut ideal_push), median(&mut ideal_pull));
    table.at_least(
        "push of 20,000 deliveries",
        median(&mut push),
        ("hand-made ideal", ideal_push),
        0.5,
    );
    table.at_least(
        "pull of 20,000 deliveries, with projections",
        median(&mut pull),
        ("hand-made ideal", ideal_pull),
        0.5,
    );
    table.at_least(
        "fresh pull of the whole Quartiere",
        median(&mut whole),
        ("hand-made ideal", ideal_pull),
        0.5,
    );
}

/// Enters the households that the deliveries are for, all of one Quartiere, by lists.
fn households(supervisor: &Seat) {
    let mut people = demo::households(11, RECORDS);
    for household in &mut people {
        household.quartiere = 1;
    }
    for (rows, day) in people.chunks(10_000).zip(1..) {
        let list = facts::csv(
            &facts::sheet(rows),
            chrono::NaiveDate::from_ymd_opt(2021, 2, day).unwrap(),
        );
        supervisor.act(facts::apply(&list, &supervisor.preview(CAMPAIGN, &list)));
    }
}

fn deliver(desk: &Seat) {
    let rights = desk
        .desk
        .store()
        .read(|reads| reads.entitlement_states(CAMPAIGN))
        .unwrap();
    assert_eq!(rights.len(), RECORDS);
    let all = Run {
        series: "A".into(),
        first: 1,
        last: 2_000_000,
        width: 8,
    };
    desk.act(Command::ReceiveStock {
        campaign: CAMPAIGN,
        runs: vec![all],
        note: "gara".into(),
    });
    let mut next = 1;
    for found in rights {
        let count = u64::try_from(found.amount().0 / 1000).unwrap();
        let command = Command::ConfirmDelivery {
            entitlement: right(found.household),
            appointment: None,
            collector: in_person(),
            runs: vec![Run {
                series: "A".into(),
                first: next,
                last: next + count - 1,
                width: 8,
            }],
            force: None,
            partial: None,
        };
        next += count;
        desk.desk
            .execute(&desk.session, CommandId(uuid::Uuid::now_v7()), &command)
            .unwrap();
    }
}

/// The bodies of the last records, as JSON.
fn bodies(desk: &Seat) -> Vec<String> {
    let log = LogName::new(desk.desk.id(), Topic::Quartiere(1));
    let store = desk.desk.store();
    let last = store.read(|reads| reads.head(&log)).unwrap().unwrap().seq;
    let first = last + 1 - RECORDS as u64;
    let mut found: Vec<String> = Vec::with_capacity(RECORDS);
    while found.len() < RECORDS {
        let from = first + found.len() as u64;
        let page = store
            .read(|reads| reads.records(&log, from, 1 << 20))
            .unwrap()
            .unwrap();
        found.extend(page.records.into_iter().map(|record| match record.body {
            Body::Present(bytes) => String::from_utf8(bytes[SALT_LEN..].to_vec()).unwrap(),
            Body::Erased { .. } => panic!("nothing was erased"),
        }));
    }
    found
}

/// Exchanges until nothing is left; records a second sent and received.
async fn timed(desk: &Arc<Desk>) -> (f64, f64) {
    let transport = Arc::new(desk.transport().unwrap());
    let (mut sent, mut received) = (0, 0);
    let began = Instant::now();
    loop {
        let report = desk.sync_over(transport.clone()).await.unwrap();
        assert!(report.is_clean(), "{report:?}");
        sent += report.pushed;
        received += report.pulled;
        if report.remaining == 0 && report.waiting == 0 {
            break;
        }
    }
    let took = began.elapsed().as_secs_f64();
    assert!(
        sent.max(received) >= RECORDS as u64,
        "{sent} sent, {received} received"
    );
    (sent as f64 / took, received as f64 / took)
}
