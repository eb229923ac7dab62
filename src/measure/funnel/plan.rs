//! `[funnel.x]` as it is computed.

use crate::domain::cube::Condition;
use crate::measure::comparison::plan::AmongPlan;

pub use crate::measure::funnel::spec::FunnelKind;

/// Units of unequal size around what they have in common.
#[derive(Debug, Clone)]
pub struct FunnelPlan {
    /// What the values are of, for captions.
    pub what: String,
    /// Shares or ratios, and so the limits.
    pub kind: FunnelKind,
    /// Which units, and which of them is ours.
    pub among: AmongPlan,
    /// The year that is compared.
    pub year: i32,
    /// Id of the indicator whose values are drawn.
    pub indicator: String,
    /// Indicator of n or of the expected number; `None` = the row's own column.
    pub size: Option<String>,
    /// All that must hold of an observation.
    pub conditions: Vec<Condition>,
    /// Decimals of the values, as printed.
    pub decimals: u8,
    /// Fewest answers or expected events of a unit that is drawn.
    pub least: Option<u32>,
}
