//! `[shift.x]` to its plan.

use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::plan::MeasureKind;

/// Why a measure cannot be tested for a shift.
pub fn shiftable(kind: &MeasureKind) -> Option<&'static str> {
    match kind {
        MeasureKind::Breakdown(BreakdownPlan { columns: None, rows, earlier: 1.., .. }) if rows.len() == 1 => None,
        MeasureKind::Breakdown(_) => Some("has no last period beside, or more than one dimension"),
        _ => Some("is no breakdown"),
    }
}
