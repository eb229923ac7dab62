//! `[lead_time.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::Where;

/// Days from one date of an event to another: to a decision, to a closing.
///
/// Median, quartiles and the share within a limit, by Kaplan and Meier: an event that has not ended is open, and counts as
/// long as it has lasted on the job's `as_of`. There is no median while more than half are estimated to be left. The period
/// is that of the source's `period_date`: if that is where the time begins, those that are open are among the events; if it
/// is where it ends, only those that have ended are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadTimeSpec {
    /// `source.x`, an event source.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// Date column of the beginning.
    pub from: String,
    /// Date column of the end; blank while an event is open.
    pub to: String,
    /// Shows the share that had ended within so many days. Default: no such share.
    pub limit_days: Option<u32>,
    /// One row per value of this column, and the distinct total. Default: only the total.
    pub by: Option<String>,
    /// One table per value of this column. Default: one table.
    pub each: Option<String>,
    /// Only events that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out events that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
    /// How many earlier periods stand beside. Default 1, or the job's `earlier` if that is less.
    pub earlier: Option<u32>,
}
