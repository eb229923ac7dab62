//! The picture of an SVG at twice its size, for documents that cannot hold SVG.
//!
//! In: SVG text as `svg` writes it. Out: PNG bytes on white. Knows the two bundled fonts and no font of the system.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::text::{REGULAR, SEMIBOLD};
use crate::diagnostic::Failure;
use crate::job::plan::{BUNDLED_FAMILY, LoadedFont};

const ZOOM: f32 = 2.0;

/// The SVG as PNG, in the bundled font or the theme's own.
pub(super) fn render(svg: &str, font: Option<&LoadedFont>) -> Result<Vec<u8>, Failure> {
    let options = Options { fontdb: database(font), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| Failure::internal(format!("unreadable SVG: {error}")))?;
    let size = tree.size();
    let (width, height) = ((size.width() * ZOOM).ceil() as u32, (size.height() * ZOOM).ceil() as u32);
    let mut picture = Pixmap::new(width, height).ok_or_else(|| Failure::internal("a figure without extent"))?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(ZOOM, ZOOM), &mut picture.as_mut());
    picture.encode_png().map_err(|error| Failure::internal(format!("PNG: {error}")))
}

/// Built once; reading two fonts takes longer than drawing a figure.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let build = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(REGULAR.to_vec());
        fonts.load_font_data(SEMIBOLD.to_vec());
        fonts.set_sans_serif_family(BUNDLED_FAMILY);
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(build))
}

/// The fonts that a figure is drawn in.
pub(super) fn database(font: Option<&LoadedFont>) -> Arc<fontdb::Database> {
    font.map_or_else(fonts, own_fonts)
}

/// The bundled fonts and the theme's own, which come first.
fn own_fonts(font: &LoadedFont) -> Arc<fontdb::Database> {
    let mut database = (*fonts()).clone();
    for file in [&font.regular, &font.semibold] {
        database.load_font_data(file.bytes.clone());
    }
    Arc::new(database)
}

#[cfg(test)]
mod tests {
    use super::super::text::{Face, LABEL, STRONG};
    use super::*;

    #[test]
    fn both_faces_are_found_by_their_family_and_weight() {
        let fonts = fonts();
        let query = |weight| {
            let families = [fontdb::Family::Name("Source Sans 3")];
            fonts.query(&fontdb::Query { families: &families, weight, ..fontdb::Query::default() })
        };
        let (regular, semibold) = (query(fontdb::Weight::NORMAL), query(fontdb::Weight::SEMIBOLD));
        assert!(regular.is_some() && semibold.is_some() && regular != semibold);
    }

    #[test]
    fn measured_widths_are_those_of_the_renderer() {
        let options = Options { fontdb: fonts(), ..Options::default() };
        let texts =
            ["Utredningsenhet barn och unga", "Övergrepp, självskada, hot", "1\u{a0}458 (100\u{a0}000)", "AVTo (%)"];
        for (text, font) in texts.iter().flat_map(|text| [(text, LABEL), (text, STRONG)]) {
            let weight = if font.face == Face::Semibold { 600 } else { 400 };
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='500' height='40'><text x='5' y='20' \
                 font-family='\"Source Sans 3\"' font-size='13' font-weight='{weight}'>{text}</text></svg>"
            );
            let tree = Tree::from_str(&svg, &options).expect("well-formed");
            let drawn = f64::from(tree.root().bounding_box().width());
            let measured = font.width(text);
            assert!(drawn <= measured + 1.0 && drawn > measured * 0.95, "{text}: {drawn} drawn, {measured} measured");
        }
    }

    #[test]
    fn the_picture_is_twice_as_large_as_the_figure() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>";
        let png = render(svg, None).expect("an empty figure has extent");
        assert_eq!(&png[16..24], &[0, 0, 0, 60, 0, 0, 0, 40]);
        assert!(render("<svg", None).is_err());
    }
}
