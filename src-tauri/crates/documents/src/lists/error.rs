// SPDX-License-Identifier: EUPL-1.2
//! What can be wrong with a list. Messages never carry what is written in the file.

use thiserror::Error;

/// A file that is not a list we read, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Excel's format of before 2007 (`.xls`).
    OldExcel,
    /// Excel's binary workbook (`.xlsb`).
    BinaryExcel,
    /// Word's format of before 2007 (`.doc`).
    OldWord,
    /// A text document (`.docx`, `.odt`, `.rtf`).
    TextDocument,
    /// A PDF.
    Pdf,
    /// A picture.
    Image,
    /// A compressed archive that is no workbook.
    Archive,
    /// A web page, which some programs give the name of a spreadsheet.
    WebPage,
    /// XML that is neither of the workbooks.
    Xml,
    /// Something else that is not text.
    Unknown,
}

impl Kind {
    fn sentence(self) -> &'static str {
        match self {
            Self::OldExcel => {
                "an Excel file of the old kind (.xls): open it in Excel or LibreOffice and save it as .xlsx"
            }
            Self::BinaryExcel => "a binary Excel workbook (.xlsb): open it in Excel and save it as .xlsx",
            Self::OldWord => {
                "a Word document of the old kind (.doc): put the list in a spreadsheet and save it as .xlsx"
            }
            Self::TextDocument => "a text document: put the list in a spreadsheet and save it as .xlsx",
            Self::Pdf => "a PDF: ask for the spreadsheet it was made from",
            Self::Image => "a picture: ask for the spreadsheet it was made from",
            Self::Archive => "a compressed archive: extract the list from it first",
            Self::WebPage => "a web page: open it in Excel or LibreOffice and save it as .xlsx",
            Self::Xml => "an XML file: open it in Excel or LibreOffice and save it as .xlsx",
            Self::Unknown => "neither a spreadsheet nor a text: save the list as .xlsx, .ods or .csv",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::OldExcel => "list.old_excel",
            Self::BinaryExcel => "list.binary_excel",
            Self::OldWord => "list.old_word",
            Self::TextDocument => "list.text_document",
            Self::Pdf => "list.pdf",
            Self::Image => "list.image",
            Self::Archive => "list.archive",
            Self::WebPage => "list.web_page",
            Self::Xml => "list.xml",
            Self::Unknown => "list.unknown",
        }
    }
}

/// Why a file could not be read as a list. Nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// No row with anything in it.
    #[error("the file is empty: there is no row in it")]
    Empty,
    /// More bytes than [`super::MAX_BYTES`].
    #[error("the file is too big ({bytes} bytes; at most {limit}): split the list")]
    TooBig {
        /// The file's size.
        bytes: usize,
        /// The largest size.
        limit: usize,
    },
    /// More rows than [`super::MAX_ROWS`], or more cells than [`super::MAX_CELLS`].
    #[error("the list is too long (at most {limit} rows): split it")]
    TooManyRows {
        /// The largest number of rows.
        limit: usize,
    },
    /// More columns than [`super::MAX_COLUMNS`].
    #[error("the list is too wide (at most {limit} columns): remove what is not needed")]
    TooManyColumns {
        /// The largest number of columns.
        limit: usize,
    },
    /// The archive inflates to more than [`super::MAX_INFLATED`].
    #[error(
        "the file grows to more than {limit} bytes when it is opened: save the list again as a new .xlsx"
    )]
    Inflates {
        /// The largest inflated size.
        limit: u64,
    },
    /// Protected by a password.
    #[error("the file is protected by a password: save it again without one")]
    Encrypted,
    /// Begun as a workbook, but damaged.
    #[error("the file is damaged ({part}): ask for it again, or open it and save it as a new .xlsx")]
    Damaged {
        /// Which part of the format is wrong; never content.
        part: &'static str,
    },
    /// Something else than a list.
    #[error("the file is not a list but {}", .0.sentence())]
    NotAList(Kind),
}

impl ListError {
    /// A name of the error that stays the same over versions, for catalogues and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "list.empty",
            Self::TooBig { .. } => "list.too_big",
            Self::TooManyRows { .. } => "list.too_many_rows",
            Self::TooManyColumns { .. } => "list.too_many_columns",
            Self::Inflates { .. } => "list.inflates",
            Self::Encrypted => "list.encrypted",
            Self::Damaged { .. } => "list.damaged",
            Self::NotAList(kind) => kind.code(),
        }
    }
}

/// Why a table could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The CSV writer failed.
    #[error("the table could not be written as CSV")]
    Csv(#[source] csv::Error),
    /// The workbook writer failed: more rows or columns than a sheet has, or a text longer than a cell takes.
    #[error("the table could not be written as a workbook")]
    Xlsx(#[source] rust_xlsxwriter::XlsxError),
}

impl WriteError {
    /// A name of the error that stays the same over versions.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Csv(_) => "table.csv",
            Self::Xlsx(_) => "table.xlsx",
        }
    }
}
