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

mod batch;

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

use crate::diagnostic::{Failure, FailureKind};
use crate::vocabulary::plan::SourcePlan;

use asked::Asked;
use files::Input;
use handover::{Handover, Sink};

pub(crate) use batch::{FileSeen, RawBatch, RawCell, SheetDoor, TextEncoding};
pub(crate) use files::{FileKind, WorkbookKind, filled_in, find_files, name_beside};
pub(crate) use whole::{ReadsWhole, WholeCell, WholeFile, WholeSheet, read_whole};

/// What a source is read from, by how many threads, and the flag that stops it.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// As [`find_files`] gives them.
    pub files: &'a [PathBuf],
    pub threads: usize,
    pub abort: &'a AtomicBool,
}

/// Reads all files of a source, handing every batch to `sink` from one of `threads` threads.
///
/// Out: what was seen of each file, in the order of `files`. Batches carry the
/// sequence numbers 0, 1, 2 … without gaps, over all files in order; each number is handed over exactly once, even when
/// its batch has no rows, but calls may overlap and overtake one another: the sink serialises itself by `sequence`.
/// `abort` is set as soon as one number will never be handed over, after all lower ones have been: a sink that waits for
/// its turn polls it, and returns any error then.
/// Errors: the failure with the lowest sequence number. If it is a header that cannot be read, the headers of all later
/// files are tried too, so that one run tells about all of them.
pub(crate) fn read_source(source: &SourcePlan, reading: Reading<'_>, sink: Sink<'_>) -> Result<Vec<FileSeen>, Failure> {
    read_as(&Asked::of(source), reading, sink)
}

/// Reads a source as [`read_source`] does, but all columns of its sheets: those that the source asks for first, then the
/// others in their order. The door of each sheet has all headers. For a look at what the job leaves out; of Kolada's JSON
/// only what is asked for is read, and no row above a header or below the data.
pub(crate) fn read_every_column(
    source: &SourcePlan,
    reading: Reading<'_>,
    sink: Sink<'_>,
) -> Result<Vec<FileSeen>, Failure> {
    read_as(&Asked::of(source).with_every_column(), reading, sink)
}

fn read_as(asked: &Asked, reading: Reading<'_>, sink: Sink<'_>) -> Result<Vec<FileSeen>, Failure> {
    let inputs = files::identify(reading.files)?;
    let (threads, handover) = (reading.threads.max(1), Handover::new(reading.abort, sink));
    let mut seen = Vec::with_capacity(inputs.len());
    for run in inputs.chunk_by(|one, next| one.kind.is_read_with(next.kind)) {
        let done = match run[0].kind {
            FileKind::Delimited => delimited::read(run, asked, threads, &handover),
            FileKind::Workbook(_) => workbook::read(run, asked, threads, &handover),
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
