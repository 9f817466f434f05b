// SPDX-License-Identifier: EUPL-1.2
//! Whose signature under the head of a log counts: the writer's own key, and, as far as the centre had the log when that was changed,
//! those that it had before (ADR 0018).

use crate::certificate::EarlierKey;
use crate::sign::{PURPOSE_HEAD, PublicKey, SignatureError};
use crate::wire::SignedHead;
use sportello_domain::meta::Topic;

/// Who writes a log, as far as heads that are signed show it.
pub trait Writer {
    /// Whether a head of the log of this topic is signed by its writer. `message` is what is signed of it.
    fn signed(&self, topic: Topic, head: &SignedHead, message: &[u8]) -> Result<(), SignatureError>;
}

impl Writer for PublicKey {
    fn signed(&self, _: Topic, head: &SignedHead, message: &[u8]) -> Result<(), SignatureError> {
        self.verify(PURPOSE_HEAD, message, &head.signature)
    }
}

/// The keys of a desk: the one in its certificate, and those that it had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriterKeys {
    /// With this it signs now. It vouches for any record of the desk, also for those that were written before it was there.
    pub current: PublicKey,
    /// The keys that it had before, the oldest first: each vouches for no more than what the centre had when it was changed.
    pub earlier: Vec<EarlierKey>,
}

impl From<PublicKey> for WriterKeys {
    fn from(current: PublicKey) -> Self {
        Self {
            current,
            earlier: Vec::new(),
        }
    }
}

impl WriterKeys {
    /// Whether a key is one of these.
    pub fn has(&self, key: &PublicKey) -> bool {
        self.current == *key || self.earlier.iter().any(|earlier| earlier.key == *key)
    }

    /// How far the log of a topic reached when the key was changed last; none while it never was. Beyond it nothing counts but
    /// the key of now.
    pub fn settled_until(&self, topic: Topic) -> Option<u64> {
        self.earlier.last().map(|earlier| earlier.until_seq(topic))
    }
}

impl EarlierKey {
    fn until_seq(&self, topic: Topic) -> u64 {
        let name = topic.to_string();
        self.heads
            .iter()
            .find(|last| last.topic == name)
            .map_or(0, |last| last.seq)
    }

    /// Whether a head is within what this key vouches for. At its very end the link is known, and has to be that one.
    fn reaches(&self, topic: Topic, head: &SignedHead) -> bool {
        let name = topic.to_string();
        let last = self.heads.iter().find(|last| last.topic == name);
        last.is_some_and(|last| head.seq < last.seq || (head.seq == last.seq && head.link == last.link))
    }
}

impl Writer for WriterKeys {
    fn signed(&self, topic: Topic, head: &SignedHead, message: &[u8]) -> Result<(), SignatureError> {
        let before = self
            .earlier
            .iter()
            .filter(|earlier| earlier.reaches(topic, head))
            .map(|earlier| earlier.key);
        // What is old is signed by an old key, mostly; what is new never is.
        let mut keys = before.chain([self.current]);
        keys.find_map(|key| key.verify(PURPOSE_HEAD, message, &head.signature).ok())
            .ok_or(SignatureError)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::certificate::AcceptedHead;
    use crate::chain::Link;
    use crate::sign::{DeskKey, head_message};
    use sportello_domain::ids::{DeskId, OfficeId};
    use uuid::Uuid;

    const OFFICE: OfficeId = OfficeId(Uuid::from_u128(1));
    const DESK: DeskId = DeskId(Uuid::from_u128(2));
    const Q1: Topic = Topic::Quartiere(1);
    const Q2: Topic = Topic::Quartiere(2);

    fn key(number: u8) -> DeskKey {
        DeskKey::from_seed(&[number; 32])
    }

    fn link(seq: u64) -> Link {
        Link([u8::try_from(seq).unwrap(); 32])
    }

    /// A desk with its third key: the first was changed at record 5 of `q1`, the second at record 9.
    fn writer() -> WriterKeys {
        let earlier = |number, until, seq| EarlierKey {
            key: key(number).public(),
            until,
            heads: vec![AcceptedHead {
                topic: Q1.to_string(),
                seq,
                link: link(seq).0,
            }],
        };
        WriterKeys {
            current: key(3).public(),
            earlier: vec![earlier(1, 100, 5), earlier(2, 200, 9)],
        }
    }

    fn holds(signed_by: u8, topic: Topic, seq: u64, at: Link) -> bool {
        let head = SignedHead::by_writer(&key(signed_by), OFFICE, DESK, topic, seq, at);
        let message = head_message(OFFICE, DESK, topic, seq, at);
        writer().signed(topic, &head, &message).is_ok()
    }

    #[test]
    fn each_key_vouches_for_what_the_centre_had_when_it_was_changed_and_the_last_one_for_everything() {
        for (signed_by, until) in [(1, 5), (2, 9), (3, 20)] {
            for seq in 1..=20 {
                assert_eq!(
                    holds(signed_by, Q1, seq, link(seq)),
                    seq <= until,
                    "key {signed_by}, record {seq}"
                );
            }
        }
        assert!(!holds(4, Q1, 1, link(1)), "a key of nobody's");
    }

    #[test]
    fn where_an_earlier_key_ends_no_other_record_stands() {
        assert!(holds(1, Q1, 5, link(5)) && !holds(1, Q1, 5, link(6)));
        assert!(holds(3, Q1, 5, link(6)), "the key of now says what it says");
    }

    #[test]
    fn of_a_log_that_was_not_there_an_earlier_key_vouches_for_nothing() {
        assert!(!holds(1, Q2, 1, link(1)) && !holds(2, Q2, 1, link(1)) && holds(3, Q2, 1, link(1)));
    }

    #[test]
    fn it_is_known_beyond_which_record_only_the_key_of_now_counts() {
        assert_eq!(writer().settled_until(Q1), Some(9));
        assert_eq!(writer().settled_until(Q2), Some(0));
        assert_eq!(WriterKeys::from(key(1).public()).settled_until(Q1), None);
        assert!(writer().has(&key(1).public()) && !writer().has(&key(4).public()));
    }
}
