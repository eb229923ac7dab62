//! Each formula against a second way of computing it: sums in whole numbers, all orders, the equation that a limit
//! solves, the textbook form; distributions against `tests/reference/distributions.csv` (says how it was computed).

use proptest::prelude::*;

use super::adjust::benjamini_hochberg;
use super::chi_square::{ShiftMethod, merge_sparse, shift};
use super::difference::{Part, ShareTest, fisher, newcombe, share_p};
use super::distributions::*;
use super::level::Level;
use super::mann_kendall::mann_kendall;
use super::rate::{byar, garwood};
use super::share::{clopper_pearson, wilson};
use super::special::{binomial_density, two_sided_p};
use super::theil_sen::theil_sen;
use super::two_counts::{Counted, central_p, rate_ratio};

const LEVELS: [Level; 3] = [Level::P95, Level::P99, Level::P998];

fn close(ours: f64, theirs: f64, relative: f64) -> bool {
    ours == theirs || (ours - theirs).abs() <= relative * theirs.abs()
}

/// n over k, exact; n ≤ 60.
fn choose(n: u64, k: u64) -> u128 {
    (0..k).fold(1, |product, step| product * u128::from(n - step) / u128::from(step + 1))
}

fn level_of(tail: &str) -> Level {
    *LEVELS.iter().find(|level| level.tail().to_string() == tail).expect("a level of ours")
}

#[test]
fn distributions_and_exact_limits_equal_the_reference_values() {
    let table = include_str!("../../tests/reference/distributions.csv");
    let mut rows = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(';').collect();
        let at = |index: usize| cells[index].parse::<f64>().unwrap_or_else(|_| panic!("{line}"));
        let whole = |index: usize| at(index) as u64;
        let limits = |level: Level| clopper_pearson(at(1), at(2), level).map(|limits| (limits.lower, limits.upper));
        let rate = |level: Level| garwood(whole(1), 1.0, level).map(|limits| (limits.lower, limits.upper));
        let (ours, theirs, relative) = match cells[0] {
            "binomial" => {
                let (k, n, p) = (whole(1), whole(2), at(3));
                let ours = (binomial_cdf(k as i64, n, p), binomial_at_least(k, n, p));
                // p itself is a rounded number: its last bit alone moves the tail by (k/p)·1e-16.
                (ours, (at(4), at(5)), 1e-11)
            }
            "clopper" => (limits(level_of(cells[3])).unwrap(), (at(4), at(5)), 1e-12),
            "scipy_clopper" => (limits(level_of(cells[3])).unwrap(), (at(4), at(5)), 2e-10),
            "garwood" => (rate(level_of(cells[2])).unwrap(), (at(3), at(4)), 1e-12),
            "scipy_garwood" => (rate(level_of(cells[2])).unwrap(), (at(3), at(4)), 2e-10),
            "chi2" => ((chi_square_upper(at(2), whole(1)), 0.0), (at(3), 0.0), 1e-12),
            "normal" => ((two_sided_p(at(1)), 0.0), (at(2), 0.0), 1e-12),
            other => panic!("{other}"),
        };
        assert!(close(ours.0, theirs.0, relative) && close(ours.1, theirs.1, relative), "{line}\nours {ours:?}");
        rows += 1;
    }
    assert!(rows > 190);
}

#[test]
fn binomial_tails_equal_sums_in_whole_numbers() {
    for n in 1..=60_u64 {
        let mut sum = 0;
        for k in 0..=n {
            sum += choose(n, k);
            let exact = sum as f64 / 2_f64.powi(n as i32);
            assert!(close(binomial_cdf(k as i64, n, 0.5), exact, 1e-12), "{k} of {n}");
            assert!(close(
                binomial_density(k as f64, n as f64, 0.5, 0.5),
                choose(n, k) as f64 / 2_f64.powi(n as i32),
                1e-12
            ));
            let rest = ((1_u128 << n) - sum + choose(n, k)) as f64 / 2_f64.powi(n as i32);
            assert!(close(binomial_at_least(k, n, 0.5), rest, 1e-12), "at least {k} of {n}");
        }
        let at = |k: u64| (0..=k).map(|k| choose(n, k)).sum::<u128>();
        let smallest = (0..=n).find(|k| at(*k) * 20 >= 1 << n).unwrap();
        assert_eq!(binomial_quantile(0.05, n, 0.5), smallest, "{n}");
    }
    assert_eq!((binomial_cdf(-1, 4, 0.5), binomial_cdf(4, 4, 0.5), binomial_at_least(0, 4, 0.5)), (0.0, 1.0, 1.0));
    assert_eq!((binomial_at_least(5, 4, 0.5), binomial_cdf(2, 4, 0.0), binomial_cdf(2, 4, 1.0)), (0.0, 1.0, 0.0));
}

#[test]
fn the_far_tail_is_small_and_never_below_zero() {
    let p = binomial_at_least(1000, 1000, 0.5);
    assert!(close(p, 2_f64.powi(-1000), 1e-12), "{p:e}");
    assert_eq!(binomial_at_least(10_000_000, 10_000_000, 0.5), 0.0);
    let year = |events| Counted { events, exposure: 365.0 };
    assert!(central_p(year(10_000_000), year(9_990_000)).unwrap() > 0.02);
    assert_eq!(central_p(year(10_000_000), year(1)), Some(0.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Wilson's limits are where the normal test of x of n just turns: |x/n − π| = z √(π(1−π)/n).
    #[test]
    fn wilson_limits_solve_the_equation_of_the_score_test(n in 1_u64..20_000_000, at in 0.0..=1.0_f64, level in 0..3_usize) {
        let (level, x) = (LEVELS[level], (at * n as f64).round());
        let n = n as f64;
        let limits = wilson(x, n, level).unwrap();
        for limit in [limits.lower, limits.upper] {
            let away = (x / n - limit).abs();
            let allowed = level.z() * (limit * (1.0 - limit) / n).sqrt();
            prop_assert!((away - allowed).abs() <= 1e-9 * limit.min(1.0 - limit).max(1e-7), "{limit} {away} {allowed}");
        }
        prop_assert!(limits.lower <= x / n && x / n <= limits.upper);
    }

    #[test]
    fn clopper_pearson_limits_leave_the_tail_that_they_should(n in 1_u64..=60, at in 0.0..=1.0_f64, level in 0..3_usize) {
        let (level, x) = (LEVELS[level], (at * n as f64).round() as u64);
        let limits = clopper_pearson(x as f64, n as f64, level).unwrap();
        let term = |k: u64, p: f64| choose(n, k) as f64 * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32);
        if x > 0 {
            let tail: f64 = (x..=n).map(|k| term(k, limits.lower)).sum();
            prop_assert!(close(tail, level.tail(), 1e-10), "{tail}");
        }
        if x < n {
            let tail: f64 = (0..=x).map(|k| term(k, limits.upper)).sum();
            prop_assert!(close(tail, level.tail(), 1e-10), "{tail}");
        }
    }

    #[test]
    fn garwood_limits_leave_the_tail_that_they_should(k in 0_u64..400, exposure in 0.1..1e4_f64, level in 0..3_usize) {
        let level = LEVELS[level];
        let limits = garwood(k, exposure, level).unwrap();
        let up_to = |k: u64, mean: f64| {
            let mut term = (-mean).exp();
            (1..=k).fold(term, |sum, step| { term *= mean / step as f64; sum + term })
        };
        prop_assert!(close(up_to(k, limits.upper * exposure), level.tail(), 1e-9));
        if k > 0 {
            let below = up_to(k - 1, limits.lower * exposure);
            prop_assert!((1.0 - below - level.tail()).abs() < 1e-11);
        }
        if let Some(near) = byar(k, exposure, level) {
            prop_assert!(close(near.lower, limits.lower, 0.02) && close(near.upper, limits.upper, 0.02));
        }
    }

    #[test]
    fn newcombes_limits_are_wilsons_put_together(n in 1_u64..500, m in 1_u64..500, at in 0.0..=1.0_f64, bt in 0.0..=1.0_f64) {
        let (x, y) = ((at * n as f64).round(), (bt * m as f64).round());
        let (n, m) = (n as f64, m as f64);
        let (d, limits) = newcombe((x, n), (y, m), Level::P95).unwrap();
        let (back, mirrored) = newcombe((y, m), (x, n), Level::P95).unwrap();
        prop_assert!((d + back).abs() < 1e-15 && (limits.lower + mirrored.upper).abs() < 1e-14);
        let (a, b) = (wilson(x, n, Level::P95).unwrap(), wilson(y, m, Level::P95).unwrap());
        let delta = ((x / n - a.lower).powi(2) + (b.upper - y / m).powi(2)).sqrt();
        prop_assert!(close(limits.lower, x / n - y / m - delta, 1e-9) || limits.lower.abs() < 1e-12);
        prop_assert!(limits.lower <= d && d <= limits.upper && limits.lower >= -1.0 - 1e-12 && limits.upper <= 1.0 + 1e-12);
    }

    #[test]
    fn fisher_equals_the_sum_over_all_tables_in_whole_numbers(n in 1_u64..30, m in 1_u64..30, at in 0.0..=1.0_f64, bt in 0.0..=1.0_f64) {
        let (x, y) = ((at * n as f64).round() as u64, (bt * m as f64).round() as u64);
        let hits = x + y;
        let ways = |k: u64| if k <= hits && hits - k <= m { choose(n, k) * choose(m, hits - k) } else { 0 };
        let extreme: u128 = (0..=n).map(ways).filter(|count| *count <= ways(x)).sum();
        let exact = extreme as f64 / choose(n + m, hits) as f64;
        let p = fisher(Part { x, n }, Part { x: y, n: m });
        prop_assert!(close(p, exact, 1e-12), "{p} {exact}");
    }

    #[test]
    fn pooled_z_equals_the_textbook_and_chi_square(n in 20_u64..2_000_000, m in 20_u64..2_000_000, at in 0.3..=0.7_f64, bt in 0.0..=0.1_f64) {
        let (x, y) = ((at * n as f64) as u64, ((at + bt / (1.0 + m as f64).sqrt()) * m as f64) as u64);
        let (p, test) = share_p(Part { x, n }, Part { x: y, n: m }).unwrap();
        prop_assert_eq!(test, ShareTest::PooledZ);
        let table = shift(&[vec![x, n - x], vec![y, m - y]]).unwrap();
        prop_assert_eq!(table.method, ShiftMethod::ChiSquare);
        prop_assert!((table.p - p).abs() <= 1e-7 * p, "{} {}", table.p, p);
        let (a, b, pooled) = (x as f64 / n as f64, y as f64 / m as f64, (x + y) as f64 / (n + m) as f64);
        let z = (a - b) / (pooled * (1.0 - pooled) * (1.0 / n as f64 + 1.0 / m as f64)).sqrt();
        prop_assert!((two_sided_p(z) - p).abs() <= 1e-9, "{} {}", two_sided_p(z), p);
        let residual = table.residuals[0][0].unwrap();
        prop_assert!((residual - z).abs() < 1e-6 * (1.0 + z.abs()), "{residual} {z}");
    }

    #[test]
    fn central_p_of_equal_years_equals_sums_in_whole_numbers(k in 0_u64..=30, l in 0_u64..=30) {
        let n = k + l;
        let ways = |k: u64| choose(n, k);
        let tail: u128 = (0..=k.min(l)).map(ways).sum();
        let exact = (2.0 * tail as f64 / 2_f64.powi(n as i32)).min(1.0);
        let year = |events| Counted { events, exposure: 365.0 };
        let p = central_p(year(k), year(l)).unwrap();
        prop_assert!(close(p, exact, 1e-12), "{p} {exact}");
        prop_assert_eq!(central_p(year(l), year(k)).map(|p| (p * 1e12).round()), Some((p * 1e12).round()));
    }

    /// The ratio's limits turn the test: at the limit, the observed count has just α/2 beyond it.
    #[test]
    fn limits_of_the_ratio_leave_the_tail_that_they_should(k in 0_u64..2000, l in 1_u64..2000, leap in proptest::bool::ANY) {
        let (now, then) = (Counted { events: k, exposure: 365.0 + f64::from(u8::from(leap)) }, Counted { events: l, exposure: 365.0 });
        let (ratio, limits) = rate_ratio(now, then, Level::P95).unwrap();
        prop_assert!(limits.lower <= ratio && ratio <= limits.upper);
        let share = |ratio: f64| ratio * now.exposure / (ratio * now.exposure + then.exposure);
        let at_most = binomial_cdf(k as i64, k + l, share(limits.upper));
        prop_assert!(close(at_most, 0.025, 1e-9), "{at_most}");
        if k > 0 {
            prop_assert!(close(binomial_at_least(k, k + l, share(limits.lower)), 0.025, 1e-9));
        }
    }

    #[test]
    fn the_theil_sen_slope_halves_the_pairs(values in proptest::collection::vec(-50_i32..50, 2..25)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let line = theil_sen(&values).unwrap();
        // Taking the slope away leaves as many rising as falling pairs: Sen's own definition.
        let mut rising = 0_i32;
        let (mut flat, mut all) = (0, 0);
        for later in 1..values.len() {
            for earlier in 0..later {
                let change = values[later] - values[earlier] - line.slope * (later - earlier) as f64;
                all += 1;
                if change.abs() < 1e-9 { flat += 1 } else { rising += if change > 0.0 { 1 } else { -1 } }
            }
        }
        prop_assert!(rising.abs() <= flat.max(0) && all > 0, "{rising} {flat}");
    }

    #[test]
    fn chi_square_equals_its_short_form_and_ignores_empty_rows(cells in proptest::collection::vec(5_u64..400, 12)) {
        let mut table: Vec<Vec<u64>> = cells.chunks(3).map(<[u64]>::to_vec).collect();
        let full = shift(&table).unwrap();
        let n: u64 = cells.iter().sum();
        let row = |at: usize| table[at].iter().sum::<u64>() as f64;
        let column = |at: usize| table.iter().map(|row| row[at]).sum::<u64>() as f64;
        let mut sum = 0.0;
        for (r, cells) in table.iter().enumerate() {
            for (c, cell) in cells.iter().enumerate() {
                sum += (*cell as f64).powi(2) / (row(r) * column(c));
            }
        }
        prop_assert!((full.statistic - n as f64 * (sum - 1.0)).abs() < 1e-9 * n as f64);
        prop_assert_eq!(full.degrees, 6);
        prop_assert!(close(full.cramers_v, (full.statistic / (n as f64 * 2.0)).sqrt(), 1e-12));
        table.insert(1, vec![0, 0, 0]);
        for cells in &mut table { cells.push(0); }
        let padded = shift(&table).unwrap();
        prop_assert_eq!((padded.p, padded.degrees), (full.p, full.degrees));
        prop_assert_eq!(padded.residuals[1][0], None);
    }

    /// The definition: p adjusted is the least m·t/#(p ≤ t) over the p-values t that are at least as large.
    #[test]
    fn adjusted_p_equal_the_definition(p in proptest::collection::vec(0.0..=1.0_f64, 1..40)) {
        let adjusted = benjamini_hochberg(&p);
        for (index, own) in p.iter().enumerate() {
            let rate = |t: f64| t * p.len() as f64 / p.iter().filter(|other| **other <= t).count() as f64;
            let least = p.iter().filter(|t| *t >= own).map(|t| rate(*t)).fold(1.0, f64::min);
            prop_assert!((adjusted[index] - least).abs() < 1e-15);
            prop_assert!(adjusted[index] >= *own);
        }
    }
}

/// Every order of `values`, by Heap's algorithm.
fn orders(values: &mut Vec<f64>, length: usize, seen: &mut impl FnMut(&[f64])) {
    if length <= 1 {
        return seen(values);
    }
    for at in 0..length {
        orders(values, length - 1, seen);
        let other = if length.is_multiple_of(2) { at } else { 0 };
        values.swap(other, length - 1);
    }
}

#[test]
fn exact_p_of_mann_kendall_equals_counting_all_orders() {
    for n in 2..=7_usize {
        let mut scores = Vec::new();
        orders(&mut (0..n).map(|value| value as f64).collect(), n, &mut |order| {
            scores.push(mann_kendall(order).unwrap());
        });
        for one in scores.iter().step_by(97) {
            let extreme = scores.iter().filter(|other| other.s.abs() >= one.s.abs()).count();
            assert!(one.exact && close(one.p, extreme as f64 / scores.len() as f64, 1e-14), "{n} {one:?}");
        }
    }
    let smallest = |n: usize| mann_kendall(&(0..n).map(|value| value as f64).collect::<Vec<_>>()).unwrap().p;
    assert!(close(smallest(3), 1.0 / 3.0, 1e-15) && close(smallest(4), 1.0 / 12.0, 1e-15));
    assert!(close(smallest(5), 1.0 / 60.0, 1e-15) && close(smallest(10), 2.0 / 3_628_800.0, 1e-14));
}

#[test]
fn the_variance_with_ties_equals_that_of_all_orders() {
    for values in [vec![1.0, 1.0, 2.0, 3.0], vec![1.0, 1.0, 2.0, 2.0, 2.0], vec![5.0, 1.0, 1.0, 1.0, 2.0, 2.0, 9.0]] {
        let (mut squares, mut count) = (0.0, 0.0);
        orders(&mut values.clone(), values.len(), &mut |order| {
            squares += (mann_kendall(order).unwrap().s as f64).powi(2);
            count += 1.0;
        });
        let ours = mann_kendall(&values).unwrap();
        let z = (ours.s.abs() - 1).max(0) as f64 / f64::sqrt(squares / count);
        assert!(!ours.exact && close(ours.p, two_sided_p(z), 1e-12), "{values:?}");
    }
    let equal = mann_kendall(&[4.0; 12]).unwrap();
    assert_eq!((equal.s, equal.p), (0, 1.0));
    assert_eq!((mann_kendall(&[1.0]), mann_kendall(&[1.0, f64::NAN])), (None, None));
    assert_eq!(mann_kendall(&[0.1 + 0.2, 0.3, 0.3]).unwrap().s, 0);
}

#[test]
fn small_expected_counts_are_drawn_and_agree_with_all_tables() {
    let (a, b, c, d) = (7_u64, 2_u64, 2_u64, 6_u64);
    let drawn = shift(&[vec![a, b], vec![c, d]]).unwrap();
    assert!(matches!(drawn.method, ShiftMethod::MonteCarlo { .. }));
    // With fixed margins χ² grows with |x − expected|: sum the tables at least as far out.
    let (rows, hits) = (a + b, a + c);
    let n = a + b + c + d;
    let away = |x: u64| (x as f64 - rows as f64 * hits as f64 / n as f64).abs();
    let ways = |x: u64| choose(rows, x) * choose(n - rows, hits - x);
    let possible = (hits + rows).saturating_sub(n)..=rows.min(hits);
    let extreme: u128 = possible.filter(|x| away(*x) >= away(a) - 1e-9).map(ways).sum();
    let exact = extreme as f64 / choose(n, hits) as f64;
    let error = (exact * (1.0 - exact) / 1e5).sqrt();
    assert!((drawn.p - exact).abs() < 4.0 * error, "{} {exact}", drawn.p);
    assert_eq!(drawn, shift(&[vec![a, b], vec![c, d]]).unwrap());
    let mirrored = shift(&[vec![1, 30, 2], vec![2, 25, 9], vec![0, 11, 3]]).unwrap();
    assert!(mirrored.p > 0.0 && mirrored.p <= 1.0);
}

#[test]
fn tables_without_two_of_each_have_no_shift() {
    assert_eq!(shift(&[]), None);
    assert_eq!(shift(&[vec![1, 2]]), None);
    assert_eq!(shift(&[vec![0, 0], vec![3, 4]]), None);
    assert_eq!(shift(&[vec![1, 2], vec![3]]), None);
    let equal = shift(&[vec![40, 40], vec![40, 40]]).unwrap();
    assert_eq!((equal.statistic, equal.p, equal.cramers_v), (0.0, 1.0, 0.0));
}

#[test]
fn sparse_categories_are_merged_smallest_first_and_no_further_than_needed() {
    let (merged, gone) = merge_sparse(&[vec![50, 60], vec![1, 0], vec![2, 2], vec![40, 30], vec![10, 9]], 4);
    assert_eq!(gone, [false, true, true, false, false]);
    assert_eq!(merged[4], vec![13, 11]);
    let (same, gone) = merge_sparse(&[vec![50, 60], vec![40, 30]], 1);
    assert_eq!((same, gone), (vec![vec![50, 60], vec![40, 30]], vec![false, false]));
}
