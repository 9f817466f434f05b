// SPDX-License-Identifier: EUPL-1.2
//! What the centre keeps, and how it asks for it. One contract for every database behind it.
//!
//! There is no order across logs and no serial number of everything: each log has its own order, so that concurrent writers
//! of different logs never wait for each other, and a database that hands out numbers out of order loses nothing.

use sportello_domain::erasure::BodyMark;
use sportello_domain::ids::{DeskId, OfficeId, SiteId};
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Link, PublicKey, Record, SignedCertificate};

/// Why the vault could not do something.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The database says no.
    #[error("the database cannot go on")]
    Sqlite(#[from] rusqlite::Error),
    /// The database server says no.
    #[error("the database cannot go on")]
    Postgres(#[source] tokio_postgres::Error),
    /// The database server cannot be reached, or does not answer.
    #[error("the database cannot be reached")]
    Unreachable(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The address of the database server cannot be used.
    #[error("the database's address cannot be used: {0}")]
    Address(String),
    /// The authority of the database server's certificate cannot be used.
    #[error("the authority of the database's certificate cannot be used: {0}")]
    Authority(String),
    /// Others changed the same again and again while this was tried.
    #[error("the database is too busy with the same data; try again")]
    Contended,
    /// The database was written by a newer program.
    #[error("the database has version {found}, and this program knows {known}: use the newer program")]
    Newer {
        /// Its version.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// Somebody else uses the database file and may not, or the other way round.
    #[error("the database is in use: stop the centre that serves from it, and try again")]
    InUse,
    /// The file beside the database by which those who use it know of each other.
    #[error("{0} cannot be opened or locked")]
    Lock(std::path::PathBuf, #[source] std::io::Error),
    /// A value in the database is not what it must be.
    #[error("the database holds a value that the centre did not write: {0}")]
    Damaged(&'static str),
}

/// The office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeRow {
    /// Its identifier.
    pub id: OfficeId,
    /// Its name.
    pub name: String,
    /// Rises with each change of certificates; never the same again, even after the centre was restored from a backup.
    pub directory: u64,
}

/// A desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    /// Its identifier.
    pub id: DeskId,
    /// The site it stands at.
    pub site: SiteId,
    /// That site's code when the desk was added.
    pub site_code: String,
    /// Its name.
    pub name: String,
    /// The topics it may read, by name.
    pub reads: Vec<String>,
    /// It may write to every topic.
    pub supervises: bool,
    /// When it was added, milliseconds since 1970.
    pub added_at: i64,
    /// Its key and certificate, once it is enrolled.
    pub enrolled: Option<(PublicKey, SignedCertificate)>,
    /// The version of its certificate; 0 before enrolment.
    pub version: u32,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

/// A one-time code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// Of the code; the code itself is not kept.
    pub hash: [u8; 32],
    /// The desk it is for.
    pub desk: DeskId,
    /// Until when it holds, milliseconds since 1970.
    pub expires_at: i64,
    /// When it was used.
    pub used_at: Option<i64>,
}

/// What a desk last said of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceRow {
    /// The desk.
    pub desk: DeskId,
    /// When, by the centre's clock.
    pub seen_at: i64,
    /// Records it said were waiting.
    pub waiting: u64,
    /// How far its clock was ahead, milliseconds.
    pub skew: i64,
    /// The program's version.
    pub version: String,
    /// The newest version of the protocol that it speaks.
    pub speaks: u16,
}

/// A log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Which.
    pub name: LogName,
    /// The last record.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
    /// Why no more is taken, if so.
    pub stopped: Option<String>,
}

/// Records as they were handed over, up to a head that the writer signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRow {
    /// The log.
    pub log: LogName,
    /// The first record.
    pub from: u64,
    /// The link before it.
    pub before: Link,
    /// The records.
    pub records: Vec<Record>,
    /// The writer's signature over the last link.
    pub head: SignedHead,
    /// When it was taken in, milliseconds since 1970, by the centre's clock.
    pub received_at: i64,
}

/// A record that is kept and not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// The log.
    pub log: LogName,
    /// The record.
    pub seq: u64,
    /// Why.
    pub code: String,
}

/// What somebody handed over that contradicts what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkRow {
    /// The log.
    pub log: LogName,
    /// The first record of what was handed over.
    pub from: u64,
    /// The head that was signed.
    pub head: SignedHead,
    /// The records.
    pub records: Vec<Record>,
    /// When it was handed over, milliseconds since 1970, by the centre's clock.
    pub received_at: i64,
}

/// What orders of erasure name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasures {
    /// The lists: the desk that wrote each, and its place in that desk's log of the office's topic.
    pub lists: Vec<([u8; 16], u64)>,
    /// Records whose bodies go: where they stand, and which body, where the order says it.
    pub records: Vec<(LogName, u64, Option<BodyMark>)>,
    /// Households all of whose records lose their bodies.
    pub households: Vec<[u8; 16]>,
}

impl Erasures {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.records.is_empty() && self.households.is_empty()
    }
}

/// Everything that one push changes, done at once or not at all.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The authors of what is new, each with the version of the certificate by which it was judged, which must still hold.
    pub authors: Vec<(DeskId, u32)>,
    /// Each changed log: the sequence that it must still have, and what it becomes.
    pub logs: Vec<(u64, LogRow)>,
    /// New segments.
    pub segments: Vec<SegmentRow>,
    /// New refusals.
    pub refused: Vec<RefusedRow>,
    /// New forks.
    pub forks: Vec<ForkRow>,
    /// What orders name. What was named before may be among it.
    pub erasures: Erasures,
}

impl Changes {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.logs.is_empty()
            && self.segments.is_empty()
            && self.refused.is_empty()
            && self.forks.is_empty()
            && self.erasures.is_empty()
    }
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Desks that are enrolled and not revoked.
    pub desks: u64,
    /// Logs.
    pub logs: u64,
    /// Records.
    pub records: u64,
    /// Records kept and not accepted.
    pub refused: u64,
    /// Segments set aside: other branches of logs (forks), and what revoked desks brought late.
    pub aside: u64,
}

/// Who may ask and who was seen: all of a centre that is neither the office itself nor a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    /// The desks.
    pub desks: Vec<DeskRow>,
    /// The one-time codes.
    pub codes: Vec<CodeRow>,
    /// What desks last said of themselves.
    pub presences: Vec<PresenceRow>,
}

/// How the database behind a vault is doing, without asking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultState {
    /// `sqlite` or `postgresql`.
    pub kind: &'static str,
    /// Connections that are open.
    pub connections: u64,
    /// Transactions that were done again since the start, because others were in the way.
    pub retries: u64,
    /// Records that were there before this program opened the database, and are not any more, as far as can be known here.
    pub lost: u64,
}

/// Where the centre keeps everything. Calls block, and may come from any number of threads at once; each is done whole or
/// not at all, and durably. `tests/contract` holds every database to the same answers.
pub trait Vault: Send + Sync {
    /// The office, once there is one.
    fn office(&self) -> Result<Option<OfficeRow>, VaultError>;
    /// Writes the office; false when there is one already.
    fn create_office(&self, office: &OfficeRow) -> Result<bool, VaultError>;

    /// All desks, in the order of their names.
    fn desks(&self) -> Result<Vec<DeskRow>, VaultError>;
    /// One desk.
    fn desk(&self, id: DeskId) -> Result<Option<DeskRow>, VaultError>;
    /// Writes a new desk with its code, or a new code for a desk that is not enrolled; older codes of it hold no more.
    fn invite(&self, desk: &DeskRow, code: &CodeRow) -> Result<(), VaultError>;
    /// A code.
    fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>, VaultError>;
    /// All codes, used ones too.
    fn codes(&self) -> Result<Vec<CodeRow>, VaultError>;
    /// Enrols a desk with a code that was not used. False when it was used meanwhile. The directory changes.
    fn enrol(&self, hash: &[u8; 32], desk: &DeskRow, now: i64) -> Result<bool, VaultError>;
    /// Writes a desk anew (a new certificate). The directory changes.
    fn change_desk(&self, desk: &DeskRow, now: i64) -> Result<(), VaultError>;
    /// The same, provided that its certificate is still of version `was` and its logs are still these: what says how far they reach
    /// may not be late. False when something changed meanwhile.
    fn settle_desk(&self, desk: &DeskRow, was: u32, logs: &[LogRow], now: i64) -> Result<bool, VaultError>;

    /// Has these desks, codes and presences instead of those that are there (for copies that nobody serves from yet).
    fn fill(&self, registry: &Registry) -> Result<(), VaultError>;

    /// Remembers what a desk said of itself.
    fn note_presence(&self, presence: &PresenceRow) -> Result<(), VaultError>;
    /// What every desk last said of itself.
    fn presences(&self) -> Result<Vec<PresenceRow>, VaultError>;

    /// All logs, in the order of topic and desk.
    fn logs(&self) -> Result<Vec<LogRow>, VaultError>;
    /// One log.
    fn log(&self, name: &LogName) -> Result<Option<LogRow>, VaultError>;
    /// Segments of a log that reach beyond record `after`, in order, until they weigh about `budget` bytes; at least one
    /// if there is one.
    fn segments(&self, log: &LogName, after: u64, budget: usize) -> Result<Vec<SegmentRow>, VaultError>;
    /// Writes what a push changes, durably, all or nothing. False when a log is no longer where it was, or an author has another
    /// certificate.
    fn write(&self, changes: &Changes) -> Result<bool, VaultError>;
    /// Refused records of a log from one to another, both included.
    fn refused(&self, log: &LogName, from: u64, to: u64) -> Result<Vec<RefusedRow>, VaultError>;
    /// All forks, without their records.
    fn forks(&self) -> Result<Vec<(LogName, SignedHead)>, VaultError>;
    /// A fork with its records, by the link that was signed.
    fn fork(&self, log: &LogName, link: &Link) -> Result<Option<ForkRow>, VaultError>;

    /// How many lists of orders there are. It only rises.
    fn erasure_version(&self) -> Result<u64, VaultError>;
    /// All that orders name.
    fn erasures(&self) -> Result<Erasures, VaultError>;
    /// The records of a log that orders name, from one to another, both included: in their order.
    fn erased(&self, log: &LogName, from: u64, to: u64) -> Result<Vec<(u64, Option<BodyMark>)>, VaultError>;
    /// Has a segment hold these records instead, the same but for their bodies. False when it is not as it was.
    fn rewrite_segment(&self, was: &SegmentRow, records: &[Record]) -> Result<bool, VaultError>;
    /// Has a fork hold these records instead, the same but for their bodies. False when it is not as it was.
    fn rewrite_fork(&self, was: &ForkRow, records: &[Record]) -> Result<bool, VaultError>;
    /// Does what the database can do so that what was erased is not to be found in its files either.
    fn settle_erasure(&self) -> Result<(), VaultError>;

    /// How much there is.
    fn counts(&self) -> Result<Counts, VaultError>;
    /// How the database is doing, without asking it.
    fn state(&self) -> VaultState;
}
