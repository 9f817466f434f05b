// SPDX-License-Identifier: EUPL-1.2
//! A desk that was stopped goes on as another, with all that it wrote; and no right is in two hands.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::view::LateState;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::{DeskId, HouseholdId};
use sportello_domain::serial::Run;
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::{in_person, right};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use sportello_tests::told::code_told;

fn note(household: HouseholdId, text: &str) -> Command {
    Command::AddNote {
        household,
        text: text.into(),
    }
}

fn notes(seat: &Seat, household: HouseholdId) -> Vec<String> {
    let mut notes: Vec<String> = seat
        .household(household)
        .household
        .notes
        .iter()
        .map(|note| note.text.clone())
        .collect();
    notes.sort();
    notes
}

fn status_of(seat: &Seat, household: HouseholdId) -> EntitlementStatus {
    seat.household(household).entitlements[0].status
}

/// What a computer hands over whose booklets are not those that come next.
fn with_booklet(household: HouseholdId, first: &str, last: &str) -> Command {
    Command::ConfirmDelivery {
        entitlement: right(household),
        appointment: None,
        collector: in_person(),
        runs: vec![Run::between(first, last).unwrap()],
        force: None,
        partial: None,
    }
}

fn relieve(from: DeskId, to: DeskId) -> Command {
    Command::RelieveDesk {
        desk: from,
        to,
        reason: "Disco clonato: la copia è spenta e in cassaforte".into(),
        checked: true,
    }
}

/// The desk goes on, or the test ends.
async fn renewed(seat: Seat, code: &str) -> (Seat, u64) {
    let (seat, view) = seat
        .renewed(code)
        .await
        .unwrap_or_else(|failed| panic!("{}: {}", failed.0.username, failed.1.code()));
    (seat, view.carried)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_cloned_disk_one_copy_goes_on_as_another_desk_and_nothing_of_either_is_lost() {
    let mut world = World::new().await;
    let [rossi, verdi, neri] = world.households(["Rossi", "Verdi", "Neri"]).await;
    world.meet().await;
    let old = world.a.desk.id();
    let clone = world.a.cloned();
    // One serves Rossi and reaches the centre first; the other serves Verdi, elsewhere.
    world.a.serve(rossi, march(1, 9, 0));
    world.a.act(note(neri, "dalla prima"));
    clone.act(with_booklet(verdi, "A0201", "A0215"));
    clone.act(note(neri, "dalla seconda"));
    world.a.exchange().await;
    // It finds that the centre has more under its name than it wrote; the centre, that there are two branches.
    assert_eq!(
        clone.try_exchange().await.troubles[0].trouble.code(),
        "own_behind"
    );
    world.a.act(note(neri, "dalla prima, prima di saperlo"));
    assert_eq!(world.a.try_exchange().await.troubles[0].trouble.code(), "fork");
    for (stopped, why) in [(&world.a, "fork"), (&clone, "own_behind")] {
        assert_eq!(stopped.refused(note(neri, "ancora")), why);
        assert_eq!(stopped.refused(with_booklet(neri, "A0301", "A0315")), why);
    }

    // A code for just any desk is not for it, and is not used up.
    let plain = world
        .office
        .invite(&sportello_central::NewDesk::new("Q1", "Q1-C"));
    let (clone, error) = *clone.renewed(&plain.code.to_string()).await.unwrap_err();
    assert_eq!(code_told(&error), "code_other_desk");
    assert_eq!(
        clone.refused(note(neri, "ancora")),
        "own_behind",
        "nothing has happened"
    );
    // The centre puts a desk in its place, and the second copy goes on as this.
    let code = world.office.replace("Q1-A");
    assert_eq!(code.name, "Q1-A", "it sits where the old one sat");
    let (new, carried) = renewed(clone, &code.code.to_string()).await;
    assert_eq!((new.desk.id(), carried), (code.desk, 2));
    assert_eq!(new.status().stopped, None);
    assert_eq!(
        status_of(&new, verdi),
        EntitlementStatus::Served,
        "what it knew it knows"
    );
    new.assert_sound();
    // The supervisors see what the centre set aside of the second copy; once carried on, there is nothing to decide.
    world.supervisor.exchange().await;
    let waiting = world.supervisor.late().rows;
    assert!(
        waiting
            .iter()
            .any(|row| row.branch && row.state == LateState::Open),
        "{waiting:?}"
    );
    new.act(note(neri, "con la nuova identità"));
    new.exchange().await;
    new.exchange().await;
    let all = ["con la nuova identità", "dalla prima", "dalla seconda"];
    assert_eq!(notes(&new, neri), all, "and what the other copy had handed over");
    // Whoever reads the topic has both branches, each told as it was.
    for seat in [&world.b, &world.supervisor] {
        seat.exchange().await;
        assert_eq!(notes(seat, neri), all, "{}", seat.username);
        let served = &seat.household(verdi).entitlements[0].entitlement.deliveries[0];
        assert_eq!(
            (served.desk, served.runs[0].first),
            (old, 201),
            "by the desk that it then was"
        );
        assert_eq!(status_of(seat, rossi), EntitlementStatus::Served);
    }
    assert_eq!(world.supervisor.odd_deliveries(true), [], "all of it was right");
    let decided = world.supervisor.late().rows;
    assert!(
        decided.iter().all(|row| row.state == LateState::Counted),
        "{decided:?}"
    );

    // The old identity's rights are nobody's until a supervisor has looked at the other copy.
    new.receive("A0216", "A0260");
    assert_eq!(new.refused(new.delivery(neri, None)), "not_holder");
    assert_eq!(world.a.refused(note(neri, "ancora")), "fork");
    world.supervisor.act(relieve(old, new.desk.id()));
    world.supervisor.exchange().await;
    new.exchange().await;
    new.serve(neri, march(1, 10, 0));
    // The first copy had one note more. It goes on as a second desk, and that is not lost either.
    let code = world.office.replace(&old.to_string());
    assert_eq!(code.name, "Q1-A (2)", "two desks never have one name");
    let (first, carried) = renewed(world.a, &code.code.to_string()).await;
    assert_eq!(carried, 1);
    first.exchange().await;
    new.exchange().await;
    assert!(notes(&new, neri).contains(&"dalla prima, prima di saperlo".to_owned()));
    first.exchange().await;
    assert_eq!(first.refused(first.delivery(neri, None)), "already_served");
    world.a = first;
    world
        .office
        .until_quiet(&[&world.supervisor, &world.a, &world.b, &new])
        .await;
    assert_eq!(notes(&world.b, neri).len(), 4);
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    new.assert_sound();
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_goes_on_and_what_was_after_it_comes_back() {
    let mut world = World::new().await;
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    // One note is in the backup and was never handed over; one delivery came after it and was.
    world.a.unplug();
    world.a.act(note(rossi, "prima del backup"));
    let backup = world.a.desk.backup(None).unwrap();
    world.a.plug();
    world.a.serve(verdi, march(1, 9, 0));
    world.a.exchange().await;
    let old = world.a.desk.id();
    let (home, clock, folder) = world.a.closed();
    let away = tempfile::tempdir().unwrap();
    copy_folder(&backup, away.path());
    sportello_desk::restore(&home, away.path(), "q1-a", PASSPHRASE).unwrap();
    let restored = Seat::opened(home, clock, folder, "q1-a");
    assert_eq!(restored.refused(note(rossi, "ancora")), "restored");
    assert_eq!(status_of(&restored, verdi), EntitlementStatus::Due);

    let code = world.office.replace("Q1-A").code.to_string();
    let (new, carried) = renewed(restored, &code).await;
    assert!(
        carried >= 1,
        "what the backup did not know to be there is carried on, and counts once"
    );
    new.exchange().await;
    new.exchange().await;
    assert_eq!(
        status_of(&new, verdi),
        EntitlementStatus::Served,
        "from the centre"
    );
    assert_eq!(notes(&new, rossi), ["prima del backup"], "once");
    world.b.exchange().await;
    assert_eq!(notes(&world.b, rossi), ["prima del backup"]);
    world.supervisor.exchange().await;
    world.supervisor.act(relieve(old, new.desk.id()));
    world.supervisor.exchange().await;
    new.exchange().await;
    // The vouchers that the old identity still had are counted in again; those that it gave out are not there any more.
    assert_eq!(
        new.refused(Command::ReceiveStock {
            campaign: sportello_tests::facts::CAMPAIGN,
            runs: vec![Run::between("A0001", "A0040").unwrap()],
            note: "Conta".into(),
            delivery_note: None
        }),
        "serial_already_received"
    );
    new.receive("A0016", "A0400");
    new.serve(rossi, march(1, 11, 0));
    world.a = new.restarted();
    assert_eq!(world.a.desk.settings().desk, world.a.desk.id());
    world.meet().await;
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_nothing_happened_to_keeps_its_identity_and_one_that_asked_in_vain_asks_again() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let other = world.office.replace("Q1-B").code.to_string();
    let (a, error) = *world.a.renewed(&other).await.unwrap_err();
    assert_eq!(code_told(&error), "not_stopped");
    // B was replaced, by mistake as it turns out: it wrote on offline, hears of it, and goes on.
    world.b.act(note(rossi, "senza rete"));
    assert_eq!(world.b.try_exchange().await.error.unwrap().code(), "revoked");
    let (b, error) = *world.b.renewed("0000-0000-0000").await.unwrap_err();
    assert_eq!(code_told(&error), "code_mistyped");
    let (b, carried) = renewed(b, &other).await;
    assert_eq!(carried, 1);
    b.exchange().await;
    a.exchange().await;
    assert_eq!(notes(&a, rossi), ["senza rete"]);
    // The same code does not make another desk.
    let again = world
        .office
        .try_enrol("Q1-B", &other, sportello_domain::office::Role::Operator);
    assert_eq!(again.await.unwrap_err().code(), "code_used");
    a.assert_sound();
    b.assert_sound();
}
