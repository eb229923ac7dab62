//! `[breakdown.x]` as it is computed: references resolved, defaults filled in.

use std::collections::BTreeMap;

use crate::domain::cube::Condition;
use crate::vocabulary::plan::AxisPlan;
use crate::vocabulary::spec::RowOrder;

/// Counts of events by one dimension or two.
#[derive(Debug, Clone, Default)]
pub struct BreakdownPlan {
    /// One axis, or group and member.
    pub rows: Vec<AxisPlan>,
    /// With two row axes and a hierarchy list: member → group. Empty: pairs as they occur on rows.
    pub group_of: BTreeMap<String, String>,
    /// The second dimension; `None`: periods stand across.
    pub columns: Option<AxisPlan>,
    /// Conditions of `where`, `where_not` and `each` together.
    pub conditions: Vec<Condition>,
    /// Periods before this one.
    pub earlier: u32,
    /// How rows are ordered.
    pub order: RowOrder,
    /// Rows and columns without an event are left out.
    pub hide_empty: bool,
    /// Each row's share of the total stands beside.
    pub share: bool,
    /// Indices of number columns.
    pub mean: Vec<usize>,
    /// Value → label that it is counted under (a union of distinct events).
    pub merge: Vec<(String, Vec<String>)>,
}
