//! Reads exports: files in, [`RawBatch`]es of the asked-for cells out, streamed, every row with file, sheet and Excel row.
//!
//! In: a source plan's files and headers. Out: batches in a fixed order (`sequence`), and a [`SheetDoor`] per sheet that
//! counts the physical rows by other code than the branches that sort them. Never: types, categories, periods.

/// What a cell held, without a String per cell. Sixteen bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RawCell {
    /// Nothing there (or no such column in this record).
    Empty,
    /// Bytes in [`RawBatch::text`], in the batch's encoding, untrimmed, quotes already taken off.
    Text {
        start: u32,
        length: u32,
    },
    /// As `Text`, but doubled quotes (`""`) still stand for one: only text inside quotes can hold them.
    QuotedText {
        start: u32,
        length: u32,
    },
    Number(f64),
    /// A number whose cell has a per cent format: 0.69 shown as 69 %.
    PercentNumber(f64),
    /// A date cell, as days since 1970-01-01 (time of day dropped).
    Day(i32),
    Bool(bool),
    /// A spreadsheet error value (#N/A …).
    Error,
}

/// How the bytes of a batch's text are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextEncoding {
    Utf8,
    Windows1252,
}

/// Rows that hold data, with only the cells that the plan asks for.
#[derive(Debug)]
pub struct RawBatch {
    /// Counts batches of one source over all its files from 0; the order in which rows stand in the exports.
    pub sequence: u64,
    /// Index into the source's files in name order.
    pub file: u32,
    /// Base name of the file.
    pub file_name: std::sync::Arc<str>,
    /// Sheet name; `None` for a delimited file.
    pub sheet: Option<std::sync::Arc<str>>,
    pub encoding: TextEncoding,
    /// The bytes that text cells point into (a chunk of the file itself, for a delimited file).
    pub text: Vec<u8>,
    /// Row-major: `cells[row * width + column]`, columns as in `SourcePlan::columns` with headers, then `wide`.
    pub cells: Vec<RawCell>,
    pub width: usize,
    /// Excel's row number of each row (for a delimited file: the record's number, header included, from 1).
    pub rows: Vec<u32>,
}

/// What a sheet was, told when its last batch has been handed over.
#[derive(Debug, Clone)]
pub struct SheetDoor {
    pub file_name: String,
    pub sheet: Option<String>,
    /// Physical rows or records of the sheet, counted where they are split.
    pub rows: u64,
    /// Headings, blanks, total rows and footnotes: the fates that ingest decides. The rest went out in batches.
    pub tally: crate::domain::balance::Tally,
    /// Excel column (from 1) of each column of the batches, 0 where a derived or optional column is absent.
    pub columns: Vec<u32>,
    /// Header texts as they stand in the export, parallel to `columns`.
    pub headers: Vec<String>,
    /// "windows-1252", "utf-8", …; `None` for a workbook.
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
}
