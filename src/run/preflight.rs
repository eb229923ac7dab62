//! Looks before data is read: the exports that the job names, its templates, its folders, its fonts and logo. All
//! mistakes at once.

use std::fs;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::job::plan::Plan;
use crate::write::Texts;
use crate::write::docx::Template;
use crate::{draw, ingest, write};

use super::unread::Unread;
use super::{SourceFiles, texts};

/// What was found before data is read.
pub(super) struct Seen {
    pub(super) files: SourceFiles,
    pub(super) texts: Texts,
    pub(super) warnings: Vec<Diagnostic>,
    /// Sources whose files are not there, in a job that finishes without them.
    pub(super) unread: Unread,
}

/// The files of every source and the analyst's texts, or everything that is missing or wrong.
pub(super) fn look(plan: &Plan) -> Result<Seen, Failure> {
    let mut problems = folders(plan);
    problems.extend(theme(plan));
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
    let (texts, unreadable) = texts::read(plan);
    problems.extend(unreadable);
    let mut warnings = Vec::new();
    match write::check_templates(plan, &texts) {
        Ok(found) => warnings = found,
        Err(failure) => problems.extend(failure.diagnostics),
    }
    if let Err(failure) = word_template(plan) {
        problems.extend(failure.diagnostics);
    }
    if problems.is_empty() { Ok(Seen { files, texts, warnings, unread }) } else { Err(Failure::fixable(problems)) }
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

/// The municipality's own Word template, if the job names one.
pub(super) fn word_template(plan: &Plan) -> Result<Option<Template>, Failure> {
    let Some(path) = &plan.job.reference_docx else { return Ok(None) };
    let name = path.display().to_string();
    if !path.is_file() {
        let message = say!("run-no-word-template");
        let help = say!("run-put-template-there", file = plan.job.file);
        return Err(Diagnostic::error(Code::NoSuchFile, message, Location::File { file: name }).help(help).into());
    }
    let bytes = fs::read(path).map_err(|error| Failure::io(say!("run-reading-word-template"), &name, &error))?;
    Template::read(&bytes, &name).map(Some)
}

/// Fonts and logo that are not there, or not what they should be.
fn theme(plan: &Plan) -> Vec<Diagnostic> {
    let at = || Location::File { file: plan.job.file.clone() };
    let told = |(code, key, problem): draw::theme_files::Problem| {
        let help = say!("run-correct-theme-key", key);
        Diagnostic::error(code, problem, at()).help(help)
    };
    draw::theme_files::problems(&plan.theme).into_iter().map(told).collect()
}
