//! A saved answer of Kolada's API as a sheet whose header are its keys.

use std::borrow::Cow;
use std::fs::File;

use crate::diagnostic::Failure;

use super::super::files::Input;
use super::super::whole::{ReadsWhole, WholeCell, WholeSheet};
use super::broken;
use super::records::{Cell, Record, Records, Row};
use super::tokens::Problem;

/// Rows in which keys are looked for: an answer has the same ones in all of its rows.
const LOOKED_AT: usize = 1000;

/// Reads all rows; keys that first occur far down are left out, as are lists and objects within a row.
pub(in crate::ingest) fn read(input: &Input, reader: &mut dyn ReadsWhole) -> Result<(), Failure> {
    let open =
        || File::open(&input.path).map_err(|error| Failure::io(say!("diagnostic-opening"), &input.shown(), &error));
    let keys = keys_of(Records::new(open()?)).map_err(|problem| broken(problem, input))?;
    reader.sheet(WholeSheet { visible: true, keys: Some(keys.clone()), ..WholeSheet::default() });
    let mut records = Records::new(open()?);
    let mut number = 0;
    while let Some(record) = records.next().map_err(|problem| broken(problem, input))? {
        for row in rows_of(record) {
            number += 1;
            let mut cells: Vec<(usize, WholeCell<'_>)> = row.iter().filter_map(|cell| placed(cell, &keys)).collect();
            cells.sort_by_key(|(column, _)| *column);
            reader.row(number, &cells);
        }
    }
    Ok(())
}

fn keys_of(mut records: Records<File>) -> Result<Vec<String>, Problem> {
    let mut keys: Vec<String> = Vec::new();
    let mut seen = 0;
    while let Some(record) = records.next()? {
        for (key, cell) in rows_of(record).into_iter().flatten() {
            if cell != Cell::Nested && !keys.contains(&key) {
                keys.push(key);
            }
        }
        seen += 1;
        if seen >= LOOKED_AT {
            break;
        }
    }
    Ok(keys)
}

/// Each row with the cells that all rows of its element share; the row's own hold where both name a key.
fn rows_of(record: Record) -> Vec<Row> {
    let rows = record.rows.into_iter();
    rows.map(|row| {
        let shared = record.shared.iter().filter(|(key, _)| row.iter().all(|(own, _)| own != key));
        shared.cloned().chain(row.iter().cloned()).collect()
    })
    .collect()
}

fn placed<'r>((key, cell): &'r (String, Cell), keys: &[String]) -> Option<(usize, WholeCell<'r>)> {
    let column = keys.iter().position(|known| known == key)?;
    let value = match cell {
        Cell::Empty | Cell::Nested => WholeCell::Empty,
        Cell::Text(text) => WholeCell::Text(Cow::Borrowed(text)),
        Cell::Number(number) => WholeCell::Number(*number),
        Cell::Bool(yes) => WholeCell::Bool(*yes),
    };
    Some((column, value))
}
