//! How sure a share is: Wilson's and Clopper–Pearson's intervals, and the number behind a share that came ready.

use super::Interval;
use super::compare;
use super::level::Level;
use super::special::{Side, beta_quantile};

/// Which interval a job asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShareMethod {
    /// Covers the level on average; the default.
    #[default]
    Wilson,
    /// Covers the level at least, and is wider.
    ClopperPearson,
}

/// The interval of x of n by a method.
pub fn interval(method: ShareMethod, x: f64, n: f64, level: Level) -> Option<Interval> {
    match method {
        ShareMethod::Wilson => wilson(x, n, level),
        ShareMethod::ClopperPearson => clopper_pearson(x, n, level),
    }
}

/// Wilson's score interval of a share, without continuity correction.
///
/// In: `x` of `n`; x need not be whole (see [`answers`]). Out: limits 0–1; the lower is 0 for 0 of n, the upper 1 for n
/// of n. `None` for 0 of 0 and for x outside 0..=n: there is no share.
/// Source: E. B. Wilson, JASA 22 (1927); recommended by Newcombe, Statistics in Medicine 17 (1998), method 3.
///
/// ```
/// use kvalis::stats::{level::Level, share::wilson};
/// let limits = wilson(81.0, 263.0, Level::P95).unwrap();   // Newcombe's example: 0,2553 to 0,3662
/// assert!((limits.lower - 0.2553).abs() < 5e-5 && (limits.upper - 0.3662).abs() < 5e-5);
/// assert_eq!(wilson(0.0, 20.0, Level::P95).unwrap().lower, 0.0);
/// assert_eq!(wilson(20.0, 20.0, Level::P95).unwrap().upper, 1.0);
/// assert_eq!(wilson(0.0, 0.0, Level::P95), None);
/// ```
pub fn wilson(x: f64, n: f64, level: Level) -> Option<Interval> {
    is_share(x, n).then(|| {
        let z = level.z();
        let root = z * (z * z + 4.0 * x * ((n - x) / n)).sqrt();
        let wide = 2.0 * x + z * z + root;
        // The lower root by the product of the roots, x²/(n(n + z²)): their difference would cancel for small shares.
        let lower = if x == 0.0 { 0.0 } else { 2.0 * x * (x / n) / wide };
        let upper = if x == n { 1.0 } else { wide / (2.0 * (n + z * z)) };
        Interval { lower, upper }
    })
}

/// Clopper and Pearson's exact interval of a share, by quantiles of the beta distribution.
///
/// In, Out: as [`wilson`]. The lower limit p has P(X ≥ x | p) = α/2, the upper P(X ≤ x | p) = α/2.
/// Source: C. J. Clopper & E. S. Pearson, Biometrika 26 (1934).
///
/// ```
/// use kvalis::stats::{level::Level, share::clopper_pearson};
/// let limits = clopper_pearson(0.0, 10.0, Level::P95).unwrap();
/// assert!(limits.lower == 0.0 && (limits.upper - 0.3084971078).abs() < 1e-9);   // 1 − 0,025^(1/10)
/// ```
pub fn clopper_pearson(x: f64, n: f64, level: Level) -> Option<Interval> {
    is_share(x, n).then(|| {
        let tail = level.tail();
        let lower = if x == 0.0 { 0.0 } else { beta_quantile(tail, Side::Lower, x, n - x + 1.0) };
        let upper = if x == n { 1.0 } else { beta_quantile(tail, Side::Upper, x + 1.0, n - x) };
        Interval { lower, upper }
    })
}

fn is_share(x: f64, n: f64) -> bool {
    n.is_finite() && n > 0.0 && (0.0..=n).contains(&x)
}

/// The number behind a share that came ready with its n.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers {
    /// How many of the n; not whole if none fits.
    pub x: f64,
    /// True when a whole number gives the share as it was printed; a report says so when it is false.
    pub whole: bool,
}

/// The x of n that a rounded share stands for, as in Kolada's "70 %" of 43 answers.
///
/// In: `share` 0–1 as printed, rounded to `step` (0.01 for whole per cent, 0.001 with one decimal). Out: the whole
/// number nearest to share·n when its share lies within half a step of the printed one; else share·n as it is.
/// `None` for n = 0 and for a share outside 0–1.
///
/// ```
/// use kvalis::stats::share::answers;
/// let fits = answers(0.70, 43, 0.01).unwrap();
/// assert_eq!((fits.x, fits.whole), (30.0, true));       // 30 of 43 is 69,8 %
/// let none = answers(0.70, 4, 0.01).unwrap();
/// assert_eq!((none.x, none.whole), (2.8, false));       // 3 of 4 is 75 %
/// ```
pub fn answers(share: f64, n: u64, step: f64) -> Option<Answers> {
    let n = n as f64;
    let product = share * n;
    if n == 0.0 || !(0.0..=1.0).contains(&share) {
        return None;
    }
    let nearest = product.round();
    let whole = !compare::above((nearest / n - share).abs(), step / 2.0, 1e-3);
    Some(Answers { x: if whole { nearest } else { product }, whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kolada_gives_a_whole_number_only_within_rounding() {
        assert_eq!(answers(0.0, 10, 0.01), Some(Answers { x: 0.0, whole: true }));
        assert_eq!(answers(1.0, 10, 0.01), Some(Answers { x: 10.0, whole: true }));
        assert_eq!(answers(0.125, 8, 0.001), Some(Answers { x: 1.0, whole: true }));
        // 1 of 8 printed as 13 %, half away from zero: exactly half a step off.
        assert_eq!(answers(0.13, 8, 0.01), Some(Answers { x: 1.0, whole: true }));
        assert_eq!(answers(0.5, 3, 0.01), Some(Answers { x: 1.5, whole: false }));
        assert_eq!((answers(0.5, 0, 0.01), answers(1.2, 5, 0.01), answers(f64::NAN, 5, 0.01)), (None, None, None));
    }

    #[test]
    fn no_share_has_no_interval() {
        for method in [ShareMethod::Wilson, ShareMethod::ClopperPearson] {
            assert_eq!(interval(method, 0.0, 0.0, Level::P95), None);
            assert_eq!(interval(method, 3.0, 2.0, Level::P95), None);
            assert_eq!(interval(method, f64::NAN, 2.0, Level::P95), None);
            let all = interval(method, 5.0, 5.0, Level::P95).unwrap();
            assert!(all.upper == 1.0 && all.lower > 0.4);
        }
    }
}
