//! `[published.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{Named, Where};

/// What last year's report printed, beside what is counted for that year now.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedSpec {
    /// `source.x` of kind observations: `indicator` is the row's name and `value` the printed number.
    pub source: String,
    /// What the report calls the table.
    pub title: String,
    /// `family.name` of the measure that counts the same.
    pub measure: String,
    /// Key of that table's column. Default `previous`.
    pub column: Option<String>,
    /// Printed name → row of the measure ("Totalt" for the total), where the two differ. Default: none differ.
    #[serde(default)]
    pub rows: Named<String>,
    /// Only printed numbers that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out printed numbers that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// Date of the data of last year's report, YYYY-MM-DD: what was reported after it explains a difference. Default:
    /// none; no difference is explained by it.
    pub as_of: Option<String>,
    /// Date column, of the measure's source, that says when a row came to be known. Default: its `period_date`.
    pub reported: Option<String>,
}
