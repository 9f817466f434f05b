// SPDX-License-Identifier: EUPL-1.2
//! The Italian tax code (codice fiscale): DM 23/12/1976, DPR 605/1973.
//!
//! Sixteen characters `AAAAAA##A##A###A`: surname, name, year, month letter, day (plus 40 for women), place
//! of birth, check letter. When two people would get the same one, the revenue agency replaces digits by
//! letters in one of them (*omocodia*) and recomputes the check letter. Before a definitive code, a person
//! may have a *provisional* one of eleven digits, checked as a VAT number is.
//!
//! A code is kept as it was given. Its decoded form is a search key and never a reason to merge two people.
//! Places of birth are not looked up: the register changes by law every year, and a desk that refuses
//! a person for a municipality it has not heard of does harm.

mod compute;
mod error;
mod parse;
#[cfg(test)]
mod tests;

pub use compute::{CodeAndName, code_of_name, code_of_surname};
pub use error::TaxCodeError;
pub(crate) use parse::provisional_check_digit;
pub use parse::{TaxCodeVerdict, judge};

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Length of a definitive code, in characters.
pub(crate) const DEFINITIVE: usize = 16;
/// Length of a provisional code, in digits.
pub(crate) const PROVISIONAL: usize = 11;
/// Month letters, January first.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// Letters that stand for the digits 0 to 9 in omocodia.
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";
/// Indexes (from 0) of the digits that omocodia may replace: the positions 7, 8, 10, 11, 13, 14, 15.
const REPLACEABLE: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// Values of the characters in odd positions (1, 3, …), for 0–9 (as A–J) and A–Z.
const ODD: [u8; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// The sex that a tax code carries. Nothing else in the software depends on it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Day of birth plus 40 in the code.
    Female,
    /// Day of birth as it is.
    Male,
}

/// A tax code whose form and check character are right, upper case, as it was given (omocodia kept).
///
/// Two codes are equal when they are written the same: the omocodic form of a code is another code,
/// usually of another person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
#[ts(type = "string")]
pub struct TaxCode(String);

impl TaxCode {
    /// The code as it was given: upper case, without spaces, omocodia kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for a provisional code of eleven digits: it says nothing of birth or sex.
    pub fn is_provisional(&self) -> bool {
        self.0.len() == PROVISIONAL
    }

    /// True when at least one digit is replaced by a letter, as the agency does for homonyms.
    pub fn is_omocodic(&self) -> bool {
        self.definitive()
            .is_some_and(|code| REPLACEABLE.iter().any(|i| code[*i].is_ascii_uppercase()))
    }

    /// The code with its digits put back and the check letter recomputed; a provisional code is its own key.
    ///
    /// For searching only: different people may share a key, that is what omocodia is for.
    pub fn search_key(&self) -> String {
        match self.decoded() {
            Some(code) => text_of(&code),
            None => self.0.clone(),
        }
    }

    /// All the forms that this code may take, 128, the one without letters first; the rightmost digit
    /// is replaced first, as the agency does. A provisional code has only itself.
    pub fn omocodic_variants(&self) -> Vec<TaxCode> {
        let Some(plain) = self.decoded() else {
            return vec![self.clone()];
        };
        (0_u8..128)
            .map(|mask| {
                let mut code = plain;
                for (bit, index) in REPLACEABLE.iter().rev().enumerate() {
                    if mask >> bit & 1 == 1 {
                        code[*index] = OMOCODIA[usize::from(code[*index] - b'0')];
                    }
                }
                code[15] = check_letter(&code);
                TaxCode(text_of(&code))
            })
            .collect()
    }

    /// The sex in the code; none in a provisional one.
    pub fn sex(&self) -> Option<Sex> {
        self.raw_day()
            .map(|day| if day > 40 { Sex::Female } else { Sex::Male })
    }

    /// Day (1–31) and month (1–12) of birth; none in a provisional code.
    pub fn birth_day_month(&self) -> Option<(u32, u32)> {
        let code = self.decoded()?;
        let month = MONTHS.iter().zip(1..).find(|(m, _)| **m == code[8])?.1;
        Some((self.raw_day()? % 40, month))
    }

    /// The years of birth that the code may mean, a century apart; none in a provisional code.
    ///
    /// The code holds two digits only: whoever needs an age asks for the date of birth.
    pub fn birth_years(&self) -> Option<[i32; 2]> {
        let code = self.decoded()?;
        let year = i32::from(number(&code, 6, 7));
        Some([1900 + year, 2000 + year])
    }

    /// True when a person born on this date could have this code. Always true for a provisional code.
    pub fn could_be_born_on(&self, date: NaiveDate) -> bool {
        match (self.birth_day_month(), self.decoded()) {
            (Some((day, month)), Some(code)) => {
                date.day() == day
                    && date.month() == month
                    && date.year().rem_euclid(100) == i32::from(number(&code, 6, 7))
            }
            _ => true,
        }
    }

    /// The register's code of the place of birth, digits put back (`D612` Firenze, `Z` and three digits abroad);
    /// none in a provisional code.
    pub fn birthplace_code(&self) -> Option<String> {
        self.decoded().map(|code| text_of(&code[11..15]))
    }

    fn definitive(&self) -> Option<[u8; DEFINITIVE]> {
        self.0.as_bytes().try_into().ok()
    }

    /// The sixteen characters without omocodia.
    fn decoded(&self) -> Option<[u8; DEFINITIVE]> {
        self.definitive().map(|code| decode(&code))
    }

    /// The day as the code writes it, 1–31 or 41–71.
    fn raw_day(&self) -> Option<u32> {
        self.decoded().map(|code| u32::from(number(&code, 9, 10)))
    }
}

impl std::fmt::Display for TaxCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for TaxCode {
    type Err = TaxCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for TaxCode {
    type Error = TaxCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<TaxCode> for String {
    fn from(code: TaxCode) -> Self {
        code.0
    }
}

/// The digit that a character stands for, through omocodia too.
fn digit(c: u8) -> Option<u8> {
    match c {
        b'0'..=b'9' => Some(c - b'0'),
        _ => OMOCODIA
            .iter()
            .zip(0..)
            .find(|(letter, _)| **letter == c)
            .map(|(_, value)| value),
    }
}

/// Puts the digits back and recomputes the check letter.
fn decode(code: &[u8; DEFINITIVE]) -> [u8; DEFINITIVE] {
    let mut decoded = *code;
    for index in REPLACEABLE {
        if let Some(value) = digit(code[index]) {
            decoded[index] = b'0' + value;
        }
    }
    decoded[15] = check_letter(&decoded);
    decoded
}

/// The number that two digits (omocodic ones too) make; 0 for a character that is not one.
fn number(code: &[u8; DEFINITIVE], tens: usize, units: usize) -> u8 {
    digit(code[tens]).unwrap_or(0) * 10 + digit(code[units]).unwrap_or(0)
}

/// The check letter of the first fifteen characters, which must be digits or capitals.
fn check_letter(code: &[u8; DEFINITIVE]) -> u8 {
    let sum: u32 = code[..15]
        .iter()
        .enumerate()
        .map(|(index, c)| {
            let value = match c {
                b'0'..=b'9' => c - b'0',
                _ => c.saturating_sub(b'A').min(25),
            };
            // The rule counts positions from 1: the odd ones are our even indexes.
            let odd = index % 2 == 0;
            u32::from(if odd { ODD[usize::from(value)] } else { value })
        })
        .sum();
    // Less than 26, so the cast loses nothing.
    b'A' + (sum % 26) as u8
}

fn text_of(ascii: &[u8]) -> String {
    ascii.iter().map(|c| char::from(*c)).collect()
}
