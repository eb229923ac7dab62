//! Reads exports: files in, [`RawBatch`]es of the asked-for cells out, streamed, every row with file, sheet and Excel row.
//!
//! In: a source plan's files and headers. Out: batches in a fixed order (`sequence`), and a [`SheetDoor`] per sheet that
//! counts the physical rows by other code than the branches that sort them. Never: types, categories, periods.
//!
//! The way of a row: `files` says which files and what they are → `delimited` or `workbook` (`kolada_json` for saved
//! answers of an API, whose keys are its header) takes them apart → `header`
//! finds the asked-for columns → `rows` tells data from blanks, totals, section rows and footnotes → `handover` gives the
//! batch to the sink.

mod asked;

mod encoding;

mod files;

mod handover;

mod header;

mod labels;

mod rows;

mod delimited;

mod kolada_json;

mod whole;

mod workbook;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Diagnostic, Failure, FailureKind};
use crate::vocabulary::plan::SourcePlan;

use asked::Asked;
use files::Input;
use handover::Handover;

pub(crate) use files::{FileKind, WorkbookKind, find_files};
pub(crate) use whole::{ReadsWhole, WholeCell, WholeFile, WholeSheet, read_whole};

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
    pub file_name: std::sync::Arc<str>,
    /// Sheet name; `None` for a delimited file.
    pub sheet: Option<std::sync::Arc<str>>,
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
    pub tally: crate::domain::balance::Tally,
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

    fn empty() -> RawBatch {
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
    pub(crate) fn part(&self, rows: std::ops::Range<usize>) -> RawBatch {
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
    fn remove_rows(&mut self, first: usize, end: usize) {
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

/// Reads all files of a source, handing every batch to `sink` from one of `threads` threads.
///
/// In: `files` as [`find_files`] gives them. Out: what was seen of each file, in the same order. Batches carry the
/// sequence numbers 0, 1, 2 … without gaps, over all files in order; each number is handed over exactly once, even when
/// its batch has no rows, but calls may overlap and overtake one another: the sink serialises itself by `sequence`.
/// `abort` is set as soon as one number will never be handed over, after all lower ones have been: a sink that waits for
/// its turn polls it, and returns any error then.
/// Errors: the failure with the lowest sequence number. If it is a header that cannot be read, the headers of all later
/// files are tried too, so that one run tells about all of them.
pub(crate) fn read_source(
    source: &SourcePlan,
    files: &[PathBuf],
    threads: usize,
    abort: &AtomicBool,
    sink: &(dyn Fn(&RawBatch) -> Result<(), Failure> + Sync),
) -> Result<Vec<FileSeen>, Failure> {
    read_as(&Asked::of(source), files, threads, abort, sink)
}

/// Reads a source as [`read_source`] does, but all columns of its sheets: those that the source asks for first, then the
/// others in their order. The door of each sheet has all headers. For a look at what the job leaves out; of Kolada's JSON
/// only what is asked for is read, and no row above a header or below the data.
pub(crate) fn read_every_column(
    source: &SourcePlan,
    files: &[PathBuf],
    threads: usize,
    abort: &AtomicBool,
    sink: &(dyn Fn(&RawBatch) -> Result<(), Failure> + Sync),
) -> Result<Vec<FileSeen>, Failure> {
    read_as(&Asked::of(source).with_every_column(), files, threads, abort, sink)
}

fn read_as(
    asked: &Asked,
    files: &[PathBuf],
    threads: usize,
    abort: &AtomicBool,
    sink: &(dyn Fn(&RawBatch) -> Result<(), Failure> + Sync),
) -> Result<Vec<FileSeen>, Failure> {
    let inputs = files::identify(files)?;
    let handover = Handover::new(abort, sink);
    let mut seen = Vec::with_capacity(inputs.len());
    for run in inputs.chunk_by(|one, next| one.kind.is_read_with(next.kind)) {
        let done = match run[0].kind {
            FileKind::Delimited => delimited::read(run, asked, threads.max(1), &handover),
            FileKind::Workbook(_) => workbook::read(run, asked, threads.max(1), &handover),
            FileKind::Json => kolada_json::read(run, asked, &handover),
        };
        seen.extend(done);
        if handover.stopped() {
            break;
        }
    }
    handover.close().map_err(|stop| with_later_headers(stop, &inputs, asked))?;
    Ok(seen)
}

/// Adds what is wrong with the headers of the files after the one that stopped the reading at its header.
fn with_later_headers(stop: handover::Stop, inputs: &[Input], asked: &Asked) -> Failure {
    let mut failure = stop.failure;
    let Some(file) = stop.header_of.filter(|_| failure.kind == FailureKind::Fixable) else { return failure };
    for input in inputs.iter().filter(|input| input.index > file) {
        let tried = match input.kind {
            FileKind::Delimited => delimited::try_header(input, asked),
            FileKind::Workbook(_) => workbook::try_header(input, asked),
            FileKind::Json => Ok(()),
        };
        if let Err(more) = tried {
            failure.diagnostics.extend(more.diagnostics);
        }
    }
    failure
}

/// Bytes of a file that is read twice, and their digest as hex.
fn digest_of(input: &Input) -> Result<(u64, String), Failure> {
    let io = |error| Failure::io(say!("diagnostic-reading"), &input.shown(), &error);
    let mut hasher = blake3::Hasher::new();
    let file = std::fs::File::open(&input.path).map_err(io)?;
    hasher.update_reader(file).map_err(io)?;
    Ok((hasher.count(), hasher.finalize().to_hex().to_string()))
}
