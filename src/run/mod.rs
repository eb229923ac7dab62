//! The whole job as ordinary calls, in order. (Contract; the body is being written.)

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Balance;
use crate::job::plan::{Format, Plan};

/// What the command line adds to a job.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Folder of this run's results instead of `<output>/<job>/<period>`.
    pub out: Option<PathBuf>,
    /// Formats instead of the job's.
    pub formats: Vec<Format>,
    /// Threads for reading; 0 = as many as the machine has.
    pub threads: usize,
}

/// Told while a run goes on; a terminal shows a bar, a log nothing.
pub trait Progress: Sync {
    fn step(&self, what: &str);
    /// Rows handed over since the last call.
    fn rows(&self, rows: u64);
}

/// What came of a run, for the summary line and `--json`.
#[derive(Debug, Clone)]
pub struct RunSummary {
    pub job: String,
    pub folder: PathBuf,
    /// The main report file, `None` after `check`.
    pub report: Option<PathBuf>,
    pub balances: Vec<Balance>,
    pub warnings: Vec<Diagnostic>,
    pub seconds: f64,
}

/// Runs a job to the published report.
pub fn run_job(_plan: &Plan, _options: &RunOptions, _progress: &dyn Progress) -> Result<RunSummary, Failure> {
    Err(Failure::internal("contract stub"))
}

/// Everything but the report: sources, balances, data rules.
pub fn check_job(_plan: &Plan, _options: &RunOptions, _progress: &dyn Progress) -> Result<RunSummary, Failure> {
    Err(Failure::internal("contract stub"))
}
