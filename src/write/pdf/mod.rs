//! The report as PDF: tagged, PDF/UA-1 and PDF/A-2a, Swedish.
//!
//! In: a [`Document`] and the job's theme. Out: the file's bytes. typst sets the pages as a library: the document goes in
//! as data, one static template (`report.typ`) says how each kind of block looks, and the export refuses what would not
//! be accessible. No text is ever part of a program: what looks like markup is printed as it stands.

mod columns;

mod data;

pub(super) mod fonts;

mod letters;

mod world;

use jiff::civil::Date;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::document::Document;
use crate::diagnostic::Failure;
use crate::job::plan::LoadedTheme;
use fonts::LoadedFonts;
use letters::{Faces, Marks};
use world::ReportWorld;

/// The file's bytes: the same document and theme give the same bytes.
///
/// Errors: `internal`, with the element's name where there is one, if the pages cannot be set would break the rules of
/// PDF/UA-1, or hold something else than the template says.
pub fn write(document: &Document, theme: &LoadedTheme) -> Result<Vec<u8>, Failure> {
    // Some faces have a mark and its letter, and not the two together: then the mark is told by its number.
    set(document, theme, Marks::Printed).or_else(|failure| match set(document, theme, Marks::Told) {
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(failure),
    })
}

fn set(document: &Document, theme: &LoadedTheme, marks: Marks) -> Result<Vec<u8>, Failure> {
    let loaded = LoadedFonts::of(theme)?;
    let files = data::files(document, theme, Faces { fonts: loaded.get(), marks })?;
    let world = ReportWorld::new(loaded.get(), files);
    let set = typst::compile::<PagedDocument>(&world);
    let pages = set.output.map_err(|errors| refused(&world, &errors))?;
    // A warning means that something is not as the template says: a font that is not there, page numbers that are not right.
    if !set.warnings.is_empty() {
        return Err(refused(&world, &set.warnings));
    }
    typst_pdf::pdf(&pages, &options(document)?).map_err(|errors| refused(&world, &errors))
}

/// Identity and date come from the document, never from a clock.
fn options(document: &Document) -> Result<PdfOptions, Failure> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|error| Failure::internal(format!("the PDF's standards: {}", error.message())))?;
    let ident = [document.organisation.as_str(), &document.title, &document.period].join("\n");
    Ok(PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(concat!("kvalis ", env!("CARGO_PKG_VERSION")).to_string())),
        timestamp: timestamp(&document.as_of),
        standards,
        ..PdfOptions::default()
    })
}

/// Midnight of the date of the data.
fn timestamp(as_of: &str) -> Option<Timestamp> {
    let date: Date = as_of.parse().ok()?;
    let (month, day) = (date.month().try_into().ok()?, date.day().try_into().ok()?);
    Datetime::from_ymd_hms(date.year().into(), month, day, 0, 0, 0).map(Timestamp::new_utc)
}

/// The typesetter's errors as one failure: what, and in which file or line of the template.
fn refused(world: &ReportWorld<'_>, errors: &[SourceDiagnostic]) -> Failure {
    let told: Vec<String> = errors.iter().map(|error| told(world, error)).collect();
    Failure::internal(format!("report.pdf cannot be made: {}", told.join("; ")))
}

fn told(world: &ReportWorld<'_>, error: &SourceDiagnostic) -> String {
    match (error.span.id().map(world::path_of), world.range(error.span)) {
        (Some(world::MAIN), Some(range)) => {
            format!("{} (report.typ, line {})", error.message, world::template_line(range.start))
        }
        (Some(path), _) => format!("{} ({})", error.message, path.trim_start_matches('/')),
        (None, _) => error.message.to_string(),
    }
}
