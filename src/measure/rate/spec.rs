//! `[rate.x]`: events per exposure.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{Named, Where};

/// Distinct events per exposure (persons, days, places), this period and last, with intervals and a test of the two.
///
/// The exposure is exactly one of `exposure`, `exposure_of`, `exposure_source` and `days`; with `each` it is the same
/// for every value.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// One row per value of this column, and the distinct total. Default: only the total.
    pub by: Option<String>,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// Only events that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// 0 or 1 period before beside. Default 1 if the job keeps one.
    pub earlier: Option<u32>,
    /// Events per so many. Default 1000.
    pub per: Option<u32>,
    /// What the exposure is, for readers: "invånare". Default: dagar with `days = true`; needed otherwise.
    pub label: Option<String>,
    /// Period → exposure of every row: `{ "2023" = 12345, "2022" = 12000 }`. Default: none; see above.
    #[serde(default)]
    pub exposure: Named<f64>,
    /// Row → period → exposure; "Totalt" is the sum of the rows unless it is said, too. Default: none; see above.
    #[serde(default)]
    pub exposure_of: Named<Named<f64>>,
    /// Exposures from a source of observations with one value a year. Default: none; see above.
    pub exposure_source: Option<ExposureSpec>,
    /// The exposure is time: the days of each period that the data cover, leap days among them.
    #[serde(default)]
    pub days: bool,
    /// 95 % interval of each rate. Default `garwood`.
    pub interval: Option<RateInterval>,
    /// Decimals of the rates. Default 1.
    pub decimals: Option<u8>,
}

/// Where exposures stand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExposureSpec {
    /// `source.x`, observations; `period` is the year.
    pub source: String,
    /// Only observations that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Column whose values are the rows of `by`, as a rule `area`. Default: none; every row has the year's one
    /// exposure.
    pub rows: Option<String>,
}

/// How the interval of a rate is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RateInterval {
    /// Exact, by the Poisson distribution.
    #[default]
    Garwood,
    /// Byar's approximation for ten events or more; exact under that.
    Byar,
}
