// SPDX-License-Identifier: EUPL-1.2
//! Days without a network: records, custody and acknowledgements travel on a stick, and nobody is told more than is true.

use crate::world::World;
use sportello_desk::view::{BundleRequest, BundleTaken, BundleWritten, StatusView, SyncWay};
use sportello_desk::{Command, DeskError, Query, View};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A stick.
struct Stick(TempDir);

impl Stick {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("scambio.sportello")
    }

    fn write(&self, seat: &Seat, readers: &[&Seat]) -> BundleWritten {
        let request = BundleRequest {
            desks: readers.iter().map(|reader| reader.desk.id()).collect(),
            whole: false,
        };
        seat.desk
            .write_bundle(&seat.session, &request, &self.file(), &mut |_| {})
            .unwrap()
    }

    fn read(&self, seat: &Seat) -> BundleTaken {
        try_read(seat, &self.file()).unwrap()
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.file()).unwrap()
    }
}

fn try_read(seat: &Seat, file: &Path) -> Result<BundleTaken, DeskError> {
    seat.desk.read_bundle(&seat.session, file, &mut |_| {})
}

fn status(seat: &Seat) -> StatusView {
    match seat.ask(&Query::Status) {
        View::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

fn ask(seat: &Seat, household: sportello_domain::ids::HouseholdId) {
    seat.act(Command::RequestCustody {
        entitlement: right(household),
        to: None,
        reason: "si è presentata qui".into(),
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn records_wait_until_the_centre_says_that_it_has_them_whichever_way_it_says_so() {
    let world = World::new().await;
    let (a, centre) = (&world.a, &world.office.central);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    assert_eq!(a.try_exchange().await.error.unwrap().code(), "unreachable");
    let waiting = status(a).waiting;
    assert!(waiting > 0 && status(a).on_stick.is_none());

    let offline = status(a);
    let stick = Stick::new();
    let written = stick.write(a, &[]);
    assert_eq!((written.own, written.records), (waiting, waiting));
    let now = status(a);
    assert_eq!(
        (now.waiting, now.on_stick.unwrap().records),
        (waiting, waiting),
        "on the stick is not at the centre"
    );
    assert_eq!(now.on_stick.unwrap().since, written.at);

    assert_eq!(centre.take_bundle(&stick.bytes()[..]).unwrap().new, waiting);
    assert_eq!(status(a).waiting, waiting, "nobody has told the desk yet");
    let opening = centre.open_bundle(&stick.bytes()[..]).unwrap();
    let (_, answer) = centre.write_bundle(Vec::new(), &[], Some(&opening)).unwrap();
    std::fs::write(stick.file(), answer).unwrap();
    let taken = stick.read(a);
    assert_eq!(
        (taken.from, taken.acknowledged, taken.waiting),
        (None, waiting, 0)
    );
    let now = status(a);
    assert_eq!((now.waiting, now.on_stick, now.online), (0, None, false));
    assert_eq!(now.last_sync, offline.last_sync, "a stick is no connection");
    let View::SyncStory(story) = a.ask(&Query::SyncStory) else {
        panic!("no story")
    };
    let ways: Vec<SyncWay> = story.entries.iter().take(2).map(|entry| entry.way).collect();
    assert_eq!(ways, [SyncWay::BundleIn, SyncWay::BundleOut]);

    a.plug();
    let report = a.exchange().await;
    assert_eq!(report.pushed, 0, "it was all there");
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn custody_moves_by_stick_and_nobody_is_served_twice() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    a.unplug();
    b.unplug();
    ask(b, rossi);
    assert_eq!(b.refused(b.delivery(rossi, None)), "not_holder");
    let stick = Stick::new();
    stick.write(b, &[a]);
    assert_eq!(stick.read(a).given, 1);
    assert_eq!(
        a.refused(a.delivery(rossi, None)),
        "not_holder",
        "what was given away is gone"
    );
    assert_eq!(
        b.refused(b.delivery(rossi, None)),
        "not_holder",
        "and has not arrived"
    );
    stick.write(a, &[b]);
    let taken = stick.read(b);
    assert_eq!((taken.from.unwrap().name.as_str(), taken.given), ("Q1-A", 0));
    b.serve(rossi, march(1, 9, 0));
    a.serve(verdi, march(1, 9, 0));
    // The stick goes back once more: the other desk sees that it was served.
    stick.write(b, &[a]);
    stick.read(a);
    assert_eq!(
        a.household(rossi).entitlements[0].status,
        EntitlementStatus::Served
    );

    a.plug();
    b.plug();
    world.meet().await;
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    for seat in [a, b, &world.supervisor] {
        for household in [rossi, verdi] {
            let right = &seat.household(household).entitlements[0];
            assert_eq!(
                (right.status, right.entitlement.deliveries.len()),
                (EntitlementStatus::Served, 1)
            );
        }
    }
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_pulled_out_read_twice_or_in_the_wrong_order_does_no_harm() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    a.unplug();
    b.unplug();
    let (first, second) = (Stick::new(), Stick::new());
    a.serve(rossi, march(1, 9, 0));
    first.write(a, &[b]);
    a.serve(verdi, march(1, 9, 15));
    second.write(a, &[b]);
    // Pulled out anywhere.
    let bytes = second.bytes();
    let cut = Stick::new();
    for at in (0..bytes.len()).step_by(97) {
        std::fs::write(cut.file(), &bytes[..at]).unwrap();
        match try_read(b, &cut.file()) {
            Ok(taken) => assert!(!taken.whole && taken.damaged == 0),
            Err(error) => assert!(
                ["bundle_not_one", "bundle_damaged"].contains(&error.code().as_str()),
                "{error}"
            ),
        }
    }
    for stick in [&second, &first, &second] {
        let taken = stick.read(b);
        assert!(taken.whole && taken.troubles.is_empty(), "{taken:?}");
    }
    assert_eq!(first.read(b).received, 0);
    for household in [rossi, verdi] {
        assert_eq!(
            b.household(household).entitlements[0].status,
            EntitlementStatus::Served
        );
    }
    b.assert_sound();
    a.plug();
    b.plug();
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_opens_for_those_it_was_written_for_and_shows_each_its_own() {
    let world = World::new().await;
    let other = world.office.desk("Q2-A", "Q2").await;
    world
        .office
        .until_quiet(&[&world.a, &other, &world.supervisor])
        .await;
    let [rossi] = world.households(["Rossi"]).await;
    let a = &world.a;
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    let stick = Stick::new();
    stick.write(a, &[&world.b]);
    assert_eq!(
        try_read(&other, &stick.file()).unwrap_err().code(),
        "bundle_not_for_us"
    );
    let text = String::from_utf8_lossy(&stick.bytes()).into_owned();
    for clear in ["Rossi", "Q1-A", "delivery", "household", "Ghibellina"] {
        assert!(!text.contains(clear), "{clear} stands on the stick");
    }
    // Named, it opens the stick, and is shown nothing of another Quartiere.
    stick.write(a, &[&other]);
    let taken = stick.read(&other);
    assert!(taken.whole && taken.others > 0, "{taken:?}");
    assert_eq!(other.search("Rossi").hits.len(), 0);
    let request = BundleRequest {
        desks: vec![a.desk.id()],
        whole: false,
    };
    let refused = a
        .desk
        .write_bundle(&a.session, &request, &stick.file(), &mut |_| {});
    assert_eq!(
        refused.unwrap_err().code(),
        "bundle_no_such_desk",
        "not for itself"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_carries_on_what_another_gave_it() {
    let world = World::new().await;
    let (a, b, centre) = (&world.a, &world.b, &world.office.central);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    b.unplug();
    a.serve(rossi, march(1, 9, 0));
    let waiting = status(a).waiting;
    let stick = Stick::new();
    stick.write(a, &[b]);
    assert_eq!(stick.read(b).received, waiting);
    // A is stolen in the night; what B was given reaches the centre all the same, under A's own signature.
    let on_its_way = Stick::new();
    let written = on_its_way.write(b, &[]);
    assert_eq!(written.records - written.own, waiting);
    assert_eq!(
        centre.take_bundle(&on_its_way.bytes()[..]).unwrap().new,
        written.records
    );
    // Once the centre has said that it has them, they are not carried again.
    let opening = centre.open_bundle(&on_its_way.bytes()[..]).unwrap();
    let (_, answer) = centre.write_bundle(Vec::new(), &[], Some(&opening)).unwrap();
    std::fs::write(stick.file(), answer).unwrap();
    stick.read(b);
    assert_eq!(on_its_way.write(b, &[]).records, 0);
    a.plug();
    assert_eq!(a.exchange().await.waiting, 0);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stick_brought_goes_on_to_the_centre_with_the_next_exchange_of_whoever_took_it() {
    let world = World::new().await;
    let (a, b, centre) = (&world.a, &world.b, &world.office.central);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    let waiting = status(a).waiting;
    let stick = Stick::new();
    stick.write(a, &[b]);
    stick.read(b);
    let before = centre.verify().unwrap().records;
    let report = b.exchange().await;
    assert_eq!((report.carried, report.waiting), (waiting, 0));
    assert_eq!(centre.verify().unwrap().records, before + waiting);
    assert_eq!(b.exchange().await.carried, 0, "once");
    world.supervisor.exchange().await;
    assert_eq!(
        world.supervisor.household(rossi).entitlements[0].status,
        EntitlementStatus::Served,
        "although its desk is still away"
    );
    a.plug();
    assert_eq!(a.exchange().await.waiting, 0);
    assert_eq!(
        centre.verify().unwrap().records,
        before + waiting,
        "nothing came twice"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_says_that_its_desk_was_at_work_and_what_it_had_written() {
    let world = World::new().await;
    let (a, supervisor, centre) = (&world.a, &world.supervisor, &world.office.central);
    let [rossi] = world.households(["Rossi"]).await;
    supervisor.exchange().await;
    let row = |seat: &Seat| {
        seat.desks()
            .desks
            .into_iter()
            .find(|desk| desk.name == "Q1-A")
            .unwrap()
    };
    a.unplug();
    world.office.time.set(march(4, 9, 0));
    a.serve(rossi, march(4, 9, 0));
    let written = Stick::new();
    let made = written.write(a, &[supervisor]).at;
    world.office.time.set(march(4, 12, 0));
    supervisor.exchange().await;
    assert!(
        row(supervisor).seen_at.unwrap() < made,
        "the centre has not heard of it for days"
    );
    // The supervisor takes the stick in: it was at work at nine, and all that it had is here.
    written.read(supervisor);
    assert_eq!(
        (row(supervisor).seen_at, row(supervisor).waiting),
        (Some(made), 0)
    );
    // The centre does, too, and tells everybody.
    centre.take_bundle(&written.bytes()[..]).unwrap();
    world.b.exchange().await;
    assert_eq!((row(&world.b).seen_at, row(&world.b).waiting), (Some(made), 0));
    // An older stick says nothing new, and a clock that runs ahead nothing of the time to come.
    a.clock.be_wrong_by_minutes(60 * 24 * 365);
    let early = Stick::new();
    early.write(a, &[supervisor, &world.b]);
    early.read(supervisor);
    centre.take_bundle(&early.bytes()[..]).unwrap();
    world.b.exchange().await;
    let now = supervisor.desk.now();
    assert!(row(supervisor).seen_at.unwrap() <= now && row(&world.b).seen_at.unwrap() <= now);
    written.read(supervisor);
    assert_eq!(row(supervisor).seen_at, Some(now));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_indicator_is_final_once_the_last_desk_has_spoken_by_stick() {
    use sportello_desk::view::Standing;
    use sportello_tests::facts::CAMPAIGN;
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    world.office.time.set(march(1, 9, 0) + chrono::Duration::days(70));
    world.b.exchange().await;
    supervisor.exchange().await;
    assert_eq!(supervisor.indicator(CAMPAIGN).standing, Standing::Provisional);
    let stick = Stick::new();
    stick.write(a, &[supervisor]);
    stick.read(supervisor);
    supervisor.exchange().await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.standing, seen.served, seen.presented),
        (Standing::Final, 1, 1),
        "{:?}",
        seen.missing_desks
    );
    world.assert_sound();
}
