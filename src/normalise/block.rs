//! What is passed from hand to hand while a column's cells are read: the block of rows, lists of codes, notes of flaws.

use crate::diagnostic::Code;
use crate::domain::table::Nothing;
use crate::ingest::{RawBatch, RawCell};
use crate::store::NO_DAY;

/// The rows that are being read.
#[derive(Clone, Copy)]
pub(super) struct Block<'b> {
    pub batch: &'b RawBatch,
    pub from: usize,
    pub to: usize,
}

impl Block<'_> {
    #[inline]
    pub(super) fn cell(&self, row: usize, column: usize) -> RawCell {
        self.batch.cells[row * self.batch.width + column]
    }
}

/// Lists of codes, one a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lists {
    /// Where each row's codes end.
    ends: Vec<u32>,
    codes: Vec<u32>,
}

impl Lists {
    /// The codes of a row, each once.
    #[inline]
    pub(super) fn row(&self, row: usize) -> &[u32] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.codes[start as usize..self.ends[row] as usize]
    }

    /// Adds a code to the row that is being made, unless it is there already.
    pub(super) fn push(&mut self, code: u32) {
        let start = self.ends.last().map_or(0, |end| *end as usize);
        if !self.codes[start..].contains(&code) {
            self.codes.push(code);
        }
    }

    pub(super) fn end_row(&mut self) {
        self.ends.push(self.codes.len() as u32);
    }

    pub(super) fn all_codes(&self) -> &[u32] {
        &self.codes
    }

    /// Empty lists up to a row.
    pub(super) fn pad(&mut self, rows: usize) {
        self.ends.resize(rows, self.codes.len() as u32);
    }

    pub(super) fn clear(&mut self) {
        self.ends.clear();
        self.codes.clear();
    }
}

/// A cell that holds nothing usable.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Flaw {
    /// Index in the batch.
    pub row: u32,
    /// Index into the columns of the source's [`Rules`](super::rules::Rules).
    pub column: u32,
    pub code: Code,
    /// Its text, if the column is safe.
    pub text: Option<Box<str>>,
}

/// What is remarkable about a batch's cells.
#[derive(Default)]
pub(super) struct Notes {
    /// Cells for which their row is rejected.
    pub failures: Vec<Flaw>,
    /// Cells that lost their value; the row is kept.
    pub problems: Vec<Flaw>,
    /// Marks for nothing: row, column, meaning.
    pub marks: Vec<(u32, u32, Nothing)>,
}

/// A row's day, if it has one.
pub(super) fn day_at(days: Option<&[i32]>, row: usize) -> Option<i32> {
    days.and_then(|days| days.get(row).copied()).filter(|day| *day != NO_DAY)
}
