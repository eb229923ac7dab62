//! What a chart draws of its table: which rows and columns, and their values as magnitudes and as text.
//!
//! In: a chart plan and a measure's table. Out: indices and values. A value that is nothing has no magnitude: it is a gap
//! or a word, never zero.

use super::axis::Measured;
use super::input::Input;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};

/// The height of a bar for this value; `None` where there is nothing to draw.
pub(super) fn magnitude(value: &Value) -> Option<f64> {
    let magnitude = match value {
        Value::Count(count) => *count as f64,
        Value::Share { numerator, denominator } => *numerator as f64 * 100.0 / *denominator as f64,
        Value::Change { now, then } => (*now as f64 - *then as f64) * 100.0 / *then as f64,
        Value::Number(number) => *number,
        Value::Text(_) | Value::Said(_) | Value::Date(_) | Value::Nothing(_) => return None,
    };
    magnitude.is_finite().then_some(magnitude)
}

/// The value as readers see it on a mark, in the unit of its column.
pub(super) fn written(value: &Value, column: &TableColumn) -> String {
    written_in(value, column.role, column.unit)
}

/// A cell as readers see it on a mark, in the row's own unit where it has one: "12" among percentages.
pub(super) fn shown(table: &MeasureTable, row: usize, column: usize) -> String {
    let unit = table.rows.get(row).map_or(table.columns[column].unit, |row| table.unit_of(row, column));
    written_in(cell(table, row, column), table.columns[column].role, unit)
}

/// The value of a column of this role, in a unit.
pub(super) fn written_in(value: &Value, role: Role, unit: Unit) -> String {
    match value {
        Value::Count(difference) if role == Role::Difference => swedish::signed(*difference),
        _ => swedish::value(value, unit),
    }
}

/// What stands where a value is missing, in words.
pub(super) fn absence(value: &Value) -> &'static str {
    match value {
        Value::Nothing(Nothing::Withheld) => word!("draw-withheld"),
        Value::Nothing(Nothing::NotApplicable) => word!("draw-not-applicable"),
        _ => word!("draw-missing"),
    }
}

/// `(127)`; nothing of nothing.
pub(super) fn in_parentheses(text: String) -> String {
    if text.is_empty() { text } else { format!("({text})") }
}

pub(super) fn measured(unit: Unit) -> Measured {
    match unit {
        Unit::Count => Measured::Whole,
        Unit::Percent { .. } | Unit::PercentagePoints { .. } => Measured::Percent,
        Unit::Number { .. } | Unit::Text | Unit::Date => Measured::Number,
    }
}

/// What the axis of these columns counts; mixed units make it a plain number.
pub(super) fn measured_of(table: &MeasureTable, columns: &[usize]) -> Measured {
    let mut kinds = columns.iter().map(|column| measured(table.columns[*column].unit));
    let first = kinds.next().unwrap_or(Measured::Number);
    if kinds.all(|kind| kind == first) { first } else { Measured::Number }
}

pub(super) fn cell(table: &MeasureTable, row: usize, column: usize) -> &Value {
    const BLANK: &Value = &Value::Nothing(Nothing::Blank);
    table.rows.get(row).and_then(|row| row.values.get(column)).unwrap_or(BLANK)
}

pub(super) fn size(table: &MeasureTable, row: usize, column: usize) -> Option<f64> {
    magnitude(cell(table, row, column))
}

/// All magnitudes of these rows and columns, row by row.
pub(super) fn sizes(table: &MeasureTable, rows: &[usize], columns: &[usize]) -> Vec<f64> {
    rows.iter().flat_map(|row| columns.iter().filter_map(|column| size(table, *row, *column))).collect()
}

/// Ends of a value's interval, where the table has them.
pub(super) fn interval(table: &MeasureTable, row: usize, column: usize) -> Option<(f64, f64)> {
    let (lower, upper) = table.limits_of(column)?;
    Some((size(table, row, lower)?, size(table, row, upper)?))
}

/// The drawn columns, then those of their intervals and answers: the data behind the figure hold all that it shows.
pub(super) fn with_limits(table: &MeasureTable, drawn: &[usize]) -> Vec<usize> {
    let of = |column: &usize| {
        let (lower, upper) = table.limits_of(*column).unzip();
        [lower, upper, table.n_of(*column)].into_iter().flatten()
    };
    drawn.iter().copied().chain(drawn.iter().flat_map(of)).collect()
}

/// Columns named by the chart; all that `fits` if it names none, or none that exists.
pub(super) fn columns(input: &Input<'_>, fits: impl Fn(&TableColumn) -> bool) -> Vec<usize> {
    let table = input.table;
    let named: Vec<usize> = input.chart.columns.iter().filter_map(|name| column_named(table, name)).collect();
    if !named.is_empty() {
        return named;
    }
    (0..table.columns.len()).filter(|index| fits(&table.columns[*index])).collect()
}

fn column_named(table: &MeasureTable, name: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.key == name || column.label == name)
}

/// This period's column and last period's, as far as the chart and the table have them.
///
/// A chart that names columns means: the first is drawn, the second stands beside it.
pub(super) fn now_and_then(input: &Input<'_>) -> Option<(usize, Option<usize>)> {
    let table = input.table;
    if !input.chart.columns.is_empty() {
        let named = columns(input, |_| false);
        return named.first().map(|now| (*now, named.get(1).copied()));
    }
    let first_of = |roles: &[Role]| roles.iter().find_map(|role| table.column_of_role(*role));
    let now = first_of(&[Role::Current, Role::Total, Role::Share, Role::Part, Role::Mean, Role::Difference])?;
    let then = table.column_of_role(Role::Previous).filter(|_| table.columns[now].role == Role::Current);
    Some((now, then))
}

pub(super) fn is_numeric(column: &TableColumn) -> bool {
    !matches!(column.unit, Unit::Text | Unit::Date)
}

/// One period of a series.
pub(super) fn is_period(column: &TableColumn) -> bool {
    is_numeric(column) && matches!(column.role, Role::Current | Role::Previous | Role::Earlier)
}

/// Columns of a series in the order of time.
pub(super) fn period_columns(input: &Input<'_>) -> Vec<usize> {
    let mut found = columns(input, is_period);
    let columns = &input.table.columns;
    if found.iter().all(|index| columns[*index].year.is_some()) {
        found.sort_by_key(|index| columns[*index].year);
    } else if input.chart.columns.is_empty() {
        found.sort_by_key(|index| std::cmp::Reverse(age(columns[*index].role)));
    }
    found
}

fn age(role: Role) -> u8 {
    match role {
        Role::Current => 0,
        Role::Previous => 1,
        _ => 2,
    }
}

/// Rows that the chart draws, in the table's order: those it names, or all but the total and the groups over units.
pub(super) fn rows(input: &Input<'_>) -> Vec<usize> {
    let table = input.table;
    let chosen = |row: &TableRow| input.chart.rows.iter().any(|name| is_named(row, name));
    let leaf = |row: &TableRow| matches!(row.kind, RowKind::Part | RowKind::Residual);
    let wanted = |row: &TableRow| if input.chart.rows.is_empty() { leaf(row) } else { chosen(row) };
    let found: Vec<usize> = (0..table.rows.len()).filter(|index| wanted(&table.rows[*index])).collect();
    // A hierarchy without units in it, or a table of totals only: what there is, is drawn.
    if found.is_empty() {
        (0..table.rows.len()).filter(|index| table.rows[*index].kind != RowKind::Total).collect()
    } else {
        found
    }
}

pub(super) fn is_named(row: &TableRow, name: &str) -> bool {
    row.label == name || row.key.join(" / ") == name || row.key.last().is_some_and(|last| last == name)
}

pub(super) fn is_emphasised(input: &Input<'_>, row: usize) -> bool {
    input.chart.emphasis.iter().any(|name| is_named(&input.table.rows[row], name))
}

/// Largest first by a column; rows without a value after those with, residual rows last.
pub(super) fn ranked(table: &MeasureTable, mut rows: Vec<usize>, column: usize) -> Vec<usize> {
    rows.sort_by(|one, two| {
        let order = |row: usize| (table.rows[row].kind == RowKind::Residual, size(table, row, column).is_none());
        let height = |row: usize| size(table, row, column).unwrap_or(f64::NEG_INFINITY);
        order(*one).cmp(&order(*two)).then(height(*two).total_cmp(&height(*one)))
    });
    rows
}

/// The first `top` of ranked rows, and the sentence that says what is left out.
pub(super) fn limited(input: &Input<'_>, mut rows: Vec<usize>) -> (Vec<usize>, Option<String>) {
    let all = rows.len();
    let top = input.chart.top.map_or(all, |top| (top as usize).max(1));
    if all <= top {
        return (rows, None);
    }
    rows.truncate(top);
    let note = printed!("draw-largest-of-all-shown", top, all);
    (rows, Some(if top == 1 { printed!("draw-one-of-all-shown", all) } else { note }))
}

/// The table with the drawn rows and columns only, for the data behind the figure.
pub(super) fn cut(table: &MeasureTable, rows: &[usize], columns: &[usize]) -> MeasureTable {
    let kept = |row: &TableRow| {
        let values =
            columns.iter().map(|column| row.values.get(*column).cloned().unwrap_or(Value::Nothing(Nothing::Blank)));
        TableRow { values: values.collect(), ..row.clone() }
    };
    MeasureTable {
        columns: columns.iter().map(|column| table.columns[*column].clone()).collect(),
        rows: rows.iter().map(|row| kept(&table.rows[*row])).collect(),
        ..table.clone()
    }
}
