//! How much one file may ask of the machine: what a small file can unpack to, or a template compute, has a bound.
//!
//! In: `[limits]` of a job file. Out: [`Limits`], which steps hold what they read and make against. Never: a judgement
//! of what is an honest export; a key raises the limit for one that is larger than any that we have seen.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Failure, Location};

/// What a file may ask of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Files of one source. Default 2000.
    pub files: u64,
    /// Columns of an export. Default 16384, as many as Excel has.
    pub columns: u64,
    /// Sheets of a workbook. Default 1000.
    pub sheets: u64,
    /// Cells of an xls or ods workbook, which are held in memory, gaps and repeated ones counted. Default 5000000.
    pub cells: u64,
    /// Text of one cell, in KiB. Default 1024.
    pub cell_kib: u64,
    /// What a workbook holds beside its sheets: its texts, its styles; of an ods file the sheets too. In MiB, unpacked.
    /// Default 128.
    pub texts_mib: u64,
    /// What a workbook unpacks to in all, in MiB. Default 4096.
    pub unpacked_mib: u64,
    /// Lines of `rejects.csv`. Default 500000.
    pub rejects: u64,
    /// Steps of a template: a word printed or a turn of a loop takes a few. Default 10000000.
    pub template_steps: u64,
    /// Text that the templates of a report make, in MiB. Default 16.
    pub template_mib: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            files: 2000,
            columns: 16_384,
            sheets: 1000,
            cells: 5_000_000,
            cell_kib: 1024,
            texts_mib: 128,
            unpacked_mib: 4096,
            rejects: 500_000,
            template_steps: 10_000_000,
            template_mib: 16,
        }
    }
}

/// Reads a table only: a list of values without keys would be taken for one, since every key has a default.
pub(crate) fn from_table<'de, D: Deserializer<'de>>(given: D) -> Result<Limits, D::Error> {
    let table = serde_json::Map::deserialize(given)?;
    Limits::deserialize(serde_json::Value::Object(table)).map_err(D::Error::custom)
}

/// More than a key of `[limits]` allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Over {
    /// What there is too much of.
    pub message: String,
    /// The key that raises the limit.
    pub key: &'static str,
}

impl Over {
    pub(crate) fn at(self, at: Location) -> Failure {
        let help = say!("diagnostic-raise-limit", key = self.key);
        Diagnostic::error(Code::OverLimit, self.message, at).help(help).into()
    }
}
