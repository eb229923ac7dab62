//! Series against rules written the slow way: for every point, every window of so many points that holds it.

use super::*;

/// Flags of a series by looking at every window, in whole numbers: mean = sum/n, mean range = ranges/m, nothing divided.
pub(super) struct Exact {
    /// Sum and number of the baseline's values, and of the ranges that the limits come from.
    pub sum: i128,
    pub n: i128,
    pub ranges: i128,
    pub m: i128,
}

impl Exact {
    pub(super) fn of(base: &[Option<i64>], screening: bool) -> Exact {
        let present: Vec<i128> = base.iter().flatten().map(|value| i128::from(*value)).collect();
        let mut ranges = Vec::new();
        for index in 1..base.len() {
            if let (Some(one), Some(two)) = (base[index - 1], base[index]) {
                ranges.push(i128::from((two - one).abs()));
            }
        }
        let (all, m) = (ranges.iter().sum::<i128>(), ranges.len() as i128);
        // mR < 3,267 · all / m, times 1000 · m.
        let kept: Vec<i128> =
            ranges.iter().copied().filter(|range| !screening || all == 0 || range * 1000 * m < 3267 * all).collect();
        Exact { sum: present.iter().sum(), n: present.len() as i128, ranges: kept.iter().sum(), m: kept.len() as i128 }
    }

    /// Sign of value − mean.
    pub(super) fn side(&self, value: i64) -> i128 {
        (i128::from(value) * self.n - self.sum).signum()
    }

    /// Whether |value − mean| > 2,66 · mean range · thirds/3, everything times 300 · n · m.
    pub(super) fn beyond(&self, value: i64, thirds: i128) -> bool {
        if self.m == 0 {
            return false;
        }
        let distance = (i128::from(value) * self.n - self.sum).abs();
        distance * 300 * self.m > 266 * thirds * self.ranges * self.n
    }
}

fn sign(side: Option<Side>) -> i128 {
    match side {
        Some(Side::Up) => 1,
        Some(Side::Down) => -1,
        None => 0,
    }
}

/// Windows of `length` places that hold `place` and lie in the series.
fn windows(place: usize, length: usize, all: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (place.saturating_sub(length - 1)..=place).map(move |start| start..start + length).filter(move |w| w.end <= all)
}

fn whole(values: &[Option<i64>], window: &std::ops::Range<usize>) -> Option<Vec<i64>> {
    values[window.clone()].iter().copied().collect()
}

/// outside, trend, two in three, shift of one place, as signs.
pub(super) fn flags(values: &[Option<i64>], exact: &Exact, place: usize, length: usize) -> [i128; 4] {
    let Some(value) = values[place] else { return [0; 4] };
    let outside = |value: i64| if exact.beyond(value, 3) { exact.side(value) } else { 0 };
    let near = |value: i64| exact.beyond(value, 2) && outside(value) == 0;
    // Windows come in the order of time, so that the last one that fits is the later pattern.
    let mut trend = 0;
    for window in windows(place, length, values.len()) {
        let Some(seven) = whole(values, &window) else { continue };
        if seven.windows(2).all(|pair| pair[1] > pair[0]) {
            trend = 1;
        }
        if seven.windows(2).all(|pair| pair[1] < pair[0]) {
            trend = -1;
        }
    }
    let same = |window: std::ops::Range<usize>| {
        let seven = whole(values, &window)?;
        let side = exact.side(seven[0]);
        (side != 0 && seven.iter().all(|value| exact.side(*value) == side)).then_some((side, seven))
    };
    let shift = windows(place, length, values.len()).find_map(same).map_or(0, |(side, _)| side);
    let two = |window| same(window).filter(|(_, three)| three.iter().filter(|value| near(**value)).count() >= 2);
    let two = windows(place, 3, values.len()).find_map(two).filter(|_| near(value)).map_or(0, |(side, _)| side);
    [outside(value), trend, two, shift]
}

pub(super) fn signs(flags: Flags) -> [i128; 4] {
    [flags.outside, flags.trend, flags.two_in_three, flags.shift].map(sign)
}

/// First place of a segment, its values, its baseline.
type Own = (usize, Vec<Option<i64>>, Vec<Option<i64>>);

/// A series cut at its rebases, each with its baseline; in plain loops.
pub(super) fn segments(values: &[Option<i64>], options: &Options) -> Vec<Own> {
    let mut segments: Vec<Own> = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index == 0 || options.rebase.contains(&index) {
            segments.push((index, Vec::new(), Vec::new()));
        }
        let (_, own, base) = segments.last_mut().expect("the first place starts a segment");
        own.push(*value);
        if options.fix_after_n.is_none_or(|n| base.iter().flatten().count() < n) {
            base.push(*value);
        }
    }
    segments
}

#[test]
fn flags_and_limits_of_two_thousand_series_are_those_of_whole_numbers_and_every_window() {
    let (mut flagged, mut labels) = (0, std::collections::BTreeMap::<Label, u32>::new());
    for seed in 0..2000 {
        let mut series = Series::of(seed);
        let length = 1 + series.below(60) as usize;
        let (values, options) = (series.whole(length), series.options(length));
        let chart = xmr(&floats(&values), &options);
        assert_eq!(chart.points.len(), length);
        for (start, own, base) in segments(&values, &options) {
            let exact = Exact::of(&base, options.screening);
            for place in 0..own.len() {
                let point = chart.points[start + place];
                let expected = flags(&own, &exact, place, options.rule_points.count());
                assert_eq!(
                    signs(point.flags),
                    expected,
                    "seed {seed}, place {}: {values:?} {options:?}",
                    start + place
                );
                flagged += u32::from(point.label().is_some());
                *labels.entry(point.label().map_or(Label::Run, |(label, _)| label)).or_default() += 1;
                let mean = (exact.n > 0).then(|| exact.sum as f64 / exact.n as f64);
                let range = (exact.m > 0).then(|| exact.ranges as f64 / exact.m as f64);
                assert!(close(point.centre, mean), "seed {seed}");
                let at = |factor: f64| mean.zip(range).map(|(mean, range)| mean + factor * range);
                assert!(close(point.upper, at(2.66)) && close(point.lower, at(-2.66)), "seed {seed}");
                let near = 2.66 * 2.0 / 3.0;
                assert!(close(point.near_upper, at(near)) && close(point.near_lower, at(-near)), "seed {seed}");
            }
        }
    }
    assert!(flagged > 2000 && labels.len() == 5, "the series have all kinds of signals: {labels:?}");
}

#[test]
fn flags_stay_when_all_values_are_moved_or_scaled() {
    for seed in 0..600 {
        let mut series = Series::of(seed + 10_000);
        let length = 2 + series.below(50) as usize;
        let (values, options) = (series.whole(length), series.options(length));
        let flags_of = |values: &[Option<f64>]| -> Vec<Flags> {
            xmr(values, &options).points.iter().map(|point| point.flags).collect()
        };
        let plain = flags_of(&floats(&values));
        let made = |change: &dyn Fn(f64) -> f64| -> Vec<Option<f64>> {
            floats(&values).into_iter().map(|value| value.map(change)).collect()
        };
        let tenths = made(&|value| value * 0.1);
        for (what, changed) in [
            ("a third", made(&|value| value / 3.0)),
            ("tenths", tenths.clone()),
            ("tenths moved", tenths.iter().map(|value| value.map(|value| value + 0.7)).collect()),
            ("far away", made(&|value| value + 12_345.6)),
            ("below zero", made(&|value| value * 1e-6 - 0.3)),
            ("huge", made(&|value| value * 1e12)),
        ] {
            assert_eq!(flags_of(&changed), plain, "seed {seed}, {what}: {values:?}");
        }
        let mirrored: Vec<Flags> = flags_of(&made(&|value| -value));
        let turned: Vec<[i128; 4]> = mirrored.iter().map(|flags| signs(*flags).map(|sign| -sign)).collect();
        assert_eq!(turned, plain.iter().map(|flags| signs(*flags)).collect::<Vec<_>>(), "seed {seed}");
    }
}
