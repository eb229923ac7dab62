//! One printed number explained: its definition, its parts, its rows.

use std::collections::BTreeSet;

use serde::Serialize;

use super::find::Asked;
use super::report::{Report, lineage, safe_id};
use super::words;
use crate::diagnostic::Failure;
use crate::domain::table::{Nothing, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::selection::{CellAt, PartRole, Selection};
use crate::published::SheetBalance;
use crate::write::{column_at, print_value, row_name};

/// A number, and all that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Name of the job.
    pub job: String,
    /// The job's year.
    pub year: i32,
    /// `family.name|row|column`.
    pub origin: String,
    /// The table's title.
    pub title: String,
    /// The row as readers see it.
    pub row: String,
    /// The column as readers see it.
    pub column: String,
    /// "Tabell 3", "Figur 2".
    pub printed_in: Vec<String>,
    /// As readers see it.
    pub printed: String,
    /// Unrounded; a word for a kind of nothing.
    pub exact: Option<String>,
    /// What the number is, in words.
    pub definition: String,
    /// The report hides this number.
    pub hidden: bool,
    /// The events or rows behind it, one group for each that has a part of its own.
    pub groups: Vec<Group>,
    /// Cells that it is computed of.
    pub computed_of: Vec<OtherCell>,
    /// What became of the rows of the files behind it.
    pub balances: Vec<SheetBalance>,
    /// What there is to know beside.
    pub remarks: Vec<String>,
}

/// Events or rows with one part in a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// "counted", "numerator", "denominator".
    pub part: &'static str,
    /// The source's name in the job.
    pub source: String,
    /// What they are, in words.
    pub of: Vec<String>,
    /// The column that is read, for values and means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// Distinct events; nothing for sources whose rows are no events.
    pub distinct: Option<u64>,
    /// Rows of the exports that they stand on.
    pub rows: u64,
    /// In file order; empty when they are not to be listed.
    pub list: Vec<RowPlace>,
}

/// A row that a person can open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowPlace {
    /// The export, relative to the input folder.
    pub file: String,
    /// `None` for a delimited file.
    pub sheet: Option<String>,
    /// As Excel counts, from 1.
    pub row: u32,
    /// Only where the job calls the id column safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A cell that another is computed of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherCell {
    pub origin: String,
    pub printed: String,
}

/// Groups of the cells behind a computed number are shown for so many cells at most.
const MOST_CELLS: usize = 4;

/// Explains a cell. `internal`: shows what a protected report hides, and its rows.
pub fn explain(report: &Report, asked: &Asked, internal: bool) -> Result<Explanation, Failure> {
    let at = asked.at;
    let table = report.table(at);
    let (row, column) = (&table.rows[at.row], column_at(table, &table.rows[at.row], at.column));
    let (hidden, shows) = (report.is_hidden(at), internal || !report.protected);
    let value = &row.values[at.column];
    let withheld = hidden && !internal;
    let groups = if withheld { Vec::new() } else { groups_of(report, at, shows)? };
    let mut explanation = Explanation {
        job: report.plan.job.name.clone(),
        year: report.plan.job.year,
        origin: report.origin(at),
        title: table.title.clone(),
        row: row_name(row),
        column: column.label.clone(),
        printed_in: report.printed_in(at),
        printed: print_value(if hidden { &Value::WITHHELD } else { value }, &column),
        exact: (!withheld).then(|| exact(value)),
        definition: in_words(report.behind(at)),
        hidden,
        computed_of: if withheld { Vec::new() } else { cells_of(report, at, internal) },
        balances: balances(report, &groups),
        groups,
        remarks: Vec::new(),
    };
    explanation.remarks = remarks(report, asked, &explanation, withheld, shows);
    Ok(explanation)
}

/// The value as it was computed, before anything was rounded.
fn exact(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Share { numerator, denominator } => {
            format!("{numerator} / {denominator} = {}", *numerator as f64 / *denominator as f64)
        }
        Value::Change { now, then } => {
            format!("({now} − {then}) / {then} = {}", (*now as f64 - *then as f64) / *then as f64)
        }
        Value::Number(number) => number.to_string(),
        // The text of a register's cell is the report's to print, not ours.
        Value::Text(_) | Value::Said(_) => say!("explain-a-text"),
        Value::Date(day) => crate::domain::swedish::day(*day),
        Value::Nothing(Nothing::Missing) => say!("explain-missing"),
        Value::Nothing(Nothing::NotApplicable) => say!("explain-does-not-apply"),
        Value::Nothing(Nothing::Withheld) => say!("explain-withheld"),
        Value::Nothing(Nothing::Blank) => say!("explain-no-value-belongs-here"),
    }
}

fn in_words(behind: Option<&Formula>) -> String {
    match behind {
        None | Some(Formula::Said(_)) => say!("explain-nothing-was-counted"),
        Some(Formula::Count(Counted { of: Selection::Events { .. } | Selection::Chosen(_), .. })) => {
            say!("explain-count-of-events")
        }
        Some(Formula::Count(Counted { of: Selection::Rows { .. }, .. })) => say!("explain-count-of-rows"),
        Some(Formula::Share(_)) => say!("explain-share"),
        Some(Formula::Mean { number, .. }) => say!("explain-mean", number),
        Some(Formula::Read { column, .. }) => say!("explain-value-as-it-stands", column),
        Some(formula) => say!("explain-computed-of", how = formula.how().unwrap_or_default()),
    }
}

fn groups_of(report: &Report, at: CellAt, lists: bool) -> Result<Vec<Group>, Failure> {
    let mut groups = groups_of_cell(report, at, lists)?;
    let cells: Vec<CellAt> = report.cells_behind(at).collect();
    if cells.len() <= MOST_CELLS {
        for cell in cells {
            let of_cell = groups_of_cell(report, cell, lists)?.into_iter();
            groups.extend(of_cell.map(|mut group| {
                group.of.insert(0, say!("explain-for-cell", cell = report.origin(cell)));
                group
            }));
        }
    }
    Ok(groups)
}

/// One group for each part that a row can have in the cell.
fn groups_of_cell(report: &Report, at: CellAt, lists: bool) -> Result<Vec<Group>, Failure> {
    let Some(formula) = report.behind(at) else { return Ok(Vec::new()) };
    let read = formula.column().map(String::from);
    let parts = formula.selections().into_iter();
    parts.map(|(role, selection)| group(report, part_name(role), selection, read.clone(), lists)).collect()
}

/// What a row is in a number, in a word.
pub(super) fn part_name(role: PartRole) -> &'static str {
    match role {
        PartRole::Counted => "counted",
        PartRole::Value => "value",
        PartRole::Numerator => "numerator",
        PartRole::Denominator => "denominator",
        PartRole::Averaged => "averaged",
        PartRole::Basis => "basis",
    }
}

fn group(
    report: &Report,
    part: &'static str,
    selection: &Selection,
    read: Option<String>,
    lists: bool,
) -> Result<Group, Failure> {
    let of = words::of_selection(&report.plan, selection);
    let internal = || Failure::internal("a cell of a source that is not in the plan");
    let (source, rows) = match selection {
        Selection::Events { request, key } => {
            let source = report.plan.source(&request.source).ok_or_else(internal)?;
            let events = report.event_rows(source, [request.as_ref()])?.ok_or_else(internal)?;
            (source, events.rows_of(request, key))
        }
        Selection::Chosen(chosen) => {
            (report.plan.sources.get(chosen.source).ok_or_else(internal)?, chosen.rows.clone())
        }
        Selection::Rows { source, rows } => (report.plan.sources.get(*source).ok_or_else(internal)?, rows.to_vec()),
    };
    let data = report.data.get(&source.name).ok_or_else(internal)?;
    let distinct = report.event_rows(source, [])?.map(|events| events.distinct(&rows));
    let place = |row: &usize| {
        let (file, sheet, number) = lineage(data, *row);
        RowPlace { file, sheet, row: number, id: safe_id(source, data, *row) }
    };
    let list = if lists { rows.iter().map(place).collect() } else { Vec::new() };
    Ok(Group { part, source: source.name.clone(), of, read, distinct, rows: rows.len() as u64, list })
}

fn cells_of(report: &Report, at: CellAt, internal: bool) -> Vec<OtherCell> {
    let other = |at: CellAt| {
        let table = report.table(at);
        let column = column_at(table, table.rows.get(at.row)?, at.column);
        let is_withheld = report.is_hidden(at) && !internal;
        let value = report.value(at)?;
        let printed = print_value(if is_withheld { &Value::WITHHELD } else { value }, &column);
        Some(OtherCell { origin: report.origin(at), printed })
    };
    report.cells_behind(at).filter_map(other).collect()
}

/// Balances of the sources that the groups are of.
fn balances(report: &Report, groups: &[Group]) -> Vec<SheetBalance> {
    let sources: BTreeSet<&str> = groups.iter().map(|group| group.source.as_str()).collect();
    report.manifest.balances.iter().filter(|balance| sources.contains(balance.source.as_str())).cloned().collect()
}

fn remarks(report: &Report, asked: &Asked, explanation: &Explanation, withheld: bool, shows: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    if explanation.hidden {
        remarks.push(say!("explain-hidden-in-report"));
    }
    if withheld || !shows {
        remarks.push(say!("explain-rows-are-shown-with-internal"));
    }
    if asked.namesakes > 0 {
        let name = &explanation.row;
        remarks.push(say!("explain-other-rows-are-called", n = asked.namesakes, name));
    }
    if explanation.printed_in.is_empty() && !report.places.is_empty() {
        remarks.push(say!("explain-not-printed"));
    }
    remarks
}
