//! How long it takes until something has happened, when to some it has not happened yet.
//!
//! In: for each case how long it was followed, and whether the end came. Out: the product-limit estimate of how large a
//! share has come to its end by a time, and its quantiles. Those that are still waiting count as long as they were
//! followed: leaving them out would make every wait look shorter than it is.
//! Source: Kaplan & Meier, Nonparametric Estimation from Incomplete Observations, Journal of the American Statistical
//! Association 53 (1958), 457–481; quantiles as the `survival` package of R gives them.

use std::cmp::Ordering;

use super::compare::order;

/// A case, followed for a time in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Followed {
    /// How long the case was followed.
    pub time: u32,
    /// The end came at that time; without, the case was still waiting when it was last seen.
    pub ended: bool,
}

/// The estimated share that still waits, as a curve of steps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waiting {
    steps: Vec<Step>,
    /// The longest that anyone was followed.
    longest: Option<u32>,
}

/// A time at which something ended, and the share that still waits after it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    time: u32,
    left: f64,
}

impl Waiting {
    /// In: cases in any order. An end at the time at which another case was last seen comes before that: the other one is
    /// counted among those that waited.
    pub fn of(cases: &[Followed]) -> Waiting {
        let mut sorted = cases.to_vec();
        sorted.sort_unstable();
        let (mut steps, mut waiting) = (Vec::new(), sorted.len());
        // As long as nobody is lost from sight the factors of the product cancel: a share of `of`, exact to the last bit.
        let (mut before, mut of) = (1.0, waiting);
        for together in sorted.chunk_by(|one, other| one.time == other.time) {
            let ended = together.iter().filter(|case| case.ended).count();
            waiting -= ended;
            let left = before * waiting as f64 / of as f64;
            if ended > 0 {
                steps.push(Step { time: together[0].time, left });
            }
            if ended < together.len() {
                waiting -= together.len() - ended;
                (before, of) = (left, waiting);
            }
        }
        Waiting { steps, longest: sorted.last().map(|case| case.time) }
    }

    /// The share that has ended by a time, that time included.
    ///
    /// `None` of no cases, and of a time for which nobody was followed while some still wait: nothing is known of it.
    ///
    /// ```
    /// use kvalis::stats::survival::{Followed, Waiting};
    /// let case = |time, ended| Followed { time, ended };
    /// let waiting = Waiting::of(&[case(3, true), case(5, false), case(8, true), case(9, false)]);
    /// assert_eq!(waiting.ended_by(3), Some(0.25));
    /// assert_eq!(waiting.ended_by(8), Some(1.0 - 0.75 / 2.0));
    /// assert_eq!(waiting.ended_by(10), None);
    /// ```
    pub fn ended_by(&self, time: u32) -> Option<f64> {
        let left = self.steps.iter().rev().find(|step| step.time <= time).map_or(1.0, |step| step.left);
        (time <= self.longest? || left == 0.0).then_some(1.0 - left)
    }

    /// The time by which a share (0–1) has ended: the middle between two times where exactly that share has ended after
    /// the first of them and before the second.
    ///
    /// `None` while the curve stays above what is to be left: more of those that wait would have to come to their end.
    /// If nobody waits it is definition 2 of Hyndman & Fan (1996), and at one half the ordinary median.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let reached = |step: &Step| order(step.left, 1.0 - share, 1.0) != Ordering::Greater;
        let first = self.steps.iter().position(reached)?;
        let Step { time, left } = self.steps[first];
        match self.steps.get(first + 1) {
            Some(next) if order(left, 1.0 - share, 1.0).is_eq() => Some((f64::from(time) + f64::from(next.time)) / 2.0),
            _ => Some(f64::from(time)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::quantile;

    fn cases(times: &[i32]) -> Vec<Followed> {
        times.iter().map(|time| Followed { time: time.unsigned_abs(), ended: *time >= 0 }).collect()
    }

    /// Remissions in leukaemia, in weeks: Freireich et al. (1963), as in every textbook; negative: still in remission.
    const TREATED: [i32; 21] =
        [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
    const PLACEBO: [i32; 21] = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];

    #[test]
    fn the_textbook_example_gives_the_textbook_curve() {
        let treated = Waiting::of(&cases(&TREATED));
        let printed = [(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)];
        assert_eq!(treated.steps.len(), printed.len());
        for (step, (time, left)) in treated.steps.iter().zip(printed) {
            assert!(step.time == time && (step.left - left).abs() < 5e-4, "{step:?}");
        }
        assert_eq!(
            (treated.quantile(0.5), treated.quantile(0.25), treated.quantile(0.75)),
            (Some(23.0), Some(13.0), None)
        );
        let placebo = Waiting::of(&cases(&PLACEBO));
        assert_eq!((placebo.quantile(0.5), placebo.ended_by(12)), (Some(8.0), Some(1.0 - 4.0 / 21.0)));
    }

    #[test]
    fn there_is_no_median_while_the_curve_stays_above_one_half() {
        assert_eq!(Waiting::of(&cases(&[1, 2, -3, -3, -3])).quantile(0.5), None);
        // At exactly one half and with no later step, half have ended by the last one.
        assert_eq!(Waiting::of(&cases(&[1, 2, -3, -3])).quantile(0.5), Some(2.0));
        assert_eq!(Waiting::of(&cases(&[1, 2, 7, -8])).quantile(0.5), Some(4.5));
    }

    #[test]
    fn of_nobody_and_beyond_what_was_followed_nothing_is_known() {
        let nobody = Waiting::of(&[]);
        assert_eq!((nobody.ended_by(0), nobody.quantile(0.5)), (None, None));
        let waiting = Waiting::of(&cases(&[-3, -7]));
        assert_eq!((waiting.ended_by(7), waiting.ended_by(8)), (Some(0.0), None));
        assert_eq!(Waiting::of(&cases(&[3, 7])).ended_by(400), Some(1.0));
    }

    /// The formula as it is printed: a product over the distinct times of ends, each counted out of all cases.
    fn by_the_product(cases: &[Followed], time: u32) -> f64 {
        let mut times: Vec<u32> =
            cases.iter().filter(|case| case.ended && case.time <= time).map(|case| case.time).collect();
        times.sort_unstable();
        times.dedup();
        let factor = |time: &u32| {
            let at_risk = cases.iter().filter(|case| case.time >= *time).count() as f64;
            let ended = cases.iter().filter(|case| case.ended && case.time == *time).count() as f64;
            1.0 - ended / at_risk
        };
        times.iter().map(factor).product()
    }

    proptest! {
        #[test]
        fn the_curve_is_the_product_over_distinct_times(
            times in prop::collection::vec(-30..30_i32, 1..80), time in 0..30_u32, share in 0.0..=1.0_f64,
        ) {
            let cases = cases(&times);
            let waiting = Waiting::of(&cases);
            match waiting.ended_by(time) {
                Some(ended) => prop_assert!((1.0 - ended - by_the_product(&cases, time)).abs() < 1e-12),
                None => prop_assert!(cases.iter().all(|case| case.time < time)),
            }
            // The quantile is where the curve crosses: not above what is to be left at it, above just before its step.
            let left = |time: f64| by_the_product(&cases, time as u32);
            match waiting.quantile(share) {
                Some(at) => {
                    prop_assert!(left(at.floor()) <= 1.0 - share + 1e-9);
                    let earlier = cases.iter().filter(|case| f64::from(case.time) < at).map(|case| case.time).max();
                    prop_assert!(earlier.is_none_or(|time| left(f64::from(time)) >= 1.0 - share - 1e-9));
                }
                None => prop_assert!(left(1e9) > 1.0 - share - 1e-9),
            }
        }

        #[test]
        fn without_anyone_waiting_it_is_the_ordinary_median_and_share(
            times in prop::collection::vec(0..40_i32, 1..60), time in 0..45_u32,
        ) {
            let waiting = Waiting::of(&cases(&times));
            let days: Vec<f64> = times.iter().map(|time| f64::from(*time)).collect();
            prop_assert_eq!(waiting.quantile(0.5), quantile::median(&days));
            let within = days.iter().filter(|days| **days <= f64::from(time)).count() as f64;
            prop_assert_eq!(waiting.ended_by(time), Some(1.0 - (days.len() as f64 - within) / days.len() as f64));
        }
    }
}
