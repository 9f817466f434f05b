// SPDX-License-Identifier: EUPL-1.2
//! From what was typed, scanned or imported to a [`TaxCode`], or to the reason why not.

use super::{DEFINITIVE, MONTHS, PROVISIONAL, TaxCode, TaxCodeError, check_letter, digit, number};
use crate::text::clean_code;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Indexes (from 0) where only a letter can stand.
const LETTERS: [usize; 9] = [0, 1, 2, 3, 4, 5, 8, 11, 15];

/// What is to be told about a code: a mistyped one and a valid omocodic one get different messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum TaxCodeVerdict {
    /// An ordinary valid code.
    Valid,
    /// Valid, with digits replaced by letters because someone else has the same data: to be kept as it is.
    Omocodic,
    /// Valid and provisional: a definitive code will replace it one day.
    Provisional,
    /// Not a tax code, and why.
    Wrong {
        /// The first thing found wrong.
        error: TaxCodeError,
    },
}

/// Says what a text is as a tax code.
pub fn judge(text: &str) -> TaxCodeVerdict {
    match TaxCode::parse(text) {
        Ok(code) if code.is_provisional() => TaxCodeVerdict::Provisional,
        Ok(code) if code.is_omocodic() => TaxCodeVerdict::Omocodic,
        Ok(_) => TaxCodeVerdict::Valid,
        Err(error) => TaxCodeVerdict::Wrong { error },
    }
}

impl TaxCode {
    /// Reads a code. Spaces, hyphens, dots, asterisks and quotation marks are ignored, lower case is raised.
    pub fn parse(text: &str) -> Result<Self, TaxCodeError> {
        let code = clean_code(text);
        match code.chars().count() {
            0 => Err(TaxCodeError::Missing),
            DEFINITIVE => definitive(code),
            // Eleven characters that begin with a letter are a definitive code cut short.
            PROVISIONAL if code.starts_with(|c: char| c.is_ascii_digit()) => provisional(code),
            got => Err(TaxCodeError::Length { got }),
        }
    }
}

fn definitive(code: String) -> Result<TaxCode, TaxCodeError> {
    // First, because a sign outside ASCII is more than one byte, and positions are counted in characters.
    if let Some(index) = code.chars().position(|c| !c.is_ascii_alphanumeric()) {
        return Err(TaxCodeError::Character { position: index + 1 });
    }
    let Ok(bytes) = <[u8; DEFINITIVE]>::try_from(code.as_bytes()) else {
        return Err(TaxCodeError::Length { got: code.len() });
    };
    for (index, c) in bytes.iter().enumerate() {
        let fits = if LETTERS.contains(&index) {
            c.is_ascii_uppercase()
        } else {
            digit(*c).is_some()
        };
        if !fits {
            return Err(TaxCodeError::Character { position: index + 1 });
        }
    }
    let month = MONTHS
        .iter()
        .position(|m| *m == bytes[8])
        .ok_or(TaxCodeError::Month)?;
    let year = number(&bytes, 6, 7);
    let raw_day = number(&bytes, 9, 10);
    let day = if raw_day > 40 { raw_day - 40 } else { raw_day };
    if day == 0 || day > longest(month, year) {
        return Err(TaxCodeError::Day);
    }
    if check_letter(&bytes) != bytes[15] {
        return Err(TaxCodeError::CheckCharacter);
    }
    Ok(TaxCode(code))
}

/// Days of a month (0 is January) in the year of either century that has more of them: 1900 had
/// no 29 February, 2000 had.
fn longest(month: usize, year: u8) -> u8 {
    match month {
        1 if year.is_multiple_of(4) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

/// Eleven digits, the last a check digit as in a VAT number (Luhn, DPR 633/1972 art. 35 and DM 23/12/1976).
fn provisional(code: String) -> Result<TaxCode, TaxCodeError> {
    if let Some(index) = code.chars().position(|c| !c.is_ascii_digit()) {
        return Err(TaxCodeError::Character { position: index + 1 });
    }
    let digits = code.as_bytes();
    match digits.split_last() {
        Some((last, first)) if provisional_check_digit(first) == *last => Ok(TaxCode(code)),
        _ => Err(TaxCodeError::ProvisionalCheck),
    }
}

/// The check digit (as an ASCII digit) of the ten ASCII digits before it.
pub(crate) fn provisional_check_digit(digits: &[u8]) -> u8 {
    let sum: u8 = digits
        .iter()
        .enumerate()
        .map(|(index, c)| {
            let value = c.saturating_sub(b'0').min(9);
            match (index % 2, value) {
                (0, _) => value,
                (_, 0..=4) => value * 2,
                _ => value * 2 - 9,
            }
        })
        .sum();
    b'0' + (10 - sum % 10) % 10
}
