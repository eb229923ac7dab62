//! `[trend.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{TimeStep, Where};

/// Distinct events over time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendSpec {
    pub source: String,
    pub title: String,
    pub by: TimeStep,
    /// A date column other than the source's `period_date`.
    pub date: Option<String>,
    /// A second dimension: one column per value.
    pub columns: Option<String>,
    pub each: Option<String>,
    #[serde(default, rename = "where")]
    pub where_: Where,
    #[serde(default)]
    pub where_not: Where,
    /// How many earlier periods stand beside, month by month. Default 1; with `by = "year"` and "calendar_year" all that occur.
    pub earlier: Option<u32>,
    /// Rows with year and month (or quarter) of every year that occurs, instead of months with years beside.
    #[serde(default)]
    pub running: bool,
    /// Number columns whose mean is shown, too.
    #[serde(default)]
    pub mean: Vec<String>,
}
