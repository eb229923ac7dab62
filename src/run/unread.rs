//! Sources that could not be used, in a job that finishes without them (`on_bad_source = "finish"`).
//!
//! A source whose files are missing or can't be read, or that breaks a rule under `[check.x]`, is emptied: for the
//! measures and the templates it is as one that was not delivered. What was wrong is told to the analyst as errors, to
//! the reader in the report, to machines in the manifest; and the run is not remembered, so that the next one tries again.

use crate::diagnostic::{Diagnostic, Failure, FailureKind, Severity};
use crate::job::plan::{OnBadSource, Plan};

/// What was wrong with each of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Unread(Vec<(usize, Vec<Diagnostic>)>);

impl Unread {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, source: usize) -> bool {
        self.0.iter().any(|(known, _)| *known == source)
    }

    /// Puts a source aside, if the job allows it and an analyst can mend what is wrong; else the failure stands.
    pub(super) fn add(&mut self, plan: &Plan, source: usize, failure: Failure) -> Result<(), Failure> {
        if plan.job.on_bad_source != OnBadSource::Finish || failure.kind != FailureKind::Fixable {
            return Err(failure);
        }
        match self.0.iter_mut().find(|(known, _)| *known == source) {
            Some((_, diagnostics)) => diagnostics.extend(failure.diagnostics),
            None => self.0.push((source, failure.diagnostics)),
        }
        self.0.sort_by_key(|(source, _)| *source);
        Ok(())
    }

    /// Names of the sources, in the order of the plan.
    pub(super) fn names(&self, plan: &Plan) -> Vec<String> {
        self.0.iter().map(|(source, _)| plan.sources[*source].name.clone()).collect()
    }

    /// Each source by name, with what was wrong.
    pub(super) fn told<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = (&'a str, &'a [Diagnostic])> {
        self.0.iter().map(|(source, diagnostics)| (plan.sources[*source].name.as_str(), diagnostics.as_slice()))
    }

    /// All that was wrong, for the person at the terminal.
    pub(super) fn errors(&self) -> Vec<Diagnostic> {
        self.0.iter().flat_map(|(_, diagnostics)| diagnostics.iter().cloned()).collect()
    }

    /// The same for the report, where nothing has stopped.
    pub(super) fn warnings(&self) -> Vec<Diagnostic> {
        let as_warning = |error: Diagnostic| Diagnostic { severity: Severity::Warning, ..error };
        self.errors().into_iter().map(as_warning).collect()
    }
}
