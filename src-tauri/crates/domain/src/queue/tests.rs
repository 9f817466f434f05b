// SPDX-License-Identifier: EUPL-1.2
//! The order of the queue, and the state machine of a visit under whatever two desks do to it.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::appointment::{self as a, Attendee, Booked, Outcome, Person};
use crate::context::{Ctx, tests::ctx};
use crate::event::NewEvent;
use crate::ids::{CommandId, OperatorId};
use crate::meta::{EventMeta, Topic};
use crate::office::Service;
use crate::state::Fold;
use crate::time::{Hlc, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

const TOPIC: Topic = Topic::Quartiere(2);
const MINUTE: i64 = 60_000;

fn service() -> Service {
    Service {
        id: ServiceId(Uuid::from_u128(5)),
        name: "Buoni spesa".into(),
        name_en: "Vouchers".into(),
        minutes: 15,
        requirements: vec![],
        sites: vec![ctx().site],
        openings: vec![],
        closed: vec![],
        campaign: None,
        active: true,
        rules: None,
    }
}

fn desk(number: u8, minutes: i64) -> Ctx {
    Ctx {
        desk: DeskId(Uuid::from_u128(0xd1 + u128::from(number))),
        now: Timestamp(ctx().now.0 + minutes * MINUTE),
        ..ctx()
    }
}

/// A fact as a desk writes it: facts are ordered by the minute, then by the desk.
fn written(by: &Ctx, event: NewEvent) -> (EventMeta, crate::event::Event) {
    let meta = EventMeta {
        desk: by.desk,
        topic: TOPIC,
        seq: 1,
        hlc: Hlc(u64::try_from(by.now.0).unwrap() << 16),
        at: by.now,
        entity: event.entity,
        actor: OperatorId::default(),
        command: CommandId::default(),
    };
    (meta, event.event)
}

fn after(state: Option<Appointment>, by: &Ctx, events: Vec<NewEvent>) -> Appointment {
    events
        .into_iter()
        .map(|event| written(by, event))
        .fold(state, |state, (meta, event)| {
            Appointment::fold(state, &meta, &event)
        })
        .unwrap()
}

fn person() -> Attendee {
    Attendee::Person(Person {
        name: "Persona Qualunque".into(),
        phone: String::new(),
    })
}

fn id(n: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(n))
}

fn ticket(n: u8) -> Ticket {
    (0..n).fold(Ticket::after(0, None), |last, _| Ticket::after(0, Some(last)))
}

/// An appointment so many minutes from noon.
fn awaited(n: u128, start: i64) -> Appointment {
    let booked = NewEvent::new(
        TOPIC,
        id(n),
        Booked {
            household: None,
            person: None,
            entitlement: None,
            service: service().id,
            site: ctx().site,
            start: desk(0, start).now.rome(),
            overbooked: None,
        },
    );
    after(None, &desk(0, -600), vec![booked])
}

/// Somebody with an appointment so many minutes from noon, who arrives so many minutes from noon.
fn booked(n: u128, start: i64, arrives: i64) -> Appointment {
    let state = awaited(n, start);
    let here = a::present(&ctx(), TOPIC, &state, ticket(1)).unwrap();
    after(Some(state), &desk(0, arrives), here)
}

fn walked_in(n: u128, arrives: i64) -> Appointment {
    let by = desk(0, arrives);
    let events = a::walk_in(&by, TOPIC, id(n), &service(), arrival(), None).unwrap();
    after(None, &by, events)
}

fn arrival() -> a::Arrival<'static> {
    a::Arrival {
        attendee: person(),
        ticket: ticket(2),
        precedence: None,
    }
}

fn order(mut waiting: Vec<Appointment>) -> Vec<u128> {
    sort(&mut waiting);
    waiting.iter().map(|a| a.id.0.as_u128()).collect()
}

#[test]
fn appointments_keep_their_time_and_who_came_without_one_does_not_wait_for_ever() {
    // 1 is early for 10 past; 2 came at noon without; 3 is for 40 past.
    let waiting = vec![booked(3, 40, 0), walked_in(2, 0), booked(1, 10, -20)];
    assert_eq!(order(waiting), [1, 2, 3]);
}

#[test]
fn who_is_a_little_late_keeps_the_time_and_who_is_very_late_has_the_place_of_the_arrival() {
    assert_eq!(order(vec![booked(2, 5, 0), booked(1, 0, 10)]), [1, 2]);
    assert_eq!(order(vec![booked(2, 5, 0), booked(1, 0, 11)]), [2, 1]);
}

#[test]
fn precedence_goes_before_everything_in_the_order_of_arrival() {
    let prioritised = |appointment: Appointment| {
        let events = a::prioritise(TOPIC, &appointment, Some(Priority::Pregnancy), "").unwrap();
        after(Some(appointment), &desk(0, 60), events)
    };
    let waiting = vec![
        booked(1, 0, -5),
        prioritised(walked_in(2, 20)),
        prioritised(walked_in(3, 10)),
    ];
    assert_eq!(order(waiting), [3, 2, 1]);
    let other = a::prioritise(TOPIC, &walked_in(1, 0), Some(Priority::Other), " ");
    assert_eq!(other, Err(crate::refusal::Rejection::ReasonMissing));
}

#[test]
fn who_comes_in_with_another_reason_to_go_first_says_which() {
    let by = desk(0, 0);
    let come = |priority, reason| {
        let precedence = Some(a::Precedence { priority, reason });
        let arrival = a::Arrival {
            precedence,
            ..arrival()
        };
        a::walk_in(&by, TOPIC, id(1), &service(), arrival, None).map(|events| after(None, &by, events))
    };
    let missing = Err(crate::refusal::Rejection::ReasonMissing);
    assert_eq!(come(Priority::Other, " "), missing);
    let said = come(Priority::Other, " ha il treno ").unwrap();
    assert_eq!(said.priority, Some((Priority::Other, "ha il treno".into())));
    let foreseen = come(Priority::Age, "").unwrap();
    assert_eq!(foreseen.priority, Some((Priority::Age, String::new())));
    // The words can be mended.
    let mended = a::prioritise(TOPIC, &said, Some(Priority::Other), "ha l'autobus").unwrap();
    assert_eq!(
        after(Some(said.clone()), &by, mended).priority.unwrap().1,
        "ha l'autobus"
    );
    assert_eq!(
        a::prioritise(TOPIC, &said, Some(Priority::Other), "ha il treno"),
        Ok(vec![])
    );
}

#[test]
fn who_was_written_down_by_mistake_is_taken_back_and_who_was_called_is_not() {
    let mistake = walked_in(1, 0);
    let undone = a::undo(TOPIC, &mistake).unwrap();
    let gone = after(Some(mistake.clone()), &desk(0, 1), undone.clone());
    assert!(gone.is_mistake());
    assert_eq!((gone.presented_at, Rank::of(&gone)), (None, None));
    assert!(next([&gone], desk(0, 0).desk, |_| true).is_none());
    assert!(a::undo(TOPIC, &gone).is_err(), "there is nothing before it");
    // Called at another desk that had not heard of it: somebody is there.
    let called = a::call(&desk(1, 2), TOPIC, &mistake, ticket(1)).unwrap();
    let after_all = after(Some(gone), &desk(1, 2), called.clone());
    assert_eq!(after_all.status, AppointmentStatus::Called);
    assert!(after_all.presented_at.is_some());
    let first = after(Some(mistake), &desk(1, 0), called);
    let kept = after(Some(first), &desk(0, 1), undone);
    assert_eq!(kept.status, AppointmentStatus::Called);
    // A step taken back is not the arrival taken back.
    let parked = a::park(TOPIC, &walked_in(2, 0), "").unwrap();
    let parked = after(Some(walked_in(2, 0)), &desk(0, 1), parked);
    let back = after(
        Some(parked.clone()),
        &desk(0, 2),
        a::undo(TOPIC, &parked).unwrap(),
    );
    assert_eq!(back.status, AppointmentStatus::Presented);
    assert!(a::undo(TOPIC, &back).is_err());
    assert!(!back.is_mistake() && back.presented_at.is_some());
}

#[test]
fn who_was_called_in_vain_comes_back_behind_those_who_stayed() {
    let called = booked(1, 0, -5);
    let events = a::call(&desk(0, 1), TOPIC, &called, ticket(9)).unwrap();
    let called = after(Some(called), &desk(0, 1), events);
    assert_eq!(called.ticket, Some(ticket(1)), "it keeps its number");
    let missed = a::not_there(&desk(0, 4), TOPIC, &called).unwrap();
    let missed = after(Some(called), &desk(0, 4), missed);
    assert_eq!(missed.status, AppointmentStatus::Missed);
    assert!(
        missed.presented_at.is_some(),
        "it had come: it counts as presented"
    );
    let back = a::present(&ctx(), TOPIC, &missed, ticket(9)).unwrap();
    let back = after(Some(missed), &desk(0, 20), back);
    assert_eq!(order(vec![back, booked(2, 15, 5)]), [2, 1]);
}

#[test]
fn a_transfer_waits_for_the_desk_that_it_names_and_for_no_other() {
    let waiting = walked_in(1, 0);
    let events = a::transfer(
        &desk(0, 1),
        TOPIC,
        &waiting,
        Some(desk(1, 0).desk),
        None,
        "parla arabo",
    )
    .unwrap();
    let waiting = after(Some(waiting), &desk(0, 1), events);
    assert!(next([&waiting], desk(0, 0).desk, |_| true).is_none());
    assert!(next([&waiting], desk(1, 0).desk, |_| false).is_some());
    let plain = walked_in(2, 0);
    assert!(
        next([&plain], desk(0, 0).desk, |_| false).is_none(),
        "not offered here"
    );
    assert!(
        a::transfer(&desk(0, 1), TOPIC, &plain, None, None, "").is_err(),
        "to nowhere"
    );
}

#[test]
fn one_more_service_of_a_visit_has_the_same_number_and_the_first_ones_name() {
    let first = walked_in(1, 0);
    let by = desk(0, 9);
    let more = a::add_service(&by, TOPIC, id(2), &first, &service(), None, ticket(7)).unwrap();
    let more = after(None, &by, more);
    assert_eq!((more.ticket, more.visit), (first.ticket, Some(first.id)));
    assert_eq!(more.person, first.person);
    let third = a::add_service(&by, TOPIC, id(3), &more, &service(), None, ticket(7)).unwrap();
    assert_eq!(
        after(None, &by, third).visit,
        Some(first.id),
        "the visit is the first's"
    );
}

#[test]
fn what_a_visit_took_is_counted_by_itself() {
    let state = walked_in(1, 0);
    let call = |state: &Appointment, minutes| a::call(&desk(0, minutes), TOPIC, state, ticket(1)).unwrap();
    let state = after(Some(state.clone()), &desk(0, 10), call(&state, 10));
    let again = after(Some(state.clone()), &desk(0, 11), call(&state, 11));
    assert_eq!((again.calls, again.spent.waiting), (2, 600));
    let parked = a::park(TOPIC, &again, "manca la delega").unwrap();
    let parked = after(Some(again), &desk(0, 15), parked);
    let back = after(Some(parked.clone()), &desk(0, 35), call(&parked, 35));
    let over = a::close(TOPIC, &back, Outcome::Served).unwrap();
    let over = after(Some(back), &desk(0, 40), over);
    assert_eq!(
        over.spent,
        a::Spent {
            waiting: 600,
            serving: 300 + 300,
            parked: 1200
        }
    );
    assert_eq!(over.first_called_at, Some(desk(0, 10).now));
}

#[test]
fn a_service_may_want_an_appointment_and_a_suspended_one_is_not_given() {
    let by = desk(0, 0);
    let try_in = |service: &Service, open: Option<&Appointment>| {
        a::walk_in(&by, TOPIC, id(1), service, arrival(), open).map(|_| ())
    };
    let mut service = service();
    service.rules = Some(crate::office::ServiceRules {
        walk_in: false,
        ..Default::default()
    });
    assert_eq!(
        try_in(&service, None),
        Err(crate::refusal::Rejection::AppointmentRequired)
    );
    service.rules = None;
    let open = booked(9, 30, 0);
    assert!(matches!(
        try_in(&service, Some(&open)),
        Err(crate::refusal::Rejection::AlreadyBooked { .. })
    ));
    service.active = false;
    assert!(matches!(
        try_in(&service, None),
        Err(crate::refusal::Rejection::ServiceSuspended { .. })
    ));
}

#[test]
fn tickets_count_by_desk_and_begin_anew_after_the_last() {
    let first = Ticket::after(1, None);
    assert_eq!(first.to_string(), "B01");
    assert_eq!(Ticket::after(1, Some(first)).to_string(), "B02");
    let last: Ticket = "b999".parse().unwrap();
    assert_eq!(Ticket::after(1, Some(last)).to_string(), "B01");
    assert_eq!(Ticket::after(2, Some(last)).to_string(), "C01");
    for wrong in ["", "B", "I01", "B0", "B1000", "7", "é1"] {
        assert!(wrong.parse::<Ticket>().is_err(), "{wrong}");
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Present,
    Call,
    NotThere,
    Park,
    Transfer,
    Close,
    Undo,
    Next,
}

fn step() -> impl Strategy<Value = (Step, usize, u8, bool)> {
    let step = prop::sample::select(vec![
        Step::Present,
        Step::Call,
        Step::NotThere,
        Step::Park,
        Step::Transfer,
        Step::Close,
        Step::Undo,
        Step::Next,
        Step::Next,
        Step::Next,
    ]);
    (step, 0..4_usize, 0..2_u8, any::<bool>())
}

proptest! {
    /// Two desks, each on what it knows, sometimes without hearing of each other; what they wrote is then folded in one order.
    #[test]
    fn no_visitor_is_lost_and_none_is_called_twice_at_once(steps in prop::collection::vec(step(), 1..60)) {
        let begin: Vec<Appointment> = (0..4).map(|n| walked_in(n + 1, i64::try_from(n).unwrap())).collect();
        let mut known = [begin.clone(), begin.clone()];
        let mut facts: Vec<Vec<(EventMeta, crate::event::Event)>> = vec![Vec::new(); 4];
        let mut minutes = 10;
        for (step, who, at, heard) in steps {
            minutes += 1;
            let by = desk(at, minutes);
            let mine = usize::from(at);
            if heard {
                known[mine] = fold_all(&begin, &facts);
            }
            let who = match step {
                Step::Next => match next(&known[mine], by.desk, |_| true) {
                    Some(found) => {
                        // Whoever is next is not before anybody else who waits.
                        for other in known[mine].iter().filter(|other| waits_for(other, by.desk, |_| true)) {
                            prop_assert!(Rank::of(found) <= Rank::of(other));
                        }
                        usize::try_from(found.id.0.as_u128()).unwrap() - 1
                    }
                    None => continue,
                },
                _ => who,
            };
            let state = known[mine][who].clone();
            let at_other = state.status == AppointmentStatus::Called && state.desk != Some(by.desk);
            let done = match step {
                Step::Present => a::present(&ctx(), TOPIC, &state, ticket(5)),
                Step::Call | Step::Next => a::call(&by, TOPIC, &state, ticket(5)),
                Step::NotThere => a::not_there(&by, TOPIC, &state),
                Step::Park => a::park(TOPIC, &state, "attende"),
                Step::Transfer => a::transfer(&by, TOPIC, &state, Some(desk(1, 0).desk), None, ""),
                Step::Close => a::close(TOPIC, &state, Outcome::Served),
                Step::Undo => a::undo(TOPIC, &state),
            };
            if matches!(step, Step::Call | Step::Next) && at_other {
                prop_assert!(done.is_err(), "at another counter, and called all the same");
            }
            let Ok(events) = done else { continue };
            for event in events {
                let (meta, event) = written(&by, event);
                known[mine][who] = Appointment::fold(Some(known[mine][who].clone()), &meta, &event).unwrap();
                facts[who].push((meta, event));
            }
        }
        for (visitor, facts) in fold_all(&begin, &facts).into_iter().zip(&facts) {
            // Everybody who came is somewhere: waits, is served, waits aside, was called in vain, or is finished. Only whom a desk
            // saw as just written down, and took back, is nowhere.
            prop_assert!(visitor.status != AppointmentStatus::Booked);
            if visitor.status == AppointmentStatus::Cancelled {
                let back = |event: &crate::event::Event| matches!(event, crate::event::Event::AppointmentUndone(_));
                prop_assert!(facts.iter().any(|(_, event)| back(event)), "gone, and nobody took it back: {visitor:?}");
                continue;
            }
            prop_assert!(visitor.presented_at.is_some());
            prop_assert_eq!(visitor.status == AppointmentStatus::Called, visitor.status == AppointmentStatus::Called && visitor.desk.is_some());
            if visitor.status == AppointmentStatus::Presented {
                let by_someone = (0..2).any(|at| waits_for(&visitor, desk(at, 0).desk, |_| true));
                prop_assert!(by_someone, "nobody would ever call it: {visitor:?}");
            }
        }
    }
}

fn fold_all(begin: &[Appointment], facts: &[Vec<(EventMeta, crate::event::Event)>]) -> Vec<Appointment> {
    begin
        .iter()
        .zip(facts)
        .map(|(state, facts)| {
            let mut facts = facts.clone();
            facts.sort_by_key(|(meta, _)| meta.order());
            facts.iter().fold(state.clone(), |state, (meta, event)| {
                Appointment::fold(Some(state), meta, event).unwrap()
            })
        })
        .collect()
}

/// A day later.
const TOMORROW: i64 = 24 * 60;

fn moved(state: &Appointment, minutes: i64) -> NewEvent {
    let to = a::Moved {
        site: state.site,
        start: desk(0, minutes).now.rome(),
        overbooked: None,
    };
    NewEvent::new(TOPIC, state.id, to)
}

#[test]
fn who_comes_on_another_day_waits_on_that_day_and_undoing_puts_it_back() {
    let before = awaited(1, 15);
    // A desk of which this one has not heard moved it to tomorrow, and it came today.
    let gone = after(Some(before.clone()), &desk(1, 1), vec![moved(&before, TOMORROW)]);
    let planned = gone.start;
    let here = a::present(&desk(0, 5), TOPIC, &before, ticket(3)).unwrap();
    let here = after(Some(gone), &desk(0, 5), here);
    assert_eq!(
        (here.start, here.ticket),
        (desk(0, 5).now.rome(), Some(ticket(3)))
    );
    assert_eq!(here.planned, Some(planned));
    let undone = a::undo(TOPIC, &here).unwrap();
    let back = after(Some(here), &desk(0, 6), undone);
    assert_eq!((back.start, back.planned), (planned, None));
}

#[test]
fn who_is_there_is_not_sent_away_by_whoever_had_not_heard_of_it() {
    let here = booked(1, 15, 5);
    let still = after(Some(here.clone()), &desk(1, 6), vec![moved(&here, TOMORROW)]);
    assert_eq!((still.start, still.status), (here.start, here.status));
}

#[test]
fn a_number_is_of_one_day() {
    let here = booked(1, 0, 0);
    let called = a::call(&desk(0, 1), TOPIC, &here, ticket(9)).unwrap();
    let called = after(Some(here), &desk(0, 1), called);
    let missed = a::not_there(&desk(0, 2), TOPIC, &called).unwrap();
    let missed = after(Some(called), &desk(0, 2), missed);
    // The same day it comes back with the number that it has; moved to another day it gets another.
    let back = a::present(&desk(0, 9), TOPIC, &missed, ticket(8)).unwrap();
    assert_eq!(
        after(Some(missed.clone()), &desk(0, 9), back).ticket,
        missed.ticket
    );
    let tomorrow = after(Some(missed.clone()), &desk(0, 3), vec![moved(&missed, TOMORROW)]);
    assert_eq!((tomorrow.ticket, tomorrow.queued_at), (None, None));
    // So does who was missed and comes the next day.
    let late = a::present(&desk(0, TOMORROW), TOPIC, &missed, ticket(7)).unwrap();
    assert_eq!(
        after(Some(missed), &desk(0, TOMORROW), late).ticket,
        Some(ticket(7))
    );
}
