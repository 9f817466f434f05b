// SPDX-License-Identifier: EUPL-1.2
//! Erasure by order: what is erased is gone from wherever the file had it and never comes back; what remains is the same at
//! every desk, in whatever order order and records came, and whether they came with bodies or without.
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
use sportello_domain::entitlement::{self as e, Collector, Document, DocumentKind, Entitlement};
use sportello_domain::erasure::{self as x, ErasureListed};
use sportello_domain::event::{Event, NewEvent};
use sportello_domain::household::{Household, HouseholdNoted};
use sportello_domain::ids::{ErasureId, OperatorId};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::time::Timestamp;
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, Record};
use sportello_store::erasure::Erasable;
use sportello_store::keys::KeyRing;
use sportello_store::{Author, StoreError, backup};
use uuid::Uuid;

/// Words that stand in bodies and nowhere else.
const NAMES: [&str; 4] = ["Zanobini", "Ortensia", "YA9182736", "malatissima"];

fn order_id(n: u64) -> ErasureId {
    ErasureId(Uuid::from_u128(0xe0_0000 + u128::from(n)))
}

/// Households that say who they are, with a right, an appointment and what else is told.
fn lives(n: u64) -> Vec<NewEvent> {
    vec![
        register(n, data(vec![member(n, "Zanobini", "Ortensia", "")])),
        grant(n, 300, 1),
        NewEvent::new(
            Q1,
            household_id(n),
            HouseholdNoted {
                text: format!("la madre di {n} è malatissima"),
            },
        ),
        book(n, n, "2021-01-18T09:00"),
        present(n),
    ]
}

fn delegate_collects(n: u64, id: u64) -> NewEvent {
    let document = |number: &str| Document {
        kind: DocumentKind::Passport,
        number: number.into(),
    };
    NewEvent::new(
        Q1,
        entitlement_id(n),
        e::DeliveryConfirmed {
            id: delivery_id(id),
            collector: Collector::Delegate {
                name: "Zanobini Ortensia".into(),
                tax_code: None,
                document: document("YA9182736"),
                delegator_document: document("YA9182736"),
            },
            runs: vec![run(1 + id * 10, id * 10 + 6)],
            amount: Cents(30_000),
            appointment: None,
            forced: None,
            partial: None,
            right: None,
            paper: None,
        },
    )
}

/// The order that erases a household at a desk that has all of it, as the desk would write it.
fn order(desk: &Desk, n: u64) -> Vec<NewEvent> {
    let mut found = Erasable::default();
    desk.store
        .read(|r| {
            r.erasable(household_id(n), &mut found)?;
            r.erasable(entitlement_id(n), &mut found)?;
            r.erasable(appointment_id(n), &mut found)
        })
        .unwrap();
    let scope = x::ErasureScope::Household {
        household: household_id(n),
    };
    let ordered = x::order(scope, x::Ground::Request, "prot. 7", 1, found.records.len()).unwrap();
    vec![
        NewEvent::new(Topic::Office, order_id(n), ordered),
        NewEvent::new(
            Topic::Office,
            order_id(n),
            ErasureListed {
                households: vec![household_id(n)],
                records: found.records,
            },
        ),
    ]
}

/// No body, answer or state of the file has one of the names.
fn forgot(desk: &Desk) {
    let dump = desk.dump().join("\n");
    for name in NAMES {
        assert!(!dump.contains(name), "{name} is shown");
        assert!(
            desk.store.read(|r| r.search(name, 5)).unwrap().is_empty(),
            "{name} is found"
        );
    }
    for head in desk.store.read(|r| r.heads()).unwrap() {
        let page = desk
            .store
            .read(|r| r.records(&head.log, 1, usize::MAX))
            .unwrap()
            .unwrap();
        for record in page.records {
            if let Body::Present(bytes) = &record.body {
                let text = String::from_utf8_lossy(bytes).into_owned();
                assert!(NAMES.iter().all(|name| !text.contains(name)), "{text}");
            }
        }
    }
}

#[test]
fn an_order_takes_the_person_and_leaves_the_figures() {
    let mut desk = Desk::new(1);
    desk.append(&[define_campaign(), define_service(), receive(1, vec![run(1, 100)])]);
    desk.append(&lives(1));
    desk.append(&[delegate_collects(1, 1)]);
    desk.append(&lives(2));
    let (before, heads_before) = desk
        .store
        .read(|r| Ok::<_, StoreError>((r.indicator(campaign_id())?, r.heads()?)))
        .unwrap();
    let held = desk.store.read(|r| r.held(desk_id(1), campaign_id())).unwrap();
    let events = order(&desk, 1);
    desk.append(&events);

    desk.store
        .read(|r| {
            assert_eq!(r.state::<Household>(household_id(1))?, None);
            assert_eq!(r.erased_by(household_id(1))?, Some(order_id(1)));
            assert_eq!(r.erased_by(household_id(2))?, None);
            let right = r.state::<Entitlement>(entitlement_id(1))?.unwrap();
            assert_eq!(right.delivered(), Cents(30_000));
            assert_eq!(r.indicator(campaign_id())?, before, "served of presented");
            assert_eq!(
                r.held(desk_id(1), campaign_id())?,
                held,
                "the vouchers are where they are"
            );
            assert_eq!(
                r.search("Zanobini", 5)?.len(),
                1,
                "the other one is found as before"
            );
            let orders = r.erasures()?;
            assert_eq!((orders.len(), orders[0].households, orders[0].records), (1, 1, 3));
            for old in heads_before {
                assert_eq!(
                    r.link_at(&old.log, old.seq)?,
                    Some(old.link),
                    "the chain is the same"
                );
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let report = desk.store.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.differences);
    assert_eq!((report.erased, report.unexplained, report.missing), (3, 0, 0));
    let events = order(&desk, 2);
    desk.append(&events);
    forgot(&desk);
    desk.sound();
}

#[test]
fn what_comes_after_the_order_is_erased_at_the_door() {
    let (mut office, mut away) = (Desk::new(1), Desk::new(2));
    office.append(&[define_campaign()]);
    office.append(&lives(1));
    away.pull(&office, 1 << 20);
    let events = order(&office, 1);
    office.append(&events);
    // Unaware, another desk writes a note and serves.
    away.append(&[NewEvent::new(
        Q1,
        household_id(1),
        HouseholdNoted {
            text: "malatissima".into(),
        },
    )]);
    away.append(&[delegate_collects(1, 4)]);
    office.pull(&away, 1 << 20);
    // The note is the household's and goes by itself. The delivery waits to be named, and what remains of it to be told.
    let late = office.store.read(|r| r.erasure_late()).unwrap();
    assert_eq!(late.get(&order_id(1)).map(Vec::len), Some(1), "{late:?}");
    let mut found = Erasable::default();
    office
        .store
        .read(|r| r.erasable(entitlement_id(1), &mut found))
        .unwrap();
    assert_eq!(found.records.len(), 1);
    office
        .store
        .write(|tx| {
            let author = Author {
                actor: OperatorId::default(),
                ..author(noon())
            };
            let list = ErasureListed {
                households: vec![],
                records: found.records.clone(),
            };
            tx.append(
                &author,
                &[NewEvent::new(Topic::Office, order_id(1), list)],
                &mut || [9; 16],
            )?;
            tx.erasure_late_done()
        })
        .unwrap();
    forgot(&office);
    office.sound();
    let told = office.store.read(|r| r.erasures()).unwrap();
    assert_eq!((told[0].records, told[0].late), (3, 1));
    away.pull(&office, 1 << 20);
    forgot(&away);
    away.sound();
    let served = |desk: &Desk| {
        let right = desk.store.read(|r| r.state::<Entitlement>(entitlement_id(1)));
        right.unwrap().unwrap().delivered()
    };
    assert_eq!((served(&office), served(&away)), (Cents(30_000), Cents(30_000)));
    // A third one that never saw a body shows the same, whoever it comes from.
    let third = Desk::new(3);
    third.pull(&office, 300);
    assert_eq!(third.dump(), office.dump());
    assert_eq!(away.dump(), office.dump());
}

#[test]
fn a_backup_that_still_has_the_bodies_brings_nothing_back() {
    let mut desk = Desk::new(1);
    desk.append(&[define_campaign()]);
    desk.append(&lives(1));
    let keys = KeyRing::new(desk.dir.path().join("keys"));
    std::fs::create_dir_all(desk.dir.path().join("keys")).unwrap();
    let made = desk
        .store
        .backup(
            &desk.dir.path().join("backups"),
            &keys,
            chrono::Utc::now(),
            backup::KeepPolicy::default(),
        )
        .unwrap();
    let events = order(&desk, 1);
    desk.append(&events);
    let home = tempfile::tempdir().unwrap();
    let restored = backup::restore(&made.path, home.path(), &key()).unwrap();
    assert!(!restored.read(|r| r.search("Zanobini", 5)).unwrap().is_empty());
    // It hands on what it has: nothing of it comes in with a body.
    let other = Desk::new(2);
    other.pull(&desk, 1 << 20);
    let q1 = LogName::new(desk_id(1), Q1);
    let page = restored.read(|r| r.records(&q1, 1, 1 << 20)).unwrap().unwrap();
    let fresh = Desk::new(3);
    let office = LogName::new(desk_id(1), Topic::Office);
    let orders = desk
        .store
        .read(|r| r.records(&office, 1, 1 << 20))
        .unwrap()
        .unwrap();
    fresh
        .store
        .write(|tx| {
            tx.ingest(&office, 1, &orders.records)?;
            tx.ingest(&q1, 1, &page.records)
        })
        .unwrap();
    forgot(&fresh);
    fresh.sound();
    assert_eq!(fresh.dump(), desk.dump());
    // And when the order reaches it, it obeys too.
    let last = page.last.0;
    restored
        .write(|tx| {
            tx.ingest(&office, 1, &orders.records)?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(last, 5);
    assert_eq!(restored.read(|r| r.search("Zanobini", 5)).unwrap(), vec![]);
    assert!(restored.verify().unwrap().is_sound());
    assert_eq!(other.dump(), desk.dump());
}

#[test]
fn a_branch_that_was_kept_apart_is_erased_too() {
    let (mut desk, mut clone) = (Desk::new(1), Desk::new(1));
    desk.append(&lives(1));
    clone.append(&[NewEvent::new(
        Q1,
        household_id(1),
        HouseholdNoted {
            text: "malatissima".into(),
        },
    )]);
    let q1 = LogName::new(desk_id(1), Q1);
    let other = Desk::new(2);
    other.pull(&desk, 1 << 20);
    let branch = clone.store.read(|r| r.records(&q1, 1, 1 << 20)).unwrap().unwrap();
    let kept = |desk: &Desk| {
        let bodies = "SELECT count(*) FROM fork WHERE body IS NOT NULL";
        desk.store.read(|r| r.number(bodies)).unwrap()
    };
    other
        .store
        .write(|tx| tx.ingest(&q1, 1, &branch.records).map(|_| ()))
        .unwrap();
    assert_eq!(kept(&other), 1);
    let events = order(&desk, 1);
    desk.append(&events);
    other.pull(&desk, 1 << 20);
    assert_eq!(kept(&other), 0);
    // Again, after the order.
    let third = Desk::new(3);
    third.pull(&desk, 1 << 20);
    third
        .store
        .write(|tx| tx.ingest(&q1, 1, &branch.records).map(|_| ()))
        .unwrap();
    assert_eq!(kept(&third), 0);
}

#[test]
fn what_stands_at_the_same_place_of_another_branch_stays() {
    let (mut desk, mut clone, other) = (Desk::new(1), Desk::new(1), Desk::new(2));
    desk.append(&lives(1));
    clone.append(&lives(2));
    let q1 = LogName::new(desk_id(1), Q1);
    other.pull(&desk, 1 << 20);
    let branch = clone.store.read(|r| r.records(&q1, 1, 1 << 20)).unwrap().unwrap();
    other
        .store
        .write(|tx| tx.ingest(&q1, 1, &branch.records).map(|_| ()))
        .unwrap();
    let kept = |desk: &Desk| {
        let bodies = "SELECT count(*) FROM fork WHERE body IS NOT NULL";
        desk.store.read(|r| r.number(bodies)).unwrap()
    };
    let apart = kept(&other);
    assert!(apart > 0);
    let events = order(&desk, 1);
    desk.append(&events);
    let office = LogName::new(desk_id(1), Topic::Office);
    let orders = desk
        .store
        .read(|r| r.records(&office, 1, 1 << 20))
        .unwrap()
        .unwrap();
    let before = clone.dump();
    for reader in [&other, &clone] {
        reader
            .store
            .write(|tx| tx.ingest(&office, 1, &orders.records).map(|_| ()))
            .unwrap();
        reader.sound();
    }
    forgot(&other);
    assert_eq!(kept(&other), apart, "another household stands there");
    let whole = clone.store.read(|r| r.records(&q1, 1, 1 << 20)).unwrap().unwrap();
    assert_eq!(whole.records, branch.records, "nobody ordered these");
    let names = |dump: &[String]| dump.iter().filter(|line| line.contains("Zanobini")).count();
    assert_eq!(names(&clone.dump()), names(&before));
}

#[test]
fn an_order_from_before_bodies_were_named_takes_whatever_stands_there() {
    let mut desk = Desk::new(1);
    desk.append(&lives(1));
    let mut events = order(&desk, 1);
    let mut list: ErasureListed = match &events[1].event {
        Event::ErasureListed(list) => list.clone(),
        other => panic!("{other:?}"),
    };
    list.records.iter_mut().for_each(|named| named.body = None);
    events[1] = NewEvent::new(Topic::Office, order_id(1), list);
    desk.append(&events);
    forgot(&desk);
    desk.sound();
}

#[test]
fn what_is_written_of_an_erased_household_all_the_same_is_nothing_but_a_head() {
    let mut desk = Desk::new(1);
    desk.append(&lives(1));
    let events = order(&desk, 1);
    desk.append(&events);
    desk.append(&lives(1)[..1]);
    forgot(&desk);
    desk.sound();
    assert_eq!(
        desk.store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap(),
        None
    );
}

#[test]
fn orders_outside_the_offices_topic_are_none() {
    let mut desk = Desk::new(1);
    desk.append(&lives(1));
    let mut events = order(&desk, 1);
    for event in &mut events {
        event.topic = Q1;
    }
    desk.append(&events);
    assert!(
        desk.store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap()
            .is_some()
    );
    desk.sound();
}

#[test]
fn the_file_is_written_anew_without_what_was_erased() {
    let mut desk = Desk::new(1);
    desk.append(&[define_campaign()]);
    for n in 0..40 {
        desk.append(&lives(n));
    }
    assert!(desk.store.scrub().unwrap(), "nothing to do");
    for n in 0..40 {
        let events = order(&desk, n);
        desk.append(&events);
    }
    assert!(desk.store.read(|r| r.needs_scrub()).unwrap());
    assert!(desk.store.scrub().unwrap());
    assert!(!desk.store.read(|r| r.needs_scrub()).unwrap());
    let left = std::fs::metadata(desk.path().with_extension("db-wal")).map_or(0, |facts| facts.len());
    assert!(left < 64 << 10, "the write-ahead log is {left} bytes long");
    assert_eq!(
        desk.store.read(|r| r.number("PRAGMA freelist_count")).unwrap(),
        0,
        "no page holds what nobody reads"
    );
    desk.store.check_pages().unwrap();
    let mut desk = desk.reopened();
    forgot(&desk);
    desk.sound();
    desk.append(&lives(50));
    desk.sound();
}

#[test]
fn a_missing_body_is_no_erased_one() {
    let mut desk = Desk::new(1);
    desk.append(&lives(1));
    desk.append(&[plain_household(2)]);
    let events = order(&desk, 1);
    desk.append(&events);
    desk.sound();
    desk.store
        .tamper("UPDATE journal SET body = NULL WHERE erased IS NULL AND place = (SELECT max(j.place) FROM journal j JOIN log l ON l.id = j.place >> 40 WHERE j.body IS NOT NULL AND l.topic = 'q1')")
        .unwrap();
    let report = desk.store.verify().unwrap();
    assert_eq!((report.missing, report.is_sound()), (1, false));
    assert_eq!(report.unexplained, 0);
}

#[test]
fn a_body_that_should_be_gone_is_found() {
    let mut desk = Desk::new(1);
    desk.append(&lives(1));
    let body = desk
        .store
        .read(|r| r.records(&LogName::new(desk_id(1), Q1), 1, 1 << 20))
        .unwrap()
        .unwrap()
        .records
        .into_iter()
        .next()
        .unwrap();
    let events = order(&desk, 1);
    desk.append(&events);
    let Record {
        body: Body::Present(bytes),
        ..
    } = body
    else {
        unreachable!("it was read before the order");
    };
    let hex = hex::encode(bytes);
    desk.store
        .tamper(&format!(
            "UPDATE journal SET body = x'{hex}', erased = NULL WHERE place = (SELECT id << 40 | 1 FROM log WHERE topic = 'q1')"
        ))
        .unwrap();
    let report = desk.store.verify().unwrap();
    assert!(
        report
            .differences
            .iter()
            .any(|difference| difference.what == "a body that an order erased"),
        "{:?}",
        report.differences
    );
}

#[test]
fn an_order_that_an_older_program_kept_unread_is_obeyed_after_the_update() {
    let (mut office, desk) = (Desk::new(1), Desk::new(2));
    office.append(&lives(1));
    desk.pull(&office, 1 << 20);
    let events = order(&office, 1);
    office.append(&events);
    let log = LogName::new(desk_id(1), Topic::Office);
    let page = office
        .store
        .read(|r| r.records(&log, 1, 1 << 20))
        .unwrap()
        .unwrap();
    // As an older program leaves it: kept, listed as waiting, not obeyed.
    desk.store
        .write(|tx| tx.keep_unread(&log, &page.records))
        .unwrap();
    assert_eq!(desk.store.read(|r| r.waiting()).unwrap().len(), 2);
    assert!(!desk.store.read(|r| r.search("Zanobini", 5)).unwrap().is_empty());
    desk.store
        .tamper("UPDATE meta SET value = '[\"projection 1\"]' WHERE key = 'folded_with'")
        .unwrap();
    let desk = desk.reopened();
    forgot(&desk);
    desk.sound();
    assert_eq!(desk.dump(), office.dump());
}

#[derive(Clone, Debug)]
enum Step {
    Write { desk: u8, household: u64, what: u8 },
    Exchange { to: u8, from: u8 },
    Order { household: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0_u8..3, 0_u64..3, 0_u8..7).prop_map(|(desk, household, what)| Step::Write { desk, household, what }),
        3 => (0_u8..3, 0_u8..3).prop_map(|(to, from)| Step::Exchange { to, from }),
        1 => (0_u64..3).prop_map(|household| Step::Order { household }),
    ]
}

fn written(desk: u8, n: u64, what: u8, at: u64) -> Vec<NewEvent> {
    match what {
        0 => lives(n),
        1 | 2 => vec![delegate_collects(n, u64::from(desk) * 1000 + at)],
        3 => vec![NewEvent::new(
            Q1,
            household_id(n),
            HouseholdNoted {
                text: "malatissima".into(),
            },
        )],
        4 => vec![NewEvent::new(
            Q1,
            appointment_id(n),
            a::Parked {
                reason: "malatissima".into(),
            },
        )],
        5 => vec![reverse(n, u64::from(desk) * 1000 + at.saturating_sub(1), true)],
        _ => vec![refuse(n)],
    }
}

/// As the desk that ordered does after each exchange.
fn add_late(desk: &mut Desk, now: Timestamp) {
    let late = desk.store.read(|r| r.erasure_late()).unwrap();
    for (order, things) in late {
        let mut found = Erasable::default();
        for thing in things {
            desk.store.read(|r| r.erasable(thing, &mut found)).unwrap();
        }
        if found.records.is_empty() {
            continue;
        }
        let list = ErasureListed {
            households: vec![],
            records: found.records,
        };
        desk.append_at(now, &[NewEvent::new(Topic::Office, order, list)]);
    }
    desk.store.write(|tx| tx.erasure_late_done()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn whoever_holds_the_same_records_forgets_the_same(
        steps in prop::collection::vec(step(), 5..50),
        pages in prop::array::uniform3(100_usize..4000),
    ) {
        let mut desks: Vec<Desk> = (0..3).map(Desk::new).collect();
        for household in 0..3 {
            desks[0].append_at(Timestamp(noon().0 - 1000), &lives(household));
        }
        let mut ordered = std::collections::BTreeSet::new();
        for (at, step) in (0_u64..).zip(steps) {
            let now = Timestamp(noon().0 + at.cast_signed() * 1000);
            match step {
                Step::Write { desk, household, what } => {
                    desks[usize::from(desk)].append_at(now, &written(desk, household, what, at));
                }
                Step::Exchange { to, from } if to != from => {
                    desks[usize::from(to)].pull(&desks[usize::from(from)], 1500);
                }
                Step::Exchange { .. } => {}
                Step::Order { household } => {
                    // One desk orders; it adds what it learns later.
                    let events = order(&desks[0], household);
                    if ordered.insert(household) {
                        desks[0].append_at(now, &events);
                    }
                }
            }
        }
        let late = Timestamp(noon().0 + 3_600_000);
        for _ in 0..2 {
            for to in 0..desks.len() {
                for from in 0..desks.len() {
                    if to != from {
                        desks[to].pull(&desks[from], 900);
                    }
                }
                if to == 0 {
                    add_late(&mut desks[0], late);
                }
            }
        }
        for to in 1..desks.len() {
            desks[to].pull(&desks[0], 900);
        }
        let expected = desks[0].dump();
        // Readers that never saw a body of what was erased, in pages of their own.
        let readers: Vec<Desk> = pages.iter().zip(7..).map(|(page, n)| {
            let reader = Desk::new(n);
            for desk in &desks {
                reader.pull(desk, *page);
            }
            reader
        }).collect();
        for desk in desks.iter().chain(&readers) {
            prop_assert_eq!(&desk.dump(), &expected);
            let report = desk.store.verify().unwrap();
            prop_assert!(report.is_sound(), "{:?}", report.differences);
            prop_assert_eq!((report.unexplained, report.missing), (0, 0));
            for n in &ordered {
                let mut left = Erasable::default();
                desk.store.read(|r| {
                    r.erasable(household_id(*n), &mut left)?;
                    r.erasable(entitlement_id(*n), &mut left)?;
                    r.erasable(appointment_id(*n), &mut left)
                }).unwrap();
                prop_assert_eq!(left.records, vec![]);
            }
        }
        readers[0].store.rebuild_projections().unwrap();
        prop_assert_eq!(&readers[0].dump(), &expected);
    }
}
