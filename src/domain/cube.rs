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
    /// The year of a date by the calendar, whatever the job's period.
    CalendarYear,
    /// Quarter 1–4 of the job's period.
    Quarter,
    /// Calendar month 1–12.
    Month,
}

/// One dimension of a request: a column of the source by its name in the job, and the grain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension {
    /// Name in the job.
    pub column: String,
    /// What is read off it.
    pub grain: Grain,
}

/// A condition on a row: the column has (or has not) one of the values. On a list, any of its values.
///
/// Values are the normalised labels; a blank is the column's missing label; yes/no columns say "Ja" and "Nej".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// Name in the job.
    pub column: String,
    /// Normalised labels; a row meets it by any of them.
    pub values: Vec<String>,
    /// The row must have none of them.
    pub negated: bool,
}

/// A set of counts asked of one event source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CubeRequest {
    /// Name of the source in the job.
    pub source: String,
    /// In the order of the cells' keys.
    pub dimensions: Vec<Dimension>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// Number columns to sum in each cell (with how many values there were).
    pub sums: Vec<String>,
}

/// A dimension's value in a cell. `Label` holds what a reader sees; `Number` years, quarters, months.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A year, a quarter (1–4) or a month (1–12).
    Number(i32),
    /// A normalised label.
    Label(Arc<str>),
    /// The date is missing (grains of dates only; a blank category is its missing label).
    Missing,
}

impl Key {
    /// A label's key.
    pub fn label(text: &str) -> Key {
        Key::Label(Arc::from(text))
    }
}

/// What was counted of one combination of values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CubeCell {
    /// Distinct events.
    pub count: u64,
    /// Per sum column of the request: how many values, and their sum.
    pub sums: Vec<(u64, f64)>,
}

/// A sum that does not depend on the order of its terms: what rounding takes off is kept and added at the end.
///
/// Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974); Knuth's TwoSum.
///
/// ```
/// use kvalis::domain::cube::Sum;
/// let sum = |numbers: &[f64]| numbers.iter().fold(Sum::default(), |sum, number| sum.plus(*number)).value();
/// assert_eq!(sum(&[0.1, 0.2, 0.3, 1e9]), sum(&[1e9, 0.3, 0.2, 0.1]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    /// With one more number.
    #[inline]
    pub fn plus(self, number: f64) -> Sum {
        let high = self.high + number;
        let added = high - self.high;
        let lost = (self.high - (high - added)) + (number - added);
        Sum { high, low: self.low + lost }
    }

    /// The sum of the terms of both.
    pub fn join(self, other: Sum) -> Sum {
        let joined = self.plus(other.high);
        Sum { low: joined.low + other.low, ..joined }
    }

    /// The sum, rounded once.
    pub fn value(self) -> f64 {
        self.high + self.low
    }
}

/// The answer to a request: one cell per combination that occurs, in key order. No dimension: one cell, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    /// What was asked.
    pub request: CubeRequest,
    /// By key, one value per dimension; combinations that do not occur are left out.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_the_same_in_any_order_and_any_parts() {
        let numbers: Vec<f64> = (1..5000).map(|n| f64::from(n) * 0.1).collect();
        let sum = |numbers: &mut dyn Iterator<Item = f64>| numbers.fold(Sum::default(), Sum::plus);
        let forward = sum(&mut numbers.iter().copied());
        let backward = sum(&mut numbers.iter().rev().copied());
        let parts = sum(&mut numbers[..777].iter().copied()).join(sum(&mut numbers[777..].iter().copied()));
        assert_eq!(forward.value(), backward.value());
        assert_eq!(forward.value(), parts.value());
        assert_eq!(Sum::default().value(), 0.0);
    }
}
