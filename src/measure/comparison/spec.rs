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
    pub source: String,
    pub title: String,
    /// What the numbers are: "andel positiva svar, procent".
    pub what: String,
    /// Our own code in the column `area`: "0188".
    pub area: String,
    /// The year compared; the job's year if absent.
    pub year: Option<i32>,
    /// Codes of the municipalities of a group, or of similar ones. All municipalities if absent; never the whole
    /// country, regions and groups.
    #[serde(default)]
    pub among: Vec<String>,
    /// What they are called in sentences. Default "kommuner".
    pub among_label: Option<String>,
    /// Id of an indicator → its label, in print order; all indicators of the source if absent.
    #[serde(default)]
    pub indicators: Named<String>,
    /// A source of kind `register` whose columns `id` and `title` name indicators.
    pub indicator_names: Option<String>,
    /// A source of kind `register` whose columns `id` and `title` name municipalities.
    pub area_names: Option<String>,
    /// Text that is taken off the beginning of titles.
    pub strip: Option<String>,
    #[serde(default, rename = "where")]
    pub where_: Where,
    #[serde(default)]
    pub where_not: Where,
    pub unit: Option<UnitSpec>,
    pub decimals: Option<u8>,
    /// Indicators for which higher is better: an id, or a part of the label.
    #[serde(default)]
    pub higher_is_better: Vec<String>,
    /// Indicators for which lower is better. Neither: ranked from the highest, without colour.
    #[serde(default)]
    pub lower_is_better: Vec<String>,
    /// The indicator that holds how many answered; the column `n` if absent.
    pub answers: Option<String>,
    /// Whose rule on the least number of answers holds: skr_ifo, skr_lss_sol, skr_placerade_barn,
    /// skr_myndighetskontakt, socialstyrelsen_aldre, oppna_jamforelser_gymnasium, insikt.
    pub survey: Option<String>,
    /// A number of one's own instead.
    pub minimum_answers: Option<u32>,
    /// What happens to our value under that number. Default: shown with a warning.
    #[serde(default)]
    pub few_answers: FewAnswers,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FewAnswers {
    #[default]
    Warn,
    Hide,
}
