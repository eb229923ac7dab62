//! Measures made of the tables of other measures: shift and development.

use crate::measure::declared::{EACH, Measures, Set};
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::CertaintyPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

/// A measure made of another one's table.
pub struct Wanted<'a> {
    pub family: &'static str,
    pub name: &'a str,
    pub measure: &'a str,
    pub title: &'a str,
}

/// Adds it; one per value of `each` where the measure that it is made of has one.
pub fn add_one(
    measures: &mut Measures,
    wanted: Wanted,
    kind: impl Fn(usize) -> MeasureKind,
    fault: fn(&MeasureKind) -> Option<&'static str>,
    problems: &mut Problems,
) {
    let at = Path::of(&[wanted.family, wanted.name]);
    not_empty(wanted.title, &at.key("title"), problems);
    let first = measures.plans.len();
    let base = measures.sets.get(wanted.measure).map(|set| (set.range.clone(), set.each));
    let Some((range, each)) = base else {
        let known: Vec<String> = measures.sets.keys().cloned().collect();
        return problems.unknown(&at.key("measure"), "measure", wanted.measure, known.iter().map(String::as_str));
    };
    if wanted.title.contains(EACH) && !each {
        let message = format!("`{EACH}` stands in the title, but `{}` has no `each`", wanted.measure);
        problems.bad_value(&at.key("title"), message, "add `each` to that measure, or write the title out");
    }
    if let Some(fault) = range.clone().find_map(|index| fault(&measures.plans[index].kind)) {
        problems.bad_value(&at.key("measure"), format!("`{}` {fault}", wanted.measure), "");
    }
    let made: Vec<MeasurePlan> = range.map(|index| derived(&measures.plans[index], index, &wanted, &kind)).collect();
    measures.plans.extend(made);
    let set = Set { family: wanted.family, range: first..measures.plans.len(), each };
    measures.sets.insert(format!("{}.{}", wanted.family, wanted.name), set);
}

fn derived(base: &MeasurePlan, index: usize, wanted: &Wanted, kind: impl Fn(usize) -> MeasureKind) -> MeasurePlan {
    let full = format!("{}.{}", wanted.family, wanted.name);
    let value = base.each_value();
    MeasurePlan {
        name: value.map_or(full.clone(), |value| format!("{full}/{value}")),
        title: wanted.title.replace(EACH, value.unwrap_or(EACH)),
        source: base.source,
        each: base.each.clone(),
        kind: kind(index),
        certainty: CertaintyPlan::default(),
    }
}
