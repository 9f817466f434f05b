// SPDX-License-Identifier: EUPL-1.2
//! A desk that died is replaced, and comes back one day: what it brings then is neither refused nor mixed in, but decided.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::{BundleRequest, LateRow, LateState};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::exceptions::CaseKind;
use sportello_domain::ids::{DeskId, HouseholdId};
use sportello_domain::office::Role;
use sportello_tests::Seat;
use sportello_tests::clock::march;

fn note(household: HouseholdId, text: &str) -> Command {
    Command::AddNote {
        household,
        text: text.into(),
    }
}

fn notes(seat: &Seat, household: HouseholdId) -> usize {
    seat.household(household).household.notes.len()
}

fn status_of(seat: &Seat, household: HouseholdId) -> EntitlementStatus {
    seat.household(household).entitlements[0].status
}

fn review(row: &LateRow, accept: bool, reason: &str) -> Command {
    Command::ReviewLate {
        late: row.id.clone(),
        accept,
        reason: reason.into(),
    }
}

/// The desk on another computer, and the rights with it: the supervisor has looked at the dead one.
async fn replaced(world: &World, old: DeskId) -> Seat {
    world.office.time.pass_minutes(60);
    let code = world.office.replace("Q1-A");
    let new = world
        .office
        .try_enrol("Q1-A", &code.code.to_string(), Role::Operator)
        .await
        .unwrap();
    assert_eq!(new.status().desk.name, "Q1-A");
    new.exchange().await;
    world.supervisor.exchange().await;
    let desks = world.supervisor.desks().desks;
    let row = desks.iter().find(|row| row.id == old).unwrap();
    assert!(row.revoked);
    assert_eq!(
        row.replaced_by.iter().map(|desk| desk.id).collect::<Vec<_>>(),
        [new.desk.id()]
    );
    world.supervisor.act(Command::RelieveDesk {
        desk: old,
        to: new.desk.id(),
        reason: "Il PC non si accende più".into(),
        checked: true,
    });
    world.supervisor.exchange().await;
    new.exchange().await;
    new.receive("C0001", "C0200");
    new
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_27_the_pc_dies_with_unsent_work_is_replaced_and_the_old_one_comes_back() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi, verdi, neri] = world.households(["Rossi", "Verdi", "Neri"]).await;
    let old = a.desk.id();
    a.serve(rossi, march(1, 9, 0));
    a.exchange().await;
    a.unplug();
    a.serve(verdi, march(1, 9, 15));
    a.act(note(neri, "mai inviata"));
    let unsent = a.status().waiting;

    let new = replaced(&world, old).await;
    new.serve(neri, march(1, 11, 0));
    new.exchange().await;
    b.exchange().await;
    assert_eq!(
        status_of(b, rossi),
        EntitlementStatus::Served,
        "what was accepted stands"
    );

    // It comes back. What it brings is taken, and is nobody's fact yet.
    a.plug();
    assert_eq!(a.try_exchange().await.error.unwrap().code(), "revoked");
    let status = a.status();
    assert_eq!(status.stopped.unwrap().code, "revoked");
    assert_eq!((status.waiting, status.handed_in), (unsent, unsent));
    assert_eq!(a.refused(note(neri, "ancora")), "revoked");
    a.try_exchange().await;
    assert_eq!(
        a.status().handed_in,
        unsent,
        "handing in twice is handing in once"
    );
    for seat in [b, &new, supervisor] {
        seat.exchange().await;
        assert_eq!(
            (status_of(seat, verdi), notes(seat, neri)),
            (EntitlementStatus::Due, 0)
        );
    }
    let rows = supervisor.late().rows;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = &rows[0];
    assert_eq!(
        (row.desk.id, row.state, row.branch),
        (old, LateState::Open, false)
    );
    assert_eq!(row.last + 1 - row.first, unsent);
    let delivery = row
        .acts
        .iter()
        .find(|act| act.kind == "delivery.confirmed")
        .unwrap();
    assert!(
        delivery.name.contains("Verdi") && !delivery.served_otherwise,
        "{delivery:?}"
    );
    assert!(row.acts.iter().any(|act| act.kind == "household.noted"));
    assert!(b.desks().desks.iter().all(|desk| desk.id != old || desk.revoked));

    // Whoever decides says why, once, and is a supervisor.
    assert_eq!(b.refused(review(row, true, "va bene")), "role_too_low");
    assert_eq!(supervisor.refused(review(row, true, " ")), "reason_missing");
    supervisor.act(review(row, true, "Ricevuta firmata in archivio"));
    assert_eq!(
        supervisor.refused(review(row, false, "ripensato")),
        "already_decided"
    );
    world.office.until_quiet(&[supervisor, b, &new]).await;
    for seat in [b, &new, supervisor] {
        let found = seat.household(verdi);
        let served = &found.entitlements[0].entitlement.deliveries[0];
        assert_eq!(served.desk, old, "told as it was");
        assert_eq!(notes(seat, neri), 1);
        seat.assert_sound();
    }
    assert_eq!(supervisor.late().rows[0].state, LateState::Accepted);
    let exceptions = supervisor.odd_deliveries(false);
    assert_eq!(exceptions.len(), 1);
    assert_eq!(
        exceptions[0].matter.kind,
        CaseKind::BeforeRelief,
        "nobody knew of it at the relief"
    );
    assert_eq!(new.refused(new.delivery(verdi, None)), "already_served");
    assert_eq!(
        world.office.central.verify().unwrap().problems,
        Vec::<String>::new()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_supervisor_keeps_out_changes_nothing_and_is_not_lost() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    let old = a.desk.id();
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    let new = replaced(&world, old).await;
    new.serve(rossi, march(1, 11, 0));
    new.exchange().await;
    a.plug();
    a.try_exchange().await;
    supervisor.exchange().await;
    let row = supervisor.late().rows.remove(0);
    assert!(
        row.acts.iter().any(|act| act.served_otherwise),
        "to be seen before it is decided"
    );
    supervisor.act(review(
        &row,
        false,
        "Consegna mai avvenuta: i buoni sono ancora nel cassetto",
    ));
    world.office.until_quiet(&[supervisor, b, &new]).await;
    let row = supervisor.late().rows.remove(0);
    assert_eq!(row.state, LateState::KeptOut);
    assert_eq!(
        row.decision.unwrap().reason,
        "Consegna mai avvenuta: i buoni sono ancora nel cassetto"
    );
    assert!(!row.acts.is_empty(), "and there to be read");
    let found = b.household(rossi);
    let deliveries = &found.entitlements[0].entitlement.deliveries;
    assert_eq!(
        deliveries.iter().map(|d| d.desk).collect::<Vec<_>>(),
        [new.desk.id()]
    );
    assert_eq!(supervisor.odd_deliveries(true), []);
    b.assert_sound();
    supervisor.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_was_made_twice_is_an_anomaly_once_both_count() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    let old = a.desk.id();
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    let new = replaced(&world, old).await;
    new.serve(rossi, march(1, 11, 0));
    new.exchange().await;
    a.plug();
    a.try_exchange().await;
    supervisor.exchange().await;
    let row = supervisor.late().rows.remove(0);
    supervisor.act(review(&row, true, "Due ricevute firmate"));
    let kinds: Vec<CaseKind> = supervisor
        .odd_deliveries(false)
        .iter()
        .map(|row| row.matter.kind)
        .collect();
    assert!(kinds.contains(&CaseKind::Double), "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_of_a_revoked_desk_is_not_mixed_in_and_is_decided_where_supervisors_sit() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    let old = a.desk.id();
    // A neighbour gets by stick what the centre never got; later records are on another stick.
    a.unplug();
    a.act(note(rossi, "prima"));
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let file = folder.path().join(name);
        let request = BundleRequest {
            desks: vec![b.desk.id(), supervisor.desk.id()],
            whole: false,
        };
        a.desk
            .write_bundle(&a.session, &request, &file, &mut |_| {})
            .unwrap();
        file
    };
    let early = write("prima.sportello");
    b.desk.read_bundle(&b.session, &early, &mut |_| {}).unwrap();
    assert_eq!(notes(b, rossi), 1);
    a.act(note(rossi, "dopo"));
    let late = write("dopo.sportello");
    let new = replaced(&world, old).await;
    // The neighbour hears of the revocation, takes out what the centre never had, and hands it on: that comes late.
    b.exchange().await;
    assert_eq!(
        notes(b, rossi),
        0,
        "it does not count any more than anywhere else"
    );
    supervisor.exchange().await;
    assert_eq!(supervisor.late().rows[0].acts.len(), 1);
    let taken = b.desk.read_bundle(&b.session, &late, &mut |_| {}).unwrap();
    assert_eq!(
        (taken.received, taken.troubles[0].problem.code.as_str()),
        (0, "late")
    );
    assert_eq!(notes(b, rossi), 0, "not mixed in");
    let taken = supervisor
        .desk
        .read_bundle(&supervisor.session, &late, &mut |_| {})
        .unwrap();
    assert_eq!((taken.received, taken.troubles.len()), (0, 1));
    let rows = supervisor.late().rows;
    assert_eq!(rows.len(), 2, "{rows:?}");
    for row in rows.iter().filter(|row| row.state == LateState::Open) {
        supervisor.act(review(row, true, "Riconosciute"));
    }
    world.office.until_quiet(&[supervisor, b, &new]).await;
    for seat in [supervisor, b, &new] {
        assert_eq!(notes(seat, rossi), 2, "{}: each once", seat.username);
        seat.assert_sound();
    }
}
