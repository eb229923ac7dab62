//! `[trend.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;
use crate::vocabulary::spec::TimeStep;

/// Events over time.
#[derive(Debug, Clone)]
pub struct TrendPlan {
    /// What makes a row.
    pub by: TimeStep,
    /// Index of the date column.
    pub date: usize,
    /// A column whose values stand across; `None`: years do.
    pub columns: Option<AxisPlan>,
    /// All that must hold of an event.
    pub conditions: Vec<Condition>,
    /// `None`: all years that occur.
    pub earlier: Option<u32>,
    /// Counts are running sums of the year.
    pub running: bool,
    /// Indices of number columns whose means stand beside.
    pub mean: Vec<usize>,
}
