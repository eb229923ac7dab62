//! What is handed on: rows with the asked-for cells, batch by batch, and what was seen of each sheet and file.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::domain::balance::Tally;

/// What a cell held, without a String per cell. Sixteen bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RawCell {
    /// Nothing there (or no such column in this record). Space alone is `Text`.
    Empty,
    /// Bytes in [`RawBatch::text`], in the batch's encoding, untrimmed, quotes already taken off.
    Text {
        start: u32,
        length: u32,
    },
    /// As `Text`, but doubled quotes (`""`) still stand for one: only text inside quotes can hold them. Quoted text
    /// without any comes as `Text`.
    QuotedText {
        start: u32,
        length: u32,
    },
    Number(f64),
    /// A number whose cell has a per cent format: 0.69 shown as 69 %.
    PercentNumber(f64),
    /// A date cell, as days since 1970-01-01 (time of day dropped).
    Day(i32),
    Bool(bool),
    /// A spreadsheet error value (#N/A …).
    Error,
}

/// How the bytes of a batch's text are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TextEncoding {
    Utf8,
    Windows1252,
}

/// Rows that hold data, with only the cells that the plan asks for.
#[derive(Debug)]
pub(crate) struct RawBatch {
    /// Counts batches of one source over all its files from 0; the order in which rows stand in the exports.
    pub sequence: u64,
    /// Index into the source's files in name order.
    pub file: u32,
    /// Base name of the file.
    pub file_name: Arc<str>,
    /// Sheet name; `None` for a delimited file.
    pub sheet: Option<Arc<str>>,
    pub encoding: TextEncoding,
    /// The bytes that text cells point into (a chunk of the file itself, for a delimited file).
    pub text: Vec<u8>,
    /// Row-major: `cells[row * width + column]`, columns as in `SourcePlan::columns` with headers, then `wide`.
    pub cells: Vec<RawCell>,
    pub width: usize,
    /// Excel's row number of each row (for a delimited file: the record's number, header included, from 1).
    pub rows: Vec<u32>,
}

/// What a sheet was, told when its last batch has been handed over.
#[derive(Debug, Clone)]
pub(crate) struct SheetDoor {
    pub file_name: String,
    pub sheet: Option<String>,
    /// Physical rows or records of the sheet, counted where they are split.
    pub rows: u64,
    /// Headings, blanks, total rows and footnotes: the fates that ingest decides. The rest went out in batches.
    pub tally: Tally,
    /// Excel column (from 1) of each column of the batches, 0 where a derived or optional column is absent.
    pub columns: Vec<u32>,
    /// Header texts as they stand in the export, parallel to `columns`.
    pub headers: Vec<String>,
    /// "windows-1252", "utf-8", …; `None` for a workbook.
    pub encoding: Option<String>,
}

impl RawBatch {
    /// Rows in the batch.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when the batch has no rows: every sequence number is handed over, rows or not.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn empty() -> RawBatch {
        RawBatch {
            sequence: 0,
            file: 0,
            file_name: "".into(),
            sheet: None,
            encoding: TextEncoding::Utf8,
            text: Vec::new(),
            cells: Vec::new(),
            width: 0,
            rows: Vec::new(),
        }
    }

    /// Some of its rows, under the same sequence number.
    pub(crate) fn part(&self, rows: Range<usize>) -> RawBatch {
        RawBatch {
            sequence: self.sequence,
            file: self.file,
            file_name: self.file_name.clone(),
            sheet: self.sheet.clone(),
            encoding: self.encoding,
            text: self.text.clone(),
            cells: self.cells[rows.start * self.width..rows.end * self.width].to_vec(),
            width: self.width,
            rows: self.rows[rows].to_vec(),
        }
    }

    /// Drops the rows from `first` on up to `end`; the text stays.
    pub(super) fn remove_rows(&mut self, first: usize, end: usize) {
        self.rows.drain(first..end);
        self.cells.drain(first * self.width..end * self.width);
    }
}

/// A file that has been read to its end.
#[derive(Debug, Clone)]
pub(crate) struct FileSeen {
    pub file_name: String,
    pub bytes: u64,
    /// blake3 of the file's bytes as hex, computed while reading.
    pub digest: String,
    /// In workbook order; one for a delimited file.
    pub sheets: Vec<SheetDoor>,
    /// What is remarkable about the file as a whole.
    pub warnings: Vec<Diagnostic>,
}
