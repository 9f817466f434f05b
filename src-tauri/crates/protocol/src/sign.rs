// SPDX-License-Identifier: EUPL-1.2
//! Ed25519 signatures (RFC 8032). One signature over the last link of a log vouches for all of it.

use crate::chain::Link;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;
use zeroize::Zeroizing;

/// The signature is not the key's, or there is no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not hold")]
pub struct SignatureError;

/// A desk's, or the office's, own key. Its bytes are wiped when it is dropped.
#[derive(Clone)]
pub struct DeskKey(SigningKey);

impl std::fmt::Debug for DeskKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeskKey(…)")
    }
}

impl DeskKey {
    /// A key from 32 random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The bytes it was made from, to be kept where only its owner reads.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The key that others verify with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `message` under a name of its purpose: a signature made for one thing never holds for another.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> Signature {
        Signature(self.0.sign(&framed(purpose, message)).to_bytes())
    }

    /// The same key as X25519 (RFC 7748): what is sealed for [`PublicKey::agreement`] opens with it. Signing with Ed25519 and
    /// opening with an X25519 KEM under one key is safe together (Thormarker, eprint 2021/509).
    pub(crate) fn agreement(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_scalar_bytes())
    }

    /// A secret that this key and another agree on without a word (X25519): the other comes to the same. None for bytes that are
    /// no key, or a weak one.
    pub(crate) fn agree(&self, other: &PublicKey) -> Option<Zeroizing<[u8; 32]>> {
        let theirs = other.agreement()?;
        Some(Zeroizing::new(x25519_dalek::x25519(*self.agreement(), theirs)))
    }

    /// Signs bytes exactly as they are (HTTP message signatures).
    pub fn sign_raw(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct PublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// A signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Signature(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 64]);

impl PublicKey {
    /// Whether `signature` is this key's over `message` for `purpose`.
    pub fn verify(&self, purpose: &str, message: &[u8], signature: &Signature) -> Result<(), SignatureError> {
        self.verify_raw(&framed(purpose, message), signature)
    }

    /// Whether `signature` is this key's over exactly these bytes.
    pub fn verify_raw(&self, message: &[u8], signature: &Signature) -> Result<(), SignatureError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| SignatureError)?;
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify_strict(message, &signature).map_err(|_| SignatureError)
    }

    /// The same point on the Montgomery curve: an X25519 public key (RFC 7748). None for bytes that are no key, or a weak one.
    pub(crate) fn agreement(&self) -> Option<[u8; 32]> {
        let key = VerifyingKey::from_bytes(&self.0)
            .ok()
            .filter(|key| !key.is_weak())?;
        Some(key.to_montgomery().0)
    }

    /// As people compare it: the first 16 bytes of the key's BLAKE3 hash, hexadecimal, in groups of four digits. Desk and
    /// centre show the same one.
    pub fn fingerprint(&self) -> String {
        let hash = blake3::hash(&self.0).to_hex();
        let digits = &hash.as_str()[..32];
        (0..digits.len())
            .step_by(4)
            .map(|at| &digits[at..at + 4])
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn framed(purpose: &str, message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(purpose.len() + 1 + message.len());
    bytes.extend_from_slice(purpose.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(message);
    bytes
}

/// What a desk (or the centre, for the logs it keeps) signs of a log's head.
pub fn head_message(office: OfficeId, desk: DeskId, topic: Topic, seq: u64, link: Link) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(96);
    bytes.extend_from_slice(office.0.as_bytes());
    bytes.extend_from_slice(desk.0.as_bytes());
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(&link.0);
    bytes.extend_from_slice(topic.to_string().as_bytes());
    bytes
}

/// The purpose of a desk's signature over the head of its own log.
pub const PURPOSE_HEAD: &str = "sportello log head v1";
/// The purpose of the centre's signature over the head of a log that it keeps.
pub const PURPOSE_KEPT: &str = "sportello kept head v1";
/// The purpose of the office's signature over a certificate.
pub const PURPOSE_CERTIFICATE: &str = "sportello certificate v1";
/// The purpose of a desk's signature over its enrolment code and key.
pub const PURPOSE_ENROL: &str = "sportello enrol v1";
/// The purpose of a new key's signature, by which it is shown that the desk has it.
pub const PURPOSE_ROTATE: &str = "sportello rotate v1";
/// The purpose of a signature over the opening of a bundle.
pub const PURPOSE_BUNDLE: &str = "sportello bundle v1";
/// The purpose of a desk's signature over a hand-over slip.
pub const PURPOSE_SLIP: &str = "sportello custody slip v1";
