//! `[shift.x]` as it is computed.

/// A shift between categories, made of a breakdown's table.
#[derive(Debug, Clone)]
pub struct ShiftPlan {
    /// Index into `Plan::measures`, before this one.
    pub measure: usize,
    /// Categories with few expected events are one in the test.
    pub merge_sparse: bool,
}
