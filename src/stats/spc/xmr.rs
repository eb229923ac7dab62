//! XmR: individual values and their moving ranges.
//!
//! Source: NHS England, Making Data Count; Wheeler, Understanding Variation, 1993 (2,66 = 3/d₂ and 3,267 = D₄ for two
//! values).

use std::ops::Range;

use super::rules::{self, Ruler};
use super::segments::{self, bare, finite};
use super::{Chart, Options, Point, Segment};

/// With so many yearly values or fewer there is no XmR chart: see the trend over years.
pub const LEAST_YEARS: usize = 10;

/// Limits, in mean moving ranges: 3/d₂ as the profile rounds it.
const LIMIT: f64 = 2.66;

/// XmR chart of a series.
///
/// In: values in the order of time; a missing value drops both ranges that touch it and breaks every pattern.
/// Out: per segment the mean of the baseline ± 2,66 · mean range, not cut at 0; near limits at two thirds; flags by the four
/// rules. One point, or points that all stand alone between gaps, have a mean but no limits. Yearly series of ten values or
/// fewer are handed back without centre, limits and flags.
///
/// ```
/// use kvalis::stats::spc::{Options, xmr};
/// let chart = xmr(&[Some(10.0), Some(12.0), None, Some(11.0), Some(13.0)], &Options::default());
/// let segment = chart.segments[0];
/// assert_eq!((segment.centre, segment.moving_range), (Some(11.5), Some(2.0)));
/// assert!((chart.points[0].upper.unwrap() - 16.82).abs() < 1e-12);
/// ```
pub fn xmr(values: &[Option<f64>], options: &Options) -> Chart {
    individuals(values, options, LIMIT)
}

/// The chart with limits at so many mean moving ranges.
pub(super) fn individuals(values: &[Option<f64>], options: &Options, limit: f64) -> Chart {
    let values = finite(values);
    let mut chart = Chart { points: bare(&values), segments: Vec::new() };
    let too_few = options.yearly && values.iter().flatten().count() <= LEAST_YEARS;
    for places in segments::cut(values.len(), options) {
        let segment = segment(&values[places.clone()], places.clone(), options);
        if too_few {
            chart.segments.push(Segment { centre: None, moving_range: None, ..segment });
            continue;
        }
        let points = &mut chart.points[places];
        points.iter_mut().for_each(|point| draw_limits(point, &segment, limit));
        let ruler = Ruler::of(points.iter().filter_map(|point| point.value));
        rules::flag(points, ruler, options.rule_points);
        chart.segments.push(segment);
    }
    chart
}

fn segment(values: &[Option<f64>], places: Range<usize>, options: &Options) -> Segment {
    let base = &values[segments::baseline(values, options)];
    let points = values.iter().flatten().count();
    let ranges = segments::moving_ranges(base);
    Segment {
        centre: segments::mean(base.iter().flatten().copied()),
        moving_range: segments::mean_range(&ranges, options.screening),
        ..segments::plain(places, points, base.iter().flatten().count())
    }
}

fn draw_limits(point: &mut Point, segment: &Segment, limit: f64) {
    point.centre = segment.centre;
    let (Some(centre), Some(range)) = (segment.centre, segment.moving_range) else { return };
    let limit = limit * range;
    point.lower = Some(centre - limit);
    point.upper = Some(centre + limit);
    point.near_lower = Some(centre - 2.0 * limit / 3.0);
    point.near_upper = Some(centre + 2.0 * limit / 3.0);
}
