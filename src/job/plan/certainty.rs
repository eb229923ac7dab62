//! How sure the numbers of a measure are to be made: what the job asks for, and the two families made of other measures.

pub use crate::job::spec::certainty::IntervalMethod;

/// Fewest answers of a survey about which a direction is said, where the source does not say otherwise.
pub const MINIMUM_ANSWERS: u32 = crate::domain::minimum_answers::DEFAULT;

/// What is computed beside the values of a measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CertaintyPlan {
    /// 95 % interval of shares.
    pub interval: Option<IntervalMethod>,
    /// Test against the period before, adjusted over the table.
    pub test: bool,
    /// Under this many answers nothing is said about direction. 0: answers are not known.
    pub minimum_answers: u32,
}

/// A shift between categories, made of a breakdown's table.
#[derive(Debug, Clone)]
pub struct ShiftPlan {
    /// Index into `Plan::measures`, before this one.
    pub measure: usize,
    pub merge_sparse: bool,
}

/// Development over years, made of the table of a trend, share or indicator.
#[derive(Debug, Clone)]
pub struct DevelopmentPlan {
    /// Index into `Plan::measures`, before this one.
    pub measure: usize,
}
