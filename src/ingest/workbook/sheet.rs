//! Reads one sheet: its header, then its rows into batches.
//!
//! In: cells one after the other. Out: batches through `emit`, and the sheet's door. Memory is bounded by the rows above
//! the header and one batch; a used range that is far wider or longer than the table costs nothing.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::vocabulary::limits::{Limits, Over};

use super::super::asked::Asked;
use super::super::files::Input;
use super::super::header::{self, HeaderProblem, Merge, Placement, SEARCHED_ROWS};
use super::super::labels::LabelFilter;
use super::super::rows::{Look, RowForm, Sorter, is_blank, look};
use super::super::{RawBatch, RawCell, SheetDoor, TextEncoding};
use super::cells::{Cell, Cells, Value};
use super::open::{Trouble, guarded};

/// Rows of a batch, if nothing keeps the last of them undecided.
const BATCH_ROWS: usize = 16_384;

/// Rows that are kept together while it is not known whether footnotes have begun.
const HELD_ROWS: usize = 65_536;

/// Text of a batch.
const BATCH_BYTES: usize = 64 << 20;

/// Gives a full batch away and gets one to fill; `None` if reading should stop.
pub(super) type Emit<'e> = &'e mut dyn FnMut(RawBatch) -> Option<RawBatch>;

/// What came of a sheet.
pub(super) enum Outcome {
    Read(Box<SheetDoor>),
    /// Not one that the source asks for: the nearest text to a header in it, if any.
    NoHeader {
        nearest: Option<String>,
    },
    /// Reading was told to stop.
    Stopped,
}

/// The sheet that is being read, and what for.
pub(super) struct SheetReader<'s> {
    pub input: &'s Input,
    pub asked: &'s Asked,
    pub labels: &'s LabelFilter,
    pub name: Arc<str>,
    /// Merged ranges, where they matter and can be known.
    pub merges: Option<Vec<Merge>>,
}

/// The cells of one row, by column.
#[derive(Debug, Default)]
struct Row<'a> {
    /// Excel's row, from 1.
    number: u32,
    cells: Vec<(usize, Value<'a>)>,
}

impl<'a> Row<'a> {
    /// Empty cells say no more than that the row is there.
    fn put(&mut self, cell: Cell<'a>) {
        if cell.value != Value::Empty {
            self.cells.push((cell.column, cell.value));
        }
    }
}

/// Rows of a sheet that have cells, from top to bottom.
struct Rows<'a> {
    cells: Box<dyn Cells<'a> + 'a>,
    ahead: Option<Cell<'a>>,
    last: u32,
    /// The cells are at their end; readers do not like to be asked again.
    ended: bool,
    most_columns: u64,
}

/// Why a sheet could not be read.
pub(super) enum SheetFailure {
    Header(Vec<Diagnostic>),
    Other(Failure),
}

impl From<Failure> for SheetFailure {
    fn from(failure: Failure) -> SheetFailure {
        SheetFailure::Other(failure)
    }
}

impl<'s> SheetReader<'s> {
    /// The sheet, for messages.
    pub(super) fn at(&self) -> Location {
        Location::Sheet { file: self.input.shown(), sheet: self.name.to_string() }
    }

    /// Finds the header only: `Err` with the nearest text if the sheet has none.
    pub(super) fn try_header<'a>(
        &self,
        cells: Box<dyn Cells<'a> + 'a>,
    ) -> Result<Result<(), Option<String>>, SheetFailure> {
        let mut rows = Rows::new(cells, self.asked.limits.columns);
        let head = self.head(&mut rows)?;
        Ok(self.place(&head)?.map(|_| ()))
    }

    /// Reads the sheet to its end.
    pub(super) fn read<'a>(&self, cells: Box<dyn Cells<'a> + 'a>, emit: Emit<'_>) -> Result<Outcome, SheetFailure> {
        let mut rows = Rows::new(cells, self.asked.limits.columns);
        let head = self.head(&mut rows)?;
        let placement = match self.place(&head)? {
            Ok(placement) => placement,
            Err(nearest) => return Ok(Outcome::NoHeader { nearest }),
        };
        let mut filler = Filler::new(self, &placement);
        for row in head.iter().filter(|row| row.number > placement.header_row) {
            filler.add(row)?;
        }
        let mut row = Row::default();
        while rows.next(&mut row).map_err(|why| why.at(self.at()))? {
            filler.add(&row)?;
            if filler.is_full() && !filler.pass_on(emit) {
                return Ok(Outcome::Stopped);
            }
        }
        if !filler.finish(emit) {
            return Ok(Outcome::Stopped);
        }
        Ok(Outcome::Read(Box::new(filler.door(u64::from(rows.last)))))
    }

    /// The rows in which the header is looked for.
    fn head<'a>(&self, rows: &mut Rows<'a>) -> Result<Vec<Row<'a>>, Failure> {
        let enough = self.asked.layout.header_row.unwrap_or(SEARCHED_ROWS as u32);
        let mut head = Vec::new();
        let mut row = Row::default();
        while rows.next(&mut row).map_err(|why| why.at(self.at()))? {
            head.push(std::mem::take(&mut row));
            if rows.last >= enough {
                break;
            }
        }
        Ok(head)
    }

    /// The placement, or that the sheet has no such header at all.
    fn place(&self, head: &[Row<'_>]) -> Result<Result<Placement, Option<String>>, SheetFailure> {
        match header::find(&self.texts(head), self.asked, self.merges.as_deref()) {
            Ok(placement) => Ok(Ok(placement)),
            Err(HeaderProblem::NotFound { nearest }) => Ok(Err(nearest)),
            Err(problem) => Err(SheetFailure::Header(header::diagnose(&problem, self.asked, &self.at()))),
        }
    }

    /// The rows as text, row 1 first; rows without cells are empty.
    fn texts(&self, head: &[Row<'_>]) -> Vec<Vec<String>> {
        let most = self.asked.layout.header_row.map_or(SEARCHED_ROWS, |row| row as usize);
        let mut texts: Vec<Vec<String>> = Vec::new();
        for row in head.iter().filter(|row| row.number as usize <= most) {
            texts.resize_with(row.number as usize, Vec::new);
            let cells = &mut texts[row.number as usize - 1];
            for (column, value) in &row.cells {
                cells.resize(cells.len().max(column + 1), String::new());
                cells[*column] = value.to_text();
            }
        }
        texts
    }
}

impl<'a> Rows<'a> {
    fn new(cells: Box<dyn Cells<'a> + 'a>, most_columns: u64) -> Rows<'a> {
        Rows { cells, ahead: None, last: 0, ended: false, most_columns }
    }

    /// The next row that has cells; false at the end of the sheet.
    fn next(&mut self, row: &mut Row<'a>) -> Result<bool, Trouble> {
        guarded(|| self.collect(row))
            .unwrap_or_else(|_| Err(Trouble::Damaged(say!("ingest-cells-are-not-where-contents"))))
    }

    fn collect(&mut self, row: &mut Row<'a>) -> Result<bool, Trouble> {
        row.cells.clear();
        let first = match self.ahead.take() {
            Some(cell) => Some(cell),
            None => self.next_cell()?,
        };
        let Some(first) = first else { return Ok(false) };
        if first.row <= self.last {
            let why = say!("ingest-row-stands-below-row", row = first.row, last = self.last);
            return Err(Trouble::Damaged(why));
        }
        self.last = first.row;
        row.number = first.row;
        row.put(first);
        while let Some(cell) = self.next_cell()? {
            if cell.row != row.number {
                self.ahead = Some(cell);
                break;
            }
            row.put(cell);
            if row.cells.len() as u64 > self.most_columns {
                return Err(self.too_wide(row.number, row.cells.len()));
            }
        }
        if !row.cells.is_sorted_by_key(|(column, _)| *column) {
            row.cells.sort_by_key(|(column, _)| *column);
        }
        match row.cells.last() {
            Some((last, _)) if *last as u64 >= self.most_columns => Err(self.too_wide(row.number, last + 1)),
            _ => Ok(true),
        }
    }

    fn too_wide(&self, row: u32, columns: usize) -> Trouble {
        Trouble::Over(Over { message: say!("ingest-row-has-so-many-columns", row, columns), key: "columns" })
    }

    fn next_cell(&mut self) -> Result<Option<Cell<'a>>, Trouble> {
        if self.ended {
            return Ok(None);
        }
        let cell = self.cells.next()?;
        self.ended = cell.is_none();
        Ok(cell)
    }
}

/// Every row of a sheet that has cells, from top to bottom, as it stands.
pub(super) fn every_row<'a>(
    cells: Box<dyn Cells<'a> + 'a>,
    at: &Location,
    mut visit: impl FnMut(u32, &[(usize, Value<'a>)]),
) -> Result<(), Failure> {
    let mut rows = Rows::new(cells, Limits::default().columns);
    let mut row = Row::default();
    while rows.next(&mut row).map_err(|why| why.at(at.clone()))? {
        visit(row.number, &row.cells);
    }
    Ok(())
}

/// Puts rows into batches.
struct Filler<'s, 'p> {
    reader: &'s SheetReader<'s>,
    placement: &'p Placement,
    sorter: Sorter,
    batch: RawBatch,
    /// The row that was added last, blank rows between included.
    last: u32,
}

impl<'s, 'p> Filler<'s, 'p> {
    fn new(reader: &'s SheetReader<'s>, placement: &'p Placement) -> Filler<'s, 'p> {
        let mut sorter = Sorter::new(reader.asked.kind);
        sorter.headings(u64::from(placement.header_row));
        let mut filler = Filler { reader, placement, sorter, batch: RawBatch::empty(), last: placement.header_row };
        filler.begin_batch();
        filler
    }

    fn begin_batch(&mut self) {
        self.batch.file = self.reader.input.index;
        self.batch.file_name = self.reader.input.name.clone();
        self.batch.sheet = Some(self.reader.name.clone());
        self.batch.encoding = TextEncoding::Utf8;
        self.batch.width = self.placement.width();
        self.batch.text.clear();
        self.batch.cells.clear();
        self.batch.rows.clear();
    }

    /// Adds a row; the rows missing above it are blank.
    fn add(&mut self, row: &Row<'_>) -> Result<(), Failure> {
        let missing = row.number - self.last - 1;
        if missing > 0 {
            self.sorter.blanks(u64::from(missing));
        }
        self.last = row.number;
        match self.look(row) {
            Look::Blank => self.sorter.blanks(1),
            Look::Total => self.sorter.total(),
            Look::Lone { phrase } => {
                self.keep(row)?;
                self.sorter.lone(phrase);
            }
            Look::Data => {
                self.keep(row)?;
                self.sorter.data(&mut self.batch);
            }
        }
        Ok(())
    }

    /// Nearly all rows have two filled cells and do not begin with a total label: they are judged without more ado.
    fn look(&self, row: &Row<'_>) -> Look {
        let mut filled = row.cells.iter().map(|(_, value)| value).filter(|value| is_filled(value));
        let (first, second) = (filled.next(), filled.next());
        let plain = match first {
            Some(Value::Text(text)) => !self.reader.labels.may_begin(text.as_bytes()),
            first => first.is_some(),
        };
        if plain && second.is_some() { Look::Data } else { look(&form_of(row), self.reader.asked, self.placement) }
    }

    fn keep(&mut self, row: &Row<'_>) -> Result<(), Failure> {
        let base = self.batch.cells.len();
        self.batch.cells.resize(base + self.batch.width, RawCell::Empty);
        for (column, value) in &row.cells {
            let Some(slot) = self.placement.slots().get(*column) else { break };
            if let Some(slot) = slot {
                let cell = raw_cell(value, &mut self.batch.text).ok_or_else(|| self.too_long(row.number, *column))?;
                self.batch.cells[base + *slot as usize] = cell;
            }
        }
        self.placement.copy_shared(&mut self.batch.cells[base..]);
        self.batch.rows.push(row.number);
        Ok(())
    }

    fn too_long(&self, row: u32, column: usize) -> Failure {
        let (file, sheet) = (self.reader.input.shown(), Some(self.reader.name.to_string()));
        too_long(Location::Cell { file, sheet, row, column: column as u32 + 1, header: None })
    }

    fn is_full(&self) -> bool {
        let rows = self.batch.len();
        let enough = rows >= BATCH_ROWS || self.batch.text.len() >= BATCH_BYTES;
        enough && (!self.sorter.holds_rows() || rows >= HELD_ROWS)
    }

    /// Gives the batch away; false if reading should stop.
    fn pass_on(&mut self, emit: Emit<'_>) -> bool {
        self.sorter.cut_short(&mut self.batch);
        let full = std::mem::replace(&mut self.batch, RawBatch::empty());
        match emit(full) {
            Some(batch) => {
                self.batch = batch;
                self.begin_batch();
                true
            }
            None => false,
        }
    }

    /// Decides what stands below the data and gives the last batch away.
    fn finish(&mut self, emit: Emit<'_>) -> bool {
        self.sorter.end_of_sheet(&mut self.batch);
        self.batch.is_empty() || self.pass_on(emit)
    }

    fn door(mut self, rows: u64) -> SheetDoor {
        SheetDoor {
            file_name: self.reader.input.name.to_string(),
            sheet: Some(self.reader.name.to_string()),
            rows,
            tally: self.sorter.take_tally(),
            columns: self.placement.excel_columns(),
            headers: self.placement.headers.clone(),
            encoding: None,
        }
    }
}

fn too_long(at: Location) -> Failure {
    Diagnostic::error(Code::TooLongCell, say!("ingest-cell-holds-more-text-than"), at)
        .help(say!("ingest-file-is-damaged-export-again"))
        .into()
}

fn is_filled(value: &Value<'_>) -> bool {
    match value {
        Value::Empty => false,
        Value::Text(text) => !is_blank(text),
        _ => true,
    }
}

fn form_of(row: &Row<'_>) -> RowForm {
    let mut form = RowForm::default();
    for (column, value) in &row.cells {
        match value {
            Value::Empty => {}
            Value::Text(text) => form.add_text(*column, text),
            Value::Number(_) | Value::Percent(_) => form.add_value(*column, true),
            Value::Day(_) | Value::Bool(_) | Value::Error => form.add_value(*column, false),
        }
    }
    form
}

/// The cell as a batch holds it; `None` if its text has no room there.
fn raw_cell(value: &Value<'_>, text: &mut Vec<u8>) -> Option<RawCell> {
    Some(match value {
        Value::Empty => RawCell::Empty,
        Value::Text(written) if written.is_empty() => RawCell::Empty,
        Value::Text(written) => {
            let start = u32::try_from(text.len()).ok()?;
            let length = u32::try_from(written.len()).ok()?;
            start.checked_add(length)?;
            text.extend_from_slice(written.as_bytes());
            RawCell::Text { start, length }
        }
        Value::Number(number) => RawCell::Number(*number),
        Value::Percent(number) => RawCell::PercentNumber(*number),
        Value::Day(day) => RawCell::Day(*day),
        Value::Bool(yes) => RawCell::Bool(*yes),
        Value::Error => RawCell::Error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render;

    #[test]
    fn a_cell_with_more_text_than_a_cell_can_hold_is_told_with_its_place() {
        let (file, sheet) = ("a.xlsx".to_string(), Some("Blad1".to_string()));
        let failure = too_long(Location::Cell { file, sheet, row: 7, column: 2, header: None });
        let told = "error[too-long-cell]: the cell holds more text than any cell can\n  at:   a.xlsx, sheet \"Blad1\", cell B7\n  \
                    help: the file is damaged: export it again\n";
        assert_eq!(render(&failure.diagnostics, false), told);
    }
}
