//! The published folder: what stands in it, by which names, and how each of its files is written and read back.
//!
//! In: tables, places and what a run knows of itself; or a folder that a run has left. Out: the text of `manifest.json`,
//! `places.json` and `tables/*.csv`, and the same types again: `run` writes what `diff` and `explain` read. Nothing that
//! is read is trusted: a file that is not there or not what the manifest lists is an error with its name.

#![warn(missing_docs)]

mod find;

mod folder;

mod manifest;

pub(crate) mod places;

pub(crate) mod table_csv;

pub(crate) use find::{earlier, meant, newest};
pub(crate) use folder::Folder;
pub(crate) use manifest::{
    Column, Input, Job, Manifest, Output, Period, Problem, Program, Protection, SheetBalance, TableEntry, Unit,
    UnreadSource,
};
pub(crate) use places::Place;
pub use table_csv::Cell;
pub(crate) use table_csv::{Row, Table};

use crate::domain::table::file_stem;

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const PLACES: &str = "places.json";
pub(crate) const REJECTS: &str = "rejects.csv";
/// What of a protected report may leave the house, for whoever publishes from the folder.
pub(crate) const READ_ME: &str = "las-mig.txt";
pub(crate) const DATA: &str = "data";
pub(crate) const TABLES: &str = "tables";
pub(crate) const FIGURES: &str = "figures";

/// Between a folder's name and a number: what of an earlier report was not the program's own.
pub(crate) const ASIDE: &str = "-andrat-";

/// Files that hold rows or counts before anything was hidden: for the analyst's own archive, never for publication.
pub(crate) const INTERNAL: [&str; 4] = ["data/", REJECTS, PLACES, MANIFEST];

/// File of a source's rows, below the folder.
pub(crate) fn data_file(source: &str) -> String {
    format!("{DATA}/{source}.parquet")
}

/// File of a measure's table, below the folder, by the table's name.
pub(crate) fn table_file(table: &str) -> String {
    format!("{TABLES}/{}.csv", file_stem(table))
}

#[cfg(test)]
mod tests;
