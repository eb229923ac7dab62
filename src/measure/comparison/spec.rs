//! `[comparison.x]` as written in the job file: us among other municipalities.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{Named, UnitSpec, Where};

/// Our values among those of other municipalities: rank, quartiles, unweighted mean, women and men.
///
/// Reads the columns `indicator`, `area`, `period`, `group` (T, K, M) and `value` of an observation source in long form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparisonSpec {
    /// `source.x`, a source of observations in long form.
    pub source: String,
    /// What the report calls the table.
    pub title: String,
    /// What the numbers are: "andel positiva svar, procent".
    pub what: String,
    /// Our own code in the column `area`: "0188".
    pub area: String,
    /// The year compared. Default: the job's.
    pub year: Option<i32>,
    /// Codes of the municipalities of a group, or of similar ones; never the whole country, regions and groups.
    /// Default: all municipalities.
    #[serde(default)]
    pub among: Vec<String>,
    /// What they are called in sentences. Default "kommuner".
    pub among_label: Option<String>,
    /// Id of an indicator → its label, in print order. Default: all indicators of the source.
    #[serde(default)]
    pub indicators: Named<String>,
    /// `source.x` of kind `register` whose columns `id` and `title` name indicators. Default: none; indicators without
    /// a label stand by their id.
    pub indicator_names: Option<String>,
    /// `source.x` of kind `register` whose columns `id` and `title` name municipalities. Default: none; they stand by
    /// their code.
    pub area_names: Option<String>,
    /// Text that is taken off the beginning of titles. Default: none.
    pub strip: Option<String>,
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
    /// Indicators for which higher is better: an id, or a part of the label. Default: none.
    #[serde(default)]
    pub higher_is_better: Vec<String>,
    /// Indicators for which lower is better: an id, or a part of the label. Default: none; those in neither list are
    /// ranked from the highest, without colour.
    #[serde(default)]
    pub lower_is_better: Vec<String>,
    /// The indicator that holds how many answered. Default: the column `n`.
    pub answers: Option<String>,
    /// Whose rule on the least number of answers holds: `skr_ifo`, `skr_lss_sol`, `skr_placerade_barn`,
    /// `skr_myndighetskontakt`, `socialstyrelsen_aldre`, `oppna_jamforelser_gymnasium` or `insikt`. Default: none.
    pub survey: Option<String>,
    /// Least number of answers, where no `survey` says it. Default: none; every value is shown.
    pub minimum_answers: Option<u32>,
    /// What happens to our value under that number. Default `warn`.
    #[serde(default)]
    pub few_answers: FewAnswers,
}

/// What happens to a value that rests on few answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FewAnswers {
    /// It is shown with a warning.
    #[default]
    Warn,
    /// It is hidden.
    Hide,
}
