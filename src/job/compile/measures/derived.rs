//! Measures made of the tables of other measures: shift and development.

use super::{EACH, Measures, Set};
use crate::domain::cube::Grain;
use crate::job::compile::head::not_empty;
use crate::job::compile::problems::Problems;
use crate::job::plan::{BreakdownPlan, CertaintyPlan, DevelopmentPlan, MeasureKind, MeasurePlan, ShiftPlan, TimeStep};
use crate::job::spans::Path;
use crate::job::spec::JobSpec;

/// Adds all of them; one per value of `each` where the measure that they are made of has one.
pub(super) fn add(measures: &mut Measures, spec: &JobSpec, problems: &mut Problems) {
    for (name, shift) in &spec.shift {
        let kind = |measure| MeasureKind::Shift(ShiftPlan { measure, merge_sparse: shift.merge_sparse });
        let wanted = Wanted { family: "shift", name, measure: &shift.measure, title: &shift.title };
        add_one(measures, wanted, kind, shiftable, problems);
    }
    for (name, development) in &spec.development {
        let kind = |measure| MeasureKind::Development(DevelopmentPlan { measure });
        let wanted = Wanted { family: "development", name, measure: &development.measure, title: &development.title };
        add_one(measures, wanted, kind, yearly, problems);
    }
}

struct Wanted<'a> {
    family: &'static str,
    name: &'a str,
    measure: &'a str,
    title: &'a str,
}

fn add_one(
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

/// Why a measure cannot be tested for a shift.
fn shiftable(kind: &MeasureKind) -> Option<&'static str> {
    match kind {
        MeasureKind::Breakdown(BreakdownPlan { columns: None, rows, earlier: 1.., .. }) if rows.len() == 1 => None,
        MeasureKind::Breakdown(_) => Some("has no last period beside, or more than one dimension"),
        _ => Some("is no breakdown"),
    }
}

/// Why a measure has no development over years.
fn yearly(kind: &MeasureKind) -> Option<&'static str> {
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
