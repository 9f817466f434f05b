// SPDX-License-Identifier: EUPL-1.2
//! Everything that the typesetter may know: the templates and fonts inside this program, and one document's data.
//! No file system, no network, no system fonts, no clock: the same input gives the same bytes.

use std::collections::HashMap;
use std::sync::OnceLock;

use ttf_parser::Face;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The fonts in the order of preference; see `fonts/README.md`.
const FONTS: [&[u8]; 5] = [
    include_bytes!("../../fonts/TitilliumWeb-Regular.ttf"),
    include_bytes!("../../fonts/TitilliumWeb-SemiBold.ttf"),
    include_bytes!("../../fonts/TitilliumWeb-Bold.ttf"),
    include_bytes!("../../fonts/DejaVuSans.ttf"),
    include_bytes!("../../fonts/DejaVuSans-Bold.ttf"),
];

const TEMPLATES: [(&str, &str); 10] = [
    ("common.typ", include_str!("../../templates/common.typ")),
    ("slip.typ", include_str!("../../templates/slip.typ")),
    ("custody.typ", include_str!("../../templates/custody.typ")),
    ("ticket.typ", include_str!("../../templates/ticket.typ")),
    ("receipt.typ", include_str!("../../templates/receipt.typ")),
    ("refusal.typ", include_str!("../../templates/refusal.typ")),
    ("reversal.typ", include_str!("../../templates/reversal.typ")),
    ("delega.typ", include_str!("../../templates/delega.typ")),
    ("kit.typ", include_str!("../../templates/kit.typ")),
    ("report.typ", include_str!("../../templates/report.typ")),
];

/// Where a template finds its data.
const DATA: &str = "data.json";

/// What all documents share: made once, since parsing the fonts costs more than a receipt.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let fonts: Vec<Font> = FONTS
            .iter()
            .flat_map(|data| Font::iter(Bytes::new(*data)))
            .collect();
        let book = FontBook::from_fonts(&fonts);
        let sources = TEMPLATES
            .iter()
            .filter_map(|(name, text)| {
                let id = file_id(name)?;
                Some((id, Source::new(id, (*text).to_owned())))
            })
            .collect();
        Shared {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            sources,
        }
    })
}

fn file_id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

/// Whether a character can be printed in every weight: one of the families has it in all its faces. Asked of the faces
/// themselves, because the font book's coverage counts characters for which a face has no glyph.
pub(super) fn printable(character: char) -> bool {
    static FAMILIES: OnceLock<[Vec<Face<'static>>; 2]> = OnceLock::new();
    let families = FAMILIES.get_or_init(|| {
        let (titillium, dejavu) = FONTS.split_at(3);
        [titillium, dejavu].map(|files| {
            files
                .iter()
                .filter_map(|data| Face::parse(data, 0).ok())
                .collect()
        })
    });
    families
        .iter()
        .any(|faces| !faces.is_empty() && faces.iter().all(|face| has_glyph(face, character)))
}

fn has_glyph(face: &Face<'_>, character: char) -> bool {
    face.glyph_index(character).is_some_and(|glyph| glyph.0 != 0)
}

/// What the typesetter sees while it sets one document.
pub(super) struct DocumentWorld {
    main: FileId,
    data_id: FileId,
    data: Bytes,
}

impl DocumentWorld {
    /// A template with its data; `None` when there is no such template.
    pub(super) fn new(template: &str, data: Vec<u8>) -> Option<Self> {
        let main = file_id(template)?;
        shared().sources.contains_key(&main).then_some(())?;
        Some(Self {
            main,
            data_id: file_id(DATA)?,
            data: Bytes::new(data),
        })
    }
}

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &shared().library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &shared().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        shared().sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            Ok(self.data.clone())
        } else {
            Err(not_found(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        shared().fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
