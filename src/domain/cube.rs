//! Facts to cube: the counts that the plan asks for, and the small interface behind which they are counted.
//!
//! A request names dimensions of one event source; its answer has one cell per combination that occurs. Every
//! count is a count of distinct events: an event that concerns two units stands in two cells, but once in each
//! and once in every request that does not ask for units. That is why each margin is a request of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Failure;

/// What is read off a column for a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// The value itself (a category, a unit, yes/no, a text).
    Value,
    /// The job's period that a date falls in, by its year name.
    Period,
    CalendarYear,
    /// Quarter 1–4 of the job's period.
    Quarter,
    /// Calendar month 1–12.
    Month,
}

/// One dimension of a request: a column of the source by its name in the job, and the grain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension {
    pub column: String,
    pub grain: Grain,
}

/// A condition on a row: the column has (or has not) one of the values. On a list, any of its values.
///
/// Values are the normalised labels; a blank is the column's missing label; yes/no columns say "Ja" and "Nej".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    pub column: String,
    pub values: Vec<String>,
    pub negated: bool,
}

/// A set of counts asked of one event source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CubeRequest {
    /// Name of the source in the job.
    pub source: String,
    pub dimensions: Vec<Dimension>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// Number columns to sum in each cell (with how many values there were).
    pub sums: Vec<String>,
}

/// A dimension's value in a cell. `Label` holds what a reader sees; `Number` years, quarters, months.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Number(i32),
    Label(Arc<str>),
    /// The date is missing (grains of dates only; a blank category is its missing label).
    Missing,
}

impl Key {
    pub fn label(text: &str) -> Key {
        Key::Label(Arc::from(text))
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct CubeCell {
    /// Distinct events.
    pub count: u64,
    /// Per sum column of the request: how many values, and their sum.
    pub sums: Vec<(u64, f64)>,
}

/// The answer to a request: one cell per combination that occurs, in key order. No dimension: one cell, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    pub request: CubeRequest,
    pub cells: BTreeMap<Vec<Key>, CubeCell>,
}

impl Cube {
    /// Distinct events of a combination; 0 if it does not occur.
    pub fn count(&self, key: &[Key]) -> u64 {
        self.cells.get(key).map_or(0, |cell| cell.count)
    }
}

/// Who counts: polars over Parquet, the streaming pass itself, or another engine. All give the same numbers.
pub trait CubeEngine {
    /// Answers in the order of the requests.
    fn answer(&self, requests: &[CubeRequest]) -> Result<Vec<Cube>, Failure>;
}
