// SPDX-License-Identifier: EUPL-1.2
//! Why a tax code was not accepted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use ts_rs::TS;

/// Why a text is not a tax code. Positions count from 1, as on the card.
///
/// No case repeats the code, so an error may be logged. No case tells which check letter would be right
/// either: the wrong character is more often another one, and a code "corrected" on its last letter
/// would pass every later check while being nobody's.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    thiserror::Error,
    Serialize,
    Deserialize,
    JsonSchema,
    TS,
    IntoStaticStr,
)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TaxCodeError {
    /// Nothing was given.
    #[error("the tax code is missing")]
    Missing,
    /// Neither 16 characters nor 11 digits.
    #[error("a tax code has 16 characters, or 11 digits if provisional; this one has {got}")]
    Length {
        /// How many characters came, spaces and asterisks not counted.
        got: usize,
    },
    /// A character that cannot stand in its place, such as a letter O for a zero.
    #[error("the character in position {position} cannot stand there")]
    Character {
        /// Where, from 1.
        position: usize,
    },
    /// The ninth character is not one of the twelve month letters.
    #[error("the ninth character is not a month letter")]
    Month,
    /// Positions 10 and 11 are not a day of that month and year, 1–31 or 41–71.
    #[error("positions 10 and 11 are not a day of that month")]
    Day,
    /// Positions 12 to 15 are not a letter and three digits (only when a code is computed).
    #[error("the place of birth is not a letter and three digits")]
    Place,
    /// The form is right and the check letter does not agree: at least one character is mistyped.
    #[error("the check letter does not agree: at least one character is wrong")]
    CheckCharacter,
    /// Eleven digits whose check digit does not agree.
    #[error("the check digit of the provisional code does not agree: at least one digit is wrong")]
    ProvisionalCheck,
}

impl TaxCodeError {
    /// A stable name of the case, for message catalogues: `check_character`, `length`…
    pub fn key(self) -> &'static str {
        self.into()
    }
}
