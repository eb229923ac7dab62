//! Tails of the binomial, Poisson and χ² distributions, and binomial quantiles, on [`special`](super::special).

use super::special::{Tails, beta_tails, gamma_tails};

/// P(X ≤ k) for X ~ Bin(n, p); k may be below 0 or beyond n.
///
/// ```
/// assert!((kvalis::stats::distributions::binomial_cdf(1, 4, 0.5) - 5.0 / 16.0).abs() < 1e-13);
/// ```
pub fn binomial_cdf(k: i64, n: u64, p: f64) -> f64 {
    match u64::try_from(k) {
        Err(_) => 0.0,
        Ok(k) if k >= n => 1.0,
        Ok(k) => binomial_split(k, n, p).lower,
    }
}

/// P(X ≥ k) for X ~ Bin(n, p), exact in the far tail.
pub fn binomial_at_least(k: u64, n: u64, p: f64) -> f64 {
    match k.checked_sub(1) {
        None => 1.0,
        Some(_) if k > n => 0.0,
        Some(below) => binomial_split(below, n, p).upper,
    }
}

/// P(X ≤ k) and P(X > k), for k < n.
fn binomial_split(k: u64, n: u64, p: f64) -> Tails {
    let Tails { lower, upper } = beta_tails(p, 1.0 - p, (k + 1) as f64, (n - k) as f64);
    Tails { lower: upper, upper: lower }
}

/// Smallest k with P(X ≤ k) ≥ `probability` for X ~ Bin(n, p).
///
/// A sum that reaches the probability but for float noise reaches it: 1e-12 of it is forgiven.
///
/// ```
/// assert_eq!(kvalis::stats::distributions::binomial_quantile(0.05, 20, 0.5), 6);
/// ```
pub fn binomial_quantile(probability: f64, n: u64, p: f64) -> u64 {
    smallest(0, n, |k| reaches(binomial_cdf(i64::try_from(k).unwrap_or(i64::MAX), n, p), probability))
}

/// P(X ≤ k) for X ~ Poisson(mean).
///
/// ```
/// assert!((kvalis::stats::distributions::poisson_cdf(0, 2.0) - (-2.0_f64).exp()).abs() < 1e-13);
/// ```
pub fn poisson_cdf(k: u64, mean: f64) -> f64 {
    gamma_tails(mean, (k + 1) as f64).upper
}

/// P(X > x) for a χ² distribution with `df` degrees of freedom.
///
/// ```
/// let p = kvalis::stats::distributions::chi_square_upper(3.841458820694124, 1);
/// assert!((p - 0.05).abs() < 1e-14);
/// ```
pub fn chi_square_upper(x: f64, df: u64) -> f64 {
    gamma_tails(x / 2.0, df as f64 / 2.0).upper
}

fn reaches(sum: f64, probability: f64) -> bool {
    sum >= probability * (1.0 - 1e-12)
}

/// Smallest number of `low..=high` that fits; `high` if none below does. What fits stays fitting upwards.
fn smallest(mut low: u64, mut high: u64, fits: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if fits(middle) { high = middle } else { low = middle + 1 }
    }
    low
}
