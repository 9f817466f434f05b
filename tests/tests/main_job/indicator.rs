// SPDX-License-Identifier: EUPL-1.2
//! The indicator of the objective sheet: distinct households served, of those that presented themselves with an appointment.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::{Standing, Todo};
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::ids::AppointmentId;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::facts::{CAMPAIGN, SERVICE};

#[tokio::test(flavor = "multi_thread")]
async fn no_shows_and_walk_ins_stay_out_and_who_comes_twice_counts_once() {
    let world = World::new().await;
    let (desk, supervisor) = (&world.a, &world.supervisor);
    let [served, walk_in, absent, refused, late, nobody] = world
        .households(["Rossi", "Verdi", "Bianchi", "Neri", "Gialli", "Viola"])
        .await;
    assert_eq!(
        supervisor.indicator(CAMPAIGN).value,
        None,
        "nobody came: there is no percentage"
    );
    desk.serve(served, march(1, 9, 0));
    desk.deliver(walk_in, None);
    let missed = desk.book(absent, march(1, 9, 15));
    let miss = Command::MissAppointment { appointment: missed };
    assert_eq!(
        desk.refused(miss.clone()),
        "wrong_status",
        "it is not yet a quarter past"
    );
    world.office.time.pass_minutes(20);
    desk.act(miss);
    let again = desk.at_the_counter(refused, march(1, 9, 30));
    desk.refuse(refused, Some(again), RefusalReason::NoDocument);
    world.meet().await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented, seen.walk_in, seen.no_show),
        (1, 2, 1, 1),
        "{seen:?}"
    );
    assert_eq!((seen.entitled, seen.value, seen.target), (6, Some(5_000), 10_000));
    assert_eq!(
        seen.missing.iter().map(|m| m.household).collect::<Vec<_>>(),
        [refused]
    );

    // Refused twice and then served: once in both figures.
    let again = desk.at_the_counter(refused, march(1, 9, 45));
    desk.refuse(refused, Some(again), RefusalReason::NoDelega);
    let again = desk.at_the_counter(refused, march(1, 10, 0));
    world.meet().await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented, seen.missing[0].todo),
        (1, 2, Todo::Serve),
        "it waits at the counter"
    );
    desk.deliver(refused, Some(again));
    // Marked as absent, and comes an hour later all the same.
    desk.present(missed);
    desk.call(missed);
    desk.deliver(absent, Some(missed));
    // Comes, is told to wait for another day.
    let first = desk.at_the_counter(late, march(1, 10, 15));
    desk.refuse(late, Some(first), RefusalReason::NoStock);
    desk.book(late, march(3, 9, 0));
    world.meet().await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented, seen.walk_in, seen.no_show),
        (3, 4, 1, 0),
        "{seen:?}"
    );
    assert_eq!(
        (seen.missing[0].household, seen.missing[0].todo),
        (late, Todo::Wait)
    );
    assert_eq!(seen.missing[0].next_appointment, Some(march(3, 9, 0)));
    assert_eq!(
        seen.by_day
            .iter()
            .map(|d| (d.deliveries, d.refusals))
            .collect::<Vec<_>>(),
        [(4, 3)]
    );

    // Who has no right in the campaign is nobody of its figures.
    supervisor.act(Command::RevokeEntitlement {
        entitlement: right(nobody),
        reason: "trasferita".into(),
    });
    let stranger = desk.act(Command::BookAppointment {
        household: None,
        person: Some(sportello_domain::appointment::Person {
            name: "Chi Passa".into(),
            phone: String::new(),
        }),
        service: SERVICE,
        site: desk.desk.site(),
        start: march(1, 10, 30),
        overbook: None,
    });
    desk.present(AppointmentId(stranger.subject.unwrap().id));
    world.meet().await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!((seen.entitled, seen.presented), (5, 4));
    assert_eq!(
        world.a.indicator(CAMPAIGN).served,
        seen.served,
        "the same figure at the desk"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_provisional_until_every_desk_has_told_and_names_who_has_not() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let [rossi] = world.households(["Rossi"]).await;
    let told = || {
        let seen = supervisor.indicator(CAMPAIGN);
        let names: Vec<String> = seen.missing_desks.iter().map(|m| m.desk.name.clone()).collect();
        assert_eq!(seen.standing == Standing::Provisional, !names.is_empty());
        names
    };
    assert_eq!(told(), Vec::<String>::new());
    assert_eq!(
        supervisor.indicator(CAMPAIGN).standing,
        Standing::Current,
        "nothing is final while vouchers are still handed over"
    );
    // Two minutes without a word are enough to doubt.
    world.office.time.pass_minutes(2);
    supervisor.exchange().await;
    assert_eq!(told(), ["Q1-A", "Q1-B"]);
    world.meet().await;
    // What the centre has just heard of the others comes with the next exchange.
    supervisor.exchange().await;
    assert_eq!(told(), Vec::<String>::new());
    // Nobody was heard of for a while, this very desk included.
    world.office.time.pass_minutes(60);
    assert_eq!(told(), ["Q1-A", "Q1-B"]);
    supervisor.exchange().await;
    assert_eq!(told(), ["Q1-A", "Q1-B"]);
    world.b.exchange().await;
    supervisor.exchange().await;
    assert_eq!(told(), ["Q1-A"]);
    let since = supervisor.indicator(CAMPAIGN).missing_desks[0].since.unwrap();
    assert_eq!(since.rome(), march(1, 9, 2), "since when");

    // The campaign ends with one desk silent; it is final once that desk has spoken, whenever that is.
    world.a.unplug();
    world.a.serve(rossi, march(1, 10, 0));
    world.office.time.set(march(1, 9, 0) + chrono::Duration::days(70));
    world.b.exchange().await;
    supervisor.exchange().await;
    assert_eq!(told(), ["Q1-A"]);
    assert_eq!(supervisor.indicator(CAMPAIGN).presented, 0);
    world.a.plug();
    world.meet().await;
    assert_eq!(told(), Vec::<String>::new());
    world.office.time.pass_minutes(60 * 24 * 30);
    assert_eq!(told(), Vec::<String>::new(), "final stays final");
    assert_eq!(supervisor.indicator(CAMPAIGN).standing, Standing::Final);
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!((seen.served, seen.presented, seen.value), (1, 1, Some(10_000)));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_that_moved_counts_where_it_lives_served_or_not() {
    let world = World::new().await;
    let (desk, supervisor) = (&world.a, &world.supervisor);
    let [moved] = world.households(["Rossi"]).await;
    let mut data = supervisor.household(moved).household.data;
    data.quartiere = 4;
    supervisor.act(Command::CorrectHousehold {
        household: moved,
        data,
    });
    world.meet().await;
    let appointment = desk.at_the_counter(moved, march(1, 9, 0));
    world.meet().await;
    let figures = || {
        let seen = supervisor.indicator(CAMPAIGN);
        let rows = seen.by_quartiere.iter();
        let rows: Vec<_> = rows
            .map(|q| (q.quartiere, q.entitled, q.presented, q.served))
            .collect();
        (rows, seen.missing.first().map(|missing| missing.quartiere))
    };
    assert_eq!(figures(), (vec![(4, 1, 1, 0)], Some(4)));
    desk.deliver(moved, Some(appointment));
    world.meet().await;
    assert_eq!(figures(), (vec![(4, 1, 1, 1)], None));
}
