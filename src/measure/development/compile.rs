//! `[development.x]` to its plan.

use crate::domain::cube::Grain;
use crate::measure::declared::{Declared, Entry, Job, Measures};
use crate::measure::derived::{Base, add_derived};
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::development::spec::DevelopmentSpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::TimeStep;

impl Declared for DevelopmentSpec {
    fn sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn add(&self, entry: Entry, _: Job, measures: &mut Measures, problems: &mut Problems) {
        let kind = |measure| MeasureKind::Development(DevelopmentPlan { measure });
        let base = Base { measure: &self.measure, title: &self.title, fault: yearly };
        add_derived(measures, entry, base, kind, problems);
    }
}

/// Why a measure has no development over years.
fn yearly(kind: &MeasureKind) -> Option<String> {
    match kind {
        MeasureKind::Trend(plan) if matches!(plan.by, TimeStep::Year | TimeStep::CalendarYear) => None,
        MeasureKind::Trend(_) => Some(say!("job-is-not-by-year")),
        MeasureKind::Indicator(plan) if plan.columns == "period" => None,
        MeasureKind::Indicator(_) => Some(say!("job-has-no-years-columns")),
        MeasureKind::Share(plan) if plan.by.as_ref().is_some_and(|axis| is_year(axis.grain)) => None,
        MeasureKind::Share(_) => Some(say!("job-is-not-by-year")),
        _ => Some(say!("job-is-no-trend-share-or")),
    }
}

fn is_year(grain: Grain) -> bool {
    matches!(grain, Grain::Period | Grain::CalendarYear)
}
