//! Draws figures: a `MeasureTable` in, SVG, PNG and alternative text out. Pure; one bundled font; plotters only here.

use crate::domain::table::{MeasureTable, TableNote};

/// A figure in every form a writer needs.
#[derive(Debug, Clone)]
pub struct Figure {
    /// `family.name` of the chart, `/value` if expanded.
    pub name: String,
    pub title: String,
    pub subtitle: String,
    /// A complete SVG document with `<title>`, `<desc>`, `role="img"`; ids prefixed by the figure's stem.
    pub svg: String,
    /// The same at twice the size.
    pub png: Vec<u8>,
    pub width_px: u32,
    pub height_px: u32,
    /// What the figure shows, in Swedish, from the data.
    pub alt_text: String,
    /// The data behind the figure, cut to what is drawn.
    pub data: MeasureTable,
    pub notes: Vec<TableNote>,
    pub source: String,
}
