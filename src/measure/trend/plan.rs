//! `[trend.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;
use crate::vocabulary::spec::TimeStep;

#[derive(Debug, Clone)]
pub struct TrendPlan {
    pub by: TimeStep,
    pub date: usize,
    pub columns: Option<AxisPlan>,
    pub conditions: Vec<Condition>,
    /// `None`: all years that occur.
    pub earlier: Option<u32>,
    pub running: bool,
    pub mean: Vec<usize>,
}
