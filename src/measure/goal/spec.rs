//! `[goal.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{UnitSpec, Where};

/// Indicators against goal and mean.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalSpec {
    pub source: String,
    pub title: String,
    pub what: String,
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Header of the mean: "Snitt KEKS".
    pub reference_label: String,
    pub goal_label: String,
    pub unit: Option<UnitSpec>,
    pub decimals: Option<u8>,
    /// Indicators for which lower is better (part of the name is enough); all others: higher is better.
    #[serde(default)]
    pub lower_is_better: Vec<String>,
}
