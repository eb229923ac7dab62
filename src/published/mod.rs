//! The published folder: what stands in it, by which names, and how each of its files is written and read back.
//!
//! In: tables, places and what a run knows of itself; or a folder that a run has left. Out: the text of `manifest.json`,
//! `places.json` and `tables/*.csv`, and the same types again: `run` writes what `diff` and `explain` read. Nothing that
//! is read is trusted: a file that is not there or not what the manifest lists is an error with its name.

mod find;

mod folder;

mod manifest;

mod names;

pub(crate) mod places;

pub(crate) mod table_csv;

pub(crate) use find::{earlier, meant, newest};
pub(crate) use folder::Folder;
pub(crate) use manifest::{
    Column, Input, Job, Manifest, Output, Period, Problem, Program, Protection, SheetBalance, TableEntry, Unit,
    UnreadSource,
};
pub(crate) use names::{
    ASIDE, DATA, FIGURES, INTERNAL, MANIFEST, PLACES, READ_ME, REJECTS, TABLES, data_file, next_file, table_file,
};
pub(crate) use places::PrintedPlace;
pub use table_csv::Cell;
pub(crate) use table_csv::{Row, Table};

#[cfg(test)]
mod tests;
