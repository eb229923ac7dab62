//! `[goal.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::domain::table::Unit;

#[derive(Debug, Clone)]
pub struct GoalPlan {
    pub what: String,
    pub conditions: Vec<Condition>,
    pub reference_label: String,
    pub goal_label: String,
    pub unit: Unit,
    /// Parts of names (folded) of indicators for which lower is better.
    pub lower_is_better: Vec<String>,
    pub year: i32,
}
