//! `[lead_time.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;

#[derive(Debug, Clone)]
pub struct LeadTimePlan {
    /// Indices of date columns.
    pub from: usize,
    pub to: usize,
    pub limit_days: Option<u32>,
    pub by: Option<AxisPlan>,
    pub conditions: Vec<Condition>,
    pub earlier: u32,
}
