// SPDX-License-Identifier: EUPL-1.2
//! Workbooks are ZIP archives: each is weighed whole before anything in it is believed.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Kind, ListError, MAX_INFLATED, Table, ods, xlsx};

/// The bytes of an archive.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A workbook of a thousand parts is already a strange one.
const MAX_PARTS: usize = 10_000;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Table, ListError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let kind = weigh(&mut archive)?;
    match kind {
        Workbook::Xlsx => xlsx::read(bytes),
        Workbook::Ods => ods::read(&mut archive),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Workbook {
    Xlsx,
    Ods,
}

/// Inflates every part once, counting: the sizes that an archive declares are not to be trusted, and a wrong checksum
/// is found here. Tells what the workbook is.
fn weigh(archive: &mut Archive<'_>) -> Result<Workbook, ListError> {
    if archive.len() > MAX_PARTS {
        return Err(ListError::Damaged {
            part: "number of parts",
        });
    }
    let mut kind = None;
    let mut other = Kind::Archive;
    let mut total: u64 = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| damaged(&error))?;
        if part.encrypted() {
            return Err(ListError::Encrypted);
        }
        let name = part.name().map_err(|error| damaged(&error))?.to_ascii_lowercase();
        match name.as_str() {
            "xl/workbook.xml" => kind = Some(Workbook::Xlsx),
            "xl/workbook.bin" => other = Kind::BinaryExcel,
            "word/document.xml" => other = Kind::TextDocument,
            _ => {}
        }
        let head = head(&mut part)?;
        if name == "mimetype" {
            match head.trim_ascii() {
                b"application/vnd.oasis.opendocument.spreadsheet"
                | b"application/vnd.oasis.opendocument.spreadsheet-template" => kind = Some(Workbook::Ods),
                mime if mime.starts_with(b"application/vnd.oasis.opendocument.text") => {
                    other = Kind::TextDocument;
                }
                _ => {}
            }
        }
        let room = MAX_INFLATED.saturating_sub(total);
        let rest =
            io::copy(&mut part.by_ref().take(room + 1), &mut io::sink()).map_err(|_| ListError::Damaged {
                part: "compressed data",
            })?;
        let size = rest + head.len() as u64;
        total += size;
        if total > MAX_INFLATED {
            return Err(ListError::Inflates { limit: MAX_INFLATED });
        }
        if name == "meta-inf/manifest.xml" && contains(&head, b"encryption-data") {
            return Err(ListError::Encrypted);
        }
        if name.ends_with("sharedstrings.xml") && !honest_count(&head, size) {
            return Err(ListError::Damaged {
                part: "count of texts",
            });
        }
    }
    kind.ok_or(ListError::NotAList(other))
}

/// The first bytes of a part: enough for a type, a manifest, a count.
fn head(part: &mut impl Read) -> Result<Vec<u8>, ListError> {
    let mut head = Vec::new();
    part.take(64 * 1024)
        .read_to_end(&mut head)
        .map_err(|_| ListError::Damaged {
            part: "compressed data",
        })?;
    Ok(head)
}

/// The reader of XLSX reserves memory for as many texts as the file declares: the declared number must be possible.
fn honest_count(head: &[u8], size: u64) -> bool {
    let head = String::from_utf8_lossy(head);
    let Some((_, rest)) = head.split_once("uniqueCount=") else {
        return true;
    };
    let digits: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.is_empty() || digits.parse::<u64>().is_ok_and(|count| count <= size)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn damaged(error: &ZipError) -> ListError {
    match error {
        ZipError::UnsupportedArchive(reason) if reason.contains("assword") => ListError::Encrypted,
        ZipError::UnsupportedArchive(_) => ListError::Damaged {
            part: "compression method",
        },
        _ => ListError::Damaged { part: "archive" },
    }
}
