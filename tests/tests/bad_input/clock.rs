// SPDX-License-Identifier: EUPL-1.2
//! Clocks that are wrong: told at the desk and to the supervisor, and no order is lost by them.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::Concern;
use sportello_domain::desk::DeskStory;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::HouseholdId;
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
    assert_eq!(world.supervisor.odd_deliveries(true), []);
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

// Situation 25 of the domain, by name: told, written down, in nobody's way, and nobody else is drawn along.

fn clock_facts(seat: &sportello_tests::Seat, of: &sportello_tests::Seat) -> Vec<i64> {
    let story: Option<DeskStory> = seat.desk.state(of.desk.id().0).unwrap();
    story
        .map(|story| story.clock.iter().map(|notice| notice.ahead).collect())
        .unwrap_or_default()
}

/// The order that the last thing said of a household has, as a time.
fn ordered_at(seat: &sportello_tests::Seat, household: HouseholdId) -> i64 {
    let story = seat.desk.store().read(|reads| reads.story_of(household)).unwrap();
    i64::try_from(story.last().unwrap().meta.hlc.millis()).unwrap()
}

async fn situation_25(minutes: i64) {
    let world = World::new().await;
    let (desk, supervisor) = (&world.desk, &world.supervisor);
    let other = supervisor.enter("Bianchi", 1);
    world.meet().await;
    desk.clock.be_wrong_by_minutes(minutes);
    let note = |text: &str| Command::AddNote {
        household: world.household,
        text: text.into(),
    };
    desk.act(note("con l'orologio sbagliato"));
    world.meet().await;
    world.meet().await;
    for seat in [desk, supervisor] {
        assert_eq!(clock_facts(seat, desk), [minutes * 60_000], "written down, once");
    }
    // Once it is known, what the desk writes is put in order as if its clock were right; what it says of the time stays.
    desk.act(Command::AddNote {
        household: other,
        text: "ancora sbagliato".into(),
    });
    let now = world.office.time.now();
    assert!((ordered_at(desk, other) - now).abs() < 600_000);
    let said = desk.household(other).household.notes.last().unwrap().at.0;
    assert!(
        (said - now - minutes * 60_000).abs() < 600_000,
        "what its clock said"
    );
    // Whoever saw what it wrote before is not drawn along: only the thing itself is dated ahead.
    supervisor.act(note("dopo averlo letto"));
    let third = supervisor.enter("Neri", 1);
    assert!((ordered_at(supervisor, third) - now).abs() < 600_000);
    world.meet().await;
    for seat in [desk, supervisor] {
        let notes = seat.household(world.household).household.notes;
        let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(
            texts,
            ["con l'orologio sbagliato", "dopo averlo letto"],
            "after what was seen"
        );
    }
    desk.clock.be_wrong_by_minutes(0);
    world.meet().await;
    world.meet().await;
    assert_eq!(
        clock_facts(supervisor, desk),
        [minutes * 60_000, 0],
        "and that it is right again"
    );
    world.serve();
    world.assert_all_arrived().await;
    assert_eq!(desk.status().concern, Concern::None);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_25_a_clock_an_hour_ahead() {
    situation_25(60).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_25_a_clock_a_year_ahead() {
    situation_25(YEAR).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_25_a_clock_a_year_behind() {
    situation_25(-YEAR).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_25_with_no_centre_a_clock_set_back_is_noticed_by_what_was_written() {
    let world = World::new().await;
    world.meet().await;
    let desk = &world.desk;
    desk.unplug();
    desk.act(Command::AddNote {
        household: world.household,
        text: "prima".into(),
    });
    assert_eq!(desk.status().clock_back, None);
    desk.clock.be_wrong_by_minutes(-26 * 60);
    desk.try_exchange().await;
    let status = desk.status();
    assert_eq!(status.clock_back, Some(26 * 3_600_000));
    assert_eq!(status.concern, Concern::Warning);
    // Nothing is in its way, and what is said next stands next.
    desk.act(Command::AddNote {
        household: world.household,
        text: "dopo".into(),
    });
    let notes = desk.household(world.household).household.notes;
    assert_eq!(
        notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(),
        ["prima", "dopo"]
    );
    desk.clock.be_wrong_by_minutes(0);
    desk.plug();
    world.meet().await;
    assert_eq!(
        (desk.status().clock_back, desk.status().concern),
        (None, Concern::None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_25_a_neighbour_far_ahead_is_told_where_nobody_else_can_say() {
    let world = World::new().await;
    let (desk, supervisor) = (&world.desk, &world.supervisor);
    world.meet().await;
    desk.clock.be_wrong_by_minutes(YEAR);
    desk.unplug();
    desk.act(Command::AddNote {
        household: world.household,
        text: "dal futuro".into(),
    });
    desk.plug();
    desk.exchange().await;
    supervisor.exchange().await;
    let peer = supervisor.status().clock_peer.expect("it is told");
    assert_eq!(peer.desk.name, "Q1-A");
    assert!((peer.ahead - YEAR * 60_000).abs() < 600_000);
    assert_eq!(
        supervisor.status().concern,
        Concern::None,
        "its own clock is right, says the centre"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_25_the_hour_that_comes_twice_and_the_one_that_does_not_come() {
    let world = World::new().await;
    // On 28 March 2021 the clocks of Italy go from 2:00 to 3:00.
    for (hour, minute) in [(1, 59), (3, 0)] {
        world.office.time.set(march(28, hour, minute));
        world.desk.act(Command::AddNote {
            household: world.household,
            text: format!("{hour}:{minute:02}"),
        });
    }
    let notes = world.desk.household(world.household).household.notes;
    assert_eq!(
        notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(),
        ["1:59", "3:00"]
    );
    assert_eq!(notes[1].at.0 - notes[0].at.0, 60_000, "one minute later");
    assert!(notes.iter().all(|note| note.at.day() == march(28, 0, 0).date()));
    world.assert_all_arrived().await;
    assert_eq!(world.desk.status().concern, Concern::None);
}
