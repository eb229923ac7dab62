//! `[share.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;

/// Shares of events that meet some conditions.
#[derive(Debug, Clone)]
pub struct SharePlan {
    /// In print order.
    pub lines: Vec<ShareLinePlan>,
    /// What makes a row; `None`: one row a line.
    pub by: Option<AxisPlan>,
    /// Periods before this one.
    pub earlier: u32,
}

/// One share.
#[derive(Debug, Clone)]
pub struct ShareLinePlan {
    /// What the part is called.
    pub label: String,
    /// What the whole is called.
    pub of: String,
    /// Conditions of the whole (with `each`).
    pub whole: Vec<Condition>,
    /// Conditions of the part, those of the whole included.
    pub part: Vec<Condition>,
}
