//! A drawn figure, as the writers take it.

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
    pub in_sheet: SheetForm,
}

/// How a spreadsheet program shows the same from the cells of the figure's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetForm {
    /// It has no such chart: the table alone.
    Cells,
    /// The cells themselves are shaded.
    Shades,
    /// A chart of its own that the reader can restyle.
    Chart(NativeChart),
}

/// Charts that every spreadsheet program draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NativeChart {
    /// Lying bars, this period before what it is compared with.
    RankedBars,
    /// Lying bars, this period beside goal and mean.
    ComparedBars,
    /// Lying bars in parts.
    StackedBars,
    Columns,
    Lines,
    /// A small chart of lines for each series.
    Panels,
}
