// SPDX-License-Identifier: EUPL-1.2
//! With everything down a right goes to one other desk by paper; a dead holder is relieved by a supervisor.

use crate::world::World;
use sportello_desk::query::DocumentRequest;
use sportello_desk::view::CaseSideName;
use sportello_desk::{Command, Query, View};
use sportello_domain::entitlement::{EntitlementStatus, SlipState};
use sportello_domain::exceptions::CaseKind;
use sportello_domain::ids::{EntitlementId, HouseholdId};
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::right;

fn hand_over(household: HouseholdId, to: &Seat) -> Command {
    Command::HandOver {
        entitlement: right(household),
        to: to.desk.id(),
    }
}

fn accept(entitlement: Option<EntitlementId>, code: &str) -> Command {
    Command::AcceptSlip {
        entitlement,
        code: code.into(),
    }
}

/// What stands on the paper that a desk prints: the typed code, and the QR.
fn paper(seat: &Seat, household: HouseholdId) -> (String, String) {
    let document = DocumentRequest::CustodySlip {
        entitlement: right(household),
        thermal: true,
    };
    let View::File(file) = seat.ask(&Query::Document {
        document,
        language: None,
    }) else {
        panic!("not a file");
    };
    assert_eq!(
        (file.media_type.as_str(), file.name.as_str()),
        ("application/pdf", "tagliando.pdf")
    );
    let told = seat.custody_slip(right(household));
    (told.code, told.qr)
}

fn holder(seat: &Seat, household: HouseholdId) -> String {
    seat.household(household).entitlements[0].holder.name.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_hands_over_with_everything_down_and_once() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    a.unplug();
    b.unplug();
    a.act(hand_over(rossi, b));
    assert_eq!(
        a.refused(a.delivery(rossi, None)),
        "not_holder",
        "from that moment"
    );
    assert_eq!(
        b.refused(b.delivery(rossi, None)),
        "not_holder",
        "and not before the paper"
    );
    let note = a.household(rossi).entitlements[0].slip.clone().unwrap();
    assert_eq!((note.to.name.as_str(), note.mine), ("Q1-B", true));
    let (code, qr) = paper(a, rossi);
    assert_eq!(
        code,
        paper(a, rossi).0,
        "a lost paper is printed again, and is the same"
    );

    // Wrong in every way that there is.
    let id = Some(right(rossi));
    let mut mistyped = code.clone();
    mistyped.replace_range(0..1, if code.starts_with('0') { "1" } else { "0" });
    assert_eq!(b.refused(accept(id, &mistyped)), "slip_mistyped");
    assert_eq!(b.refused(accept(id, &qr[..qr.len() / 2])), "slip_mistyped");
    assert_eq!(b.refused(accept(Some(right(verdi)), &code)), "slip_wrong");
    assert_eq!(b.refused(accept(Some(right(verdi)), &qr)), "slip_wrong");
    assert_eq!(b.refused(accept(None, &code)), "slip_needs_records");
    assert_eq!(a.refused(accept(id, &qr)), "slip_for_other");
    assert_eq!(world.supervisor.refused(accept(id, &qr)), "slip_for_other");

    b.act(accept(id, &code.to_lowercase()));
    b.serve(rossi, march(1, 9, 15));
    for again in [&code, &qr] {
        assert_eq!(b.refused(accept(id, again)), "slip_used");
    }

    a.plug();
    b.plug();
    world.meet().await;
    for seat in [a, b, &world.supervisor] {
        let right = &seat.household(rossi).entitlements[0];
        assert_eq!(
            (right.status, right.holder.name.as_str()),
            (EntitlementStatus::Served, "Q1-B")
        );
        assert_eq!(right.entitlement.custody.slips[0].state, SlipState::Accepted);
        assert_eq!(right.slip, None);
    }
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_does_not_know_the_household_serves_what_the_paper_carries() {
    let world = World::new().await;
    let a = &world.a;
    let far = world.office.desk("Q3-A", "Q3").await;
    let all = [&world.supervisor, a, &world.b, &far];
    world.office.until_quiet(&all).await;
    let [rossi] = world.households(["Rossi"]).await;
    world.office.until_quiet(&all).await;
    far.receive("C0001", "C0100");
    a.unplug();
    far.unplug();
    far.clock.be_wrong_by_minutes(-120);
    a.act(hand_over(rossi, &far));
    let (code, qr) = paper(a, rossi);
    assert_eq!(
        far.refused(accept(Some(right(rossi)), &code)),
        "slip_needs_records"
    );
    far.act(accept(None, &qr));
    assert_eq!(far.household(rossi).household.data, without_contacts(a, rossi));
    far.deliver(rossi, None);
    far.clock.be_wrong_by_minutes(0);
    a.plug();
    far.plug();
    world.office.until_quiet(&all).await;
    for seat in [a, &world.b, &world.supervisor] {
        let right = &seat.household(rossi).entitlements[0];
        assert_eq!(
            (right.status, right.holder.name.as_str()),
            (EntitlementStatus::Served, "Q3-A")
        );
    }
    assert_eq!(
        world.supervisor.odd_deliveries(true),
        [],
        "a clock two hours behind changes nothing"
    );
    far.assert_sound();
    world.assert_sound();
}

fn without_contacts(seat: &Seat, household: HouseholdId) -> sportello_domain::household::HouseholdData {
    sportello_domain::household::HouseholdData {
        phone: String::new(),
        email: String::new(),
        ..seat.household(household).household.data
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_was_called_off_is_refused_with_the_reason() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    a.act(hand_over(rossi, b));
    let (code, _) = paper(a, rossi);
    world.meet().await;
    assert_eq!(holder(b, rossi), "Q1-B", "the release came over the network");
    b.act(Command::ReleaseCustody {
        entitlement: right(rossi),
        to: a.desk.id(),
    });
    assert_eq!(b.refused(accept(Some(right(rossi)), &code)), "slip_called_off");
    world.meet().await;
    a.serve(rossi, march(1, 9, 30));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_desk_is_relieved_of_all_it_holds_and_what_it_had_done_is_seen() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    let relieve = |checked| Command::RelieveDesk {
        desk: a.desk.id(),
        to: b.desk.id(),
        reason: "computer rotto".into(),
        checked,
    };
    assert_eq!(b.refused(relieve(true)), "role_too_low");
    assert_eq!(world.supervisor.refused(relieve(false)), "check_missing");
    world.supervisor.act(relieve(true));
    world.supervisor.exchange().await;
    b.exchange().await;
    assert_eq!(
        (holder(b, rossi), holder(b, verdi)),
        ("Q1-B".into(), "Q1-B".into())
    );
    b.serve(verdi, march(1, 9, 30));
    a.plug();
    world.meet().await;
    world.meet().await;
    let rows = world.supervisor.odd_deliveries(false);
    assert_eq!(rows.len(), 1, "what the dead desk had done");
    assert_eq!(
        (
            rows[0].households[0].id,
            rows[0].desk.as_ref().unwrap().name.as_str()
        ),
        (rossi, "Q1-A")
    );
    assert!(matches!(
        rows[0].matter.kind,
        CaseKind::BeforeRelief | CaseKind::NotHolder
    ));
    let sides = world.supervisor.case(rows[0].id).sides;
    let named = |name| sides.iter().filter(|side| side.name == name).count();
    assert_eq!(
        (named(CaseSideName::Relief), named(CaseSideName::Delivery)),
        (1, 1)
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_of_a_desk_that_was_revoked_is_not_believed() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    a.act(hand_over(rossi, b));
    let (code, qr) = paper(a, rossi);
    world
        .office
        .central
        .revoke_desk(&a.desk.id().to_string())
        .unwrap();
    b.exchange().await;
    for form in [&code, &qr] {
        assert_eq!(b.refused(accept(Some(right(rossi)), form)), "slip_of_revoked");
    }
    assert_eq!(holder(b, rossi), "Q1-A", "a supervisor has to relieve it");
    b.assert_sound();
}
