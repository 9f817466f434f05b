// SPDX-License-Identifier: EUPL-1.2
//! A centre on a real port, and desks that keep their logs in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "../../../sync/tests/support/mod.rs"]
pub mod memory;

pub use memory::MemoryDesk;

use sportello_central::{Central, NewDesk, ServeOptions, preset};
use sportello_domain::meta::Topic;
use sportello_protocol::http_signature::sign;
use sportello_protocol::wire::{
    CONTENT_TYPE, Presence, Problem, Pull, PullAnswer, Push, PushAnswer, Segment, pack, unpack,
};
use sportello_protocol::{DeskKey, EnrolmentCode, Link, SignedCertificate};
use sportello_sync::{HttpOptions, HttpTransport, Options, Proxy, Report, enrol};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;

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
    pub folder: tempfile::TempDir,
    stop: Option<oneshot::Sender<()>>,
    keys: AtomicU8,
}

impl Office {
    pub fn open() -> Self {
        let office = Self::without_office();
        office
            .central
            .init_office("Comune di Prova", &preset::firenze())
            .unwrap();
        office
    }

    pub fn without_office() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let moved = Arc::new(AtomicI64::new(0));
        let clock = {
            let moved = moved.clone();
            move || now() + moved.load(Ordering::Relaxed)
        };
        let central = Central::open_with_clock(folder.path(), Arc::new(clock)).unwrap();
        let mut office = Self {
            central,
            url: String::new(),
            moved,
            folder,
            stop: None,
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
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            central
                .serve(listener, &ServeOptions::default(), stopped)
                .await
                .unwrap();
        });
    }

    /// The same centre with another folder's contents (a restored backup).
    pub fn restored_from(&mut self, backup: tempfile::TempDir) {
        drop(self.stop.take());
        self.folder = backup;
        let moved = self.moved.clone();
        let clock = move || now() + moved.load(Ordering::Relaxed);
        self.central = Central::open_with_clock(self.folder.path(), Arc::new(clock)).unwrap();
        self.listen();
    }

    /// A copy of the folder as it is now.
    pub fn backup(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap() == "central.db" {
                let to = copy.path().join("central.db");
                let db = rusqlite::Connection::open(&path).unwrap();
                db.execute("VACUUM INTO ?1", [to.to_str().unwrap()]).unwrap();
            } else if path.extension().is_some_and(|ext| ext == "key") {
                std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        copy
    }

    pub fn plain_transport(&self, signer: Option<&MemoryDesk>) -> HttpTransport {
        let options = HttpOptions {
            url: self.url.clone(),
            proxy: Proxy::None,
            ..HttpOptions::default()
        };
        HttpTransport::new(
            &options,
            signer.map(|desk| (desk.identity.desk, desk.identity.key.clone())),
        )
        .unwrap()
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
        (
            response.status().as_u16(),
            response.bytes().await.unwrap().to_vec(),
        )
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

pub fn presence() -> Presence {
    Presence {
        now: now(),
        waiting: 0,
        version: "test".into(),
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
