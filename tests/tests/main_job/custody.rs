// SPDX-License-Identifier: EUPL-1.2
//! Two desks cannot serve one household, unless somebody forces it; and then a supervisor sees it.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::Rest as _;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::exceptions::{CaseDecision, CaseKind, CaseStanding};
use sportello_domain::ids::HouseholdId;
use sportello_domain::serial::Run;
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::{in_person, right};
use sportello_tests::facts::CAMPAIGN;
use sportello_tests::rest::TestTimer;
use sportello_tests::wire::Inside;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

fn ask(seat: &Seat, household: HouseholdId) {
    let reason = "si è presentata qui".into();
    seat.act(Command::RequestCustody {
        entitlement: right(household),
        to: None,
        reason,
    });
}

fn holder(seat: &Seat, household: HouseholdId) -> String {
    seat.household(household).entitlements[0].holder.name.clone()
}

/// A delivery by a desk that nobody gave the right to, with its own vouchers.
fn forced(household: HouseholdId, first: &str, last: &str) -> Command {
    Command::ConfirmDelivery {
        entitlement: right(household),
        appointment: None,
        collector: in_person(),
        runs: vec![Run::between(first, last).unwrap()],
        force: Some("rete assente, la signora è qui con tre bambini".into()),
        partial: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_asks_and_the_other_gives_by_itself() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    assert_eq!(
        (holder(a, rossi), holder(b, rossi)),
        ("Q1-A".into(), "Q1-A".into())
    );
    let obstacle = b.counter(right(rossi)).obstacle.unwrap();
    assert_eq!(
        (obstacle.problem.code.as_str(), obstacle.can_be_forced),
        ("not_holder", true)
    );
    assert!(!b.counter(right(rossi)).entitlement.here);
    assert_eq!(b.refused(b.delivery(rossi, None)), "not_holder");

    ask(b, rossi);
    ask(b, rossi); // asking twice is asking once
    b.exchange().await;
    a.exchange().await;
    b.exchange().await;
    assert_eq!(
        (holder(a, rossi), holder(b, rossi)),
        ("Q1-B".into(), "Q1-B".into()),
        "within one exchange of the holder"
    );
    assert_eq!(b.counter(right(rossi)).obstacle, None);

    b.serve(rossi, march(1, 9, 15));
    // The desk that gave it away refuses before it hears of the delivery, and after.
    assert_eq!(a.refused(a.delivery(rossi, None)), "not_holder");
    world.meet().await;
    assert_eq!(a.refused(a.delivery(rossi, None)), "already_served");
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_taken_away_from_the_counter() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    let draft = |draft| Command::KeepDraft {
        entitlement: right(rossi),
        draft,
    };
    a.act(draft(Some(serde_json::json!({ "document": "CA1" }))));
    assert_eq!(a.board().drafts.len(), 1);
    ask(b, rossi);
    world.meet().await;
    assert_eq!(holder(b, rossi), "Q1-A", "it is being served there");
    let give = Command::ReleaseCustody {
        entitlement: right(rossi),
        to: b.desk.id(),
    };
    assert_eq!(a.refused(give), "being_served");
    assert_eq!(
        a.counter(right(rossi)).entitlement.requested_by.unwrap().name,
        "Q1-B"
    );

    // The screen is left for good: the request is answered with the next exchange.
    a.act(draft(None));
    world.meet().await;
    assert_eq!(holder(b, rossi), "Q1-B");
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn with_both_offline_only_the_holder_serves() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    ask(b, verdi);
    world.meet().await;
    a.unplug();
    b.unplug();
    ask(b, rossi);
    assert_eq!(b.try_exchange().await.error.unwrap().code(), "unreachable");
    assert_eq!(
        b.refused(b.delivery(rossi, None)),
        "not_holder",
        "asking is not having"
    );
    assert_eq!(a.refused(a.delivery(verdi, None)), "not_holder");
    a.serve(rossi, march(1, 9, 0));
    b.serve(verdi, march(1, 9, 0));
    a.plug();
    b.plug();
    world.meet().await;
    for seat in [a, b, &world.supervisor] {
        for household in [rossi, verdi] {
            let right = &seat.household(household).entitlements[0];
            assert_eq!(
                (right.status, right.entitlement.deliveries.len()),
                (EntitlementStatus::Served, 1)
            );
        }
    }
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    assert_eq!(
        holder(a, rossi),
        "Q1-A",
        "what came too late asks for nothing any more"
    );
    assert_eq!(a.household(rossi).entitlements[0].requested_by, None);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_forced_is_seen_decided_and_the_decision_comes_back() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    b.unplug();
    a.serve(rossi, march(1, 9, 0));
    let mut without_reason = forced(rossi, "B0001", "B0015");
    if let Command::ConfirmDelivery { force, .. } = &mut without_reason {
        *force = Some("  ".into());
    }
    assert_eq!(b.refused(without_reason), "not_holder", "a blank reason is none");
    assert!(b.act(forced(rossi, "B0001", "B0015")).forced);
    a.plug();
    b.plug();
    world.meet().await;

    // Both deliveries are kept, and every desk that knows of them says the same.
    let of = |seat: &Seat| seat.household(rossi).entitlements[0].entitlement.clone();
    assert_eq!(of(a), of(b));
    assert_eq!(of(a), of(&world.supervisor));
    assert_eq!(of(a).deliveries.len(), 2);
    let open = world.supervisor.odd_deliveries(false);
    let kinds: BTreeSet<CaseKind> = open.iter().map(|row| row.matter.kind).collect();
    let expected = BTreeSet::from([CaseKind::Forced, CaseKind::NotHolder, CaseKind::Double]);
    assert_eq!(kinds, expected);
    let row = open
        .iter()
        .find(|row| row.matter.kind == CaseKind::Forced)
        .unwrap();
    let told = format!("{:?}", world.supervisor.case(row.id).sides);
    assert_eq!(
        (
            row.desk.as_ref().unwrap().name.as_str(),
            row.households[0].name.as_str()
        ),
        ("Q1-B", "Rossi Anna")
    );
    assert!(told.contains("rete assente"), "{told}");

    // Decided there, known at the desks.
    let decide = |case, reason: &str| Command::DecideCases {
        cases: vec![case],
        decision: CaseDecision::Corrected,
        reason: reason.into(),
    };
    assert_eq!(b.refused(decide(open[0].id, "visto")), "role_too_low");
    assert_eq!(world.supervisor.refused(decide(open[0].id, "")), "reason_missing");
    for row in &open {
        world.supervisor.act(decide(row.id, "buoni restituiti il 2/3"));
    }
    assert_eq!(world.supervisor.odd_deliveries(false), []);
    world.meet().await;
    for seat in [a, b] {
        let seen = seat.household(rossi);
        assert_eq!((of(seat).anomalies.len(), seen.cases.len()), (3, 3));
        assert!(
            seen.cases
                .iter()
                .all(|case| case.standing == CaseStanding::Decided)
        );
        let told = seen.timeline.iter().filter(|item| item.kind == "case.decided");
        let words: Vec<&str> = told.map(|item| item.detail.as_str()).collect();
        assert_eq!(words, ["buoni restituiti il 2/3"; 3]);
    }
    assert_eq!(
        world.supervisor.odd_deliveries(true).len(),
        3,
        "decided ones can still be looked at"
    );
    let seen = world.supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented),
        (1, 1),
        "one household, whatever was handed to it"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_books_at_another_site_is_served_there() {
    let world = World::new().await;
    let central = world.office.desk("CEN-A", "CEN").await;
    let all = [&world.supervisor, &world.a, &world.b, &central];
    world.office.until_quiet(&all).await;
    let [rossi] = world.households(["Rossi"]).await;
    world.office.until_quiet(&all).await;
    central.receive("C0001", "C0100");
    assert_eq!(holder(&central, rossi), "Q1-A");
    let site = central.desk.site();
    let start = march(2, 9, 0);
    world.a.act(Command::BookAppointment {
        household: Some(rossi),
        person: None,
        service: sportello_tests::facts::SERVICE,
        site,
        start,
        overbook: None,
    });
    world.office.until_quiet(&all).await;
    assert_eq!(
        holder(&central, rossi),
        "CEN-A",
        "the right went along with the appointment"
    );
    world.office.time.set(march(2, 9, 0));
    let appointment = central.board().due[0].id;
    central.call(appointment);
    central.deliver(rossi, Some(appointment));
    world.office.until_quiet(&all).await;
    let seen = world.supervisor.indicator(CAMPAIGN);
    assert_eq!((seen.served, seen.presented), (1, 1));
    central.assert_sound();
    world.assert_sound();
}

/// A desk's background exchange, by a wire without a network and a timer that the test lets run.
fn at_work(world: &World, seat: &Seat, timer: &TestTimer) -> (Inside, JoinHandle<()>) {
    let inside = Inside::new(world.office.central.router());
    let courier = inside.clone();
    let connect = move |desk: &sportello_desk::Desk| desk.transport_by(courier.clone()).map(Arc::new);
    let work = seat.desk.clone().sync_forever_by(connect, timer.clone());
    (inside, tokio::spawn(work))
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn between_desks_that_are_online_custody_moves_within_seconds() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let households = world
        .households(["Rossi", "Verdi", "Bianchi", "Neri", "Gallo"])
        .await;
    let timer = TestTimer::default();
    let (_, giver) = at_work(&world, a, &timer);
    let (asks, asker) = at_work(&world, b, &timer);
    timer.pass(2, 30 * SECOND).await;
    let mut longest = Duration::ZERO;
    for (at, household) in (0..).zip(households) {
        // At any moment between two exchanges of the holder.
        timer.pass(2, Duration::from_millis(20_000 + 1_300 * at)).await;
        ask(b, household);
        let begun = timer.now();
        let since = || timer.now().saturating_sub(begun);
        while !b.household(household).entitlements[0].here {
            assert!(since() < 60 * SECOND, "it never came");
            timer.pass(2, SECOND / 10).await;
        }
        longest = longest.max(since());
    }
    assert!(longest <= 8 * SECOND, "{longest:?}");
    giver.abort();

    // Whoever does not answer is asked each second for two minutes, and then at the usual pace.
    let gone = entered_elsewhere(&world, "Russo").await;
    timer.pass(1, 30 * SECOND).await;
    ask(b, gone);
    let sent = async |during| {
        let before = asks.carried();
        timer.pass(1, during).await;
        asks.carried() - before
    };
    let quick = sent(110 * SECOND).await;
    sent(20 * SECOND).await;
    let slow = sent(110 * SECOND).await;
    assert!(
        (100..400).contains(&quick),
        "{quick}: each second, and far from any limit of the centre"
    );
    assert!(slow * 3 < quick, "{slow} after {quick}");
    asker.abort();
    world.assert_sound();
}

/// A household that the first desk holds, known at the second without the first having exchanged since.
async fn entered_elsewhere(world: &World, surname: &str) -> HouseholdId {
    let entered = world.supervisor.enter(surname, 1);
    let inside = Inside::new(world.office.central.router());
    let transport = Arc::new(world.supervisor.desk.transport_by(inside).unwrap());
    world.supervisor.desk.sync_over(transport).await.unwrap();
    entered
}
