//! Which counts a cell is worked out from: with a hidden count goes whatever would tell it.
//!
//! In: a table and a cell. Out: the cells that hold its counts. What is not known to be worked out of nothing is taken to
//! be worked out of everything.

use std::collections::BTreeSet;

use super::model::Place;
use crate::domain::spc::{FLAG, VARIATION};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, Unit, Value};

const BLANK: Value = Value::Nothing(Nothing::Blank);

/// Cells that are worked out from hidden ones.
pub fn derived_from(table: &MeasureTable, hidden: &BTreeSet<Place>) -> BTreeSet<Place> {
    let columns = 0..table.columns.len();
    let cells = (0..table.rows.len()).flat_map(|row| columns.clone().map(move |column| (row, column)));
    cells.filter(|(row, column)| origins(table, *row, *column).iter().any(|origin| hidden.contains(origin))).collect()
}

/// The counts that a cell is worked out from; none for a count or a text.
pub fn origins(table: &MeasureTable, row: usize, column: usize) -> Vec<Place> {
    match table.name.split('.').next() {
        Some("spc") => of_chart(table, row, column),
        Some("shift") => of_shift(table, row, column),
        _ => of_table(table, row, column),
    }
}

/// Centre, limits and signals are worked out from all points; the latest value is one of them.
fn of_chart(table: &MeasureTable, row: usize, column: usize) -> Vec<Place> {
    let TableColumn { key, role, unit, .. } = &table.columns[column];
    match (role, *unit) {
        (Role::Current, Unit::Count) | (Role::Numerator | Role::Denominator | Role::Goal | Role::Text, _) => Vec::new(),
        (Role::Current, _) => counts(table).filter(|(other, _)| *other == row).collect(),
        // Whether a point signals is said by a blank, too; all else that is blank has no meaning in its row.
        _ if table.rows[row].values[column] == BLANK && key != FLAG && key != VARIATION => Vec::new(),
        _ => counts(table).collect(),
    }
}

/// What is said of one category is worked out from it and the totals; the test from everything.
fn of_shift(table: &MeasureTable, row: usize, column: usize) -> Vec<Place> {
    let TableColumn { key, role, unit, .. } = &table.columns[column];
    let is_count = *unit == Unit::Count && matches!(role, Role::Current | Role::Previous);
    let is_blank = table.rows[row].values[column] == BLANK;
    let total = table.rows.iter().position(|row| row.kind == RowKind::Total);
    match role {
        _ if is_count || is_blank => Vec::new(),
        Role::Statistic if key != "residual" => counts(table).collect(),
        Role::PValue => counts(table).collect(),
        _ => counts(table).filter(|(other, _)| *other == row || Some(*other) == total).collect(),
    }
}

/// All cells that hold counts, or held them.
fn counts(table: &MeasureTable) -> impl Iterator<Item = Place> {
    let columns = table.columns.iter().enumerate();
    let counted = columns.filter(|(_, column)| column.unit == Unit::Count && COUNTS.contains(&column.role));
    let counted: Vec<usize> = counted.map(|(index, _)| index).collect();
    (0..table.rows.len()).flat_map(move |row| counted.clone().into_iter().map(move |column| (row, column)))
}

fn of_table(table: &MeasureTable, row: usize, column: usize) -> Vec<Place> {
    let is_share = table.name.starts_with("share.");
    let of = table.columns[column].role;
    let with = |roles: &[Role]| -> Vec<usize> {
        let columns = table.columns.iter().enumerate();
        let counts = columns.filter(|(_, other)| roles.contains(&other.role) && other.unit == Unit::Count);
        counts.map(|(index, _)| index).filter(|index| *index != column).collect()
    };
    let here = |columns: Vec<usize>| columns.into_iter().map(|column| (row, column)).collect::<Vec<Place>>();
    match of {
        Role::Difference | Role::Change if is_share => here(with(&[Role::Numerator, Role::Denominator])),
        Role::Difference | Role::Change => {
            let mut places = here(with(&[Role::Current, Role::Previous]));
            places.extend(
                year_before(table, row)
                    .into_iter()
                    .flat_map(|before| with(&[Role::Current]).into_iter().map(move |column| (before, column))),
            );
            places
        }
        Role::Share | Role::Previous if is_share => {
            let year = table.columns[column].year;
            let columns = with(&[Role::Numerator, Role::Denominator]).into_iter();
            here(columns.filter(|other| table.columns[*other].year == year).collect())
        }
        Role::Share => {
            let total = table.rows.iter().position(|row| row.kind == RowKind::Total);
            let rows = [Some(row), total].into_iter().flatten();
            let columns = with(&[Role::Current, Role::Total]);
            rows.flat_map(|row| columns.iter().map(move |column| (row, *column))).collect()
        }
        Role::Mean => {
            let part = table.columns[column].key.split_once('|').map(|(_, part)| part.to_string());
            match part {
                Some(part) => {
                    let columns = with(&[Role::Part]).into_iter();
                    here(
                        columns
                            .filter(|other| {
                                table.columns[*other].key.split_once('=').is_some_and(|(_, label)| label == part)
                            })
                            .collect(),
                    )
                }
                None => here(with(&[Role::Current, Role::Total])),
            }
        }
        // Limits, tests and their words can be reckoned back to the counts.
        role if role.is_for_analyst() || role == Role::Verdict => here(with(&COUNTS)),
        _ => Vec::new(),
    }
}

/// Roles of columns that hold counts.
const COUNTS: [Role; 7] =
    [Role::Current, Role::Previous, Role::Earlier, Role::Part, Role::Total, Role::Numerator, Role::Denominator];

/// In a table of years, the row of the year before.
fn year_before(table: &MeasureTable, row: usize) -> Option<usize> {
    let [year] = table.rows[row].key.as_slice() else { return None };
    let before = (year.parse::<i32>().ok()? - 1).to_string();
    table.rows.iter().position(|other| other.key == [before.clone()])
}
