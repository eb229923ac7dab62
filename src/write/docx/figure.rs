//! Figures: the drawing with its alternative text, caption below.

use super::super::document::Inline;
use super::body::{Body, Shape};
use super::runs::Dress;
use super::sizes::{FIGURE_MM, emu, twips};
use super::styles::Style;
use super::xml::{RELATION_IDS, escape};
use crate::diagnostic::Failure;
use crate::domain::table::file_stem;
use crate::draw::Figure;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
/// Office 2016's place for the drawing itself beside its picture.
const SVG_EXTENSION: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
const SVG_NAMESPACE: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";

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
        let stem = file_stem(&figure.name);
        let (png, svg) = (format!("media/{stem}.png"), format!("media/{stem}.svg"));
        let drawn = self.outlines.get(&figure.name).unwrap_or(&figure.svg);
        self.package.media(&format!("word/{png}"), figure.png.clone());
        self.package.media(&format!("word/{svg}"), drawn.clone().into_bytes());
        let (png, svg) = (self.relations.add("image", &png), self.relations.add("image", &svg));
        let (width, height) = self.extent(figure);
        self.drawings += 1;
        let properties =
            format!("id=\"{}\" name=\"Figur {number}\" descr=\"{}\"", self.drawings, escape(&figure.alt_text));
        let run = format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr {properties}/><wp:cNvGraphicFramePr>\
             <a:graphicFrameLocks xmlns:a=\"{DRAWING}/main\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic xmlns:a=\"{DRAWING}/main\"><a:graphicData uri=\"{DRAWING}/picture\">\
             <pic:pic xmlns:pic=\"{DRAWING}/picture\"><pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip xmlns:r=\"{RELATION_IDS}\" r:embed=\"{png}\"><a:extLst><a:ext uri=\"{SVG_EXTENSION}\">\
             <asvg:svgBlip xmlns:asvg=\"{SVG_NAMESPACE}\" r:embed=\"{svg}\"/></a:ext></a:extLst></a:blip>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        );
        self.paragraph(Style::Figure, &Shape { keep_next: true, ..Shape::default() }, &run);
        Ok(())
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
