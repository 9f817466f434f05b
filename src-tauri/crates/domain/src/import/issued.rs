// SPDX-License-Identifier: EUPL-1.2
//! The date that a list bears, in a title above its headings or in its file's name.

use super::columns::Columns;
use super::value::{RawCell, RawTable, parse_date};
use chrono::NaiveDate;

/// The date found in the titles above the headings, or else in the file's name; none when there is none, or more than one.
pub fn issued_date(table: &RawTable, file_name: &str) -> Option<NaiveDate> {
    let titles = Columns::recognise(table).headings.unwrap_or(0);
    let mut found: Vec<NaiveDate> = table.rows[..titles]
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| match cell {
            RawCell::Date(date) => vec![*date],
            RawCell::DateTime(at) => vec![at.date()],
            RawCell::Text(text) => dates_in(text),
            _ => Vec::new(),
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [date] => Some(*date),
        [] => match dates_in(file_name).as_slice() {
            [date] => Some(*date),
            _ => None,
        },
        _ => None,
    }
}

/// Every date that a text holds: `15/01/2021`, `15-1-2021`, `15_01_2021`, `2021-01-15`, `20210115`.
fn dates_in(text: &str) -> Vec<NaiveDate> {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | '_')))
        .filter_map(|piece| {
            let piece = piece.trim_matches(|c: char| !c.is_ascii_digit());
            if piece.len() == 8 && piece.bytes().all(|b| b.is_ascii_digit()) {
                return NaiveDate::parse_from_str(piece, "%Y%m%d")
                    .ok()
                    .filter(|date| plausible(*date));
            }
            let plain = piece.replace('_', "-");
            parse_date(&RawCell::Text(plain)).filter(|date| plausible(*date))
        })
        .collect()
}

/// Numbers that happen to look like a date are not one of a list.
fn plausible(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (2000..2100).contains(&date.year())
}
