//! The rules of the XmR chart on a series with centre and limits, and the comparisons that decide them.
//!
//! In: points of one segment. Out: their flags. A gap breaks every pattern; nothing reaches beyond the segment.
//! Source: NHS England, Making Data Count; Wheeler, Understanding Variation, 1993.

use super::{Point, RulePoints, Side};

/// Rounding that is forgiven, as a part of the largest number compared: a thousand steps of a binary fraction.
const FORGIVEN: f64 = 1024.0 * f64::EPSILON;

/// Compares numbers of one series: those that differ by rounding only are equal.
///
/// Finer than `stats::compare`, which suits single numbers: in a series of counts a mean or limit may differ from a count by
/// as little as 1/(50·n²), and that must still count on numbers in the millions.
///
/// Counts and decimals of up to four digits differ by far more than what is forgiven, also after sums, means and products
/// with 2,66; a sum such as 0,1 + 0,2 differs from 0,3 by less. So a point on a limit is never strictly beyond it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ruler {
    forgiven: f64,
}

impl Ruler {
    /// For comparing numbers made from these.
    pub(super) fn of(numbers: impl IntoIterator<Item = f64>) -> Ruler {
        let largest = numbers.into_iter().map(f64::abs).filter(|size| size.is_finite()).fold(0.0, f64::max);
        Ruler { forgiven: FORGIVEN * largest }
    }

    /// Strictly above.
    pub(super) fn above(&self, one: f64, other: f64) -> bool {
        one - other > self.forgiven
    }

    /// On which side of `other` a number lies; `None` when it is equal.
    pub(super) fn side(&self, one: f64, other: f64) -> Option<Side> {
        match (self.above(one, other), self.above(other, one)) {
            (true, _) => Some(Side::Up),
            (_, true) => Some(Side::Down),
            _ => None,
        }
    }
}

/// Flags all points of a segment by the four rules.
pub(super) fn flag(points: &mut [Point], ruler: Ruler, rule: RulePoints) {
    outside(points, ruler);
    for run in unbroken(points) {
        trend(&mut points[run.clone()], ruler, rule.count());
        shift(&mut points[run.clone()], ruler, rule.count());
        two_in_three(&mut points[run], ruler);
    }
}

/// Strictly beyond a limit.
pub(super) fn outside(points: &mut [Point], ruler: Ruler) {
    for point in points {
        let Some(value) = point.value else { continue };
        let over = point.upper.is_some_and(|upper| ruler.above(value, upper));
        let under = point.lower.is_some_and(|lower| ruler.above(lower, value));
        point.flags.outside = match (over, under) {
            (true, _) => Some(Side::Up),
            (_, true) => Some(Side::Down),
            _ => None,
        };
    }
}

/// Stretches of places that all have a value.
pub(super) fn unbroken(points: &[Point]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, point) in points.iter().enumerate() {
        if point.value.is_none() {
            runs.push(start..index);
            start = index + 1;
        }
    }
    runs.push(start..points.len());
    runs.retain(|run| !run.is_empty());
    runs
}

/// So many points in a row strictly rising or falling. A later pattern takes the point where both meet.
fn trend(points: &mut [Point], ruler: Ruler, length: usize) {
    let step = |pair: &[Point]| ruler.side(pair[1].value?, pair[0].value?);
    let steps: Vec<Option<Side>> = points.windows(2).map(step).collect();
    for (side, run) in equal_runs(&steps) {
        // So many steps join one point more.
        if run.len() + 1 >= length {
            points[run.start..=run.end].iter_mut().for_each(|point| point.flags.trend = Some(side));
        }
    }
}

/// So many points in a row on the same side of the centre.
fn shift(points: &mut [Point], ruler: Ruler, length: usize) {
    for (side, run) in equal_runs(&sides(points, ruler)) {
        if run.len() >= length {
            points[run].iter_mut().for_each(|point| point.flags.shift = Some(side));
        }
    }
}

/// Three in a row on the same side, at least two of them strictly beyond the near limit but not outside: those.
fn two_in_three(points: &mut [Point], ruler: Ruler) {
    let sides = sides(points, ruler);
    let near: Vec<bool> = points.iter().map(|point| is_near(point, ruler)).collect();
    for (start, three) in sides.windows(3).enumerate() {
        let Some(side) = three[0].filter(|_| three.iter().all(|side| *side == three[0])) else { continue };
        let counted: Vec<usize> = (start..start + 3).filter(|index| near[*index]).collect();
        if counted.len() >= 2 {
            counted.into_iter().for_each(|index| points[index].flags.two_in_three = Some(side));
        }
    }
}

/// Strictly beyond a near limit and not outside.
fn is_near(point: &Point, ruler: Ruler) -> bool {
    let Some(value) = point.value.filter(|_| point.flags.outside.is_none()) else { return false };
    let over = point.near_upper.is_some_and(|near| ruler.above(value, near));
    over || point.near_lower.is_some_and(|near| ruler.above(near, value))
}

fn sides(points: &[Point], ruler: Ruler) -> Vec<Option<Side>> {
    points.iter().map(|point| ruler.side(point.value?, point.centre?)).collect()
}

/// Stretches of the same side; what has none breaks them.
pub(super) fn equal_runs(sides: &[Option<Side>]) -> Vec<(Side, std::ops::Range<usize>)> {
    let mut runs: Vec<(Side, std::ops::Range<usize>)> = Vec::new();
    for (index, side) in sides.iter().enumerate() {
        let Some(side) = side else { continue };
        match runs.last_mut() {
            Some((known, run)) if known == side && run.end == index => run.end = index + 1,
            _ => runs.push((*side, index..index + 1)),
        }
    }
    runs
}
