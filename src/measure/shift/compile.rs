//! `[shift.x]` to its plan.

use crate::measure::declared::{Declared, Entry, Job, Measures};
use crate::measure::derived::{Base, add_derived};
use crate::measure::plan::MeasureKind;
use crate::measure::shift::plan::ShiftPlan;
use crate::measure::shift::spec::ShiftSpec;
use crate::vocabulary::problems::Problems;

impl Declared for ShiftSpec {
    fn sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn add(&self, entry: Entry, _: Job, measures: &mut Measures, problems: &mut Problems) {
        let kind = |measure| MeasureKind::Shift(ShiftPlan { measure, merge_sparse: self.merge_sparse });
        let base = Base { measure: &self.measure, title: &self.title, fault: shiftable };
        add_derived(measures, entry, base, kind, problems);
    }
}

/// Why a measure cannot be tested for a shift.
fn shiftable(kind: &MeasureKind) -> Option<String> {
    let MeasureKind::Breakdown(plan) = kind else { return Some(say!("job-is-no-breakdown")) };
    let has_last_period = plan.columns.is_none() && plan.rows.len() == 1 && plan.earlier > 0;
    (!has_last_period).then(|| say!("job-has-no-last-period-beside"))
}
