//! Each rule on an example that can be worked by hand.

use super::*;
use Direction::{Higher, Lower, Neither};

fn of(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().map(|value| Some(*value)).collect()
}

fn labels(chart: &Chart) -> String {
    let letter = |point: &Point| match point.label() {
        None => '.',
        Some((Label::Outside, _)) => 'O',
        Some((Label::Trend, _)) => 'T',
        Some((Label::TwoInThree, _)) => '2',
        Some((Label::Shift, _)) => 'S',
        Some((Label::Run, _)) => 'R',
    };
    chart.points.iter().map(letter).collect()
}

/// A baseline with mean 10 and every moving range 2: limits 4,68 and 15,32, near limits 6,4533 and 13,5467.
fn after_baseline(later: &[f64]) -> Chart {
    let base: Vec<f64> = (0..12).map(|index| if index % 2 == 0 { 9.0 } else { 11.0 }).collect();
    let values = of(&[base.as_slice(), later].concat());
    xmr(&values, &Options { fix_after_n: Some(12), ..Options::default() })
}

fn later(chart: &Chart) -> String {
    labels(chart)[12..].to_string()
}

#[test]
fn limits_are_the_mean_and_2_66_mean_ranges() {
    let point = after_baseline(&[10.0]).points[12];
    assert!(close(point.upper, Some(15.32)) && close(point.lower, Some(4.68)));
    assert!(close(point.near_upper, Some(10.0 + 5.32 * 2.0 / 3.0)));
    // Limits are not cut at 0.
    assert!(xmr(&of(&[0.0, 4.0, 0.0]), &Options::default()).points[0].lower.is_some_and(|lower| lower < -9.0));
}

#[test]
fn a_point_on_a_limit_is_not_outside() {
    assert_eq!(later(&after_baseline(&[15.32, 10.0, 4.68, 10.0])), "....");
    assert_eq!(later(&after_baseline(&[15.33, 10.0, 4.67, 10.0])), "O.O.");
    // 10 + 2,66 · 0,3 in binary fractions is 10,798000000000002.
    let base: Vec<f64> = (0..12).map(|index| 10.0 + if index % 2 == 0 { -0.15 } else { 0.15 }).collect();
    let on = of(&[base.as_slice(), &[10.798]].concat());
    assert_eq!(xmr(&on, &Options { fix_after_n: Some(12), ..Options::default() }).signals(), 0);
}

#[test]
fn seven_rising_points_are_a_trend_and_a_tie_breaks_it() {
    let rising = [9.1, 9.2, 9.3, 9.4, 9.5, 9.6];
    assert_eq!(later(&after_baseline(&[&[9.0], rising.as_slice()].concat())), "TTTTTTT");
    assert_eq!(later(&after_baseline(&rising)), "......");
    assert_eq!(later(&after_baseline(&[8.5, 9.0, 9.5, 10.0, 10.0, 10.5, 11.0, 11.5])), "........");
    // 0,1 + 0,2 and 0,3 are a tie.
    let noisy = [0.1, 0.2, 0.3, 0.1 + 0.2, 0.4, 0.5, 0.6].map(Some);
    assert!(!labels(&xmr(&noisy, &Options::default())).contains('T'));
}

#[test]
fn the_top_between_a_rise_and_a_fall_belongs_to_the_fall() {
    let values = of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]);
    let chart = xmr(&values, &Options::default());
    assert_eq!(chart.points[5].flags.trend, Some(Side::Up));
    assert_eq!(chart.points[6].flags.trend, Some(Side::Down));
}

#[test]
fn seven_points_on_one_side_are_a_shift_and_one_on_the_mean_breaks_it() {
    assert_eq!(later(&after_baseline(&[10.5, 11.0, 10.5, 11.0, 10.5, 11.0, 10.5])), "SSSSSSS");
    assert_eq!(later(&after_baseline(&[9.5, 10.5, 11.0, 10.5, 10.0, 10.5, 11.0, 10.5])), "........");
    let six = Options { rule_points: RulePoints::Six, fix_after_n: Some(4), ..Options::default() };
    let values = of(&[9.0, 11.0, 9.0, 11.0, 10.5, 10.6, 10.5, 10.6, 10.5]);
    assert_eq!(labels(&xmr(&values, &six)), "...SSSSSS");
    assert_eq!(xmr(&values, &Options { fix_after_n: Some(4), ..Options::default() }).signals(), 0);
}

#[test]
fn two_of_three_near_the_limit_are_flagged_without_the_third() {
    assert_eq!(later(&after_baseline(&[9.0, 14.0, 11.0, 14.0, 9.0])), ".2.2.");
    assert_eq!(later(&after_baseline(&[9.0, 14.0, 9.9, 14.0, 9.0])), ".....");
    assert_eq!(later(&after_baseline(&[9.0, 14.0, 10.0, 14.0])), "....");
    // One outside does not count as one of the two, and may stand among the three.
    assert_eq!(later(&after_baseline(&[9.0, 14.0, 16.0, 11.0, 9.0])), "..O..");
    assert_eq!(later(&after_baseline(&[9.0, 14.0, 16.0, 14.0, 9.0])), ".2O2.");
    // On the near limit is not beyond it.
    let near = 10.0 + 2.66 * 2.0 * 2.0 / 3.0;
    assert_eq!(later(&after_baseline(&[9.0, near, 14.0, 9.0])), "....");
}

#[test]
fn outside_goes_before_trend_before_two_in_three_before_shift() {
    let chart = after_baseline(&[10.5, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 15.0, 14.0, 11.0]);
    assert_eq!(later(&chart), "TTTTTTO22S");
    let flags = chart.points[17].flags;
    assert!(flags.trend.is_some() && flags.two_in_three.is_some() && flags.shift.is_some());
}

#[test]
fn a_large_range_is_screened_once_and_one_on_the_screen_is_dropped() {
    // Ranges 1 ×9 and 20: mean 2,9, screen 9,4743; kept 1.
    let values = of(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 22.0]);
    let range = |screening| xmr(&values, &Options { screening, ..Options::default() }).segments[0].moving_range;
    assert!(close(range(true), Some(1.0)) && close(range(false), Some(2.9)));
}

#[test]
fn a_gap_drops_both_ranges_and_breaks_every_pattern() {
    let chart = xmr(&[Some(1.0), Some(2.0), None, Some(9.0), Some(8.0)], &Options::default());
    assert!(close(chart.segments[0].moving_range, Some(1.0)));
    let gap = |at: usize, mut values: Vec<Option<f64>>| {
        values.insert(at, None);
        values
    };
    let rising = of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
    let has = |values: &[Option<f64>]| labels(&xmr(values, &Options::default())).contains('T');
    assert!(has(&rising) && !has(&gap(3, rising.clone())));
    let chart = after_baseline(&[f64::NAN, 10.5, 11.0, 10.5, f64::NAN, 11.0, 10.5, 11.0, 10.5]);
    assert_eq!(later(&chart), ".........");
    let chart = after_baseline(&[9.0, 14.0, f64::NAN, 14.0, 11.0]);
    assert_eq!(later(&chart), ".....");
}

#[test]
fn a_constant_series_has_limits_at_the_mean_and_no_signal() {
    for value in [0.0, 7.0, 0.1, -3.3] {
        for fix_after_n in [None, Some(3)] {
            let chart = xmr(&vec![Some(value); 20], &Options { fix_after_n, ..Options::default() });
            let point = chart.points[0];
            assert!(close(point.centre, Some(value)) && point.upper == point.centre && point.lower == point.centre);
            assert_eq!((chart.signals(), chart.variation(Higher)), (0, Some(Variation::Common)));
        }
    }
}

#[test]
fn one_point_and_points_that_stand_alone_have_no_limits() {
    let chart = xmr(&[Some(5.0)], &Options::default());
    assert_eq!((chart.points[0].centre, chart.points[0].upper), (Some(5.0), None));
    assert_eq!((chart.variation(Higher), chart.assurance(Some(4.0), Higher)), (None, None));
    let alone = xmr(&[Some(5.0), None, Some(9.0)], &Options::default());
    assert_eq!((alone.points[0].centre, alone.points[0].upper), (Some(7.0), None));
    assert_eq!(xmr(&[], &Options::default()), Chart::default());
    let nothing = xmr(&[None, Some(f64::INFINITY)], &Options::default());
    assert_eq!((nothing.points[1].value, nothing.last()), (None, None));
}

#[test]
fn limits_are_tentative_at_twelve_points_and_firm_at_thirteen() {
    let tentative = |n: usize| xmr(&vec![Some(1.0); n], &Options::default()).is_tentative();
    assert_eq!([tentative(1), tentative(12), tentative(13)], [true, true, false]);
    let mut gap = vec![Some(1.0); 13];
    gap[4] = None;
    assert!(xmr(&gap, &Options::default()).is_tentative());
    let rebased = xmr(&vec![Some(1.0); 25], &Options { rebase: vec![13], ..Options::default() });
    assert_eq!(rebased.segments.iter().map(|segment| segment.tentative).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn ten_yearly_values_have_no_chart_and_eleven_have() {
    let yearly = Options { yearly: true, ..Options::default() };
    let values: Vec<Option<f64>> = (0..11).map(|year| Some(f64::from(year % 3))).collect();
    let ten = xmr(&values[..10], &yearly);
    assert!(ten.points.iter().all(|point| point.centre.is_none() && point.label().is_none()));
    assert_eq!((ten.segments[0].points, ten.variation(Higher)), (10, None));
    assert!(xmr(&values, &yearly).points[0].upper.is_some());
}

#[test]
fn neither_ranges_nor_patterns_cross_a_rebase() {
    let values = of(&[1.0, 2.0, 1.0, 2.0, 50.0, 51.0, 50.0, 51.0]);
    let chart = xmr(&values, &Options { rebase: vec![4], ..Options::default() });
    assert_eq!(chart.segments.iter().map(|s| s.moving_range).collect::<Vec<_>>(), [Some(1.0), Some(1.0)]);
    assert_eq!((chart.points[3].centre, chart.points[4].centre), (Some(1.5), Some(50.5)));
    let rising = of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
    assert_eq!(xmr(&rising, &Options { rebase: vec![3, 0, 99], ..Options::default() }).signals(), 0);
}

#[test]
fn the_last_point_gives_the_variation_in_the_direction_that_is_good() {
    let up = after_baseline(&[10.0, 16.0]);
    let variations = [Higher, Lower, Neither].map(|direction| up.variation(direction));
    assert_eq!(variations, [Variation::Improvement, Variation::Concern, Variation::Neutral].map(Some));
    let down = after_baseline(&[10.0, 4.0, f64::NAN]);
    let variations = [Higher, Lower, Neither].map(|direction| down.variation(direction));
    assert_eq!(variations, [Variation::Concern, Variation::Improvement, Variation::Neutral].map(Some));
    // A signal that is over is no longer the variation.
    assert_eq!(after_baseline(&[16.0, 10.0]).variation(Higher), Some(Variation::Common));
}

#[test]
fn a_goal_strictly_beyond_the_limits_is_always_reached_or_never() {
    let chart = after_baseline(&[10.0]);
    let judged = |goal: f64| [Higher, Lower, Neither].map(|direction| chart.assurance(Some(goal), direction));
    let (passes, fails, mixed) = (Some(Assurance::Passes), Some(Assurance::Fails), Some(Assurance::HitAndMiss));
    assert_eq!(judged(16.0), [fails, passes, None]);
    assert_eq!(judged(4.0), [passes, fails, None]);
    assert_eq!(judged(10.0), [mixed, mixed, None]);
    // On a limit is not beyond it: 15,32 is not what binary fractions make of 10 + 2,66 · 2.
    assert_eq!((judged(15.32), judged(4.68)), ([mixed, mixed, None], [mixed, mixed, None]));
    assert_eq!(chart.assurance(None, Higher), None);
}

#[test]
fn a_run_chart_with_too_few_crossings_signals_without_a_side() {
    let values: Vec<Option<f64>> = [[1.0; 5], [9.0; 5], [1.0; 5], [9.0; 5]].concat().into_iter().map(Some).collect();
    let chart = run_chart(&values, &Options::default());
    let runs = chart.segments[0].runs.expect("twenty useful points");
    assert_eq!((runs.useful, runs.longest, runs.crossings, runs.crossings_usual), (20, 5, 3, 6));
    assert!(runs.is_signal() && chart.signals() == 0);
    assert_eq!(chart.variation(Higher), Some(Variation::Neutral));
}

#[test]
fn a_run_chart_of_nine_useful_points_has_no_verdict() {
    let mut values: Vec<Option<f64>> = (0..10).map(|index| Some(f64::from(index))).collect();
    assert!(run_chart(&values, &Options::default()).segments[0].runs.is_some());
    values.push(Some(20.0));
    // Eleven values: one is the median and drops out.
    assert_eq!(run_chart(&values, &Options::default()).segments[0].runs.map(|runs| runs.useful), Some(10));
    let nine = run_chart(&values[..9], &Options::default());
    assert_eq!((nine.segments[0].runs, nine.variation(Higher)), (None, None));
}
