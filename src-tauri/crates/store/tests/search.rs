// SPDX-License-Identifier: EUPL-1.2
//! What people type at a counter finds whom they mean.
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
use sportello_domain::appointment as a;
use sportello_domain::event::NewEvent;
use sportello_domain::household::{Address, HouseholdCorrected, HouseholdData};
use sportello_domain::ids::HouseholdId;
use sportello_store::search::{Matched, SearchHit};

const NOBODY: [u64; 0] = [];

fn desk() -> Desk {
    let mut desk = Desk::new(1);
    let household = |n, members, phone: &str, list_ref: &str, street: &str| {
        register(
            n,
            HouseholdData {
                phone: phone.into(),
                list_ref: list_ref.into(),
                address: Address {
                    street: street.into(),
                    number: "7".into(),
                    ..Address::default()
                },
                ..data(members)
            },
        )
    };
    desk.append(&[
        define_campaign(),
        household(
            1,
            vec![
                member(1, "D'Angelo", "Niccolò", "CCCFBA85D03L21VE"),
                member(2, "De Luca", "Maria José", ""),
            ],
            "+39 055 612 3456",
            "PR/2021/0042",
            "Via dell'Agnolo",
        ),
        household(
            2,
            vec![member(3, "Angeli", "Marta", "CCCFBA85D03L219P")],
            "333-1234567",
            "PR/2021/0043",
            "Borgo Pinti",
        ),
        household(
            3,
            vec![member(4, "Marini", "Angelo", "STP0902010000012")],
            "",
            "",
            "Piazza d'Azeglio",
        ),
    ]);
    desk
}

#[test]
fn a_list_reference_is_taken_as_one_and_not_for_words_that_others_have_too() {
    let mut desk = desk();
    let other = HouseholdData {
        phone: "0042 555 1234".into(),
        list_ref: "PR/2021/0099".into(),
        ..data(vec![member(9, "Bianchi", "Carla", "")])
    };
    desk.append(&[register(4, other)]);
    for typed in [
        "PR/2021/0042",
        "pr 2021 0042",
        "PR-2021-0042",
        "pr20210042",
        "PR/2021/004",
    ] {
        let hits = found(&desk, typed);
        assert!(hits.contains(&(household_id(1), Matched::ListRef)), "{typed}");
        assert!(!hits.iter().any(|(id, _)| *id == household_id(4)), "{typed}");
    }
    assert_eq!(found(&desk, "PR/2021").len(), 3, "the beginning of them all");
}

fn found(desk: &Desk, question: &str) -> Vec<(HouseholdId, Matched)> {
    desk.store
        .read(|r| r.search(question, 10))
        .unwrap()
        .into_iter()
        .filter_map(|hit| match hit {
            SearchHit::Household(hit) => Some((hit.household.id, hit.matched)),
            _ => None,
        })
        .collect()
}

fn ids(desk: &Desk, question: &str) -> Vec<u64> {
    let mut ids: Vec<u64> = found(desk, question)
        .iter()
        .map(|(id, _)| (id.0.as_u128() - 0x1000_0000) as u64)
        .collect();
    ids.sort_unstable();
    ids
}

#[test]
fn names_are_found_by_their_beginnings_in_any_order_with_or_without_marks() {
    let desk = desk();
    for question in [
        "d'angelo",
        "DANGELO",
        "d’ang",
        "niccolo dang",
        "angelo nicc",
        "Niccolò D'Angelo",
        "dang",
    ] {
        assert!(ids(&desk, question).contains(&1), "{question}");
    }
    for question in ["deluca", "de luca", "luca jos", "josé de", "maria jose de luca"] {
        assert_eq!(ids(&desk, question), [1], "{question}");
    }
    assert_eq!(ids(&desk, "ang"), [1, 2, 3]);
    assert_eq!(ids(&desk, "mar"), [1, 2, 3]);
    assert_eq!(ids(&desk, "marta angeli x"), NOBODY);
    assert_eq!(ids(&desk, "   "), NOBODY);
    assert_eq!(ids(&desk, "' \" * ( ) AND OR NEAR"), NOBODY);
    assert_eq!(found(&desk, "angelo")[0].1, Matched::Name);
}

#[test]
fn the_applicant_whose_surname_it_is_comes_first() {
    let desk = desk();
    let first = |question: &str| found(&desk, question)[0].0;
    assert_eq!(first("angeli"), household_id(2));
    assert_eq!(first("marini"), household_id(3));
}

#[test]
fn codes_are_found_as_typed_as_scanned_and_through_omocodia() {
    let desk = desk();
    // The two differ in one digit that omocodia replaced: typed whole, each is found first by the code as it was given.
    assert_eq!(ids(&desk, "CCCFBA85D03L21VE"), [1, 2]);
    assert_eq!(ids(&desk, "cccfba85"), [1, 2]);
    assert_eq!(ids(&desk, "*CCCFBA85D03L219P*"), [1, 2]);
    assert_eq!(ids(&desk, "%CCCFBA85D03L21VE?"), [1, 2]);
    assert_eq!(ids(&desk, "stp09020"), [3]);
    assert_eq!(found(&desk, "stp09020")[0].1, Matched::Identifier);
}

#[test]
fn telephones_references_and_streets() {
    let desk = desk();
    for question in ["0556123456", "055 612", "055 6123456", "612 3456"] {
        assert_eq!(ids(&desk, question), [1], "{question}");
    }
    assert_eq!(found(&desk, "333 1234567"), [(household_id(2), Matched::Phone)]);
    for question in ["PR/2021/0043", "pr 2021 0043", "pr20210043"] {
        assert_eq!(
            found(&desk, question),
            [(household_id(2), Matched::ListRef)],
            "{question}"
        );
    }
    assert_eq!(ids(&desk, "agnolo"), [1]);
    assert_eq!(ids(&desk, "borgo pinti 7"), [2]);
    assert_eq!(ids(&desk, "azeglio"), [3]);
}

#[test]
fn what_was_corrected_is_found_by_what_holds_now() {
    let mut desk = desk();
    let data = HouseholdData {
        list_ref: String::new(),
        ..data(vec![member(4, "Zanobini", "Angelo", "RSSMRA80A01D612Y")])
    };
    desk.append(&[NewEvent::new(
        Q1,
        household_id(3),
        HouseholdCorrected { data, import: None },
    )]);
    assert_eq!(ids(&desk, "marini"), NOBODY);
    assert_eq!(ids(&desk, "stp09"), NOBODY);
    assert_eq!(ids(&desk, "zanob ang"), [3]);
    assert_eq!(
        desk.store.read(|r| r.members_by_key("STP0902010000012")).unwrap(),
        vec![]
    );
    assert_eq!(
        desk.store.read(|r| r.members_by_key("RSSMRA80A01D612Y")).unwrap()[0].household,
        household_id(3)
    );
    assert_eq!(
        desk.store
            .read(|r| r.households_by_list_ref(" pr/2021-0042"))
            .unwrap(),
        [household_id(1)]
    );
    assert_eq!(desk.store.read(|r| r.households_by_list_ref("")).unwrap(), vec![]);
}

#[test]
fn slips_and_serials_lead_to_the_household() {
    let mut desk = desk();
    desk.append(&[
        grant(1, 300, 1),
        receive(1, vec![run(1, 1000)]),
        deliver(1, 1, vec![run(1, 30)]),
        book(5, 2, "2021-01-18T09:00"),
    ]);
    assert_eq!(found(&desk, "AB0000017"), [(household_id(1), Matched::Serial)]);
    assert!(matches!(
        desk.store.read(|r| r.search("ab 0000500", 5)).unwrap()[..],
        [SearchHit::Stock { .. }]
    ));
    assert_eq!(desk.store.read(|r| r.search("AB0009999", 5)).unwrap(), vec![]);
    let code = a::SlipCode::of(appointment_id(5));
    for question in [code.to_string(), code.qr()] {
        assert_eq!(found(&desk, &question), [(household_id(2), Matched::Slip)]);
    }
    let walk_in = a::Booked {
        household: None,
        person: Some(a::Person {
            name: "Qualcuno".into(),
            phone: String::new(),
        }),
        entitlement: None,
        service: service_id(),
        site: site_id(),
        start: at("2021-01-18T09:00"),
        overbooked: None,
    };
    desk.append(&[NewEvent::new(Q1, appointment_id(6), walk_in)]);
    let hits = desk
        .store
        .read(|r| r.search(&a::SlipCode::of(appointment_id(6)).to_string(), 5))
        .unwrap();
    assert!(matches!(hits[..], [SearchHit::Appointment { .. }]));
}
