//! Rates of the plan.

use std::collections::BTreeMap;

use crate::domain::cube::Condition;
use crate::domain::table::Unit;
use crate::vocabulary::plan::AxisPlan;

pub use crate::measure::rate::spec::RateInterval;

/// Events per so much exposure.
#[derive(Debug, Clone)]
pub struct RatePlan {
    /// What makes a row; `None`: the total alone.
    pub by: Option<AxisPlan>,
    /// Conditions of `where`, `where_not` and `each` together.
    pub conditions: Vec<Condition>,
    /// 0 or 1.
    pub earlier: u32,
    /// Events per how much exposure: 1 000.
    pub per: u32,
    /// What the exposure is: "invånare".
    pub label: String,
    /// Where the exposure is from.
    pub exposure: ExposurePlan,
    /// How the interval is made.
    pub interval: RateInterval,
    /// Of the rates.
    pub unit: Unit,
}

/// Exposure of each row and year.
#[derive(Debug, Clone)]
pub enum ExposurePlan {
    /// Days of the period that the data cover.
    Days,
    /// Year → exposure of every row.
    Whole(BTreeMap<i32, f64>),
    /// Row → year → exposure; the total is that of the row "Totalt", or the sum.
    Rows(BTreeMap<String, BTreeMap<i32, f64>>),
    /// Read from a source of observations.
    Observed {
        /// Index into `Plan::sources`.
        source: usize,
        /// All that must hold of an observation.
        conditions: Vec<Condition>,
        /// Column of the rows; `None`: one exposure a year.
        rows: Option<String>,
    },
}

impl ExposurePlan {
    /// Index of the source that exposures are read from.
    pub fn source(&self) -> Option<usize> {
        match self {
            ExposurePlan::Observed { source, .. } => Some(*source),
            _ => None,
        }
    }
}
