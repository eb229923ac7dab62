//! `[risk_count.x]` as it is computed.

use std::sync::Arc;

use crate::domain::cube::Condition;
use crate::measure::risk::plan::RiskScalePlan;
use crate::vocabulary::plan::AxisPlan;

#[derive(Debug, Clone)]
pub struct RiskCountPlan {
    pub scale: Arc<RiskScalePlan>,
    pub probability: AxisPlan,
    pub consequence: AxisPlan,
    pub conditions: Vec<Condition>,
}
