//! Saved answers of Kolada's API, versions 2 and 3, as the rows of the long csv.
//!
//! In: `{"values": [{"kpi", "municipality", "period", "values": [{"gender", "count", "status", "value"}]}], "next_page"}`,
//! or `next_url`, rows that are flat already, a list without the object around it, and lists of indicators or
//! municipalities. Out: batches whose columns are the keys that the job names as headers; a row's number is its ordinal in
//! the file. A row that says `isdeleted` is dropped with a fate of its own. One file after the other, a batch at a time.
//! Never: a request over a network; a file that is a page of several without its next page is told as a warning.

use std::collections::BTreeSet;
use std::fs::File;

use crate::diagnostic::{Code, Diagnostic, Failure, nearest};
use crate::domain::balance::{Fate, Tally};
use crate::domain::personal_data::shown_header;
use crate::domain::spelling::fold;

use super::asked::Asked;
use super::files::Input;
use super::handover::{Handover, Stop};
use super::{FileSeen, RawBatch, RawCell, SheetDoor};

mod pages;

mod records;

#[cfg(test)]
mod tests;

mod tokens;

pub(super) mod whole;

use pages::Page;
use records::{Cell, Record, Records};
use tokens::Problem;

/// Rows of a batch.
const BATCH_ROWS: usize = 4096;
/// Bytes of a batch's text, well below what a cell can point to.
const BATCH_TEXT: usize = 1 << 26;

/// Reads JSON files; failures go to the handover. What is returned is complete only if nothing failed.
pub(super) fn read(inputs: &[Input], asked: &Asked, handover: &Handover<'_>) -> Vec<FileSeen> {
    let (mut seen, mut pages) = (Vec::new(), Vec::new());
    for input in inputs {
        match FileReader::new(input, asked, handover).read() {
            Ok(Some((file, page))) => {
                seen.push(file);
                pages.push(page);
            }
            Ok(None) => break,
            Err(stop) => {
                handover.depart().fail(stop);
                break;
            }
        }
    }
    for index in pages::without_next(&pages) {
        seen[index].warnings.push(missing_page(&inputs[index], asked));
    }
    seen
}

fn missing_page(input: &Input, asked: &Asked) -> Diagnostic {
    let message = say!("ingest-next-page-is-missing");
    Diagnostic::warning(Code::MissingPage, message, input.location())
        .help(say!("ingest-save-next-page-too-and", table = asked.table()))
}

/// What is wrong with a file, to the analyst.
fn broken(problem: Problem, input: &Input) -> Failure {
    let (what, line, column) = match problem {
        Problem::Io(error) => return Failure::io(say!("diagnostic-reading"), &input.shown(), &error),
        Problem::Form { what, line, column } => (what, line, column),
    };
    let message = say!("ingest-file-cannot-be-read-kolada", line, column, what);
    Diagnostic::error(Code::BrokenJson, message, input.location()).help(say!("ingest-save-answer-again-whole")).into()
}

/// One file on its way into batches.
struct FileReader<'a, 'h> {
    input: &'a Input,
    asked: &'a Asked,
    handover: &'a Handover<'h>,
    batch: RawBatch,
    /// Ordinal of the last row.
    row: u32,
    tally: Tally,
    /// For each asked-for column, whether some row has had it.
    found: Vec<bool>,
    /// Keys that no column asks for.
    others: BTreeSet<String>,
}

impl<'a, 'h> FileReader<'a, 'h> {
    fn new(input: &'a Input, asked: &'a Asked, handover: &'a Handover<'h>) -> Self {
        let (found, others) = (vec![false; asked.width()], BTreeSet::new());
        FileReader { input, asked, handover, batch: RawBatch::empty(), row: 0, tally: Tally::default(), found, others }
    }

    /// `None` if reading was told to stop.
    fn read(mut self) -> Result<Option<(FileSeen, Page)>, Stop> {
        let (bytes, digest) = self.input.digest()?;
        let file = File::open(&self.input.path)
            .map_err(|error| Failure::io(say!("diagnostic-opening"), &self.input.shown(), &error))?;
        let mut records = Records::new(file);
        while let Some(record) = records.next().map_err(|problem| self.broken(problem))? {
            self.take(record)?;
            if self.batch.len() >= BATCH_ROWS || self.batch.text.len() >= BATCH_TEXT {
                self.deliver();
            }
            if self.handover.stopped() {
                return Ok(None);
            }
        }
        self.deliver();
        if self.row > 0 && self.found.contains(&false) {
            return Err(self.missing_columns().into());
        }
        let page = records.page();
        Ok(Some((self.seen(bytes, digest), page)))
    }

    /// All rows of one element; one that holds none is a blank row.
    fn take(&mut self, record: Record) -> Result<(), Failure> {
        if record.rows.is_empty() {
            self.next_row()?;
            self.tally.add(Fate::Blank, 1);
        }
        for row in &record.rows {
            let number = self.next_row()?;
            if is_deleted(&record.shared) || is_deleted(row) {
                self.tally.add(Fate::Deleted, 1);
                continue;
            }
            self.add(&record.shared, row, number)?;
        }
        Ok(())
    }

    fn next_row(&mut self) -> Result<u32, Failure> {
        self.row = self.row.checked_add(1).ok_or_else(|| Failure::internal("more than 4 294 967 295 rows"))?;
        Ok(self.row)
    }

    fn add(&mut self, shared: &[(String, Cell)], row: &[(String, Cell)], number: u32) -> Result<(), Failure> {
        self.batch.rows.push(number);
        let first = self.batch.cells.len();
        self.batch.cells.resize(first + self.asked.width(), RawCell::Empty);
        // The row's own cells come last, so that they hold where both name a column.
        for (key, cell) in shared.iter().chain(row) {
            let folded = fold(key);
            let Some(column) = self.asked.columns.iter().position(|column| column.spellings.contains(&folded)) else {
                if self.others.len() < 40 {
                    self.others.insert(key.clone());
                }
                continue;
            };
            self.found[column] = true;
            self.batch.cells[first + column] = match cell {
                Cell::Empty => RawCell::Empty,
                Cell::Number(number) => RawCell::Number(*number),
                Cell::Bool(flag) => RawCell::Bool(*flag),
                Cell::Text(text) => {
                    let start = self.batch.text.len() as u32;
                    self.batch.text.extend_from_slice(text.as_bytes());
                    RawCell::Text { start, length: text.len() as u32 }
                }
                Cell::Nested => return Err(self.nested(column, number)),
            };
        }
        Ok(())
    }

    fn deliver(&mut self) {
        let mut batch = std::mem::replace(&mut self.batch, RawBatch::empty());
        batch.file = self.input.index;
        batch.file_name = self.input.name.clone();
        batch.width = self.asked.width();
        self.handover.depart().deliver(&mut batch);
    }

    fn seen(self, bytes: u64, digest: String) -> FileSeen {
        let door = SheetDoor {
            file_name: self.input.name.to_string(),
            sheet: None,
            rows: u64::from(self.row),
            tally: self.tally,
            columns: vec![0; self.asked.width()],
            headers: self.asked.columns.iter().map(|column| column.header.clone()).collect(),
            encoding: Some("utf-8".to_string()),
        };
        FileSeen { file_name: door.file_name.clone(), bytes, digest, sheets: vec![door], warnings: Vec::new() }
    }

    fn broken(&self, problem: Problem) -> Failure {
        broken(problem, self.input)
    }

    fn nested(&self, column: usize, number: u32) -> Failure {
        let header = &self.asked.columns[column].header;
        let message = say!("ingest-row-holds-list-or-object", header, number);
        Diagnostic::error(Code::BrokenJson, message, self.input.location())
            .help(say!("ingest-name-key-holds-value-header", table = self.asked.table()))
            .into()
    }

    fn missing_columns(&self) -> Failure {
        let missing = self.asked.columns.iter().zip(&self.found).filter(|(_, found)| !**found);
        let told = missing.map(|(column, _)| {
            let near = nearest(&column.header, self.others.iter().map(String::as_str));
            let did_you_mean =
                near.map_or(String::new(), |near| say!("ingest-did-you-mean", near = shown_header(near)));
            let message = say!("ingest-no-row-file-has", header = column.header);
            Diagnostic::error(Code::MissingColumn, message, self.input.location())
                .help(say!("ingest-correct-header-column-under", did_you_mean, table = self.asked.table()))
                .more(say!("ingest-keys-no-column-asks-for", others = listed(&self.others)))
        });
        Failure::fixable(told.collect())
    }
}

fn listed(keys: &BTreeSet<String>) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("\"{}\"", shown_header(key))).collect();
    if keys.is_empty() { "none".to_string() } else { keys.join(", ") }
}

/// Kolada keeps what it has withdrawn, marked.
fn is_deleted(row: &[(String, Cell)]) -> bool {
    let says = |key: &str| matches!(fold(key).as_str(), "isdeleted" | "is_deleted" | "deleted");
    row.iter().any(|(key, cell)| says(key) && *cell == Cell::Bool(true))
}
