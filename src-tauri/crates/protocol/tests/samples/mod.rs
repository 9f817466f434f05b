// SPDX-License-Identifier: EUPL-1.2
//! Fixed inputs: one event or more of each kind, one message of each sort. What is made of them is kept in `golden/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod events;
pub mod messages;
