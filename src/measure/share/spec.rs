//! `[share.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{IntervalMethod, Where};

/// Shares with named numerator and denominator.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// One row each; with `by` exactly one.
    pub line: Vec<ShareLine>,
    /// One row per value of this column, or per `year` or `calendar_year` of the period date. Default: one row per line.
    pub by: Option<String>,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// How many earlier periods stand beside. Default 1, or the job's `earlier` if that is less; with `by` a year, the
    /// job's `earlier`.
    pub earlier: Option<u32>,
    /// 95 % interval of each share; printed where a table says `intervals = true`. Default: none.
    pub interval: Option<IntervalMethod>,
    /// Tests each row against last period, adjusted over the table.
    #[serde(default)]
    pub test: bool,
}

/// A share: which part of which whole.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareLine {
    /// What the row is called: "lex Sarah anmälda till IVO".
    pub label: String,
    /// What the whole is, for readers: "lex Sarah-utredningar".
    pub of: String,
    /// Conditions on the part, on top of those of the whole. Default: none; then `part_not` is needed.
    #[serde(default)]
    pub part: Where,
    /// Events that are in the whole and not in the part. Default: none; then `part` is needed.
    #[serde(default)]
    pub part_not: Where,
    /// Conditions on the whole. Default: all events of the source.
    #[serde(default)]
    pub whole: Where,
    /// Events that are not in the whole. Default: none.
    #[serde(default)]
    pub whole_not: Where,
}
