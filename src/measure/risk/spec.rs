//! `[risk_scale.x]`, `[risk.x]`, `[risk_count.x]`: the risk picture.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{OneOrMany, Where};

/// The scale that risks are judged on. Scores are ordinal: they are compared and counted, never averaged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskScaleSpec {
    /// Steps of probability and of consequence, from 1: 4 or 5. A value outside is reported with its file and row.
    pub steps: u8,
    /// What the steps of probability are called, lowest first: all of them. Default: their numbers.
    #[serde(default)]
    pub probability: Vec<String>,
    /// What the steps of consequence are called, lowest first: all of them. Default: their numbers.
    #[serde(default)]
    pub consequence: Vec<String>,
    /// Words for scores (probability × consequence), each from a score up to the next one's. Default: none; scores
    /// stand as numbers.
    #[serde(default)]
    pub levels: Vec<RiskLevelSpec>,
}

/// A word for scores, from one up to the next level's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskLevelSpec {
    /// Smallest score of the level.
    pub from: u32,
    /// What the level is called: "Hög".
    pub label: String,
}

/// A risk register. Nine tables: `risk.x` ranks the risks by score and `risk.x.highest` holds those of the highest
/// level; `risk.x.matrix` counts them by probability and consequence; `risk.x.moved` says of each what rose, fell, came,
/// went or stayed since last year, `risk.x.changed` leaves out what stayed; `risk.x.open` lists those without action or
/// owner; `risk.x.late` late actions; `risk.x.units` counts by unit and level; `risk.x.summary` holds the numbers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskSpec {
    /// `source.x`, a register.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// `risk_scale.x` that the risks are judged on.
    pub scale: String,
    /// Column that identifies a risk, the same from year to year.
    pub id: String,
    /// Column that says what the risk is.
    pub text: String,
    /// Column of the avdelning or unit that the risk belongs to. Default: none.
    pub unit: Option<String>,
    /// Column of the probability: a step of the scale, as a number.
    pub probability: String,
    /// Column of the consequence: a step of the scale, as a number.
    pub consequence: String,
    /// Column of the year, where one register holds several. Default: none; without `previous`, too, nothing is said of
    /// changes.
    pub year: Option<String>,
    /// How much later the register's year is than the job's: 1 when the report on 2023 looks at the risks of 2024.
    /// Default 0.
    #[serde(default)]
    pub years_ahead: u8,
    /// `source.x` of last year's register with the same columns, instead of `year`. Default: none.
    pub previous: Option<String>,
    /// Column of the action. A blank one is a risk without action. Default: none; nothing is said of actions.
    pub action: Option<String>,
    /// Column of who is responsible. A blank one is a risk without owner. Default: none; nothing is said of owners.
    pub owner: Option<String>,
    /// Column of the action's status. Default: none.
    pub status: Option<String>,
    /// Values of `status` that mean that the action is done. Default: none.
    #[serde(default)]
    pub done: OneOrMany,
    /// Date column by which the action should be done: late is judged on the job's `as_of`. Default: none; nothing is
    /// late.
    pub due: Option<String>,
    /// One set of tables per value of this column. Default: one set.
    pub each: Option<String>,
    /// Only risks that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out risks that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
}
