//! Columns without Arrow: of one batch on their way to Parquet, and read back.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Code of a blank label.
pub const BLANK: u32 = u32::MAX;

/// A missing day in [`BatchColumn::Days`].
pub const NO_DAY: i32 = i32::MIN;

/// A column of one batch on its way to Parquet.
#[derive(Debug, Clone, PartialEq)]
pub enum BatchColumn {
    /// `codes[row]` indexes `labels`; [`BLANK`] is a blank.
    Labels {
        /// One per row.
        codes: Vec<u32>,
        /// Each label once.
        labels: Vec<Arc<str>>,
    },
    /// Row `i` has the values `codes[offsets[i]..offsets[i + 1]]`.
    Lists {
        /// One more than there are rows.
        offsets: Vec<u32>,
        /// All values of all rows.
        codes: Vec<u32>,
        /// Each label once.
        labels: Vec<Arc<str>>,
    },
    /// [`NO_DAY`] is a blank.
    Days(Vec<i32>),
    /// NaN is a blank.
    Numbers(Vec<f64>),
    /// `None` is a blank.
    YesNo(Vec<Option<bool>>),
    /// Texts as they stand.
    Texts(TextColumn),
    /// Numbers of rows in the export, from 1.
    Rows(Vec<u32>),
}

/// Texts one after the other. The bytes are UTF-8 and every text begins at a letter: the writer relies on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextColumn {
    /// All texts, one after the other.
    pub bytes: Vec<u8>,
    /// Text `i` ends at `ends[i]` and begins where the one before ends.
    pub ends: Vec<u32>,
    /// False for a blank.
    pub present: Vec<bool>,
}

/// A column read back, without Arrow: what `measure` works on.
#[derive(Debug, Clone, PartialEq)]
pub enum PlainColumn {
    /// `codes[row]` indexes `labels`; `u32::MAX` is a blank.
    Labels {
        /// One per row.
        codes: Vec<u32>,
        /// Each label once.
        labels: Vec<String>,
    },
    /// Row `i` has the values `codes[offsets[i]..offsets[i + 1]]`.
    Lists {
        /// One more than there are rows.
        offsets: Vec<u32>,
        /// All values of all rows.
        codes: Vec<u32>,
        /// Each label once.
        labels: Vec<String>,
    },
    /// Days since 1970-01-01.
    Days(Vec<Option<i32>>),
    /// `None` is a blank.
    Numbers(Vec<Option<f64>>),
    /// `None` is a blank.
    YesNo(Vec<Option<bool>>),
    /// `None` is a blank.
    Texts(Vec<Option<String>>),
    /// Numbers of rows in the export, from 1.
    Rows(Vec<u32>),
}

/// Some columns of a dataset, by name, all of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// How many.
    pub rows: usize,
    /// By name in the job.
    pub columns: BTreeMap<String, PlainColumn>,
}
