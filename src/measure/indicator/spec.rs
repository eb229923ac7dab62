//! `[indicator.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{IntervalMethod, Named, OneOrMany, RowOrder, UnitSpec, Where};

/// Observations as a table: rows × columns of indicator, area, period, group or a further column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// `source.x`, a source of observations.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// What the numbers are: "andel positiva svar, procent".
    pub what: String,
    /// What is a row: a column, or two for a hierarchy (group rows without values). Default `indicator`.
    #[serde(default)]
    pub rows: OneOrMany,
    /// What is a column. Default `period`.
    pub columns: Option<String>,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// Only observations that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out observations that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// What the values are. Default `number`.
    pub unit: Option<UnitSpec>,
    /// Decimals of the values, 0 to 6; a count has none. Default 0.
    pub decimals: Option<u8>,
    /// Unit of single indicators (part of the name is enough): "antal svar" = count. Default: all have `unit`.
    #[serde(default)]
    pub units: Named<UnitSpec>,
    /// Shorter labels of rows: text that is taken off their beginning. Default: none.
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
    /// The order of rows. Default `declared`.
    #[serde(default)]
    pub order: RowOrder,
    /// Under this many answers the value is printed with a warning. Read from the `n` of the row or, in wide tables,
    /// from the indicator named here. Default: no warning.
    pub few_answers: Option<FewAnswersSpec>,
    /// Indicators for which lower is better (part of the name is enough). Default: none.
    #[serde(default)]
    pub lower_is_better: Vec<String>,
    /// Indicators for which higher is better (part of the name is enough). Default: none; a change is then neither
    /// better nor worse.
    #[serde(default)]
    pub higher_is_better: Vec<String>,
    /// 95 % interval of each percentage, from its number of answers (`n`, or the indicator of `few_answers`). Default:
    /// none.
    pub interval: Option<IntervalMethod>,
    /// Tests the last year's percentages against the year before, adjusted over the table.
    #[serde(default)]
    pub test: bool,
}

/// How few answers are few, and where their number stands.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FewAnswersSpec {
    /// The least number of answers that needs no warning.
    pub under: u32,
    /// The indicator whose value is the number of answers. Default: the column `n`.
    pub indicator: Option<String>,
}
