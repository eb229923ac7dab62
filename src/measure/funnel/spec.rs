//! `[funnel.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// One indicator of all municipalities against the limits of chance.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FunnelSpec {
    pub source: String,
    pub title: String,
    pub what: String,
    pub kind: FunnelKind,
    pub area: String,
    pub year: Option<i32>,
    #[serde(default)]
    pub among: Vec<String>,
    pub area_names: Option<String>,
    /// proportion: the share in per cent. ratio: the observed number.
    pub indicator: String,
    /// proportion: the indicator that holds n; the column `n` if absent.
    pub n: Option<String>,
    /// ratio: the indicator that holds the expected number; the column `reference` if absent.
    pub expected: Option<String>,
    pub decimals: Option<u8>,
    /// Municipalities with an n under this are left out and counted in a note.
    pub survey: Option<String>,
    pub minimum_answers: Option<u32>,
    #[serde(default, rename = "where")]
    pub where_: Where,
    #[serde(default)]
    pub where_not: Where,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FunnelKind {
    /// A share of n, limits by the normal approximation.
    Proportion,
    /// Observed to expected, exact Poisson limits.
    Ratio,
}
