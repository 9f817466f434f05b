// SPDX-License-Identifier: EUPL-1.2
//! The desk's day in the real window, with nothing but the keyboard: a supervisor writes the hours of a site and sees whom they
//! touch; an operator books, gives numbers, calls, parks and finishes while the centre is stopped; the waiting room sees the
//! number and the desk, and no name; the supervisor finds it all in the statistics. axe finds nothing on any screen of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use fantoccini::key::Key;
use sportello_central::NewDesk;
use sportello_desk::Command;
use sportello_domain::appointment::Person;
use sportello_domain::ids::{ServiceId, SiteId};
use sportello_domain::office::{Opening, Service};
use sportello_domain::time::Timestamp;
use sportello_tests::window::Window;
use sportello_tests::{Office, Seat, facts};
use uuid::Uuid;

const INFORMATION: ServiceId = ServiceId(Uuid::from_u128(0x7000_0000_0000_8000_0000_0000_0000_0041));
const CERTIFICATES: ServiceId = ServiceId(Uuid::from_u128(0x7000_0000_0000_8000_0000_0000_0000_0042));
const WAITING: &str = "[data-testid=oggi-row][data-lane=waiting]";
const SERVING: &str = "[data-testid=oggi-row][data-lane=serving]";

fn today() -> NaiveDateTime {
    Timestamp(Utc::now().timestamp_millis()).rome()
}

/// A weekday some days from now: the site is closed on it by the hours that are written in the window.
fn closed_day() -> NaiveDate {
    let mut day = today().date() + Days::new(3);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day + Days::new(1);
    }
    day
}

/// Two services without vouchers, given at any hour of any day, and somebody who booked one for a day that will be closed.
fn define(administrator: &Seat, site: SiteId) {
    let any = Opening {
        sites: vec![],
        weekdays: (1..=7).collect(),
        from: NaiveTime::from_hms_opt(0, 0, 0).unwrap(),
        to: NaiveTime::from_hms_opt(23, 59, 0).unwrap(),
        every_minutes: 15,
        capacity: 2,
    };
    for (id, name, name_en) in [
        (INFORMATION, "Informazioni", "Information"),
        (CERTIFICATES, "Certificati", "Certificates"),
    ] {
        let service = Service {
            id,
            name: name.into(),
            name_en: name_en.into(),
            openings: vec![any.clone()],
            campaign: None,
            ..facts::service(&administrator.reference().sites)
        };
        administrator.act(Command::DefineService { service });
    }
    administrator.act(Command::BookAppointment {
        household: None,
        person: Some(Person {
            name: "Verdi Chiusa".into(),
            phone: "055 000000".into(),
        }),
        service: INFORMATION,
        site,
        start: closed_day().and_hms_opt(10, 0, 0).unwrap(),
        overbook: None,
    });
}

/// The hours of the site: five mornings, the whole of today whatever day it is, and a day off. Somebody is touched, and moves.
async fn write_hours(window: &Window) {
    window.palette("Vai a Orari").await;
    window.tab_to("[data-testid=begin-hours]").await;
    window.inspect("orari-nessuno").await;
    window.special(Key::Enter).await;
    window.find("[data-testid=week]").await;
    window.tab_to("[data-testid=add-closure]").await;
    window.special(Key::Enter).await;
    window.tab_to("[data-testid=closure] td:nth-child(1) input").await;
    let day = closed_day().format("%d/%m/%Y").to_string();
    window.replace_text(&day).await;
    window.tab_to("[data-testid=closure] td:nth-child(2) input").await;
    window.replace_text(&day).await;
    window.tab_to("[data-testid=closure] td:nth-child(5) input").await;
    window.type_text("Disinfestazione").await;
    window.tab_to("[data-testid=add-extra]").await;
    window.special(Key::Enter).await;
    window.tab_to("[data-testid=extra] td:nth-child(1) input").await;
    window.replace_text(&today().format("%d/%m/%Y").to_string()).await;
    window.tab_to("[data-testid=extra] td:nth-child(2) input").await;
    window.replace_text("00:00").await;
    window.tab_to("[data-testid=extra] td:nth-child(3) input").await;
    window.replace_text("23:59").await;
    window.tab_to("[data-testid=extra] td:nth-child(4) input").await;
    window.replace_text("2").await;
    window.tab_to("[data-testid=extra] td:nth-child(5) input").await;
    window.type_text("Giornata di prova").await;
    window.inspect("orari").await;
    window.special(Key::F2).await;
    window.find("[data-testid=impact]").await;
    window.until_text("Verdi Chiusa").await;
    window.until_text("Disinfestazione").await;
    window.inspect("orari-toccati").await;
    // Saves the hours, and moves whom they touch to what is offered.
    window.special(Key::F2).await;
    window
        .until(
            "the hours are saved and there is nothing more to save",
            "document.querySelector('dialog[open]') === null && document.querySelector('[data-testid=save-hours]')?.disabled === true",
        )
        .await;
    let closed =
        "document.querySelector('[data-testid=closure] td:nth-child(5) input')?.value === 'Disinfestazione'";
    window.until("the day off is among the hours", closed).await;
}

/// Writes somebody who is in no list into the dialog that asks who it is.
async fn somebody(window: &Window, name: &str) {
    window.until_at("dialog[open] [data-testid=picker]").await;
    window.type_text(name).await;
    window.tab_to("dialog[open] sp-picker button").await;
    window.special(Key::Enter).await;
    window.until_at("dialog[open] [name=person] input").await;
}

/// An appointment for the first slot that there is.
async fn book(window: &Window, name: &str) {
    window.palette("Vai a Agenda").await;
    window.find("[data-testid=book]").await;
    window.special(Key::F4).await;
    somebody(window, name).await;
    window
        .until(
            "a slot is chosen",
            "document.querySelector('dialog[open] [name=slot] select')?.value",
        )
        .await;
    window.inspect("prenotazione").await;
    window.special(Key::F9).await;
    window.find("[data-testid=booked]").await;
    window.special(Key::Enter).await;
    window.find("[data-testid=agenda-appointment]").await;
    window.inspect("agenda").await;
}

/// Gives a number to somebody who came without an appointment, and tells it.
async fn walk_in(window: &Window, name: &str) -> String {
    window.special(Key::F7).await;
    somebody(window, name).await;
    window.special(Key::F9).await;
    let ticket = window.find("[data-testid=ticket]").await;
    ticket.text().await.unwrap().trim().to_owned()
}

async fn waiting(window: &Window, count: usize) {
    let script = format!("document.querySelectorAll({WAITING:?}).length === {count}");
    window.until(&format!("{count} wait"), &script).await;
}

async fn until_serving(window: &Window, ticket: &str) {
    let script = format!("document.querySelector({SERVING:?})?.innerText.includes({ticket:?})");
    window
        .until(&format!("{ticket} is at the counter"), &script)
        .await;
}

/// Ends what is at the counter: served.
async fn finish(window: &Window) {
    window.special(Key::F9).await;
    window.until_at("dialog[open] select").await;
    // Letters choose in a closed list.
    window.type_text("l").await;
    window
        .until(
            "an outcome is chosen",
            "document.querySelector('dialog[open] select')?.value === 'served'",
        )
        .await;
    window.special(Key::Enter).await;
    window.find("[data-testid=confirm-yes]").await;
    window.tab_to("[data-testid=confirm-yes]").await;
    window.special(Key::Enter).await;
    window
        .until("it is over", "document.querySelector('dialog[open]') === null")
        .await;
}

/// What the waiting room sees: the number and the desk, and no name.
async fn look_into_the_waiting_room(window: &Window, ticket: &str, names: &[&str]) {
    let desk = window.client.window().await.unwrap();
    window.palette("sala d'attesa").await;
    let mut room = None;
    for _ in 0..100 {
        let all = window.client.windows().await.unwrap();
        room = all.into_iter().find(|handle| *handle != desk);
        if room.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let room = room.expect("the waiting room's window is open");
    window.client.switch_to_window(room).await.unwrap();
    let call = window.find("[data-testid=display-call]").await;
    let shown = call.text().await.unwrap();
    assert!(shown.contains(ticket) && shown.contains("CEN-A"), "{shown}");
    let text = window.text().await;
    for name in names.iter().flat_map(|name| name.split(' ')) {
        assert!(!text.contains(name), "a name in the waiting room: {text}");
    }
    window.inspect("sala-attesa").await;
    window.client.switch_to_window(desk).await.unwrap();
}

/// Whoever does not want to wait until the desk tries by itself asks for it.
async fn exchange(window: &Window) {
    window.palette("Vai a Sincronizzazione").await;
    window.tab_to("[data-testid=sync-now]").await;
    window.special(Key::Enter).await;
    let foot = "document.querySelector('[data-testid=footbar]')?.innerText";
    let settled = format!("{foot}.includes('Connesso') && {foot}.includes('Nulla da inviare')");
    window.until("all has been exchanged", &settled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn window_queue() {
    let mut office = Office::open_at(today()).await;
    let administrator = office.supervisor().await;
    administrator.exchange().await;
    define(&administrator, facts::site(&administrator, "CEN"));
    administrator.exchange().await;

    let desk = Window::open("coda").await;
    desk.first_start(&office, &NewDesk::new("CEN", "CEN-A"), "operator")
        .await;
    desk.log_in().await;
    let supervisor = Window::open("coda-supervisori").await;
    let seats = NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", "CEN-W")
    };
    supervisor.first_start(&office, &seats, "administrator").await;
    supervisor.log_in().await;
    supervisor.find("[data-testid=indicator], main h1").await;
    write_hours(&supervisor).await;

    // The hours reach the desk, which says why nobody is served on the day off.
    let day = closed_day().format("%Y-%m-%d").to_string();
    desk.go(&format!("/agenda?giorno={day}")).await;
    desk.until_text("Disinfestazione").await;
    desk.inspect("agenda-chiusa").await;

    let (booked, first, second) = ("Gialli Prenotata", "Bruni Senza", "Celesti Dopo");
    book(&desk, booked).await;
    desk.palette("Vai a Oggi").await;
    desk.find("[data-testid=oggi-row]").await;
    desk.special(Key::F3).await;
    desk.until_at("[data-testid=oggi-who]").await;
    desk.type_text("gialli").await;
    desk.special(Key::Enter).await;
    waiting(&desk, 1).await;

    // The centre is stopped; people come all the same.
    office.switch_off().await;
    let number = walk_in(&desk, first).await;
    assert_eq!(number, "A02", "the second who came");
    desk.inspect("numero-dato").await;
    desk.special(Key::Enter).await;
    waiting(&desk, 2).await;
    let mistaken = walk_in(&desk, "Nessuno Errore").await;
    assert_eq!(mistaken, "A03");
    desk.chord(Key::Control, "z").await;
    waiting(&desk, 2).await;
    let last = walk_in(&desk, second).await;
    assert_eq!(last, "A04", "a number that was given is not given again");
    desk.special(Key::Enter).await;
    waiting(&desk, 3).await;

    // Who came last goes first, for a reason.
    desk.to_row_of(second).await;
    desk.chord(Key::Alt, "p").await;
    desk.until_at("dialog[open] [name=priority] input").await;
    desk.key(" ").await;
    desk.inspect("precedenza").await;
    desk.special(Key::F9).await;
    desk.until(
        "who has precedence is next",
        &format!("document.querySelector('[data-testid=next-ticket]')?.innerText.includes({last:?})"),
    )
    .await;
    desk.inspect("oggi-coda").await;
    desk.special(Key::F2).await;
    until_serving(&desk, &last).await;
    look_into_the_waiting_room(&desk, &last, &[booked, first, second]).await;

    // Nobody comes to the counter; then somebody does.
    desk.special(Key::F8).await;
    desk.find("[data-testid=oggi-row][data-lane=absent]").await;
    desk.to_row_of(second).await;
    desk.inspect("oggi-non-presente").await;
    desk.special(Key::F3).await;
    waiting(&desk, 3).await;
    desk.special(Key::F2).await;
    until_serving(&desk, &last).await;

    // Something is missing: waits aside, while another one is served.
    desk.special(Key::F6).await;
    desk.until_at("dialog[open] textarea").await;
    desk.type_text("Prende il documento").await;
    desk.tab_to("[data-testid=confirm-yes]").await;
    desk.special(Key::Enter).await;
    desk.find("[data-testid=oggi-row][data-lane=parked]").await;
    desk.special(Key::F2).await;
    desk.find(SERVING).await;
    finish(&desk).await;
    waiting(&desk, 1).await;

    // Sent on to the other service, called there, and over.
    desk.to_row_of(second).await;
    desk.chord(Key::Alt, "t").await;
    desk.until_at("dialog[open] [name=desk] select").await;
    desk.tab_to("dialog[open] [name=service] select").await;
    desk.type_text("inf").await;
    desk.inspect("trasferimento").await;
    desk.special(Key::F9).await;
    waiting(&desk, 2).await;
    desk.special(Key::F2).await;
    until_serving(&desk, &last).await;
    finish(&desk).await;
    desk.special(Key::F2).await;
    desk.find(SERVING).await;
    finish(&desk).await;
    waiting(&desk, 0).await;
    desk.inspect("oggi-finito").await;

    // The network is back: the supervisor sees how the day went.
    office.switch_on().await;
    exchange(&desk).await;
    exchange(&supervisor).await;
    supervisor.palette("Vai a Statistiche").await;
    let total =
        "document.querySelector('[data-testid=statistics-total]')?.innerText.replaceAll(/\\s+/g, ' ')";
    supervisor
        .until(
            "three were served of three who came, two of them without an appointment",
            &format!("/3 serviti|serviti 3/i.test({total}) && /2 senza appuntamento|senza appuntamento 2/i.test({total})"),
        )
        .await;
    supervisor.inspect("statistiche").await;
    desk.close();
    supervisor.close();
}
