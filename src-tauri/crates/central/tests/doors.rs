// SPDX-License-Identifier: EUPL-1.2
//! Rubbish at the doors, over real HTTP: each gets a status and a code, and the centre goes on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_central::{Central, CentralError, Database, Limits, NewDesk, ServeOptions, Server};
use sportello_domain::meta::EntityKind;
use sportello_protocol::http_signature::sign;
use sportello_protocol::wire::{CONTENT_TYPE, Enrol, Have, Push, pack};
use sportello_protocol::{DeskKey, EnrolmentCode};
use sportello_sync::{ExchangeError, HttpOptions, HttpTransport, Proxy, TransportError, enrol};
use std::io::{Read as _, Write as _};
use std::sync::atomic::Ordering;
use support::databases::cluster::Cluster;
use support::{Kind, Office, Q1, everything, now, presence, problem_code};

fn typed() -> [(&'static str, String); 1] {
    [("content-type", CONTENT_TYPE.to_owned())]
}

#[tokio::test(flavor = "multi_thread")]
async fn unsigned_and_wrongly_signed_requests_are_refused() {
    let office = Office::open();
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let body = pack(&everything(1)).unwrap();
    let (status, answer) = office.send("/v1/pull", &typed(), body.clone()).await;
    assert_eq!((status, problem_code(&answer).as_str()), (401, "unsigned"));
    let signed = |key: &DeskKey, desk, path: &str, body: &[u8], created| {
        let fields = sign(key, desk, "POST", path, body, created);
        [
            ("content-type", CONTENT_TYPE.to_owned()),
            ("content-digest", fields.content_digest),
            ("signature-input", fields.signature_input),
            ("signature", fields.signature),
        ]
    };
    let (key, id, seconds) = (&desk.identity.key, desk.identity.desk, now() / 1000);
    let stranger = sportello_domain::ids::DeskId(uuid::Uuid::from_u128(7));
    let wrong_key = DeskKey::from_seed(&[99; 32]);
    let mut no_keyid = signed(key, id, "/v1/pull", &body, seconds);
    no_keyid[2].1 = no_keyid[2].1.replace("keyid", "kid");
    let cases = [
        (
            401,
            "signature",
            signed(&wrong_key, id, "/v1/pull", &body, seconds),
        ),
        (401, "signature", signed(key, id, "/v1/push", &body, seconds)),
        (400, "digest", signed(key, id, "/v1/pull", b"other", seconds)),
        (
            401,
            "unknown_desk",
            signed(key, stranger, "/v1/pull", &body, seconds),
        ),
        (401, "clock", signed(key, id, "/v1/pull", &body, seconds - 3_600)),
        (401, "clock", signed(key, id, "/v1/pull", &body, seconds + 86_400)),
        (401, "unsigned", no_keyid),
    ];
    for (status, code, headers) in cases {
        let (got, answer) = office.send("/v1/pull", &headers, body.clone()).await;
        assert_eq!((got, problem_code(&answer).as_str()), (status, code));
    }
    let (status, _) = office
        .send(
            "/v1/pull",
            &signed(key, id, "/v1/pull", &body, seconds),
            body.clone(),
        )
        .await;
    assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_whose_clock_is_wrong_still_comes_through_and_is_told_by_how_much() {
    let office = Office::open();
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 3);
    for hours in [-9_000_i64, 1, 9_000] {
        // The centre's clock stands for the right one: the desk's is off by so many hours the other way.
        office.moved.store(hours * 3_600_000, Ordering::Relaxed);
        let report = office.exchange(&desk).await;
        assert!(report.is_clean(), "{report:?}");
        let skew = report.skew.unwrap();
        assert!((skew + hours * 3_600_000).abs() < 5_000, "{skew}");
        let seen = office.central.vault().presences().unwrap()[0].skew;
        assert!((seen + hours * 3_600_000).abs() < 5_000, "{seen}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rubbish_gets_an_answer() {
    let office = Office::open();
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let bomb = zstd::bulk::compress(&vec![0_u8; (32 << 20) + 1], 3).unwrap();
    let log = desk.log(Q1);
    let other = sportello_protocol::wire::Pull {
        have: vec![Have { log, seq: 1 }],
        ..everything(1)
    };
    let cut = {
        let mut body = pack(&everything(1)).unwrap();
        body.truncate(9);
        body
    };
    let cases = [
        ("/v1/push", b"<html>".to_vec(), 400, "malformed"),
        ("/v1/push", vec![], 400, "malformed"),
        ("/v1/push", pack(&other).unwrap(), 400, "malformed"),
        ("/v1/pull", pack(&vec![1_u8; 100]).unwrap(), 400, "malformed"),
        ("/v1/pull", cut, 400, "malformed"),
        ("/v1/push", bomb, 413, "too_large"),
        ("/v1/push", vec![0; (8 << 20) + 1], 413, "too_large"),
    ];
    for (path, body, status, code) in cases {
        let (got, answer) = office.post(&desk, path, body).await;
        assert_eq!((got, problem_code(&answer).as_str()), (status, code));
    }
    let (status, answer) = office.send("/v1/enrol", &typed(), b"rubbish".to_vec()).await;
    assert_eq!((status, problem_code(&answer).as_str()), (400, "malformed"));
    let json = [("content-type", "application/json".to_owned())];
    let (status, answer) = office.send("/v1/enrol", &json, b"{}".to_vec()).await;
    assert_eq!((status, problem_code(&answer).as_str()), (415, "media_type"));
    let (status, answer) = office.send("/v1/nothing", &typed(), vec![]).await;
    assert_eq!((status, problem_code(&answer).as_str()), (404, "not_found"));
    let (status, document) = get(&format!("{}/openapi.json", office.url)).await;
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!((status, document["openapi"].as_str()), (200, Some("3.1.0")));
    let (status, answer) = office.send("/healthz", &typed(), vec![]).await;
    assert_eq!((status, problem_code(&answer).as_str()), (405, "method"));
    // Not even HTTP.
    let mut socket = std::net::TcpStream::connect(office.url.trim_start_matches("http://")).unwrap();
    socket
        .write_all(&[0x16, 3, 1, 0, 200, 1, 0, 0, 0, 0, b'\r', b'\n', b'\r', b'\n'])
        .unwrap();
    let _ = socket.read(&mut [0; 64]);
    // It is all the same to the others.
    assert!(office.exchange(&desk).await.is_clean());
}

async fn get(url: &str) -> (u16, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap();
    let response = client.get(url).send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.unwrap();
    let path = reqwest::Url::parse(url).unwrap().path().to_owned();
    support::documented::check("get", &path, status, &headers, &body);
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_metrics_tell_numbers_only() {
    for (kind, name) in [(Kind::File, "sqlite"), (Kind::Server, "postgresql")] {
        let office = Office::open_on(kind);
        let desk = office.desk(NewDesk::new("Q1", "Postazione Segreta")).await;
        desk.notes(Q1, 2);
        desk.write(Q1, EntityKind::Household, "household.noted", b"{\"testo\":1}");
        office.exchange(&desk).await;
        office.send("/v1/nothing", &typed(), vec![]).await;
        let (status, text) = get(&format!("{}/healthz", office.url)).await;
        let health: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (
                status,
                health["status"].as_str(),
                health["records"].as_u64(),
                health["database"].as_str()
            ),
            (200, Some("ok"), Some(9), Some(name))
        );
        let (status, metrics) = get(&format!("{}/metrics", office.url)).await;
        assert_eq!(status, 200);
        let kind = format!("sportello_database_info{{kind=\"{name}\"}} 1");
        for line in [
            &kind,
            "sportello_database_up 1",
            "sportello_desks 1",
            "sportello_desks_seen 1",
            "sportello_records 9",
            "sportello_records_refused 1",
            "sportello_records_in_total 3",
            "sportello_records_refused_total 1",
            "sportello_requests_under_way 1",
            "sportello_requests_held_back_total 0",
            "sportello_requests_total{route=\"/v1/enrol\",status=\"200\"} 1",
            "sportello_requests_total{route=\"/v1/push\",status=\"200\"} 1",
            "sportello_requests_total{route=\"/healthz\",status=\"200\"} 1",
            "sportello_requests_total{route=\"other\",status=\"404\"} 1",
            "sportello_request_seconds_count{route=\"/v1/push\"} 1",
        ] {
            assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
        }
        assert!(!metrics.contains("Segreta") && !text.contains("Segreta"));
    }
}

/// Each line is of the text format, and each family is told once, with its type before its values.
#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_of_the_text_format() {
    let office = Office::open();
    get(&format!("{}/healthz", office.url)).await;
    let (_, text) = get(&format!("{}/metrics", office.url)).await;
    let mut families = std::collections::BTreeSet::new();
    let mut family = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(["gauge", "counter", "histogram"].contains(&kind), "{line}");
            assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
            assert!(families.insert(name.to_owned()), "twice: {line}");
            name.clone_into(&mut family);
        } else if !line.starts_with("# HELP ") {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with(&family), "{line} is not of {family}");
            assert!(value.parse::<f64>().is_ok(), "{line}");
        }
    }
    assert!(families.len() > 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_whose_database_is_away_says_so_and_desks_try_again() {
    let mut cluster = Cluster::start(&[]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Server(Server::new(cluster.url("postgres")));
    let central = Central::open_on(folder.path(), &database).unwrap();
    central
        .init_office("Comune di Prova", &sportello_central::preset::firenze())
        .unwrap();
    let (url, stop) = served(&central, Limits::default());
    let invitation = central.add_desk(&NewDesk::new("Q1", "Q1-A")).unwrap();
    let to = |signer| {
        let options = HttpOptions {
            url: url.clone(),
            proxy: Proxy::None,
            ..HttpOptions::default()
        };
        HttpTransport::new(&options, signer).unwrap()
    };
    let key = DeskKey::from_seed(&[3; 32]);
    let enrolled = enrol(&to(None), &invitation.code, &key, now()).await.unwrap();
    let desk = support::MemoryDesk::new(
        enrolled.office,
        enrolled.office_key,
        enrolled.certificate.desk_id(),
        key.clone(),
    );
    desk.notes(Q1, 4);
    let exchange = async || {
        let transport = std::sync::Arc::new(to(Some((desk.identity.desk, key.clone()))));
        let options = sportello_sync::Options::default();
        sportello_sync::run(desk.clone(), transport, desk.identity.clone(), options, now).await
    };
    cluster.stop();
    let report = exchange().await;
    assert_eq!(report.error.unwrap().code(), "busy");
    assert_eq!(report.waiting, 4);
    let (status, health) = get(&format!("{url}/healthz")).await;
    assert_eq!(status, 503);
    assert!(health.contains("failed"), "{health}");
    let (status, metrics) = get(&format!("{url}/metrics")).await;
    assert_eq!(status, 200);
    assert!(metrics.contains("\nsportello_database_up 0\n") && !metrics.contains("sportello_records "));
    cluster.run().unwrap();
    let report = exchange().await;
    assert!(report.is_clean() && report.waiting == 0, "{report:?}");
    assert_eq!(get(&format!("{url}/healthz")).await.0, 200);
    drop(stop);
}

/// Serves within limits until the second value is dropped.
fn served(central: &Central, limits: Limits) -> (String, tokio::sync::oneshot::Sender<()>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let central = central.clone();
    tokio::spawn(async move {
        let options = ServeOptions {
            limits,
            ..ServeOptions::default()
        };
        let stopped = async {
            let _ = stopped.await;
        };
        central.serve(listener, &options, stopped).await.unwrap();
    });
    (url, stop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_asks_too_often_is_told_to_come_later_and_no_other() {
    let mut office = Office::open();
    let greedy = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let modest = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let (url, _stop) = served(&office.central, Limits { desk: 5, address: 0 });
    office.url = url;
    let body = pack(&everything(1)).unwrap();
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let (status, answer) = office.post(&greedy, "/v1/pull", body.clone()).await;
        if status == 429 {
            assert_eq!(problem_code(&answer), "slow_down");
        }
        statuses.push(status);
    }
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        5,
        "{statuses:?}"
    );
    assert_eq!(statuses[6], 429);
    // Its own exchange is put off, and says for how long: nothing is wrong, and nothing is lost.
    greedy.notes(Q1, 3);
    let report = office.exchange(&greedy).await;
    let error = report.error.unwrap();
    assert_eq!((error.code(), report.waiting), ("slow_down", 3));
    let wait = error.retry_after().unwrap().as_secs();
    assert!((1..=13).contains(&wait), "{wait}");
    // Whoever uses its name without its key takes nothing from it, and others come through.
    for _ in 0..15 {
        let mut forged = sign(
            &DeskKey::from_seed(&[99; 32]),
            modest.identity.desk,
            "POST",
            "/v1/pull",
            &body,
            now() / 1000,
        );
        let headers = [
            ("content-type", CONTENT_TYPE.to_owned()),
            ("content-digest", std::mem::take(&mut forged.content_digest)),
            ("signature-input", forged.signature_input),
            ("signature", forged.signature),
        ];
        assert_eq!(office.send("/v1/pull", &headers, body.clone()).await.0, 401);
    }
    assert!(office.exchange(&modest).await.is_clean());
    let (_, metrics) = get(&format!("{}/metrics", office.url)).await;
    assert!(
        metrics.contains("sportello_requests_total{route=\"/v1/pull\",status=\"429\"} "),
        "{metrics}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_come_later_is_believed() {
    for (field, wait) in [
        ("retry-after: 7\r\n", Some(7)),
        ("", None),
        ("retry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\n", None),
    ] {
        // A proxy before the centre, in its own words.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let proxy = std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let _ = socket.read(&mut [0; 4096]);
            write!(
                socket,
                "HTTP/1.1 429 Too Many Requests\r\n{field}content-type: text/html\r\ncontent-length: 5\r\n\r\nlater"
            )
            .unwrap();
        });
        let code = EnrolmentCode::from_random([1; 16]);
        let error = enrol(
            &support::transport_to(&url, None),
            &code,
            &DeskKey::from_seed(&[4; 32]),
            now(),
        )
        .await
        .unwrap_err();
        assert_eq!(error.code(), "slow_down");
        assert_eq!(error.retry_after().map(|wait| wait.as_secs()), wait);
        proxy.join().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_asks_too_often_is_told_to_come_later_and_no_other() {
    let mut office = Office::open();
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let (url, _stop) = served(&office.central, Limits { desk: 0, address: 5 });
    office.url = url;
    // As a proxy on the centre's own computer tells for whom it asks.
    let from = |address: &str| {
        let mut headers = typed().to_vec();
        headers.push(("x-forwarded-for", format!("10.0.0.1, {address}")));
        headers
    };
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let (status, answer) = office
            .send("/v1/enrol", &from("192.0.2.7"), b"rubbish".to_vec())
            .await;
        if status == 429 {
            assert_eq!(problem_code(&answer), "slow_down");
        }
        statuses.push(status);
    }
    assert_eq!(statuses, [400, 400, 400, 400, 400, 429, 429, 429]);
    assert_eq!(
        office
            .send("/v1/enrol", &from("192.0.2.8"), b"rubbish".to_vec())
            .await
            .0,
        400
    );
    // Who asks from the centre's own computer is not held back: a proxy that tells nothing speaks for everybody.
    for _ in 0..20 {
        assert!(office.exchange(&desk).await.is_clean());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_office_it_says_so() {
    let office = Office::without_office(Kind::File);
    let (status, text) = get(&format!("{}/healthz", office.url)).await;
    assert_eq!(status, 503);
    assert!(text.contains("no_office"));
    let code = EnrolmentCode::from_random([1; 16]);
    let error = enrol(&office.plain_transport(None), &code, &office.new_key(), now())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "no_office");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_enrols_one_desk_once() {
    let office = Office::open();
    let invitation = office
        .central
        .add_desk(&NewDesk {
            valid_hours: 1,
            ..NewDesk::new("q1", "Q1-A")
        })
        .unwrap();
    assert_eq!(invitation.reads, ["office", "q1"]);
    let transport = office.plain_transport(None);
    let (key, other) = (office.new_key(), office.new_key());
    let asked = enrol(&transport, &invitation.code, &key, now()).await.unwrap();
    assert_eq!(
        (asked.certificate.desk_id(), asked.certificate.name.as_str()),
        (invitation.desk, "Q1-A")
    );
    assert_eq!(asked.office_name, "Comune di Prova");
    // The answer was lost: the same again.
    assert_eq!(
        enrol(&transport, &invitation.code, &key, now())
            .await
            .unwrap()
            .signed,
        asked.signed
    );
    let code_of = |error: ExchangeError| error.code().to_owned();
    let again = enrol(&transport, &invitation.code, &other, now()).await;
    assert_eq!(code_of(again.unwrap_err()), "code_used");
    let unknown = EnrolmentCode::from_random([9; 16]);
    assert_eq!(
        code_of(enrol(&transport, &unknown, &key, now()).await.unwrap_err()),
        "code_unknown"
    );
    // Too late.
    let late = office
        .central
        .add_desk(&NewDesk {
            valid_hours: 1,
            ..NewDesk::new("Q1", "Q1-B")
        })
        .unwrap();
    office.moved.store(3_601_000, Ordering::Relaxed);
    assert_eq!(
        code_of(enrol(&transport, &late.code, &other, now()).await.unwrap_err()),
        "code_expired"
    );
    // A new code for the same desk; the old one holds no more.
    let newer = office.central.add_desk(&NewDesk::new("Q1", "Q1-B")).unwrap();
    assert_eq!(newer.desk, late.desk);
    assert_eq!(
        code_of(enrol(&transport, &late.code, &other, now()).await.unwrap_err()),
        "code_unknown"
    );
    assert!(enrol(&transport, &newer.code, &other, now()).await.is_ok());
    // Revoked before it was used.
    let gone = office.central.add_desk(&NewDesk::new("Q1", "Q1-C")).unwrap();
    office.central.revoke_desk("Q1-C").unwrap();
    assert_eq!(
        code_of(enrol(&transport, &gone.code, &other, now()).await.unwrap_err()),
        "code_unknown"
    );
    // Somebody else's key.
    let mut request = Enrol::new(&newer.code, &key, now());
    request.key = other.public();
    let (status, answer) = office.send("/v1/enrol", &typed(), pack(&request).unwrap()).await;
    assert_eq!((status, problem_code(&answer).as_str()), (401, "signature"));
    // The database holds no code.
    let file = std::fs::read(office.database.path().join("central.db")).unwrap();
    let wal = std::fs::read(office.database.path().join("central.db-wal")).unwrap();
    let needle = newer.code.as_str().as_bytes();
    assert!(
        ![file, wal]
            .concat()
            .windows(needle.len())
            .any(|window| window == needle)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_codes_is_slow() {
    let office = Office::open();
    let transport = office.plain_transport(None);
    let key = office.new_key();
    let mut codes = Vec::new();
    for number in 0..40_u8 {
        let guess = EnrolmentCode::from_random([number; 16]);
        codes.push(
            enrol(&transport, &guess, &key, now())
                .await
                .unwrap_err()
                .code()
                .to_owned(),
        );
    }
    assert_eq!(codes.iter().filter(|code| *code == "code_unknown").count(), 30);
    assert_eq!(codes.last().unwrap(), "slow_down");
    let last = enrol(&transport, &EnrolmentCode::from_random([1; 16]), &key, now()).await;
    let wait = last.unwrap_err().retry_after().unwrap().as_secs();
    assert!((30..=61).contains(&wait), "{wait}");
}

#[tokio::test(flavor = "multi_thread")]
async fn desks_are_added_with_what_follows_from_their_site() {
    let office = Office::open();
    let add = |new: NewDesk| office.central.add_desk(&new);
    let quartieri = ["office", "q1", "q2", "q3", "q4", "q5"];
    assert_eq!(add(NewDesk::new("CEN", "a")).unwrap().reads, quartieri);
    let all = NewDesk {
        supervises: true,
        ..NewDesk::new("Q4", "b")
    };
    assert_eq!(
        add(all).unwrap().reads,
        ["office", "q1", "q2", "q3", "q4", "q5", "supervisors"]
    );
    let some = NewDesk {
        reads: Some(vec![support::Q2, Q1, Q1]),
        ..NewDesk::new("Q4", "c")
    };
    assert_eq!(add(some).unwrap().reads, ["office", "q1", "q2"]);
    let secret = NewDesk {
        reads: Some(vec![sportello_domain::meta::Topic::Supervisors]),
        ..NewDesk::new("Q4", "d")
    };
    assert!(matches!(add(secret), Err(CentralError::ReadsSupervisors)));
    assert!(matches!(
        add(NewDesk::new("Q9", "e")),
        Err(CentralError::UnknownSite { .. })
    ));
    assert!(matches!(
        add(NewDesk::new("Q1", " ")),
        Err(CentralError::DeskName)
    ));
    let invitation = add(NewDesk::new("Q1", "f")).unwrap();
    office.enrol(&invitation.code, office.new_key()).await;
    assert!(matches!(
        add(NewDesk::new("Q1", "f")),
        Err(CentralError::DeskExists(_))
    ));
    assert!(matches!(
        office.central.revoke_desk("nobody"),
        Err(CentralError::UnknownDesk(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_address_answers_to_its_method_and_to_no_other() {
    let office = Office::open();
    let (_, document) = get(&format!("{}/openapi.json", office.url)).await;
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let mut found = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        let methods: Vec<&String> = operations.as_object().unwrap().keys().collect();
        for method in ["get", "post"] {
            let status = match method {
                "get" => get(&format!("{}{path}", office.url)).await.0,
                _ => office.send(path, &typed(), vec![]).await.0,
            };
            let documented = methods.iter().any(|known| *known == method);
            assert_eq!(status == 405, !documented, "{method} {path} answered {status}");
            assert_ne!(status, 404, "{method} {path}");
            found += usize::from(documented);
        }
    }
    assert_eq!(found, 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_stays_on_this_computer() {
    let office = Office::open();
    let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let refused = office
        .central
        .serve(listener, &ServeOptions::default(), async {})
        .await;
    assert!(matches!(refused, Err(CentralError::PlainHttp(_))));
    let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let plain = ServeOptions {
        insecure_plain_http: true,
        ..ServeOptions::default()
    };
    office.central.serve(listener, &plain, async {}).await.unwrap();
    let to = |url: &str| {
        HttpTransport::new(
            &HttpOptions {
                url: url.into(),
                ..HttpOptions::default()
            },
            None,
        )
    };
    for url in ["http://sportello.example.it", "ftp://127.0.0.1", "sportello", ""] {
        assert!(matches!(to(url), Err(TransportError::Settings(_))), "{url}");
    }
    let bad_ca = HttpOptions {
        url: "https://127.0.0.1".into(),
        ca_pem: Some(b"no pem".to_vec()),
        ..HttpOptions::default()
    };
    assert!(matches!(
        HttpTransport::new(&bad_ca, None),
        Err(TransportError::Settings(_))
    ));
    let bad_proxy = HttpOptions {
        url: "https://127.0.0.1".into(),
        proxy: Proxy::Url("::".into()),
        ..HttpOptions::default()
    };
    assert!(matches!(
        HttpTransport::new(&bad_proxy, None),
        Err(TransportError::Settings(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_ends_before_the_centre_stops() {
    let office = Office::open();
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 2_000);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let central = office.central.clone();
    let serving = tokio::spawn(async move {
        central
            .serve(listener, &ServeOptions::default(), async {
                let _ = stopped.await;
            })
            .await
    });
    let push = Push {
        presence: presence(),
        segments: vec![support::segment(&desk, Q1, 1, 2_000)],
    };
    let body = pack(&push).unwrap();
    let fields = sign(
        &desk.identity.key,
        desk.identity.desk,
        "POST",
        "/v1/push",
        &body,
        now() / 1000,
    );
    let sent = tokio::task::spawn_blocking(move || {
        let mut socket = std::net::TcpStream::connect(address).unwrap();
        write!(
            socket,
            "POST /v1/push HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {CONTENT_TYPE}\r\ncontent-length: {}\r\n\
             content-digest: {}\r\nsignature-input: {}\r\nsignature: {}\r\n\r\n",
            body.len(),
            fields.content_digest,
            fields.signature_input,
            fields.signature
        )
        .unwrap();
        let (half, rest) = body.split_at(body.len() / 2);
        socket.write_all(half).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        stop.send(()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        socket.write_all(rest).unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        answer
    });
    let answer = sent.await.unwrap();
    assert!(
        answer.starts_with(b"HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(&answer[..answer.len().min(80)])
    );
    serving.await.unwrap().unwrap();
    assert!(std::net::TcpStream::connect(address).is_err());
}
