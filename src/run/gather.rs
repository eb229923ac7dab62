//! Reads every source into Parquet and counts what the plan asks for: the only place where ingest, normalise, store
//! and the cube engines meet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::balance::{Balance, Origin};
use crate::domain::cube::{Cube, CubeEngine, CubeRequest};
use crate::ingest::{self, FileSeen};
use crate::job::plan::{CubeMode, Plan, SourceKind, SourcePlan};
use crate::measure::{self, Cubes, Needs, PolarsEngine, RowColumns};
use crate::normalise::{Normalised, Normaliser};
use crate::published::{DATA, data_file};
use crate::store::{self, Dataset};
use crate::write::InputFile;

use super::cache::{Cache, Digests};
use super::checks;
use super::gathered::{Gathered, SourceResult, parquet_path};
use super::options::{Progress, SourceFiles};
use super::outputs::Scratch;
use super::remarks::Remarks;
use super::unread::Unread;

/// What one source gave.
struct SourceRead {
    result: SourceResult,
    /// Counted in the pass that read it; empty when it was not read, or polars counts.
    cubes: Vec<Cube>,
    /// An earlier run had read the same files under the same plan.
    recalled: bool,
}

/// What earlier runs have left, and the digests to know it by; no digests when there is nothing to look up.
pub(super) struct Known<'a> {
    pub(super) cache: &'a mut Cache,
    pub(super) digests: Option<&'a Digests>,
}

impl Known<'_> {
    fn recall(
        &mut self,
        plan: &Plan,
        source: &SourcePlan,
        files: &[PathBuf],
        scratch: &Scratch,
    ) -> Option<SourceResult> {
        self.cache.recall(&plan.job, source, &self.digests?.named(files), scratch)
    }
}

/// A run's reading of its sources.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a Plan,
    pub(super) scratch: &'a Scratch,
    /// 0 = as many as the machine has.
    pub(super) threads: usize,
    pub(super) progress: &'a dyn Progress,
}

impl Reading<'_> {
    /// Reads all sources and judges them by the job's rules. A source that breaks one, in a job that finishes without it,
    /// is taken out: the others are read again, so that nothing of it is left in any count.
    pub(super) fn gather_sound(
        &self,
        mut files: SourceFiles,
        mut unread: Unread,
        known: &mut Known<'_>,
    ) -> Result<Gathered, Failure> {
        loop {
            let mut gathered = self.gather(&files, unread, known)?;
            let broken = checks::judge(self.plan, &mut gathered, self.scratch.root())?;
            if broken.is_empty() {
                return Ok(gathered);
            }
            unread = std::mem::take(&mut gathered.unread);
            for (source, failure) in broken {
                unread.add(self.plan, source, failure)?;
                files.insert(source, Vec::new());
            }
        }
    }

    /// Reads all sources, one after the other, each on all threads.
    ///
    /// Errors: those of every source together, so that an analyst mends all exports in one go; in a job that finishes
    /// without bad sources, only what it cannot do without.
    fn gather(&self, files: &SourceFiles, mut unread: Unread, known: &mut Known<'_>) -> Result<Gathered, Failure> {
        let plan = self.plan;
        let needs = measure::needs(plan);
        self.scratch.folder(DATA)?;
        let mut read = Vec::new();
        let mut problems = Vec::new();
        for (index, source) in plan.sources.iter().enumerate() {
            self.progress.step(&source.title);
            let asked = streamed_requests(plan, source, &needs);
            let seen = match known.recall(plan, source, &files[&index], self.scratch) {
                Some(result) => Ok(SourceRead { result, cubes: Vec::new(), recalled: true }),
                None => self.read(source, &files[&index], asked.clone()),
            };
            let seen = seen.or_else(|failure| {
                unread.add(plan, index, failure)?;
                self.read(source, &[], asked)
            });
            match seen {
                Ok(seen) => read.push((index, seen)),
                Err(failure) => problems.push(failure),
            }
        }
        match Failure::joined(problems) {
            Some(failure) => Err(self.with_the_others(failure, &read)?),
            None => assemble(plan, self.scratch.root(), &needs, read, unread),
        }
    }

    /// What is wrong with those that could be read is told with it: a year that the exports do not hold is the reason of
    /// most that is wrong with the others, and all is mended in one go.
    fn with_the_others(&self, mut failure: Failure, read: &[(usize, SourceRead)]) -> Result<Failure, Failure> {
        for (index, seen) in read {
            let found = checks::found(self.plan, *index, &seen.result, self.scratch.root())?;
            failure.diagnostics.extend(found.errors);
        }
        Ok(failure)
    }

    fn read(&self, source: &SourcePlan, files: &[PathBuf], requests: Vec<CubeRequest>) -> Result<SourceRead, Failure> {
        let abort = AtomicBool::new(false);
        let parquet = parquet_path(self.scratch.root(), &source.name);
        self.scratch
            .remove(&data_file(&source.name))
            .map_err(|error| Failure::io(say!("run-removing-file"), &parquet.display().to_string(), &error))?;
        let mut normaliser = Normaliser::new(source, requests, &parquet, &abort)?;
        let reading = ingest::Reading { files, threads: threads(self.threads), abort: &abort };
        let seen = ingest::read_source(source, reading, &|batch| {
            self.progress.rows(batch.rows.len() as u64);
            normaliser.accept(batch)
        })?;
        seen.iter().flat_map(|file| &file.sheets).for_each(|sheet| normaliser.learn(sheet));
        let normalised = normaliser.finish(&provenance(self.plan, source, &seen))?;
        let balances = close_balances(source, &seen, &normalised)?;
        let Normalised { rejects, warnings, unknown_categories, causes, cells, days, cubes, written, .. } = normalised;
        self.scratch.has(data_file(&source.name), written);
        let inputs = seen.iter().map(|file| input_file(source, file)).collect();
        let warnings = seen.into_iter().flat_map(|file| file.warnings).chain(warnings).collect();
        let result = SourceResult { balances, inputs, rejects, warnings, unknown_categories, causes, cells, days };
        Ok(SourceRead { result, cubes, recalled: false })
    }
}

/// As many threads as were asked for.
pub(super) fn threads(asked: usize) -> usize {
    if asked > 0 { asked } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// Requests that the pass itself is to count; none when polars counts afterwards.
fn streamed_requests(plan: &Plan, source: &SourcePlan, needs: &Needs) -> Vec<CubeRequest> {
    match plan.job.cube {
        CubeMode::Polars => Vec::new(),
        CubeMode::Streaming => needs.requests_of(source),
    }
}

/// The Parquet footer: which job, which inputs. No paths and no clock, so that equal inputs give equal bytes.
fn provenance(plan: &Plan, source: &SourcePlan, seen: &[FileSeen]) -> Vec<(String, String)> {
    let inputs: Vec<serde_json::Value> = seen
        .iter()
        .map(|file| serde_json::json!({ "file": file.file_name, "bytes": file.bytes, "blake3": file.digest }))
        .collect();
    let pairs = [
        ("kvalis.version", env!("CARGO_PKG_VERSION").to_string()),
        ("kvalis.job", plan.job.name.clone()),
        ("kvalis.source", source.name.clone()),
        ("kvalis.year", plan.job.year.to_string()),
        ("kvalis.inputs", serde_json::Value::Array(inputs).to_string()),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// Joins the fates that ingest and normalise decided, sheet by sheet; every balance must close.
fn close_balances(source: &SourcePlan, seen: &[FileSeen], normalised: &Normalised) -> Result<Vec<Balance>, Failure> {
    let mut balances = Vec::new();
    for (index, file) in seen.iter().enumerate() {
        for door in &file.sheets {
            let mut tally = door.tally.clone();
            if let Some(decided) = normalised.tallies.get(&(index as u32, door.sheet.clone())) {
                tally.merge(decided);
            }
            let origin =
                Origin { source: source.name.clone(), file: file.file_name.clone(), sheet: door.sheet.clone() };
            balances.push(tally.close(origin, door.rows)?);
        }
    }
    Ok(balances)
}

fn input_file(source: &SourcePlan, file: &FileSeen) -> InputFile {
    InputFile {
        source: source.name.clone(),
        source_title: source.title.clone(),
        file_name: file.file_name.clone(),
        bytes: file.bytes,
        digest: file.digest.clone(),
        encoding: file.sheets.iter().find_map(|sheet| sheet.encoding.clone()),
        sheets: file.sheets.iter().filter_map(|sheet| sheet.sheet.clone()).collect(),
    }
}

fn assemble(
    plan: &Plan,
    scratch: &Path,
    needs: &Needs,
    read: Vec<(usize, SourceRead)>,
    unread: Unread,
) -> Result<Gathered, Failure> {
    let mut gathered = Gathered {
        results: Vec::new(),
        recalled: Vec::new(),
        cubes: Cubes::default(),
        observations: observations(needs, scratch)?,
        balances: Vec::new(),
        rejects: Vec::new(),
        remarks: Remarks::default(),
        inputs: Vec::new(),
        unread,
    };
    let mut streamed = Vec::new();
    for (index, SourceRead { result, cubes, recalled }) in read {
        let source = &plan.sources[index];
        if result.inputs.is_empty() && !gathered.unread.has(index) {
            gathered.remarks.of_report([absent(plan, source)]);
        }
        gathered.balances.extend(result.balances.iter().cloned());
        gathered.inputs.extend(result.inputs.iter().cloned());
        gathered.rejects.extend(result.rejects.iter().cloned());
        gathered.remarks.of_report(result.warnings.iter().cloned());
        gathered.recalled.extend(recalled.then(|| source.name.clone()));
        gathered.results.push(result);
        streamed.extend(cubes);
    }
    gathered.cubes = Cubes::from(count(plan, scratch, needs, streamed, &gathered.recalled)?);
    Ok(gathered)
}

/// The warning of an optional source without files, at the place where the first of them was looked for.
fn absent(plan: &Plan, source: &SourcePlan) -> Diagnostic {
    let message = say!("run-no-file-of-source", name = source.name, files = source.files.join(", "));
    let looked_for = plan.job.input.join(source.files.first().map_or("", String::as_str));
    let help = ingest::name_beside(&looked_for).map_or_else(
        || say!("run-put-export-there-if-any"),
        |near| say!("run-beside-it-lies", near, source = source.name),
    );
    Diagnostic::warning(Code::NoSuchFile, message, Location::of(&looked_for)).help(help)
}

/// Datasets of the sources whose rows measures read as they stand: whole, or the columns that are read.
///
/// `scratch`: the folder of a run, published or not, with its `data/`.
pub(crate) fn observations(needs: &Needs, scratch: &Path) -> Result<BTreeMap<String, Dataset>, Failure> {
    let mut datasets = BTreeMap::new();
    for source in &needs.whole {
        datasets.insert(source.to_string(), store::read_all(&parquet_path(scratch, source))?);
    }
    for (source, columns) in &needs.columns {
        if !datasets.contains_key(*source) {
            datasets.insert(source.to_string(), some_columns(&parquet_path(scratch, source), columns)?);
        }
    }
    Ok(datasets)
}

/// Columns of a dataset, and of others only which cells hold something.
fn some_columns(parquet: &Path, columns: &RowColumns) -> Result<Dataset, Failure> {
    let mut data = store::read(parquet, &columns.whole)?;
    data.columns.extend(store::present(parquet, &columns.presence)?.columns);
    Ok(data)
}

/// The cubes that the plan asks for, by the engine that the job names. A source that was not read in this run is
/// counted from its Parquet file whatever the job says: all engines give the same numbers.
fn count(
    plan: &Plan,
    scratch: &Path,
    needs: &Needs,
    mut streamed: Vec<Cube>,
    recalled: &[String],
) -> Result<Vec<Cube>, Failure> {
    let from_parquet = |source: &&SourcePlan| {
        source.kind == SourceKind::Events && (plan.job.cube == CubeMode::Polars || recalled.contains(&source.name))
    };
    let mut datasets = BTreeMap::new();
    let mut asked_of_parquet = Vec::new();
    for source in plan.sources.iter().filter(from_parquet) {
        let columns = needs.counted_columns(source);
        datasets.insert(source.name.clone(), store::read(&parquet_path(scratch, &source.name), &columns)?);
        asked_of_parquet.extend(needs.requests_of(source));
    }
    if !asked_of_parquet.is_empty() {
        streamed.extend(PolarsEngine::new(plan, datasets)?.answer(&asked_of_parquet)?);
    }
    Ok(streamed)
}
