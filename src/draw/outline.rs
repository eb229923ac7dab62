//! A drawing whose letters are outlines, for programs that have not the bundled typeface.
//!
//! In: SVG text as `svg` writes it. Out: SVG that looks the same everywhere; its words are no longer text, so whoever
//! shows it says the alternative text beside it.

use resvg::usvg::{Options, Tree, WriteOptions};

use super::Figure;
use super::png::fonts;
use crate::diagnostic::Failure;

impl Figure {
    /// The drawing with outlines for letters.
    ///
    /// Errors: `internal` if the drawing cannot be read.
    pub fn outlined(&self) -> Result<String, Failure> {
        let options = Options { fontdb: fonts(), ..Options::default() };
        let tree = Tree::from_str(&self.svg, &options)
            .map_err(|error| Failure::internal(format!("unreadable SVG of `{}`: {error}", self.name)))?;
        // Hundredths of a pixel are enough for the eye and halve the file.
        let written = WriteOptions { preserve_text: false, coordinates_precision: 2, ..WriteOptions::default() };
        Ok(tree.to_string(&written))
    }
}
