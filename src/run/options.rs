//! What a run is given beside its job: what the command line adds, the files of its sources, and whom it tells how far it
//! has come.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::job::plan::Format;

/// What the command line adds to a job.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Folder of this run's results instead of `<output>/<job>/<year>`.
    pub out: Option<PathBuf>,
    /// Formats instead of the job's.
    pub formats: Vec<Format>,
    /// Threads for reading; 0 = as many as the machine has.
    pub threads: usize,
    /// Read everything again, whatever an earlier run has left.
    pub fresh: bool,
}

/// Told while a run goes on; a terminal shows a bar, a log nothing.
pub trait Progress: Sync {
    /// A step begins; `what` names it for the user.
    fn step(&self, what: &str);
    /// Rows handed over since the last call.
    fn rows(&self, rows: u64);
}

/// Files of each source, by the source's index.
pub(super) type SourceFiles = BTreeMap<usize, Vec<PathBuf>>;
