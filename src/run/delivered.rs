//! Are the files that were found those of this year's delivery, and is every one of them read?
//!
//! In: the plan and the files of each source. Out: what is wrong with them, by name. Judged by names and digests alone:
//! no file is opened. A file that the job names in full is meant, whatever it is called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::options::SourceFiles;
use super::own_texts::entries;
use crate::diagnostic::{Code, Diagnostic, Location, file_name};
use crate::domain::balance::{Balance, Fate};
use crate::job::plan::Plan;
use crate::vocabulary::plan::SourcePlan;
use crate::write::InputFile;

/// Fewer repeated rows than these are slips, and no overlap of files.
const FEWEST_REPEATED: u64 = 10;

/// Endings of what could be an export.
const EXPORTS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsb", "xls", "ods", "json"];

/// Files that a pattern has caught and that are of another year by their name: last year's, still in the folder. Sources
/// with dates may have them, for they are placed by their dates.
pub(super) fn of_another_year(plan: &Plan, files: &SourceFiles) -> Vec<Diagnostic> {
    let undated = |(index, _): &(&usize, &Vec<PathBuf>)| plan.sources[**index].period_date.is_none();
    let found = files.iter().filter(undated).flat_map(|(index, paths)| {
        let source = &plan.sources[*index];
        let stray = move |path: &&PathBuf| is_by_pattern(source, path) && says_another_year(path, plan.job.year);
        paths.iter().filter(stray).map(move |path| (source, path))
    });
    let told = found.map(|(source, path)| {
        let message = say!("run-file-of-another-year", source = source.name, year = plan.job.year);
        let help = say!("run-take-file-away-or-name-it", key = format!("[source.{}]", source.name));
        Diagnostic::error(Code::FileOfAnotherYear, message, Location::of(path)).help(help)
    });
    told.collect()
}

/// Files that two sources read, one of them by a pattern: it may have caught more than was meant.
pub(super) fn read_twice(plan: &Plan, files: &SourceFiles) -> Vec<Diagnostic> {
    let mut readers: BTreeMap<&Path, Vec<&SourcePlan>> = BTreeMap::new();
    for (index, paths) in files {
        paths.iter().for_each(|path| readers.entry(path).or_default().push(&plan.sources[*index]));
    }
    let caught =
        readers.iter().filter(|(path, by)| by.len() > 1 && by.iter().any(|source| is_by_pattern(source, path)));
    let told = caught.map(|(path, by)| {
        let names: Vec<&str> = by.iter().map(|source| source.name.as_str()).collect();
        let message = say!("run-file-of-two-sources", names = names.join(", "));
        Diagnostic::warning(Code::FileReadTwice, message, Location::of(path)).help(say!("run-narrow-the-pattern"))
    });
    told.collect()
}

/// Exports that lie beside those of the job and that no source reads, by name.
pub(super) fn not_read(files: &SourceFiles) -> Vec<String> {
    let read: BTreeSet<&Path> = files.values().flatten().map(PathBuf::as_path).collect();
    let folders: BTreeSet<&Path> = read.iter().filter_map(|path| path.parent()).collect();
    let beside = folders.into_iter().flat_map(entries).filter(|path| is_export(path) && !read.contains(path.as_path()));
    beside.map(|path| file_name(&path)).collect()
}

/// The same as a warning, for whoever checks a job.
pub(super) fn not_read_told(plan: &Plan, files: &SourceFiles) -> Option<Diagnostic> {
    let names = not_read(files);
    let (count, listed) = (names.len(), names.join(", "));
    let message = say!("run-files-that-no-source-reads", count, names = listed);
    (count > 0).then(|| {
        Diagnostic::warning(Code::FileNotRead, message, Location::of(&plan.job.input))
            .help(say!("run-name-file-under-a-source"))
    })
}

/// Files of one source that hold the same, byte by byte, under two names.
pub(super) fn the_same(inputs: &[InputFile]) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut told = Vec::new();
    for input in inputs {
        match known.insert((&input.source, &input.digest), &input.file_name) {
            Some(first) if first != input.file_name => {
                let message = say!("run-two-files-are-the-same", source = input.source, first);
                let at = Location::File { file: input.file_name.clone() };
                let told_of = Diagnostic::warning(Code::FileReadTwice, message, at);
                told.push(told_of.help(say!("run-take-one-of-them-away")));
            }
            _ => {}
        }
    }
    told
}

/// Files whose rows an earlier file of the same source has for the greater part, or many of them: two exports overlap.
pub(super) fn overlapping(balances: &[Balance]) -> Vec<Diagnostic> {
    let is_later = |(index, balance): &(usize, &Balance)| {
        let origin = balance.origin();
        let of_source = |earlier: &&Balance| earlier.origin().source == origin.source;
        balances[..*index].iter().filter(of_source).any(|earlier| earlier.origin().file != origin.file)
    };
    let told = balances.iter().enumerate().filter(is_later).filter_map(|(_, balance)| {
        let (rows, all, origin) = (balance.of(Fate::Duplicate), balance.data_rows(), balance.origin());
        let message = say!("run-files-overlap", rows, all, source = origin.source);
        let at = Location::File { file: origin.file.clone() };
        (rows >= FEWEST_REPEATED && 20 * rows >= all).then(|| {
            Diagnostic::warning(Code::FileReadTwice, message, at).help(say!("run-one-export-without-the-other"))
        })
    });
    told.collect()
}

fn is_export(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    EXPORTS.contains(&ending.as_str()) && !file_name(path).starts_with(['~', '.']) && path.is_file()
}

/// True unless the job names the file in full.
fn is_by_pattern(source: &SourcePlan, path: &Path) -> bool {
    !source.files.iter().any(|pattern| path.ends_with(pattern.trim_start_matches(['.', '/'])))
}

/// A name that says years, and none of them the job's own or the one that it plans for.
fn says_another_year(path: &Path, year: i32) -> bool {
    let name = file_name(path);
    let runs = name.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let years: Vec<i32> =
        runs.filter_map(|digits| digits.parse().ok()).filter(|year| (1990..2100).contains(year)).collect();
    !years.is_empty() && !years.iter().any(|said| (year..=year + 1).contains(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_says_its_year() {
        let says = |name: &str| says_another_year(Path::new(name), 2024);
        assert!(says("oj_2023.xlsx") && says("2021-2023.csv"));
        assert!(!says("oj_2024.xlsx") && !says("2023-2024.csv") && !says("risker_2025.xlsx") && !says("oj.xlsx"));
        assert!(!says("uttag_20231015.csv") && !says("dnr_1480.csv"));
    }
}
