// SPDX-License-Identifier: EUPL-1.2
//! What a desk lives through, where no other story tells it already: `src-tauri/docs/situations.md` names the test of each of the 36.

use crate::world::World;
use sportello_desk::Command;
use sportello_domain::appointment::Appointment;
use sportello_domain::command::Passphrase;
use sportello_domain::entitlement::{Collector, Document, DocumentKind, EntitlementStatus, RefusalReason};
use sportello_domain::ids::{AppointmentId, HouseholdId, OperatorId};
use sportello_domain::office::Role;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::RemovalReason;
use sportello_tests::clock::march;
use sportello_tests::counter::{by_hand, right};
use sportello_tests::facts::{CAMPAIGN, SERVICE};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::seat::{Seat, new_command};

fn run(first: &str, last: &str) -> Run {
    Run::between(first, last).unwrap()
}

fn document(number: &str) -> Document {
    Document {
        kind: DocumentKind::IdentityCard,
        number: number.into(),
    }
}

fn delegate(name: &str) -> Collector {
    Collector::Delegate {
        name: name.into(),
        tax_code: None,
        document: document("AX1"),
        delegator_document: document("YA2"),
    }
}

/// The same delivery, to somebody else or of other vouchers.
fn changed(
    command: Command,
    collector: Option<Collector>,
    vouchers: Option<Vec<Run>>,
    partial: Option<&str>,
) -> Command {
    match command {
        Command::ConfirmDelivery {
            entitlement,
            appointment,
            collector: was,
            runs,
            force,
            ..
        } => Command::ConfirmDelivery {
            entitlement,
            appointment,
            collector: collector.unwrap_or(was),
            runs: vouchers.unwrap_or(runs),
            force,
            partial: partial.map(str::to_owned),
        },
        other => panic!("{other:?}"),
    }
}

fn planned(seat: &Seat, id: AppointmentId) -> Appointment {
    let state = seat.desk.store().read(|reads| reads.state::<Appointment>(id));
    state.unwrap().unwrap()
}

fn status(seat: &Seat, household: HouseholdId) -> EntitlementStatus {
    seat.household(household).entitlements[0].entitlement.status()
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_1_a_delegate_collects_then_the_holder_comes_too() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let desk = &world.a;
    let first = desk.at_the_counter(rossi, march(1, 9, 0));
    desk.act(changed(
        desk.delivery(rossi, Some(first)),
        Some(delegate("Bianchi Mario")),
        None,
        None,
    ));
    // Who collected, and when, is what the holder is told; nothing is handed over a second time.
    let second = desk.at_the_counter(rossi, march(1, 11, 0));
    let seen = desk.household(rossi);
    let delivery = &seen.entitlements[0].entitlement.deliveries[0];
    assert!(matches!(&delivery.collector, Collector::Delegate { name, .. } if name == "Bianchi Mario"));
    assert_eq!(
        desk.refused(changed(
            desk.delivery(rossi, Some(second)),
            None,
            Some(vec![run("A0101", "A0115")]),
            None
        )),
        "already_served"
    );
    assert_eq!(desk.stock(CAMPAIGN).held_count, 400 - 15);
    world.meet().await;
    assert_eq!(
        world.supervisor.odd_deliveries(true),
        [],
        "one delegate for one household is no exception"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_3_a_household_splits_after_the_import() {
    let world = World::new().await;
    let [whole] = world.households(["Rossi"]).await;
    world.a.serve(whole, march(1, 9, 0));
    world.meet().await;
    // The part that went away is a household of its own, with a right that a supervisor grants with the reason; what the
    // other one got stays its own.
    let supervisor = &world.supervisor;
    let part = HouseholdId(supervisor.act(by_hand("Rossi", 1)).subject.unwrap().id);
    world.meet().await;
    assert_ne!(part, whole);
    world.a.serve(part, march(1, 10, 0));
    world.meet().await;
    for seat in [&world.a, supervisor] {
        assert_eq!(status(seat, whole), EntitlementStatus::Served);
        assert_eq!(status(seat, part), EntitlementStatus::Served);
    }
    assert_eq!(
        supervisor.inbox().rows,
        [],
        "nobody is taken for somebody else by a name"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_13_who_did_not_come_comes_back_the_same_day_another_day_and_after_the_period() {
    let world = World::new().await;
    let [today, tomorrow, too_late] = world.households(["Rossi", "Verdi", "Bianchi"]).await;
    let desk = &world.a;
    let booked = [today, tomorrow, too_late].map(|household| desk.book(household, march(1, 9, 0)));
    world.office.time.pass_minutes(60);
    for appointment in booked {
        desk.act(Command::MissAppointment { appointment });
    }
    // The same day: there all the same, and it counts as presented.
    desk.present(booked[0]);
    desk.call(booked[0]);
    desk.deliver(today, Some(booked[0]));
    world.meet().await;
    let figures = world.supervisor.indicator(CAMPAIGN);
    assert_eq!((figures.presented, figures.served, figures.no_show), (1, 1, 2));
    // Another day: the missed appointment is moved, or whoever comes is simply there.
    world.office.time.pass_minutes(24 * 60);
    desk.present(booked[1]);
    desk.call(booked[1]);
    desk.deliver(tomorrow, Some(booked[1]));
    let came = planned(desk, booked[1]);
    assert_eq!(
        came.start.date(),
        march(2, 0, 0).date(),
        "on the board of the day it came"
    );
    assert_eq!(came.planned, Some(march(1, 9, 0)));
    // After the period: only with a reason, and a supervisor sees it.
    world.office.time.pass_minutes(200 * 24 * 60);
    desk.present(booked[2]);
    desk.call(booked[2]);
    let late = desk.delivery(too_late, Some(booked[2]));
    assert_eq!(desk.refused(late.clone()), "outside_period");
    desk.act(match late {
        Command::ConfirmDelivery {
            entitlement,
            appointment,
            collector,
            runs,
            ..
        } => Command::ConfirmDelivery {
            entitlement,
            appointment,
            collector,
            runs,
            force: Some("Prorogata dai Servizi Sociali".into()),
            partial: None,
        },
        other => panic!("{other:?}"),
    });
    world.meet().await;
    assert_eq!(world.supervisor.odd_deliveries(false).len(), 1);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_14_early_late_and_without_an_appointment() {
    let world = World::new().await;
    let [early, late, without] = world.households(["Rossi", "Verdi", "Bianchi"]).await;
    let desk = &world.a;
    let [first, second] =
        [(early, 11), (late, 9)].map(|(household, hour)| desk.book(household, march(1, hour, 0)));
    desk.present(first);
    world.office.time.pass_minutes(100);
    desk.present(second);
    let came = desk.act(Command::WalkIn {
        household: Some(without),
        person: None,
        service: SERVICE,
        priority: None,
        reason: String::new(),
    });
    let came = AppointmentId(came.subject.unwrap().id);
    for (household, appointment) in [(early, first), (late, second), (without, came)] {
        desk.call(appointment);
        desk.deliver(household, Some(appointment));
    }
    world.meet().await;
    let figures = world.supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (figures.presented, figures.served, figures.walk_in),
        (2, 2, 1),
        "early and late have an appointment; who has none is shown apart"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_18_the_wrong_booklet_was_handed_over() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let desk = &world.a;
    let appointment = desk.at_the_counter(rossi, march(1, 9, 0));
    let wrong = desk
        .act(changed(
            desk.delivery(rossi, Some(appointment)),
            None,
            Some(vec![run("A0201", "A0215")]),
            None,
        ))
        .delivery
        .unwrap();
    // Taken back with its vouchers, and handed over as it really was: both stay on record.
    desk.act(Command::ReverseDelivery {
        entitlement: right(rossi),
        delivery: wrong,
        reason: "Consegnato il carnet A0001".into(),
        returned: true,
    });
    let again = desk.at_the_counter(rossi, march(1, 9, 30));
    desk.act(changed(
        desk.delivery(rossi, Some(again)),
        None,
        Some(vec![run("A0001", "A0015")]),
        None,
    ));
    world.meet().await;
    for seat in [desk, &world.supervisor] {
        let right = &seat.household(rossi).entitlements[0].entitlement;
        assert_eq!(right.deliveries.len(), 2);
        assert!(right.deliveries[0].reversal.is_some() && right.deliveries[1].reversal.is_none());
    }
    let held = desk.stock(CAMPAIGN);
    assert!(
        serial::contains(&held.held, &run("A0201", "A0215")),
        "they are in the stock again"
    );
    assert!(!serial::contains(&held.held, &run("A0015", "A0015")));
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_19_a_booklet_is_damaged_or_short_and_the_rest_follows() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let desk = &world.a;
    // Two of its vouchers are torn: they leave the stock with a reason before anything is handed over.
    desk.act(Command::RemoveStock {
        campaign: CAMPAIGN,
        runs: vec![run("A0009", "A0010")],
        reason: RemovalReason::Damaged,
        note: "Strappati".into(),
    });
    let appointment = desk.at_the_counter(rossi, march(1, 9, 0));
    let offered = desk.counter(right(rossi)).next_serials;
    assert!(
        !offered.iter().any(|of| of.overlaps(&run("A0009", "A0010"))),
        "{offered:?}"
    );
    desk.act(changed(
        desk.delivery(rossi, Some(appointment)),
        None,
        Some(vec![run("A0001", "A0008")]),
        Some("Carnet corto"),
    ));
    assert_eq!(status(desk, rossi), EntitlementStatus::Partial);
    world.meet().await;
    assert_eq!(
        world.supervisor.inbox().rows.len(),
        1,
        "that something is missing is seen until it follows"
    );
    let again = desk.at_the_counter(rossi, march(1, 10, 0));
    desk.deliver(rossi, Some(again));
    world.meet().await;
    assert_eq!(status(&world.supervisor, rossi), EntitlementStatus::Served);
    assert_eq!(world.supervisor.inbox().rows.len(), 0);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_20_what_is_lost_after_the_receipt_is_not_issued_again() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let desk = &world.a;
    desk.serve(rossi, march(1, 9, 0));
    desk.act(Command::AddNote {
        household: rossi,
        text: "Dice di avere perso i buoni".into(),
    });
    let again = desk.at_the_counter(rossi, march(1, 11, 0));
    assert_eq!(
        desk.refused(changed(
            desk.delivery(rossi, Some(again)),
            None,
            Some(vec![run("A0101", "A0115")]),
            None
        )),
        "already_served"
    );
    // They are the household's: the desk cannot write them off, and whoever finds them learns whose they are.
    let lost = Command::RemoveStock {
        campaign: CAMPAIGN,
        runs: vec![run("A0001", "A0015")],
        reason: RemovalReason::Lost,
        note: "Persi dal cittadino".into(),
    };
    assert_eq!(desk.refused(lost), "serial_not_held");
    let history = desk.serial_history(CAMPAIGN, "A0007");
    assert_eq!(history.steps.len(), 2, "received, and handed over: {history:?}");
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_22_unclaimed_vouchers_go_back() {
    let world = World::new().await;
    let desk = &world.a;
    desk.act(Command::RemoveStock {
        campaign: CAMPAIGN,
        runs: vec![run("A0001", "A0400")],
        reason: RemovalReason::Returned,
        note: "Fine campagna, resi alla Direzione".into(),
    });
    world.meet().await;
    let ledger = world.supervisor.stock_ledger(CAMPAIGN);
    let office = ledger.office.as_ref().unwrap();
    assert_eq!((office.counts.returned, office.counts.held), (400, 400));
    assert_eq!(office.received, office.accounted);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_23_a_delivery_at_home_fails_half_fails_or_goes_to_a_neighbour() {
    let world = World::new().await;
    let [nobody_there, half, neighbour] = world.households(["Rossi", "Verdi", "Bianchi"]).await;
    let desk = &world.a;
    // What goes out with the car is set aside, and is offered last at the counter meanwhile.
    desk.act(Command::ReserveStock {
        campaign: CAMPAIGN,
        runs: vec![run("A0301", "A0345")],
        purpose: Some("Consegne a domicilio".into()),
    });
    let [a, b, c] = [(nobody_there, 0), (half, 15), (neighbour, 30)]
        .map(|(household, minute)| desk.at_the_counter(household, march(1, 9, minute)));
    desk.act(Command::RefuseDelivery {
        entitlement: right(nobody_there),
        appointment: Some(a),
        reason: RefusalReason::Other,
        note: "Nessuno in casa".into(),
    });
    desk.act(changed(
        desk.delivery(half, Some(b)),
        None,
        Some(vec![run("A0301", "A0310")]),
        Some("Il resto domani"),
    ));
    desk.act(changed(
        desk.delivery(neighbour, Some(c)),
        Some(delegate("Neri Ugo, vicino")),
        Some(vec![run("A0316", "A0330")]),
        None,
    ));
    world.meet().await;
    let figures = world.supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (figures.presented, figures.served),
        (3, 1),
        "attempted at home is presented"
    );
    let missing: Vec<HouseholdId> = figures.missing.iter().map(|m| m.household).collect();
    assert!(missing.contains(&nobody_there) && missing.contains(&half));
    assert_eq!(
        desk.stock(CAMPAIGN).reserved_count,
        45 - 25,
        "what came back in the car is set aside still"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_24_chose_the_app_and_asks_for_paper() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    // Servizi Sociali had the amount credited in the app: here nothing is due, and it says why.
    world.supervisor.act(Command::RevokeEntitlement {
        entitlement: right(rossi),
        reason: "Ha scelto l'app".into(),
    });
    world.meet().await;
    let desk = &world.a;
    let appointment = desk.at_the_counter(rossi, march(1, 9, 0));
    let command = changed(
        desk.delivery(rossi, Some(appointment)),
        None,
        Some(vec![run("A0001", "A0015")]),
        None,
    );
    let refused = desk.try_act(command).unwrap_err();
    assert_eq!(refused.code(), "revoked");
    // They undo it there, and a supervisor grants the right again with the reason: then it is handed over here, once.
    world.supervisor.act(Command::ReviseEntitlement {
        entitlement: right(rossi),
        amount: sportello_domain::money::Cents(15_000),
        reason: "App disattivata, prot. 88/2021".into(),
    });
    world.meet().await;
    desk.deliver(rossi, Some(appointment));
    world.meet().await;
    let seen = world.supervisor.household(rossi);
    let reasons: Vec<&str> = seen.entitlements[0]
        .entitlement
        .revisions
        .iter()
        .map(|revision| revision.source.reason.as_str())
        .collect();
    assert_eq!(reasons.last(), Some(&"App disattivata, prot. 88/2021"));
    assert_eq!(world.supervisor.odd_deliveries(true), []);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn situation_26_operators_change_without_logging_out() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let desk = &world.a;
    world.supervisor.act(Command::AddOperator {
        username: "bruno".into(),
        name: "Bruno Neri".into(),
        role: Role::Operator,
        passphrase: Passphrase(PASSPHRASE.into()),
    });
    let supervisor = &world.supervisor;
    let bruno = supervisor.desk.authenticate("bruno", PASSPHRASE).unwrap();
    // The one who was there goes on where the other one types: each act has the name of whoever's session it was done in.
    supervisor.act(Command::AddNote {
        household: rossi,
        text: "Telefonato".into(),
    });
    supervisor
        .desk
        .execute(
            &bruno,
            new_command(),
            &Command::AddNote {
                household: rossi,
                text: "Ha richiamato".into(),
            },
        )
        .unwrap();
    world.meet().await;
    let by: Vec<OperatorId> = desk
        .household(rossi)
        .household
        .notes
        .iter()
        .map(|note| note.by)
        .collect();
    assert_eq!(by, [supervisor.session.operator(), bruno.operator()]);
    // Nobody does what the other one may.
    let define = Command::DefineCampaign {
        campaign: sportello_tests::facts::campaign(),
    };
    let refused = supervisor.desk.execute(&bruno, new_command(), &define);
    assert_eq!(refused.unwrap_err().code(), "role_too_low");
    world.assert_sound();
}

/// The table names a test for each situation, and each of them is there.
#[test]
fn each_situation_has_its_test() {
    const TABLE: &str = include_str!("../../../src-tauri/docs/situations.md");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut numbers = Vec::new();
    for line in TABLE
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| N"))
    {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let Ok(number) = cells[1].parse::<u8>() else {
            continue;
        };
        numbers.push(number);
        let mut tests = 0;
        // `path` name, `path` name: in turn.
        let mut parts = cells[3]
            .split('`')
            .map(str::trim)
            .filter(|part| !part.is_empty() && *part != ",");
        while let (Some(path), Some(name)) = (parts.next(), parts.next()) {
            let name = name.trim_end_matches(',').trim();
            let text =
                std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(
                text.contains(&format!("fn {name}(")),
                "situation {number}: {path} has no {name}"
            );
            tests += 1;
        }
        assert!(
            tests > 0 || cells[3].starts_with("open:"),
            "situation {number} has no test"
        );
    }
    assert_eq!(numbers, (1..=36).collect::<Vec<u8>>());
}
