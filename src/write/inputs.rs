//! What a report is made of.
//!
//! In: the plan and what the steps before have made. Out: types only; nothing is done here.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::manuscript::Manuscript;
use crate::diagnostic::Diagnostic;
use crate::domain::balance::Balance;
use crate::domain::table::MeasureTable;
use crate::draw::Figure;
use crate::job::plan::Plan;

/// All that a report is made of.
pub struct ReportInputs<'a> {
    /// The compiled job.
    pub plan: &'a Plan,
    /// As they may be published, one per measure.
    pub tables: &'a [MeasureTable],
    /// In the job's order.
    pub figures: Vec<Figure>,
    /// What became of the rows, a sheet each.
    pub balances: &'a [Balance],
    /// What was told, for the appendix.
    pub warnings: &'a [Diagnostic],
    /// Files that were read, by source and name.
    pub inputs: &'a [InputFile],
    /// Names of the sources that the report is made without because they could not be used.
    pub unread: &'a [String],
    /// Templates and texts, read once.
    pub manuscript: &'a Arc<Manuscript>,
    /// Sources of which something is hidden: neither their rows nor their size are printed.
    pub hiding: &'a BTreeSet<String>,
}

/// A file that was read, for the appendix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The source's name in the job.
    pub source: String,
    /// What readers call the source.
    pub source_title: String,
    /// Relative to the input folder.
    pub file_name: String,
    /// Length of the file.
    pub bytes: u64,
    /// Hexadecimal digest of the file.
    pub digest: String,
    /// "windows-1252"; `None` for a workbook.
    pub encoding: Option<String>,
    /// Names of the sheets that were read; empty for a delimited file.
    pub sheets: Vec<String>,
}
