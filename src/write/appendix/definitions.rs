//! How each measure is counted, in words made from the plan.

use super::super::facts::Facts;
use super::{Block, list, paragraph};
use crate::domain::swedish;
use crate::domain::table::{Unit, Value};
use crate::job::plan::{MeasurePlan, Plan};
use crate::measure::family::Of;

/// One line per measure of the job: what is counted, under which conditions, from where and on how many.
pub(crate) fn definitions(plan: &Plan, facts: &Facts) -> Vec<Block> {
    let rows: Vec<(String, Vec<Value>)> = groups_of(plan).iter().map(|group| definition(group, plan, facts)).collect();
    if rows.is_empty() {
        return vec![paragraph(word!("write-no-measures"))];
    }
    let columns = [word!("write-what-is-counted"), word!("write-selection"), word!("write-source"), "n"];
    let note = word!("write-n-is");
    vec![list("definitions", word!("write-how-measures-are-counted"), word!("write-measure"), &columns, rows, &[note])]
}

/// Measures that differ only in the value of `each` are one definition.
fn groups_of(plan: &Plan) -> Vec<Vec<&MeasurePlan>> {
    let base = |measure: &MeasurePlan| measure.name.split('/').next().unwrap_or_default().to_string();
    let mut groups: Vec<Vec<&MeasurePlan>> = Vec::new();
    for measure in plan.measures.iter().filter(|measure| !measure.kind.family().is_companion()) {
        match groups.last_mut() {
            Some(group) if base(group[0]) == base(measure) => group.push(measure),
            _ => groups.push(vec![measure]),
        }
    }
    groups
}

fn definition(group: &[&MeasurePlan], plan: &Plan, facts: &Facts) -> (String, Vec<Value>) {
    let measure = group[0];
    let source = &plan.sources[measure.source];
    let family = measure.kind.family();
    let texts = [family.words(source), family.selection(Of { plan, measure }), source.title.clone()].map(Value::Text);
    (title_of(group, plan), texts.into_iter().chain([numbers_of(group, facts)]).collect())
}

/// The title; with `each`, the value is replaced by what it is a value of.
fn title_of(group: &[&MeasurePlan], plan: &Plan) -> String {
    let measure = group[0];
    let (Some(of), Some(value)) = (Of { plan, measure }.each_label(), measure.each_value()) else {
        return measure.title.clone();
    };
    let title = measure.title.replace(value, "…");
    printed!("write-one-table-per", title, label = of.to_lowercase())
}

/// The number of a measure; of a group of them, each with its value.
fn numbers_of(group: &[&MeasurePlan], facts: &Facts) -> Value {
    let n = |measure: &MeasurePlan| {
        let table = facts.measure(&measure.name, None).ok()?;
        // Nought beside hidden numbers is a number that was hidden with them.
        let is_hidden = table.n == 0 && table.rows.iter().any(|row| row.values.contains(&Value::WITHHELD));
        Some(if is_hidden { Value::WITHHELD } else { Value::Count(i64::try_from(table.n).unwrap_or(i64::MAX)) })
    };
    if let [measure] = group
        && measure.each_value().is_none()
        && let Some(n) = n(measure)
    {
        return n;
    }
    let numbers = group.iter().filter_map(|measure| {
        let n = swedish::value(&n(measure)?, Unit::Count);
        Some(measure.each_value().map_or(n.clone(), |value| format!("{value} {n}")))
    });
    Value::Text(numbers.collect::<Vec<_>>().join("; "))
}
