// SPDX-License-Identifier: EUPL-1.2
//! `sportelloctl` as scripts see it: a process, its exit code, its two outputs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod access;
mod demonstration;
mod door;
mod help;
mod identity;
mod process;
mod relay;
mod script;
mod seat;
mod stick;
