//! A published report counted anew: its plan, data, tables, and what stands behind each cell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::recount;
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::cube::CubeRequest;
use crate::domain::table::{MeasureTable, Value};
use crate::job::compile::compile;
use crate::job::load::{FOLDER, load, load_text};
use crate::job::plan::{Plan, SourceKind, SourcePlan};
use crate::job::text::without_machine_paths;
use crate::measure::formula::Formula;
use crate::measure::membership::{EventRows, Index};
use crate::measure::selection::CellAt;
use crate::measure::{self, Facts, Measured, Sheet};
use crate::protect;
use crate::published::{Folder, Manifest, PrintedPlace, Program, data_file, table_csv, table_file};
use crate::run::observations;
use crate::store::schema::{FILE, ROW, SHEET};
use crate::store::{Dataset, PlainColumn};
use crate::write::row_name;

/// A published report.
pub struct Report {
    /// The published folder.
    pub folder: PathBuf,
    /// What the run wrote of itself.
    pub manifest: Manifest,
    /// Compiled anew from the job file's text in the manifest.
    pub plan: Plan,
    /// By source: what is counted or read of it, and the lineage of every row.
    pub data: BTreeMap<String, Dataset>,
    /// As counted, before anything was hidden, with what each cell is.
    pub sheets: Vec<Sheet>,
    /// Where numbers are printed, in the report's order.
    pub places: Vec<PrintedPlace>,
    /// Cells that the published report hides.
    pub hidden: BTreeSet<CellAt>,
    /// The run hid small counts.
    pub protected: bool,
    /// Whatever makes the explanation less than certain.
    pub warnings: Vec<Diagnostic>,
}

impl Report {
    /// Reads a published folder and counts it anew.
    ///
    /// Errors: `not-published`, `damaged-manifest`, `io`, and what the job file's own text has come to be refused for.
    pub fn open(folder: &Path) -> Result<Report, Failure> {
        let published = Folder::open(folder)?;
        let manifest = &published.manifest;
        let (name, year) = (format!("{}.toml", manifest.job.name), Some(manifest.job.year));
        let (plan, _) = compile(&load_text(&name, manifest.job.text.clone(), year)?)?;
        let needs = measure::needs(&plan);
        let data = recount::read_data(folder, &plan, &needs)?;
        let cubes = recount::count(&plan, &data, &needs)?;
        let observations = observations(&needs, folder)?;
        let deliveries = recount::deliveries(&plan, manifest, folder)?;
        let absent = recount::absent(&plan, manifest);
        let facts = Facts { cubes: &cubes, rows: &observations, deliveries: &deliveries, absent: &absent };
        let Measured { sheets, .. } = measure::compute(&plan, facts)?;
        let masked = protect::protect(&plan, sheets.clone())?.tables;
        let hidden = hidden(&sheets, &masked);
        let mut report = Report {
            places: published.places()?,
            folder: published.path,
            manifest: published.manifest,
            data,
            hidden,
            protected: plan.protect.is_some(),
            plan,
            sheets,
            warnings: Vec::new(),
        };
        report.warnings = report.doubts(&masked);
        Ok(report)
    }

    /// What has changed since the report was published.
    fn doubts(&self, published: &[MeasureTable]) -> Vec<Diagnostic> {
        let doubt = |message: String, file: String, help: String| {
            Diagnostic::warning(Code::ChangedSince, message, Location::File { file }).help(help)
        };
        let mut doubts = Vec::new();
        if self.manifest.program.build != Program::BUILD {
            let message = say!("explain-published-by-another-build", build = self.manifest.program.build);
            doubts.push(doubt(message, self.shown(""), say!("explain-counted-by-this-build")));
        }
        let file = format!("{FOLDER}/{}.toml", self.manifest.job.name);
        let now = load(&self.manifest.job.name, None).map(|job| digest_of(without_machine_paths(&job).as_bytes()));
        if now.is_ok_and(|now| now != self.manifest.job.blake3) {
            let message = say!("explain-job-file-has-changed");
            doubts.push(doubt(message, file, say!("explain-job-as-it-was")));
        }
        let changed = |file: &String, digest: &str| self.manifest.digest_of(file).is_some_and(|known| known != digest);
        let help = || say!("explain-files-as-they-are-now");
        for source in self.data.keys() {
            let file = data_file(source);
            let digest = fs::read(self.folder.join(&file)).map(|bytes| digest_of(&bytes));
            if digest.is_ok_and(|digest| changed(&file, &digest)) {
                doubts.push(doubt(say!("explain-data-were-changed"), self.shown(&file), help()));
            }
        }
        let differs =
            |table: &&MeasureTable| changed(&table_file(&table.name), &digest_of(table_csv::text(table).as_bytes()));
        let differing: Vec<&MeasureTable> = published.iter().filter(differs).collect();
        if let Some(first) = differing.first() {
            let more = differing.len() - 1;
            let more = if more == 0 { String::new() } else { say!("explain-and-other-tables", more) };
            let message = say!("explain-differs-from-published", name = first.name, more);
            let file = self.shown(&table_file(&first.name));
            doubts.push(doubt(message, file, say!("explain-compare-the-two")));
        }
        doubts
    }

    fn shown(&self, file: &str) -> String {
        self.folder.join(file).display().to_string()
    }

    /// The rows of an event source, ready for these requests; `None` for a source of another kind.
    pub fn event_rows<'r>(
        &self,
        source: &SourcePlan,
        requests: impl IntoIterator<Item = &'r CubeRequest>,
    ) -> Result<Option<EventRows>, Failure> {
        match (self.data.get(&source.name), source.kind) {
            (Some(data), SourceKind::Events) => EventRows::new(source, data, requests).map(Some),
            _ => Ok(None),
        }
    }

    /// From rows to cells.
    pub fn index(&self) -> Index {
        Index::of(&self.sheets)
    }

    /// The table that the cell is of, as counted.
    pub fn table(&self, at: CellAt) -> &MeasureTable {
        &self.sheets[at.measure].table
    }

    /// The cell's value, as counted; `None` outside the table.
    pub fn value(&self, at: CellAt) -> Option<&Value> {
        self.sheets.get(at.measure)?.table.rows.get(at.row)?.values.get(at.column)
    }

    /// What stands behind a cell; `None` where nothing does.
    pub fn behind(&self, at: CellAt) -> Option<&Formula> {
        self.sheets.get(at.measure)?.behind(at.row, at.column)
    }

    /// The cells that a cell is computed of.
    pub fn cells_behind(&self, at: CellAt) -> impl Iterator<Item = CellAt> {
        let behind = self.sheets.get(at.measure).map_or(Vec::new(), |sheet| sheet.cells_behind(at.row, at.column));
        behind.into_iter().map(move |reference| at.follow(reference))
    }

    /// `family.name|row|column`.
    pub fn origin(&self, at: CellAt) -> String {
        let table = self.table(at);
        crate::write::origin_of(table, &table.rows[at.row], &table.columns[at.column])
    }

    /// Where a cell is printed, in reading order.
    pub fn printed_in(&self, at: CellAt) -> Vec<String> {
        let table = self.table(at);
        let (row, column) = (row_name(&table.rows[at.row]), table.columns[at.column].key.as_str());
        let here = self.places.iter().filter(|place| place.holds(&table.name, &row, column));
        here.map(|place| place.place.clone()).collect()
    }

    /// True if the published report hides this cell, or a cell that it is made of.
    pub fn is_hidden(&self, at: CellAt) -> bool {
        let made_of_hidden = || self.cells_behind(at).any(|cell| self.hidden.contains(&cell));
        self.hidden.contains(&at) || (self.protected && made_of_hidden())
    }
}

fn digest_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Cells that hold a number and are published without.
fn hidden(sheets: &[Sheet], published: &[MeasureTable]) -> BTreeSet<CellAt> {
    let mut hidden = BTreeSet::new();
    for (measure, (Sheet { table, .. }, masked)) in sheets.iter().zip(published).enumerate() {
        // A protected table may be in another order: rows are the same by their keys.
        let masked_rows: BTreeMap<&[String], &[Value]> =
            masked.rows.iter().map(|row| (row.key.as_slice(), row.values.as_slice())).collect();
        for (row, values) in table.rows.iter().enumerate() {
            // A row that is not published at all hides all that it has.
            let shown = masked_rows.get(values.key.as_slice());
            let is_withheld = |column: &usize| {
                shown.and_then(|shown| shown.get(*column)).is_none_or(|shown| *shown == Value::WITHHELD)
            };
            let cells = values.values.iter().enumerate().filter(|(_, value)| !matches!(value, Value::Nothing(_)));
            let masks = cells.map(|(column, _)| column).filter(is_withheld);
            hidden.extend(masks.map(|column| CellAt { measure, row, column }));
        }
    }
    hidden
}

/// Where a row of a dataset comes from.
pub(super) fn lineage(data: &Dataset, row: usize) -> (String, Option<String>, u32) {
    let label = |name: &str| match data.columns.get(name) {
        Some(PlainColumn::Labels { codes, labels }) => labels.get(codes[row] as usize).cloned(),
        _ => None,
    };
    (label(FILE).unwrap_or_default(), label(SHEET), row_number(data, row))
}

/// Excel's row, or the record of a delimited file.
pub(super) fn row_number(data: &Dataset, row: usize) -> u32 {
    match data.columns.get(ROW) {
        Some(PlainColumn::Rows(rows)) => rows[row],
        _ => 0,
    }
}

/// A row's id, if the job calls its column safe.
pub(super) fn safe_id(source: &SourcePlan, data: &Dataset, row: usize) -> Option<String> {
    let id = source.id()?;
    match data.columns.get(&id.name).filter(|_| id.safe)? {
        PlainColumn::Texts(texts) => texts[row].clone(),
        PlainColumn::Labels { codes, labels } => labels.get(codes[row] as usize).cloned(),
        _ => None,
    }
}
