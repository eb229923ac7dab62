//! `[published.x]` as it is computed.

use crate::domain::cube::Condition;

/// Counts beside those that an earlier document printed.
#[derive(Debug, Clone)]
pub struct PublishedPlan {
    /// Index into `Plan::measures`, before this one.
    pub measure: usize,
    /// Key of a column of its table.
    pub column: String,
    /// Printed name (folded) → row of the measure's table.
    pub rows: Vec<(String, String)>,
    /// All that must hold of an event.
    pub conditions: Vec<Condition>,
    /// Day of the data of last year's report.
    pub as_of: Option<i32>,
    /// Index of a date column of the measure's source.
    pub reported: Option<usize>,
}
