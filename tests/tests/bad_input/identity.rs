// SPDX-License-Identifier: EUPL-1.2
//! Desks that are not, or no longer, who they say they are: revoked, restored, cloned.

use crate::world::World;
use sportello_desk::query::DocumentRequest;
use sportello_desk::view::Concern;
use sportello_desk::{Command, Desk, restore};
use sportello_domain::entitlement::EntitlementStatus;
use sportello_tests::answers::bytes_of;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::facts::CAMPAIGN;
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use sportello_tests::told::{assert_told, code_told};

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_desk_shows_and_prints_and_writes_no_more() {
    let world = World::new().await;
    let delivery = world.desk.serve(world.household, march(1, 9, 0));
    world.meet().await;
    let unsent = world.desk.act(Command::AddNote {
        household: world.household,
        text: "non ancora inviata".into(),
    });
    world.office.central.revoke_desk("Q1-A").unwrap();
    let report = world.desk.try_exchange().await;
    assert_eq!(report.error.unwrap().code(), "revoked");
    let status = world.desk.status();
    let stopped = status.stopped.expect("the person is told");
    assert_told(&stopped);
    assert_eq!(
        (stopped.code.as_str(), status.concern, status.waiting),
        ("revoked", Concern::Error, 1)
    );
    let note = Command::AddNote {
        household: world.household,
        text: "dopo".into(),
    };
    assert_eq!(world.desk.refused(note), "revoked");
    let receipt = DocumentRequest::Receipt {
        entitlement: right(world.household),
        delivery,
        copy: true,
    };
    assert!(bytes_of(&world.desk.document(receipt)).starts_with(b"%PDF"));
    assert_eq!(
        world.desk.counter(right(world.household)).entitlement.status,
        EntitlementStatus::Served
    );
    // It stays stopped when it is started again, and keeps what it could not send.
    let World {
        office,
        supervisor,
        desk,
        household,
    } = world;
    let desk = desk.restarted();
    assert_eq!(desk.status().stopped.unwrap().code, "revoked");
    assert_eq!(desk.household(household).household.notes.len(), 1, "{unsent:?}");
    supervisor.exchange().await;
    let row = supervisor
        .desks()
        .desks
        .into_iter()
        .find(|row| row.name == "Q1-A")
        .unwrap();
    assert!(row.revoked);
    assert!(
        supervisor.indicator(CAMPAIGN).missing_desks.is_empty(),
        "nobody waits for a revoked desk"
    );
    World {
        office,
        supervisor,
        desk,
        household,
    }
    .assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_was_restored_does_not_write_under_its_old_identity() {
    let world = World::new().await;
    world.meet().await;
    let backup = world.desk.desk.backup(None).unwrap();
    // After the backup a household is served and the record reaches the centre.
    world.serve();
    world.meet().await;
    let (household, username) = (world.household, world.desk.username.clone());
    let (home, clock, _folder) = world.desk.closed();
    let wrong = restore(&home, &backup, &username, "un'altra frase lunga").unwrap_err();
    assert_eq!(code_told(&wrong), "wrong_passphrase");
    restore(&home, &backup, &username, PASSPHRASE).unwrap();
    let (desk, session) = Desk::login(&home, clock.ports(), &username, PASSPHRASE).unwrap();
    let note = Command::AddNote {
        household,
        text: "dopo il ripristino".into(),
    };
    let refused = desk
        .execute(&session, sportello_tests::seat::new_command(), &note)
        .unwrap_err();
    assert_eq!(code_told(&refused), "restored");
    let sportello_desk::View::Verification(found) =
        desk.query(&session, &sportello_desk::Query::Verify).unwrap()
    else {
        panic!()
    };
    assert_eq!(found.faults, Vec::<String>::new());
    // The centre notices it too; what it has is not lost.
    let report = desk.sync_once().await.unwrap();
    assert!(
        report.troubles.iter().any(|t| t.trouble.code() == "own_behind"),
        "{report:?}"
    );
    world.supervisor.exchange().await;
    assert_eq!(
        world.supervisor.household(household).entitlements[0].status,
        EntitlementStatus::Served
    );
    world.supervisor.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloned_disk_is_noticed_and_both_stories_are_kept() {
    let world = World::new().await;
    world.meet().await;
    let (household, username) = (world.household, world.desk.username.clone());
    let World {
        office,
        supervisor,
        desk,
        ..
    } = world;
    let desk = desk.restarted();
    let clone_folder = tempfile::tempdir().unwrap();
    copy_folder(desk.home().path(), clone_folder.path());
    let clone_home = sportello_desk::Home::new(clone_folder.path());
    let (clone, session) = Desk::login(&clone_home, desk.clock.ports(), &username, PASSPHRASE).unwrap();

    desk.act(Command::AddNote {
        household,
        text: "dalla postazione".into(),
    });
    let note = Command::AddNote {
        household,
        text: "dalla copia".into(),
    };
    clone
        .execute(&session, sportello_tests::seat::new_command(), &note)
        .unwrap();
    desk.exchange().await;
    let report = clone.sync_once().await.unwrap();
    assert!(
        report.troubles.iter().any(|t| t.trouble.code() == "fork"),
        "{report:?}"
    );
    let refused = clone
        .execute(&session, sportello_tests::seat::new_command(), &note)
        .unwrap_err();
    assert_eq!(code_told(&refused), "fork");
    // The log is stopped at the centre until a person has looked; the evidence of both is there.
    assert_eq!(office.central.vault().counts().unwrap().aside, 1);
    let report = desk.try_exchange().await;
    assert!(
        report.troubles.iter().any(|t| t.trouble.code() == "fork") || !report.is_clean(),
        "{report:?}"
    );
    let told = |found: &Desk| {
        let sportello_desk::View::Household(view) = found
            .query(&session, &sportello_desk::Query::Household { id: household })
            .unwrap()
        else {
            panic!()
        };
        view.household
            .notes
            .iter()
            .map(|note| note.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&clone), ["dalla copia"]);
    assert_eq!(told(&desk.desk), ["dalla postazione"]);
    supervisor.exchange().await;
    assert_eq!(supervisor.household(household).household.notes.len(), 1);
    supervisor.assert_sound();
    desk.assert_sound();
}
