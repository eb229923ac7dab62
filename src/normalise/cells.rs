//! Cells of one column of a block: raw cells → values, blanks, marks and flaws.
//!
//! In: a reader, the memo of its column, rows. Out: one value a row. Never: a spelling read twice by one thread, as long
//! as its memo holds it.

use crate::diagnostic::Code;
use crate::domain::table::Nothing;
use crate::ingest::{RawBatch, RawCell, TextEncoding};

use super::block::{Block, Flaw, Notes, day_at};
use super::memo::{Memo, hash};
use super::readers::{ClosedReader, ReadCell, Reading};
use super::rules::Rule;
use super::text;

/// What was worked out about a spelling: its reading, and a fingerprint that is equal for equal readings.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<V> {
    pub reading: Reading<V>,
    pub print: u32,
}

/// Memos of a column, one an encoding: the same bytes are other texts in another encoding.
pub(super) type Memos<V> = [Memo<Known<V>>; 2];

/// The memo for an encoding.
#[inline]
pub(super) fn memo_of<V>(memos: &mut Memos<V>, encoding: TextEncoding) -> &mut Memo<Known<V>> {
    &mut memos[usize::from(encoding == TextEncoding::Windows1252)]
}

/// A column of a block while it is being read.
pub(super) struct At<'a, 'b, 'p> {
    pub rule: &'a Rule<'p>,
    /// Of the column, among all rules.
    pub index: u32,
    /// Of its cell in a row.
    pub cell: usize,
    pub block: Block<'b>,
    pub notes: &'a mut Notes,
    pub prints: &'a mut [u64],
    pub scratch: &'a mut Vec<u8>,
}

impl At<'_, '_, '_> {
    /// One value a row.
    #[inline]
    pub(super) fn read<R: ReadCell>(&mut self, reader: &R, memos: &mut Memos<R::Value>, out: &mut Vec<R::Value>) {
        let memo = memo_of(memos, self.block.batch.encoding);
        for row in self.block.from..self.block.to {
            let (known, cell) = self.known(row, |at, cell| known_of(reader, memo, at.block.batch, cell, at.scratch));
            self.prints[row] = mix(self.prints[row], known.print);
            out.push(match known.reading {
                Reading::Value(value) => value,
                other => self.without_value(reader, row, cell, other),
            });
        }
    }

    /// Reads a row's cell, or the one that stands in for it when it is blank.
    #[inline]
    pub(super) fn known<V>(
        &mut self,
        row: usize,
        mut read: impl FnMut(&mut Self, RawCell) -> Known<V>,
    ) -> (Known<V>, RawCell) {
        let cell = self.block.cell(row, self.cell);
        let known = read(self, cell);
        match (&known.reading, self.rule.blank_from) {
            (Reading::Blank, Some(other)) => {
                let cell = self.block.cell(row, other);
                (read(self, cell), cell)
            }
            _ => (known, cell),
        }
    }

    #[cold]
    fn without_value<R: ReadCell>(
        &mut self,
        reader: &R,
        row: usize,
        cell: RawCell,
        reading: Reading<R::Value>,
    ) -> R::Value {
        match reading {
            Reading::Value(value) => value,
            Reading::Masked(value) => (self.masked(row), value).1,
            Reading::Blank => (self.blank(row), R::BLANK).1,
            Reading::Mark(nothing) => (self.mark(row, nothing), R::BLANK).1,
            Reading::Bad => {
                let text = self.shown_if_safe(cell);
                self.bad(row, R::BAD, text, reader.bucket().is_some());
                reader.bucket().unwrap_or(R::BLANK)
            }
        }
    }

    /// A row whose cell held personal data that have been masked.
    pub(super) fn masked(&mut self, row: usize) {
        self.notes.problems.push(Flaw { row: row as u32, column: self.index, code: Code::PersonalData, text: None });
    }

    /// A row whose cell is blank.
    pub(super) fn blank(&mut self, row: usize) {
        if self.rule.required {
            self.fail(row, self.rule.missing, None);
        }
    }

    /// A row whose cell holds a mark for nothing.
    pub(super) fn mark(&mut self, row: usize, nothing: Nothing) {
        self.blank(row);
        self.notes.marks.push((row as u32, self.index, nothing));
    }

    /// A row whose cell holds what its column can't hold: rejected if a value is required and there is no bucket.
    pub(super) fn bad(&mut self, row: usize, code: Code, text: Option<Box<str>>, has_bucket: bool) {
        if self.rule.required && !has_bucket {
            return self.fail(row, code, text);
        }
        self.notes.problems.push(Flaw { row: row as u32, column: self.index, code, text });
    }

    /// A row that is rejected.
    pub(super) fn fail(&mut self, row: usize, code: Code, text: Option<Box<str>>) {
        self.notes.failures.push(Flaw { row: row as u32, column: self.index, code, text });
    }

    /// A cell's text, if the job allows it to be shown.
    pub(super) fn shown_if_safe(&self, cell: RawCell) -> Option<Box<str>> {
        self.rule.safe.then(|| text::shown(self.block.batch, cell).into_boxed_str())
    }

    /// Settles the codes of renamed units by each row's day.
    pub(super) fn rename(&mut self, reader: &ClosedReader, days: Option<&[i32]>, codes: &mut [u32]) {
        if !reader.list.has_renames() {
            return;
        }
        for (row, code) in codes.iter_mut().enumerate().skip(self.block.from) {
            *code = match reader.list.on_day(*code, day_at(days, row)) {
                Ok(code) => code,
                Err(spelling) => self.unknown(reader, row, spelling),
            };
        }
    }

    fn unknown(&mut self, reader: &ClosedReader, row: usize, spelling: &str) -> u32 {
        let text = self.rule.safe.then(|| Box::from(spelling));
        self.bad(row, Code::UnknownCategory, text, true);
        reader.list.unknown()
    }
}

/// The fingerprint of a row with one more value.
#[inline]
pub(super) fn mix(print: u64, value: u32) -> u64 {
    (print.rotate_left(23) ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn known_of<R: ReadCell>(
    reader: &R,
    memo: &mut Memo<Known<R::Value>>,
    batch: &RawBatch,
    cell: RawCell,
    scratch: &mut Vec<u8>,
) -> Known<R::Value> {
    let reading = match cell {
        RawCell::Empty | RawCell::Text { length: 0, .. } => return Known::default(),
        RawCell::Text { start, length } => {
            let bytes = text::slice(batch, start, length);
            return memo.get(bytes, || known_text(reader, bytes, batch.encoding));
        }
        RawCell::QuotedText { .. } => {
            let bytes = text::bytes_of(batch, cell, scratch).unwrap_or_default();
            return memo.get(bytes, || known_text(reader, bytes, batch.encoding));
        }
        RawCell::Number(number) => reader.number(number),
        RawCell::PercentNumber(number) => reader.percent(number),
        RawCell::Day(day) => reader.day(day),
        RawCell::Bool(flag) => reader.flag(flag),
        RawCell::Error => Reading::Bad,
    };
    with_print(reader, reading, b"")
}

fn known_text<R: ReadCell>(reader: &R, bytes: &[u8], encoding: TextEncoding) -> Known<R::Value> {
    let text = text::decode(text::trim(bytes, encoding), encoding);
    let reading = if text.is_empty() { Reading::Blank } else { reader.text(&text) };
    with_print(reader, reading, text.as_bytes())
}

fn with_print<R: ReadCell>(reader: &R, reading: Reading<R::Value>, text: &[u8]) -> Known<R::Value> {
    let print = match reading {
        Reading::Value(value) | Reading::Masked(value) => reader.print(value),
        Reading::Blank => 0,
        Reading::Mark(nothing) => print_of_mark(nothing),
        Reading::Bad => hash(text, 1) as u32,
    };
    Known { reading, print }
}

/// The fingerprint of a mark for nothing.
pub(super) fn print_of_mark(nothing: Nothing) -> u32 {
    0xffff_fff0 | nothing as u32
}
