// SPDX-License-Identifier: EUPL-1.2
//! Every rule of the agenda has a test here that fails without it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::agenda::Taken;
use crate::context::{Ctx, tests::ctx};
use crate::event::NewEvent;
use crate::ids::CommandId;
use crate::meta::Topic;
use crate::office::{Opening, Service};
use crate::refusal::Rejection;
use crate::state::Fold;
use crate::time::Hlc;
use chrono::{Duration, NaiveTime};
use uuid::Uuid;

const TOPIC: Topic = Topic::Quartiere(2);

fn service() -> Service {
    Service {
        id: ServiceId(Uuid::from_u128(5)),
        name: "Buoni spesa".into(),
        name_en: "Vouchers".into(),
        minutes: 15,
        requirements: vec![],
        sites: vec![ctx().site],
        openings: vec![Opening {
            sites: vec![],
            weekdays: vec![1, 2, 3, 4, 5],
            from: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
            to: NaiveTime::from_hms_opt(18, 0, 0).unwrap(),
            every_minutes: 15,
            capacity: 2,
        }],
        closed: vec![],
        campaign: None,
        active: true,
        rules: None,
    }
}

/// A slot begins at the very moment of `ctx()`, which is noon of a Monday.
fn place(minutes: i64, taken: usize) -> Place {
    Place {
        site: ctx().site,
        start: ctx().now.rome() + Duration::minutes(minutes),
        hours: None,
        taken: vec![
            Taken {
                service: service().id,
                start: ctx().now.rome() + Duration::minutes(minutes),
                minutes: 15,
            };
            taken
        ],
        overbook: None,
    }
}

fn ticket() -> Ticket {
    Ticket::after(0, None)
}

fn household() -> Attendee {
    Attendee::Household(HouseholdId(Uuid::from_u128(7)), None)
}

fn id() -> AppointmentId {
    AppointmentId(Uuid::from_u128(0xa1))
}

fn fold(state: Option<Appointment>, tick: u64, events: &[NewEvent]) -> Appointment {
    events
        .iter()
        .fold(state, |s, e| {
            let meta = crate::meta::EventMeta {
                desk: ctx().desk,
                topic: TOPIC,
                seq: tick,
                hlc: Hlc(tick << 16),
                at: Timestamp(i64::try_from(tick).unwrap()),
                entity: e.entity,
                actor: OperatorId::default(),
                command: CommandId::default(),
            };
            Appointment::fold(s, &meta, &e.event)
        })
        .unwrap()
}

fn booked() -> Appointment {
    fold(
        None,
        1,
        &book(&ctx(), TOPIC, id(), &service(), household(), &place(30, 0), None).unwrap(),
    )
}

#[test]
fn a_slot_is_booked_while_it_has_room() {
    let book = |place: &Place| book(&ctx(), TOPIC, id(), &service(), household(), place, None);
    assert!(book(&place(30, 1)).is_ok());
    assert!(matches!(
        book(&place(30, 2)),
        Err(Rejection::SlotFull { capacity: 2, .. })
    ));
    let over = Place {
        overbook: Some("urgenza segnalata".into()),
        ..place(30, 2)
    };
    assert_eq!(
        fold(None, 1, &book(&over).unwrap()).overbooked.as_deref(),
        Some("urgenza segnalata")
    );
    let idle = Place {
        overbook: Some("urgenza".into()),
        ..place(30, 0)
    };
    assert_eq!(
        fold(None, 1, &book(&idle).unwrap()).overbooked,
        None,
        "there was room"
    );
    assert!(matches!(book(&place(31, 0)), Err(Rejection::NoSuchSlot { .. })));
    assert!(book(&place(0, 0)).is_ok(), "the slot that is running now");
    assert!(matches!(book(&place(-15, 0)), Err(Rejection::SlotPast { .. })));
}

#[test]
fn a_household_has_one_open_appointment_for_a_service() {
    let again = book(
        &ctx(),
        TOPIC,
        AppointmentId::default(),
        &service(),
        household(),
        &place(60, 0),
        Some(&booked()),
    );
    assert!(matches!(again, Err(Rejection::AlreadyBooked { .. })));
}

#[test]
fn somebody_in_no_list_needs_a_name() {
    let person = Attendee::Person(Person {
        name: " ".into(),
        phone: String::new(),
    });
    let nameless = book(&ctx(), TOPIC, id(), &service(), person, &place(30, 0), None);
    assert_eq!(nameless, Err(Rejection::FieldInvalid { field: "name" }));
}

#[test]
fn a_list_taken_in_at_two_desks_is_of_the_household_that_one_of_them_knew() {
    let person = Attendee::Person(Person {
        name: "Mario Rossi".into(),
        phone: "055 1".into(),
    });
    let write = |who| book(&ctx(), TOPIC, id(), &service(), who, &place(30, 0), None).unwrap();
    let (unknown, known) = (write(person), write(household()));
    for (first, second) in [(&unknown, &known), (&known, &unknown)] {
        let both = fold(Some(fold(None, 1, first)), 2, second);
        assert_eq!(both.household, Some(HouseholdId(Uuid::from_u128(7))));
        assert_eq!(
            both.person, None,
            "who is of a household is not kept a second time"
        );
    }
}

#[test]
fn who_came_is_presented_even_after_being_marked_as_missing() {
    let later = Ctx {
        now: Timestamp(ctx().now.0 + 3_600_000),
        ..ctx()
    };
    assert!(
        matches!(miss(&ctx(), TOPIC, &booked()), Err(Rejection::WrongStatus { .. })),
        "its time has not come"
    );
    let missed = fold(Some(booked()), 2, &miss(&later, TOPIC, &booked()).unwrap());
    assert_eq!(missed.status, AppointmentStatus::Missed);
    let back = fold(
        Some(missed.clone()),
        3,
        &present(&ctx(), TOPIC, &missed, ticket()).unwrap(),
    );
    assert_eq!(
        (back.status, back.presented_at),
        (AppointmentStatus::Presented, Some(Timestamp(3)))
    );
    assert_eq!(
        present(&ctx(), TOPIC, &back, ticket()),
        Ok(vec![]),
        "a second keystroke changes nothing"
    );
}

#[test]
fn an_appointment_goes_from_called_to_parked_and_back() {
    let here = fold(
        Some(booked()),
        2,
        &present(&ctx(), TOPIC, &booked(), ticket()).unwrap(),
    );
    let called = fold(
        Some(here.clone()),
        3,
        &call(&ctx(), TOPIC, &here, ticket()).unwrap(),
    );
    assert_eq!(
        (called.status, called.desk),
        (AppointmentStatus::Called, Some(ctx().desk))
    );
    let parked = fold(
        Some(called.clone()),
        4,
        &park(TOPIC, &called, "manca la delega").unwrap(),
    );
    assert_eq!(
        (parked.status, parked.reason.as_str()),
        (AppointmentStatus::Parked, "manca la delega")
    );
    let again = fold(
        Some(parked.clone()),
        5,
        &call(&ctx(), TOPIC, &parked, ticket()).unwrap(),
    );
    let over = fold(
        Some(again.clone()),
        6,
        &close(TOPIC, &again, Outcome::Served).unwrap(),
    );
    assert_eq!(
        (over.status, over.presented_at),
        (AppointmentStatus::Finished, Some(Timestamp(2)))
    );
    assert!(call(&ctx(), TOPIC, &over, ticket()).is_err());
    assert!(
        matches!(park(TOPIC, &booked(), ""), Err(Rejection::WrongStatus { .. })),
        "nobody is there"
    );
}

#[test]
fn the_last_step_can_be_taken_back() {
    let here = fold(
        Some(booked()),
        2,
        &present(&ctx(), TOPIC, &booked(), ticket()).unwrap(),
    );
    let back = fold(Some(here.clone()), 3, &undo(TOPIC, &here).unwrap());
    assert_eq!(
        (back.status, back.presented_at),
        (AppointmentStatus::Booked, None),
        "it had not come after all"
    );
    assert!(undo(TOPIC, &back).is_err());
    let cancelled = fold(
        Some(booked()),
        2,
        &cancel(TOPIC, &booked(), "telefonata").unwrap(),
    );
    assert_eq!(
        fold(Some(cancelled.clone()), 3, &undo(TOPIC, &cancelled).unwrap()).status,
        AppointmentStatus::Booked
    );
}

#[test]
fn undoing_what_somebody_else_has_moved_on_changes_nothing() {
    let here = fold(
        Some(booked()),
        2,
        &present(&ctx(), TOPIC, &booked(), ticket()).unwrap(),
    );
    let undone = undo(TOPIC, &here).unwrap();
    let called = fold(
        Some(here.clone()),
        3,
        &call(&ctx(), TOPIC, &here, ticket()).unwrap(),
    );
    assert_eq!(fold(Some(called), 4, &undone).status, AppointmentStatus::Called);
}

#[test]
fn cancelling_needs_a_reason_and_does_not_undo_a_presence() {
    assert_eq!(cancel(TOPIC, &booked(), ""), Err(Rejection::ReasonMissing));
    let cancelled = cancel(TOPIC, &booked(), "malattia").unwrap();
    assert_eq!(
        fold(Some(booked()), 2, &cancelled).status,
        AppointmentStatus::Cancelled
    );
    // Cancelled at one desk while the household stood at another: it was there.
    let here = fold(
        Some(booked()),
        2,
        &present(&ctx(), TOPIC, &booked(), ticket()).unwrap(),
    );
    assert_eq!(
        fold(Some(here), 3, &cancelled).status,
        AppointmentStatus::Presented
    );
}

#[test]
fn moving_keeps_the_appointment_and_reopens_a_missed_one() {
    let moved = fold(
        Some(booked()),
        2,
        &move_to(&ctx(), TOPIC, &booked(), &service(), &place(90, 0)).unwrap(),
    );
    assert_eq!(
        (moved.start, moved.moves, &moved.code),
        (place(90, 0).start, 1, &booked().code)
    );
    assert_eq!(
        move_to(&ctx(), TOPIC, &moved, &service(), &place(90, 0)),
        Ok(vec![]),
        "it is there already"
    );
    assert!(matches!(
        move_to(&ctx(), TOPIC, &moved, &service(), &place(30, 2)),
        Err(Rejection::SlotFull { .. })
    ));
    let missed = Appointment {
        status: AppointmentStatus::Missed,
        ..booked()
    };
    let again = fold(
        Some(missed.clone()),
        3,
        &move_to(&ctx(), TOPIC, &missed, &service(), &place(90, 0)).unwrap(),
    );
    assert_eq!(again.status, AppointmentStatus::Booked);
}
