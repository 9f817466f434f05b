// SPDX-License-Identifier: EUPL-1.2
//! Which column of a list holds what: the row of headings is found wherever it is, in any order of columns.

use super::field::Field;
use super::headings::{Heading, heading};
use super::household::{MemberRole, role_of};
use super::value::{RawCell, RawRow, RawTable, parse_text};
use serde::Serialize;
use strum::EnumCount;

/// Titles may stand above the headings: they are looked for in so many rows.
const ROWS_WITH_HEADINGS: usize = 40;
/// So many cells decide what "Richiedente" means.
const SAMPLE: usize = 60;

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The heading as written.
    pub heading: String,
    /// What it holds; none when it is passed over.
    pub field: Option<Field>,
}

/// The columns of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Every column that has a heading, in order.
    pub columns: Vec<Column>,
    /// Where the row of headings is among the rows; none when there is no such row.
    pub headings: Option<usize>,
    written: Vec<String>,
    places: [Option<usize>; Field::COUNT],
}

/// A required kind of column that a list has not.
const REQUIRED: [(&[Field], Field); 4] = [
    (
        &[Field::Surname, Field::FullName, Field::NameThenSurname],
        Field::Surname,
    ),
    (
        &[Field::Name, Field::FullName, Field::NameThenSurname],
        Field::Name,
    ),
    (&[Field::Identifier, Field::HealthCode], Field::Identifier),
    (&[Field::Quartiere], Field::Quartiere),
];

impl Columns {
    /// Recognises the columns of a list.
    pub fn recognise(table: &RawTable) -> Self {
        let mut best: Option<(usize, usize)> = None;
        for (index, row) in table.rows.iter().take(ROWS_WITH_HEADINGS).enumerate() {
            let mut found: Vec<Field> = row.cells.iter().filter_map(said).filter_map(field_only).collect();
            found.sort_unstable();
            found.dedup();
            if found.len() >= 2 && best.is_none_or(|(most, _)| found.len() > most) {
                best = Some((found.len(), index));
            }
        }
        let Some((_, index)) = best else {
            return Self::default();
        };
        let mut columns = Self {
            headings: Some(index),
            ..Self::default()
        };
        let data = &table.rows[index + 1..];
        columns.written = texts(&table.rows[index]);
        for (place, cell) in table.rows[index].cells.iter().enumerate() {
            let Some(text) = parse_text(cell) else { continue };
            let field = match said(cell) {
                Some(Heading::Field(field)) => Some(field),
                Some(Heading::Person) => Some(mark_or_name(data, place)),
                None => None,
            };
            // Of two columns for one thing the first holds: the second is shown as passed over.
            let field = field.filter(|field| columns.place(*field).is_none());
            if let Some(field) = field {
                columns.places[field as usize] = Some(place);
            }
            columns.columns.push(Column { heading: text, field });
        }
        columns
    }

    /// Whether the list has such a column.
    pub fn has(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    /// What the list must have and has not, whatever else it has. `per_member`: households are counted from its rows.
    pub fn missing(&self, per_member: bool) -> Vec<Field> {
        let mut missing: Vec<Field> = REQUIRED
            .iter()
            .filter(|(any, _)| !any.iter().any(|f| self.has(*f)))
            .map(|(_, name)| *name)
            .collect();
        let amount = [Field::Amount, Field::Vouchers, Field::Size]
            .iter()
            .any(|f| self.has(*f));
        if !amount && !per_member {
            missing.push(Field::Amount);
        }
        missing
    }

    /// The cell of a row that holds a field; empty when there is none.
    pub(super) fn cell<'a>(&self, row: &'a RawRow, field: Field) -> &'a RawCell {
        self.place(field)
            .and_then(|place| row.cells.get(place))
            .unwrap_or(&RawCell::Empty)
    }

    /// The rows below the headings; all of them when there are none.
    pub(super) fn data<'a>(&self, table: &'a RawTable) -> &'a [RawRow] {
        &table.rows[self.headings.map_or(0, |index| index + 1)..]
    }

    /// Whether a row below is the headings once more, as on each page of a printed list.
    pub(super) fn are_headings(&self, row: &RawRow) -> bool {
        !self.written.is_empty() && texts(row) == self.written
    }

    fn place(&self, field: Field) -> Option<usize> {
        self.places[field as usize]
    }
}

fn texts(row: &RawRow) -> Vec<String> {
    row.cells.iter().filter_map(parse_text).collect()
}

fn said(cell: &RawCell) -> Option<Heading> {
    match cell {
        RawCell::Text(text) => heading(text),
        _ => None,
    }
}

fn field_only(heading: Heading) -> Option<Field> {
    match heading {
        Heading::Field(field) => Some(field),
        Heading::Person => None,
    }
}

/// "Richiedente" above marks is a role; above names it is who the applicant is.
fn mark_or_name(rows: &[RawRow], place: usize) -> Field {
    let mut filled = rows
        .iter()
        .filter_map(|row| row.cells.get(place))
        .filter(|cell| !cell.is_blank())
        .take(SAMPLE)
        .peekable();
    let marks = filled.peek().is_some() && filled.all(|cell| role_of(cell) != MemberRole::Other);
    if marks { Field::Role } else { Field::FullName }
}
