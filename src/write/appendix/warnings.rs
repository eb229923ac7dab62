//! What was odd in the data: the run's warnings in the words of the report's readers.
//!
//! Messages on the screen are English and meant for whoever runs the program; here a warning is its kind and its
//! place, in Swedish, and never the text of a cell.

use std::collections::BTreeMap;

use super::super::document::{Block, Inline};
use super::paragraph;
use crate::diagnostic::{Code, Diagnostic, Location, column_letters};
use crate::domain::swedish;

/// One line per kind of warning and place; with small counts protected one per file, for a line a cell is a count.
pub(crate) fn warnings(warnings: &[Diagnostic], is_protected: bool) -> Vec<Block> {
    if warnings.is_empty() {
        return vec![paragraph(&printed!("write-no-warnings"))];
    }
    let mut counted: BTreeMap<(Code, String), i64> = BTreeMap::new();
    for warning in warnings {
        let at = if is_protected { place_of(&file_of(&warning.at)) } else { place_of(&warning.at) };
        *counted.entry((warning.code, at)).or_default() += 1;
    }
    let items = counted.into_iter().map(|((code, place), count)| {
        let times = if count > 1 && !is_protected {
            printed!("write-times", count = swedish::integer(count))
        } else {
            String::new()
        };
        vec![Block::Paragraph(vec![Inline::Text(format!("{}{times}", kind_at(code, &place)))])]
    });
    vec![Block::List { ordered: false, items: items.collect() }]
}

/// A message of the program as its kind and its place.
pub(crate) fn in_swedish(told: &Diagnostic) -> String {
    kind_at(told.code, &place_of(&told.at))
}

fn kind_at(code: Code, place: &str) -> String {
    let place = if place.is_empty() { String::new() } else { format!(": {place}") };
    format!("{}{place}", kind_of(code))
}

fn file_of(at: &Location) -> Location {
    match at {
        Location::Cell { file, .. } | Location::Sheet { file, .. } => Location::File { file: file.clone() },
        other => other.clone(),
    }
}

fn place_of(at: &Location) -> String {
    match at {
        Location::JobFile { line, .. } => printed!("write-in-job-file", line),
        Location::Template { file, line } => printed!("write-in-template", file = base_name(file), line),
        Location::File { file } => base_name(file),
        Location::Sheet { file, sheet } => printed!("write-file-and-sheet", file = base_name(file), sheet),
        Location::Cell { file, sheet, row, column, header } => {
            let sheet = sheet.as_ref().map(|sheet| printed!("write-and-sheet", sheet)).unwrap_or_default();
            let header = header.as_ref().map(|header| printed!("write-and-column", header)).unwrap_or_default();
            // Columns count from 1: nought is the row as a whole.
            let cell = if *column == 0 {
                printed!("write-row", row)
            } else {
                printed!("write-cell", column = column_letters(*column), row)
            };
            format!("{}{sheet}, {cell}{header}", base_name(file))
        }
        Location::Nowhere => String::new(),
    }
}

/// Folders are those of the machine that ran the job; no reader needs them.
fn base_name(file: &str) -> String {
    file.rsplit(['/', '\\']).next().unwrap_or(file).to_string()
}

fn kind_of(code: Code) -> String {
    match code {
        Code::TomlSyntax | Code::UnknownKey | Code::MissingKey | Code::WrongType | Code::BadValue => {
            printed!("write-warning-job-file")
        }
        Code::UnknownReference | Code::UnknownName => printed!("write-warning-unknown-name"),
        Code::UnusedItem => printed!("write-warning-unused"),
        Code::NoSuchFile => printed!("write-warning-no-such-file"),
        Code::UnreadableFile | Code::UnsupportedFormat => printed!("write-warning-unreadable-file"),
        Code::NoSuchSheet => printed!("write-warning-no-such-sheet"),
        Code::HeaderNotFound => printed!("write-warning-no-header"),
        Code::MissingColumn => printed!("write-warning-missing-column"),
        Code::AmbiguousColumn => printed!("write-warning-ambiguous-column"),
        Code::BadEncoding => printed!("write-warning-bad-encoding"),
        Code::BrokenRecord => printed!("write-warning-broken-record"),
        Code::BrokenJson => printed!("write-warning-broken-json"),
        Code::MissingPage => printed!("write-warning-missing-page"),
        Code::MissingId => printed!("write-warning-missing-id"),
        Code::MissingDate => printed!("write-warning-missing-date"),
        Code::BadDate => printed!("write-warning-bad-date"),
        Code::MissingValue => printed!("write-warning-missing-value"),
        Code::BadNumber => printed!("write-warning-bad-number"),
        Code::BadYesNo => printed!("write-warning-bad-yes-no"),
        Code::UnknownCategory => printed!("write-warning-unknown-category"),
        Code::OutOfScale => printed!("write-warning-out-of-scale"),
        Code::DuplicateRow => printed!("write-warning-duplicate-row"),
        Code::DifferingDuplicate => printed!("write-warning-differing-duplicate"),
        Code::NoLongerThere => printed!("write-warning-no-longer-there"),
        Code::StatusContradiction => printed!("write-warning-status-contradiction"),
        Code::UnmarkedNull => printed!("write-warning-unmarked-null"),
        Code::TooLongCell => printed!("write-warning-too-long-cell"),
        Code::OverLimit => printed!("write-warning-over-limit"),
        Code::PersonalData => printed!("write-warning-personal-data"),
        Code::NoRows => printed!("write-warning-no-rows"),
        Code::UnprotectedCell | Code::TotalsDiffer => printed!("write-warning-unprotected-cell"),
        Code::PeriodNotCovered => printed!("write-warning-period-not-covered"),
        Code::TextOfAnotherYear => printed!("write-warning-text-of-another-year"),
        Code::FileOfAnotherYear | Code::FileReadTwice | Code::FileNotRead => printed!("write-warning-file-not-meant"),
        Code::CheckFailed => printed!("write-warning-check-failed"),
        Code::TemplateError | Code::NoSuchTemplate | Code::BadWordTemplate => printed!("write-warning-template-error"),
        Code::DiffersFromPrint => printed!("write-warning-differs-from-print"),
        Code::UntestedWord => printed!("write-warning-untested-word"),
        Code::OutputFolder
        | Code::UnusableCache
        | Code::NotPublished
        | Code::DamagedManifest
        | Code::ChangedSince
        | Code::Locked
        | Code::KeptAside
        | Code::ChangedWhileRead
        | Code::Io => printed!("write-warning-io"),
        Code::Internal => printed!("write-warning-internal"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(row: u32) -> Diagnostic {
        let at = Location::Cell {
            file: "/home/anna/data/a.xlsx".into(),
            sheet: Some("Export".into()),
            row,
            column: 6,
            header: Some("Datum".into()),
        };
        Diagnostic::warning(Code::BadDate, "the cell does not hold a date", at)
    }

    fn texts(blocks: &[Block]) -> Vec<String> {
        let [Block::List { items, .. }] = blocks else { panic!("one list: {blocks:?}") };
        let text = |item: &Vec<Block>| match item.as_slice() {
            [Block::Paragraph(inlines)] => Inline::plain(inlines),
            other => panic!("one paragraph: {other:?}"),
        };
        items.iter().map(text).collect()
    }

    #[test]
    fn warnings_are_swedish_counted_and_without_folders() {
        let blocks = warnings(&[warning(7), warning(9), warning(7)], false);
        let expected = [
            "Ogiltigt datum: a.xlsx, bladet Export, cell F7 (kolumnen Datum) (2 gånger)",
            "Ogiltigt datum: a.xlsx, bladet Export, cell F9 (kolumnen Datum)",
        ];
        assert_eq!(texts(&blocks), expected);
    }

    #[test]
    fn with_small_counts_protected_warnings_are_not_counted() {
        assert_eq!(texts(&warnings(&[warning(7), warning(9)], true)), ["Ogiltigt datum: a.xlsx"]);
    }

    #[test]
    fn a_place_without_a_column_is_a_row() {
        let at = Location::Cell { file: "a.csv".into(), sheet: None, row: 605, column: 0, header: None };
        assert_eq!(place_of(&at), "a.csv, rad 605");
    }

    #[test]
    fn no_warnings_are_said_to_be_none() {
        assert_eq!(warnings(&[], false), vec![paragraph("Inga anmärkningar.")]);
    }
}
