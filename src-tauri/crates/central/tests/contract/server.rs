// SPDX-License-Identifier: EUPL-1.2
//! What only a server does: puts transactions in order, goes away and comes back, asks for TLS.

use crate::databases::cluster::Cluster;
use crate::databases::{Kind, TestDatabase};
use crate::{desk_id, log, log_name, segment};
use sportello_central::vault::{Changes, PresenceRow, VaultError};
use sportello_central::{Central, CentralError, Database, Server};
use std::net::TcpListener;

fn presence() -> PresenceRow {
    PresenceRow {
        desk: desk_id(1),
        seen_at: 1,
        waiting: 0,
        skew: 0,
        version: String::new(),
        speaks: 2,
    }
}

/// The server refuses, with a code, so many times: its sequences count on even where a transaction is undone.
fn refuses(database: &TestDatabase, times: u32, code: &str) {
    database.sql(&format!(
        "CREATE SEQUENCE tried; \
         CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
           IF nextval('tried') <= {times} THEN RAISE EXCEPTION 'not now' USING ERRCODE = '{code}'; END IF; \
           RETURN NEW; END $$; \
         CREATE TRIGGER refuse BEFORE INSERT ON presence FOR EACH ROW EXECUTE FUNCTION refuse()"
    ));
}

#[test]
fn a_transaction_that_could_not_be_put_in_order_is_done_again() {
    for code in ["40001", "40P01"] {
        let database = TestDatabase::new(Kind::Server);
        let central = database.central();
        refuses(&database, 5, code);
        central.vault().note_presence(&presence()).unwrap();
        assert_eq!(central.vault().presences().unwrap(), [presence()]);
    }
}

#[test]
fn it_is_not_tried_for_ever_and_nothing_else_is_tried_again() {
    let database = TestDatabase::new(Kind::Server);
    let central = database.central();
    refuses(&database, 1_000, "40001");
    let error = central.vault().note_presence(&presence()).unwrap_err();
    assert!(matches!(error, VaultError::Contended), "{error:?}");
    let database = TestDatabase::new(Kind::Server);
    let central = database.central();
    refuses(&database, 1, "23514");
    let error = central.vault().note_presence(&presence()).unwrap_err();
    assert!(matches!(error, VaultError::Postgres(_)), "{error:?}");
    central.vault().note_presence(&presence()).unwrap();
}

/// A task may do only so much before it yields; a call that waits on its thread must not come to hang on that.
#[tokio::test]
async fn a_task_may_call_as_often_as_it_likes() {
    let database = TestDatabase::new(Kind::Server);
    let central = database.central();
    for _ in 0..500 {
        assert_eq!(central.vault().log(&log_name(1, "q1")).unwrap(), None);
    }
}

#[test]
fn a_server_that_goes_away_is_found_again_when_it_is_back() {
    let mut cluster = Cluster::start(&[]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Server(Server::new(cluster.url("postgres")));
    let central = Central::open_on(folder.path(), &database).unwrap();
    let q1 = log_name(1, "q1");
    let append = |seq: u64| {
        central.vault().write(&Changes {
            logs: vec![(seq - 1, log(&q1, seq))],
            segments: vec![segment(&q1, seq, seq, 60)],
            ..Changes::default()
        })
    };
    assert!(append(1).unwrap());
    cluster.stop();
    for _ in 0..3 {
        let error = append(2).unwrap_err();
        assert!(matches!(error, VaultError::Unreachable(_)), "{error:?}");
        assert!(matches!(
            central.vault().log(&q1),
            Err(VaultError::Unreachable(_))
        ));
    }
    let opened = Central::open_on(folder.path(), &database);
    assert!(matches!(
        opened,
        Err(CentralError::Vault(VaultError::Unreachable(_)))
    ));
    cluster.run().unwrap();
    assert!(append(2).unwrap());
    assert_eq!(central.vault().log(&q1).unwrap(), Some(log(&q1, 2)));
}

#[test]
fn what_a_server_acknowledged_is_there_after_it_was_killed_at_work() {
    let mut cluster = Cluster::start(&["fsync=on", "full_page_writes=on"]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Server(Server::new(cluster.url("postgres")));
    let q1 = log_name(1, "q1");
    let mut kept = 0;
    for round in 0..4 {
        let central = Central::open_on(folder.path(), &database).unwrap();
        let there = central.vault().log(&q1).unwrap().map_or(0, |log| log.seq);
        // The last one may have been kept with nobody told of it.
        assert!(
            there == kept || there == kept + 1,
            "{kept} were acknowledged, {there} are there"
        );
        let writer = std::thread::spawn({
            let q1 = q1.clone();
            move || {
                let mut done = there;
                loop {
                    let seq = done + 1;
                    let changes = Changes {
                        logs: vec![(done, log(&q1, seq))],
                        segments: vec![segment(&q1, seq, seq, 60)],
                        ..Changes::default()
                    };
                    match central.vault().write(&changes) {
                        Ok(written) => assert!(written),
                        Err(error) => return (done, error),
                    }
                    done = seq;
                }
            }
        });
        std::thread::sleep(std::time::Duration::from_millis(300 + 170 * round));
        cluster.kill();
        let (acknowledged, error) = writer.join().unwrap();
        assert!(
            matches!(error, VaultError::Unreachable(_) | VaultError::Postgres(_)),
            "{error:?}"
        );
        kept = acknowledged;
        // Its orphans take a moment to see that it is gone.
        let again = (0..50).find_map(|_| {
            let ran = cluster.run().ok();
            if ran.is_none() {
                std::thread::sleep(std::time::Duration::from_millis(200));
            }
            ran
        });
        assert!(again.is_some(), "it starts again and recovers");
    }
    assert!(kept > 20, "{kept} writes");
    let central = Central::open_on(folder.path(), &database).unwrap();
    // A fast machine writes more than are given at once.
    let (mut there, mut segments) = (0, 0);
    loop {
        let page = central.vault().segments(&q1, there, usize::MAX).unwrap();
        let Some(last) = page.last() else { break };
        (there, segments) = (last.head.seq, segments + page.len() as u64);
    }
    assert!(segments >= kept, "{kept} were acknowledged, {segments} are there");
}

#[test]
fn a_server_whose_disk_is_full_takes_nothing_by_half_and_goes_on_when_there_is_room() {
    let database = TestDatabase::new(Kind::Server);
    let central = database.central();
    database.sql(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
           RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$; \
         CREATE TRIGGER full_disk BEFORE INSERT ON segment FOR EACH ROW EXECUTE FUNCTION full_disk()",
    );
    let q1 = log_name(1, "q1");
    let changes = Changes {
        logs: vec![(0, log(&q1, 2))],
        segments: vec![segment(&q1, 1, 2, 60)],
        ..Changes::default()
    };
    let error = central.vault().write(&changes).unwrap_err();
    assert!(matches!(error, VaultError::Postgres(_)), "{error:?}");
    assert_eq!(
        central.vault().log(&q1).unwrap(),
        None,
        "the log did not move without its records"
    );
    database.sql("DROP TRIGGER full_disk ON segment");
    assert!(central.vault().write(&changes).unwrap());
    assert_eq!(central.vault().log(&q1).unwrap(), Some(log(&q1, 2)));
}

#[test]
fn a_server_that_tells_too_early_is_made_to_wait_for_its_disk() {
    let cluster = Cluster::start(&["synchronous_commit=off"]).unwrap();
    let url = cluster.url("postgres");
    let folder = tempfile::tempdir().unwrap();
    let central = Central::open_on(folder.path(), &Database::Server(Server::new(url.clone()))).unwrap();
    // Each presence tells how its own connection is set.
    crate::databases::sql(
        &url,
        "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
           NEW.version = current_setting('synchronous_commit'); RETURN NEW; END $$; \
         CREATE TRIGGER tell BEFORE INSERT ON presence FOR EACH ROW EXECUTE FUNCTION tell()",
    )
    .unwrap();
    central.vault().note_presence(&presence()).unwrap();
    assert_eq!(central.vault().presences().unwrap()[0].version, "on");
}

/// A server that takes connections over TCP with TLS only, by a certificate for `localhost`.
fn with_tls() -> (Cluster, Vec<u8>, u16) {
    let mut authority = rcgen::CertificateParams::new(vec![]).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let key = rcgen::KeyPair::generate().unwrap();
    let names = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = names.signed_by(&key, &issuer).unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let port_setting = format!("port={port}");
    let mut cluster = Cluster::start(&["listen_addresses=localhost", &port_setting]).unwrap();
    cluster.stop();
    let write = |name: &str, text: String| {
        let path = cluster.folder().join("data").join(name);
        std::fs::write(&path, text).unwrap();
        cluster.give(&path).unwrap();
    };
    write("server.crt", certificate.pem());
    write("server.key", key.serialize_pem());
    write(
        "pg_hba.conf",
        "local all all trust\nhostssl all all all trust\n".to_owned(),
    );
    write("postgresql.auto.conf", "ssl = on\n".to_owned());
    cluster.run().unwrap();
    (cluster, authority_certificate.pem().into_bytes(), port)
}

#[test]
fn over_the_network_the_servers_certificate_must_be_the_offices() {
    let (_cluster, authority, port) = with_tls();
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, authority).unwrap();
    let open = |host: &str, mode: &str, authority: Option<&std::path::Path>| {
        let server = Server {
            url: format!("postgresql://postgres@{host}:{port}/postgres?sslmode={mode}"),
            authority: authority.map(std::path::Path::to_owned),
        };
        Central::open_on(folder.path(), &Database::Server(server))
    };
    let central = open("localhost", "require", Some(&ca)).unwrap();
    central.vault().note_presence(&presence()).unwrap();
    // The name is another, the authority is another, or nothing is encrypted: the server's own rule refuses that.
    assert!(open("127.0.0.1", "require", Some(&ca)).is_err());
    assert!(open("localhost", "require", None).is_err());
    assert!(open("localhost", "disable", Some(&ca)).is_err());
}
