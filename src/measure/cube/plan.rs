//! `[cube.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;

/// Counts of events in every combination of some columns.
#[derive(Debug, Clone)]
pub struct CubePlan {
    /// In print order.
    pub dimensions: Vec<AxisPlan>,
    /// All that must hold of an event.
    pub conditions: Vec<Condition>,
    /// Indices of number columns.
    pub mean: Vec<usize>,
}
