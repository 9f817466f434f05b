// SPDX-License-Identifier: EUPL-1.2
//! One file for each command, or for a few that are near each other.

pub mod backup;
pub mod bundle;
pub mod door;
pub mod enrol;
pub mod erase;
pub mod files;
pub mod identity;
pub mod import;
pub mod indicator;
pub mod key;
pub mod names;
pub mod operator;
pub mod relay;
pub mod schema;
pub mod script;
pub mod sync;
pub mod verify;

use crate::failure::Failure;

/// A runtime for what waits for the network.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
