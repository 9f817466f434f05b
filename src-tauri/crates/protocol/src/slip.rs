// SPDX-License-Identifier: EUPL-1.2
//! A hand-over by paper: what the slip of one desk for one other desk says, so that the named desk can verify it with
//! nothing at hand but the certificates it has.
//!
//! It is printed twice. The **QR** carries what the named desk needs to serve a household that it does not know: signed by the
//! writer, sealed for the reader. The **short code** carries only the moment, and a tag that nobody but the two desks can make:
//! it serves where the household's records are already. `docs/protocol.md`, "Slips".

use crate::bundle::seal::Drawn;
use crate::sign::{DeskKey, PURPOSE_SLIP, PublicKey, Signature};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use sportello_domain::crockford;
use sportello_domain::entitlement::SlipStamp;
use sportello_domain::ids::{CampaignId, DeskId, EntitlementId, HouseholdId, OfficeId};
use sportello_domain::money::Cents;
use uuid::Uuid;

type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;
type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;

/// What a slip's QR begins with, so that a scan says what it is.
pub const QR_PREFIX: &str = "SPORTELLO:C:";
const INFO: &[u8] = b"sportello custody slip v1";
const VERSION: u8 = 1;
/// A household's data, unpacked: nothing that fits on paper is larger.
const MAX_DATA: usize = 64 * 1024;
/// Characters of a short code: six of the stamp, one that tells the named desk, twelve of the tag, one that checks them.
const LENGTH: usize = 20;

/// Why a slip is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlipError {
    /// Not a slip, or mistyped, or badly scanned.
    #[error("this is no slip, or it was mistyped")]
    Mistyped,
    /// It names another desk.
    #[error("the slip is for another desk")]
    ForOther,
    /// Its writer did not write this.
    #[error("the slip does not hold")]
    Wrong,
    /// It cannot be made: the other desk's key is none.
    #[error("no slip can be made for this desk")]
    Recipient,
}

/// What both forms stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The office.
    pub office: OfficeId,
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The desk that gives it away.
    pub from: DeskId,
    /// The only desk that may use the slip.
    pub to: DeskId,
    /// When: with the other three it is the slip's identifier.
    pub stamp: SlipStamp,
}

impl Terms {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(68);
        bytes.extend_from_slice(self.office.0.as_bytes());
        bytes.extend_from_slice(self.entitlement.0.as_bytes());
        bytes.extend_from_slice(self.from.0.as_bytes());
        bytes.extend_from_slice(self.to.0.as_bytes());
        bytes.extend_from_slice(&self.stamp.0.to_be_bytes());
        bytes
    }
}

/// The short code. It reads `XXXXX-XXXXX-XXXXX-XXXXX`.
#[derive(Clone, PartialEq, Eq)]
pub struct ShortCode(String);

impl std::fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShortCode(…)")
    }
}

impl std::fmt::Display for ShortCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = &self.0;
        write!(
            f,
            "{}-{}-{}-{}",
            &plain[..5],
            &plain[5..10],
            &plain[10..15],
            &plain[15..]
        )
    }
}

impl ShortCode {
    /// The code of a slip, by one of its two desks; `other` is the other one's key. Both come to the same.
    pub fn of(key: &DeskKey, other: &PublicKey, terms: &Terms) -> Result<Self, SlipError> {
        let secret = key.agree(other).ok_or(SlipError::Recipient)?;
        let tag_key = blake3::derive_key("sportello 2026 custody slip tag v1", &*secret);
        let tag = blake3::keyed_hash(&tag_key, &terms.bytes());
        let tag = u64::from_be_bytes(first(tag.as_bytes())) >> 4;
        let mut plain = String::with_capacity(LENGTH);
        digits(&mut plain, u64::from(terms.stamp.0), 6);
        plain.push(hint(terms.to));
        digits(&mut plain, tag, 12);
        plain.push(crockford::check(&plain));
        Ok(Self(plain))
    }

    /// Reads a code as people type it: case, blanks and dashes do not matter.
    pub fn parse(typed: &str) -> Result<Self, SlipError> {
        let plain = crockford::plain(typed).ok_or(SlipError::Mistyped)?;
        if plain.len() == LENGTH && plain.ends_with(crockford::check(&plain[..LENGTH - 1])) {
            Ok(Self(plain))
        } else {
            Err(SlipError::Mistyped)
        }
    }

    /// When the slip was written, as it says.
    pub fn stamp(&self) -> SlipStamp {
        let value = self.0.chars().take(6).fold(0_u32, |value, c| {
            (value << 5) | u32::from(crockford::value(c).unwrap_or(0))
        });
        SlipStamp(value)
    }

    /// Whether the slip may be for this desk: one character tells 31 of 32 others.
    pub fn may_be_for(&self, desk: DeskId) -> bool {
        self.0.chars().nth(6) == Some(hint(desk))
    }

    /// Whether the desk with the key `other` wrote it for the one with `key`, on these terms.
    pub fn holds(&self, key: &DeskKey, other: &PublicKey, terms: &Terms) -> bool {
        // The tag is as long as the code: what takes how long to compare tells nobody at the keyboard anything.
        Self::of(key, other, terms).is_ok_and(|code| code == *self)
    }
}

fn hint(to: DeskId) -> char {
    let hash = sportello_domain::ids::derived("sportello 2026 custody slip desk", &[to.0.as_bytes()]);
    crockford::character(hash.as_bytes()[0])
}

/// `count` characters of a number, the highest first.
fn digits(into: &mut String, number: u64, count: u32) {
    for place in (0..count).rev() {
        into.push(crockford::character(
            u8::try_from((number >> (place * 5)) & 31).unwrap_or(0),
        ));
    }
}

fn first(bytes: &[u8; 32]) -> [u8; 8] {
    let mut eight = [0; 8];
    eight.copy_from_slice(&bytes[..8]);
    eight
}

/// What the QR tells the named desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What the slip stands for.
    pub terms: Terms,
    /// The topic that the household's records stand in, by name.
    pub topic: String,
    /// The campaign.
    pub campaign: CampaignId,
    /// The household.
    pub household: HouseholdId,
    /// What is still due.
    pub due: Cents,
    /// What is known of the household: JSON.
    pub data: Vec<u8>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stated {
    #[cbor(n(0), with = "minicbor::bytes")]
    office: [u8; 16],
    #[cbor(n(1), with = "minicbor::bytes")]
    entitlement: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    from: [u8; 16],
    #[cbor(n(3), with = "minicbor::bytes")]
    to: [u8; 16],
    #[n(4)]
    stamp: u32,
    #[n(5)]
    topic: String,
    #[cbor(n(6), with = "minicbor::bytes")]
    campaign: [u8; 16],
    #[cbor(n(7), with = "minicbor::bytes")]
    household: [u8; 16],
    #[n(8)]
    due: i64,
    /// One zstd frame of JSON.
    #[n(9)]
    data: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Signed {
    #[n(0)]
    stated: ByteVec,
    #[n(1)]
    signature: Signature,
}

/// A slip as its QR carries it: for whom and by whom can be read, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SealedSlip {
    #[n(0)]
    version: u8,
    #[cbor(n(1), with = "minicbor::bytes")]
    from: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    to: [u8; 16],
    #[cbor(n(3), with = "minicbor::bytes")]
    encapsulated: [u8; 32],
    #[n(4)]
    sealed: ByteVec,
}

impl SealedSlip {
    /// Signs and seals a slip for the desk with the key `to`. `seed` is 32 random bytes that were never used for anything else.
    pub fn seal(
        key: &DeskKey,
        to: &PublicKey,
        content: &Content,
        seed: &[u8; 32],
    ) -> Result<Self, SlipError> {
        let terms = &content.terms;
        let stated = Stated {
            office: *terms.office.0.as_bytes(),
            entitlement: *terms.entitlement.0.as_bytes(),
            from: *terms.from.0.as_bytes(),
            to: *terms.to.0.as_bytes(),
            stamp: terms.stamp.0,
            topic: content.topic.clone(),
            campaign: *content.campaign.0.as_bytes(),
            household: *content.household.0.as_bytes(),
            due: content.due.0,
            data: zstd::bulk::compress(&content.data, 19)
                .map_err(|_| SlipError::Recipient)?
                .into(),
        };
        let mut bytes = Vec::with_capacity(1024);
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(&stated, &mut bytes);
        let signature = key.sign(PURPOSE_SLIP, &bytes);
        let mut plain = Vec::with_capacity(bytes.len() + 80);
        let signed = Signed {
            stated: bytes.into(),
            signature,
        };
        let _ = minicbor::encode(&signed, &mut plain);
        let public = to.agreement().ok_or(SlipError::Recipient)?;
        let public = Public::from_bytes(&public).map_err(|_| SlipError::Recipient)?;
        let (encapsulated, sealed) =
            hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256, _>(
                &OpModeS::Base,
                &public,
                INFO,
                &plain,
                &between(&stated.from, &stated.to),
                &mut Drawn::new(seed, "custody slip", 0),
            )
            .map_err(|_| SlipError::Recipient)?;
        Ok(Self {
            version: VERSION,
            from: stated.from,
            to: stated.to,
            encapsulated: encapsulated.to_bytes().into(),
            sealed: sealed.into(),
        })
    }

    /// Whether a text is a slip's QR, whatever it says.
    pub fn is_one(text: &str) -> bool {
        let text = text.trim();
        text.get(..QR_PREFIX.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(QR_PREFIX))
    }

    /// Reads what was scanned.
    pub fn parse(text: &str) -> Result<Self, SlipError> {
        if !Self::is_one(text) {
            return Err(SlipError::Mistyped);
        }
        let bytes = crockford::decode(&text.trim()[QR_PREFIX.len()..]).ok_or(SlipError::Mistyped)?;
        let slip: Self = minicbor::decode(&bytes).map_err(|_| SlipError::Mistyped)?;
        if slip.version == VERSION {
            Ok(slip)
        } else {
            Err(SlipError::Wrong)
        }
    }

    /// What the QR holds: characters of its alphanumeric mode only.
    pub fn qr(&self) -> String {
        let mut bytes = Vec::with_capacity(self.sealed.len() + 80);
        let _ = minicbor::encode(self, &mut bytes);
        format!("{QR_PREFIX}{}", crockford::encode(&bytes))
    }

    /// The desk that wrote it, as it says.
    pub fn from(&self) -> DeskId {
        DeskId(Uuid::from_bytes(self.from))
    }

    /// The desk that it names.
    pub fn to(&self) -> DeskId {
        DeskId(Uuid::from_bytes(self.to))
    }

    /// What it says, when `reader` is the desk that it names, `key` that desk's, and `writer` the key of the desk that wrote it.
    pub fn open(
        &self,
        office: OfficeId,
        reader: DeskId,
        key: &DeskKey,
        writer: &PublicKey,
    ) -> Result<Content, SlipError> {
        if self.to() != reader {
            return Err(SlipError::ForOther);
        }
        let secret = Secret::from_bytes(&*key.agreement()).map_err(|_| SlipError::Wrong)?;
        let encapsulated = Encapsulated::from_bytes(&self.encapsulated).map_err(|_| SlipError::Wrong)?;
        let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            INFO,
            &self.sealed,
            &between(&self.from, &self.to),
        )
        .map_err(|_| SlipError::Wrong)?;
        let signed: Signed = minicbor::decode(&plain).map_err(|_| SlipError::Wrong)?;
        writer
            .verify(PURPOSE_SLIP, &signed.stated, &signed.signature)
            .map_err(|_| SlipError::Wrong)?;
        let stated: Stated = minicbor::decode(&signed.stated).map_err(|_| SlipError::Wrong)?;
        // Signed for another office or between other desks, and wrapped anew.
        if stated.office != *office.0.as_bytes() || stated.from != self.from || stated.to != self.to {
            return Err(SlipError::Wrong);
        }
        let data = zstd::bulk::decompress(&stated.data, MAX_DATA).map_err(|_| SlipError::Wrong)?;
        Ok(Content {
            terms: Terms {
                office,
                entitlement: EntitlementId(Uuid::from_bytes(stated.entitlement)),
                from: self.from(),
                to: self.to(),
                stamp: SlipStamp(stated.stamp),
            },
            topic: stated.topic,
            campaign: CampaignId(Uuid::from_bytes(stated.campaign)),
            household: HouseholdId(Uuid::from_bytes(stated.household)),
            due: Cents(stated.due),
            data,
        })
    }
}

fn between(from: &[u8; 16], to: &[u8; 16]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(from);
    bytes[16..].copy_from_slice(to);
    bytes
}
