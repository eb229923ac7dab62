//! `[share.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;

#[derive(Debug, Clone)]
pub struct SharePlan {
    pub lines: Vec<ShareLinePlan>,
    pub by: Option<AxisPlan>,
    pub earlier: u32,
}

#[derive(Debug, Clone)]
pub struct ShareLinePlan {
    pub label: String,
    pub of: String,
    /// Conditions of the whole (with `each`).
    pub whole: Vec<Condition>,
    /// Conditions of the part, those of the whole included.
    pub part: Vec<Condition>,
}
