// SPDX-License-Identifier: EUPL-1.2
//! The key of the file.

use crate::{Result, StoreError};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32 random bytes that the file is encrypted with. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct DbKey([u8; 32]);

impl std::fmt::Debug for DbKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DbKey(…)")
    }
}

impl DbKey {
    /// A new key from the system's randomness.
    pub fn generate() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|e| StoreError::Io(std::io::Error::other(e.to_string())))?;
        Ok(Self(bytes))
    }

    /// A key that was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be kept in a key slot.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The salt that stands, in the clear, at the beginning of every file of this key.
    ///
    /// It follows from the key, so that a wrong key and a damaged first page can be told apart. It tells nothing of the key:
    /// the key is 256 random bits and the derivation goes one way.
    pub(crate) fn file_salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        let derived = Zeroizing::new(blake3::derive_key("sportello 2026 database salt v1", &self.0));
        salt.copy_from_slice(&derived[..16]);
        salt
    }

    /// As `PRAGMA key` takes it: no passphrase, so nothing to stretch.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let (key, salt) = (Zeroizing::new(hex::encode(self.0)), hex::encode(self.file_salt()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}{salt}'\";", key.as_str()))
    }
}
