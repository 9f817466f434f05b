// SPDX-License-Identifier: EUPL-1.2
//! The encrypted SQLite file of a desk, and the one write door to it.
//!
//! - [`Store::write`] is the door: one transaction, durable before anybody is told. What goes in are events
//!   ([`WriteTx::append`] for the desk's own, [`WriteTx::ingest`] for those of others); the journal keeps them as they are.
//! - Everything else in the file follows from the journal: states and the rows that queries read are rewritten in the same
//!   transaction, or, where a person waits ([`Store::write_told_first`]), before anything is read or written next; and
//!   [`Store::verify`] folds all of it anew to see whether they still agree.
//! - [`Store::read`] gives a snapshot to read from while a long write runs.
//! - [`keys`] keeps the file's key, once for each operator; [`backup`] makes copies that can be restored by themselves.

pub mod aside;
pub mod backup;
pub mod erasure;
pub mod keys;
pub mod queries;
pub mod search;
pub mod sync_book;
pub mod verify;

mod alone;
mod book;
mod connection;
mod done;
mod entities;
mod error;
mod files;
mod fold;
mod ingest;
mod journal;
mod key;
mod meta;
mod migrate;
mod place;
mod projection;
mod settle;
mod signed;
mod store;
mod succession;
mod told;
mod tx;
mod withdraw;
mod witness;

pub use error::StoreError;
pub use files::{put_back, set_aside};
pub use ingest::{Fork, Ingested, verify_chain};
pub use journal::{JournalEntry, LogHead, RecordPage};
pub use key::DbKey;
pub use meta::Identity;
pub use migrate::SCHEMA_VERSION;
pub use queries::Reads;
pub use store::Store;
pub use succession::Withdrawn;
pub use tx::{Author, WriteTx};

/// What the store's functions give.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
