// SPDX-License-Identifier: EUPL-1.2
//! Fixed inputs: one event or more of each kind, one message of each sort. What is made of them is kept in `golden/`.

// Each test uses a part of it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod bundles;
pub mod events;
pub mod messages;
pub mod relay;
