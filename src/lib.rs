//! kvalis turns a year's exports into the figures, tables and drafted chapters of a kvalitetsberättelse: every number
//! counted, protected, tested, worded and traceable by one program.
//!
//! # The flow
//!
//! The modules below stand in the order that a cell travels, and each hands the next one artefact:
//!
//! | step | in | out |
//! |---|---|---|
//! | [`job`] | `pipelines/<job>.toml` | [`job::plan::Plan`]: every reference resolved, or all mistakes at once |
//! | [`ingest`] | xlsx, xls, xlsb, ods, csv, JSON of Kolada | [`ingest::RawBatch`]: the asked-for cells, each row with file, sheet and Excel row |
//! | [`normalise`] | raw batches | typed Arrow batches, a fate for every row, rejects; cubes counted on the way if the job says so |
//! | [`store`] | typed batches | Parquet with provenance in the footer; [`store::Dataset`] when read back |
//! | [`measure`] | cubes of distinct counts, datasets | [`domain::table::MeasureTable`]; from here on plain structs |
//! | [`protect`] | measure tables | the same tables, small counts hidden and whatever they could be worked out from; off unless the job says `[protect]` |
//! | [`draw`] | measure tables | [`draw::Figure`]: SVG, PNG, alternative text |
//! | [`write`](mod@write) | tables, figures, templates | [`write::document::Document`], and from it the report |
//!
//! [`run::run_job`] is that table as ordinary calls. Three modules stand beside the flow: [`explain`] goes the way
//! back, from a printed number to its rows, and forth again; [`diff`] holds two published runs against each other;
//! [`inspect`] tells what is in an export that no job describes yet, and drafts a job for it. What any of them says to
//! a person stands by key in `words`. [`stats`] holds the formulas, each with its source: numbers in, numbers out.
//! [`published`] knows what stands in the folder that a run leaves: what `run` writes, `diff` and `explain` read.
//! [`vocabulary`] holds what job files are declared with; a family of measures is a folder of [`measure`]: how its
//! table is written, what it plans, how it is compiled and computed.
//!
//! Only `run` and those three call steps; `cli` asks them, and never a step. A step imports nothing of another step but
//! its artefact's type, files of a room use one another in one direction, and each heavy library lives behind one room
//! (`tests/suite/fences` holds us to it). A second run reads only what has changed: `run/cache` says what is remembered,
//! and why nothing of it is trusted. `docs/design.md` has these rules, and why.
//!
//! # Where to look when a figure seems wrong
//!
//! 1. The job file says what is counted. Every column name, category and unit stands there and nowhere in code.
//! 2. `rejects.csv` and the balances say which rows did not count, and why.
//! 3. `tables/<measure>.csv` in the output is the figure before anything was rounded or drawn.
//! 4. `kvalis explain` lists the rows behind a number, `kvalis trace` the numbers that a row is part of.
//! 5. [`measure`] has one folder a kind of measure; each says what it counts, of what, in which order.
//!
//! # What holds everywhere
//!
//! * A count is a count of distinct events, never of rows ([`domain::cube`]).
//! * Every row has exactly one fate; a [`domain::balance::Balance`] exists only if they add up.
//! * Missing, not applicable, withheld and zero are four things ([`domain::table::Nothing`]).
//! * A column reaches disk only if the job declares it; cell text is shown only for columns that the job calls safe.
//! * The same inputs give the same bytes; the only clock is in the manifest.

#![warn(unreachable_pub)]
#![warn(missing_docs)]

#[macro_use]
mod words;

pub mod diagnostic;

mod dialog;

pub mod domain;

pub mod vocabulary;

pub mod job;

mod ingest;

mod normalise;

mod published;

pub mod store;

pub mod stats;

pub mod measure;

pub mod protect;

pub mod draw;

pub mod write;

pub mod run;

pub mod inspect;

pub mod diff;

pub mod explain;

pub mod cli;
