// SPDX-License-Identifier: EUPL-1.2
//! Key slots.
#![allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

use sportello_domain::ids::OperatorId;
use sportello_domain::office::Role;
use sportello_store::DbKey;
use sportello_store::keys::{KeyError, KeyRing, SlotOwner, new_recovery_key};
use uuid::Uuid;

fn owner(username: &str) -> SlotOwner {
    SlotOwner {
        operator: OperatorId(Uuid::from_u128(1)),
        username: username.into(),
        role: Role::Supervisor,
    }
}

fn ring(dir: &tempfile::TempDir) -> KeyRing {
    KeyRing::new(dir.path().join("keys")).with_work_factor(4)
}

#[test]
fn each_operator_opens_with_their_own_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    assert_eq!(ring.count().unwrap(), 0);
    ring.add(&owner("anna"), "corretta batteria", &key).unwrap();
    ring.add(&owner("piero"), "altra parola lunga", &key).unwrap();
    let (who, opened) = ring.unlock(" Anna ", "corretta batteria").unwrap();
    assert_eq!((who, opened), (owner("anna"), key.clone()));
    assert!(matches!(
        ring.unlock("anna", "altra parola lunga"),
        Err(KeyError::WrongPassphrase)
    ));
    assert!(matches!(ring.unlock("nessuno", "x"), Err(KeyError::NoSlot)));
    assert!(matches!(
        ring.add(&owner("ANNA"), "x", &key),
        Err(KeyError::Exists)
    ));
    assert_eq!(ring.count().unwrap(), 2);
    assert!(ring.remove("piero").unwrap() && !ring.remove("piero").unwrap());
    assert!(matches!(
        ring.unlock("piero", "altra parola lunga"),
        Err(KeyError::NoSlot)
    ));
}

#[test]
fn a_passphrase_is_changed_only_by_who_knows_it() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.add(&owner("anna"), "prima", &key).unwrap();
    assert!(matches!(
        ring.change("anna", "sbagliata", "seconda"),
        Err(KeyError::WrongPassphrase)
    ));
    ring.change("anna", "prima", "seconda").unwrap();
    assert!(matches!(
        ring.unlock("anna", "prima"),
        Err(KeyError::WrongPassphrase)
    ));
    assert_eq!(ring.unlock("anna", "seconda").unwrap().1, key);
    ring.reset(&owner("anna"), "terza", &key).unwrap();
    assert_eq!(ring.unlock("anna", "terza").unwrap().1, key);
}

#[test]
fn the_recovery_key_opens_without_any_operator() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    let (secret, recipient) = new_recovery_key();
    assert!(!ring.has_recovery());
    ring.add_recovery(&recipient, &key).unwrap();
    assert!(ring.has_recovery());
    assert_eq!(ring.count().unwrap(), 0, "it is nobody's");
    assert_eq!(ring.unlock_with_recovery(&secret).unwrap(), key);
    let (other, _) = new_recovery_key();
    assert!(matches!(
        ring.unlock_with_recovery(&other),
        Err(KeyError::WrongPassphrase)
    ));
    assert!(matches!(
        ring.unlock_with_recovery("AGE-SECRET-KEY-1QQ"),
        Err(KeyError::NotARecoveryKey)
    ));
    assert!(matches!(
        ring.add_recovery("age1nonsense", &key),
        Err(KeyError::NotARecoveryKey)
    ));
}

#[test]
fn nothing_personal_and_no_key_stands_in_the_directory() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.add(&owner("anna.verdi"), "prima", &key).unwrap();
    let files: Vec<_> = std::fs::read_dir(ring.directory())
        .unwrap()
        .map(|e| e.unwrap())
        .collect();
    assert_eq!(files.len(), 1, "no leftovers of writing");
    assert!(!files[0].file_name().to_string_lossy().contains("anna"));
    let bytes = std::fs::read(files[0].path()).unwrap();
    let contains = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
    assert!(!contains(b"anna") && !contains(key.bytes()));
}

#[test]
fn damage_is_told_from_a_wrong_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.add(&owner("anna"), "prima", &key).unwrap();
    let path = std::fs::read_dir(ring.directory())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let whole = std::fs::read(&path).unwrap();
    for bytes in [&whole[..whole.len() - 5], &whole[..40], b"", b"rubbish"] {
        std::fs::write(&path, bytes).unwrap();
        assert!(
            matches!(ring.unlock("anna", "prima"), Err(KeyError::Damaged)),
            "{} bytes",
            bytes.len()
        );
    }
}
