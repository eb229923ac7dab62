//! `[shift.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

/// Whether the mix of categories has shifted between this period and the last: χ² with the categories that moved.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftSpec {
    /// `breakdown.x` with one row dimension and last period beside.
    pub measure: String,
    /// What the report calls the table; `{each}` stands for the value of the breakdown's `each`.
    pub title: String,
    /// Joins categories with few expected events into the residual one ("Övrigt") instead of drawing random tables.
    #[serde(default)]
    pub merge_sparse: bool,
}
