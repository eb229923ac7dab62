//! A figure in words, for those who listen: what kind, of what, when, the largest, the smallest, the change, the gaps.
//!
//! In: what has been drawn. Out: two to five Swedish sentences, exact numbers, no judgement.

use super::chart::Drawn;
use super::select::{self, magnitude};
use crate::domain::sentence::SMALLEST_BASE_OF_CHANGE;
use crate::domain::swedish;
use crate::domain::table::{Direction, MeasureTable, Role, RowKind, RowsAre, TableRow, Value};

/// More series than this are not told one by one.
const MOST_COURSES: usize = 3;

/// A chart of values: `kind` is what it is called.
pub(super) fn of_values(kind: &str, drawn: &Drawn<'_>) -> String {
    let mut sentences = vec![opening(kind, drawn.data)];
    describe_values(drawn.table, drawn.data, &mut sentences);
    sentences.join(" ")
}

/// A value as it is written; `None` where there is none.
pub(super) fn told(table: &MeasureTable, row: &TableRow, column: usize) -> Option<String> {
    let value = row.values.get(column)?;
    (!matches!(value, Value::Nothing(_))).then(|| select::written(value, &table.columns[column]))
}

/// Extremes, changes, goals, totals and gaps.
fn describe_values(table: &MeasureTable, data: &MeasureTable, sentences: &mut Vec<String>) {
    if data.rows_are != RowsAre::Things {
        let drawn = (0..data.columns.len()).filter(|column| !data.columns[*column].role.is_for_analyst());
        sentences.extend(drawn.take(MOST_COURSES).filter_map(|column| course(data, column)));
    } else {
        sentences.extend(extremes(data));
        sentences.extend(largest_cell(data));
        sentences.extend(largest_change(data));
        sentences.extend(goals(data));
    }
    sentences.extend(whole(table, data));
    sentences.extend(missing(data));
}

/// "Liggande staplar: antal avvikelser, kvalitetsår 2023, 13 rader."
pub(super) fn opening(kind: &str, data: &MeasureTable) -> String {
    let rows = match inner(data).count() {
        1 => printed!("draw-alt-one-row"),
        rows => printed!("draw-alt-rows", rows),
    };
    let about = [data.what.trim(), data.period.trim(), &rows];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{kind}: {}.", about.join(", "))
}

fn inner(data: &MeasureTable) -> impl Iterator<Item = &TableRow> {
    data.rows.iter().filter(|row| matches!(row.kind, RowKind::Part | RowKind::Residual))
}

/// The column that rows are compared by: this period's, the total, a share, or the only one there is.
fn telling_column(data: &MeasureTable) -> Option<usize> {
    let roles = [Role::Current, Role::Total, Role::Share];
    let only = || (data.columns.len() == 1 && select::is_numeric(&data.columns[0])).then_some(0);
    roles.into_iter().find_map(|role| data.column_of_role(role)).or_else(only)
}

fn size(row: &TableRow, column: usize) -> Option<f64> {
    row.values.get(column).and_then(magnitude)
}

fn text(data: &MeasureTable, row: &TableRow, column: usize) -> String {
    row.values.get(column).map_or_else(String::new, |value| {
        select::written_in(value, data.columns[column].role, data.unit_of(row, column))
    })
}

/// "Högst är Läkemedel, 104 (2022: 127); lägst är …" Of equals the first is named.
fn extremes(data: &MeasureTable) -> Option<String> {
    let column = telling_column(data)?;
    let sized: Vec<(&TableRow, f64)> = inner(data).filter_map(|row| Some((row, size(row, column)?))).collect();
    let largest = sized.iter().rev().max_by(|one, two| one.1.total_cmp(&two.1))?;
    let smallest = sized.iter().min_by(|one, two| one.1.total_cmp(&two.1))?;
    let told = |row: &TableRow| format!("{}, {}{}", row.label, text(data, row, column), beside(data, row, column));
    if sized.len() == 1 {
        return Some(format!("{}.", told(largest.0)));
    }
    if largest.1 == smallest.1 {
        return Some(printed!("draw-alt-all-rows-have", value = text(data, largest.0, column)));
    }
    Some(printed!("draw-alt-highest-and-lowest", highest = told(largest.0), lowest = told(smallest.0)))
}

/// " (2022: 127)" where the table has last period beside this.
fn beside(data: &MeasureTable, row: &TableRow, column: usize) -> String {
    let previous =
        data.column_of_role(Role::Previous).filter(|previous| *previous != column && size(row, *previous).is_some());
    previous.map_or_else(String::new, |previous| {
        format!(" ({}: {})", data.columns[previous].label, text(data, row, previous))
    })
}

/// Of a table in two dimensions: "Det största enskilda talet är 48: Enhet för …, Övrig avvikelse."
fn largest_cell(data: &MeasureTable) -> Option<String> {
    let parts: Vec<usize> = (0..data.columns.len()).filter(|column| data.columns[*column].role == Role::Part).collect();
    let cells =
        inner(data).flat_map(|row| parts.iter().filter_map(move |column| Some((row, *column, size(row, *column)?))));
    let cells: Vec<(&TableRow, usize, f64)> = cells.collect();
    let (row, column, _) = cells.iter().rev().max_by(|one, two| one.2.total_cmp(&two.2)).filter(|cell| cell.2 > 0.0)?;
    Some(printed!(
        "draw-alt-largest-number",
        value = text(data, row, *column),
        row = row.label,
        column = data.columns[*column].label
    ))
}

/// "Störst förändring har X, från 96 till 141." Counts only: percentages of different bases don't compare.
fn largest_change(data: &MeasureTable) -> Option<String> {
    let (now, then) = (data.column_of_role(Role::Current)?, data.column_of_role(Role::Previous)?);
    let change = |row: &TableRow| match (row.values.get(now)?, row.values.get(then)?) {
        (Value::Count(now), Value::Count(then)) => Some(now.abs_diff(*then)),
        _ => None,
    };
    let changes: Vec<(&TableRow, u64)> = inner(data).filter_map(|row| Some((row, change(row)?))).collect();
    let (row, change) = changes.iter().rev().max_by_key(|(_, change)| *change)?;
    if changes.len() < 2 || *change == 0 {
        return None;
    }
    Some(printed!("draw-alt-largest-change", row = row.label, from = text(data, row, then), to = text(data, row, now)))
}

/// "4 av 8 når mål." Only rows whose direction is known.
fn goals(data: &MeasureTable) -> Option<String> {
    let (now, goal) = (data.column_of_role(Role::Current)?, data.column_of_role(Role::Goal)?);
    let reached = |row: &TableRow| {
        let (now, goal) = (size(row, now)?, size(row, goal)?);
        match data.directions.get(row.key.last()?)? {
            Direction::Higher => Some(now >= goal),
            Direction::Lower => Some(now <= goal),
            Direction::Neither => None,
        }
    };
    let judged: Vec<bool> = inner(data).filter_map(reached).collect();
    let count = judged.iter().filter(|reached| **reached).count();
    (!judged.is_empty()).then(|| {
        printed!("draw-alt-reach-the-goal", count, of = judged.len(), goal = data.columns[goal].label.to_lowercase())
    })
}

/// The course of a column down the periods: first, last, highest, lowest.
fn course(data: &MeasureTable, column: usize) -> Option<String> {
    let drawn: Vec<(&TableRow, f64)> = inner(data).filter_map(|row| Some((row, size(row, column)?))).collect();
    let (first, last) = (drawn.first()?, drawn.last()?);
    let high = drawn.iter().rev().max_by(|one, two| one.1.total_cmp(&two.1))?;
    let low = drawn.iter().min_by(|one, two| one.1.total_cmp(&two.1))?;
    let told = |row: &TableRow| format!("{} ({})", text(data, row, column), row.label);
    let name = &data.columns[column].label;
    if drawn.len() == 1 {
        return Some(format!("{name}: {}.", told(first.0)));
    }
    let (first, last, high, low) = (told(first.0), told(last.0), told(high.0), told(low.0));
    Some(printed!("draw-alt-row-from-to", name, first, last, high, low))
}

/// "Totalt 928 (2022: 821), +13 %."
fn whole(table: &MeasureTable, data: &MeasureTable) -> Option<String> {
    let key = &data.columns[telling_column(data)?].key;
    let (row, column) = (table.total_row()?, table.column(key)?);
    size(row, column)?;
    let then = table.column_of_role(Role::Previous).filter(|_| table.columns[column].role == Role::Current);
    let change = match (row.values.get(column), then.and_then(|then| row.values.get(then))) {
        // As everywhere: no per cent on a small base.
        (Some(Value::Count(now)), Some(Value::Count(then))) if *then >= SMALLEST_BASE_OF_CHANGE => {
            format!(", {}", swedish::percent_change(*now, *then, 0))
        }
        _ => String::new(),
    };
    Some(printed!("draw-alt-total", total = text(table, row, column), beside = beside(table, row, column), change))
}

/// What has no value, said as missing or hidden and never as zero.
fn missing(data: &MeasureTable) -> Option<String> {
    let empty = |row: &TableRow, column: usize| row.values.get(column).is_none_or(|value| magnitude(value).is_none());
    let cells = inner(data).flat_map(|row| {
        (0..data.columns.len()).filter(move |column| empty(row, *column)).map(move |column| (row, column))
    });
    let is_hidden = |(row, column): &(&TableRow, usize)| row.values.get(*column) == Some(&Value::WITHHELD);
    let (hidden, absent): (Vec<_>, Vec<_>) = cells.partition(is_hidden);
    let place = |(row, column): &(&TableRow, usize)| format!("{}, {}", row.label, data.columns[*column].label);
    let absent = match &absent[..] {
        [] => None,
        [only] => Some(printed!("draw-alt-missing-for", place = place(only))),
        all => Some(printed!("draw-alt-missing-for-values", values = all.len())),
    };
    let hidden = match &hidden[..] {
        [] => None,
        [only] => Some(printed!("draw-alt-not-shown", place = place(only))),
        all => Some(printed!("draw-alt-values-not-shown", values = all.len())),
    };
    let sentences: Vec<String> = [absent, hidden].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
