//! Control charts of the plan.

use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};
use crate::vocabulary::spec::TimeStep;

pub use crate::measure::spc::spec::SpcChart;

/// A control chart.
#[derive(Debug, Clone)]
pub struct SpcPlan {
    /// Which kind of chart, and so its limits.
    pub chart: SpcChart,
    /// What the points are of, for captions; `None`: the events.
    pub what: Option<String>,
    /// Events: the date column, and what makes a point; `None` for observations. `by` is `None` for g and t.
    pub date: Option<usize>,
    /// What makes a point of events.
    pub by: Option<TimeStep>,
    /// Conditions of `where`, `where_not` and `each` together.
    pub conditions: Vec<Condition>,
    /// Conditions of the part, those of the whole included.
    pub part: Option<Vec<Condition>>,
    /// What events are divided by, for u charts and their kin.
    pub denominator: Option<DenominatorPlan>,
    /// The limits are those of the first so many points.
    pub fix_after_n: Option<u32>,
    /// By date.
    pub rebase: Vec<RebasePlan>,
    /// What is to be reached.
    pub goal: Option<f64>,
    /// Which way is good.
    pub direction: Direction,
    /// Points beyond the limits are left out, once, before the limits are made.
    pub screening: bool,
    /// Six points in a row are a signal, instead of eight or seven.
    pub six_point_rules: bool,
    /// Of observations and rates.
    pub unit: Unit,
}

/// What events are divided by.
#[derive(Debug, Clone)]
pub struct DenominatorPlan {
    /// Index into `Plan::sources`.
    pub source: usize,
    /// All that must hold of an observation.
    pub conditions: Vec<Condition>,
    /// What it is: "vårddygn".
    pub label: String,
    /// Events per how much of it: 1 000.
    pub per: u32,
}

/// A day from which the limits are made anew.
#[derive(Debug, Clone)]
pub struct RebasePlan {
    /// Days since 1970-01-01.
    pub from: i32,
    /// Why, for the note under the chart.
    pub reason: String,
}
