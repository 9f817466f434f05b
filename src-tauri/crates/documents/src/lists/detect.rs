// SPDX-License-Identifier: EUPL-1.2
//! What a file is, by its first bytes.

use super::{Kind, ListError};

/// What we can read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A ZIP archive: perhaps a workbook.
    Archive,
    /// Text: perhaps with separators.
    Text,
}

const MAGIC: &[(&[u8], Kind)] = &[
    (b"\x89PNG\r\n\x1a\n", Kind::Image),
    (b"\xff\xd8\xff", Kind::Image),
    (b"GIF8", Kind::Image),
    (b"BM", Kind::Image),
    (b"II*\0", Kind::Image),
    (b"MM\0*", Kind::Image),
    (b"7z\xbc\xaf\x27\x1c", Kind::Archive),
    (b"Rar!\x1a\x07", Kind::Archive),
    (b"\x1f\x8b", Kind::Archive),
    (b"BZh", Kind::Archive),
    (b"\xfd7zXZ\0", Kind::Archive),
    (b"\x28\xb5\x2f\xfd", Kind::Archive),
    (b"{\\rtf", Kind::TextDocument),
];

/// The first bytes of an OLE compound file: old Office formats, and new ones under a password (\[MS-CFB\] 2.2).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Tells what the file is, or why it is nothing we read.
pub(super) fn content(bytes: &[u8], file_name: &str) -> Result<Content, ListError> {
    if bytes.is_empty() {
        return Err(ListError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Content::Archive);
    }
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    }
    // A PDF may have a few bytes before its header (ISO 32000-1, annex H, note 13).
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return Err(ListError::NotAList(Kind::Pdf));
    }
    let picture_in_container = (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
        || bytes
            .get(4..12)
            .is_some_and(|kind| kind.starts_with(b"ftyp") && kind != b"ftypqt  ");
    if picture_in_container {
        return Err(ListError::NotAList(Kind::Image));
    }
    for (magic, kind) in MAGIC {
        // Two letters alone may begin a list: a bitmap also has binary bytes near.
        if bytes.starts_with(magic) && (*magic != b"BM" || bytes[..bytes.len().min(64)].contains(&0)) {
            return Err(ListError::NotAList(*kind));
        }
    }
    if is_binary(bytes) {
        let name = file_name.to_ascii_lowercase();
        let was_workbook = [".xlsx", ".xlsm", ".ods"]
            .iter()
            .any(|ending| name.ends_with(ending));
        return Err(if was_workbook {
            ListError::Damaged {
                part: "beginning of the file",
            }
        } else {
            ListError::NotAList(Kind::Unknown)
        });
    }
    if let Some(kind) = markup(bytes) {
        return Err(ListError::NotAList(kind));
    }
    Ok(Content::Text)
}

/// What an OLE compound file holds. The names of its streams stand in it in UTF-16 (\[MS-CFB\] 2.6.1).
fn compound(bytes: &[u8]) -> ListError {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide)
    };
    if has("EncryptedPackage") {
        ListError::Encrypted
    } else if has("WordDocument") {
        ListError::NotAList(Kind::OldWord)
    } else if has("Workbook") || has("Book") {
        ListError::NotAList(Kind::OldExcel)
    } else {
        ListError::NotAList(Kind::Unknown)
    }
}

/// Whether there are bytes that no text has. UTF-16 with a mark at its beginning is text.
fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a);
    bytes.contains(&0) || bytes.iter().take(4096).filter(control).count() > 8
}

/// Whether the text is a web page or other markup.
fn markup(bytes: &[u8]) -> Option<Kind> {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let head = text[..text.len().min(1024)].to_ascii_lowercase();
    if !head.starts_with(b"<") {
        return None;
    }
    let is_page = [&b"<html"[..], b"<!doctype html", b"<table", b"<meta", b"<body"]
        .iter()
        .any(|tag| find(&head, tag));
    if is_page {
        Some(Kind::WebPage)
    } else if head.starts_with(b"<?xml") {
        Some(Kind::Xml)
    } else {
        None
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
