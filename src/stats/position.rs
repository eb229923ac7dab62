//! Where one value stands among many: rank with ties, quartiles, and in which quarter it lies.
//!
//! In: finite numbers, any order. Out: counts and numbers. Which quarter and which rank are decided by counting values,
//! never by comparing with an interpolated quartile: float noise cannot move anyone over a limit.
//! Source: STATISTICS.md, 1 and 11; type 7 of Hyndman and Fan, The American Statistician 50 (1996), 361–365.

use std::cmp::Ordering;

use crate::domain::table::Direction;

/// A shared place: ties have the same first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// From 1.
    pub first: usize,
    /// The last place that the tie takes, `first` where there is none.
    pub last: usize,
    /// How many values there are, this one included.
    pub of: usize,
}

/// Least, lower quartile, median, upper quartile, greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Five {
    /// The smallest value.
    pub least: f64,
    /// The lower quartile.
    pub lower: f64,
    /// The middle value.
    pub median: f64,
    /// The upper quartile.
    pub upper: f64,
    /// The largest value.
    pub greatest: f64,
}

/// A quarter of the values, or the half between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quarter {
    /// The quarter at the good end.
    Best,
    /// The half between the outer quarters.
    Middle,
    /// The quarter at the bad end.
    Worst,
}

/// The rank of `own` among `values`, itself one of them; from the best where a direction is good, else from the highest.
///
/// ```
/// use kvalis::{domain::table::Direction, stats::position::{rank, Rank}};
/// let place = rank(&[70.0, 80.0, 80.0, 90.0], 80.0, Direction::Higher);
/// assert_eq!(place, Rank { first: 2, last: 3, of: 4 });
/// ```
pub fn rank(values: &[f64], own: f64, direction: Direction) -> Rank {
    let before = match direction {
        Direction::Lower => Ordering::Less,
        Direction::Higher | Direction::Neither => Ordering::Greater,
    };
    let better = values.iter().filter(|value| value.partial_cmp(&&own) == Some(before)).count();
    let equal = values.iter().filter(|value| **value == own).count().max(1);
    Rank { first: better + 1, last: better + equal, of: values.len() }
}

/// The five numbers; `None` of no values.
pub fn five(values: &[f64]) -> Option<Five> {
    let sorted = sorted(values);
    let steps = sorted.len().checked_sub(1)?;
    // In whole quarters, so that a quartile that is one of the values is exactly that value.
    let quartile = |quarters: usize| between(&sorted, steps * quarters / 4, (steps * quarters % 4) as f64 / 4.0);
    let [least, lower, median, upper, greatest] = [0, 1, 2, 3, 4].map(quartile);
    Some(Five { least, lower, median, upper, greatest })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn between(sorted: &[f64], below: usize, share: f64) -> f64 {
    let low = sorted[below];
    if share > 0.0 && below + 1 < sorted.len() { low + share * (sorted[below + 1] - low) } else { low }
}

/// The quarter of `own` among `values`, itself one of them: best if at least as good as the quartile on the good side.
///
/// `None` without a direction, or of fewer than four values. Where both quartiles are the same value, it is the middle.
///
/// ```
/// use kvalis::{domain::table::Direction, stats::position::{quarter, Quarter}};
/// let waits = [3.0, 9.0, 14.0, 30.0];
/// assert_eq!(quarter(&waits, 3.0, Direction::Lower), Some(Quarter::Best));
/// ```
pub fn quarter(values: &[f64], own: f64, direction: Direction) -> Option<Quarter> {
    if direction == Direction::Neither || values.len() < 4 {
        return None;
    }
    let sorted = sorted(values);
    let steps = sorted.len() - 1;
    // A value is never strictly between two neighbours: it reaches a quartile between them if it reaches the upper one.
    let high = own >= sorted[(3 * steps).div_ceil(4)];
    let low = own <= sorted[steps / 4];
    Some(match (high, low, direction) {
        (true, false, Direction::Higher) | (false, true, Direction::Lower) => Quarter::Best,
        (true, false, _) | (false, true, _) => Quarter::Worst,
        _ => Quarter::Middle,
    })
}

/// The mean in which every value weighs the same; `None` of no values.
pub fn unweighted_mean(values: &[f64]) -> Option<f64> {
    // In order of size, so that the order of the files makes no difference in the last bit.
    let sorted = sorted(values);
    (!sorted.is_empty()).then(|| sorted.iter().sum::<f64>() / sorted.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec((0i32..200).prop_map(|tenths| f64::from(tenths) / 10.0), 1..60)
    }

    /// A quantile in exact whole numbers, as numerator over 40 of tenths.
    fn exact_quartile_40(values: &[f64], quarters: i64) -> i64 {
        let mut tenths: Vec<i64> = values.iter().map(|value| (value * 10.0).round() as i64).collect();
        tenths.sort_unstable();
        let place = (tenths.len() as i64 - 1) * quarters;
        let (below, rest) = ((place / 4) as usize, place % 4);
        let above = tenths[(below + 1).min(tenths.len() - 1)];
        4 * tenths[below] + rest * (above - tenths[below])
    }

    proptest! {
        #[test]
        fn quartiles_equal_those_in_whole_numbers(values in values()) {
            let five = five(&values).expect("some");
            for (quarters, found) in [(0, five.least), (1, five.lower), (2, five.median), (3, five.upper), (4, five.greatest)] {
                prop_assert!((found * 40.0 - exact_quartile_40(&values, quarters) as f64).abs() < 1e-9);
            }
            let lower = crate::stats::quantile::quantile(&values, 0.25).expect("some");
            prop_assert!((lower - five.lower).abs() < 1e-9);
        }

        #[test]
        fn the_quarter_is_that_of_the_exact_quartile(values in values(), pick in 0usize..60) {
            prop_assume!(values.len() >= 4);
            let own = values[pick % values.len()];
            let own_40 = (own * 10.0).round() as i64 * 4;
            let high = own_40 >= exact_quartile_40(&values, 3);
            let low = own_40 <= exact_quartile_40(&values, 1);
            let expected = match (high, low) {
                (true, false) => Quarter::Best,
                (false, true) => Quarter::Worst,
                _ => Quarter::Middle,
            };
            prop_assert_eq!(quarter(&values, own, Direction::Higher), Some(expected));
            let negated: Vec<f64> = values.iter().map(|value| -value).collect();
            prop_assert_eq!(quarter(&negated, -own, Direction::Lower), Some(expected));
        }

        #[test]
        fn the_rank_is_the_place_in_the_sorted_list(values in values(), pick in 0usize..60) {
            let own = values[pick % values.len()];
            let mut sorted = values.clone();
            sorted.sort_by(|one, two| two.total_cmp(one));
            let first = sorted.iter().position(|value| *value == own).expect("one of them") + 1;
            let last = sorted.iter().rposition(|value| *value == own).expect("one of them") + 1;
            prop_assert_eq!(rank(&values, own, Direction::Higher), Rank { first, last, of: values.len() });
            let from_lowest = rank(&values, own, Direction::Lower);
            prop_assert_eq!((from_lowest.first, from_lowest.last), (values.len() + 1 - last, values.len() + 1 - first));
        }
    }

    #[test]
    fn minus_zero_is_zero_and_nothing_has_no_numbers() {
        assert_eq!(rank(&[0.0, -0.0], 0.0, Direction::Lower).of, 2);
        assert_eq!(five(&[-0.0]).map(|five| five.median.is_sign_positive()), Some(true));
        assert!(five(&[]).is_none() && unweighted_mean(&[]).is_none());
        assert_eq!(quarter(&[1.0, 1.0, 1.0, 1.0], 1.0, Direction::Higher), Some(Quarter::Middle));
        assert_eq!(quarter(&[1.0, 2.0, 3.0, 4.0], 4.0, Direction::Neither), None);
    }
}
