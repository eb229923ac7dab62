//! Why a measure's numbers are others: its sources, its part of the job file, or the program.
//!
//! In: both runs. Out: [`Cause`]s, each proved by digests that the manifests hold. Several may be true at once, and all
//! are told: which of them moved a number is then for the rows to say ([`super::rows`]).

use std::collections::BTreeMap;

use serde_json::Value;

use super::job::{JobTree, KeyChange};
use super::rows::{self, Known, RowChanges};
use super::run::Run;
use crate::diagnostic::Failure;
use crate::published::{Input, data_file};
use crate::store::schema;

/// Why numbers of a measure differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// Exports of a source, by its name in the job file.
    Input(String),
    /// Keys of the job file.
    Job(Vec<KeyChange>),
    /// Another build of the program.
    Program,
    /// The runs are of different years, and the same columns were compared.
    Year {
        /// The earlier run's.
        old: i32,
        /// The later run's.
        new: i32,
    },
    /// Hidden cells are chosen over all tables together, and others have changed.
    Protection,
    /// Only words that readers see are others.
    Words,
    /// Nothing that the manifests know of.
    Unknown,
}

/// How a source differs between the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceChange {
    /// The source's name in the job.
    pub name: String,
    /// Files that are not the same in both.
    pub files: Vec<FileChange>,
    /// Rows read, old and new.
    pub read: (u64, u64),
    /// Rows that count, old and new.
    pub kept: (u64, u64),
    /// What became of rows otherwise, where that differs: fate → old and new.
    pub fates: BTreeMap<String, (u64, u64)>,
    /// Name of the date that places rows in a period, if its text may be shown.
    pub date: Option<String>,
    /// `None` when one of the runs has no data of the source.
    pub rows: Option<RowChanges>,
}

/// An export that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its name relative to the input folder.
    pub file: String,
    /// What became of it.
    pub what: FileFate,
}

/// What became of an export between two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFate {
    /// The same name, other content.
    Changed,
    /// Only the later run read it.
    Came,
    /// Only the earlier run read it.
    Went,
}

impl SourceChange {
    /// True when the exports differ; otherwise the job reads the same files in another way.
    pub fn is_input(&self) -> bool {
        !self.files.is_empty()
    }

    /// False when all rows that count say the same as before.
    pub(super) fn may_move_numbers(&self) -> bool {
        self.rows.as_ref().is_none_or(|rows| !rows.is_empty())
    }
}

/// How a source differs; `None` if neither its exports nor what was read of them do. `days`: rows of those days only.
pub(super) fn source_change(
    old: &Run,
    new: &Run,
    job: &JobTree,
    name: &str,
    days: Option<(i32, i32)>,
) -> Result<Option<SourceChange>, Failure> {
    let files = file_changes(&inputs(old, name), &inputs(new, name));
    let data = data_file(name);
    let digest = |run: &Run| run.folder.manifest.digest_of(&data).map(String::from);
    let (before, now) = (digest(old), digest(new));
    if files.is_empty() && before == now {
        return Ok(None);
    }
    let known = known(job, name);
    let (was, is) = (old.folder.path.join(&data), new.folder.path.join(&data));
    let rows = match (before, now) {
        (Some(before), Some(now)) if before == now => Some(RowChanges::default()),
        (Some(_), Some(_)) if was.is_file() && is.is_file() => Some(rows::compare(&was, &is, &known)?),
        _ => None,
    };
    let rows = match days {
        Some(days) => rows.map(|rows| rows.within(days)),
        None => rows,
    };
    let says_the_same = |rows: &RowChanges| rows.is_empty() && (rows.elsewhere > 0 || days.is_some());
    if files.is_empty() && rows.as_ref().is_some_and(says_the_same) {
        return Ok(None);
    }
    let ((read, fates), (read_now, fates_now)) = (balance(old, name), balance(new, name));
    let of = |fates: &BTreeMap<String, u64>, fate: &str| fates.get(fate).copied().unwrap_or(0);
    let kept = (of(&fates, "kept"), of(&fates_now, "kept"));
    let others = fates.keys().chain(fates_now.keys()).filter(|fate| *fate != "kept");
    let differing = others.map(|fate| (fate.clone(), (of(&fates, fate), of(&fates_now, fate))));
    let fates = differing.filter(|(_, (was, is))| was != is).collect();
    let is_safe = |column: &String| safe(job, name, column);
    let date = known.date.clone().filter(is_safe);
    Ok(Some(SourceChange { name: name.to_string(), files, read: (read, read_now), kept, fates, date, rows }))
}

fn inputs<'a>(run: &'a Run, source: &str) -> Vec<&'a Input> {
    run.folder.manifest.inputs.iter().filter(|input| input.source == source).collect()
}

/// Files by name; one that was only given another name has not changed.
fn file_changes(old: &[&Input], new: &[&Input]) -> Vec<FileChange> {
    let has = |files: &[&Input], digest: &str| files.iter().any(|file| file.blake3 == digest);
    let named = |files: &[&Input], name: &str| files.iter().any(|file| file.file == name);
    let mut changes = Vec::new();
    for file in new.iter().filter(|file| !has(old, &file.blake3)) {
        let what = if named(old, &file.file) { FileFate::Changed } else { FileFate::Came };
        changes.push(FileChange { file: file.file.clone(), what });
    }
    for file in old.iter().filter(|file| !has(new, &file.blake3) && !named(new, &file.file)) {
        changes.push(FileChange { file: file.file.clone(), what: FileFate::Went });
    }
    changes
}

/// Rows read and the fates of all, over a source's sheets.
fn balance(run: &Run, source: &str) -> (u64, BTreeMap<String, u64>) {
    let mut fates: BTreeMap<String, u64> = BTreeMap::new();
    let mut read = 0;
    for sheet in run.folder.manifest.balances.iter().filter(|sheet| sheet.source == source) {
        read += sheet.read;
        sheet.fates.iter().for_each(|(fate, rows)| *fates.entry(fate.clone()).or_default() += rows);
    }
    (read, fates)
}

/// What the job says of a source's rows.
fn known(job: &JobTree, source: &str) -> Known {
    let table = format!("source.{source}");
    let text = |key: &str| job.get(&format!("{table}.{key}")).and_then(Value::as_str).map(String::from);
    let columns = job.get(&format!("{table}.columns")).and_then(Value::as_object);
    let is_id = |column: &Value| column.get("kind").and_then(Value::as_str) == Some("id");
    let id = columns.and_then(|columns| columns.iter().find(|(_, column)| is_id(column)).map(|(name, _)| name.clone()));
    let key = match &id {
        Some(id) => vec![id.clone()],
        None if text("kind").as_deref() == Some("observations") => schema::OBSERVATION_TEXTS.map(String::from).to_vec(),
        None => Vec::new(),
    };
    Known { key, date: text("period_date"), safe_id: id.filter(|id| safe(job, source, id)) }
}

/// Whether the job calls a column safe to show.
fn safe(job: &JobTree, source: &str, column: &str) -> bool {
    job.get(&format!("source.{source}.columns.{column}.safe")).and_then(Value::as_bool) == Some(true)
}
