//! `[spc.x]`: control charts.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{NamedDirection, TimeStep, UnitSpec, Where};

/// A control chart: a series over time with centre, limits and signals.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpcSpec {
    /// `source.x`: events that are counted, or observations with one value a period.
    pub source: String,
    /// What the report calls the chart; `{each}` stands for the value of `each`.
    pub title: String,
    /// What the numbers are: "andel avvikelser med risk för vårdskada". Default: made from the source's noun.
    pub what: Option<String>,
    /// Events: one point a month, quarter or year. Default: none; needed but for `g` and `t`, whose points are the rare
    /// events themselves.
    pub by: Option<TimeStep>,
    /// Which chart it is. Default `xmr`.
    pub chart: Option<SpcChart>,
    /// One chart per value of this column. Default: one chart.
    pub each: Option<String>,
    /// Only events or observations that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events or observations that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// Events: conditions on the part, on top of `where`. The value is then its share; for `g` the part is the rare
    /// event. Default: none; `p`, `p_prime` and `g` need it or `part_not`.
    #[serde(default)]
    pub part: Where,
    /// Events: what is not in the part. Default: none.
    #[serde(default)]
    pub part_not: Where,
    /// Events: what their number is divided by, from a source of observations with one value a period. Default: none;
    /// `u` and `u_prime` need it.
    pub denominator: Option<DenominatorSpec>,
    /// Centre and limits come from the first so many points of each segment. Default: from all.
    pub fix_after_n: Option<u32>,
    /// New centre and limits from a date on, and why. Default: none.
    #[serde(default)]
    pub rebase: Vec<RebaseSpec>,
    /// The goal, in the unit of the points; drawn as a line. Default: none.
    pub goal: Option<f64>,
    /// Which way is better. Default `neither`: more reports is not worse.
    pub direction: Option<NamedDirection>,
    /// Drops unusually large moving ranges once (XmR and t). Default true; false equals charts made by hand in Excel.
    pub screening: Option<bool>,
    /// Points in a row that make a trend or a shift (XmR and t): 7 or 6. Default 7.
    pub rule_points: Option<u8>,
    /// Observations only. Default `number`.
    pub unit: Option<UnitSpec>,
    /// Decimals of observations and rates. Default 0 for observations, 1 for rates.
    pub decimals: Option<u8>,
}

/// Kinds of control charts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpcChart {
    /// Individual values and moving ranges: for most things.
    #[default]
    Xmr,
    /// Median and runs around it; no limits.
    Run,
    /// Counts from equal chances.
    C,
    /// Events per exposure.
    U,
    /// Shares.
    P,
    /// Laney's u: large numbers.
    UPrime,
    /// Laney's p: large numbers.
    PPrime,
    /// Events between rare events.
    G,
    /// Days between rare events.
    T,
}

impl SpcChart {
    /// The chart's name as readers see it.
    pub fn sign(self) -> &'static str {
        match self {
            SpcChart::Xmr => "XmR",
            SpcChart::Run => "serie",
            SpcChart::C => "c",
            SpcChart::U => "u",
            SpcChart::P => "p",
            SpcChart::UPrime => "u′",
            SpcChart::PPrime => "p′",
            SpcChart::G => "g",
            SpcChart::T => "t",
        }
    }
}

/// What events are divided by.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DenominatorSpec {
    /// `source.x`, observations with one value a period ("2023", "2023-01", "2023 kvartal 1").
    pub source: String,
    /// Only observations that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// What it is, for readers: "vårddygn".
    pub label: String,
    /// Values are printed per so many. Default 1.
    pub per: Option<u32>,
}

/// A day from which the chart is made anew.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RebaseSpec {
    /// YYYY-MM-DD: the first point that begins on this day or later starts a new segment.
    pub from: String,
    /// Printed with the chart.
    pub reason: String,
}
