// SPDX-License-Identifier: EUPL-1.2
//! The promise that everything else stands on: whoever holds the same events shows the same, in whatever order, in whatever
//! pages, and however often they came.
#![allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

mod common;

use common::*;
use proptest::prelude::*;
use sportello_domain::appointment as a;
use sportello_domain::entitlement as e;
use sportello_domain::event::NewEvent;
use sportello_domain::household::{HouseholdCorrected, HouseholdNoted};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::stock::{RemovalReason, StockRemoved};
use sportello_domain::time::Timestamp;
use sportello_protocol::wire::LogName;

const DESKS: u8 = 3;
const THINGS: u64 = 4;

#[derive(Clone, Debug)]
enum Step {
    /// A desk writes a fact, by a clock that is so many milliseconds off.
    Write {
        desk: u8,
        skew: i64,
        fact: (u8, u64, u64),
    },
    /// One desk takes in what another has, in pages of so many bytes.
    Exchange { to: u8, from: u8, budget: usize },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..DESKS, -5000_i64..5000, (0_u8..20, 0..THINGS, 0_u64..6))
            .prop_map(|(desk, skew, fact)| Step::Write { desk, skew, fact }),
        1 => (0..DESKS, 0..DESKS, 1_usize..3000).prop_map(|(to, from, budget)| Step::Exchange { to, from, budget }),
    ]
}

/// Facts that need not make sense: folding must agree on nonsense too.
fn fact(desk: u8, (what, n, more): (u8, u64, u64)) -> NewEvent {
    let names = ["Rossi", "Bianchi", "D'Angelo", "Müller", "De Luca", "Nuñez"];
    let codes = [
        "CCCFBA85D03L219P",
        "CCCFBA85D03L21VE",
        "STP0902010000012",
        "",
        "RSSMRA80A01D612Y",
        "01307110484",
    ];
    let at = usize::try_from(more).unwrap();
    let household = |topic| {
        let data = data(vec![
            member(n, names[at], "Anna", codes[at]),
            member(n + 50, names[(at + 1) % 6], "Piero", ""),
        ]);
        NewEvent::new(topic, household_id(n), HouseholdCorrected { data, import: None })
    };
    let entitlement = |event: sportello_domain::event::Event| NewEvent::new(Q1, entitlement_id(n), event);
    let appointment = |event: sportello_domain::event::Event| NewEvent::new(Q1, appointment_id(n), event);
    match what {
        0 => register(n, data(vec![member(n, names[at], "Mario", codes[at])])),
        1 => household(Q1),
        2 => household(Topic::Quartiere(3)),
        3 => NewEvent::new(
            Q1,
            household_id(n),
            HouseholdNoted {
                text: format!("nota {more}"),
            },
        ),
        4 => grant(n, 100 + 10 * i64::from(desk), u8::try_from(more).unwrap() % DESKS),
        5 => entitlement(
            e::Revised {
                amount: Cents(1000 * more.cast_signed()),
                source: e::Source::default(),
            }
            .into(),
        ),
        6 => entitlement(
            e::Revoked {
                reason: "prova".into(),
            }
            .into(),
        ),
        7 => entitlement(
            e::CustodyRequested {
                to: desk_id(desk),
                reason: "qui".into(),
            }
            .into(),
        ),
        8 => entitlement(
            e::CustodyReleased {
                to: desk_id(u8::try_from(more).unwrap() % DESKS),
            }
            .into(),
        ),
        9 | 10 => deliver(
            n,
            n * 10 + more,
            vec![run(more * 10, more * 10 + 9), run(600, 600 + more * 200)],
        ),
        11 => reverse(n, n * 10 + more, more % 2 == 0),
        12 => refuse(n),
        13 => book(n, n, ["2021-01-18T09:00", "2021-01-19T09:15"][at % 2]),
        14 => appointment(
            a::Moved {
                site: site_id(),
                start: common::at("2021-02-01T10:00"),
                overbooked: None,
            }
            .into(),
        ),
        15 => present(n),
        16 => appointment(a::Missed {}.into()),
        17 => appointment(
            a::Cancelled {
                reason: String::new(),
            }
            .into(),
        ),
        18 => receive(desk, vec![run(more * 100, more * 100 + 700)]),
        _ => NewEvent::new(
            Q1,
            desk_id(desk),
            StockRemoved {
                campaign: campaign_id(),
                runs: vec![run(more * 50, more * 50 + 3)],
                reason: RemovalReason::Lost,
                note: String::new(),
            },
        ),
    }
}

/// Every log of the desk, cut into pages, in an order that the seed gives; each log's pages stay in their order.
fn deliver_all(from: &[Desk], to: &Desk, seed: u64) {
    let mut random = seed | 1;
    let mut next = move |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let mut logs: Vec<(&Desk, LogName, u64, u64)> = from
        .iter()
        .flat_map(|desk| {
            let own = desk.store.identity().unwrap().desk;
            let heads = desk.store.read(|r| r.heads()).unwrap();
            heads
                .into_iter()
                .filter(move |h| h.log.desk_id() == own)
                .map(move |h| (desk, h.log, 1, h.seq))
        })
        .collect();
    while !logs.is_empty() {
        let pick = usize::try_from(next(logs.len() as u64)).unwrap();
        let (desk, log, from, last) = &mut logs[pick];
        let page = desk
            .store
            .read(|r| r.records(log, *from, 200 + usize::try_from(next(3000)).unwrap()))
            .unwrap()
            .unwrap();
        let done = to.store.write(|tx| tx.ingest(log, *from, &page.records)).unwrap();
        assert_eq!((done.fork, done.malformed, done.unknown), (None, 0, 0));
        // Sometimes the answer is lost and the page comes again.
        if next(4) > 0 {
            *from = page.last.0 + 1;
        }
        if *from > *last {
            logs.swap_remove(pick);
        }
    }
}

/// Writes the facts of these steps, each desk by its own clock.
fn write_all(desks: &mut [Desk], steps: Vec<Step>) {
    for (at, step) in (0_i64..).zip(steps) {
        match step {
            Step::Write {
                desk,
                skew,
                fact: what,
            } => {
                let now = Timestamp(noon().0 + at * 1000 + skew);
                desks[usize::from(desk)].append_at(now, &[fact(desk, what)]);
            }
            Step::Exchange { to, from, budget } if to != from => {
                desks[usize::from(to)].pull(&desks[usize::from(from)], budget);
            }
            Step::Exchange { .. } => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// What a revoked desk wrote after what was accepted of it is as if it had never come; and if it comes again, as if it had never
    /// left.
    #[test]
    fn what_was_taken_out_of_a_log_is_as_if_it_had_never_come(
        steps in prop::collection::vec(step(), 5..90),
        seed in any::<u64>(),
        kept in 0_u64..8,
    ) {
        let mut desks: Vec<Desk> = (0..DESKS).map(Desk::new).collect();
        write_all(&mut desks, steps);
        let (neighbour, other) = (Desk::new(9), Desk::new(9));
        deliver_all(&desks, &neighbour, seed);
        deliver_all(&desks[1..], &other, seed);
        let whole = neighbour.dump();
        let heads = desks[0].store.read(|r| r.heads()).unwrap();
        let late: Vec<_> = heads
            .into_iter()
            .filter(|head| head.log.desk_id() == desk_id(0))
            .map(|head| {
                let page = desks[0].store.read(|r| r.records(&head.log, 1, usize::MAX)).unwrap().unwrap();
                let kept = kept.min(head.seq);
                let records = &page.records[..usize::try_from(kept).unwrap()];
                other.store.write(|tx| tx.ingest(&head.log, 1, records)).unwrap();
                (page, kept)
            })
            .collect();
        for (page, kept) in &late {
            let link = desks[0].store.read(|r| r.link_at(&page.log, *kept)).unwrap().unwrap();
            let out = neighbour.store.write(|tx| tx.withdraw_late(&page.log, (*kept, link), noon())).unwrap();
            prop_assert_eq!(out, page.last.0 - kept);
            let again = neighbour.store.write(|tx| tx.withdraw_late(&page.log, (*kept, link), noon())).unwrap();
            prop_assert_eq!(again, 0);
        }
        let neighbour = neighbour.reopened();
        prop_assert_eq!(neighbour.dump(), other.dump());
        neighbour.sound();
        prop_assert_eq!(neighbour.store.read(|r| r.lost_records()).unwrap(), 0);
        let aside: u64 = neighbour.store.read(|r| {
            let mut count = 0;
            for aside in r.asides()? {
                count += r.aside_records(&aside)?.len() as u64;
            }
            Ok::<_, sportello_store::StoreError>(count)
        }).unwrap();
        prop_assert_eq!(aside, late.iter().map(|(page, kept)| page.last.0 - kept).sum::<u64>());
        for (page, _) in &late {
            neighbour.store.write(|tx| tx.ingest(&page.log, 1, &page.records)).unwrap();
        }
        prop_assert_eq!(neighbour.dump(), whole);
        neighbour.sound();
    }

    #[test]
    fn whoever_holds_the_same_events_shows_the_same(
        steps in prop::collection::vec(step(), 5..90),
        seeds in prop::array::uniform3(any::<u64>()),
    ) {
        let mut desks: Vec<Desk> = (0..DESKS).map(Desk::new).collect();
        write_all(&mut desks, steps);
        let readers: Vec<Desk> = seeds.iter().map(|seed| {
            let reader = Desk::new(9);
            deliver_all(&desks, &reader, *seed);
            reader
        }).collect();
        let expected = readers[0].dump();
        for to in 0..desks.len() {
            for from in 0..desks.len() {
                if to != from {
                    desks[to].pull(&desks[from], 5000);
                }
            }
        }
        for desk in readers.iter().chain(&desks) {
            prop_assert_eq!(&desk.dump(), &expected);
            let report = desk.store.verify().unwrap();
            prop_assert!(report.is_sound(), "{:?}", report.differences);
        }
        readers[1].store.rebuild_projections().unwrap();
        prop_assert_eq!(&readers[1].dump(), &expected);
    }
}
