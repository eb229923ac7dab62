//! Cells that hold several values: one list of codes a row.
//!
//! In: a reader of single values and the separators. Out: codes in the order of the cell, each once. Never: a declared
//! label torn at a separator that it holds itself.

use crate::ingest::{RawBatch, RawCell};
use crate::store::BLANK;

use super::block::Lists;
use super::categories;
use super::cells::{At, Known, Memos, memo_of, mix, print_of_mark};
use super::memo::Memo;
use super::readers::{ReadCell, Reading};
use super::text;

/// Lists that are remembered before a memo starts afresh with the next batch.
const MOST_LISTS: usize = 100_000;

/// Memos of a column of lists: a spelling's value is an index into `lists`.
pub(super) struct ListMemos {
    memos: Memos<u32>,
    lists: Vec<Box<[u32]>>,
}

impl ListMemos {
    pub(super) fn new() -> Self {
        ListMemos { memos: [Memo::new(), Memo::new()], lists: Vec::new() }
    }

    /// Between two batches: forgets when there is too much to remember.
    pub(super) fn tidy(&mut self) {
        if self.lists.len() > MOST_LISTS {
            *self = ListMemos::new();
        }
    }
}

impl At<'_, '_, '_> {
    /// One list a row. `on_day` settles a code by the row's day, or says which spelling is unknown on it.
    pub(super) fn read_lists<R: ReadCell<Value = u32>, E: AsRef<str>>(
        &mut self,
        reader: &R,
        on_day: impl Fn(u32, usize) -> Result<u32, E>,
        memos: &mut ListMemos,
        out: &mut Lists,
    ) {
        let (memo, lists) = (memo_of(&mut memos.memos, self.block.batch.encoding), &mut memos.lists);
        let whole = WholeCell { reader, split: self.rule.split };
        for row in self.block.from..self.block.to {
            let (known, cell) = self.known(row, |at, cell| whole.known(memo, lists, at.block.batch, cell, at.scratch));
            self.prints[row] = mix(self.prints[row], known.print);
            match known.reading {
                Reading::Value(list) => {
                    let codes = lists.get(list as usize).map_or(&[][..], |list| list);
                    self.push_list(&whole, codes, |code| on_day(code, row), row, cell, out);
                }
                Reading::Masked(list) => {
                    self.masked(row);
                    let codes = lists.get(list as usize).map_or(&[][..], |list| list);
                    self.push_list(&whole, codes, |code| on_day(code, row), row, cell, out);
                }
                Reading::Bad => {
                    let text = self.shown_if_safe(cell);
                    self.bad(row, R::BAD, text, false);
                }
                Reading::Blank => self.blank(row),
                Reading::Mark(nothing) => self.mark(row, nothing),
            }
            out.end_row();
        }
    }

    fn push_list<R: ReadCell<Value = u32>, E: AsRef<str>>(
        &mut self,
        whole: &WholeCell<R>,
        codes: &[u32],
        on_day: impl Fn(u32) -> Result<u32, E>,
        row: usize,
        cell: RawCell,
        out: &mut Lists,
    ) {
        let bucket = whole.reader.bucket();
        for code in codes {
            let code = on_day(*code).unwrap_or_else(|spelling| {
                let text = self.rule.safe.then(|| Box::from(spelling.as_ref()));
                self.bad(row, R::BAD, text, true);
                bucket.unwrap_or(BLANK)
            });
            out.push(code);
        }
        if bucket.is_some_and(|bucket| codes.contains(&bucket)) {
            self.note_unknown_values(whole, row, cell);
        }
    }

    /// Which of a cell's values are unknown: worked out anew, because it is rare.
    fn note_unknown_values<R: ReadCell<Value = u32>>(&mut self, whole: &WholeCell<R>, row: usize, cell: RawCell) {
        let text = text::shown(self.block.batch, cell);
        for value in whole.values(&text) {
            if whole.reader.text(value) == Reading::Bad {
                let text = self.rule.safe.then(|| Box::from(value));
                self.bad(row, R::BAD, text, true);
            }
        }
    }
}

/// The reader of a cell that may hold several values.
struct WholeCell<'a, R> {
    reader: &'a R,
    split: &'a [String],
}

impl<R: ReadCell<Value = u32>> WholeCell<'_, R> {
    /// The values in a cell's text. A declared label that holds a separator is one value.
    fn values<'t>(&self, text: &'t str) -> Vec<&'t str> {
        match self.reader.whole(text) {
            Reading::Value(_) => vec![text],
            _ => categories::split(text, self.split),
        }
    }

    /// The codes in a cell's text, unknown ones as the bucket; a cell that is a mark as a whole holds none.
    fn read(&self, text: &str) -> Reading<Box<[u32]>> {
        if let Reading::Mark(nothing) = self.reader.whole(text) {
            return Reading::Mark(nothing);
        }
        let mut masked = false;
        let code = |value: &str| match self.reader.text(value) {
            Reading::Value(code) => Some(code),
            Reading::Masked(code) => (masked = true, Some(code)).1,
            Reading::Bad => self.reader.bucket(),
            Reading::Blank | Reading::Mark(_) => None,
        };
        let codes: Vec<u32> = self.values(text).into_iter().filter_map(code).collect();
        match (codes.is_empty(), masked) {
            (true, _) => Reading::Blank,
            (false, true) => Reading::Masked(codes.into_boxed_slice()),
            (false, false) => Reading::Value(codes.into_boxed_slice()),
        }
    }

    fn known(
        &self,
        memo: &mut Memo<Known<u32>>,
        lists: &mut Vec<Box<[u32]>>,
        batch: &RawBatch,
        cell: RawCell,
        scratch: &mut Vec<u8>,
    ) -> Known<u32> {
        match cell {
            RawCell::Empty => Known::default(),
            RawCell::Error => Known { reading: Reading::Bad, print: 1 },
            RawCell::Text { .. } | RawCell::QuotedText { .. } => {
                let bytes = text::bytes_of(batch, cell, scratch).unwrap_or_default();
                let text = || text::decode(text::trim(bytes, batch.encoding), batch.encoding);
                memo.get(bytes, || self.remember(&text(), lists))
            }
            _ => {
                let text = text::shown(batch, cell);
                memo.get(text.as_bytes(), || self.remember(&text, lists))
            }
        }
    }

    fn remember(&self, text: &str, lists: &mut Vec<Box<[u32]>>) -> Known<u32> {
        let reading = if text.is_empty() { Reading::Blank } else { self.read(text) };
        let mut keep = |codes: Box<[u32]>, reading: fn(u32) -> Reading<u32>| {
            let print = codes.iter().fold(1, |print, code| mix(print, self.reader.print(*code))) as u32;
            lists.push(codes);
            Known { reading: reading(lists.len() as u32 - 1), print }
        };
        match reading {
            Reading::Value(codes) => keep(codes, Reading::Value),
            Reading::Masked(codes) => keep(codes, Reading::Masked),
            Reading::Mark(nothing) => Known { reading: Reading::Mark(nothing), print: print_of_mark(nothing) },
            Reading::Blank => Known::default(),
            Reading::Bad => Known { reading: Reading::Bad, print: 1 },
        }
    }
}
