//! The report as Word, for the analyst's last hand.
//!
//! In: a [`Document`], the job's colours and, if the job names one, the municipality's own template. Out: the bytes of a
//! `.docx` whose parts are written here: no library of documents knows alternative texts, repeated table headers and
//! SVG alike. `body` walks the tree with `runs`, `table` and `figure`; `styles` and `looks` dress it; `template` reads
//! what a municipality brings; `parts` writes what never changes; `package` zips.

mod archive;

mod body;

mod figure;

mod embedded;

mod front;

mod looks;

mod merge;

mod package;

mod page;

mod paragraph;

mod parts;

mod runs;

mod sizes;

mod styles;

mod table;

mod targets;

mod template;

mod widths;

mod xml;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::document::Document;
use crate::diagnostic::Failure;
use crate::draw::Picture;
use crate::job::plan::{LoadedFont, LoadedTheme};

use body::{Body, Frame};
use looks::Looks;
use package::Package;
use styles::Ids;

pub(crate) use template::Template;

/// The file's bytes. The same document, colours and template give the same bytes.
///
/// Errors: `internal` if a figure has no picture or the archive can't be written.
pub(crate) fn write(document: &Document, theme: &LoadedTheme, template: Option<&Template>) -> Result<Vec<u8>, Failure> {
    let looks = Looks::of(theme);
    let outlines = outlines(document, theme.font.as_ref())?;
    let mut package = Package::default();
    let known = template.map(Template::styles).unwrap_or_default();
    let ids = Ids::of(&known, template.is_some());
    let page = match template {
        Some(template) => template.dress(&ids, &looks, document, &mut package),
        None => parts::dress(&ids, &looks, theme, document, &mut package),
    };
    let first_list = template.map_or(0, Template::numbers);
    let frame = Frame { document, ids: &ids, page: &page, outlines: &outlines, first_list };
    let mut body = Body::new(frame, &mut package);
    // A template's header has the municipality's logo.
    if let (Some(logo), None) = (&theme.logo, template) {
        body.logo(Picture::of_logo(logo, theme.font.as_ref())?, &logo.text);
    }
    body.cover();
    body.contents();
    body.blocks(&document.blocks)?;
    let (text, lists) = body.finish();
    let numbering = match template {
        Some(template) => template.numbering(&lists, &mut package),
        None => parts::numbering(&lists),
    };
    parts::main(&mut package, &text, &numbering);
    parts::about(&mut package, document);
    package.zip()
}

/// Drawings whose letters are outlines: the reader's Word has not our typeface, and another is wider or narrower.
fn outlines(document: &Document, font: Option<&LoadedFont>) -> Result<BTreeMap<String, String>, Failure> {
    let outline = |name: &String| Ok((name.clone(), document.figures[name].outlined(font)?));
    let names: Vec<&String> = document.figures.keys().collect();
    names.into_par_iter().map(outline).collect()
}

#[cfg(test)]
mod tests;
