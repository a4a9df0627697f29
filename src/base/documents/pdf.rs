//! The layout engine: typst over embedded templates and fonts, with no way to the file system or the network.

use std::{collections::HashMap, sync::LazyLock};

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::DocumentError;

/// A document that the product knows how to lay out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Template {
    Ticket,
}

impl Template {
    const fn path(self) -> &'static str {
        match self {
            Self::Ticket => "ticket.typ",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Ticket => include_str!("../../../templates/documents/ticket.typ"),
        }
    }
}

/// Subsets cut by `scripts/fonts`.
const FONT_FILES: [&[u8]; 12] = [
    include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../assets/fonts/NotoSerif-Bold.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansMono-Bold.ttf"),
    include_bytes!("../../../assets/fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansSymbols2-Regular.ttf"),
    // Names in other scripts of buyers' countries.
    include_bytes!("../../../assets/fonts/NotoSansTifinagh-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansThai-Regular.ttf"),
];

/// What every document shares, parsed once in the life of the process.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONT_FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Shared { library: LazyHash::new(Library::default()), book, fonts }
});

/// The embedded fonts, for whoever must know what can be drawn.
pub(super) fn fonts() -> &'static [Font] {
    &SHARED.fonts
}

/// How many uses ago a cached layout must have been useful to stay: without this the cache only grows.
const CACHE_AGE: usize = 5;

/// One document in the making: its template and the files that the template reads.
struct Desk {
    source: Source,
    files: HashMap<FileId, Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None // Documents do not read the clock.
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Lays `template` out over `files` (path and content) and writes it as a tagged PDF.
///
/// Blocks: a page takes milliseconds of CPU, the first one some 50 more.
pub(super) fn render(template: Template, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, DocumentError> {
    let failure = |message: String| DocumentError::Layout { template: template.path(), message };
    let id = |path: &str| -> Result<FileId, DocumentError> {
        let path = VirtualPath::new(path).map_err(|error| failure(format!("{error:?}")))?;
        Ok(RootedPath::new(VirtualRoot::Project, path).intern())
    };
    let mut desk =
        Desk { source: Source::new(id(template.path())?, template.text().into()), files: HashMap::new() };
    for (path, content) in files {
        desk.files.insert(id(&path)?, Bytes::new(content));
    }
    let compiled = typst::compile::<PagedDocument>(&desk);
    for warning in &compiled.warnings {
        tracing::warn!(template = template.path(), "{}", warning.message);
    }
    let options = PdfOptions { creator: Smart::Custom(Some("Parvis".into())), ..PdfOptions::default() };
    let written = compiled.output.and_then(|document| typst_pdf::pdf(&document, &options));
    comemo::evict(CACHE_AGE);
    written.map_err(|problems| failure(told(&problems)))
}

fn told(problems: &[SourceDiagnostic]) -> String {
    let lines: Vec<String> = problems.iter().map(|problem| problem.message.to_string()).collect();
    lines.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_are_those_that_the_templates_name() {
        for family in ["noto sans", "noto serif", "noto sans mono", "noto naskh arabic"] {
            assert!(SHARED.book.contains_family(family), "{family}");
        }
    }

    #[test]
    fn a_template_without_its_data_is_an_error_that_says_so() {
        let error = render(Template::Ticket, Vec::new()).unwrap_err().to_string();
        assert!(error.contains("ticket.typ") && error.contains("data.json"), "{error}");
    }
}
