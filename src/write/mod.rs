//! Writes reports: chapters in Markdown with minijinja become one document tree; each writer prints that tree.
//!
//! In: the plan, measured tables, drawn figures, balances and warnings ([`ReportInputs`]). Out: a
//! [`document::Document`], and from it one file per format. Before any data is read, [`check_templates`] finds what is
//! wrong with the templates. Text from a cell stays text all the way: see `tokens`.
//!
//! The way of a chapter: `templates` renders it, `functions` answer its calls with `objects` that know where they came
//! from, `tokens` carry what is printed past `markdown`, `numbering` counts, `compose` puts it together.

pub mod document;

mod compose;

mod preflight;

mod calls;

mod manuscript;

mod templates;

mod texts;

mod functions;

mod sentences;

mod sources;

mod objects;

mod words;

mod untested;

pub mod underlag;

mod facts;

mod tokens;

mod markdown;

mod numbering;

mod places;

mod values;

mod tables;

mod key_numbers;

mod appendix;

pub mod typography;

pub mod html;

pub mod docx;

pub mod pdf;

pub mod xlsx;

pub mod report_md;

pub use compose::compose;
pub use manuscript::{Manuscript, Templates};
pub use places::places;
pub use preflight::check_templates;
pub use texts::{Text, Texts};
pub use untested::in_own_texts;
pub use values::{column_at, default_column, number_of, origin_of, print_value, row_name};

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::domain::balance::Balance;
use crate::domain::table::MeasureTable;
use crate::draw::Figure;
use crate::job::plan::Plan;

/// All that a report is made of.
pub struct ReportInputs<'a> {
    pub plan: &'a Plan,
    pub tables: &'a [MeasureTable],
    pub figures: Vec<Figure>,
    pub balances: &'a [Balance],
    pub warnings: &'a [Diagnostic],
    pub inputs: &'a [InputFile],
    /// Names of the sources that the report is made without because they could not be used.
    pub unread: &'a [String],
    pub manuscript: &'a Arc<Manuscript>,
    /// Sources of which the numbers of rows are not to be printed.
    pub hidden_rows: &'a BTreeSet<String>,
}

/// A file that was read, for the appendix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The source's name in the job.
    pub source: String,
    pub source_title: String,
    pub file_name: String,
    pub bytes: u64,
    /// Hexadecimal digest of the file.
    pub digest: String,
    /// "windows-1252"; `None` for a workbook.
    pub encoding: Option<String>,
    pub sheets: Vec<String>,
}

#[cfg(test)]
mod fixtures;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod chapter_tests;
