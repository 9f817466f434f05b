// SPDX-License-Identifier: EUPL-1.2
//! XLSX, through calamine's stream of cells: its dense ranges would let one far cell take all memory.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::{DurationRound, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::values::{iso_date_time, iso_time};
use super::{Cell, Format, ListError, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Note, Row, Rows, Table};

/// Reads the first visible sheet that has rows.
pub(super) fn read(bytes: &[u8]) -> Result<Table, ListError> {
    // The file comes from outside and the parser is not ours: should it panic on bytes that nobody foresaw, a person
    // gets a sentence and the desk goes on. The reader is dropped with whatever state it had.
    catch_unwind(AssertUnwindSafe(|| read_workbook(bytes)))
        .unwrap_or(Err(ListError::Damaged { part: "workbook" }))
}

fn read_workbook(bytes: &[u8]) -> Result<Table, ListError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error, "workbook"))?;
    let mut sheets: Vec<_> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .cloned()
        .collect();
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    // What a person does not see is read only when nothing else has rows.
    sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);

    for sheet in sheets {
        let rows = read_sheet(&mut workbook, &sheet.name)?;
        if !rows.is_empty() {
            let others: Vec<String> = names.into_iter().filter(|name| *name != sheet.name).collect();
            let notes = if others.is_empty() {
                Vec::new()
            } else {
                vec![Note::OtherSheets(others)]
            };
            return Ok(Table {
                source: Format::Xlsx,
                sheet: Some(sheet.name),
                rows,
                notes,
            });
        }
    }
    Err(ListError::Empty)
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, ListError> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| damaged(&error, "worksheet"))?;
    // By number: nothing obliges a file to give its rows in order.
    let mut sparse: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let mut cells: usize = 0;
    while let Some(found) = reader.next_cell().map_err(|error| damaged(&error, "worksheet"))? {
        let (row, column) = found.get_position();
        let cell = cell(found.get_value());
        if cell.is_blank() {
            continue;
        }
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(ListError::TooManyColumns { limit: MAX_COLUMNS });
        }
        let row = sparse.entry(row).or_default();
        if row.len() <= column {
            cells += column + 1 - row.len();
            row.resize(column + 1, Cell::Empty);
        }
        row[column] = cell;
        if cells > MAX_CELLS || sparse.len() > MAX_ROWS {
            return Err(ListError::TooManyRows { limit: MAX_ROWS });
        }
    }
    let mut rows = Rows::default();
    for (index, cells) in sparse {
        rows.push(index.saturating_add(1), cells)?;
    }
    Ok(rows.done)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        #[expect(
            clippy::cast_precision_loss,
            reason = "a spreadsheet has no other numbers than doubles"
        )]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::DateTime(serial) => from_serial(serial),
        DataRef::DateTimeIso(text) => iso_date_time(text).map_or_else(|| text_cell(text), date_cell),
        DataRef::DurationIso(text) => iso_time(text).map_or_else(|| text_cell(text), Cell::Text),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

pub(super) fn text_cell(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

/// A date, or a date and time when there is a time.
pub(super) fn date_cell(at: NaiveDateTime) -> Cell {
    if at.time() == NaiveTime::MIN {
        Cell::Date(at.date())
    } else {
        Cell::DateTime(at)
    }
}

/// A number that its format shows as a date or a time. The reader knows whether days count from 1900 or 1904.
fn from_serial(serial: &ExcelDateTime) -> Cell {
    let days = serial.as_f64();
    if serial.is_duration() || (0.0..1.0).contains(&days) {
        return clock(days).map_or(Cell::Number(days), Cell::Text);
    }
    // Halves of a millisecond come from binary fractions of a day, not from people.
    serial
        .as_datetime()
        .and_then(|at| at.duration_round(TimeDelta::seconds(1)).ok())
        .map_or(Cell::Number(days), |at| {
            date_cell(at.with_nanosecond(0).unwrap_or(at))
        })
}

/// A time of the day, or a length of time, as `HH:MM` or `HH:MM:SS`.
fn clock(days: f64) -> Option<String> {
    let seconds = (days * 86_400.0).round();
    if !(0.0..=360_000_000.0).contains(&seconds) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was just checked"
    )]
    let seconds = seconds as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if rest == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{rest:02}")
    })
}

fn damaged(error: &XlsxError, part: &'static str) -> ListError {
    match error {
        XlsxError::Password => ListError::Encrypted,
        _ => ListError::Damaged { part },
    }
}
