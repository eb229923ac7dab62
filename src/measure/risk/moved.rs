//! What moved since last year, by id.

use super::lists::{row, score, sorted, text};
use super::register::{Register, Risk};
use crate::domain::table::{MeasureTable, Role, Unit, Value};
use crate::measure::head::column;
use crate::measure::observations::Observations;
use crate::measure::risk::plan::{RiskPlan, RiskShow};

/// How a risk stands against last year, in print order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    Rose,
    Came,
    Fell,
    Went,
    /// Belongs to another unit this year; told in the table of the unit that it has left.
    MovedAway,
    /// One of the two years has no score.
    Unjudged,
    Same,
}

impl Change {
    pub(super) fn word(self) -> &'static str {
        match self {
            Change::Rose => word!("measure-risk-rose"),
            Change::Came => "ny",
            Change::Fell => word!("measure-risk-fell"),
            Change::Went => "borttagen",
            Change::MovedAway => "flyttad",
            Change::Unjudged => word!("measure-not-comparable"),
            Change::Same => word!("measure-risk-same"),
        }
    }
}

/// A risk in both years, or in one.
pub(super) struct Moved<'a> {
    pub change: Change,
    pub now: Option<&'a Risk>,
    pub before: Option<&'a Risk>,
}

/// Every risk of this year or last, in the order of [`Change`] and, within each, of the ranked list. Nothing without
/// last year's register.
///
/// Under `each`: the unit's risks of this year, whatever unit they had last year; and its risks of last year that are
/// gone or belong to another unit.
pub(super) fn moves(register: &Register) -> Vec<Moved<'_>> {
    let Some(before) = &register.before else { return Vec::new() };
    let mut moves: Vec<Moved> = Vec::new();
    for now in sorted(register.own().collect()) {
        let before = register.before(now);
        moves.push(Moved { change: change(now, before), now: Some(now), before });
    }
    for before in sorted(before.iter().filter(|risk| risk.is_own).collect()) {
        match register.now.iter().find(|now| now.key == before.key) {
            None => moves.push(Moved { change: Change::Went, now: None, before: Some(before) }),
            Some(now) if !now.is_own => {
                moves.push(Moved { change: Change::MovedAway, now: Some(now), before: Some(before) });
            }
            Some(_) => {}
        }
    }
    // A stable sort keeps the ranking within each kind.
    moves.sort_by_key(|moved| moved.change);
    moves
}

fn change(now: &Risk, before: Option<&Risk>) -> Change {
    let Some(before) = before else { return Change::Came };
    match (now.score(), before.score()) {
        (Some(now), Some(before)) if now > before => Change::Rose,
        (Some(now), Some(before)) if now < before => Change::Fell,
        (Some(_), Some(_)) => Change::Same,
        _ => Change::Unjudged,
    }
}

/// One row per risk of either year: what became of it, with old and new score and how they are made.
pub(super) fn table(spec: &RiskPlan, rows: &Observations, register: &Register, table: &mut MeasureTable) {
    let (now, before) = spec.names;
    table.period = format!("{before}–{now}");
    table.columns = vec![column("risk", rows.label(&spec.text), Role::Text, Unit::Text)];
    if let Some(unit) = &spec.unit {
        let label = rows.label(unit);
        table.columns.push(column("unit", &label, Role::Text, Unit::Text));
        table.columns.push(column("unit_previous", format!("{label} {before}"), Role::Text, Unit::Text));
    }
    table.columns.extend([
        column("change", word!("measure-change"), Role::Text, Unit::Text),
        column("current", printed!("measure-score-now", now), Role::Current, Unit::Count),
        column("previous", printed!("measure-score-before", before), Role::Previous, Unit::Count),
        column("place", format!("S × K {now}"), Role::Text, Unit::Text),
        column("place_previous", format!("S × K {before}"), Role::Text, Unit::Text),
    ]);
    let moved_only = spec.show == RiskShow::Changed;
    let moves: Vec<Moved> =
        moves(register).into_iter().filter(|moved| !(moved_only && moved.change == Change::Same)).collect();
    table.n = moves.len() as u64;
    for moved in moves {
        let Some(known) = moved.now.or(moved.before) else { continue };
        let mut values = vec![text(known.text.as_deref())];
        if spec.unit.is_some() {
            let unit_of = |risk: Option<&Risk>| risk.and_then(|risk| risk.unit.clone());
            let (unit, unit_before) = (unit_of(Some(known)), unit_of(moved.before));
            // Said only where it is news.
            let told = unit_before.filter(|before| unit.as_ref() != Some(before));
            values.extend([text(unit.as_deref()), text(told.as_deref())]);
        }
        values.push(Value::Text(word(&moved)));
        values.extend([score(moved.now), score(moved.before), place(moved.now), place(moved.before)]);
        table.rows.push(row(&known.id, values));
    }
}

/// "högre"; "flyttad till Vuxna", where the table of a unit says where the risk is now.
fn word(moved: &Moved) -> String {
    let word = moved.change.word();
    match moved.now.and_then(|now| now.unit.as_ref()) {
        Some(unit) if moved.change == Change::MovedAway => printed!("measure-moved-to", word, unit),
        _ => word.to_string(),
    }
}

/// "3 × 4"; a step that can't be used is a dash.
fn place(risk: Option<&Risk>) -> Value {
    let step = |step: Result<u8, _>| step.map_or("–".to_string(), |step: u8| step.to_string());
    let told = risk.map(|risk| format!("{}\u{a0}×\u{a0}{}", step(risk.probability), step(risk.consequence)));
    text(told.as_deref())
}
