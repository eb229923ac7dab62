//! A whole delimited file, record by record, with a delimiter that nobody has named.
//!
//! In: a file. Out: every record's cells, decoded. One thread and no shortcuts: this is for a first look at an export.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Failure};

use super::super::TextEncoding;
use super::super::encoding::decode;
use super::super::files::Input;
use super::super::whole::{ReadsWhole, WholeCell, WholeFile, WholeSheet};
use super::bytes::{Bytes, NoBytes};
use super::careful::{self, End, Piece};
use super::detect;

/// Text that is taken apart in one go.
const CHUNK_BYTES: usize = 4 << 20;
/// A record may not be longer: a quote that is never closed would swallow the file.
const LONGEST_RECORD: usize = 16 << 20;

/// Reads all records.
pub(in crate::ingest) fn read(input: &Input, reader: &mut dyn ReadsWhole) -> Result<WholeFile, Failure> {
    let (mut bytes, charset) = Bytes::open(&input.path, None).map_err(|problem| unreadable(problem, input))?;
    let encoding = charset.of_batches();
    let delimiter = detect::most_regular(bytes.waiting(), bytes.file_ended(), encoding);
    reader.sheet(WholeSheet { visible: true, ..WholeSheet::default() });
    let mut records = Text { input, delimiter, encoding, record: 0 };
    let (mut text, mut target) = (Vec::new(), CHUNK_BYTES);
    while !bytes.ended() {
        text.clear();
        bytes.fill(&mut text, target).map_err(|problem| unreadable(problem, input))?;
        let read = records.read(&text, bytes.ended(), reader)?;
        bytes.give_back(&text[read..]);
        // A record that is longer than the chunk is tried again with more text.
        target = if read == 0 { target * 2 } else { CHUNK_BYTES };
        if target > 2 * LONGEST_RECORD {
            return Err(records.never_ends());
        }
    }
    let encoding = Some(charset.name());
    let name = input.name.to_string();
    Ok(WholeFile { name, kind: input.kind, encoding, delimiter: Some(char::from(delimiter)) })
}

/// Where in the file the reading is.
struct Text<'a> {
    input: &'a Input,
    delimiter: u8,
    encoding: TextEncoding,
    record: u32,
}

impl Text<'_> {
    /// Reads the complete records of a chunk; how many bytes they take.
    fn read(&mut self, text: &[u8], last: bool, reader: &mut dyn ReadsWhole) -> Result<usize, Failure> {
        let (mut at, mut pieces) = (0, Vec::new());
        while at < text.len() {
            let next = match careful::read_record(text, at, self.delimiter, &mut pieces) {
                // At the very end of the chunk a line feed may still belong to this record's end.
                End::Record(next) if last || next < text.len() => next,
                End::Text if last => text.len(),
                End::OpenQuote if last => return Err(self.never_ends()),
                End::Swallowed => return Err(self.swallowed()),
                _ => break,
            };
            self.record = self.record.saturating_add(1);
            self.hand_over(text, &pieces, reader);
            at = next;
        }
        Ok(at)
    }

    fn hand_over(&self, text: &[u8], pieces: &[Piece], reader: &mut dyn ReadsWhole) {
        let contents: Vec<(usize, Cow<'_, [u8]>)> =
            pieces.iter().enumerate().map(|(column, piece)| (column, careful::content(text, *piece))).collect();
        // An empty cell is told, too: a delimiter at the end of every row makes a column of them.
        let cell = |bytes| {
            if <[u8]>::is_empty(bytes) { WholeCell::Empty } else { WholeCell::Text(decode(bytes, self.encoding)) }
        };
        let cells: Vec<(usize, WholeCell<'_>)> =
            contents.iter().map(|(column, bytes)| (*column, cell(bytes))).collect();
        reader.row(self.record, &cells);
    }

    fn never_ends(&self) -> Failure {
        let message = say!("ingest-quote-in-record-is-never", record = u64::from(self.record) + 1);
        Diagnostic::error(Code::BrokenRecord, message, self.input.location())
            .help(say!("ingest-closing-quote-is-missing-correct"))
            .into()
    }

    fn swallowed(&self) -> Failure {
        let record = u64::from(self.record) + 1;
        super::feeder::swallowed(self.input.location(), record)
    }
}

fn unreadable(problem: NoBytes, input: &Input) -> Failure {
    let (code, message, help) = match problem {
        NoBytes::Io(error) => return Failure::io(say!("diagnostic-reading"), &input.shown(), &error),
        NoBytes::Charset(_) => {
            (Code::UnsupportedFormat, say!("ingest-file-is-not-text"), say!("ingest-export-data-xlsx-or-csv"))
        }
        NoBytes::Malformed => {
            (Code::BadEncoding, say!("ingest-bytes-not-of-encoding-begun-in"), say!("ingest-export-utf-8"))
        }
    };
    Diagnostic::error(code, message, input.location()).help(help).into()
}
