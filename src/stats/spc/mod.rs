//! Control charts: series in, centre, limits, flags and what they mean out.
//!
//! In: values in the order of time, `None` where one is missing, or counts with their denominators. Out: a [`Chart`] with
//! one [`Point`] a place of the series and one [`Segment`] a rebase. Never: words, dates, tables, rounding.
//!
//! | chart | function | centre and limits |
//! |---|---|---|
//! | XmR | [`xmr()`] | mean ± 2,66 · mean moving range |
//! | run chart | [`run_chart()`] | median, no limits, Anhøj's two rules |
//! | c, u, p, u′, p′ | [`c()`], [`u()`], [`p()`], [`u_prime()`], [`p_prime()`] | mean ± 3 standard deviations of the distribution |
//! | g | [`g()`] | median, upper limit m + 3√(m(m+1)) of the mean m |
//! | t | [`t()`] | mean ± 3/1,128 · mean moving range of y^(1/3,6), transformed back |
//!
//! A *point* is a value that is there: a gap is none. Comparisons that decide a flag are made by `rules`' `Ruler`, so that
//! the noise of binary fractions cannot turn a point that lies on a limit into one beyond it.
//!
//! Sources: NHS England, Making Data Count, "Strengthening your decisions" (XmR, the profile `mdc`); Anhøj & Olesen, Run
//! charts revisited, PLoS ONE 9(11), 2014; Provost & Murray, The Health Care Data Guide, 2011 (c, u, p, g, t); Laney,
//! Improved control charts for attributes, Quality Engineering 14(4), 2002 (u′, p′).

mod attribute;

mod rare;

mod rules;

mod run_chart;

mod segments;

mod xmr;

#[cfg(test)]
mod tests;

pub use attribute::{c, laney_is_proposed, p, p_prime, u, u_prime};
pub use rare::{g, t};
pub use run_chart::run_chart;
pub use xmr::{LEAST_YEARS, xmr};

pub use crate::domain::spc::{Assurance, Label, Side, Variation};
use crate::domain::table::Direction;

/// Under this many points the limits are tentative ("prövande gränser").
pub const FIRM_POINTS: usize = 13;

/// How many points in a row make a trend or a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RulePoints {
    /// Seven in a row.
    #[default]
    Seven,
    /// Six in a row.
    Six,
}

impl RulePoints {
    /// The number of points.
    pub fn count(self) -> usize {
        match self {
            RulePoints::Seven => 7,
            RulePoints::Six => 6,
        }
    }
}

/// What a chart is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Centre and limits of a segment come from its first so many points; `None`: from all.
    pub fix_after_n: Option<usize>,
    /// Places (from 0) at which a new segment starts, in any order; 0 and places beyond the series are passed over.
    pub rebase: Vec<usize>,
    /// Drops moving ranges that are not below 3,267 times their mean, once. Only [`xmr()`] and [`t()`] look at it.
    pub screening: bool,
    /// Points in a row that make a trend or a shift.
    pub rule_points: RulePoints,
    /// The values are one a year: with [`LEAST_YEARS`] of them or fewer there is no XmR chart.
    pub yearly: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            fix_after_n: None,
            rebase: Vec::new(),
            screening: true,
            rule_points: RulePoints::Seven,
            yearly: false,
        }
    }
}

/// Every pattern that a point is part of, and on which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// Beyond a limit.
    pub outside: Option<Side>,
    /// Of points that each rise, or each fall.
    pub trend: Option<Side>,
    /// Of three of which two lie in the outer third.
    pub two_in_three: Option<Side>,
    /// Of points on one side of the centre line.
    pub shift: Option<Side>,
    /// Part of an unusually long run around the median (run chart only).
    pub run: Option<Side>,
}

/// A place of the series. Without a value the limits that hold there are told all the same, where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// What was measured.
    pub value: Option<f64>,
    /// The centre line: mean or median, by the kind of chart.
    pub centre: Option<f64>,
    /// The lower limit.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: Option<f64>,
    /// At two thirds of the way from the centre to the limits (XmR and t only).
    pub near_lower: Option<f64>,
    /// Two thirds of the way down.
    pub near_upper: Option<f64>,
    /// Two thirds of the way from the centre up to the limit (XmR and t only).
    pub flags: Flags,
}

impl Point {
    /// The point's one label with its side: outside > trend > two in three > shift > run.
    pub fn label(&self) -> Option<(Label, Side)> {
        let Flags { outside, trend, two_in_three, shift, run } = self.flags;
        let found = [
            (Label::Outside, outside),
            (Label::Trend, trend),
            (Label::TwoInThree, two_in_three),
            (Label::Shift, shift),
            (Label::Run, run),
        ];
        found.into_iter().find_map(|(label, side)| Some((label, side?)))
    }
}

/// Anhøj's two rules for the points of a segment that are not on the median.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Points that are not on the median.
    pub useful: usize,
    /// Points of the longest run on one side.
    pub longest: usize,
    /// The longest run that is still usual.
    pub longest_usual: usize,
    /// How often the median is crossed.
    pub crossings: usize,
    /// The fewest crossings that are still usual.
    pub crossings_usual: usize,
}

impl Runs {
    /// One of the two rules is broken.
    pub fn is_signal(&self) -> bool {
        self.longest > self.longest_usual || self.crossings < self.crossings_usual
    }
}

/// What lies between two rebases.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Segment {
    /// First place, and the place after the last.
    pub start: usize,
    /// First place.
    pub end: usize,
    /// Values that are there.
    pub points: usize,
    /// How many of them the centre and the limits come from.
    pub baseline: usize,
    /// The centre line of these points.
    pub centre: Option<f64>,
    /// The mean moving range that the limits come from (XmR; of the transformed values for t).
    pub moving_range: Option<f64>,
    /// Laney's σ_z (u′, p′), and what it would be (u, p).
    pub sigma_z: Option<f64>,
    /// Under [`FIRM_POINTS`] points, limits or not.
    pub tentative: bool,
    /// Some limits of a p chart are exact binomial ones: too few are expected for the normal ones.
    pub exact: bool,
    /// Run chart with at least ten useful points.
    pub runs: Option<Runs>,
}

/// A control chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// One a place of the series.
    pub points: Vec<Point>,
    /// What lies between the rebases, in the order of time.
    pub segments: Vec<Segment>,
}

/// What a signal to one side means when this direction is good.
pub fn meaning(side: Side, direction: Direction) -> Variation {
    match (direction, side) {
        (Direction::Neither, _) => Variation::Neutral,
        (Direction::Higher, Side::Up) | (Direction::Lower, Side::Down) => Variation::Improvement,
        (Direction::Higher, Side::Down) | (Direction::Lower, Side::Up) => Variation::Concern,
    }
}

impl Chart {
    /// The last point that has a value.
    pub fn last(&self) -> Option<&Point> {
        self.points.iter().rev().find(|point| point.value.is_some())
    }

    /// The segment that the last point stands in.
    pub fn last_segment(&self) -> Option<&Segment> {
        self.segments.last()
    }

    /// The last point's variation; `None` where nothing can be judged: no value, no limits, no verdict on runs.
    ///
    /// A run chart whose median is crossed too seldom signals without naming points: then the signal has no side.
    pub fn variation(&self, direction: Direction) -> Option<Variation> {
        let last = self.last()?;
        if let Some((_, side)) = last.label() {
            return Some(meaning(side, direction));
        }
        match self.last_segment()?.runs {
            Some(runs) if runs.is_signal() => Some(Variation::Neutral),
            Some(_) => Some(Variation::Common),
            None => last.upper.map(|_| Variation::Common),
        }
    }

    /// The goal against the limits that hold at the last point; `None` without limits or when neither way is good.
    pub fn assurance(&self, goal: Option<f64>, direction: Direction) -> Option<Assurance> {
        let (goal, last) = (goal?, self.last()?);
        let (lower, upper) = (last.lower?, last.upper?);
        let ruler = rules::Ruler::of([goal, lower, upper]);
        match direction {
            Direction::Neither => None,
            Direction::Higher if ruler.above(goal, upper) => Some(Assurance::Fails),
            Direction::Higher if ruler.above(lower, goal) => Some(Assurance::Passes),
            Direction::Lower if ruler.above(goal, upper) => Some(Assurance::Passes),
            Direction::Lower if ruler.above(lower, goal) => Some(Assurance::Fails),
            Direction::Higher | Direction::Lower => Some(Assurance::HitAndMiss),
        }
    }

    /// Points with a label.
    pub fn signals(&self) -> usize {
        self.points.iter().filter(|point| point.label().is_some()).count()
    }

    /// True when the limits that hold at the end rest on a segment of too few points.
    pub fn is_tentative(&self) -> bool {
        self.last_segment().is_some_and(|segment| segment.tentative)
    }
}
