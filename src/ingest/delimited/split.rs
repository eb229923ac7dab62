//! Splits a chunk into the asked-for cells, outside the lock.
//!
//! In: a chunk's text, which begins and ends between records. Out: the rows of a batch, and the fates of the rows that are
//! none. A cell is a place in the text; no text is copied but for the rare `"abc"def`.

use crate::diagnostic::Failure;
use crate::domain::balance::Tally;

use super::super::asked::Asked;
use super::super::encoding::{decode, valid_up_to};
use super::super::header::Placement;
use super::super::labels::LabelFilter;
use super::super::rows::{Look, RowForm, Sorter, look};
use super::super::{RawBatch, RawCell, TextEncoding};
use super::careful::{self, End, Form, Piece};
use super::feeder::{Chunk, Table, not_utf_8};
use super::structure;

/// Judges the record that begins at `start`, over all its cells.
pub(super) fn judge(text: &[u8], start: usize, table: &Table, asked: &Asked) -> (Look, End) {
    let mut pieces = Vec::new();
    let end = careful::read_record(text, start, table.delimiter, &mut pieces);
    (look(&form_of(text, &pieces, table.encoding), asked, &table.placement), end)
}

fn form_of(text: &[u8], pieces: &[Piece], encoding: TextEncoding) -> RowForm {
    let mut form = RowForm::default();
    for (column, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.start < piece.end) {
        form.add_text(column, &decode(&careful::content(text, *piece), encoding));
    }
    form
}

/// Splits the chunk whose text is in `batch`, and fills in the rest of the batch.
///
/// Errors: `bad-encoding`, with the record.
pub(super) fn split(
    chunk: &Chunk,
    asked: &Asked,
    labels: &LabelFilter,
    batch: &mut RawBatch,
) -> Result<Tally, Failure> {
    let text = std::mem::take(&mut batch.text);
    begin(chunk, batch);
    check_utf_8(chunk, &text, asked)?;
    let sorter = Sorter::new(asked.kind);
    let mut splitter =
        Splitter { chunk, text: &text, asked, labels, sorter, batch, base: 0, record: chunk.first_record, sure: 0 };
    let mut copied = Vec::new();
    if chunk.stray_quotes {
        copied = splitter.by_care();
    } else {
        splitter.by_parity();
    }
    if chunk.last {
        splitter.sorter.end_of_sheet(splitter.batch);
    } else {
        splitter.sorter.cut_short(splitter.batch);
    }
    let tally = splitter.sorter.take_tally();
    batch.text = text;
    batch.text.extend_from_slice(&copied);
    Ok(tally)
}

fn begin(chunk: &Chunk, batch: &mut RawBatch) {
    batch.file = chunk.table.input.index;
    batch.file_name = chunk.table.input.name.clone();
    batch.sheet = None;
    batch.encoding = chunk.table.encoding;
    batch.width = chunk.table.placement.width();
    batch.cells.clear();
    batch.rows.clear();
}

fn check_utf_8(chunk: &Chunk, text: &[u8], asked: &Asked) -> Result<(), Failure> {
    if chunk.table.encoding != TextEncoding::Utf8 {
        return Ok(());
    }
    let valid = valid_up_to(text);
    if valid == text.len() {
        return Ok(());
    }
    let (before, delimiter) = (&text[..valid], chunk.table.delimiter);
    let records =
        if chunk.stray_quotes { careful::count(before, delimiter).0 } else { structure::count(before, delimiter).0 };
    let record = chunk.first_record + records.count;
    Err(not_utf_8(chunk.table.record(record), record, chunk.table.charset, asked))
}

struct Splitter<'a> {
    chunk: &'a Chunk,
    text: &'a [u8],
    asked: &'a Asked,
    labels: &'a LabelFilter,
    sorter: Sorter,
    batch: &'a mut RawBatch,
    /// Index of the current row's first cell.
    base: usize,
    /// Number of the current record.
    record: u64,
    /// Cells of the current record that are filled for sure, by their first byte.
    sure: u32,
}

impl Splitter<'_> {
    fn placement(&self) -> &Placement {
        &self.chunk.table.placement
    }

    fn begin_row(&mut self) {
        self.base = self.batch.cells.len();
        self.batch.cells.resize(self.base + self.batch.width, RawCell::Empty);
        self.sure = 0;
    }

    /// The fast way, for text in which parity tells what is inside quotes.
    fn by_parity(&mut self) {
        let text = self.text;
        let table = self.chunk.table.clone();
        let slots = table.placement.slots();
        let (mut column, mut start, mut record_start) = (0, 0, 0);
        self.begin_row();
        structure::walk(text, table.delimiter, |block, marks| {
            let mut cells = marks.cells;
            while cells != 0 {
                let bit = cells.trailing_zeros();
                cells &= cells - 1;
                let end = block + bit as usize;
                self.cell(slots.get(column), start, end);
                column += 1;
                start = end + 1;
                if marks.records >> bit & 1 == 1 {
                    self.end_record(record_start, end);
                    self.begin_row();
                    start = structure::behind_line_end(text, end);
                    (column, record_start) = (0, start);
                }
            }
        });
        if record_start < text.len() {
            self.cell(slots.get(column), start, text.len());
            self.end_record(record_start, text.len());
        } else {
            self.batch.cells.truncate(self.base);
        }
    }

    #[inline(always)]
    fn cell(&mut self, slot: Option<&Option<u32>>, start: usize, end: usize) {
        if start >= end {
            return;
        }
        let quoted = self.text[start] == b'"';
        let first = if quoted { self.text[start + 1] } else { self.text[start] };
        self.sure += u32::from(LabelFilter::is_surely_text(first));
        if let Some(Some(slot)) = slot {
            let cell = if quoted { self.quoted_cell(start + 1, end - 1) } else { text_cell(start, end) };
            self.batch.cells[self.base + *slot as usize] = cell;
        }
    }

    #[inline]
    fn quoted_cell(&self, start: usize, end: usize) -> RawCell {
        if start >= end {
            return RawCell::Empty;
        }
        match memchr::memchr(b'"', &self.text[start..end]) {
            Some(_) => RawCell::QuotedText { start: start as u32, length: (end - start) as u32 },
            None => text_cell(start, end),
        }
    }

    /// Nearly all rows are data: two cells are filled for sure, and the first one is no total label.
    #[inline(always)]
    fn end_record(&mut self, start: usize, end: usize) {
        if self.sure >= 2 && !self.labels.may_begin(&self.text[start..end]) {
            self.keep();
            self.sorter.data(self.batch);
        } else {
            let look = judge(self.text, start, &self.chunk.table, self.asked).0;
            self.sort(look);
        }
        self.record += 1;
    }

    #[inline(always)]
    fn keep(&mut self) {
        self.chunk.table.placement.copy_shared(&mut self.batch.cells[self.base..]);
        // The feeder has refused files with more records than `u32` can number.
        self.batch.rows.push(self.record as u32);
    }

    #[cold]
    fn sort(&mut self, look: Look) {
        match look {
            Look::Data => {
                self.keep();
                self.sorter.data(self.batch);
            }
            Look::Lone { phrase } => {
                self.keep();
                self.sorter.lone(phrase);
            }
            Look::Blank | Look::Total => self.batch.cells.truncate(self.base),
        }
        match look {
            Look::Blank => self.sorter.blanks(1),
            Look::Total => self.sorter.total(),
            Look::Data | Look::Lone { .. } => {}
        }
    }

    /// The slow way, for text with stray quotes. Returns text that stands nowhere in the file as it should be read.
    fn by_care(&mut self) -> Vec<u8> {
        let text = self.text;
        let mut copied = Vec::new();
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let end = careful::read_record(text, at, self.chunk.table.delimiter, &mut pieces);
            self.begin_row();
            for (column, piece) in pieces.iter().enumerate() {
                if let Some(Some(slot)) = self.placement().slots().get(column) {
                    let slot = self.base + *slot as usize;
                    self.batch.cells[slot] = careful_cell(text, *piece, &mut copied);
                }
            }
            let form = form_of(text, &pieces, self.chunk.table.encoding);
            self.sort(look(&form, self.asked, self.placement()));
            self.record += 1;
            at = match end {
                End::Record(next) => next,
                End::Text | End::OpenQuote | End::Swallowed => text.len(),
            };
        }
        copied
    }
}

fn text_cell(start: usize, end: usize) -> RawCell {
    RawCell::Text { start: start as u32, length: (end - start) as u32 }
}

fn careful_cell(text: &[u8], piece: Piece, copied: &mut Vec<u8>) -> RawCell {
    match piece.form {
        _ if piece.start >= piece.end => RawCell::Empty,
        Form::Plain | Form::Quoted { doubled: false } => text_cell(piece.start, piece.end),
        Form::Quoted { doubled: true } => {
            RawCell::QuotedText { start: piece.start as u32, length: (piece.end - piece.start) as u32 }
        }
        Form::QuotedThenText => {
            let start = text.len() + copied.len();
            copied.extend_from_slice(&careful::content(text, piece));
            text_cell(start, text.len() + copied.len())
        }
    }
}
