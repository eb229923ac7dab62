//! `[register.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// Rows of a register as they stand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterSpec {
    pub source: String,
    pub title: String,
    /// Columns in print order.
    pub columns: Vec<String>,
    pub each: Option<String>,
    #[serde(default, rename = "where")]
    pub where_: Where,
    #[serde(default)]
    pub where_not: Where,
    /// Sorted by these columns; file order if absent.
    #[serde(default)]
    pub sort: Vec<String>,
    /// A due-date column and a done column: adds a column "Försenad" judged on the job's `as_of`.
    pub late: Option<LateSpec>,
    /// With `late`: only the late rows, without that column.
    #[serde(default)]
    pub only_late: bool,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LateSpec {
    pub due: String,
    pub done: String,
}
