//! Whether a short series of years rises or falls all in all: the Mann–Kendall test.

use super::compare;
use super::special::two_sided_p;

/// Under this many years no significance can be reached, and no word of trend is used.
pub const FEWEST_YEARS: usize = 5;

/// The longest series whose p is counted out exactly.
const LONGEST_EXACT: usize = 10;

/// What the test says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Pairs that rise less pairs that fall.
    pub s: i64,
    /// Two-sided.
    pub p: f64,
    /// True when p is P(|S| ≥ |s|) counted over all orders; false for the normal approximation.
    pub exact: bool,
    /// How many values the series has.
    pub n: usize,
}

/// Mann–Kendall test of a series in time order.
///
/// Out: exact p for n ≤ 10 without ties; else normal, variance corrected for ties, with continuity (S∓1). Equal
/// values throughout: S = 0, p = 1. `None` of fewer than two values. Values equal but for float noise are ties.
/// Source: H. B. Mann, Econometrica 13 (1945); M. G. Kendall, Rank Correlation Methods (1975).
///
/// ```
/// use kvalis::stats::mann_kendall::mann_kendall;
/// let five = mann_kendall(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
/// assert_eq!((five.s, five.exact), (10, true));
/// assert!((five.p - 2.0 / 120.0).abs() < 1e-15);   // 0,017: the smallest that five years can give
/// ```
pub fn mann_kendall(values: &[f64]) -> Option<MannKendall> {
    let n = values.len();
    if n < 2 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let s = score(values);
    let ties = tie_sizes(values);
    let exact = n <= LONGEST_EXACT && ties.is_empty();
    let p = if exact { exact_p(n, s) } else { normal_p(n, s, &ties) };
    Some(MannKendall { s, p, exact, n })
}

fn score(values: &[f64]) -> i64 {
    let mut s = 0;
    for (index, earlier) in values.iter().enumerate() {
        for later in &values[index + 1..] {
            s += compare::order(*later, *earlier, 0.0) as i64;
        }
    }
    s
}

/// Sizes of groups of equal values, those of one left out.
fn tie_sizes(values: &[f64]) -> Vec<u64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| compare::equal(*a, *b, 0.0));
    groups.map(|group| group.len() as u64).filter(|size| *size > 1).collect()
}

/// P(|S| ≥ |s|) over the n! orders, by the number of orders with each number of inversions.
fn exact_p(n: usize, s: i64) -> f64 {
    let orders = orders_by_inversions(n);
    let pairs = (n * (n - 1) / 2) as i64;
    let extreme = |inversions: usize| (pairs - 2 * inversions as i64).abs() >= s.abs();
    let hits: u64 = (0..orders.len()).filter(|inversions| extreme(*inversions)).map(|at| orders[at]).sum();
    hits as f64 / orders.iter().sum::<u64>() as f64
}

/// Orders of n things by their number of inversions: (1)(1 + q)(1 + q + q²)… multiplied out.
fn orders_by_inversions(n: usize) -> Vec<u64> {
    let mut orders = vec![1_u64];
    for added in 2..=n {
        let mut next = vec![0; orders.len() + added - 1];
        for (inversions, count) in orders.iter().enumerate() {
            for more in 0..added {
                next[inversions + more] += count;
            }
        }
        orders = next;
    }
    orders
}

fn normal_p(n: usize, s: i64, ties: &[u64]) -> f64 {
    let part = |n: u64| n as f64 * (n - 1) as f64 * (2 * n + 5) as f64;
    let variance = (part(n as u64) - ties.iter().map(|size| part(*size)).sum::<f64>()) / 18.0;
    if s == 0 || variance <= 0.0 {
        return 1.0;
    }
    two_sided_p((s.abs() - 1) as f64 / variance.sqrt())
}
