//! Every chart against a second way of computing, over hundreds of series, and each rule worked by hand.

mod attribute;

mod exact;

mod naive;

mod worked;

use super::*;

/// A small deterministic generator of test series (SplitMix64).
pub(super) struct Series(u64);

impl Series {
    pub(super) fn of(seed: u64) -> Series {
        Series(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Whole numbers with runs, ties, drifts, leaps and gaps.
    pub(super) fn whole(&mut self, length: usize) -> Vec<Option<i64>> {
        let spread = 1 + self.below(12) as i64;
        let (drift, mut level) = (self.below(3) as i64 - 1, 20 + self.below(30) as i64);
        let mut series = Vec::with_capacity(length);
        for _ in 0..length {
            match self.below(20) {
                0 => level += self.below(20) as i64 - 10,
                1 => level += drift * 6,
                _ => level += drift * i64::from(self.below(3) == 0),
            }
            let value = level + self.below(2 * spread as u64 + 1) as i64 - spread;
            series.push((self.below(18) > 0).then_some(value.max(0)));
        }
        series
    }

    pub(super) fn options(&mut self, length: usize) -> Options {
        let rebase = match self.below(3) {
            0 => Vec::new(),
            1 => vec![self.below(length as u64 + 3) as usize],
            _ => vec![self.below(length as u64) as usize, self.below(length as u64) as usize],
        };
        Options {
            fix_after_n: (self.below(3) == 0).then(|| 2 + self.below(15) as usize),
            rebase,
            screening: self.below(2) == 0,
            rule_points: if self.below(2) == 0 { RulePoints::Seven } else { RulePoints::Six },
            yearly: false,
        }
    }
}

pub(super) fn floats(values: &[Option<i64>]) -> Vec<Option<f64>> {
    values.iter().map(|value| value.map(|value| value as f64)).collect()
}

pub(super) fn close(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-3),
        (None, None) => true,
        _ => false,
    }
}
