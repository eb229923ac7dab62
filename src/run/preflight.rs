//! Looks before data is read: the exports that the job names, its folders, its templates, texts, fonts and logo. All
//! mistakes at once.

use crate::diagnostic::{Code, Diagnostic, Failure, Location, Severity};
use crate::ingest;
use crate::job::plan::Plan;

use super::beside::{self, Beside};
use super::moment::{self, Moment};
use super::options::SourceFiles;
use super::unread::Unread;
use super::{delivered, own_texts};

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
    problems.extend(delivered::of_another_year(plan, &files));
    let (beside, mut told) = beside::read(plan)?;
    told.extend(delivered::read_twice(plan, &files));
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
            let at = Location::of(folder);
            let message = say!("run-no-folder-for-key", key);
            let help = say!("run-create-folder-or-change-key", key, file = plan.job.file);
            problems.push(Diagnostic::error(Code::NoSuchFile, message, at).help(help));
        }
    }
    problems
}

/// What has come of a job's files, a line each: for whoever begins a year.
#[derive(Debug, Clone, Default)]
pub struct Arrivals {
    /// Title of a source with the names of its files.
    pub came: Vec<String>,
    /// Title of a source with the names or patterns that no file matches.
    pub missing: Vec<String>,
    /// Names of exports that no source reads.
    pub not_read: Vec<String>,
    /// Own texts that are to be written anew.
    pub texts: Vec<String>,
}

/// Looks for the files of every source; nothing is read, and nothing that is missing is a mistake.
pub fn arrivals(plan: &Plan) -> Arrivals {
    let (mut files, mut arrivals) = (SourceFiles::new(), Arrivals::default());
    for (index, source) in plan.sources.iter().enumerate() {
        let found = ingest::find_files(source, &plan.job.input).unwrap_or_default();
        let names = found.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        let (told, names) = if found.is_empty() {
            (&mut arrivals.missing, source.files.clone())
        } else {
            (&mut arrivals.came, names.collect())
        };
        let line = format!("{}: {}", source.title, names.join(", "));
        // A file that several sources read comes once.
        if !told.contains(&line) {
            told.push(line);
        }
        files.insert(index, found);
    }
    arrivals.not_read = delivered::not_read(&files);
    let texts = own_texts::to_write_anew(&plan.job.texts, plan.job.year);
    arrivals.texts = texts.iter().map(|text| text.display().to_string()).collect();
    arrivals
}

/// The analyst's own texts that lie in no year's folder and say no year.
pub fn texts_of_no_year(plan: &Plan) -> Vec<std::path::PathBuf> {
    let says_none = |path: &std::path::PathBuf| {
        std::fs::read_to_string(path).is_ok_and(|text| own_texts::said_year(&text).0.is_none())
    };
    own_texts::of_no_folder(&plan.job.texts).into_iter().filter(says_none).collect()
}
