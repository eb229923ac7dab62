//! `kvalis diff`: two published runs, number by number.

use std::path::{Path, PathBuf};

use super::args::Global;
use super::run::plan;
use super::{json, print};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::diff;
use crate::run::{RunOptions, folder};

/// What to compare and where to show it.
pub(super) struct Asked<'a> {
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    pub(super) year: Option<i32>,
    pub(super) html: Option<&'a Path>,
    pub(super) all: bool,
}

pub(super) fn diff(asked: &Asked<'_>, global: &Global) -> Result<(), Failure> {
    let comparison = diff::compare(&published(asked.old)?, &published(asked.new)?, asked.year)?;
    if let Some(file) = asked.html {
        let page = diff::page(&comparison);
        std::fs::write(file, page)
            .map_err(|error| Failure::io(say!("diagnostic-writing"), &file.display().to_string(), &error))?;
    }
    match (global.json, global.quiet) {
        (true, _) => print::result(&json::line(&diff::json(&comparison))),
        (false, true) => print::result(&diff::summary(&comparison)),
        (false, false) => print::result(&diff::text(&comparison, asked.all)),
    }
}

/// The folder that is meant: a folder that is there, or the results of a job, `analyze`, or of one of its years,
/// `analyze/2022`.
fn published(name: &str) -> Result<PathBuf, Failure> {
    if Path::new(name).is_dir() {
        return Ok(PathBuf::from(name));
    }
    let dated = name.rsplit_once('/').and_then(|(job, year)| Some((job, year.parse::<i32>().ok()?)));
    let (job, year) = dated.map_or((name, None), |(job, year)| (job, Some(year)));
    let (plan, _) = plan(job, year).map_err(|failure| or_a_folder(failure, name))?;
    Ok(folder(&plan, &RunOptions::default()))
}

/// Whoever meant a folder is told that there is none.
fn or_a_folder(failure: Failure, name: &str) -> Failure {
    let told = |diagnostic: Diagnostic| match diagnostic.code {
        Code::NoSuchFile => diagnostic.more(say!("cli-diff-no-folder-either", name)),
        _ => diagnostic,
    };
    Failure { diagnostics: failure.diagnostics.into_iter().map(told).collect(), ..failure }
}
