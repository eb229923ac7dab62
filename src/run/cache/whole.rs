//! A run as a whole: what it was made of, and whether its results still stand as they were published.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::Sheet;
use super::{BUILD, Cache, Digests, digest_of_file};
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Balance;
use crate::job::plan::{Format, Plan};
use crate::protect::HiddenCell;
use crate::run::SourceFiles;

const NAME: &str = "run.json";

/// What an earlier run left that nothing has changed since.
pub(in crate::run) struct Standing {
    /// The main report file's name.
    pub(in crate::run) report: Option<String>,
    pub(in crate::run) balances: Vec<Balance>,
    pub(in crate::run) warnings: Vec<Diagnostic>,
    pub(in crate::run) hidden: Vec<HiddenCell>,
    pub(in crate::run) unproved: Vec<String>,
    /// Exports, and published files, whose digests were verified.
    pub(in crate::run) verified: (usize, usize),
}

/// A run that has been published.
pub(in crate::run) struct Finished<'a> {
    pub(in crate::run) plan: &'a Plan,
    pub(in crate::run) formats: &'a [Format],
    /// Names and digests of the exports, in the order of sources and files.
    pub(in crate::run) inputs: Vec<(String, String)>,
    pub(in crate::run) report: Option<&'a str>,
    pub(in crate::run) balances: &'a [Balance],
    pub(in crate::run) warnings: &'a [Diagnostic],
    /// What is hidden, and never a hidden number.
    pub(in crate::run) hidden: &'a [HiddenCell],
    pub(in crate::run) unproved: &'a [String],
    pub(in crate::run) outputs: &'a Outputs,
}

/// Digests of all published files by their names below the folder.
pub(in crate::run) type Outputs = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
struct Record {
    key: String,
    report: Option<String>,
    sheets: Vec<Sheet>,
    warnings: Vec<Diagnostic>,
    hidden: Vec<HiddenCell>,
    unproved: Vec<String>,
    outputs: Outputs,
}

impl Cache {
    /// The earlier run, if this one would do the same again and its results are untouched.
    pub(in crate::run) fn standing(
        &mut self,
        plan: &Plan,
        formats: &[Format],
        files: &SourceFiles,
        digests: &Digests,
    ) -> Result<Option<Standing>, Failure> {
        let inputs: Vec<_> = files.values().flat_map(|files| digests.named(files)).collect();
        let wanted = key(plan, formats, &inputs)?;
        let Some(record) = self.read::<Record>(NAME).filter(|record| record.key == wanted) else { return Ok(None) };
        if let Some(changed) = first_changed(&self.published, &record.outputs) {
            self.notice(&changed, &say!("run-cache-was-changed"));
            return Ok(None);
        }
        let balances: Result<Vec<Balance>, Failure> = record.sheets.iter().cloned().map(Sheet::close).collect();
        // A workbook that two sources read is one export.
        let exports: BTreeSet<&PathBuf> = files.values().flatten().collect();
        let verified = (exports.len(), record.outputs.len());
        let Record { report, warnings, hidden, unproved, .. } = record;
        Ok(Some(Standing { report, balances: balances?, warnings, hidden, unproved, verified }))
    }

    /// Keeps what this run was made of and what it published.
    pub(in crate::run) fn remember_run(&mut self, run: &Finished<'_>) -> Result<(), Failure> {
        let record = Record {
            key: key(run.plan, run.formats, &run.inputs)?,
            report: run.report.map(String::from),
            sheets: run.balances.iter().map(Sheet::of).collect(),
            warnings: run.warnings.to_vec(),
            hidden: run.hidden.to_vec(),
            unproved: run.unproved.to_vec(),
            outputs: run.outputs.clone(),
        };
        self.write(NAME, &record)
    }

    /// Forgets the run as a whole: the next will not stop at verifying.
    pub(in crate::run) fn forget_run(&self) {
        // Not there is as good as removed.
        let _ = fs::remove_file(self.folder.join(NAME));
    }
}

/// Everything that decides what a run publishes: program, plan, formats, exports, templates, texts.
fn key(plan: &Plan, formats: &[Format], inputs: &[(String, String)]) -> Result<String, Failure> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{BUILD}\n{plan:?}\n{formats:?}\n{inputs:?}").as_bytes());
    for file in side_files(plan) {
        hasher.update(format!("\n{}\n{}", file.display(), digest_of_file(&file)?).as_bytes());
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Files beside the exports that a run reads: the templates, the analyst's own texts, the Word template, fonts and logo.
fn side_files(plan: &Plan) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&plan.job.templates, &mut files);
    collect(&plan.job.texts, &mut files);
    files.extend(plan.job.reference_docx.clone());
    files.extend(plan.theme.files().into_iter().map(|(_, file)| file.path.clone()));
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}

/// A published file that is gone, or is not what was published.
fn first_changed(published: &Path, outputs: &Outputs) -> Option<PathBuf> {
    let changed = |(name, digest): (&String, &String)| {
        let path = published.join(name);
        let same = digest_of_file(&path).is_ok_and(|now| now == *digest);
        (!same).then_some(path)
    };
    outputs.par_iter().find_map_first(changed)
}
