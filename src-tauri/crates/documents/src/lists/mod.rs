// SPDX-License-Identifier: EUPL-1.2
//! Lists as other offices send them, and tables as people want them back.
//!
//! [`read`] looks at the content, never only at the name, and gives a [`Table`] of plain cells, or one [`ListError`]
//! that says what to do. It interprets nothing: what a column means, and what a value says, is the import's business, in
//! `domain`.

mod archive;
mod delimited;
mod detect;
mod error;
mod ods;
mod values;
mod write;
mod xlsx;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

pub use error::{Kind, ListError, WriteError};
pub use write::{Sheet, write_csv, write_xlsx};

/// The largest file that [`read`] takes, in bytes.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;
/// The largest number of rows with something in them.
pub const MAX_ROWS: usize = 200_000;
/// The largest number of columns.
pub const MAX_COLUMNS: usize = 512;
/// The largest number of cells up to the last filled one of each row: a guard for memory.
pub const MAX_CELLS: usize = 8_000_000;
/// The largest size that an archive's parts may have together once inflated, in bytes: a guard against zip bombs.
pub const MAX_INFLATED: u64 = 400 * 1024 * 1024;

/// What a list was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Office Open XML workbook (`.xlsx`, `.xlsm`).
    Xlsx,
    /// OpenDocument spreadsheet (`.ods`).
    Ods,
    /// Text with separators (`.csv`, `.txt`).
    Csv,
}

/// One cell, without its looks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as it was written. Everything in a CSV file is text; so are times of the day (`HH:MM`) in a workbook.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// A date of a workbook.
    Date(NaiveDate),
    /// A date with a time of a workbook.
    DateTime(NaiveDateTime),
    /// A truth value of a workbook.
    Bool(bool),
}

impl Cell {
    /// Whether nothing can be read in it: empty, or only blanks.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }
}

/// One row that has something in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The number that a person finds it by: as the spreadsheet shows it, or for text the line where it starts. From 1.
    pub number: u32,
    /// Its cells from the first column; the empty ones after the last filled one are left out.
    pub cells: Vec<Cell>,
}

/// Something that a person should know about how a list was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Note {
    /// Other sheets of the workbook, with rows or not, that were not read.
    OtherSheets(Vec<String>),
    /// The text was not UTF-8 and was read with this encoding.
    Encoding(String),
    /// So many characters of the text could not be read; each stands as `U+FFFD`.
    UnreadableCharacters(usize),
}

/// A list as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it was written as.
    pub source: Format,
    /// The sheet that was read, for a workbook: the first visible one with rows.
    pub sheet: Option<String>,
    /// The rows that have something in them, in order.
    pub rows: Vec<Row>,
    /// What a person should know about the reading.
    pub notes: Vec<Note>,
}

/// A text, whatever it was encoded in: with a byte order mark what that says, else UTF-8, else Windows-1252.
pub fn text(bytes: &[u8]) -> String {
    delimited::decode(bytes, &mut Vec::new()).into_owned()
}

/// Reads a list. `file_name` only helps to explain what is wrong; the content decides what the file is.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Table, ListError> {
    if bytes.len() > MAX_BYTES {
        return Err(ListError::TooBig {
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let table = match detect::content(bytes, file_name)? {
        detect::Content::Archive => archive::read(bytes)?,
        detect::Content::Text => delimited::read(bytes)?,
    };
    if table.rows.is_empty() {
        return Err(ListError::Empty);
    }
    Ok(table)
}

/// Rows under construction, within the limits.
#[derive(Debug, Default)]
struct Rows {
    done: Vec<Row>,
    cells: usize,
}

impl Rows {
    /// Adds a row unless there is nothing in it.
    fn push(&mut self, number: u32, mut cells: Vec<Cell>) -> Result<(), ListError> {
        let filled = cells
            .iter()
            .rposition(|cell| !cell.is_blank())
            .map_or(0, |last| last + 1);
        if filled == 0 {
            return Ok(());
        }
        cells.truncate(filled);
        if cells.len() > MAX_COLUMNS {
            return Err(ListError::TooManyColumns { limit: MAX_COLUMNS });
        }
        self.cells += cells.len();
        if self.done.len() >= MAX_ROWS || self.cells > MAX_CELLS {
            return Err(ListError::TooManyRows { limit: MAX_ROWS });
        }
        self.done.push(Row { number, cells });
        Ok(())
    }
}
