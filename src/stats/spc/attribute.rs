//! Charts of counts and shares whose spread follows from their distribution: c, u, p, and Laney's u′ and p′.
//!
//! A point is flagged when it lies strictly beyond a limit; the patterns of the XmR chart are not looked for.
//! Sources: Provost & Murray, The Health Care Data Guide, 2011; Laney, Improved control charts for attributes, Quality
//! Engineering 14(4), 2002.

use std::ops::Range;

use super::rules::{Ruler, outside};
use super::segments::{self, D2, bare, finite, mean};
use super::{Chart, Options, Point, Segment};
use crate::domain::cube::Sum;
use crate::stats::distributions::binomial_quantile;

/// Below so many expected, limits from the normal distribution do not hold for a share.
const LEAST_EXPECTED: f64 = 5.0;

/// P(Z < −3): the chance beyond one limit, for limits from the binomial distribution itself.
const TAIL: f64 = 0.001_349_898_031_630_094_6;

/// From so many cases a period on, counts spread more than their distribution says as a rule.
const LARGE: f64 = 1000.0;

/// Chart of counts from equal chances: x̄ ± 3√x̄, the lower limit cut at 0.
///
/// In: counts; negative ones are not there.
pub fn c(counts: &[Option<f64>], options: &Options) -> Chart {
    let counts: Vec<Option<f64>> =
        finite(counts).into_iter().map(|count| count.filter(|count| *count >= 0.0)).collect();
    let mut chart = Chart { points: bare(&counts), segments: Vec::new() };
    for places in segments::cut(counts.len(), options) {
        let own = &counts[places.clone()];
        let base = &own[segments::baseline(own, options)];
        let centre = mean(base.iter().flatten().copied());
        let limits =
            |_: usize| centre.map(|centre| (centre - 3.0 * centre.sqrt()).max(0.0)..centre + 3.0 * centre.sqrt());
        set(&mut chart.points[places.clone()], centre, limits);
        let (points, baseline) = (own.iter().flatten().count(), base.iter().flatten().count());
        chart.segments.push(Segment { centre, ..segments::plain(places, points, baseline) });
    }
    chart
}

/// A count and what it is counted on: cases of n, or events per exposure. `None`, or nothing to count on: a gap.
pub(super) type Fraction = Option<(f64, f64)>;

/// Rate chart: ū ± 3√(ū/nᵢ), the lower limit cut at 0.
///
/// In: events and exposure a period; values are events per exposure.
pub fn u(rates: &[Fraction], options: &Options) -> Chart {
    ratios(rates, options, Family::Rate, false)
}

/// Share chart: p̄ ± 3√(p̄(1−p̄)/nᵢ), cut to 0–1; where nᵢ·p̄ < 5, limits from the binomial distribution itself.
///
/// In: cases and the number they are of; a share over 1 is not there.
pub fn p(shares: &[Fraction], options: &Options) -> Chart {
    ratios(shares, options, Family::Share, false)
}

/// Laney's rate chart: ū ± 3·√(ū/nᵢ)·σ_z, not cut.
pub fn u_prime(rates: &[Fraction], options: &Options) -> Chart {
    ratios(rates, options, Family::Rate, true)
}

/// Laney's share chart: p̄ ± 3·√(p̄(1−p̄)/nᵢ)·σ_z, not cut.
pub fn p_prime(shares: &[Fraction], options: &Options) -> Chart {
    ratios(shares, options, Family::Share, true)
}

/// Whether u′ or p′ should take the place of u or p: the values spread more than the distribution says, on large numbers.
pub fn laney_is_proposed(segment: &Segment, fractions: &[Fraction]) -> bool {
    let sizes = fractions[segment.start..segment.end].iter().flatten().map(|(_, size)| *size);
    segment.sigma_z.is_some_and(|sigma| sigma > 1.0) && mean(sizes).is_some_and(|size| size >= LARGE)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Rate,
    Share,
}

impl Family {
    /// What can be charted of what was delivered.
    fn usable(self, fraction: Fraction) -> Fraction {
        fraction.filter(|(part, size)| {
            let sound = part.is_finite() && size.is_finite() && *part >= 0.0 && *size > 0.0;
            sound && (self == Family::Rate || part <= size)
        })
    }

    fn deviation(self, centre: f64, size: f64) -> f64 {
        match self {
            Family::Rate => (centre / size).sqrt(),
            Family::Share => (centre * (1.0 - centre) / size).sqrt(),
        }
    }

    /// Highest value there is.
    fn ceiling(self) -> f64 {
        if self == Family::Share { 1.0 } else { f64::INFINITY }
    }
}

fn ratios(fractions: &[Fraction], options: &Options, family: Family, laney: bool) -> Chart {
    let fractions: Vec<Fraction> = fractions.iter().map(|fraction| family.usable(*fraction)).collect();
    let values: Vec<Option<f64>> = fractions.iter().map(|fraction| fraction.map(|(part, size)| part / size)).collect();
    let mut chart = Chart { points: bare(&values), segments: Vec::new() };
    for places in segments::cut(values.len(), options) {
        let own = &fractions[places.clone()];
        let segment = segment(own, places.clone(), options, family);
        let limits = |index: usize| {
            let ((_, size), centre) = (own[index]?, segment.centre?);
            let distance = 3.0 * family.deviation(centre, size);
            match (laney, family) {
                (true, _) => segment.sigma_z.map(|sigma| centre - distance * sigma..centre + distance * sigma),
                (false, Family::Share) if is_exact(centre, size) => Some(binomial_limits(centre, size)),
                (false, _) => Some((centre - distance).max(0.0)..(centre + distance).min(family.ceiling())),
            }
        };
        set(&mut chart.points[places], segment.centre, limits);
        let exact = |fraction: &Fraction| {
            fraction.zip(segment.centre).is_some_and(|((_, size), centre)| is_exact(centre, size))
        };
        let exact = !laney && family == Family::Share && own.iter().any(exact);
        chart.segments.push(Segment { exact, ..segment });
    }
    chart
}

fn segment(own: &[Fraction], places: Range<usize>, options: &Options, family: Family) -> Segment {
    let base = &own[segments::baseline(own, options)];
    let (points, baseline) = (own.iter().flatten().count(), base.iter().flatten().count());
    let total = |pick: fn(&(f64, f64)) -> f64| base.iter().flatten().map(pick).fold(Sum::default(), Sum::plus).value();
    let centre = (baseline > 0).then(|| total(|fraction| fraction.0) / total(|fraction| fraction.1));
    let sigma_z = centre.and_then(|centre| sigma_z(base, centre, family));
    Segment { centre, sigma_z, ..segments::plain(places, points, baseline) }
}

/// Mean moving range of the z values / 1,128; ranges not below 3,267 times the mean are dropped once.
///
/// 0 when the distribution leaves no spread (a centre of 0, or of 1 for shares); `None` without two neighbours.
fn sigma_z(base: &[Fraction], centre: f64, family: Family) -> Option<f64> {
    let z = |fraction: &Fraction| {
        let (part, size) = (*fraction)?;
        let deviation = family.deviation(centre, size);
        Some(if deviation > 0.0 { (part / size - centre) / deviation } else { 0.0 })
    };
    let z: Vec<Option<f64>> = base.iter().map(z).collect();
    segments::mean_range(&segments::moving_ranges(&z), true).map(|range| range / D2)
}

/// Whether too few are expected for normal limits. An expected number that is 5 but for rounding is 5.
fn is_exact(centre: f64, size: f64) -> bool {
    let expected = centre * size;
    Ruler::of([LEAST_EXPECTED, expected]).above(LEAST_EXPECTED, expected)
}

/// The smallest shares with no more than 0,00135 below and above: what three standard deviations leave of a normal curve.
fn binomial_limits(share: f64, size: f64) -> Range<f64> {
    let cases = size.round().max(1.0);
    let quantile = |chance: f64| binomial_quantile(chance, cases as u64, share) as f64 / cases;
    quantile(TAIL)..quantile(1.0 - TAIL)
}

/// Sets centre and limits of a segment's points and flags what lies outside.
fn set(points: &mut [Point], centre: Option<f64>, limits: impl Fn(usize) -> Option<Range<f64>>) {
    for (index, point) in points.iter_mut().enumerate() {
        point.centre = centre;
        let Some(limits) = limits(index) else { continue };
        (point.lower, point.upper) = (Some(limits.start), Some(limits.end));
    }
    let ruler = Ruler::of(points.iter().flat_map(|point| [point.value, point.centre]).flatten());
    outside(points, ruler);
}
