// SPDX-License-Identifier: EUPL-1.2
//! What a supervisor orders to be forgotten is forgotten everywhere, whoever was away or came back meanwhile; the figures stay.

use crate::world::World;
use sportello_central::NewDesk;
use sportello_desk::query::InboxFilter;
use sportello_desk::view::{BundleRequest, ErasurePreviewView, ErasuresView};
use sportello_desk::{Command, Query, View};
use sportello_domain::entitlement::{Collector, Document, DocumentKind};
use sportello_domain::erasure::{ErasureScope, Ground};
use sportello_domain::exceptions::{CaseDecision, CaseKind, CaseStanding};
use sportello_domain::ids::HouseholdId;
use sportello_domain::office::Role;
use sportello_tests::Seat;
use sportello_tests::answers::EVERY_STANDING;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::facts::CAMPAIGN;
use std::path::Path;

const NAME: &str = "Zanobini";

fn household(id: HouseholdId) -> ErasureScope {
    ErasureScope::Household { household: id }
}

fn preview(seat: &Seat, scope: ErasureScope) -> ErasurePreviewView {
    match seat.ask(&Query::ErasurePreview { scope }) {
        View::ErasurePreview(view) => view,
        other => panic!("{other:?}"),
    }
}

fn orders(seat: &Seat) -> ErasuresView {
    match seat.ask(&Query::Erasures) {
        View::Erasures(view) => view,
        other => panic!("{other:?}"),
    }
}

fn order(scope: ErasureScope, digest: &str) -> Command {
    Command::OrderErasure {
        scope,
        ground: Ground::Request,
        reason: "prot. 1234/2021".into(),
        digest: digest.into(),
    }
}

fn erase(seat: &Seat, scope: ErasureScope) -> ErasurePreviewView {
    let found = preview(seat, scope);
    seat.act(order(scope, &found.digest));
    found
}

fn note(household: HouseholdId, text: &str) -> Command {
    Command::AddNote {
        household,
        text: text.into(),
    }
}

/// Whether a name stands anywhere in the files of a folder, as the centre keeps them: not encrypted.
fn lies_about(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file()
            && std::fs::read(&path)
                .unwrap()
                .windows(NAME.len())
                .any(|window| window == NAME.as_bytes())
    })
}

/// Nothing that the desk shows has the name.
fn forgot(seat: &Seat) {
    assert!(seat.search(NAME).hits.is_empty(), "{}", seat.username);
    let inbox = Query::Inbox {
        filter: InboxFilter {
            standings: EVERY_STANDING.to_vec(),
            ..InboxFilter::default()
        },
        offset: 0,
        limit: 1000,
    };
    for shown in [
        format!("{:?}", seat.board()),
        // Only supervisors are answered.
        format!("{:?}", seat.try_ask(&inbox)),
        format!("{:?}", seat.indicator(CAMPAIGN)),
        seat.desk.store().read(|reads| reads.dump()).unwrap().join("\n"),
    ] {
        assert!(!shown.contains(NAME), "{}: {shown}", seat.username);
    }
    seat.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_is_forgotten_everywhere_and_still_counts() {
    let mut world = World::new().await;
    let [zanobini, rossi] = world.households([NAME, "Rossi"]).await;
    let delivery = world.a.serve(zanobini, march(1, 9, 0));
    world.a.serve(rossi, march(1, 9, 15));
    world.a.act(note(zanobini, "la signora Zanobini torna domani"));
    world.meet().await;
    let before = world.supervisor.indicator(CAMPAIGN);
    assert_eq!((before.served, before.presented), (2, 2));
    // Copies from before: a stick, the centre's backup, a desk's own.
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("vecchio.sportello");
    let request = BundleRequest {
        desks: vec![],
        whole: true,
    };
    let backup = world.office.backup();
    let old = world.a.desk.backup(None).unwrap();
    assert!(lies_about(world.office.directory()) && lies_about(backup.path()));
    world.a.unplug();

    let seen = erase(&world.supervisor, household(zanobini));
    assert_eq!(seen.households, 1);
    // Entered, granted with a reason, the delivery, the note.
    assert_eq!(seen.records, 4);
    forgot(&world.supervisor);
    assert_eq!(world.supervisor.refused(note(zanobini, "di nuovo")), "erased");
    assert_eq!(
        world
            .supervisor
            .try_ask(&Query::Household { id: zanobini })
            .unwrap_err()
            .code(),
        "erased"
    );

    // Unaware, a desk writes on: a note, and it takes the delivery back.
    world.a.act(note(zanobini, "Zanobini ha telefonato"));
    world.a.act(Command::ReverseDelivery {
        entitlement: right(zanobini),
        delivery,
        reason: "Zanobini ha sbagliato giorno".into(),
        returned: true,
    });
    world
        .a
        .desk
        .write_bundle(&world.a.session, &request, &stick, &mut |_| {})
        .unwrap();
    world.supervisor.exchange().await;
    assert!(!lies_about(world.office.directory()), "the centre obeyed");
    world.a.plug();
    world.meet().await;
    for seat in [&world.supervisor, &world.a, &world.b] {
        forgot(seat);
    }
    assert!(!lies_about(world.office.directory()));
    let told = orders(&world.supervisor);
    assert_eq!(
        (told.orders.len(), told.orders[0].erasure.late),
        (1, 1),
        "{told:?}"
    );
    assert!(!told.pending);
    // Backups are named by the second: one made within this second takes its place with the next exchange.
    for _ in 0..50 {
        if !old.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        world.a.exchange().await;
    }
    assert!(!old.exists(), "the backup from before was replaced");
    let now = world.b.indicator(CAMPAIGN);
    assert_eq!(
        (now.served, now.presented),
        (1, 2),
        "taken back, and still presented"
    );
    world.assert_sound();

    // A desk that comes later never sees the name, from the centre or from a stick that still has it.
    let fresh = world.office.desk("Q1-C", "Q1").await;
    fresh.exchange().await;
    forgot(&fresh);
    assert_eq!(fresh.indicator(CAMPAIGN).presented, 2);
    let reader = world.office.desk("Q1-D", "Q1").await;
    reader.exchange().await;
    world
        .office
        .central
        .take_bundle(&std::fs::read(&stick).unwrap()[..])
        .unwrap();
    assert!(
        !lies_about(world.office.directory()),
        "nor does the centre take it back"
    );

    // The centre comes back from a backup that has all of it, and is refilled.
    world.office.restore(backup).await;
    assert!(lies_about(world.office.directory()));
    world.b.exchange().await;
    world.supervisor.exchange().await;
    world.meet().await;
    assert!(!lies_about(world.office.directory()), "it obeys again");
    let last = world.office.desk("Q1-E", "Q1").await;
    last.exchange().await;
    forgot(&last);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_from_before_the_order_brings_nothing_back() {
    let world = World::new().await;
    let [zanobini] = world.households([NAME]).await;
    world.a.serve(zanobini, march(1, 9, 0));
    world.a.exchange().await;
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("vecchio.sportello");
    let late = world.office.desk("Q1-C", "Q1").await;
    world.a.exchange().await;
    let request = BundleRequest {
        desks: vec![late.desk.id()],
        whole: true,
    };
    world
        .a
        .desk
        .write_bundle(&world.a.session, &request, &stick, &mut |_| {})
        .unwrap();
    world.supervisor.exchange().await;
    erase(&world.supervisor, household(zanobini));
    let office_only = folder.path().join("ordine.sportello");
    let request = BundleRequest {
        desks: vec![late.desk.id()],
        whole: true,
    };
    world
        .supervisor
        .desk
        .write_bundle(&world.supervisor.session, &request, &office_only, &mut |_| {})
        .unwrap();
    // The order first, then what it names; all by stick.
    for file in [&office_only, &stick] {
        late.desk.read_bundle(&late.session, file, &mut |_| {}).unwrap();
    }
    forgot(&late);
    // And the other way round, at a desk that never saw the network since.
    world.b.unplug();
    for file in [&stick, &office_only] {
        let _ = world.b.desk.read_bundle(&world.b.session, file, &mut |_| {});
    }
    world.b.plug();
    world.supervisor.exchange().await;
    world.b.exchange().await;
    forgot(&world.b);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_revoked_desk_brings_late_of_whom_an_order_erased_comes_without_its_body() {
    let world = World::new().await;
    let [zanobini] = world.households([NAME]).await;
    world.a.serve(zanobini, march(1, 9, 0));
    world.meet().await;
    world.a.unplug();
    world.a.act(note(zanobini, "Zanobini ha telefonato"));
    let revoked = world.a.desk.id().to_string();
    world.office.central.revoke_desk(&revoked).unwrap();
    world.supervisor.exchange().await;
    erase(&world.supervisor, household(zanobini));
    world.supervisor.exchange().await;
    assert!(!lies_about(world.office.directory()));
    world.a.plug();
    assert_eq!(world.a.try_exchange().await.error.unwrap().code(), "revoked");
    assert_eq!(
        world.office.central.vault().forks().unwrap().len(),
        1,
        "it was set aside"
    );
    assert!(!lies_about(world.office.directory()));
    world.supervisor.exchange().await;
    forgot(&world.supervisor);
    assert_eq!(
        world.office.central.verify().unwrap().problems,
        Vec::<String>::new()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_going_on_is_not_erased() {
    let world = World::new().await;
    let [zanobini] = world.households([NAME]).await;
    let scope = household(zanobini);
    let refused = |scope| {
        world
            .supervisor
            .try_ask(&Query::ErasurePreview { scope })
            .unwrap_err()
            .code()
    };
    assert_eq!(refused(scope), "erasure_still_due");
    assert_eq!(
        refused(ErasureScope::Campaign { campaign: CAMPAIGN }),
        "campaign_not_over"
    );
    world.a.deliver(zanobini, None);
    let appointment = world.a.book(zanobini, march(2, 9, 0));
    world.meet().await;
    assert_eq!(refused(scope), "erasure_awaited");
    world.a.act(Command::CancelAppointment {
        appointment,
        reason: "Zanobini parte".into(),
    });
    world.meet().await;
    let seen = preview(&world.supervisor, scope);
    assert_eq!(
        seen.records, 4,
        "entered, granted, delivered, the reason of the cancellation"
    );
    // Somebody else writes between looking and confirming.
    world.a.act(note(zanobini, "x"));
    world.meet().await;
    assert_eq!(
        world.supervisor.refused(order(scope, &seen.digest)),
        "erasure_changed"
    );
    assert_eq!(world.a.refused(order(scope, &seen.digest)), "role_too_low");
    let seen = preview(&world.supervisor, scope);
    world.supervisor.act(order(scope, &seen.digest));
    assert_eq!(
        world
            .supervisor
            .refused(order(scope, &preview(&world.supervisor, scope).digest)),
        "erasure_empty"
    );
    world.meet().await;
    for seat in [&world.supervisor, &world.a, &world.b] {
        forgot(seat);
    }
    assert!(!lies_about(world.office.directory()));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_that_is_over_is_erased_as_a_whole_but_for_those_who_are_not_done() {
    let world = World::new().await;
    let [zanobini, rossi, verdi] = world.households([NAME, "Rossi", "Verdi"]).await;
    world.a.serve(zanobini, march(1, 9, 0));
    world.a.serve(rossi, march(1, 9, 15));
    // Forced: a supervisor has not looked at it yet.
    let Command::ConfirmDelivery {
        entitlement,
        appointment,
        collector,
        ..
    } = world.a.delivery(verdi, None)
    else {
        unreachable!("that is what it gives");
    };
    world.b.act(Command::ConfirmDelivery {
        entitlement,
        appointment,
        collector,
        runs: world.b.counter(right(verdi)).next_serials,
        force: Some("non poteva tornare".into()),
        partial: None,
    });
    world.meet().await;
    let figures = world.supervisor.indicator(CAMPAIGN);
    world
        .office
        .time
        .set(march(1, 9, 0) + chrono::Duration::days(100));
    let scope = ErasureScope::Campaign { campaign: CAMPAIGN };
    let seen = erase(&world.supervisor, scope);
    assert_eq!((seen.households, seen.undecided), (2, 1), "{seen:?}");
    world.meet().await;
    for seat in [&world.supervisor, &world.a, &world.b] {
        forgot(seat);
        let now = seat.indicator(CAMPAIGN);
        assert_eq!((now.served, now.presented), (figures.served, figures.presented));
        assert!(seat.search("Rossi").hits.is_empty());
        assert_eq!(seat.search("Verdi").hits.len(), 1, "not done with");
    }
    assert!(!lies_about(world.office.directory()));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_of_an_exception_is_forgotten_and_what_was_decided_is_not() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let second = world
        .office
        .enrolled(
            &NewDesk {
                supervises: true,
                ..NewDesk::new("CEN", "CEN-T")
            },
            Role::Supervisor,
        )
        .await;
    let [zanobini] = world.households([NAME]).await;
    let Command::ConfirmDelivery {
        entitlement, runs, ..
    } = world.a.delivery(zanobini, None)
    else {
        unreachable!("that is what it gives");
    };
    let document = |number: &str| Document {
        kind: DocumentKind::IdentityCard,
        number: number.into(),
    };
    world.a.act(Command::ConfirmDelivery {
        entitlement,
        appointment: None,
        collector: Collector::Delegate {
            name: "Anna Zanobini".into(),
            tax_code: Some("RSSMRA80A01D612Y".into()),
            document: document("AX77"),
            delegator_document: document("AX78"),
        },
        runs,
        force: Some("era già passata".into()),
        partial: None,
    });
    // A supervisor decides, with names in it.
    world.meet().await;
    let all = [supervisor, &second, &world.a, &world.b];
    world.office.until_quiet(&all).await;
    assert_eq!(supervisor.odd_deliveries(false), [], "nothing was wrong with it");
    world.a.act(Command::ReverseDelivery {
        entitlement,
        delivery: world.a.household(zanobini).entitlements[0].entitlement.deliveries[0].id,
        reason: "Non erano suoi".into(),
        returned: false,
    });
    world.office.until_quiet(&all).await;
    supervisor.act(Command::RevokeEntitlement {
        entitlement,
        reason: "Domanda doppia".into(),
    });
    let case = supervisor.odd_deliveries(false)[0].id;
    assert_eq!(
        supervisor.odd_deliveries(false)[0].matter.kind,
        CaseKind::NotReturned
    );
    supervisor.act(Command::DecideCases {
        cases: vec![case],
        decision: CaseDecision::Recovery,
        reason: "la signora Zanobini li riporta".into(),
    });
    world.office.until_quiet(&all).await;
    second.unplug();
    erase(supervisor, household(zanobini));
    // Unaware, a colleague writes a note.
    second.act(Command::NoteCase {
        case,
        text: "Zanobini ha telefonato".into(),
    });
    second.plug();
    world.office.until_quiet(&all).await;
    for seat in all {
        forgot(seat);
    }
    let seen = supervisor.case(case);
    assert_eq!(
        (seen.row.standing, seen.acts.len(), seen.row.decisions.as_slice()),
        (CaseStanding::Decided, 2, &[CaseDecision::Recovery][..])
    );
    assert_eq!(
        supervisor.refused(Command::NoteCase {
            case,
            text: "ancora".into()
        }),
        "erased"
    );
    assert!(!lies_about(world.office.directory()));
}
