// SPDX-License-Identifier: EUPL-1.2
//! A record: a head that stays for ever and a body that can be erased.

use crate::chain::{self, Hash, Link};
use minicbor::{Decode, Encode};
use sportello_domain::event::{DecodeError, Event};
use sportello_domain::ids::{CommandId, DeskId, OperatorId};
use sportello_domain::meta::{EntityKind, EntityRef, EventMeta, Topic};
use sportello_domain::time::{Hlc, Timestamp};
use uuid::Uuid;

/// Bytes of random salt before the content of a body.
pub const SALT_LEN: usize = 16;
/// No body is larger.
pub const MAX_BODY: usize = 1 << 20;

/// What a record says of itself. On the wire and on disk: a CBOR array (RFC 8949) of these fields in this order.
///
/// Office, desk and topic are those of the log and bound into its genesis; the hash before and the body's hash and length
/// are bound into the [`Link`]. No personal data stands here.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Head {
    /// Place in the log, from 1.
    #[n(0)]
    pub seq: u64,
    /// Hybrid logical clock.
    #[n(1)]
    pub hlc: u64,
    /// The desk's clock, milliseconds since 1970 (UTC).
    #[n(2)]
    pub at: i64,
    /// Kind of event.
    #[n(3)]
    pub kind: String,
    /// Version of the kind.
    #[n(4)]
    pub version: u16,
    /// Kind of thing that it concerns.
    #[n(5)]
    pub entity_kind: u8,
    /// The thing that it concerns.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub entity: [u8; 16],
    /// Who did it.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub actor: [u8; 16],
    /// The command that it came from.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub command: [u8; 16],
}

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The head is not one.
    #[error("a record's head cannot be read")]
    Head(#[source] minicbor::decode::Error),
    /// A kind of thing that this version does not know.
    #[error("a record concerns a kind of thing (number {0}) that this version does not know")]
    UnknownEntity(u8),
    /// The body was erased.
    #[error("the record's body was erased")]
    Erased,
    /// The body is shorter than its salt.
    #[error("a record's body is shorter than its salt")]
    Short,
    /// The body is larger than any may be.
    #[error("a record's body is larger than {MAX_BODY} bytes")]
    TooLarge,
    /// The body is not what the head says.
    #[error(transparent)]
    Event(#[from] DecodeError),
    /// It carries on something that is no record of the same thing.
    #[error("a record carries on what is no record of the same thing")]
    Adopted,
    /// It carries on a record of a desk whose records its writer may not carry on.
    #[error("a record carries on that of a desk which its writer does not succeed")]
    NotSuccessor,
    /// It carries on a record, and the certificate that would say whether it may is not here.
    #[error("a record carries on that of another desk, and their certificates are not known")]
    UnknownSuccessor,
    /// The content cannot be written.
    #[error("an event cannot be written")]
    Encode(#[source] serde_json::Error),
}

impl Head {
    /// As it is kept and hashed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(120);
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    /// Reads a head.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        minicbor::decode(bytes).map_err(RecordError::Head)
    }

    /// What folding needs to know.
    pub fn meta(&self, desk: DeskId, topic: Topic) -> Result<EventMeta, RecordError> {
        let kind =
            EntityKind::from_number(self.entity_kind).ok_or(RecordError::UnknownEntity(self.entity_kind))?;
        Ok(EventMeta {
            desk,
            topic,
            seq: self.seq,
            hlc: Hlc(self.hlc),
            at: Timestamp(self.at),
            entity: EntityRef::new(kind, Uuid::from_bytes(self.entity)),
            actor: OperatorId(Uuid::from_bytes(self.actor)),
            command: CommandId(Uuid::from_bytes(self.command)),
        })
    }
}

/// A record's body, or what is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Body {
    /// Salt, then the event as JSON.
    #[n(0)]
    Present(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Erased for retention or by order: the chain still verifies.
    #[n(1)]
    Erased {
        /// The hash that the body had.
        #[cbor(n(0), with = "minicbor::bytes")]
        hash: Hash,
        /// The length that the body had, salt included.
        #[n(1)]
        len: u32,
    },
}

impl Body {
    /// Hash and length, present or erased.
    pub fn fingerprint(&self) -> (Hash, u32) {
        match self {
            Self::Present(bytes) => (
                chain::body_hash(bytes),
                u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            ),
            Self::Erased { hash, len } => (*hash, *len),
        }
    }
}

/// One record as it travels and as it is kept. Its bytes are never written anew to be verified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Record {
    /// The head's bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub head: Vec<u8>,
    /// The body.
    #[n(1)]
    pub body: Body,
}

impl Record {
    /// Makes the record of an event.
    pub fn seal(head: &Head, salt: [u8; SALT_LEN], event: &Event) -> Result<Self, RecordError> {
        let content = event.encode().map_err(RecordError::Encode)?;
        if content.len() + SALT_LEN > MAX_BODY {
            return Err(RecordError::TooLarge);
        }
        let mut body = Vec::with_capacity(SALT_LEN + content.len());
        body.extend_from_slice(&salt);
        body.extend_from_slice(&content);
        Ok(Self {
            head: head.to_bytes(),
            body: Body::Present(body),
        })
    }

    /// Bytes of head and body together.
    pub fn weight(&self) -> usize {
        let body = match &self.body {
            Body::Present(bytes) => bytes.len(),
            Body::Erased { .. } => 40,
        };
        self.head.len() + body
    }

    /// The link after this record.
    pub fn link(&self, before: Link) -> Link {
        let (hash, len) = self.body.fingerprint();
        before.next(&self.head, &hash, len)
    }

    /// What the body says, JSON, when it is there: without the salt before it.
    pub fn content(&self) -> Option<&[u8]> {
        match &self.body {
            Body::Present(bytes) => bytes.get(SALT_LEN..),
            Body::Erased { .. } => None,
        }
    }

    /// The event, when the body is there and of a kind that this version knows.
    pub fn event(&self, head: &Head) -> Result<Event, RecordError> {
        match &self.body {
            Body::Present(bytes) => {
                let content = bytes.get(SALT_LEN..).ok_or(RecordError::Short)?;
                Ok(Event::decode(&head.kind, head.version, content)?)
            }
            Body::Erased { .. } => Err(RecordError::Erased),
        }
    }
}
