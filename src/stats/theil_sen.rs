//! How much a series changes a year, without letting one odd year decide: the Theil–Sen line.

use super::quantile::median;

/// A straight line through a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// In the unit of the values, a step of x.
    pub slope: f64,
    /// The line at x = 0.
    pub intercept: f64,
}

/// Theil–Sen line of values at x = 0…n−1: the median of all pairwise slopes, through the medians.
///
/// Out: `None` of fewer than two values. Equal values have slope 0.
/// Source: P. K. Sen, JASA 63 (1968); intercept = median(y) − (n−1)/2·slope (Conover 1980).
///
/// ```
/// use kvalis::stats::theil_sen::theil_sen;
/// let line = theil_sen(&[1.0, 3.0, 5.0, 100.0]).unwrap();
/// assert_eq!((line.slope, line.intercept), (17.5, -22.25));
/// assert_eq!(theil_sen(&[7.0; 5]).unwrap().slope, 0.0);
/// ```
pub fn theil_sen(values: &[f64]) -> Option<Line> {
    let places: Vec<f64> = (0..values.len()).map(|place| place as f64).collect();
    theil_sen_at(&places, values)
}

/// As [`theil_sen`] at given places in rising order: years with gaps between them.
pub fn theil_sen_at(places: &[f64], values: &[f64]) -> Option<Line> {
    if places.len() != values.len() || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut slopes = Vec::with_capacity(values.len() * values.len() / 2);
    for later in 1..values.len() {
        for earlier in 0..later {
            slopes.push((values[later] - values[earlier]) / (places[later] - places[earlier]));
        }
    }
    let slope = median(&slopes)?;
    Some(Line { slope, intercept: median(values)? - slope * median(places)? })
}
