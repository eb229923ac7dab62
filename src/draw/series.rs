//! Series over periods, from either shape of table: periods as columns (indicators) or as rows (trends).
//!
//! In: a chart plan and its table. Out: one [`Series`] a line or panel, all over the same periods, oldest first.

use super::axis::Measured;
use super::input::Input;
use super::select::{self, cell, magnitude};
use super::text::clean;
use crate::domain::table::{MeasureTable, Role, RowKind, RowsAre, TableRow, Unit, Value};

/// One line: a value, or a gap, for each period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    pub label: String,
    pub points: Vec<Option<f64>>,
    /// The values as readers see them, parallel to `points`.
    pub texts: Vec<String>,
    pub rank: Rank,
    /// Ends of the interval of each point, where the table has them.
    pub limits: Vec<Option<(f64, f64)>>,
}

/// How strongly a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// This period, or an emphasised row.
    Leading,
    Ordinary,
    /// Earlier periods and residual rows: thin and grey.
    Behind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeriesSet {
    pub periods: Vec<String>,
    pub series: Vec<Series>,
    pub measured: Measured,
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    /// Answers of each period, smallest and largest of the series, where the table has them.
    pub answers: Vec<Option<(u64, u64)>>,
}

impl Series {
    pub(super) fn has_limits(&self) -> bool {
        self.limits.iter().any(Option::is_some)
    }

    /// Unbroken runs of points: a missing value ends one.
    pub(super) fn runs(&self) -> Vec<Vec<(usize, f64)>> {
        let mut runs: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
        for (index, point) in self.points.iter().enumerate() {
            match (point, runs.last_mut()) {
                (Some(value), Some(run)) => run.push((index, *value)),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }
}

impl SeriesSet {
    /// `None` when no series has a value.
    pub(super) fn of(input: &Input<'_>) -> Option<SeriesSet> {
        let set = if input.table.rows_are != RowsAre::Things { over_rows(input) } else { over_columns(input) };
        set.series.iter().any(|series| series.points.iter().any(Option::is_some)).then_some(set)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.series.iter().flat_map(|series| series.points.iter().filter_map(|point| *point))
    }

    /// Ends of the intervals that are drawn: an axis must hold them.
    pub(super) fn ends(&self) -> impl Iterator<Item = f64> + '_ {
        let limits = self.series.iter().filter(|series| self.has_band(series)).flat_map(|series| &series.limits);
        limits.flatten().flat_map(|(low, high)| [*low, *high])
    }

    /// Ends of all intervals: where each series has a panel of its own.
    pub(super) fn all_ends(&self) -> impl Iterator<Item = f64> + '_ {
        let limits = self.series.iter().flat_map(|series| series.limits.iter().flatten());
        limits.flat_map(|(low, high)| [*low, *high])
    }

    /// A band is drawn for one series, or for those that lead: several on one another could not be told apart.
    pub(super) fn has_band(&self, series: &Series) -> bool {
        let leading = self.series.iter().filter(|other| other.rank == Rank::Leading).count();
        let alone = self.series.len() == 1 || (leading == 1 && series.rank == Rank::Leading);
        alone && series.has_limits()
    }
}

fn over_rows(input: &Input<'_>) -> SeriesSet {
    let table = input.table;
    let rows = select::rows(input);
    let columns = trend_columns(input);
    let series = columns.iter().map(|column| {
        let points = rows.iter().map(|row| select::size(table, *row, *column)).collect();
        let texts = rows.iter().map(|row| select::shown(table, *row, *column)).collect();
        let rank = match table.columns[*column].role {
            Role::Current => Rank::Leading,
            Role::Previous | Role::Earlier => Rank::Behind,
            _ => Rank::Ordinary,
        };
        let limits = rows.iter().map(|row| select::interval(table, *row, *column)).collect();
        Series { label: clean(&table.columns[*column].label), points, texts, rank, limits }
    });
    let series = series.collect();
    let periods = rows.iter().map(|row| clean(&table.rows[*row].label)).collect();
    let whole = table
        .column_of_role(Role::Denominator)
        .filter(|_| columns.first().is_some_and(|first| table.columns[*first].role == Role::Share));
    let answers = rows.iter().map(|row| whole.and_then(|whole| count(table, *row, whole)).map(|n| (n, n))).collect();
    SeriesSet { periods, series, measured: select::measured_of(table, &columns), rows, columns, answers }
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
        let texts = columns.iter().map(|column| select::shown(table, *row, *column)).collect();
        let limits = columns.iter().map(|column| select::interval(table, *row, *column)).collect();
        let rank = rank(input, *row, &table.rows[*row]);
        Series { label: clean(&table.rows[*row].label), points, texts, rank, limits }
    });
    let series = series.collect();
    let periods = columns.iter().map(|column| period_label(table, *column)).collect();
    let answers = columns.iter().map(|column| answers(table, &rows, *column)).collect();
    SeriesSet { periods, series, measured, rows, columns, answers }
}

/// Fewest and most answers of a column's values.
fn answers(table: &MeasureTable, rows: &[usize], column: usize) -> Option<(u64, u64)> {
    let n = table.n_of(column)?;
    let counts: Vec<u64> = rows.iter().filter_map(|row| count(table, *row, n)).collect();
    Some((*counts.iter().min()?, *counts.iter().max()?))
}

fn count(table: &MeasureTable, row: usize, column: usize) -> Option<u64> {
    match cell(table, row, column) {
        Value::Count(count) => u64::try_from(*count).ok(),
        _ => None,
    }
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
pub(super) fn of_one_measure(table: &MeasureTable, rows: Vec<usize>, columns: &[usize]) -> (Vec<usize>, Measured) {
    let row_measure = |row: &usize| {
        let drawn = columns.iter().find(|column| magnitude(cell(table, *row, **column)).is_some());
        drawn.map(|column| measured(cell(table, *row, *column), table.unit_of(&table.rows[*row], *column)))
    };
    let kinds = [Measured::Percent, Measured::Whole, Measured::Number];
    let count = |kind: &Measured| rows.iter().filter(|row| row_measure(row) == Some(*kind)).count();
    let common = kinds.into_iter().rev().max_by_key(count).unwrap_or(Measured::Number);
    let kept = rows.iter().copied().filter(|row| row_measure(row).is_none_or(|kind| kind == common)).collect();
    (kept, common)
}

/// A row's own unit counts: "antal svar" among percentages.
fn measured(value: &Value, unit: Unit) -> Measured {
    match value {
        Value::Count(_) => Measured::Whole,
        Value::Share { .. } | Value::Change { .. } => Measured::Percent,
        _ => select::measured(unit),
    }
}
