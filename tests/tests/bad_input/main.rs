// SPDX-License-Identifier: EUPL-1.2
//! Whatever is put in, a person gets a clear sentence and nothing is lost: damaged files, wrong words, wrong clocks, wrong
//! servers, full disks, codes that do not hold, desks and centres that come back from the past.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::similar_names,
    clippy::assigning_clones,
    clippy::format_collect,
    clippy::cast_possible_truncation
)]

mod centre;
mod clock;
mod disk;
mod enrolment;
mod file;
mod identity;
mod words;
mod world;
