//! `[cube.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// Distinct events by any dimensions, in long form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CubeSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table.
    pub title: String,
    /// Columns of the source, and `year`, `calendar_year`, `quarter`, `month` of its period date.
    pub dimensions: Vec<String>,
    /// Only events that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// Number columns whose mean is shown, too. Default: none.
    #[serde(default)]
    pub mean: Vec<String>,
}
