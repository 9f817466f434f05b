// SPDX-License-Identifier: EUPL-1.2
//! Verifying what somebody hands over: consecutive records of one log, with the writer's signature over the last link.

use crate::chain::Link;
use crate::record::{Head, Record, RecordError};
use crate::sign::{DeskKey, PURPOSE_HEAD, PURPOSE_KEPT, PublicKey, Signature, SignatureError, head_message};
use crate::wire::{LogName, Segment, SignedHead};
use crate::writer::Writer;
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;

/// A segment's records are no more bytes together (heads and bodies).
pub const MAX_SEGMENT: usize = 4 << 20;

/// Why records do not follow each other.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// A head cannot be read.
    #[error("record {seq} cannot be read")]
    Head {
        /// The place at which it stands.
        seq: u64,
        /// Why.
        source: RecordError,
    },
    /// A head says another sequence than its place.
    #[error("record {expected} says that it is record {found}")]
    Sequence {
        /// The place at which it stands.
        expected: u64,
        /// What it says.
        found: u64,
    },
}

/// Why a segment is not believed.
#[derive(Debug, thiserror::Error)]
pub enum SegmentError {
    /// A topic that this version does not know.
    #[error("a segment of a topic that this version does not know")]
    Topic,
    /// Nothing in it, or the numbers of its first and last record do not fit.
    #[error("a segment's numbers do not fit together")]
    Bounds,
    /// More bytes than a segment may have.
    #[error("a segment is larger than {MAX_SEGMENT} bytes")]
    TooLarge,
    /// The head is not signed by the log's writer.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The records do not follow each other.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The writer signed this head, and the records do not lead to it from the link before: the log has forked, or the
    /// records were changed.
    #[error("the records lead to link {found} and the writer signed {signed}")]
    Link {
        /// Where the records lead.
        found: Link,
        /// What the writer signed.
        signed: Link,
    },
}

impl SegmentError {
    /// A code of the error catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Bounds | Self::Chain(_) => "chain",
            Self::TooLarge => "too_large",
            Self::Signature(_) => "signature",
            Self::Link { .. } => "fork",
        }
    }
}

/// The link after `records`, the first of which has sequence `first_seq` and follows `prev`.
pub fn verify_chain(prev: Link, records: &[Record], first_seq: u64) -> Result<Link, ChainError> {
    let mut link = prev;
    for (record, seq) in records.iter().zip(first_seq..) {
        read_head(record, seq)?;
        link = record.link(link);
    }
    Ok(link)
}

fn read_head(record: &Record, seq: u64) -> Result<Head, ChainError> {
    let head = Head::from_bytes(&record.head).map_err(|source| ChainError::Head { seq, source })?;
    if head.seq == seq {
        Ok(head)
    } else {
        Err(ChainError::Sequence {
            expected: seq,
            found: head.seq,
        })
    }
}

/// A record of a verified segment, with its head read and the link after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedRecord {
    /// As it came.
    pub record: Record,
    /// Its head.
    pub head: Head,
    /// The link after it.
    pub link: Link,
}

/// A segment that was verified: made by [`Segment::verify`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedSegment {
    log: LogName,
    topic: Topic,
    before: Link,
    records: Vec<VerifiedRecord>,
    head: SignedHead,
}

impl VerifiedSegment {
    /// The log.
    pub fn log(&self) -> &LogName {
        &self.log
    }

    /// The desk that wrote it.
    pub fn desk(&self) -> DeskId {
        self.log.desk_id()
    }

    /// The log's topic.
    pub fn topic(&self) -> Topic {
        self.topic
    }

    /// The sequence of the first record.
    pub fn from(&self) -> u64 {
        self.records.first().map_or(self.head.seq, |first| first.head.seq)
    }

    /// The link before the first record.
    pub fn before(&self) -> Link {
        self.before
    }

    /// The records; never empty.
    pub fn records(&self) -> &[VerifiedRecord] {
        &self.records
    }

    /// The records, to be kept.
    pub fn into_records(self) -> Vec<VerifiedRecord> {
        self.records
    }

    /// The writer's signature over the last link: to be kept, so that the log can be handed on.
    pub fn head(&self) -> &SignedHead {
        &self.head
    }
}

impl Segment {
    /// Signs records of the desk's own log. `link` is the link after the last of them.
    pub fn sign(
        key: &DeskKey,
        office: OfficeId,
        log: LogName,
        topic: Topic,
        from: u64,
        records: Vec<Record>,
        link: Link,
    ) -> Self {
        let seq = (from + records.len() as u64).saturating_sub(1);
        let head = SignedHead::by_writer(key, office, log.desk_id(), topic, seq, link);
        Self {
            log,
            from,
            records,
            head,
        }
    }

    /// Bytes of heads and bodies together.
    pub fn weight(&self) -> usize {
        self.records.iter().map(Record::weight).sum()
    }

    /// Verifies the writer's signature (by one of its keys that reaches so far), the numbers, the heads and the chain from `before`, the link that the receiver has
    /// after record `from - 1` ([`Link::genesis`] for none). Gives each record's head and link.
    pub fn check(
        &self,
        office: OfficeId,
        writer: &impl Writer,
        before: Link,
    ) -> Result<Vec<(Head, Link)>, SegmentError> {
        let topic = self.log.topic().ok_or(SegmentError::Topic)?;
        let last = self
            .from
            .checked_add(self.records.len() as u64)
            .and_then(|end| end.checked_sub(1));
        if self.from == 0 || self.records.is_empty() || last != Some(self.head.seq) {
            return Err(SegmentError::Bounds);
        }
        if self.weight() > MAX_SEGMENT {
            return Err(SegmentError::TooLarge);
        }
        self.head
            .verify_writer(office, writer, self.log.desk_id(), topic)?;
        let mut link = before;
        let mut read = Vec::with_capacity(self.records.len());
        for (record, seq) in self.records.iter().zip(self.from..) {
            let head = read_head(record, seq)?;
            link = record.link(link);
            read.push((head, link));
        }
        if link == self.head.link() {
            Ok(read)
        } else {
            Err(SegmentError::Link {
                found: link,
                signed: self.head.link(),
            })
        }
    }

    /// As [`Segment::check`]; gives the segment in a form that shows that it was verified.
    pub fn verify(
        self,
        office: OfficeId,
        writer: &impl Writer,
        before: Link,
    ) -> Result<VerifiedSegment, SegmentError> {
        let read = self.check(office, writer, before)?;
        let topic = self.log.topic().ok_or(SegmentError::Topic)?;
        let records = self.records.into_iter().zip(read);
        let records = records
            .map(|(record, (head, link))| VerifiedRecord { record, head, link })
            .collect();
        Ok(VerifiedSegment {
            log: self.log,
            topic,
            before,
            records,
            head: self.head,
        })
    }
}

impl SignedHead {
    /// The head of a log, signed by the desk that writes it.
    pub fn by_writer(
        key: &DeskKey,
        office: OfficeId,
        desk: DeskId,
        topic: Topic,
        seq: u64,
        link: Link,
    ) -> Self {
        let signature = key.sign(PURPOSE_HEAD, &head_message(office, desk, topic, seq, link));
        Self {
            seq,
            link: link.0,
            signature,
        }
    }

    /// Whether the desk that writes the log signed this head.
    pub fn verify_writer(
        &self,
        office: OfficeId,
        writer: &impl Writer,
        desk: DeskId,
        topic: Topic,
    ) -> Result<(), SignatureError> {
        writer.signed(
            topic,
            self,
            &head_message(office, desk, topic, self.seq, self.link()),
        )
    }

    /// The head of a log that the centre keeps, signed by the office's key.
    pub fn by_keeper(
        office_key: &DeskKey,
        office: OfficeId,
        desk: DeskId,
        topic: Topic,
        seq: u64,
        link: Link,
    ) -> Self {
        let signature: Signature =
            office_key.sign(PURPOSE_KEPT, &head_message(office, desk, topic, seq, link));
        Self {
            seq,
            link: link.0,
            signature,
        }
    }

    /// Whether the centre signed that it keeps the log up to this head.
    pub fn verify_keeper(
        &self,
        office: OfficeId,
        office_key: &PublicKey,
        desk: DeskId,
        topic: Topic,
    ) -> Result<(), SignatureError> {
        office_key.verify(
            PURPOSE_KEPT,
            &head_message(office, desk, topic, self.seq, self.link()),
            &self.signature,
        )
    }
}
