// SPDX-License-Identifier: EUPL-1.2
//! Key slots: the file's key, wrapped once for each operator's passphrase and once for the office's recovery key.
//!
//! Each slot is an age file (age-encryption.org/v1). An operator's slot is named by a hash of the username, so that no name
//! stands in a directory listing; who it belongs to stands inside, encrypted with the key.

use crate::files::{self, write_whole};
use crate::{DbKey, StoreError};
use age::secrecy::SecretString;
use age::{DecryptError, scrypt, x25519};
use serde::{Deserialize, Serialize};
use sportello_domain::ids::OperatorId;
use sportello_domain::office::Role;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// Work for a passphrase: scrypt with N = 2^15, about 32 MB and a quarter of a second on a modest PC.
pub const WORK_FACTOR: u8 = 15;
/// No slot that asks for more work than this is opened: it would only keep the desk busy.
const MAX_WORK_FACTOR: u8 = 20;
const RECOVERY: &str = "recovery.age";

/// Why a slot cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Nobody of this name has a slot here.
    #[error("no operator of this name can log in at this desk")]
    NoSlot,
    /// Not the passphrase of this slot.
    #[error("the passphrase does not open the slot")]
    WrongPassphrase,
    /// A recovery key, and not this desk's.
    #[error("the recovery key is not that of this desk")]
    WrongRecoveryKey,
    /// No recovery key opens this desk.
    #[error("this desk has no slot for a recovery key")]
    NoRecovery,
    /// The slot cannot be read: damaged, or not one.
    #[error("the key slot is damaged")]
    Damaged,
    /// The recovery key is not one.
    #[error("this is not a recovery key")]
    NotARecoveryKey,
    /// The disk or the system refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl KeyError {
    /// A code that never changes, for messages and the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSlot => "no_slot",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::WrongRecoveryKey => "wrong_recovery_key",
            Self::NoRecovery => "no_recovery",
            Self::Damaged => "slot_damaged",
            Self::NotARecoveryKey => "not_a_recovery_key",
            Self::Store(error) => error.code(),
        }
    }
}

impl From<std::io::Error> for KeyError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Who a slot belongs to, as it was when the slot was made; what the person may do now stands in the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotOwner {
    /// The operator.
    pub operator: OperatorId,
    /// What is typed to log in.
    pub username: String,
    /// Role at that time.
    pub role: Role,
}

/// What is inside a slot.
#[derive(Serialize, Deserialize)]
struct Content {
    /// The file's key, hexadecimal.
    key: String,
    /// None in the recovery slot.
    owner: Option<SlotOwner>,
}

impl Drop for Content {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

/// The directory of slots beside the file.
#[derive(Clone, Debug)]
pub struct KeyRing {
    directory: PathBuf,
    work_factor: u8,
}

impl KeyRing {
    /// The slots in this directory, which need not exist yet.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            work_factor: WORK_FACTOR,
        }
    }

    /// The same with another scrypt work factor for new slots (tests use a low one).
    #[must_use]
    pub fn with_work_factor(self, log_n: u8) -> Self {
        Self {
            work_factor: log_n.clamp(1, MAX_WORK_FACTOR),
            ..self
        }
    }

    /// Where the slots are.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    fn slot(&self, username: &str) -> PathBuf {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 key slot name v1");
        hasher.update(username.trim().to_lowercase().as_bytes());
        self.directory
            .join(format!("{}.age", &hasher.finalize().to_hex()[..32]))
    }

    /// Whether somebody of this name has a slot.
    pub fn has(&self, username: &str) -> bool {
        self.slot(username).exists()
    }

    /// How many operators have a slot.
    pub fn count(&self) -> Result<usize, KeyError> {
        let entries = match std::fs::read_dir(&self.directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error.into()),
        };
        let mut count = 0;
        for entry in entries {
            let name = entry?.file_name();
            let name = name.to_string_lossy();
            count += usize::from(
                name != RECOVERY
                    && !name.starts_with('.')
                    && Path::new(name.as_ref()).extension().is_some_and(|e| e == "age"),
            );
        }
        Ok(count)
    }

    /// Gives an operator a slot, in place of the one there may be.
    pub fn give(&self, owner: &SlotOwner, passphrase: &str, key: &DbKey) -> Result<(), KeyError> {
        self.seal(owner, passphrase, key)?.place()?.keep()
    }

    /// Seals a slot for an operator. This is slow on purpose (scrypt) and touches no file; putting it in place is quick.
    pub fn seal(&self, owner: &SlotOwner, passphrase: &str, key: &DbKey) -> Result<SealedSlot, KeyError> {
        let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        recipient.set_work_factor(self.work_factor);
        let path = self.slot(&owner.username);
        seal(path, &recipient, key, Some(owner.clone()))
    }

    /// Opens an operator's slot: who logs in, and the file's key.
    pub fn unlock(&self, username: &str, passphrase: &str) -> Result<(SlotOwner, DbKey), KeyError> {
        let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        identity.set_max_work_factor(MAX_WORK_FACTOR);
        let (owner, key) = Self::read(&self.slot(username), &identity)?;
        Ok((owner.ok_or(KeyError::Damaged)?, key))
    }

    fn read(path: &Path, identity: &dyn age::Identity) -> Result<(Option<SlotOwner>, DbKey), KeyError> {
        let sealed = match std::fs::read(path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(KeyError::NoSlot),
            Err(error) => return Err(error.into()),
        };
        let decryptor = age::Decryptor::new(sealed.as_slice()).map_err(|error| told(&error))?;
        let mut reader = decryptor
            .decrypt(std::iter::once(identity))
            .map_err(|error| told(&error))?;
        let mut plain = Zeroizing::new(Vec::new());
        reader.read_to_end(&mut plain).map_err(|_| KeyError::Damaged)?;
        let content: Content = serde_json::from_slice(&plain).map_err(|_| KeyError::Damaged)?;
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(&content.key, bytes.as_mut_slice()).map_err(|_| KeyError::Damaged)?;
        Ok((content.owner.clone(), DbKey::from_bytes(*bytes)))
    }

    /// Keeps the key for the office's recovery key, given as an age recipient (`age1…`).
    pub fn add_recovery(&self, recipient: &str, key: &DbKey) -> Result<(), KeyError> {
        let recipient: x25519::Recipient = recipient.trim().parse().map_err(|_| KeyError::NotARecoveryKey)?;
        seal(self.directory.join(RECOVERY), &recipient, key, None)?
            .place()?
            .keep()
    }

    /// Whether the office's recovery key opens this desk.
    pub fn has_recovery(&self) -> bool {
        self.directory.join(RECOVERY).exists()
    }

    /// Opens the recovery slot with the office's recovery key (`AGE-SECRET-KEY-1…`).
    pub fn unlock_with_recovery(&self, recovery_key: &str) -> Result<DbKey, KeyError> {
        // Typed from a printed sheet: in any letters, in groups, over two lines.
        let typed: Zeroizing<String> = Zeroizing::new(
            recovery_key
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| c.to_ascii_uppercase())
                .collect(),
        );
        let identity: x25519::Identity = typed.parse().map_err(|_| KeyError::NotARecoveryKey)?;
        match Self::read(&self.directory.join(RECOVERY), &identity) {
            Ok((_, key)) => Ok(key),
            Err(KeyError::NoSlot) => Err(KeyError::NoRecovery),
            Err(KeyError::WrongPassphrase) => Err(KeyError::WrongRecoveryKey),
            Err(error) => Err(error),
        }
    }

    /// Copies every slot into another directory.
    pub(crate) fn copy_to(&self, directory: &Path) -> Result<(), StoreError> {
        std::fs::create_dir_all(directory)?;
        if self.directory.exists() {
            for entry in std::fs::read_dir(&self.directory)? {
                let path = entry?.path();
                if let (true, Some(name)) = (path.extension().is_some_and(|e| e == "age"), path.file_name()) {
                    files::copy_whole(&path, &directory.join(name))?;
                }
            }
        }
        files::sync_directory(Some(directory))
    }
}

/// A slot that is sealed and stands nowhere yet.
#[derive(Debug)]
pub struct SealedSlot {
    path: PathBuf,
    sealed: Vec<u8>,
}

impl SealedSlot {
    /// Puts the slot in place of the one there may be. That one stays beside it until it is said which of the two holds, so
    /// that it can be put back even where the disk has no room left.
    pub fn place(&self) -> Result<PlacedSlot, KeyError> {
        let directory = self.path.parent().unwrap_or_else(|| Path::new("."));
        if !directory.exists() {
            std::fs::create_dir_all(directory)?;
            files::sync_directory(directory.parent())?;
        }
        // Not called `.age`: it is no slot as long as the other one is.
        let before = self.path.exists().then(|| self.path.with_extension("before"));
        if let Some(before) = &before {
            files::copy_whole(&self.path, before)?;
        }
        let placed = PlacedSlot {
            path: self.path.clone(),
            sealed: self.sealed.clone(),
            before,
        };
        match write_whole(&self.path, &self.sealed) {
            Ok(()) => Ok(placed),
            Err(error) => {
                placed.keep()?;
                Err(error.into())
            }
        }
    }
}

/// A slot that was put in place, with the one that stood there before.
#[must_use = "it is to be said which of the two slots holds"]
#[derive(Debug)]
pub struct PlacedSlot {
    path: PathBuf,
    sealed: Vec<u8>,
    before: Option<PathBuf>,
}

impl PlacedSlot {
    /// What stands in place now holds.
    pub fn keep(self) -> Result<(), KeyError> {
        if let Some(before) = self.before {
            std::fs::remove_file(before)?;
        }
        Ok(files::sync_directory(self.path.parent())?)
    }

    /// All is as it was; unless yet another slot was put there since, which then holds.
    pub fn put_back(self) -> Result<(), KeyError> {
        if std::fs::read(&self.path)? != self.sealed {
            return Ok(());
        }
        match self.before {
            Some(before) => std::fs::rename(before, &self.path)?,
            None => std::fs::remove_file(&self.path)?,
        }
        Ok(files::sync_directory(self.path.parent())?)
    }
}

fn seal(
    path: PathBuf,
    recipient: &dyn age::Recipient,
    key: &DbKey,
    owner: Option<SlotOwner>,
) -> Result<SealedSlot, KeyError> {
    let content = Content {
        key: hex::encode(key.bytes()),
        owner,
    };
    let plain = Zeroizing::new(serde_json::to_vec(&content).map_err(StoreError::from)?);
    // One recipient is given, so there are no recipients that could disagree.
    let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient))
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(&plain)?;
    writer.finish()?;
    Ok(SealedSlot { path, sealed })
}

/// A new recovery key for an office: the secret to be kept in a safe, and the recipient that desks are given.
pub fn new_recovery_key() -> (Zeroizing<String>, String) {
    use age::secrecy::ExposeSecret;
    let identity = x25519::Identity::generate();
    (
        Zeroizing::new(identity.to_string().expose_secret().to_owned()),
        identity.to_public().to_string(),
    )
}

fn told(error: &DecryptError) -> KeyError {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            KeyError::WrongPassphrase
        }
        _ => KeyError::Damaged,
    }
}
