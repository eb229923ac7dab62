//! Do the rows of a source cover the period that the report is about? An export that stops in May makes a fall of what was
//! a rise, and no later step can see it.
//!
//! In: the days of a source's kept rows. Out: what is not covered, in words. Judged on the job's own days, never on the
//! clock. Never: a source too small to be judged, or one of which the job says that it covers only a part.
//!
//! Source: under a constant chance p a day of at least one row, a gap of g days has the chance (1 − p)^g (geometric
//! distribution). Days are counted, not rows: a log that is written once a month has few of them. The chance is taken
//! from the days outside the gap, and a gap that the year before had too is the source's habit.

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::domain::period::date_of;
use crate::job::plan::Plan;
use crate::vocabulary::plan::SourcePlan;

/// A source with fewer days than these tells nothing by its gaps.
const FEWEST_DAYS: usize = 20;
/// Holidays, a system's change-over: a shorter gap is nobody's concern.
const SHORTEST_GAP: i32 = 28;
/// A gap rarer than this is no chance.
const RAREST: f64 = 1e-4;
/// A log that stops short or begins late is told from here on, though it may be chance.
const DOUBTFUL: f64 = 0.05;

/// A stretch of days, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    first: i32,
    last: i32,
}

impl Span {
    fn days(self) -> i32 {
        self.last - self.first + 1
    }

    /// The same days of another year, as near as leap days let them be.
    fn moved(self, days: i32) -> Span {
        Span { first: self.first + days, last: self.last + days }
    }

    fn shown(self) -> (Date, Date) {
        (date_of(self.first), date_of(self.last))
    }
}

/// What the rows of a source say of the period: days with at least one row, each once, in order.
struct Rows<'a> {
    days: &'a [i32],
}

impl Rows<'_> {
    fn within(&self, span: Span) -> &[i32] {
        let from = self.days.partition_point(|day| *day < span.first);
        let to = self.days.partition_point(|day| *day <= span.last);
        &self.days[from..to.max(from)]
    }

    /// The longest stretch of a span without a row; the whole of one that has none.
    fn longest_gap(&self, span: Span) -> Span {
        let inside = self.within(span);
        let edges = std::iter::once(span.first - 1).chain(inside.iter().copied());
        let next = inside.iter().copied().chain([span.last + 1]);
        let gaps = edges.zip(next).map(|(before, after)| Span { first: before + 1, last: after - 1 });
        // Of equally long ones the last: it is the end that is most often missing.
        gaps.max_by_key(|gap| gap.days()).unwrap_or(span)
    }

    /// What a gap of a span is, by its chance; a habit of the year before is nothing.
    fn severity(&self, gap: Span, span: Span, before: Span) -> Option<Severity> {
        let (here, then) = (self.within(span).len(), self.within(before).len());
        // A span with few rows or none is judged by the year before.
        let by_year_before = here < FEWEST_DAYS && then > here;
        let (known, days) = if by_year_before { (then, before.days()) } else { (here, span.days() - gap.days()) };
        if known < FEWEST_DAYS || gap.days() < SHORTEST_GAP {
            return None;
        }
        let share = known as f64 / f64::from(days.max(1));
        let chance = (1.0 - share.min(1.0)).powi(gap.days());
        let is_habit = here > 0 && then > 0 && self.within(gap.moved(before.first - span.first)).is_empty();
        let is_at_an_end = gap.first == span.first || gap.last == span.last;
        match () {
            () if is_habit => None,
            () if chance < RAREST => Some(Severity::Error),
            () if chance < DOUBTFUL && is_at_an_end => Some(Severity::Warning),
            () => None,
        }
    }
}

/// A source whose days are held against the job's.
pub(super) struct Coverage<'a> {
    pub(super) plan: &'a Plan,
    pub(super) source: &'a SourcePlan,
    /// Of all kept rows, each once, in order.
    pub(super) days: &'a [i32],
    /// Where to look.
    pub(super) files: &'a str,
}

impl Coverage<'_> {
    /// What the rows leave uncovered; handed over, not raised: a job may finish without the source. `outside`: rows that
    /// were dropped because they lie outside the job's periods.
    pub(super) fn uncovered(&self, outside: u64) -> Option<Diagnostic> {
        let job = &self.plan.job;
        let ((first, end), (earlier, before_end)) = (job.period.days_of(job.year), job.period.days_of(job.year - 1));
        let (period, before) = (Span { first, last: end }, Span { first: earlier, last: before_end });
        if period.days() < SHORTEST_GAP {
            return None;
        }
        if self.days.is_empty() {
            let (name, (from, to)) = (&self.source.name, period.shown());
            let all_outside = outside as usize >= FEWEST_DAYS;
            return all_outside.then(|| self.error(say!("run-all-rows-outside", name, outside, from, to)));
        }
        let rows = Rows { days: self.days };
        let gap = rows.longest_gap(period);
        let severity = rows.severity(gap, period, before)?;
        Some(Diagnostic { severity, ..self.error(self.told(gap, period)) })
    }

    /// Which part of the period has no row.
    fn told(&self, gap: Span, period: Span) -> String {
        let (name, length, (from, to)) = (&self.source.name, gap.days(), period.shown());
        if gap == period
            && let [oldest, .., newest] = self.days
        {
            say!("run-period-has-no-row", name, from, to, first = date_of(*oldest), last = date_of(*newest))
        } else if gap.last == period.last {
            say!("run-rows-end-early", name, last = date_of(gap.first - 1), to, length)
        } else if gap.first == period.first {
            say!("run-rows-begin-late", name, first = date_of(gap.last + 1), from, length)
        } else {
            let (first, last) = gap.shown();
            say!("run-rows-have-a-hole", name, first, last, length)
        }
    }

    fn error(&self, message: String) -> Diagnostic {
        let key = format!("[source.{}]", self.source.name);
        let at = Location::File { file: self.files.to_string() };
        Diagnostic::error(Code::PeriodNotCovered, message, at).help(say!("run-export-whole-period", key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const YEAR: Span = Span { first: 1000, last: 1364 };
    const BEFORE: Span = Span { first: 635, last: 999 };

    /// A row every third day.
    fn rows(span: Span) -> impl Iterator<Item = i32> {
        (span.first..=span.last).step_by(3)
    }

    fn hole(days: impl Iterator<Item = i32>) -> Option<Span> {
        let days: Vec<i32> = days.collect::<BTreeSet<i32>>().into_iter().collect();
        let rows = Rows { days: &days };
        let gap = rows.longest_gap(YEAR);
        (rows.severity(gap, YEAR, BEFORE) == Some(Severity::Error)).then_some(gap)
    }

    #[test]
    fn a_log_that_is_cut_at_any_month_is_told() {
        for month in 1..11 {
            let end = YEAR.first + 31 * month;
            let found = hole(rows(YEAR).filter(|day| *day <= end)).map(|gap| gap.last);
            // Twenty days are needed before a log can be judged.
            assert_eq!(found, (month > 1).then_some(YEAR.last), "cut after {month} months");
            let begun = hole(rows(YEAR).filter(|day| *day > end)).map(|gap| gap.first);
            assert_eq!(begun, (month < 10).then_some(YEAR.first), "begun after {month} months");
        }
    }

    #[test]
    fn any_log_that_is_cut_at_any_month_is_told_if_the_year_before_is_there() {
        for step in [1, 2, 3, 5, 8] {
            let [all, before] = [YEAR, BEFORE].map(|span| (span.first..=span.last).step_by(step));
            for month in 1..12 {
                let end = YEAR.first + 365 * month / 12;
                let here: Vec<i32> = all.clone().collect();
                let halves: [Vec<i32>; 2] = here.into_iter().partition(|day| *day <= end).into();
                for half in halves {
                    let days: Vec<i32> = before.clone().chain(half).collect();
                    let rows = Rows { days: &days };
                    let gap = rows.longest_gap(YEAR);
                    let told = rows.severity(gap, YEAR, BEFORE);
                    assert!(told.is_some(), "a row every {step} days, cut after {month} months");
                }
            }
        }
    }

    #[test]
    fn a_hole_is_told_unless_the_year_before_had_it_too() {
        let summer = |day: &i32| !(180..240).contains(&(day - YEAR.first));
        assert_eq!(hole(rows(YEAR).filter(summer)).map(Span::days), Some(62));
        let last_summer = |day: &i32| !(180..240).contains(&(day - BEFORE.first));
        let both = rows(YEAR).filter(summer).chain(rows(BEFORE).filter(last_summer));
        assert_eq!(hole(both), None);
        assert!(hole(rows(YEAR).filter(summer).chain(rows(BEFORE))).is_some());
    }

    #[test]
    fn chance_and_small_logs_are_left_alone() {
        assert_eq!(hole(rows(YEAR)), None);
        assert_eq!(hole((YEAR.first..=YEAR.last).step_by(30)), None, "written once a month");
        assert_eq!(hole([1000, 1001, 1002].into_iter()), None, "three rows");
        assert_eq!(hole(std::iter::empty()), None);
        assert_eq!(hole(rows(BEFORE)), Some(YEAR), "a year without rows after one with many");
    }
}
