// SPDX-License-Identifier: EUPL-1.2
//! Desks with a long history: what one more record costs an exchange, beside the same with a short one; and a fresh desk that
//! takes all of it, as a program of its own, so that its memory is its own.

use crate::ideal;
use crate::table::{Table, median};
use sportello_desk::{Command, Desk, Home};
use sportello_domain::appointment::{Booked, Called, Finished, Outcome, Presented};
use sportello_domain::demo::{self, DemoHousehold};
use sportello_domain::entitlement::{DeliveryConfirmed, Granted, Source};
use sportello_domain::event::NewEvent;
use sportello_domain::household::{Address, HouseholdData, HouseholdRegistered, Member};
use sportello_domain::ids::{AppointmentId, CommandId, DeliveryId, EntitlementId, HouseholdId, MemberId};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_store::{Author, StoreError};
use sportello_tests::clock::{DeskClock, SharedTime, march};
use sportello_tests::counter::in_person;
use sportello_tests::facts::{self, CAMPAIGN, SERVICE};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::{Office, Seat};
use std::path::Path;
use std::process::Command as Program;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Records of a long history, unless the command line says another number.
pub const LONG: usize = 1_000_000;
/// A short history is this part of a long one: 20,000 of a million.
const SHORT: usize = 50;
/// What is written of a household that comes, and goes with its vouchers.
const A_HOUSEHOLD: usize = 7;
/// Households written in one transaction.
const TOGETHER: usize = 400;
const ROUNDS: usize = 25;
/// Exchanging one record may take this much longer with a long history.
const INDEPENDENT: f64 = 1.2;
/// A fresh desk that takes a long history may use this much more memory than one that takes a short one.
const BOUNDED: f64 = 2.0;
/// The first word of the command line of the program that is a fresh desk.
pub const CHILD: &str = "fresh-desk";

pub async fn run(table: &mut Table, records: usize) {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let [a, b] = [office.desk("Q1-A", "Q1").await, office.desk("Q1-B", "Q1").await];
    let [first, second] = [office.desk("Q1-C", "Q1").await, office.desk("Q1-D", "Q1").await];
    office.until_quiet(&[&supervisor, &a]).await;
    facts::define(&supervisor);
    office.until_quiet(&[&supervisor, &a, &b]).await;
    a.receive("A00000001", "A09000000");
    let people = demo::households(5, records / A_HOUSEHOLD);
    let (short, long) = people.split_at((records / SHORT / A_HOUSEHOLD).max(ROUNDS));

    grow(&a, short, 1);
    settle(&a, &b).await;
    let (push, pull) = one_more(&a, &b).await;
    let small = fresh(&office, first);
    let began = Instant::now();
    grow(&a, long, 1 + short.len());
    let rate = (long.len() * A_HOUSEHOLD) as f64 / began.elapsed().as_secs_f64();
    table.tell("events written by 2,800 to a transaction", format!("{rate:.0}/s"));
    settle(&a, &b).await;
    let (long_push, long_pull) = one_more(&a, &b).await;
    let (few, many) = (short.len() * A_HOUSEHOLD, people.len() * A_HOUSEHOLD);
    table.at_most(
        &format!("handing one record over, at {many} of history"),
        long_push,
        (&format!("at {few}:"), push),
        INDEPENDENT,
    );
    table.at_most(
        &format!("fetching one record, at {many} of history"),
        long_pull,
        (&format!("at {few}:"), pull),
        INDEPENDENT,
    );

    let large = fresh(&office, second);
    let bodies: Vec<String> = bodies_like(&people);
    let ideal = ideal::round(&bodies).await;
    table.beside(
        &format!("a fresh desk pulls and projects {} events", large.records),
        large.rate(),
        "/s",
        ("hand-made ideal", bodies.len() as f64 / ideal.pull.as_secs_f64()),
    );
    table.beside(
        "the same, beside its own rate with a short history",
        large.rate(),
        "/s",
        (&format!("at {}", small.records), small.rate()),
    );
    table.within(
        "its peak memory (VmHWM)",
        large.peak_mib(),
        "MiB",
        (&format!("at {}", small.records), small.peak_mib()),
        (small.peak_mib() * BOUNDED).ceil(),
    );
}

/// Writes what desks write of so many households, through the one write door, many acts to a transaction: nobody waits here for an
/// act to be durable.
fn grow(desk: &Seat, people: &[DemoHousehold], first: usize) {
    let id = |kind: u128, ordinal: usize| {
        Uuid::from_u128((kind << 96) | 0x7000_8000_0000_0000_0000 | ordinal as u128)
    };
    let author = Author {
        actor: desk.session.person().id,
        command: CommandId(Uuid::now_v7()),
        now: desk.desk.now(),
    };
    let topic = Topic::Quartiere(1);
    let site = desk.desk.site();
    let (start, mut salt) = (march(1, 9, 0), 0_u128);
    for (chunk, part) in people.chunks(TOGETHER).zip(0..) {
        let mut events = Vec::with_capacity(chunk.len() * A_HOUSEHOLD);
        for (found, at) in chunk.iter().zip(0..) {
            let ordinal = first + part * TOGETHER + at;
            let household = HouseholdId(id(1, ordinal));
            let right = EntitlementId::of(CAMPAIGN, household);
            let appointment = AppointmentId(id(2, ordinal));
            let amount = Cents(15_000);
            let serial = ordinal as u64 * 15;
            events.push(NewEvent::new(
                topic,
                household,
                HouseholdRegistered {
                    data: data(found),
                    import: None,
                },
            ));
            events.push(NewEvent::new(
                topic,
                right,
                Granted {
                    campaign: CAMPAIGN,
                    household,
                    amount,
                    holder: desk.desk.id(),
                    source: Source::default(),
                },
            ));
            events.push(NewEvent::new(
                topic,
                appointment,
                Booked {
                    household: Some(household),
                    person: None,
                    entitlement: Some(right),
                    service: SERVICE,
                    site,
                    start,
                    overbooked: None,
                },
            ));
            events.push(NewEvent::new(topic, appointment, Presented { ticket: None }));
            events.push(NewEvent::new(topic, appointment, Called { ticket: None }));
            events.push(NewEvent::new(
                topic,
                right,
                DeliveryConfirmed {
                    id: DeliveryId(id(3, ordinal)),
                    collector: in_person(),
                    runs: vec![Run {
                        series: "A".into(),
                        first: serial,
                        last: serial + 14,
                        width: 8,
                    }],
                    amount,
                    appointment: Some(appointment),
                    forced: None,
                    partial: None,
                    right: None,
                    paper: None,
                },
            ));
            events.push(NewEvent::new(
                topic,
                appointment,
                Finished {
                    outcome: Outcome::Served,
                },
            ));
        }
        let mut salts = || -> [u8; 16] {
            salt += 1;
            *blake3::hash(&salt.to_le_bytes())
                .as_bytes()
                .first_chunk()
                .unwrap()
        };
        let written = desk
            .desk
            .store()
            .write(|tx| tx.append(&author, &events, &mut salts));
        written.map_err(|error: StoreError| error.to_string()).unwrap();
    }
}

fn data(found: &DemoHousehold) -> HouseholdData {
    let members = found.members.iter().map(|person| Member {
        id: MemberId::default(),
        surname: person.surname.clone(),
        name: person.name.clone(),
        identifier: person.identifier.clone(),
        birth_date: Some(person.birth_date),
    });
    HouseholdData {
        members: members.collect(),
        size: u8::try_from(found.members.len()).unwrap(),
        minors: found.minors,
        disabled: found.disabled,
        resident: found.resident,
        quartiere: 1,
        address: Address {
            street: found.address.street.clone(),
            number: found.address.number.to_string(),
            ..Address::default()
        },
        phone: found.phone.clone(),
        email: String::new(),
        list_ref: found.list_ref.clone(),
    }
}

/// Bodies of the same kind and size for the yardstick: no more than it is used to.
fn bodies_like(people: &[DemoHousehold]) -> Vec<String> {
    let some = people.iter().take(20_000);
    some.map(|found| serde_json::to_string(&data(found)).unwrap())
        .collect()
}

/// Both have everything.
async fn settle(a: &Seat, b: &Seat) {
    for seat in [a, b] {
        loop {
            let report = seat.exchange().await;
            if report.remaining == 0 && report.waiting == 0 {
                break;
            }
        }
    }
}

/// How long one more record takes to be handed over, and to be fetched.
async fn one_more(a: &Seat, b: &Seat) -> (Duration, Duration) {
    let (mut pushes, mut pulls) = (vec![], vec![]);
    for round in 0..ROUNDS {
        let household = HouseholdId(Uuid::from_u128(
            (1 << 96) | 0x7000_8000_0000_0000_0000 | (round as u128 + 1),
        ));
        a.act(Command::AddNote {
            household,
            text: "citofono rotto".into(),
        });
        let began = Instant::now();
        assert_eq!(a.exchange().await.pushed, 1);
        pushes.push(began.elapsed());
        let began = Instant::now();
        assert_eq!(b.exchange().await.pulled, 1);
        pulls.push(began.elapsed());
    }
    (median(&mut pushes), median(&mut pulls))
}

/// What a fresh desk told of itself.
struct Fresh {
    records: u64,
    took: Duration,
    /// KiB.
    peak: u64,
}

impl Fresh {
    fn rate(&self) -> f64 {
        self.records as f64 / self.took.as_secs_f64()
    }

    fn peak_mib(&self) -> f64 {
        self.peak as f64 / 1024.0
    }
}

/// A fresh desk takes all of it, as a program of its own.
fn fresh(office: &Office, seat: Seat) -> Fresh {
    let username = seat.username.clone();
    let (home, _, _folder) = seat.closed();
    let ran = Program::new(std::env::current_exe().unwrap())
        .args([
            CHILD,
            home.path().to_str().unwrap(),
            &username,
            &office.time.now().to_string(),
        ])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told = String::from_utf8(ran.stdout).unwrap();
    let mut words = told.split_whitespace().map(|word| word.parse::<u64>().unwrap());
    let mut next = || words.next().unwrap();
    Fresh {
        records: next(),
        took: Duration::from_millis(next()),
        peak: next(),
    }
}

/// The program that is a fresh desk: exchanges until nothing is left, and tells how many records came, in how many milliseconds, and the
/// most memory that it ever had, KiB.
pub async fn child(arguments: &[String]) {
    let [directory, username, now] = arguments else {
        panic!("a directory, a username and a time");
    };
    let clock = DeskClock::new(&SharedTime::at_millis(now.parse().unwrap()));
    let home = Home::new(directory);
    let desk: Arc<Desk> = Desk::login(&home, clock.ports(), username, PASSPHRASE).unwrap().0;
    let transport = Arc::new(desk.transport().unwrap());
    let (mut received, began) = (0, Instant::now());
    loop {
        let report = desk.sync_over(transport.clone()).await.unwrap();
        assert!(report.is_clean(), "{report:?}");
        received += report.pulled;
        if report.remaining == 0 {
            break;
        }
    }
    println!(
        "{received} {} {}",
        began.elapsed().as_millis(),
        peak(Path::new("/proc/self/status"))
    );
}

/// The most memory that a process ever had, KiB.
fn peak(status: &Path) -> u64 {
    let text = std::fs::read_to_string(status).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
