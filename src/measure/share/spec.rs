//! `[share.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{IntervalMethod, Where};

/// Shares with named numerator and denominator.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareSpec {
    pub source: String,
    pub title: String,
    /// One row each; with `by` exactly one.
    pub line: Vec<ShareLine>,
    /// One row per value of this column, or per `year` / `calendar_year` of the period date.
    pub by: Option<String>,
    pub each: Option<String>,
    pub earlier: Option<u32>,
    /// 95 % interval of each share; printed where a table says `intervals = true`.
    pub interval: Option<IntervalMethod>,
    /// Tests each row against last period, adjusted over the table.
    #[serde(default)]
    pub test: bool,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareLine {
    /// "lex Sarah anmälda till IVO"
    pub label: String,
    /// What the whole is, for readers: "lex Sarah-utredningar".
    pub of: String,
    /// Conditions on the part, on top of those of the whole.
    #[serde(default)]
    pub part: Where,
    #[serde(default)]
    pub part_not: Where,
    #[serde(default)]
    pub whole: Where,
    #[serde(default)]
    pub whole_not: Where,
}
