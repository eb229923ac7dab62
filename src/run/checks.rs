//! The job's rules on its data (`[check.x]`), judged on balances before anything is measured.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, Severity};
use crate::domain::balance::Fate;
use crate::job::plan::{CheckPlan, OnBadSource, Plan};
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::{Covers, SourceKind};

use super::coverage::Coverage;
use super::gathered::{Gathered, SourceResult, parquet_path};
use super::{delivered, freshness};

/// Every broken rule, by source; rules that only warn join the warnings, which stand in the report's appendix.
///
/// Out: what breaks rules that stop, in a job that finishes without bad sources. Errors: `check-failed` of every rule in
/// any other job.
pub(super) fn judge(plan: &Plan, gathered: &mut Gathered, scratch: &Path) -> Result<Vec<(usize, Failure)>, Failure> {
    let mut warnings = Vec::new();
    let mut errors = Vec::new();
    for (index, result) in gathered.results.iter().enumerate() {
        // A source that was put aside is empty, and told: no rule says more.
        if !gathered.unread.has(index) {
            let found = found(plan, index, result, scratch)?;
            warnings.extend(found.warnings);
            errors.extend((!found.errors.is_empty()).then(|| (index, Failure::fixable(found.errors))));
        }
    }
    gathered.remarks.of_analyst(delivered::the_same(&gathered.inputs));
    gathered.remarks.of_analyst(delivered::overlapping(&gathered.balances));
    gathered.remarks.of_report(warnings);
    if plan.job.on_bad_source == OnBadSource::Finish || errors.is_empty() {
        return Ok(errors);
    }
    Err(Failure::fixable(errors.into_iter().flat_map(|(_, failure)| failure.diagnostics).collect()))
}

/// What is wrong with the rows of one source.
pub(super) struct Found {
    /// What stops a run.
    pub(super) errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

/// Holds one source against the rules on it, and against the period.
pub(super) fn found(plan: &Plan, index: usize, result: &SourceResult, scratch: &Path) -> Result<Found, Failure> {
    let source = &plan.sources[index];
    let parquet = parquet_path(scratch, &source.name);
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for check in plan.checks.iter().filter(|check| check.source == index) {
        for broken in broken_rules(plan, check, result, &parquet)? {
            if check.warn_only {
                warnings.push(broken.head(Severity::Warning));
            } else {
                errors.extend(broken.errors());
            }
        }
    }
    match uncovered(plan, source, result) {
        Some(doubtful) if doubtful.severity == Severity::Warning => warnings.push(doubtful),
        found => errors.extend(found),
    }
    Ok(Found { errors, warnings })
}

/// What the rows of a source leave uncovered that are expected to cover the period.
fn uncovered(plan: &Plan, source: &SourcePlan, result: &SourceResult) -> Option<Diagnostic> {
    let files: Vec<&str> = result.inputs.iter().map(|input| input.file_name.as_str()).collect();
    let is_judged = source.kind == SourceKind::Events && source.covers == Covers::Period;
    if files.is_empty() || source.period_date.is_none() || !is_judged {
        return None;
    }
    let outside = result.balances.iter().map(|balance| balance.of(Fate::OutsidePeriod)).sum();
    Coverage { plan, source, days: &result.days, files: &files.join(", ") }.uncovered(outside)
}

/// A rule that the data break.
struct Broken {
    message: String,
    help: String,
    /// The exports, by name.
    files: String,
    /// The values or rows that break it, each told where it stands.
    causes: Vec<Diagnostic>,
}

impl Broken {
    fn head(&self, severity: Severity) -> Diagnostic {
        let at = Location::File { file: self.files.clone() };
        let error = Diagnostic::error(Code::CheckFailed, &self.message, at).help(&self.help);
        Diagnostic { severity, ..error }
    }

    fn errors(self) -> impl Iterator<Item = Diagnostic> {
        std::iter::once(self.head(Severity::Error)).chain(self.causes)
    }
}

/// The rules of one check that the data break.
fn broken_rules(plan: &Plan, check: &CheckPlan, read: &SourceResult, parquet: &Path) -> Result<Vec<Broken>, Failure> {
    let (source, key) = (&plan.sources[check.source], &check.name);
    let old = freshness::broken(plan, check, &read.days, parquet)?;
    let mut broken: Vec<(String, String, &[Diagnostic])> =
        old.into_iter().map(|old| (old, say!("run-export-newer-or-change", key), [].as_slice())).collect();
    let data_rows: u64 = read.balances.iter().map(|balance| balance.data_rows()).sum();
    let rejected: u64 = read.balances.iter().map(|balance| balance.rejected()).sum();
    let (name, unknown) = (&source.name, read.unknown_categories);
    // Only an optional source has no files here, and its absence has been said.
    let is_delivered = !read.inputs.is_empty();
    if let Some(least) = check.rows_at_least.filter(|least| is_delivered && data_rows < *least) {
        let message = say!("run-too-few-rows", name, data_rows, least);
        broken.push((message, say!("run-export-whole-or-change", key), &[]));
    }
    if let Some(most) = check.rejected_at_most.filter(|most| rejected as f64 > most * data_rows as f64) {
        let most = (most * 10_000.0).round() / 100.0;
        let message = say!("run-too-many-rejected", rejected, data_rows, name, most);
        broken.push((message, say!("run-mend-rows-or-change", key), &read.causes.rejected));
    }
    if check.no_unknown_category && unknown > 0 {
        let message = say!("run-unknown-categories", unknown, name);
        broken.push((message, say!("run-say-what-values-are", key, job = plan.job.name), &read.causes.unknown));
    }
    let files: Vec<&str> = read.inputs.iter().map(|input| input.file_name.as_str()).collect();
    let files = if files.is_empty() { plan.job.file.clone() } else { files.join(", ") };
    let broken = broken.into_iter().map(|(message, help, causes)| Broken {
        message,
        help,
        files: files.clone(),
        causes: causes.to_vec(),
    });
    Ok(broken.collect())
}
