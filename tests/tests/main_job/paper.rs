// SPDX-License-Identifier: EUPL-1.2
//! The PC is dead and people wait: numbered forms, printed ahead, typed in later, each once.

use crate::world::World;
use chrono::NaiveDateTime;
use sportello_desk::Command;
use sportello_desk::query::DocumentRequest;
use sportello_desk::view::{FormState, PaperKitRow};
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::ids::HouseholdId;
use sportello_domain::paper::{FilledForm, FormCode};
use sportello_domain::serial::Run;
use sportello_tests::Seat;
use sportello_tests::answers::{bytes_of, words_of};
use sportello_tests::clock::march;
use sportello_tests::counter::{in_person, right};
use sportello_tests::facts::CAMPAIGN;

fn prepared(seat: &Seat, forms: u16) -> PaperKitRow {
    let kit = seat
        .act(Command::PreparePaperKit {
            campaign: CAMPAIGN,
            forms,
            day: None,
        })
        .subject
        .unwrap();
    let kits = seat.paper_kits().kits;
    kits.into_iter().find(|row| row.kit.id.0 == kit.id).unwrap()
}

fn form(
    seat: &Seat,
    kit: &PaperKitRow,
    number: u16,
    household: HouseholdId,
    (first, last): (&str, &str),
    at: NaiveDateTime,
) -> Command {
    Command::EnterPaperForm {
        kit: kit.kit.id,
        number,
        filled: FilledForm {
            entitlement: right(household),
            appointment: None,
            collector: in_person(),
            runs: vec![Run::between(first, last).unwrap()],
            at,
            operator: seat.status().operator.id,
            partial: None,
        },
        force: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_morning_is_printed_ahead_and_typed_in_with_its_own_time() {
    let world = World::new().await;
    let [rossi, bianchi] = world.households(["Rossi", "Bianchi"]).await;
    let appointment = world.a.book(rossi, march(1, 9, 30));
    let kit = prepared(&world.a, 10);
    assert_eq!((kit.open, kit.kit.entitlements.len()), (10, 2));
    assert_eq!(
        kit.kit.runs,
        [Run::between("A0001", "A0030").unwrap()],
        "as many as are due"
    );
    // What lies in the envelope is not what the counter offers first, and no other kit has it.
    assert_eq!(
        world.a.counter(right(bianchi)).next_serials,
        [Run::between("A0031", "A0045").unwrap()]
    );
    assert_eq!(
        prepared(&world.a, 1).kit.runs,
        [Run::between("A0031", "A0060").unwrap()]
    );
    let paper = world.a.document(DocumentRequest::PaperKit { kit: kit.kit.id });
    assert!(bytes_of(&paper).starts_with(b"%PDF"));
    let words = words_of(&paper);
    let code = FormCode::of(kit.kit.id, 1);
    for word in ["Rossi", "Bianchi", "A0030", &code.to_string()] {
        assert!(words.contains(word), "{word} in {words}");
    }

    // The PC lives again in the afternoon.
    world.office.time.set(march(1, 15, 0));
    let view = world.a.paper_form(&code.qr());
    assert_eq!(
        (view.number, view.problem.clone(), view.people.len()),
        (1, None, 2)
    );
    let entered = world.a.act(form(
        &world.a,
        &kit,
        1,
        rossi,
        ("A0001", "A0015"),
        march(1, 9, 40),
    ));
    assert!(!entered.forced);
    let served = &world.a.household(rossi).entitlements[0];
    assert_eq!(served.status, EntitlementStatus::Served);
    let mark = served.entitlement.deliveries[0].paper.clone().unwrap();
    assert_eq!(
        (mark.number, mark.at),
        (1, march(1, 9, 40)),
        "as it stands on the form"
    );
    let board = world.a.board();
    assert_eq!(
        (board.done[0].id, board.done[0].status),
        (appointment, AppointmentStatus::Finished),
        "the appointment was found by itself"
    );

    world.a.act(Command::VoidPaperForms {
        kit: kit.kit.id,
        first: 3,
        last: 10,
        reason: "Avanzati".into(),
    });
    let row = world
        .a
        .paper_kits()
        .kits
        .into_iter()
        .find(|row| row.kit.id == kit.kit.id)
        .unwrap();
    assert_eq!(row.open, 1);
    assert_eq!(
        (row.forms[0].state, row.forms[2].state),
        (FormState::Entered, FormState::Voided)
    );
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_typed_in_once_and_says_what_cannot_be() {
    let world = World::new().await;
    let [rossi, bianchi] = world.households(["Rossi", "Bianchi"]).await;
    assert_eq!(
        world.a.refused(Command::PreparePaperKit {
            campaign: CAMPAIGN,
            forms: 0,
            day: None
        }),
        "field_invalid"
    );
    assert_eq!(
        world.a.refused(Command::PreparePaperKit {
            campaign: CAMPAIGN,
            forms: 5,
            day: Some(march(9, 0, 0).date())
        }),
        "kit_empty",
        "nobody has an appointment that day"
    );
    let kit = prepared(&world.a, 5);
    world.office.time.pass_minutes(60);
    let at = march(1, 9, 40);
    let enter = |number, household, runs, at| form(&world.a, &kit, number, household, runs, at);
    let first = ("A0001", "A0015");
    assert_eq!(
        world.a.refused(enter(6, rossi, first, at)),
        "field_invalid",
        "no such form"
    );
    assert_eq!(
        world.a.refused(enter(1, rossi, first, march(1, 23, 0))),
        "field_invalid",
        "not yet"
    );
    assert_eq!(
        world.a.refused(enter(1, rossi, first, march(1, 8, 0))),
        "field_invalid",
        "before it was printed"
    );
    world.a.act(enter(1, rossi, first, at));
    assert_eq!(
        world.a.refused(enter(1, bianchi, ("A0016", "A0030"), at)),
        "form_entered"
    );
    assert_eq!(
        world.a.refused(enter(2, rossi, ("A0016", "A0030"), at)),
        "already_served"
    );
    let void = |first, last, reason: &str| Command::VoidPaperForms {
        kit: kit.kit.id,
        first,
        last,
        reason: reason.into(),
    };
    assert_eq!(world.a.refused(void(1, 2, "Sbagliato")), "form_entered");
    assert_eq!(world.a.refused(void(2, 2, " ")), "reason_missing");
    world.a.act(void(2, 2, "Sbagliato"));
    assert_eq!(
        world.a.refused(enter(2, bianchi, ("A0016", "A0030"), at)),
        "form_voided"
    );
    let wrong = world.a.paper_form(&FormCode::of(kit.kit.id, 2).to_string());
    assert_eq!(wrong.problem.unwrap().code, "form_voided");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_typed_in_at_two_desks_offline_is_seen() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let kit = prepared(&world.a, 3);
    world.meet().await;
    world.office.time.pass_minutes(60);
    let at = march(1, 9, 40);
    world.a.unplug();
    world
        .a
        .act(form(&world.a, &kit, 1, rossi, ("A0001", "A0015"), at));
    // A colleague at the other desk has the same sheet in front, and forces it: neither custody nor serials are there.
    let mut again = form(&world.b, &kit, 1, rossi, ("A0001", "A0015"), at);
    assert_eq!(world.b.refused(again.clone()), "not_holder");
    if let Command::EnterPaperForm { force, .. } = &mut again {
        *force = Some("La postazione A non si accende".into());
    }
    assert!(world.b.act(again).forced);
    world.a.plug();
    world.meet().await;
    for seat in [&world.a, &world.b, &world.supervisor] {
        let twice = seat.paper_kits().twice;
        assert_eq!((twice.len(), twice[0].number, twice[0].entries.len()), (1, 1, 2));
        let desks: Vec<&str> = twice[0]
            .entries
            .iter()
            .map(|entry| entry.desk.name.as_str())
            .collect();
        assert!(desks.contains(&"Q1-A") && desks.contains(&"Q1-B"), "{desks:?}");
    }
    assert!(
        !world.supervisor.odd_deliveries(false).is_empty(),
        "and so is the double delivery"
    );
    world.assert_sound();
}
