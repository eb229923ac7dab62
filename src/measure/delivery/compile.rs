//! `[delivery.x]` to its plan.

use crate::measure::declared::{Declared, Entry, Job, Measures};
use crate::measure::delivery::plan::DeliveryPlan;
use crate::measure::delivery::spec::DeliverySpec;
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;

impl Declared for DeliverySpec {
    fn sources(&self) -> Vec<&str> {
        self.sources.iter().map(String::as_str).collect()
    }

    fn add(&self, entry: Entry, job: Job, measures: &mut Measures, problems: &mut Problems) {
        let at = entry.path();
        not_empty(&self.title, &at.key("title"), problems);
        let named = self.sources.iter().enumerate();
        let mut indices: Vec<usize> = named
            .filter_map(|(index, name)| find_source(name, job.sources, &at.key("sources").index(index), problems))
            .map(|scope| scope.index)
            .collect();
        if self.sources.is_empty() {
            indices = (0..job.sources.len()).collect();
        }
        // The table is of all of them; it stands under one that is always delivered, if there is one.
        let always = indices.iter().find(|index| !job.sources[**index].optional).or(indices.first()).copied();
        let Some(source) = always else { return };
        let kind = MeasureKind::Delivery(DeliveryPlan { sources: indices });
        measures.add_one(entry.family, MeasurePlan::alone(entry.full_name(), self.title.clone(), source, kind));
    }
}
