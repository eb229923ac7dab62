//! Looks before data is read: the exports that the job names, its folders, its templates, texts, fonts and logo. All
//! mistakes at once.

use crate::diagnostic::{Code, Diagnostic, Failure, Location, Severity};
use crate::ingest;
use crate::job::plan::Plan;

use super::beside::{self, Beside};
use super::moment::{self, Moment};
use super::options::SourceFiles;
use super::unread::Unread;

/// What was found before data is read.
pub(super) struct Seen {
    pub(super) files: SourceFiles,
    pub(super) beside: Beside,
    pub(super) warnings: Vec<Diagnostic>,
    /// Sources whose files are not there, in a job that finishes without them.
    pub(super) unread: Unread,
}

/// Looks, and reads the exports, until what was read is what all files held at one moment: that at which the files beside
/// the exports had been read.
pub(super) fn steadily<T>(
    plan: &Plan,
    mut read: impl FnMut(&Seen) -> Result<T, Failure>,
) -> Result<(Seen, T), Failure> {
    moment::steadily(|| {
        let (moment, seen) = look(plan)?;
        let found = read(&seen);
        Ok((moment, found.map(|found| (seen, found))))
    })
}

/// The exports as they stood before anything was read, the files of every source and what stands beside them; or
/// everything that is missing or wrong.
fn look(plan: &Plan) -> Result<(Moment, Seen), Failure> {
    let mut problems = folders(plan);
    let mut files = SourceFiles::new();
    let mut unread = Unread::default();
    for (index, source) in plan.sources.iter().enumerate() {
        match ingest::find_files(source, &plan.job.input) {
            Ok(found) => drop(files.insert(index, found)),
            Err(failure) => match unread.add(plan, index, failure) {
                Ok(()) => drop(files.insert(index, Vec::new())),
                Err(failure) => problems.extend(failure.diagnostics),
            },
        }
    }
    let moment = Moment::of(files.values().flatten());
    let (beside, told) = beside::read(plan)?;
    let (errors, warnings): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.severity == Severity::Error);
    problems.extend(errors);
    if !problems.is_empty() {
        return Err(Failure::fixable(problems));
    }
    Ok((moment, Seen { files, beside, warnings, unread }))
}

/// A missing input or templates folder, said once instead of for every file in it.
fn folders(plan: &Plan) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let wanted = [("input", &plan.job.input, true), ("templates", &plan.job.templates, !plan.chapters.is_empty())];
    for (key, folder, needed) in wanted {
        if needed && !folder.is_dir() {
            let at = Location::File { file: folder.display().to_string() };
            let message = say!("run-no-folder-for-key", key);
            let help = say!("run-create-folder-or-change-key", key, file = plan.job.file);
            problems.push(Diagnostic::error(Code::NoSuchFile, message, at).help(help));
        }
    }
    problems
}
