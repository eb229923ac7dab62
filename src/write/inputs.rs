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
