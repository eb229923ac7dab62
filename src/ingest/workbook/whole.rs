//! A whole workbook, sheet by sheet.

use crate::diagnostic::{Failure, Location};
use crate::vocabulary::limits::Limits;

use super::super::files::{Input, WorkbookKind};
use super::super::whole::{ReadsWhole, WholeSheet};
use super::open::Book;
use super::sheet::every_row;

/// Reads all worksheets, hidden ones too.
pub(in crate::ingest) fn read(input: &Input, kind: WorkbookKind, reader: &mut dyn ReadsWhole) -> Result<(), Failure> {
    let mut book = Book::open(input, kind, &Limits::default())?;
    for sheet in book.sheets() {
        let at = Location::Sheet { file: input.shown(), sheet: sheet.name.clone() };
        let merges = book.merges(&sheet.name).map_err(|why| why.at(at.clone()))?;
        reader.sheet(WholeSheet { name: Some(sheet.name.clone()), visible: sheet.visible, keys: None, merges });
        let cells = book.cells(&sheet.name).map_err(|why| why.at(at.clone()))?;
        every_row(cells, &at, |row, cells| reader.row(row, cells))?;
    }
    Ok(())
}
