// SPDX-License-Identifier: EUPL-1.2
//! What can go wrong with the file, each with a code that never changes.

use rusqlite::ErrorCode;
use sportello_protocol::RecordError;
use sportello_protocol::wire::LogName;
use std::path::PathBuf;

/// Why the store could not do what it was asked. Nothing was written, unless it says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The key does not open this file.
    #[error("the key does not open this file")]
    WrongKey,
    /// The file is damaged: a page does not verify, or is missing.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What was found, without personal data.
        detail: String,
    },
    /// No room is left. The transaction was undone.
    #[error("no room is left on the disk")]
    DiskFull,
    /// Written by a newer program.
    #[error("the file was written by a newer program (schema {found}, this one knows {known})")]
    NewerSchema {
        /// The file's schema.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Another program holds the file.
    #[error("another program is writing to the file")]
    Busy,
    /// There is no such file.
    #[error("there is no file at {}", .0.display())]
    Missing(PathBuf),
    /// There is a file already.
    #[error("there is a file already at {}", .0.display())]
    Exists(PathBuf),
    /// The file came out of a backup: it must be enrolled anew before it writes.
    #[error("this file was restored from a backup and does not write under its old identity")]
    Restored,
    /// Records are missing between what is here and what came.
    #[error("records of log {}/{} are missing: {have} are here, {from} came next", .log.desk_id(), .log.topic)]
    Gap {
        /// The log.
        log: LogName,
        /// The last sequence that is here.
        have: u64,
        /// The first sequence that came.
        from: u64,
    },
    /// A log of a topic that this version does not know.
    #[error("the topic {0:?} is not known to this version")]
    UnknownTopic(String),
    /// A record cannot be made or read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// Something kept as JSON cannot be read or written.
    #[error("a stored value cannot be read or written")]
    Json(#[from] serde_json::Error),
    /// The disk or the system refused.
    #[error("the disk or the system refused")]
    Io(#[from] std::io::Error),
    /// SQLite refused, for a reason that none of the others covers.
    #[error("the database refused")]
    Sql(#[source] rusqlite::Error),
}

impl StoreError {
    /// A code that never changes, for messages and the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongKey => "wrong_key",
            Self::Damaged { .. } => "damaged",
            Self::DiskFull => "disk_full",
            Self::NewerSchema { .. } => "newer_schema",
            Self::Busy => "busy",
            Self::Missing(_) => "missing",
            Self::Exists(_) => "exists",
            Self::Restored => "restored",
            Self::Gap { .. } => "gap",
            Self::UnknownTopic(_) => "unknown_topic",
            Self::Record(_) => "record",
            Self::Json(_) => "stored_value",
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => "disk_full",
            Self::Io(_) => "io",
            Self::Sql(_) => "database",
        }
    }

    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged {
            detail: detail.into(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::damaged(error.to_string()),
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied,
            ) => Self::Io(std::io::Error::other(error)),
            _ => Self::Sql(error),
        }
    }
}
