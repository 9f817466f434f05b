// SPDX-License-Identifier: EUPL-1.2
//! Printed documents: accessible (PDF/UA-1, ISO 14289-1) and archival (PDF/A-2a, ISO 19005-2) at once.
//!
//! [`render`] takes plain data and gives the file's bytes. The text of the templates stands in
//! `templates/labels.*.json`, their looks in `templates/*.typ`, and the fonts inside the program.

mod labels;
mod model;
mod qr;
mod text;
mod view;
mod words;
mod world;

use thiserror::Error;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use model::*;
pub use words::{amount, amount_in_words, integer_en, integer_it, long_date, short_date};

/// How many documents back the typesetter's memory reaches: templates stay warm, and no one's name stays long.
const REMEMBERED: usize = 3;

/// Why a document could not be made. No message carries what stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// The document does not exist on this paper.
    #[error("this document is not made in the format asked for: ask for A4")]
    FormatNotOffered,
    /// Figures that contradict each other must not be printed and signed.
    #[error("the document contradicts itself: {what}")]
    Inconsistent {
        /// Which rule is broken.
        what: &'static str,
    },
    /// More than a QR code holds.
    #[error("the QR code cannot hold {bytes} bytes")]
    QrTooLong {
        /// The payload's size.
        bytes: usize,
    },
    /// The typesetter refused: a fault of a template or of the data's shape, not of what people typed.
    #[error("the document could not be set: {0}")]
    Typesetting(String),
}

impl DocumentError {
    /// A name of the error that stays the same over versions, for catalogues and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FormatNotOffered => "document.format",
            Self::Inconsistent { .. } => "document.inconsistent",
            Self::QrTooLong { .. } => "document.qr_too_long",
            Self::Typesetting(_) => "document.typesetting",
        }
    }
}

/// Makes the PDF of a document. The same input gives the same bytes.
pub fn render(document: &Document, lang: Lang, format: Format) -> Result<Vec<u8>, DocumentError> {
    let view = view::of(document, lang, format)?;
    let data = serde_json::to_vec(&view.data).map_err(|_| DocumentError::Typesetting("data".to_owned()))?;
    let result = typeset(view.template, data);
    typst::comemo::evict(REMEMBERED);
    result
}

fn typeset(template: &str, data: Vec<u8>) -> Result<Vec<u8>, DocumentError> {
    let world = world::DocumentWorld::new(template, data)
        .ok_or_else(|| DocumentError::Typesetting(format!("no template {template}")))?;
    let set = typst::compile::<PagedDocument>(&world);
    for warning in &set.warnings {
        tracing::warn!(
            template,
            warning = unquoted(&warning.message),
            "the typesetter warns"
        );
    }
    let pages = set.output.map_err(|errors| typesetting(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| DocumentError::Typesetting(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Sportello".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| typesetting(&errors))
}

fn typesetting(errors: &[SourceDiagnostic]) -> DocumentError {
    let messages: Vec<String> = errors.iter().map(|error| unquoted(&error.message)).collect();
    DocumentError::Typesetting(messages.join("; "))
}

/// What the typesetter said without what it quoted: that may be somebody's name.
fn unquoted(message: &str) -> String {
    let mut plain = String::new();
    let mut closing = None;
    for character in message.chars() {
        match (closing, character) {
            (Some(mark), _) if character == mark => closing = None,
            (Some(_), _) => {}
            (None, '"' | '`') => closing = Some(character),
            (None, '“') => closing = Some('”'),
            (None, _) => {
                plain.push(character);
                continue;
            }
        }
        if closing.is_none() {
            plain.push('…');
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_what_was_typed_to_itself() {
        assert_eq!(
            unquoted("the text `\"Rossi\"` has no glyph in “X”"),
            "the text … has no glyph in …"
        );
        assert_eq!(unquoted("never closed \"Rossi"), "never closed ");
    }
}
