//! `[comparison.x]` as it is computed.

use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};

pub use crate::measure::comparison::spec::FewAnswers;

/// Which areas are compared, and how they are called.
#[derive(Debug, Clone)]
pub struct AmongPlan {
    /// Our own code.
    pub own: String,
    /// Codes of a group; empty = all municipalities.
    pub codes: Vec<String>,
    /// "kommuner", "liknande kommuner".
    pub label: String,
    /// Index of the source that names areas.
    pub names: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct ComparisonPlan {
    pub what: String,
    pub among: AmongPlan,
    pub year: i32,
    /// Id and label in print order; empty = all that occur.
    pub indicators: Vec<(String, String)>,
    /// Index of the source that names indicators.
    pub names: Option<usize>,
    pub strip: Option<String>,
    pub conditions: Vec<Condition>,
    pub unit: Unit,
    /// Id, or part of a label (folded) → direction.
    pub directions: Vec<(String, Direction)>,
    pub answers: Option<String>,
    /// Least number of answers and what happens under it.
    pub least: Option<(u32, FewAnswers)>,
    /// True for the companion table with a column for every municipality, which strips are drawn from.
    pub all: bool,
}
