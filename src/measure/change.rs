//! Arithmetic of the cells: relative changes, shares, their differences.
//!
//! In: counts, `None` where nothing was measured. Out: [`Value`]s. Missing stays missing; nothing is rounded.

use crate::domain::table::{Nothing, Value};

/// Smallest base of a relative change: under it the number stands alone (STATISTICS.md, 1 and 4).
pub(super) const SMALLEST_BASE: u64 = 20;

/// `(now − then) / then`; blank on a base under [`SMALLEST_BASE`], zero included; missing when one of them is.
pub(super) fn change(now: Option<u64>, then: Option<u64>) -> Value {
    match (now, then) {
        (Some(now), Some(then)) if then >= SMALLEST_BASE => Value::Change { now: now as i64, then: then as i64 },
        (Some(_), Some(_)) => Value::Nothing(Nothing::Blank),
        _ => Value::Nothing(Nothing::Missing),
    }
}

/// An exact share; blank when there is nothing to have a share of.
pub(super) fn share(numerator: u64, denominator: u64) -> Value {
    match denominator {
        0 => Value::Nothing(Nothing::Blank),
        _ => Value::Share { numerator, denominator },
    }
}

/// Difference of two shares in procentenheter; blank when one of them has nothing to be a share of.
pub(super) fn percentage_points(now: (u64, u64), then: (u64, u64)) -> Value {
    if now.1 == 0 || then.1 == 0 {
        return Value::Nothing(Nothing::Blank);
    }
    // One division: 1/3 − 1/3 must be exactly zero.
    let above = now.0 as i128 * then.1 as i128 - then.0 as i128 * now.1 as i128;
    Value::Number(100.0 * above as f64 / (now.1 as f64 * then.1 as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_needs_a_base_of_twenty() {
        assert_eq!(change(Some(928), Some(821)), Value::Change { now: 928, then: 821 });
        assert_eq!(change(Some(0), Some(20)), Value::Change { now: 0, then: 20 });
        assert_eq!(change(Some(27), Some(19)), Value::Nothing(Nothing::Blank));
        assert_eq!(change(Some(5), Some(0)), Value::Nothing(Nothing::Blank));
    }

    #[test]
    fn missing_is_not_zero() {
        assert_eq!(change(None, Some(30)), Value::Nothing(Nothing::Missing));
    }

    #[test]
    fn shares_differ_in_procentenheter() {
        assert_eq!(percentage_points((1, 2), (1, 4)), Value::Number(25.0));
        assert_eq!(percentage_points((1, 3), (1, 3)), Value::Number(0.0));
        assert_eq!(percentage_points((1, 3), (0, 0)), Value::Nothing(Nothing::Blank));
        assert_eq!(share(0, 0), Value::Nothing(Nothing::Blank));
        assert_eq!(share(0, 7), Value::Share { numerator: 0, denominator: 7 });
    }
}
