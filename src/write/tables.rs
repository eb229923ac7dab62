//! Tables as they are printed.
//!
//! In: a measured table and how the job wants it printed. Out: a [`TableBlock`] of Swedish texts: chosen columns, last
//! period in parentheses, marks for the four kinds of nothing with a note that explains those that occur.

use std::collections::BTreeSet;

use super::document::{PrintedCell, PrintedRow, TableBlock, TableHeader};
use super::facts::{Fault, unknown_column};
use super::numbering::NumberedPlace;
use super::values::{column_at, decimals_of, find_column, is_numeric, mark_of, previous_column, print_value};
use crate::domain::sentence::and_list;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::job::plan::TablePlan;

/// A printed column: where it stands in the measured table, and the one printed beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chosen {
    column: usize,
    beside: Option<usize>,
    /// Lower and upper end of the column's interval, printed beside it.
    limits: Option<(usize, usize)>,
}

/// Prints a table of the job.
pub(super) fn print_table(plan: &TablePlan, measure: &MeasureTable, place: NumberedPlace) -> Result<TableBlock, Fault> {
    let chosen = choose(plan, measure)?;
    let is_shown = |index: &usize| !(plan.hide_total && measure.rows[*index].kind == RowKind::Total);
    let rows: Vec<usize> = (0..measure.rows.len()).filter(is_shown).collect();
    Ok(TableBlock {
        id: place.id,
        number: Some(place.number),
        caption: plan.title.clone(),
        ..print_rows(&plan.name, measure, &chosen, &rows)
    })
}

/// Prints all of a measured table, without a number: the data behind a figure, a list of the appendix.
pub(super) fn print_whole(name: &str, id: String, measure: &MeasureTable) -> TableBlock {
    let printed = (0..measure.columns.len()).filter(|column| !is_about_tests(measure.columns[*column].role));
    let chosen: Vec<Chosen> = printed.map(alone).collect();
    let rows: Vec<usize> = (0..measure.rows.len()).collect();
    TableBlock { id, ..print_rows(name, measure, &chosen, &rows) }
}

/// The data behind a figure: what is drawn, or all of its measure when there is nothing to draw.
pub(super) fn print_data(name: &str, title: &str, data: &MeasureTable, place: &NumberedPlace) -> TableBlock {
    let caption = printed!("write-data-of", kind = place.text.to_lowercase(), title);
    TableBlock { caption, ..print_whole(name, format!("{}-data", place.id), data) }
}

fn alone(column: usize) -> Chosen {
    Chosen { column, beside: None, limits: None }
}

/// p-values and their like are for the analyst: they stand in tables/*.csv, and in a table only if the job names them.
fn is_about_tests(role: Role) -> bool {
    matches!(role, Role::PValue | Role::AdjustedP | Role::Statistic | Role::Development)
}

fn choose(plan: &TablePlan, measure: &MeasureTable) -> Result<Vec<Chosen>, Fault> {
    let named: Vec<usize> = if plan.columns.is_empty() {
        let all = 0..measure.columns.len();
        let for_readers = all.filter(|column| !measure.columns[*column].role.is_for_analyst());
        for_readers.filter(|column| !is_blank_change(measure, *column)).collect()
    } else {
        let found =
            plan.columns.iter().map(|name| find_column(measure, name).ok_or_else(|| unknown(plan, measure, name)));
        found.collect::<Result<_, _>>()?
    };
    let limits = |column: usize| measure.limits_of(column).filter(|_| plan.intervals && is_share(measure, column));
    Ok(if plan.parentheses {
        pair(&named, measure)
    } else {
        named.into_iter().map(|column| Chosen { limits: limits(column), ..alone(column) }).collect()
    })
}

/// An interval is printed beside a percentage; that of a difference stays in the data.
fn is_share(measure: &MeasureTable, column: usize) -> bool {
    measure.columns[column].role != Role::Difference
}

/// No row has a base that a per cent could stand on: the column would be an empty one.
fn is_blank_change(measure: &MeasureTable, column: usize) -> bool {
    let is_blank = |row: &TableRow| row.values.get(column) == Some(&Value::Nothing(Nothing::Blank));
    measure.columns[column].role == Role::Change && measure.rows.iter().all(is_blank)
}

fn unknown(plan: &TablePlan, measure: &MeasureTable, name: &str) -> Fault {
    let fault = unknown_column(measure, name);
    Fault { message: say!("write-prints-column-is-not-there", name = plan.name, message = fault.message), ..fault }
}

/// Last period goes into parentheses after this one and loses its own column.
fn pair(named: &[usize], measure: &MeasureTable) -> Vec<Chosen> {
    let beside_of = |column: usize| previous_column(measure, column);
    let taken: BTreeSet<usize> = named.iter().filter_map(|column| beside_of(*column)).collect();
    let kept = named.iter().filter(|column| !taken.contains(column));
    kept.map(|column| Chosen { beside: beside_of(*column), ..alone(*column) }).collect()
}

fn print_rows(name: &str, measure: &MeasureTable, chosen: &[Chosen], rows: &[usize]) -> TableBlock {
    let mut table = TableBlock {
        name: name.to_string(),
        caption: measure.title.clone(),
        header: chosen.iter().map(|chosen| header(measure, *chosen)).collect(),
        rows: rows.iter().map(|row| print_row(measure, chosen, *row)).collect(),
        source: measure.source.clone(),
        measure: measure.clone(),
        ..TableBlock::default()
    };
    put_labels_first(&mut table);
    let rows: Vec<&TableRow> = rows.iter().map(|row| &measure.rows[*row]).collect();
    let is_said = |note: &&TableNote| is_about_what_is_printed(note.kind, measure, chosen, &rows);
    table.notes = measure.notes.iter().filter(is_said).cloned().collect();
    table.notes.extend(points(measure, &rows, chosen));
    table.notes.extend(legend(&rows, chosen));
    table
}

/// The header of the labels. A register without labels has its first column for them.
fn put_labels_first(table: &mut TableBlock) {
    let unlabelled = table.rows.iter().all(|row| row.label.is_empty()) && table.measure.row_headers.is_empty();
    if !unlabelled || table.header.is_empty() {
        let text = label_header(&table.measure.row_headers);
        let header = TableHeader { text, ..TableHeader::default() };
        table.header.insert(0, header);
        return;
    }
    for row in &mut table.rows {
        row.label = row.cells.remove(0).text;
    }
}

/// "Avdelning och enhet"
fn label_header(headers: &[String]) -> String {
    let lower =
        headers.iter().enumerate().map(|(index, text)| if index == 0 { text.clone() } else { text.to_lowercase() });
    and_list(&lower.collect::<Vec<_>>())
}

fn header(measure: &MeasureTable, chosen: Chosen) -> TableHeader {
    let column = &measure.columns[chosen.column];
    let beside = chosen.beside.map(|beside| format!("({})", measure.columns[beside].label));
    TableHeader {
        text: column.label.clone(),
        beside,
        numeric: is_numeric(column.unit),
        column: Some(chosen.column),
        beside_column: chosen.beside,
    }
}

fn print_row(measure: &MeasureTable, chosen: &[Chosen], index: usize) -> PrintedRow {
    let row = &measure.rows[index];
    let cells = chosen.iter().map(|chosen| print_cell(measure, *chosen, row)).collect();
    PrintedRow { row: index, label: row.label.clone(), level: row.level, kind: row.kind, cells }
}

fn print_cell(measure: &MeasureTable, chosen: Chosen, row: &TableRow) -> PrintedCell {
    let print = |column: usize| {
        row.values.get(column).map(|value| print_value(value, &column_at(measure, row, column))).unwrap_or_default()
    };
    let interval =
        chosen.limits.and_then(|(lower, upper)| interval(row, lower, upper, measure.unit_of(row, chosen.column)));
    let beside = interval.or(chosen.beside.map(print)).filter(|text| !text.is_empty()).map(|text| format!("({text})"));
    PrintedCell { text: print(chosen.column), beside, numeric: is_numeric(measure.columns[chosen.column].unit) }
}

/// "24–33", with the decimals of the value that it belongs to.
fn interval(row: &TableRow, lower: usize, upper: usize, unit: Unit) -> Option<String> {
    let end = |column: usize| match row.values.get(column) {
        Some(Value::Number(number)) => Some(swedish::decimal(*number, decimals_of(unit))),
        _ => None,
    };
    Some(format!("{}–{}", end(lower)?, end(upper)?))
}

/// Notes about a column that is not printed, or about intervals where there are none, would puzzle the reader.
fn is_about_what_is_printed(kind: NoteKind, measure: &MeasureTable, chosen: &[Chosen], rows: &[&TableRow]) -> bool {
    let is_chosen = |column: usize| chosen.iter().any(|chosen| chosen.column == column);
    match kind {
        NoteKind::Column(key) => measure.column(key).is_some_and(is_chosen),
        NoteKind::Interval => {
            let beside = |chosen: &Chosen| {
                let (lower, upper) = chosen.limits?;
                rows.iter().find_map(|row| interval(row, lower, upper, measure.unit_of(row, chosen.column)))
            };
            let mut ends = (0..measure.columns.len()).filter_map(|column| measure.limits_of(column));
            ends.any(|(lower, _)| is_chosen(lower)) || chosen.iter().any(|chosen| beside(chosen).is_some())
        }
        _ => true,
    }
}

/// The unit of differences between percentages, which have no sign of their own.
fn points(measure: &MeasureTable, rows: &[&TableRow], chosen: &[Chosen]) -> Option<TableNote> {
    let is_in_points = |row: &TableRow, column: usize| {
        matches!(measure.unit_of(row, column), Unit::PercentagePoints { .. })
            && !matches!(row.values.get(column), None | Some(Value::Nothing(_)))
    };
    let occur = rows.iter().any(|row| chosen.iter().any(|chosen| is_in_points(row, chosen.column)));
    let text = printed!("write-differences-are-points");
    occur.then_some(TableNote { kind: NoteKind::Other, text })
}

/// Explains the marks that occur among what is printed.
fn legend(rows: &[&TableRow], chosen: &[Chosen]) -> Option<TableNote> {
    let printed = |row: &&TableRow, column: usize| match row.values.get(column) {
        Some(Value::Nothing(nothing)) => Some(*nothing),
        _ => None,
    };
    let columns = chosen.iter().flat_map(|chosen| std::iter::once(chosen.column).chain(chosen.beside));
    let occurring: BTreeSet<Nothing> =
        columns.flat_map(|column| rows.iter().filter_map(move |row| printed(row, column))).collect();
    let explained: Vec<String> = occurring.iter().filter_map(|nothing| explanation_of(*nothing)).collect();
    if explained.is_empty() {
        return None;
    }
    let kind = if occurring.contains(&Nothing::Withheld) { NoteKind::Withheld } else { NoteKind::Missing };
    Some(TableNote { kind, text: format!("{}.", explained.join("; ")) })
}

fn explanation_of(nothing: Nothing) -> Option<String> {
    let meaning = match nothing {
        Nothing::Missing => word!("write-missing"),
        Nothing::NotApplicable => word!("write-not-applicable"),
        Nothing::Withheld => word!("write-withheld"),
        Nothing::Blank => return None,
    };
    Some(format!("{} = {meaning}", mark_of(nothing)))
}
