// SPDX-License-Identifier: EUPL-1.2
//! ODS (OpenDocument 1.2 part 1, chapter 9), read here in one pass within the limits: calamine's reader turns forever
//! on a truncated sheet and expands repeated cells without bound.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::values::{iso_date_time, iso_time};
use super::xlsx::{date_cell, text_cell};
use super::{Cell, Format, ListError, MAX_COLUMNS, MAX_ROWS, Note, Row, Rows, Table};

const DAMAGED: ListError = ListError::Damaged { part: "content.xml" };

struct Found {
    name: String,
    visible: bool,
    rows: Vec<Row>,
}

/// Reads the first visible sheet that has rows.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Table, ListError> {
    let content = archive.by_name("content.xml").map_err(|_| DAMAGED)?;
    let sheets = Content::new(BufReader::new(content)).sheets()?;
    let chosen = sheets
        .iter()
        .position(|sheet| sheet.visible && !sheet.rows.is_empty())
        .or_else(|| sheets.iter().position(|sheet| !sheet.rows.is_empty()))
        .ok_or(ListError::Empty)?;

    let mut others = Vec::new();
    let mut table = Table {
        source: Format::Ods,
        sheet: None,
        rows: Vec::new(),
        notes: Vec::new(),
    };
    for (index, sheet) in sheets.into_iter().enumerate() {
        if index == chosen {
            table.sheet = Some(sheet.name);
            table.rows = sheet.rows;
        } else {
            others.push(sheet.name);
        }
    }
    if !others.is_empty() {
        table.notes.push(Note::OtherSheets(others));
    }
    Ok(table)
}

struct Content<R> {
    xml: Reader<R>,
    buffer: Vec<u8>,
    hidden_styles: HashSet<String>,
}

impl<R: BufRead> Content<R> {
    fn new(reader: R) -> Self {
        let mut xml = Reader::from_reader(reader);
        // `<a/>` then comes as a start and an end: one case less everywhere below.
        xml.config_mut().expand_empty_elements = true;
        Self {
            xml,
            buffer: Vec::new(),
            hidden_styles: HashSet::new(),
        }
    }

    fn next(&mut self) -> Result<Event<'static>, ListError> {
        self.buffer.clear();
        match self.xml.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) | Err(_) => Err(DAMAGED),
            Ok(event) => Ok(event.into_owned()),
        }
    }

    fn sheets(mut self) -> Result<Vec<Found>, ListError> {
        let mut sheets: Vec<Found> = Vec::new();
        let mut style = None;
        // Only one sheet is kept: the others are walked through for their names.
        let mut have_rows = false;
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "style:style" => style = attribute(&element, "style:name"),
                    "style:table-properties" => {
                        if attribute(&element, "table:display").as_deref() == Some("false")
                            && let Some(style) = style.take()
                        {
                            self.hidden_styles.insert(style);
                        }
                    }
                    "table:table" => {
                        let name = attribute(&element, "table:name").unwrap_or_default();
                        let visible = attribute(&element, "table:style-name")
                            .is_none_or(|style| !self.hidden_styles.contains(&style));
                        let rows = if have_rows {
                            self.skip("table:table")?;
                            Vec::new()
                        } else {
                            self.rows()?
                        };
                        have_rows |= visible && !rows.is_empty();
                        sheets.push(Found { name, visible, rows });
                    }
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == "office:spreadsheet" => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// Goes past the end of the element that was just opened.
    fn skip(&mut self, name: &str) -> Result<(), ListError> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Event::Start(element) if element.name().as_ref() == name => depth += 1,
                Event::End(element) if element.name().as_ref() == name => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn rows(&mut self) -> Result<Vec<Row>, ListError> {
        let mut rows = Rows::default();
        let mut number: u32 = 0;
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "table:table-row" => {
                        let repeated = count(&element, "table:number-rows-repeated");
                        let cells = self.cells()?;
                        if cells.is_empty() {
                            number = number.saturating_add(repeated);
                            continue;
                        }
                        if repeated as usize > MAX_ROWS {
                            return Err(ListError::TooManyRows { limit: MAX_ROWS });
                        }
                        for _ in 0..repeated {
                            number = number.saturating_add(1);
                            rows.push(number, cells.clone())?;
                        }
                    }
                    // A drawing or a table of changes may hold paragraphs and tables that are no cells.
                    "table:shapes" => self.skip("table:shapes")?,
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == "table:table" => return Ok(rows.done),
                _ => {}
            }
        }
    }

    /// The cells of a row up to the last filled one.
    fn cells(&mut self) -> Result<Vec<Cell>, ListError> {
        let mut cells = Vec::new();
        // Blank cells wait here: rows end with thousands of them.
        let mut blanks: usize = 0;
        loop {
            match self.next()? {
                Event::Start(element)
                    if matches!(
                        element.name().as_ref(),
                        "table:table-cell" | "table:covered-table-cell"
                    ) =>
                {
                    let repeated = count(&element, "table:number-columns-repeated") as usize;
                    let cell = self.cell(&element)?;
                    if cell.is_blank() {
                        blanks = blanks.saturating_add(repeated);
                        continue;
                    }
                    if cells.len().saturating_add(blanks).saturating_add(repeated) > MAX_COLUMNS {
                        return Err(ListError::TooManyColumns { limit: MAX_COLUMNS });
                    }
                    cells.resize(cells.len() + blanks, Cell::Empty);
                    cells.resize(cells.len() + repeated, cell);
                    blanks = 0;
                }
                Event::End(element) if element.name().as_ref() == "table:table-row" => return Ok(cells),
                _ => {}
            }
        }
    }

    /// One cell, past its end. Its value stands in attributes, but for text, which may stand in paragraphs.
    fn cell(&mut self, element: &BytesStart<'_>) -> Result<Cell, ListError> {
        let name = element.name().as_ref().to_owned();
        let get = |key: &str| attribute(element, key);
        let kind = get("office:value-type");
        let text = self.text(&name)?;
        let value = match kind.as_deref() {
            Some("float" | "currency" | "percentage") => get("office:value")
                .and_then(|value| value.parse().ok())
                .map(Cell::Number),
            Some("date") => get("office:date-value")
                .and_then(|value| iso_date_time(&value))
                .map(date_cell),
            Some("time") => get("office:time-value")
                .and_then(|value| iso_time(&value))
                .map(Cell::Text),
            Some("boolean") => get("office:boolean-value").map(|value| Cell::Bool(value == "true")),
            Some("string") => get("office:string-value")
                .filter(|value| !value.is_empty())
                .map(Cell::Text),
            _ => None,
        };
        // What has a value that we cannot read is still shown as it was seen.
        Ok(value.unwrap_or_else(|| text_cell(&text)))
    }

    /// The text inside a cell, up to and past the cell's end. White space as in OpenDocument 1.2 part 1, 6.1.2.
    fn text(&mut self, cell: &str) -> Result<String, ListError> {
        let mut text = String::new();
        let mut paragraphs = 0_u32;
        let mut in_paragraph = 0_u32;
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "text:p" | "text:h" => {
                        if paragraphs > 0 && in_paragraph == 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        in_paragraph += 1;
                    }
                    "text:s" => {
                        let spaces = count(&element, "text:c").min(1000);
                        text.extend((0..spaces).map(|_| ' '));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    // A comment on the cell, a drawing or a table in it are not its value.
                    other @ ("office:annotation" | "draw:frame" | "table:table") => {
                        let other = other.to_owned();
                        self.skip(&other)?;
                    }
                    _ => {}
                },
                Event::End(element) => match element.name().as_ref() {
                    "text:p" | "text:h" => in_paragraph = in_paragraph.saturating_sub(1),
                    name if name == cell => return Ok(text),
                    _ => {}
                },
                Event::Text(part) if in_paragraph > 0 => {
                    for character in part.xml10_content().chars() {
                        let blank = matches!(character, ' ' | '\t' | '\n' | '\r');
                        if !blank {
                            text.push(character);
                        } else if !text.is_empty() && !text.ends_with([' ', '\n', '\t']) {
                            text.push(' ');
                        }
                    }
                }
                Event::GeneralRef(entity) if in_paragraph > 0 => {
                    if let Ok(Some(character)) = entity.resolve_char_ref() {
                        text.push(character);
                    } else if let Some(known) = quick_xml::escape::resolve_xml_entity(entity.as_ref()) {
                        text.push_str(known);
                    }
                }
                Event::CData(part) if in_paragraph > 0 => text.push_str(part.as_ref()),
                _ => {}
            }
        }
    }
}

/// An attribute's value, if it is there and can be read.
fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == key)?;
    quick_xml::escape::unescape(found.value.as_ref())
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// How often something is repeated: once, when nothing else is said.
fn count(element: &BytesStart<'_>, key: &str) -> u32 {
    attribute(element, key)
        .and_then(|value| value.parse().ok())
        .unwrap_or(1)
}
