//! Control charts of the plan.

use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};
use crate::vocabulary::spec::TimeStep;

pub use crate::measure::spc::spec::SpcChart;

#[derive(Debug, Clone)]
pub struct SpcPlan {
    pub chart: SpcChart,
    pub what: Option<String>,
    /// Events: the date column, and what makes a point; `None` for observations. `by` is `None` for g and t.
    pub date: Option<usize>,
    pub by: Option<TimeStep>,
    /// Conditions of `where`, `where_not` and `each` together.
    pub conditions: Vec<Condition>,
    /// Conditions of the part, those of the whole included.
    pub part: Option<Vec<Condition>>,
    pub denominator: Option<DenominatorPlan>,
    pub fix_after_n: Option<u32>,
    /// By date.
    pub rebase: Vec<RebasePlan>,
    pub goal: Option<f64>,
    pub direction: Direction,
    pub screening: bool,
    pub six_point_rules: bool,
    /// Of observations and rates.
    pub unit: Unit,
}

#[derive(Debug, Clone)]
pub struct DenominatorPlan {
    /// Index into `Plan::sources`.
    pub source: usize,
    pub conditions: Vec<Condition>,
    pub label: String,
    pub per: u32,
}

#[derive(Debug, Clone)]
pub struct RebasePlan {
    /// Days since 1970-01-01.
    pub from: i32,
    pub reason: String,
}
