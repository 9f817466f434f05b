// SPDX-License-Identifier: EUPL-1.2
//! What an office goes by in these tests: its campaign, its service, and lists as Servizi Sociali write them.

use crate::seat::Seat;
use base64::Engine as _;
use chrono::{NaiveDate, NaiveTime};
use sportello_desk::Command;
use sportello_documents::lists::{Cell, Sheet, write_csv, write_xlsx};
use sportello_domain::campaign::{AmountRow, Campaign, HouseholdFacts};
use sportello_domain::command::FileInput;
use sportello_domain::demo::{self, DemoHousehold};
use sportello_domain::ids::{CampaignId, ServiceId, SiteId};
use sportello_domain::money::Cents;
use sportello_domain::office::{Opening, Service, Site};
use uuid::Uuid;

/// The campaign of the tests.
pub const CAMPAIGN: CampaignId = CampaignId(Uuid::from_u128(0x7000_0000_0000_8000_0000_0000_0000_0001));
/// The service that delivers its vouchers.
pub const SERVICE: ServiceId = ServiceId(Uuid::from_u128(0x7000_0000_0000_8000_0000_0000_0000_0002));
/// A service that delivers nothing.
pub const INFORMATION: ServiceId = ServiceId(Uuid::from_u128(0x7000_0000_0000_8000_0000_0000_0000_0003));

/// Vouchers of 10 €, 2 January to 30 April 2021, served with an appointment or without.
pub fn campaign() -> Campaign {
    let row = |members, euros: i64| AmountRow {
        members,
        amount: Cents(euros * 100),
    };
    Campaign {
        id: CAMPAIGN,
        name: "Buoni spesa 2021".into(),
        from: NaiveDate::from_ymd_opt(2021, 1, 2).unwrap(),
        to: NaiveDate::from_ymd_opt(2021, 4, 30).unwrap(),
        denomination: Cents(1000),
        amounts: vec![row(1, 150), row(2, 250), row(3, 350), row(4, 400)],
        non_resident_amounts: vec![row(1, 80), row(2, 150)],
        per_minor: Cents(0),
        per_disabled: Cents(5000),
        maximum: Cents(50_000),
        walk_in: true,
    }
}

/// Given at these sites from Monday to Saturday, 8:30 to 13:30, three people every quarter of an hour.
pub fn service(sites: &[Site]) -> Service {
    let time = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
    Service {
        id: SERVICE,
        name: "Consegna buoni spesa".into(),
        name_en: "Voucher delivery".into(),
        minutes: 15,
        requirements: vec!["Documento di identità".into(), "Codice fiscale".into()],
        sites: sites.iter().map(|site| site.id).collect(),
        openings: vec![Opening {
            sites: vec![],
            weekdays: vec![1, 2, 3, 4, 5, 6],
            from: time(8, 30),
            to: time(13, 30),
            every_minutes: 15,
            capacity: 3,
        }],
        closed: vec![],
        campaign: Some(CAMPAIGN),
        active: true,
        rules: None,
    }
}

/// A service beside it, which delivers nothing: two people every ten minutes in the same hours.
pub fn information(sites: &[Site]) -> Service {
    let mut given = service(sites);
    for opening in &mut given.openings {
        (opening.every_minutes, opening.capacity) = (10, 2);
    }
    Service {
        id: INFORMATION,
        name: "Informazioni".into(),
        name_en: "Information".into(),
        minutes: 10,
        requirements: vec![],
        campaign: None,
        ..given
    }
}

/// An administrator defines campaign and service for all sites.
pub fn define(administrator: &Seat) {
    administrator.act(Command::DefineCampaign { campaign: campaign() });
    let sites = administrator.reference().sites;
    administrator.act(Command::DefineService {
        service: service(&sites),
    });
}

/// The site with a code.
pub fn site(seat: &Seat, code: &str) -> SiteId {
    seat.reference()
        .sites
        .into_iter()
        .find(|site| site.code == code)
        .unwrap_or_else(|| panic!("no site {code}"))
        .id
}

/// Invented households of one Quartiere, or of all (0).
pub fn households(count: usize, quartiere: u8) -> Vec<DemoHousehold> {
    let mut all = demo::households(2021, count * if quartiere == 0 { 1 } else { 12 });
    all.retain(|household| quartiere == 0 || household.quartiere == quartiere);
    all.truncate(count);
    assert_eq!(all.len(), count);
    all
}

/// The headings of a list.
pub const HEADINGS: [&str; 13] = [
    "N. pratica",
    "Cognome",
    "Nome",
    "Codice fiscale",
    "Data di nascita",
    "Indirizzo",
    "Quartiere",
    "N. componenti",
    "Minori",
    "Disabili",
    "Residente",
    "Telefono",
    "Importo",
];

/// What the campaign's table gives a household.
pub fn amount(household: &DemoHousehold) -> Cents {
    let facts = HouseholdFacts {
        members: u8::try_from(household.members.len()).unwrap(),
        minors: household.minors,
        disabled: household.disabled,
        resident: household.resident,
    };
    campaign().amount_for(facts).unwrap()
}

/// A row for each household.
#[expect(clippy::cast_precision_loss, reason = "a few hundred euros")]
pub fn sheet(households: &[DemoHousehold]) -> Sheet {
    let text = |text: &str| Cell::Text(text.to_owned());
    let rows = households.iter().map(|household| {
        let applicant = household.applicant();
        vec![
            text(&household.list_ref),
            text(&applicant.surname),
            text(&applicant.name),
            text(applicant.identifier.as_str()),
            Cell::Date(applicant.birth_date),
            text(&household.address.to_string()),
            Cell::Number(f64::from(household.quartiere)),
            Cell::Number(household.members.len() as f64),
            Cell::Number(f64::from(household.minors)),
            Cell::Number(f64::from(household.disabled)),
            text(if household.resident { "sì" } else { "no" }),
            text(&household.phone),
            Cell::Number((amount(household).0 / 100) as f64),
        ]
    });
    Sheet {
        title: "Elenco".into(),
        headings: HEADINGS.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// A list as CSV, dated by its name.
pub fn csv(sheet: &Sheet, issued: NaiveDate) -> FileInput {
    file(&format!("elenco-{issued}.csv"), &write_csv(sheet).unwrap())
}

/// A list as a workbook, dated by its name.
pub fn xlsx(sheet: &Sheet, issued: NaiveDate) -> FileInput {
    file(&format!("elenco-{issued}.xlsx"), &write_xlsx(sheet).unwrap())
}

/// A file as a person chooses it.
pub fn file(name: &str, bytes: &[u8]) -> FileInput {
    FileInput {
        name: name.into(),
        content: base64::engine::general_purpose::STANDARD.encode(bytes),
    }
}

/// What taking a previewed list in is.
pub fn apply(file: &FileInput, preview: &sportello_desk::view::ImportPreviewView) -> Command {
    let (digest, issued) = (
        preview.digest.clone(),
        preview.issued.expect("the list bears a date"),
    );
    Command::ApplyImport {
        campaign: CAMPAIGN,
        file: file.clone(),
        issued,
        digest,
    }
}
