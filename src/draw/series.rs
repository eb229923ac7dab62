//! Series over periods, from either shape of table: periods as columns (indicators) or as rows (trends).
//!
//! In: a chart plan and its table. Out: one [`Series`] a line or panel, all over the same periods, oldest first.

use super::Input;
use super::axis::Measured;
use super::select::{self, cell, magnitude, written};
use super::text::clean;
use crate::domain::series::rows_are_periods;
use crate::domain::table::{MeasureTable, Role, RowKind, TableRow, Value};

/// One line: a value, or a gap, for each period.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub label: String,
    pub points: Vec<Option<f64>>,
    /// The values as readers see them, parallel to `points`.
    pub texts: Vec<String>,
    pub rank: Rank,
}

/// How strongly a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// This period, or an emphasised row.
    Leading,
    Ordinary,
    /// Earlier periods and residual rows: thin and grey.
    Behind,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSet {
    pub periods: Vec<String>,
    pub series: Vec<Series>,
    pub measured: Measured,
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
}

impl SeriesSet {
    /// `None` when no series has a value.
    pub fn of(input: &Input<'_>) -> Option<SeriesSet> {
        let set = if rows_are_periods(input.table) { over_rows(input) } else { over_columns(input) };
        set.series.iter().any(|series| series.points.iter().any(Option::is_some)).then_some(set)
    }

    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.series.iter().flat_map(|series| series.points.iter().filter_map(|point| *point))
    }
}

fn over_rows(input: &Input<'_>) -> SeriesSet {
    let table = input.table;
    let rows = select::rows(input);
    let columns = trend_columns(input);
    let series = columns.iter().map(|column| {
        let points = rows.iter().map(|row| select::size(table, *row, *column)).collect();
        let texts = rows.iter().map(|row| written(cell(table, *row, *column), &table.columns[*column])).collect();
        let rank = match table.columns[*column].role {
            Role::Current => Rank::Leading,
            Role::Previous | Role::Earlier => Rank::Behind,
            _ => Rank::Ordinary,
        };
        Series { label: clean(&table.columns[*column].label), points, texts, rank }
    });
    let series = series.collect();
    let periods = rows.iter().map(|row| clean(&table.rows[*row].label)).collect();
    SeriesSet { periods, series, measured: select::measured_of(table, &columns), rows, columns }
}

/// The first group of columns that there is: parts, periods side by side, a share, another number.
fn trend_columns(input: &Input<'_>) -> Vec<usize> {
    let roles: [&[Role]; 5] = [
        &[Role::Part],
        &[Role::Previous, Role::Current, Role::Earlier],
        &[Role::Share],
        &[Role::Mean],
        &[Role::Total, Role::Numerator],
    ];
    let present = |roles: &&&[Role]| input.table.columns.iter().any(|column| roles.contains(&column.role));
    let wanted = roles.iter().find(present).copied().unwrap_or(&[]);
    select::columns(input, |column| select::is_numeric(column) && wanted.contains(&column.role))
}

fn over_columns(input: &Input<'_>) -> SeriesSet {
    let table = input.table;
    let columns = select::period_columns(input);
    let (rows, measured) = of_one_measure(table, select::rows(input), &columns);
    let series = rows.iter().map(|row| {
        let points = columns.iter().map(|column| select::size(table, *row, *column)).collect();
        let texts = columns.iter().map(|column| written(cell(table, *row, *column), &table.columns[*column])).collect();
        Series { label: clean(&table.rows[*row].label), points, texts, rank: rank(input, *row, &table.rows[*row]) }
    });
    let series = series.collect();
    let periods = columns.iter().map(|column| period_label(table, *column)).collect();
    SeriesSet { periods, series, measured, rows, columns }
}

fn rank(input: &Input<'_>, index: usize, row: &TableRow) -> Rank {
    if select::is_emphasised(input, index) {
        Rank::Leading
    } else if row.kind == RowKind::Residual || !input.chart.emphasis.is_empty() {
        Rank::Behind
    } else {
        Rank::Ordinary
    }
}

fn period_label(table: &MeasureTable, column: usize) -> String {
    let column = &table.columns[column];
    column.year.map_or_else(|| clean(&column.label), |year| year.to_string())
}

/// Rows that share one measure: "antal svar" does not belong on an axis of per cent. The most common measure stays.
pub fn of_one_measure(table: &MeasureTable, rows: Vec<usize>, columns: &[usize]) -> (Vec<usize>, Measured) {
    let row_measure = |row: &usize| {
        let drawn = columns.iter().find(|column| magnitude(cell(table, *row, **column)).is_some());
        drawn.map(|column| measured(cell(table, *row, *column), table, *column))
    };
    let kinds = [Measured::Percent, Measured::Whole, Measured::Number];
    let count = |kind: &Measured| rows.iter().filter(|row| row_measure(row) == Some(*kind)).count();
    let common = kinds.into_iter().rev().max_by_key(count).unwrap_or(Measured::Number);
    let kept = rows.iter().copied().filter(|row| row_measure(row).is_none_or(|kind| kind == common)).collect();
    (kept, common)
}

fn measured(value: &Value, table: &MeasureTable, column: usize) -> Measured {
    match value {
        Value::Count(_) => Measured::Whole,
        Value::Share { .. } | Value::Change { .. } => Measured::Percent,
        _ => select::measured(table.columns[column].unit),
    }
}
