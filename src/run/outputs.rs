//! Writes finished bytes into the scratch folder: figures with their data, result tables, the report.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, file_stem};
use crate::draw::Figure;
use crate::published::{DATA, FIGURES, INTERNAL, Output, PLACES, TABLES, places, table_csv, table_file};
use crate::store::{Digested, Written};
use crate::write::document::Document;
use crate::write::{self, underlag};

use super::disk::keep_from_others;

/// The folder that a run works in, and what has been written into it: by this list the run tells of its files.
pub(super) struct Scratch {
    root: PathBuf,
    written: Mutex<BTreeMap<String, Written>>,
}

impl Scratch {
    /// A folder that is there and holds nothing.
    pub(super) fn at(root: PathBuf) -> Scratch {
        Scratch { root, written: Mutex::default() }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Makes a folder of the run.
    pub(super) fn folder(&self, name: &str) -> Result<(), Failure> {
        let path = self.root.join(name);
        let made = fs::create_dir_all(&path);
        made.and_then(|()| if name == DATA { keep_from_others(&path) } else { Ok(()) })
            .map_err(|error| Failure::io(say!("diagnostic-making-a-folder"), &path.display().to_string(), &error))
    }

    /// Writes one file of the run, which is not there yet.
    pub(super) fn file(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.root.join(name);
        let copied = self.copied(bytes, &path);
        let kept = if INTERNAL.contains(&name) { keep_from_others(&path) } else { Ok(()) };
        copied
            .and_then(|written| kept.map(|()| written))
            .map(|written| self.has(name.to_string(), written))
            .map_err(|error| Failure::io(say!("diagnostic-writing"), &path.display().to_string(), &error))
    }

    /// Copies a file of an earlier run if it still has this digest; else there is no such file afterwards.
    pub(super) fn copy(&self, from: &Path, name: &str, digest: &str) -> io::Result<bool> {
        let path = self.root.join(name);
        self.remove(name)?;
        let written = self.copied(File::open(from)?, &path)?;
        let is_the_same = written.digest == digest;
        if is_the_same {
            self.has(name.to_string(), written)
        } else {
            self.remove(name)?
        }
        Ok(is_the_same)
    }

    fn copied(&self, mut from: impl Read, to: &Path) -> io::Result<Written> {
        let mut file = Digested::new(File::create_new(to)?);
        io::copy(&mut from, &mut file)?;
        Ok(file.written())
    }

    /// Takes away what a reading that failed, or an earlier pass, has left of a file.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.root.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Lists a file that somebody else has written.
    pub(super) fn has(&self, name: String, written: Written) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(name, written);
    }

    /// Every file of the run, sorted by its name, as it was to be written.
    pub(super) fn listing(&self) -> Vec<Output> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let output = |(file, Written { bytes, digest }): (&String, &Written)| Output {
            file: file.clone(),
            bytes: *bytes,
            blake3: digest.clone(),
        };
        written.iter().map(output).collect()
    }
}

/// Every measure's table as `tables/<stem>.csv`.
pub(super) fn tables(scratch: &Scratch, tables: &[MeasureTable]) -> Result<(), Failure> {
    scratch.folder(TABLES)?;
    for table in tables {
        scratch.file(&table_file(&table.name), table_csv::text(table).as_bytes())?;
    }
    Ok(())
}

/// Every figure as `figures/<stem>.svg`, `.png` and, its data, `.csv`.
pub(super) fn figures(scratch: &Scratch, figures: &[Figure]) -> Result<(), Failure> {
    scratch.folder(FIGURES)?;
    for figure in figures {
        let stem = format!("{FIGURES}/{}", file_stem(&figure.name));
        scratch.file(&format!("{stem}.svg"), figure.svg.as_bytes())?;
        scratch.file(&format!("{stem}.png"), &figure.png)?;
        scratch.file(&format!("{stem}.csv"), table_csv::text(&figure.data).as_bytes())?;
    }
    Ok(())
}

/// Where each number is printed, for `explain` and `trace`: names only, no values.
pub(super) fn places(scratch: &Scratch, document: &Document) -> Result<(), Failure> {
    scratch.file(PLACES, places::text(&write::places(document))?.as_bytes())
}

/// The tests behind what the report says, for the analyst: `underlag.md` and `underlag.json`; none without tests.
pub(super) fn underlag(scratch: &Scratch, document: &Document, tables: &[MeasureTable]) -> Result<(), Failure> {
    let notes = underlag::notes(document, tables);
    if notes.is_empty() {
        return Ok(());
    }
    scratch.file("underlag.md", underlag::markdown(&notes).as_bytes())?;
    scratch.file("underlag.json", underlag::json(&notes).as_bytes())
}
