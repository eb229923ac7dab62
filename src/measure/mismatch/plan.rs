//! The plan of a `[mismatch.x]`.

use std::collections::BTreeMap;

use crate::domain::table::Nothing;

pub use crate::measure::mismatch::spec::MismatchShow;

/// Yes/no answers of one row beside those of others.
#[derive(Debug, Clone)]
pub struct MismatchPlan {
    /// Index of last year's source.
    pub previous: Option<usize>,
    /// Name of the column that says whose the answers are.
    pub area: String,
    /// Folded, and as readers see it.
    pub own: (String, String),
    /// Folded; empty = all others.
    pub comparable: Vec<String>,
    /// Column name and label, in print order.
    pub indicators: Vec<(String, String)>,
    /// Which of the answers.
    pub show: MismatchShow,
    /// Smallest share of the others that answer yes, 0–1.
    pub at_least: f64,
    /// Folded spelling → answer.
    pub answers: BTreeMap<String, Answer>,
    /// Folded mark → meaning; every other text is missing.
    pub marks: BTreeMap<String, Nothing>,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// No.
    No,
    /// In part.
    Partly,
    /// Yes.
    Yes,
}
