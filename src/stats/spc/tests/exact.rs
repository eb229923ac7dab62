//! Run charts against plain loops, and the numbers of Anhøj's two rules against sums of whole numbers.

use super::super::run_chart::{crossings_usual, longest_usual};
use super::*;

/// Smallest k with 20 · Σ C(n−1, i) ≥ 2^(n−1): P ≥ 0,05 in whole numbers.
fn crossings_by_counting(useful: u32) -> usize {
    let trials = u128::from(useful - 1);
    let (mut ways, mut sum) = (1_u128, 1_u128);
    let mut k = 0;
    while 20 * sum < 1 << trials {
        ways = ways * (trials - k) / (k + 1);
        sum += ways;
        k += 1;
    }
    k as usize
}

/// log₂ n rounded: the power of two whose square root of two's interval holds n, in whole numbers (n² against 2^(2k±1)).
fn log_by_squares(useful: u32) -> usize {
    let square = u128::from(useful) * u128::from(useful);
    (0..60).find(|k| square < 1_u128 << (2 * k + 1)).expect("the number is small")
}

#[test]
fn the_numbers_of_the_two_rules_are_those_of_whole_numbers() {
    for useful in 2..110_u32 {
        assert_eq!(crossings_usual(useful as usize), crossings_by_counting(useful), "{useful}");
    }
    for useful in 1..5000_u32 {
        assert_eq!(longest_usual(useful as usize), log_by_squares(useful) + 3, "{useful}");
    }
}

#[test]
fn the_numbers_of_the_two_rules_for_some_lengths() {
    // Useful observations, longest usual run, fewest usual crossings.
    let table =
        [(10, 6, 2), (11, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (22, 7, 7), (23, 8, 7), (24, 8, 8), (30, 8, 10)];
    for (useful, longest, crossings) in table {
        assert_eq!((longest_usual(useful), crossings_usual(useful)), (longest, crossings), "{useful}");
    }
    // Larger than any power of two that a number can hold: no overflow.
    assert!((900..1000).contains(&crossings_usual(2000)));
}

/// The median times two, by sorting.
fn twice_median(base: &[Option<i64>]) -> Option<i64> {
    let mut sorted: Vec<i64> = base.iter().flatten().copied().collect();
    sorted.sort();
    let middle = sorted.len() / 2;
    if sorted.is_empty() {
        return None;
    }
    Some(if sorted.len() % 2 == 1 { 2 * sorted[middle] } else { sorted[middle - 1] + sorted[middle] })
}

#[test]
fn run_charts_of_a_thousand_series_are_those_of_plain_loops() {
    let mut signals = [0, 0];
    for seed in 0..1000 {
        let mut series = Series::of(seed + 50_000);
        let length = 1 + series.below(60) as usize;
        let (values, options) = (series.whole(length), series.options(length));
        let chart = run_chart(&floats(&values), &options);
        for (segment, (start, own, base)) in chart.segments.iter().zip(super::naive::segments(&values, &options)) {
            let median = twice_median(&base);
            assert!(close(segment.centre, median.map(|twice| twice as f64 / 2.0)));
            let useful: Vec<(usize, i64)> = own
                .iter()
                .enumerate()
                .filter_map(|(place, value)| Some((place, (2 * (*value)? - median?).signum())))
                .filter(|(_, side)| *side != 0)
                .collect();
            let mut runs: Vec<Vec<usize>> = Vec::new();
            for (index, (place, side)) in useful.iter().enumerate() {
                match runs.last_mut() {
                    Some(run) if useful[index - 1].1 == *side => run.push(*place),
                    _ => runs.push(vec![*place]),
                }
            }
            let Some(found) = segment.runs else {
                assert!(useful.len() < 10, "seed {seed}");
                continue;
            };
            assert!(useful.len() >= 10);
            let longest = runs.iter().map(Vec::len).max().unwrap_or(0);
            let usual = log_by_squares(useful.len() as u32) + 3;
            let least = crossings_by_counting(useful.len() as u32);
            assert_eq!((found.useful, found.longest, found.crossings), (useful.len(), longest, runs.len() - 1));
            assert_eq!(found.is_signal(), longest > usual || runs.len() - 1 < least, "seed {seed}");
            let flagged: Vec<usize> =
                (0..own.len()).filter(|place| chart.points[start + place].flags.run.is_some()).collect();
            let expected: Vec<usize> = runs.iter().filter(|run| run.len() > usual).flatten().copied().collect();
            assert_eq!(flagged, expected, "seed {seed}");
            signals[usize::from(found.is_signal())] += 1;
        }
    }
    assert!(signals.iter().all(|count| *count > 50), "{signals:?}");
}
