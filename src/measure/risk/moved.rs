//! What moved since last year, by id.

use super::Picture;
use super::lists::{row, score, sorted, text};
use super::register::{Register, Risk};
use crate::domain::table::{MeasureTable, Role, Unit, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::column;
use crate::measure::risk::plan::RiskShow;
use crate::measure::sheet::{Fields, Sheet};

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

impl<'a> Moved<'a> {
    /// As it is now, or was.
    pub(super) fn known(&self) -> Option<&'a Risk> {
        self.now.or(self.before)
    }
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

impl<'a> Picture<'a> {
    /// One row per risk of either year: what became of it, with old and new score and how they are made.
    pub(super) fn moved(self, mut table: MeasureTable) -> Sheet {
        let (now, before) = self.spec.names;
        table.period = format!("{before}–{now}");
        let moved_only = self.spec.show == RiskShow::Changed;
        let mut moves = moves(self.register);
        moves.retain(|moved| !(moved_only && moved.change == Change::Same));
        table.n = moves.len() as u64;
        let rows = moves.into_iter().filter_map(|moved| Some((row(&moved.known()?.id), moved)));
        Sheet::of(table, &self.fields_of_moved(), rows)
    }

    fn fields_of_moved(self) -> Fields<'a, Moved<'a>> {
        let (spec, (now, before)) = (self.spec, self.spec.names);
        let mut fields: Fields<'a, Moved<'a>> = Fields::new();
        fields.add(column("risk", self.rows.label(&spec.text), Role::Text, Unit::Text), move |moved| {
            moved.known().map_or(Formula::BLANK, |risk| risk.read(&spec.text, text(risk.text.as_deref())))
        });
        if let Some(unit) = &spec.unit {
            let label = self.rows.label(unit);
            let of =
                |risk: Option<&Risk>| risk.map_or(Formula::BLANK, |risk| risk.read(unit, text(risk.unit.as_deref())));
            fields.add(column("unit", &label, Role::Text, Unit::Text), move |moved| of(moved.known()));
            let previous = column("unit_previous", format!("{label} {before}"), Role::Text, Unit::Text);
            // Said only where it is news.
            let is_news = |moved: &Moved, before: &Risk| moved.known().is_some_and(|risk| risk.unit != before.unit);
            fields.add(previous, move |moved| of(moved.before.filter(|before| is_news(moved, before))));
        }
        let change = column("change", word!("measure-change"), Role::Text, Unit::Text);
        fields.add(change, |moved| {
            let both = moved.now.into_iter().chain(moved.before);
            let rows = both.map(|risk| Counted::rows(risk.source, [risk.row])).collect();
            Formula::of_rows("a comparison of the scores of", rows, Value::Text(word(moved)))
        });
        let current = column("current", printed!("measure-score-now", now), Role::Current, Unit::Count);
        fields.add(current, |moved| score(moved.now));
        let previous = column("previous", printed!("measure-score-before", before), Role::Previous, Unit::Count);
        fields.add(previous, |moved| score(moved.before));
        fields.add(column("place", format!("S × K {now}"), Role::Text, Unit::Text), |moved| place(moved.now));
        let previous = column("place_previous", format!("S × K {before}"), Role::Text, Unit::Text);
        fields.add(previous, |moved| place(moved.before));
        fields
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
fn place(risk: Option<&Risk>) -> Formula {
    let step = |step: Result<u8, _>| step.map_or("–".to_string(), |step: u8| step.to_string());
    let told = |risk: &Risk| format!("{}\u{a0}×\u{a0}{}", step(risk.probability), step(risk.consequence));
    risk.map_or(Formula::BLANK, |risk| risk.worked_out("probability and consequence of", Value::Text(told(risk))))
}
