// SPDX-License-Identifier: EUPL-1.2
//! Tables that a person opens in a spreadsheet.
//!
//! What people typed must never run as a formula there (CWE-1236). In CSV a text that a spreadsheet would take for a
//! formula gets an apostrophe before it, which [`super::read`] takes away again; in a workbook texts are texts, and
//! such ones also keep Excel's own mark for text, so that they stay texts when somebody edits the cell.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, WriteError};

/// A table to write.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The name of the sheet in a workbook; a CSV file has no place for it.
    pub title: String,
    /// The headings: the first line.
    pub headings: Vec<String>,
    /// The rows under them.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a table as CSV for an Italian spreadsheet: UTF-8 with its mark, `;`, CRLF, `gg/mm/aaaa`, decimal comma.
pub fn write_csv(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    writer
        .write_record(sheet.headings.iter().map(|heading| guarded(heading).into_owned()))
        .map_err(WriteError::Csv)?;
    for row in &sheet.rows {
        // A short row is filled up: every line has the same shape.
        let missing = sheet.headings.len().saturating_sub(row.len());
        let fields = row
            .iter()
            .map(plain)
            .chain(std::iter::repeat_n(String::new(), missing));
        writer.write_record(fields).map_err(WriteError::Csv)?;
    }
    writer
        .into_inner()
        .map_err(|error| WriteError::Csv(error.into_error().into()))
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Number(number) if number.is_finite() => number.to_string().replace('.', ","),
        Cell::Empty | Cell::Number(_) => String::new(),
        Cell::Date(date) => italian_date(*date),
        Cell::DateTime(at) => italian_date_time(*at),
        Cell::Bool(value) => if *value { "sì" } else { "no" }.to_owned(),
    }
}

fn italian_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

fn italian_date_time(at: NaiveDateTime) -> String {
    at.format(if at.second() == 0 {
        "%d/%m/%Y %H:%M"
    } else {
        "%d/%m/%Y %H:%M:%S"
    })
    .to_string()
}

/// Whether a spreadsheet would take the text for a formula (OWASP, CSV injection), blanks before it ignored.
fn like_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start()
            .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

fn guarded(text: &str) -> Cow<'_, str> {
    // A text that already begins with apostrophes gets one more, so that reading gives back what was written.
    if like_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text without the apostrophe that [`write_csv`] put before it, if it did.
pub(super) fn unguarded(text: &str) -> Option<&str> {
    let plain = text.strip_prefix('\'')?;
    like_formula(plain.trim_start_matches('\'')).then_some(plain)
}

/// Writes a table as a workbook of one sheet, with the headings held in view and a filter on them.
pub fn write_xlsx(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    workbook(sheet).map_err(WriteError::Xlsx)
}

struct Looks {
    heading: Format,
    text: Format,
    guarded: Format,
    date: Format,
    date_time: Format,
}

fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(&sheet.title));
    let looks = Looks {
        heading: Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin),
        text: Format::new(),
        guarded: Format::new().set_quote_prefix(),
        date: Format::new().set_num_format("dd/mm/yyyy"),
        date_time: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
    };
    let page = workbook.add_worksheet();
    page.set_name(sheet_name(&sheet.title))?;
    page.set_freeze_panes(1, 0)?;
    for (column, heading) in (0_u16..).zip(&sheet.headings) {
        page.write_string_with_format(0, column, heading, &looks.heading)?;
    }
    for (number, row) in (1_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            write_cell(page, number, column, cell, &looks)?;
        }
    }
    if let Some(last) = sheet
        .headings
        .len()
        .checked_sub(1)
        .and_then(|last| u16::try_from(last).ok())
    {
        page.autofilter(
            0,
            0,
            u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).max(1),
            last,
        )?;
    }
    page.autofit();
    workbook.save_to_buffer()
}

fn write_cell(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let look = if like_formula(text) || text.starts_with('\'') {
                &looks.guarded
            } else {
                &looks.text
            };
            page.write_string_with_format(row, column, text, look)?;
        }
        Cell::Number(number) if number.is_finite() => {
            page.write_number(row, column, *number)?;
        }
        Cell::Empty | Cell::Number(_) => {}
        Cell::Date(date) => match serial(date.and_hms_opt(0, 0, 0)) {
            Some(day) => page
                .write_datetime_with_format(row, column, day, &looks.date)
                .map(|_| ())?,
            None => page.write_string(row, column, italian_date(*date)).map(|_| ())?,
        },
        Cell::DateTime(at) => match serial(Some(*at)) {
            Some(time) => page
                .write_datetime_with_format(row, column, time, &looks.date_time)
                .map(|_| ())?,
            None => page
                .write_string(row, column, italian_date_time(*at))
                .map(|_| ())?,
        },
        Cell::Bool(value) => {
            page.write_boolean(row, column, *value)?;
        }
    }
    Ok(())
}

/// The moment as Excel counts it; it knows nothing before March 1900 without doubt, and nothing after 9999.
fn serial(at: Option<NaiveDateTime>) -> Option<ExcelDateTime> {
    let at = at?;
    if at.date() < NaiveDate::from_ymd_opt(1900, 3, 1)? {
        return None;
    }
    let date = ExcelDateTime::from_ymd(
        u16::try_from(at.year()).ok()?,
        u8::try_from(at.month()).ok()?,
        u8::try_from(at.day()).ok()?,
    );
    let seconds = at.second();
    date.ok()?
        .and_hms(
            u16::try_from(at.hour()).ok()?,
            u8::try_from(at.minute()).ok()?,
            seconds,
        )
        .ok()
}

/// A name that a sheet may have: 31 characters, none of `[]:*?/\`, no apostrophe at an end, not empty.
fn sheet_name(title: &str) -> String {
    let allowed = |c: char| {
        if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() {
            ' '
        } else {
            c
        }
    };
    // Excel counts UTF-16 units.
    let mut units = 0;
    let name: String = title
        .chars()
        .map(allowed)
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    let name = name.trim().trim_matches('\'').trim();
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        "Elenco".to_owned()
    } else {
        name.to_owned()
    }
}
