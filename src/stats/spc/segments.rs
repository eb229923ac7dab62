//! A series cut at its rebases, the points that centre and limits come from, and means that do not gather rounding.

use std::ops::Range;

use super::{FIRM_POINTS, Options, Point, Segment};
use crate::domain::cube::Sum;

/// d₂ for two values: the mean moving range of a standard normal series.
pub(super) const D2: f64 = 1.128;

/// 3,267: the upper limit of a moving range, in mean moving ranges (D₄ for two values).
const RANGE_LIMIT: f64 = 3.267;

/// The segments' places.
pub(super) fn cut(length: usize, options: &Options) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = options.rebase.iter().copied().filter(|start| (1..length).contains(start)).collect();
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(length));
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|places| !places.is_empty()).collect()
}

/// A segment before its centre is known.
pub(super) fn plain(places: Range<usize>, points: usize, baseline: usize) -> Segment {
    let tentative = points < FIRM_POINTS;
    Segment { start: places.start, end: places.end, points, baseline, tentative, ..Segment::default() }
}

/// The places up to and with the last point of the baseline: all of them without `fix_after_n`.
///
/// A gap is no point, so that it does not use up the baseline.
pub(super) fn baseline<T>(values: &[Option<T>], options: &Options) -> Range<usize> {
    let Some(wanted) = options.fix_after_n else { return 0..values.len() };
    let points = values.iter().enumerate().filter(|(_, value)| value.is_some());
    let end = points.take(wanted).last().map_or(0, |(index, _)| index + 1);
    0..end
}

/// Points at which only the value is known.
pub(super) fn bare(values: &[Option<f64>]) -> Vec<Point> {
    values.iter().map(|value| Point { value: *value, ..Point::default() }).collect()
}

/// What is no number is not there.
pub(super) fn finite(values: &[Option<f64>]) -> Vec<Option<f64>> {
    values.iter().map(|value| value.filter(|value| value.is_finite())).collect()
}

pub(super) fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = numbers.fold((0_u32, Sum::default()), |(count, sum), number| (count + 1, sum.plus(number)));
    (count > 0).then(|| sum.value() / f64::from(count))
}

/// Sizes of the steps between neighbours that are both there.
pub(super) fn moving_ranges(values: &[Option<f64>]) -> Vec<f64> {
    values.windows(2).filter_map(|pair| Some((pair[1]? - pair[0]?).abs())).collect()
}

/// Mean range; screened: ranges that are not strictly below 3,267 times the mean are dropped and the mean taken again, once.
///
/// `None` without a range. Equal values have a mean range of 0, which no screening takes away.
pub(super) fn mean_range(ranges: &[f64], screening: bool) -> Option<f64> {
    let all = mean(ranges.iter().copied())?;
    if !screening || all == 0.0 {
        return Some(all);
    }
    let ruler = super::rules::Ruler::of(ranges.iter().copied());
    mean(ranges.iter().copied().filter(|range| ruler.above(RANGE_LIMIT * all, *range)))
}
