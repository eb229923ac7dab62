//! A drawn figure, as the writers take it.

use crate::domain::table::{MeasureTable, TableNote};

/// A figure in every form a writer needs.
#[derive(Debug, Clone)]
pub struct Figure {
    /// `family.name` of the chart, `/value` if expanded.
    pub name: String,
    /// What the figure says, in a line.
    pub title: String,
    /// What is drawn: measure, period, n.
    pub subtitle: String,
    /// A complete SVG document with `<title>`, `<desc>`, `role="img"`; ids prefixed by the figure's stem.
    pub svg: String,
    /// The same at twice the size.
    pub png: Vec<u8>,
    /// Of the PNG.
    pub width_px: u32,
    /// Of the PNG.
    pub height_px: u32,
    /// What the figure shows, in Swedish, from the data.
    pub alt_text: String,
    /// The data behind the figure, cut to what is drawn.
    pub data: MeasureTable,
    /// Printed below it.
    pub notes: Vec<TableNote>,
    /// Where the numbers come from, for a reader.
    pub source: String,
    /// How a spreadsheet draws it.
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
    /// Columns side by side or on top of one another.
    Columns,
    /// Lines over time.
    Lines,
    /// A small chart of lines for each series.
    Panels,
}
