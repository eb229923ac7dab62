//! `[development.x]` to its plan.

use crate::domain::cube::Grain;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::spec::TimeStep;

/// Why a measure has no development over years.
pub fn yearly(kind: &MeasureKind) -> Option<&'static str> {
    match kind {
        MeasureKind::Trend(plan) if matches!(plan.by, TimeStep::Year | TimeStep::CalendarYear) => None,
        MeasureKind::Trend(_) => Some("is not by year"),
        MeasureKind::Indicator(plan) if plan.columns == "period" => None,
        MeasureKind::Indicator(_) => Some("has no years as columns"),
        MeasureKind::Share(plan) if plan.by.as_ref().is_some_and(|axis| is_year(axis.grain)) => None,
        MeasureKind::Share(_) => Some("is not by year"),
        _ => Some("is no trend, share or indicator"),
    }
}

fn is_year(grain: Grain) -> bool {
    matches!(grain, Grain::Period | Grain::CalendarYear)
}
