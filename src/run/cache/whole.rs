//! A run as a whole: what it was made of, and whether its results still stand as they were published.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::key::{Named, WholeRun};
use super::{Cache, Digests, digest_of_file};
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Balance;
use crate::job::plan::{Format, Plan};
use crate::protect::{HiddenCell, ProtectedReport};
use crate::published::{SheetBalance, data_file};
use crate::run::SourceFiles;
use crate::run::gather::Gathered;
use crate::write::InputFile;

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
    pub(in crate::run) gathered: &'a Gathered,
    pub(in crate::run) protected: &'a ProtectedReport,
    pub(in crate::run) report: Option<&'a str>,
    pub(in crate::run) outputs: &'a Outputs,
}

/// Digests of all published files by their names below the folder.
pub(in crate::run) type Outputs = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
struct Record {
    key: String,
    report: Option<String>,
    sheets: Vec<SheetBalance>,
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
        let wanted = WholeRun { plan, formats, inputs: &inputs, side_files: &side_files(plan)? }.key();
        let Some(record) = self.read::<Record>(NAME).filter(|record| record.key == wanted) else { return Ok(None) };
        if let Some(changed) = first_changed(&self.published, &record.outputs) {
            self.notice(&changed, &say!("run-cache-was-changed"));
            return Ok(None);
        }
        let Some(balances) = record.sheets.iter().map(SheetBalance::closed).collect::<Option<Vec<Balance>>>() else {
            self.notice(&self.folder.join(NAME), &say!("run-cache-does-not-add-up"));
            return Ok(None);
        };
        // A workbook that two sources read is one export.
        let exports: BTreeSet<&PathBuf> = files.values().flatten().collect();
        let verified = (exports.len(), record.outputs.len());
        let Record { report, warnings, hidden, unproved, .. } = record;
        Ok(Some(Standing { report, balances, warnings, hidden, unproved, verified }))
    }

    /// Leaves for the next run what this one found. Only what has been published is remembered.
    pub(in crate::run) fn remember(&mut self, run: &Finished<'_>) -> Result<(), Failure> {
        let Finished { plan, gathered, outputs, .. } = run;
        for (index, (source, result)) in plan.sources.iter().zip(&gathered.results).enumerate() {
            if !gathered.unread.has(index)
                && let Some(parquet) = outputs.get(&data_file(&source.name))
            {
                self.remember_source(&plan.job, source, result, parquet)?;
            }
        }
        // After a run without a source the next one tries again, whether or not the files have changed.
        if gathered.unread.is_empty() { self.remember_run(run) } else { Ok(()) }
    }

    fn remember_run(&mut self, run: &Finished<'_>) -> Result<(), Failure> {
        let Finished { plan, formats, gathered, protected, report, outputs } = run;
        let named = |file: &InputFile| (file.file_name.clone(), file.digest.clone());
        let inputs: Vec<Named> = gathered.inputs.iter().map(named).collect();
        let record = Record {
            key: WholeRun { plan, formats, inputs: &inputs, side_files: &side_files(plan)? }.key(),
            report: report.map(String::from),
            sheets: gathered.balances.iter().map(SheetBalance::of).collect(),
            warnings: gathered.remarks.all(),
            hidden: protected.hidden.clone(),
            unproved: protected.unproved.clone(),
            outputs: (*outputs).clone(),
        };
        self.write(NAME, &record)
    }

    /// Forgets the run as a whole: the next will not stop at verifying.
    pub(in crate::run) fn forget_run(&self) {
        // Not there is as good as removed.
        let _ = fs::remove_file(self.folder.join(NAME));
    }
}

/// Files beside the exports that a run reads: the templates, the analyst's own texts, the Word template, fonts and logo.
fn side_files(plan: &Plan) -> Result<Vec<Named>, Failure> {
    let mut files = Vec::new();
    collect(&plan.job.templates, &mut files);
    collect(&plan.job.texts, &mut files);
    files.extend(plan.job.reference_docx.clone());
    files.extend(plan.theme.files().into_iter().map(|(_, file)| file.path.clone()));
    files.sort();
    files.iter().map(|file| Ok((file.display().to_string(), digest_of_file(file)?))).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
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
