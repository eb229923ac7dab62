//! `[development.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

/// How yearly values have gone: Mann–Kendall's test and Theil–Sen's slope for each series.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DevelopmentSpec {
    /// `trend.x` with `by = "year"` or `"calendar_year"`, `share.x` by year, or `indicator.x` over years.
    pub measure: String,
    /// What the report calls the table; `{each}` stands for the value of the measure's `each`.
    pub title: String,
}
