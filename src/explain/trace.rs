//! One row followed forward: its fate, and every number that it is part of.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::cell::part_name;
use super::fate::{self, RowFate};
use super::report::{Report, lineage, row_number, safe_id};
use crate::diagnostic::{Code, Diagnostic, Failure, FailureKind, Location, nearest};
use crate::domain::table::{Nothing, TableRow, Value};
use crate::job::plan::SourcePlan;
use crate::measure::membership::Part;
use crate::measure::selection::{CellAt, PartRole};
use crate::write::{column_at, print_value, row_name};

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// Name of the job.
    pub job: String,
    /// The job's year.
    pub year: i32,
    /// The export, relative to the input folder.
    pub file: String,
    /// `None` for a delimited file.
    pub sheet: Option<String>,
    /// As Excel counts, from 1.
    pub row: u32,
    /// One for each source that reads the sheet.
    pub fates: Vec<RowFate>,
    /// Numbers that the row is part of, by table in the order of the job.
    pub tables: Vec<TracedTable>,
    /// How many numbers that is, and how many more are computed of them.
    pub numbers: usize,
    /// Further numbers that are computed of those.
    pub computed: usize,
}

/// The numbers of one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TracedTable {
    /// `family.name`.
    pub measure: String,
    /// The table's title.
    pub title: String,
    /// Where any of them is printed.
    pub printed_in: Vec<String>,
    /// In the table's order.
    pub parts: Vec<PartLine>,
    /// Further numbers of the table that are computed of these.
    pub computed: usize,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartLine {
    /// The row as readers see it.
    pub row: String,
    /// The column as readers see it.
    pub column: String,
    /// `family.name|row|column`.
    pub origin: String,
    /// What the row is in it: "counted", "numerator", "denominator".
    pub part: &'static str,
    /// As readers see it.
    pub printed: String,
    /// Tables and figures by number.
    pub printed_in: Vec<String>,
}

/// Follows a row. `file`: a path, or the name of an export that the report was made of; `sheet`: `None` for delimited
/// files. The fate of a row that was dropped is found by reading the export again, if `file` leads to it.
///
/// Errors: `unknown-name`, `no-such-sheet`, and what reading the export again finds.
pub fn trace(report: &Report, file: &str, sheet: Option<&str>, row: u32, internal: bool) -> Result<Trace, Failure> {
    let name = Path::new(file).file_name().map_or(file.to_string(), |name| name.to_string_lossy().into_owned());
    let sources = sources_of(report, &name)?;
    check_sheet(report, &name, sheet)?;
    let mut trace = Trace {
        job: report.plan.job.name.clone(),
        year: report.plan.job.year,
        file: name.clone(),
        sheet: sheet.map(String::from),
        row,
        fates: Vec::new(),
        tables: Vec::new(),
        numbers: 0,
        computed: 0,
    };
    let index = report.index();
    let mut parts = Vec::new();
    for (number, source) in sources {
        let kept = rows_at(report, source, &name, sheet, row);
        trace.fates.push(match kept.first() {
            Some(first) => {
                let id = report.data.get(&source.name).and_then(|data| safe_id(source, data, *first));
                RowFate::kept(source, kept.len(), id)
            }
            None => fate::of_dropped(report, source, Path::new(file), sheet, row)?,
        });
        let events = report.event_rows(source, index.requests())?;
        for place in kept {
            parts.extend(index.parts_of((number, &source.name), events.as_ref(), place));
        }
    }
    parts.sort();
    parts.dedup();
    add_parts(report, &parts, internal, &mut trace);
    Ok(trace)
}

/// The sources that read a file of this name.
fn sources_of<'r>(report: &'r Report, name: &str) -> Result<Vec<(usize, &'r SourcePlan)>, Failure> {
    let reads = |source: &SourcePlan| {
        report.manifest.inputs.iter().any(|input| input.source == source.name && input.file == name)
    };
    let found: Vec<_> = report.plan.sources.iter().enumerate().filter(|(_, source)| reads(source)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let mut known: Vec<&str> = report.manifest.inputs.iter().map(|input| input.file.as_str()).collect();
    known.dedup();
    let near = nearest(name, known.iter().copied()).map_or(String::new(), |near| say!("explain-did-you-mean", near));
    let help = say!("explain-report-was-made-of", known = known.join(", "));
    Err(usage(Code::UnknownName, say!("explain-report-was-not-made-of", name, near), help))
}

fn check_sheet(report: &Report, name: &str, sheet: Option<&str>) -> Result<(), Failure> {
    let sheets: Vec<Option<&str>> = report
        .manifest
        .balances
        .iter()
        .filter(|balance| balance.file == name)
        .map(|balance| balance.sheet.as_deref())
        .collect();
    if sheets.contains(&sheet) {
        return Ok(());
    }
    let known: Vec<&str> = sheets.into_iter().flatten().collect();
    let (message, help) = match (sheet, known.as_slice()) {
        (_, []) => (say!("explain-has-no-sheets", name), say!("explain-write-hyphen-for-sheet")),
        (None, known) => {
            (say!("explain-is-a-workbook", name), say!("explain-name-the-sheet", known = known.join(", ")))
        }
        (Some(sheet), known) => {
            let near = nearest(sheet, known.iter().copied());
            let near = near.map_or(String::new(), |near| say!("explain-did-you-mean", near));
            (
                say!("explain-nothing-was-read-of-sheet", sheet, name, near),
                say!("explain-sheets-that-were-read", known = known.join(", ")),
            )
        }
    };
    Err(usage(Code::NoSuchSheet, message, help))
}

fn usage(code: Code, message: String, help: String) -> Failure {
    let diagnostic = Diagnostic::error(code, message, Location::Nowhere).help(help);
    Failure { kind: FailureKind::Usage, diagnostics: vec![diagnostic] }
}

/// Places in the dataset that come from a row; a row of a wide table has several.
pub(super) fn rows_at(report: &Report, source: &SourcePlan, file: &str, sheet: Option<&str>, row: u32) -> Vec<usize> {
    let Some(data) = report.data.get(&source.name) else { return Vec::new() };
    let is_here = |place: &usize| {
        // Numbers first: few rows of other sheets have the same one.
        row_number(data, *place) == row && {
            let (of_file, of_sheet, _) = lineage(data, *place);
            of_file == file && of_sheet.as_deref() == sheet
        }
    };
    (0..data.rows).filter(is_here).collect()
}

fn add_parts(report: &Report, parts: &[Part], internal: bool, trace: &mut Trace) {
    let mut by_table: BTreeMap<usize, Vec<&Part>> = BTreeMap::new();
    parts.iter().for_each(|part| by_table.entry(part.at.measure).or_default().push(part));
    for (measure, parts) in by_table {
        let (basis, direct): (Vec<&Part>, Vec<&Part>) =
            parts.into_iter().partition(|part| part.role == PartRole::Basis);
        let lines: Vec<PartLine> = direct.iter().map(|part| line(report, part, internal)).collect();
        let mut printed_in: Vec<String> = Vec::new();
        let all = lines.iter().flat_map(|line| line.printed_in.iter().cloned());
        let of_basis = basis.iter().flat_map(|part| report.printed_in(part.at));
        for place in all.chain(of_basis) {
            if !printed_in.contains(&place) {
                printed_in.push(place);
            }
        }
        let table = &report.sheets[measure].table;
        trace.numbers += lines.len();
        trace.computed += basis.len();
        trace.tables.push(TracedTable {
            measure: table.name.clone(),
            title: table.title.clone(),
            printed_in,
            parts: lines,
            computed: basis.len(),
        });
    }
}

/// Months have numbers for keys, and labels that people read.
fn called(row: &TableRow) -> String {
    if row.level == 0 { row.label.clone() } else { row_name(row) }
}

fn line(report: &Report, part: &Part, internal: bool) -> PartLine {
    let CellAt { row, column, .. } = part.at;
    let table = report.table(part.at);
    let place = column_at(table, &table.rows[row], column);
    let printed = match (report.is_hidden(part.at) && !internal, report.value(part.at)) {
        (true, _) | (_, None) => say!("explain-hidden"),
        // The text of a register's cell is the report's to print, not ours.
        (false, Some(Value::Text(_) | Value::Said(_))) => say!("explain-a-text"),
        (false, Some(Value::Nothing(Nothing::Blank))) => say!("explain-blank"),
        (false, Some(value)) => print_value(value, &place),
    };
    PartLine {
        row: called(&table.rows[row]),
        column: place.label,
        origin: report.origin(part.at),
        part: part_name(part.role),
        printed,
        printed_in: report.printed_in(part.at),
    }
}
