//! Whether two shares differ: Newcombe's interval, and a p-value by pooled z or Fisher's exact test.

use super::Interval;
use super::compare;
use super::level::Level;
use super::share::wilson;
use super::special::two_sided_p;

/// A whole number of a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// How many of `n`, at most `n`.
    pub x: u64,
    /// The whole.
    pub n: u64,
}

/// Difference of two shares, first minus second, with Newcombe's hybrid score interval (his method 10).
///
/// In: whole or fractional x of n. Out: the difference and its limits, −1…1 (procentenheter / 100). `None` when either
/// has n = 0. Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890.
///
/// ```
/// use kvalis::stats::{difference::newcombe, level::Level};
/// let (d, limits) = newcombe((56.0, 70.0), (48.0, 80.0), Level::P95).unwrap();   // Newcombe's example (a)
/// assert!((d - 0.2).abs() < 1e-12);
/// assert!((limits.lower - 0.0524).abs() < 5e-5 && (limits.upper - 0.3339).abs() < 5e-5);
/// ```
pub fn newcombe(first: (f64, f64), second: (f64, f64), level: Level) -> Option<(f64, Interval)> {
    let (a, b) = (wilson(first.0, first.1, level)?, wilson(second.0, second.1, level)?);
    let (p, q) = (first.0 / first.1, second.0 / second.1);
    let d = p - q;
    let lower = d - (p - a.lower).hypot(b.upper - q);
    let upper = d + (a.upper - p).hypot(q - b.lower);
    Some((d, Interval { lower, upper }))
}

/// How a p-value of two shares was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareTest {
    /// Pooled z without continuity correction.
    PooledZ,
    /// Fisher's exact test, two-sided.
    Fisher,
}

/// Two-sided p of two shares being one: pooled z when all four expected counts are 5 or more, else Fisher's exact test.
///
/// `None` when either has n = 0 or x > n. Equal shares have p = 1; 0 of n and 0 of m too.
///
/// ```
/// use kvalis::stats::difference::{Part, ShareTest, share_p};
/// let (p, test) = share_p(Part { x: 1, n: 10 }, Part { x: 8, n: 10 }).unwrap();
/// assert_eq!(test, ShareTest::Fisher);
/// assert!((p - 0.005477).abs() < 1e-6);
/// ```
pub fn share_p(first: Part, second: Part) -> Option<(f64, ShareTest)> {
    if first.n == 0 || second.n == 0 || first.x > first.n || second.x > second.n {
        return None;
    }
    if expected_are_at_least_five(first, second) {
        Some((pooled_z(first, second), ShareTest::PooledZ))
    } else {
        Some((fisher(first, second), ShareTest::Fisher))
    }
}

/// Row total × column total ≥ 5 × all, in whole numbers.
fn expected_are_at_least_five(first: Part, second: Part) -> bool {
    let all = u128::from(first.n) + u128::from(second.n);
    let hits = u128::from(first.x) + u128::from(second.x);
    let smallest_row = u128::from(first.n.min(second.n));
    smallest_row * hits.min(all - hits) >= 5 * all
}

fn pooled_z(first: Part, second: Part) -> f64 {
    // z² = (x₁n₂ − x₂n₁)² N / (n₁ n₂ X (N − X)), the difference taken in whole numbers.
    let cross = |a: Part, b: Part| u128::from(a.x) * u128::from(b.n);
    let difference = cross(first, second).abs_diff(cross(second, first)) as f64;
    let (n, m) = (first.n as f64, second.n as f64);
    let hits = first.x as f64 + second.x as f64;
    let misses = (first.n - first.x) as f64 + (second.n - second.x) as f64;
    two_sided_p(difference * ((n + m) / n / m / hits / misses).sqrt())
}

/// As the z of [`share_p`], for numbers that are not whole because only rounded shares were delivered.
///
/// `None` when an expected count is under 5: Fisher's exact test needs whole numbers.
///
/// ```
/// use kvalis::stats::difference::{Part, pooled_z_p, share_p};
/// let whole = share_p(Part { x: 30, n: 60 }, Part { x: 45, n: 60 }).unwrap().0;
/// assert!((pooled_z_p((30.0, 60.0), (45.0, 60.0)).unwrap() - whole).abs() < 1e-15);
/// assert_eq!(pooled_z_p((0.5, 6.0), (1.5, 6.0)), None);
/// ```
pub fn pooled_z_p(first: (f64, f64), second: (f64, f64)) -> Option<f64> {
    let ((x, n), (y, m)) = (first, second);
    let (hits, misses, all) = (x + y, n - x + m - y, n + m);
    let expected = n.min(m) * hits.min(misses) / all;
    if !expected.is_finite() || compare::below(expected, 5.0, 0.0) {
        return None;
    }
    Some(two_sided_p((x * m - y * n).abs() * (all / n / m / hits / misses).sqrt()))
}

/// Two-sided p of Fisher's exact test: the probability of all tables no likelier than this one.
///
/// Source: R. A. Fisher, Statistical Methods for Research Workers (1934); two-sided by probability, as in R. Tables
/// whose probability equals the observed one but for float noise (1e-9 of it) count as equally likely.
pub fn fisher(first: Part, second: Part) -> f64 {
    let hits = first.x + second.x;
    let (least, most) = (hits.saturating_sub(second.n), hits.min(first.n));
    // P(x + 1) / P(x): relative to the observed table nothing large is ever computed.
    let ratio = |x: u64| {
        let (up, down) = ((hits - x) as f64 * (first.n - x) as f64, second.n as f64 - hits as f64 + x as f64 + 1.0);
        up / ((x + 1) as f64 * down)
    };
    let (mut all, mut extreme) = (1.0, 1.0);
    let mut weigh = |weight: f64| {
        all += weight;
        if weight <= 1.0 + 1e-9 {
            extreme += weight;
        }
    };
    let mut weight = 1.0;
    for x in first.x..most {
        weight *= ratio(x);
        weigh(weight);
    }
    weight = 1.0;
    for x in (least..first.x).rev() {
        weight /= ratio(x);
        weigh(weight);
    }
    // A table so far out that the likeliest one is infinitely likelier has p = 0 in floating point.
    if all.is_finite() { (extreme / all).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tea_lady_of_fisher() {
        assert!((fisher(Part { x: 3, n: 4 }, Part { x: 1, n: 4 }) - 34.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn five_expected_is_enough_for_z_and_less_is_not() {
        let test = |x, n, y, m| share_p(Part { x, n }, Part { x: y, n: m }).map(|(_, test)| test);
        assert_eq!(test(5, 10, 5, 10), Some(ShareTest::PooledZ));
        assert_eq!(test(4, 10, 5, 10), Some(ShareTest::Fisher));
        assert_eq!((test(0, 0, 1, 2), test(3, 2, 1, 2)), (None, None));
    }

    #[test]
    fn equal_shares_have_p_one() {
        for (x, n, y, m) in [(0, 3, 0, 9), (3, 3, 9, 9), (1, 4, 2, 8), (100, 400, 200, 800)] {
            let (p, _) = share_p(Part { x, n }, Part { x: y, n: m }).unwrap();
            assert_eq!(p, 1.0, "{x}/{n} {y}/{m}");
        }
    }
}
