//! Which published folder is meant: a folder, a file in one, a job, or whatever was published last.

use std::fs;
use std::path::{Path, PathBuf};

use super::{ASIDE, MANIFEST};
use crate::diagnostic::{Code, Diagnostic, Failure, Location, file_name, nearest};
use crate::job::compile::compile;
use crate::job::load::{job_names, load};

/// The published folder that is meant: a folder, a file in one, or the newest run of a job.
///
/// Errors: `no-such-file`.
pub(crate) fn meant(report: &str) -> Result<PathBuf, Failure> {
    let path = Path::new(report);
    if path.exists() {
        let around = path.ancestors().take(3).find(|folder| folder.join(MANIFEST).is_file());
        // A folder above published ones: `output/analyze`.
        return match around {
            Some(folder) => Ok(folder.to_path_buf()),
            None => newest_below(path).ok_or_else(|| no_report(report, say!("published-report-holds-none"))),
        };
    }
    if let Some(folder) = path.ancestors().take(3).find_map(interrupted) {
        return Ok(folder);
    }
    if report.contains(['/', '\\']) {
        return Err(no_report(report, say!("published-report-is-not-there")));
    }
    newest_of_job(report)
}

/// The newest run below a folder of results: what `trace` means when no report is named.
pub(crate) fn newest(output: &Path) -> Result<PathBuf, Failure> {
    let shown = output.display().to_string();
    newest_below(output).ok_or_else(|| no_report(&shown, say!("published-report-holds-none")))
}

fn newest_of_job(job: &str) -> Result<PathBuf, Failure> {
    let output = match load(job, None).and_then(|loaded| compile(&loaded)) {
        Ok((plan, _)) => plan.job.output.join(&plan.job.name),
        Err(_) => Path::new("output").join(job),
    };
    newest_below(&output).ok_or_else(|| {
        let known = job_names();
        let meant = nearest(job, known.iter().map(String::as_str)).filter(|meant| *meant != job);
        let meant = meant.map_or(String::new(), |meant| say!("published-did-you-mean", meant));
        let message = say!("published-none-of-job", job, meant);
        let at = Location::of(&output);
        let help = say!("published-publish-it-first", job);
        Diagnostic::error(Code::NoSuchFile, message, at).help(help).into()
    })
}

/// The folder whose manifest was written last, of this one and two levels below it.
fn newest_below(folder: &Path) -> Option<PathBuf> {
    let mut found = Vec::new();
    collect(folder, 2, &mut found);
    found.sort();
    let written = |folder: &PathBuf| fs::metadata(folder.join(MANIFEST)).and_then(|manifest| manifest.modified()).ok();
    found.into_iter().max_by_key(written)
}

fn collect(folder: &Path, depth: u8, found: &mut Vec<PathBuf>) {
    if folder.join(MANIFEST).is_file() {
        found.push(folder.to_path_buf());
    }
    let below = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in below.filter(|path| depth > 0 && path.is_dir()) {
        let name = file_name(&path);
        let left = name.strip_prefix('.').and_then(|name| name.strip_suffix(EARLIER));
        match left {
            Some(name) => found.extend(interrupted(&path.with_file_name(name))),
            None if name.starts_with('.') || name.contains(ASIDE) => {}
            None => collect(&path, depth - 1, found),
        }
    }
}

const EARLIER: &str = ".earlier";

/// Where the earlier report lies while a new one takes the place of `target`.
pub(crate) fn earlier(target: &Path) -> PathBuf {
    let name = file_name(target);
    target.with_file_name(format!(".{name}{EARLIER}"))
}

/// The earlier report of a run that died before the new one was in its place, where the system cannot exchange the two;
/// the next run puts it back.
fn interrupted(target: &Path) -> Option<PathBuf> {
    let earlier = earlier(target);
    (!target.exists() && earlier.join(MANIFEST).is_file()).then_some(earlier)
}

fn no_report(report: &str, message: String) -> Failure {
    let at = Location::File { file: report.to_string() };
    Diagnostic::error(Code::NoSuchFile, message, at).help(say!("published-name-report-or-job")).into()
}
