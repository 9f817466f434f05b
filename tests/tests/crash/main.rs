// SPDX-License-Identifier: EUPL-1.2
//! Power cuts: `sportelloctl script` is killed (SIGKILL) at random moments while it works, again and again. Whatever was
//! acknowledged is there, nothing is done twice, and everything verifies. A failure names the seed that it came from.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value
)]

mod child;
mod import;
mod model;
mod work;
