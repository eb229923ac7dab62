//! A figure in words, for those who listen: what kind, of what, when, the largest, the smallest, the change, the gaps.
//!
//! In: the chart and its data as drawn. Out: two to four Swedish sentences with exact numbers and no judgement.

use super::select::{self, magnitude, written};
use super::series::rows_are_periods;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, Role, RowKind, TableRow, Value};
use crate::job::plan::{ChartKind, ChartPlan};

/// The alternative text. `data` is the table cut to what is drawn.
pub fn describe(chart: &ChartPlan, data: &MeasureTable) -> String {
    let mut sentences = vec![opening(chart, data)];
    if rows_are_periods(data) {
        sentences.extend(data.columns.iter().enumerate().take(2).filter_map(|(column, _)| course(data, column)));
    } else {
        sentences.extend(extremes(data));
    }
    sentences.extend(whole(data));
    sentences.extend(missing(data));
    sentences.truncate(5);
    sentences.join(" ")
}

/// "Liggande staplar i storleksordning: antal avvikelser, kvalitetsår 2023. 7 rader: …"
fn opening(chart: &ChartPlan, data: &MeasureTable) -> String {
    let kind = match chart.kind {
        ChartKind::RankedBar => "Liggande staplar i storleksordning",
        ChartKind::GroupedBar => "Staplar i grupper",
        ChartKind::StackedBar => "Staplar delade i delar",
        ChartKind::Line => "Linjediagram",
        ChartKind::Heat => "Rutnät med tal",
        ChartKind::Dot => "Punktdiagram",
        ChartKind::Multiples => "Små diagram med samma skala",
    };
    let inner = data.rows.iter().filter(|row| is_inner(row)).count();
    let rows = if inner == 1 { "1 rad".to_string() } else { format!("{inner} rader") };
    let about: Vec<&str> = [data.what.trim(), data.period.trim()].into_iter().filter(|text| !text.is_empty()).collect();
    format!("{kind}: {}{rows}.", about.iter().map(|text| format!("{text}, ")).collect::<String>())
}

fn is_inner(row: &TableRow) -> bool {
    matches!(row.kind, RowKind::Part | RowKind::Residual)
}

/// The column that extremes are told of: this period's, a total, or the last.
fn telling_column(data: &MeasureTable) -> Option<usize> {
    let roles = [Role::Current, Role::Total, Role::Share];
    let last = || data.columns.iter().rposition(select::is_numeric);
    roles.into_iter().find_map(|role| data.column_of_role(role)).or_else(last)
}

fn text(data: &MeasureTable, row: &TableRow, column: usize) -> String {
    row.values.get(column).map_or_else(String::new, |value| written(value, &data.columns[column]))
}

/// "Störst är Läkemedel, 104 (föregående period 127); minst är …"
fn extremes(data: &MeasureTable) -> Option<String> {
    let column = telling_column(data)?;
    let sized: Vec<(&TableRow, f64)> = data
        .rows
        .iter()
        .filter(|row| is_inner(row))
        .filter_map(|row| Some((row, magnitude(row.values.get(column)?)?)))
        .collect();
    let largest = sized.iter().rev().max_by(|one, two| one.1.total_cmp(&two.1))?;
    let smallest = sized.iter().min_by(|one, two| one.1.total_cmp(&two.1))?;
    let told = |row: &TableRow| format!("{}, {}{}", row.label, text(data, row, column), beside(data, row, column));
    if largest.1 == smallest.1 {
        let value = text(data, largest.0, column);
        return Some(if sized.len() == 1 {
            format!("{}.", told(largest.0))
        } else {
            format!("Alla rader har {value}.")
        });
    }
    Some(format!("Högst är {}; lägst är {}.", told(largest.0), told(smallest.0)))
}

/// " (2022: 127)" where the table has last period beside this.
fn beside(data: &MeasureTable, row: &TableRow, column: usize) -> String {
    let previous = data.column_of_role(Role::Previous).filter(|previous| *previous != column);
    let has_value = |previous: &usize| row.values.get(*previous).is_some_and(|value| magnitude(value).is_some());
    let Some(previous) = previous.filter(has_value) else { return String::new() };
    format!(" ({}: {})", data.columns[previous].label, text(data, row, previous))
}

/// The course of a column down the periods: first, last, highest.
fn course(data: &MeasureTable, column: usize) -> Option<String> {
    let sized = |row: &TableRow| row.values.get(column).and_then(magnitude);
    let drawn: Vec<(&TableRow, f64)> =
        data.rows.iter().filter(|row| is_inner(row)).filter_map(|row| Some((row, sized(row)?))).collect();
    let (first, last) = (drawn.first()?, drawn.last()?);
    let (mut low, mut high) = (first, first);
    for point in &drawn {
        if point.1 > high.1 {
            high = point;
        }
        if point.1 < low.1 {
            low = point;
        }
    }
    let told = |row: &TableRow| format!("{} {}", row.label, text(data, row, column));
    Some(format!(
        "{}: från {} till {}; högst {}, lägst {}.",
        data.columns[column].label,
        told(first.0),
        told(last.0),
        told(high.0),
        told(low.0)
    ))
}

/// "Totalt 928 (2022: 821), +13 %."
fn whole(data: &MeasureTable) -> Option<String> {
    let (row, column) = (data.total_row()?, telling_column(data)?);
    magnitude(row.values.get(column)?)?;
    let change =
        match (row.values.get(column), data.column_of_role(Role::Previous).and_then(|then| row.values.get(then))) {
            (Some(Value::Count(now)), Some(Value::Count(then))) if *then > 0 => {
                format!(", {}", swedish::percent_change(*now, *then, 0))
            }
            _ => String::new(),
        };
    Some(format!("Totalt {}{}{change}.", text(data, row, column), beside(data, row, column)))
}

/// What has no value, said as missing and never as zero.
fn missing(data: &MeasureTable) -> Option<String> {
    let rows: Vec<&TableRow> = data.rows.iter().filter(|row| is_inner(row)).collect();
    let empty = |value: &&Value| magnitude(value).is_none();
    let count = rows.iter().flat_map(|row| row.values.iter()).filter(empty).count();
    match count {
        0 => None,
        1 => {
            let row = rows.iter().find(|row| row.values.iter().any(|value| empty(&value)))?;
            let column = row.values.iter().position(|value| empty(&value))?;
            Some(format!("Uppgift saknas för {}, {}.", row.label, data.columns[column].label))
        }
        _ => Some(format!("Uppgift saknas i {count} rutor.")),
    }
}
