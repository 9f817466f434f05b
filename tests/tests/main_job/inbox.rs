// SPDX-License-Identifier: EUPL-1.2
//! What supervisors do with cases: given to somebody, decided one by one or many at once, signed by a second person, opened again; and
//! what happens when two of them decide the same case without knowing of each other.

use crate::world::World;
use sportello_central::NewDesk;
use sportello_desk::query::{AssigneeFilter, ExportTable, InboxFilter, TableFormat};
use sportello_desk::view::CaseRow;
use sportello_desk::{Command, Query};
use sportello_domain::exceptions::{CaseDecision, CaseDeed, CaseDraft, CaseKind, CaseStanding};
use sportello_domain::ids::{CaseId, HouseholdId, OperatorId};
use sportello_domain::office::Role;
use sportello_domain::serial::Run;
use sportello_tests::Seat;
use sportello_tests::answers::{bytes_of, text_of};
use sportello_tests::clock::march;
use sportello_tests::counter::{in_person, right};

fn decide(cases: &[CaseId], decision: CaseDecision, reason: &str) -> Command {
    Command::DecideCases {
        cases: cases.to_vec(),
        decision,
        reason: reason.into(),
    }
}

fn assign(cases: &[CaseId], to: Option<OperatorId>) -> Command {
    Command::AssignCases {
        cases: cases.to_vec(),
        to,
    }
}

fn reopen(case: CaseId) -> Command {
    Command::ReopenCase {
        case,
        reason: "Sono emersi fatti nuovi".into(),
    }
}

fn open(seat: &Seat, kind: CaseKind) -> CaseRow {
    let rows = seat.inbox().rows;
    rows.iter()
        .find(|row| row.matter.kind == kind)
        .unwrap_or_else(|| panic!("{kind:?}: {rows:?}"))
        .clone()
}

fn standing(seat: &Seat, id: CaseId) -> CaseStanding {
    seat.case(id).row.standing
}

/// A second desk of supervisors, with a supervisor at work.
async fn colleague(world: &World) -> Seat {
    let new = NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", "CEN-T")
    };
    world.office.enrolled(&new, Role::Supervisor).await
}

async fn meet(world: &World, colleague: &Seat) {
    world
        .office
        .until_quiet(&[&world.supervisor, colleague, &world.a, &world.b])
        .await;
}

/// Two households that were each served twice: six cases.
async fn served_twice(world: &World) -> [HouseholdId; 2] {
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    world.a.unplug();
    world.b.unplug();
    for (household, minute, first, last) in [(rossi, 0, "B0001", "B0015"), (verdi, 15, "B0016", "B0030")] {
        world.a.serve(household, march(1, 9, minute));
        world.b.act(Command::ConfirmDelivery {
            entitlement: right(household),
            appointment: None,
            collector: in_person(),
            runs: vec![Run::between(first, last).unwrap()],
            force: Some("rete assente".into()),
            partial: None,
        });
    }
    world.a.plug();
    world.b.plug();
    world.meet().await;
    [rossi, verdi]
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_given_noted_decided_at_once_and_the_desks_see_it() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let [rossi, _] = served_twice(&world).await;
    let me = supervisor.session.person().id;
    let inbox = supervisor.inbox();
    assert_eq!(
        (inbox.counts.open, inbox.counts.grave, inbox.counts.unassigned),
        (6, 2, 6)
    );
    assert_eq!(inbox.rows[0].matter.kind, CaseKind::Double, "grave ones first");

    // Only supervisors, and nothing by halves.
    let all: Vec<CaseId> = inbox.rows.iter().map(|row| row.id).collect();
    assert_eq!(
        world.a.refused(decide(&all, CaseDecision::Corrected, "visto")),
        "role_too_low"
    );
    let asked = Query::Inbox {
        filter: InboxFilter::default(),
        offset: 0,
        limit: 10,
    };
    assert!(world.a.try_ask(&asked).is_err());
    assert_eq!(
        supervisor.refused(decide(&all, CaseDecision::Corrected, " ")),
        "reason_missing"
    );
    assert_eq!(
        supervisor.refused(decide(&[], CaseDecision::Corrected, "visto")),
        "field_invalid"
    );
    assert_eq!(
        supervisor.refused(decide(&[CaseId::default()], CaseDecision::Corrected, "visto")),
        "not_found"
    );
    assert_eq!(
        supervisor.refused(assign(&all, Some(world.a.session.person().id))),
        "field_invalid",
        "an operator decides nothing"
    );

    // Given to somebody, and taken back with one keystroke.
    let given = supervisor.act(assign(&all, Some(me)));
    let mine = InboxFilter {
        assignee: Some(AssigneeFilter::Me),
        ..InboxFilter::default()
    };
    assert_eq!(supervisor.inbox_of(mine.clone()).total, 6);
    assert_eq!(supervisor.inbox().rows[0].standing, CaseStanding::Assigned);
    supervisor.act(*given.undo.unwrap());
    assert_eq!(supervisor.inbox_of(mine).total, 0);

    let filter = |text: &str, kinds: &[CaseKind]| InboxFilter {
        text: Some(text.into()),
        kinds: kinds.to_vec(),
        ..InboxFilter::default()
    };
    assert_eq!(supervisor.inbox_of(filter("ros", &[])).total, 3);
    assert_eq!(supervisor.inbox_of(filter("", &[CaseKind::Forced])).total, 2);
    assert_eq!(supervisor.inbox_of(filter("q1-b", &[CaseKind::Forced])).total, 2);
    assert_eq!(
        supervisor.inbox_of(filter("verdi", &[CaseKind::NotHolder])).total,
        1
    );
    let elsewhere = InboxFilter {
        quartiere: Some(2),
        ..InboxFilter::default()
    };
    assert_eq!(supervisor.inbox_of(elsewhere).total, 0);

    let case = all[0];
    supervisor.act(Command::NoteCase {
        case,
        text: "Chiamata la signora".into(),
    });
    supervisor.act(decide(&all, CaseDecision::Corrected, "buoni restituiti il 2/3"));
    assert_eq!(
        supervisor.refused(decide(&[case], CaseDecision::Referred, "ripensato")),
        "already_decided"
    );
    assert_eq!(supervisor.inbox().rows, []);
    let decided = InboxFilter {
        standings: vec![CaseStanding::Decided],
        ..InboxFilter::default()
    };
    assert_eq!(
        supervisor.inbox_of(decided).total,
        6,
        "they can still be looked at"
    );
    world.meet().await;
    for seat in [&world.a, &world.b, supervisor] {
        let seen = seat.household(rossi);
        assert_eq!(seen.cases.len(), 3);
        assert!(seen.cases.iter().all(|case| {
            case.standing == CaseStanding::Decided && case.decisions == [CaseDecision::Corrected]
        }));
        let told = seen.timeline.iter().filter(|item| item.kind == "case.decided");
        assert_eq!(
            told.map(|item| item.detail.as_str()).collect::<Vec<_>>(),
            ["buoni restituiti il 2/3"; 3]
        );
    }
    // For ever: what was thought of it on the way as well.
    let acts = supervisor.case(case).acts;
    assert_eq!(acts.len(), 4, "{acts:?}");
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_lets_go_of_takes_a_second_person() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let second = colleague(&world).await;
    served_twice(&world).await;
    meet(&world, &second).await;
    let case = open(supervisor, CaseKind::Double).id;
    supervisor.act(decide(&[case], CaseDecision::Accepted, "non recuperabili"));
    let row = supervisor.case(case).row;
    assert_eq!((row.standing, row.signable), (CaseStanding::Awaiting, false));
    let sign = Command::CountersignCase { case };
    assert_eq!(supervisor.refused(sign.clone()), "signed_already");
    assert_eq!(supervisor.inbox().counts.awaiting, 1, "it is not done yet");
    meet(&world, &second).await;
    assert!(second.case(case).row.signable);
    second.act(sign.clone());
    assert_eq!(second.refused(sign), "nothing_to_sign");
    meet(&world, &second).await;
    assert_eq!(standing(supervisor, case), CaseStanding::Decided);
    // Opened again, nothing of it is lost, and it takes two again.
    second.act(reopen(case));
    assert_eq!(second.refused(reopen(case)), "not_decided");
    assert_eq!(standing(&second, case), CaseStanding::Reopened);
    second.act(decide(&[case], CaseDecision::Accepted, "confermato"));
    meet(&world, &second).await;
    let seen = supervisor.case(case);
    assert_eq!((seen.row.standing, seen.acts.len()), (CaseStanding::Awaiting, 4));
    let live: Vec<bool> = seen
        .acts
        .iter()
        .filter(|act| matches!(act.deed, CaseDeed::Decided { .. }))
        .map(|act| act.live)
        .collect();
    assert_eq!(live, [false, true]);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_supervisors_who_decide_the_same_case_offline_are_seen_and_both_decisions_stay() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let second = colleague(&world).await;
    served_twice(&world).await;
    meet(&world, &second).await;
    let (contested, agreed) = (
        open(supervisor, CaseKind::Double).id,
        open(supervisor, CaseKind::Forced).id,
    );
    assert_eq!(
        open(&second, CaseKind::Double).id,
        contested,
        "the same case at both"
    );
    for seat in [supervisor, &second] {
        seat.unplug();
    }
    supervisor.act(decide(&[contested], CaseDecision::Corrected, "buoni restituiti"));
    second.act(decide(
        &[contested],
        CaseDecision::Recovery,
        "da restituire entro il mese",
    ));
    for seat in [supervisor, &second] {
        seat.act(decide(
            &[agreed],
            CaseDecision::Accepted,
            "rete assente, verificato",
        ));
        assert_eq!(
            standing(seat, contested),
            CaseStanding::Decided,
            "nobody knows better yet"
        );
        seat.plug();
    }
    meet(&world, &second).await;
    for seat in [supervisor, &second] {
        let seen = seat.case(contested);
        assert_eq!(seen.row.standing, CaseStanding::Contested, "{}", seat.username);
        assert_eq!(seen.row.decisions.len(), 2);
        assert_eq!((seat.inbox().counts.contested, seen.acts.len()), (1, 2));
        assert_eq!(
            standing(seat, agreed),
            CaseStanding::Decided,
            "both said the same"
        );
        assert_eq!(seat.case(agreed).acts.len(), 2, "and both said it");
    }
    // One of them opens it again; then one decision holds, and the two stay to be read.
    second.act(reopen(contested));
    second.act(decide(&[contested], CaseDecision::Recovery, "deciso insieme"));
    meet(&world, &second).await;
    let seen = supervisor.case(contested);
    assert_eq!((seen.row.standing, seen.acts.len()), (CaseStanding::Decided, 4));
    world.assert_sound();
    second.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_right_before_it_was_decided_asks_for_nothing_and_is_not_forgotten() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let [rossi] = world.households(["Rossi"]).await;
    let partial = |first: &str, last: &str, why: Option<&str>| Command::ConfirmDelivery {
        entitlement: right(rossi),
        appointment: None,
        collector: in_person(),
        runs: vec![Run::between(first, last).unwrap()],
        force: None,
        partial: why.map(str::to_owned),
    };
    world.a.act(partial("A0001", "A0005", Some("ultimo carnet")));
    world.meet().await;
    let case = open(supervisor, CaseKind::UnderAmount).id;
    supervisor.act(Command::NoteCase {
        case,
        text: "Torna domani".into(),
    });
    world.a.act(partial("A0006", "A0015", None));
    world.meet().await;
    assert_eq!(supervisor.inbox().counts.open, 0);
    let seen = supervisor.case(case);
    assert_eq!(
        (seen.row.found, seen.acts.len(), seen.row.choices.len()),
        (false, 1, 0)
    );
    assert_eq!(seen.row.households[0].name, "Rossi Anna");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_found_again_and_what_is_seen_can_be_taken_out() {
    let world = World::new().await;
    let supervisor = &world.supervisor;
    let second = colleague(&world).await;
    served_twice(&world).await;
    meet(&world, &second).await;
    let case = open(supervisor, CaseKind::Double).id;
    let keep = |draft| Command::KeepCaseDraft { case, draft };
    let half = CaseDraft {
        decision: Some(CaseDecision::Recovery),
        reason: "da sentire la".into(),
    };
    assert_eq!(world.a.refused(keep(None)), "role_too_low");
    supervisor.act(keep(Some(half.clone())));
    assert_eq!(supervisor.case(case).draft, Some(half));
    meet(&world, &second).await;
    assert_eq!(
        second.case(case).draft,
        None,
        "it is nobody else's, and no record"
    );
    supervisor.act(decide(&[case], CaseDecision::Recovery, "da sentire la signora"));
    assert_eq!(supervisor.case(case).draft, None, "it was finished");

    let filter = InboxFilter {
        kinds: vec![CaseKind::Forced],
        ..InboxFilter::default()
    };
    let table = || ExportTable::Cases {
        filter: filter.clone(),
    };
    let csv = text_of(&supervisor.export(table(), TableFormat::Csv));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert!(
        lines[0].contains("Tipo") && lines[0].contains("Affidata a"),
        "{csv}"
    );
    assert!(
        csv.contains("Consegna forzata;Seria;Rossi Anna;Q1-B;1;Buoni spesa 2021"),
        "{csv}"
    );
    assert!(bytes_of(&supervisor.export(table(), TableFormat::Xlsx)).starts_with(b"PK"));
}
