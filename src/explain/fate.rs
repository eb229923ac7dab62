//! What became of a row that is not among those kept: the export is read again, up to it and up to the row before.
//!
//! In: the export, as a person has it on disk. Out: its fate, which is the one that the two readings differ by; for a
//! duplicate the row that was kept. A row that ingest holds for no data is told by the sheet's own tally.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::cell::RowPlace;
use super::report::{Report, lineage, safe_id};
use crate::diagnostic::{Code, Diagnostic, Failure, FailureKind, Location, file_name};
use crate::domain::balance::{Fate, Tally};
use crate::ingest::{FileSeen, RawBatch, Reading, read_source};
use crate::job::compile::compile;
use crate::job::load::load;
use crate::job::plan::SourcePlan;
use crate::normalise::{Normalised, Normaliser, reason};
use crate::run::Elsewhere;
use crate::store::{self, PlainColumn};

/// What became of a row in one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowFate {
    /// The source's name in the job.
    pub source: String,
    /// "kept", "duplicate", "outside the period", "rejected", "heading" …, "not kept" where it can't be told.
    pub fate: String,
    /// Why, or where to look.
    pub detail: Option<String>,
    /// The kept row of the same id.
    pub same_as: Option<RowPlace>,
    /// Only where the job calls the id column safe.
    pub id: Option<String>,
}

impl RowFate {
    /// A row in the data; one of a wide table became several observations.
    pub(super) fn kept(source: &SourcePlan, observations: usize, id: Option<String>) -> RowFate {
        let detail = (observations > 1).then(|| say!("explain-as-observations", observations));
        RowFate { detail, id, ..RowFate::plain(source, "kept") }
    }

    fn plain(source: &SourcePlan, fate: &str) -> RowFate {
        RowFate { source: source.name.clone(), fate: fate.to_string(), detail: None, same_as: None, id: None }
    }
}

/// The row that is asked for.
struct Target<'a> {
    file: usize,
    sheet: Option<&'a str>,
    row: u32,
}

/// The fate of a row that is not in the data.
pub(super) fn of_dropped(
    report: &Report,
    source: &SourcePlan,
    file: &Path,
    sheet: Option<&str>,
    row: u32,
) -> Result<RowFate, Failure> {
    let Some(files) = files_of(report, source, file) else {
        let detail = say!("explain-not-among-rows-that-count");
        return Ok(RowFate { detail: Some(detail.to_string()), ..RowFate::plain(source, "not kept") });
    };
    let name = file.file_name();
    let index = files.iter().position(|path| path.file_name() == name).unwrap_or(0);
    let target = Target { file: index, sheet, row };
    let read = read_again(source, &files, &target)?;
    let mut fate = match &read.fate {
        Some(fate) => told(report, source, *fate, &read)?,
        None if is_total(source, &files, &target)? => RowFate::plain(source, "total row"),
        None => no_data(source, &read, &target)?,
    };
    if is_changed(report, source, &files[index], &read) {
        fate.detail = Some(say!(
            "explain-export-has-changed",
            detail = fate.detail.map_or(String::new(), |detail| format!("{detail}; "))
        ));
    }
    Ok(fate)
}

/// The source's exports beside the one named, or in the input folder of the job; `None` if they are not there.
fn files_of(report: &Report, source: &SourcePlan, file: &Path) -> Option<Vec<PathBuf>> {
    let input = || {
        let loaded = load(&report.manifest.job.name, Some(report.manifest.job.year)).ok()?;
        let (plan, _) = compile(&loaded).ok()?;
        Some(plan.measured.job.input)
    };
    let folder = if file.is_file() { file.parent().map(Path::to_path_buf)? } else { input()? };
    let names = report.manifest.inputs.iter().filter(|input| input.source == source.name);
    let files: Vec<PathBuf> = names.map(|input| folder.join(&input.file)).collect();
    files.iter().all(|file| file.is_file()).then_some(files)
}

/// What two readings of an export found.
struct Read {
    seen: Vec<FileSeen>,
    /// `None` if the row holds no data.
    fate: Option<Fate>,
    /// The lowest data row of the sheet.
    first_data_row: Option<u32>,
    /// The row alone, as it would be kept if no other had its id.
    id: Option<String>,
}

/// What is seen while the batches pass.
#[derive(Default)]
struct Passing {
    /// The target, or a row after it, has been handed over.
    passed: bool,
    first_data_row: Option<u32>,
    alone: Option<RawBatch>,
}

fn read_again(source: &SourcePlan, files: &[PathBuf], target: &Target) -> Result<Read, Failure> {
    let scratch = Elsewhere::new("trace")?;
    let abort = AtomicBool::new(false);
    let normaliser = |name: &str| Normaliser::new(source, Vec::new(), &scratch.path().join(name), &abort);
    let (with, without) = (normaliser("with.parquet")?, normaliser("without.parquet")?);
    let passing = Mutex::new(Passing::default());
    // One thread: the batches come in order.
    let seen = read_source(source, Reading { files, threads: 1, abort: &abort }, &|batch| {
        let [upto, before] = {
            let mut passing = passing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            passing.cut(batch, target)
        };
        with.accept(&batch.part(0..upto))?;
        without.accept(&batch.part(0..before))
    })?;
    let passing = passing.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let sheet = (target.file as u32, target.sheet.map(String::from));
    let tally = |normalised: Normalised| normalised.tallies.get(&sheet).cloned().unwrap_or_default();
    let fate = passing.alone.is_some().then(|| -> Result<Option<Fate>, Failure> {
        Ok(difference(&tally(with.finish(&[])?), &tally(without.finish(&[])?)))
    });
    let fate = fate.transpose()?.flatten();
    let id = match (fate, &passing.alone) {
        (Some(Fate::Duplicate), Some(batch)) => id_of(source, batch, &scratch.path().join("alone.parquet"))?,
        _ => None,
    };
    Ok(Read { seen, fate, first_data_row: passing.first_data_row, id })
}

impl Passing {
    /// How many rows of a batch each of the two readings takes: up to the target, and up to the row before.
    fn cut(&mut self, batch: &RawBatch, target: &Target) -> [usize; 2] {
        let is_sheet = batch.file as usize == target.file && batch.sheet.as_deref() == target.sheet;
        if !is_sheet {
            self.passed |= batch.file as usize > target.file || self.alone.is_some();
            let rows = if self.passed { 0 } else { batch.len() };
            return [rows, rows];
        }
        if let Some(first) = batch.rows.first() {
            self.first_data_row = Some(self.first_data_row.map_or(*first, |known| known.min(*first)));
        }
        let before = batch.rows.partition_point(|row| *row < target.row);
        let upto = batch.rows.partition_point(|row| *row <= target.row);
        if upto > before {
            self.alone = Some(batch.part(before..upto));
        }
        [upto, before]
    }
}

/// The fate that one tally has more of.
fn difference(with: &Tally, without: &Tally) -> Option<Fate> {
    with.fates().find(|(fate, rows)| without.of(*fate) < *rows).map(|(fate, _)| fate)
}

/// The id of a single row, read on its own.
fn id_of(source: &SourcePlan, batch: &RawBatch, parquet: &Path) -> Result<Option<String>, Failure> {
    let Some(id) = source.id() else {
        return Ok(None);
    };
    let abort = AtomicBool::new(false);
    let normaliser = Normaliser::new(source, Vec::new(), parquet, &abort)?;
    let mut alone = batch.part(0..batch.len());
    alone.sequence = 0;
    normaliser.accept(&alone)?;
    normaliser.finish(&[])?;
    let data = store::read(parquet, &[&id.name])?;
    Ok(match data.columns.get(&id.name) {
        Some(PlainColumn::Texts(texts)) => texts.first().cloned().flatten(),
        _ => None,
    })
}

fn told(report: &Report, source: &SourcePlan, fate: Fate, read: &Read) -> Result<RowFate, Failure> {
    let plain = |fate: &str| RowFate::plain(source, fate);
    Ok(match fate {
        Fate::Kept => {
            let detail = Some(say!("explain-would-be-kept-now"));
            RowFate { detail, ..plain("not kept") }
        }
        Fate::Duplicate => {
            let same_as = read.id.as_deref().and_then(|id| kept_row(report, source, id));
            let detail = Some(say!("explain-id-is-kept-from-another-row"));
            RowFate { detail, same_as, ..plain("duplicate") }
        }
        Fate::OutsidePeriod => {
            let (first, last) = source.job_window;
            let day = crate::domain::swedish::day;
            let detail = Some(say!("explain-job-keeps", first = day(first), last = day(last)));
            RowFate { detail, ..plain("outside the period") }
        }
        Fate::Rejected(code) => {
            let detail = Some(say!("explain-see-rejects", code = code.name(), reason = reason(code)));
            RowFate { detail, ..plain("rejected") }
        }
        Fate::Heading => plain("heading"),
        Fate::Blank => plain("blank"),
        Fate::TotalRow => plain("total row"),
        Fate::Footnote => plain("footnote"),
        Fate::Deleted => plain("deleted"),
    })
}

/// The row of the data that has this id.
fn kept_row(report: &Report, source: &SourcePlan, id: &str) -> Option<RowPlace> {
    let data = report.data.get(&source.name)?;
    let column = source.id()?;
    let row = match data.columns.get(&column.name)? {
        PlainColumn::Texts(texts) => texts.iter().position(|text| text.as_deref() == Some(id))?,
        _ => return None,
    };
    let (file, sheet, number) = lineage(data, row);
    Some(RowPlace { file, sheet, row: number, id: safe_id(source, data, row) })
}

/// True if the row is data as soon as no word marks totals.
fn is_total(source: &SourcePlan, files: &[PathBuf], target: &Target) -> Result<bool, Failure> {
    let mut without_labels = source.clone();
    without_labels.layout.total_labels.clear();
    let found = AtomicBool::new(false);
    let abort = AtomicBool::new(false);
    read_source(&without_labels, Reading { files, threads: 1, abort: &abort }, &|batch| {
        let is_sheet = batch.file as usize == target.file && batch.sheet.as_deref() == target.sheet;
        if is_sheet && batch.rows.contains(&target.row) {
            found.store(true, Ordering::Relaxed);
        }
        Ok(())
    })?;
    Ok(found.into_inner())
}

/// A row that ingest does not hold for data: which of the sheet's other fates it can have.
fn no_data(source: &SourcePlan, read: &Read, target: &Target) -> Result<RowFate, Failure> {
    let sheets = read.seen.get(target.file).map_or(&[][..], |file| file.sheets.as_slice());
    let Some(door) = sheets.iter().find(|door| door.sheet.as_deref() == target.sheet) else {
        return Ok(RowFate::plain(source, "not read"));
    };
    if u64::from(target.row) > door.rows || target.row == 0 {
        let message = say!("explain-sheet-has-not-that-row", rows = door.rows, row = target.row);
        let at = Location::File { file: door.file_name.clone() };
        let diagnostic =
            Diagnostic::error(Code::UnknownName, message, at).help(say!("explain-rows-are-counted-from-1"));
        return Err(Failure { kind: FailureKind::Usage, diagnostics: vec![diagnostic] });
    }
    if read.first_data_row.is_none_or(|first| target.row < first) {
        return Ok(RowFate::plain(source, "heading"));
    }
    let name = |fate: Fate| match fate {
        Fate::Blank => Some("blank"),
        Fate::Footnote => Some("footnote"),
        Fate::Heading => Some("heading"),
        _ => None,
    };
    // Total rows have been told already.
    let below = door.tally.fates().filter(|(fate, _)| !is_above(*fate, &door.tally, read));
    let possible: Vec<&str> = below.filter_map(|(fate, _)| name(fate)).collect();
    let possible = if possible.is_empty() { "no data".to_string() } else { possible.join(" or ") };
    Ok(RowFate::plain(source, &possible))
}

/// True for headings when all of them stand above the data.
fn is_above(fate: Fate, tally: &Tally, read: &Read) -> bool {
    let above = read.first_data_row.map_or(0, |first| u64::from(first) - 1);
    fate == Fate::Heading && tally.of(Fate::Heading) <= above
}

fn is_changed(report: &Report, source: &SourcePlan, file: &Path, read: &Read) -> bool {
    let name = file_name(file);
    let now = read.seen.iter().find(|seen| seen.file_name == name).map(|seen| seen.digest.as_str());
    let then = report.manifest.inputs.iter().find(|input| input.source == source.name && input.file == name);
    now != then.map(|input| input.blake3.as_str())
}
