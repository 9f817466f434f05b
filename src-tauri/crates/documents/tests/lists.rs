// SPDX-License-Identifier: EUPL-1.2
//! Lists as they come: each encoding, delimiter and format gives the same cells; what is no list gets a sentence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Workbook};
use sportello_documents::lists::{
    Cell, Format, Kind, ListError, MAX_BYTES, MAX_ROWS, Note, Row, Sheet, read, write_csv, write_xlsx,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A list in a delimiter; `;` in the text stands for it.
const GOLDEN: &str = "Cognome;Nome;Indirizzo;Importo;Note\r\n\
    D'Orazio;Niccolò;\"Via Roma, 5; scala B\";1.250,00 €;\r\n\
    \r\n\
    Rossi;Anna;\"Via Po 1\r\ninterno 3\";80,5;\"detta \"\"Nina\"\"\"\r\n\
    È;Zoë;;300;x\r\n";

fn golden(delimiter: char) -> (String, Vec<Row>) {
    let quoted = |field: &str| {
        if field.contains([',', ';', '\t']) {
            format!("\"{field}\"")
        } else {
            field.to_owned()
        }
    };
    let rows = [
        (1, vec!["Cognome", "Nome", "Indirizzo", "Importo", "Note"]),
        (
            2,
            vec!["D'Orazio", "Niccolò", "Via Roma, 5; scala B", "1.250,00 €"],
        ),
        (
            4,
            vec!["Rossi", "Anna", "Via Po 1\r\ninterno 3", "80,5", "detta \"Nina\""],
        ),
        (6, vec!["È", "Zoë", "", "300", "x"]),
    ];
    let source = if delimiter == ';' {
        GOLDEN.to_owned()
    } else {
        let mut out = String::new();
        let mut line = 1;
        for (number, fields) in &rows {
            while line < *number {
                out.push_str("\r\n");
                line += 1;
            }
            let fields: Vec<String> = fields
                .iter()
                .map(|field| {
                    if field.contains(['"', '\r']) {
                        format!("\"{}\"", field.replace('"', "\"\""))
                    } else {
                        quoted(field)
                    }
                })
                .collect();
            out.push_str(&fields.join(&delimiter.to_string()));
            out.push_str("\r\n");
            line += 1 + u32::try_from(fields.concat().matches("\r\n").count()).unwrap();
        }
        out
    };
    let expected = rows
        .into_iter()
        .map(|(number, fields)| Row {
            number,
            cells: fields
                .into_iter()
                .map(|field| {
                    if field.is_empty() {
                        Cell::Empty
                    } else {
                        text(field)
                    }
                })
                .collect(),
        })
        .collect();
    (source, expected)
}

#[test]
fn each_encoding_and_delimiter_gives_the_same_rows() {
    for delimiter in [';', ',', '\t', '|'] {
        let (source, expected) = golden(delimiter);
        let (ansi, _, lossy) = WINDOWS_1252.encode(&source);
        assert!(!lossy);
        let utf16 = |unit: fn(u16) -> [u8; 2], mark: &[u8]| {
            mark.iter()
                .copied()
                .chain(source.encode_utf16().flat_map(unit))
                .collect::<Vec<u8>>()
        };
        let encodings: [(&str, Vec<u8>, Option<&str>); 5] = [
            ("utf-8", source.clone().into_bytes(), None),
            (
                "utf-8 with mark",
                [b"\xef\xbb\xbf", source.as_bytes()].concat(),
                None,
            ),
            ("windows-1252", ansi.into_owned(), Some("windows-1252")),
            ("utf-16le", utf16(u16::to_le_bytes, b"\xff\xfe"), Some("UTF-16LE")),
            ("utf-16be", utf16(u16::to_be_bytes, b"\xfe\xff"), Some("UTF-16BE")),
        ];
        for (name, bytes, encoding) in encodings {
            let table = read(&bytes, "elenco.csv").unwrap();
            assert_eq!(table.rows, expected, "{name} {delimiter:?}");
            assert_eq!((table.source, &table.sheet), (Format::Csv, &None));
            let notes: Vec<Note> = encoding
                .map(|name| Note::Encoding(name.to_owned()))
                .into_iter()
                .collect();
            assert_eq!(table.notes, notes, "{name}");
        }
        // The same with line feeds alone, and without a last line end.
        let unix = source.trim_end().replace("\r\n", "\n");
        let expected: Vec<Row> = expected
            .into_iter()
            .map(|mut row| {
                for cell in &mut row.cells {
                    if let Cell::Text(text) = cell {
                        *text = text.replace("\r\n", "\n");
                    }
                }
                row
            })
            .collect();
        assert_eq!(read(unix.as_bytes(), "elenco.txt").unwrap().rows, expected);
    }
}

#[test]
fn one_spoiled_byte_does_not_spoil_the_accents_of_the_others() {
    let mut bytes = "Nome;Città\n".repeat(20).into_bytes();
    bytes.extend(b"Nicol\xf2;Prato\n");
    let table = read(&bytes, "elenco.csv").unwrap();
    assert_eq!(table.rows[0].cells[1], text("Città"));
    assert_eq!(table.rows[20].cells[0], text("Nicol\u{fffd}"));
    assert_eq!(table.notes, [Note::UnreadableCharacters(1)]);
}

#[test]
fn a_named_delimiter_is_believed() {
    let table = read(b"sep=,\r\na,b;c\r\n1,2;3\r\n", "x.csv").unwrap();
    assert_eq!(
        table.rows[0],
        Row {
            number: 2,
            cells: vec![text("a"), text("b;c")]
        }
    );
    assert_eq!(table.rows[1].number, 3);
}

fn workbook(build: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    build(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_keeps_its_kinds_and_row_numbers() {
    let bytes = workbook(|workbook| {
        workbook.add_worksheet().set_name("Vuoto").unwrap();
        let hidden = workbook.add_worksheet();
        hidden.set_name("Nascosto").unwrap().set_hidden(true);
        hidden.write_string(0, 0, "segreto").unwrap();
        let sheet = workbook.add_worksheet();
        sheet.set_name("Elenco").unwrap();
        let day = Look::new().set_num_format("dd/mm/yyyy");
        let moment = Look::new().set_num_format("dd/mm/yyyy hh:mm");
        let clock = Look::new().set_num_format("hh:mm");
        let text_format = Look::new().set_num_format("@");
        sheet.write_string(2, 0, "Cognome").unwrap();
        sheet.write_string(4, 1, "Rossi").unwrap();
        sheet
            .write_string_with_format(4, 2, "0551234", &text_format)
            .unwrap();
        sheet.write_number(4, 3, 1250.5).unwrap();
        sheet
            .write_datetime_with_format(4, 4, ExcelDateTime::from_ymd(2021, 1, 2).unwrap(), &day)
            .unwrap();
        let at = ExcelDateTime::from_ymd(2021, 1, 2)
            .unwrap()
            .and_hms(10, 20, 0)
            .unwrap();
        sheet.write_datetime_with_format(4, 5, at, &moment).unwrap();
        sheet
            .write_datetime_with_format(4, 6, ExcelDateTime::from_hms(10, 20, 0).unwrap(), &clock)
            .unwrap();
        sheet.write_boolean(4, 7, true).unwrap();
        sheet
            .write_formula(4, 8, rust_xlsxwriter::Formula::new("=1+1").set_result("2"))
            .unwrap();
        sheet.write_string(5, 0, "   ").unwrap();
        workbook
            .add_worksheet()
            .set_name("Legenda")
            .unwrap()
            .write_string(0, 0, "nota")
            .unwrap();
    });
    let table = read(&bytes, "senza nome").unwrap();
    assert_eq!(
        (table.source, table.sheet.as_deref()),
        (Format::Xlsx, Some("Elenco"))
    );
    let others = ["Vuoto", "Nascosto", "Legenda"].map(str::to_owned).to_vec();
    assert_eq!(table.notes, [Note::OtherSheets(others)]);
    let row = vec![
        Cell::Empty,
        text("Rossi"),
        text("0551234"),
        Cell::Number(1250.5),
        Cell::Date(date(2021, 1, 2)),
        Cell::DateTime(date(2021, 1, 2).and_hms_opt(10, 20, 0).unwrap()),
        text("10:20"),
        Cell::Bool(true),
        Cell::Number(2.0),
    ];
    assert_eq!(
        table.rows,
        [
            Row {
                number: 3,
                cells: vec![text("Cognome")]
            },
            Row {
                number: 5,
                cells: row
            }
        ]
    );
}

/// The parts of an archive, each perhaps changed, in an archive again.
fn rezip(bytes: &[u8], mut change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        writer.start_file(&name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&change(&name, content)).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn simple_workbook() -> Vec<u8> {
    workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        let day = Look::new().set_num_format("dd/mm/yyyy");
        sheet.write_string(0, 0, "Nato il").unwrap();
        sheet
            .write_datetime_with_format(1, 0, ExcelDateTime::from_ymd(2021, 1, 2).unwrap(), &day)
            .unwrap();
    })
}

#[test]
fn a_workbook_that_counts_from_1904_has_the_same_dates() {
    let bytes = rezip(&simple_workbook(), |name, content| match name {
        "xl/workbook.xml" => {
            let content = String::from_utf8(content).unwrap();
            assert!(content.contains("<workbookPr "));
            content
                .replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
                .into_bytes()
        }
        // The serial of the same day is 1,462 days smaller there.
        "xl/worksheets/sheet1.xml" => String::from_utf8(content)
            .unwrap()
            .replace("44198", "42736")
            .into_bytes(),
        _ => content,
    });
    assert_eq!(
        read(&bytes, "mac.xlsx").unwrap().rows[1].cells,
        [Cell::Date(date(2021, 1, 2))]
    );
}

fn ods(sheets: &str) -> Vec<u8> {
    ods_with(sheets, "")
}

fn ods_with(sheets: &str, manifest: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("mimetype", stored).unwrap();
    writer
        .write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    writer
        .start_file("content.xml", SimpleFileOptions::default())
        .unwrap();
    write!(
        writer,
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
          xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
          xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
          xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
        <office:automatic-styles><style:style style:name="ta1" style:family="table">
          <style:table-properties table:display="false"/></style:style></office:automatic-styles>
        <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"#
    )
    .unwrap();
    writer
        .start_file("META-INF/manifest.xml", SimpleFileOptions::default())
        .unwrap();
    write!(writer, "<manifest:manifest>{manifest}</manifest:manifest>").unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_open_document_keeps_its_kinds_and_row_numbers() {
    let bytes = ods(
        r#"<table:table table:name="Nascosto" table:style-name="ta1"><table:table-row><table:table-cell
             office:value-type="string"><text:p>segreto</text:p></table:table-cell></table:table-row></table:table>
        <table:table table:name="Elenco"><table:table-column table:number-columns-repeated="1024"/>
          <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
          <table:table-header-rows><table:table-row>
            <table:table-cell office:value-type="string"><text:p>Cognome &amp; nome</text:p></table:table-cell>
            <table:table-cell table:number-columns-repeated="1023"/></table:table-row></table:table-header-rows>
          <table:table-row table:number-rows-repeated="2">
            <table:table-cell/>
            <table:table-cell office:value-type="string"><office:annotation><text:p>commento</text:p></office:annotation><text:p>De<text:s/>
              <text:span>Luca</text:span></text:p><text:p>riga &#233; due</text:p></table:table-cell>
            <table:table-cell office:value-type="float" office:value="1250.5"><text:p>1.250,50</text:p></table:table-cell>
            <table:table-cell office:value-type="currency" office:currency="EUR" office:value="80"><text:p>80,00 €</text:p></table:table-cell>
            <table:table-cell office:value-type="date" office:date-value="2021-01-02"><text:p>02/01/21</text:p></table:table-cell>
            <table:table-cell office:value-type="date" office:date-value="2021-01-02T10:20:00"><text:p>x</text:p></table:table-cell>
            <table:table-cell office:value-type="time" office:time-value="PT10H20M00S"><text:p>10:20</text:p></table:table-cell>
            <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VERO</text:p></table:table-cell>
            <table:covered-table-cell table:number-columns-repeated="2"/>
            <table:table-cell table:number-columns-repeated="2" office:value-type="string" office:string-value="x"><text:p>y</text:p></table:table-cell>
          </table:table-row>
          <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        </table:table><table:table table:name="Altro"><table:table-row><table:table-cell/></table:table-row></table:table>"#,
    );
    let table = read(&bytes, "elenco.ods").unwrap();
    assert_eq!(
        (table.source, table.sheet.as_deref()),
        (Format::Ods, Some("Elenco"))
    );
    assert_eq!(
        table.notes,
        [Note::OtherSheets(vec!["Nascosto".to_owned(), "Altro".to_owned()])]
    );
    let cells = vec![
        Cell::Empty,
        text("De Luca\nriga é due"),
        Cell::Number(1250.5),
        Cell::Number(80.0),
        Cell::Date(date(2021, 1, 2)),
        Cell::DateTime(date(2021, 1, 2).and_hms_opt(10, 20, 0).unwrap()),
        text("10:20"),
        Cell::Bool(true),
        Cell::Empty,
        Cell::Empty,
        text("x"),
        text("x"),
    ];
    assert_eq!(
        table.rows,
        [
            Row {
                number: 3,
                cells: vec![text("Cognome & nome")]
            },
            Row {
                number: 4,
                cells: cells.clone()
            },
            Row { number: 5, cells },
        ]
    );
}

fn error(bytes: &[u8], name: &str) -> ListError {
    read(bytes, name).unwrap_err()
}

fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend(vec![0; 1024]);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn what_is_no_list_gets_a_sentence() {
    let zipped = |name: &str, content: &[u8]| {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap().into_inner()
    };
    let workbook = simple_workbook();
    let mut flipped = workbook.clone();
    let middle = flipped.len() / 3;
    flipped[middle..middle + 40].fill(0xaa);
    let encrypted = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("nothing", vec![], "a.csv", "list.empty"),
        ("blank", b" \r\n;;\r\n\t".to_vec(), "a.csv", "list.empty"),
        ("only a mark", b"\xef\xbb\xbf".to_vec(), "a.csv", "list.empty"),
        (
            "a workbook without rows",
            self::workbook(|w| {
                w.add_worksheet();
            }),
            "a.xlsx",
            "list.empty",
        ),
        (
            "an ods without rows",
            ods("<table:table table:name=\"A\"></table:table>"),
            "a.ods",
            "list.empty",
        ),
        (
            "an encrypted workbook",
            compound("EncryptedPackage"),
            "a.xlsx",
            "list.encrypted",
        ),
        (
            "an encrypted ods",
            ods_with("", encrypted),
            "a.ods",
            "list.encrypted",
        ),
        ("an old workbook", compound("Workbook"), "a.xls", "list.old_excel"),
        (
            "an old document",
            compound("WordDocument"),
            "a.doc",
            "list.old_word",
        ),
        (
            "another compound file",
            compound("Altro"),
            "a.msg",
            "list.unknown",
        ),
        (
            "a binary workbook",
            zipped("xl/workbook.bin", b"x"),
            "a.xlsb",
            "list.binary_excel",
        ),
        (
            "a document",
            zipped("word/document.xml", b"x"),
            "a.docx",
            "list.text_document",
        ),
        (
            "an odt",
            zipped("mimetype", b"application/vnd.oasis.opendocument.text"),
            "a.odt",
            "list.text_document",
        ),
        ("rtf", b"{\\rtf1\\ansi x}".to_vec(), "a.rtf", "list.text_document"),
        (
            "an archive",
            zipped("elenco.csv", b"a;b"),
            "a.zip",
            "list.archive",
        ),
        ("7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "a.7z", "list.archive"),
        (
            "half a workbook",
            workbook[..workbook.len() / 2].to_vec(),
            "a.xlsx",
            "list.damaged",
        ),
        ("a flipped workbook", flipped, "a.xlsx", "list.damaged"),
        ("noise named workbook", vec![0, 1, 2, 3], "a.XLSX", "list.damaged"),
        ("noise", vec![0, 1, 2, 3], "a.bin", "list.unknown"),
        ("a pdf", b"\n%PDF-1.7\n%\xe2\xe3".to_vec(), "a.csv", "list.pdf"),
        ("png", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "a.csv", "list.image"),
        ("jpeg", b"\xff\xd8\xff\xe0\0\x10".to_vec(), "a.jpg", "list.image"),
        ("webp", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "a.webp", "list.image"),
        (
            "a web page",
            b"<html><table><tr><td>a</td></tr></table>".to_vec(),
            "a.xls",
            "list.web_page",
        ),
        (
            "xml",
            b"<?xml version=\"1.0\"?><Workbook/>".to_vec(),
            "a.xls",
            "list.xml",
        ),
        ("too big", vec![b'x'; MAX_BYTES + 1], "a.csv", "list.too_big"),
        (
            "too long",
            "1;2\n".repeat(MAX_ROWS + 1).into_bytes(),
            "a.csv",
            "list.too_many_rows",
        ),
        (
            "too wide",
            ";x".repeat(513).into_bytes(),
            "a.csv",
            "list.too_many_columns",
        ),
    ];
    for (what, bytes, name, code) in cases {
        let error = error(&bytes, name);
        assert_eq!(error.code(), code, "{what}");
        assert!(error.to_string().len() > 20, "{what}");
    }
    assert!(matches!(
        error(&compound("Book"), "a.xls"),
        ListError::NotAList(Kind::OldExcel)
    ));
    assert!(
        error(&compound("Workbook"), "a.xls")
            .to_string()
            .contains("save it as .xlsx")
    );
}

#[test]
fn a_bomb_does_not_go_off() {
    // Half a gigabyte of blanks in half a megabyte.
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("xl/workbook.xml", SimpleFileOptions::default())
        .unwrap();
    let blanks = vec![b' '; 1024 * 1024];
    for _ in 0..450 {
        writer.write_all(&blanks).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 * 1024 * 1024);
    assert_eq!(error(&bytes, "a.xlsx").code(), "list.inflates");

    // One cell far away, in a sheet that pretends to be full.
    let far = rezip(&simple_workbook(), |name, content| match name {
        "xl/worksheets/sheet1.xml" => String::from_utf8(content)
            .unwrap()
            .replace("<row r=\"2\"", "<row r=\"1048576\"")
            .replace("r=\"A2\"", "r=\"XFD1048576\"")
            .into_bytes(),
        _ => content,
    });
    assert_eq!(error(&far, "a.xlsx").code(), "list.too_many_columns");

    // A count of texts that would reserve all memory.
    let count = rezip(&simple_workbook(), |name, content| match name {
        "xl/sharedStrings.xml" => String::from_utf8(content)
            .unwrap()
            .replace("uniqueCount=\"1\"", "uniqueCount=\"99999999999\"")
            .into_bytes(),
        _ => content,
    });
    assert_eq!(error(&count, "a.xlsx").code(), "list.damaged");

    // The same row a thousand million times.
    let repeated = ods(
        r#"<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000000"><table:table-cell
        office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    assert_eq!(error(&repeated, "a.ods").code(), "list.too_many_rows");
    let wide = ods(
        r#"<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-repeated="1000000000"
        office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    assert_eq!(error(&wide, "a.ods").code(), "list.too_many_columns");
}

/// A workbook whose parts are cut at every place ends with an error or rows, never with a panic or without end.
#[test]
fn a_workbook_cut_anywhere_is_answered() {
    let books = [
        simple_workbook(),
        ods(
            r#"<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p>x
            </text:p></table:table-cell></table:table-row></table:table>"#,
        ),
    ];
    for book in books {
        for part in [
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "content.xml",
        ] {
            for cut in 0..60 {
                let bytes = rezip(&book, |name, mut content| {
                    if name == part {
                        content.truncate(content.len() * cut / 60);
                    }
                    content
                });
                let _ = read(&bytes, "a.xlsx");
            }
        }
    }
}

#[test]
fn ten_thousand_rows_are_read_well_within_a_second() {
    let rows: Vec<Vec<Cell>> = (0..10_000_u32)
        .map(|number| {
            vec![
                text(&format!("Cognome{number}")),
                text("Nicolò"),
                text("RSSMRA80A01D612Y"),
                text("Via Roma, 5 rosso"),
                Cell::Date(date(1980, 1, 1)),
                Cell::Number(f64::from(number % 5 + 1)),
                Cell::Number(150.0),
                text("3331234567"),
                text("Quartiere 2"),
                text(""),
            ]
        })
        .collect();
    let headings = (0..10).map(|number| format!("Colonna {number}")).collect();
    let sheet = Sheet {
        title: "Elenco".to_owned(),
        headings,
        rows,
    };
    for bytes in [write_xlsx(&sheet).unwrap(), write_csv(&sheet).unwrap()] {
        let best = (0..3)
            .map(|_| {
                let start = Instant::now();
                let table = read(&bytes, "elenco").unwrap();
                assert_eq!(table.rows.len(), 10_001);
                start.elapsed()
            })
            .min()
            .unwrap();
        assert!(best < Duration::from_millis(800), "{best:?}");
    }
}

#[test]
fn a_written_table_opens_in_an_italian_spreadsheet() {
    let sheet = Sheet {
        title: "Righe scartate: [1/2]?".to_owned(),
        headings: vec!["Cognome".to_owned(), "Importo".to_owned(), "Quando".to_owned()],
        rows: vec![
            vec![
                text("=HYPERLINK(\"http://x\")"),
                Cell::Number(1250.5),
                Cell::Date(date(2021, 1, 2)),
            ],
            vec![
                text("+39 055"),
                text("-5"),
                Cell::DateTime(date(2021, 1, 2).and_hms_opt(9, 30, 0).unwrap()),
            ],
            vec![text("@x"), Cell::Number(-3.0), Cell::Bool(true)],
            vec![text("Città; \"alta\""), Cell::Empty, Cell::Date(date(1899, 5, 1))],
        ],
    };
    let csv = write_csv(&sheet).unwrap();
    assert_eq!(
        String::from_utf8(csv.clone()).unwrap(),
        "\u{feff}Cognome;Importo;Quando\r\n\
         \"'=HYPERLINK(\"\"http://x\"\")\";1250,5;02/01/2021\r\n\
         '+39 055;'-5;02/01/2021 09:30\r\n\
         '@x;-3;sì\r\n\
         \"Città; \"\"alta\"\"\";;01/05/1899\r\n"
    );
    assert_eq!(
        read(&csv, "x.csv").unwrap().rows[2].cells[..2],
        [text("+39 055"), text("-5")]
    );

    let xlsx = write_xlsx(&sheet).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(&xlsx)).unwrap();
    let mut part = |name: &str| {
        let mut content = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut content)
            .unwrap();
        content
    };
    assert!(!part("xl/worksheets/sheet1.xml").contains("<f>"), "no formula");
    assert!(part("xl/styles.xml").contains("quotePrefix=\"1\""));
    let table = read(&xlsx, "x.xlsx").unwrap();
    assert_eq!(table.sheet.as_deref(), Some("Righe scartate   1 2"));
    assert_eq!(table.rows[1].cells, sheet.rows[0]);
    assert_eq!(table.rows[2].cells, sheet.rows[1]);
    assert_eq!(table.rows[3].cells, sheet.rows[2]);
    assert_eq!(table.rows[4].cells[2], text("01/05/1899"));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Zàèìòùč 0-9.,;\"'=+@\\-]{0,12}",
        "[=+@'\\-\t\r\n;\"x ]{0,6}",
        any::<String>().prop_map(|text| text.replace('\0', "")),
    ]
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any_text().prop_map(Cell::Text),
        (-1_000_000_000_i64..1_000_000_000).prop_map(|cents| {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            Cell::Number(cents as f64 / 100.0)
        }),
        (0_i64..100_000).prop_map(|day| Cell::Date(date(1900, 3, 1) + chrono::TimeDelta::days(day))),
    ]
}

/// What a cell of CSV must mean when it is read again.
fn same(written: &Cell, read: &Cell) -> bool {
    match written {
        Cell::Empty => *read == Cell::Empty,
        Cell::Text(text) if text.is_empty() => *read == Cell::Empty,
        Cell::Number(number) => *read == Cell::Text(number.to_string().replace('.', ",")),
        Cell::Date(day) => *read == Cell::Text(day.format("%d/%m/%Y").to_string()),
        other => other == read,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(rows in prop::collection::vec(prop::collection::vec(any_cell(), 1..4), 0..10)) {
        let headings = vec!["Colonna uno".to_owned(), "Colonna due".to_owned(), "Colonna tre".to_owned()];
        let sheet = Sheet { title: "Prova".to_owned(), headings, rows };
        let kept = |cells: &Vec<Cell>| cells.iter().any(|cell| !cell.is_blank());

        // A file of our own says its delimiter in its headings, and the rows come back in order.
        let table = read(&write_csv(&sheet).unwrap(), "prova.csv").unwrap();
        let rows: Vec<&Vec<Cell>> = sheet.rows.iter().filter(|row| kept(row)).collect();
        prop_assert_eq!(table.rows.len(), rows.len() + 1);
        for (written, read) in rows.iter().zip(&table.rows[1..]) {
            for (column, cell) in written.iter().enumerate() {
                let again = read.cells.get(column).cloned().unwrap_or_default();
                prop_assert!(cell.is_blank() || same(cell, &again), "{:?} became {:?}", cell, again);
            }
        }
    }

    #[test]
    fn a_workbook_is_read_as_it_was_written(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 1..5), 0..6),
    ) {
        let sheet = Sheet { title: "Prova".to_owned(), headings: vec!["A".to_owned()], rows };
        let table = read(&write_xlsx(&sheet).unwrap(), "prova.xlsx").unwrap();
        let rows = sheet.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_blank()));
        for (written, read) in rows.zip(&table.rows[1..]) {
            for (column, cell) in written.iter().enumerate() {
                let again = read.cells.get(column).cloned().unwrap_or_default();
                // XML has no place for some control characters, and reads a return as a line end.
                let odd = matches!(cell, Cell::Text(text) if text.chars().any(|c| c.is_control() || c >= '\u{fffe}'));
                prop_assert!(odd || cell.is_blank() || *cell == again, "{:?} became {:?}", cell, again);
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0_usize..8) {
        let heads: [&[u8]; 8] =
            [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"a;\"", b"PK\x05\x06", b"\xfe\xff"];
        let _ = read(&[heads[head], &bytes].concat(), "a.xlsx");
    }

    #[test]
    fn no_text_makes_it_panic(text in "[;,\t\"\r\n a-c=']{0,200}") {
        let _ = read(text.as_bytes(), "a.csv");
    }

    #[test]
    fn no_change_of_a_workbook_makes_it_panic(at in any::<prop::sample::Index>(), with in any::<[u8; 3]>(), part in 0_usize..4) {
        let parts = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
        let bytes = rezip(&simple_workbook(), |name, mut content| {
            if name == parts[part] {
                let start = at.index(content.len());
                let end = (start + with.len()).min(content.len());
                content[start..end].copy_from_slice(&with[..end - start]);
            }
            content
        });
        let _ = read(&bytes, "a.xlsx");
    }

    #[test]
    fn no_change_of_an_open_document_makes_it_panic(at in any::<prop::sample::Index>(), with in any::<[u8; 3]>()) {
        let book = ods(
            r#"<table:table table:name="A"><table:table-row table:number-rows-repeated="2"><table:table-cell
            office:value-type="date" office:date-value="2021-01-02"><text:p>x &amp; y<text:s text:c="3"/></text:p>
            </table:table-cell></table:table-row></table:table>"#,
        );
        let bytes = rezip(&book, |name, mut content| {
            if name == "content.xml" {
                let start = at.index(content.len());
                let end = (start + with.len()).min(content.len());
                content[start..end].copy_from_slice(&with[..end - start]);
            }
            content
        });
        let _ = read(&bytes, "a.ods");
    }
}
