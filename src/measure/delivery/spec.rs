//! `[delivery.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

/// Newest row, months without rows and fates of all rows, one row a source.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverySpec {
    /// What the report calls the table.
    pub title: String,
    /// `source.x` in print order. Default: all of the job.
    #[serde(default)]
    pub sources: Vec<String>,
}
