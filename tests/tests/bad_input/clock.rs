// SPDX-License-Identifier: EUPL-1.2
//! Clocks that are wrong: told at the desk and to the supervisor, and no order is lost by them.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::Concern;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_tests::clock::march;
use sportello_tests::counter::right;

const YEAR: i64 = 365 * 24 * 60;

async fn wrong_by(minutes: i64) -> World {
    let world = World::new().await;
    world.desk.clock.be_wrong_by_minutes(minutes);
    let note = Command::AddNote {
        household: world.household,
        text: "con l'orologio sbagliato".into(),
    };
    world.desk.act(note);
    assert_eq!(
        world.desk.refused(world.desk.delivery(world.household, None)),
        "outside_period"
    );
    world.meet().await;
    let status = world.desk.status();
    assert_eq!(
        (status.clock_skew, status.concern),
        (Some(minutes * 60_000), Concern::Warning),
        "told at the desk"
    );
    let row = world
        .supervisor
        .desks()
        .desks
        .into_iter()
        .find(|row| row.name == "Q1-A")
        .unwrap();
    assert_eq!(
        (row.skew, row.concern),
        (minutes * 60_000, Concern::Warning),
        "and to the supervisor"
    );
    world
}

/// The supervisor writes after the desk did; the desk after that, with its clock right: the order is that of what they knew.
async fn order_holds(world: &World) {
    let revise = |amount, reason: &str| Command::ReviseEntitlement {
        entitlement: right(world.household),
        amount: sportello_domain::money::Cents(amount),
        reason: reason.into(),
    };
    world.supervisor.act(revise(20_000, "prima"));
    world.supervisor.act(revise(10_000, "poi"));
    world.meet().await;
    for seat in [&world.desk, &world.supervisor] {
        assert_eq!(
            seat.household(world.household).entitlements[0].amount.0,
            10_000,
            "the last word holds"
        );
    }
    world.desk.clock.be_wrong_by_minutes(0);
    world.serve();
    world.assert_all_arrived().await;
    let view = world.supervisor.household(world.household);
    assert_eq!(view.entitlements[0].status, EntitlementStatus::Served);
    assert_eq!(
        view.entitlements[0].entitlement.deliveries[0].at.day(),
        march(1, 0, 0).date(),
        "on the day that it was"
    );
    assert_eq!(world.supervisor.exceptions(true).rows, []);
    assert_eq!(world.desk.status().concern, Concern::None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_ahead() {
    let world = wrong_by(YEAR).await;
    order_holds(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_behind() {
    let world = wrong_by(-YEAR).await;
    order_holds(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_backwards_in_the_middle_of_a_service() {
    let world = World::new().await;
    let appointment = world.desk.book(world.household, march(1, 9, 15));
    world.desk.present(appointment);
    world.desk.clock.be_wrong_by_minutes(-60);
    world.desk.call(appointment);
    world.desk.deliver(world.household, Some(appointment));
    world.assert_all_arrived().await;
    let view = world.supervisor.indicator(sportello_tests::facts::CAMPAIGN);
    assert_eq!((view.served, view.presented), (1, 1));
}
