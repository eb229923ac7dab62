//! `[risk.x]` as it is computed, and the scales that risks are judged on.

use std::sync::Arc;

use crate::domain::cube::Condition;

/// The scale of probability and consequence, and words for scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskScalePlan {
    /// What readers call probability and consequence: the labels of the measure's columns.
    pub axes: [String; 2],
    /// The highest probability and consequence; the lowest is 1.
    pub steps: u8,
    /// Words by step, lowest first; empty, or one per step.
    pub probability: Vec<String>,
    /// As `probability`.
    pub consequence: Vec<String>,
    /// Smallest score and label, lowest first.
    pub levels: Vec<(u32, String)>,
}

impl RiskScalePlan {
    /// Index of the level that a score belongs to; a score below the lowest has none.
    pub fn level_of(&self, score: u32) -> Option<usize> {
        self.levels.iter().rposition(|(from, _)| *from <= score)
    }

    /// "4 Mycket stor"
    pub fn name_of(step: u8, words: &[String]) -> String {
        match words.get(usize::from(step).saturating_sub(1)) {
            Some(word) => format!("{step} {word}"),
            None => step.to_string(),
        }
    }
}

/// Which table of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RiskShow {
    /// All risks, worst first.
    Ranked,
    /// Those of the highest level.
    Highest,
    /// How many risks in each probability and consequence.
    Matrix,
    /// Where each risk stood last year and stands now.
    Moved,
    /// What has moved, without what has not.
    Changed,
    /// Actions that are not done.
    Open,
    /// Actions that should have been done.
    Late,
    /// Risks by unit and level.
    Units,
    /// The numbers of the register in a row.
    Summary,
}

/// A plan of many columns: boxed, so that other measures do not take its room.
pub(crate) type BoxedRiskPlan = Box<RiskPlan>;

/// Risks of a register, with their judgement and action.
#[derive(Debug, Clone)]
pub struct RiskPlan {
    /// Which table.
    pub show: RiskShow,
    /// What risks are judged on.
    pub scale: Arc<RiskScalePlan>,
    /// Where last year's risks stand.
    pub years: RiskYears,
    /// Names of the source's columns.
    pub id: String,
    /// The risk in words.
    pub text: String,
    /// Who has it.
    pub unit: Option<String>,
    /// How likely it is, in steps of the scale.
    pub probability: String,
    /// How bad it would be, in steps of the scale.
    pub consequence: String,
    /// What is done about it.
    pub action: Option<String>,
    /// Role that answers for the action.
    pub owner: Option<String>,
    /// How far the action has come.
    pub status: Option<String>,
    /// Folded values of the status that mean done.
    pub done: Vec<String>,
    /// Day by which the action is to be done.
    pub due: Option<String>,
    /// All that must hold of a row.
    pub conditions: Vec<Condition>,
    /// The value of `each`. Not among the conditions: a risk that has changed unit is still the same risk.
    pub each: Option<Condition>,
    /// Units in print order where the column has a closed list.
    pub units: Vec<String>,
    /// The day on which "late" is judged; days since 1970-01-01.
    pub as_of: i32,
    /// Names of this year and last year, for headers.
    pub names: (i32, i32),
}

/// Where this year's and last year's risks stand.
#[derive(Debug, Clone)]
pub enum RiskYears {
    /// One register of one year.
    One,
    /// One register, a column says the year: its name, and its texts for this year and last.
    Column {
        /// Name of the column.
        column: String,
        /// Its text for this year.
        now: String,
        /// Its text for last year.
        before: String,
    },
    /// Last year's register is another source: its index.
    Source(usize),
}

impl RiskYears {
    /// Index of the source of last year's register, where that is another one.
    pub fn source(&self) -> Option<usize> {
        match self {
            RiskYears::Source(source) => Some(*source),
            RiskYears::One | RiskYears::Column { .. } => None,
        }
    }
}
