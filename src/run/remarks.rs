//! What a run has to say beside its numbers, by who is to read it.

use crate::diagnostic::Diagnostic;

/// Warnings in the order in which they were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Remarks(Vec<(Reader, Diagnostic)>);

/// Who reads a warning. The terminal, `--json` and the manifest's number have all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// Stands in the report's appendix.
    Report,
    /// Concerns how the report was made: for whoever runs the job.
    Analyst,
}

impl Remarks {
    pub(super) fn of_report(&mut self, warnings: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(warnings.into_iter().map(|warning| (Reader::Report, warning)));
    }

    pub(super) fn of_analyst(&mut self, warnings: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(warnings.into_iter().map(|warning| (Reader::Analyst, warning)));
    }

    /// What the report prints.
    pub(super) fn printed(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter(|(reader, _)| *reader == Reader::Report).map(|(_, warning)| warning)
    }

    pub(super) fn all(&self) -> Vec<Diagnostic> {
        self.0.iter().map(|(_, warning)| warning.clone()).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
