//! Reads everything of a file that no job describes yet: all sheets, all rows, all cells, in their order.
//!
//! In: one file. Out: calls of a [`ReadsWhole`], a row at a time; memory is bounded by a row (by a sheet for xls and ods,
//! which are small by nature). Never: a judgement about rows; what is header, total or footnote is for the reader to say.

use std::path::{Path, PathBuf};

use crate::diagnostic::Failure;

use super::files::{self, FileKind};
use super::header::{self, Merge};
use super::{delimited, kolada_json, workbook};

pub(crate) use super::workbook::Value as WholeCell;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WholeFile {
    /// Base name.
    pub name: String,
    pub kind: FileKind,
    /// "windows-1252", "utf-8", …; `None` for a workbook.
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
}

/// A sheet whose rows follow.
#[derive(Debug, Clone, Default)]
pub(crate) struct WholeSheet {
    /// `None` for a file without sheets.
    pub name: Option<String>,
    pub visible: bool,
    /// Names of the columns, where the format itself tells them (JSON); then no row is a header.
    pub keys: Option<Vec<String>>,
    pub(super) merges: Option<Vec<Merge>>,
}

impl WholeSheet {
    /// Names of the columns if `row` (from 0) is the lowest of `header_rows` header rows, as the reading of a source
    /// sees them.
    pub(crate) fn column_names(&self, rows: &[Vec<String>], row: usize, header_rows: usize) -> Vec<String> {
        header::column_names(rows, row, header_rows, self.merges.as_deref())
    }

    /// Whether a cell of this row (from 0) is merged over several columns; `None` where merges cannot be known.
    pub(crate) fn merges_columns_in(&self, row: usize) -> Option<bool> {
        let spans = |merge: &Merge| merge.rows.0 == row && merge.columns.0 < merge.columns.1;
        self.merges.as_ref().map(|merges| merges.iter().any(spans))
    }
}

/// Who takes the rows of a whole file.
pub(crate) trait ReadsWhole {
    /// A sheet begins; the one before is at its end.
    fn sheet(&mut self, sheet: WholeSheet);
    /// A row (Excel's number, or the record's) with its cells by column from 0, blank ones left out or not.
    fn row(&mut self, row: u32, cells: &[(usize, WholeCell<'_>)]);
}

/// Reads a file to its end.
///
/// Errors: those of its format (`unreadable-file`, `unsupported-format`, `broken-record`, `bad-encoding`, `io`).
pub(crate) fn read_whole(path: &Path, reader: &mut dyn ReadsWhole) -> Result<WholeFile, Failure> {
    let inputs = files::identify(&[PathBuf::from(path)])?;
    let Some(input) = inputs.first() else { return Err(Failure::internal("a file was identified as none")) };
    match input.kind {
        FileKind::Delimited => return delimited::whole::read(input, reader),
        FileKind::Workbook(kind) => workbook::whole::read(input, kind, reader)?,
        FileKind::Json => kolada_json::whole::read(input, reader)?,
    }
    Ok(WholeFile { name: input.name.to_string(), kind: input.kind, encoding: None, delimiter: None })
}
