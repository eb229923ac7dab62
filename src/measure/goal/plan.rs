//! `[goal.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::domain::table::Unit;

/// Values with their goal and their reference.
#[derive(Debug, Clone)]
pub struct GoalPlan {
    /// What the values are of, for captions.
    pub what: String,
    /// All that must hold of an observation.
    pub conditions: Vec<Condition>,
    /// Header of the reference.
    pub reference_label: String,
    /// Header of the goal.
    pub goal_label: String,
    /// Of the values.
    pub unit: Unit,
    /// Parts of names (folded) of indicators for which lower is better.
    pub lower_is_better: Vec<String>,
    /// The year that is judged.
    pub year: i32,
}
