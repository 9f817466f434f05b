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
use std::path::PathBuf;
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

/// What stands in the directory.
fn files(ring: &KeyRing) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(ring.directory()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn contents(ring: &KeyRing) -> Vec<(PathBuf, Vec<u8>)> {
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).unwrap();
        (path, bytes)
    };
    files(ring).into_iter().map(read).collect()
}

#[test]
fn each_operator_opens_with_their_own_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    assert_eq!(ring.count().unwrap(), 0);
    ring.give(&owner("anna"), "corretta batteria", &key).unwrap();
    ring.give(&owner("piero"), "altra parola lunga", &key).unwrap();
    let (who, opened) = ring.unlock(" Anna ", "corretta batteria").unwrap();
    assert_eq!((who, opened), (owner("anna"), key.clone()));
    assert!(matches!(
        ring.unlock("anna", "altra parola lunga"),
        Err(KeyError::WrongPassphrase)
    ));
    assert!(matches!(ring.unlock("nessuno", "x"), Err(KeyError::NoSlot)));
    assert_eq!(ring.count().unwrap(), 2);
}

#[test]
fn a_slot_is_replaced_and_the_old_passphrase_opens_nothing_more() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.give(&owner("anna"), "prima", &key).unwrap();
    ring.give(&owner("anna"), "seconda", &key).unwrap();
    assert!(matches!(
        ring.unlock("anna", "prima"),
        Err(KeyError::WrongPassphrase)
    ));
    assert_eq!(ring.unlock("anna", "seconda").unwrap().1, key);
    assert_eq!(files(&ring).len(), 1, "nothing is left of the slot before");
}

#[test]
fn a_slot_is_put_back_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.give(&owner("anna"), "prima", &key).unwrap();
    let before = contents(&ring);
    // Sealing alone touches nothing.
    let sealed = ring.seal(&owner("anna"), "seconda", &key).unwrap();
    assert_eq!(contents(&ring), before);
    let placed = sealed.place().unwrap();
    assert_eq!(ring.unlock("anna", "seconda").unwrap().1, key);
    assert_eq!(ring.count().unwrap(), 1, "the one before is no slot meanwhile");
    placed.put_back().unwrap();
    assert_eq!(contents(&ring), before);
    // Somebody who had none has none again.
    let placed = ring.seal(&owner("piero"), "sua", &key).unwrap().place().unwrap();
    assert!(ring.has("piero"));
    placed.put_back().unwrap();
    assert!(matches!(ring.unlock("piero", "sua"), Err(KeyError::NoSlot)));
    assert_eq!(contents(&ring), before);
    // A third one that came meanwhile is left alone.
    let placed = sealed.place().unwrap();
    ring.give(&owner("anna"), "terza", &key).unwrap();
    placed.put_back().unwrap();
    assert_eq!(ring.unlock("anna", "terza").unwrap().1, key);
}

#[test]
fn what_a_power_cut_left_of_a_slot_is_in_nobodys_way() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.give(&owner("anna"), "prima", &key).unwrap();
    // The power goes before it is said which of the two holds.
    let placed = ring
        .seal(&owner("anna"), "seconda", &key)
        .unwrap()
        .place()
        .unwrap();
    std::mem::forget(placed);
    assert_eq!(ring.unlock("anna", "seconda").unwrap().1, key);
    ring.give(&owner("anna"), "terza", &key).unwrap();
    assert_eq!(ring.unlock("anna", "terza").unwrap().1, key);
    assert_eq!(files(&ring).len(), 1, "and it is cleared away at the next change");
}

#[test]
fn the_recovery_key_opens_without_any_operator() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    let (secret, recipient) = new_recovery_key();
    assert!(!ring.has_recovery());
    assert!(matches!(
        ring.unlock_with_recovery(&secret),
        Err(KeyError::NoRecovery)
    ));
    ring.add_recovery(&recipient, &key).unwrap();
    assert!(ring.has_recovery());
    assert_eq!(ring.count().unwrap(), 0, "it is nobody's");
    assert_eq!(ring.unlock_with_recovery(&secret).unwrap(), key);
    let (first, second) = secret.split_at(30);
    let typed = format!(" {}\n {} ", first.to_lowercase(), second);
    assert_eq!(
        ring.unlock_with_recovery(&typed).unwrap(),
        key,
        "as it is typed from a sheet"
    );
    let (other, _) = new_recovery_key();
    assert!(matches!(
        ring.unlock_with_recovery(&other),
        Err(KeyError::WrongRecoveryKey)
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
    ring.give(&owner("anna.verdi"), "prima", &key).unwrap();
    let files = files(&ring);
    assert_eq!(files.len(), 1, "no leftovers of writing");
    assert!(!files[0].file_name().unwrap().to_string_lossy().contains("anna"));
    let bytes = std::fs::read(&files[0]).unwrap();
    let contains = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
    assert!(!contains(b"anna") && !contains(key.bytes()));
}

#[test]
fn damage_is_told_from_a_wrong_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let (ring, key) = (ring(&dir), DbKey::generate().unwrap());
    ring.give(&owner("anna"), "prima", &key).unwrap();
    let path = files(&ring).remove(0);
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
