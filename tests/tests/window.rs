// SPDX-License-Identifier: EUPL-1.2
//! The main job in the real window: from the first start to the signed receipt, with the network there, pulled out and back,
//! at two desks and at the supervisors'. Every screen on the way is photographed, and axe finds nothing on it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{Days, NaiveDateTime, NaiveTime, Utc};
use fantoccini::key::Key;
use sportello_central::NewDesk;
use sportello_desk::Command;
use sportello_documents::lists::write_csv;
use sportello_domain::campaign::Campaign;
use sportello_domain::demo::DemoHousehold;
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

fn applicant(household: &DemoHousehold) -> String {
    let applicant = household.applicant();
    format!("{} {}", applicant.surname, applicant.name)
}

async fn log_in(window: &Window) {
    window.find("[data-testid=login]").await;
    window.inspect("accesso").await;
    // What somebody reads who has forgotten the passphrase.
    window.press("login-forgotten").await;
    window.find("[data-testid=recover]").await;
    window.inspect("frase-dimenticata").await;
    window.press("forgotten-back").await;
    window.log_in().await;
}

/// The address of a household's page, found as an operator finds it: Ctrl+K is tried elsewhere, here the search page.
async fn open_household(window: &Window, household: &DemoHousehold) {
    let name = applicant(household);
    let link = format!(
        "[...document.querySelectorAll('main [data-row-open]')].find(row => row.innerText.includes({}))",
        serde_json::json!(name)
    );
    // Records come with the exchange: the search is asked again until they are there.
    for _ in 0..80 {
        window.go("/oggi").await;
        window
            .go(&format!("/ricerca?q={}", name.replace(' ', "%20")))
            .await;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        let found = window
            .client
            .execute(&format!("return Boolean({link})"), vec![])
            .await
            .unwrap();
        if found == serde_json::json!(true) {
            break;
        }
    }
    window.inspect("ricerca").await;
    window
        .client
        .execute(&format!("{link}.click(); return true"), vec![])
        .await
        .unwrap();
    window.find("[data-testid=entitlement]").await;
}

/// Serves the household whose page is open: document, the serials at hand, confirmed with the keyboard.
async fn serve(window: &Window, picture: &str) {
    window.press("serve").await;
    window.fill("[name=number] input", "CA12345AA").await;
    window.inspect(&format!("consegna-chi-{picture}")).await;
    window.special(Key::F9).await;
    window.until_text("Usa questi").await;
    window.special(Key::F6).await;
    window.find("[data-testid=run]").await;
    window.inspect(&format!("consegna-buoni-{picture}")).await;
    window.press("go-on").await;
    window.find("[data-testid=confirm-delivery]").await;
    window.inspect(&format!("consegna-riepilogo-{picture}")).await;
    window.press("confirm-delivery").await;
    window.find("[data-testid=handed-over]").await;
    window.inspect(&format!("consegna-fatta-{picture}")).await;
    let receipt = window.until_paper("ricevuta-").await;
    assert!(
        std::fs::read(&receipt).unwrap().starts_with(b"%PDF"),
        "the receipt is a PDF"
    );
    std::fs::remove_file(receipt).unwrap();
    window.press("handed-over").await;
}

async fn until_foot(window: &Window, text: &str) {
    let script = format!(
        "document.querySelector('[data-testid=footbar]')?.innerText.includes({})",
        serde_json::json!(text)
    );
    window
        .until(&format!("the foot bar says {text:?}"), &script)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn window_main_job() {
    let mut office = Office::open_at(now()).await;
    let administrator = office.supervisor().await;
    // The sites come with the first exchange, and the service is to be open at all of them.
    administrator.exchange().await;
    define(&administrator);
    administrator.exchange().await;
    let households = facts::households(3, 1);

    // A desk for people, and the supervisors' desk, each begun in its own window.
    let desk = Window::open("postazione").await;
    desk.first_start(&office, &NewDesk::new("Q1", "Q1-A"), "operator")
        .await;
    log_in(&desk).await;
    let supervisor = Window::open("supervisori").await;
    let seats = NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", "CEN-W")
    };
    supervisor.first_start(&office, &seats, "administrator").await;
    log_in(&supervisor).await;

    // The list of Servizi Sociali, looked at and taken in.
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("elenco.csv");
    std::fs::write(&list, write_csv(&facts::sheet(&households)).unwrap()).unwrap();
    supervisor.go("/importazioni").await;
    let file = supervisor.find("[data-testid=import-file]").await;
    supervisor
        .until(
            "the campaign is chosen",
            "document.querySelector('[name=campaign] select')?.selectedOptions[0]?.text === 'Buoni spesa 2021'",
        )
        .await;
    file.send_keys(&list.display().to_string()).await.unwrap();
    supervisor.find("[data-testid=import-preview]").await;
    let today = now().date().format("%d/%m/%Y").to_string();
    supervisor.fill("[name=issued] input", &today).await;
    // A Tab at once after so quick a hand would end a scan.
    tokio::time::sleep(std::time::Duration::from_millis(80)).await;
    supervisor.special(Key::Tab).await;
    supervisor
        .until(
            "the date is that of the list, and the list was looked at again with it",
            &format!("document.querySelector('[name=issued] input')?.value === '{today}' && !document.querySelector('[data-testid=apply-import]')?.disabled"),
        )
        .await;
    supervisor
        .until(
            "three households are new",
            "document.querySelector('[data-testid=fate-new] .sp-tile-value')?.innerText === '3'",
        )
        .await;
    supervisor.inspect("importazione").await;
    supervisor.press("apply-import").await;
    supervisor.press("confirm-yes").await;
    supervisor
        .until(
            "the list is among those taken in",
            "document.querySelector('[data-testid=imports]')?.innerText.includes('elenco.csv')",
        )
        .await;
    supervisor.inspect("importazioni").await;

    // Vouchers come to the desk.
    desk.go("/magazzino").await;
    desk.press("receive").await;
    desk.fill("[name=first] input", "FI000001").await;
    desk.fill("[name=last] input", "FI000200").await;
    tokio::time::sleep(std::time::Duration::from_millis(80)).await;
    desk.special(Key::Enter).await;
    desk.find("[data-testid=run]").await;
    desk.inspect("magazzino-carico").await;
    desk.press("stock-do").await;
    desk.until(
        "the vouchers are held",
        "document.querySelector('[data-testid=held]')?.innerText.includes('FI000200')",
    )
    .await;
    desk.inspect("magazzino").await;

    // Online: an appointment, presence, delivery.
    open_household(&desk, &households[0]).await;
    desk.inspect("nucleo").await;
    desk.press("book").await;
    desk.find("dialog[open] [name=slot] select").await;
    desk.until(
        "a slot is chosen",
        "document.querySelector('dialog[open] [name=slot] select')?.value",
    )
    .await;
    desk.inspect("prenotazione").await;
    desk.special(Key::F9).await;
    desk.find("[data-testid=booked]").await;
    desk.special(Key::F7).await;
    desk.until_paper("promemoria-").await;
    desk.special(Key::Escape).await;
    desk.go("/agenda").await;
    desk.find("[data-testid=agenda-appointment]").await;
    desk.inspect("agenda").await;
    desk.go("/oggi").await;
    desk.find("[data-testid=oggi-row]").await;
    desk.fill(
        "[data-testid=oggi-who]",
        households[0].applicant().surname.as_str(),
    )
    .await;
    tokio::time::sleep(std::time::Duration::from_millis(80)).await;
    desk.special(Key::Enter).await;
    desk.find("[data-testid=oggi-row][data-lane=waiting]").await;
    desk.inspect("oggi").await;
    desk.press("call-next").await;
    desk.find("[data-testid=oggi-row][data-lane=serving]").await;
    serve(&desk, "in-rete").await;

    // The network is pulled out. Nobody goes home without an answer.
    office.switch_off().await;
    open_household(&desk, &households[1]).await;
    serve(&desk, "senza-rete").await;
    until_foot(&desk, "Non connesso").await;
    desk.inspect("oggi-senza-rete").await;
    desk.go("/scambi").await;
    desk.find("[data-testid=sync-state]").await;
    desk.inspect("sincronizzazione-senza-rete").await;

    // The window is closed in the middle of it and opened again: nothing is lost.
    let desk = desk.reopened().await;
    log_in(&desk).await;
    open_household(&desk, &households[1]).await;
    desk.find("[data-testid=delivery]").await;
    desk.inspect("nucleo-servito").await;

    // The supervisors do not know yet, and say so.
    supervisor.go("/cruscotto").await;
    supervisor.find("[data-testid=indicator]").await;

    // The network is back: everything goes by itself.
    office.switch_on().await;
    until_foot(&desk, "Connesso").await;
    desk.until(
        "nothing waits",
        "document.querySelector('[data-testid=footbar]')?.innerText.includes('Nulla da inviare')",
    )
    .await;
    desk.until(
        "what was done without the network has arrived, and the page that is open says so",
        "!document.body.innerText.includes('Non ancora arrivato al centro')",
    )
    .await;
    desk.inspect("nucleo-di-nuovo-in-rete").await;

    supervisor
        .until(
            "one of one presented was served",
            "document.querySelector('[data-testid=indicator-served]')?.innerText.match(/1/)",
        )
        .await;
    supervisor
        .until(
            "the indicator is 100 %",
            "document.querySelector('[data-testid=indicator-value]')?.innerText.includes('100')",
        )
        .await;
    supervisor
        .until(
            "the figure is up to date, and the campaign goes on: nothing is final",
            "document.querySelector('.sp-page-header')?.innerText.includes('Aggiornato')",
        )
        .await;
    supervisor.inspect("cruscotto").await;
    for (path, element, picture) in [
        ("/postazioni", "[data-testid=desks]", "postazioni"),
        ("/anomalie", "[data-testid=exceptions]", "anomalie"),
        ("/operatori", "[data-testid=operators]", "operatori"),
        ("/campagne", "[data-testid=campaigns]", "campagne"),
        ("/servizi", "[data-testid=services]", "servizi"),
        ("/sedi", "[data-testid=sites]", "sedi"),
        ("/scambi", "[data-testid=sync-state]", "sincronizzazione"),
    ] {
        supervisor.go(path).await;
        supervisor.find(element).await;
        supervisor.inspect(picture).await;
    }
    open_household(&supervisor, &households[1]).await;
    supervisor.find("[data-testid=delivery]").await;
    supervisor.inspect("nucleo").await;

    // A second desk of the Quartiere cannot serve whom the first one served.
    let second = Window::open("seconda").await;
    second
        .first_start(&office, &NewDesk::new("Q1", "Q1-B"), "operator")
        .await;
    log_in(&second).await;
    open_household(&second, &households[2]).await;
    second.inspect("nucleo-altrove").await;
    assert!(
        second.has("[data-testid=custody-ask]").await,
        "the entitlement is in the custody of the other desk"
    );
    open_household(&second, &households[0]).await;
    assert!(!second.has("[data-testid=serve]").await, "it was served already");

    // The screen is locked and opened again.
    second.client.execute("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', ctrlKey: true, bubbles: true })); return true", vec![]).await.unwrap();
    second.find("html[data-locked]").await;
    second.inspect("schermo-bloccato").await;

    second.close();
    supervisor.close();
    desk.close();
}
