//! Which cells of its base table each cell of a development is made of.

use crate::domain::table::{MeasureTable, Role, RowKind};
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::membership::{Definition, Definitions, Reference};
use crate::measure::plan::{MeasureKind, MeasurePlan};

/// The definitions of a development's table: every row is a row of an indicator, or a column of a table by year.
pub fn development(
    measures: &[MeasurePlan],
    spec: &DevelopmentPlan,
    base: &MeasureTable,
    table: &MeasureTable,
) -> Definitions {
    let is_across = matches!(measures[spec.measure].kind, MeasureKind::Indicator(_));
    let of = |row: usize, column: usize| Reference::Of { measure: spec.measure, row, column };
    let rows = table.rows.iter().map(|row| {
        let series: Vec<(i32, Reference)> = match is_across {
            true => across(base, &row.key).map(|(year, row, column)| (year, of(row, column))).collect(),
            false => down(base, &row.label).map(|(year, row, column)| (year, of(row, column))).collect(),
        };
        table.columns.iter().map(|column| series_cell(&series, row, table, &column.key)).collect()
    });
    rows.collect()
}

fn across<'b>(base: &'b MeasureTable, key: &'b [String]) -> impl Iterator<Item = (i32, usize, usize)> + 'b {
    let row = base.rows.iter().position(|row| row.key == key && row.kind != RowKind::Group);
    let years = base
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| matches!(column.role, Role::Current | Role::Previous | Role::Earlier));
    years.filter_map(move |(index, column)| Some((column.year?, row?, index)))
}

fn down<'b>(base: &'b MeasureTable, label: &str) -> impl Iterator<Item = (i32, usize, usize)> + 'b {
    let is_series = |role| matches!(role, Role::Current | Role::Part | Role::Share | Role::Mean);
    let column = base.columns.iter().position(|column| is_series(column.role) && column.label == *label);
    base.rows.iter().enumerate().filter_map(move |(index, row)| Some((row.key.first()?.parse().ok()?, index, column?)))
}

/// First and last value are cells of the base; all else is made of the whole series.
fn series_cell(
    series: &[(i32, Reference)],
    row: &crate::domain::table::TableRow,
    table: &MeasureTable,
    key: &str,
) -> Definition {
    let year_in = |key: &str| {
        let year = table.column(key).and_then(|column| row.values.get(column));
        match year {
            Some(crate::domain::table::Value::Text(year)) => year.parse::<i32>().ok(),
            _ => None,
        }
    };
    let end = |key: &str| {
        let year = year_in(key);
        let cells = series.iter().filter(|(of, _)| Some(*of) == year).map(|(_, cell)| *cell).collect();
        Definition::Computed { how: "the value of", cells, rows: Vec::new() }
    };
    match key {
        "first" => end("first_year"),
        "last" => end("last_year"),
        _ => Definition::Computed {
            how: "the whole series of",
            cells: series.iter().map(|(_, cell)| *cell).collect(),
            rows: Vec::new(),
        },
    }
}
