//! What the typesetter may see: one template, one document as data, the drawings, two fonts. No file, no network, no
//! clock.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::Fonts;

const TEMPLATE: &str = include_str!("report.typ");

/// Path of the template, as errors name it.
pub(super) const MAIN: &str = "/report.typ";

/// A report's files by their path, with the fonts it is set in.
pub(super) struct ReportWorld<'a> {
    fonts: &'a Fonts,
    files: BTreeMap<String, Bytes>,
}

impl<'a> ReportWorld<'a> {
    pub(super) fn new(fonts: &'a Fonts, files: BTreeMap<String, Bytes>) -> ReportWorld<'a> {
        ReportWorld { fonts, files }
    }
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        template().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == template().id() { Ok(template().clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(path_of(id)).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    /// The clock is none of a report's business.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Path of a file among the report's own: "/figur-3.svg".
pub(super) fn path_of(id: FileId) -> &'static str {
    id.get().vpath().get_with_slash()
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(path_of(id).into())
}

/// Definitions of the language; the header cells of rows are still behind a switch.
fn library() -> &'static LazyHash<Library> {
    static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let features = [Feature::A11yExtras].into_iter().collect();
        LazyHash::new(Library::builder().with_features(features).build())
    })
}

/// The template, parsed once.
fn template() -> &'static Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let path = VirtualPath::new(MAIN).expect("the template's path is a plain name");
        Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), TEMPLATE.to_string())
    })
}

/// Line of the template, counted from 1, at a place that an error names.
pub(super) fn template_line(byte: usize) -> usize {
    TEMPLATE.as_bytes()[..byte.min(TEMPLATE.len())].iter().filter(|letter| **letter == b'\n').count() + 1
}
