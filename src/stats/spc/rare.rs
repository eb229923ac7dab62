//! Rare events: what lies between one and the next. g counts other events between them, t the time.
//!
//! Sources: Benneyan, Number-between g-type statistical quality control charts, Health Care Management Science 4, 2001;
//! Nelson, A control chart for parts-per-million nonconforming items, Journal of Quality Technology 26(3), 1994 (t).

use super::rules::{Ruler, outside};
use super::segments::{self, D2, bare, finite};
use super::xmr::individuals;
use super::{Chart, Options, Segment};
use crate::stats::quantile::median;

/// Makes times between events, which follow an exponential distribution, nearly normal.
const POWER: f64 = 3.6;

/// Chart of the number of events between rare events: the median as centre, upper limit m + 3√(m(m+1)) with m the mean.
///
/// The spread is that of a geometric distribution, whose variance m(m+1) follows from its mean; the centre is the median
/// because half of the points should lie on either side of it, and the distribution is far from even. m − 3√(m(m+1)) is
/// below 0 whatever m is, so that there is no lower limit.
///
/// In: a number per rare event, in the order of time; negative ones are not there. Out: flags are points strictly above the
/// limit: longer between rare events than usual.
pub fn g(between: &[Option<f64>], options: &Options) -> Chart {
    let values = not_negative(between);
    let mut chart = Chart { points: bare(&values), segments: Vec::new() };
    for places in segments::cut(values.len(), options) {
        let own = &values[places.clone()];
        let base: Vec<f64> = own[segments::baseline(own, options)].iter().flatten().copied().collect();
        let centre = median(&base);
        let upper = segments::mean(base.iter().copied()).map(|m| m + 3.0 * (m * (m + 1.0)).sqrt());
        let upper = upper.filter(|upper| upper.is_finite());
        let points = &mut chart.points[places.clone()];
        for point in points.iter_mut() {
            (point.centre, point.upper) = (centre, upper);
        }
        outside(points, Ruler::of(own.iter().flatten().copied().chain(upper)));
        let count = own.iter().flatten().count();
        chart.segments.push(Segment { centre, ..segments::plain(places, count, base.len()) });
    }
    chart
}

/// Chart of the time between rare events: individual values y^(1/3,6) with their mean ± 3/1,128 mean moving ranges,
/// transformed back.
///
/// In: days (or hours) per rare event; negative ones are not there. Out: flags as decided on the transformed values; a limit
/// below 0 there is 0 here. `Segment::moving_range` is of the transformed values.
pub fn t(between: &[Option<f64>], options: &Options) -> Chart {
    let values = not_negative(between);
    let transformed: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| value.powf(1.0 / POWER))).collect();
    let mut chart = individuals(&transformed, &Options { yearly: false, ..options.clone() }, 3.0 / D2);
    let back = |transformed: Option<f64>| transformed.map(|value| value.max(0.0).powf(POWER));
    for (point, value) in chart.points.iter_mut().zip(&values) {
        point.value = *value;
        for limit in
            [&mut point.centre, &mut point.lower, &mut point.upper, &mut point.near_lower, &mut point.near_upper]
        {
            *limit = back(*limit);
        }
    }
    chart.segments.iter_mut().for_each(|segment| segment.centre = back(segment.centre));
    chart
}

fn not_negative(values: &[Option<f64>]) -> Vec<Option<f64>> {
    finite(values).into_iter().map(|value| value.filter(|value| *value >= 0.0)).collect()
}
