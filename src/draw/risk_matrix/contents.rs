//! What stands in the squares of a matrix: risks of a register by id, or numbers of events.
//!
//! In: the table of a measure of risks, and its scale. Out: squares by probability and consequence. Lays nothing out.

use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, Value};
use crate::job::plan::RiskScalePlan;

/// Columns of the ranked list that the figure's data show.
pub(super) const DRAWN: [&str; 7] = ["risk", "unit", "probability", "consequence", "score", "level", "previous"];

/// A probability with a consequence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Square {
    pub score: u32,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// Events.
    Count(i64),
    /// So many risks that their ids have no room.
    Many(usize),
    /// Ids in lines.
    Risks(Vec<Vec<RiskId>>),
}

/// An id in a square.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RiskId {
    pub id: String,
    pub standing: Standing,
}

impl RiskId {
    /// As it is written beside its mark.
    pub(super) fn text(&self) -> String {
        if self.standing == Standing::Came { printed!("draw-risk-is-new", id = self.id) } else { self.id.clone() }
    }
}

/// How a risk stands against last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Rose,
    Fell,
    Came,
    Same,
    /// Last year's place of a risk that has moved.
    Was,
}

/// True for a register's list, false for counts of events.
pub(super) fn is_list(table: &MeasureTable) -> bool {
    table.column("score").is_some()
}

/// The squares, the highest probability first.
pub(super) fn rows(table: &MeasureTable, scale: &RiskScalePlan) -> Vec<Vec<Square>> {
    let row = |probability: u8| {
        (1..=scale.steps).map(|consequence| square(table, Levels { probability, consequence })).collect()
    };
    (1..=scale.steps).rev().map(row).collect()
}

/// Where a risk stands in the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Levels {
    probability: u8,
    consequence: u8,
}

fn square(table: &MeasureTable, levels: Levels) -> Square {
    let score = u32::from(levels.probability) * u32::from(levels.consequence);
    let content = if is_list(table) {
        Content::Risks(vec![risks(table, levels)])
    } else {
        Content::Count(count(table, levels.probability, levels.consequence))
    };
    Square { score, content }
}

/// The events of a place of a matrix of counts.
pub(super) fn count(table: &MeasureTable, probability: u8, consequence: u8) -> i64 {
    let row = table.rows.iter().find(|row| row.kind == RowKind::Part && row.key == [probability.to_string()]);
    let column = table.column(&format!("c{consequence}")).filter(|column| table.columns[*column].role == Role::Part);
    match row.zip(column).and_then(|(row, column)| row.values.get(column)) {
        Some(Value::Count(count)) => *count,
        _ => 0,
    }
}

/// This year's risks at a place, then the rings of those that stood there last year.
fn risks(table: &MeasureTable, levels: Levels) -> Vec<RiskId> {
    let is_at = |row: usize, probability: &str, consequence: &str| {
        number(table, row, probability) == Some(i64::from(levels.probability))
            && number(table, row, consequence) == Some(i64::from(levels.consequence))
    };
    let is_here = |row: &usize| is_at(*row, "probability", "consequence");
    let was_here = |row: &usize| !is_here(row) && is_at(*row, "probability_previous", "consequence_previous");
    let risk = |row: usize, standing| RiskId { id: table.rows[row].label.clone(), standing };
    let rows = 0..table.rows.len();
    let here = rows.clone().filter(is_here).map(|row| risk(row, standing(table, row)));
    here.chain(rows.filter(was_here).map(|row| risk(row, Standing::Was))).collect()
}

/// How a risk stands against last year.
pub(super) fn standing(table: &MeasureTable, row: usize) -> Standing {
    if table.column("previous").is_none() {
        return Standing::Same;
    }
    match (number(table, row, "score"), number(table, row, "previous")) {
        (Some(now), Some(before)) if now > before => Standing::Rose,
        (Some(now), Some(before)) if now < before => Standing::Fell,
        (_, None) if is_new(table, row) => Standing::Came,
        _ => Standing::Same,
    }
}

/// Blank, not missing: there was no such risk.
fn is_new(table: &MeasureTable, row: usize) -> bool {
    let value = table.column("previous").and_then(|column| table.rows[row].values.get(column));
    value == Some(&Value::Nothing(Nothing::Blank))
}

pub(super) fn number(table: &MeasureTable, row: usize, key: &str) -> Option<i64> {
    match table.rows[row].values.get(table.column(key)?) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    }
}
