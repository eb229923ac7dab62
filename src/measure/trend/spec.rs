//! `[trend.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{TimeStep, Where};

/// Distinct events over time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// The step of time that is a row.
    pub by: TimeStep,
    /// The date column that is counted by. Default: the source's `period_date`.
    pub date: Option<String>,
    /// A second dimension: one column per value. Default: none.
    pub columns: Option<String>,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// Only events that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// How many earlier periods stand beside, month by month. Default 1; with `by = "year"` and "calendar_year", or
    /// with `running`, all that occur.
    pub earlier: Option<u32>,
    /// Rows with year and month (or quarter) of every year that occurs, instead of months with years beside.
    #[serde(default)]
    pub running: bool,
    /// Number columns whose mean is shown, too. Default: none.
    #[serde(default)]
    pub mean: Vec<String>,
}
