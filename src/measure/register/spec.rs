//! `[register.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// Rows of a register as they stand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterSpec {
    /// `source.x`, a register or an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// Columns in print order.
    pub columns: Vec<String>,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// Only rows that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out rows that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// Columns that rows are sorted by, blank cells last. Default: the order of the file.
    #[serde(default)]
    pub sort: Vec<String>,
}
