// SPDX-License-Identifier: EUPL-1.2
//! What the tests that cross crates share: an office in one process, with a real centre on a real port and real desks with
//! real files; a clock that is set by hand, and a network that can be pulled out.
//!
//! ```no_run
//! # async fn a_day() {
//! use sportello_tests::{Office, facts};
//! let office = Office::open().await;
//! let supervisor = office.supervisor().await;
//! let desk = office.desk("Q1-A", "Q1").await;
//! office.until_quiet(&[&supervisor, &desk]).await;
//! let campaign = facts::campaign();
//! supervisor.act(sportello_desk::Command::DefineCampaign { campaign });
//! # }
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    clippy::needless_pass_by_value,
    clippy::unused_async,
    clippy::zombie_processes,
    clippy::items_after_statements
)]

pub mod answers;
pub mod clock;
pub mod counter;
pub mod crash;
pub mod facts;
pub mod faults;
pub mod fuzz;
pub mod listener;
pub mod office;
pub mod process;
pub mod relay;
pub mod rest;
pub mod seat;
pub mod sim;
pub mod told;
pub mod window;
pub mod wire;

pub use clock::{DeskClock, SharedTime};
pub use office::Office;
pub use seat::Seat;
pub use wire::Wire;
