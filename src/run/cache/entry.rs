//! What became of one source's rows in an earlier run, and whether it still holds.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{BUILD, Cache, Digests, digest_of_file};
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::{Balance, Fate, Origin, Tally};
use crate::domain::delivery::CellCount;
use crate::job::plan::{JobPlan, SourcePlan};
use crate::normalise::Reject;
use crate::write::InputFile;

/// All that a run knows of a source beside its Parquet file.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::run) struct SourceResult {
    pub(in crate::run) balances: Vec<Balance>,
    pub(in crate::run) inputs: Vec<InputFile>,
    pub(in crate::run) rejects: Vec<Reject>,
    pub(in crate::run) warnings: Vec<Diagnostic>,
    pub(in crate::run) unknown_categories: u64,
    pub(in crate::run) cells: Vec<CellCount>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    key: String,
    /// Digest of the published Parquet file.
    parquet: String,
    sheets: Vec<Sheet>,
    inputs: Vec<InputFile>,
    rejects: Vec<Reject>,
    warnings: Vec<Diagnostic>,
    unknown_categories: u64,
    cells: Vec<CellCount>,
}

/// A balance taken apart. It is closed again when it is read: one that does not add up is no balance.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Sheet {
    origin: Origin,
    rows: u64,
    fates: Vec<(Fate, u64)>,
}

impl Sheet {
    pub(super) fn of(balance: &Balance) -> Sheet {
        Sheet { origin: balance.origin().clone(), rows: balance.read(), fates: balance.fates().collect() }
    }

    pub(super) fn close(self) -> Result<Balance, Failure> {
        let mut tally = Tally::default();
        self.fates.iter().for_each(|(fate, rows)| tally.add(*fate, *rows));
        tally.close(self.origin, self.rows)
    }
}

impl Cache {
    /// What an earlier run found in these very files under this very plan; its Parquet file is put at `parquet`.
    ///
    /// Out: `None` when there is no entry, it is of other content, or it does not hold (a notice says so).
    pub(in crate::run) fn recall(
        &mut self,
        job: &JobPlan,
        source: &SourcePlan,
        files: &[PathBuf],
        digests: &Digests,
        parquet: &Path,
    ) -> Option<SourceResult> {
        let name = entry_name(source);
        let entry: Entry =
            self.read(&name).filter(|entry: &Entry| entry.key == key(job, source, &digests.named(files)))?;
        let published = self.published.join("data").join(format!("{}.parquet", source.name));
        if digest_of_file(&published).ok()? != entry.parquet {
            self.notice(&published, &say!("run-cache-was-changed"));
            return None;
        }
        let balances: Result<Vec<Balance>, Failure> = entry.sheets.into_iter().map(Sheet::close).collect();
        let Ok(balances) = balances else {
            self.notice(&self.folder.join(name), &say!("run-cache-does-not-add-up"));
            return None;
        };
        place(&published, parquet).ok()?;
        let Entry { inputs, rejects, warnings, unknown_categories, cells, .. } = entry;
        Some(SourceResult { balances, inputs, rejects, warnings, unknown_categories, cells })
    }

    /// Keeps what this run found in a source for the next. `parquet`: digest of its published file.
    pub(in crate::run) fn remember(
        &mut self,
        job: &JobPlan,
        source: &SourcePlan,
        result: &SourceResult,
        parquet: &str,
    ) -> Result<(), Failure> {
        let files: Vec<_> = result.inputs.iter().map(|file| (file.file_name.clone(), file.digest.clone())).collect();
        let entry = Entry {
            key: key(job, source, &files),
            parquet: parquet.to_string(),
            sheets: result.balances.iter().map(Sheet::of).collect(),
            inputs: result.inputs.clone(),
            rejects: result.rejects.clone(),
            warnings: result.warnings.clone(),
            unknown_categories: result.unknown_categories,
            cells: result.cells.clone(),
        };
        self.write(&entry_name(source), &entry)
    }
}

fn entry_name(source: &SourcePlan) -> String {
    format!("source-{}.json", source.name)
}

/// Everything that decides what becomes of a source's rows: the program, the plan's part, the content of the files.
fn key(job: &JobPlan, source: &SourcePlan, files: &[(String, String)]) -> String {
    // The plan's debug form names every field; messages of an entry name the input folder.
    let plan = format!("{BUILD}\n{}\n{}\n{:?}\n{source:?}\n{files:?}", job.name, job.year, job.input);
    blake3::hash(plan.as_bytes()).to_hex().to_string()
}

/// A second name for the same bytes where the disk can, else a copy.
fn place(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}
