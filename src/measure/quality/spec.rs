//! `[quality.x]` as written in the job file: how far an export can be trusted.

use schemars::JsonSchema;
use serde::Deserialize;

/// The data quality of one source, as several tables.
///
/// `quality.x` is how completely each column is filled in. Beside it stand, as far as the keys below allow,
/// `quality.x.residual` (share in residual categories), `quality.x.unknown` (values outside the lists),
/// `quality.x.lag` (days from what happened to its report), `quality.x.months` (reports per unit and month),
/// `quality.x.stopped` (units that may have stopped reporting) and `quality.x.renamed` (values that may have changed
/// name).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualitySpec {
    /// `source.x` whose quality it is.
    pub source: String,
    /// What the tables are of: "Avvikelser". Each adds what it shows.
    pub title: String,
    /// Column of the units that report: adds `months` and `stopped`, and rows per unit in `lag`. Default: none.
    pub units: Option<String>,
    /// Date column of what happened: adds `lag`. Default: none.
    pub occurred: Option<String>,
    /// Date column of the report. Default: the source's `period_date`.
    pub reported: Option<String>,
    /// Columns whose residual values and changes of name are looked for. Default: every column with a closed list, the
    /// units aside.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Share (0–1) in residual categories, unknown and blank ones among them, over which no conclusions can be drawn.
    /// Default 0.2.
    pub residual_over: Option<f64>,
    /// Reports that took longer than so many days are counted as late. Default 14.
    pub late_over_days: Option<u32>,
    /// A unit is said to have stopped when the chance of its silence, adjusted for how many units are judged, is under
    /// this. Default 0.05.
    pub stopped_under: Option<f64>,
    /// Months of history that a unit needs before its silence is judged. Default 6.
    pub history_months: Option<u32>,
    /// Fewest events that a value must have been expected to have before its absence says that its name may have changed.
    /// Default 5.
    pub renamed_from: Option<u32>,
}
