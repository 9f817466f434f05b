// SPDX-License-Identifier: EUPL-1.2
//! The facade of a desk. Two doors: a [`Command`] goes in and an [`Outcome`] comes out, on disk by then; a [`Query`] goes in
//! and a [`View`] comes out. The window, the command line, the tests and the simulator all use these two.

pub mod outcome;
pub mod query;
pub mod schema;
pub mod view;

pub use outcome::Outcome;
pub use query::Query;
pub use sportello_domain::command::Command;
pub use view::View;
