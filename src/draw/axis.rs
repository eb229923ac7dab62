//! Scales from values to pixels, and ticks that people would choose.
//!
//! In: the values of a chart. Out: an axis with its ticks and their texts. Draws nothing (`gridlines` does).

use super::text::LABEL;
use crate::domain::swedish;

/// A straight scale from values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    pub low_px: f64,
    pub high_px: f64,
}

impl Scale {
    /// Pixel of a value; values beyond the ends are held at the ends.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        let share = if span > 0.0 { ((value - self.low) / span).clamp(0.0, 1.0) } else { 0.0 };
        self.low_px + share * (self.high_px - self.low_px)
    }

    pub(super) fn zero(&self) -> f64 {
        self.at(0.0)
    }
}

/// What an axis counts: decides where it may end and how fine its ticks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    Whole,
    Percent,
    Number,
}

/// An axis from tick to tick.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
    measured: Measured,
    /// Decimals that the ticks need.
    decimals: u8,
}

impl Axis {
    /// An axis that holds zero and these values, or the job's own ends.
    ///
    /// Per cent gets the whole of 0–100 once the data reaches past 40: below that the detail would be lost.
    pub(super) fn of(values: impl Iterator<Item = f64>, fixed: Option<[f64; 2]>, measured: Measured) -> Axis {
        let (low, high) = ends(values, fixed);
        let whole_percent = measured == Measured::Percent && low >= 0.0 && (40.0..=100.0).contains(&high);
        if fixed.is_none() && whole_percent {
            return Axis::ticked([0.0, 100.0], 25.0, measured);
        }
        let step = step(low, high, measured);
        if fixed.is_some() {
            return Axis::ticked([low, high], step, measured);
        }
        Axis::ticked(whole_steps(low, high, step), step, measured)
    }

    /// An axis that holds these values and need not hold zero: for marks whose place is read, not their length.
    pub(super) fn around(values: impl Iterator<Item = f64>, fixed: Option<[f64; 2]>, measured: Measured) -> Axis {
        let finite: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
        let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if fixed.is_some_and(|[low, high]| low < high) || low >= high {
            return Axis::of(finite.into_iter(), fixed, measured);
        }
        let step = step(low, high, measured);
        Axis::ticked(whole_steps(low, high, step), step, measured)
    }

    fn ticked([low, high]: [f64; 2], step: f64, measured: Measured) -> Axis {
        let first = (low / step - 1e-9).ceil();
        let tick = |index: i32| (first + f64::from(index)) * step;
        let ticks = (0..=20).map(tick).take_while(|tick| *tick <= high + step * 1e-9).collect();
        let fits = |decimals: &u8| {
            let scaled = step * 10_f64.powi(i32::from(*decimals));
            (scaled - scaled.round()).abs() < 1e-6
        };
        Axis { low, high, ticks, measured, decimals: (0..6).find(fits).unwrap_or(6) }
    }

    pub(super) fn scale(&self, low_px: f64, high_px: f64) -> Scale {
        Scale { low: self.low, high: self.high, low_px, high_px }
    }

    /// A tick with its unit: `50 %`.
    pub(super) fn text(&self, tick: f64) -> String {
        // Not "-0".
        let tick = if tick == 0.0 { 0.0 } else { tick };
        match self.measured {
            Measured::Percent => swedish::percent(tick, self.decimals),
            Measured::Whole | Measured::Number => swedish::decimal(tick, self.decimals),
        }
    }

    /// Width of the widest tick's text.
    pub(super) fn text_width(&self) -> f64 {
        self.ticks.iter().map(|tick| LABEL.width(&self.text(*tick))).fold(0.0, f64::max)
    }
}

/// The ends moved out to whole steps.
fn whole_steps(low: f64, high: f64, step: f64) -> [f64; 2] {
    [(low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step]
}

/// Ends that hold zero and all values; the job's own ends if they are in order.
pub(super) fn ends(values: impl Iterator<Item = f64>, fixed: Option<[f64; 2]>) -> (f64, f64) {
    if let Some([low, high]) = fixed
        && low < high
    {
        return (low, high);
    }
    let finite = values.filter(|value| value.is_finite());
    let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// 1, 2, 2,5 or 5 times a power of ten, four or five to the axis; whole numbers are not divided.
fn step(low: f64, high: f64, measured: Measured) -> f64 {
    let rough = (high - low) / 4.0;
    if !(rough.is_finite() && rough > 0.0) {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power);
    let whole = |step: &f64| measured != Measured::Whole || step.fract() == 0.0;
    steps.into_iter().find(|step| *step >= rough * 0.999 && whole(step)).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(values: &[f64], measured: Measured) -> Axis {
        Axis::of(values.iter().copied(), None, measured)
    }

    #[test]
    fn counts_start_at_zero_and_end_on_a_tick() {
        assert_eq!(axis(&[104.0, 37.0], Measured::Whole).ticks, [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(axis(&[1.0, 3.0], Measured::Whole).ticks, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(axis(&[0.0], Measured::Whole).ticks, [0.0, 1.0]);
        assert_eq!(axis(&[100_000.0, 1.0], Measured::Whole).high, 100_000.0);
    }

    #[test]
    fn per_cent_spans_the_whole_only_if_the_data_does() {
        assert_eq!(axis(&[46.0, 98.0], Measured::Percent).ticks, [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(axis(&[6.0, 14.0], Measured::Percent).high, 15.0);
        assert_eq!(axis(&[130.0], Measured::Percent).high, 150.0);
    }

    #[test]
    fn negative_values_keep_zero_inside_and_small_ones_get_decimals() {
        let differences = axis(&[-42.0, 27.0], Measured::Whole);
        assert_eq!((differences.low, differences.high), (-60.0, 40.0));
        assert_eq!(axis(&[0.31], Measured::Number).decimals, 1);
        assert!(axis(&[f64::NAN, f64::INFINITY], Measured::Number).high == 1.0);
    }

    #[test]
    fn an_axis_around_values_need_not_hold_zero() {
        let around = |values: &[f64]| Axis::around(values.iter().copied(), None, Measured::Percent);
        assert_eq!(around(&[61.0, 92.0]).ticks, [60.0, 70.0, 80.0, 90.0, 100.0]);
        assert_eq!((around(&[70.0]).low, around(&[]).high), (0.0, 1.0));
    }

    #[test]
    fn the_jobs_own_ends_hold_and_values_beyond_are_held_at_them() {
        let own = Axis::of([70.0].into_iter(), Some([50.0, 60.0]), Measured::Percent);
        assert_eq!((own.low, own.high), (50.0, 60.0));
        assert_eq!(own.scale(0.0, 100.0).at(70.0), 100.0);
        assert_eq!(Axis::of([70.0].into_iter(), Some([9.0, 1.0]), Measured::Number).low, 0.0);
    }
}
