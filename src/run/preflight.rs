//! Looks before data is read: the exports that the job names, its templates, its folders, its fonts and logo. All
//! mistakes at once.

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::job::plan::Plan;
use crate::{draw, ingest, write};

use super::SourceFiles;

/// The files of every source, or everything that is missing.
pub(super) fn look(plan: &Plan) -> Result<SourceFiles, Failure> {
    let mut problems = folders(plan);
    problems.extend(theme(plan));
    let mut files = SourceFiles::new();
    for (index, source) in plan.sources.iter().enumerate() {
        match ingest::find_files(source, &plan.job.input) {
            Ok(found) => drop(files.insert(index, found)),
            Err(failure) => problems.extend(failure.diagnostics),
        }
    }
    if let Err(failure) = write::check_templates(plan) {
        problems.extend(failure.diagnostics);
    }
    if problems.is_empty() { Ok(files) } else { Err(Failure::fixable(problems)) }
}

/// A missing input or templates folder, said once instead of for every file in it.
fn folders(plan: &Plan) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let wanted = [("input", &plan.job.input, true), ("templates", &plan.job.templates, !plan.chapters.is_empty())];
    for (key, folder, needed) in wanted {
        if needed && !folder.is_dir() {
            let at = Location::File { file: folder.display().to_string() };
            let message = format!("there is no folder for `job.{key}`");
            let help = format!("create it, or change `{key}` under [job] in {}", plan.job.file);
            problems.push(Diagnostic::error(Code::NoSuchFile, message, at).help(help));
        }
    }
    problems
}

/// Fonts and logo that are not there, or not what they should be.
fn theme(plan: &Plan) -> Vec<Diagnostic> {
    let at = || Location::File { file: plan.job.file.clone() };
    let told = |(code, key, problem): draw::theme_files::Problem| {
        let help = format!("correct `{key}` under [theme]; its path is relative to the job file");
        Diagnostic::error(code, problem, at()).help(help)
    };
    draw::theme_files::problems(&plan.theme).into_iter().map(told).collect()
}
