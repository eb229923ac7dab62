//! Tables with one row per risk: ranked by score, without action or owner, with late actions.

use std::cmp::Reverse;

use super::register::{Register, Risk};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::measure::head::column;
use crate::measure::observations::Observations;
use crate::measure::order::Swedish;
use crate::measure::risk::plan::RiskPlan;

/// What can stand in a column of risks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Text,
    Unit,
    Probability,
    Consequence,
    Score,
    Level,
    Before,
    ProbabilityBefore,
    ConsequenceBefore,
    Action,
    Owner,
    Status,
    Due,
    DaysLate,
    Lacks,
}

/// All risks, highest score first.
///
/// Ties by consequence, then id by Swedish collation; risks without a score last.
pub(super) fn ranked(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    use Cell::*;
    let mut cells = vec![Text, Unit, Probability, Consequence, Score, Level];
    if register.before.is_some() {
        cells.extend([Before, ProbabilityBefore, ConsequenceBefore]);
    }
    cells.extend([Action, Owner, Status, Due]);
    let all = sorted(register.own().collect());
    fill(spec, rows, register, table, &cells, &all);
}

/// The risks of the highest level, as [`ranked`]; all of them where the job has no levels.
pub(super) fn highest(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    let least = spec.scale.levels.last().map_or(0, |(from, _)| *from);
    ranked(spec, rows, register, table);
    let score = table.column("score");
    let is_high = |row: &TableRow| match score.and_then(|score| row.values.get(score)) {
        Some(Value::Count(score)) => *score >= i64::from(least),
        _ => false,
    };
    table.rows.retain(is_high);
    table.n = table.rows.len() as u64;
}

/// Risks without action, or without anyone responsible.
pub(super) fn open(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    use Cell::*;
    let open = sorted(register.own().filter(|risk| lacks(spec, risk).is_some()).collect());
    fill(spec, rows, register, table, &[Text, Unit, Score, Level, Lacks, Status], &open);
    table.n = open.len() as u64;
}

/// Actions that should have been done, longest ago first.
pub(super) fn late(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    use Cell::*;
    let mut late = sorted(register.own().filter(|risk| risk.days_late(spec.as_of).is_some()).collect());
    late.sort_by_key(|risk| Reverse(risk.days_late(spec.as_of)));
    fill(spec, rows, register, table, &[Text, Unit, Score, Level, Action, Owner, Status, Due, DaysLate], &late);
    table.n = late.len() as u64;
}

/// By score, consequence, id; without score last.
pub(super) fn sorted(mut risks: Vec<&Risk>) -> Vec<&Risk> {
    let swedish = Swedish::new();
    let weight = |risk: &Risk| (risk.score(), risk.score().and(risk.consequence.ok()));
    risks.sort_by(|one, other| weight(other).cmp(&weight(one)).then_with(|| swedish.compare(&one.id, &other.id)));
    risks
}

/// "åtgärd", "ansvarig", "åtgärd och ansvarig": what the register should say and does not.
pub(super) fn lacks(spec: &RiskPlan, risk: &Risk) -> Option<&'static str> {
    let action = spec.action.is_some() && risk.action.is_none();
    let owner = spec.owner.is_some() && risk.owner.is_none();
    match (action, owner) {
        (true, true) => Some(word!("measure-action-and-owner")),
        (true, false) => Some(word!("measure-action")),
        (false, true) => Some("ansvarig"),
        (false, false) => None,
    }
}

fn fill(
    spec: &RiskPlan,
    rows: &Observations,
    register: &Register,
    table: &mut MeasureTable,
    cells: &[Cell],
    risks: &[&Risk],
) {
    let declared: Vec<Cell> = cells.iter().copied().filter(|cell| is_declared(spec, *cell)).collect();
    for cell in &declared {
        let (key, label, role, unit) = head(spec, rows, *cell);
        table.columns.push(column(key, label, role, unit));
    }
    table.rows = risks
        .iter()
        .map(|risk| {
            let values = declared.iter().map(|cell| value(spec, register, risk, *cell)).collect();
            row(&risk.id, values)
        })
        .collect();
}

pub(super) fn row(id: &str, values: Vec<Value>) -> TableRow {
    TableRow { key: vec![id.to_string()], label: id.to_string(), level: 0, kind: RowKind::Part, values }
}

/// A column that the job does not name is left out.
fn is_declared(spec: &RiskPlan, cell: Cell) -> bool {
    match cell {
        Cell::Unit => spec.unit.is_some(),
        Cell::Action => spec.action.is_some(),
        Cell::Owner => spec.owner.is_some(),
        Cell::Status => spec.status.is_some(),
        Cell::Due => spec.due.is_some(),
        Cell::Level => !spec.scale.levels.is_empty(),
        _ => true,
    }
}

fn head(spec: &RiskPlan, rows: &Observations, cell: Cell) -> (&'static str, String, Role, Unit) {
    let of = |name: &Option<String>| name.as_deref().map(|name| rows.label(name)).unwrap_or_default();
    let before = |name: &str| format!("{} {}", rows.label(name), spec.names.1);
    match cell {
        Cell::Text => ("risk", rows.label(&spec.text), Role::Text, Unit::Text),
        Cell::Unit => ("unit", of(&spec.unit), Role::Text, Unit::Text),
        Cell::Probability => ("probability", rows.label(&spec.probability), Role::Text, Unit::Count),
        Cell::Consequence => ("consequence", rows.label(&spec.consequence), Role::Text, Unit::Count),
        Cell::Score => ("score", printed!("measure-score"), Role::Current, Unit::Count),
        Cell::Level => ("level", printed!("measure-level"), Role::Text, Unit::Text),
        Cell::Before => ("previous", printed!("measure-score-of", year = spec.names.1), Role::Previous, Unit::Count),
        Cell::ProbabilityBefore => ("probability_previous", before(&spec.probability), Role::Text, Unit::Count),
        Cell::ConsequenceBefore => ("consequence_previous", before(&spec.consequence), Role::Text, Unit::Count),
        Cell::Action => ("action", of(&spec.action), Role::Text, Unit::Text),
        Cell::Owner => ("owner", of(&spec.owner), Role::Text, Unit::Text),
        Cell::Status => ("status", of(&spec.status), Role::Text, Unit::Text),
        Cell::Due => ("due", of(&spec.due), Role::Text, Unit::Date),
        Cell::DaysLate => ("days_late", printed!("measure-days-late"), Role::Text, Unit::Count),
        Cell::Lacks => ("lacks", printed!("measure-lacks"), Role::Text, Unit::Text),
    }
}

fn value(spec: &RiskPlan, register: &Register, risk: &Risk, cell: Cell) -> Value {
    let step = |step: Result<u8, _>| number(step.ok().map(i64::from));
    let before = register.before(risk);
    // New this year: nothing is missing, there was no risk.
    let step_before =
        |of: fn(&Risk) -> Option<i64>| before.map_or(Value::Nothing(Nothing::Blank), |risk| number(of(risk)));
    match cell {
        Cell::Text => text(risk.text.as_deref()),
        Cell::Unit => text(risk.unit.as_deref()),
        Cell::Probability => step(risk.probability),
        Cell::Consequence => step(risk.consequence),
        Cell::Score => score(Some(risk)),
        Cell::Level => level(spec, risk),
        Cell::Before => step_before(|risk| risk.score().map(i64::from)),
        Cell::ProbabilityBefore => step_before(|risk| risk.probability.ok().map(i64::from)),
        Cell::ConsequenceBefore => step_before(|risk| risk.consequence.ok().map(i64::from)),
        Cell::Action => text(risk.action.as_deref()),
        Cell::Owner => text(risk.owner.as_deref()),
        Cell::Status => text(risk.status.as_deref()),
        Cell::Due => risk.due.map_or(Value::Nothing(Nothing::Blank), Value::Date),
        Cell::DaysLate => number(risk.days_late(spec.as_of).map(i64::from)),
        Cell::Lacks => text(lacks(spec, risk)),
    }
}

fn number(number: Option<i64>) -> Value {
    number.map_or(Value::Nothing(Nothing::Missing), Value::Count)
}

pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Nothing(Nothing::Blank), |text| Value::Text(text.to_string()))
}

/// A risk's score; blank where there was no risk, missing where it could not be judged.
pub(super) fn score(risk: Option<&Risk>) -> Value {
    risk.map_or(Value::Nothing(Nothing::Blank), |risk| number(risk.score().map(i64::from)))
}

pub(super) fn level(spec: &RiskPlan, risk: &Risk) -> Value {
    let level = risk.score().and_then(|score| spec.scale.level_of(score));
    text(level.map(|level| spec.scale.levels[level].1.as_str()))
}
