// SPDX-License-Identifier: EUPL-1.2
//! The desk's own file, damaged, missing, locked away.

use crate::world::World;
use sportello_desk::{Desk, DeskError, restore};
use sportello_domain::command::Passphrase;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_tests::office::PASSPHRASE;
use sportello_tests::told::code_told;

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_told_kept_and_replaced_by_the_backup() {
    let world = World::new().await;
    world.serve();
    let backup = world.desk.desk.backup(None).unwrap();
    let (household, username) = (world.household, world.desk.username.clone());
    let (home, clock, _folder) = world.desk.closed();
    let whole = std::fs::read(home.database()).unwrap();
    let login = || -> Result<_, DeskError> {
        let (desk, session) = Desk::login(&home, clock.ports(), &username, PASSPHRASE)?;
        // What is damaged in the middle is noticed by whoever reads there.
        desk.query(&session, &sportello_desk::Query::Verify)?;
        Ok((desk, session))
    };
    let middle = whole.len() / 2;
    let damages: [(&str, Vec<u8>); 4] = [
        ("first page", [&whole[..64], &[0xAA; 200], &whole[264..]].concat()),
        (
            "every page but the first",
            whole
                .iter()
                .enumerate()
                .map(|(at, b)| if at < 4096 { *b } else { b ^ 0x40 })
                .collect(),
        ),
        ("broken off", whole[..middle].to_vec()),
        (
            "another kind of file",
            b"PK\x03\x04 this is no database".repeat(400),
        ),
    ];
    for (what, bytes) in damages {
        std::fs::write(home.database(), &bytes).unwrap();
        let error = login().err().unwrap_or_else(|| panic!("{what}: opened"));
        assert!(
            ["damaged", "wrong_key"].contains(&code_told(&error).as_str()),
            "{what}: {}",
            error.code()
        );
        assert_eq!(
            std::fs::read(home.database()).unwrap(),
            bytes,
            "{what}: the file is as it was"
        );
    }
    std::fs::remove_file(home.database()).unwrap();
    assert_eq!(code_told(&login().unwrap_err()), "missing");
    assert!(!home.database().exists(), "nothing is made in its place");

    // The backup is put in its place, and what was there is set aside.
    std::fs::write(home.database(), b"damaged").unwrap();
    restore(&home, &backup, &username, PASSPHRASE).unwrap();
    let aside: Vec<_> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| std::fs::read(path).is_ok_and(|bytes| bytes == b"damaged"))
        .collect();
    assert_eq!(aside.len(), 1, "kept beside it");
    let (desk, session) = login().unwrap();
    let found = desk
        .query(&session, &sportello_desk::Query::Household { id: household })
        .unwrap();
    let sportello_desk::View::Household(view) = found else {
        panic!()
    };
    assert_eq!(view.entitlements[0].status, EntitlementStatus::Served);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_passphrase_opens_nothing_and_harms_nothing() {
    let world = World::new().await;
    world.serve();
    let before = world.desk.verification();
    for wrong in [
        "",
        "una frase lunga per le prov",
        "UNA FRASE LUNGA PER LE PROVE",
        " una frase lunga per le prove",
    ] {
        let error = world.desk.desk.authenticate("q1-a", wrong).unwrap_err();
        assert_eq!(code_told(&error), "wrong_passphrase");
    }
    for nobody in ["", "nessuno", "../q1-a", "q1-a\0", "q1-a/.."] {
        let error = world.desk.desk.authenticate(nobody, PASSPHRASE).unwrap_err();
        assert!(
            ["no_slot", "wrong_passphrase"].contains(&code_told(&error).as_str()),
            "{nobody:?}"
        );
    }
    // As it is typed on a telephone keyboard.
    world.desk.desk.authenticate("Q1-A", PASSPHRASE).unwrap();
    assert_eq!(world.desk.verification(), before);

    let recovery_key = world.desk.enrolment.recovery_key.clone();
    let (home, clock, _folder) = world.desk.closed();
    let slot = std::fs::read_dir(home.path().join("keys"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| !name.to_string_lossy().contains("recover"))
        })
        .unwrap();
    std::fs::write(&slot, b"age-encryption.org/v1\nrubbish").unwrap();
    let error = Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap_err();
    assert_eq!(code_told(&error), "slot_damaged");
    std::fs::remove_file(slot).unwrap();
    let error = Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap_err();
    assert_eq!(code_told(&error), "no_slot");
    // The printed recovery key still opens it.
    let (key, new) = (Passphrase(recovery_key), Passphrase(PASSPHRASE.into()));
    Desk::recover(&home, clock.ports(), &key, "q1-a", &new).unwrap();
    Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_read_are_told() {
    let world = World::new().await;
    let (home, clock, _folder) = world.desk.closed();
    std::fs::write(home.path().join("desk.json"), b"{\"office\":").unwrap();
    let error = Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap_err();
    assert_eq!(code_told(&error), "stored_value");
    std::fs::remove_file(home.path().join("desk.json")).unwrap();
    let error = Desk::login(&home, clock.ports(), "q1-a", PASSPHRASE).unwrap_err();
    assert_eq!(code_told(&error), "not_enrolled");
}
