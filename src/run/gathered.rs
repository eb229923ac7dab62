//! What was read: of each source what became of its rows, and of all together what measures and the report ask for.
//!
//! Says nothing of how it was read (`gather`), nor of what is kept of it for the next run (`cache`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::remarks::Remarks;
use super::unread::Unread;
use crate::diagnostic::{Diagnostic, Mend};
use crate::domain::balance::Balance;
use crate::domain::delivery::{CellCount, Deliveries, Delivery};
use crate::job::plan::{Plan, SourcePlan};
use crate::measure::Cubes;
use crate::normalise::{Causes, Reject};
use crate::published::data_file;
use crate::store::Dataset;
use crate::write::InputFile;

/// All that a run knows of a source beside its Parquet file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SourceResult {
    pub(super) balances: Vec<Balance>,
    pub(super) inputs: Vec<InputFile>,
    pub(super) rejects: Vec<Reject>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) unknown_categories: u64,
    pub(super) causes: Causes,
    pub(super) cells: Vec<CellCount>,
    /// Days of the period date with at least one kept row, in order.
    pub(super) days: Vec<i32>,
}

/// All that the measures and the report need to know of the exports.
pub(super) struct Gathered {
    /// What became of each source's rows, in the order of the plan; the fields below put them together.
    pub(super) results: Vec<SourceResult>,
    /// Names of sources that an earlier run had read.
    pub(super) recalled: Vec<String>,
    pub(super) cubes: Cubes,
    /// Sources whose rows measures read as they stand, whole.
    pub(super) observations: BTreeMap<String, Dataset>,
    /// One per sheet that was read, in source and file order.
    pub(super) balances: Vec<Balance>,
    pub(super) rejects: Vec<Reject>,
    pub(super) remarks: Remarks,
    pub(super) inputs: Vec<InputFile>,
    /// Sources that the run does without.
    pub(super) unread: Unread,
}

impl Gathered {
    /// What measures know of each source beside its rows.
    pub(super) fn deliveries(&self, plan: &Plan) -> Deliveries {
        let of = |(source, result): (&SourcePlan, &SourceResult)| {
            let delivery = Delivery { balances: result.balances.clone(), cells: result.cells.clone() };
            (source.name.clone(), delivery)
        };
        plan.sources.iter().zip(&self.results).map(of).collect()
    }

    /// What the exports have and the job does not know; sources that were put aside have it among what was wrong with them.
    pub(super) fn mends(&self) -> Vec<Mend> {
        let causes = self.results.iter().flat_map(|read| read.causes.unknown.iter().chain(&read.causes.rejected));
        causes.chain(&self.unread.errors()).filter_map(|told| told.mend.clone()).collect()
    }

    /// True when some file of the source was read.
    pub(super) fn is_delivered(&self, source: &str) -> bool {
        self.inputs.iter().any(|input| input.source == source)
    }
}

/// Where a dataset of this run lies.
pub(super) fn parquet_path(scratch: &Path, source: &str) -> PathBuf {
    scratch.join(data_file(source))
}
