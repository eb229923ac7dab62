//! Writes finished bytes into the scratch folder: figures with their data, result tables, the report.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, file_stem};
use crate::draw::Figure;
use crate::published::{FIGURES, PLACES, TABLES, places, table_csv, table_file};
use crate::write::document::Document;
use crate::write::{self, underlag};

/// Makes a folder of the run.
pub(super) fn folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path)
        .map_err(|error| Failure::io(say!("diagnostic-making-a-folder"), &path.display().to_string(), &error))
}

/// Takes away what a reading that failed has left of a file.
pub(super) fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::io(say!("run-removing-file"), &path.display().to_string(), &error))
        }
        _ => Ok(()),
    }
}

/// Writes one file of the run, which is not there yet.
pub(super) fn file(scratch: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = scratch.join(name);
    File::create_new(&path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| Failure::io(say!("diagnostic-writing"), &path.display().to_string(), &error))
}

/// Every measure's table as `tables/<stem>.csv`.
pub(super) fn tables(scratch: &Path, tables: &[MeasureTable]) -> Result<(), Failure> {
    folder(&scratch.join(TABLES))?;
    for table in tables {
        file(scratch, &table_file(&table.name), table_csv::text(table).as_bytes())?;
    }
    Ok(())
}

/// Every figure as `figures/<stem>.svg`, `.png` and, its data, `.csv`.
pub(super) fn figures(scratch: &Path, figures: &[Figure]) -> Result<(), Failure> {
    folder(&scratch.join(FIGURES))?;
    for figure in figures {
        let stem = format!("{FIGURES}/{}", file_stem(&figure.name));
        file(scratch, &format!("{stem}.svg"), figure.svg.as_bytes())?;
        file(scratch, &format!("{stem}.png"), &figure.png)?;
        file(scratch, &format!("{stem}.csv"), table_csv::text(&figure.data).as_bytes())?;
    }
    Ok(())
}

/// Where each number is printed, for `explain` and `trace`: names only, no values.
pub(super) fn places(scratch: &Path, document: &Document) -> Result<(), Failure> {
    file(scratch, PLACES, places::text(&write::places(document))?.as_bytes())
}

/// The tests behind what the report says, for the analyst: `underlag.md` and `underlag.json`; none without tests.
pub(super) fn underlag(scratch: &Path, document: &Document, tables: &[MeasureTable]) -> Result<(), Failure> {
    let notes = underlag::notes(document, tables);
    if notes.is_empty() {
        return Ok(());
    }
    file(scratch, "underlag.md", underlag::markdown(&notes).as_bytes())?;
    file(scratch, "underlag.json", underlag::json(&notes).as_bytes())
}
