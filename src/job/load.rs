//! Reads a job file and checks its form: `pipelines/<job>.toml`, or a path.
//!
//! In: what the user calls the job. Out: [`LoadedJob`], in which every key is known, present and of its type; or every
//! mistake of form at once. Never: references between tables (`compile`).

use std::path::Path;

use super::relative;
use super::schema;
use super::spec::JobSpec;
use crate::diagnostic::{Code, Diagnostic, Failure, Location, nearest};
use crate::vocabulary::checks::YEARS;
use crate::vocabulary::document::{self, Node, NodeValue};
use crate::vocabulary::spans::SpanIndex;

/// A job file of the right form, and where everything stands in it.
#[derive(Debug, Clone)]
pub struct LoadedJob {
    /// The file's stem.
    pub name: String,
    /// The path as messages show it.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// The file as typed tables.
    pub spec: JobSpec,
    /// Where each key and value stands in the text.
    pub spans: SpanIndex,
}

/// Folder in which jobs are looked up by name.
pub const FOLDER: &str = "pipelines";

/// Loads `pipelines/<job>.toml`, or the file itself if `job` is a path (it ends in `.toml` or has a separator).
///
/// `year`: the year to report on instead of the file's.
///
/// Errors: `no-such-file`, `unreadable-file`, `toml-syntax`, `unknown-key`, `missing-key`, `wrong-type`, `bad-value`.
pub fn load(job: &str, year: Option<i32>) -> Result<LoadedJob, Failure> {
    let is_path = job.ends_with(".toml") || job.contains(['/', '\\']);
    let file = if is_path { job.to_string() } else { format!("{FOLDER}/{job}.toml") };
    let bytes = std::fs::read(&file).map_err(|error| unreadable(job, &file, is_path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&file, &error))?;
    load_text(&file, text, year)
}

/// Loads a job from its text; `file` gives the name and the place in messages.
pub fn load_text(file: &str, text: String, year: Option<i32>) -> Result<LoadedJob, Failure> {
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_string);
    let mut document = document::parse(&text, file).map_err(Failure::fixable)?;
    if let Some(year) = year {
        override_year(&mut document, year)?;
    }
    relative::resolve(&mut document, file).map_err(Failure::fixable)?;
    let mistakes = schema::check(&document, schema::job_schema(), file);
    if !mistakes.is_empty() {
        return Err(Failure::fixable(mistakes));
    }
    let name = Path::new(file).file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
    let spec = deserialised(&document)?;
    Ok(LoadedJob { name, file: file.to_string(), spans: SpanIndex::of(&document), text, spec })
}

/// Puts the command line's year into the file; one that says none is told by the schema.
fn override_year(document: &mut Node, year: i32) -> Result<(), Failure> {
    if !YEARS.contains(&year) {
        let range = say!("job-from-to", first = YEARS.start(), last = YEARS.end());
        let message = say!("job-year-option-must-be", range, year);
        return Err(Diagnostic::error(Code::BadValue, message, Location::Nowhere).into());
    }
    if let Some(said) = document.at_mut(&["job", "period", "year"]) {
        said.value = NodeValue::Integer(year.into());
    }
    Ok(())
}

fn deserialised(document: &Node) -> Result<JobSpec, Failure> {
    serde_json::from_value(document.to_json())
        .map_err(|error| Failure::internal(format!("the schema accepts a job file that the loader refuses: {error}")))
}

fn unreadable(job: &str, file: &str, is_path: bool, error: &std::io::Error) -> Failure {
    if error.kind() != std::io::ErrorKind::NotFound {
        return Failure::io(say!("job-reading-job-file"), file, error);
    }
    let at = Location::File { file: file.to_string() };
    let known = job_names();
    // "analyze.toml" is a path, and the job of that name was meant.
    let name = job.strip_suffix(".toml").filter(|name| known.iter().any(|known| known == name));
    if let Some(name) = name {
        let help = say!("job-is-named-by-name", name);
        return Diagnostic::error(Code::NoSuchFile, say!("job-no-job", job), at).help(help).into();
    }
    let here = format!("{job}.toml");
    if Path::new(&here).is_file() {
        return Diagnostic::error(Code::NoSuchFile, say!("job-no-job", job), at)
            .help(say!("job-lies-here", here))
            .into();
    }
    let known = if is_path { Vec::new() } else { known };
    let meant = nearest(job, known.iter().map(String::as_str));
    let message = match meant {
        Some(meant) => say!("job-no-job-did-you-mean", job, meant),
        None => say!("job-no-job", job),
    };
    let help = match known.as_slice() {
        [] => say!("job-run-in-folder-holds-or", folder = FOLDER),
        known => say!("job-jobs-in", folder = FOLDER, known = known.join(", ")),
    };
    Diagnostic::error(Code::NoSuchFile, message, at).help(help).into()
}

/// Names of the jobs in `pipelines/`, sorted.
pub fn job_names() -> Vec<String> {
    let entries = std::fs::read_dir(FOLDER).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".toml")?.to_string())).collect();
    names.sort();
    names
}

fn not_utf8(file: &str, error: &std::string::FromUtf8Error) -> Failure {
    let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = valid.iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
    let start = valid.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1);
    let column = String::from_utf8_lossy(&valid[start..]).chars().count() as u32 + 1;
    let at = Location::JobFile { file: file.to_string(), line, column };
    Diagnostic::error(Code::UnreadableFile, say!("job-job-file-is-not-utf"), at)
        .help(say!("job-save-utf-8-in-editor"))
        .into()
}
