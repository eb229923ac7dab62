//! `[register.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;

#[derive(Debug, Clone)]
pub struct RegisterPlan {
    /// Indices into the source's columns, print order.
    pub columns: Vec<usize>,
    pub conditions: Vec<Condition>,
    pub sort: Vec<usize>,
    /// Due and done columns.
    pub late: Option<(usize, usize)>,
    pub only_late: bool,
    pub as_of: i32,
}
