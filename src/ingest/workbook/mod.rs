//! Workbooks (xlsx, xlsb, xls, ods) by calamine: one thread takes them apart, the others hand the batches over.
//!
//! In: files. Out: batches of cells with Excel's own rows, from the sheets that are named, or from all visible ones that
//! have the header. xlsx and xlsb are streamed and take the memory of a batch; xls and ods are small by nature and read
//! whole.

mod archive;

mod cells;

mod ods;

mod open;

mod sheet;

mod unpacked;

mod xls;

pub(super) mod whole;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::diagnostic::{Code, Diagnostic, Failure, Location, nearest};
use crate::domain::spelling::fold;

use super::asked::Asked;
use super::files::{FileKind, Input};
use super::handover::{Flight, Handover, Stop};
use super::header;
use super::labels::LabelFilter;
use super::{FileSeen, RawBatch};

use cells::Cells;
pub(crate) use cells::Value;
use open::{Book, SheetName};
use sheet::{Emit, Outcome, SheetFailure, SheetReader};

/// Reads workbooks; failures go to the handover. What is returned is complete only if nothing failed.
pub(super) fn read(inputs: &[Input], asked: &Asked, threads: usize, handover: &Handover<'_>) -> Vec<FileSeen> {
    if threads < 2 {
        return read_in_order(inputs, asked, handover, &mut |mut batch| {
            handover.depart().deliver(&mut batch);
            (!handover.stopped()).then_some(batch)
        });
    }
    let (full, filled) = bounded::<(Flight<'_, '_>, RawBatch)>(threads);
    let (empty, emptied) = unbounded();
    std::thread::scope(|scope| {
        for _ in 1..threads {
            let (filled, empty) = (filled.clone(), empty.clone());
            scope.spawn(move || hand_over(&filled, &empty));
        }
        drop((filled, empty));
        let seen = read_in_order(inputs, asked, handover, &mut |batch| {
            let sent = !handover.stopped() && full.send((handover.depart(), batch)).is_ok();
            sent.then(|| emptied.try_recv().unwrap_or_else(|_| RawBatch::empty()))
        });
        drop(full);
        seen
    })
}

fn hand_over(filled: &Receiver<(Flight<'_, '_>, RawBatch)>, empty: &Sender<RawBatch>) {
    for (flight, mut batch) in filled {
        flight.deliver(&mut batch);
        // The reader may have gone; then nobody needs the batch.
        drop(empty.send(batch));
    }
}

fn read_in_order(inputs: &[Input], asked: &Asked, handover: &Handover<'_>, emit: Emit<'_>) -> Vec<FileSeen> {
    let mut seen = Vec::with_capacity(inputs.len());
    for input in inputs {
        match read_file(input, asked, emit) {
            Ok(Some(file)) => seen.push(file),
            Ok(None) => break,
            Err(stop) => {
                handover.depart().fail(stop);
                break;
            }
        }
    }
    seen
}

/// Reads one workbook; `None` if reading was told to stop.
fn read_file(input: &Input, asked: &Asked, emit: Emit<'_>) -> Result<Option<FileSeen>, Stop> {
    let header_of = |failure| Stop { failure, header_of: Some(input.index) };
    let (bytes, digest) = input.digest()?;
    let mut opened = Opened::new(input, asked).map_err(header_of)?;
    let mut doors = Vec::new();
    let mut nearest_text = None;
    for sheet in opened.sheets.clone() {
        match opened.read(&sheet, emit) {
            Ok(Outcome::Read(door)) => doors.push(*door),
            Ok(Outcome::NoHeader { nearest }) => nearest_text = nearest_text.or(nearest),
            Ok(Outcome::Stopped) => return Ok(None),
            Err(SheetFailure::Header(_)) => return Err(header_of(opened.all_header_problems())),
            Err(SheetFailure::Other(failure)) => return Err(failure.into()),
        }
    }
    if doors.is_empty() {
        return Err(header_of(opened.no_header(nearest_text.as_deref())));
    }
    Ok(Some(FileSeen { file_name: input.name.to_string(), bytes, digest, sheets: doors, warnings: Vec::new() }))
}

/// Opens a workbook and looks for its headers.
pub(super) fn try_header(input: &Input, asked: &Asked) -> Result<(), Failure> {
    Opened::new(input, asked)?.try_headers()
}

/// A workbook and the sheets that are wanted of it.
struct Opened<'a> {
    input: &'a Input,
    asked: &'a Asked,
    labels: LabelFilter,
    book: Book,
    sheets: Vec<SheetName>,
}

impl<'a> Opened<'a> {
    fn new(input: &'a Input, asked: &'a Asked) -> Result<Opened<'a>, Failure> {
        let kind = match input.kind {
            FileKind::Workbook(kind) => kind,
            FileKind::Delimited | FileKind::Json => {
                return Err(Failure::internal("another kind of file was taken for a workbook"));
            }
        };
        let book = Book::open(input, kind, &asked.limits)?;
        let sheets = wanted(&book.sheets(), input, asked)?;
        Ok(Opened { input, asked, labels: LabelFilter::new(&asked.layout.total_labels), book, sheets })
    }

    fn read(&mut self, sheet: &SheetName, emit: Emit<'_>) -> Result<Outcome, SheetFailure> {
        self.with_cells(sheet, |reader, cells| {
            let outcome = reader.read(cells, emit)?;
            match outcome {
                Outcome::NoHeader { nearest } if !reader.asked.layout.sheets.is_empty() => {
                    Err(SheetFailure::Header(vec![header::no_header(reader.asked, reader.at(), nearest.as_deref())]))
                }
                outcome => Ok(outcome),
            }
        })
    }

    fn try_headers(&mut self) -> Result<(), Failure> {
        let (mut problems, mut found, mut nearest_text) = (Vec::new(), false, None);
        for sheet in self.sheets.clone() {
            match self.with_cells(&sheet, |reader, cells| reader.try_header(cells)) {
                Ok(Ok(())) => found = true,
                Ok(Err(nearest)) => nearest_text = nearest_text.or(nearest),
                Err(SheetFailure::Header(more)) => problems.extend(more),
                Err(SheetFailure::Other(failure)) => return Err(failure),
            }
        }
        match (problems.is_empty(), found) {
            (true, true) => Ok(()),
            (true, false) => Err(self.no_header(nearest_text.as_deref())),
            (false, _) => Err(Failure::fixable(problems)),
        }
    }

    /// One sheet's header is wrong: what is wrong with those of all sheets.
    fn all_header_problems(&mut self) -> Failure {
        match self.try_headers() {
            Err(failure) => failure,
            Ok(()) => Failure::internal("a header was wrong at first and right when it was looked at again"),
        }
    }

    fn with_cells<T>(
        &mut self,
        sheet: &SheetName,
        visit: impl for<'b> FnOnce(&SheetReader<'_>, Box<dyn Cells<'b> + 'b>) -> Result<T, SheetFailure>,
    ) -> Result<T, SheetFailure> {
        let at = Location::Sheet { file: self.input.shown(), sheet: sheet.shown.clone() };
        let merged = if self.asked.header_rows() > 1 { self.book.merges(&sheet.name) } else { Ok(None) };
        let merges = merged.map_err(|why| why.at(at.clone()))?;
        let name = sheet.shown.as_str().into();
        let reader = SheetReader { input: self.input, asked: self.asked, labels: &self.labels, name, merges };
        let cells = self.book.cells(&sheet.name).map_err(|why| why.at(at))?;
        visit(&reader, cells)
    }

    fn no_header(&self, nearest_text: Option<&str>) -> Failure {
        let mut problem = header::no_header(self.asked, self.input.location(), nearest_text);
        problem.more = Some(say!("ingest-sheets-looked-at", sheets = listed(self.sheets.iter())));
        problem.into()
    }
}

/// The sheets to read, in workbook order: those that are named, or all visible ones.
fn wanted(sheets: &[SheetName], input: &Input, asked: &Asked) -> Result<Vec<SheetName>, Failure> {
    let declared = &asked.layout.sheets;
    let names = || sheets.iter().map(|sheet| sheet.name.as_str());
    let missing: Vec<Diagnostic> = declared
        .iter()
        .filter(|name| !names().any(|known| fold(known) == fold(name)))
        .map(|name| no_such_sheet(name, sheets, input, asked))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::fixable(missing));
    }
    let is_wanted = |sheet: &&SheetName| {
        let is_named = || declared.iter().any(|name| fold(name) == fold(&sheet.name));
        if declared.is_empty() { sheet.visible } else { is_named() }
    };
    Ok(sheets.iter().filter(is_wanted).cloned().collect())
}

fn no_such_sheet(name: &str, known: &[SheetName], input: &Input, asked: &Asked) -> Diagnostic {
    let near = nearest(name, known.iter().map(|sheet| sheet.shown.as_str()));
    let did_you_mean = near.map_or(String::new(), |near| say!("ingest-did-you-mean", near));
    Diagnostic::error(Code::NoSuchSheet, say!("ingest-workbook-has-no-sheet", name), input.location())
        .help(say!("ingest-correct-sheets-under", did_you_mean, table = asked.table()))
        .more(say!("ingest-sheets", sheets = listed(known.iter())))
}

fn listed<'s>(sheets: impl Iterator<Item = &'s SheetName>) -> String {
    sheets.map(|sheet| format!("\"{}\"", sheet.shown)).collect::<Vec<String>>().join(", ")
}
