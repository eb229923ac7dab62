//! What stands in the cells of a matrix: risks of a register by id, or numbers of events.

use crate::domain::table::{MeasureTable, Role, RowKind, Value};
use crate::job::plan::RiskScalePlan;

/// Columns of the ranked list that the figure's data show.
pub const DRAWN: [&str; 7] = ["risk", "unit", "probability", "consequence", "score", "level", "previous"];

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub score: u32,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Events.
    Count(i64),
    /// So many risks that their ids have no room.
    Many(usize),
    /// Ids in lines.
    Items(Vec<Vec<Item>>),
}

/// An id in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub id: String,
    pub mark: Mark,
}

impl Item {
    /// As it is written beside its mark.
    pub fn text(&self) -> String {
        match self.mark {
            Mark::Came => format!("{} ny", self.id),
            _ => self.id.clone(),
        }
    }
}

/// How a risk stands against last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Rose,
    Fell,
    Came,
    Same,
    /// Last year's place of a risk that has moved.
    Was,
}

/// True for a register's list, false for counts of events.
pub fn is_list(table: &MeasureTable) -> bool {
    table.column("score").is_some()
}

/// The cells, the highest probability first.
pub fn rows(table: &MeasureTable, scale: &RiskScalePlan) -> Vec<Vec<Cell>> {
    let of = |probability: u8, consequence: u8| {
        let score = u32::from(probability) * u32::from(consequence);
        let content = match is_list(table) {
            true => Content::Items(vec![items(table, i64::from(probability), i64::from(consequence))]),
            false => Content::Count(count(table, probability, consequence)),
        };
        Cell { score, content }
    };
    let row = |probability: u8| (1..=scale.steps).map(|consequence| of(probability, consequence)).collect();
    (1..=scale.steps).rev().map(row).collect()
}

fn count(table: &MeasureTable, probability: u8, consequence: u8) -> i64 {
    let row = table.rows.iter().find(|row| row.kind == RowKind::Part && row.key == [probability.to_string()]);
    let column = table.column(&format!("c{consequence}")).filter(|column| table.columns[*column].role == Role::Part);
    match row.zip(column).and_then(|(row, column)| row.values.get(column)) {
        Some(Value::Count(count)) => *count,
        _ => 0,
    }
}

/// This year's risks at a place, then the rings of those that stood there last year.
fn items(table: &MeasureTable, probability: i64, consequence: i64) -> Vec<Item> {
    let place = (Some(probability), Some(consequence));
    let at = |row: usize, keys: [&str; 2]| (number(table, row, keys[0]), number(table, row, keys[1]));
    let (now, before) = (["probability", "consequence"], ["probability_previous", "consequence_previous"]);
    let is_here = |row: &usize| at(*row, now) == place;
    let was_here = |row: &usize| at(*row, now) != place && at(*row, before) == place;
    let item = |row: usize, mark: Mark| Item { id: table.rows[row].label.clone(), mark };
    let rows = 0..table.rows.len();
    let here = rows.clone().filter(is_here).map(|row| item(row, mark(table, row)));
    here.chain(rows.filter(was_here).map(|row| item(row, Mark::Was))).collect()
}

pub fn mark(table: &MeasureTable, row: usize) -> Mark {
    if table.column("previous").is_none() {
        return Mark::Same;
    }
    match (number(table, row, "score"), number(table, row, "previous")) {
        (Some(now), Some(before)) if now > before => Mark::Rose,
        (Some(now), Some(before)) if now < before => Mark::Fell,
        (_, None) if is_new(table, row) => Mark::Came,
        _ => Mark::Same,
    }
}

/// Blank, not missing: there was no such risk.
fn is_new(table: &MeasureTable, row: usize) -> bool {
    use crate::domain::table::Nothing;
    let value = table.column("previous").and_then(|column| table.rows[row].values.get(column));
    value == Some(&Value::Nothing(Nothing::Blank))
}

pub fn number(table: &MeasureTable, row: usize, key: &str) -> Option<i64> {
    match table.rows[row].values.get(table.column(key)?) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    }
}
