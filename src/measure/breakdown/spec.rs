//! `[breakdown.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{Named, OneOrMany, RowOrder, Where};

/// Distinct events by one dimension, two, or a hierarchy.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakdownSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// Row dimension: a column; two for a hierarchy (group, member).
    pub rows: OneOrMany,
    /// Second dimension, a column. Default: none; the columns are this period, last period, difference, change.
    pub columns: Option<String>,
    /// One table per value of this column (the column's list gives the values). Default: one table.
    pub each: Option<String>,
    /// Only events that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// How many earlier periods stand beside. Default 1, or the job's `earlier` if that is less; 0 with `columns`.
    pub earlier: Option<u32>,
    /// The order of rows. Default `declared`.
    #[serde(default)]
    pub order: RowOrder,
    /// Leaves out rows without an event in any printed period, and columns without one in this. Default false.
    #[serde(default)]
    pub hide_empty: bool,
    /// Adds a column with each row's share of the total, in per cent.
    #[serde(default)]
    pub share: bool,
    /// Number columns whose mean is shown, too. Default: none.
    #[serde(default)]
    pub mean: Vec<String>,
    /// Joins several values of the (innermost) row dimension under one label: label → values. Default: none.
    #[serde(default)]
    pub merge: Named<Vec<String>>,
    /// Tests each row against last period (exact, adjusted over the table): decides whether a template may say
    /// "ökning". The p-values stand in tables/*.csv, not in the report.
    #[serde(default)]
    pub test: bool,
}
