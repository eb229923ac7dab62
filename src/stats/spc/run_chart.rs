//! Run chart with Anhøj's two rules: a run that is too long, or a median that is crossed too seldom.
//!
//! Source: Anhøj & Olesen, Run charts revisited, PLoS ONE 9(11), 2014; Schilling 2012 (longest run); Chen 2010 (crossings).

use super::rules::{Ruler, equal_runs};
use super::segments::{self, bare, finite};
use super::{Chart, Options, Point, Runs, Side};
use crate::stats::distributions::binomial_quantile;
use crate::stats::quantile::median;

/// Under so many points that are not on the median there is no verdict.
const LEAST_USEFUL: usize = 10;

/// The chance of fewer crossings than this is what is called unusual.
const UNUSUAL: f64 = 0.05;

/// Run chart of a series.
///
/// In: values in the order of time. Out: the median (type 7) of the baseline as centre, no limits. Points on the median drop
/// out, and so do gaps; the rest is judged segment by segment. Points of runs that are too long are flagged; too few crossings
/// concern the whole segment and flag no point (`Segment::runs`).
pub fn run_chart(values: &[Option<f64>], options: &Options) -> Chart {
    let values = finite(values);
    let mut chart = Chart { points: bare(&values), segments: Vec::new() };
    for places in segments::cut(values.len(), options) {
        let own = &values[places.clone()];
        let base = &own[segments::baseline(own, options)];
        let (points, baseline) = (own.iter().flatten().count(), base.iter().flatten().count());
        let mut segment = segments::plain(places.clone(), points, baseline);
        segment.centre = median(&base.iter().flatten().copied().collect::<Vec<f64>>());
        segment.runs = judge(&mut chart.points[places], segment.centre);
        chart.segments.push(segment);
    }
    chart
}

/// Sets the centre, flags points of too long runs and counts.
fn judge(points: &mut [Point], centre: Option<f64>) -> Option<Runs> {
    points.iter_mut().for_each(|point| point.centre = centre);
    let ruler = Ruler::of(points.iter().filter_map(|point| point.value));
    let side = |point: &Point| ruler.side(point.value?, point.centre?);
    let useful: Vec<(usize, Side)> =
        points.iter().enumerate().filter_map(|(index, point)| Some((index, side(point)?))).collect();
    if useful.len() < LEAST_USEFUL {
        return None;
    }
    let sides: Vec<Option<Side>> = useful.iter().map(|(_, side)| Some(*side)).collect();
    let runs = equal_runs(&sides);
    let longest_usual = longest_usual(useful.len());
    for (side, run) in runs.iter().filter(|(_, run)| run.len() > longest_usual) {
        useful[run.clone()].iter().for_each(|(index, _)| points[*index].flags.run = Some(*side));
    }
    Some(Runs {
        useful: useful.len(),
        longest: runs.iter().map(|(_, run)| run.len()).max().unwrap_or(0),
        longest_usual,
        crossings: runs.len().saturating_sub(1),
        crossings_usual: crossings_usual(useful.len()),
    })
}

/// log₂ n rounded half to even, and three. No whole number has a logarithm that ends on a half.
pub(super) fn longest_usual(useful: usize) -> usize {
    (useful as f64).log2().round_ties_even() as usize + 3
}

/// The smallest k with P(Bin(n − 1, ½) ≤ k) ≥ 0,05.
pub(super) fn crossings_usual(useful: usize) -> usize {
    binomial_quantile(UNUSUAL, useful.saturating_sub(1) as u64, 0.5) as usize
}
