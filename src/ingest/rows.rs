//! Tells data rows from blank rows, totals, section rows and footnotes.
//!
//! In: rows in the order of the sheet, each with what little is needed to judge it ([`RowForm`]). Out: the fates that
//! ingest decides, in a tally; data rows stay in the batch. When in doubt a row is data: `normalise` rejects it loudly,
//! while a row taken for a total would be missed by nobody.

use crate::domain::balance::{Fate, Tally};
use crate::domain::spelling::fold;
use crate::vocabulary::spec::SourceKind;

use super::RawBatch;
use super::asked::Asked;
use super::header::Placement;

/// What a row looks like, over all its cells, asked for or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RowForm {
    /// Cells that are not blank.
    pub filled: u32,
    /// Column (from 0) and text of the first of them; no text if it holds a number or a date.
    pub first: Option<(usize, Option<String>)>,
    /// The others are numbers, or marks such as `-`.
    pub rest_numeric: bool,
}

impl RowForm {
    /// Adds a cell with text; the columns come in order.
    pub(super) fn add_text(&mut self, column: usize, text: &str) {
        if !is_blank(text) {
            let numeric = is_numeric(text);
            self.add(column, numeric, Some(text).filter(|_| !numeric));
        }
    }

    /// Adds a cell with a number, or with anything else that is neither text nor a number (`numeric` false).
    pub(super) fn add_value(&mut self, column: usize, numeric: bool) {
        self.add(column, numeric, None);
    }

    fn add(&mut self, column: usize, numeric: bool, text: Option<&str>) {
        if self.first.is_none() {
            self.first = Some((column, text.map(str::to_string)));
            self.rest_numeric = true;
        } else {
            self.rest_numeric &= numeric;
        }
        self.filled += 1;
    }
}

/// True for a cell that holds nothing but space.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || letter == '\u{feff}')
}

/// A number in any usual form, or a mark without letters such as `-` and `..`. Never a date.
fn is_numeric(text: &str) -> bool {
    let text = text.trim();
    let number = text.trim_start_matches(['-', '−', '–', '+']).trim_end_matches(['%', '\u{a0}', ' ']);
    let separators = number.matches([',', '.']).count();
    let digits = number.contains(|letter: char| letter.is_ascii_digit());
    let plain = |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || letter == ',' || letter == '.';
    if digits {
        separators <= 1 && number.chars().all(plain)
    } else {
        text.chars().all(|letter| "-–−.".contains(letter))
    }
}

/// How a row looks on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Blank,
    Total,
    /// One cell of text at the table's left edge; `phrase` if it has several words. What it is depends on what follows.
    Lone {
        phrase: bool,
    },
    Data,
}

/// Judges one row.
pub(super) fn look(form: &RowForm, asked: &Asked, placement: &Placement) -> Look {
    let Some((column, text)) = &form.first else { return Look::Blank };
    let Some(text) = text else { return Look::Data };
    if is_total(form, *column, text, asked, placement) {
        return Look::Total;
    }
    let table_has_columns = placement.header_cells >= 2;
    if form.filled == 1 && table_has_columns && *column <= placement.leftmost {
        return Look::Lone { phrase: text.split_whitespace().nth(1).is_some() };
    }
    Look::Data
}

/// A total row: its first filled cell is a total label, or begins with one ("Totalt antal ärenden").
///
/// Events and registers: all other filled cells must be numbers, as no real event is without a date or a text.
/// Observations are label and numbers themselves, so there the label's column decides: a group "Totalt" is data, and so
/// is an indicator whose name only begins with a label ("Samtliga medarbetare har …").
fn is_total(form: &RowForm, column: usize, text: &str, asked: &Asked, placement: &Placement) -> bool {
    let folded = fold(text);
    let exact = asked.layout.total_labels.contains(&folded);
    let begins = || asked.layout.total_labels.iter().any(|label| begins_with_word(&folded, label));
    let in_column = |slot: Option<usize>| slot.is_some_and(|slot| placement.columns.get(slot) == Some(&column));
    match asked.kind {
        SourceKind::Events | SourceKind::Register => form.rest_numeric && (exact || (form.filled > 1 && begins())),
        SourceKind::Observations if in_column(asked.group) => false,
        SourceKind::Observations => exact || (form.filled > 1 && !in_column(asked.indicator) && begins()),
    }
}

fn begins_with_word(text: &str, label: &str) -> bool {
    !label.is_empty() && text.strip_prefix(label).is_some_and(|rest| rest.starts_with([' ', ',', ':', '(']))
}

/// Sorts the rows of a sheet, or of one chunk of a file, as they come.
///
/// Rows that may be footnotes stand at the end of the batch until the next data row, or the end of the sheet, decides.
#[derive(Debug)]
pub(super) struct Sorter {
    kind: SourceKind,
    tally: Tally,
    /// Rows at the end of the batch that wait.
    held: Vec<Held>,
    /// A blank or total row stands between the last data row and here.
    gap: bool,
}

/// A lone row at the end of the batch.
#[derive(Debug, Clone, Copy)]
struct Held {
    phrase: bool,
    after_gap: bool,
}

impl Sorter {
    pub(super) fn new(kind: SourceKind) -> Sorter {
        Sorter { kind, tally: Tally::default(), held: Vec::new(), gap: false }
    }

    /// Rows above the data.
    pub(super) fn headings(&mut self, rows: u64) {
        self.tally.add(Fate::Heading, rows);
    }

    pub(super) fn blanks(&mut self, rows: u64) {
        self.tally.add(Fate::Blank, rows);
        self.gap = true;
    }

    pub(super) fn total(&mut self) {
        self.tally.add(Fate::TotalRow, 1);
        self.gap = true;
    }

    /// A lone row has just been put at the end of the batch.
    pub(super) fn lone(&mut self, phrase: bool) {
        self.held.push(Held { phrase, after_gap: self.gap });
    }

    /// A data row has just been put at the end of the batch: lone rows before it are section rows of a table, or data.
    #[inline]
    pub(super) fn data(&mut self, batch: &mut RawBatch) {
        self.gap = false;
        if !self.held.is_empty() {
            self.release(batch, 1);
        }
    }

    fn release(&mut self, batch: &mut RawBatch, after: usize) {
        let held = std::mem::take(&mut self.held).len();
        if self.kind == SourceKind::Observations {
            let end = batch.len() - after;
            batch.remove_rows(end - held, end);
            self.tally.add(Fate::Heading, held as u64);
        }
    }

    /// True while rows at the end of the batch wait to be decided.
    pub(super) fn holds_rows(&self) -> bool {
        !self.held.is_empty()
    }

    /// Decides without having seen what follows: as if it were data.
    pub(super) fn cut_short(&mut self, batch: &mut RawBatch) {
        self.release(batch, 0);
    }

    /// The sheet ends: held rows are footnotes if they stand below a gap or, outside registers, read like a sentence.
    /// Once a footnote has begun, all below it are footnotes.
    pub(super) fn end_of_sheet(&mut self, batch: &mut RawBatch) {
        let phrase_is_enough = self.kind != SourceKind::Register;
        let held = std::mem::take(&mut self.held);
        let is_footnote = |row: &Held| row.after_gap || (row.phrase && phrase_is_enough);
        let data = held.iter().position(is_footnote).unwrap_or(held.len());
        let end = batch.len();
        batch.remove_rows(end - (held.len() - data), end);
        if data < held.len() {
            self.tally.add(Fate::Footnote, (held.len() - data) as u64);
        }
    }

    /// The fates counted since the last call.
    pub(super) fn take_tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_marks_are_numeric_and_dates_and_words_are_not() {
        for text in ["415", "1 234,5", "12.5 %", "-3", "\u{2212}3", "-", "..", "1\u{a0}234", " 7 "] {
            assert!(is_numeric(text), "{text}");
        }
        for text in ["2023-01-01", "05.09.2021", "7/3-25", "X", "3 st", "a"] {
            assert!(!is_numeric(text), "{text}");
        }
    }

    #[test]
    fn a_label_must_end_where_a_word_ends() {
        assert!(begins_with_word("totalt antal ärenden", "totalt"));
        assert!(begins_with_word("alla kommuner, ovägt medel", "alla kommuner"));
        assert!(!begins_with_word("totaltid", "totalt") && !begins_with_word("totalt", "totalt"));
        assert!(!begins_with_word(" x", ""));
    }

    #[test]
    fn blank_is_space_of_any_kind() {
        assert!(is_blank("") && is_blank(" \t\u{a0}\u{202f}\u{feff}\r\n"));
        assert!(!is_blank("-"));
    }
}
