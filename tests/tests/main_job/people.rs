// SPDX-License-Identifier: EUPL-1.2
//! Who may do what, and who may log in.

use crate::world::World;
use sportello_desk::query::{DocumentRequest, ExportTable, TableFormat};
use sportello_desk::{Command, Query};
use sportello_domain::command::Passphrase;
use sportello_domain::ids::OperatorId;
use sportello_domain::money::Cents;
use sportello_domain::office::Role;
use sportello_tests::counter::{by_hand, right};
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::{Office, Seat};

fn add(username: &str, role: Role, passphrase: &str) -> Command {
    Command::AddOperator {
        username: username.into(),
        name: format!("Persona {username}"),
        role,
        passphrase: Passphrase(passphrase.into()),
    }
}

fn login_code(seat: &Seat, username: &str, passphrase: &str) -> String {
    seat.desk
        .authenticate(username, passphrase)
        .expect_err("let in")
        .code()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_opens_what_is_its_own() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let list = facts::csv(
        &facts::sheet(&facts::households(3, 1)),
        "2021-02-01".parse().unwrap(),
    );
    let preview = world.supervisor.preview(CAMPAIGN, &list);
    for command in [
        facts::apply(&list, &preview),
        by_hand("Verdi", 1),
        Command::ReviseEntitlement {
            entitlement: right(rossi),
            amount: Cents(20_000),
            reason: "x".into(),
        },
        Command::RevokeEntitlement {
            entitlement: right(rossi),
            reason: "x".into(),
        },
        Command::DefineCampaign {
            campaign: facts::campaign(),
        },
        add("nuova", Role::Operator, PASSPHRASE),
    ] {
        let before = world.a.verification().records;
        assert_eq!(world.a.refused(command.clone()), "role_too_low", "{command:?}");
        assert_eq!(world.a.verification().records, before, "nothing was written");
    }
    for query in [
        Query::ImportPreview {
            campaign: CAMPAIGN,
            file: list,
            issued: None,
        },
        Query::Export {
            table: ExportTable::Deliveries { campaign: CAMPAIGN },
            format: TableFormat::Csv,
        },
        Query::Document {
            document: DocumentRequest::IndicatorReport { campaign: CAMPAIGN },
            language: None,
        },
    ] {
        assert_eq!(world.a.try_ask(&query).unwrap_err().code(), "role_too_low");
    }
    // A supervisor may not define what the office goes by; an administrator may do both.
    world.supervisor.act(add("super", Role::Supervisor, PASSPHRASE));
    let supervisor = world.supervisor.desk.authenticate("super", PASSPHRASE).unwrap();
    let define = Command::DefineCampaign {
        campaign: facts::campaign(),
    };
    let refused = world
        .supervisor
        .desk
        .execute(&supervisor, sportello_tests::seat::new_command(), &define);
    assert_eq!(refused.unwrap_err().code(), "role_too_low");
    let enter = by_hand("Verdi", 1);
    world
        .supervisor
        .desk
        .execute(&supervisor, sportello_tests::seat::new_command(), &enter)
        .unwrap();
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_are_added_let_in_and_barred() {
    let world = World::new().await;
    let seat = &world.supervisor;
    assert_eq!(
        seat.refused(add("Maria ", Role::Operator, "corta")),
        "passphrase_too_short"
    );
    assert_eq!(
        seat.refused(add("ma ria", Role::Operator, PASSPHRASE)),
        "field_invalid"
    );
    assert_eq!(
        login_code(seat, "maria", "corta"),
        "no_slot",
        "nothing is left of what was refused"
    );
    let maria = seat.act(add("Maria ", Role::Operator, "la frase di maria"));
    let maria = OperatorId(maria.subject.unwrap().id);
    assert_eq!(
        seat.refused(add("maria", Role::Operator, PASSPHRASE)),
        "name_taken"
    );
    assert_eq!(login_code(seat, "maria", PASSPHRASE), "wrong_passphrase");
    assert_eq!(login_code(seat, "mario", PASSPHRASE), "no_slot");
    let session = seat.desk.authenticate("maria", "la frase di maria").unwrap();
    assert_eq!((session.role(), session.operator()), (Role::Operator, maria));
    let refused = seat.desk.execute(
        &session,
        sportello_tests::seat::new_command(),
        &by_hand("Neri", 1),
    );
    assert_eq!(refused.unwrap_err().code(), "role_too_low");

    // Her passphrase is hers to change.
    let new = Passphrase("un'altra frase di maria".into());
    let change = |old: &str| Command::ChangePassphrase {
        old: Passphrase(old.into()),
        new: new.clone(),
    };
    let refused = seat.desk.execute(
        &session,
        sportello_tests::seat::new_command(),
        &change(PASSPHRASE),
    );
    assert_eq!(refused.unwrap_err().code(), "wrong_passphrase");
    seat.desk
        .execute(
            &session,
            sportello_tests::seat::new_command(),
            &change("la frase di maria"),
        )
        .unwrap();
    assert_eq!(login_code(seat, "maria", "la frase di maria"), "wrong_passphrase");
    seat.desk.authenticate("maria", &new.0).unwrap();

    // Barred in the office, she is let in nowhere, also after the program was started again.
    let bar = Command::ChangeOperator {
        operator: maria,
        name: "Maria".into(),
        role: Role::Operator,
        active: false,
    };
    seat.act(bar);
    assert_eq!(login_code(seat, "maria", &new.0), "operator_barred");
    world.meet().await;
    let World {
        office,
        supervisor,
        a,
        b,
    } = world;
    let supervisor = supervisor.restarted();
    assert_eq!(login_code(&supervisor, "maria", &new.0), "operator_barred");
    assert!(
        a.reference()
            .operators
            .iter()
            .any(|o| o.username == "maria" && !o.active),
        "known at the desks"
    );
    World {
        office,
        supervisor,
        a,
        b,
    }
    .assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_supervising_desks_take_more_than_operators() {
    let office = Office::open().await;
    let invitation = office.invite(&sportello_central::NewDesk::new("Q1", "Q1-A"));
    let refused = office
        .try_enrol("Q1-A", &invitation.code.to_string(), Role::Administrator)
        .await;
    assert_eq!(refused.unwrap_err().code(), "not_a_supervising_desk");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_and_the_desk_show_the_same_fingerprint() {
    let office = Office::open().await;
    let desk = office.desk("Q1-A", "Q1").await;
    assert_eq!(
        desk.enrolment.office_fingerprint,
        office.central.facts().unwrap().fingerprint()
    );
}
