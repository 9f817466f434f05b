// SPDX-License-Identifier: EUPL-1.2
//! The central office server: it verifies what desks hand over, keeps it as it came, and gives each desk what it may read.
//!
//! It keeps no session and is no judge: it neither folds nor interprets more than it needs to tell a record that nobody can
//! read. [`Central`] is all of it in one process; the binary puts a command line around it.

pub mod append;
mod bundle;
mod columns;
mod copy;
pub mod database;
pub mod desks;
mod door;
mod erase;
pub mod error;
mod give;
mod http;
mod keep;
mod key_file;
pub mod limit;
mod metrics;
pub mod office;
mod postgres;
pub mod preset;
pub mod replace;
mod rotate;
mod routes;
mod rules;
mod serve;
mod sqlite;
mod take;
pub mod vault;
pub mod verify;
mod who;

pub use bundle::{BundleTaken, BundleWritten};
pub use copy::CopyReport;
pub use database::{Database, Server};
pub use desks::{DeskState, Invitation, KeyState, NewDesk};
pub use error::CentralError;
pub use limit::Limits;
pub use office::{Central, Chance, Clock, OfficeFacts};
pub use serve::{ServeOptions, Tls};
pub use verify::VerifyReport;
