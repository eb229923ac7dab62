//! `[register.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;

/// Rows of a register, printed as they stand.
#[derive(Debug, Clone)]
pub struct RegisterPlan {
    /// Indices into the source's columns, print order.
    pub columns: Vec<usize>,
    /// All that must hold of a row.
    pub conditions: Vec<Condition>,
    /// Indices of columns, first decides first.
    pub sort: Vec<usize>,
}
