//! `[funnel.x]` as it is computed.

use crate::domain::cube::Condition;
use crate::measure::comparison::plan::AmongPlan;

pub use crate::measure::funnel::spec::FunnelKind;

#[derive(Debug, Clone)]
pub struct FunnelPlan {
    pub what: String,
    pub kind: FunnelKind,
    pub among: AmongPlan,
    pub year: i32,
    pub indicator: String,
    /// Indicator of n or of the expected number; `None` = the row's own column.
    pub size: Option<String>,
    pub conditions: Vec<Condition>,
    pub decimals: u8,
    pub least: Option<u32>,
}
