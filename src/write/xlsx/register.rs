//! A register as a workbook to go on with: what one report leaves and the next one's job reads.
//!
//! In: a table whose columns are those of an export. Out: one sheet, the headers in its first row, a row for each row, numbers
//! and days as such, nothing where nothing is said. Never: a total, a note or a title, which a reader of registers would
//! take for rows.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::formats::{cell_text, guarded, number_format, number_of};
use super::{created_on, language};
use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, TableRow, Value};

/// The file's bytes: the same table and day give the same.
pub(crate) fn register(table: &MeasureTable, as_of: i32) -> Result<Vec<u8>, Failure> {
    let bytes = workbook(table, as_of)
        .map_err(|error| Failure::internal(format!("the register {} cannot be written: {error}", table.name)))?;
    language::marked(&bytes)
}

fn workbook(table: &MeasureTable, as_of: i32) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&created_on(as_of)?);
    let sheet = workbook.add_worksheet();
    let labels = table.row_headers.iter().map(String::as_str);
    let headers = labels.chain(table.columns.iter().map(|column| column.label.as_str()));
    for (column, header) in (0..).zip(headers) {
        text(sheet, (0, column), header, Format::new().set_bold())?;
    }
    for (row, values) in (1..).zip(&table.rows) {
        fill(sheet, row, table, values)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, row: u32, table: &MeasureTable, values: &TableRow) -> Result<(), XlsxError> {
    text(sheet, (row, 0), &values.label, Format::new())?;
    for ((column, measured), value) in (1..).zip(&table.columns).zip(&values.values) {
        match (value, number_of(value)) {
            (Value::Text(words), _) => text(sheet, (row, column), words, Format::new())?,
            (_, Some(number)) => {
                let format = Format::new().set_num_format(number_format(value, measured));
                sheet.write_number_with_format(row, column, number, &format)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn text(sheet: &mut Worksheet, (row, column): (u32, u16), words: &str, format: Format) -> Result<(), XlsxError> {
    let words = cell_text(words);
    sheet.write_string_with_format(row, column, &words, &guarded(format, &words)).map(drop)
}
