// SPDX-License-Identifier: EUPL-1.2
//! What the office says of a desk: its key, its place, what it may read. Signed by the office's key, so that nobody in
//! between needs to be trusted.

use crate::record::{Head, Record};
use crate::sign::{DeskKey, PURPOSE_CERTIFICATE, PublicKey, Signature, SignatureError};
use crate::writer::WriterKeys;
use minicbor::{Decode, Encode};
use sportello_domain::ids::{DeskId, OfficeId, SiteId};
use sportello_domain::meta::{EntityKind, Topic};
use uuid::Uuid;

/// What the office says of a desk.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Certificate {
    /// The office.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub office: [u8; 16],
    /// The desk.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub desk: [u8; 16],
    /// The desk's public key.
    #[n(2)]
    pub key: PublicKey,
    /// The site it stands at.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub site: [u8; 16],
    /// Its name: `Q1-A`.
    #[n(4)]
    pub name: String,
    /// The topics it may read, by name.
    #[n(5)]
    pub reads: Vec<String>,
    /// Rises with each certificate of the same desk: the highest holds.
    #[n(6)]
    pub version: u32,
    /// When it was issued, milliseconds since 1970 (UTC).
    #[n(7)]
    pub issued_at: i64,
    /// May not write any more.
    #[n(8)]
    pub revoked: bool,
    /// Where supervisors and administrators sit: it may write to every topic.
    #[n(9)]
    pub supervises: bool,
    /// Of a revoked desk: how far each of its logs was accepted when it was. What it wrote after that comes late, and counts when a
    /// supervisor says so. None in certificates of desks that are not revoked, or were before this was written.
    #[n(10)]
    pub accepted: Option<Vec<AcceptedHead>>,
    /// Of a revoked desk: the desks that the office put in its place. They may carry its records on.
    #[n(11)]
    pub replaced_by: Option<Vec<minicbor::bytes::ByteArray<16>>>,
    /// The keys that the desk had before this one (ADR 0018), the oldest first. None where it never had another.
    #[n(12)]
    pub earlier: Option<Vec<EarlierKey>>,
}

/// A key that a desk had before the one in its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EarlierKey {
    /// The key.
    #[n(0)]
    pub key: PublicKey,
    /// When another came in its place, milliseconds since 1970 (UTC).
    #[n(1)]
    pub until: i64,
    /// How far the centre had each of the desk's logs then: up to there, what this key signed holds. A log that is not named was not
    /// there.
    #[n(2)]
    pub heads: Vec<AcceptedHead>,
}

/// How far a log of a desk was accepted when something about the desk changed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AcceptedHead {
    /// The log's topic, by name.
    #[n(0)]
    pub topic: String,
    /// The last record that counts.
    #[n(1)]
    pub seq: u64,
    /// The link after it.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub link: [u8; 32],
}

impl Certificate {
    /// The office.
    pub fn office_id(&self) -> OfficeId {
        OfficeId(Uuid::from_bytes(self.office))
    }

    /// The desk.
    pub fn desk_id(&self) -> DeskId {
        DeskId(Uuid::from_bytes(self.desk))
    }

    /// The site it stands at.
    pub fn site_id(&self) -> SiteId {
        SiteId(Uuid::from_bytes(self.site))
    }

    /// The topics it may read that this version knows.
    pub fn topics(&self) -> Vec<Topic> {
        self.reads.iter().filter_map(|name| name.parse().ok()).collect()
    }

    /// Whether it may read a topic.
    pub fn may_read(&self, topic: Topic) -> bool {
        self.topics().contains(&topic)
    }

    /// Whether it may write to a topic. Any desk writes to any Quartiere: a household handed over from another Quartiere is served
    /// where it stands, and the delivery is written in the household's own topic. What the whole office goes by, and what
    /// supervisors decide, is written where they sit. (The centre writes its own log by itself, and hands it to nobody to judge.)
    pub fn may_write(&self, topic: Topic) -> bool {
        may_write(self.supervises, topic)
    }

    /// How far the log of a topic was accepted when the desk was revoked: 0 for a log that was not there. None of a desk that is not
    /// revoked, or was when nobody wrote this down.
    pub fn accepted_until(&self, topic: Topic) -> Option<u64> {
        let accepted = self.accepted.as_ref().filter(|_| self.revoked)?;
        let name = topic.to_string();
        Some(
            accepted
                .iter()
                .find(|head| head.topic == name)
                .map_or(0, |head| head.seq),
        )
    }

    /// How far each log was accepted when the desk was revoked; none of a desk that is not revoked, or was when nobody wrote this down.
    pub fn accepted_heads(&self) -> Option<Vec<(Topic, u64)>> {
        let accepted = self.accepted.as_ref().filter(|_| self.revoked)?;
        let known = accepted.iter();
        Some(
            known
                .filter_map(|head| Some((head.topic.parse().ok()?, head.seq)))
                .collect(),
        )
    }

    /// The desks that the office put in its place.
    pub fn successors(&self) -> impl Iterator<Item = DeskId> {
        let all = self.replaced_by.iter().flatten();
        all.map(|id| DeskId(Uuid::from_bytes(**id)))
    }

    /// Whether the desk of this certificate may carry records of `author` on: it sits where supervisors sit, or the office put it in
    /// that desk's place.
    pub fn may_adopt_of(&self, author: &Certificate) -> bool {
        self.supervises || author.successors().any(|id| id == self.desk_id())
    }

    /// The keys with which its desk signs and signed.
    pub fn writer_keys(&self) -> WriterKeys {
        WriterKeys {
            current: self.key,
            earlier: self.earlier.clone().unwrap_or_default(),
        }
    }

    /// The number of its key: 1 for the one with which the desk was enrolled.
    pub fn key_number(&self) -> usize {
        1 + self.earlier.as_ref().map_or(0, Vec::len)
    }

    /// Signs it for the office.
    pub fn sign(&self, office_key: &DeskKey) -> SignedCertificate {
        let mut bytes = Vec::with_capacity(200);
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(self, &mut bytes);
        let signature = office_key.sign(PURPOSE_CERTIFICATE, &bytes);
        SignedCertificate { bytes, signature }
    }
}

/// Whether a desk may write to a topic, by whether it supervises: see [`Certificate::may_write`].
pub fn may_write(supervises: bool, topic: Topic) -> bool {
    match topic {
        Topic::Quartiere(_) => true,
        Topic::Office | Topic::Supervisors => supervises,
    }
}

/// Whether a desk may write these records to a topic: what [`may_write`] allows, and, in the supervisors' topic, what a desk notes of
/// who looked at what, which only they read.
pub fn may_append(supervises: bool, topic: Topic, records: &[Record]) -> bool {
    let looks = || {
        records.iter().all(|record| {
            Head::from_bytes(&record.head).is_ok_and(|head| head.entity_kind == EntityKind::Looks.number())
        })
    };
    may_write(supervises, topic) || (topic == Topic::Supervisors && looks())
}

/// A certificate as it travels: its bytes as the office wrote them, and the office's signature over them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SignedCertificate {
    /// The certificate.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// The office's signature.
    #[n(1)]
    pub signature: Signature,
}

/// Why a certificate is not believed.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Not the office's signature.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Not a certificate.
    #[error("a certificate cannot be read")]
    Decode(#[source] minicbor::decode::Error),
    /// Of another office.
    #[error("a certificate of another office")]
    OtherOffice,
}

impl SignedCertificate {
    /// The certificate, if the office signed it.
    pub fn verify(&self, office: OfficeId, office_key: &PublicKey) -> Result<Certificate, CertificateError> {
        office_key.verify(PURPOSE_CERTIFICATE, &self.bytes, &self.signature)?;
        let certificate: Certificate = minicbor::decode(&self.bytes).map_err(CertificateError::Decode)?;
        if certificate.office_id() == office {
            Ok(certificate)
        } else {
            Err(CertificateError::OtherOffice)
        }
    }
}
