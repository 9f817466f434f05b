// SPDX-License-Identifier: EUPL-1.2
//! Text with separators, as spreadsheets and management programs save it.
//!
//! The records are split here rather than by the csv crate (which writes ours, and which the tests compare with): a
//! stray quotation mark must spoil no other row than its own, and each row must be found by the line a person sees.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::write::unguarded;
use super::{Cell, Format, Kind, ListError, Note, Rows, Table};

/// In the order in which they win when nothing else decides: Italian spreadsheets save `;`.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// A spreadsheet's cell takes 32,767 characters of at most four bytes: what is longer is no quoted field.
const LONGEST_FIELD: usize = 32_767 * 4;
/// Nor is one of so many lines: the quotation mark is a stray one.
const MOST_LINES: u32 = 200;
/// How many records decide the delimiter.
const SAMPLE: usize = 200;

/// Reads text with separators.
pub(super) fn read(bytes: &[u8]) -> Result<Table, ListError> {
    let mut notes = Vec::new();
    let text = decode(bytes, &mut notes);
    if text.contains('\0') {
        return Err(ListError::NotAList(Kind::Unknown));
    }
    let (named, start) = named_delimiter(&text);
    let delimiter = named.unwrap_or_else(|| delimiter(&text));
    let mut records = Records::new(&text, delimiter);
    if let Some(start) = start {
        records.position = start;
        records.line = 2;
    }
    let mut rows = Rows::default();
    while let Some(record) = records.next_record() {
        let cells = record.fields.into_iter().map(cell).collect();
        rows.push(record.line, cells)?;
    }
    Ok(Table {
        source: Format::Csv,
        sheet: None,
        rows: rows.done,
        notes,
    })
}

fn cell(field: Cow<'_, str>) -> Cell {
    if field.is_empty() {
        return Cell::Empty;
    }
    match unguarded(&field) {
        Some(plain) => Cell::Text(plain.to_owned()),
        None => Cell::Text(field.into_owned()),
    }
}

/// The text, whatever it was encoded in, without its byte order mark.
pub(super) fn decode<'a>(bytes: &'a [u8], notes: &mut Vec<Note>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if errors {
            notes.push(Note::UnreadableCharacters(text.matches('\u{fffd}').count()));
        }
        if encoding == UTF_16LE || encoding == UTF_16BE {
            notes.push(Note::Encoding(encoding.name().to_owned()));
        }
        return text;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // A UTF-8 file with a spoiled byte is still UTF-8: read as Windows-1252 every accent of it would be wrong.
    let (text, _) = UTF_8.decode_without_bom_handling(bytes);
    let spoiled = text.matches('\u{fffd}').count();
    let sound = text
        .chars()
        .filter(|character| !character.is_ascii() && *character != '\u{fffd}')
        .count();
    if sound >= 10 * spoiled {
        notes.push(Note::UnreadableCharacters(spoiled));
        return text;
    }
    notes.push(Note::Encoding(WINDOWS_1252.name().to_owned()));
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    text
}

/// The delimiter that a first line `sep=;` names (Excel's habit), and where the list then begins.
fn named_delimiter(text: &str) -> (Option<u8>, Option<usize>) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let named = line.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some(&[delimiter]) if DELIMITERS.contains(&delimiter) => {
            let rest = &text[line.len()..];
            let end = if rest.starts_with("\r\n") {
                2
            } else {
                usize::from(!rest.is_empty())
            };
            (Some(delimiter), Some(line.len() + end))
        }
        _ => (None, None),
    }
}

/// The delimiter that splits the text most like a list.
fn delimiter(text: &str) -> u8 {
    let mut best = (0.0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let mut records = Records::new(text, delimiter);
        let mut shapes: Vec<Shape> = Vec::with_capacity(SAMPLE);
        while shapes.len() < SAMPLE
            && let Some(record) = records.next_record()
        {
            shapes.push(Shape::of(&record.fields));
        }
        let score = score(&shapes);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

#[derive(Debug, Clone, Copy)]
struct Shape {
    fields: usize,
    /// Headings are words: none is missing, none begins with a digit.
    like_headings: bool,
    /// In prose a comma has a blank after it.
    like_prose: bool,
}

impl Shape {
    fn of(fields: &[Cow<'_, str>]) -> Self {
        let first = |field: &str| field.chars().find(|c| !c.is_whitespace() && *c != '"');
        Self {
            fields: fields.len(),
            like_headings: fields
                .iter()
                .all(|field| first(field).is_some_and(|c| !c.is_ascii_digit())),
            like_prose: fields.iter().skip(1).any(|field| field.starts_with(' ')),
        }
    }
}

/// How much like a list: first of all whether the first record that is split at all looks like headings (a decimal
/// comma or a comma in an address splits only what stands under them), then how many records have no more fields
/// than the headings, then how many fields these have.
fn score(shapes: &[Shape]) -> f64 {
    let Some(first) = shapes.iter().find(|shape| shape.fields > 1) else {
        return 0.0;
    };
    // Programs like to end each row, but not the headings, with one delimiter more.
    let alike = shapes
        .iter()
        .filter(|shape| (2..=first.fields + 1).contains(&shape.fields))
        .count();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a sample has a few hundred records of far fewer than 2^52 fields"
    )]
    let (share, weight) = (alike as f64 / shapes.len() as f64, (first.fields as f64).ln());
    let headings = if first.like_headings { 10.0 } else { 0.0 };
    headings + share * weight * if first.like_prose { 0.5 } else { 1.0 }
}

struct Record<'a> {
    line: u32,
    fields: Vec<Cow<'a, str>>,
}

/// The records of a text: quoted fields hold delimiters, line ends and doubled quotation marks (RFC 4180).
struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    position: usize,
    line: u32,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        Self {
            text,
            delimiter,
            position: 0,
            line: 1,
        }
    }

    fn at(&self, position: usize) -> Option<u8> {
        self.text.as_bytes().get(position).copied()
    }

    fn next_record(&mut self) -> Option<Record<'a>> {
        while self.line_end() {}
        self.at(self.position)?;
        let line = self.line;
        let mut fields = Vec::new();
        loop {
            let field = self.quoted().unwrap_or_else(|| self.plain());
            fields.push(field);
            if self.at(self.position) == Some(self.delimiter) {
                self.position += 1;
            } else {
                self.line_end();
                return Some(Record { line, fields });
            }
        }
    }

    /// Goes past a line end, if there is one here.
    fn line_end(&mut self) -> bool {
        let length = match (self.at(self.position), self.at(self.position + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return false,
        };
        self.position += length;
        self.line += 1;
        true
    }

    /// A field up to the next delimiter or line end.
    fn plain(&mut self) -> Cow<'a, str> {
        let start = self.position;
        let bytes = &self.text.as_bytes()[start..];
        let length = bytes
            .iter()
            .position(|byte| *byte == self.delimiter || matches!(byte, b'\r' | b'\n'))
            .unwrap_or(bytes.len());
        self.position = start + length;
        Cow::Borrowed(&self.text[start..self.position])
    }

    /// A field in quotation marks, if one stands here and ends where a field may end; otherwise nothing is consumed.
    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        if self.at(self.position) != Some(b'"') {
            return None;
        }
        let start = self.position + 1;
        let limit = self.text.len().min(start + LONGEST_FIELD);
        let mut position = start;
        let mut lines = 0;
        let mut doubled = false;
        let end = loop {
            if position >= limit {
                return None;
            }
            match self.at(position) {
                Some(b'"') if self.at(position + 1) == Some(b'"') => {
                    doubled = true;
                    position += 2;
                }
                Some(b'"') => break position,
                Some(b'\r') if self.at(position + 1) == Some(b'\n') => {
                    lines += 1;
                    position += 2;
                }
                Some(byte) => {
                    lines += u32::from(matches!(byte, b'\r' | b'\n'));
                    position += 1;
                }
                None => return None,
            }
            if lines > MOST_LINES {
                return None;
            }
        };
        let mut after = end + 1;
        while self.at(after) == Some(b' ') {
            after += 1;
        }
        match self.at(after) {
            None | Some(b'\r' | b'\n') => {}
            Some(byte) if byte == self.delimiter => {}
            Some(_) => return None,
        }
        self.position = after;
        self.line += lines;
        let inside = &self.text[start..end];
        Some(if doubled {
            Cow::Owned(inside.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(inside)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn records(text: &str, delimiter: u8) -> Vec<(u32, Vec<String>)> {
        let mut records = Records::new(text, delimiter);
        std::iter::from_fn(|| records.next_record())
            .map(|record| {
                (
                    record.line,
                    record.fields.into_iter().map(Cow::into_owned).collect(),
                )
            })
            .collect()
    }

    fn texts(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    #[test]
    fn a_stray_quotation_mark_spoils_only_its_own_field() {
        let text = "a;b;c\n1;\"Bar Sport;2\n3;\"Bar \"\"Luce\"\"\";4\n5;6\" nails;7\n";
        assert_eq!(
            records(text, b';'),
            [
                (1, texts(&["a", "b", "c"])),
                (2, texts(&["1", "\"Bar Sport", "2"])),
                (3, texts(&["3", "Bar \"Luce\"", "4"])),
                (4, texts(&["5", "6\" nails", "7"])),
            ]
        );
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let text = "\r\na;b\r\n\n\"x\r\ny\nz\";2\r\rlast;";
        assert_eq!(
            records(text, b';'),
            [
                (2, texts(&["a", "b"])),
                (4, texts(&["x\r\ny\nz", "2"])),
                (8, texts(&["last", ""]))
            ]
        );
    }

    #[test]
    fn a_mark_never_closed_leaves_the_following_rows() {
        let mut text = "n;note\n1;\"open\n".to_owned();
        for number in 2..5_000 {
            let _ = writeln!(text, "{number};x");
        }
        assert_eq!(records(&text, b';').len(), 5_000);
    }

    #[test]
    fn the_delimiter_is_found_among_decimal_commas_and_addresses() {
        for (expected, text) in [
            (b';', "Cognome;Importo\nRossi;150,00\nBianchi;80,50\n"),
            (
                b';',
                "Nome;Indirizzo;Importo\nA;Via Roma, 5, Firenze;1,5\nB;Via Po, 1, Firenze;2,5\n",
            ),
            (b',', "Cognome,Importo\nRossi,150.00\n\"De; Luca\",80.50\n"),
            (b',', "a,b,c\n\"1;2\",\"3;4\",\"5;6\"\n\"1;2\",\"3;4\",\"5;6\"\n"),
            (b'\t', "Cognome\tImporto\nRossi, Anna\t150,00\n"),
            (b'|', "Cognome|Importo\nRossi|150,00\n"),
            (
                b';',
                "Elenco beneficiari, anno 2021\n\nCognome;Nome;Importo\nRossi;Anna;150,00\nBo;Lia;80,00\n",
            ),
            (
                b';',
                "Motivo;Cognome;Note\nx;Bo;uno, due, tre, quattro, cinque, sei, sette, otto, nove, dieci, undici\n",
            ),
            (b',', "Cognome, Nome, Importo\nRossi, Anna, 150.00\n"),
            (b';', "1;2,5;3\n4;5,5;6\n"),
            (b';', "a;b;c\n1;2\n1,5\n2,5;3;4;5\n1,5;2\n"),
            (b';', "Cognome\nRossi\n"),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }

    proptest! {
        /// On well-formed text this reader and the csv crate agree.
        #[test]
        fn agrees_with_the_csv_crate(
            table in prop::collection::vec(prop::collection::vec("[a-z;,\"\r\n è€']{0,8}", 2..5), 1..8),
            crlf in any::<bool>(),
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true)
                .quote_style(csv::QuoteStyle::Always)
                .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
                .from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<Vec<String>> = records(&text, b';').into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(&read, &table);
        }
    }
}
