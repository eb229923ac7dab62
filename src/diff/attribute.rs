//! Which rows of the exports make a number another: counted, not guessed.
//!
//! In: changed cells of a measure, and the rows of its source that came, went or changed. Out: for each count the places
//! of the rows that carry the cell's labels in the cell's year, if they add up to the difference exactly; otherwise
//! nothing is said. Hidden cells get none: their difference is nobody's to know.

use super::cause::SourceChange;
use super::numbers::{CellChange, month_of};
use super::rows::RowFacts;
use crate::domain::period::{PeriodRule, date_of};

/// What all numbers of a table have in common.
pub(super) struct OfTable<'a> {
    /// Value of `each`.
    pub(super) each: Option<&'a str>,
    pub(super) rule: PeriodRule,
    /// Year of columns that are of no other.
    pub(super) year: i32,
}

/// Names the rows of every changed count that they explain.
pub(super) fn explain(cells: &mut [CellChange], source: &SourceChange, table: &OfTable<'_>) {
    let Some(rows) = source.rows.as_ref().filter(|rows| rows.identified) else { return };
    let came = rows.added.iter().chain(rows.changed.iter().map(|(_, now)| now)).map(|row| (row, 1));
    let went = rows.removed.iter().chain(rows.changed.iter().map(|(before, _)| before)).map(|row| (row, -1));
    let moved: Vec<(&RowFacts, i64)> = came.chain(went).collect();
    for cell in cells.iter_mut().filter(|cell| cell.is_count && !cell.is_hidden()) {
        let Some(difference) = cell.difference else { continue };
        let carries = |(row, _): &&(&RowFacts, i64)| is_counted(row, cell, table);
        let found: Vec<&(&RowFacts, i64)> = moved.iter().filter(carries).collect();
        if found.iter().map(|(_, step)| step).sum::<i64>() as f64 != difference {
            continue;
        }
        let of = |wanted: i64| found.iter().filter(move |(_, step)| *step == wanted).map(|(row, _)| (*row).clone());
        let (came, went): (Vec<RowFacts>, Vec<RowFacts>) = (of(1).collect(), of(-1).collect());
        // A row that counted before and counts now has changed in something else.
        let same = |row: &RowFacts, others: &[RowFacts]| others.iter().any(|other| other.place() == row.place());
        cell.rows_came = came.iter().filter(|row| !same(row, &went)).cloned().collect();
        cell.rows_went = went.iter().filter(|row| !same(row, &came)).cloned().collect();
    }
}

/// Whether a row stands behind a cell: it has all of the cell's labels, and its date lies in the cell's time.
fn is_counted(row: &RowFacts, cell: &CellChange, table: &OfTable<'_>) -> bool {
    let year = cell.year.unwrap_or(table.year);
    let (first, last) = table.rule.days_of(year);
    let in_year = row.day.is_none_or(|day| (first..=last).contains(&day));
    let part = cell.column.split_once('=').map(|(_, value)| value);
    let labels = cell.key.iter().map(String::as_str).chain(table.each).chain(part);
    in_year && labels.into_iter().all(|label| row.labels.contains(label) || is_time_of(label, row))
}

/// "9" and "2022-09" are the September of a row's date.
fn is_time_of(label: &str, row: &RowFacts) -> bool {
    let Some(day) = row.day else { return false };
    let month = i32::from(date_of(day).month());
    let of_month = month_of(label).is_some_and(|first| {
        let (date, first) = (date_of(day), date_of(first));
        (date.year(), date.month()) == (first.year(), first.month())
    });
    label.parse() == Ok(month) || of_month
}
