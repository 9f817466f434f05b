// SPDX-License-Identifier: EUPL-1.2
//! Rubbish at the doors, over real HTTP: each gets a status and a code, and the centre goes on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_central::{CentralError, NewDesk, ServeOptions};
use sportello_protocol::http_signature::sign;
use sportello_protocol::wire::{CONTENT_TYPE, Enrol, Have, Push, pack};
use sportello_protocol::{DeskKey, EnrolmentCode};
use sportello_sync::{ExchangeError, HttpOptions, HttpTransport, Proxy, TransportError, enrol};
use std::io::{Read as _, Write as _};
use std::sync::atomic::Ordering;
use support::{Office, Q1, everything, now, presence, problem_code};

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
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_metrics_tell_numbers_only() {
    let office = Office::open();
    let desk = office.desk(NewDesk::new("Q1", "Postazione Segreta")).await;
    desk.notes(Q1, 3);
    office.exchange(&desk).await;
    office.send("/v1/nothing", &typed(), vec![]).await;
    let (status, text) = get(&format!("{}/healthz", office.url)).await;
    let health: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (status, health["status"].as_str(), health["records"].as_u64()),
        (200, Some("ok"), Some(9))
    );
    let (status, metrics) = get(&format!("{}/metrics", office.url)).await;
    assert_eq!(status, 200);
    for line in [
        "sportello_desks 1",
        "sportello_records 9",
        "sportello_records_in_total 3",
        "sportello_requests_refused_total 1",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }
    assert!(!metrics.contains("Segreta") && !text.contains("Segreta"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_office_it_says_so() {
    let office = Office::without_office();
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
    let file = std::fs::read(office.folder.path().join("central.db")).unwrap();
    let wal = std::fs::read(office.folder.path().join("central.db-wal")).unwrap();
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
