//! What goes wrong, told so that an analyst can act: what happened, where, what to do.
//!
//! In: nothing. Out: [`Diagnostic`] (one sentence, one place, one action), [`Failure`] (why a run stops).
//! This module prints nothing; `cli::print` renders.

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// How bad it is: an error stops the run, a warning is printed and stands in the report's appendix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Stops the run; exit code 1 or more.
    Error,
    /// Printed, and listed in the report's appendix; the run goes on.
    Warning,
}

/// The kinds of things that go wrong. The kebab-case name is printed (`error[bad-date]`) and stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    // job file
    /// The job file is no TOML.
    TomlSyntax,
    /// A key that no table of the job file has.
    UnknownKey,
    /// A key that must be said.
    MissingKey,
    /// A value of another type than the key's.
    WrongType,
    /// A value that the key cannot have.
    BadValue,
    /// A name of a source, column, measure or chart that does not exist.
    UnknownReference,
    /// Declared and used by nothing.
    UnusedItem,
    // files
    /// No file of the given name or pattern.
    NoSuchFile,
    /// A file that cannot be opened or is no workbook.
    UnreadableFile,
    /// A file ending that no reader knows.
    UnsupportedFormat,
    /// A workbook without the sheet that the job names.
    NoSuchSheet,
    /// No row of the sheet holds the headers that the job asks for.
    HeaderNotFound,
    /// A declared column that the header row lacks.
    MissingColumn,
    /// Two columns with the header that the job asks for.
    AmbiguousColumn,
    /// Bytes that are no text in the file's encoding.
    BadEncoding,
    /// A row of a delimited file that cannot be told apart: an open quotation mark, more cells than headers.
    BrokenRecord,
    /// The municipality's own Word template cannot be used.
    BadWordTemplate,
    /// A JSON file that is broken or is not one that Kolada gives.
    BrokenJson,
    /// Kolada's answer is one page of several, and another one is not there.
    MissingPage,
    // cells and rows
    /// An event without an id.
    MissingId,
    /// A row without the date that places it in a period.
    MissingDate,
    /// A text that none of the column's date formats reads.
    BadDate,
    /// A blank in a column that the job requires.
    MissingValue,
    /// A text that is no number.
    BadNumber,
    /// A text that is neither yes nor no.
    BadYesNo,
    /// A value outside the column's closed list.
    UnknownCategory,
    /// A probability or consequence outside the risk scale.
    OutOfScale,
    /// A row that says the same as an earlier one.
    DuplicateRow,
    /// A row with the id of an earlier one that says something else.
    DifferingDuplicate,
    /// What an earlier report or an action names, and the export no longer holds.
    NoLongerThere,
    /// A value although its status says that there is none.
    StatusContradiction,
    /// A blank value whose status does not say why.
    UnmarkedNull,
    /// A text longer than a cell of a spreadsheet holds.
    TooLongCell,
    /// A file that asks more of the machine than `[limits]` allow.
    OverLimit,
    /// Something that has the form of personal data.
    PersonalData,
    // measures, templates, run
    /// A source of which nothing is left to count.
    NoRows,
    /// A `[check.x]` of the job that does not hold.
    CheckFailed,
    /// An export that ends before the period does, begins after it, or has a hole.
    PeriodNotCovered,
    /// A text of the analyst's own that was written for another year.
    TextOfAnotherYear,
    /// A pattern that also matches a file of another year.
    FileOfAnotherYear,
    /// A file that two sources read.
    FileReadTwice,
    /// A file in the input folder that no source reads.
    FileNotRead,
    /// A cell of a protected report whose counts cannot be hidden.
    UnprotectedCell,
    /// A total of a table that is not the sum of its parts.
    TotalsDiffer,
    /// A template that cannot be rendered.
    TemplateError,
    /// A word for a change that no test has allowed.
    UntestedWord,
    /// A reference in a template or a question that names nothing in the report.
    UnknownName,
    /// A figure of an earlier document that the data do not give.
    DiffersFromPrint,
    /// A chapter's template that is in no folder.
    NoSuchTemplate,
    /// The output folder cannot be written, or is not the program's own.
    OutputFolder,
    /// A remembered result that cannot be read; everything is read again.
    UnusableCache,
    /// No published report stands where one was asked for.
    NotPublished,
    /// A published report whose manifest cannot be read.
    DamagedManifest,
    /// An export, job or published file that is not what the report was made of.
    ChangedSince,
    /// Another run holds the output folder.
    Locked,
    /// Files that the program did not write, moved aside.
    KeptAside,
    /// A file that changed while it was read.
    ChangedWhileRead,
    /// The system refused a file operation.
    Io,
    /// A fault of the program.
    Internal,
}

impl Code {
    /// The stable printed name, kebab-case.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.as_ref().and_then(|name| name.as_str()).expect("a code is written as its name").to_string()
    }

    /// The code of a printed name.
    pub fn named(name: &str) -> Option<Code> {
        serde_json::from_value(name.into()).ok()
    }
}

/// A place that a person can open. Rows and columns are counted from 1, as editors and Excel show them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Location {
    /// A place in the job file.
    JobFile {
        /// As the user gave it.
        file: String,
        /// From 1.
        line: u32,
        /// From 1, in characters.
        column: u32,
    },
    /// A line of a template or of a text of the analyst's own.
    Template {
        /// Relative to its folder.
        file: String,
        /// From 1.
        line: u32,
    },
    /// A file as a whole.
    File {
        /// As the user gave it, or relative to the input folder.
        file: String,
    },
    /// A sheet as a whole.
    Sheet {
        /// The workbook.
        file: String,
        /// The sheet's name.
        sheet: String,
    },
    /// `column` is Excel's column from 1, 0 where only the row is known; `header` is the column's header text.
    Cell {
        /// The export.
        file: String,
        /// `None` for a delimited file.
        sheet: Option<String>,
        /// As Excel counts, from 1.
        row: u32,
        /// As Excel counts, from 1.
        column: u32,
        /// The column's header, where it is known.
        header: Option<String>,
    },
    /// No place: it concerns the run.
    Nowhere,
}

impl Location {
    /// A file or folder of the machine.
    pub(crate) fn of(path: &Path) -> Location {
        Location::File { file: path.display().to_string() }
    }
}

/// The last part of a path, as people know the file by; empty of one that has none.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Excel's letters of a column counted from 1: 1 → A, 27 → AA.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let index = (column - 1) % 26;
        letters.push(b'A' + index as u8);
        column = (column - 1) / 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::JobFile { file, line, column } => write!(out, "{file}:{line}:{column}"),
            Location::Template { file, line } => write!(out, "{file}:{line}"),
            Location::File { file } => write!(out, "{file}"),
            Location::Sheet { file, sheet } => out.write_str(&say!("diagnostic-at-sheet", file, sheet)),
            Location::Cell { file, sheet, row, column, header } => {
                match sheet {
                    Some(sheet) => out.write_str(&say!("diagnostic-at-sheet", file, sheet))?,
                    None => write!(out, "{file}")?,
                }
                match column {
                    0 => out.write_str(&say!("diagnostic-at-row", row))?,
                    column => out.write_str(&say!("diagnostic-at-cell", letters = column_letters(*column), row))?,
                }
                match header {
                    Some(header) => out.write_str(&say!("diagnostic-at-column", header)),
                    None => Ok(()),
                }
            }
            Location::Nowhere => Ok(()),
        }
    }
}

/// One thing that went wrong, or deserves a warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: Code,
    /// One sentence, lower case, no full stop. Never holds cell text of a column that is not safe.
    pub message: String,
    /// Where it is.
    pub at: Location,
    /// An action with the exact key or flag; none if there is no action.
    pub help: Option<String>,
    /// "16 more in this column; all are listed in rejects.csv"
    pub more: Option<String>,
    /// What the job could say so that it is right, where that is known. Not kept: who asks has read the exports anew.
    #[serde(skip)]
    pub(crate) mend: Option<Mend>,
}

/// Something that an export has and the job does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mend {
    /// A value that is in no list.
    Value(NewValue),
    /// Dates of a column that are all written in one other way.
    Format { source: String, column: String, header: String, cells: u64, formats: Vec<String> },
    /// A column that the header spells in another way.
    Header { source: String, column: String, header: String, found: String },
}

/// A value outside the closed list of its column, which the job allows to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewValue {
    /// "category.typ", "hierarchy.organisation", "hierarchy.organisation.groups".
    pub(crate) list: String,
    pub(crate) header: String,
    pub(crate) value: String,
    pub(crate) cells: u64,
    /// The value of the list that is spelt most like it.
    pub(crate) near: Option<String>,
}

impl Diagnostic {
    /// Something that stops the run.
    pub fn error(code: Code, message: impl Into<String>, at: Location) -> Self {
        Diagnostic { severity: Severity::Error, code, message: message.into(), at, help: None, more: None, mend: None }
    }

    /// Something that the run goes on in spite of.
    pub fn warning(code: Code, message: impl Into<String>, at: Location) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message, at) }
    }

    /// Says what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what the job could say.
    pub(crate) fn mend(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }

    /// Adds a line of detail; they are printed in the order they came.
    pub fn more(mut self, more: impl Into<String>) -> Self {
        self.more = Some(more.into());
        self
    }
}

/// Who can mend it; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The analyst can fix it (exit 1).
    Fixable,
    /// The machine: disk, permissions (exit 1).
    Io,
    /// The command line (exit 2).
    Usage,
    /// A bug in kvalis (exit 3).
    Internal,
}

/// Why a step, and with it the run, stops. Carries every mistake found, not just the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whose fault it is: decides the exit code.
    pub kind: FailureKind,
    /// Everything found, at least one.
    pub diagnostics: Vec<Diagnostic>,
}

impl Failure {
    /// What the user can mend: exit code 1.
    pub fn fixable(diagnostics: Vec<Diagnostic>) -> Self {
        Failure { kind: FailureKind::Fixable, diagnostics }
    }

    /// A read or write that the machine refused, with what was tried and where.
    pub fn io(doing: impl fmt::Display, file: &str, error: &std::io::Error) -> Self {
        let said = error.to_string();
        // "(os error 13)" helps nobody who reads this.
        let message = say!("diagnostic-io", doing, error = said.split(" (os error").next().unwrap_or(&said));
        let at = Location::File { file: file.to_string() };
        let help = match error.kind() {
            ErrorKind::PermissionDenied => Some(say!("diagnostic-you-may-not")),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(say!("diagnostic-make-room")),
            _ => None,
        };
        let diagnostic = Diagnostic { help, ..Diagnostic::error(Code::Io, message, at) };
        Failure { kind: FailureKind::Io, diagnostics: vec![diagnostic] }
    }

    /// What the machine has too little of, or has wrong, and what to do about it.
    pub(crate) fn machine(message: String, help: String) -> Self {
        let told = Diagnostic::error(Code::Io, message, Location::Nowhere).help(help);
        Failure { kind: FailureKind::Io, diagnostics: vec![told] }
    }

    /// Something that we had proved impossible.
    pub fn internal(message: impl Into<String>) -> Self {
        let diagnostic =
            Diagnostic::error(Code::Internal, message, Location::Nowhere).help(say!("diagnostic-bug-help"));
        Failure { kind: FailureKind::Internal, diagnostics: vec![diagnostic] }
    }

    /// Several failures as one, of the first one's kind.
    pub(crate) fn joined(failures: Vec<Failure>) -> Option<Failure> {
        failures.into_iter().reduce(|mut first, next| {
            first.diagnostics.extend(next.diagnostics);
            first
        })
    }

    /// The exit code of the process that it ends.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            FailureKind::Fixable | FailureKind::Io => 1,
            FailureKind::Usage => 2,
            FailureKind::Internal => 3,
        }
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Failure::fixable(vec![diagnostic])
    }
}

/// The nearest of `known` to a misspelt `word`, if one is near enough to be meant. Another year never is: what a job asks
/// of 2024 is not mended by the figures of 2023.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .filter(|name| !says_another_year(word, name))
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().max(lower.chars().count()) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// True for two names that both hold a year, and not the same.
fn says_another_year(one: &str, other: &str) -> bool {
    let year = |text: &str| {
        let mut runs = text.split(|letter: char| !letter.is_ascii_digit());
        runs.find(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
            .map(String::from)
    };
    year(one).zip(year(other)).is_some_and(|(one, other)| one != other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render;

    #[test]
    fn what_the_machine_refuses_is_told_with_its_own_words() {
        let failure = Failure::io("reading", "in/a.csv", &std::io::Error::other("the disk is gone"));
        assert_eq!(
            (render(&failure.diagnostics, false).as_str(), failure.exit_code()),
            ("error[io]: reading failed: the disk is gone\n  at:   in/a.csv\n", 1)
        );
    }

    #[test]
    fn another_year_is_never_meant() {
        let known = ["2022", "2023", "Resultat 2023", "y2023"];
        assert_eq!(["2024", "Resultat 2024", "y2024"].map(|word| nearest(word, known)), [None; 3]);
        assert_eq!(nearest("Resultat2023", known), Some("Resultat 2023"));
    }

    #[test]
    fn a_bug_is_told_as_one() {
        let failure = Failure::internal("a count was not asked for");
        let told = "error[internal]: a count was not asked for\n  help: this is a bug in kvalis: please report it with the job \
                    file and the program's version\n";
        assert_eq!((render(&failure.diagnostics, false).as_str(), failure.exit_code()), (told, 3));
    }
}
