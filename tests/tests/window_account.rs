// SPDX-License-Identifier: EUPL-1.2
//! Vouchers accounted for in the real window, with nothing but the keyboard: booklets come in and are counted at the closing of the day,
//! which finds one missing; a supervisor decides the exceptions, opens the records behind a number of the statement, has some of those
//! who were served called, and finds what they dispute among the exceptions. axe finds nothing on any screen of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{Days, NaiveDateTime, NaiveTime, Utc};
use fantoccini::key::Key;
use sportello_central::NewDesk;
use sportello_desk::Command;
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::AppointmentId;
use sportello_domain::office::{Opening, Service};
use sportello_domain::time::Timestamp;
use sportello_tests::window::Window;
use sportello_tests::{Office, Seat, facts};

fn now() -> NaiveDateTime {
    Timestamp(Utc::now().timestamp_millis()).rome()
}

/// A campaign that runs today, and a service that is open at any hour: the window shows the real time.
fn define(administrator: &Seat) {
    let today = now().date();
    let (from, to) = (today - Days::new(10), today + Days::new(10));
    administrator.act(Command::DefineCampaign {
        campaign: Campaign {
            from,
            to,
            ..facts::campaign()
        },
    });
    let service = facts::service(&administrator.reference().sites);
    let opening = Opening {
        weekdays: (1..=7).collect(),
        from: NaiveTime::from_hms_opt(0, 0, 0).unwrap(),
        to: NaiveTime::from_hms_opt(23, 59, 0).unwrap(),
        ..service.openings[0].clone()
    };
    administrator.act(Command::DefineService {
        service: Service {
            openings: vec![opening],
            ..service
        },
    });
}

/// Booklets come in with their delivery note: serials typed as they are printed.
async fn receive(window: &Window) {
    window.palette("Vai a Magazzino").await;
    window.find("[data-testid=movements]").await;
    window.special(Key::F4).await;
    window.until_at("dialog[open] [name=first] input").await;
    window.type_text("B0001").await;
    window.special(Key::Enter).await;
    window.until_at("dialog[open] [name=last] input").await;
    window.type_text("B0050").await;
    window.special(Key::Enter).await;
    window.find("dialog[open] [data-testid=run]").await;
    window.tab_to("dialog[open] [name=paper] input").await;
    window.type_text("12/2021").await;
    window.tab_to("dialog[open] [name=declared] input").await;
    window.type_text("50").await;
    window.inspect("magazzino-carico").await;
    window.special(Key::F9).await;
    window
        .until(
            "the booklets are in",
            "document.querySelector('dialog[open]') === null",
        )
        .await;
    window.until_text("B0001–B0050").await;
    window.inspect("magazzino").await;
}

/// The day is closed with one voucher fewer than there should be, and nobody knows why.
async fn close_day(window: &Window) {
    window.palette("Vai a Chiusura").await;
    window.find("[data-testid=next]").await;
    window.inspect("chiusura-persone").await;
    window.special(Key::F9).await;
    window.tab_to("form [name^=count-] input").await;
    window.replace_text("49").await;
    window.special(Key::Tab).await;
    window.find("[data-testid=difference]").await;
    window.tab_to("form [name^=open-] input").await;
    window.special(Key::Down).await;
    window
        .until(
            "the difference is left open",
            "document.querySelector('form [name^=open-] input:checked')?.value === 'open'",
        )
        .await;
    window.inspect("chiusura-conta").await;
    window.special(Key::F9).await;
    window.find("[data-testid=close-day]").await;
    window.inspect("chiusura-conferma").await;
    window.special(Key::F9).await;
    let report = window.until_paper("chiusura-").await;
    assert!(
        std::fs::read(&report).unwrap().starts_with(b"%PDF"),
        "the report is a PDF"
    );
    window.find("[data-testid=closing-obstacle]").await;
    window.inspect("chiusura-fatta").await;
}

async fn exchange(window: &Window) {
    window.palette("Vai a Sincronizzazione").await;
    window.tab_to("[data-testid=sync-now]").await;
    window.special(Key::Enter).await;
    let foot = "document.querySelector('[data-testid=footbar]')?.innerText";
    let settled = format!("{foot}.includes('Connesso') && {foot}.includes('Nulla da inviare')");
    window.until("all has been exchanged", &settled).await;
}

/// The most pressing exception is decided, with a reason; the page says so.
async fn decide(window: &Window, expected: &str) {
    window.palette("Vai a Anomalie").await;
    window.find("[data-testid=exceptions]").await;
    window.until_text(expected).await;
    window.inspect("anomalie").await;
    window.special(Key::F2).await;
    window.find("[data-testid=evidence]").await;
    window.tab_to("main [name=decision] input").await;
    window.key(" ").await;
    window.tab_to("main [name=reason] textarea").await;
    window.type_text("Sentita la postazione").await;
    window.inspect("anomalia").await;
    window.special(Key::F2).await;
    window
        .until(
            "it is decided",
            "document.querySelector('main [name=decision]') === null",
        )
        .await;
    window.inspect("anomalia-decisa").await;
}

/// A number of the statement opens its records.
async fn account(window: &Window) {
    window.palette("Vai a Rendiconto").await;
    window.find("[data-testid=households]").await;
    window.until_text("I conti tornano").await;
    window.inspect("rendiconto").await;
    window.tab_to("[data-testid=households] a[href*=served]").await;
    window.special(Key::Enter).await;
    window.find("[data-testid=records]").await;
    window.until_text("Rossi").await;
    window.inspect("rendiconto-voce").await;
    window.palette("Vai a Rendiconto").await;
    window.find("[data-testid=statement-report]").await;
    window.special(Key::F2).await;
    let report = window.until_paper("rendiconto").await;
    assert!(
        std::fs::read(&report).unwrap().starts_with(b"%PDF"),
        "the statement is a PDF"
    );
}

/// Somebody is called, and says that nothing was received.
async fn call(window: &Window) {
    window.special(Key::F8).await;
    window.find("[data-testid=samples]").await;
    window.inspect("telefonate").await;
    window.special(Key::F2).await;
    window.until_at("dialog[open] [name=size] input").await;
    window.replace_text("1").await;
    window.special(Key::F9).await;
    window.find("[data-testid=picks]").await;
    window.inspect("campione").await;
    window.special(Key::F2).await;
    window.until_at("dialog[open] [name=outcome] input").await;
    for _ in 0..3 {
        window.special(Key::Down).await;
    }
    window
        .until(
            "nothing was received",
            "document.querySelector('dialog[open] [name=outcome] input:checked')?.value === 'not_received'",
        )
        .await;
    window.inspect("campione-esito").await;
    window.special(Key::F9).await;
    window.find("[data-testid=picks] a[href*=anomalie]").await;
    window.inspect("campione-contestato").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn window_account() {
    let office = Office::open_at(now()).await;
    let administrator = office.supervisor().await;
    administrator.exchange().await;
    define(&administrator);
    administrator.exchange().await;

    // Another desk serves somebody.
    let other = office.desk("Q1-B", "Q1").await;
    office.until_quiet(&[&administrator, &other]).await;
    let rossi = administrator.enter("Rossi", 1);
    office.until_quiet(&[&administrator, &other]).await;
    other.receive("A0001", "A0100");
    let came = other.act(Command::WalkIn {
        household: Some(rossi),
        person: None,
        service: facts::SERVICE,
        priority: None,
        reason: String::new(),
    });
    let came = AppointmentId(came.subject.unwrap().id);
    other.call(came);
    other.deliver(rossi, Some(came));
    other.exchange().await;

    let desk = Window::open("conti").await;
    desk.first_start(&office, &NewDesk::new("Q1", "Q1-A"), "operator")
        .await;
    desk.log_in().await;
    exchange(&desk).await;
    receive(&desk).await;
    close_day(&desk).await;
    exchange(&desk).await;

    let supervisor = Window::open("conti-supervisori").await;
    let seats = NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", "CEN-W")
    };
    supervisor.first_start(&office, &seats, "administrator").await;
    supervisor.log_in().await;
    exchange(&supervisor).await;
    decide(&supervisor, "Conta che non torna").await;
    account(&supervisor).await;
    call(&supervisor).await;
    supervisor.palette("Vai a Anomalie").await;
    supervisor.until_text("Consegna contestata al telefono").await;
    desk.close();
    supervisor.close();
}
