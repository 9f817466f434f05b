// SPDX-License-Identifier: EUPL-1.2
//! What should not have happened is found by itself, from the records, whoever wrote them and wherever; and what is put right is found
//! no more.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::query::InboxFilter;
use sportello_desk::view::{BundleRequest, CaseRow, CaseSideName, LateState};
use sportello_domain::closing::{CountGiven, Counted};
use sportello_domain::entitlement::{Collector, Document, DocumentKind, RefusalReason};
use sportello_domain::exceptions::{CaseKind, CaseStanding};
use sportello_domain::household::HouseholdData;
use sportello_domain::identifier::PersonIdentifier;
use sportello_domain::ids::HouseholdId;
use sportello_domain::money::Cents;
use sportello_domain::office::Role;
use sportello_domain::paper::FilledForm;
use sportello_domain::serial::Run;
use sportello_tests::Seat;
use sportello_tests::clock::march;
use sportello_tests::counter::{by_hand, in_person, right};
use sportello_tests::facts::{self, CAMPAIGN};
use std::collections::BTreeSet;

/// A delivery of these serials, forced where a reason is given, partial where one is.
fn hand_over(
    household: HouseholdId,
    serials: (&str, &str),
    force: Option<&str>,
    partial: Option<&str>,
) -> Command {
    Command::ConfirmDelivery {
        entitlement: right(household),
        appointment: None,
        collector: in_person(),
        runs: vec![Run::between(serials.0, serials.1).unwrap()],
        force: force.map(str::to_owned),
        partial: partial.map(str::to_owned),
    }
}

const REASON: Option<&str> = Some("rete assente, la signora è qui con tre bambini");

fn kinds(seat: &Seat) -> BTreeSet<CaseKind> {
    seat.inbox().rows.iter().map(|row| row.matter.kind).collect()
}

fn of_kind(seat: &Seat, kind: CaseKind) -> Vec<CaseRow> {
    let filter = InboxFilter {
        kinds: vec![kind],
        ..InboxFilter::default()
    };
    let found = seat.inbox_of(filter);
    assert_eq!(found.total as usize, found.rows.len());
    found.rows
}

fn one(seat: &Seat, kind: CaseKind) -> CaseRow {
    let mut rows = of_kind(seat, kind);
    assert_eq!(rows.len(), 1, "{kind:?}: {rows:?}");
    rows.remove(0)
}

fn close(day: u32, count: u64, left_open: bool) -> Command {
    Command::CloseDay {
        day: march(day, 0, 0).date(),
        counts: vec![CountGiven {
            campaign: CAMPAIGN,
            counted: Counted::Number { count },
            explanation: String::new(),
            left_open,
        }],
        note: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_served_twice_is_found_with_all_that_was_wrong_with_it() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    a.unplug();
    b.unplug();
    a.serve(rossi, march(1, 9, 0));
    b.act(hand_over(rossi, ("B0001", "B0015"), REASON, None));
    assert_eq!(kinds(supervisor), BTreeSet::new(), "nobody knows yet");
    a.plug();
    b.plug();
    world.meet().await;
    let expected = BTreeSet::from([CaseKind::Double, CaseKind::Forced, CaseKind::NotHolder]);
    assert_eq!(kinds(supervisor), expected);
    let double = one(supervisor, CaseKind::Double);
    assert_eq!(
        (
            double.households[0].name.as_str(),
            double.standing,
            double.quartiere
        ),
        ("Rossi Anna", CaseStanding::Open, Some(1))
    );
    let seen = supervisor.case(double.id);
    assert_eq!(
        (seen.due, seen.delivered),
        (Some(Cents(15_000)), Some(Cents(30_000)))
    );
    let deliveries: Vec<bool> = seen
        .sides
        .iter()
        .filter(|side| side.name == CaseSideName::Delivery)
        .map(|side| side.concerned)
        .collect();
    assert_eq!(
        deliveries,
        [false, true],
        "both sides, and the later one is what it is about"
    );
    let differing: Vec<String> = seen.sides[0]
        .fields
        .iter()
        .filter(|field| field.differs)
        .map(|field| format!("{:?}", field.name))
        .collect();
    assert!(differing.contains(&"Desk".to_owned()) && differing.contains(&"Serials".to_owned()));
    assert!(
        !differing.contains(&"Amount".to_owned()) && !differing.contains(&"Household".to_owned()),
        "what is the same is not marked: {differing:?}"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_other_than_due_and_rights_that_were_gone_are_found() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [revoked, less, partial, kept] = world.households(["Rossi", "Bianchi", "Verdi", "Neri"]).await;
    a.unplug();
    a.serve(revoked, march(1, 9, 0));
    a.serve(less, march(1, 9, 15));
    a.act(hand_over(
        partial,
        ("A0300", "A0309"),
        None,
        Some("ultimo carnet"),
    ));
    let delivery = a.serve(kept, march(1, 9, 30));
    a.act(Command::ReverseDelivery {
        entitlement: right(kept),
        delivery,
        reason: "Nucleo sbagliato".into(),
        returned: false,
    });
    supervisor.act(Command::RevokeEntitlement {
        entitlement: right(revoked),
        reason: "Domanda doppia".into(),
    });
    supervisor.act(Command::ReviseEntitlement {
        entitlement: right(less),
        amount: Cents(10_000),
        reason: "Rettifica".into(),
    });
    a.plug();
    world.meet().await;
    let expected = BTreeSet::from([
        CaseKind::AfterRevocation,
        CaseKind::OverAmount,
        CaseKind::UnderAmount,
        CaseKind::NotReturned,
    ]);
    assert_eq!(kinds(supervisor), expected);
    assert_eq!(
        supervisor
            .case(one(supervisor, CaseKind::AfterRevocation).id)
            .revoked
            .as_deref(),
        Some("Domanda doppia")
    );
    // The rest follows: there is nothing left to look at.
    a.act(hand_over(partial, ("A0310", "A0314"), None, None));
    world.meet().await;
    assert_eq!(of_kind(supervisor, CaseKind::UnderAmount), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn serials_that_a_desk_never_had_are_found() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [one_, two, three] = world.households(["Rossi", "Bianchi", "Verdi"]).await;
    a.unplug();
    b.unplug();
    // Held by nobody; held by A; and the same ones that A hands over itself.
    b.act(hand_over(one_, ("Z0001", "Z0015"), REASON, None));
    b.act(hand_over(two, ("A0300", "A0314"), REASON, None));
    world.office.time.pass_minutes(5);
    a.act(hand_over(three, ("A0310", "A0324"), None, None));
    // A delivery note that was typed in at both.
    for seat in [a, b] {
        seat.receive("C0001", "C0050");
    }
    a.plug();
    b.plug();
    world.meet().await;
    let never = one(supervisor, CaseKind::SerialsNeverReceived);
    assert_eq!(never.households[0].id, one_);
    let elsewhere = one(supervisor, CaseKind::SerialsElsewhere);
    assert_eq!(elsewhere.households[0].id, two);
    let sides = supervisor.case(elsewhere.id).sides;
    assert!(
        sides.iter().any(|side| side.name == CaseSideName::Supply),
        "who had them: {sides:?}"
    );
    let twice = one(supervisor, CaseKind::SerialsTwice);
    assert_eq!(twice.households[0].id, three, "the later of the two");
    let sides = supervisor.case(twice.id).sides;
    assert_eq!(sides.len(), 2, "{sides:?}");
    assert_eq!(of_kind(supervisor, CaseKind::SuppliedTwice).len(), 1);
    b.act(Command::RemoveStock {
        campaign: CAMPAIGN,
        runs: vec![Run::between("C0001", "C0050").unwrap()],
        reason: sportello_domain::stock::RemovalReason::Miscounted,
        note: "Bolla della postazione A".into(),
    });
    world.meet().await;
    assert_eq!(of_kind(supervisor, CaseKind::SuppliedTwice), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_that_differ_and_movements_after_a_closing_are_found() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    a.act(close(1, 399, true));
    let late = a.serve(rossi, march(1, 9, 15));
    world.meet().await;
    assert_eq!(kinds(supervisor), BTreeSet::from([CaseKind::CountDifference]));
    let difference = one(supervisor, CaseKind::CountDifference);
    assert_eq!(difference.desk.as_ref().unwrap().name, "Q1-A");
    let sides = supervisor.case(difference.id).sides;
    assert_eq!(
        (sides[0].name, sides[1].name, sides[1].concerned),
        (CaseSideName::Expected, CaseSideName::Counted, true)
    );
    assert!(sides[0].fields.iter().all(|field| field.differs), "{sides:?}");
    // On the day itself what comes after a closing is work that goes on; on the next it is late.
    world.office.time.set(march(2, 8, 30));
    world.meet().await;
    assert_eq!(
        one(supervisor, CaseKind::LateAfterClosing).desk.unwrap().name,
        "Q1-A"
    );
    a.act(close(1, 385, false));
    world.meet().await;
    assert_eq!(
        of_kind(supervisor, CaseKind::LateAfterClosing),
        [],
        "closed in a further turn"
    );
    // Somebody finds the voucher.
    let Some(closing) = supervisor
        .closings()
        .rows
        .into_iter()
        .find(|row| row.closing.turn == 1)
    else {
        panic!("the first turn is there")
    };
    a.act(Command::CorrectClosing {
        closing: closing.closing.id,
        campaign: Some(CAMPAIGN),
        text: "Era nella busta".into(),
    });
    world.meet().await;
    assert_eq!(of_kind(supervisor, CaseKind::CountDifference), []);
    assert!(
        a.household(rossi).entitlements[0]
            .entitlement
            .deliveries
            .iter()
            .any(|d| d.id == late)
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_desks_booked_without_knowing_of_each_other_is_found() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [twice, two, three, four] = world.households(["Rossi", "Bianchi", "Verdi", "Neri"]).await;
    a.unplug();
    b.unplug();
    let first = a.book(twice, march(3, 9, 0));
    b.book(twice, march(4, 10, 0));
    // A slot has room for three.
    for (seat, household) in [(a, two), (a, three), (b, four)] {
        seat.book(household, march(3, 11, 0));
    }
    b.act(Command::WalkIn {
        household: None,
        person: Some(sportello_domain::appointment::Person {
            name: "Passante".into(),
            phone: String::new(),
        }),
        service: facts::SERVICE,
        priority: None,
        reason: String::new(),
    });
    let [five] = [supervisor.enter("Gialli", 1)];
    supervisor.act(Command::BookAppointment {
        household: Some(five),
        person: None,
        service: facts::SERVICE,
        site: facts::site(supervisor, "Q1"),
        start: march(3, 11, 0),
        overbook: None,
    });
    a.plug();
    b.plug();
    world.meet().await;
    let expected = BTreeSet::from([CaseKind::TwoAppointments, CaseKind::SlotTwice]);
    assert_eq!(kinds(supervisor), expected);
    let slot = one(supervisor, CaseKind::SlotTwice);
    assert_eq!(slot.households.len(), 4);
    assert_eq!(supervisor.case(slot.id).sides.len(), 4);
    let both = one(supervisor, CaseKind::TwoAppointments);
    assert_eq!(both.households[0].id, twice);
    assert_eq!(supervisor.case(both.id).sides.len(), 2);
    a.act(Command::CancelAppointment {
        appointment: first,
        reason: "Prenotato due volte".into(),
    });
    world.meet().await;
    assert_eq!(kinds(supervisor), BTreeSet::from([CaseKind::SlotTwice]));
    world.assert_sound();
}

/// The same household with a person of this code.
fn with_code(surname: &str, code: &str) -> HouseholdData {
    let Command::AddHousehold { mut data, .. } = by_hand(surname, 1) else {
        panic!("a household is entered")
    };
    data.members[0].identifier = PersonIdentifier::parse(code).unwrap();
    data
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_and_a_person_that_are_there_twice_are_found() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let enter = |data| {
        let outcome = supervisor.act(Command::AddHousehold { data, grant: None });
        HouseholdId(outcome.subject.unwrap().id)
    };
    let (one_, other) = (
        enter(with_code("Rossi", "CCCFBA85D03L219P")),
        // The same code, with letters for digits: perhaps the same person, perhaps not.
        enter(with_code("Rossi", "CCCFBA85D03L21VE")),
    );
    let mut family = with_code("Bianchi", "RSSMRA80A01D612Y");
    let mut cohabitant = family.members[0].clone();
    cohabitant.id = sportello_domain::ids::MemberId::default();
    family.members.insert(0, cohabitant);
    family.members[0].identifier = PersonIdentifier::parse("MRTMRA83T56A269B").unwrap();
    family.size = 2;
    let family = enter(family);
    let alone = enter(with_code("Bianchi", "RSSMRA80A01D612Y"));
    assert_eq!(
        kinds(supervisor),
        BTreeSet::from([CaseKind::DuplicateHousehold, CaseKind::DuplicatePerson])
    );
    let touched = |kind| -> BTreeSet<HouseholdId> {
        let row = one(supervisor, kind);
        row.households.iter().map(|household| household.id).collect()
    };
    assert_eq!(
        touched(CaseKind::DuplicateHousehold),
        BTreeSet::from([one_, other])
    );
    assert_eq!(
        touched(CaseKind::DuplicatePerson),
        BTreeSet::from([family, alone])
    );
    let sides = supervisor
        .case(one(supervisor, CaseKind::DuplicateHousehold).id)
        .sides;
    let differing: Vec<_> = sides[0]
        .fields
        .iter()
        .filter(|f| f.differs)
        .map(|f| format!("{:?}", f.name))
        .collect();
    assert!(differing.contains(&"Identifier".to_owned()), "{differing:?}");
    assert!(!differing.contains(&"Address".to_owned()), "{differing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_collects_for_many_is_found_and_is_named_by_no_name() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let households = world.households(["Rossi", "Bianchi", "Verdi", "Neri"]).await;
    let collected = |household: HouseholdId, first: u32, tax_code: Option<&str>, number: &str| {
        let document = |number: &str| Document {
            kind: DocumentKind::IdentityCard,
            number: number.into(),
        };
        let serials = (format!("A{first:04}"), format!("A{:04}", first + 14));
        Command::ConfirmDelivery {
            entitlement: right(household),
            appointment: None,
            collector: Collector::Delegate {
                name: "Gialli Piero".into(),
                tax_code: tax_code.map(str::to_owned),
                document: document(number),
                delegator_document: document("CA00000AA"),
            },
            runs: vec![Run::between(&serials.0, &serials.1).unwrap()],
            force: None,
            partial: None,
        }
    };
    a.act(collected(households[0], 1, Some("CCCFBA85D03L219P"), "AX1"));
    a.act(collected(households[1], 16, Some("CCCFBA85D03L21VE"), "AX1"));
    world.meet().await;
    assert_eq!(
        of_kind(supervisor, CaseKind::ManyDelegations),
        [],
        "two are nothing to look at"
    );
    let third = a.act(collected(households[2], 31, Some("cccfba85d03l219p"), "another"));
    a.act(collected(households[3], 46, None, "somebody else"));
    world.meet().await;
    let many = one(supervisor, CaseKind::ManyDelegations);
    assert_eq!(many.households.len(), 3);
    assert_eq!(supervisor.case(many.id).sides.len(), 3);
    assert!(!format!("{:?}", many.matter).contains("CCCFBA"));
    // One of them is taken back.
    a.act(Command::ReverseDelivery {
        entitlement: right(households[2]),
        delivery: third.delivery.unwrap(),
        reason: "Delega falsa".into(),
        returned: true,
    });
    world.meet().await;
    assert_eq!(of_kind(supervisor, CaseKind::ManyDelegations), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_typed_in_twice_is_found() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    a.act(Command::PreparePaperKit {
        campaign: CAMPAIGN,
        forms: 3,
        day: None,
    });
    let kit = a.paper_kits().kits[0].kit.clone();
    world.meet().await;
    world.office.time.pass_minutes(60);
    let typed = |seat: &Seat, force: Option<&str>| Command::EnterPaperForm {
        kit: kit.id,
        number: 1,
        filled: FilledForm {
            entitlement: right(rossi),
            appointment: None,
            collector: in_person(),
            runs: vec![Run::between("A0001", "A0015").unwrap()],
            at: march(1, 9, 40),
            operator: seat.session.person().id,
            partial: None,
        },
        force: force.map(str::to_owned),
    };
    a.unplug();
    a.act(typed(a, None));
    b.act(typed(b, REASON));
    a.plug();
    world.meet().await;
    let twice = one(supervisor, CaseKind::FormTwice);
    assert_eq!(twice.households[0].id, rossi);
    let sides = supervisor.case(twice.id).sides;
    let forms = sides.iter().filter(|side| side.name == CaseSideName::Form);
    assert_eq!(forms.count(), 2);
    assert!(
        kinds(supervisor).contains(&CaseKind::Double),
        "and so is what follows from it"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_that_came_and_was_never_served_is_found_the_day_after() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    let appointment = a.at_the_counter(rossi, march(1, 9, 0));
    a.refuse(rossi, Some(appointment), RefusalReason::NoDocument);
    world.meet().await;
    assert_eq!(kinds(supervisor), BTreeSet::new(), "it may still come back today");
    world.office.time.set(march(2, 8, 30));
    world.meet().await;
    let never = one(supervisor, CaseKind::NeverServed);
    assert_eq!(never.households[0].id, rossi);
    let sides = supervisor.case(never.id).sides;
    let names: BTreeSet<CaseSideName> = sides.iter().map(|side| side.name).collect();
    assert_eq!(
        names,
        BTreeSet::from([CaseSideName::Refusal, CaseSideName::Appointment])
    );
    a.serve(rossi, march(2, 9, 0));
    world.meet().await;
    assert_eq!(kinds(supervisor), BTreeSet::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_a_list_could_not_bring_in_are_found() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let mut sheet = facts::sheet(&facts::households(3, 1));
    sheet.rows[1][6] = sportello_documents::lists::Cell::Text("nessuno".into());
    let file = facts::csv(&sheet, march(1, 0, 0).date());
    let preview = supervisor.preview(CAMPAIGN, &file);
    assert_eq!(preview.counts.refused, 1, "{preview:?}");
    supervisor.act(facts::apply(&file, &preview));
    let rows = one(supervisor, CaseKind::RowsRefused);
    assert_eq!(supervisor.case(rows.id).sides[0].name, CaseSideName::Import);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_wrong_is_found() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    world.a.clock.be_wrong_by_minutes(90);
    world.a.act(Command::AddNote {
        household: rossi,
        text: "con l'orologio avanti".into(),
    });
    world.meet().await;
    let skewed = one(&world.supervisor, CaseKind::ClockSkewed);
    assert_eq!(skewed.desk.as_ref().unwrap().name, "Q1-A");
    assert_eq!(
        world.supervisor.case(skewed.id).sides[0].name,
        CaseSideName::Clock
    );
    // That it is right again does not make it not have been wrong: what was written meanwhile has to be looked at.
    world.a.clock.be_wrong_by_minutes(0);
    world.meet().await;
    assert_eq!(one(&world.supervisor, CaseKind::ClockSkewed).id, skewed.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_from_a_replaced_desk_is_found_and_is_settled_where_it_is_decided() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    let old = a.desk.id();
    a.unplug();
    a.serve(rossi, march(1, 9, 0));
    world.office.time.pass_minutes(60);
    let code = world.office.replace("Q1-A").code.to_string();
    let new = world
        .office
        .try_enrol("Q1-A", &code, Role::Operator)
        .await
        .unwrap();
    new.exchange().await;
    supervisor.exchange().await;
    supervisor.act(Command::RelieveDesk {
        desk: old,
        to: new.desk.id(),
        reason: "Il PC non si accende più".into(),
        checked: true,
    });
    supervisor.exchange().await;
    a.plug();
    a.try_exchange().await;
    supervisor.exchange().await;
    let late = one(supervisor, CaseKind::LateAfterRevocation);
    assert_eq!((late.desk.as_ref().unwrap().id, late.choices.len()), (old, 0));
    assert_eq!(
        supervisor.refused(Command::DecideCases {
            cases: vec![late.id],
            decision: sportello_domain::exceptions::CaseDecision::Accepted,
            reason: "visto".into(),
        }),
        "decided_elsewhere"
    );
    let row = supervisor.late().rows.remove(0);
    assert_eq!(row.state, LateState::Open);
    supervisor.act(Command::ReviewLate {
        late: row.id,
        accept: true,
        reason: "Ricevuta firmata in archivio".into(),
    });
    assert_eq!(
        kinds(supervisor),
        BTreeSet::from([CaseKind::BeforeRelief]),
        "it counts, and nobody knew of it at the relief"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_branch_of_a_log_is_found() {
    let world = World::new().await;
    let (a, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    let note = |text: &str| Command::AddNote {
        household: rossi,
        text: text.into(),
    };
    let clone = a.cloned();
    a.act(note("citofono rotto"));
    clone.act(note("citofono riparato"));
    a.exchange().await;
    supervisor.exchange().await;
    assert_eq!(kinds(supervisor), BTreeSet::new());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scambio.sportello");
    let request = BundleRequest {
        desks: vec![supervisor.desk.id()],
        whole: false,
    };
    clone
        .desk
        .write_bundle(&clone.session, &request, &file, &mut |_| {})
        .unwrap();
    clone.try_exchange().await;
    supervisor
        .desk
        .read_bundle(&supervisor.session, &file, &mut |_| {})
        .unwrap();
    supervisor.try_exchange().await;
    let fork = one(supervisor, CaseKind::Fork);
    assert_eq!(fork.desk.as_ref().unwrap().id, a.desk.id());
    assert_eq!(supervisor.case(fork.id).sides[0].name, CaseSideName::Records);
}
