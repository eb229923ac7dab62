//! The published folder: what stands in it, by which names, and how each of its files is written and read back.
//!
//! In: tables, places and what a run knows of itself; or a folder that a run has left. Out: the text of `manifest.json`,
//! `places.json` and `tables/*.csv`, and the same types again: `run` writes what `diff` and `explain` read. Nothing that
//! is read is trusted: a file that is not there or not what the manifest lists is an error with its name.

mod find;

mod folder;

mod manifest;

pub mod places;

pub mod table_csv;

pub use find::{meant, newest};
pub use folder::Folder;
pub use manifest::{
    Column, Input, Job, Manifest, Output, Period, Problem, Program, Protection, SheetBalance, TableEntry, Unit,
    UnreadSource,
};
pub use places::Place;
pub use table_csv::{Cell, Row, Table};

use crate::domain::table::file_stem;

pub const MANIFEST: &str = "manifest.json";
pub const PLACES: &str = "places.json";
pub const REJECTS: &str = "rejects.csv";
/// What of a protected report may leave the house, for whoever publishes from the folder.
pub const READ_ME: &str = "las-mig.txt";
pub const DATA: &str = "data";
pub const TABLES: &str = "tables";
pub const FIGURES: &str = "figures";

/// Files that hold rows or counts before anything was hidden: for the analyst's own archive, never for publication.
pub const INTERNAL: [&str; 4] = ["data/", REJECTS, PLACES, MANIFEST];

/// File of a source's rows, below the folder.
pub fn data_file(source: &str) -> String {
    format!("{DATA}/{source}.parquet")
}

/// File of a measure's table, below the folder, by the table's name.
pub fn table_file(table: &str) -> String {
    format!("{TABLES}/{}.csv", file_stem(table))
}

#[cfg(test)]
mod tests;
