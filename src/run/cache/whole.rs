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
use crate::run::gathered::Gathered;
use crate::run::options::SourceFiles;
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
    pub(in crate::run) beyond_fewest: usize,
    /// Exports, and published files, whose digests were verified.
    pub(in crate::run) verified: (usize, usize),
}

/// What a run makes of its exports.
#[derive(Clone, Copy)]
pub(in crate::run) struct Recipe<'a> {
    pub(in crate::run) plan: &'a Plan,
    pub(in crate::run) formats: &'a [Format],
    /// Templates, texts, the Word template, fonts and logo, digested as they were read.
    pub(in crate::run) side_files: &'a [Named],
}

/// A run that has been published.
pub(in crate::run) struct Finished<'a> {
    pub(in crate::run) recipe: Recipe<'a>,
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
    beyond_fewest: usize,
    outputs: Outputs,
}

impl Recipe<'_> {
    fn key(&self, inputs: &[Named]) -> String {
        let Recipe { plan, formats, side_files } = *self;
        WholeRun { plan, formats, inputs, side_files }.key()
    }
}

impl Cache {
    /// The earlier run, if this one would do the same again and its results are untouched.
    pub(in crate::run) fn standing(
        &mut self,
        recipe: Recipe<'_>,
        files: &SourceFiles,
        digests: &Digests,
    ) -> Option<Standing> {
        let inputs: Vec<_> = files.values().flat_map(|files| digests.named(files)).collect();
        let wanted = recipe.key(&inputs);
        let record = self.read::<Record>(NAME).filter(|record| record.key == wanted)?;
        if let Some(changed) = first_changed(&self.published, &record.outputs) {
            self.notice(&changed, &say!("run-cache-was-changed"));
            return None;
        }
        let Some(balances) = record.sheets.iter().map(SheetBalance::closed).collect::<Option<Vec<Balance>>>() else {
            self.notice(&self.folder.join(NAME), &say!("run-cache-does-not-add-up"));
            return None;
        };
        // A workbook that two sources read is one export.
        let exports: BTreeSet<&PathBuf> = files.values().flatten().collect();
        let verified = (exports.len(), record.outputs.len());
        let Record { report, warnings, hidden, unproved, beyond_fewest, .. } = record;
        Some(Standing { report, balances, warnings, hidden, unproved, beyond_fewest, verified })
    }

    /// Leaves for the next run what this one found. Only what has been published is remembered.
    pub(in crate::run) fn remember(&mut self, run: &Finished<'_>) -> Result<(), Failure> {
        let Finished { recipe: Recipe { plan, .. }, gathered, outputs, .. } = run;
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
        let Finished { recipe, gathered, protected, report, outputs } = run;
        let named = |file: &InputFile| (file.file_name.clone(), file.digest.clone());
        let inputs: Vec<Named> = gathered.inputs.iter().map(named).collect();
        let record = Record {
            key: recipe.key(&inputs),
            report: report.map(String::from),
            sheets: gathered.balances.iter().map(SheetBalance::of).collect(),
            warnings: gathered.remarks.all(),
            hidden: protected.hidden.clone(),
            unproved: protected.unproved.clone(),
            beyond_fewest: protected.beyond_fewest,
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

/// A published file that is gone, or is not what was published.
fn first_changed(published: &Path, outputs: &Outputs) -> Option<PathBuf> {
    let changed = |(name, digest): (&String, &String)| {
        let path = published.join(name);
        let same = digest_of_file(&path).is_ok_and(|now| now == *digest);
        (!same).then_some(path)
    };
    outputs.par_iter().find_map_first(changed)
}
