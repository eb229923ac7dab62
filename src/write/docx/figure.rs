//! Figures: the drawing with its alternative text, caption below.

use super::super::document::Inline;
use super::body::Body;
use super::paragraph::ParagraphShape;
use super::runs::Dress;
use super::sizes::{FIGURE_MM, emu, twips};
use super::styles::Style;
use super::xml::{Element, RELATION_IDS, element};
use crate::diagnostic::Failure;
use crate::domain::table::file_stem;
use crate::draw::{Figure, Picture};

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
/// Office 2016's place for the drawing itself beside its picture.
const SVG_EXTENSION: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
const SVG_NAMESPACE: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";

/// Height of the logo.
const LOGO_MM: f64 = 18.0;

impl Body<'_> {
    pub(super) fn figure(&mut self, name: &str, number: u32, id: &str, caption: &[Inline]) -> Result<(), Failure> {
        match self.frame.document.figures.get(name) {
            Some(figure) => self.drawing(figure, number)?,
            None => {
                let runs = self.run(&printed!("write-nothing-to-show"), &Dress::of(Style::Beside));
                self.paragraph(Style::Figure, ParagraphShape::kept(), runs);
            }
        }
        let numbered = self.caption_number("Figur", number, id);
        let caption = self.inlines(caption, &Dress::default());
        self.paragraph(Style::Caption, ParagraphShape::default(), numbered.into_iter().chain(caption));
        Ok(())
    }

    fn drawing(&mut self, figure: &Figure, number: u32) -> Result<(), Failure> {
        if figure.png.is_empty() {
            return Err(Failure::internal(format!("`{}` has no picture", figure.name)));
        }
        let outlined = self.frame.outlines.get(&figure.name).unwrap_or(&figure.svg).clone();
        let run = self.picture(Shown {
            stem: &file_stem(&figure.name),
            name: &printed!("write-figure-number", number),
            text: &figure.alt_text,
            png: figure.png.clone(),
            svg: Some(outlined),
            extent: self.extent(figure),
        });
        self.paragraph(Style::Figure, ParagraphShape::kept(), [run]);
        Ok(())
    }

    /// The municipality's logo above the first page's words.
    pub(super) fn logo(&mut self, picture: Picture, text: &str) {
        let (across, down) = (i64::from(picture.width_px.max(1)), i64::from(picture.height_px.max(1)));
        let (high, wide) = (emu(twips(LOGO_MM)), emu(self.frame.page.text_width()));
        let width = (high * across / down).clamp(1, wide);
        let run = self.picture(Shown {
            stem: "logotyp",
            name: "Logotyp",
            text,
            png: picture.png,
            svg: picture.svg,
            extent: (width, (width * down / across).max(1)),
        });
        self.paragraph(Style::Figure, ParagraphShape::default(), [run]);
    }

    /// A run that shows a picture, with the drawing beside it for those who can show that.
    fn picture(&mut self, shown: Shown) -> Element {
        let mut add = |ending: &str, bytes: Vec<u8>| {
            let name = format!("media/{}.{ending}", shown.stem);
            self.package.media(&format!("word/{name}"), bytes);
            self.package.text_relations.add("image", &name)
        };
        let png = add("png", shown.png);
        let svg = shown.svg.map(|svg| svg_extension(&add("svg", svg.into_bytes())));
        self.drawings += 1;
        let named = |name: &'static str| {
            element(name).with("id", self.drawings).with("name", shown.name).with("descr", shown.text)
        };
        let sized = |name: &'static str| element(name).with("cx", shown.extent.0).with("cy", shown.extent.1);
        let in_drawing = |name: &'static str| element(name).with("xmlns:a", format!("{DRAWING}/main"));
        let blip = element("a:blip").with("xmlns:r", RELATION_IDS).with("r:embed", png).add(svg);
        let fill = element("pic:blipFill").add([blip, element("a:stretch").add([element("a:fillRect")])]);
        let place = element("a:xfrm").add([element("a:off").with("x", 0).with("y", 0), sized("a:ext")]);
        let outline = element("a:prstGeom").with("prst", "rect").add([element("a:avLst")]);
        let picture = element("pic:pic").with("xmlns:pic", format!("{DRAWING}/picture")).add([
            element("pic:nvPicPr").add([named("pic:cNvPr"), element("pic:cNvPicPr")]),
            fill,
            element("pic:spPr").add([place, outline]),
        ]);
        let data = element("a:graphicData").with("uri", format!("{DRAWING}/picture")).add([picture]);
        let locks = in_drawing("a:graphicFrameLocks").with("noChangeAspect", 1);
        let inline =
            ["distT", "distB", "distL", "distR"].iter().fold(element("wp:inline"), |inline, side| inline.with(side, 0));
        let inline = inline.add([
            sized("wp:extent"),
            named("wp:docPr"),
            element("wp:cNvGraphicFramePr").add([locks]),
            in_drawing("a:graphic").add([data]),
        ]);
        element("w:r").add([element("w:drawing").add([inline])])
    }

    /// Width of the text, unless the page is too low for that.
    fn extent(&self, figure: &Figure) -> (i64, i64) {
        let width = emu(self.frame.page.text_width().min(twips(FIGURE_MM)));
        let (across, down) = (i64::from(figure.width_px.max(1)), i64::from(figure.height_px.max(1)));
        // Room for two lines of caption on the same page.
        let most = emu(self.frame.page.text_height() - twips(22.0)).max(1);
        let height = width * down / across;
        if height <= most { (width, height.max(1)) } else { (most * across / down, most) }
    }
}

/// What is shown, and what is said of it.
struct Shown<'a> {
    stem: &'a str,
    name: &'a str,
    /// The alternative text.
    text: &'a str,
    png: Vec<u8>,
    svg: Option<String>,
    /// English metric units.
    extent: (i64, i64),
}

fn svg_extension(relation: &str) -> Element {
    let svg = element("asvg:svgBlip").with("xmlns:asvg", SVG_NAMESPACE).with("r:embed", relation);
    element("a:extLst").add([element("a:ext").with("uri", SVG_EXTENSION).add([svg])])
}
