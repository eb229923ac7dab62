//! Reads the analyst's own texts: the Markdown files of one folder beside the job.
//!
//! In: the folder that the job names, which need not be there. Out: [`Texts`] by file stem. Only files that end in `.md`
//! are looked at, none in folders below.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::job::plan::Plan;
use crate::write::{Text, Texts};

/// Larger than any text of a report: a file of this size is something else.
const BYTES_MOST: u64 = 4 << 20;

/// The texts, and what is wrong with files that cannot be read.
pub(super) fn read(plan: &Plan) -> (Texts, Vec<Diagnostic>) {
    let folder = &plan.job.texts;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut texts = Texts { folder: name, ..Texts::default() };
    let mut problems = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return (texts, problems) };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md") && path.is_file());
    paths.sort();
    for path in paths {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        match text(&path) {
            Ok(text) => drop(texts.by_stem.insert(stem, text)),
            Err(problem) => problems.push(*problem),
        }
    }
    (texts, problems)
}

fn text(path: &Path) -> Result<Text, Box<Diagnostic>> {
    let file = path.display().to_string();
    let unreadable = |message: String, help: String| {
        let at = Location::File { file: file.clone() };
        Box::new(Diagnostic::error(Code::UnreadableFile, message, at).help(help))
    };
    let bytes = std::fs::metadata(path).map_or(0, |meta| meta.len());
    if bytes > BYTES_MOST {
        return Err(unreadable(say!("run-text-is-too-large"), say!("run-is-it-a-text-of-the-report")));
    }
    match std::fs::read_to_string(path) {
        Ok(markdown) => {
            let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(&markdown).to_string();
            Ok(Text { file: file.clone(), markdown })
        }
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(unreadable(say!("run-text-is-not-utf-8"), say!("run-save-as-utf-8")))
        }
        Err(error) => Err(unreadable(say!("run-text-cannot-be-read", error), String::new())),
    }
}
