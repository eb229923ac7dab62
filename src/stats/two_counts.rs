//! Whether two counts differ, this year's and last year's, when each is of its own exposure.

use super::Interval;
use super::distributions::{binomial_at_least, binomial_cdf};
use super::level::Level;
use super::share::clopper_pearson;

/// Events in a time at risk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// How many events, each of them independent of the others.
    pub events: u64,
    /// Days, as a rule: a leap year has one more.
    pub exposure: f64,
}

/// Two-sided central p of both rates being one: given n = k₁ + k₂, k₁ is Bin(n, T₁/(T₁+T₂)); twice the smaller tail.
///
/// Out: 1 for 0 and 0 (nothing speaks against). `None` unless both exposures are positive and finite.
/// Source: J. Przyborowski & H. Wilenski, Biometrika 31 (1940); central p as in M. P. Fay, Biostatistics 11 (2010).
///
/// ```
/// use kvalis::stats::two_counts::{Counted, central_p};
/// let year = |events| Counted { events, exposure: 365.0 };
/// assert!((central_p(year(8), year(2)).unwrap() - 112.0 / 1024.0).abs() < 1e-13);
/// assert_eq!(central_p(year(5), year(5)), Some(1.0));
/// ```
pub fn central_p(now: Counted, then: Counted) -> Option<f64> {
    let share = share_of_exposure(now, then)?;
    let n = now.events + then.events;
    let at_most = binomial_cdf(i64::try_from(now.events).ok()?, n, share);
    let at_least = binomial_at_least(now.events, n, share);
    Some((2.0 * at_most.min(at_least)).min(1.0))
}

/// Ratio of the rates, now to then, with exact limits from Clopper–Pearson of k₁/n.
///
/// Out: the ratio (infinite for k₂ = 0) and limits; the upper is infinite when k₂ = 0, the lower 0 when k₁ = 0.
/// `None` for 0 and 0: there is no ratio.
///
/// ```
/// use kvalis::stats::{level::Level, two_counts::{Counted, rate_ratio}};
/// let year = |events| Counted { events, exposure: 365.0 };
/// let (ratio, limits) = rate_ratio(year(390), year(289), Level::P95).unwrap();
/// assert!((ratio - 390.0 / 289.0).abs() < 1e-12 && limits.lower > 1.15 && limits.upper < 1.58);
/// assert_eq!(rate_ratio(year(0), year(0), Level::P95), None);
/// ```
pub fn rate_ratio(now: Counted, then: Counted, level: Level) -> Option<(f64, Interval)> {
    share_of_exposure(now, then)?;
    let n = now.events as f64 + then.events as f64;
    // 1 − upper limit of k₁ is the lower limit of k₂: neither is taken as a difference from 1.
    let (first, second) = (now.events as f64, then.events as f64);
    let (ours, theirs) = (clopper_pearson(first, n, level)?, clopper_pearson(second, n, level)?);
    let times = then.exposure / now.exposure;
    let limits = Interval { lower: ours.lower / theirs.upper * times, upper: ours.upper / theirs.lower * times };
    Some((first / second * times, limits))
}

fn share_of_exposure(now: Counted, then: Counted) -> Option<f64> {
    let good = |exposure: f64| exposure.is_finite() && exposure > 0.0;
    (good(now.exposure) && good(then.exposure)).then(|| now.exposure / (now.exposure + then.exposure))
}
