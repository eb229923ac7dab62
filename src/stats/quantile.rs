//! Medians and quantiles, type 7.
//!
//! Source: Hyndman & Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996), definition 7;
//! the one of R, Excel's KVARTIL.INK and numpy.

/// Quantile `at` (0–1) of numbers in any order; between two of them linearly. `None` of none, or if one is NaN.
///
/// ```
/// use kvalis::stats::quantile::quantile;
/// assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 0.25), Some(1.75));
/// assert_eq!(quantile(&[7.0], 0.9), Some(7.0));
/// assert_eq!(quantile(&[], 0.5), None);
/// ```
pub fn quantile(values: &[f64], at: f64) -> Option<f64> {
    quantile_of_sorted(&sorted(values)?, at)
}

/// As [`quantile`], for several at once over numbers that already are in rising order.
pub fn quantile_of_sorted(sorted: &[f64], at: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&at) {
        return None;
    }
    let place = last as f64 * at;
    // 0,1 of 30 is 3,0000000000000004 in binary: a place that is whole but for noise is whole.
    let nearest = place.round();
    let place = if (place - nearest).abs() < 1e-9 { nearest } else { place };
    let below = (place.floor() as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    Some(low + (place - place.floor()) * (high - low))
}

/// The middle number, or the mean of the two middle ones.
///
/// ```
/// use kvalis::stats::quantile::median;
/// assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
/// assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values)?;
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        return Some(sorted[middle]);
    }
    let (low, high) = (sorted[middle.checked_sub(1)?], sorted[middle]);
    Some(low / 2.0 + high / 2.0)
}

/// In rising order; `None` if one is not a number.
pub fn sorted(values: &[f64]) -> Option<Vec<f64>> {
    if values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Definition 7 the other way: the value at which the piecewise linear plot of k/(n−1) against x(k) reaches `at`.
    fn by_the_plot(sorted: &[f64], at: f64) -> f64 {
        let last = (sorted.len() - 1) as f64;
        let place = |index: usize| index as f64 / last;
        let segment = (1..sorted.len()).find(|index| place(*index) >= at - 1e-12).unwrap_or(sorted.len() - 1);
        let (from, to) = (place(segment - 1), place(segment));
        sorted[segment - 1] + (at - from) / (to - from) * (sorted[segment] - sorted[segment - 1])
    }

    proptest::proptest! {
        #[test]
        fn the_formula_equals_the_piecewise_linear_plot(
            values in proptest::collection::vec(-1e6..1e6_f64, 2..60), at in 0.0..=1.0_f64,
        ) {
            let sorted = sorted(&values).expect("numbers");
            let (ours, plotted) = (quantile(&values, at).expect("a value"), by_the_plot(&sorted, at));
            proptest::prop_assert!((ours - plotted).abs() <= 1e-9 * 1e6, "{ours} {plotted}");
            proptest::prop_assert!((median(&values).unwrap() - quantile(&values, 0.5).unwrap()).abs() <= 1e-9);
        }
    }

    #[test]
    fn none_one_equal_and_outside() {
        assert_eq!((median(&[]), median(&[5.0])), (None, Some(5.0)));
        assert_eq!(quantile(&[2.0; 9], 0.1), Some(2.0));
        assert_eq!((quantile(&[1.0], 1.5), quantile(&[1.0, f64::NAN], 0.5)), (None, None));
        assert_eq!(quantile(&(0..=30).map(f64::from).collect::<Vec<_>>(), 0.1), Some(3.0));
    }
}
