//! `kvalis run` and `kvalis analyze`.

use super::args::{Global, RunArguments};
use super::progress::Bar;
use super::{json, print};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::job::compile::compile;
use crate::job::load::load;
use crate::job::plan::Plan;
use crate::run::{RunOptions, RunSummary, run_job};

pub(super) fn run(job: &str, asked: &RunArguments, global: &Global) -> Result<(), Failure> {
    let (plan, warnings) = plan(job, asked.year)?;
    let formats = asked.format.iter().map(|format| (*format).into()).collect();
    let options = RunOptions { out: asked.out.clone(), formats, threads: global.threads, fresh: asked.fresh };
    let summary = with_warnings(warnings, |progress| run_job(&plan, &options, progress), global)?;
    if !global.quiet {
        print::aside(&print::balance_table(&summary.balances));
    }
    print::result(&if global.json { json::summary(&summary) } else { print::summary_line(&summary) })?;
    outcome(&summary)
}

/// A run that had to do without a source has published, and still is something to mend: exit code 1.
pub(super) fn outcome(summary: &RunSummary) -> Result<(), Failure> {
    if summary.unread.is_empty() { Ok(()) } else { Err(Failure::fixable(Vec::new())) }
}

/// The checked plan of a job, and warnings about the job file.
pub(super) fn plan(job: &str, year: Option<i32>) -> Result<(Plan, Vec<Diagnostic>), Failure> {
    compile(&load(job, year)?)
}

/// Works under a progress bar. Warnings of the job file are told even if the work fails, those of the work after it.
pub(super) fn with_warnings(
    warnings: Vec<Diagnostic>,
    work: impl FnOnce(&Bar) -> Result<RunSummary, Failure>,
    global: &Global,
) -> Result<RunSummary, Failure> {
    if !global.quiet {
        print::diagnostics(&warnings);
    }
    let bar = Bar::new(!global.quiet && !global.json);
    let done = work(&bar);
    bar.clear();
    let mut summary = done?;
    if !global.quiet {
        print::diagnostics(&summary.warnings);
    }
    let is_told = |notice: &&Diagnostic| !global.quiet || notice.code == Code::KeptAside;
    print::diagnostics(&summary.notices.iter().filter(is_told).cloned().collect::<Vec<_>>());
    // However quiet: what was left out, or moved, is the news that cron must mail.
    print::diagnostics(&summary.errors);
    summary.warnings.splice(0..0, warnings);
    Ok(summary)
}
