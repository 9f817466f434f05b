// SPDX-License-Identifier: EUPL-1.2
//! With TLS: the office's own authority is trusted when it is given, and nobody else is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_central::{Invitation, NewDesk, ServeOptions, Tls};
use sportello_sync::{HttpOptions, HttpTransport, Options, Proxy, TransportError, enrol};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use support::{MemoryDesk, Office, Q1, now};

struct Secure {
    office: Office,
    url: String,
    ca: Vec<u8>,
}

fn secure() -> Secure {
    let office = Office::open();
    let mut authority = rcgen::CertificateParams::new(vec![]).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let server = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let server_key = rcgen::KeyPair::generate().unwrap();
    let server_certificate = server.signed_by(&server_key, &issuer).unwrap();
    let (certificate, key) = (
        office.database.path().join("tls.pem"),
        office.database.path().join("tls.key.pem"),
    );
    std::fs::write(&certificate, server_certificate.pem()).unwrap();
    std::fs::write(&key, server_key.serialize_pem()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let options = ServeOptions {
        tls: Some(Tls { certificate, key }),
        ..ServeOptions::default()
    };
    let central = office.central.clone();
    tokio::spawn(async move {
        central
            .serve(listener, &options, std::future::pending())
            .await
            .unwrap();
    });
    Secure {
        office,
        url,
        ca: authority_certificate.pem().into_bytes(),
    }
}

impl Secure {
    fn invite(&self) -> Invitation {
        self.office.central.add_desk(&NewDesk::new("Q1", "Q1-A")).unwrap()
    }

    fn options(&self) -> HttpOptions {
        HttpOptions {
            url: self.url.clone(),
            ca_pem: Some(self.ca.clone()),
            proxy: Proxy::None,
            ..HttpOptions::default()
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offices_own_authority_is_trusted_when_it_is_given() {
    let secure = secure();
    let invitation = secure.invite();
    let key = secure.office.new_key();
    // Not before.
    let without = HttpOptions {
        ca_pem: None,
        ..secure.options()
    };
    if let Ok(transport) = HttpTransport::new(&without, None) {
        let error = enrol(&transport, &invitation.code, &key, now())
            .await
            .unwrap_err();
        assert_eq!(error.code(), "certificate", "{error:?}");
    }
    let transport = HttpTransport::new(&secure.options(), None).unwrap();
    let enrolment = enrol(&transport, &invitation.code, &key, now()).await.unwrap();
    let desk = MemoryDesk::new(
        enrolment.office,
        enrolment.office_key,
        enrolment.certificate.desk_id(),
        key.clone(),
    );
    desk.notes(Q1, 3);
    let signer = Some((desk.identity.desk, key));
    let transport = Arc::new(HttpTransport::new(&secure.options(), signer).unwrap());
    let report = sportello_sync::run(
        desk.clone(),
        transport,
        desk.identity.clone(),
        Options::default(),
        now,
    )
    .await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.pushed, 3);
    // The name on the certificate is not the one asked for.
    let other_name = HttpOptions {
        url: secure.url.replace("localhost", "127.0.0.1"),
        ..secure.options()
    };
    let transport = HttpTransport::new(&other_name, None).unwrap();
    let error = enrol(&transport, &invitation.code, &desk.identity.key, now())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "certificate", "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_and_no_answer_are_told_apart() {
    let office = Office::open();
    let invitation = office.central.add_desk(&NewDesk::new("Q1", "Q1-A")).unwrap();
    let to = |url: String, timeout| HttpOptions {
        url,
        proxy: Proxy::None,
        timeout,
        ..HttpOptions::default()
    };
    let code_of = async |options: HttpOptions| {
        let transport = HttpTransport::new(&options, None).unwrap();
        enrol(&transport, &invitation.code, &office.new_key(), now())
            .await
            .unwrap_err()
            .code()
            .to_owned()
    };
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(code_of(to(format!("http://{free}"), 0)).await, "unreachable");
    assert_eq!(
        code_of(to("https://does-not-exist.invalid".into(), 0)).await,
        "unreachable"
    );
    // Somebody listens and never says anything.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(
        code_of(to(format!("http://{}", silent.local_addr().unwrap()), 1)).await,
        "timeout"
    );
    // The connection breaks in the middle of the answer; or the answer is endless.
    for (head, body, code) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n",
            10,
            "interrupted",
        ),
        (
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n",
            20 << 20,
            "answer_too_large",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
            10,
            "answer_too_large",
        ),
        ("rubbish\r\n\r\n", 10, "interrupted"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let _ = socket.read(&mut [0; 4096]);
            let _ = socket.write_all(head.as_bytes());
            let _ = socket.write_all(&vec![b'x'; body]);
        });
        assert_eq!(code_of(to(url, 0)).await, code);
    }
}

/// A proxy that opens tunnels and remembers where to; or refuses.
fn proxy(refuses: bool) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let remembered = asked.clone();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let client = client.unwrap();
            let mut reader = BufReader::new(client.try_clone().unwrap());
            let mut first = String::new();
            reader.read_line(&mut first).unwrap();
            let mut line = String::new();
            while reader.read_line(&mut line).unwrap() > 2 {
                line.clear();
            }
            let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
            remembered.lock().unwrap().push(target.clone());
            let mut back = client.try_clone().unwrap();
            if refuses {
                let _ = back.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
                continue;
            }
            back.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let port = target.rsplit(':').next().unwrap().to_owned();
            let server = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
            let mut to_server = server.try_clone().unwrap();
            std::thread::spawn(move || std::io::copy(&mut reader, &mut to_server));
            let mut from_server = server;
            std::thread::spawn(move || std::io::copy(&mut from_server, &mut back));
        }
    });
    (url, asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_of_the_settings_is_the_way_out() {
    let secure = secure();
    let invitation = secure.invite();
    let through = |url: String| {
        HttpTransport::new(
            &HttpOptions {
                proxy: Proxy::Url(url),
                ..secure.options()
            },
            None,
        )
        .unwrap()
    };
    let (url, asked) = proxy(false);
    enrol(&through(url), &invitation.code, &secure.office.new_key(), now())
        .await
        .unwrap();
    assert_eq!(
        asked.lock().unwrap()[0],
        secure.url.trim_start_matches("https://")
    );
    let (url, _) = proxy(true);
    let error = enrol(&through(url), &invitation.code, &secure.office.new_key(), now())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "proxy", "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_cannot_be_used_is_told() {
    let office = Office::open();
    let nothing = office.database.path().join("nothing.pem");
    let options = ServeOptions {
        tls: Some(Tls {
            certificate: nothing.clone(),
            key: nothing,
        }),
        ..ServeOptions::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let error = office
        .central
        .serve(listener, &options, std::future::pending())
        .await
        .unwrap_err();
    assert!(matches!(error, sportello_central::CentralError::Tls(_)));
    // The settings can be wrong in other ways too: they are told before anything is sent.
    let wrong = HttpTransport::new(
        &HttpOptions {
            url: "https://".into(),
            ..HttpOptions::default()
        },
        None,
    );
    assert!(matches!(wrong, Err(TransportError::Settings(_))));
}
