// SPDX-License-Identifier: EUPL-1.2
//! Twenty thousand deliveries made offline, handed over to the centre and fetched by another desk, over HTTP, with real
//! files on all sides; beside the hand-made ideal with the same bodies in the same run.

use crate::ideal;
use crate::meter::Meter;
use crate::table::{Table, median};
use sportello_desk::{Command, Desk, Home};
use sportello_domain::demo;
use sportello_domain::ids::CommandId;
use sportello_domain::meta::Topic;
use sportello_domain::serial::Run;
use sportello_protocol::Body;
use sportello_protocol::record::SALT_LEN;
use sportello_protocol::wire::LogName;
use sportello_sync::{Network, Transport};
use sportello_tests::clock::DeskClock;
use sportello_tests::counter::{in_person, right};
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use sportello_tests::{Office, Seat};
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;

const RECORDS: usize = 20_000;
/// Bytes that a record may cost, salts and identifiers included.
const ON_THE_WIRE: f64 = 160.0;
const ROUNDS: usize = 5;

/// Twenty thousand deliveries at one desk, and desks that wait for them.
struct World {
    office: Office,
    bodies: Vec<String>,
    /// Deliveries a second, each durable before the next.
    local: f64,
    clock: DeskClock,
    /// Everything as it is now, to begin each round from the same place.
    centre: TempDir,
    /// The desk that delivered, one that has the households, and one that was only enrolled.
    homes: [(Home, TempDir, &'static str); 3],
}

async fn world() -> World {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    let other = office.desk("Q1-B", "Q1").await;
    let fresh = office.desk("Q1-C", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    households(&supervisor);
    office.until_quiet(&[&supervisor, &desk, &other]).await;
    let clock = desk.clock.clone();
    let local = deliver(&desk);
    let bodies = bodies(&desk);

    let centre = office.backup();
    let homes = [(desk, "q1-a"), (other, "q1-b"), (fresh, "q1-c")].map(|(seat, username)| {
        let (home, _, folder) = seat.closed();
        (home, folder, username)
    });
    World {
        office,
        bodies,
        local,
        clock,
        centre,
        homes,
    }
}

impl World {
    /// Centre and desks anew, as they were, in a folder that has to be kept.
    async fn again(&mut self) -> (TempDir, [Arc<Desk>; 3]) {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(self.centre.path(), &folder.path().join("centre"));
        self.office.restore_at(folder.path().join("centre")).await;
        let desks = [0, 1, 2].map(|at| {
            let (home, _, username) = &self.homes[at];
            copy_folder(home.path(), &folder.path().join(username));
            let home = Home::new(folder.path().join(username));
            Desk::login(&home, self.clock.ports(), username, PASSPHRASE)
                .unwrap()
                .0
        });
        (folder, desks)
    }
}

/// What a record costs on the wire, beside what it costs the hand-made ideal.
pub async fn wire(table: &mut Table) {
    let mut world = world().await;
    let ideal = ideal::round(&world.bodies).await;
    let (_folder, [desk, other, _]) = world.again().await;
    for (what, desk, ideal) in [
        ("bytes a record, pushed", desk, ideal.sent),
        ("bytes a record, pulled", other, ideal.received),
    ] {
        let meter = Meter::default();
        let network = Network::new(&desk.settings().http()).unwrap();
        let transport = Arc::new(desk.transport_by(meter.around(network)).unwrap());
        let (sent, received) = whole(&desk, &transport).await;
        let (asked, answered) = meter.read();
        let bytes = (asked + answered) as f64 / sent.max(received) as f64;
        let beside = ideal as f64 / world.bodies.len() as f64;
        table.within(what, bytes, "B", ("hand-made ideal", beside), ON_THE_WIRE);
    }
}

/// Tells what `cargo xtask bench peers` sets beside the figures of others: a line of JSON each.
pub async fn peers() {
    let mut world = world().await;
    let (count, weigh) = (RECORDS as f64, |bytes: usize| bytes as f64 / RECORDS as f64);
    let ideal = ideal::round(&world.bodies).await;
    let told = serde_json::json!({
        "peer": "hand-made ideal (no projections)", "push": count / ideal.push.as_secs_f64(), "pull": count / ideal.pull.as_secs_f64(),
        "push_bytes": weigh(ideal.sent), "pull_bytes": weigh(ideal.received),
    });
    println!("{told}");
    let (_folder, [desk, other, fresh]) = world.again().await;
    let mut bytes = Vec::new();
    let mut rates = Vec::new();
    for desk in [desk, other] {
        let meter = Meter::default();
        let network = Network::new(&desk.settings().http()).unwrap();
        let transport = Arc::new(desk.transport_by(meter.around(network)).unwrap());
        let began = Instant::now();
        whole(&desk, &transport).await;
        rates.push(count / began.elapsed().as_secs_f64());
        let (asked, answered) = meter.read();
        bytes.push((asked + answered) as f64 / count);
    }
    let (_, pull) = timed(&fresh).await;
    let told = serde_json::json!({
        "peer": "Sportello", "local": world.local, "push": rates[0], "pull": pull, "push_bytes": bytes[0], "pull_bytes": bytes[1],
    });
    println!("{told}");
}

pub async fn run(table: &mut Table) {
    let mut world = world().await;
    let weight: usize = world.bodies.iter().map(String::len).sum();
    table.tell(
        "bytes of a delivery's body",
        (weight / world.bodies.len()).to_string(),
    );
    let (mut push, mut pull, mut whole) = (vec![], vec![], vec![]);
    let (mut ideal_push, mut ideal_pull) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let times = ideal::round(&world.bodies).await;
        ideal_push.push(RECORDS as f64 / times.push.as_secs_f64());
        ideal_pull.push(RECORDS as f64 / times.pull.as_secs_f64());

        let (_folder, [desk, other, fresh]) = world.again().await;
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
        0.8,
    );
    table.at_least(
        "pull of 20,000 deliveries, with projections",
        median(&mut pull),
        ("hand-made ideal", ideal_pull),
        0.8,
    );
    table.at_least(
        "fresh pull of the whole Quartiere",
        median(&mut whole),
        ("hand-made ideal", ideal_pull),
        0.8,
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

/// Delivers to all of them; deliveries a second.
fn deliver(desk: &Seat) -> f64 {
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
        delivery_note: None,
    });
    let (mut next, began) = (1, Instant::now());
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
    RECORDS as f64 / began.elapsed().as_secs_f64()
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
    let began = Instant::now();
    let (sent, received) = whole(desk, &transport).await;
    let took = began.elapsed().as_secs_f64();
    (sent as f64 / took, received as f64 / took)
}

/// Exchanges until nothing is left; records sent and received.
async fn whole<T: Transport>(desk: &Arc<Desk>, transport: &Arc<T>) -> (u64, u64) {
    let (mut sent, mut received) = (0, 0);
    loop {
        let report = desk.sync_over(transport.clone()).await.unwrap();
        assert!(report.is_clean(), "{report:?}");
        sent += report.pushed;
        received += report.pulled;
        if report.remaining == 0 && report.waiting == 0 {
            break;
        }
    }
    assert!(
        sent.max(received) >= RECORDS as u64,
        "{sent} sent, {received} received"
    );
    (sent, received)
}
