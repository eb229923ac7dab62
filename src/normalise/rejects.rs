//! The lines of `rejects.csv`: what they say, in Swedish, and nowhere else.
//!
//! In: a code. Out: the reason and what to do about it. Never: cell text of a column that is not safe.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Code;

/// What became of a row or a cell that stands in `rejects.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum RejectFate {
    /// Not counted anywhere.
    RejectedRow,
    /// The id again with other content; the first row is kept, this one is not.
    DifferingDuplicate,
    /// The row is kept, the cell counts as missing (or as the bucket of unknown categories).
    CellWithoutValue,
    /// The row is kept, and the cell with personal data masked.
    MaskedCell,
}

impl RejectFate {
    /// True if the row is kept all the same.
    pub(crate) fn is_of_a_cell(self) -> bool {
        matches!(self, RejectFate::CellWithoutValue | RejectFate::MaskedCell)
    }

    /// In Swedish, as `rejects.csv` prints it.
    pub(crate) fn label(self) -> String {
        match self {
            RejectFate::RejectedRow => printed!("normalise-reject-row"),
            RejectFate::DifferingDuplicate => printed!("normalise-reject-differing-duplicate"),
            RejectFate::CellWithoutValue => printed!("normalise-reject-cell-without-value"),
            RejectFate::MaskedCell => printed!("normalise-reject-masked-cell"),
        }
    }
}

/// A line of `rejects.csv`: what happened to a row or a cell, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reject {
    pub file: String,
    pub sheet: Option<String>,
    /// Excel's row number, or the record's in a delimited file.
    pub row: u32,
    /// Header of the column, if one cell is at fault.
    pub column: Option<String>,
    pub fate: RejectFate,
    pub code: Code,
    /// Swedish.
    pub reason: String,
    /// Swedish.
    pub action: String,
    /// The cell's text, at most 200 letters, only from a column that is safe.
    pub text: Option<String>,
}

/// What is wrong, in Swedish: the reason in `rejects.csv` and in the report's appendix.
pub(crate) fn reason(code: Code) -> String {
    match code {
        Code::MissingId => printed!("normalise-reason-missing-id"),
        Code::MissingDate => printed!("normalise-reason-missing-date"),
        Code::BadDate => printed!("normalise-reason-bad-date"),
        Code::MissingValue => printed!("normalise-reason-missing-value"),
        Code::BadNumber => printed!("normalise-reason-bad-number"),
        Code::BadYesNo => printed!("normalise-reason-bad-yes-no"),
        Code::UnknownCategory => printed!("normalise-reason-unknown-category"),
        Code::DuplicateRow => printed!("normalise-reason-duplicate-row"),
        Code::DifferingDuplicate => printed!("normalise-reason-differing-duplicate"),
        Code::StatusContradiction => printed!("normalise-reason-status-contradiction"),
        Code::UnmarkedNull => printed!("normalise-reason-unmarked-null"),
        Code::PersonalData => printed!("normalise-reason-personal-data"),
        _ => printed!("normalise-reason-other"),
    }
}

/// What to do about it, in Swedish.
pub(crate) fn action(code: Code) -> String {
    match code {
        Code::MissingId | Code::MissingDate | Code::MissingValue => printed!("normalise-action-fill-in"),
        Code::BadDate => printed!("normalise-action-bad-date"),
        Code::BadNumber => printed!("normalise-action-bad-number"),
        Code::BadYesNo => printed!("normalise-action-bad-yes-no"),
        Code::UnknownCategory => printed!("normalise-action-unknown-category"),
        Code::DifferingDuplicate => printed!("normalise-action-differing-duplicate"),
        Code::StatusContradiction => printed!("normalise-action-status-contradiction"),
        Code::UnmarkedNull => printed!("normalise-action-unmarked-null"),
        Code::PersonalData => printed!("normalise-action-personal-data"),
        _ => printed!("normalise-action-other"),
    }
}
