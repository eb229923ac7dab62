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

use body::Body;
use looks::Looks;
use package::{Package, Relations};
use styles::Ids;

pub use template::Template;

/// The file's bytes. The same document, colours and template give the same bytes.
///
/// Errors: `internal` if a figure has no picture or the archive can't be written.
pub fn write(document: &Document, theme: &LoadedTheme, template: Option<&Template>) -> Result<Vec<u8>, Failure> {
    let looks = Looks::of(theme);
    let outlines = outlines(document, theme.font.as_ref())?;
    let (mut package, mut relations) = (Package::default(), Relations::default());
    let known = template.map(Template::styles).unwrap_or_default();
    let ids = Ids::of(&known, template.is_some());
    let page = match template {
        Some(template) => template.dress(&ids, &looks, document, &mut package, &mut relations),
        None => parts::dress(&ids, &looks, theme, document, &mut package, &mut relations),
    };
    let first_list = template.map_or(0, Template::numbers);
    let mut body = Body::new(document, (&ids, &page), (&mut package, &mut relations), &outlines);
    body.first_list = first_list;
    // A template's header has the municipality's logo.
    if let (Some(logo), None) = (&theme.logo, template) {
        body.logo(Picture::of_logo(logo, theme.font.as_ref())?, &logo.text);
    }
    body.cover();
    body.contents();
    body.blocks(&document.blocks)?;
    let (text, lists) = (body.finish(), body.lists);
    let numbering = match template {
        Some(template) => template.numbering(&lists, &mut package),
        None => parts::numbering(&lists),
    };
    parts::text(&mut package, &mut relations, &text, &numbering);
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
