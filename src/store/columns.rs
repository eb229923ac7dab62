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
        codes: Vec<u32>,
        labels: Vec<Arc<str>>,
    },
    /// Row `i` has the values `codes[offsets[i]..offsets[i + 1]]`.
    Lists {
        offsets: Vec<u32>,
        codes: Vec<u32>,
        labels: Vec<Arc<str>>,
    },
    /// [`NO_DAY`] is a blank.
    Days(Vec<i32>),
    /// NaN is a blank.
    Numbers(Vec<f64>),
    YesNo(Vec<Option<bool>>),
    Texts(TextColumn),
    Rows(Vec<u32>),
}

/// Texts one after the other. The bytes are UTF-8 and every text begins at a letter: the writer relies on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextColumn {
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
        codes: Vec<u32>,
        labels: Vec<String>,
    },
    /// Row `i` has the values `codes[offsets[i]..offsets[i + 1]]`.
    Lists {
        offsets: Vec<u32>,
        codes: Vec<u32>,
        labels: Vec<String>,
    },
    /// Days since 1970-01-01.
    Days(Vec<Option<i32>>),
    Numbers(Vec<Option<f64>>),
    YesNo(Vec<Option<bool>>),
    Texts(Vec<Option<String>>),
    Rows(Vec<u32>),
}

/// Some columns of a dataset, by name, all of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    pub rows: usize,
    pub columns: BTreeMap<String, PlainColumn>,
}
