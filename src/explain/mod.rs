//! From a printed number back to its rows, and from a row forward to every number that it is part of.
//!
//! In: a published folder, nothing else: its manifest keeps the job file, `places.json` where numbers are printed, and
//! every row in `data/` its file, sheet and row. Out: [`Explanation`] and [`Trace`], plain structs for `cli` to print.
//! The numbers are counted anew from Parquet; a table that then differs from the published one is told of. Like `run`,
//! this module calls steps; it writes nothing but a temporary file when the fate of a dropped row is asked for.
//! Never shows the text of a cell, but for an id whose column the job calls safe.

mod cell;

mod fate;

mod find;

mod recount;

mod report;

mod trace;

mod words;

pub use cell::{Explanation, Group, RowPlace, explain};
pub use fate::RowFate;
pub use find::{Asked, find};
pub use report::Report;
pub use trace::{PartLine, Trace, TracedTable, trace};
