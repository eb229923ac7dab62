//! How sure one count, or one rate of a count to an exposure, is: Garwood's exact limits, and Byar's.

use super::Interval;
use super::level::Level;
use super::special::{Side, gamma_quantile};

/// Exact limits of a rate k/T by the Poisson distribution.
///
/// In: events, and the exposure T > 0 in any unit (days, persons). Out: limits in events per unit of T; 1.0 as T
/// gives limits of the count itself. The lower one is 0 for k = 0. `None` unless T is positive and finite.
/// Source: F. Garwood, Biometrika 28 (1936): χ²⁻¹(α/2; 2k)/2/T and χ²⁻¹(1−α/2; 2k+2)/2/T.
///
/// ```
/// use kvalis::stats::{level::Level, rate::garwood};
/// let limits = garwood(20, 1.0, Level::P95).unwrap();
/// assert!((limits.lower - 12.2165).abs() < 5e-5 && (limits.upper - 30.8884).abs() < 5e-5);
/// assert_eq!(garwood(0, 1.0, Level::P95).unwrap().lower, 0.0);
/// assert_eq!(garwood(3, 0.0, Level::P95), None);
/// ```
pub fn garwood(k: u64, exposure: f64, level: Level) -> Option<Interval> {
    if !(exposure.is_finite() && exposure > 0.0) {
        return None;
    }
    let (count, tail) = (k as f64, level.tail());
    let lower = if k == 0 { 0.0 } else { gamma_quantile(tail, Side::Lower, count) };
    let upper = gamma_quantile(tail, Side::Upper, count + 1.0);
    Some(Interval { lower: lower / exposure, upper: upper / exposure })
}

/// Byar's approximation of [`garwood`], for k of 10 and more; `None` under that.
///
/// Source: N. E. Breslow & N. E. Day, Statistical Methods in Cancer Research II (IARC 1987), p. 69.
///
/// ```
/// use kvalis::stats::{level::Level, rate::byar};
/// let limits = byar(20, 1.0, Level::P95).unwrap();
/// assert!((limits.lower - 12.21).abs() < 0.01 && (limits.upper - 30.89).abs() < 0.01);
/// assert_eq!(byar(9, 1.0, Level::P95), None);
/// ```
pub fn byar(k: u64, exposure: f64, level: Level) -> Option<Interval> {
    if k < 10 || !(exposure.is_finite() && exposure > 0.0) {
        return None;
    }
    let (count, z) = (k as f64, level.z());
    let cube = |count: f64, z: f64| count * (1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt())).powi(3);
    Some(Interval { lower: cube(count, -z) / exposure, upper: cube(count + 1.0, z) / exposure })
}
