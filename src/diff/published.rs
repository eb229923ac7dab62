//! A published folder read back: what its manifest says, and the numbers of `tables/*.csv`.
//!
//! In: a folder that `kvalis run` has left. Out: [`Published`]. Nothing is trusted: a file that is not there or not what
//! the manifest lists is an error with its name, because a comparison with it would prove nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::period::PeriodRule;
use crate::domain::table::Nothing;

const MANIFEST: &str = "manifest.json";

/// A run's results.
#[derive(Debug, Clone)]
pub struct Published {
    pub folder: PathBuf,
    pub manifest: Manifest,
    /// In the order of the manifest.
    pub tables: Vec<Table>,
}

/// The part of `manifest.json` that a comparison needs.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    pub program: Program,
    pub job: Job,
    pub inputs: Vec<InputFile>,
    pub balances: Vec<SheetBalance>,
    pub outputs: Vec<OutputFile>,
    /// Small counts are hidden in what the run published.
    #[serde(default)]
    pub protection: Option<serde_json::Value>,
    tables: Vec<TableEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Program {
    pub version: String,
    /// Version and digest of the program's sources.
    pub build: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Job {
    pub name: String,
    pub year: i32,
    /// Day of the data.
    pub as_of: String,
    pub period: Period,
    /// The job file as written, and the digest that proves it.
    pub text: String,
    pub blake3: String,
    pub file: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Period {
    first_month: u8,
    named_after_end: bool,
}

impl Period {
    pub fn rule(self) -> PeriodRule {
        PeriodRule { first_month: self.first_month.clamp(1, 12), named_after_end: self.named_after_end }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InputFile {
    pub source: String,
    pub file: String,
    pub blake3: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct SheetBalance {
    pub source: String,
    pub read: u64,
    pub fates: BTreeMap<String, u64>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct OutputFile {
    pub file: String,
    pub blake3: String,
}

#[derive(Debug, Clone, Deserialize)]
struct TableEntry {
    name: String,
    file: String,
    title: String,
    labels: usize,
    row_labels: Option<Vec<String>>,
    total: Option<usize>,
    columns: Vec<Column>,
}

/// A column of numbers or words.
#[derive(Debug, Clone, Deserialize)]
pub struct Column {
    pub key: String,
    pub label: String,
    pub unit: Unit,
    pub year: Option<i32>,
    /// Tests and intervals: in the file, printed in no table.
    pub for_analyst: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Count,
    Percent,
    PercentagePoints,
    Number,
    Text,
    Date,
}

/// A table as it was published, unrounded.
#[derive(Debug, Clone)]
pub struct Table {
    /// `family.name` or `family.name/value`.
    pub name: String,
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Table {
    /// `family.name` without the value of `each`.
    pub fn measure(&self) -> &str {
        self.name.split_once('/').map_or(&self.name, |(measure, _)| measure)
    }

    /// The value of `each`.
    pub fn each(&self) -> Option<&str> {
        self.name.split_once('/').map(|(_, value)| value)
    }
}

#[derive(Debug, Clone)]
pub struct Row {
    /// Path of labels without blank ends; empty for the total.
    pub key: Vec<String>,
    /// What readers see before the row.
    pub label: String,
    pub cells: Vec<Cell>,
}

/// A cell read back.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Number(f64),
    Text(String),
    Nothing(Nothing),
}

impl Cell {
    fn of(text: &str, unit: Unit) -> Cell {
        match text {
            "-" => Cell::Nothing(Nothing::Missing),
            "." => Cell::Nothing(Nothing::NotApplicable),
            ".." => Cell::Nothing(Nothing::Withheld),
            "" => Cell::Nothing(Nothing::Blank),
            text if matches!(unit, Unit::Text | Unit::Date) => Cell::Text(text.to_string()),
            text => text.parse().map_or_else(|_| Cell::Text(text.to_string()), Cell::Number),
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Reads a published folder.
///
/// Errors: `not-published` for a folder without a manifest, `damaged-manifest` if it is no manifest of this program's
/// or its files are not those that it lists.
pub fn read(folder: &Path) -> Result<Published, Failure> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(|error| unreadable(folder, &error))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
        let line = error.line();
        damaged(&path, format!("the manifest is not one that this version of kvalis writes (line {line})"))
    })?;
    if blake3::hash(manifest.job.text.as_bytes()).to_hex().as_str() != manifest.job.blake3 {
        return Err(damaged(&path, "the manifest's job text is not the one that it gives the digest of".to_string()));
    }
    let tables: Result<Vec<Table>, Failure> =
        manifest.tables.iter().map(|entry| table(folder, &manifest, entry)).collect();
    Ok(Published { folder: folder.to_path_buf(), tables: tables?, manifest })
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Failure {
    let shown = folder.display().to_string();
    if error.kind() != std::io::ErrorKind::NotFound {
        return Failure::io("reading the manifest", &shown, error);
    }
    let message = if folder.is_dir() { "the folder holds no published run" } else { "there is no such published run" };
    Diagnostic::error(Code::NotPublished, message, Location::File { file: shown })
        .help("name the folder in which `kvalis run` has left manifest.json, or a job and a year that has been run")
        .into()
}

fn damaged(path: &Path, message: String) -> Failure {
    Diagnostic::error(Code::DamagedManifest, message, Location::File { file: path.display().to_string() })
        .help("run the job again; a comparison needs the folder as it was published")
        .into()
}

fn table(folder: &Path, manifest: &Manifest, entry: &TableEntry) -> Result<Table, Failure> {
    let path = folder.join(&entry.file);
    let listed = manifest.outputs.iter().find(|output| output.file == entry.file);
    let bytes = listed.and_then(|_| fs::read(&path).ok());
    let (Some(listed), Some(bytes)) = (listed, bytes) else {
        return Err(damaged(&path, "a table that the manifest lists is not there".to_string()));
    };
    if blake3::hash(&bytes).to_hex().as_str() != listed.blake3 {
        return Err(damaged(&path, "the table was changed after it was published".to_string()));
    }
    let other = || damaged(&path, "the table has other columns than the manifest lists".to_string());
    let rows = rows(&bytes, entry).ok_or_else(other)?;
    Ok(Table { name: entry.name.clone(), title: entry.title.clone(), columns: entry.columns.clone(), rows })
}

/// The records below the header; `None` when one has another number of fields than the manifest says.
fn rows(bytes: &[u8], entry: &TableEntry) -> Option<Vec<Row>> {
    let width = entry.labels + entry.columns.len();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(bytes);
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.ok().filter(|record| record.len() == width)?;
        let mut path: Vec<String> = record.iter().take(entry.labels).map(String::from).collect();
        let deepest = path.iter().rposition(|label| !label.is_empty()).map_or(0, |last| last + 1);
        path.truncate(deepest);
        let said = entry.row_labels.as_ref().and_then(|labels| labels.get(index));
        let label = said.or(path.last()).cloned().unwrap_or_default();
        let fields = record.iter().skip(entry.labels).zip(&entry.columns);
        let cells = fields.map(|(field, column)| Cell::of(field, column.unit)).collect();
        let key = if entry.total == Some(index) { Vec::new() } else { path };
        rows.push(Row { key, label, cells });
    }
    Some(rows)
}
