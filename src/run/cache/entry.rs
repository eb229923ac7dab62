//! What became of one source's rows in an earlier run, and whether it still holds.

use serde::{Deserialize, Serialize};

use super::{Cache, Named, key};
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Balance;
use crate::domain::delivery::CellCount;
use crate::job::plan::{JobPlan, SourcePlan};
use crate::normalise::{Causes, Reject};
use crate::published::{SheetBalance, data_file};
use crate::run::gathered::SourceResult;
use crate::run::outputs::Scratch;
use crate::write::InputFile;

#[derive(Serialize, Deserialize)]
struct Entry {
    key: String,
    /// Digest of the published Parquet file.
    parquet: String,
    sheets: Vec<SheetBalance>,
    inputs: Vec<InputFile>,
    rejects: Vec<Reject>,
    warnings: Vec<Diagnostic>,
    unknown_categories: u64,
    /// Of an entry of an earlier build there are none, and its key is another.
    #[serde(default)]
    causes: Causes,
    cells: Vec<CellCount>,
    /// An entry of a build that knew none has another key, and is no damaged one.
    #[serde(default)]
    days: Vec<i32>,
}

impl Cache {
    /// What an earlier run found in these very files under this very plan; its Parquet file is copied into `scratch`.
    ///
    /// Out: `None` when there is no entry, it is of other content, or it does not hold (a notice says so).
    pub(in crate::run) fn recall(
        &mut self,
        job: &JobPlan,
        source: &SourcePlan,
        files: &[Named],
        scratch: &Scratch,
    ) -> Option<SourceResult> {
        let name = entry_name(source);
        let entry = self.read::<Entry>(&name).filter(|entry| entry.key == key::of_source(job, source, files))?;
        let Some(balances) = entry.sheets.iter().map(SheetBalance::closed).collect::<Option<Vec<Balance>>>() else {
            self.notice(&self.folder.join(name), &say!("run-cache-does-not-add-up"));
            return None;
        };
        let parquet = data_file(&source.name);
        let published = self.published.join(&parquet);
        // A copy, never a second name for the same bytes: what this run writes must not reach what is published.
        if !scratch.copy(&published, &parquet, &entry.parquet).ok()? {
            // A run that was killed when it had published, and had not remembered it, has changed it itself.
            if !self.is_as_published(&parquet) {
                self.notice(&published, &say!("run-cache-was-changed"));
            }
            return None;
        }
        let Entry { inputs, rejects, warnings, unknown_categories, causes, cells, days, .. } = entry;
        Some(SourceResult { balances, inputs, rejects, warnings, unknown_categories, causes, cells, days })
    }

    /// Keeps what this run found in a source for the next. `parquet`: digest of its published file.
    pub(super) fn remember_source(
        &mut self,
        job: &JobPlan,
        source: &SourcePlan,
        result: &SourceResult,
        parquet: &str,
    ) -> Result<(), Failure> {
        let files: Vec<_> = result.inputs.iter().map(|file| (file.file_name.clone(), file.digest.clone())).collect();
        let entry = Entry {
            key: key::of_source(job, source, &files),
            parquet: parquet.to_string(),
            sheets: result.balances.iter().map(SheetBalance::of).collect(),
            inputs: result.inputs.clone(),
            rejects: result.rejects.clone(),
            warnings: result.warnings.clone(),
            unknown_categories: result.unknown_categories,
            causes: result.causes.clone(),
            cells: result.cells.clone(),
            days: result.days.clone(),
        };
        self.write(&entry_name(source), &entry)
    }
}

fn entry_name(source: &SourcePlan) -> String {
    format!("source-{}.json", source.name)
}
