// SPDX-License-Identifier: EUPL-1.2
//! The facade of a desk. Two doors: a [`Command`] goes in and an [`Outcome`] comes out, on disk by then; a [`Query`] goes in
//! and a [`View`] comes out. The window, the command line, the tests and the simulator all use these two.
//!
//! [`enrol`] makes a desk, [`Desk::login`] opens it for an operator, [`Desk::recover`] for one whose passphrase is
//! forgotten; from then on [`Desk::execute`] and [`Desk::query`] are
//! all there is. [`Desk::sync_forever`] exchanges with the centre beside them, [`Desk::write_bundle`] and [`Desk::read_bundle`] by
//! stick.

mod access;
mod answer;
mod attempts;
mod awaited;
mod bundle;
mod clock;
mod day;
mod desk;
mod directory;
mod enrol;
mod error;
mod exchange;
mod execute;
mod heard;
mod home;
mod identity;
mod late;
mod lists;
mod looks;
pub mod messages;
pub mod outcome;
pub mod ports;
pub mod query;
pub mod relay;
mod replacement;
mod rotation;
pub mod schema;
mod series;
mod session;
mod slip;
pub mod view;

pub use awaited::{Rest, Timer};
pub use desk::{Desk, Happening, restore, restore_with_recovery};
pub use directory::{Directory, Neighbour};
pub use enrol::{enrol, enrol_over, fingerprint};
pub use error::DeskError;
pub use home::{Home, Settings};
pub use identity::Renewed;
pub use outcome::Outcome;
pub use ports::Ports;
pub use query::Query;
pub use session::Session;
pub use sportello_domain::command::Command;
pub use view::View;
