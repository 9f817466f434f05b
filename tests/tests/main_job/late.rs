// SPDX-License-Identifier: EUPL-1.2
//! A desk was revoked and does not know it yet: what it writes reaches its neighbours before the word of its revocation does. It does
//! not stay in what they show, it is not lost, and it comes back when a supervisor says so.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::{BundleRequest, BundleTaken, LateRow, LateState};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::HouseholdId;
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::facts::CAMPAIGN;
use sportello_tests::relay::Relay;
use std::path::{Path, PathBuf};

/// What a desk shows of a household: where its right stands, its deliveries, its notes, and how many are served by the indicator.
fn shown(seat: &Seat, household: HouseholdId) -> (EntitlementStatus, usize, usize, u32) {
    let found = seat.household(household);
    let right = &found.entitlements[0];
    (
        right.status,
        right.entitlement.deliveries.len(),
        found.household.notes.len(),
        seat.indicator(CAMPAIGN).served,
    )
}

const DUE: (EntitlementStatus, usize, usize, u32) = (EntitlementStatus::Due, 0, 0, 0);
const SERVED: (EntitlementStatus, usize, usize, u32) = (EntitlementStatus::Served, 1, 1, 1);

fn note(household: HouseholdId, text: &str) -> Command {
    Command::AddNote {
        household,
        text: text.into(),
    }
}

fn review(row: &LateRow, accept: bool, reason: &str) -> Command {
    Command::ReviewLate {
        late: row.id.clone(),
        accept,
        reason: reason.into(),
    }
}

/// How often a desk was told that late records left what it shows.
fn told(seat: &Seat) -> usize {
    let entries = seat.story().entries;
    let problems = entries.iter().filter_map(|entry| entry.problem.as_ref());
    problems
        .filter(|problem| problem.code == "late_withdrawn")
        .count()
}

fn asides(seat: &Seat) -> usize {
    seat.desk.store().read(|reads| reads.asides()).unwrap().len()
}

fn write(seat: &Seat, readers: &[&Seat], file: PathBuf) -> PathBuf {
    let request = BundleRequest {
        desks: readers.iter().map(|reader| reader.desk.id()).collect(),
        whole: false,
    };
    seat.desk
        .write_bundle(&seat.session, &request, &file, &mut |_| {})
        .unwrap();
    file
}

fn read(seat: &Seat, file: &Path) -> BundleTaken {
    seat.desk.read_bundle(&seat.session, file, &mut |_| {}).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_relay_took_of_a_desk_that_was_revoked_meanwhile_waits_for_a_supervisor_everywhere() {
    let world = World::new().await;
    let r = world.office.desk("Q1-R", "Q1").await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    world.office.until_quiet(&[supervisor, a, b, &r]).await;
    let relay = Relay::of(&r);
    for seat in [a, b] {
        seat.rely_on(&r, relay.address);
        seat.unplug();
    }
    world.office.central.revoke_desk("Q1-A").unwrap();
    a.serve(rossi, march(1, 9, 0));
    a.act(note(rossi, "ha chiesto del Centro anziani"));
    a.relay().await;
    b.relay().await;
    for seat in [a, b, &r] {
        assert_eq!(
            shown(seat, rossi),
            SERVED,
            "{}: nobody knows better",
            seat.username
        );
    }

    // The relay reaches the centre, and B the relay.
    r.exchange().await;
    b.relay().await;
    for seat in [b, &r] {
        assert_eq!(shown(seat, rossi), DUE, "{}: as everywhere else", seat.username);
        assert_eq!((told(seat), asides(seat)), (1, 1), "{}", seat.username);
        seat.assert_sound();
    }
    // Again: it goes nowhere but to the centre, and is told once.
    r.exchange().await;
    b.relay().await;
    assert_eq!((told(b), told(&r)), (1, 1));
    supervisor.exchange().await;
    assert_eq!(shown(supervisor, rossi), DUE);
    let rows = supervisor.late().rows;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = &rows[0];
    assert_eq!(
        (row.desk.id, row.state, row.branch),
        (a.desk.id(), LateState::Open, false)
    );
    assert!(row.acts.iter().any(|act| act.kind == "delivery.confirmed"));

    // It counts from when a supervisor says so, at every desk, once; also when the desk brings it itself one day.
    supervisor.act(review(row, true, "Ricevuta firmata in archivio"));
    b.plug();
    world.office.until_quiet(&[supervisor, b, &r]).await;
    a.plug();
    assert_eq!(a.try_exchange().await.error.unwrap().code(), "revoked");
    world.office.until_quiet(&[supervisor, b, &r]).await;
    for seat in [supervisor, b, &r] {
        assert_eq!(shown(seat, rossi), SERVED, "{}", seat.username);
        assert_eq!(
            seat.household(rossi).entitlements[0].entitlement.deliveries[0].desk,
            a.desk.id()
        );
    }
    let states: Vec<LateState> = supervisor.late().rows.iter().map(|row| row.state).collect();
    assert!(!states.contains(&LateState::Open), "{states:?}");
    world.assert_sound();
    r.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stick_brought_of_it_waits_too_and_reaches_the_supervisors_without_its_writer() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let c = world.office.desk("Q1-C", "Q1").await;
    let [rossi] = world.households(["Rossi"]).await;
    world.office.until_quiet(&[supervisor, a, b, &c]).await;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    a.unplug();
    world.office.central.revoke_desk("Q1-A").unwrap();
    a.serve(rossi, march(1, 9, 0));
    read(b, &write(a, &[b], file("prima.sportello")));
    assert_eq!(shown(b, rossi).0, EntitlementStatus::Served);
    b.exchange().await;
    assert_eq!((shown(b, rossi), told(b), asides(b)), (DUE, 1, 1));
    b.assert_sound();

    // Another stick, once the revocation is known: aside at once. The writer's own file still has it all.
    b.unplug();
    a.act(note(rossi, "richiamare"));
    let taken = read(b, &write(a, &[b], file("dopo.sportello")));
    assert_eq!(
        (taken.received, taken.troubles[0].problem.code.as_str()),
        (0, "late")
    );
    assert_eq!((shown(b, rossi), told(b), asides(b)), (DUE, 1, 2));

    // It is given on to nobody but the centre and those who decide.
    let taken = read(&c, &write(b, &[&c], file("vicina.sportello")));
    assert_eq!((taken.troubles, asides(&c)), (Vec::new(), 0));
    supervisor.exchange().await;
    let taken = read(supervisor, &write(b, &[supervisor], file("centro.sportello")));
    assert_eq!(taken.received, 0);
    let waits = |supervisor: &Seat| {
        let rows = supervisor.late().rows;
        let open = rows.into_iter().filter(|row| row.state == LateState::Open);
        open.collect::<Vec<_>>()
    };
    assert_eq!(waits(supervisor).len(), 2);
    b.plug();
    b.exchange().await;
    supervisor.exchange().await;
    supervisor.exchange().await;
    let rows = waits(supervisor);
    assert_eq!(rows.len(), 2, "the same, by the centre: {rows:?}");

    // What is accepted comes back, once; the second stick, with all of the first and one note more, is kept out.
    for row in &rows {
        let second = row.acts.iter().any(|act| act.kind == "household.noted");
        supervisor.act(review(row, !second, "Verificato con la famiglia"));
    }
    world.office.until_quiet(&[supervisor, b, &c]).await;
    for seat in [supervisor, b, &c] {
        let (status, deliveries, notes, _) = shown(seat, rossi);
        assert_eq!(
            (status, deliveries, notes),
            (EntitlementStatus::Served, 1, 0),
            "{}",
            seat.username
        );
        seat.assert_sound();
    }
    world.assert_sound();
}
