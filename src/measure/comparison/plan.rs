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

/// Our own value beside those of other areas.
#[derive(Debug, Clone)]
pub struct ComparisonPlan {
    /// What the numbers are of, for captions.
    pub what: String,
    /// Which areas, and which of them is ours.
    pub among: AmongPlan,
    /// The year that is compared.
    pub year: i32,
    /// Id and label in print order; empty = all that occur.
    pub indicators: Vec<(String, String)>,
    /// Index of the source that names indicators.
    pub names: Option<usize>,
    /// Words at the front of an indicator's name that are not printed.
    pub strip: Option<String>,
    /// All that must hold of an observation.
    pub conditions: Vec<Condition>,
    /// Of the values.
    pub unit: Unit,
    /// Id, or part of a label (folded) → direction.
    pub directions: Vec<(String, Direction)>,
    /// Name of the column with the number of answers.
    pub answers: Option<String>,
    /// Least number of answers and what happens under it.
    pub least: Option<(u32, FewAnswers)>,
    /// True for the companion table with a column for every municipality, which strips are drawn from.
    pub all: bool,
}
