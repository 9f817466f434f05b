// SPDX-License-Identifier: EUPL-1.2
//! A centre with a thousand desks, on SQLite and on PostgreSQL: first at the pace of real desks, then as fast as they can. The desks
//! are light (they sign, hand over and fetch over HTTP, and keep nothing), and share this computer with the centre.

use crate::table::Table;
use sportello_central::{Central, Database, NewDesk, ServeOptions, Server, preset};
use sportello_domain::appointment::Presented;
use sportello_domain::event::Event;
use sportello_domain::household::HouseholdNoted;
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::wire::{Have, LogName, Presence, Pull, PullAnswer, Push, PushAnswer, Segment, pack};
use sportello_protocol::{DeskKey, Head, Link, Record};
use sportello_sync::{
    Courier, Endpoint, HttpTransport, Post, Reply, Request, Transport, TransportError, answer, enrol,
};
use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

#[path = "../../../src-tauri/crates/xtask/src/cluster.rs"]
#[allow(dead_code, reason = "only a server is wanted of it")]
mod cluster;

/// Desks, unless the command line says another number.
pub const DESKS: usize = 1_000;
/// Desks exchange every 10 to 15 seconds.
const PACE: Duration = Duration::from_millis(12_500);
/// So many times at that pace, with a record each; then so many times without a pause, with some records each.
const PACED: usize = 4;
const FLAT_OUT: usize = 3;
const RECORDS: usize = 5;

pub async fn run(table: &mut Table, desks: usize) {
    let folder = tempfile::tempdir().unwrap();
    let limit = commits_of_sqlite(folder.path());
    on(table, "SQLite", &Database::File, desks, limit).await;
    let durable = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];
    let server = match cluster::Cluster::start(&durable) {
        Ok(server) => server,
        Err(why) => return table.tell("the same on PostgreSQL", format!("not here: {why}")),
    };
    let url = server.url("postgres");
    let limit = commits_of_postgres(&url).await;
    on(
        table,
        "PostgreSQL",
        &Database::Server(Server::new(url)),
        desks,
        limit,
    )
    .await;
}

/// One row a commit, as durable as the centre's own.
fn commits_of_sqlite(folder: &std::path::Path) -> f64 {
    let database = rusqlite::Connection::open(folder.join("raw.db")).unwrap();
    database
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a BLOB);")
        .unwrap();
    let (row, began, many) = (vec![7_u8; 1_500], Instant::now(), 2_000);
    for _ in 0..many {
        database.execute("INSERT INTO t VALUES (?1)", [&row]).unwrap();
    }
    f64::from(many) / began.elapsed().as_secs_f64()
}

async fn commits_of_postgres(url: &str) -> f64 {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    client
        .batch_execute("CREATE TABLE raw_limit (a BYTEA)")
        .await
        .unwrap();
    let insert = client.prepare("INSERT INTO raw_limit VALUES ($1)").await.unwrap();
    let (row, began, many) = (vec![7_u8; 1_500], Instant::now(), 2_000);
    for _ in 0..many {
        client.execute(&insert, &[&row]).await.unwrap();
    }
    let rate = f64::from(many) / began.elapsed().as_secs_f64();
    client.batch_execute("DROP TABLE raw_limit").await.unwrap();
    drop(client);
    let _ = connection.await;
    rate
}

async fn on(table: &mut Table, name: &str, database: &Database, desks: usize, limit: f64) {
    let folder = tempfile::tempdir().unwrap();
    let central = Central::open_on(folder.path(), database).unwrap();
    central
        .init_office("Comune di Prova", &preset::firenze())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = {
        let central = central.clone();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            central
                .serve(listener, &ServeOptions::default(), stopped)
                .await
                .unwrap();
        })
    };
    let all = crowd(&central, &url, desks).await;
    let mut told = Told::default();
    let all = at_once(all, &mut told, PACED, Some(PACE), 1).await;
    told.tell(table, &format!("{name}, {desks} desks at their pace"), limit);
    let mut told = Told::default();
    let all = at_once(all, &mut told, FLAT_OUT, None, RECORDS).await;
    told.tell(table, &format!("{name}, {desks} desks without a pause"), limit);
    // Each has what all others of its Quartiere wrote.
    let written = (PACED + FLAT_OUT * RECORDS) as u64;
    let mut last = Told::default();
    for desk in at_once(all, &mut last, 1, None, 0).await {
        let others = desk
            .have
            .iter()
            .filter(|(log, _)| log.desk_id() != desk.id && log.topic() == Some(desk.topic));
        let (logs, records) = others.fold((0, 0), |(logs, sum), (_, seq)| (logs + 1, sum + seq));
        assert_eq!(records, logs * written, "{name}: a desk lacks something");
        let fellows = (0..desks)
            .filter(|number| topic_of(*number) == desk.topic)
            .count();
        assert_eq!(logs + 1, fellows as u64, "{name}: of every desk of the Quartiere");
    }
    assert_eq!(last.errors, 0);
    assert_eq!(central.verify().unwrap().problems, Vec::<String>::new());
    let _ = stop.send(());
    serving.await.unwrap();
}

/// What requests came to.
#[derive(Default)]
struct Told {
    took: Vec<Duration>,
    pushes: u64,
    events_in: u64,
    events_out: u64,
    errors: u64,
    whole: Duration,
}

impl Told {
    fn add(&mut self, other: Self) {
        self.took.extend(other.took);
        self.pushes += other.pushes;
        self.events_in += other.events_in;
        self.events_out += other.events_out;
        self.errors += other.errors;
    }

    fn tell(&mut self, table: &mut Table, what: &str, limit: f64) {
        self.took.sort_unstable();
        let at = |part: f64| self.took[((self.took.len() - 1) as f64 * part) as usize];
        let rate = |count: u64| count as f64 / self.whole.as_secs_f64();
        table.tell(
            &format!("{what}: events in, out"),
            format!("{:.0}/s, {:.0}/s", rate(self.events_in), rate(self.events_out)),
        );
        table.tell(
            &format!("{what}: p50, p99 of {} requests", self.took.len()),
            format!("{:.1?}, {:.1?}", at(0.5), at(0.99)),
        );
        table.beside(
            &format!("{what}: pushes"),
            rate(self.pushes),
            "/s",
            ("raw durable commits", limit),
        );
        table.within(
            &format!("{what}: errors"),
            self.errors as f64,
            "",
            ("of", self.took.len() as f64),
            0.0,
        );
    }
}

/// A desk that keeps nothing but where it stands.
struct Light {
    id: DeskId,
    office: OfficeId,
    key: DeskKey,
    topic: Topic,
    seq: u64,
    link: Link,
    have: HashMap<LogName, u64>,
    directory: u64,
    transport: Arc<HttpTransport<Shared>>,
}

/// One HTTP client for all of them.
#[derive(Clone)]
struct Shared {
    client: reqwest::Client,
    url: Arc<str>,
}

impl Courier for Shared {
    async fn post(&self, post: Post) -> Result<Reply, TransportError> {
        let failed = |error: reqwest::Error| TransportError::Unreachable(Some(Box::new(error)));
        let mut request = self.client.post(format!("{}{}", self.url, post.path));
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let response = request.body(post.body).send().await.map_err(failed)?;
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|v| v.to_str().ok())
            .unwrap_or("")
            .to_owned();
        Ok(Reply {
            status: response.status().as_u16(),
            content_type,
            body: response.bytes().await.map_err(failed)?.to_vec(),
        })
    }
}

fn topic_of(number: usize) -> Topic {
    Topic::Quartiere(u8::try_from(number % 5 + 1).unwrap())
}

/// Enrols them, a fifth in each Quartiere.
async fn crowd(central: &Central, url: &str, desks: usize) -> Vec<Light> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap();
    let shared = Shared {
        client,
        url: url.into(),
    };
    let mut all = Vec::with_capacity(desks);
    for number in 0..desks {
        let topic = topic_of(number);
        let key = DeskKey::from_seed(blake3::hash(&number.to_le_bytes()).as_bytes());
        let code = central
            .add_desk(&NewDesk::new(
                &topic.to_string().to_uppercase(),
                &format!("D-{number}"),
            ))
            .unwrap()
            .code;
        let transport = HttpTransport::over(shared.clone(), None);
        let enrolled = enrol(&transport, &code, &key, central.now()).await.unwrap();
        let (id, office) = (enrolled.certificate.desk_id(), enrolled.office);
        all.push(Light {
            id,
            office,
            topic,
            seq: 0,
            link: Link::genesis(office, id, topic),
            have: HashMap::new(),
            directory: 0,
            transport: Arc::new(HttpTransport::over(shared.clone(), Some((id, key.clone())))),
            key,
        });
    }
    all
}

/// All of them exchange so many times, at a pace or without a pause, writing so many records each time.
async fn at_once(
    all: Vec<Light>,
    told: &mut Told,
    times: usize,
    pace: Option<Duration>,
    records: usize,
) -> Vec<Light> {
    let began = Instant::now();
    let many = u32::try_from(all.len()).unwrap();
    let mut working = JoinSet::new();
    let done = Arc::new(Mutex::new(Vec::with_capacity(all.len())));
    for (mut desk, number) in all.into_iter().zip(0_u32..) {
        let done = done.clone();
        working.spawn(async move {
            let mut told = Told::default();
            for round in 0..times {
                if let Some(pace) = pace {
                    // Each has a moment of its own, as desks come to have.
                    let moment = pace * u32::try_from(round).unwrap() + pace * number / many;
                    tokio::time::sleep(moment.saturating_sub(began.elapsed())).await;
                }
                desk.exchange(records, &mut told).await;
            }
            done.lock().unwrap().push((desk, told));
        });
    }
    while working.join_next().await.is_some() {}
    told.whole = began.elapsed();
    let done = std::mem::take(&mut *done.lock().unwrap());
    done.into_iter()
        .map(|(desk, part)| {
            told.add(part);
            desk
        })
        .collect()
}

impl Light {
    async fn exchange(&mut self, records: usize, told: &mut Told) {
        if records > 0 {
            let segment = self.write(records);
            let push = Push {
                presence: Self::presence(records),
                segments: vec![segment],
            };
            let reply: Option<PushAnswer> = self.send(Endpoint::Push, pack(&push).unwrap(), told).await;
            match reply.and_then(|answer| answer.logs.into_iter().next()) {
                Some(log) if log.stopped.is_none() && log.seq == self.seq => {
                    told.pushes += 1;
                    told.events_in += records as u64;
                    self.have.insert(log.log, log.seq);
                }
                _ => told.errors += 1,
            }
        }
        loop {
            let have = self
                .have
                .iter()
                .map(|(log, seq)| Have {
                    log: log.clone(),
                    seq: *seq,
                })
                .collect();
            let pull = Pull {
                presence: Self::presence(0),
                have,
                budget: 2 << 20,
                directory: self.directory,
            };
            let reply: Option<PullAnswer> = self.send(Endpoint::Pull, pack(&pull).unwrap(), told).await;
            let Some(answer) = reply else { return };
            self.directory = answer
                .directory
                .map_or(self.directory, |directory| directory.version);
            for segment in answer.segments {
                told.events_out += segment.records.len() as u64;
                self.have.insert(segment.log, segment.head.seq);
            }
            if answer.remaining == 0 {
                return;
            }
        }
    }

    fn presence(waiting: usize) -> Presence {
        Presence {
            now: chrono::Utc::now().timestamp_millis(),
            waiting: waiting as u64,
            version: "bench".into(),
            speaks: Some(3),
        }
    }

    fn write(&mut self, many: usize) -> Segment {
        let now = chrono::Utc::now().timestamp_millis();
        let from = self.seq + 1;
        let mut records = Vec::with_capacity(many);
        for _ in 0..many {
            self.seq += 1;
            let (kind, event) = if self.seq.is_multiple_of(2) {
                (EntityKind::Appointment, Event::from(Presented { ticket: None }))
            } else {
                let text = "È tornata con la delega firmata; mancava il documento del delegato, ripassa domani mattina alle nove.";
                (
                    EntityKind::Household,
                    Event::from(HouseholdNoted { text: text.into() }),
                )
            };
            let seed = blake3::hash(&[&self.id.0.as_bytes()[..], &self.seq.to_le_bytes()].concat());
            let part = |at: usize| -> [u8; 16] { seed.as_bytes()[at..at + 16].try_into().unwrap() };
            let head = Head {
                seq: self.seq,
                hlc: now.unsigned_abs() << 16,
                at: now,
                kind: event.kind().to_owned(),
                version: event.version(),
                entity_kind: kind.number(),
                entity: part(0),
                actor: [7; 16],
                command: part(16),
            };
            let record = Record::seal(&head, part(8), &event).unwrap();
            self.link = record.link(self.link);
            records.push(record);
        }
        let log = LogName::new(self.id, self.topic);
        Segment::sign(&self.key, self.office, log, self.topic, from, records, self.link)
    }

    async fn send<T: for<'b> minicbor::Decode<'b, ()>>(
        &self,
        endpoint: Endpoint,
        body: Vec<u8>,
        told: &mut Told,
    ) -> Option<T> {
        let began = Instant::now();
        let reply = self.transport.send(Request { endpoint, body }).await;
        told.took.push(began.elapsed());
        match reply.map(|reply| answer::read(&reply)) {
            Ok(Ok(message)) => Some(message),
            Ok(Err(error)) => {
                eprintln!("{endpoint:?}: {error}");
                told.errors += 1;
                None
            }
            Err(error) => {
                eprintln!("{endpoint:?}: {error}");
                told.errors += 1;
                None
            }
        }
    }
}
