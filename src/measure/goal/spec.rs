//! `[goal.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{UnitSpec, Where};

/// Indicators against goal and mean.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalSpec {
    /// `source.x`, a source of observations with the columns `goal` and `reference`.
    pub source: String,
    /// What the report calls the table.
    pub title: String,
    /// What the numbers are: "index".
    pub what: String,
    /// Only observations that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Header of the mean: "Snitt KEKS".
    pub reference_label: String,
    /// Header of the goal: "Mål".
    pub goal_label: String,
    /// What the values are. Default `number`.
    pub unit: Option<UnitSpec>,
    /// Decimals of the values, 0 to 6; a count has none. Default 0.
    pub decimals: Option<u8>,
    /// Indicators for which lower is better (part of the name is enough). Default: none; higher is better for all
    /// others.
    #[serde(default)]
    pub lower_is_better: Vec<String>,
}
