//! `[delivery.x]` to its plan.

use crate::measure::declared::{Measures, push};
use crate::measure::delivery::plan::DeliveryPlan;
use crate::measure::delivery::spec::DeliverySpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spans::Path;

pub fn add_delivery(
    measures: &mut Measures,
    name: &str,
    spec: &DeliverySpec,
    sources: &[SourcePlan],
    problems: &mut Problems,
) {
    let at = Path::of(&["delivery", name]);
    not_empty(&spec.title, &at.key("title"), problems);
    let named = spec.sources.iter().enumerate();
    let mut indices: Vec<usize> = named
        .filter_map(|(index, name)| find_source(name, sources, &at.key("sources").index(index), problems))
        .map(|scope| scope.index)
        .collect();
    if spec.sources.is_empty() {
        indices = (0..sources.len()).collect();
    }
    // The table is of all of them; it stands under one that is always delivered, if there is one.
    let always = indices.iter().find(|index| !sources[**index].optional).or(indices.first()).copied();
    let Some(source) = always else { return };
    let kind = MeasureKind::Delivery(DeliveryPlan { sources: indices });
    push(measures, "delivery", format!("delivery.{name}"), spec.title.clone(), source, kind);
}
