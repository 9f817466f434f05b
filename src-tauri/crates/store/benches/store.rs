// SPDX-License-Identifier: EUPL-1.2
//! What the store costs, as ratios to what SQLCipher itself costs on the same disk in the same run.
//!
//! `cargo bench -p sportello-store` runs all; `-- commit`, `-- ingest`, `-- search [households]` one of them.
#![allow(
    clippy::unreadable_literal,
    clippy::wildcard_imports,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::*;
use rusqlite::Connection;
use sportello_domain::appointment::{Finished, Outcome};
use sportello_domain::demo;
use sportello_domain::entitlement::Entitlement;
use sportello_domain::event::NewEvent;
use sportello_domain::household::{Address, HouseholdData, Member};
use sportello_domain::ids::{CommandId, MemberId};
use sportello_store::{Author, Store, StoreError};
use std::time::{Duration, Instant};
use uuid::Uuid;

const ROUNDS: u64 = 25;
const A_ROUND: u64 = 200;

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let wanted = |name: &str| args.is_empty() || args.iter().any(|arg| arg == name);
    if wanted("commit") {
        commit();
    }
    if args.iter().any(|arg| arg == "pages") {
        pages();
    }
    if wanted("ingest") {
        ingest();
    }
    if wanted("search") {
        let households = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(200_000);
        search(households);
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn household_data(n: u64, demo: &demo::DemoHousehold) -> HouseholdData {
    let mut order: Vec<usize> = (0..demo.members.len()).collect();
    order.swap(0, demo.applicant_index);
    let members: Vec<Member> = order
        .into_iter()
        .map(|at| &demo.members[at])
        .zip(0_u128..)
        .map(|(m, at)| Member {
            id: MemberId(Uuid::from_u128(u128::from(n) << 8 | at)),
            surname: m.surname.clone(),
            name: m.name.clone(),
            identifier: m.identifier.clone(),
            birth_date: Some(m.birth_date),
        })
        .collect();
    HouseholdData {
        size: u8::try_from(members.len()).unwrap(),
        members,
        minors: demo.minors,
        disabled: demo.disabled,
        resident: demo.resident,
        quartiere: demo.quartiere,
        address: Address {
            street: demo.address.street.clone(),
            number: demo.address.number.to_string(),
            ..Address::default()
        },
        phone: demo.phone.clone(),
        email: String::new(),
        list_ref: demo.list_ref.clone(),
    }
}

/// A file of plain SQLCipher with one table; what a row and its durable commit cost.
fn raw(dir: &std::path::Path, name: &str, cipher: &str) -> Connection {
    let conn = Connection::open(dir.join(name)).unwrap();
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"; {cipher}", "07".repeat(32)))
        .unwrap();
    let _: String = conn
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    conn.execute_batch("PRAGMA synchronous = FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, a BLOB, b BLOB);")
        .unwrap();
    conn
}

/// What each further page costs that a commit touches, by page size and authentication: what the schema was weighed with.
/// Which tables a commit writes pages of: read from the write-ahead log after each.
#[derive(Default)]
struct Touched {
    at: u64,
    pages: std::collections::HashMap<u32, u64>,
    commits: u64,
}

impl Touched {
    fn look(&mut self, path: &std::path::Path) {
        use std::io::{Read, Seek, SeekFrom};
        let mut wal = std::fs::File::open(path.with_extension("db-wal")).unwrap();
        let mut header = [0; 32];
        wal.read_exact(&mut header).unwrap();
        let salt = header[16..24].to_vec();
        let mut frames = vec![];
        let mut at = 32_u64;
        // The log is written over from its beginning once it was copied into the file.
        if self.at > 32 {
            at = self.at;
        }
        loop {
            wal.seek(SeekFrom::Start(at)).unwrap();
            let mut frame = [0; 24];
            if wal.read_exact(&mut frame).is_err() || frame[8..16] != salt {
                break;
            }
            frames.push(u32::from_be_bytes(frame[..4].try_into().unwrap()));
            at += 24 + 4096;
        }
        if frames.is_empty() {
            self.at = 32;
            return;
        }
        self.at = at;
        self.commits += 1;
        for page in frames {
            *self.pages.entry(page).or_default() += 1;
        }
    }

    fn tell(&self, path: &std::path::Path) {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch(&format!(
            "PRAGMA key = \"x'{}{}'\"; PRAGMA cipher_page_size = 4096; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
            hex::encode(key().bytes()),
            hex::encode(&blake3::derive_key("sportello 2026 database salt v1", key().bytes())[..16])
        ))
        .unwrap();
        let mut names = conn.prepare("SELECT pageno, name, pagetype FROM dbstat").unwrap();
        let mut rows = names.query([]).unwrap();
        let mut by: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        while let Some(row) = rows.next().unwrap() {
            let page: u32 = row.get(0).unwrap();
            let name = format!(
                "{} {}",
                row.get::<_, String>(1).unwrap(),
                row.get::<_, String>(2).unwrap()
            );
            *by.entry(name).or_default() += self.pages.get(&page).copied().unwrap_or(0);
        }
        for (name, count) in by.into_iter().filter(|(_, count)| *count > 0) {
            println!("{name}: {:.2}", count as f64 / self.commits as f64);
        }
    }
}

fn pages() {
    let dir = tempfile::tempdir().unwrap();
    for (size, hmac) in [
        (4096, "HMAC_SHA512"),
        (4096, "HMAC_SHA256"),
        (4096, "HMAC_SHA1"),
        (2048, "HMAC_SHA256"),
        (1024, "HMAC_SHA256"),
    ] {
        let cipher = format!("PRAGMA cipher_page_size = {size}; PRAGMA cipher_hmac_algorithm = {hmac};");
        let conn = raw(dir.path(), &format!("{size}{hmac}.db"), &cipher);
        for table in 0..8 {
            conn.execute_batch(&format!("CREATE TABLE t{table} (n INTEGER PRIMARY KEY, a BLOB)"))
                .unwrap();
        }
        let costs: Vec<Duration> = (1..=8)
            .map(|tables| {
                let mut times: Vec<Duration> = (0..300)
                    .map(|_| {
                        let began = Instant::now();
                        conn.prepare_cached("BEGIN IMMEDIATE")
                            .unwrap()
                            .execute([])
                            .unwrap();
                        for table in 0..tables {
                            let sql = format!("INSERT INTO t{table} (a) VALUES (?1)");
                            conn.prepare_cached(&sql)
                                .unwrap()
                                .execute([[1_u8; 60].as_slice()])
                                .unwrap();
                        }
                        conn.prepare_cached("COMMIT").unwrap().execute([]).unwrap();
                        began.elapsed()
                    })
                    .collect();
                median(&mut times)
            })
            .collect();
        println!(
            "{size} {hmac}: {costs:?}, each {:?}",
            costs[7].saturating_sub(costs[0]) / 7
        );
    }
}

fn commit() {
    let mut desk = Desk::new(1);
    let (count, people) = (ROUNDS * A_ROUND + 10, demo::households(1, 7000));
    desk.append(&[
        define_campaign(),
        define_service(),
        receive(1, vec![run(1, 1_000_000)]),
    ]);
    let events: Vec<NewEvent> = (1..)
        .zip(&people)
        .flat_map(|(n, demo)| {
            let with = (n <= count).then(|| [book(n, n, "2021-01-18T09:00"), present(n)]);
            [register(n, household_data(n, demo)), grant(n, 300, 1)]
                .into_iter()
                .chain(with.into_iter().flatten())
        })
        .collect();
    desk.append(&events);
    let plain = raw(desk.dir.path(), "default.db", "");
    let same = raw(
        desk.dir.path(),
        "same.db",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
    );
    let (mut ours, mut defaults, mut sames, mut alone) = (vec![], vec![], vec![], vec![]);
    let mut touched = Touched::default();
    let mut salt = 1 << 60;
    for round in 0..ROUNDS {
        let mut bytes = (vec![], vec![]);
        for at in 0..A_ROUND {
            let n = 1 + round * A_ROUND + at;
            let runs = vec![run(n * 30, n * 30 + 29)];
            let command = CommandId(Uuid::new_v7(uuid::Timestamp::from_unix_time(
                1_600_000_000 + n,
                0,
                0,
                0,
            )));
            let author = Author {
                command,
                ..author(noon())
            };
            let began = Instant::now();
            desk.store
                .write(|tx| {
                    assert_eq!(tx.was_done(command)?, None);
                    let entitlement = tx.state::<Entitlement>(entitlement_id(n))?.unwrap();
                    assert_eq!(entitlement.delivered().0, 0);
                    let held = tx.reads()?.held_overlapping(desk_id(1), campaign_id(), &runs)?;
                    assert_eq!(held, runs);
                    let finished = NewEvent::new(
                        Q1,
                        appointment_id(n),
                        Finished {
                            outcome: Outcome::Served,
                        },
                    );
                    tx.append(&author, &[deliver(n, n, runs.clone()), finished], &mut || {
                        next_salt(&mut salt)
                    })?;
                    tx.mark_done(
                        command,
                        r#"{"delivery":"de000000-0000-0000-0000-000000000000","changed":["x","y"]}"#,
                    )
                })
                .unwrap();
            ours.push(began.elapsed());
            touched.look(&desk.path());
            if at == 0 {
                let log = sportello_protocol::wire::LogName::new(desk_id(1), Q1);
                let seq = desk.store.read(|r| r.head(&log)).unwrap().unwrap().seq;
                let page = desk
                    .store
                    .read(|r| r.records(&log, seq - 1, usize::MAX))
                    .unwrap()
                    .unwrap();
                for record in page.records {
                    bytes.0.extend_from_slice(&record.head);
                    if let sportello_protocol::Body::Present(body) = record.body {
                        bytes.1.extend_from_slice(&body);
                    }
                }
            }
        }
        for (conn, times) in [(&plain, &mut defaults), (&same, &mut sames)] {
            for _ in 0..A_ROUND {
                let began = Instant::now();
                conn.prepare_cached("INSERT INTO t (a, b) VALUES (?1, ?2)")
                    .unwrap()
                    .execute((&bytes.0, &bytes.1))
                    .unwrap();
                times.push(began.elapsed());
            }
        }
        if round == 0 {
            println!("bytes of a delivery's records: {}", bytes.0.len() + bytes.1.len());
        }
    }
    // The cheapest write that the store can make: one event, nothing read.
    for n in 1..=ROUNDS * A_ROUND / 4 {
        let began = Instant::now();
        desk.append(&[refuse(n)]);
        alone.push(began.elapsed());
    }
    println!("pages that confirming a delivery writes:");
    touched.tell(&desk.path());
    let (ours, defaults, sames, alone) = (
        median(&mut ours),
        median(&mut defaults),
        median(&mut sames),
        median(&mut alone),
    );
    println!("raw SQLCipher commit, defaults (HMAC-SHA512)   {defaults:?}");
    println!("raw SQLCipher commit, this store's settings    {sames:?}");
    println!("one refusal                                    {alone:?}");
    println!("confirm a delivery with its appointment        {ours:?}");
    println!(
        "ratio to defaults  {:.2} (at most 1.50)",
        ours.as_secs_f64() / defaults.as_secs_f64()
    );
    println!(
        "ratio to the same  {:.2}",
        ours.as_secs_f64() / sames.as_secs_f64()
    );
}

fn ingest() {
    let mut desk = Desk::new(1);
    let (households, people) = (10_000, demo::households(2, 10_000));
    let events: Vec<NewEvent> = (1..)
        .zip(&people)
        .flat_map(|(n, demo)| [register(n, household_data(n, demo)), grant(n, 300, 1)])
        .collect();
    let began = Instant::now();
    desk.append(&events);
    println!(
        "import of {households} households with entitlements: {:.0} households/s",
        households as f64 / began.elapsed().as_secs_f64()
    );
    let began = Instant::now();
    let deliveries: Vec<NewEvent> = (1..=households)
        .map(|n| deliver(n, n, vec![run(n * 30, n * 30 + 29)]))
        .collect();
    desk.append(&deliveries);
    println!(
        "{households} deliveries in one write: {:.0}/s",
        households as f64 / began.elapsed().as_secs_f64()
    );
    for budget in [200_000, 1_000_000] {
        let fresh = Desk::new(2);
        let (mut records, mut took, mut from) = (0, Duration::ZERO, 1);
        let log = sportello_protocol::wire::LogName::new(desk_id(1), Q1);
        while let Some(page) = desk.store.read(|r| r.records(&log, from, budget)).unwrap() {
            let began = Instant::now();
            fresh
                .store
                .write(|tx| tx.ingest(&log, from, &page.records))
                .unwrap();
            took += began.elapsed();
            records += page.records.len();
            from = page.last.0 + 1;
        }
        println!(
            "ingest of {records} records in pages of {budget} bytes: {:.0}/s",
            records as f64 / took.as_secs_f64()
        );
    }
    // What BUILD.md measures with: deliveries of some 300 bytes whose households are here already.
    let fresh = Desk::new(3);
    let log = sportello_protocol::wire::LogName::new(desk_id(1), Q1);
    let first = desk
        .store
        .read(|r| r.records(&log, 1, usize::MAX))
        .unwrap()
        .unwrap();
    let (before, after) = first.records.split_at(events.len());
    fresh.store.write(|tx| tx.ingest(&log, 1, before)).unwrap();
    let mut took = Duration::ZERO;
    for (at, page) in after.chunks(2000).enumerate() {
        let began = Instant::now();
        fresh
            .store
            .write(|tx| tx.ingest(&log, (events.len() + at * 2000 + 1) as u64, page))
            .unwrap();
        took += began.elapsed();
    }
    println!(
        "ingest of {} deliveries: {:.0}/s",
        after.len(),
        after.len() as f64 / took.as_secs_f64()
    );
    let began = Instant::now();
    assert!(desk.store.verify().unwrap().is_sound());
    println!(
        "verify of {} records: {:?}",
        events.len() + deliveries.len(),
        began.elapsed()
    );
}

fn search(households: usize) {
    let people = demo::households(3, households);
    let mut desk = Desk::new(1);
    let began = Instant::now();
    for chunk in (1..).zip(&people).collect::<Vec<_>>().chunks(5000) {
        let events: Vec<NewEvent> = chunk
            .iter()
            .map(|(n, demo)| register(*n, household_data(*n, demo)))
            .collect();
        desk.append(&events);
    }
    println!(
        "{households} households written in {:?}, file of {} MB",
        began.elapsed(),
        desk.store.size().unwrap() >> 20
    );
    let questions = questions(&people);
    let (mut times, mut found) = (Vec::with_capacity(questions.len()), 0);
    for (question, whole) in &questions {
        let began = Instant::now();
        let hits = desk.store.read(|r| r.search(question, 20)).unwrap();
        times.push((began.elapsed(), question.clone()));
        found += usize::from(!hits.is_empty());
        assert!(!whole || !hits.is_empty(), "{question}");
    }
    times.sort_unstable();
    let at = |share: f64| &times[((times.len() - 1) as f64 * share) as usize];
    println!("{} questions, {found} answered", times.len());
    println!(
        "p50 {:?}  p90 {:?}  p99 {:?} (at most 16 ms)  max {:?}",
        at(0.5).0,
        at(0.9).0,
        at(0.99).0,
        at(1.0)
    );
    let slow: Vec<_> = times
        .iter()
        .rev()
        .take(12)
        .map(|(time, q)| format!("{q:?} {time:?}"))
        .collect();
    println!("slowest: {}", slow.join(", "));
    let began = Instant::now();
    drop(Store::open(desk.path(), &key()).unwrap());
    println!("opening the file: {:?}", began.elapsed());
    let _: Result<(), StoreError> = Ok(());
}

/// What is typed for 300 people, key by key: names in both orders, codes, telephones, streets.
fn questions(people: &[demo::DemoHousehold]) -> Vec<(String, bool)> {
    let mut questions = Vec::new();
    let step = (people.len() / 300).max(1);
    for household in people.iter().step_by(step) {
        let person = household.applicant();
        let first = person.name.split(' ').next().unwrap_or_default();
        let wholes = [
            format!("{} {}", person.surname, person.name),
            format!("{first} {}", person.surname),
            person.identifier.as_str().to_owned(),
            household.phone.clone(),
            household.address.street.clone(),
            format!(
                "{} {}",
                &person.surname[..person
                    .surname
                    .char_indices()
                    .nth(2)
                    .map_or(person.surname.len(), |(at, _)| at)],
                first
            ),
        ];
        for whole in wholes {
            let characters: Vec<char> = whole.chars().collect();
            for length in 1..=characters.len() {
                questions.push((
                    characters[..length].iter().collect(),
                    length == characters.len() && !whole.trim().is_empty(),
                ));
            }
        }
    }
    questions
}
