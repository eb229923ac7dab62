//! What every kind of chart can do. A new kind implements this in its own file.

use super::figure::SheetForm;
use super::frame::Body;
use super::input::Input;
#[cfg(test)]
use super::samples::Sample;
use crate::domain::table::MeasureTable;
use crate::job::plan::ChartPlan;

/// A kind of chart.
pub(super) trait Chart: Sync {
    /// The marks; `None` when the table has nothing to draw.
    fn body(&self, input: &Input<'_>) -> Option<Body>;

    /// The alternative text: what the figure shows, in Swedish, from the data, without judgement.
    fn describe(&self, drawn: &Drawn<'_>) -> String;

    /// How a spreadsheet program shows it.
    fn in_sheet(&self) -> SheetForm;

    /// Figures worth looking at, for the tests over all kinds.
    #[cfg(test)]
    fn samples(&self) -> Vec<Sample>;
}

/// What has been drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub chart: &'a ChartPlan,
    /// The measure's whole table: it still has its total.
    pub table: &'a MeasureTable,
    /// Cut to what is drawn.
    pub data: &'a MeasureTable,
}
