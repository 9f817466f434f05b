// SPDX-License-Identifier: EUPL-1.2
//! One row, read: what it says, what it leaves out, and what is wrong with it by itself.

use super::columns::Columns;
use super::field::Field;
use super::household::{MemberRole, role_of};
use super::names;
use super::place::{colour, house_number, quartiere, street_and_number};
use super::reason::Reason;
use super::value::{RawCell, RawRow, parse_amount, parse_count, parse_date, parse_flag, parse_text};
use crate::household::Address;
use crate::identifier::PersonIdentifier;
use crate::money::Cents;
use crate::tax_code::CodeAndName;
use crate::text::search_key;
use chrono::NaiveDate;

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Said<T> {
    /// Nothing: no such column, or an empty cell.
    #[default]
    Nothing,
    /// Something that cannot be read.
    Unreadable,
    /// This.
    Value(T),
}

impl<T> Said<T> {
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable)
    }

    fn read(cell: &RawCell, parse: impl Fn(&RawCell) -> Option<T>) -> Self {
        if absent(cell) {
            return Self::Nothing;
        }
        parse(cell).map_or(Self::Unreadable, Self::Value)
    }
}

/// What a row says. Facts of the household stand on its applicant's row, or on each.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a row says yes or no to, each by itself"
)]
pub(super) struct ReadRow {
    pub number: u32,
    /// Not a person's row: empty, or the headings once more.
    pub alone: bool,
    pub surname: String,
    pub name: String,
    /// As written, for the eyes of a person.
    pub written_identifier: String,
    pub identifier: PersonIdentifier,
    pub birth_date: Option<NaiveDate>,
    pub role: Option<MemberRole>,
    pub list_ref: String,
    pub quartiere: Said<u8>,
    pub size: Said<u8>,
    pub minors: Said<u8>,
    pub minor: bool,
    pub disabled: Said<u8>,
    pub has_disability: bool,
    pub resident: Said<bool>,
    pub address: Option<Address>,
    pub number_unreadable: bool,
    pub phone: String,
    pub email: String,
    pub amount: Said<Cents>,
    pub vouchers: Said<u32>,
    /// What is wrong or odd with the person of the row.
    pub reasons: Vec<Reason>,
}

impl ReadRow {
    /// Surname and name, as written.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.surname, self.name).trim().to_owned()
    }
}

/// More members than this are a slip of the keyboard.
const MOST_MEMBERS: u32 = 60;

/// Reads a row. `today` is the day after which nobody on the list was born.
pub(super) fn read(columns: &Columns, raw: &RawRow, today: NaiveDate) -> ReadRow {
    let cell = |field| columns.cell(raw, field);
    let text = |field| {
        Some(cell(field))
            .filter(|c| !absent(c))
            .and_then(parse_text)
            .unwrap_or_default()
    };
    let count = |field| Said::read(cell(field), few);
    let mut row = ReadRow {
        number: raw.number,
        alone: raw.cells.iter().all(RawCell::is_blank) || columns.are_headings(raw),
        role: Some(cell(Field::Role)).filter(|c| !c.is_blank()).map(role_of),
        list_ref: text(Field::ListRef),
        quartiere: Said::read(cell(Field::Quartiere), quartiere),
        size: count(Field::Size),
        minors: count(Field::Minors),
        minor: parse_flag(cell(Field::MinorFlag)) == Some(true),
        disabled: count(Field::Disabled),
        has_disability: disability(cell(Field::DisabledFlag)),
        resident: Said::read(cell(Field::Resident), resident),
        phone: phones(&text(Field::Mobile), &text(Field::Phone)),
        email: text(Field::Email),
        // An amount that is no amount ("#N/D") is told, never taken for an empty cell.
        amount: if cell(Field::Amount).is_blank() {
            Said::Nothing
        } else {
            parse_amount(cell(Field::Amount)).map_or(Said::Unreadable, |cents| Said::Value(Cents(cents)))
        },
        vouchers: Said::read(cell(Field::Vouchers), parse_count),
        ..ReadRow::default()
    };
    read_address(&mut row, columns, raw);
    if row.alone {
        let again = columns.are_headings(raw);
        row.reasons.push(if again {
            Reason::HeadingsAgain
        } else {
            Reason::RowEmpty
        });
        return row;
    }
    read_identifier(&mut row, columns, raw);
    read_name(&mut row, columns, raw);
    read_birth_date(&mut row, cell(Field::BirthDate), today);
    row
}

/// Nothing, or one of the signs with which people say that there is nothing.
fn absent(cell: &RawCell) -> bool {
    match cell {
        RawCell::Text(text) => {
            let text = text.trim();
            text.is_empty()
                || text
                    .chars()
                    .all(|c| matches!(c, '-' | '.' | '/' | '\u{2013}' | '\u{2014}' | '_' | '?'))
                || text.len() < 16
                    && matches!(
                        text.to_lowercase().as_str(),
                        "n.d."
                            | "nd"
                            | "n/d"
                            | "#n/d"
                            | "#n/a"
                            | "n.a."
                            | "na"
                            | "n/a"
                            | "assente"
                            | "mancante"
                            | "non disponibile"
                            | "null"
                    )
        }
        other => other.is_blank(),
    }
}

/// A number of people; `sì` is one and `no` none, where a list only tells whether there are any.
fn few(cell: &RawCell) -> Option<u8> {
    let count = parse_count(cell).or_else(|| match cell {
        RawCell::Text(_) | RawCell::Flag(_) => parse_flag(cell).map(u32::from),
        _ => None,
    });
    count
        .filter(|n| *n <= MOST_MEMBERS)
        .and_then(|n| u8::try_from(n).ok())
}

/// A flag, or the degree of a disability (`100%`, `L. 104 art. 3`): whatever is not a no.
fn disability(cell: &RawCell) -> bool {
    !absent(cell) && parse_flag(cell) != Some(false)
}

fn resident(cell: &RawCell) -> Option<bool> {
    parse_flag(cell).or_else(|| match search_key(&parse_text(cell)?).as_str() {
        "residente" | "firenze" | "residente firenze" | "residente a firenze" => Some(true),
        "non residente" | "domiciliato" | "domiciliata" | "non residente a firenze" => Some(false),
        _ => None,
    })
}

fn phones(mobile: &str, fixed: &str) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match (mobile.is_empty(), fixed.is_empty()) {
        (_, true) => mobile.to_owned(),
        (true, false) => fixed.to_owned(),
        (false, false) if digits(mobile) == digits(fixed) => mobile.to_owned(),
        (false, false) => format!("{mobile} / {fixed}"),
    }
}

fn read_address(row: &mut ReadRow, columns: &Columns, raw: &RawRow) {
    let cell = |field| columns.cell(raw, field);
    let text = |field| {
        Some(cell(field))
            .filter(|c| !absent(c))
            .and_then(parse_text)
            .unwrap_or_default()
    };
    let street = text(Field::Street);
    if street.is_empty() {
        return;
    }
    // Excel makes a date of 12/5.
    row.number_unreadable = matches!(
        cell(Field::Number),
        RawCell::Date(_) | RawCell::DateTime(_) | RawCell::Flag(_)
    );
    let number = if row.number_unreadable {
        String::new()
    } else {
        text(Field::Number)
    };
    let (street, mut told) = if number.is_empty() && !row.number_unreadable {
        street_and_number(&street)
    } else {
        (street, house_number(&number))
    };
    if let Some(said) = colour(&text(Field::Colour)) {
        told.colour = said;
    }
    let interior = text(Field::Interior);
    let interior = if interior.starts_with(|c: char| c.is_ascii_digit()) {
        format!("int. {interior}")
    } else {
        interior
    };
    let exponent: Vec<String> = [told.exponent, text(Field::Exponent), interior]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    row.address = Some(Address {
        street,
        number: told.number,
        colour: told.colour,
        exponent: exponent.join(" "),
    });
}

fn read_identifier(row: &mut ReadRow, columns: &Columns, raw: &RawRow) {
    let first = columns.cell(raw, Field::Identifier);
    let cell = if absent(first) {
        columns.cell(raw, Field::HealthCode)
    } else {
        first
    };
    if absent(cell) {
        row.reasons.push(Reason::IdentifierMissing);
        return;
    }
    row.written_identifier = parse_text(cell).unwrap_or_default();
    let text = match cell {
        // A workbook that took a provisional code for a number lost the zeros at its beginning.
        RawCell::Number(_) => format!("{:0>11}", row.written_identifier),
        _ => row.written_identifier.clone(),
    };
    match PersonIdentifier::parse(&text) {
        Ok(identifier) => {
            match &identifier {
                PersonIdentifier::TaxCode(code) if code.is_provisional() => {
                    row.reasons.push(Reason::Provisional);
                }
                PersonIdentifier::TaxCode(code) if code.is_omocodic() => row.reasons.push(Reason::Omocodic),
                PersonIdentifier::Stp(_) | PersonIdentifier::Eni(_) => row.reasons.push(Reason::HealthCode),
                PersonIdentifier::TaxCode(_) => {}
                PersonIdentifier::None => row.reasons.push(Reason::IdentifierMissing),
            }
            row.identifier = identifier;
        }
        Err(error) => row.reasons.push(error.into()),
    }
}

fn read_name(row: &mut ReadRow, columns: &Columns, raw: &RawRow) {
    let text = |field| {
        Some(columns.cell(raw, field))
            .filter(|c| !absent(c))
            .and_then(parse_text)
            .unwrap_or_default()
    };
    row.surname = text(Field::Surname);
    row.name = text(Field::Name);
    if row.surname.is_empty() && !columns.has(Field::Surname) {
        let (full, name_first) = match text(Field::FullName) {
            full if full.is_empty() => (text(Field::NameThenSurname), true),
            full => (full, false),
        };
        let split = names::split(&full, name_first, row.identifier.tax_code());
        (row.surname, row.name) = (split.surname, split.name);
        if split.guessed {
            row.reasons.push(Reason::NameSplitGuessed);
        }
    }
    let letters = |text: &str| text.chars().any(char::is_alphanumeric);
    if !letters(&row.surname) {
        row.reasons.push(Reason::SurnameMissing);
        return;
    }
    if !letters(&row.name) {
        row.reasons.push(Reason::NameMissing);
        return;
    }
    if let Some(code) = row.identifier.tax_code() {
        match code.compare_name(&row.surname, &row.name) {
            CodeAndName::Agree | CodeAndName::Unknown => {}
            CodeAndName::Swapped => row.reasons.push(Reason::NamesSwapped),
            CodeAndName::OnlySurname => row.reasons.push(Reason::CodeOnlySurname),
            CodeAndName::OnlyName => row.reasons.push(Reason::CodeOnlyName),
            CodeAndName::Disagree => row.reasons.push(Reason::CodeOfAnother),
        }
    }
}

fn read_birth_date(row: &mut ReadRow, cell: &RawCell, today: NaiveDate) {
    match Said::read(cell, parse_date) {
        Said::Nothing => {}
        Said::Unreadable => row.reasons.push(Reason::BirthDateUnreadable),
        Said::Value(date) if date > today => row.reasons.push(Reason::BirthDateFuture),
        Said::Value(date) => {
            row.birth_date = Some(date);
            if row
                .identifier
                .tax_code()
                .is_some_and(|code| !code.could_be_born_on(date))
            {
                row.reasons.push(Reason::BirthDateAgainstCode);
            }
        }
    }
}
