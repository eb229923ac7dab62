//! `[funnel.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// One indicator of all municipalities against the limits of chance.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FunnelSpec {
    /// `source.x`, a source of observations in long form.
    pub source: String,
    /// What the report calls the table.
    pub title: String,
    /// What the numbers are: "andel positiva svar, procent".
    pub what: String,
    /// What is compared, and how the limits are made.
    pub kind: FunnelKind,
    /// Our own code in the column `area`: "0188".
    pub area: String,
    /// The year compared. Default: the job's.
    pub year: Option<i32>,
    /// Codes of the municipalities compared. Default: all municipalities.
    #[serde(default)]
    pub among: Vec<String>,
    /// `source.x` of kind `register` whose columns `id` and `title` name municipalities. Default: none; they stand by
    /// their code.
    pub area_names: Option<String>,
    /// proportion: the share in per cent. ratio: the observed number.
    pub indicator: String,
    /// proportion: the indicator that holds n. Default: the column `n`.
    pub n: Option<String>,
    /// ratio: the indicator that holds the expected number. Default: the column `reference`.
    pub expected: Option<String>,
    /// Decimals of the values, 0 to 6. Default 0; 2 for a ratio.
    pub decimals: Option<u8>,
    /// Whose rule on the least number of answers holds, as in a comparison: municipalities with an n under it are left
    /// out and counted in a note. Default: none.
    pub survey: Option<String>,
    /// Least n, where no `survey` says it. Default: none; all are drawn.
    pub minimum_answers: Option<u32>,
    /// Only observations that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out observations that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
}

/// What a funnel's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FunnelKind {
    /// A share of n, limits by the normal approximation.
    Proportion,
    /// Observed to expected, exact Poisson limits.
    Ratio,
}
