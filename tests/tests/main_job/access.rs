// SPDX-License-Identifier: EUPL-1.2
//! Passphrases that are changed, forgotten and given anew; the recovery key; and the wait after wrong ones.

use crate::world::World;
use sportello_desk::{Command, Desk, DeskError, Home, restore_with_recovery};
use sportello_domain::command::Passphrase;
use sportello_domain::event::Event;
use sportello_domain::ids::OperatorId;
use sportello_domain::meta::Topic;
use sportello_domain::office::{Operator, PassphraseSetBy, Role};
use sportello_store::keys::SlotOwner;
use sportello_tests::Seat;
use sportello_tests::office::PASSPHRASE;
use sportello_tests::seat::new_command;
use sportello_tests::told::code_told;

const NEW: &str = "quattro parole a caso";

fn phrase(text: &str) -> Passphrase {
    Passphrase(text.into())
}

fn change(old: &str, new: &str) -> Command {
    Command::ChangePassphrase {
        old: phrase(old),
        new: phrase(new),
    }
}

fn set(operator: OperatorId, new: &str) -> Command {
    Command::SetPassphrase {
        operator,
        passphrase: phrase(new),
    }
}

fn add(username: &str, passphrase: &str) -> Command {
    Command::AddOperator {
        username: username.into(),
        name: format!("Persona {username}"),
        role: Role::Operator,
        passphrase: phrase(passphrase),
    }
}

fn bar(operator: OperatorId) -> Command {
    Command::ChangeOperator {
        operator,
        name: "Persona".into(),
        role: Role::Operator,
        active: false,
    }
}

/// Somebody new at a desk, who can log in there.
fn added(seat: &Seat, username: &str) -> OperatorId {
    OperatorId(seat.act(add(username, PASSPHRASE)).subject.unwrap().id)
}

fn opens(desk: &Desk, username: &str, passphrase: &str) -> bool {
    match desk.authenticate(username, passphrase) {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(code_told(&error), "wrong_passphrase");
            false
        }
    }
}

/// The traces that an operator's passphrases left: in which topic, by whom, by what right.
fn traces(desk: &Desk, operator: OperatorId) -> Vec<(Topic, OperatorId, PassphraseSetBy)> {
    let story = desk.store().read(|reads| reads.story_of(operator)).unwrap();
    let trace = |entry: sportello_store::JournalEntry| match entry.event {
        Some(Event::PassphraseSet(set)) => Some((entry.meta.topic, entry.meta.actor, set.by)),
        _ => None,
    };
    story.into_iter().filter_map(trace).collect()
}

/// What stands in the folder of key slots.
fn slots(home: &Home) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(home.path().join("keys")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: std::path::PathBuf| {
        let bytes = std::fs::read(&path).unwrap();
        (path, bytes)
    };
    files.into_iter().map(read).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_is_changed_by_who_knows_it_and_leaves_a_trace() {
    let world = World::new().await;
    let (a, me) = (&world.a, world.a.session.operator());
    let before = (a.verification().records, slots(&a.home()));
    assert_eq!(a.refused(change("un'altra frase", NEW)), "wrong_passphrase");
    assert_eq!(a.refused(change(PASSPHRASE, "corta")), "passphrase_too_short");
    assert_eq!(
        (a.verification().records, slots(&a.home())),
        before,
        "nothing was changed"
    );

    let id = new_command();
    let done = a.try_act_as(id, &change(PASSPHRASE, NEW)).unwrap();
    assert_eq!((done.changed, done.repeated), (vec![me.into()], false));
    assert!(opens(&a.desk, "q1-a", NEW) && !opens(&a.desk, "q1-a", PASSPHRASE));
    // In a topic that this desk may write to: the centre takes it, and whoever supervises sees it.
    let trace = (Topic::Quartiere(1), me, PassphraseSetBy::Own);
    assert_eq!(traces(&a.desk, me), [trace]);
    world.meet().await;
    assert_eq!(traces(&world.supervisor.desk, me), [trace]);

    // The same act again is not done again, though the old passphrase opens nothing any more.
    let kept = slots(&a.home());
    for again in [change(PASSPHRASE, NEW), change(PASSPHRASE, "una frase di troppo")] {
        assert!(a.try_act_as(id, &again).unwrap().repeated);
    }
    assert_eq!((traces(&a.desk, me).len(), slots(&a.home())), (1, kept));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_gives_a_forgotten_passphrase_anew() {
    let world = World::new().await;
    let seat = &world.supervisor;
    let admin = seat.session.operator();
    let maria = added(seat, "maria");
    let known: Operator = seat.desk.state(maria).unwrap().unwrap();
    let at_work = seat.desk.authenticate("maria", PASSPHRASE).unwrap();
    let records = || seat.verification().records;
    let before = (records(), slots(&seat.home()));
    let by_maria = seat.desk.execute(&at_work, new_command(), &set(admin, NEW));
    assert_eq!(code_told(&by_maria.unwrap_err()), "role_too_low");
    assert_eq!(seat.refused(set(maria, "corta")), "passphrase_too_short");
    assert_eq!(seat.refused(set(OperatorId::default(), NEW)), "not_found");
    assert_eq!(
        seat.refused(set(admin, NEW)),
        "own_passphrase",
        "whoever finds the desk open cannot take it over"
    );
    assert_eq!((records(), slots(&seat.home())), before, "nothing was changed");

    let id = new_command();
    seat.try_act_as(id, &set(maria, NEW)).unwrap();
    assert!(opens(&seat.desk, "maria", NEW) && !opens(&seat.desk, "maria", PASSPHRASE));
    assert_eq!(
        traces(&seat.desk, maria),
        [(Topic::Office, admin, PassphraseSetBy::Administrator)]
    );
    assert_eq!(
        seat.desk.state(maria).unwrap(),
        Some(known),
        "all else of her is as it was"
    );

    // She makes it her own; the administrator's act, asked for again, does not take that back.
    let own = change(NEW, "solo maria la conosce");
    seat.desk.execute(&at_work, new_command(), &own).unwrap();
    assert!(seat.try_act_as(id, &set(maria, NEW)).unwrap().repeated);
    assert!(opens(&seat.desk, "maria", "solo maria la conosce"));

    // Whoever is barred is not let in by another passphrase, and cannot change theirs any more.
    seat.act(bar(maria));
    assert_eq!(seat.refused(set(maria, NEW)), "operator_barred");
    let late = change("solo maria la conosce", NEW);
    let late = seat.desk.execute(&at_work, new_command(), &late);
    assert_eq!(code_told(&late.unwrap_err()), "operator_barred");
    assert_eq!(traces(&seat.desk, maria).len(), 2);
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_known_from_elsewhere_is_let_in_here_too() {
    let world = World::new().await;
    let seat = &world.supervisor;
    let admin = seat.session.operator();
    let (a, b) = (world.a.session.operator(), world.b.session.operator());
    let by = (Topic::Office, admin, PassphraseSetBy::Administrator);
    // By either act, and each leaves its trace.
    seat.act(set(a, NEW));
    assert!(opens(&seat.desk, "q1-a", NEW));
    assert_eq!(traces(&seat.desk, a), [by]);
    let id = new_command();
    let add_b = add("q1-b", NEW);
    seat.try_act_as(id, &add_b).unwrap();
    assert_eq!(traces(&seat.desk, b), [by]);
    assert!(seat.try_act_as(id, &add_b).unwrap().repeated);
    assert_eq!(seat.refused(add_b), "name_taken");
    // At their own desks the passphrase is the one of before.
    world.meet().await;
    assert!(opens(&world.a.desk, "q1-a", PASSPHRASE) && opens(&world.b.desk, "q1-b", PASSPHRASE));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_is_as_it_was_when_the_record_is_not_written() {
    let world = World::new().await;
    let seat = &world.supervisor;
    added(seat, "maria");
    let maria = seat.desk.authenticate("maria", PASSPHRASE).unwrap();
    let store = seat.desk.store();
    store.limit_size(Some(store.size().unwrap())).unwrap();
    // The room that is left is for so many, and no more.
    let mut old = PASSPHRASE.to_owned();
    let refused = loop {
        let new = format!("frase numero {}", traces(&seat.desk, maria.operator()).len());
        match seat.desk.execute(&maria, new_command(), &change(&old, &new)) {
            Ok(_) => old = new,
            Err(error) => break error,
        }
    };
    assert_eq!(code_told(&refused), "disk_full");
    assert!(
        opens(&seat.desk, "maria", &old),
        "the last one that was told holds"
    );
    let kept = slots(&seat.home());
    assert_eq!(seat.refused(set(maria.operator(), NEW)), "disk_full");
    assert_eq!(seat.refused(add("nuova", PASSPHRASE)), "disk_full");
    assert_eq!(slots(&seat.home()), kept);
    let nobody = seat.desk.authenticate("nuova", PASSPHRASE).unwrap_err();
    assert_eq!(code_told(&nobody), "no_slot");
    store.limit_size(None).unwrap();
    seat.act(add("nuova", PASSPHRASE));
    seat.act(set(maria.operator(), NEW));
    assert!(opens(&seat.desk, "maria", NEW));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_a_power_cut_left_of_nobody_is_in_nobodys_way() {
    let world = World::new().await;
    let seat = &world.supervisor;
    // The slot stands, and the power went before the record was written.
    let nobody = SlotOwner {
        operator: OperatorId(uuid::Uuid::from_u128(404)),
        username: "nuova".into(),
        role: Role::Operator,
    };
    let ring = seat.home().keys(Some(sportello_tests::office::WORK_FACTOR));
    let another_key = sportello_store::DbKey::generate().unwrap();
    ring.give(&nobody, PASSPHRASE, &another_key).unwrap();
    let new = added(seat, "nuova");
    let session = seat.desk.authenticate("nuova", PASSPHRASE).unwrap();
    assert_eq!(session.operator(), new);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recovery_key_lets_in_whoever_is_known_and_leaves_a_trace() {
    let world = World::new().await;
    let (key, me) = (
        phrase(&world.a.enrolment.recovery_key),
        world.a.session.operator(),
    );
    let (admin, maria) = (
        world.supervisor.session.operator(),
        added(&world.supervisor, "maria"),
    );
    world.supervisor.act(bar(maria));
    world.meet().await;
    let before = slots(&world.a.home());
    let records = world.a.verification().records;
    let others = phrase(&world.b.enrolment.recovery_key);
    let refused = |key: &Passphrase, who: &str, new: &str| {
        let refused = world.a.desk.recover_open(key, who, &phrase(new));
        code_told(&refused.unwrap_err())
    };
    assert_eq!(
        refused(&phrase("AGE-SECRET-KEY-1NOT"), "q1-a", NEW),
        "not_a_recovery_key"
    );
    assert_eq!(refused(&others, "q1-a", NEW), "wrong_recovery_key");
    assert_eq!(refused(&key, "q1-a", "corta"), "passphrase_too_short");
    assert_eq!(refused(&key, "nessuno", NEW), "unknown_operator");
    assert_eq!(refused(&key, "maria", NEW), "operator_barred");
    assert_eq!(
        (world.a.verification().records, slots(&world.a.home())),
        (records, before),
        "nothing was changed"
    );

    // At a desk that is open: nobody need end the program.
    let session = world.a.desk.recover_open(&key, "Q1-A ", &phrase(NEW)).unwrap();
    assert_eq!((session.operator(), session.role()), (me, Role::Operator));
    assert!(opens(&world.a.desk, "q1-a", NEW) && !opens(&world.a.desk, "q1-a", PASSPHRASE));
    let trace = (Topic::Quartiere(1), me, PassphraseSetBy::RecoveryKey);
    assert_eq!(traces(&world.a.desk, me), [trace]);
    world.meet().await;
    assert_eq!(
        traces(&world.supervisor.desk, me),
        [trace],
        "and the office learns of it"
    );
    world.assert_sound();

    // At one that is closed: an administrator of the office too, who never had a passphrase here.
    let World { a, .. } = world;
    let (home, clock, _folder) = a.closed();
    let wrong = Desk::recover(&home, clock.ports(), &others, "cen-s", &phrase(NEW)).unwrap_err();
    assert_eq!(code_told(&wrong), "wrong_recovery_key");
    let (desk, session) = Desk::recover(&home, clock.ports(), &key, "cen-s", &phrase(NEW)).unwrap();
    assert_eq!((session.operator(), session.role()), (admin, Role::Administrator));
    let trace = (Topic::Quartiere(1), admin, PassphraseSetBy::RecoveryKey);
    assert_eq!(traces(&desk, admin), [trace]);
    desk.execute(&session, new_command(), &set(me, PASSPHRASE))
        .unwrap();
    drop(desk);
    Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap();
    Desk::login(&home, clock.ports(), "cen-s", NEW).unwrap();

    // Without the key's own slot there is no other way.
    std::fs::remove_file(home.path().join("keys/recovery.age")).unwrap();
    let lost = Desk::recover(&home, clock.ports(), &key, "q1-a", &phrase(NEW)).unwrap_err();
    assert_eq!(code_told(&lost), "no_recovery");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_may_not_write_is_opened_by_the_recovery_key_to_be_read() {
    let world = World::new().await;
    let [rossi] = world.households(["Rossi"]).await;
    let (key, me) = (
        phrase(&world.a.enrolment.recovery_key),
        world.a.session.operator(),
    );
    let backup = world.a.desk.backup(None).unwrap();
    let others = phrase(&world.b.enrolment.recovery_key);
    let World { a, .. } = world;
    let (home, clock, _folder) = a.closed();
    // Nobody remembers a passphrase: the key puts the backup back too.
    let wrong = restore_with_recovery(&home, &backup, &others).unwrap_err();
    assert_eq!(code_told(&wrong), "wrong_recovery_key");
    drop(Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap());
    restore_with_recovery(&home, &backup, &key).unwrap();
    let (desk, session) = Desk::recover(&home, clock.ports(), &key, "q1-a", &phrase(NEW)).unwrap();
    assert_eq!(traces(&desk, me), [], "its log goes on under no circumstances");
    let seen = desk.query(&session, &sportello_desk::Query::Household { id: rossi });
    assert!(seen.is_ok());
    assert!(opens(&desk, "q1-a", NEW));
    let refused = desk.execute(&session, new_command(), &change(NEW, PASSPHRASE));
    assert_eq!(code_told(&refused.unwrap_err()), "restored");
    assert!(opens(&desk, "q1-a", NEW), "and the slot is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_some_wrong_passphrases_the_next_try_waits() {
    let world = World::new().await;
    let time = &world.office.time;
    added(&world.supervisor, "maria");
    let desk = &world.supervisor.desk;
    let wait = |tried: Result<_, DeskError>| {
        let error = tried.err().unwrap();
        assert_eq!(code_told(&error), "passphrase_wait");
        error.args()[0].1.parse::<i64>().unwrap()
    };
    for _ in 0..5 {
        assert!(!opens(desk, "maria", NEW));
    }
    let first = wait(desk.authenticate("maria", PASSPHRASE).map(drop));
    assert!((1..=5).contains(&first), "{first} seconds: it begins small");
    // Nobody else waits for it.
    assert!(opens(desk, "cen-s", PASSPHRASE));
    time.pass_seconds(first);
    assert!(!opens(desk, "maria", NEW));
    let second = wait(desk.authenticate("maria", PASSPHRASE).map(drop));
    assert!(second > first, "and it grows");
    time.pass_seconds(second);
    assert!(opens(desk, "maria", PASSPHRASE), "then the right one opens");
    assert!(!opens(desk, "maria", NEW), "and what was wrong is forgotten");

    // Neither the passphrase of until now can be guessed at a desk that was left open …
    for _ in 0..5 {
        let refused = world.supervisor.refused(change(NEW, "una frase nuova"));
        assert_eq!(refused, "wrong_passphrase");
    }
    assert_eq!(
        world.supervisor.refused(change(PASSPHRASE, NEW)),
        "passphrase_wait"
    );
    // … nor one at a desk that nobody has opened yet.
    let World { a, .. } = world;
    let (home, clock, _folder) = a.closed();
    for _ in 0..5 {
        let error = Desk::login(&home, clock.ports(), "q1-a", NEW).unwrap_err();
        assert_eq!(code_told(&error), "wrong_passphrase");
    }
    wait(Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).map(drop));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_passphrase_is_written() {
    let world = World::new().await;
    let a = &world.a;
    let outcome = a.act(change(PASSPHRASE, NEW));
    let told = serde_json::to_string(&outcome).unwrap();
    let me = a.session.operator();
    let trace = a
        .desk
        .store()
        .read(|reads| reads.story_of(me))
        .unwrap()
        .pop()
        .unwrap();
    let body = trace.event.unwrap().encode().unwrap();
    assert_eq!(body, br#"{"by":"own"}"#);
    let shown = a.desk.store().read(|reads| reads.dump()).unwrap().join("\n");
    let debugged = format!("{:?} {:?} {:?}", change(PASSPHRASE, NEW), a.desk, a.home());
    for text in [told, shown, debugged] {
        assert!(!text.contains(NEW) && !text.contains(PASSPHRASE));
    }
}
