// SPDX-License-Identifier: EUPL-1.2
//! What an exchange needs of the desk's own file.

use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;
use sportello_protocol::certificate::{Certificate, SignedCertificate};
use sportello_protocol::wire::{DeskPresence, LogAnswer, LogName, RefusedRecord, Segment, SignedHead};
use sportello_protocol::{DeskKey, Link, PublicKey, Record, VerifiedSegment, WriterKeys};

/// Who the desk is, and whom it believes.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The office.
    pub office: OfficeId,
    /// The office's public key: certificates and kept heads are signed with it.
    pub office_key: PublicKey,
    /// The desk.
    pub desk: DeskId,
    /// The desk's own key: heads and requests are signed with it.
    pub key: DeskKey,
}

/// One of the desk's own logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnLog {
    /// Its topic.
    pub topic: Topic,
    /// The sequence of its last record.
    pub seq: u64,
    /// The centre has signed that it keeps the log up to here.
    pub acknowledged: u64,
}

/// A log that the desk has, its own ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HaveLog {
    /// The log.
    pub log: LogName,
    /// The sequence of the last record that the desk has.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
}

/// A desk whose certificate is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The desk.
    pub desk: DeskId,
    /// The keys with which it signs and signed.
    pub keys: WriterKeys,
    /// The certificate's version.
    pub version: u32,
    /// Supervisors sit there: it may write where the others may not.
    pub supervises: bool,
    /// It may not write any more.
    pub revoked: bool,
}

/// What the desk's file holds at the beginning of an exchange, read in one go.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Its own logs.
    pub own: Vec<OwnLog>,
    /// Every log that it has, its own included.
    pub have: Vec<HaveLog>,
    /// The version of the directory that it has; 0 for none.
    pub directory: u64,
    /// Each desk in the directory, revoked ones too: what they wrote before still verifies.
    pub keys: Vec<Known>,
    /// The centre's clock when it last told about the desks, milliseconds since 1970.
    pub centre_now: Option<i64>,
    /// Revoked desks of which it is known how far each log was accepted.
    pub ended: Vec<Ended>,
}

/// A revoked desk, and how far each of its logs was accepted when it was. What comes after that comes late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The desk.
    pub desk: DeskId,
    /// By topic; a log that is not named was not there.
    pub accepted: Vec<(Topic, u64)>,
}

/// Consecutive records of one of the desk's own logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The records, from the one asked for; at least one when there is one.
    pub records: Vec<Record>,
    /// The link after the last of them.
    pub link: Link,
}

/// How far the centre has one of the desk's own logs, to be remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The log's topic.
    pub topic: Topic,
    /// Up to here. It may be less than what was remembered: the centre came back from an older backup.
    pub seq: u64,
    /// The centre's signature; none when it has nothing of the log.
    pub kept: Option<SignedHead>,
}

/// What is new about the desks of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryNews {
    /// The directory's version.
    pub version: u64,
    /// Certificates, verified against the office's key; empty when this version is known already.
    pub certificates: Vec<(Certificate, SignedCertificate)>,
    /// When each desk was last heard of, by the centre's clock.
    pub presences: Vec<DeskPresence>,
    /// The centre's clock when it said so, milliseconds since 1970; none when this is not the centre's newest word.
    pub centre_now: Option<i64>,
}

/// What came of applying segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records that were new.
    pub records: u64,
    /// Logs of which the file would not take the segment, each with a code: they are passed over until the next exchange.
    pub stopped: Vec<(LogName, String)>,
}

/// One short local step. Each is complete by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Local {
    /// Read the desk's own records.
    Read {
        /// The log's topic.
        topic: Topic,
        /// The first record wanted.
        from: u64,
        /// About how many bytes at most (one record is always given).
        max_bytes: usize,
        /// How many records at most.
        max_records: usize,
    },
    /// Look up the link after a record of the desk's own log.
    Link {
        /// The log's topic.
        topic: Topic,
        /// The record; never 0.
        seq: u64,
    },
    /// Remember how far the centre has the desk's own logs, and what it did not accept.
    Acknowledge {
        /// How far.
        logs: Vec<Acknowledged>,
        /// Records kept by the centre and not accepted: a person has to look at them.
        refused: Vec<RefusedRecord>,
    },
    /// Keep what the centre signed of others' logs that were handed on to it.
    Vouch(Vec<LogAnswer>),
    /// Remember the directory.
    Learn(DirectoryNews),
    /// Take in records of others (and the desk's own, when it is being rebuilt), in order.
    Apply(Vec<VerifiedSegment>),
    /// Set aside what a revoked desk wrote after what was accepted of it; not verified.
    SetAside(Vec<Segment>),
    /// Read another desk's records, to be handed on under its own signature.
    Carry {
        /// The log.
        log: LogName,
        /// The first record wanted.
        from: u64,
        /// About how many bytes at most (up to one signed head is always given).
        max_bytes: usize,
    },
}

/// What came of a local step, in the same order of cases as [`Local`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalDone {
    /// Of [`Local::Read`].
    Read(Page),
    /// Of [`Local::Link`]: none when the log is shorter.
    Link(Option<Link>),
    /// Of [`Local::Acknowledge`].
    Acknowledged,
    /// Of [`Local::Vouch`].
    Vouched,
    /// Of [`Local::Learn`].
    Learned,
    /// Of [`Local::Apply`].
    Applied(Applied),
    /// Of [`Local::SetAside`].
    SetAside,
    /// Of [`Local::Carry`]: none when nothing more can be handed on.
    Carried(Option<Segment>),
}

/// How far the desk has come with fetching: records of all logs, those that were there before too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Records that are here, or came and are being taken in.
    pub done: u64,
    /// Records that there are.
    pub total: u64,
}

/// What the desk's file does for an exchange. Calls block, are short, and hold nothing open after they return.
pub trait LocalLogs: Send + Sync + 'static {
    /// Why the file cannot do it.
    type Error: std::error::Error + Send + Sync + 'static;

    /// What the file holds now.
    fn snapshot(&self) -> Result<Snapshot, Self::Error>;

    /// Reads the desk's own records from `from` on: see [`Local::Read`].
    fn read_own(
        &self,
        topic: Topic,
        from: u64,
        max_bytes: usize,
        max_records: usize,
    ) -> Result<Page, Self::Error>;

    /// The link after record `seq` of the desk's own log; none when the log is shorter.
    fn own_link(&self, topic: Topic, seq: u64) -> Result<Option<Link>, Self::Error>;

    /// The link after record `seq` of any log that the desk has; the genesis link for 0, none when the log is shorter.
    fn link_of(&self, log: &LogName, seq: u64) -> Result<Option<Link>, Self::Error>;

    /// The last head of another desk's log that its writer signed and that is kept here; none when there is none.
    fn signed_head(&self, log: &LogName) -> Result<Option<SignedHead>, Self::Error>;

    /// Reads another desk's records from `from` on: see [`Local::Carry`].
    fn carry(&self, log: &LogName, from: u64, max_bytes: usize) -> Result<Option<Segment>, Self::Error>;

    /// Remembers how far the centre has the desk's own logs, and which records it did not accept.
    fn acknowledge(&self, logs: &[Acknowledged], refused: &[RefusedRecord]) -> Result<(), Self::Error>;

    /// Keeps what the centre signed of logs of others that this desk handed on to it, for their writers.
    fn vouch(&self, kept: &[LogAnswer]) -> Result<(), Self::Error>;

    /// Remembers the directory.
    fn learn(&self, news: &DirectoryNews) -> Result<(), Self::Error>;

    /// Takes in verified segments, in one transaction or one for each; records already there are passed over.
    fn apply(&self, segments: Vec<VerifiedSegment>) -> Result<Applied, Self::Error>;

    /// Is told after each answer how far fetching has come.
    fn fetched(&self, _: Fetched) {}

    /// Sets records aside that came late from another desk, for a supervisor's decision. They are not verified: what cannot be is not
    /// kept.
    fn set_aside(&self, late: Vec<Segment>) -> Result<(), Self::Error>;

    /// Does one local step.
    fn perform(&self, step: Local) -> Result<LocalDone, Self::Error> {
        Ok(match step {
            Local::Read {
                topic,
                from,
                max_bytes,
                max_records,
            } => LocalDone::Read(self.read_own(topic, from, max_bytes, max_records)?),
            Local::Link { topic, seq } => LocalDone::Link(self.own_link(topic, seq)?),
            Local::Acknowledge { logs, refused } => {
                self.acknowledge(&logs, &refused)?;
                LocalDone::Acknowledged
            }
            Local::Vouch(kept) => {
                self.vouch(&kept)?;
                LocalDone::Vouched
            }
            Local::Learn(news) => {
                self.learn(&news)?;
                LocalDone::Learned
            }
            Local::Apply(segments) => LocalDone::Applied(self.apply(segments)?),
            Local::SetAside(late) => {
                self.set_aside(late)?;
                LocalDone::SetAside
            }
            Local::Carry { log, from, max_bytes } => LocalDone::Carried(self.carry(&log, from, max_bytes)?),
        })
    }
}
