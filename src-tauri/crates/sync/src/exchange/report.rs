// SPDX-License-Identifier: EUPL-1.2
//! What came of an exchange.

use crate::answer::AnswerError;
use crate::transport::TransportError;
use sportello_domain::ids::DeskId;
use sportello_protocol::wire::{LogAnswer, LogName, RefusedRecord};

/// Why an exchange ended before its end, or an enrolment failed. What went through before stays.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// Nothing came back.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// What came back is not an answer.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The certificate in the answer is not the office's, or not this desk's.
    #[error("the certificate in the answer does not hold")]
    Certificate,
    /// The desk's own file could not do a step.
    #[error("the desk's own file cannot go on")]
    Local(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Whoever drives the exchange gave it something it did not ask for.
    #[error("the exchange was driven out of order")]
    OutOfOrder,
}

impl ExchangeError {
    /// A code of the error catalogue; the centre's own (`revoked`, `code_expired`, …) when it refused.
    pub fn code(&self) -> &str {
        match self {
            Self::Transport(error) => error.code(),
            Self::Answer(error) => error.code(),
            Self::Certificate => "certificate_invalid",
            Self::Local(_) => "local",
            Self::OutOfOrder => "out_of_order",
        }
    }

    /// After how long the centre asks to come again, when it asked that.
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        match self {
            Self::Transport(TransportError::SlowDown(wait)) => *wait,
            _ => None,
        }
    }

    /// The desk was revoked: it can read and print what it has, and hands nothing over any more.
    pub fn is_revoked(&self) -> bool {
        self.code() == "revoked"
    }
}

/// Why one log could not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The centre takes no more of it, and says why: `fork`, `signature`, `chain`, `too_large`, `topic`, `revoked`, …
    Stopped(String),
    /// The desk and the centre hold different records under the same numbers (a cloned disk, a restored backup).
    Fork,
    /// The centre has more of the desk's own log than the desk: the desk was restored from a backup. It must not write on
    /// under its old identity.
    OwnBehind {
        /// The centre's last record.
        centre: u64,
        /// The desk's last record.
        local: u64,
    },
    /// What the centre says that it keeps is not signed by the office's key.
    KeptSignature,
    /// Sent several times without the centre getting any further.
    NoProgress,
    /// The desk's own file has fewer records than it says.
    Unreadable,
    /// Records of a desk whose certificate is not known.
    UnknownAuthor,
    /// The centre sent records that do not follow what the desk has.
    Gap,
    /// A segment does not hold; the code says in what (`signature`, `chain`, `fork`, `topic`, `too_large`).
    Segment(&'static str),
    /// The desk's own file would not take it; with its code.
    NotApplied(String),
}

impl Trouble {
    /// Two truths stand under one name.
    pub fn is_fork(&self) -> bool {
        self.code() == "fork"
    }

    /// A code of the error catalogue.
    pub fn code(&self) -> &str {
        match self {
            Self::Stopped(code) | Self::NotApplied(code) => code,
            Self::Fork => "fork",
            Self::OwnBehind { .. } => "own_behind",
            Self::KeptSignature => "kept_signature",
            Self::NoProgress => "no_progress",
            Self::Unreadable => "unreadable",
            Self::UnknownAuthor => "unknown_desk",
            Self::Gap => "gap",
            Self::Segment(code) => code,
        }
    }
}

/// One log that could not go on. The others did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogTrouble {
    /// The log.
    pub log: LogName,
    /// Why.
    pub trouble: Trouble,
}

/// The centre has less than it once signed for: it came back from an older backup, and was sent the rest again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CentreLost {
    /// The log.
    pub log: LogName,
    /// What it had signed for.
    pub remembered: u64,
    /// What it has now.
    pub kept: u64,
}

/// What came of an exchange. All is well when [`Report::error`] is none and [`Report::troubles`] is empty.
#[derive(Debug, Default)]
pub struct Report {
    /// Records that the centre newly signed for.
    pub pushed: u64,
    /// Records of others that were newly taken in.
    pub pulled: u64,
    /// Records of others that the centre lacked and has again from this desk.
    pub carried: u64,
    /// The desk's own records that the centre has not signed for.
    pub waiting: u64,
    /// Records of others that are still to be fetched.
    pub remaining: u64,
    /// How far the desk's clock is ahead of the centre's, milliseconds; none when no answer came.
    pub skew: Option<i64>,
    /// Own records that the centre keeps and does not accept.
    pub refused: Vec<RefusedRecord>,
    /// Logs that could not go on.
    pub troubles: Vec<LogTrouble>,
    /// Logs of which the centre had lost a part.
    pub centre_lost: Vec<CentreLost>,
    /// Certificates that the office's key did not sign.
    pub bad_certificates: u32,
    /// Certificates changed.
    pub directory_changed: bool,
    /// The version of the protocol that both go by; none when the centre did not answer.
    pub version: Option<u16>,
    /// What a relay says that the centre signed of the desk's own logs; not yet verified: see [`crate::settle`].
    pub vouched: Vec<LogAnswer>,
    /// How many segments wait at the centre for supervisors to decide; none when this desk is not theirs.
    pub aside: Option<u32>,
    /// Why it ended before its end.
    pub error: Option<ExchangeError>,
}

impl Report {
    /// Whether everything went through.
    pub fn is_clean(&self) -> bool {
        self.error.is_none() && self.troubles.is_empty()
    }

    /// Whether everything went through that this desk can do anything about. Another desk's log that has forked waits for a person
    /// at the office: it keeps nothing else back, and comes again each time.
    pub fn is_settled(&self, desk: DeskId) -> bool {
        self.error.is_none()
            && self
                .troubles
                .iter()
                .all(|found| found.trouble.is_fork() && found.log.desk_id() != desk)
    }
}
