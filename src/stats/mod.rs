//! Pure formulas, each with its source: numbers in, numbers out; no tables, no words, no files.
//!
//! In: counts as integers, shares as numbers 0–1 (never per cent), exposures in any unit of time.
//! Out: limits in the unit of what went in, p-values 0–1. Where a formula has no value (0 of 0, one point) the answer is
//! `None`, never NaN. Decisions such as "equal to the limit" go through [`compare`].
//!
//! | question | here |
//! |---|---|
//! | how sure is a share? | [`share`] |
//! | do two shares differ? | [`difference`] |
//! | how sure is a rate? | [`rate`] |
//! | do two counts differ? | [`two_counts`] |
//! | is there a trend over the years? | [`mann_kendall`], [`theil_sen`] |
//! | has the mix of categories shifted? | [`chi_square`] |
//! | what of many comparisons at once? | [`adjust`] |
//! | middle and quarters | [`quantile`] |
//! | how long does it take, when some still wait? | [`survival`] |
//! | where does one stand among many? | [`position`] |
//! | do units of different size differ by more than chance? | [`funnel`] |
//! | is a point of a series a signal? | [`spc`] |
//! | tails of distributions | [`distributions`], on [`special`] |

pub mod compare;

pub mod quantile;

pub mod special;

pub mod distributions;

pub mod level;

pub mod share;

pub mod difference;

pub mod rate;

pub mod two_counts;

pub mod mann_kendall;

pub mod theil_sen;

pub(crate) mod margins;

pub mod chi_square;

pub(crate) mod monte_carlo;

pub mod adjust;

pub mod position;

pub mod survival;

pub mod funnel;
pub mod spc;

#[cfg(test)]
mod tests;

/// Lower and upper limit, in the unit of what they enclose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Nowhere above `upper`.
    pub lower: f64,
    /// Nowhere below `lower`.
    pub upper: f64,
}
