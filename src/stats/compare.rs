//! Comparisons that decide a flag, so that float noise cannot turn them.
//!
//! 0,1 + 0,2 is not 0,3 in binary: a point that lies on a limit would fall on either side by chance. Two numbers closer
//! than [`RELATIVE_TOLERANCE`] of the larger one's size are equal here. Noise of a sum over a thousand points is about
//! 1e-13, and figures that people report differ by 1e-7 or more: nothing real lies between.

use std::cmp::Ordering;

/// Share of the size of the numbers within which they are equal.
pub const RELATIVE_TOLERANCE: f64 = 1e-10;

/// Order of `a` to `b`; equal within [`RELATIVE_TOLERANCE`] of the largest of |a|, |b| and `scale`.
///
/// In: `scale` is the size of the numbers that `a` and `b` were computed from (largest |y| of a series), for
/// differences that may come out near zero; 0.0 when there is none. NaN is equal to everything: no flag.
///
/// ```
/// use kvalis::stats::compare::order;
/// use std::cmp::Ordering;
/// assert_eq!(order(0.1 + 0.2, 0.3, 0.0), Ordering::Equal);
/// assert_eq!(order(0.31, 0.3, 0.0), Ordering::Greater);
/// assert_eq!(order(1e-17, 0.0, 1.0), Ordering::Equal);
/// ```
pub fn order(a: f64, b: f64, scale: f64) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let size = a.abs().max(b.abs()).max(scale.abs());
    // Infinite numbers have an infinite tolerance; their order is plain.
    if size.is_finite() && (a - b).abs() <= RELATIVE_TOLERANCE * size {
        return Ordering::Equal;
    }
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// `a` lies strictly above `b`: a point on a limit is not outside.
pub fn above(a: f64, b: f64, scale: f64) -> bool {
    order(a, b, scale).is_gt()
}

/// `a` lies strictly below `b`.
pub fn below(a: f64, b: f64, scale: f64) -> bool {
    order(a, b, scale).is_lt()
}

/// `a` and `b` are the same number but for noise.
pub fn equal(a: f64, b: f64, scale: f64) -> bool {
    order(a, b, scale).is_eq()
}

/// Largest size of some numbers, the `scale` of comparisons among what is computed from them; 0.0 of none.
pub fn scale_of(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |scale: f64, value| scale.max(value.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_equal_and_a_real_difference_is_not() {
        assert!(equal(0.1 + 0.2, 0.3, 0.0) && !above(0.1 + 0.2, 0.3, 0.0));
        assert!(above(1.000_000_1, 1.0, 0.0) && below(1.0, 1.000_000_1, 0.0));
        assert!(equal(1e7 + 1e-5, 1e7, 0.0) && above(1e7 + 1.0, 1e7, 0.0));
    }

    #[test]
    fn near_zero_the_scale_decides() {
        assert!(above(1e-17, 0.0, 0.0));
        assert!(equal(1e-17, 0.0, 5.0));
    }

    #[test]
    fn infinite_and_undefined_numbers_are_ordered_without_surprise() {
        assert!(above(f64::INFINITY, 1.0, 0.0) && below(f64::NEG_INFINITY, 1.0, 0.0));
        assert!(equal(f64::INFINITY, f64::INFINITY, 0.0));
        assert!(equal(f64::NAN, 1.0, 0.0));
    }
}
