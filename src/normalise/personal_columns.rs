//! Where personal data stand in an export: by column, with counts, without examples.
//!
//! In: batches of all columns of a source, in any order, from several threads. Out: one [`PersonalColumn`] for each
//! column of a sheet that holds something. Never: a cell's text.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::personal_data::{self, KINDS};
use crate::ingest::{FileSeen, RawBatch, RawCell};

use super::text;

/// A column of a sheet that holds personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonalColumn {
    pub file_name: String,
    pub sheet: Option<String>,
    /// As it stands in the export, unless it holds personal data itself; empty beyond the header.
    pub header: String,
    /// Excel's column, from 1.
    pub column: u32,
    /// Its place among the columns that the source declares and reads; `None` for one that it does not.
    pub declared: Option<usize>,
    /// Cells that hold anything.
    pub filled: u64,
    /// Cells that hold each kind, in the order of [`personal_data::Kind::ALL`].
    pub cells: [u64; KINDS],
}

/// A column of the batches.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SheetColumn {
    file: u32,
    sheet: Option<Arc<str>>,
    index: usize,
}

#[derive(Clone, Copy, Default)]
struct Count {
    filled: u64,
    cells: [u64; KINDS],
}

/// Counts what each column holds.
#[derive(Default)]
pub(crate) struct PersonalColumns {
    counts: Mutex<BTreeMap<SheetColumn, Count>>,
}

impl PersonalColumns {
    /// Takes in a batch; batches come in any order.
    pub(crate) fn accept(&self, batch: &RawBatch) {
        if batch.width == 0 {
            return;
        }
        let mut counts = vec![Count::default(); batch.width];
        let mut scratch = Vec::new();
        for row in batch.cells.chunks_exact(batch.width) {
            for (cell, count) in row.iter().zip(&mut counts) {
                count.add(batch, *cell, &mut scratch);
            }
        }
        let mut all = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, count) in counts.into_iter().enumerate().filter(|(_, count)| count.filled > 0) {
            let column = SheetColumn { file: batch.file, sheet: batch.sheet.clone(), index };
            all.entry(column).or_default().merge(count);
        }
    }

    /// The columns that hold something, in the order of files, sheets and columns. `declared`: how many columns of a
    /// batch the source declares.
    pub(crate) fn finish(self, seen: &[FileSeen], declared: usize) -> Vec<PersonalColumn> {
        let counts = self.counts.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        for (SheetColumn { file, sheet, index }, count) in
            counts.into_iter().filter(|(_, count)| count.cells != [0; KINDS])
        {
            let Some(file) = seen.get(file as usize) else { continue };
            let Some(door) = file.sheets.iter().find(|door| door.sheet.as_deref() == sheet.as_deref()) else {
                continue;
            };
            found.push(PersonalColumn {
                file_name: file.file_name.clone(),
                sheet: door.sheet.clone(),
                header: personal_data::shown_header(door.headers.get(index).map_or("", String::as_str)).to_string(),
                column: door.columns.get(index).copied().unwrap_or(0),
                declared: (index < declared).then_some(index),
                filled: count.filled,
                cells: count.cells,
            });
        }
        found.sort_by(|one, other| {
            (&one.file_name, &one.sheet, one.column).cmp(&(&other.file_name, &other.sheet, other.column))
        });
        found
    }
}

impl Count {
    fn add(&mut self, batch: &RawBatch, cell: RawCell, scratch: &mut Vec<u8>) {
        match cell {
            RawCell::Empty => {}
            RawCell::Text { .. } | RawCell::QuotedText { .. } => {
                let bytes = text::trim(text::bytes_of(batch, cell, scratch).unwrap_or_default(), batch.encoding);
                self.filled += u64::from(!bytes.is_empty());
                // Bytes of Windows-1252 have the digits and the @ of UTF-8; full-width ones it has not.
                if personal_data::may_hold(bytes) {
                    self.take(&text::decode(bytes, batch.encoding));
                }
            }
            // Ten or twelve digits typed as a number are a number to Excel, too.
            RawCell::Number(number) if number.fract() == 0.0 && (1e9..1e12).contains(&number) => {
                self.filled += 1;
                self.take(&format!("{number:.0}"));
            }
            _ => self.filled += 1,
        }
    }

    fn take(&mut self, text: &str) {
        for (cells, found) in self.cells.iter_mut().zip(personal_data::count(text)) {
            *cells += u64::from(found > 0);
        }
    }

    fn merge(&mut self, other: Count) {
        self.filled += other.filled;
        for (cells, more) in self.cells.iter_mut().zip(other.cells) {
            *cells += more;
        }
    }
}
