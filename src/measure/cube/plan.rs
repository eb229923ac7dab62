//! `[cube.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;

#[derive(Debug, Clone)]
pub struct CubePlan {
    pub dimensions: Vec<AxisPlan>,
    pub conditions: Vec<Condition>,
    /// Indices of number columns.
    pub mean: Vec<usize>,
}
