//! What a run knows of a source beside its rows: the fates of all rows, and the cells that hold no value, by kind.
//!
//! In: what `normalise` counted. Out: plain numbers that `measure` prints as tables of data quality.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::balance::Balance;

/// Why a cell of a kept row has no value that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CellKind {
    /// A mark that means: not measured.
    Missing,
    /// A mark that means: does not apply.
    NotApplicable,
    /// A mark that means: exists but is withheld.
    Withheld,
    /// Something that its column can't hold: a word for a number, a date that is none.
    Invalid,
    /// A value outside the column's list; it is counted in the list's bucket.
    Unknown,
}

/// How many cells of one column hold no value for one reason. Blank cells are not among them: nothing stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellCount {
    /// The column's name in the job; `value` for a column of a wide table.
    pub column: String,
    /// The job's period that the row's date falls in.
    pub year: Option<i32>,
    /// Why they hold none.
    pub kind: CellKind,
    /// The spelling of an unknown value, if the job calls the column safe.
    pub text: Option<String>,
    /// How many.
    pub cells: u64,
}

/// What became of one source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Delivery {
    /// One per sheet that was read; none when the source was not delivered.
    pub balances: Vec<Balance>,
    /// Cells without a value, by column and reason.
    pub cells: Vec<CellCount>,
}

/// By the source's name.
pub(crate) type Deliveries = BTreeMap<String, Delivery>;
