//! The page: its size, margins, header and footer; what ends a section.

use super::sizes::{MARGINS_MM, PAGE_MM, twips};
use super::xml::{Element, element, valued};

/// A header or footer of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    /// "w:headerReference" or "w:footerReference".
    pub element: &'static str,
    /// "default", "first" or "even".
    pub kind: String,
    /// Relationship of the document part.
    pub relation: String,
}

/// An upright page, in twips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    pub width: i32,
    pub height: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    pub left: i32,
    pub header: i32,
    pub footer: i32,
    pub gutter: i32,
    /// The first page has its own header and footer, or none.
    pub title_page: bool,
    pub edges: Vec<Edge>,
}

impl Default for Page {
    fn default() -> Page {
        let [top, right, bottom, left] = MARGINS_MM.map(twips);
        let (width, height) = (twips(PAGE_MM.0), twips(PAGE_MM.1));
        let (header, footer) = (twips(9.0), twips(10.0));
        Page { width, height, top, right, bottom, left, header, footer, gutter: 0, title_page: true, edges: Vec::new() }
    }
}

impl Page {
    /// Between the margins.
    pub(super) fn text_width(&self) -> i32 {
        (self.width - self.left - self.right - self.gutter).max(twips(40.0))
    }

    pub(super) fn text_height(&self) -> i32 {
        (self.height - self.top.abs() - self.bottom.abs()).max(twips(40.0))
    }

    /// The same page lying, or `None` if it lies already.
    pub(super) fn lying(&self) -> Option<Page> {
        let turned = Page { width: self.height, height: self.width, ..self.clone() };
        (self.width < self.height).then_some(turned)
    }

    /// `w:sectPr`; `first` is the section that begins the document.
    pub(super) fn section(&self, first: bool) -> Element {
        let mut edges: Vec<&Edge> = self.edges.iter().collect();
        edges.sort_by_key(|edge| (edge.element, &edge.kind));
        let edges =
            edges.into_iter().map(|edge| element(edge.element).with("w:type", &edge.kind).with("r:id", &edge.relation));
        let size = element("w:pgSz").with("w:w", self.width).with("w:h", self.height);
        let size = if self.width > self.height { size.with("w:orient", "landscape") } else { size };
        let margins = [
            ("w:top", self.top),
            ("w:right", self.right),
            ("w:bottom", self.bottom),
            ("w:left", self.left),
            ("w:header", self.header),
            ("w:footer", self.footer),
            ("w:gutter", self.gutter),
        ];
        let margins = margins.into_iter().fold(element("w:pgMar"), |margins, (side, twips)| margins.with(side, twips));
        element("w:sectPr")
            .add(edges)
            .add([valued("w:type", "nextPage"), size, margins])
            .add((first && self.title_page).then(|| element("w:titlePg")))
    }
}
