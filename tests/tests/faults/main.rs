// SPDX-License-Identifier: EUPL-1.2
//! Disks that fail while programs work, and files that are damaged while they do not. "Done" is said only of what is durable;
//! the rest is told; nothing is deleted. What was tried, and what it proves: `src-tauri/docs/faults.md`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::similar_names
)]

mod backup;
mod centre;
mod damaged_bundle;
mod damaged_centre;
mod damaged_desk;
mod desk;
