// SPDX-License-Identifier: EUPL-1.2
//! A day at the counter, online and offline.

use crate::world::World;
use sportello_desk::Command;
use sportello_desk::query::{DocumentRequest, ExportTable, TableFormat};
use sportello_desk::view::Standing;
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::ManualGrant;
use sportello_domain::entitlement::{Collector, Document, DocumentKind, EntitlementStatus, RefusalReason};
use sportello_domain::household::Member;
use sportello_domain::identifier::PersonIdentifier;
use sportello_domain::ids::{CampaignId, HouseholdId, MemberId};
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_tests::answers::{bytes_of, text_of, words_of};
use sportello_tests::clock::march;
use sportello_tests::counter::{by_hand, in_person, right};
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::office::Office;
use sportello_tests::seat::new_command;

#[tokio::test(flavor = "multi_thread")]
async fn from_the_list_to_the_receipt_with_the_network_down_and_both_seen_at_the_centre() {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    let other = office.desk("Q2-A", "Q2").await;
    let all = [&supervisor, &desk, &other];
    office.until_quiet(&all).await;
    facts::define(&supervisor);

    // The list comes in at the supervisors' desk and reaches whom it concerns.
    let q1 = facts::households(12, 1);
    let q2 = facts::households(5, 2);
    let list = facts::xlsx(
        &facts::sheet(&[q1.clone(), q2.clone()].concat()),
        march(1, 0, 0).date(),
    );
    let preview = supervisor.preview(CAMPAIGN, &list);
    assert!(preview.applicable, "{:?}", preview.notices);
    supervisor.act(facts::apply(&list, &preview));
    office.until_quiet(&all).await;
    let code_of = |at: usize| q1[at].applicant().identifier.as_str().to_owned();
    let (first, second, third) = (
        desk.find(&code_of(0)),
        desk.find(&code_of(1)),
        desk.find(&code_of(2)),
    );
    assert!(
        desk.search(q2[0].applicant().identifier.as_str()).hits.is_empty(),
        "not this desk's Quartiere"
    );
    assert!(
        other.search(&code_of(0)).hits.is_empty(),
        "not that desk's Quartiere"
    );

    // One household is served with the network there.
    desk.receive("A0001", "A0200");
    let appointment = desk.book(first, march(1, 9, 30));
    let slip = desk.document(DocumentRequest::Slip {
        appointment,
        thermal: false,
    });
    assert!(bytes_of(&slip).starts_with(b"%PDF"));
    assert_eq!(desk.board().due.len(), 1);
    office.time.pass_minutes(25);
    desk.present(appointment);
    assert_eq!(desk.board().waiting.len(), 1);
    desk.call(appointment);
    assert_eq!(desk.board().serving.len(), 1);
    let view = desk.counter(right(first));
    assert_eq!(
        (view.obstacle.clone(), view.appointment.as_ref().map(|a| a.id)),
        (None, Some(appointment))
    );
    let due = view.entitlement.remaining;
    assert_eq!(due, facts::amount(&q1[0]), "what the list said");
    let delivery = desk.deliver(first, Some(appointment));
    let receipt = desk.document(DocumentRequest::Receipt {
        entitlement: right(first),
        delivery,
        copy: false,
    });
    assert!(bytes_of(&receipt).starts_with(b"%PDF") && receipt.media_type == "application/pdf");
    assert!(
        !receipt
            .name
            .to_lowercase()
            .contains(&q1[0].applicant().surname.to_lowercase()),
        "nobody named by a file's name"
    );
    let board = desk.board();
    assert_eq!((board.done.len(), board.delivered_today), (1, 1));
    assert_eq!(board.done[0].status, AppointmentStatus::Finished);
    office.until_quiet(&all).await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented, seen.value, seen.standing),
        (1, 1, Some(10_000), Standing::Current),
        "{seen:?}"
    );
    assert_eq!((seen.entitled, seen.delivered), (17, due));

    // The network goes. The next household notices nothing, papers included.
    desk.unplug();
    let delivery = desk.serve(second, march(1, 9, 45));
    let receipt = desk.document(DocumentRequest::Receipt {
        entitlement: right(second),
        delivery,
        copy: false,
    });
    assert!(bytes_of(&receipt).starts_with(b"%PDF"));
    assert_eq!(
        desk.household(second).entitlements[0].status,
        EntitlementStatus::Served
    );
    let report = desk.try_exchange().await;
    assert_eq!(
        report.error.as_ref().map(|e| e.code().to_owned()),
        Some("unreachable".into())
    );
    let status = desk.status();
    assert!(!status.online && status.waiting >= 5, "{status:?}");
    let timeline = desk.household(second).timeline;
    assert!(
        timeline.iter().any(|item| item.waiting),
        "shown as not yet at the centre"
    );

    // Meanwhile the supervisor is told that something may be missing, and from where.
    office.time.pass_minutes(10);
    office.until_quiet(&[&supervisor, &other]).await;
    // What the centre has just heard of the other desk comes with the next exchange.
    supervisor.exchange().await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!((seen.served, seen.presented), (1, 1));
    assert_eq!(seen.standing, Standing::Provisional);
    assert_eq!(
        seen.missing_desks
            .iter()
            .map(|m| m.desk.name.as_str())
            .collect::<Vec<_>>(),
        ["Q1-A"]
    );

    // It comes back: both are seen, and a third household that was refused is missing by name, with what to do.
    desk.plug();
    let appointment = desk.at_the_counter(third, march(1, 10, 0));
    desk.refuse(third, Some(appointment), RefusalReason::NoDocument);
    office.until_quiet(&all).await;
    assert_eq!((desk.status().waiting, desk.status().online), (0, true));
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented, seen.value, seen.standing),
        (2, 3, Some(6_666), Standing::Current),
        "{seen:?}"
    );
    assert_eq!(seen.missing.len(), 1);
    let missing = &seen.missing[0];
    assert_eq!(
        (missing.household, missing.refusal),
        (third, Some(RefusalReason::NoDocument))
    );
    assert!(missing.name.contains(&q1[2].applicant().surname));
    assert_eq!(missing.todo, sportello_desk::view::Todo::CallBack);

    // It comes again with its papers and is counted once.
    desk.serve(third, march(1, 10, 15));
    office.until_quiet(&all).await;
    let seen = supervisor.indicator(CAMPAIGN);
    assert_eq!(
        (seen.served, seen.presented, seen.value, seen.missing.len()),
        (3, 3, Some(10_000), 0)
    );
    let served_of_q1 = seen.by_quartiere.iter().find(|q| q.quartiere == 1).unwrap();
    assert_eq!(
        (served_of_q1.entitled, served_of_q1.presented, served_of_q1.served),
        (12, 3, 3)
    );
    assert_eq!(supervisor.odd_deliveries(true), []);
    for seat in all {
        seat.assert_sound();
    }
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_does_it_once() {
    let world = World::new().await;
    let [household] = world.households(["Rossi"]).await;
    let appointment = world.a.at_the_counter(household, march(1, 9, 0));
    let (id, command) = (new_command(), world.a.delivery(household, Some(appointment)));
    let first = world.a.try_act_as(id, &command).unwrap();
    let second = world.a.try_act_as(id, &command).unwrap();
    assert!(!first.repeated && second.repeated);
    assert_eq!(first.delivery, second.delivery);
    assert_eq!(
        world.a.household(household).entitlements[0]
            .entitlement
            .deliveries
            .len(),
        1
    );
    assert_eq!(world.a.stock(CAMPAIGN).held_count, 400 - 15);
    // Also when the program ended in between, and also for what makes something new.
    let World {
        office,
        supervisor,
        a,
        b,
    } = world;
    let (id, command) = (new_command(), sportello_tests::counter::by_hand("Verdi", 1));
    let first = supervisor.try_act_as(id, &command).unwrap();
    let supervisor = supervisor.restarted();
    let again = supervisor.try_act_as(id, &command).unwrap();
    assert_eq!((again.repeated, again.subject), (true, first.subject));
    assert_eq!(supervisor.search("Verdi").hits.len(), 1);
    World {
        office,
        supervisor,
        a,
        b,
    }
    .assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counter_holds_its_rules() {
    let world = World::new().await;
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    let desk = &world.a;
    let appointment = desk.at_the_counter(rossi, march(1, 9, 0));
    let deliver = |collector, first: &str, last: &str, partial: Option<&str>| Command::ConfirmDelivery {
        entitlement: right(rossi),
        appointment: Some(appointment),
        collector,
        runs: vec![Run::between(first, last).unwrap()],
        force: None,
        partial: partial.map(str::to_owned),
    };
    assert_eq!(
        desk.refused(deliver(in_person(), "A0001", "A0016", None)),
        "too_much"
    );
    assert_eq!(
        desk.refused(deliver(in_person(), "A0001", "A0014", None)),
        "too_little"
    );
    assert_eq!(
        desk.refused(deliver(in_person(), "Z0001", "Z0015", None)),
        "serial_not_held"
    );
    let nobody = Collector::Member {
        member: None,
        document: Document {
            kind: DocumentKind::Passport,
            number: " ".into(),
        },
    };
    assert_eq!(
        desk.refused(deliver(nobody, "A0001", "A0015", None)),
        "field_invalid"
    );
    assert_eq!(
        desk.refused(desk.delivery(verdi, Some(appointment))),
        "wrong_appointment"
    );
    assert_eq!(
        desk.stock(CAMPAIGN).held_count,
        400,
        "nothing was handed over by what was refused"
    );

    // Less than due with a reason, to a delegate; then the rest, and no more.
    let delegate = Collector::Delegate {
        name: "Bianchi Mario".into(),
        tax_code: None,
        document: Document {
            kind: DocumentKind::IdentityCard,
            number: "AX1".into(),
        },
        delegator_document: Document {
            kind: DocumentKind::Passport,
            number: "YA2".into(),
        },
    };
    desk.act(deliver(delegate, "A0001", "A0010", Some("carnet incompleto")));
    let view = desk.counter(right(rossi));
    assert_eq!(
        (view.entitlement.status, view.entitlement.vouchers),
        (EntitlementStatus::Partial, 5)
    );
    assert_eq!(
        desk.refused(desk.delivery(rossi, Some(appointment))),
        "wrong_appointment",
        "that appointment is over"
    );
    desk.deliver(rossi, None);
    assert_eq!(desk.refused(desk.delivery(rossi, None)), "already_served");
    assert_eq!(
        desk.counter(right(rossi)).obstacle.unwrap().problem.code,
        "already_served"
    );

    // Booklets come in once, and leave with a reason.
    let again = vec![Run::between("A0390", "A0420").unwrap()];
    let receive = Command::ReceiveStock {
        campaign: CAMPAIGN,
        runs: again,
        note: String::new(),
        delivery_note: None,
    };
    assert_eq!(desk.refused(receive), "serial_already_received");
    desk.act(Command::RemoveStock {
        campaign: CAMPAIGN,
        runs: vec![Run::between("A0400", "A0400").unwrap()],
        reason: sportello_domain::stock::RemovalReason::Damaged,
        note: "strappato".into(),
    });
    let stock = desk.stock(CAMPAIGN);
    assert_eq!(
        (stock.held_count, stock.received, stock.delivered, stock.removed),
        (384, 400, 15, 1)
    );

    // Outside the campaign's period nothing is handed over unless somebody takes it upon himself.
    world.office.time.set(march(1, 9, 0) + chrono::Duration::days(90));
    assert_eq!(desk.refused(desk.delivery(verdi, None)), "outside_period");
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_names_whoever_of_the_household_came() {
    let world = World::new().await;
    let desk = &world.a;
    let Command::AddHousehold { mut data, grant } = by_hand("Rossi", 1) else {
        unreachable!("a household is entered by hand")
    };
    data.members.push(Member {
        id: MemberId::default(),
        surname: "Bianchi".into(),
        name: "Ada".into(),
        identifier: PersonIdentifier::None,
        birth_date: None,
    });
    let entered = world.supervisor.act(Command::AddHousehold { data, grant });
    let household = HouseholdId(entered.subject.unwrap().id);
    world.meet().await;
    let members = desk.household(household).household.data.members;
    let stranger = Some(MemberId(uuid::Uuid::from_u128(1)));
    let by = |member| {
        let Command::ConfirmDelivery {
            entitlement,
            appointment,
            runs,
            force,
            partial,
            ..
        } = desk.delivery(household, None)
        else {
            unreachable!("a delivery is confirmed")
        };
        Command::ConfirmDelivery {
            entitlement,
            appointment,
            collector: Collector::Member {
                member,
                document: Document {
                    kind: DocumentKind::IdentityCard,
                    number: "CA12345AB".into(),
                },
            },
            runs,
            force,
            partial,
        }
    };
    assert_eq!(desk.refused(by(stranger)), "field_invalid");
    let second = &members[1];
    let outcome = desk.act(by(Some(second.id)));
    let receipt = words_of(&desk.document(DocumentRequest::Receipt {
        entitlement: right(household),
        delivery: outcome.delivery.unwrap(),
        copy: false,
    }));
    assert!(receipt.contains(&second.full_name()), "{receipt}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_that_is_here_gets_a_right_in_another_campaign_by_hand() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let second = Campaign {
        id: CampaignId(uuid::Uuid::from_u128(0xcafe)),
        name: "Buoni spesa, seconda fase".into(),
        ..facts::campaign()
    };
    world.supervisor.act(Command::DefineCampaign {
        campaign: second.clone(),
    });
    let grant = |reason: &str, amount| Command::GrantEntitlement {
        household: rossi,
        grant: ManualGrant {
            campaign: second.id,
            amount,
            reason: reason.into(),
        },
    };
    world.meet().await;
    assert_eq!(world.a.refused(grant("x", None)), "role_too_low");
    assert_eq!(world.supervisor.refused(grant(" ", None)), "reason_missing");
    assert_eq!(
        world.supervisor.refused(grant("x", Some(Cents(1_234)))),
        "not_whole_vouchers"
    );
    world.supervisor.act(grant("segnalata dai Servizi Sociali", None));
    assert_eq!(
        world.supervisor.refused(grant("ancora", None)),
        "already_entitled"
    );
    world.meet().await;
    let rights = world.a.household(rossi).entitlements;
    assert_eq!(rights.len(), 2);
    let right = rights.iter().find(|r| r.campaign.id == second.id).unwrap();
    assert_eq!(
        right.amount,
        Cents(15_000),
        "by the campaign's table, for one person"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_taken_back_by_a_counter_entry() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let desk = &world.a;
    let delivery = desk.serve(rossi, march(1, 9, 0));
    let reverse = |returned| Command::ReverseDelivery {
        entitlement: right(rossi),
        delivery,
        reason: "carnet sbagliato".into(),
        returned,
    };
    world.meet().await;
    assert_eq!(world.b.refused(reverse(true)), "not_your_delivery");
    desk.act(reverse(true));
    assert_eq!(desk.refused(reverse(true)), "already_reversed");
    assert_eq!(desk.stock(CAMPAIGN).held_count, 400, "the vouchers are back");
    let note = desk.document(DocumentRequest::Receipt {
        entitlement: right(rossi),
        delivery,
        copy: true,
    });
    assert!(bytes_of(&note).starts_with(b"%PDF"));
    world.meet().await;
    let seen = world.supervisor.indicator(CAMPAIGN);
    assert_eq!((seen.served, seen.presented), (0, 1));

    // Served again, taken back again, and this time the vouchers are gone: a supervisor must look at that.
    let delivery = desk.deliver(rossi, None);
    let lost = Command::ReverseDelivery {
        entitlement: right(rossi),
        delivery,
        reason: "rubati".into(),
        returned: false,
    };
    desk.act(lost);
    world.meet().await;
    let open = world.supervisor.odd_deliveries(false);
    assert_eq!(open.len(), 1);
    assert_eq!(
        open[0].matter.kind,
        sportello_domain::exceptions::CaseKind::NotReturned
    );
    assert_eq!(
        desk.household(rossi).entitlements[0].entitlement.deliveries.len(),
        2,
        "nothing is taken out of the story"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_and_tables_come_out() {
    let world = World::new().await;
    let [rossi, verdi] = world.households(["Rossi", "D'Antonio"]).await;
    let desk = &world.a;
    let served = desk.book(rossi, march(1, 9, 0));
    let slip = |thermal| DocumentRequest::Slip {
        appointment: served,
        thermal,
    };
    desk.present(served);
    desk.call(served);
    let delivery = desk.deliver(rossi, Some(served));
    let refused = desk.at_the_counter(verdi, march(1, 9, 15));
    desk.refuse(verdi, Some(refused), RefusalReason::NoDelega);
    for document in [
        slip(false),
        slip(true),
        DocumentRequest::Receipt {
            entitlement: right(rossi),
            delivery,
            copy: true,
        },
        DocumentRequest::RefusalNote {
            entitlement: right(verdi),
        },
        DocumentRequest::Delega {
            entitlement: Some(right(verdi)),
        },
        DocumentRequest::Delega { entitlement: None },
    ] {
        let file = desk.document(document.clone());
        let bytes = bytes_of(&file);
        assert!(bytes.starts_with(b"%PDF") && bytes.len() > 5_000, "{document:?}");
        assert_eq!(std::path::Path::new(&file.name).extension().unwrap(), "pdf");
    }
    world.meet().await;
    let report = DocumentRequest::IndicatorReport { campaign: CAMPAIGN };
    assert!(bytes_of(&world.supervisor.document(report)).starts_with(b"%PDF"));

    let site = desk.desk.site();
    let (from, to) = (march(1, 0, 0).date(), march(31, 0, 0).date());
    let table = |table| text_of(&world.supervisor.export(table, TableFormat::Csv));
    let missing = table(ExportTable::Missing { campaign: CAMPAIGN });
    assert!(
        missing.contains("D'Antonio Anna") && !missing.contains("Rossi"),
        "{missing}"
    );
    let rights = table(ExportTable::Entitlements { campaign: CAMPAIGN });
    assert!(
        rights.contains("D'Antonio") && rights.contains("Rossi"),
        "{rights}"
    );
    let deliveries = table(ExportTable::Deliveries { campaign: CAMPAIGN });
    assert!(
        deliveries.contains("Rossi") && deliveries.contains("A0001") && deliveries.contains("A0015"),
        "{deliveries}"
    );
    let appointments = table(ExportTable::Appointments { site, from, to });
    assert_eq!(appointments.lines().count(), 3, "{appointments}");
    for each in [
        ExportTable::Missing { campaign: CAMPAIGN },
        ExportTable::Entitlements { campaign: CAMPAIGN },
        ExportTable::Deliveries { campaign: CAMPAIGN },
        ExportTable::Appointments { site, from, to },
    ] {
        let workbook = bytes_of(&world.supervisor.export(each, TableFormat::Xlsx));
        assert!(
            sportello_documents::lists::read(&workbook, "a.xlsx")
                .unwrap()
                .rows
                .len()
                > 1
        );
    }
}
