// SPDX-License-Identifier: EUPL-1.2
//! What should never happen to a desk's identity: cloned disks, desks that died, a centre that came back from an old backup.

use crate::world::World;
use sportello_desk::view::{BundleRequest, StatusView};
use sportello_desk::{Command, Query, View};
use sportello_domain::ids::HouseholdId;
use sportello_tests::Seat;

fn note(household: HouseholdId, text: &str) -> Command {
    Command::AddNote {
        household,
        text: text.into(),
    }
}

fn status(seat: &Seat) -> StatusView {
    match seat.ask(&Query::Status) {
        View::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

/// All that a desk shows of a household, as text.
fn shown(seat: &Seat, household: HouseholdId) -> String {
    format!("{:?}", seat.ask(&Query::Household { id: household }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_learns_from_a_stick_that_a_disk_was_cloned_and_goes_on() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    let clone = a.cloned();
    a.act(note(rossi, "citofono rotto"));
    clone.act(note(rossi, "citofono riparato"));
    a.exchange().await;
    b.exchange().await;
    let before = shown(b, rossi);

    // As many records as the desk itself wrote: nothing in the numbers shows it.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scambio.sportello");
    let request = BundleRequest {
        desks: vec![b.desk.id()],
        whole: false,
    };
    clone
        .desk
        .write_bundle(&clone.session, &request, &file, &mut |_| {})
        .unwrap();
    for _ in 0..2 {
        let taken = b.desk.read_bundle(&b.session, &file, &mut |_| {}).unwrap();
        assert_eq!((taken.received, taken.troubles.len()), (0, 1), "{taken:?}");
        assert_eq!(taken.troubles[0].desk.id, a.desk.id());
        assert_eq!(taken.stopped, None, "the neighbour is not to blame");
    }
    assert_eq!(shown(b, rossi), before, "what it knew stands");
    b.act(note(rossi, "tornerà domani"));
    b.exchange().await;

    // Whichever comes second to the centre is told, and both stop: nobody can say which is the true one.
    assert_eq!(clone.try_exchange().await.troubles[0].trouble.code(), "fork");
    assert!(status(&clone).stopped.is_some());
    assert_eq!(a.try_exchange().await.troubles[0].trouble.code(), "fork");
    assert!(status(a).stopped.is_some());
    for stopped in [a, &clone] {
        assert!(stopped.try_act(note(rossi, "ancora")).is_err());
    }
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_put_back_gets_what_a_dead_desk_wrote_from_those_who_read_it() {
    let mut world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let backup = world.office.backup();
    world.a.act(note(rossi, "citofono rotto"));
    world.a.exchange().await;
    world.b.exchange().await;
    // The centre's disk dies, and so does the desk's: only a neighbour still has the note.
    world.office.restore(backup).await;
    world.a.unplug();
    let report = world.b.exchange().await;
    assert_eq!(report.carried, 1, "{report:?}");
    let fresh = world.office.desk("Q1-C", "Q1").await;
    fresh.exchange().await;
    assert!(shown(&fresh, rossi).contains("citofono rotto"));
    world.supervisor.exchange().await;
    assert!(shown(&world.supervisor, rossi).contains("citofono rotto"));
    // Had the desk not died, it would find that nothing is missing.
    world.a.plug();
    assert_eq!(world.a.exchange().await.waiting, 0);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_forked_does_not_make_a_desk_look_as_if_it_never_exchanged() {
    let mut world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let (backup, clone) = (world.office.backup(), world.a.cloned());
    world.a.act(note(rossi, "citofono rotto"));
    world.a.exchange().await;
    world.b.exchange().await;
    world.office.restore(backup).await;
    // Centre and clone are both from before; the clone goes further than the desk had been.
    clone.act(note(rossi, "uno"));
    clone.act(note(rossi, "due"));
    clone.exchange().await;
    for _ in 0..2 {
        let before = status(&world.b).last_sync;
        world.office.time.pass_minutes(5);
        let report = world.b.try_exchange().await;
        assert_eq!(report.troubles[0].trouble.code(), "fork", "{report:?}");
        let now = status(&world.b);
        assert!(now.last_sync > before, "all else went through");
        assert!(now.last_error.is_some(), "and it is told");
        assert_eq!(now.stopped, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_put_back_learns_it_from_a_neighbours_stick_before_it_writes_and_after() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    let (put_back, wrote_on) = (a.cloned(), a.cloned());
    a.act(note(rossi, "citofono rotto"));
    a.exchange().await;
    b.exchange().await;
    wrote_on.act(note(rossi, "citofono riparato"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scambio.sportello");
    let request = BundleRequest {
        desks: vec![a.desk.id()],
        whole: false,
    };
    b.desk
        .write_bundle(&b.session, &request, &file, &mut |_| {})
        .unwrap();
    // None of them reaches the network. The one that nothing happened to reads it too.
    let taken = a.desk.read_bundle(&a.session, &file, &mut |_| {}).unwrap();
    assert_eq!((taken.stopped, taken.troubles), (None, vec![]));
    for copy in [&put_back, &wrote_on] {
        let taken = copy.desk.read_bundle(&copy.session, &file, &mut |_| {}).unwrap();
        assert!(taken.stopped.is_some(), "{taken:?}");
        assert!(status(copy).stopped.is_some());
        assert!(copy.try_act(note(rossi, "ancora")).is_err());
    }
    assert!(
        shown(&wrote_on, rossi).contains("citofono riparato"),
        "and loses nothing"
    );
}
