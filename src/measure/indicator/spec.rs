//! `[indicator.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{IntervalMethod, Named, OneOrMany, RowOrder, UnitSpec, Where};

/// Observations as a table: rows × columns of indicator, area, period, group or a further column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    pub source: String,
    pub title: String,
    /// What the numbers are: "andel positiva svar, procent".
    pub what: String,
    /// Default `indicator`; two for a hierarchy (group rows without values).
    #[serde(default)]
    pub rows: OneOrMany,
    /// Default `period`.
    pub columns: Option<String>,
    pub each: Option<String>,
    #[serde(default, rename = "where")]
    pub where_: Where,
    #[serde(default)]
    pub where_not: Where,
    pub unit: Option<UnitSpec>,
    pub decimals: Option<u8>,
    /// Unit of single indicators (part of the name is enough): "antal svar" = count.
    #[serde(default)]
    pub units: Named<UnitSpec>,
    /// Shorter labels of rows: text that is taken off their beginning.
    pub strip: Option<String>,
    /// Adds difference and change between the last two columns.
    #[serde(default)]
    pub change: bool,
    /// Adds `n` and value / n as a share (deficiencies of reviewed files).
    #[serde(default)]
    pub share_of_n: bool,
    /// Adds the `n` column.
    #[serde(default)]
    pub show_n: bool,
    /// Further columns of the source shown as text.
    #[serde(default)]
    pub show: Vec<String>,
    /// Adds a sum row; only for counts that do not overlap.
    #[serde(default)]
    pub sum: bool,
    #[serde(default)]
    pub order: RowOrder,
    /// Under this many answers the value is printed with a warning. Read from the `n` of the row or, in wide tables,
    /// from the indicator named here.
    pub few_answers: Option<FewAnswersSpec>,
    /// Indicators for which lower is better (part of the name is enough).
    #[serde(default)]
    pub lower_is_better: Vec<String>,
    /// Indicators for which higher is better.
    #[serde(default)]
    pub higher_is_better: Vec<String>,
    /// 95 % interval of each percentage, from its number of answers (`n`, or the indicator of `few_answers`).
    pub interval: Option<IntervalMethod>,
    /// Tests the last year's percentages against the year before, adjusted over the table.
    #[serde(default)]
    pub test: bool,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FewAnswersSpec {
    pub under: u32,
    /// The indicator whose value is the number of answers.
    pub indicator: Option<String>,
}
