//! `[mismatch.x]`: where we answer no and comparable municipalities answer yes, and what changed since last year.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::OneOrMany;

/// Yes/no indicators of one organisation (a row of the export) beside those of comparable ones.
///
/// The source is a register: one row per municipality, one column per indicator, as Öppna jämförelser comes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MismatchSpec {
    /// `source.x`, a register.
    pub source: String,
    /// What the report calls the table.
    pub title: String,
    /// `source.x` of last year, with the same column names. Default: none; nothing is said of changes.
    pub previous: Option<String>,
    /// Column that names the municipality.
    pub area: String,
    /// Our own row, as the column `area` spells it.
    pub own: String,
    /// The rows that we compare with, as the column `area` spells them. Default: all others but `own`.
    #[serde(default)]
    pub comparable: Vec<String>,
    /// Columns of indicators in print order.
    pub indicators: Vec<String>,
    /// Which rows the table has. Default `all`.
    #[serde(default)]
    pub show: MismatchShow,
    /// Share (0–1) of the comparable ones with an answer that must say yes before our no is a mismatch. Default 0.5.
    pub at_least: Option<f64>,
    /// Answers that mean yes. Default: Ja.
    #[serde(default)]
    pub yes: OneOrMany,
    /// Answers that mean no. Default: Nej.
    #[serde(default)]
    pub no: OneOrMany,
    /// Answers between the two; they count as answers but not as yes. Default: Delvis.
    #[serde(default)]
    pub partly: OneOrMany,
}

/// Which indicators are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MismatchShow {
    /// Every indicator.
    #[default]
    All,
    /// Those where we do not say yes and enough comparable ones do, the largest share first.
    Mismatches,
    /// Those where our answer is another than last year.
    Changed,
}
