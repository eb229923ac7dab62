//! Figures: the drawing with its alternative text, caption below.

use super::super::document::Inline;
use super::body::{Body, Shape};
use super::runs::Dress;
use super::sizes::{FIGURE_MM, emu, twips};
use super::styles::Style;
use super::xml::{RELATION_IDS, escape};
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
    pub fn figure(&mut self, name: &str, number: u32, id: &str, caption: &[Inline]) -> Result<(), Failure> {
        let document = self.document;
        match document.figures.get(name) {
            Some(figure) => self.drawing(figure, number)?,
            None => {
                let runs = self.run("Underlaget innehåller inga värden att visa.", &Dress::of(Style::Beside));
                self.paragraph(Style::Figure, &Shape { keep_next: true, ..Shape::default() }, &runs);
            }
        }
        let numbered = self.caption_number("Figur", number, id);
        let caption = self.inlines(caption, Dress::default());
        self.paragraph(Style::Caption, &Shape::default(), &format!("{numbered}{caption}"));
        Ok(())
    }

    fn drawing(&mut self, figure: &Figure, number: u32) -> Result<(), Failure> {
        if figure.png.is_empty() {
            return Err(Failure::internal(format!("`{}` has no picture", figure.name)));
        }
        let outlined = self.outlines.get(&figure.name).unwrap_or(&figure.svg).clone();
        let run = self.picture(Shown {
            stem: &file_stem(&figure.name),
            name: &format!("Figur {number}"),
            text: &figure.alt_text,
            png: figure.png.clone(),
            svg: Some(outlined),
            extent: self.extent(figure),
        });
        self.paragraph(Style::Figure, &Shape { keep_next: true, ..Shape::default() }, &run);
        Ok(())
    }

    /// The municipality's logo above the first page's words.
    pub fn logo(&mut self, picture: Picture, text: &str) {
        let (across, down) = (i64::from(picture.width_px.max(1)), i64::from(picture.height_px.max(1)));
        let (high, wide) = (emu(twips(LOGO_MM)), emu(self.page.text_width()));
        let width = (high * across / down).clamp(1, wide);
        let run = self.picture(Shown {
            stem: "logotyp",
            name: "Logotyp",
            text,
            png: picture.png,
            svg: picture.svg,
            extent: (width, (width * down / across).max(1)),
        });
        self.paragraph(Style::Figure, &Shape::default(), &run);
    }

    /// A run that shows a picture, with the drawing beside it for those who can show that.
    fn picture(&mut self, shown: Shown) -> String {
        let mut add = |ending: &str, bytes: Vec<u8>| {
            let name = format!("media/{}.{ending}", shown.stem);
            self.package.media(&format!("word/{name}"), bytes);
            self.relations.add("image", &name)
        };
        let png = add("png", shown.png);
        let svg = shown.svg.map(|svg| svg_extension(&add("svg", svg.into_bytes()))).unwrap_or_default();
        self.drawings += 1;
        let (width, height) = shown.extent;
        let properties =
            format!("id=\"{}\" name=\"{}\" descr=\"{}\"", self.drawings, escape(shown.name), escape(shown.text));
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr {properties}/><wp:cNvGraphicFramePr>\
             <a:graphicFrameLocks xmlns:a=\"{DRAWING}/main\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic xmlns:a=\"{DRAWING}/main\"><a:graphicData uri=\"{DRAWING}/picture\">\
             <pic:pic xmlns:pic=\"{DRAWING}/picture\"><pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip xmlns:r=\"{RELATION_IDS}\" r:embed=\"{png}\">{svg}</a:blip>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    }

    /// Width of the text, unless the page is too low for that.
    fn extent(&self, figure: &Figure) -> (i64, i64) {
        let width = emu(self.page.text_width().min(twips(FIGURE_MM)));
        let (across, down) = (i64::from(figure.width_px.max(1)), i64::from(figure.height_px.max(1)));
        // Room for two lines of caption on the same page.
        let most = emu(self.page.text_height() - twips(22.0)).max(1);
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

fn svg_extension(relation: &str) -> String {
    format!(
        "<a:extLst><a:ext uri=\"{SVG_EXTENSION}\"><asvg:svgBlip xmlns:asvg=\"{SVG_NAMESPACE}\" r:embed=\"{relation}\"/></a:ext></a:extLst>"
    )
}
