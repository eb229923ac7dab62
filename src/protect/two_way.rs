//! `kvalis protect`: one two-way table made elsewhere, protected and written back as it was but for the hidden numbers.
//!
//! In: the bytes of a delimited text: names in the first column, totals in the last column and row (or one of them),
//! counts, perhaps with last year's in parentheses. Out: the same bytes with `*` for what is hidden, and the proof; or
//! everything that is wrong with the table at once. This year's and last year's counts are two systems.

use std::ops::Range;

use super::attack::Interval;
use super::audit;
use super::fields::MARK;
use super::proof::{Proved, Reason, prove};
use super::secondary::{Effort, Unprotectable, choose};
use super::table_file::{TableFile, Year};
use crate::diagnostic::{Code, Diagnostic, Location};

/// How a table is to be protected.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Counts above zero and below this are small.
    pub threshold: i64,
    /// Totals count distinct events: a part may be counted in several places.
    pub distinct: bool,
}

/// A hidden number of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    pub row: String,
    pub column: String,
    /// In parentheses.
    pub last_year: bool,
    pub reason: Reason,
    pub interval: Interval,
}

/// A protected table.
#[derive(Debug, Clone, PartialEq)]
pub struct Protected {
    pub text: Vec<u8>,
    /// This year's, then last year's, each row by row.
    pub hidden: Vec<Hidden>,
    /// No choice hides fewer numbers, or as few with a smaller sum.
    pub is_best: bool,
    /// What was assumed of the table, and what could be done to hide less.
    pub remarks: Vec<String>,
}

/// Protects a table.
///
/// Errors: `bad-value` (a cell that is no count, a row of another width), `totals-differ`, `unprotected-cell`; all at
/// once.
pub(crate) fn protect(text: &[u8], file: &str, rules: Rules) -> Result<Protected, Vec<Diagnostic>> {
    let table = TableFile::read(text, file)?;
    let years = [false, true].map(|last_year| Year::of(&table, last_year, rules.distinct));
    let problems: Vec<Diagnostic> =
        years.iter().flat_map(|year| year.hidden_already(&table).into_iter().chain(year.mismatches(&table))).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let remarks = table.remarks(&years, rules.threshold);
    let mut protected = Protected { text: Vec::new(), hidden: Vec::new(), is_best: true, remarks };
    let mut marks = Vec::new();
    let [this, last] = &years;
    let both = rayon::join(|| protect_year(&table, this, rules), || protect_year(&table, last, rules));
    for year in [both.0?, both.1?] {
        marks.extend(year.marks);
        protected.hidden.extend(year.hidden);
        protected.is_best &= year.is_best;
    }
    protected.text = marked(text, marks);
    attack_print(&protected.text, &table, &years, rules)?;
    Ok(protected)
}

/// What is hidden of one year.
struct HiddenYear {
    hidden: Vec<Hidden>,
    /// The bytes to replace.
    marks: Vec<Range<usize>>,
    is_best: bool,
}

fn protect_year(table: &TableFile, year: &Year, rules: Rules) -> Result<HiddenYear, Vec<Diagnostic>> {
    let system = year.system(rules.threshold);
    let need = rules.threshold - 1;
    let choice = choose(&system, need, Effort::default()).map_err(|Unprotectable(cells)| {
        let told = cells.into_iter().map(|cell| {
            let message = say!("protect-small-count-cannot-be-hidden");
            table.diagnostic(Code::UnprotectedCell, message, year.place(cell)).help(say!("protect-merge-row-or-column"))
        });
        told.collect::<Vec<Diagnostic>>()
    })?;
    let proofs = prove(&system, &choice, need);
    let hidden = |proof: &Proved| {
        let (row, column) = year.place(proof.cell);
        Hidden {
            row: table.row_label(row),
            column: table.column_label(column),
            last_year: year.is_last,
            reason: proof.reason,
            interval: proof.interval,
        }
    };
    Ok(HiddenYear {
        hidden: proofs.iter().map(hidden).collect(),
        marks: proofs.iter().map(|proof| year.bytes(proof.cell)).collect(),
        is_best: choice.is_best,
    })
}

fn marked(text: &[u8], mut marks: Vec<Range<usize>>) -> Vec<u8> {
    marks.sort_by_key(|mark| mark.start);
    let mut written = Vec::with_capacity(text.len());
    let mut at = 0;
    for mark in marks {
        written.extend_from_slice(&text[at..mark.start]);
        written.extend_from_slice(MARK);
        at = mark.end;
    }
    written.extend_from_slice(&text[at..]);
    written
}

/// Reads the table as it is about to be published, and attacks that.
fn attack_print(text: &[u8], truth: &TableFile, years: &[Year; 2], rules: Rules) -> Result<(), Vec<Diagnostic>> {
    let printed = TableFile::read(text, &truth.file)?;
    for year in years {
        let seen = Year::of(&printed, year.is_last, rules.distinct);
        let fallen = audit::fallen(&seen.published(year), (rules.threshold - 1) as f64);
        let found = |fallen: &audit::Fallen| {
            let (row, column) = seen.place(fallen.number);
            let message =
                say!("protect-two-way-gives-away", row = printed.row_label(row), column = printed.column_label(column));
            Diagnostic::error(Code::UnprotectedCell, message, Location::File { file: truth.file.clone() })
        };
        if !fallen.is_empty() {
            return Err(fallen.iter().map(found).collect());
        }
    }
    Ok(())
}
