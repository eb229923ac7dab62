//! The only code that reads or writes Parquet files.

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
    pub columns: std::collections::BTreeMap<String, PlainColumn>,
}
