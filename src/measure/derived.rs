//! Measures made of the tables of other measures: shift and development.

use crate::measure::declared::{EACH, Entry, Measures, Set};
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::CertaintyPlan;
use crate::vocabulary::problems::Problems;

/// The measure whose table another one is made of, and why it might not be.
pub(crate) struct Base<'a> {
    pub measure: &'a str,
    /// Title of what is made of it.
    pub title: &'a str,
    pub fault: fn(&MeasureKind) -> Option<String>,
}

/// Adds a measure made of another one's table; one per value of `each` where that one has one.
pub(crate) fn add_derived(
    measures: &mut Measures,
    entry: Entry,
    wanted: Base,
    kind: impl Fn(usize) -> MeasureKind,
    problems: &mut Problems,
) {
    let at = entry.path();
    not_empty(wanted.title, &at.key("title"), problems);
    let first = measures.plans.len();
    let base = measures.sets.get(wanted.measure).map(|set| (set.range.clone(), set.each));
    let Some((range, each)) = base else {
        let known: Vec<String> = measures.sets.keys().cloned().collect();
        return problems.unknown(&at.key("measure"), "measure", wanted.measure, known.iter().map(String::as_str));
    };
    if wanted.title.contains(EACH) && !each {
        let message = say!("job-stands-in-title-but-has-no", each = EACH, measure = wanted.measure);
        problems.bad_value(&at.key("title"), message, say!("job-add-each-to-measure-or-write"));
    }
    if let Some(fault) = range.clone().find_map(|index| (wanted.fault)(&measures.plans[index].kind)) {
        problems.bad_value(&at.key("measure"), say!("job-measure-and-fault", measure = wanted.measure, fault), "");
    }
    let made: Vec<MeasurePlan> =
        range.map(|index| derived(&measures.plans[index], entry, wanted.title, kind(index))).collect();
    measures.plans.extend(made);
    let set = Set { family: entry.family, range: first..measures.plans.len(), each };
    measures.sets.insert(entry.full_name(), set);
}

fn derived(base: &MeasurePlan, entry: Entry, title: &str, kind: MeasureKind) -> MeasurePlan {
    let (full, value) = (entry.full_name(), base.each_value());
    MeasurePlan {
        name: value.map_or(full.clone(), |value| format!("{full}/{value}")),
        title: title.replace(EACH, value.unwrap_or(EACH)),
        source: base.source,
        each: base.each.clone(),
        kind,
        certainty: CertaintyPlan::default(),
    }
}
