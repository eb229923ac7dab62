//! Funnel limits: how much units of different size may differ by chance alone, and how much they do.
//!
//! In: one observed and one expected-or-total number a unit. Out: centre, limits at 95 % and 99,8 %, over-dispersion.
//! Shares are fractions 0..=1, ratios plain numbers. Source: STATISTICS.md, 10; Spiegelhalter, Statistics in Medicine 24
//! (2005), 1185–1202, and 31 (2012), 1–12 (over-dispersion).

use std::f64::consts::FRAC_PI_2;

use super::compare;
use super::level::{Z_95, Z_998};
use super::quantile::quantile;
use super::special::{Side, gamma_quantile};

/// The tenth part of the z-scores at each end that is drawn in.
const WINSORISED: f64 = 0.1;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `observed` of `size` (x of n); the centre is Σx/Σn.
    Proportion,
    /// `observed` against `size` expected; the centre is 1.
    Ratio,
}

/// One unit. `size` is n or the expected number, above 0; `observed` need not be whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Events, or the numerator of a share.
    pub observed: f64,
    /// n or the expected number.
    pub size: f64,
}

/// Lower and upper limits of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// 95 %, towards zero.
    pub lower_95: f64,
    /// 95 %, from zero.
    pub upper_95: f64,
    /// 99,8 %, towards zero.
    pub lower_998: f64,
    /// 99,8 %, from zero.
    pub upper_998: f64,
}

/// Beyond which limit a unit lies. On a limit is not outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Within all limits, or on one.
    No,
    /// Beyond 95 %, within 99,8 %: among 290 units about fifteen do so by chance.
    Beyond95,
    /// Beyond 99,8 %, towards zero.
    Below998,
    /// Beyond 99,8 %, from zero.
    Above998,
}

/// What the limits are made of, and the limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// What the points are.
    pub kind: Kind,
    /// The value that all units would have if they differed by chance alone.
    pub centre: f64,
    /// Mean square of the winsorised z-scores; about 1 when units differ by chance alone.
    pub phi: f64,
    /// Variance between units on the transformed scale.
    pub tau2: f64,
    /// Limits by chance alone, one a point.
    pub plain: Vec<Limits>,
    /// Limits with the variance between units added, one a point.
    pub adjusted: Vec<Limits>,
}

impl Funnel {
    /// True when the adjusted limits hold: the units differ more than by chance.
    pub fn is_adjusted(&self) -> bool {
        self.phi > 1.0
    }

    /// The limits that hold.
    pub fn limits(&self) -> &[Limits] {
        if self.is_adjusted() { &self.adjusted } else { &self.plain }
    }
}

/// The funnel of some units; `None` without any, or where nothing (or everything) was observed everywhere.
///
/// ```
/// use kvalis::stats::funnel::{funnel, Kind, Point};
/// let points = [Point { observed: 40.0, size: 100.0 }, Point { observed: 60.0, size: 100.0 }];
/// let funnel = funnel(Kind::Proportion, &points).unwrap();
/// assert_eq!(funnel.centre, 0.5);
/// assert!((funnel.plain[0].upper_95 - 0.597_998_199_227_002_7).abs() < 1e-12);
/// ```
pub fn funnel(kind: Kind, points: &[Point]) -> Option<Funnel> {
    let (observed, sizes) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.observed, sum.1 + point.size));
    let centre = match kind {
        Kind::Proportion => observed / sizes,
        Kind::Ratio => 1.0,
    };
    let is_usable = points.iter().all(|point| point.size > 0.0 && point.observed >= 0.0) && centre > 0.0;
    if points.is_empty() || !is_usable || (kind == Kind::Proportion && centre >= 1.0) {
        return None;
    }
    let errors: Vec<f64> = points.iter().map(|point| standard_error(kind, *point)).collect();
    let target = transform(kind, Point { observed: centre, size: 1.0 });
    let target = if kind == Kind::Ratio { centre.ln() } else { target };
    let z: Vec<f64> =
        points.iter().zip(&errors).map(|(point, error)| (transform(kind, *point) - target) / error).collect();
    let phi = phi(&winsorised(&z));
    let tau2 = tau2(phi, &errors);
    let plain = points.iter().map(|point| plain_limits(kind, centre, point.size)).collect();
    let adjusted = errors.iter().map(|error| adjusted_limits(kind, target, (error * error + tau2).sqrt())).collect();
    Some(Funnel { kind, centre, phi, tau2, plain, adjusted })
}

/// Beyond which limit a value lies.
pub fn outside(value: f64, limits: &Limits) -> Outside {
    let below = |limit: f64| compare::below(value, limit, limits.upper_998);
    let above = |limit: f64| compare::above(value, limit, limits.upper_998);
    match value {
        _ if below(limits.lower_998) => Outside::Below998,
        _ if above(limits.upper_998) => Outside::Above998,
        _ if below(limits.lower_95) || above(limits.upper_95) => Outside::Beyond95,
        _ => Outside::No,
    }
}

/// Arcsine of the root (shares); natural logarithm with a half added to both counts (ratios).
fn transform(kind: Kind, point: Point) -> f64 {
    match kind {
        Kind::Proportion => (point.observed / point.size).clamp(0.0, 1.0).sqrt().asin(),
        Kind::Ratio => ((point.observed + 0.5) / (point.size + 0.5)).ln(),
    }
}

/// Standard error on the transformed scale.
fn standard_error(kind: Kind, point: Point) -> f64 {
    let of_count = |count: f64| count / ((count + 0.5) * (count + 0.5));
    match kind {
        Kind::Proportion => 1.0 / (2.0 * point.size.sqrt()),
        Kind::Ratio => (of_count(point.observed) + of_count(point.size)).sqrt(),
    }
}

/// The z-scores beyond the 10 % and 90 % quantiles drawn in to them.
fn winsorised(z: &[f64]) -> Vec<f64> {
    match (quantile(z, WINSORISED), quantile(z, 1.0 - WINSORISED)) {
        (Some(low), Some(high)) => z.iter().map(|z| z.clamp(low, high)).collect(),
        _ => Vec::new(),
    }
}

fn phi(z: &[f64]) -> f64 {
    z.iter().map(|z| z * z).sum::<f64>() / z.len() as f64
}

/// Variance between units by moments; 0 where chance alone explains the differences, and of one unit.
fn tau2(phi: f64, errors: &[f64]) -> f64 {
    let n = errors.len() as f64;
    let weights = || errors.iter().map(|error| 1.0 / (error * error));
    let (sum, squares) = weights().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    let spread = sum - squares / sum;
    let excess = n * phi - (n - 1.0);
    if excess <= 0.0 || errors.len() < 2 || spread <= 0.0 { 0.0 } else { excess / spread }
}

/// Limits by chance alone for a unit of this size.
pub fn plain_limits(kind: Kind, centre: f64, size: f64) -> Limits {
    match kind {
        Kind::Proportion => {
            let error = (centre * (1.0 - centre) / size).sqrt();
            limits(|z| (centre + z * error).clamp(0.0, 1.0))
        }
        Kind::Ratio => Limits {
            lower_95: centre * poisson_lower(size, 0.025) / size,
            upper_95: centre * poisson_upper(size, 0.025) / size,
            lower_998: centre * poisson_lower(size, 0.001) / size,
            upper_998: centre * poisson_upper(size, 0.001) / size,
        },
    }
}

/// Limits around a target on the transformed scale, transformed back.
pub fn adjusted_limits(kind: Kind, target: f64, error: f64) -> Limits {
    match kind {
        // Beyond a right angle the sine would fall again.
        Kind::Proportion => limits(|z| (target + z * error).clamp(0.0, FRAC_PI_2).sin().powi(2)),
        Kind::Ratio => limits(|z| (target + z * error).exp()),
    }
}

fn limits(at: impl Fn(f64) -> f64) -> Limits {
    Limits { lower_95: at(-Z_95), upper_95: at(Z_95), lower_998: at(-Z_998), upper_998: at(Z_998) }
}

/// χ²⁻¹(α; 2k)/2: the gamma quantile of shape k.
fn poisson_lower(k: f64, alpha: f64) -> f64 {
    gamma_quantile(alpha, Side::Lower, k)
}

/// χ²⁻¹(1−α; 2k+2)/2.
fn poisson_upper(k: f64, alpha: f64) -> f64 {
    gamma_quantile(alpha, Side::Upper, k + 1.0)
}

#[cfg(test)]
mod tests;
