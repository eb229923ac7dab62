//! `[development.x]` to its plan.

use crate::measure::declared::{Declared, Entry, Job, Measures};
use crate::measure::derived::{Base, add_derived};
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::development::spec::DevelopmentSpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::problems::Problems;

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
    kind.family().years().err()
}
