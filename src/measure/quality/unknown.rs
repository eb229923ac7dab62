//! Values outside the closed lists, by column and spelling.
//!
//! In: the cells that normalising could not find in a list. Out: a row per column with a list, and under it one per
//! spelling, commonest first; a column that is not called safe has its number and no spelling. Unit: values (a cell may
//! hold several) of kept rows, this period and the one before; rows without a date stand in a column of their own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Quality, method, row};
use crate::domain::delivery::{CellCount, CellKind};
use crate::domain::table::{Role, RowKind, TableRow, Unit};
use crate::measure::formula::Formula;
use crate::measure::head::{self, column};
use crate::measure::order;
use crate::measure::sheet::{Fields, Sheet};
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan};

pub(super) fn sheet(quality: &Quality) -> Sheet {
    let job = quality.job();
    let mut table = head::of_values(
        quality.plan,
        quality.measure,
        printed!("measure-number-of-values"),
        job.period.name_of(job.year),
    );
    let is_dated = quality.source.period_date.is_some();
    let cells: Vec<&CellCount> = quality.delivery.cells.iter().filter(|cell| cell.kind == CellKind::Unknown).collect();
    let printed: Vec<Option<i32>> = match is_dated {
        true if job.earlier > 0 => vec![Some(job.year), Some(job.year - 1), None],
        true => vec![Some(job.year), None],
        false => vec![None],
    };
    table.row_headers = vec![printed!("measure-column-and-spelling")];
    let mut rows = Vec::new();
    let listed = quality.source.columns.iter();
    for listed in listed.filter(|column| matches!(column.kind, ColumnKindPlan::Category(_)) && column.derive.is_none())
    {
        let of_column: Vec<&CellCount> = cells.iter().filter(|cell| cell.column == listed.name).copied().collect();
        rows.extend(rows_of(listed, &of_column, &printed));
    }
    table.n = cells.iter().map(|cell| cell.cells).sum();
    let text = word!("measure-unknown-note");
    table.notes.push(method(text.to_string()));
    Sheet::of(table, &fields(quality, &printed), rows)
}

/// A list, and how many values outside it there are, by period.
struct OfRow<'a> {
    listed: &'a ColumnPlan,
    counts: Vec<u64>,
}

/// The values themselves are not kept, but the events that have some are.
fn fields<'f>(quality: &'f Quality, printed: &[Option<i32>]) -> Fields<'f, OfRow<'f>> {
    let mut fields = Fields::new();
    for (index, year) in printed.iter().copied().enumerate() {
        let column = match quality.source.period_date {
            Some(_) => year_column(year, quality.job().year),
            None => column("current", word!("measure-count"), Role::Current, Unit::Count),
        };
        fields.add(column, move |row: &OfRow| {
            let bucket: Vec<String> = order::unknown_label(row.listed).map(String::from).into_iter().collect();
            let events = match (year, quality.events.has_date()) {
                (None, true) => quality.undated(&row.listed.name, &bucket),
                _ => quality.of(Some((row.listed.name.as_str(), bucket.as_slice())), year),
            };
            Formula::among("values outside the list, counted as the export was read, in", events, row.counts[index])
        });
    }
    fields
}

fn year_column(year: Option<i32>, current: i32) -> crate::domain::table::TableColumn {
    match year {
        Some(year) => head::period_column(year, current, Unit::Count),
        None => column("undated", word!("measure-undated"), Role::N, Unit::Count),
    }
}

fn rows_of<'a>(listed: &'a ColumnPlan, cells: &[&CellCount], printed: &[Option<i32>]) -> Vec<(TableRow, OfRow<'a>)> {
    let of_row = |of: &dyn Fn(&CellCount) -> bool| {
        let sum = |year: &Option<i32>| {
            let in_year = cells.iter().filter(|cell| of(cell) && (printed.len() == 1 || cell.year == *year));
            in_year.map(|cell| cell.cells).sum()
        };
        OfRow { listed, counts: printed.iter().map(sum).collect() }
    };
    let mut rows = vec![(row(&[&listed.name], &listed.label, 0, RowKind::Group), of_row(&|_| true))];
    for spelling in spellings(cells) {
        let shown = spelling.as_deref().unwrap_or(word!("measure-spelling-not-shown"));
        let of_spelling = of_row(&|cell| cell.text == spelling);
        rows.push((row(&[&listed.name, shown], shown, 1, RowKind::Residual), of_spelling));
    }
    rows
}

/// Commonest first; those that are not shown last.
fn spellings(cells: &[&CellCount]) -> Vec<Option<String>> {
    let mut counts: BTreeMap<&Option<String>, u64> = BTreeMap::new();
    cells.iter().for_each(|cell| *counts.entry(&cell.text).or_default() += cell.cells);
    let mut found: Vec<(bool, Reverse<u64>, &Option<String>)> =
        counts.into_iter().map(|(text, cells)| (text.is_none(), Reverse(cells), text)).collect();
    found.sort();
    let mut seen = BTreeSet::new();
    found.into_iter().map(|(_, _, text)| text.clone()).filter(|text| seen.insert(text.clone())).collect()
}
