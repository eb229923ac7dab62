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
    pub title: String,
    /// `risk_scale.x`
    pub scale: String,
    /// Category column with the steps as numbers.
    pub probability: String,
    pub consequence: String,
    pub each: Option<String>,
    #[serde(default, rename = "where")]
    pub where_: Where,
    #[serde(default)]
    pub where_not: Where,
}
