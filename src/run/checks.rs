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
    for check in &plan.checks {
        let parquet = parquet_path(scratch, &plan.sources[check.source].name);
        if gathered.unread.has(check.source) {
            // Put aside already, and empty: no rule says more.
            continue;
        }
        let days = &gathered.results[check.source].days;
        let old = freshness::broken(plan, check, days, &parquet)?;
        let messages = broken_rules(plan, check, gathered).into_iter().chain(old);
        for broken in messages.map(|message| diagnostic(plan, check, message)) {
            match broken.severity {
                Severity::Error => errors.push((check.source, Failure::from(broken))),
                Severity::Warning => warnings.push(broken),
            }
        }
    }
    for (index, (source, result)) in plan.sources.iter().zip(&gathered.results).enumerate() {
        let found = uncovered(plan, source, result);
        errors.extend(found.into_iter().map(|found| (index, Failure::from(found))));
    }
    gathered.remarks.of_analyst(delivered::the_same(&gathered.inputs));
    gathered.remarks.of_report(warnings);
    if plan.job.on_bad_source == OnBadSource::Finish || errors.is_empty() {
        return Ok(errors);
    }
    Err(Failure::fixable(errors.into_iter().flat_map(|(_, failure)| failure.diagnostics).collect()))
}

/// What the rows of a source leave uncovered that are expected to cover the period.
pub(super) fn uncovered(plan: &Plan, source: &SourcePlan, result: &SourceResult) -> Option<Diagnostic> {
    let files: Vec<&str> = result.inputs.iter().map(|input| input.file_name.as_str()).collect();
    let is_judged = source.kind == SourceKind::Events && source.covers == Covers::Period;
    if files.is_empty() || source.period_date.is_none() || !is_judged {
        return None;
    }
    let outside = result.balances.iter().map(|balance| balance.of(Fate::OutsidePeriod)).sum();
    Coverage { plan, source, days: &result.days, files: &files.join(", ") }.uncovered(outside)
}

/// The rules of one check that the data break.
fn broken_rules(plan: &Plan, check: &CheckPlan, gathered: &Gathered) -> Vec<String> {
    let source = &plan.sources[check.source];
    if !gathered.is_delivered(&source.name) {
        // Only an optional source gets here without files, and its absence has been said.
        return Vec::new();
    }
    let of_source = || gathered.balances.iter().filter(|balance| balance.origin().source == source.name);
    let data_rows: u64 = of_source().map(|balance| balance.data_rows()).sum();
    let rejected: u64 = of_source().map(|balance| balance.rejected()).sum();
    let unknown = gathered.unknown_categories.get(&source.name).copied().unwrap_or(0);
    let mut broken = Vec::new();
    if let Some(least) = check.rows_at_least.filter(|least| data_rows < *least) {
        broken.push(say!("run-too-few-rows", name = source.name, data_rows, least));
    }
    if let Some(most) = check.rejected_at_most.filter(|most| rejected as f64 > most * data_rows as f64) {
        broken.push(say!("run-too-many-rejected", rejected, data_rows, name = source.name, most));
    }
    if check.no_unknown_category && unknown > 0 {
        broken.push(say!("run-unknown-categories", unknown, name = source.name));
    }
    broken
}

fn diagnostic(plan: &Plan, check: &CheckPlan, message: String) -> Diagnostic {
    let at = Location::File { file: plan.job.file.clone() };
    let help = say!("run-mend-export-or-rule", name = check.name);
    let severity = if check.warn_only { Severity::Warning } else { Severity::Error };
    Diagnostic { severity, ..Diagnostic::error(Code::CheckFailed, message, at).help(help) }
}
