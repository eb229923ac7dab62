//! Against numpy and scipy (once, in `reference.csv`), and against a second way over generated cases.

use proptest::prelude::*;

use super::*;

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-6)
}

#[test]
fn centre_dispersion_and_limits_equal_those_of_numpy_and_scipy() {
    let mut compared = 0;
    for line in include_str!("reference.csv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(';').collect();
        let numbers =
            |field: &str| -> Vec<f64> { field.split(' ').map(|text| text.parse().expect("a number")).collect() };
        let kind = if fields[0] == "p" { Kind::Proportion } else { Kind::Ratio };
        let points: Vec<Point> = numbers(fields[1])
            .into_iter()
            .zip(numbers(fields[2]))
            .map(|(observed, size)| Point { observed, size })
            .collect();
        let found = funnel(kind, &points).expect("usable");
        assert!(close(found.centre, numbers(fields[3])[0]), "{line}");
        assert!(
            close(found.phi, numbers(fields[4])[0]) && close(found.tau2, numbers(fields[5])[0]),
            "{line}\n{found:?}"
        );
        for (index, expected) in fields[6..].iter().map(|field| numbers(field)).enumerate() {
            let (plain, adjusted) = (found.plain[index], found.adjusted[index]);
            let of = [
                plain.lower_95,
                plain.upper_95,
                adjusted.lower_95,
                adjusted.upper_95,
                plain.lower_998,
                plain.upper_998,
                adjusted.lower_998,
                adjusted.upper_998,
            ];
            assert!(of.iter().zip(&expected).all(|(one, other)| close(*one, *other)), "{of:?}\n{expected:?}");
            compared += of.len();
        }
    }
    assert!(compared > 250, "{compared}");
}

/// The chance that a Poisson number of this mean is at most `k`, term by term.
fn poisson_at_most(mean: f64, k: u32) -> f64 {
    let mut term = (-mean).exp();
    let mut sum = term;
    for step in 1..=k {
        term *= mean / f64::from(step);
        sum += term;
    }
    sum
}

proptest! {
    #[test]
    fn exact_limits_are_the_means_at_which_the_tails_are_just_so_large(k in 1u32..120, tail in 0usize..2) {
        let alpha = [0.025, 0.001][tail];
        let (lower, upper) = (poisson_lower(f64::from(k), alpha), poisson_upper(f64::from(k), alpha));
        prop_assert!((1.0 - poisson_at_most(lower, k - 1) - alpha).abs() < 1e-9);
        prop_assert!((poisson_at_most(upper, k) - alpha).abs() < 1e-9);
    }

    #[test]
    fn tau2_is_what_makes_the_weighted_square_sum_equal_to_its_expectation(
        counts in proptest::collection::vec((1u32..200, 10u32..200), 3..40)
    ) {
        let points: Vec<Point> = counts
            .iter()
            .map(|(observed, more)| Point { observed: f64::from(*observed), size: f64::from(observed + more) })
            .collect();
        let found = funnel(Kind::Proportion, &points).expect("usable");
        // E[Σ w (y − ȳ)²] = n − 1 + τ² (Σw − Σw²/Σw), with w = 4n.
        let weights: Vec<f64> = points.iter().map(|point| 4.0 * point.size).collect();
        let sum: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
        let n = points.len() as f64;
        let expected = (n * found.phi).max(n - 1.0);
        prop_assert!(close(n - 1.0 + found.tau2 * (sum - squares / sum), expected));
        for (plain, adjusted) in found.plain.iter().zip(&found.adjusted) {
            prop_assert!(plain.lower_998 <= plain.lower_95 && plain.upper_95 <= plain.upper_998);
            prop_assert!((0.0..=1.0).contains(&adjusted.lower_998) && (0.0..=1.0).contains(&adjusted.upper_998));
            prop_assert!(adjusted.lower_998 <= found.centre && found.centre <= adjusted.upper_998);
        }
    }
}

#[test]
fn a_point_on_a_limit_is_not_outside() {
    let limits = Limits { lower_95: 0.4, upper_95: 0.6, lower_998: 0.3, upper_998: 0.7 };
    assert_eq!(outside(0.7, &limits), Outside::Beyond95);
    assert_eq!(outside(0.1 + 0.6, &limits), Outside::Beyond95);
    assert_eq!(outside(0.6, &limits), Outside::No);
    assert_eq!((outside(0.2, &limits), outside(0.71, &limits)), (Outside::Below998, Outside::Above998));
}

#[test]
fn nobody_or_everybody_has_no_funnel() {
    let point = |observed, size| Point { observed, size };
    assert!(funnel(Kind::Proportion, &[]).is_none());
    assert!(funnel(Kind::Proportion, &[point(0.0, 10.0)]).is_none());
    assert!(funnel(Kind::Proportion, &[point(10.0, 10.0)]).is_none());
    assert!(funnel(Kind::Ratio, &[point(0.0, 3.0)]).is_some());
    assert!(funnel(Kind::Proportion, &[point(1.0, 0.0)]).is_none());
}

#[test]
fn the_arcsine_angle_stays_within_a_right_angle() {
    let points: Vec<Point> = [(10.0, 10.0), (2.0, 10.0), (10.0, 10.0), (9.0, 10.0)]
        .map(|(observed, size)| Point { observed, size })
        .to_vec();
    let found = funnel(Kind::Proportion, &points).expect("usable");
    assert!(found.is_adjusted());
    assert_eq!(found.adjusted[0].upper_998, 1.0);
}
