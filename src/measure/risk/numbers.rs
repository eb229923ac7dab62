//! Counts of risks: by probability and consequence, by unit and level, and the numbers that sentences need.

use super::lists::lacks;
use super::moved::{Change, moves};
use super::register::{Register, Risk};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TOTAL, TableRow, Unit, Value};
use crate::measure::head::column;
use crate::measure::observations::Observations;
use crate::measure::order::Swedish;
use crate::measure::risk::plan::{RiskPlan, RiskScalePlan};

/// Risks by probability (rows, highest first) and consequence, zeros too.
pub(super) fn matrix(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    let scale = &spec.scale;
    table.row_headers = vec![rows.label(&spec.probability)];
    table.columns = (1..=scale.steps)
        .map(|step| {
            column(format!("c{step}"), RiskScalePlan::name_of(step, &scale.consequence), Role::Part, Unit::Count)
        })
        .collect();
    table.columns.push(column("total", TOTAL, Role::Total, Unit::Count));
    let scored: Vec<(u8, u8)> =
        register.own().filter_map(|risk| Some((risk.probability.ok()?, risk.consequence.ok()?))).collect();
    let counts = |wanted: &dyn Fn(u8) -> bool| {
        let of = |step: Option<u8>| {
            let fits = |place: &&(u8, u8)| wanted(place.0) && step.is_none_or(|step| place.1 == step);
            Value::Count(scored.iter().filter(fits).count() as i64)
        };
        (1..=scale.steps).map(Some).chain([None]).map(of).collect::<Vec<Value>>()
    };
    for step in (1..=scale.steps).rev() {
        let label = RiskScalePlan::name_of(step, &scale.probability);
        table.rows.push(line(step.to_string(), label, RowKind::Part, counts(&|probability| probability == step)));
    }
    table.rows.push(total(counts(&|_| true)));
    table.n = scored.len() as u64;
}

fn line(key: String, label: String, kind: RowKind, values: Vec<Value>) -> TableRow {
    TableRow { key: vec![key], label, level: 0, kind, values }
}

fn total(values: Vec<Value>) -> TableRow {
    TableRow { key: Vec::new(), label: TOTAL.to_string(), level: 0, kind: RowKind::Total, values }
}

/// A row per unit: risks by level, without action or owner, late; the whole last.
pub(super) fn units(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    table.row_headers = vec![spec.unit.as_deref().map_or_else(String::new, |unit| rows.label(unit))];
    table.columns.push(column("current", word!("measure-risks"), Role::Current, Unit::Count));
    for (level, (_, label)) in spec.scale.levels.iter().enumerate().rev() {
        table.columns.push(column(format!("level{}", level + 1), label, Role::Part, Unit::Count));
    }
    if let Some(label) = lacking(spec) {
        table.columns.push(column("open", label, Role::Part, Unit::Count));
    }
    if spec.due.is_some() {
        table.columns.push(column("late", word!("measure-late-actions"), Role::Part, Unit::Count));
    }
    let own: Vec<&Risk> = register.own().collect();
    for unit in units_of(spec, rows, &own) {
        let of_unit: Vec<&Risk> = own.iter().copied().filter(|risk| unit_of(spec, rows, risk) == unit).collect();
        // A unit that is in no list, or that is missing, has no tables of its own.
        let is_known = spec.units.is_empty() || spec.units.contains(&unit);
        let kind = if is_known { RowKind::Part } else { RowKind::Residual };
        table.rows.push(line(unit.clone(), unit, kind, counted(spec, &of_unit)));
    }
    table.rows.push(total(counted(spec, &own)));
}

/// What a risk lacks, as far as the register could say it.
fn lacking(spec: &RiskPlan) -> Option<&'static str> {
    match (&spec.action, &spec.owner) {
        (Some(_), Some(_)) => Some(word!("measure-without-action-or-owner")),
        (Some(_), None) => Some(word!("measure-without-action")),
        (None, Some(_)) => Some(word!("measure-without-owner")),
        (None, None) => None,
    }
}

fn unit_of(spec: &RiskPlan, rows: &Observations, risk: &Risk) -> String {
    let missing = || {
        let column = spec.unit.as_deref().and_then(|unit| rows.column(unit));
        column.map_or_else(String::new, |column| column.missing_label.clone())
    };
    risk.unit.clone().unwrap_or_else(missing)
}

/// Declared units, zero or not; then those found, by collation.
fn units_of(spec: &RiskPlan, rows: &Observations, risks: &[&Risk]) -> Vec<String> {
    if spec.unit.is_none() {
        return Vec::new();
    }
    let mut units = match &spec.each {
        Some(each) => spec.units.iter().filter(|unit| each.values.contains(unit)).cloned().collect(),
        None => spec.units.clone(),
    };
    let mut found: Vec<String> = risks.iter().map(|risk| unit_of(spec, rows, risk)).collect();
    let swedish = Swedish::new();
    found.sort_by(|one, other| swedish.compare(one, other));
    found.dedup();
    found.retain(|unit| !units.contains(unit));
    units.extend(found);
    units
}

fn counted(spec: &RiskPlan, risks: &[&Risk]) -> Vec<Value> {
    let count = |fits: &dyn Fn(&Risk) -> bool| Value::Count(risks.iter().filter(|risk| fits(risk)).count() as i64);
    let mut values = vec![count(&|_| true)];
    for level in (0..spec.scale.levels.len()).rev() {
        values.push(count(&|risk| level_of(spec, risk) == Some(level)));
    }
    if lacking(spec).is_some() {
        values.push(count(&|risk| lacks(spec, risk).is_some()));
    }
    if spec.due.is_some() {
        values.push(count(&|risk| risk.days_late(spec.as_of).is_some()));
    }
    values
}

fn level_of(spec: &RiskPlan, risk: &Risk) -> Option<usize> {
    risk.score().and_then(|score| spec.scale.level_of(score))
}

/// The numbers, one a row, this year's and last year's.
pub(super) fn summary(spec: &RiskPlan, register: &Register, table: &mut MeasureTable) {
    table.row_headers = vec![printed!("measure-count")];
    table.columns.push(column("current", spec.names.0.to_string(), Role::Current, Unit::Count));
    if register.before.is_some() {
        table.columns.push(column("previous", spec.names.1.to_string(), Role::Previous, Unit::Count));
    }
    let before: Option<Vec<&Risk>> =
        register.before.as_ref().map(|risks| risks.iter().filter(|risk| risk.is_own).collect());
    let own: Vec<&Risk> = register.own().collect();
    let mut both = |label: &str, fits: &dyn Fn(&Risk) -> bool| {
        let count = |risks: &Vec<&Risk>| Value::Count(risks.iter().filter(|risk| fits(risk)).count() as i64);
        let values = std::iter::once(count(&own)).chain(before.as_ref().map(count)).collect();
        table.rows.push(line(label.to_string(), label.to_string(), RowKind::Part, values));
    };
    both(word!("measure-risks"), &|_| true);
    for (level, (_, label)) in spec.scale.levels.iter().enumerate().rev() {
        both(label, &|risk| level_of(spec, risk) == Some(level));
    }
    both(word!("measure-without-value"), &|risk| risk.score().is_none());
    if spec.action.is_some() {
        both(word!("measure-without-action"), &|risk| risk.action.is_none());
    }
    if spec.owner.is_some() {
        both(word!("measure-without-owner"), &|risk| risk.owner.is_none());
    }
    let mut only = |label: &str, count: usize| {
        let blank = register.before.as_ref().map(|_| Value::Nothing(Nothing::Blank));
        let values = std::iter::once(Value::Count(count as i64)).chain(blank).collect();
        table.rows.push(line(label.to_string(), label.to_string(), RowKind::Part, values));
    };
    if spec.due.is_some() {
        only(word!("measure-late-actions"), own.iter().filter(|risk| risk.days_late(spec.as_of).is_some()).count());
    }
    if register.before.is_some() {
        let moves = moves(register);
        let of = |change: Change| moves.iter().filter(|moved| moved.change == change).count();
        for (label, change) in [
            (word!("measure-risks-rose"), Change::Rose),
            (word!("measure-risks-new"), Change::Came),
            (word!("measure-risks-fell"), Change::Fell),
            (word!("measure-risks-gone"), Change::Went),
            (word!("measure-risks-same"), Change::Same),
            (word!("measure-risks-not-comparable"), Change::Unjudged),
        ] {
            only(label, of(change));
        }
    }
}
