//! Keys and families about certainty: intervals, tests, shifts between categories, development over years.

use schemars::JsonSchema;
use serde::Deserialize;

/// How the interval of a share is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntervalMethod {
    /// Wilson's score interval: the usual choice.
    Wilson,
    /// Exact, and wider: covers 95 % at least.
    ClopperPearson,
}

/// Whether the mix of categories has shifted between this period and the last: χ² with the categories that moved.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftSpec {
    /// `breakdown.x` with one row dimension and last period beside.
    pub measure: String,
    pub title: String,
    /// Joins categories with few expected events into the residual one ("Övrigt") instead of drawing random tables.
    #[serde(default)]
    pub merge_sparse: bool,
}

/// How yearly values have gone: Mann–Kendall's test and Theil–Sen's slope for each series.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DevelopmentSpec {
    /// `trend.x` with `by = "year"` or `"calendar_year"`, `share.x` by year, or `indicator.x` over years.
    pub measure: String,
    pub title: String,
}
