// SPDX-License-Identifier: EUPL-1.2
//! The keys of a bundle, and how each recipient gets those that it may have: HPKE (RFC 9180), base mode, DHKEM(X25519,
//! HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, to the recipient's own signing key seen as an X25519 key.

use super::{BundleError, COMMON, MAX_KEYS};
use crate::sign::{DeskKey, PublicKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{CryptoRng, Error, RngCore};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use sportello_domain::meta::Topic;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

const INFO: &[u8] = b"sportello bundle keys v1";

/// Whom a bundle is sealed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Its key: the office's for the centre, that of the certificate for a desk.
    pub key: PublicKey,
    /// What it may read; it gets no key of any other topic.
    pub topics: Vec<Topic>,
}

/// One key of a bundle.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(array)]
pub(super) struct FrameKey {
    /// Its number, as frames name it.
    #[n(0)]
    pub number: u8,
    /// The topic whose segments it opens; none for the one that everybody has.
    #[n(1)]
    pub topic: Option<String>,
    /// The key.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub key: [u8; 32],
}

impl std::fmt::Debug for FrameKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FrameKey({}, {:?})", self.number, self.topic)
    }
}

/// Keys as they are sealed for one recipient. Who that is does not stand beside it: each tries with its own key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(super) struct Wrap {
    /// The encapsulated key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub encapsulated: [u8; 32],
    /// The sealed keys.
    #[n(1)]
    pub sealed: ByteVec,
}

/// Random bytes for one purpose, drawn out of the 32 that the caller gave.
pub(crate) struct Drawn(blake3::OutputReader);

impl Drawn {
    pub fn new(seed: &[u8; 32], purpose: &str, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 bundle randomness v1");
        hasher
            .update(seed)
            .update(&number.to_be_bytes())
            .update(purpose.as_bytes());
        Self(hasher.finalize_xof())
    }
}

impl RngCore for Drawn {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        self.0.fill(dest);
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
        self.0.fill(dest);
        Ok(())
    }
}

// Every byte is a keyed hash of 32 random ones.
impl CryptoRng for Drawn {}

/// The keys of a bundle: the common one, then one for each topic.
pub(super) fn keys(seed: &[u8; 32], topics: &[Topic]) -> Vec<FrameKey> {
    let names = std::iter::once(None).chain(topics.iter().map(|topic| Some(topic.to_string())));
    (COMMON..MAX_KEYS)
        .zip(names)
        .map(|(number, topic)| {
            let mut key = [0; 32];
            Drawn::new(seed, "frame key", u64::from(number)).fill_bytes(&mut key);
            FrameKey { number, topic, key }
        })
        .collect()
}

/// Seals for a recipient the keys that it may have.
pub(super) fn wrap(
    seed: &[u8; 32],
    number: u64,
    keys: &[FrameKey],
    recipient: &Recipient,
) -> Result<Wrap, BundleError> {
    let names: Vec<String> = recipient.topics.iter().map(ToString::to_string).collect();
    let may = |key: &&FrameKey| key.topic.as_ref().is_none_or(|topic| names.contains(topic));
    let mut plain = Zeroizing::new(Vec::with_capacity(64 * keys.len()));
    let given: Vec<&FrameKey> = keys.iter().filter(may).collect();
    // Writing into a vector cannot fail, and every field has an encoding.
    let _ = minicbor::encode(&given, &mut *plain);
    let public = recipient.key.agreement().ok_or(BundleError::Recipient)?;
    let public = Public::from_bytes(&public).map_err(|_| BundleError::Recipient)?;
    let (encapsulated, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256, _>(
        &OpModeS::Base,
        &public,
        INFO,
        &plain,
        &[],
        &mut Drawn::new(seed, "recipient", number),
    )
    .map_err(|_| BundleError::Recipient)?;
    Ok(Wrap {
        encapsulated: encapsulated.to_bytes().into(),
        sealed: sealed.into(),
    })
}

/// The keys that one of the wraps holds for us, if any does.
pub(super) fn unwrap(wraps: &[Wrap], key: &DeskKey) -> Result<Vec<FrameKey>, BundleError> {
    let secret = Secret::from_bytes(&*key.agreement()).map_err(|_| BundleError::NotForUs)?;
    let opened = wraps.iter().find_map(|wrap| {
        let encapsulated = Encapsulated::from_bytes(&wrap.encapsulated).ok()?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            INFO,
            &wrap.sealed,
            &[],
        )
        .ok()
    });
    let plain = Zeroizing::new(opened.ok_or(BundleError::NotForUs)?);
    minicbor::decode(&plain).map_err(|_| BundleError::Damaged)
}
