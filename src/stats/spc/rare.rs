//! Rare events: what lies between one and the next. g counts other events between them, t the time.
//!
//! Sources: Benneyan, Number-between g-type statistical quality control charts, Health Care Management Science 4, 2001;
//! Nelson, A control chart for parts-per-million nonconforming items, Journal of Quality Technology 26(3), 1994 (t).

use super::rules::{Ruler, outside};
use super::segments::{self, bare, finite};
use super::xmr::xmr;
use super::{Chart, Options, Segment};
use crate::stats::quantile::median;

/// Makes times between events, which follow an exponential distribution, nearly normal.
const POWER: f64 = 3.6;

/// Chart of the number of events between rare events: centre m = the median, upper limit m + 3√(m(m+1)), no lower limit.
///
/// In: a number per rare event, in the order of time; negative ones are not there. Out: flags are points strictly above the
/// limit: longer between rare events than usual.
pub fn g(between: &[Option<f64>], options: &Options) -> Chart {
    let values = not_negative(between);
    let mut chart = Chart { points: bare(&values), segments: Vec::new() };
    for places in segments::cut(values.len(), options) {
        let own = &values[places.clone()];
        let base = &own[segments::baseline(own, options)];
        let centre = median(&base.iter().flatten().copied().collect::<Vec<f64>>());
        let points = &mut chart.points[places.clone()];
        for point in points.iter_mut() {
            point.centre = centre;
            point.upper = centre.map(|m| m + 3.0 * (m * (m + 1.0)).sqrt());
        }
        outside(points, Ruler::of(own.iter().flatten().copied().chain(centre)));
        let (points, baseline) = (own.iter().flatten().count(), base.iter().flatten().count());
        chart.segments.push(Segment { centre, ..segments::plain(places, points, baseline) });
    }
    chart
}

/// Chart of the time between rare events: XmR of y^(1/3,6), its centre and limits transformed back.
///
/// In: days (or hours) per rare event; negative ones are not there. Out: flags as decided on the transformed values; a limit
/// below 0 there is 0 here. `Segment::moving_range` is of the transformed values.
pub fn t(between: &[Option<f64>], options: &Options) -> Chart {
    let values = not_negative(between);
    let transformed: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| value.powf(1.0 / POWER))).collect();
    let mut chart = xmr(&transformed, &Options { yearly: false, ..options.clone() });
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
