//! What a cell says in words, as what it is: a verdict that others go by, a year.
//!
//! In: what a test, a chart or a comparison has concluded. Out: the word that is printed. Never: the way back, from a word
//! to what it meant.

use super::spc::{Assurance, Label, Side, Variation};

/// A word of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// What a test allows to say of a difference.
    Development(Development),
    /// What a control chart says of its last point.
    Variation(Variation),
    /// Pattern and side of a point of a control chart.
    Signal(Label, Side),
    /// Whether a process will reach its goal.
    Assurance(Assurance),
    /// Beyond the limits of chance.
    Beyond(Side),
    /// Whether a number that was printed is the one that is counted now.
    Agrees(bool),
    /// A year.
    Year(i32),
}

impl Said {
    /// The word as tables print it.
    pub fn text(self) -> String {
        match self {
            Said::Development(word) => word.text().to_string(),
            Said::Variation(variation) => variation.word().to_string(),
            Said::Signal(label, side) => label.with_side(side),
            Said::Assurance(assurance) => assurance.word().to_string(),
            Said::Beyond(Side::Up) => word!("domain-above").to_string(),
            Said::Beyond(Side::Down) => word!("domain-below").to_string(),
            Said::Agrees(true) => word!("domain-agrees").to_string(),
            Said::Agrees(false) => word!("domain-does-not-agree").to_string(),
            Said::Year(year) => year.to_string(),
        }
    }
}

/// What may be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Development {
    /// Proven, and neither way is better.
    Up,
    /// Proven to have fallen.
    Down,
    /// Proven, in the direction that is good, or the other.
    Better,
    /// Proven to have gone the bad way.
    Worse,
    /// The difference may be chance.
    Unproven,
    /// Too few have answered: no word about direction.
    FewAnswers,
    /// Under five years no trend can be proven.
    FewYears,
}

impl Development {
    /// The word as tables print it.
    pub fn text(self) -> &'static str {
        match self {
            Development::Up => word!("domain-increase"),
            Development::Down => word!("domain-decrease"),
            Development::Better => word!("domain-improvement"),
            Development::Worse => word!("domain-worsening"),
            Development::Unproven => word!("domain-nothing-proven"),
            Development::FewAnswers => word!("domain-too-few-answers"),
            Development::FewYears => word!("domain-under-five-years"),
        }
    }
}
