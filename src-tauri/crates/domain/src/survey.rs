// SPDX-License-Identifier: EUPL-1.2
//! The questionnaire to citizens: what it asks, what of the answers may be shown, and how answers become anonymous records.
//!
//! An answer is tied to no household: it has no time, no order and no author, and nothing shown is of fewer than [`LEAST`] answers.

pub mod content;
pub mod figures;
pub mod ready_made;
pub mod seal;

/// Fewest answers of which a figure is shown, or that are written as one batch.
pub const LEAST: usize = 5;

/// Longest words of a citizen, in characters.
pub const WORDS: usize = 200;

#[cfg(test)]
mod tests;
