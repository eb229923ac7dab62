//! Labels that stand only on the first row of their block.
//!
//! In: batches in order. Out: the same batch with each blank cell of certain columns holding what stands above it in
//! the same sheet. Never: a label carried from one sheet into the next, or into a row that has its own.

use std::sync::Arc;

use crate::ingest::{RawBatch, RawCell, TextEncoding};

use super::text;

/// The last label of each filled column, carried from batch to batch.
#[derive(Default)]
pub(super) struct Carry {
    sheet: Option<(u32, Option<Arc<str>>)>,
    last: Vec<Carried>,
}

#[derive(Clone, Default)]
enum Carried {
    #[default]
    Nothing,
    /// A number, a day, a truth value.
    Cell(RawCell),
    /// Bytes in the encoding of the sheet that they come from, which is the sheet's only one.
    Text { bytes: Vec<u8>, quoted: bool },
}

impl Carry {
    /// The batch with the blanks of `columns` (indices of cells) filled from above.
    pub(super) fn fill(&mut self, batch: &RawBatch, columns: &[usize]) -> RawBatch {
        let sheet = Some((batch.file, batch.sheet.clone()));
        if self.sheet != sheet {
            self.sheet = sheet;
            self.last = vec![Carried::Nothing; columns.len()];
        }
        let mut filled = copy(batch);
        for (last, column) in self.last.iter_mut().zip(columns) {
            fill_column(&mut filled, *column, last);
        }
        filled
    }
}

fn copy(batch: &RawBatch) -> RawBatch {
    RawBatch {
        sequence: batch.sequence,
        file: batch.file,
        file_name: Arc::clone(&batch.file_name),
        sheet: batch.sheet.clone(),
        encoding: batch.encoding,
        text: batch.text.clone(),
        cells: batch.cells.clone(),
        width: batch.width,
        rows: batch.rows.clone(),
    }
}

fn fill_column(batch: &mut RawBatch, column: usize, last: &mut Carried) {
    let mut above = match last {
        Carried::Nothing => RawCell::Empty,
        Carried::Cell(cell) => *cell,
        Carried::Text { bytes, quoted } => append(batch, bytes, *quoted),
    };
    for row in 0..batch.rows.len() {
        let at = row * batch.width + column;
        if is_blank(batch, batch.cells[at]) {
            batch.cells[at] = above;
        } else {
            above = batch.cells[at];
        }
    }
    *last = carried(batch, above);
}

fn append(batch: &mut RawBatch, bytes: &[u8], quoted: bool) -> RawCell {
    let (start, length) = (batch.text.len() as u32, bytes.len() as u32);
    batch.text.extend_from_slice(bytes);
    if quoted { RawCell::QuotedText { start, length } } else { RawCell::Text { start, length } }
}

fn carried(batch: &RawBatch, cell: RawCell) -> Carried {
    match cell {
        RawCell::Empty => Carried::Nothing,
        RawCell::Text { start, length } => {
            Carried::Text { bytes: text::slice(batch, start, length).to_vec(), quoted: false }
        }
        RawCell::QuotedText { start, length } => {
            Carried::Text { bytes: text::slice(batch, start, length).to_vec(), quoted: true }
        }
        cell => Carried::Cell(cell),
    }
}

fn is_blank(batch: &RawBatch, cell: RawCell) -> bool {
    match cell {
        RawCell::Empty => true,
        RawCell::Text { start, length } | RawCell::QuotedText { start, length } => {
            let encoding: TextEncoding = batch.encoding;
            text::trim(text::slice(batch, start, length), encoding).is_empty()
        }
        _ => false,
    }
}
