// SPDX-License-Identifier: EUPL-1.2
//! Messages to a relay: what a desk would send to the centre, sealed to the key of another desk of the office, and the answer sealed
//! back. The network of a seat needs no certificates for it, and whoever listens there reads nothing.
//!
//! HPKE (RFC 9180), base mode, as for bundles: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, to the relay's own signing
//! key seen as an X25519 key. The answer is sealed under a secret that both export from the same context, as RFC 9458 does: only
//! who could open the request can have made it. Who asks is shown inside, by a signed request (RFC 9421).

use crate::bundle::seal::Drawn;
use crate::sign::{DeskKey, PublicKey};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305 as Cipher, Key, Nonce};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use minicbor::{Decode, Encode};
use sportello_domain::ids::DeskId;
use zeroize::Zeroizing;

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

const INFO: &[u8] = b"sportello relay v1";
const ANSWER: &[u8] = b"sportello relay answer v1";
const ANSWER_KEY: &str = "sportello 2026 relay answer key v1";
/// Bytes before what is sealed: the encapsulated key of a request, the nonce of an answer.
const FRONT: usize = 32;

/// The path of the only door of a relay. What is asked for stands inside.
pub const PATH: &str = "/v1/relay";
/// Media type of requests and answers.
pub const CONTENT_TYPE: &str = "application/vnd.sportello.v1+sealed";

/// What stands before the path of the centre in a request to a relay. A request is signed for one relay: what one desk was asked cannot
/// be asked again of another, or of the centre, in the name of who asked.
pub fn prefix(relay: DeskId) -> String {
    format!("/relay/{relay}")
}

/// A request, as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Asked {
    /// The path that was signed.
    #[n(0)]
    pub path: String,
    /// The field `content-digest`.
    #[n(1)]
    pub content_digest: String,
    /// The field `signature-input`.
    #[n(2)]
    pub signature_input: String,
    /// The field `signature`.
    #[n(3)]
    pub signature: String,
    /// The message, packed.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub body: Vec<u8>,
}

/// An answer, as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Answered {
    /// As an HTTP status.
    #[n(0)]
    pub status: u16,
    /// The message, packed.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub body: Vec<u8>,
}

/// Why something cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not sealed for this key, or changed on the way.
    #[error("a sealed message does not open")]
    Closed,
    /// What was in it is no message.
    #[error("a sealed message holds something else")]
    Content,
    /// There is no such key.
    #[error("nothing can be sealed for this key")]
    Recipient,
}

/// The secret under which the one answer to a request is sealed.
pub struct AnswerKey {
    secret: Zeroizing<[u8; 32]>,
    encapsulated: [u8; 32],
}

impl std::fmt::Debug for AnswerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswerKey(…)")
    }
}

fn encoded<T: Encode<()>>(item: &T) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(1024));
    // Writing into a vector cannot fail, and every field has an encoding.
    let _ = minicbor::encode(item, &mut *plain);
    plain
}

/// Seals a request for a relay. `seed` is 32 random bytes that were never used for anything else.
pub fn seal(
    asked: &Asked,
    relay: DeskId,
    key: &PublicKey,
    seed: &[u8; 32],
) -> Result<(Vec<u8>, AnswerKey), SealError> {
    let public = key.agreement().ok_or(SealError::Recipient)?;
    let public = Public::from_bytes(&public).map_err(|_| SealError::Recipient)?;
    let (encapsulated, mut context) =
        hpke::setup_sender::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256, _>(
            &OpModeS::Base,
            &public,
            INFO,
            &mut Drawn::new(seed, "relay", 0),
        )
        .map_err(|_| SealError::Recipient)?;
    let sealed = context
        .seal(&encoded(asked), relay.0.as_bytes())
        .map_err(|_| SealError::Recipient)?;
    let mut secret = Zeroizing::new([0; 32]);
    context
        .export(ANSWER, &mut *secret)
        .map_err(|_| SealError::Recipient)?;
    let encapsulated: [u8; 32] = encapsulated.to_bytes().into();
    let mut bytes = encapsulated.to_vec();
    bytes.extend_from_slice(&sealed);
    Ok((bytes, AnswerKey { secret, encapsulated }))
}

/// Opens a request that was sealed for this relay.
pub fn open(bytes: &[u8], relay: DeskId, key: &DeskKey) -> Result<(Asked, AnswerKey), SealError> {
    let (front, sealed) = bytes.split_at_checked(FRONT).ok_or(SealError::Closed)?;
    let encapsulated: [u8; 32] = front.try_into().map_err(|_| SealError::Closed)?;
    let theirs = Encapsulated::from_bytes(&encapsulated).map_err(|_| SealError::Closed)?;
    let ours = Secret::from_bytes(&*key.agreement()).map_err(|_| SealError::Closed)?;
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &ours,
        &theirs,
        INFO,
    )
    .map_err(|_| SealError::Closed)?;
    let plain = context
        .open(sealed, relay.0.as_bytes())
        .map_err(|_| SealError::Closed)?;
    let plain = Zeroizing::new(plain);
    let asked = minicbor::decode(&plain).map_err(|_| SealError::Content)?;
    let mut secret = Zeroizing::new([0; 32]);
    context
        .export(ANSWER, &mut *secret)
        .map_err(|_| SealError::Closed)?;
    Ok((asked, AnswerKey { secret, encapsulated }))
}

impl AnswerKey {
    /// A request that somebody repeats is answered anew: each answer has a key of its own, by a nonce of its own.
    fn cipher(&self, nonce: &[u8; FRONT]) -> Cipher {
        let mut hasher = blake3::Hasher::new_derive_key(ANSWER_KEY);
        hasher
            .update(&*self.secret)
            .update(&self.encapsulated)
            .update(nonce);
        Cipher::new(&Key::from(*hasher.finalize().as_bytes()))
    }

    /// Seals the answer. `nonce` is 32 random bytes that were never used before.
    pub fn seal(&self, answered: &Answered, nonce: &[u8; 32]) -> Result<Vec<u8>, SealError> {
        let sealed = self
            .cipher(nonce)
            .encrypt(&Nonce::default(), encoded(answered).as_slice())
            .map_err(|_| SealError::Content)?;
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    /// Opens the answer.
    pub fn open(&self, bytes: &[u8]) -> Result<Answered, SealError> {
        let (front, sealed) = bytes.split_at_checked(FRONT).ok_or(SealError::Closed)?;
        let nonce: [u8; FRONT] = front.try_into().map_err(|_| SealError::Closed)?;
        let plain = self
            .cipher(&nonce)
            .decrypt(&Nonce::default(), sealed)
            .map_err(|_| SealError::Closed)?;
        minicbor::decode(&plain).map_err(|_| SealError::Content)
    }
}
