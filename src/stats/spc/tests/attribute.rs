//! Attribute charts and rare events against other ways of computing: whole numbers where squares decide, statrs for the
//! binomial distribution, plain loops for Laney's charts.

use statrs::distribution::{Binomial, DiscreteCDF};

use super::super::attribute::Fraction;
use super::*;

fn fractions(series: &mut Series, length: usize, low: u64) -> Vec<Option<(i64, i64)>> {
    let (size, share) = (low + series.below(400), 1 + series.below(30));
    let one = |series: &mut Series| {
        let n = size + series.below(size);
        let part = (0..n).filter(|_| series.below(100) < share).count() as i64;
        (series.below(15) > 0).then_some((part, n as i64))
    };
    (0..length).map(|_| one(series)).collect()
}

fn as_floats(values: &[Option<(i64, i64)>]) -> Vec<Fraction> {
    values.iter().map(|value| value.map(|(part, size)| (part as f64, size as f64))).collect()
}

/// Sign of `left` − 3√`square` for a difference against a square, in whole numbers.
fn is_farther(distance: i128, square_times_nine: i128) -> bool {
    distance * distance > square_times_nine
}

#[test]
fn c_charts_flag_by_squares_of_whole_numbers() {
    let mut flagged = 0;
    for seed in 0..500 {
        let mut series = Series::of(seed + 90_000);
        let length = 1 + series.below(40) as usize;
        let counts = series.whole(length);
        let chart = c(&floats(&counts), &Options::default());
        let present: Vec<i128> = counts.iter().flatten().map(|count| i128::from(*count)).collect();
        let (sum, n) = (present.iter().sum::<i128>(), present.len() as i128);
        for (point, count) in chart.points.iter().zip(&counts) {
            let Some(count) = count else { continue };
            // |y − s/n| > 3√(s/n), times n and squared. A cut at 0 can't bring a count outside.
            let outside = is_farther(i128::from(*count) * n - sum, 9 * sum * n);
            let below = i128::from(*count) * n < sum;
            let side = outside.then_some(if below { Side::Down } else { Side::Up });
            assert_eq!(point.flags.outside, side, "seed {seed}: {counts:?}");
            flagged += u32::from(outside);
            let mean = sum as f64 / n as f64;
            assert!(close(point.upper, Some(mean + 3.0 * mean.sqrt())));
            assert!(close(point.lower, Some((mean - 3.0 * mean.sqrt()).max(0.0))));
        }
    }
    assert!(flagged > 50, "{flagged}");
}

#[test]
fn u_and_p_charts_have_the_limits_of_their_formulas() {
    let mut exact_ones = 0;
    for seed in 0..400 {
        let mut series = Series::of(seed + 120_000);
        let length = 1 + series.below(30) as usize;
        let low = if seed % 2 == 0 { 5 } else { 200 };
        let (values, options) = (fractions(&mut series, length, low), series.options(length));
        let (rates, shares) = (u(&as_floats(&values), &options), p(&as_floats(&values), &options));
        for segment in &shares.segments {
            let own = &values[segment.start..segment.end];
            let base: Vec<(i64, i64)> =
                own.iter().flatten().copied().take(options.fix_after_n.unwrap_or(usize::MAX)).collect();
            let (part, whole) = base.iter().fold((0, 0), |(part, whole), one| (part + one.0, whole + one.1));
            for (index, value) in own.iter().enumerate() {
                let (rate, share) = (rates.points[segment.start + index], shares.points[segment.start + index]);
                let Some((y, n)) = value else {
                    assert_eq!((rate.value, share.upper), (None, None));
                    continue;
                };
                let (centre, n_f) = (part as f64 / whole as f64, *n as f64);
                assert!(close(share.centre, Some(centre)) && close(share.value, Some(*y as f64 / n_f)));
                let distance = 3.0 * (centre / n_f).sqrt();
                assert!(close(rate.upper, Some(centre + distance)));
                assert!(close(rate.lower, Some((centre - distance).max(0.0))));
                let limits = if part * n < 5 * whole {
                    exact_ones += 1;
                    let binomial = Binomial::new(centre, *n as u64).expect("a share");
                    let quantile = |chance: f64| {
                        (0..=*n as u64).find(|k| binomial.cdf(*k) >= chance).expect("a quantile") as f64 / n_f
                    };
                    assert!(segment.exact);
                    (quantile(0.0013498980316300933), quantile(1.0 - 0.0013498980316300933))
                } else {
                    let distance = 3.0 * (centre * (1.0 - centre) / n_f).sqrt();
                    ((centre - distance).max(0.0), (centre + distance).min(1.0))
                };
                assert!(close(share.lower, Some(limits.0)) && close(share.upper, Some(limits.1)), "seed {seed}");
                let outside = *y as f64 / n_f > limits.1 + 1e-12 || (*y as f64 / n_f) < limits.0 - 1e-12;
                assert_eq!(share.flags.outside.is_some(), outside, "seed {seed}");
            }
        }
    }
    assert!(exact_ones > 200, "{exact_ones}");
}

#[test]
fn laneys_charts_are_those_of_plain_loops() {
    for seed in 0..400 {
        let mut series = Series::of(seed + 150_000);
        let length = 3 + series.below(30) as usize;
        let values = fractions(&mut series, length, 100);
        let options = Options { rebase: Vec::new(), ..series.options(length) };
        let shares = p_prime(&as_floats(&values), &options);
        let rates = u_prime(&as_floats(&values), &options);
        let mut base = Vec::new();
        for value in &values {
            if options.fix_after_n.is_none_or(|n| base.iter().flatten().count() < n) {
                base.push(*value);
            }
        }
        let sum = |pick: fn((i64, i64)) -> i64| base.iter().flatten().map(|one| pick(*one)).sum::<i64>() as f64;
        let centre = sum(|one| one.0) / sum(|one| one.1);
        let is_share = [(&shares, true), (&rates, false)];
        for (chart, is_share) in is_share {
            let deviation = |n: f64| (centre * if is_share { 1.0 - centre } else { 1.0 } / n).sqrt();
            let mut ranges = Vec::new();
            for pair in base.windows(2) {
                if let (Some(one), Some(two)) = (pair[0], pair[1]) {
                    let z = |one: (i64, i64)| (one.0 as f64 / one.1 as f64 - centre) / deviation(one.1 as f64);
                    ranges.push((z(two) - z(one)).abs());
                }
            }
            let average = |ranges: &[f64]| ranges.iter().sum::<f64>() / ranges.len() as f64;
            let all = average(&ranges);
            let kept: Vec<f64> = ranges.iter().copied().filter(|range| *range < 3.267 * all).collect();
            let sigma = (!ranges.is_empty() && centre > 0.0).then(|| average(&kept) / 1.128);
            if centre > 0.0 {
                assert!(close(chart.segments[0].sigma_z, sigma), "seed {seed}");
            }
            for (point, value) in chart.points.iter().zip(&values) {
                let Some((_, n)) = value else { continue };
                let upper = sigma.map(|sigma| centre + 3.0 * deviation(*n as f64) * sigma);
                assert!(centre == 0.0 || close(point.upper, upper), "seed {seed}");
            }
        }
    }
}

#[test]
fn a_large_series_that_spreads_more_than_its_distribution_says_is_proposed_for_laney() {
    let spread =
        |n: f64| -> Vec<Fraction> { (0..20).map(|i| Some((n * (0.2 + 0.05 * f64::from(i % 3)), n))).collect() };
    let (large, small) = (spread(5000.0), spread(50.0));
    assert!(laney_is_proposed(&p(&large, &Options::default()).segments[0], &large));
    assert!(!laney_is_proposed(&p(&small, &Options::default()).segments[0], &small));
}

#[test]
fn nothing_to_count_on_is_a_gap_and_a_share_of_none_or_all_has_no_spread() {
    let chart = p(&[Some((0.0, 8.0)), Some((0.0, 0.0)), None, Some((0.0, 9.0))], &Options::default());
    assert_eq!((chart.points[1].value, chart.segments[0].points), (None, 2));
    assert_eq!((chart.points[0].upper, chart.points[0].lower, chart.signals()), (Some(0.0), Some(0.0), 0));
    let all = p(&[Some((3.0, 3.0)), Some((80.0, 80.0))], &Options::default());
    assert_eq!((all.points[0].upper, all.points[1].lower, all.signals()), (Some(1.0), Some(1.0), 0));
    let laney = p_prime(&[Some((0.0, 8.0)), Some((0.0, 8.0))], &Options::default());
    assert_eq!((laney.points[0].upper, laney.segments[0].sigma_z), (Some(0.0), Some(0.0)));
    assert_eq!(p(&[Some((9.0, 8.0))], &Options::default()).points[0].value, None);
}

/// The root of days between, by another way than `t`'s.
fn root(days: f64) -> f64 {
    if days == 0.0 { 0.0 } else { (days.ln() * 5.0 / 18.0).exp() }
}

/// Mean of the neighbours' distances; ranges not below 3,267 times the mean are left out once.
fn mean_range(roots: &[Option<f64>], screening: bool) -> Option<f64> {
    let ranges: Vec<f64> = roots.windows(2).filter_map(|pair| Some((pair[0]? - pair[1]?).abs())).collect();
    let mean = |ranges: &[f64]| ranges.iter().sum::<f64>() / ranges.len() as f64;
    let kept: Vec<f64> = ranges.iter().copied().filter(|range| *range < 3.267 * mean(&ranges)).collect();
    let used = if screening && mean(&ranges) > 0.0 { kept } else { ranges };
    (!used.is_empty()).then(|| mean(&used))
}

#[test]
fn days_between_have_limits_at_three_over_d2_mean_ranges_of_their_roots() {
    let mut flagged = 0;
    for seed in 0..300 {
        let mut series = Series::of(seed + 200_000);
        let length = 2 + series.below(40) as usize;
        let values = floats(&series.whole(length));
        let screening = series.below(2) == 0;
        let chart = t(&values, &Options { screening, ..Options::default() });
        let roots: Vec<Option<f64>> = values.iter().map(|value| value.map(root)).collect();
        let present: Vec<f64> = roots.iter().flatten().copied().collect();
        let centre = (!present.is_empty()).then(|| present.iter().sum::<f64>() / present.len() as f64);
        let distance = mean_range(&roots, screening).map(|range| 3.0 * range / 1.128);
        let back = |root: f64| if root <= 0.0 { 0.0 } else { (root.ln() * 3.6).exp() };
        for (point, root) in chart.points.iter().zip(&roots) {
            assert!(close(point.centre, centre.map(back)), "seed {seed}");
            let limit = |side: f64| Some(back(centre? + side * distance?));
            assert!(close(point.upper, limit(1.0)) && close(point.lower, limit(-1.0)), "seed {seed}");
            let near = |side: f64| Some(back(centre? + side * 2.0 / 3.0 * distance?));
            assert!(close(point.near_upper, near(1.0)) && close(point.near_lower, near(-1.0)), "seed {seed}");
            let beyond =
                root.zip(centre).zip(distance).map_or(0.0, |((root, centre), far)| (root - centre).abs() - far);
            if beyond.abs() > 1e-9 {
                assert_eq!(point.flags.outside.is_some(), beyond > 0.0, "seed {seed}");
                flagged += u32::from(beyond > 0.0);
            }
        }
        assert_eq!(chart.points.iter().map(|point| point.value).collect::<Vec<_>>(), values);
    }
    assert!(flagged > 20, "{flagged}");
}

#[test]
fn events_between_rare_events_are_flagged_by_squares_of_whole_numbers() {
    let mut flagged = 0;
    for seed in 0..500 {
        let mut series = Series::of(seed + 300_000);
        let length = 1 + series.below(40) as usize;
        // Mostly few events in between, seldom many.
        let between: Vec<Option<i64>> = (0..length)
            .map(|_| {
                let long = if series.below(25) == 0 { 60 } else { 4 };
                (series.below(15) > 0).then(|| series.below(long) as i64)
            })
            .collect();
        let chart = g(&floats(&between), &Options::default());
        let mut present: Vec<i128> = between.iter().flatten().map(|count| i128::from(*count)).collect();
        let (sum, n) = (present.iter().sum::<i128>(), present.len() as i128);
        present.sort_unstable();
        for (point, count) in chart.points.iter().zip(&between).filter(|_| n > 0) {
            let (low, high) = (present[(present.len() - 1) / 2], present[present.len() / 2]);
            assert_eq!(point.centre, Some((low + high) as f64 / 2.0), "seed {seed}");
            let mean = sum as f64 / n as f64;
            assert!(close(point.upper, Some(mean + 3.0 * (mean * mean + mean).sqrt())), "seed {seed}");
            assert_eq!(point.lower, None);
            let Some(count) = count else { continue };
            // y − s/n > 3√(s/n · (s/n + 1)), times n and squared.
            let distance = i128::from(*count) * n - sum;
            let is_outside = distance > 0 && is_farther(distance, 9 * sum * (sum + n));
            assert_eq!(point.flags.outside, is_outside.then_some(Side::Up), "seed {seed}: {between:?}");
            flagged += u32::from(is_outside);
        }
    }
    assert!(flagged > 50, "{flagged}");
}

#[test]
fn the_limit_of_events_between_comes_from_the_mean_and_the_centre_is_the_median() {
    let chart = g(&[4.0, 20.0, 3.0, 8.0, 100.0].map(Some), &Options::default());
    // m = 27: 27 + 3·√756.
    assert!(close(chart.points[0].upper, Some(109.486_362_509_205_12)), "{:?}", chart.points[0].upper);
    assert_eq!((chart.points[0].centre, chart.points[0].lower), (Some(8.0), None));
    assert_eq!(chart.signals(), 0);
}

#[test]
fn a_constant_series_and_a_single_point_have_no_signal_and_no_limit_that_is_no_number() {
    for value in [0.0, 1.0, 7.0, 365.0] {
        for length in [1, 2, 12, 30] {
            for chart in [g, t].map(|of| of(&vec![Some(value); length], &Options::default())) {
                assert_eq!(chart.signals(), 0, "{value}");
                for point in &chart.points {
                    let limits = [point.centre, point.lower, point.upper, point.near_lower, point.near_upper];
                    assert!(limits.into_iter().flatten().all(f64::is_finite), "{point:?}");
                    assert!(close(point.centre, Some(value)), "{point:?}");
                }
            }
        }
    }
    let single = t(&[Some(7.0)], &Options::default());
    assert_eq!((single.points[0].lower, single.points[0].upper), (None, None));
}
