// SPDX-License-Identifier: EUPL-1.2
//! A whole campaign at six sites and twelve desks, as a supervisor sees it: the inbox, in which every case is found anew each time that
//! somebody looks, the dashboard and the statement.

use crate::search::{fill, household_id};
use crate::table::{Table, median};
use sportello_desk::query::InboxFilter;
use sportello_desk::{Query, View};
use sportello_domain::appointment::{Booked, Presented};
use sportello_domain::demo;
use sportello_domain::entitlement::{Collector, DeliveryConfirmed, DeliveryReversed, Document, DocumentKind};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{AppointmentId, CommandId, DeliveryId, EntitlementId};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::statement::Figure;
use sportello_domain::stock::StockReceived;
use sportello_domain::time::Timestamp;
use sportello_store::Author;
use sportello_tests::facts::{self, CAMPAIGN, SERVICE};
use sportello_tests::{Office, Seat};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Households of the campaign, unless the command line says another number.
pub const HOUSEHOLDS: usize = 10_000;
/// Of these many households one is forced, one served in part, one loses its vouchers, one is never served, one has a delegate.
const ODD: usize = 40;
/// The dashboard is drawn in this time.
const AT_ONCE: Duration = Duration::from_millis(200);
/// The statement is drawn up in this time.
const STATEMENT: Duration = Duration::from_secs(5);
const TOGETHER: usize = 4_000;
const LOOKS: usize = 15;

pub async fn run(table: &mut Table, households: usize) {
    let office = Office::open().await;
    let seat = office.supervisor().await;
    let mut desks = Vec::new();
    for site in ["CEN", "Q1", "Q2", "Q3", "Q4", "Q5"] {
        for letter in ["A", "B"] {
            desks.push(office.desk(&format!("{site}-{letter}"), site).await);
        }
    }
    let all: Vec<&Seat> = desks.iter().chain([&seat]).collect();
    office.until_quiet(&all).await;
    facts::define(&seat);
    let people = demo::households(3, households);
    let sites = seat.reference().sites;
    let quartiere = |desk: &Seat| {
        sites
            .iter()
            .find(|site| site.id == desk.desk.site())
            .unwrap()
            .quartiere
    };
    // Each household at one of the desks of its Quartiere, in turn.
    let keepers: Vec<usize> = people
        .iter()
        .enumerate()
        .map(|(at, household)| {
            let fit: Vec<usize> = (0..desks.len())
                .filter(|desk| quartiere(&desks[*desk]) == household.quartiere)
                .collect();
            fit[at % fit.len()]
        })
        .collect();
    fill(&seat, &people, |at| desks[keepers[at]].desk.id());
    let began = Instant::now();
    let rights: Vec<(u8, u64)> = people
        .iter()
        .map(|household| {
            (
                household.quartiere,
                facts::amount(household).0.unsigned_abs() / 1000,
            )
        })
        .collect();
    let mut next = 1;
    for (number, desk) in desks.iter().enumerate() {
        let of_it: Vec<(usize, u8, u64)> = rights
            .iter()
            .enumerate()
            .filter(|(at, _)| keepers[*at] == number)
            .map(|(at, (quartiere, vouchers))| (at, *quartiere, *vouchers))
            .collect();
        if !of_it.is_empty() {
            next = write(desk, &of_it, next);
        }
    }
    office.until_quiet(&all).await;
    let vouchers: u64 = rights.iter().map(|(_, vouchers)| vouchers).sum();
    table.tell(
        &format!("{households} households served with {vouchers} vouchers"),
        format!("{:.1?}", began.elapsed()),
    );
    let ask = |limit| Query::Inbox {
        filter: InboxFilter::default(),
        offset: 0,
        limit,
    };
    let mut first = None;
    let mut timed = |query: &Query| {
        let began = Instant::now();
        let view = seat.desk.query(&seat.session, query).unwrap();
        let took = began.elapsed();
        if let View::Inbox(view) = view {
            assert!(view.counts.open as usize >= households / ODD);
            first = first.or(view.rows.first().map(|row| row.id));
        }
        took
    };
    let mut counted: Vec<Duration> = (0..LOOKS).map(|_| timed(&ask(0))).collect();
    let mut listed: Vec<Duration> = (0..LOOKS).map(|_| timed(&ask(500))).collect();
    let one = Query::Case { id: first.unwrap() };
    let mut opened: Vec<Duration> = (0..LOOKS)
        .map(|_| {
            let began = Instant::now();
            assert!(matches!(seat.desk.query(&seat.session, &one), Ok(View::Case(_))));
            began.elapsed()
        })
        .collect();
    let asked = |query: &Query, looks| -> Vec<Duration> {
        (0..looks)
            .map(|_| {
                let began = Instant::now();
                let view = seat.desk.query(&seat.session, query).unwrap();
                let took = began.elapsed();
                if let View::Statement(view) = view {
                    assert_eq!(
                        (view.vouchers.office.received, view.vouchers.places.len()),
                        (vouchers, 12)
                    );
                }
                took
            })
            .collect()
    };
    let mut dashboard = asked(&Query::Indicator { campaign: CAMPAIGN }, LOOKS);
    let mut statement = asked(&Query::Statement { campaign: CAMPAIGN }, LOOKS / 3);
    let served = Query::StatementRecords {
        campaign: CAMPAIGN,
        figure: Figure::Served,
        site: None,
        day: None,
        offset: 0,
        limit: 500,
    };
    let mut behind = asked(&served, LOOKS / 3);
    for (what, times) in [
        ("exceptions of a campaign counted", &mut counted),
        ("exceptions of a campaign listed", &mut listed),
        ("one exception opened", &mut opened),
        ("dashboard of a campaign", &mut dashboard),
    ] {
        table.at_most(what, median(times), ("asked for", AT_ONCE), 1.0);
    }
    table.at_most(
        "statement of a campaign",
        median(&mut statement),
        ("asked for", STATEMENT),
        1.0,
    );
    table.at_most(
        "records behind one figure of it",
        median(&mut behind),
        ("asked for", STATEMENT),
        1.0,
    );
}

/// Writes what a desk would, of households by their place, with vouchers from a number on; gives the number after the last.
fn write(seat: &Seat, rights: &[(usize, u8, u64)], first: u64) -> u64 {
    let desk = &seat.desk;
    let site = desk.site();
    let yesterday = desk.now().day().pred_opt().unwrap();
    let mut salt = u128::from(first) * 2 + 1;
    let mut salts = move || {
        salt = salt
            .wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645)
            .wrapping_add(1);
        salt.to_le_bytes()
    };
    let mut flush = |events: &mut Vec<NewEvent>| {
        let author = Author {
            actor: seat.session.operator(),
            command: CommandId(Uuid::now_v7()),
            now: Timestamp::of_rome(yesterday.and_hms_opt(12, 0, 0).unwrap()),
        };
        desk.store()
            .write(|tx| tx.append(&author, events, &mut salts).map(|_| ()))
            .unwrap();
        events.clear();
    };
    let run = |first: u64, many: u64| Run {
        series: "A".into(),
        first,
        last: first + many - 1,
        width: 7,
    };
    let supplied: u64 = rights.iter().map(|(_, _, vouchers)| vouchers).sum();
    let supply = StockReceived {
        campaign: CAMPAIGN,
        denomination: Cents(1000),
        runs: vec![run(first, supplied)],
        note: "Bolla 1".into(),
        delivery_note: None,
    };
    let topic = Topic::Quartiere(rights[0].1);
    let mut events = vec![NewEvent::new(topic, desk.id(), supply)];
    let mut next = first;
    for (at, quartiere, vouchers) in rights {
        let at = *at;
        let ordinal = at as u128 + 1;
        let household = household_id(ordinal);
        let (topic, right) = (
            Topic::Quartiere(*quartiere),
            EntitlementId::of(CAMPAIGN, household),
        );
        if at % ODD == 3 {
            let id = AppointmentId(Uuid::from_u128(
                0xa000_0000_0000_7000_8000_0000_0000_0000 + ordinal,
            ));
            let booked = Booked {
                household: Some(household),
                person: None,
                entitlement: Some(right),
                service: SERVICE,
                site,
                start: yesterday.and_hms_opt(9, 0, 0).unwrap(),
                overbooked: None,
            };
            events.push(NewEvent::new(topic, id, booked));
            events.push(NewEvent::new(topic, id, Presented { ticket: None }));
            continue;
        }
        let document = |number: String| Document {
            kind: DocumentKind::IdentityCard,
            number,
        };
        let many = if at % ODD == 1 { vouchers / 2 } else { *vouchers };
        let serials = run(next, many);
        next += vouchers;
        let delivery = DeliveryId(Uuid::from_u128(
            0xd000_0000_0000_7000_8000_0000_0000_0000 + ordinal,
        ));
        events.push(NewEvent::new(
            topic,
            right,
            DeliveryConfirmed {
                id: delivery,
                collector: if at % ODD == 4 {
                    Collector::Delegate {
                        name: "Gialli Piero".into(),
                        tax_code: None,
                        document: document(format!("AX{}", at % 7)),
                        delegator_document: document("CA1".into()),
                    }
                } else {
                    Collector::Member {
                        member: None,
                        document: document(format!("CA{at}")),
                    }
                },
                runs: vec![serials],
                amount: Cents(1000 * i64::try_from(many).unwrap()),
                appointment: None,
                forced: (at % ODD == 0).then(|| "rete assente".into()),
                partial: (at % ODD == 1).then(|| "ultimo carnet".into()),
                right: None,
                paper: None,
            },
        ));
        if at % ODD == 2 {
            let reversed = DeliveryReversed {
                delivery,
                reason: "Sbagliato".into(),
                returned: false,
            };
            events.push(NewEvent::new(topic, right, reversed));
        }
        if events.len() >= TOGETHER {
            flush(&mut events);
        }
    }
    flush(&mut events);
    first + supplied
}
