//! Cuts files into chunks that begin and end between records, one after the other, under the lock that orders the work.
//!
//! In: files in name order. Out: [`Chunk`]s with the number of their first record, and in the end a door per file. The
//! records are counted here, by where they end, and nothing is judged but where a chunk may be cut: a chunk ends with a
//! data row unless it is the file's last, so that what stands below the data is always decided within one chunk.

use std::slice::Iter;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::vocabulary::limits::Over;

use super::super::TextEncoding;
use super::super::asked::Asked;
use super::super::encoding::{self, Charset, NoCharset};
use super::super::files::Input;
use super::super::handover::Stop;
use super::super::header::{self, Placement};
use super::super::rows::Look;
use super::bytes::{Bytes, NoBytes};
use super::careful::{self, End};
use super::detect;
use super::split::judge;
use super::structure::{self, Records};

/// How much is read at a time; tests make it small.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub chunk_bytes: usize,
    /// A record may not be longer: a quote that is never closed would swallow the file.
    pub longest_record: usize,
    /// Text without any data row that is kept together. Beyond it, rows that might be footnotes are taken for data or
    /// section rows, as if a data row followed.
    pub held_bytes: usize,
}

impl Pace {
    pub(super) const ORDINARY: Pace = Pace { chunk_bytes: 16 << 20, longest_record: 16 << 20, held_bytes: 64 << 20 };

    /// For so many bytes in all. A small export is cut finer, so that every worker has its share and memory stays in
    /// proportion; the cuts depend on the export alone, never on the machine.
    pub(super) fn of(total_bytes: u64) -> Pace {
        let sixteenth = usize::try_from(total_bytes / 16).unwrap_or(usize::MAX);
        Pace { chunk_bytes: sixteenth.clamp(1 << 20, Pace::ORDINARY.chunk_bytes), ..Pace::ORDINARY }
    }
}

/// What all chunks of a file have in common.
#[derive(Debug)]
pub(super) struct Table {
    pub input: Input,
    pub charset: Charset,
    pub encoding: TextEncoding,
    pub delimiter: u8,
    pub placement: Placement,
}

impl Table {
    /// A record as a person finds it; the column is the first, as a record is all that is known.
    pub(super) fn record(&self, record: u64) -> Location {
        let row = u32::try_from(record).unwrap_or(u32::MAX);
        Location::Cell { file: self.input.shown(), sheet: None, row, column: 1, header: None }
    }
}

/// A piece of a file: whole records. The text itself is in the worker's batch.
#[derive(Debug)]
pub(super) struct Chunk {
    pub table: Arc<Table>,
    /// Number (from 1) of its first record in the file.
    pub first_record: u64,
    /// Quotes stand where a well-formed file has none.
    pub stray_quotes: bool,
    /// The file ends with it.
    pub last: bool,
}

/// A file that has been cut up to its end.
pub(super) struct Done {
    pub table: Arc<Table>,
    pub bytes: u64,
    pub digest: String,
    pub records: u64,
}

pub(super) struct Feeder<'a> {
    inputs: Iter<'a, Input>,
    asked: &'a Asked,
    pace: Pace,
    open: Option<Opened>,
    pub done: Vec<Done>,
}

impl<'a> Feeder<'a> {
    pub(super) fn new(inputs: &'a [Input], asked: &'a Asked, pace: Pace) -> Feeder<'a> {
        Feeder { inputs: inputs.iter(), asked, pace, open: None, done: Vec::new() }
    }

    /// Puts the next chunk's text into `text`; `None` when all files are at their end.
    pub(super) fn next(&mut self, text: &mut Vec<u8>) -> Result<Option<Chunk>, Stop> {
        loop {
            if self.open.is_none() {
                let Some(input) = self.inputs.next() else { return Ok(None) };
                let opened = Opened::new(input, self.asked);
                self.open = Some(opened.map_err(|failure| Stop { failure, header_of: Some(input.index) })?);
            }
            if let Some(open) = &mut self.open
                && let Some(chunk) = open.next(text, self.asked, self.pace)?
            {
                return Ok(Some(chunk));
            }
            self.done.extend(self.open.take().map(Opened::close));
        }
    }
}

/// A file with its header read.
pub(super) struct Opened {
    bytes: Bytes,
    table: Arc<Table>,
    /// Records taken, header and all above it included.
    records: u64,
}

/// Where a chunk ends.
struct Cut {
    end: usize,
    records: u64,
    stray_quotes: bool,
}

impl Opened {
    /// Opens a file: encoding, delimiter, header.
    pub(super) fn new(input: &Input, asked: &Asked) -> Result<Opened, Failure> {
        let (mut bytes, charset) = Bytes::open(&input.path, asked.layout.encoding.as_deref())
            .map_err(|problem| unreadable(problem, input, asked, None))?;
        let encoding = charset.of_batches();
        let head = detect::read_head(bytes.waiting(), bytes.file_ended(), encoding, asked);
        let columns = head.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns as u64 > asked.limits.columns {
            let message = say!("ingest-file-has-so-many-columns", columns);
            return Err(Over { message, key: "columns" }.at(input.location()));
        }
        if head.rows.is_empty() && head.broken.is_none() && !bytes.file_ended() {
            return Err(runaway(1, bytes.waiting().len(), input.location()));
        }
        let found = header::find(&head.rows, asked, None);
        let placement = match (found, head.broken) {
            (Ok(placement), _) => placement,
            (Err(_), Some((record, End::Swallowed))) => return Err(swallowed(input.location(), record)),
            (Err(_), Some((record, _))) if bytes.file_ended() => return Err(open_quote(input.location(), record)),
            (Err(problem), _) => return Err(Failure::fixable(header::diagnose(&problem, asked, &input.location()))),
        };
        let records = u64::from(placement.header_row);
        let header_end = head.ends[placement.header_row as usize - 1];
        if encoding == TextEncoding::Utf8 && encoding::valid_up_to(&bytes.waiting()[..header_end]) < header_end {
            return Err(not_utf_8(input.location(), records, charset, asked));
        }
        bytes.skip(header_end);
        let table = Table { input: input.clone(), charset, encoding, delimiter: head.delimiter, placement };
        Ok(Opened { bytes, table: Arc::new(table), records })
    }

    fn next(&mut self, text: &mut Vec<u8>, asked: &Asked, pace: Pace) -> Result<Option<Chunk>, Failure> {
        text.clear();
        let mut target = pace.chunk_bytes;
        let cut = loop {
            self.fill(text, target).map_err(|why| unreadable(why, &self.table.input, asked, Some(self.records + 1)))?;
            if text.is_empty() {
                return Ok(None);
            }
            match self.cut(text, asked, pace)? {
                Some(cut) => break cut,
                None => target = text.len() * 2,
            }
        };
        self.bytes.give_back(&text[cut.end..]);
        text.truncate(cut.end);
        let first_record = self.records + 1;
        self.records += cut.records;
        if self.records > u64::from(u32::MAX) {
            return Err(too_many_records(&self.table));
        }
        let last = self.bytes.ended();
        Ok(Some(Chunk { table: self.table.clone(), first_record, stray_quotes: cut.stray_quotes, last }))
    }

    /// A line end of two bytes is not left in halves.
    fn fill(&mut self, text: &mut Vec<u8>, target: usize) -> Result<(), NoBytes> {
        self.bytes.fill(text, target)?;
        let mut more = 1;
        while text.last() == Some(&b'\r') && !self.bytes.ended() {
            self.bytes.fill(text, text.len() + more)?;
            more *= 2;
        }
        Ok(())
    }

    /// Where the chunk can end; `None` if more text is needed to tell.
    fn cut(&self, text: &[u8], asked: &Asked, pace: Pace) -> Result<Option<Cut>, Failure> {
        let (records, stray_quotes) = self.count(text)?;
        if self.bytes.ended() {
            let unfinished = u64::from(records.end < text.len());
            return Ok(Some(Cut { end: text.len(), records: records.count + unfinished, stray_quotes }));
        }
        if records.count == 0 {
            return if text.len() > pace.longest_record { Err(self.runaway(text.len())) } else { Ok(None) };
        }
        let records = match self.after_last_data(text, records, asked) {
            Some(records) => records,
            None if text.len() <= pace.held_bytes => return Ok(None),
            None => records,
        };
        Ok(Some(Cut { end: records.end, records: records.count, stray_quotes }))
    }

    /// Counts records, by parity where that is safe; tells broken ones.
    fn count(&self, text: &[u8]) -> Result<(Records, bool), Failure> {
        let (records, shape) = structure::count(text, self.table.delimiter);
        let (records, broken) = if shape.stray {
            careful::count(text, self.table.delimiter)
        } else {
            (records, shape.open.then_some((records.count, End::OpenQuote)))
        };
        match broken {
            Some((record, End::Swallowed)) => {
                let record = self.records + record + 1;
                Err(swallowed(self.table.record(record), record))
            }
            Some((record, _)) if self.bytes.ended() => {
                let record = self.records + record + 1;
                Err(open_quote(self.table.record(record), record))
            }
            _ => Ok((records, shape.stray)),
        }
    }

    /// The records up to and with the last data row, so that the next chunk begins with what stands below it.
    fn after_last_data(&self, text: &[u8], records: Records, asked: &Asked) -> Option<Records> {
        let is_data = |start| judge(text, start, &self.table, asked).0 == Look::Data;
        if is_data(records.end_before) && records.end_before < records.end {
            return Some(records);
        }
        let mut found = None;
        let (mut at, mut count) = (0, 0);
        while at < records.end {
            let (look, end) = judge(text, at, &self.table, asked);
            let End::Record(next) = end else { break };
            count += 1;
            if look == Look::Data {
                found = Some(Records { count, end: next, end_before: at });
            }
            at = next;
        }
        found
    }

    fn runaway(&self, bytes: usize) -> Failure {
        let record = self.records + 1;
        runaway(record, bytes, self.table.record(record))
    }

    fn close(self) -> Done {
        let (bytes, digest) = self.bytes.close();
        Done { table: self.table, bytes, digest, records: self.records }
    }
}

fn runaway(record: u64, bytes: usize, at: Location) -> Failure {
    let message = say!("ingest-record-is-longer-than-mib", record, mib = bytes >> 20);
    Diagnostic::error(Code::BrokenRecord, message, at).help(say!("ingest-quote-opens-in-this-record")).into()
}

fn open_quote(at: Location, record: u64) -> Failure {
    let message = say!("ingest-quote-opens-in-record-and", record);
    Diagnostic::error(Code::BrokenRecord, message, at).help(say!("ingest-close-or-remove-quote")).into()
}

pub(super) fn swallowed(at: Location, record: u64) -> Failure {
    let message = say!("ingest-quoted-cell-record-goes-over", record);
    Diagnostic::error(Code::BrokenRecord, message, at).help(say!("ingest-closing-quote-is-probably-missing")).into()
}

fn too_many_records(table: &Table) -> Failure {
    let message = say!("ingest-too-many-records");
    Diagnostic::error(Code::UnreadableFile, message, table.input.location())
        .help(say!("ingest-split-file-in-two"))
        .into()
}

/// Bytes that are not UTF-8 in a file that is read as UTF-8.
pub(super) fn not_utf_8(at: Location, record: u64, charset: Charset, asked: &Asked) -> Failure {
    let message = say!("ingest-record-holds-bytes-are-not", record);
    let help = match charset.mark {
        0 => say!("ingest-set-encoding-windows-1252", table = asked.table()),
        _ => say!("ingest-byte-order-mark-is-wrong"),
    };
    Diagnostic::error(Code::BadEncoding, message, at).help(help).into()
}

fn unreadable(problem: NoBytes, input: &Input, asked: &Asked, record: Option<u64>) -> Failure {
    let key = say!("ingest-encoding-under", table = asked.table());
    let near = record.map_or(String::new(), |record| say!("ingest-in-record-or-below", record));
    let (code, message, help) = match problem {
        NoBytes::Io(error) => return Failure::io(say!("diagnostic-reading"), &input.shown(), &error),
        NoBytes::Charset(NoCharset::UnknownLabel(label)) => (
            Code::BadEncoding,
            say!("ingest-there-is-no-encoding", label),
            say!("ingest-use-utf-8-or-windows-1252", key),
        ),
        NoBytes::Charset(NoCharset::NotText) => {
            (Code::UnsupportedFormat, say!("ingest-file-is-not-text"), say!("ingest-export-data-xlsx-or-csv"))
        }
        NoBytes::Malformed => {
            let message = say!("ingest-bytes-not-of-encoding-read-as", near);
            (Code::BadEncoding, message, say!("ingest-correct-key-or-export-utf-8", key))
        }
    };
    Diagnostic::error(code, message, input.location()).help(help).into()
}
