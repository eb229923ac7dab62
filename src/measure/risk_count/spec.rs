//! `[risk_count.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// Distinct events of this period by the probability and consequence (severity) that they were given.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskCountSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// `risk_scale.x` that the events are judged on.
    pub scale: String,
    /// Category column with the steps of probability as numbers.
    pub probability: String,
    /// Category column with the steps of consequence (severity) as numbers.
    pub consequence: String,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// Only events that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
}
