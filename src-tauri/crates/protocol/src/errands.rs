// SPDX-License-Identifier: EUPL-1.2
//! What a desk asks of the centre outside of an exchange: another key for itself (ADR 0018), a desk in the place of one that is no more
//! (ADR 0014). Both are asked for under an answer's risk of being lost: the same again gives the same.

use crate::certificate::SignedCertificate;
use crate::sign::{DeskKey, PURPOSE_ROTATE, PublicKey, Signature, SignatureError};
use crate::wire::Presence;
use minicbor::{Decode, Encode};
use sportello_domain::ids::{DeskId, OfficeId};
use uuid::Uuid;

/// `POST /v1/rotate`: a desk asks for a certificate of another key. The request is signed by the key that it has.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Rotate {
    /// Who speaks.
    #[n(0)]
    pub presence: Presence,
    /// The new key.
    #[n(1)]
    pub key: PublicKey,
    /// The new key's signature over office, desk and both keys, showing that the desk has it.
    #[n(2)]
    pub proof: Signature,
}

impl Rotate {
    /// A request for a certificate of `new` in the place of `old`.
    pub fn new(office: OfficeId, desk: DeskId, old: &PublicKey, new: &DeskKey, presence: Presence) -> Self {
        let key = new.public();
        Self {
            presence,
            key,
            proof: new.sign(PURPOSE_ROTATE, &proof_message(office, desk, old, &key)),
        }
    }

    /// Whether whoever asks has the new key, and means it to come in the place of `old`.
    pub fn verify(&self, office: OfficeId, desk: DeskId, old: &PublicKey) -> Result<(), SignatureError> {
        let message = proof_message(office, desk, old, &self.key);
        self.key.verify(PURPOSE_ROTATE, &message, &self.proof)
    }
}

fn proof_message(office: OfficeId, desk: DeskId, old: &PublicKey, new: &PublicKey) -> Vec<u8> {
    [
        &office.0.as_bytes()[..],
        &desk.0.as_bytes()[..],
        &old.0[..],
        &new.0[..],
    ]
    .concat()
}

/// The answer to [`Rotate`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Rotated {
    /// The centre's clock.
    #[n(0)]
    pub now: i64,
    /// The desk's certificate, with the new key.
    #[n(1)]
    pub certificate: SignedCertificate,
}

/// `POST /v1/replace`: a desk where supervisors sit asks for a desk in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Replace {
    /// Who speaks.
    #[n(0)]
    pub presence: Presence,
    /// The desk that is no more.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub desk: [u8; 16],
    /// Of this request: the same again gives the same code.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub request: [u8; 16],
}

/// The answer to [`Replace`].
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Replaced {
    /// The centre's clock.
    #[n(0)]
    pub now: i64,
    /// The desk that comes in its place.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub desk: [u8; 16],
    /// Its name.
    #[n(2)]
    pub name: String,
    /// The one-time code with which it makes its first start.
    #[n(3)]
    pub code: String,
    /// Until when the code holds, milliseconds since 1970 (UTC).
    #[n(4)]
    pub expires_at: i64,
}

impl Replaced {
    /// The desk that comes in its place.
    pub fn desk_id(&self) -> DeskId {
        DeskId(Uuid::from_bytes(self.desk))
    }
}

impl Replace {
    /// The desk that is no more.
    pub fn desk_id(&self) -> DeskId {
        DeskId(Uuid::from_bytes(self.desk))
    }
}

impl std::fmt::Debug for Replaced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The code is a secret until it is used.
        f.debug_struct("Replaced")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_holds_for_this_desk_and_these_two_keys_only() {
        let (office, desk) = (OfficeId(Uuid::from_u128(1)), DeskId(Uuid::from_u128(2)));
        let (old, new) = (DeskKey::from_seed(&[1; 32]), DeskKey::from_seed(&[2; 32]));
        let asked = Rotate::new(office, desk, &old.public(), &new, Presence::default());
        assert!(asked.verify(office, desk, &old.public()).is_ok());
        assert!(asked.verify(office, desk, &new.public()).is_err());
        assert!(
            asked
                .verify(OfficeId(Uuid::from_u128(3)), desk, &old.public())
                .is_err()
        );
        assert!(
            asked
                .verify(office, DeskId(Uuid::from_u128(3)), &old.public())
                .is_err()
        );
        let other = Rotate {
            key: DeskKey::from_seed(&[3; 32]).public(),
            ..asked
        };
        assert!(other.verify(office, desk, &old.public()).is_err());
    }
}
