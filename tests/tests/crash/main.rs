// SPDX-License-Identifier: EUPL-1.2
//! Power cuts: programs are killed (SIGKILL) at random moments while they work, again and again. Whatever was acknowledged is
//! there, nothing is done twice, and everything verifies. `cargo xtask crash` does the same for longer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::needless_pass_by_value
)]

mod import;

use sportello_tests::crash;

#[tokio::test(flavor = "multi_thread")]
async fn crash_a_killed_desk_loses_nothing_acknowledged_and_does_nothing_twice() {
    eprintln!("{}", crash::desk::run(160, 2021).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_a_killed_centre_loses_nothing_acknowledged_and_keeps_nothing_twice() {
    eprintln!("{}", crash::centre::run(60, 2021).await);
}
