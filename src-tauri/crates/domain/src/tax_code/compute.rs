// SPDX-License-Identifier: EUPL-1.2
//! From a person's data to the code that the agency would give, and whether a code and a name agree.

use super::{MONTHS, Sex, TaxCode, TaxCodeError, check_letter};
use crate::text::{latin_capitals, search_key};
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether a tax code could be that of a person of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeAndName {
    /// Surname and name agree.
    Agree,
    /// They agree once exchanged: surname and name are probably in each other's column.
    Swapped,
    /// Only the surname agrees.
    OnlySurname,
    /// Only the name agrees (a married name, perhaps).
    OnlyName,
    /// Neither agrees: probably another person's code.
    Disagree,
    /// A provisional code says nothing of the name.
    Unknown,
}

impl CodeAndName {
    /// True when a person should look at it.
    pub fn is_doubtful(self) -> bool {
        !matches!(self, Self::Agree | Self::Unknown)
    }
}

/// The three letters of a surname: consonants, then vowels, then X.
pub fn code_of_surname(surname: &str) -> String {
    let (consonants, vowels) = split(surname);
    first_three(&consonants, &vowels)
}

/// The three letters of a first name: as a surname, but of four or more consonants the second is skipped.
pub fn code_of_name(name: &str) -> String {
    let (mut consonants, vowels) = split(name);
    if consonants.len() > 3 {
        consonants.remove(1);
    }
    first_three(&consonants, &vowels)
}

fn split(name: &str) -> (Vec<char>, Vec<char>) {
    latin_capitals(name)
        .chars()
        .partition(|c| !matches!(c, 'A' | 'E' | 'I' | 'O' | 'U'))
}

fn first_three(consonants: &[char], vowels: &[char]) -> String {
    consonants
        .iter()
        .chain(vowels)
        .copied()
        .chain(std::iter::repeat('X'))
        .take(3)
        .collect()
}

/// The readings under which a name may be in the register: all its words, or only the first ones
/// ("Maria Grazia" registered as "Maria", "Rossi in Bianchi" as "Rossi").
fn readings(name: &str) -> Vec<String> {
    let key = search_key(name);
    let words: Vec<&str> = key.split_whitespace().collect();
    (1..=words.len())
        .rev()
        .map(|count| words[..count].concat())
        .collect()
}

impl TaxCode {
    /// The code that the agency would give, without omocodia, to a person born on `date` in the place
    /// of register code `place` (`D612`, `Z100`).
    ///
    /// Only the agency assigns codes: this one is for comparing and for demonstration data.
    pub fn compute(
        surname: &str,
        name: &str,
        date: NaiveDate,
        sex: Sex,
        place: &str,
    ) -> Result<Self, TaxCodeError> {
        let place = place.trim().to_ascii_uppercase();
        match place.as_bytes() {
            [letter, digits @ ..]
                if letter.is_ascii_uppercase()
                    && digits.len() == 3
                    && digits.iter().all(u8::is_ascii_digit) => {}
            _ => return Err(TaxCodeError::Place),
        }
        let month = usize::try_from(date.month0())
            .ok()
            .and_then(|month| MONTHS.get(month))
            .ok_or(TaxCodeError::Month)?;
        let day = date.day() + if sex == Sex::Female { 40 } else { 0 };
        let mut text = format!(
            "{}{}{:02}{}{day:02}{place}",
            code_of_surname(surname),
            code_of_name(name),
            date.year().rem_euclid(100),
            char::from(*month),
        );
        // The last character is not read by the check: any stands for it until it is known.
        text.push('A');
        let bytes = text
            .as_bytes()
            .try_into()
            .map_err(|_| TaxCodeError::Length { got: text.len() })?;
        text.pop();
        text.push(char::from(check_letter(&bytes)));
        Ok(TaxCode(text))
    }

    /// Compares the code with a surname and a name, for the doubts of an import.
    pub fn compare_name(&self, surname: &str, name: &str) -> CodeAndName {
        if self.is_provisional() {
            return CodeAndName::Unknown;
        }
        let (of_surname, of_name) = (&self.as_str()[..3], &self.as_str()[3..6]);
        let surname_fits = |text| readings(text).iter().any(|r| code_of_surname(r) == of_surname);
        let name_fits = |text| readings(text).iter().any(|r| code_of_name(r) == of_name);
        match (surname_fits(surname), name_fits(name)) {
            (true, true) => CodeAndName::Agree,
            _ if surname_fits(name) && name_fits(surname) => CodeAndName::Swapped,
            (true, false) => CodeAndName::OnlySurname,
            (false, true) => CodeAndName::OnlyName,
            (false, false) => CodeAndName::Disagree,
        }
    }

    /// True unless the code contradicts the name. A "no" is a doubt to show, never a reason to refuse:
    /// names are written, transliterated and changed in many ways.
    pub fn plausible_for(&self, surname: &str, name: &str) -> bool {
        !self.compare_name(surname, name).is_doubtful()
    }
}
