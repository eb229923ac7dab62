//! Ids and free text: their bytes are kept, trimmed, decoded and masked as need be.
//!
//! In: raw cells. Out: where each row's text is ([`TextCell`]), and the hash of its id. Text that can stay in the batch
//! stays there until it is known whether its row is kept. Never: a copy of text that is UTF-8 as it stands.

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::domain::personal_data;
use crate::ingest::{RawBatch, RawCell, TextEncoding};

use super::categories::{self, Marks};
use super::cells::{At, mix};
use super::duplicates::IdHash;
use super::memo::hash;
use super::text;

/// Where a text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TextCell {
    Blank,
    /// In the batch, trimmed, UTF-8 as it stands.
    Raw {
        start: u32,
        length: u32,
    },
    /// In the column's own bytes: decoded, unquoted or masked text, and numbers and days as text.
    Own {
        start: u32,
        length: u32,
    },
}

/// A column of texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Texts {
    pub cells: Vec<TextCell>,
    /// Bytes of texts that could not stay in the batch.
    own: Vec<u8>,
}

impl Texts {
    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.own.clear();
    }

    /// The bytes of a row's text: UTF-8, unless the export said so and was wrong (then `gather` repairs them).
    #[inline]
    pub(super) fn bytes<'a>(&'a self, batch: &'a RawBatch, row: usize) -> &'a [u8] {
        self.bytes_of(batch, self.cells[row])
    }

    #[inline]
    fn bytes_of<'a>(&'a self, batch: &'a RawBatch, cell: TextCell) -> &'a [u8] {
        match cell {
            TextCell::Blank => &[],
            TextCell::Raw { start, length } => text::slice(batch, start, length),
            TextCell::Own { start, length } => {
                self.own.get(start as usize..(start + length) as usize).unwrap_or_default()
            }
        }
    }

    /// Where a cell's trimmed text is: in the batch if it can stay there.
    #[inline]
    fn place(&mut self, batch: &RawBatch, cell: RawCell) -> TextCell {
        let (start, length, quoted) = match cell {
            RawCell::Empty | RawCell::Error => return TextCell::Blank,
            RawCell::Text { start, length } => (start, length, false),
            RawCell::QuotedText { start, length } => (start, length, true),
            _ => return self.keep(text::shown(batch, cell).as_bytes()),
        };
        let bytes = text::slice(batch, start, length);
        let kept = text::trim(bytes, batch.encoding);
        let foreign = batch.encoding == TextEncoding::Windows1252 && !kept.is_ascii();
        if kept.is_empty() {
            TextCell::Blank
        } else if foreign || quoted && memchr::memchr(b'"', kept).is_some() {
            let start = self.own.len();
            text::push_text(kept, quoted, batch.encoding, &mut self.own);
            TextCell::Own { start: start as u32, length: (self.own.len() - start) as u32 }
        } else {
            let before = kept.as_ptr() as usize - bytes.as_ptr() as usize;
            TextCell::Raw { start: start + before as u32, length: kept.len() as u32 }
        }
    }

    /// An id that held a personnummer is replaced by a number of its own: distinct ids stay distinct.
    pub(super) fn mask_id(&mut self, row: usize, number: u32) {
        self.cells[row] = self.keep(format!("{} {number}", personal_data::Kind::Personnummer.mark()).as_bytes());
    }

    fn keep(&mut self, text: &[u8]) -> TextCell {
        let start = self.own.len() as u32;
        self.own.extend_from_slice(text);
        TextCell::Own { start, length: text.len() as u32 }
    }

    /// The text without what identifies a person.
    fn masked(&mut self, batch: &RawBatch, cell: TextCell) -> TextCell {
        let bytes = self.bytes_of(batch, cell);
        if !personal_data::may_hold(bytes) {
            return cell;
        }
        let masked = match personal_data::mask(&String::from_utf8_lossy(bytes)) {
            Cow::Borrowed(_) => return cell,
            Cow::Owned(masked) => masked,
        };
        self.keep(masked.as_bytes())
    }
}

impl At<'_, '_, '_> {
    /// One id a row; a row without one is rejected.
    pub(super) fn read_ids(&mut self, marks: &Marks, longest: usize, out: &mut Texts, ids: &mut Vec<IdHash>) {
        for row in self.block.from..self.block.to {
            let mut cell = self.text_cell(row, out);
            let id = out.bytes_of(self.block.batch, cell);
            ids.push(IdHash::of(id));
            let is_mark = id.len() <= longest && categories::mark(marks, &String::from_utf8_lossy(id)).is_some();
            if id.is_empty() || is_mark {
                self.fail(row, Code::MissingId, None);
                cell = TextCell::Blank;
            }
            if personal_data::is_in_id(out.bytes_of(self.block.batch, cell)) {
                self.masked(row);
                cell = out.keep(personal_data::Kind::Personnummer.mark().as_bytes());
            }
            out.cells.push(cell);
        }
    }

    /// One text a row.
    pub(super) fn read_texts(&mut self, masked: bool, out: &mut Texts) {
        for row in self.block.from..self.block.to {
            let cell = self.text_cell(row, out);
            let text = out.bytes_of(self.block.batch, cell);
            self.prints[row] = mix(self.prints[row], hash(text, 0) as u32);
            if cell == TextCell::Blank {
                self.blank(row);
            }
            let cell = if masked { out.masked(self.block.batch, cell) } else { cell };
            out.cells.push(cell);
        }
    }

    /// Where a row's text is, or that of the cell that stands in for it when it is blank.
    #[inline]
    fn text_cell(&mut self, row: usize, out: &mut Texts) -> TextCell {
        let cell = out.place(self.block.batch, self.block.cell(row, self.cell));
        match (cell, self.rule.blank_from) {
            (TextCell::Blank, Some(other)) => out.place(self.block.batch, self.block.cell(row, other)),
            _ => cell,
        }
    }
}
