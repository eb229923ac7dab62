//! The mask: hidden numbers, and whatever they show through, become `Withheld` in the tables.
//!
//! In: tables, and which of their counts are hidden. Out: tables that everything after this step prints: a chart, a
//! sentence or a file cannot show what is not there. Differences, changes, shares and means of a hidden count go with it,
//! notes that quote numbers lose them, and rows ordered by size stand where their place says nothing.

use std::collections::BTreeSet;

use super::model::Place;
use super::words;
use crate::domain::spc::PHASE;
use crate::domain::swedish::integer;
use crate::domain::table::{
    MeasureTable, NoteKind, Nothing, Role, RowKind, TableColumn, TableNote, TableRow, Unit, Value,
};

/// Masks a table.
///
/// In: `hidden` are the cells that hold a hidden count or would tell one; `by_size` says that rows stand in the order of
/// their counts.
pub(super) fn mask(table: &mut MeasureTable, hidden: &BTreeSet<Place>, threshold: i64, by_size: bool) {
    // What a remark quotes stands in no cell.
    table.notes.retain(|note| note.kind != NoteKind::Undated);
    if hidden.is_empty() {
        return;
    }
    let blank_columns = blank_but_for(table, hidden);
    for (row, column) in hidden {
        let is_blank = blank_columns.contains(column);
        table.rows[*row].values[*column] = if is_blank { Value::Nothing(Nothing::Blank) } else { Value::WITHHELD };
    }
    if !whole_is_shown(table) {
        table.n = 0;
    }
    words::judge_what_is_shown(table);
    mask_notes(table, threshold);
    if by_size {
        table.rows = reordered(std::mem::take(&mut table.rows));
    }
}

/// Leaves of a table that would tell of single events one row of marks: not even how many rows it has.
pub(super) fn withhold(table: &mut MeasureTable, threshold: i64) {
    table.columns.retain(|column| column.key != PHASE);
    let values = vec![Value::WITHHELD; table.columns.len()];
    let label = if table.is_control_chart() { word!("measure-newest-point") } else { "Totalt" }.to_string();
    table.rows = vec![TableRow { key: Vec::new(), label, level: 0, kind: RowKind::Total, values }];
    table.notes.clear();
    (table.n, table.period) = (0, String::new());
    mask_notes(table, threshold);
}

/// Hides a development's rows of which the table that it is made of hides a value, all but their years.
pub(super) fn follow(development: &mut MeasureTable, base: &MeasureTable, threshold: i64) {
    let is_told = |label: &str| {
        let columns = (0..base.columns.len()).filter(|column| base.columns[*column].label == label);
        let cells = columns.flat_map(|column| base.rows.iter().filter_map(move |row| row.values.get(column)));
        !cells.into_iter().any(|value| *value == Value::WITHHELD)
    };
    let values: Vec<usize> = (0..development.columns.len())
        .filter(|column| !matches!(development.columns[*column].role, Role::Text | Role::N))
        .collect();
    let mut hides = false;
    for row in development.rows.iter_mut().filter(|row| !is_told(&row.label)) {
        values.iter().for_each(|column| row.values[*column] = Value::WITHHELD);
        hides = true;
    }
    if hides {
        development.n = 0;
        words::judge_what_is_shown(development);
        mask_notes(development, threshold);
    }
}

/// Columns in which every cell that stays is blank: the hidden ones must be, too, or the column would tell that they are
/// not.
fn blank_but_for(table: &MeasureTable, hidden: &BTreeSet<Place>) -> BTreeSet<usize> {
    let is_blank = |column: &usize| {
        let rows = table.rows.iter().enumerate();
        let mut kept = rows.filter(|(row, _)| !hidden.contains(&(*row, *column)));
        kept.all(|(_, row)| row.values.get(*column) == Some(&Value::Nothing(Nothing::Blank)))
    };
    (0..table.columns.len()).filter(|column| table.columns[*column].role == Role::Change).filter(is_blank).collect()
}

/// The number of events behind the table stands in it for all to see.
fn whole_is_shown(table: &MeasureTable) -> bool {
    let is_whole = |column: &usize| {
        let TableColumn { role, unit, .. } = &table.columns[*column];
        *unit == Unit::Count && matches!(role, Role::Current | Role::Total | Role::Numerator | Role::Denominator)
    };
    let shown = |row: &TableRow| {
        (0..table.columns.len())
            .filter(is_whole)
            .any(|column| row.values.get(column) == Some(&Value::Count(table.n as i64)))
    };
    table.total_row().is_some_and(shown)
}

/// Says that something is hidden; sentences that quote what parts add up to would give it away.
fn mask_notes(table: &mut MeasureTable, threshold: i64) {
    use NoteKind::{Method, NotASum, Rounding, UnknownCategories, Verdict};
    let quotes = |note: &TableNote| matches!(note.kind, NotASum | Rounding | UnknownCategories | Verdict | Method);
    let judged = table.notes.iter().any(|note| note.kind == Verdict);
    let is_no_sum = table.notes.iter().any(|note| note.kind == NoteKind::NotASum);
    table.notes.retain(|note| !quotes(note));
    if is_no_sum {
        let text = printed!("protect-note-parts-do-not-sum");
        table.notes.push(TableNote { kind: NoteKind::NotASum, text });
    }
    let text = printed!("protect-note-small-counts-are-hidden", threshold = integer(threshold));
    table.notes.push(TableNote { kind: NoteKind::Withheld, text });
    let also = match (table.is_control_chart(), judged) {
        (true, _) => printed!("protect-note-limits-are-hidden"),
        (false, true) => printed!("protect-note-change-is-hidden"),
        (false, false) => return,
    };
    table.notes.push(TableNote { kind: NoteKind::Withheld, text: also });
}

/// Within each group, rows whose size is shown in their order, then the others by name, then residual rows.
fn reordered(rows: Vec<TableRow>) -> Vec<TableRow> {
    let mut blocks: Vec<Vec<TableRow>> = Vec::new();
    for row in rows {
        match blocks.last_mut() {
            Some(block) if row.level > block[0].level => block.push(row),
            _ => blocks.push(vec![row]),
        }
    }
    let place = |block: &[TableRow]| match (block[0].kind, is_hidden(&block[0])) {
        (RowKind::Total, _) => 3,
        (RowKind::Residual, _) => 2,
        (_, true) => 1,
        (_, false) => 0,
    };
    blocks.sort_by_cached_key(|block| match place(block) {
        1 => (1, crate::domain::table::slug(&block[0].label)),
        place => (place, String::new()),
    });
    for block in &mut blocks {
        let members = block.split_off(1);
        if !members.is_empty() {
            block.extend(reordered(members));
        }
    }
    blocks.concat()
}

/// The count that rows are ordered by is hidden.
fn is_hidden(row: &TableRow) -> bool {
    row.values.contains(&Value::WITHHELD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, level: u8, kind: RowKind, value: Value) -> TableRow {
        TableRow { key: vec![label.to_string()], label: label.to_string(), level, kind, values: vec![value] }
    }

    #[test]
    fn hidden_rows_stand_where_their_place_says_nothing() {
        let rows = vec![
            row("b", 0, RowKind::Part, Value::Count(9)),
            row("z", 0, RowKind::Part, Value::WITHHELD),
            row("c", 0, RowKind::Part, Value::Count(6)),
            row("a", 0, RowKind::Part, Value::WITHHELD),
            row("Övrigt", 0, RowKind::Residual, Value::WITHHELD),
            row("Totalt", 0, RowKind::Total, Value::Count(20)),
        ];
        let labels: Vec<String> = reordered(rows).into_iter().map(|row| row.label).collect();
        assert_eq!(labels, ["b", "c", "a", "z", "Övrigt", "Totalt"]);
    }

    #[test]
    fn members_follow_their_group() {
        let rows = vec![
            row("g", 0, RowKind::Group, Value::WITHHELD),
            row("m", 1, RowKind::Part, Value::WITHHELD),
            row("n", 1, RowKind::Part, Value::Count(5)),
            row("h", 0, RowKind::Group, Value::Count(7)),
        ];
        let labels: Vec<String> = reordered(rows).into_iter().map(|row| row.label).collect();
        assert_eq!(labels, ["h", "g", "n", "m"]);
    }
}
