// SPDX-License-Identifier: EUPL-1.2
//! A desk changes its key in the middle of the work: nobody notices, nothing is signed anew, and what the old key signs counts no more.

use crate::world::World;
use sportello_desk::view::{BundleRequest, DeskRow};
use sportello_desk::{Command, DeskError};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::{DeskId, HouseholdId};
use sportello_sync::{Endpoint, Reply, Request, Transport, TransportError};
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::relay::Relay;
use sportello_tests::told::code_told;
use sportello_tests::wire::Wire;
use std::sync::{Arc, Mutex};

fn note(household: HouseholdId, text: &str) -> Command {
    Command::AddNote {
        household,
        text: text.into(),
    }
}

fn notes(seat: &Seat, household: HouseholdId) -> usize {
    seat.household(household).household.notes.len()
}

fn row_of(seat: &Seat, desk: DeskId) -> DeskRow {
    let all = seat.desks().desks;
    all.into_iter().find(|row| row.id == desk).unwrap()
}

async fn rotate(seat: &Seat) -> u32 {
    let view = seat.desk.rotate_key_over(&seat.session, seat.wire()).await;
    view.unwrap_or_else(|error| panic!("{}", error.code())).number
}

/// What happens to the one message that asks for the key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It does not arrive.
    Unsent,
    /// It arrives, and its answer does not.
    Unanswered,
}

/// A cable on which this message is lost, once, and the power goes: the desk's disk is as it was in that moment.
struct Breaks {
    wire: Arc<Wire>,
    fate: Fate,
    disk: Mutex<Option<Seat>>,
    of: Arc<Mutex<Option<Seat>>>,
}

impl Transport for Breaks {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        if request.endpoint != Endpoint::Rotate {
            return self.wire.send(request).await;
        }
        if self.fate == Fate::Unanswered {
            self.wire.send(request).await?;
        }
        let copy = self.of.lock().unwrap().as_ref().map(Seat::cloned);
        *self.disk.lock().unwrap() = copy;
        Err(TransportError::Interrupted(None))
    }
}

/// The desk asks for another key, and the power goes before it has it; what is left is what was on its disk then.
async fn broken_off(seat: Seat, fate: Fate) -> (Seat, DeskError) {
    let (desk, session, wire) = (seat.desk.clone(), seat.session.clone(), seat.wire());
    let of = Arc::new(Mutex::new(Some(seat)));
    let breaks = Arc::new(Breaks {
        wire,
        fate,
        disk: Mutex::default(),
        of,
    });
    let error = desk.rotate_key_over(&session, breaks.clone()).await.unwrap_err();
    let left = breaks.disk.lock().unwrap().take().unwrap();
    (left, error)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_goes_on_with_another_key_and_everybody_believes_old_and_new() {
    let mut world = World::new().await;
    let [rossi, verdi, neri] = world.households(["Rossi", "Verdi", "Neri"]).await;
    world.a.serve(rossi, march(1, 9, 0));
    world.meet().await;
    assert_eq!(world.a.desk.key_view().number, 1);
    // What waits goes with it: it is handed over first.
    world.a.act(note(neri, "prima"));
    assert_eq!(rotate(&world.a).await, 2);
    assert_eq!(world.a.status().waiting, 0);
    world.a.serve(verdi, march(1, 9, 15));
    world.a = world.a.restarted();
    assert_eq!(world.a.desk.key_view().number, 2);
    world.a.act(note(neri, "dopo"));
    world.meet().await;
    for seat in [&world.supervisor, &world.b] {
        assert_eq!(notes(seat, neri), 2);
        for household in [rossi, verdi] {
            let status = seat.household(household).entitlements[0].status;
            assert_eq!(status, EntitlementStatus::Served);
        }
        assert_eq!(row_of(seat, world.a.desk.id()).key_number, 2);
    }
    // Whoever begins now reads all of it; and it may be changed again.
    assert_eq!(rotate(&world.a).await, 3);
    world.a.act(note(neri, "ancora dopo"));
    world.a.exchange().await;
    let new = world.office.desk("Q1-N", "Q1").await;
    world
        .office
        .until_quiet(&[&world.supervisor, &world.a, &world.b, &new])
        .await;
    assert_eq!(notes(&new, neri), 3);
    new.assert_sound();
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_power_goes_while_it_is_changed_the_desk_goes_on_and_has_the_new_key_in_the_end() {
    for fate in [Fate::Unsent, Fate::Unanswered] {
        let World {
            office,
            supervisor,
            a,
            b,
        } = World::new().await;
        let rossi = supervisor.enter("Rossi", 1);
        office.until_quiet(&[&supervisor, &a, &b]).await;
        let (a, error) = broken_off(a, fate).await;
        assert_eq!(code_told(&error), "interrupted");
        // It works on as if nothing had been, with the network down too.
        a.unplug();
        a.act(note(rossi, "senza corrente"));
        assert_eq!(a.try_exchange().await.error.unwrap().code(), "unreachable");
        assert_eq!((a.status().stopped, a.desk.key_view().number), (None, 1));
        let a = a.restarted();
        a.exchange().await;
        assert_eq!(a.desk.key_view().number, 2);
        office.until_quiet(&[&supervisor, &a, &b]).await;
        assert_eq!(notes(&b, rossi), 1);
        for seat in [&supervisor, &a, &b] {
            seat.assert_sound();
        }
        assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_comes_by_stick_settles_what_was_asked_for() {
    let World {
        office,
        supervisor,
        a,
        b,
    } = World::new().await;
    let (a, _) = broken_off(a, Fate::Unanswered).await;
    // A neighbour has heard of it, and the line of this desk is down.
    a.unplug();
    b.exchange().await;
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("stick.sportello");
    let request = BundleRequest {
        desks: vec![a.desk.id()],
        whole: false,
    };
    b.desk
        .write_bundle(&b.session, &request, &stick, &mut |_| {})
        .unwrap();
    let taken = a.desk.read_bundle(&a.session, &stick, &mut |_| {}).unwrap();
    assert!(taken.whole && taken.troubles.is_empty(), "{taken:?}");
    assert_eq!(a.desk.key_view().number, 2);
    a.plug();
    office.until_quiet(&[&supervisor, &a, &b]).await;
    a.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_from_before_the_change_is_stopped_and_loses_nothing() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let copy = world.a.cloned();
    rotate(&world.a).await;
    copy.act(note(rossi, "dalla copia"));
    let report = copy.try_exchange().await;
    assert_eq!(report.error.unwrap().code(), "key_replaced");
    assert_eq!(copy.status().stopped.unwrap().code, "key_replaced");
    assert_eq!(copy.refused(note(rossi, "ancora")), "key_replaced");
    // The one that changed it goes on.
    world.a.act(note(rossi, "dalla postazione"));
    world.meet().await;
    assert_eq!(world.a.status().stopped, None);
    // And the copy goes on as another desk, as every stopped one.
    let code = world.office.replace("Q1-A");
    let renewed = copy.renewed(&code.code.to_string()).await;
    let (copy, view) = renewed.unwrap_or_else(|failed| panic!("{}", failed.1.code()));
    assert_eq!(view.carried, 1);
    world
        .office
        .until_quiet(&[&copy, &world.supervisor, &world.b])
        .await;
    assert_eq!(notes(&world.b, rossi), 2);
    copy.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn sticks_and_slips_that_are_on_their_way_are_still_good() {
    let world = World::new().await;
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    let (a, b) = (&world.a, &world.b);
    let folder = tempfile::tempdir().unwrap();
    let write = |from: &Seat, to: &Seat, name: &str| {
        let file = folder.path().join(name);
        let request = BundleRequest {
            desks: vec![to.desk.id()],
            whole: false,
        };
        from.desk
            .write_bundle(&from.session, &request, &file, &mut |_| {})
            .unwrap();
        file
    };
    // Two papers and a stick are made, then both desks change their keys.
    b.unplug();
    b.act(note(rossi, "sulla chiavetta"));
    let to_a = write(b, a, "a.sportello");
    b.plug();
    let mut papers = Vec::new();
    for household in [rossi, verdi] {
        a.act(Command::HandOver {
            entitlement: right(household),
            to: b.desk.id(),
        });
        papers.push(a.custody_slip(right(household)));
    }
    world.office.time.pass_minutes(1);
    assert_eq!((rotate(a).await, rotate(b).await), (2, 2));
    a.exchange().await;
    let taken = a.desk.read_bundle(&a.session, &to_a, &mut |_| {}).unwrap();
    assert!(taken.whole && taken.troubles.is_empty(), "{taken:?}");
    for (paper, code) in papers.iter().zip([&papers[0].code, &papers[1].qr]) {
        assert!(!paper.code.is_empty());
        let entitlement = Some(right(if *code == papers[0].code { rossi } else { verdi }));
        b.act(Command::AcceptSlip {
            entitlement,
            code: code.clone(),
        });
    }
    b.serve(rossi, march(1, 9, 15));
    // A stick that is made afterwards is read by whoever does not know of the change yet.
    b.act(note(verdi, "dopo"));
    let to_supervisor = write(b, &world.supervisor, "s.sportello");
    let taken = world
        .supervisor
        .desk
        .read_bundle(&world.supervisor.session, &to_supervisor, &mut |_| {})
        .unwrap();
    assert!(taken.whole && taken.troubles.is_empty(), "{taken:?}");
    assert_eq!(notes(&world.supervisor, verdi), 1);
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_relay_of_the_seat_believes_both_and_is_believed() {
    let mut world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let r = world.office.desk("Q1-R", "Q1").await;
    world
        .office
        .until_quiet(&[&world.supervisor, &world.a, &world.b, &r])
        .await;
    let relay = Relay::of(&r);
    for seat in [&world.a, &world.b] {
        seat.rely_on(&r, relay.address);
    }
    // The line is down: the relay has what the old key signed and the centre has not.
    world.a.unplug();
    world.a.act(note(rossi, "alla sede"));
    world.a.relay().await;
    world.a.plug();
    assert_eq!(rotate(&world.a).await, 2);
    // The relay has not heard of it: the desk shows its certificate.
    world.a.act(note(rossi, "con la chiave nuova"));
    world.a.relay().await;
    world.b.relay().await;
    assert_eq!(notes(&world.b, rossi), 2);
    // The relay changes its own; who does not know seals to the old one still.
    assert_eq!(rotate(&r).await, 2);
    world.office.switch_off().await;
    world.b.act(note(rossi, "a B"));
    world.b.relay().await;
    world.a.relay().await;
    assert_eq!(notes(&world.a, rossi), 3);
    world.office.switch_on().await;
    world
        .office
        .until_quiet(&[&world.supervisor, &world.a, &world.b, &r])
        .await;
    r.assert_sound();
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_did_not_hear_of_its_key_hears_of_it_from_the_relay_of_its_seat() {
    let World {
        mut office,
        supervisor,
        a,
        b,
    } = World::new().await;
    let rossi = supervisor.enter("Rossi", 1);
    let r = office.desk("Q1-R", "Q1").await;
    office.until_quiet(&[&supervisor, &a, &b, &r]).await;
    let relay = Relay::of(&r);
    let (a, _) = broken_off(a, Fate::Unanswered).await;
    r.exchange().await;
    office.switch_off().await;
    a.rely_on(&r, relay.address);
    a.act(note(rossi, "alla sede"));
    for _ in 0..2 {
        a.try_relay().await;
    }
    assert_eq!((a.desk.key_view().number, notes(&r, rossi)), (2, 1));
    office.switch_on().await;
    office.until_quiet(&[&supervisor, &a, &b, &r]).await;
    assert_eq!(notes(&b, rossi), 1);
    a.assert_sound();
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_change_the_key_of_a_desk_of_supervisors_and_a_stopped_desk_changes_none() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    assert_eq!(rotate(supervisor).await, 2);
    world.office.central.revoke_desk("Q1-A").unwrap();
    world.a.try_exchange().await;
    let error = world
        .a
        .desk
        .rotate_key_over(&world.a.session, world.a.wire())
        .await
        .unwrap_err();
    assert_eq!(code_told(&error), "revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_has_a_dead_desk_replaced_and_the_new_one_makes_its_first_start() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let (supervisor, old) = (&world.supervisor, world.a.desk.id());
    world.a.serve(rossi, march(1, 9, 0));
    world.a.exchange().await;
    let ask = async |seat: &Seat, request, desk| {
        let wire = seat.wire();
        seat.desk
            .replace_desk_over(&seat.session, request, desk, wire.as_ref())
            .await
    };
    let request = sportello_tests::seat::new_command();
    let refused = ask(&world.b, request, old).await.unwrap_err();
    assert_eq!(code_told(&refused), "role_too_low");
    let refused = ask(supervisor, request, supervisor.desk.id()).await.unwrap_err();
    assert_eq!(code_told(&refused), "replaces_itself");
    // The answer is lost, and the same is asked again.
    supervisor.wire().set_losing_answers(true);
    assert_eq!(
        code_told(&ask(supervisor, request, old).await.unwrap_err()),
        "interrupted"
    );
    supervisor.wire().set_losing_answers(false);
    let first = ask(supervisor, request, old).await.unwrap();
    let again = ask(supervisor, request, old).await.unwrap();
    assert_eq!((&first.code, first.desk), (&again.code, again.desk));
    assert_eq!((first.name.as_str(), first.before.id), ("Q1-A", old));
    supervisor.exchange().await;
    assert!(row_of(supervisor, old).revoked);
    let role = sportello_domain::office::Role::Operator;
    let new = world.office.try_enrol("Q1-A2", &first.code, role).await.unwrap();
    assert_eq!(new.desk.id(), first.desk);
    world.office.until_quiet(&[supervisor, &world.b, &new]).await;
    assert_eq!(row_of(supervisor, old).replaced_by[0].id, new.desk.id());
    assert_eq!(
        new.household(rossi).entitlements[0].status,
        EntitlementStatus::Served
    );
    let states = world.office.central.desk_states().unwrap();
    let dead = states.iter().find(|state| state.desk.id == old).unwrap();
    assert_eq!(dead.replaced_by, ["Q1-A"]);
}
