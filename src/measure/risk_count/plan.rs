//! `[risk_count.x]` as it is computed.

use std::sync::Arc;

use crate::domain::cube::Condition;
use crate::measure::risk::plan::RiskScalePlan;
use crate::vocabulary::plan::AxisPlan;

/// Events of a log by probability and consequence.
#[derive(Debug, Clone)]
pub struct RiskCountPlan {
    /// What they are judged on.
    pub scale: Arc<RiskScalePlan>,
    /// The column of the probability.
    pub probability: AxisPlan,
    /// The column of the consequence.
    pub consequence: AxisPlan,
    /// All that must hold of an event.
    pub conditions: Vec<Condition>,
}
