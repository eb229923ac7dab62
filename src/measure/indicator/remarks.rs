//! Notes of an indicator table: few answers, values withheld, values missing.

use super::{Pivot, Series};
use crate::domain::spelling::fold;
use crate::domain::swedish::integer;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, RowKind, TableNote, Value};
use crate::measure::notes::{listing_of_many, note};

/// All notes of the table.
pub(super) fn of(pivot: &Pivot, table: &MeasureTable, series: &[Series]) -> Vec<TableNote> {
    let missing = word!("measure-missing-for");
    let withheld = word!("measure-withheld-for");
    let notes = [
        few_answers(pivot, table, series),
        places(table, series, Nothing::Withheld)
            .map(|places| note(NoteKind::Withheld, format!("{withheld} {places}."))),
        places(table, series, Nothing::Missing).map(|places| note(NoteKind::Missing, format!("{missing} {places}."))),
    ];
    notes.into_iter().flatten().collect()
}

fn few_answers(pivot: &Pivot, table: &MeasureTable, series: &[Series]) -> Option<TableNote> {
    let (under, indicator) = pivot.spec.few_answers.as_ref()?;
    let few = match indicator {
        Some(indicator) => few_by_column(pivot, series, *under, indicator),
        None => few_by_cell(pivot, table, series, *under),
    };
    let caution = word!("measure-read-with-caution");
    (!few.is_empty()).then(|| {
        note(NoteKind::FewAnswers, printed!("measure-fewer-answers", under, list = listing_of_many(&few), caution))
    })
}

/// Wide tables: the number of answers is an indicator of its own, one value a column.
fn few_by_column(pivot: &Pivot, series: &[Series], under: u32, indicator: &str) -> Vec<String> {
    let folded = fold(indicator);
    let is_n = |path: &&Vec<String>| path.last().is_some_and(|name| fold(name).contains(&folded));
    let Some(path) = pivot.paths.iter().find(is_n) else { return Vec::new() };
    let few = |series: &Series| {
        let n = pivot.number(path, &series.text).filter(|n| *n < f64::from(under))?;
        Some(printed!("measure-answers-beside", label = series.column.label, answers = integer(n as i64)))
    };
    series.iter().filter_map(few).collect()
}

fn few_by_cell(pivot: &Pivot, table: &MeasureTable, series: &[Series], under: u32) -> Vec<String> {
    let mut few = Vec::new();
    for row in table.rows.iter().filter(|row| row.kind == RowKind::Part) {
        for series in series {
            let cell = pivot.cell(&row.key, &series.text).filter(|cell| pivot.observations.value(*cell).is_ok());
            let n = cell.and_then(|cell| pivot.observations.number(cell, "n")).filter(|n| *n < f64::from(under));
            few.extend(n.map(|n| {
                printed!("measure-answers-beside", label = place(&row.label, series), answers = integer(n as i64))
            }));
        }
    }
    few
}

/// The cells that hold this kind of nothing, by row and column; `None` if there are none.
fn places(table: &MeasureTable, series: &[Series], nothing: Nothing) -> Option<String> {
    let rows = table.rows.iter().filter(|row| row.kind == RowKind::Part);
    let cells = rows.flat_map(|row| series.iter().zip(&row.values).map(move |(series, value)| (row, series, value)));
    let found = cells.filter(|(_, _, value)| **value == Value::Nothing(nothing));
    let found: Vec<String> = found.map(|(row, series, _)| place(&row.label, series)).collect();
    (!found.is_empty()).then(|| listing_of_many(&found))
}

fn place(row: &str, series: &Series) -> String {
    match series.text {
        Some(_) => format!("”{row}” {}", series.column.label),
        None => format!("”{row}”"),
    }
}
