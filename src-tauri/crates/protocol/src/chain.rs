// SPDX-License-Identifier: EUPL-1.2
//! The hash chain of a log. Whoever holds a link vouches for every record before it.

use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// The hash that stands after a record: of the one before, the record's head, and the hash and length of its body.
///
/// The link is computed and never carried beside the record: a receiver that agrees on it agrees on the whole log.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link(pub Hash);

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({})", self.short())
    }
}

impl std::fmt::Display for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Link {
    /// What stands before the first record of a log: it binds the log to its office, desk and topic.
    pub fn genesis(office: OfficeId, desk: DeskId, topic: Topic) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 log genesis v1");
        hasher
            .update(office.0.as_bytes())
            .update(desk.0.as_bytes())
            .update(topic.to_string().as_bytes());
        Self(hasher.finalize().into())
    }

    /// The link after one more record.
    #[must_use]
    pub fn next(self, head: &[u8], body_hash: &Hash, body_len: u32) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 log link v1");
        hasher.update(&self.0);
        hasher.update(&(head.len() as u64).to_le_bytes()).update(head);
        hasher.update(&body_len.to_le_bytes()).update(body_hash);
        Self(hasher.finalize().into())
    }

    /// The first eight hexadecimal digits, for people.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }
}

/// The hash of a body as it is kept: salt and content together, so that an erased body cannot be guessed from its hash.
pub fn body_hash(salted: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 body v1");
    hasher.update(salted);
    hasher.finalize().into()
}
