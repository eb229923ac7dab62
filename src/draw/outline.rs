//! Drawings for programs that have not the report's typeface and want a picture beside an SVG.
//!
//! In: a figure, or the theme's logo. Out: SVG whose letters are outlines, which looks the same everywhere; its words
//! are no longer text, so whoever shows it says the alternative text beside it.

use resvg::usvg::{Indent, Options, Tree, WriteOptions};

use super::figure::Figure;
use super::png;
use crate::diagnostic::Failure;
use crate::job::plan::{LoadedFont, LoadedLogo};

/// A logo in both forms.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The picture as pixels, for formats without vectors.
    pub png: Vec<u8>,
    /// `None` for a logo that is no drawing.
    pub svg: Option<String>,
    /// Of `png`.
    pub width_px: u32,
    /// Of `png`.
    pub height_px: u32,
}

impl Picture {
    /// Errors: `internal` if it is no picture; preflight has looked at it.
    pub fn of_logo(logo: &LoadedLogo, font: Option<&LoadedFont>) -> Result<Picture, Failure> {
        let bytes = &logo.file.bytes;
        let unreadable = || Failure::internal(format!("`{}` is no picture", logo.file.path.display()));
        if !logo.is_svg() {
            let (width_px, height_px) = super::theme_files::png_size(bytes).ok_or_else(unreadable)?;
            return Ok(Picture { png: bytes.clone(), svg: None, width_px, height_px });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
        let size = tree(text, font)?.size().to_int_size();
        let (width_px, height_px) = (size.width(), size.height());
        let svg = Some(outlined(text, font, (width_px, height_px))?);
        Ok(Picture { png: png::render(text, font)?, svg, width_px, height_px })
    }
}

impl Figure {
    /// The drawing with outlines for letters.
    ///
    /// Errors: `internal` if the drawing cannot be read.
    pub fn outlined(&self, font: Option<&LoadedFont>) -> Result<String, Failure> {
        outlined(&self.svg, font, (self.width_px, self.height_px))
    }
}

fn tree(svg: &str, font: Option<&LoadedFont>) -> Result<Tree, Failure> {
    let options = Options { fontdb: png::database(font), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| Failure::internal(format!("unreadable SVG: {error}")))
}

fn outlined(svg: &str, font: Option<&LoadedFont>, (width, height): (u32, u32)) -> Result<String, Failure> {
    // Hundredths of a pixel are enough for the eye and halve the file.
    let written = WriteOptions {
        preserve_text: false,
        coordinates_precision: 2,
        indent: Indent::None,
        ..WriteOptions::default()
    };
    // Without a view box a drawing is cut instead of scaled.
    let view = format!("<svg viewBox=\"0 0 {width} {height}\" ");
    Ok(tree(svg, font)?.to_string(&written).replacen("<svg ", &view, 1))
}

#[cfg(test)]
mod tests {
    use super::super::samples::Sample;
    use super::super::tests::{all, figure};
    use super::*;

    #[test]
    fn letters_become_outlines_and_the_drawing_keeps_its_size() {
        for Sample { chart, table, .. } in all() {
            let figure = figure(&chart, &table);
            let outlined = figure.outlined(None).expect("our own drawings can be read");
            assert!(figure.svg.contains("<text") && !outlined.contains("<text") && outlined.contains("<path"));
            let parsed = resvg::usvg::roxmltree::Document::parse(&outlined).expect("well-formed");
            let view = format!("0 0 {} {}", figure.width_px, figure.height_px);
            assert_eq!(parsed.root_element().attribute("viewBox"), Some(view.as_str()));
            let size = Tree::from_str(&outlined, &Options::default()).expect("readable").size();
            assert_eq!((size.width() as u32, size.height() as u32), (figure.width_px, figure.height_px));
        }
    }
}
