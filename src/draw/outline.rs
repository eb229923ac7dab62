//! A drawing whose letters are outlines, for programs that have not the bundled typeface.
//!
//! In: SVG text as `svg` writes it. Out: SVG that looks the same everywhere; its words are no longer text, so whoever
//! shows it says the alternative text beside it.

use resvg::usvg::{Indent, Options, Tree, WriteOptions};

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
        let written = WriteOptions {
            preserve_text: false,
            coordinates_precision: 2,
            indent: Indent::None,
            ..WriteOptions::default()
        };
        // Without a view box a drawing is cut instead of scaled.
        let view = format!("<svg viewBox=\"0 0 {} {}\" ", self.width_px, self.height_px);
        Ok(tree.to_string(&written).replacen("<svg ", &view, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn letters_become_outlines_and_the_drawing_keeps_its_size() {
        for (_, chart, table) in samples::all() {
            let figure = samples::figure(&chart, &table);
            let outlined = figure.outlined().expect("our own drawings can be read");
            assert!(figure.svg.contains("<text") && !outlined.contains("<text") && outlined.contains("<path"));
            let parsed = resvg::usvg::roxmltree::Document::parse(&outlined).expect("well-formed");
            let view = format!("0 0 {} {}", figure.width_px, figure.height_px);
            assert_eq!(parsed.root_element().attribute("viewBox"), Some(view.as_str()));
            let size = Tree::from_str(&outlined, &Options::default()).expect("readable").size();
            assert_eq!((size.width() as u32, size.height() as u32), (figure.width_px, figure.height_px));
        }
    }
}
