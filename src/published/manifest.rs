//! `manifest.json`: what went in, what became of every row, what came out, and which table each file is.
//!
//! The types are written by `run` and read by `diff` and `explain`; the order of their fields is the order of the file.
//! Fields that only people read may be missing from an earlier program's file.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::{Balance, Fate, Origin, Tally};
use crate::domain::delivery::CellCount;
use crate::domain::period::PeriodRule;
use crate::domain::table::{self, MeasureTable, TableColumn};
use crate::job::plan::ProtectPlan;

use super::names::CACHE;
use super::{INTERNAL, table_file};

/// A run, told by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub program: Program,
    pub job: Job,
    pub inputs: Vec<Input>,
    pub balances: Vec<SheetBalance>,
    /// By source the cells that hold no value, as they were counted when the exports were read, where there are any.
    #[serde(default)]
    pub cells: BTreeMap<String, Vec<CellCount>>,
    pub tables: Vec<TableEntry>,
    /// Sources that the run did without.
    #[serde(default)]
    pub unread: Vec<UnreadSource>,
    #[serde(default)]
    pub warnings: usize,
    #[serde(default)]
    pub rejects: usize,
    /// Small counts are hidden in what the run published.
    #[serde(default)]
    pub protection: Option<Protection>,
    /// Every other file of the folder.
    pub outputs: Vec<Output>,
    #[serde(default)]
    pub seconds: f64,
}

impl Manifest {
    /// The file's text.
    pub fn text(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self).map_err(|error| Failure::internal(error.to_string()))?;
        Ok(format!("{text}\n"))
    }

    /// The digest that a published file had.
    pub fn digest_of(&self, file: &str) -> Option<&str> {
        self.outputs.iter().find(|output| output.file == file).map(|output| output.blake3.as_str())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub name: String,
    pub version: String,
    /// Version and digest of the program's sources.
    pub build: String,
}

impl Program {
    /// Version and sources of this program; another build's results are not reused.
    pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("KVALIS_BUILD"));

    /// This program.
    pub fn this() -> Program {
        let version = env!("CARGO_PKG_VERSION").to_string();
        Program { name: "kvalis".to_string(), version, build: Program::BUILD.to_string() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    pub name: String,
    pub year: i32,
    /// Day of the data.
    pub as_of: String,
    pub period: Period,
    /// Name of the job file.
    pub file: String,
    /// Proves `text`, the job file as written.
    pub blake3: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    first_month: u8,
    named_after_end: bool,
}

impl Period {
    pub fn of(rule: PeriodRule) -> Period {
        Period { first_month: rule.first_month, named_after_end: rule.named_after_end }
    }

    pub fn rule(self) -> PeriodRule {
        PeriodRule { first_month: self.first_month.clamp(1, 12), named_after_end: self.named_after_end }
    }
}

/// An export that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub source: String,
    pub file: String,
    #[serde(default)]
    pub bytes: u64,
    pub blake3: String,
    /// "windows-1252"; `None` for a workbook.
    #[serde(default)]
    pub encoding: Option<String>,
    #[serde(default)]
    pub sheets: Vec<String>,
}

/// What became of the rows of a sheet: a balance taken apart. One that does not add up is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetBalance {
    pub source: String,
    pub file: String,
    pub sheet: Option<String>,
    pub read: u64,
    #[serde(serialize_with = "as_fates_come")]
    pub fates: BTreeMap<String, u64>,
}

impl SheetBalance {
    pub fn of(balance: &Balance) -> SheetBalance {
        let Origin { source, file, sheet } = balance.origin().clone();
        let fates = balance.fates().map(|(fate, rows)| (fate.name(), rows)).collect();
        SheetBalance { source, file, sheet, read: balance.read(), fates }
    }

    /// The balance as the run closed it; `None` if it does not add up.
    pub fn closed(&self) -> Option<Balance> {
        let mut tally = Tally::default();
        for (name, rows) in &self.fates {
            tally.add(Fate::named(name)?, *rows);
        }
        let origin = Origin { source: self.source.clone(), file: self.file.clone(), sheet: self.sheet.clone() };
        tally.close(origin, self.read).ok()
    }
}

/// Kept rows first, rejected ones last.
fn as_fates_come<S: Serializer>(fates: &BTreeMap<String, u64>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut ordered: Vec<_> = fates.iter().map(|(name, rows)| (Fate::named(name), name, rows)).collect();
    ordered.sort();
    let mut map = serializer.serialize_map(Some(ordered.len()))?;
    ordered.into_iter().try_for_each(|(_, name, rows)| map.serialize_entry(name, rows))?;
    map.end()
}

/// What `tables/*.csv` leave out: which measure a file is of, its title, and what each column is, so that a reader of
/// the files gets exact keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    pub name: String,
    pub file: String,
    pub title: String,
    #[serde(default)]
    pub period: String,
    /// So many columns of the file are row labels, the others stand as listed.
    pub labels: usize,
    /// What readers see before each row, where it is not the last part of its key: "september" for month 9.
    pub row_labels: Option<Vec<String>>,
    /// The total's row.
    pub total: Option<usize>,
    pub columns: Vec<Column>,
}

impl TableEntry {
    pub fn of(table: &MeasureTable) -> TableEntry {
        let differs = |row: &table::TableRow| row.key.last().is_some_and(|key| *key != row.label);
        let labels = || table.rows.iter().map(|row| row.label.clone()).collect();
        TableEntry {
            name: table.name.clone(),
            file: table_file(&table.name),
            title: table.title.clone(),
            period: table.period.clone(),
            labels: table.label_columns(),
            row_labels: table.rows.iter().any(differs).then(labels),
            total: table.rows.iter().position(|row| row.key.is_empty()),
            columns: table.columns.iter().map(Column::of).collect(),
        }
    }
}

/// A column of numbers or words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub key: String,
    pub label: String,
    pub unit: Unit,
    pub year: Option<i32>,
    /// Tests and intervals: in the file, printed in no table.
    pub for_analyst: bool,
}

impl Column {
    fn of(column: &TableColumn) -> Column {
        Column {
            key: column.key.clone(),
            label: column.label.clone(),
            unit: Unit::of(column.unit),
            year: column.year,
            for_analyst: column.role.is_for_analyst(),
        }
    }
}

/// What a column's numbers are in; nothing in a file is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Count,
    Percent,
    PercentagePoints,
    Number,
    Text,
    Date,
}

impl Unit {
    pub(super) fn of(unit: table::Unit) -> Unit {
        match unit {
            table::Unit::Count => Unit::Count,
            table::Unit::Percent { .. } => Unit::Percent,
            table::Unit::PercentagePoints { .. } => Unit::PercentagePoints,
            table::Unit::Number { .. } => Unit::Number,
            table::Unit::Text => Unit::Text,
            table::Unit::Date => Unit::Date,
        }
    }
}

/// A source that could not be used, in a job that finishes without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadSource {
    pub source: String,
    #[serde(default)]
    pub problems: Vec<Problem>,
}

/// What was wrong. Places are paths of the machine and are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: String,
    pub message: String,
}

impl Problem {
    pub fn of(diagnostic: &Diagnostic) -> Problem {
        Problem { code: diagnostic.code.name(), message: diagnostic.message.clone() }
    }
}

/// What was protected, and which of the files may leave the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    pub threshold: i64,
    pub sensitive_zeros: bool,
    pub exempt: Vec<Exempt>,
    /// Counts that are hidden, each once wherever it stands.
    #[serde(default)]
    pub hidden: usize,
    /// So many fewer might do; 0: no choice hides fewer.
    #[serde(default)]
    pub beyond_fewest: usize,
    pub internal: Vec<String>,
    pub publication: String,
}

/// Counts that may be shown, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exempt {
    pub name: String,
    pub reason: String,
}

impl Protection {
    pub fn of(plan: &ProtectPlan, hidden: usize, beyond_fewest: usize) -> Protection {
        let exempt = |(name, reason): &(String, String)| Exempt { name: name.clone(), reason: reason.clone() };
        Protection {
            threshold: plan.threshold,
            sensitive_zeros: plan.sensitive_zeros,
            exempt: plan.exempt.iter().map(exempt).collect(),
            hidden,
            beyond_fewest,
            internal: INTERNAL.into_iter().chain([CACHE]).map(String::from).collect(),
            publication: "all other files".to_string(),
        }
    }
}

/// A file of the folder, by its name below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    pub file: String,
    #[serde(default)]
    pub bytes: u64,
    pub blake3: String,
}
