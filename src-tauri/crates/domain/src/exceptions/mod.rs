// SPDX-License-Identifier: EUPL-1.2
//! What a supervisor must look at (anomalie), and what was decided of it.
//!
//! A case is never written down: it is *found*, in what was written of everything else, at every desk that holds the same records.
//! Its identifier follows from its kind and from what it is about, so two supervisors who cannot speak to each other look at the
//! same case. What is written is what people do with it: to whom it was given, notes, decisions, second signatures, reopenings. All of
//! that stays, for ever; where a case stands follows from it, in whatever order it came ([`Case::standing`]).

mod about;
mod decide;
mod event;
mod kind;
mod state;
#[cfg(test)]
mod tests;

pub use about::{CaseAbout, Matter};
pub use decide::*;
pub use event::*;
pub use kind::*;
pub use state::*;
