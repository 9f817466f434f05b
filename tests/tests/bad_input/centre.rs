// SPDX-License-Identifier: EUPL-1.2
//! Somebody else answers where the centre should, or nobody does.

use crate::world::World;
use sportello_desk::Command;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_protocol::wire::CONTENT_TYPE;
use sportello_sync::{HttpOptions, HttpTransport, Proxy};
use sportello_tests::listener::{Impostor, Manner};
use sportello_tests::told::assert_told;
use sportello_tests::{Office, Seat};
use std::sync::Arc;

/// The desk is pointed at `url`, tries, is told why not, and has lost nothing; then it is pointed back.
async fn pointed_at(world: &World, url: &str, expected: &[&str]) {
    let desk = &world.desk;
    let before = desk.status();
    assert!(before.waiting > 0, "there is something to lose");
    desk.desk
        .change_settings(|settings| url.clone_into(&mut settings.server))
        .unwrap();
    desk.reconnect();
    let report = desk.try_exchange().await;
    let code = report.error.as_ref().map_or_else(
        || format!("{:?}", report.troubles),
        |error| error.code().to_owned(),
    );
    assert!(
        expected.contains(&code.as_str()),
        "{code} is none of {expected:?}"
    );
    let status = desk.status();
    let told = status.last_error.expect("the person is told");
    assert_eq!(told.code, code);
    assert_told(&told);
    assert_eq!(
        (status.waiting, report.pushed, report.pulled),
        (before.waiting, 0, 0)
    );
    assert_eq!(status.stopped, None, "no stranger stops a desk");
    let story = desk.story();
    assert_eq!(
        story.entries[0].problem.as_ref().map(|p| p.code.clone()),
        Some(code)
    );
    desk.assert_sound();
    desk.desk
        .change_settings(|settings| settings.server.clone_from(&world.office.url))
        .unwrap();
    desk.reconnect();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_the_centre_is_told_from_the_centre() {
    let world = World::new().await;
    world.serve();
    let page = b"<!doctype html><title>Accesso alla rete</title>";
    let answers: [(u16, &str, Vec<u8>, &str); 6] = [
        (200, "text/html", page.to_vec(), "not_a_centre"),
        (404, "text/html; charset=utf-8", page.to_vec(), "not_a_centre"),
        (502, "text/plain", b"Bad Gateway".to_vec(), "not_a_centre"),
        (200, CONTENT_TYPE, b"\x00\xff rubbish".to_vec(), "answer_broken"),
        // Compressed as it should be, broken off in the middle; and whole, with nothing of sense in it.
        (
            200,
            CONTENT_TYPE,
            zstd::encode_all(&[7_u8; 5000][..], 3).unwrap()[..10].to_vec(),
            "answer_broken",
        ),
        (
            200,
            CONTENT_TYPE,
            zstd::encode_all(&b"nonsense"[..], 3).unwrap(),
            "answer_broken",
        ),
    ];
    for (status, kind, body, code) in answers {
        let impostor = Impostor::answering(status, kind, &body).await;
        pointed_at(&world, &impostor.url, &[code]).await;
    }
    // A body that is announced and does not come.
    let cut = format!("HTTP/1.1 200 OK\r\ncontent-type: {CONTENT_TYPE}\r\ncontent-length: 5000\r\n\r\nabc")
        .into_bytes();
    let impostor = Impostor::listen(Manner::Say(cut)).await;
    pointed_at(&world, &impostor.url, &["interrupted"]).await;
    let impostor = Impostor::listen(Manner::Say(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())).await;
    pointed_at(&world, &impostor.url, &["interrupted"]).await;
    let impostor = Impostor::listen(Manner::HangUp).await;
    pointed_at(&world, &impostor.url, &["interrupted", "unreachable"]).await;
    world.assert_all_arrived().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_and_another_office_there() {
    let world = World::new().await;
    world.serve();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    pointed_at(&world, &url, &["unreachable"]).await;
    pointed_at(&world, &format!("{}/altrove", world.office.url), &["not_found"]).await;
    // Another office's centre does not know this desk, and gets nothing that can be read there.
    let other = Office::open().await;
    pointed_at(&world, &other.url, &["unknown_desk", "not_yours"]).await;
    assert_eq!(
        other.central.vault().counts().unwrap().records,
        6,
        "its own six sites"
    );
    assert_eq!(other.central.verify().unwrap().problems, Vec::<String>::new());
    world.assert_all_arrived().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_used_are_told_before_anything_is_sent() {
    let world = World::new().await;
    world.serve();
    for (server, ca) in [
        ("http://centro.example.it", None),
        ("ftp://127.0.0.1", None),
        ("il centro", None),
        ("https://centro.example.it", Some("not a certificate".to_owned())),
    ] {
        world
            .desk
            .desk
            .change_settings(|settings| {
                settings.server = server.into();
                settings.custom_ca = ca;
            })
            .unwrap();
        let error = world.desk.desk.sync_once().await.unwrap_err();
        assert_eq!(sportello_tests::told::code_told(&error), "settings", "{server}");
    }
    world
        .desk
        .desk
        .change_settings(|settings| {
            settings.server.clone_from(&world.office.url);
            settings.custom_ca = None;
        })
        .unwrap();
    world.desk.reconnect();
    world.assert_all_arrived().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_that_does_not_answer_keeps_nobody_from_working() {
    let world = World::new().await;
    let silent = Impostor::listen(Manner::Silence).await;
    let options = HttpOptions {
        url: silent.url.clone(),
        timeout: 2,
        proxy: Proxy::None,
        ..HttpOptions::default()
    };
    let desk = &world.desk.desk;
    let settings = desk.settings();
    assert_eq!(settings.desk, desk.id());
    let transport = Arc::new(HttpTransport::new(&options, None).unwrap());
    let waiting = tokio::spawn({
        let desk = desk.clone();
        async move { desk.sync_over(transport).await.unwrap() }
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(world.desk.status().syncing);
    // While it hangs, a whole household is served.
    world.serve();
    assert!(!waiting.is_finished(), "nobody waited for the network");
    let report = waiting.await.unwrap();
    assert_eq!(report.error.unwrap().code(), "timeout");
    assert_told(&world.desk.status().last_error.unwrap());
    world.assert_all_arrived().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_lost_duplicate_nothing() {
    let world = World::new().await;
    world.serve();
    world.desk.wire().set_losing_answers(true);
    for _ in 0..3 {
        let report = world.desk.try_exchange().await;
        assert_eq!(report.error.unwrap().code(), "interrupted");
    }
    let received = world.office.central.vault().counts().unwrap().records;
    assert!(
        world.desk.status().waiting > 0,
        "what nobody confirmed still waits"
    );
    world.desk.wire().set_losing_answers(false);
    world.assert_all_arrived().await;
    assert_eq!(
        world.office.central.vault().counts().unwrap().records,
        received,
        "it had come the first time"
    );
    assert_eq!(
        world.supervisor.household(world.household).entitlements[0].status,
        EntitlementStatus::Served
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_that_came_back_from_an_old_backup_is_sent_what_it_lost() {
    let mut world = World::new().await;
    world.meet().await;
    let backup = world.office.backup();
    world.serve();
    let late = world.supervisor.enter("Verdi", 1);
    world.meet().await;
    let before = world.office.central.vault().counts().unwrap().records;
    world.office.restore(backup).await;
    let forgotten = world.office.central.vault().counts().unwrap().records;
    assert!(forgotten < before);
    world.supervisor.reconnect();
    let report = world.supervisor.exchange().await;
    assert!(!report.centre_lost.is_empty(), "it is noticed");
    assert!(
        report.carried > 0,
        "whoever comes first hands on what others wrote"
    );
    world.desk.reconnect();
    world.assert_all_arrived().await;
    assert_eq!(
        world.office.central.vault().counts().unwrap().records,
        before,
        "everything is there again"
    );
    // A desk that is enrolled only now gets all of it.
    let fresh: Seat = world.office.desk("Q1-B", "Q1").await;
    world.office.until_quiet(&[&fresh, &world.desk]).await;
    assert_eq!(
        fresh.household(world.household).entitlements[0].status,
        EntitlementStatus::Served
    );
    assert_eq!(fresh.find("Verdi"), late);
    fresh.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_restored_from_before_a_desk_was_enrolled_takes_it_in_again() {
    let mut world = World::new().await;
    world.meet().await;
    let backup = world.office.backup();
    let second = world.office.desk("Q1-B", "Q1").await;
    world.office.until_quiet(&[&second, &world.desk]).await;
    second.act(Command::AddNote {
        household: world.household,
        text: "scritta prima del guasto".into(),
    });
    world.office.restore(backup).await;
    second.reconnect();
    let report = second.exchange().await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(second.status().waiting, 0, "the note is handed over");
    world.desk.reconnect();
    world.office.until_quiet(&[&second, &world.desk]).await;
    assert_eq!(world.desk.household(world.household).household.notes.len(), 1);
    second.assert_sound();
}
