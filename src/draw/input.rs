//! What every chart is drawn from.

use super::theme::Theme;
use crate::domain::table::MeasureTable;
use crate::job::plan::ChartPlan;

/// A chart's plan, the table of its measure and the colours.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub chart: &'a ChartPlan,
    pub table: &'a MeasureTable,
    pub theme: &'a Theme,
}
