//! The analyst's own texts belong to a year: `<texts>/<year>/<room>.md`, or a file of the folder itself whose first line
//! says the year ("År: 2023"). A text of another year is never printed as this year's.
//!
//! In: the folder of texts. Out: which files are this year's, and which wait to be written anew. Never: what stands in a
//! file, but for that first line.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Location, file_name};

/// The files of the year's own folder.
pub(super) fn of_year(folder: &Path, year: i32) -> Vec<PathBuf> {
    markdown(&folder.join(year.to_string()))
}

/// The files of the folder itself, each of the year that it says, or of none.
pub(super) fn of_no_folder(folder: &Path) -> Vec<PathBuf> {
    markdown(folder)
}

/// The latest earlier year that has a folder, with its files.
pub(super) fn of_last_year(folder: &Path, year: i32) -> Vec<PathBuf> {
    let year_of = |path: &PathBuf| path.file_name()?.to_str()?.parse::<i32>().ok();
    let earlier = entries(folder).into_iter().filter(|path| path.is_dir() && year_of(path).is_some_and(|of| of < year));
    earlier.max_by_key(year_of).map(|folder| markdown(&folder)).unwrap_or_default()
}

/// Texts of last year that have no successor yet, and those that say another year or none.
pub(super) fn to_write_anew(folder: &Path, year: i32) -> Vec<PathBuf> {
    let here = of_year(folder, year);
    let is_written = |text: &PathBuf| here.iter().any(|written| written.file_name() == text.file_name());
    let says_it = |text: &PathBuf| std::fs::read_to_string(text).is_ok_and(|text| said_year(&text).0 == Some(year));
    let waits = of_no_folder(folder).into_iter().filter(|text| !says_it(text));
    of_last_year(folder, year).into_iter().filter(|text| !is_written(text)).chain(waits).collect()
}

/// The year of the folder that a text lies in.
pub(super) fn year_of_folder(text: &Path) -> Option<i32> {
    text.parent()?.file_name()?.to_str()?.parse().ok()
}

/// Markdown files of a folder, which need not be there; none in folders below.
fn markdown(folder: &Path) -> Vec<PathBuf> {
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md") && path.is_file();
    entries(folder).into_iter().filter(is_markdown).collect()
}

/// The year that a text says in its first line, and the text with that line left empty.
pub(super) fn said_year(markdown: &str) -> (Option<i32>, String) {
    let first = markdown.lines().next().unwrap_or_default();
    let year = first.trim().to_lowercase().strip_prefix("år:").and_then(|year| year.trim().parse().ok());
    let rest = if year.is_some() { markdown[first.len()..].to_string() } else { markdown.to_string() };
    (year, rest)
}

/// A text that waits: it is of another year, or of none.
pub(super) fn waiting(file: &Path, of: Option<i32>, year: i32) -> Diagnostic {
    let at = Location::of(file);
    let message = match of {
        Some(of) => say!("run-text-of-another-year", of, year),
        None => say!("run-text-of-no-year", year),
    };
    let name = file_name(file);
    Diagnostic::warning(Code::TextOfAnotherYear, message, at).help(say!("run-write-text-anew", year, name))
}

/// What stands in a folder, by name; nothing in one that is not there.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_may_say_the_year() {
        assert_eq!(said_year("År: 2023\n\nText.\n"), (Some(2023), "\n\nText.\n".to_string()));
        assert_eq!(said_year("år:2023").0, Some(2023));
        for text in ["", "Text.", "År 2023 var svårt.", "År: ett"] {
            assert_eq!(said_year(text), (None, text.to_string()));
        }
    }
}
