// SPDX-License-Identifier: EUPL-1.2
//! The office of the demonstration: its campaign, its services, its people.

use super::station::{Person, Wanted};
use chrono::{NaiveDate, NaiveTime};
use sportello_domain::agenda::{Closure, ExtraOpening, SiteHours, Span, WeekHours};
use sportello_domain::campaign::{AmountRow, Campaign};
use sportello_domain::ids::{CampaignId, ServiceId, SiteId};
use sportello_domain::money::Cents;
use sportello_domain::office::{Opening, Role, Service, Site};

/// Name of the campaign.
pub const CAMPAIGN: &str = "Buoni spesa 2021";
/// The desk that `cargo xtask run` opens.
pub const OPENED: &str = "Q1-A";

/// Administrator of the office.
pub const ADMINISTRATOR: Person = Person {
    username: "bianchi",
    name: "Anna Bianchi",
    role: Role::Administrator,
};
/// Supervisor of the office.
pub const SUPERVISOR: Person = Person {
    username: "conti",
    name: "Chiara Conti",
    role: Role::Supervisor,
};

/// The supervisors' desk.
pub const SUPERVISORS_DESK: Wanted<'_> = Wanted {
    site: "CEN",
    name: "SUP",
    supervises: true,
    person: ADMINISTRATOR,
};

const fn operator(
    site: &'static str,
    name: &'static str,
    username: &'static str,
    full: &'static str,
) -> Wanted<'static> {
    Wanted {
        site,
        name,
        supervises: false,
        person: Person {
            username,
            name: full,
            role: Role::Operator,
        },
    }
}

/// The desks that serve people.
pub const DESKS: [Wanted<'_>; 6] = [
    operator("Q1", OPENED, "rossi", "Marco Rossi"),
    operator("Q2", "Q2-A", "ferri", "Laura Ferri"),
    operator("Q3", "Q3-A", "galli", "Paolo Galli"),
    operator("Q4", "Q4-A", "mori", "Elena Mori"),
    operator("Q5", "Q5-A", "neri", "Andrea Neri"),
    operator("CEN", "CEN-A", "vieri", "Sofia Vieri"),
];

/// The voucher round of the objective sheet; its amounts are those of DOMAIN.md, rounded to a table.
pub fn campaign(id: CampaignId) -> Campaign {
    let row = |members, euros: i64| AmountRow {
        members,
        amount: Cents(euros * 100),
    };
    Campaign {
        id,
        name: CAMPAIGN.into(),
        from: day(1, 2),
        to: day(4, 30),
        denomination: Cents(1_000),
        amounts: vec![row(1, 150), row(2, 220), row(3, 280), row(4, 340), row(5, 400)],
        non_resident_amounts: vec![row(1, 80), row(2, 150)],
        per_minor: Cents(3_000),
        per_disabled: Cents(5_000),
        maximum: Cents(50_000),
        walk_in: true,
    }
}

/// The delivery of vouchers, at every site.
pub fn delivery(id: ServiceId, campaign: CampaignId, sites: &[Site]) -> Service {
    let every = |sites: Vec<SiteId>, weekdays: &[u8], from, to| Opening {
        sites,
        weekdays: weekdays.to_vec(),
        from: hour(from, 0),
        to: if to == 17 { hour(17, 30) } else { hour(to, 0) },
        every_minutes: 15,
        capacity: 1,
    };
    let of = |codes: &[&str]| {
        sites
            .iter()
            .filter(|s| codes.contains(&s.code.as_str()))
            .map(|s| s.id)
            .collect::<Vec<_>>()
    };
    Service {
        id,
        name: "Consegna buoni spesa".into(),
        name_en: "Delivery of food vouchers".into(),
        minutes: 15,
        requirements: vec![
            "Documento di identità valido di chi ritira".into(),
            "Se ritira un delegato: delega firmata e copia del documento del richiedente".into(),
        ],
        sites: sites.iter().map(|site| site.id).collect(),
        openings: vec![
            every(vec![], &[1, 2, 3, 4, 5], 9, 13),
            every(vec![], &[2, 4], 15, 17),
            // Two counters where most people live, and at the seat that the demonstration opens.
            every(of(&["Q1", "Q2", "Q4", "Q5"]), &[1, 2, 3, 4, 5], 9, 13),
            every(of(&["CEN"]), &[6], 9, 12),
        ],
        closed: vec![day(1, 6), day(4, 5)],
        campaign: Some(campaign),
        active: true,
        rules: None,
    }
}

/// Something else that the desks do, for people who are in no list.
pub fn spid(id: ServiceId, sites: &[Site]) -> Service {
    Service {
        id,
        name: "Attivazione SPID".into(),
        name_en: "SPID activation".into(),
        minutes: 30,
        requirements: vec![
            "Documento di identità valido".into(),
            "Tessera sanitaria".into(),
            "Telefono cellulare".into(),
        ],
        sites: sites
            .iter()
            .filter(|site| !site.central)
            .map(|site| site.id)
            .collect(),
        openings: vec![Opening {
            sites: vec![],
            weekdays: vec![1, 2, 3, 4, 5],
            from: hour(11, 0),
            to: hour(12, 30),
            every_minutes: 30,
            capacity: 1,
        }],
        closed: vec![day(1, 6), day(4, 5)],
        campaign: None,
        active: true,
        rules: None,
    }
}

/// What people ask without an appointment.
pub fn information(id: ServiceId, sites: &[Site]) -> Service {
    Service {
        id,
        name: "Informazioni e orientamento".into(),
        name_en: "Information and guidance".into(),
        minutes: 10,
        requirements: vec![],
        sites: sites.iter().map(|site| site.id).collect(),
        openings: vec![Opening {
            sites: vec![],
            weekdays: vec![1, 2, 3, 4, 5],
            from: hour(9, 0),
            to: hour(13, 0),
            every_minutes: 60,
            capacity: 1,
        }],
        closed: vec![day(1, 6), day(4, 5)],
        campaign: None,
        active: true,
        rules: None,
    }
}

/// The hours of a site: five mornings, two afternoons, and what is different in the year.
pub fn hours(site: &Site) -> SiteHours {
    let span = |weekday, from, to, staff| Span {
        weekday,
        from,
        to,
        staff,
    };
    let mut spans: Vec<Span> = (1..=5)
        .map(|weekday| span(weekday, hour(8, 45), hour(13, 15), 4))
        .collect();
    spans.extend([2, 4].map(|weekday| span(weekday, hour(14, 45), hour(17, 45), 2)));
    let mut extra = vec![];
    if site.central {
        spans.push(span(6, hour(8, 45), hour(12, 15), 2));
    } else {
        extra.push(ExtraOpening {
            day: day(5, 8),
            from: hour(9, 0),
            to: hour(12, 0),
            staff: 2,
            reason: "Ritiro degli ultimi buoni spesa".into(),
        });
    }
    SiteHours {
        site: site.id,
        weeks: vec![WeekHours {
            valid_from: None,
            valid_to: None,
            spans,
        }],
        closures: vec![Closure {
            from: day(8, 9),
            to: day(8, 20),
            from_time: Some(hour(14, 0)),
            to_time: None,
            reason: "Orario estivo: nessuna apertura pomeridiana".into(),
        }],
        extra,
        open_on_holidays: false,
    }
}

/// A day of 2021.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, month, day).unwrap_or_default()
}

fn hour(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}
