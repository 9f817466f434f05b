// SPDX-License-Identifier: EUPL-1.2
//! A centre on a real port, and desks that keep their logs in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "../../../sync/tests/support/mod.rs"]
pub mod memory;

pub mod databases;
pub mod documented;

pub use databases::{Kind, TestDatabase};
pub use memory::MemoryDesk;

use sportello_central::{Central, NewDesk, ServeOptions, preset};
use sportello_domain::meta::Topic;
use sportello_protocol::http_signature::sign;
use sportello_protocol::wire::{
    CONTENT_TYPE, Presence, Problem, Pull, PullAnswer, Push, PushAnswer, Segment, pack, unpack,
};
use sportello_protocol::{DeskKey, EnrolmentCode, Link, SignedCertificate};
use sportello_sync::{HttpOptions, HttpTransport, Options, Proxy, Report, enrol};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Makes of each story one with a file behind the centre and one with a server.
#[allow(unused_macros)] // Not every test program tells stories.
macro_rules! stories {
    ($($name:ident),* $(,)?) => {
        mod on_a_file {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(crate::Kind::File).await; })*
        }
        mod on_a_server {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(crate::Kind::Server).await; })*
        }
    };
}

pub const Q1: Topic = Topic::Quartiere(1);
pub const Q2: Topic = Topic::Quartiere(2);

pub fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

pub struct Office {
    pub central: Central,
    pub url: String,
    /// How far the centre's clock is moved, milliseconds.
    pub moved: Arc<AtomicI64>,
    pub database: TestDatabase,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
    idle: tempfile::TempDir,
    keys: AtomicU8,
}

impl Office {
    pub fn open() -> Self {
        Self::open_on(Kind::File)
    }

    pub fn open_on(kind: Kind) -> Self {
        let office = Self::without_office(kind);
        office
            .central
            .init_office("Comune di Prova", &preset::firenze())
            .unwrap();
        office
    }

    pub fn without_office(kind: Kind) -> Self {
        let (database, moved) = (TestDatabase::new(kind), Arc::new(AtomicI64::new(0)));
        let mut office = Self {
            central: open(&database, &moved),
            database,
            url: String::new(),
            moved,
            stop: None,
            serving: None,
            idle: tempfile::tempdir().unwrap(),
            keys: AtomicU8::new(10),
        };
        office.listen();
        office
    }

    fn listen(&mut self) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        self.url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        self.stop = Some(stop);
        let central = self.central.clone();
        self.serving = Some(tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            central
                .serve(listener, &ServeOptions::default(), stopped)
                .await
                .unwrap();
        }));
    }

    /// The centre dies, and another one is made from the backup.
    pub fn restored_from(&mut self, backup: &Path) {
        drop(self.stop.take());
        let database = TestDatabase::new(self.database.kind());
        let key = |folder: &Path| folder.join("office.key");
        std::fs::copy(key(self.database.path()), key(database.path())).unwrap();
        Central::restore(database.path(), &database.database, backup).unwrap();
        self.central = open(&database, &self.moved);
        self.database = database;
        self.listen();
    }

    /// A backup as it is now.
    pub fn backup(&self) -> tempfile::TempPath {
        let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        std::fs::remove_file(&path).unwrap();
        self.central.backup(&path).unwrap();
        path
    }

    /// The centre is switched off: nobody uses its database any more.
    pub async fn close(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            serving.await.unwrap();
        }
        // Another one on nothing takes its place until the next.
        self.central = Central::open(self.idle.path()).unwrap();
    }

    /// The centre is switched on again, with another database.
    pub fn serve_from(&mut self, central: Central) {
        self.central = central;
        self.listen();
    }

    pub fn plain_transport(&self, signer: Option<&MemoryDesk>) -> HttpTransport {
        transport_to(&self.url, signer)
    }

    pub fn new_key(&self) -> DeskKey {
        DeskKey::from_seed(&[self.keys.fetch_add(1, Ordering::Relaxed); 32])
    }

    pub async fn desk(&self, new: NewDesk) -> Arc<MemoryDesk> {
        let invitation = self.central.add_desk(&new).unwrap();
        self.enrol(&invitation.code, self.new_key()).await
    }

    /// One exchange of a desk that shows its certificate where it has to.
    pub async fn exchange_showing(&self, desk: &Arc<MemoryDesk>, certificate: SignedCertificate) -> Report {
        let transport = Arc::new(self.plain_transport(Some(desk)).with_certificate(certificate));
        sportello_sync::run(
            desk.clone(),
            transport,
            desk.identity.clone(),
            Options::default(),
            now,
        )
        .await
    }

    pub async fn enrol(&self, code: &EnrolmentCode, key: DeskKey) -> Arc<MemoryDesk> {
        let enrolment = enrol(&self.plain_transport(None), code, &key, now())
            .await
            .unwrap();
        MemoryDesk::new(
            enrolment.office,
            enrolment.office_key,
            enrolment.certificate.desk_id(),
            key,
        )
    }

    /// One exchange over HTTP.
    pub async fn exchange(&self, desk: &Arc<MemoryDesk>) -> Report {
        self.exchange_with(desk, Options::default()).await
    }

    pub async fn exchange_with(&self, desk: &Arc<MemoryDesk>, options: Options) -> Report {
        let transport = Arc::new(self.plain_transport(Some(desk)));
        sportello_sync::run(desk.clone(), transport, desk.identity.clone(), options, now).await
    }

    /// A request as the desk would sign it, with the answer's status and content.
    pub async fn post(&self, desk: &MemoryDesk, path: &str, body: Vec<u8>) -> (u16, Vec<u8>) {
        let fields = sign(
            &desk.identity.key,
            desk.identity.desk,
            "POST",
            path,
            &body,
            now() / 1000,
        );
        let headers = [
            ("content-type", CONTENT_TYPE.to_owned()),
            ("content-digest", fields.content_digest),
            ("signature-input", fields.signature_input),
            ("signature", fields.signature),
        ];
        self.send(path, &headers, body).await
    }

    pub async fn send(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> (u16, Vec<u8>) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .build()
            .unwrap();
        let mut request = client.post(format!("{}{path}", self.url)).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.unwrap().to_vec();
        documented::check("post", path, status, &headers, &body);
        (status, body)
    }

    pub async fn push(&self, desk: &MemoryDesk, segments: Vec<Segment>) -> PushAnswer {
        let push = Push {
            presence: presence(),
            segments,
        };
        let (status, body) = self.post(desk, "/v1/push", pack(&push).unwrap()).await;
        assert_eq!(status, 200, "{:?}", unpack::<Problem>(&body));
        unpack(&body).unwrap()
    }

    pub async fn pull(&self, desk: &MemoryDesk, pull: Pull) -> PullAnswer {
        let (status, body) = self.post(desk, "/v1/pull", pack(&pull).unwrap()).await;
        assert_eq!(status, 200, "{:?}", unpack::<Problem>(&body));
        unpack(&body).unwrap()
    }
}

pub fn transport_to(url: &str, signer: Option<&MemoryDesk>) -> HttpTransport {
    let options = HttpOptions {
        url: url.to_owned(),
        proxy: Proxy::None,
        ..HttpOptions::default()
    };
    HttpTransport::new(
        &options,
        signer.map(|desk| (desk.identity.desk, desk.identity.key.clone())),
    )
    .unwrap()
}

fn open(database: &TestDatabase, moved: &Arc<AtomicI64>) -> Central {
    let moved = moved.clone();
    let clock = move || now() + moved.load(Ordering::Relaxed);
    Central::open_on_with_clock(database.path(), &database.database, Arc::new(clock)).unwrap()
}

pub fn presence() -> Presence {
    Presence {
        now: now(),
        waiting: 0,
        version: "test".into(),
        speaks: Some(3),
    }
}

pub fn everything(budget: u32) -> Pull {
    Pull {
        presence: presence(),
        have: vec![],
        budget,
        directory: 0,
    }
}

pub fn problem_code(body: &[u8]) -> String {
    unpack::<Problem>(body).unwrap().code
}

/// Records `from` to `to` of the desk's own log, signed.
pub fn segment(desk: &MemoryDesk, topic: Topic, from: u64, to: u64) -> Segment {
    let log = desk.log(topic);
    let memory = desk.memory.lock().unwrap();
    let kept = &memory.logs[&log];
    let (first, last) = (usize::try_from(from).unwrap() - 1, usize::try_from(to).unwrap());
    let (records, link): (_, Link) = (kept.records[first..last].to_vec(), kept.links[last - 1]);
    let identity = &desk.identity;
    Segment::sign(
        &identity.key,
        identity.office,
        log.clone(),
        topic,
        from,
        records,
        link,
    )
}
