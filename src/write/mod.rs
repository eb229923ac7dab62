//! Writes reports: chapters in Markdown with minijinja become one document tree; each writer prints that tree.
//!
//! In: the plan, measured tables, drawn figures, balances and warnings ([`ReportInputs`]). Out: a
//! [`document::Document`], and from it one file per format. Before any data is read, [`check_templates`] finds what is
//! wrong with the templates. Text from a cell stays text all the way: see `tokens`.
//!
//! The way of a chapter: `templates` renders it, `functions` answer its calls with `objects` that know where they came
//! from, `tokens` carry what is printed past `markdown`, `numbering` counts, `compose` puts it together.

pub mod document;

mod inputs;

mod compose;

mod preflight;

mod calls;

mod manuscript;

mod templates;

mod arguments;

mod functions;

mod sentences;

mod sources;

mod rooms;

mod objects;

mod words;

mod untested;

pub(crate) mod underlag;

mod facts;

mod tokens;

mod markdown;

mod numbering;

mod places;

mod values;

mod tables;

mod key_numbers;

mod appendix;

pub(crate) mod typography;

pub mod html;

pub(crate) mod docx;

pub mod pdf;

pub(crate) mod xlsx;

pub(crate) mod report_md;

pub(crate) use appendix::in_swedish;
pub use compose::compose;
pub use inputs::{InputFile, ReportInputs};
pub use manuscript::{Manuscript, Templates, Text, Texts};
pub use places::places;
pub use preflight::check_templates;
pub use untested::in_own_texts;
pub use values::{column_at, default_column, number_of, origin_of, print_value, row_name};

#[cfg(test)]
mod fixtures;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod chapter_tests;
