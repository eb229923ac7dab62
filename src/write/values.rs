//! Values as readers see them: Swedish, rounded once, the four kinds of nothing apart.
//!
//! In: a value and its column. Out: the printed text. No other code of this step turns a value into text, but for
//! `published::table_csv`, whose readers are programs.

use crate::domain::swedish;
pub(super) use crate::domain::swedish::{decimals_of, mark_of};
use crate::domain::table::{MeasureTable, Role, TableColumn, TableRow, Unit, Value};

/// "104", "28 %", "+3,2", "2023-08-31", "..".
pub fn print_value(value: &Value, column: &TableColumn) -> String {
    match value {
        Value::Count(count) if column.role == Role::Difference => swedish::signed(*count),
        Value::Number(number) => print_number(*number, column),
        value => swedish::value(value, column.unit),
    }
}

fn print_number(number: f64, column: &TableColumn) -> String {
    let signed = matches!(column.role, Role::Difference | Role::Change);
    let decimals = decimals_of(column.unit);
    match column.unit {
        Unit::PercentagePoints { .. } => swedish::signed_decimal(number, decimals),
        Unit::Percent { .. } if signed => format!("{}\u{a0}%", swedish::signed_decimal(number, decimals)),
        Unit::Percent { .. } => swedish::percent(number, decimals),
        // A count that came with decimals keeps one, so that it is not taken for counted.
        Unit::Count if number.fract() != 0.0 => swedish::decimal(number, 1),
        _ if signed => swedish::signed_decimal(number, decimals),
        _ => swedish::decimal(number, decimals),
    }
}

/// A value as a number, unrounded: shares and changes as fractions. `None` for texts, days and the kinds of nothing.
pub fn number_of(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Count(count) => *count as f64,
        Value::Share { numerator, denominator } => *numerator as f64 / *denominator as f64,
        Value::Change { now, then } => (*now as f64 - *then as f64) / *then as f64,
        Value::Number(number) => *number,
        Value::Text(_) | Value::Said(_) | Value::Date(_) | Value::Nothing(_) => return None,
    };
    number.is_finite().then_some(number)
}

/// A column as it is for one row, which may have a unit of its own ("antal svar" among percentages).
pub fn column_at(table: &MeasureTable, row: &TableRow, column: usize) -> TableColumn {
    TableColumn { unit: table.unit_of(row, column), ..table.columns[column].clone() }
}

/// True for columns of numbers, which are set to the right.
pub(super) fn is_numeric(unit: Unit) -> bool {
    !matches!(unit, Unit::Text | Unit::Date)
}

/// Where a printed value came from: `breakdown.x|row|column`.
pub fn origin_of(table: &MeasureTable, row: &TableRow, column: &TableColumn) -> String {
    format!("{}|{}|{}", table.name, row_name(row), column.key)
}

/// A row's path as templates and `explain` write it.
pub fn row_name(row: &TableRow) -> String {
    if row.key.is_empty() { row.label.clone() } else { row.key.join(" / ") }
}

/// The column that a reader means when none is named: this period's value, else a share, else what there is.
pub fn default_column(table: &MeasureTable) -> Option<usize> {
    const ROLES: [Role; 5] = [Role::Current, Role::Share, Role::Numerator, Role::Total, Role::N];
    let by_role = ROLES.iter().find_map(|role| table.column_of_role(*role));
    by_role
        .or_else(|| latest_year(table))
        .or_else(|| table.columns.iter().position(|column| is_numeric(column.unit)))
        .or(if table.columns.is_empty() { None } else { Some(0) })
}

fn latest_year(table: &MeasureTable) -> Option<usize> {
    let years = table.columns.iter().enumerate().filter_map(|(index, column)| Some((column.year?, index)));
    years.max().map(|(_, index)| index)
}

/// The column that holds the period before `column`, if the table has one.
pub(super) fn previous_column(table: &MeasureTable, column: usize) -> Option<usize> {
    let TableColumn { key, unit, role, .. } = table.columns.get(column)?;
    if !holds_a_period(*role) {
        return None;
    }
    table
        .column(&format!("previous_{key}"))
        .or_else(|| table.columns.iter().position(|other| other.role == Role::Previous && other.unit == *unit))
        .or_else(|| year_before(table, column))
        .filter(|previous| *previous != column)
}

/// Differences and changes have no period before; they are between two.
fn holds_a_period(role: Role) -> bool {
    use Role::{Current, Denominator, Mean, N, Numerator, Share, Total};
    matches!(role, Current | Share | Numerator | Denominator | Total | Mean | N)
}

/// The column of the year before, in a table of years.
pub(super) fn year_before(table: &MeasureTable, column: usize) -> Option<usize> {
    let TableColumn { year, unit, .. } = table.columns.get(column)?;
    let before = year.map(|year| year - 1)?;
    table.columns.iter().position(|other| other.year == Some(before) && other.unit == *unit)
}

/// A column by its key or its header.
pub(super) fn find_column(table: &MeasureTable, name: &str) -> Option<usize> {
    table.column(name).or_else(|| table.columns.iter().position(|column| column.label == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::Nothing;

    fn column(role: Role, unit: Unit) -> TableColumn {
        TableColumn { key: "k".into(), label: "K".into(), role, unit, year: None }
    }

    #[test]
    fn each_kind_of_value_has_its_swedish_form() {
        let percent = Unit::Percent { decimals: 0 };
        let cases = [
            (Value::Count(1458), column(Role::Current, Unit::Count), "1\u{a0}458"),
            (Value::Count(-23), column(Role::Difference, Unit::Count), "\u{2212}23"),
            (Value::Count(101), column(Role::Difference, Unit::Count), "+101"),
            (Value::Share { numerator: 109, denominator: 391 }, column(Role::Share, percent), "28\u{a0}%"),
            (Value::Change { now: 390, then: 289 }, column(Role::Change, percent), "+35\u{a0}%"),
            (Value::Number(70.0), column(Role::Current, percent), "70\u{a0}%"),
            (Value::Number(-8.0), column(Role::Change, percent), "\u{2212}8\u{a0}%"),
            (Value::Number(3.2), column(Role::Difference, Unit::PercentagePoints { decimals: 1 }), "+3,2"),
            (Value::Number(16.0), column(Role::Current, Unit::Count), "16"),
            (Value::Number(16.5), column(Role::Current, Unit::Count), "16,5"),
            (Value::Number(2.5), column(Role::Difference, Unit::Number { decimals: 1 }), "+2,5"),
            (Value::Date(19_600), column(Role::Text, Unit::Date), "2023-08-31"),
            (Value::Text("|x|".into()), column(Role::Text, Unit::Text), "|x|"),
        ];
        for (value, column, printed) in cases {
            assert_eq!(print_value(&value, &column), printed);
        }
    }

    #[test]
    fn four_kinds_of_nothing_look_different_and_none_is_zero() {
        let column = column(Role::Current, Unit::Count);
        let kinds = [Nothing::Missing, Nothing::NotApplicable, Nothing::Withheld, Nothing::Blank];
        let marks: std::collections::BTreeSet<String> =
            kinds.iter().map(|nothing| print_value(&Value::Nothing(*nothing), &column)).collect();
        assert_eq!(marks.len(), 4);
        assert!(!marks.contains("0"));
    }
}
