//! What is measured: the job's head, its sources, and of each measure what it is called and its family's own plan.

use crate::domain::cube::Condition;
use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::comparison::plan::ComparisonPlan;
use crate::measure::cube::plan::CubePlan;
use crate::measure::delivery::plan::DeliveryPlan;
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::funnel::plan::FunnelPlan;
use crate::measure::goal::plan::GoalPlan;
use crate::measure::indicator::plan::IndicatorPlan;
use crate::measure::mismatch::plan::MismatchPlan;
use crate::measure::published::plan::PublishedPlan;
use crate::measure::quality::plan::QualityPlan;
use crate::measure::rate::plan::RatePlan;
use crate::measure::register::plan::RegisterPlan;
use crate::measure::risk::plan::RiskPlan;
use crate::measure::risk_count::plan::RiskCountPlan;
use crate::measure::share::plan::SharePlan;
use crate::measure::shift::plan::ShiftPlan;
use crate::measure::spc::plan::SpcPlan;
use crate::measure::trend::plan::TrendPlan;
use crate::vocabulary::plan::{CertaintyPlan, JobPlan, SourcePlan};

/// What is measured: all that measures see of a job.
#[derive(Debug, Clone)]
pub struct Plan {
    pub job: JobPlan,
    pub sources: Vec<SourcePlan>,
    /// In job-file order within each family; families in the order of the spec. `each` is expanded.
    pub measures: Vec<MeasurePlan>,
}

impl Plan {
    pub fn source(&self, name: &str) -> Option<&SourcePlan> {
        self.sources.iter().find(|source| source.name == name)
    }

    pub fn measure(&self, name: &str) -> Option<&MeasurePlan> {
        self.measures.iter().find(|measure| measure.name == name)
    }
}

#[derive(Debug, Clone)]
pub struct MeasurePlan {
    /// `family.name` or `family.name/value of each`.
    pub name: String,
    pub title: String,
    /// Index into `Plan::sources`.
    pub source: usize,
    /// The condition that `each` adds, when the measure is one of an expanded set: the column has this one value.
    /// It stands among the conditions of `kind`, too.
    pub each: Option<Condition>,
    pub kind: MeasureKind,
    pub certainty: CertaintyPlan,
}

impl MeasurePlan {
    /// The value of `each`, when the measure is one of an expanded set.
    pub fn each_value(&self) -> Option<&str> {
        self.each.as_ref().and_then(|condition| condition.values.first()).map(String::as_str)
    }
}

#[derive(Debug, Clone)]
pub enum MeasureKind {
    Breakdown(BreakdownPlan),
    Trend(TrendPlan),
    Cube(CubePlan),
    Share(SharePlan),
    Rate(RatePlan),
    Indicator(IndicatorPlan),
    Goal(GoalPlan),
    Mismatch(MismatchPlan),
    Register(RegisterPlan),
    Comparison(ComparisonPlan),
    Funnel(FunnelPlan),
    Spc(SpcPlan),
    Risk(Box<RiskPlan>),
    RiskCount(RiskCountPlan),
    Shift(ShiftPlan),
    Development(DevelopmentPlan),
    Quality(QualityPlan),
    Delivery(DeliveryPlan),
    Published(PublishedPlan),
}
