//! Which files a source reads, and what each of them really is.
//!
//! In: file names and patterns, the input folder. Out: paths in file-name order, and [`Input`]s whose kind is told by
//! their first bytes and their name together. Never opens anything over a network, nor reads more of a file than these bytes
//! but to digest it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, file_name};
use crate::domain::personal_data::mask_label;
use crate::vocabulary::limits::Over;
use crate::vocabulary::plan::SourcePlan;

/// Entries of folders that a pattern with `**` may look at.
const FARTHEST: usize = 100_000;

/// How a file is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Delimited,
    Workbook(WorkbookKind),
    /// A saved answer of Kolada's API.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkbookKind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl WorkbookKind {
    fn by(ending: &str) -> Option<WorkbookKind> {
        match ending {
            "xlsx" | "xlsm" => Some(WorkbookKind::Xlsx),
            "xlsb" => Some(WorkbookKind::Xlsb),
            "xls" => Some(WorkbookKind::Xls),
            "ods" => Some(WorkbookKind::Ods),
            _ => None,
        }
    }
}

impl FileKind {
    /// Whether one reader takes files of both kinds, one after the other.
    pub(super) fn is_read_with(self, other: FileKind) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// A file to be read.
#[derive(Debug, Clone)]
pub(super) struct Input {
    /// Index into the source's files in name order.
    pub index: u32,
    pub path: PathBuf,
    /// Base name, masked: it is printed and stored with every row.
    pub name: Arc<str>,
    pub kind: FileKind,
}

impl Input {
    /// The file as a person opens it, for messages.
    pub(super) fn shown(&self) -> String {
        shown(&self.path)
    }

    pub(super) fn location(&self) -> Location {
        Location::File { file: self.shown() }
    }

    /// Bytes of a file that is read twice, and their digest as hex.
    pub(super) fn digest(&self) -> Result<(u64, String), Failure> {
        let io = |error| Failure::io(say!("diagnostic-reading"), &self.shown(), &error);
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(&self.path).map_err(io)?).map_err(io)?;
        Ok((hasher.count(), hasher.finalize().to_hex().to_string()))
    }
}

/// The files of a source, in the order of their names (then of their folders), each once.
///
/// In: names or glob patterns relative to `input`. Errors: `no-such-file` for a pattern without a match, `bad-value` for
/// what looks like a web address, `unreadable-file` for a folder; all of the source's patterns are tried first.
pub(crate) fn find_files(source: &SourcePlan, input: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for pattern in &source.files {
        match matches_of(pattern, input, &source.name) {
            Ok(found) => files.extend(found),
            Err(problem) if source.optional && is_absence(&problem) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(failure) = Failure::joined(problems) {
        return Err(failure);
    }
    files.sort_by(|one, other| one.file_name().cmp(&other.file_name()).then_with(|| one.cmp(other)));
    files.dedup();
    if files.len() as u64 > source.limits.files {
        let message = say!("ingest-source-has-so-many-files", source = source.name, count = files.len());
        return Err(Over { message, key: "files" }.at(Location::of(input)));
    }
    Ok(files)
}

/// True when nothing else is wrong than that no file is there.
fn is_absence(problem: &Failure) -> bool {
    problem.diagnostics.iter().all(|diagnostic| diagnostic.code == Code::NoSuchFile)
}

fn matches_of(pattern: &str, input: &Path, source: &str) -> Result<Vec<PathBuf>, Failure> {
    let key = say!("ingest-files-under-source", source);
    if pattern.contains("://") {
        let message = say!("ingest-looks-like-web-address-only", pattern);
        return Err(Diagnostic::error(Code::BadValue, message, Location::Nowhere)
            .help(say!("ingest-save-export-in-input-folder", key))
            .into());
    }
    let path = input.join(pattern);
    let metadata = std::fs::metadata(&path);
    if let Err(error) = &metadata
        && !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename | ErrorKind::InvalidInput)
    {
        // There, and not to be read: that is not the same as not delivered.
        return Err(Failure::io(say!("diagnostic-opening"), &shown(&path), error));
    }
    if path.is_dir() {
        let message = say!("ingest-is-folder-not-file", pattern);
        return Err(Diagnostic::error(Code::UnreadableFile, message, Location::File { file: shown(&path) })
            .help(say!("ingest-write-pattern-in", folder = pattern.trim_end_matches('/'), key))
            .into());
    }
    let mut found = if metadata.is_ok() { vec![path.clone()] } else { glob_files(&path, pattern, &key)? };
    found.retain(|path| !is_lock_file(path));
    if found.is_empty() {
        let message = say!("ingest-no-file-matches", pattern);
        let near = name_beside(&path);
        let help = near.map_or_else(
            || say!("ingest-put-export-there-or-correct", key),
            |near| say!("ingest-beside-it-lies", near, key),
        );
        return Err(Diagnostic::error(Code::NoSuchFile, message, Location::File { file: shown(&path) })
            .help(help)
            .into());
    }
    Ok(found)
}

/// A file that lies where another was looked for and is called almost so: saved with another ending, or once more.
pub(crate) fn name_beside(path: &Path) -> Option<String> {
    let wanted = path.file_stem()?.to_string_lossy().to_lowercase();
    let is_it = |found: &PathBuf| {
        let stem = found.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let rest = stem.strip_prefix(&wanted).map(str::trim_start);
        found.is_file()
            && !is_lock_file(found)
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', '-']))
    };
    let mut beside: Vec<PathBuf> = path.parent()?.read_dir().ok()?.flatten().map(|entry| entry.path()).collect();
    beside.sort();
    beside.into_iter().find(is_it).map(|found| mask_label(&file_name(&found)).into_owned())
}

/// The files that a name on the command line means: where no shell has filled in a pattern (Windows), it is done here.
pub(crate) fn filled_in(name: &Path) -> Vec<PathBuf> {
    let matched = if name.exists() { None } else { glob::glob(&name.to_string_lossy()).ok() };
    let found = matched.into_iter().flatten().flatten().filter(|path| path.is_file() && !is_lock_file(path));
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    if found.is_empty() { vec![name.to_path_buf()] } else { found }
}

/// Only files, never folders; the input folder itself may hold characters that mean something in a pattern.
fn glob_files(path: &Path, pattern: &str, key: &str) -> Result<Vec<PathBuf>, Failure> {
    let folder = path.to_string_lossy();
    let folder = folder.strip_suffix(pattern).map_or(String::new(), glob::Pattern::escape);
    let full = format!("{folder}{pattern}");
    let options = glob::MatchOptions { case_sensitive: true, require_literal_separator: true, ..Default::default() };
    let paths = glob::glob_with(&full, options).map_err(|error| {
        let message = say!("ingest-is-not-file-pattern", pattern, why = error.msg);
        Failure::from(
            Diagnostic::error(Code::BadValue, message, Location::Nowhere).help(say!("ingest-correct-key", key)),
        )
    })?;
    within_reach(&full)?;
    told_by_name(path, pattern)?;
    let found =
        paths.map(|path| path.map_err(|error| unreadable(&error))).collect::<Result<Vec<PathBuf>, Failure>>()?;
    Ok(found.into_iter().filter(|path| path.is_file()).collect())
}

fn unreadable(error: &glob::GlobError) -> Failure {
    Failure::io(say!("diagnostic-opening"), &shown(error.path()), error.error())
}

/// A pattern over all folders below one may not search the whole disk.
fn within_reach(full: &str) -> Result<(), Failure> {
    let Some((root, _)) = full.split_once("**") else { return Ok(()) };
    let (mut folders, mut seen) = (vec![PathBuf::from(root)], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            seen += 1;
            // A link to a folder is not followed, here as there.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            }
        }
        if seen > FARTHEST {
            let message = say!("ingest-pattern-searches-too-much", pattern = full, most = FARTHEST);
            let problem = Diagnostic::error(Code::BadValue, message, Location::of(Path::new(root)));
            return Err(problem.help(say!("ingest-name-the-folder-in-the-pattern")).into());
        }
    }
    Ok(())
}

/// A pattern finds only names that are text: one that is none, and would fit, is told and not passed over.
fn told_by_name(path: &Path, pattern: &str) -> Result<(), Failure> {
    let name = pattern.rsplit('/').next().and_then(|name| glob::Pattern::new(name).ok());
    let (Some(folder), Some(name)) = (path.parent(), name) else { return Ok(()) };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut nameless = entries.filter(|entry| entry.to_str().is_none() && name.matches(&entry.to_string_lossy()));
    nameless.next().map_or(Ok(()), |entry| {
        let at = Location::of(&folder.join(entry));
        let problem = Diagnostic::error(Code::UnreadableFile, say!("ingest-name-is-not-utf-8"), at);
        Err(problem.help(say!("ingest-rename-the-file")).into())
    })
}

/// Office's own mark of an open file (`~$avvikelser.xlsx`), which a pattern like `*.xlsx` would catch.
fn is_lock_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with("~$") || name.starts_with(".~lock.")
    })
}

/// A path for messages: logs are kept, so a personnummer in a file's name does not stand in them.
fn shown(path: &Path) -> String {
    let name = file_name(path);
    match mask_label(&name) {
        Cow::Borrowed(_) => path.display().to_string(),
        Cow::Owned(masked) => path.with_file_name(masked).display().to_string(),
    }
}

/// Tells the kind of every file, or all that is wrong with them.
pub(super) fn identify(files: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::with_capacity(files.len());
    let mut problems = Vec::new();
    for (index, path) in files.iter().enumerate() {
        match kind_of(path) {
            Ok(kind) => {
                let name = file_name(path);
                let name = mask_label(&name).into_owned();
                let index = u32::try_from(index).map_err(|_| Failure::internal("more than 4 294 967 295 files"))?;
                inputs.push(Input { index, path: path.clone(), name: name.into(), kind });
            }
            Err(failure) => problems.push(failure),
        }
    }
    match Failure::joined(problems) {
        Some(failure) => Err(failure),
        None => Ok(inputs),
    }
}

/// What the first bytes of a file say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    Empty,
    Zip,
    /// The container of xls, and of every Office file with a password.
    Ole,
    Pdf,
    Html,
    Xml,
    /// A picture, a program, a compressed file: nothing that holds rows.
    Binary,
    Text,
}

fn kind_of(path: &Path) -> Result<FileKind, Failure> {
    let at = Location::File { file: shown(path) };
    let meta = std::fs::metadata(path).map_err(|error| cannot_open(path, &error))?;
    if meta.is_dir() {
        let problem = Diagnostic::error(Code::UnreadableFile, say!("ingest-this-is-folder-not-file"), at);
        return Err(problem.help(say!("ingest-name-files-in-with-pattern")).into());
    }
    if !meta.is_file() {
        let problem = Diagnostic::error(Code::UnreadableFile, say!("ingest-this-is-no-ordinary-file"), at);
        return Err(problem.help(say!("ingest-export-to-a-file")).into());
    }
    let mut start = Vec::with_capacity(4096);
    let file = File::open(path).map_err(|error| cannot_open(path, &error))?;
    file.take(4096)
        .read_to_end(&mut start)
        .map_err(|error| Failure::io(say!("diagnostic-reading"), &shown(path), &error))?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    kind_by(&ending, looks_of(&start))
        .map_err(|refusal| Diagnostic::error(refusal.code, refusal.message, at).help(refusal.help).into())
}

fn cannot_open(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() != std::io::ErrorKind::NotFound {
        return Failure::io(say!("diagnostic-opening"), &shown(path), error);
    }
    let at = Location::File { file: shown(path) };
    Diagnostic::error(Code::NoSuchFile, say!("ingest-there-is-no-such-file"), at)
        .help(say!("ingest-put-export-there"))
        .into()
}

fn looks_of(start: &[u8]) -> Looks {
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let begins = |tag: &[u8]| text.len() >= tag.len() && text[..tag.len()].eq_ignore_ascii_case(tag);
    if start.is_empty() {
        Looks::Empty
    } else if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        Looks::Zip
    } else if start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Looks::Ole
    } else if start.starts_with(b"%PDF") {
        Looks::Pdf
    } else if [&b"<!doctype html"[..], b"<html", b"<table", b"<head", b"<body"].iter().any(|tag| begins(tag)) {
        Looks::Html
    } else if begins(b"<?xml") {
        Looks::Xml
    } else if [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"\x7FELF", b"MZ\x90\0", b"\x1F\x8B", b"7z\xBC\xAF", b"Rar!"]
        .iter()
        .any(|magic| start.starts_with(magic))
    {
        Looks::Binary
    } else {
        Looks::Text
    }
}

/// Why a file is not read, and what to do.
#[derive(Debug, PartialEq)]
struct Refusal {
    code: Code,
    message: String,
    help: String,
}

fn kind_by(ending: &str, looks: Looks) -> Result<FileKind, Refusal> {
    let delimited = matches!(ending, "csv" | "tsv" | "tab" | "txt" | "skv");
    let unsupported = |message, help| Err(Refusal { code: Code::UnsupportedFormat, message, help });
    match (looks, WorkbookKind::by(ending)) {
        (Looks::Empty, _) => Err(Refusal {
            code: Code::UnreadableFile,
            message: say!("ingest-file-is-empty"),
            help: say!("ingest-export-again"),
        }),
        (Looks::Pdf, _) => unsupported(say!("ingest-file-is-really-pdf"), say!("ingest-export-data-xlsx-or-csv")),
        (Looks::Binary, _) => {
            unsupported(say!("ingest-file-is-neither-workbook-nor"), say!("ingest-export-data-xlsx-or-csv-unpack"))
        }
        (Looks::Zip, Some(WorkbookKind::Xls)) => Ok(FileKind::Workbook(WorkbookKind::Xlsx)),
        (Looks::Zip, Some(kind)) => Ok(FileKind::Workbook(kind)),
        (Looks::Ole, Some(_)) => Ok(FileKind::Workbook(WorkbookKind::Xls)),
        (Looks::Html, Some(_)) => {
            unsupported(say!("ingest-named-workbook-but-web-page"), say!("ingest-save-as-xlsx-in-excel"))
        }
        (Looks::Xml, Some(_)) => {
            unsupported(say!("ingest-named-workbook-but-xml"), say!("ingest-save-as-xlsx-in-excel"))
        }
        (Looks::Text, Some(_)) => unsupported(say!("ingest-named-workbook-but-text"), say!("ingest-rename-to-csv")),
        (Looks::Zip | Looks::Ole, None) if delimited => {
            unsupported(say!("ingest-named-text-but-workbook"), say!("ingest-rename-to-workbook"))
        }
        (Looks::Html | Looks::Xml, None) if delimited => {
            unsupported(say!("ingest-named-csv-but-web-page"), say!("ingest-log-in-and-export-again"))
        }
        (_, None) if delimited => Ok(FileKind::Delimited),
        (Looks::Text, None) if ending == "json" => Ok(FileKind::Json),
        (Looks::Html | Looks::Xml, None) if ending == "json" => {
            unsupported(say!("ingest-named-json-but-web-page"), say!("ingest-save-answer-again-error-page"))
        }
        _ => unsupported(say!("ingest-ending-is-unknown"), say!("ingest-export-data-xlsx-or-csv")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_that_is_really_a_web_page_is_named_for_what_it_is() {
        let refused = kind_by("xlsx", looks_of(b"\xEF\xBB\xBF \n<HTML><table>")).expect_err("html");
        assert!(refused.message.contains("web page"), "{}", refused.message);
    }

    #[test]
    fn a_workbook_that_is_really_csv_is_named_for_what_it_is() {
        let refused = kind_by("xlsx", looks_of(b"Nr;Datum\r\n1;2023-01-01")).expect_err("csv");
        assert!(refused.message.contains("really text"), "{}", refused.message);
    }

    #[test]
    fn an_xls_that_is_a_zip_is_read_as_xlsx_and_the_other_way_round() {
        assert_eq!(kind_by("xls", Looks::Zip), Ok(FileKind::Workbook(WorkbookKind::Xlsx)));
        assert_eq!(kind_by("xlsx", Looks::Ole), Ok(FileKind::Workbook(WorkbookKind::Xls)));
    }

    #[test]
    fn empty_files_archives_and_unknown_endings_are_refused() {
        assert!(kind_by("csv", looks_of(b"")).is_err());
        assert!(kind_by("csv", looks_of(b"PK\x03\x04rest")).is_err());
        assert!(kind_by("xml", looks_of(b"{}")).is_err());
        assert_eq!(kind_by("json", looks_of(b"{}")), Ok(FileKind::Json));
        assert!(kind_by("txt", looks_of(b"%PDF-1.7")).is_err());
        assert_eq!(kind_by("skv", looks_of(b"a;b")), Ok(FileKind::Delimited));
    }

    #[test]
    fn a_pattern_over_all_folders_stays_within_reach() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for number in 0..3 {
            std::fs::create_dir_all(folder.path().join(format!("{number}/{number}"))).expect("made");
        }
        let inside = format!("{}/**/*.csv", folder.path().display());
        assert!(within_reach(&inside).is_ok());
        let failure = within_reach("/**/*.csv").expect_err("the whole disk");
        assert!(failure.diagnostics[0].message.contains("more than 100000"), "{}", failure.diagnostics[0].message);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_whose_name_is_no_text_and_one_that_leads_in_a_circle_are_told() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let plan = |pattern: &str| {
            let plan = crate::ingest::tests::source_of_files(&[pattern]);
            SourcePlan { optional: true, ..plan }
        };
        std::fs::write(folder.path().join("a.csv"), "x").expect("written");
        let bad = std::ffi::OsStr::from_bytes(b"\xE5r.csv");
        std::fs::write(folder.path().join(bad), "x").expect("written");
        let code = |pattern: &str| find_files(&plan(pattern), folder.path()).map_err(|told| told.diagnostics[0].code);
        assert_eq!(code("*.csv"), Err(Code::UnreadableFile));
        assert_eq!(code("a*.csv").map(|found| found.len()), Ok(1));
        std::os::unix::fs::symlink("circle.csv", folder.path().join("circle.csv")).expect("linked");
        assert_eq!(code("circle.csv"), Err(Code::Io));
        assert_eq!(code("nothing.csv").map(|found| found.len()), Ok(0));
    }

    #[test]
    fn files_come_in_name_order_whatever_folder_and_pattern_found_them() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["b.csv", "a.csv", "~$a.csv", "[x].csv"] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        std::fs::create_dir(folder.path().join("c.csv")).expect("made");
        let plan = |patterns: &[&str]| crate::ingest::tests::source_of_files(patterns);
        let names = |patterns: &[&str]| -> Vec<String> {
            let found = find_files(&plan(patterns), folder.path()).expect("found");
            found.iter().map(|path| path.file_name().expect("named").to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(&["*.csv", "a.csv"]), ["[x].csv", "a.csv", "b.csv"]);
        assert_eq!(names(&["[x].csv"]), ["[x].csv"]);
        let failure = find_files(&plan(&["c.csv", "d*.csv", "https://x.se/a.csv"]), folder.path()).expect_err("three");
        let codes: Vec<Code> = failure.diagnostics.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::UnreadableFile, Code::NoSuchFile, Code::BadValue]);
    }
}
