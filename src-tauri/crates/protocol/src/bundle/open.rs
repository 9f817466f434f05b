// SPDX-License-Identifier: EUPL-1.2
//! The opening of a bundle: who made it, when, and what is said once for all of it.

use super::BundleError;
use crate::certificate::Certificate;
use crate::chain::Hash;
use crate::sign::{DeskKey, PURPOSE_BUNDLE, PublicKey, Signature};
use crate::wire::{Directory, Have, LogAnswer, Presence, RefusedRecord};
use minicbor::{Decode, Encode};
use sportello_domain::ids::{DeskId, OfficeId};
use uuid::Uuid;

/// What is said once for all of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Opening {
    /// The office.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub office: [u8; 16],
    /// Who made it: a desk, or the office itself for the centre.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub from: [u8; 16],
    /// When, by the clock of who made it; what waits there; its program.
    #[n(2)]
    pub presence: Presence,
    /// How far whoever made it has each log: what need not be sent back.
    #[n(3)]
    pub have: Vec<Have>,
    /// Certificates of the office's desks, its maker's own among them. Version and presences count from the centre only.
    #[n(4)]
    pub directory: Directory,
    /// How far the centre keeps desks' logs, each signed by the office's key.
    #[n(5)]
    pub kept: Vec<LogAnswer>,
    /// Records that the centre keeps and does not accept. Counts from the centre only.
    #[n(6)]
    pub refused: Vec<RefusedRecord>,
}

/// An opening as it stands in its frame.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(super) struct SignedOpening {
    /// The opening.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// Over the prelude's hash and the opening: it holds for this bundle and its recipients, and for no other.
    #[n(1)]
    pub signature: Signature,
}

impl Opening {
    /// The office.
    pub fn office_id(&self) -> OfficeId {
        OfficeId(Uuid::from_bytes(self.office))
    }

    /// The desk that made it; none for the centre.
    pub fn desk(&self) -> Option<DeskId> {
        (self.from != self.office).then(|| DeskId(Uuid::from_bytes(self.from)))
    }

    /// The certificate of the desk that made it, out of the directory and believed for the office's signature.
    pub fn maker(&self, office: OfficeId, office_key: &PublicKey) -> Result<Certificate, BundleError> {
        let mut why = None;
        for signed in &self.directory.certificates {
            match signed.verify(office, office_key) {
                Ok(certificate) if certificate.desk == self.from => return Ok(certificate),
                Ok(_) => {}
                Err(error) => why = Some(error),
            }
        }
        Err(BundleError::Sender(why))
    }

    pub(super) fn sign(&self, prelude: &Hash, key: &DeskKey) -> SignedOpening {
        let mut bytes = Vec::with_capacity(4096);
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(self, &mut bytes);
        let signature = key.sign(PURPOSE_BUNDLE, &message(prelude, &bytes));
        SignedOpening { bytes, signature }
    }
}

impl SignedOpening {
    pub fn verify(
        &self,
        prelude: &Hash,
        office: OfficeId,
        office_key: &PublicKey,
    ) -> Result<Opening, BundleError> {
        let opening: Opening = minicbor::decode(&self.bytes).map_err(|_| BundleError::Damaged)?;
        if opening.office_id() != office {
            return Err(BundleError::OtherOffice);
        }
        let key = match opening.desk() {
            None => *office_key,
            Some(_) => opening.maker(office, office_key)?.key,
        };
        key.verify(PURPOSE_BUNDLE, &message(prelude, &self.bytes), &self.signature)
            .map_err(BundleError::Signature)?;
        Ok(opening)
    }
}

fn message(prelude: &Hash, opening: &[u8]) -> Vec<u8> {
    [&prelude[..], opening].concat()
}
