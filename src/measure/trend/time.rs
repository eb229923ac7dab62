//! The rows of a trend: which months, quarters or years, in which order, from which day, called what.

use jiff::civil::Date;

use crate::domain::cube::{Cube, Grain, Key};
use crate::domain::period::{PeriodRule, date_of, day_of};
use crate::domain::swedish::month_name;
use crate::measure::head;
use crate::measure::trend::plan::TrendPlan;
use crate::vocabulary::plan::JobPlan;
use crate::vocabulary::spec::TimeStep;

/// A row's place in time. Without a year it is the same month or quarter of every period that stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub year: Option<i32>,
    /// Month or quarter.
    pub step: Option<i32>,
}

impl Moment {
    /// The cube's key; `beside` is the year of a row that has none.
    pub(crate) fn path(self, beside: i32) -> Vec<Key> {
        std::iter::once(self.year.unwrap_or(beside)).chain(self.step).map(Key::Number).collect()
    }
}

/// How a trend divides time.
pub(crate) struct Timeline<'a> {
    job: &'a JobPlan,
    by: TimeStep,
    running: bool,
    earlier: Option<u32>,
}

impl<'a> Timeline<'a> {
    pub(crate) fn new(job: &'a JobPlan, spec: &TrendPlan) -> Timeline<'a> {
        let has_steps = matches!(spec.by, TimeStep::Month | TimeStep::Quarter);
        Timeline { job, by: spec.by, running: spec.running && has_steps, earlier: spec.earlier }
    }

    /// Rows are years.
    pub(crate) fn is_yearly(&self) -> bool {
        self.step().is_none()
    }

    /// Rows are months or quarters of one period, with earlier periods beside.
    pub(crate) fn is_within_period(&self) -> bool {
        !self.is_yearly() && !self.running
    }

    /// Running months belong to calendar years; all else, unless the job says so, to the job's periods.
    pub(crate) fn year(&self) -> Grain {
        match self.by {
            TimeStep::CalendarYear => Grain::CalendarYear,
            TimeStep::Month if self.running => Grain::CalendarYear,
            _ => Grain::Period,
        }
    }

    pub(crate) fn step(&self) -> Option<Grain> {
        match self.by {
            TimeStep::Month => Some(Grain::Month),
            TimeStep::Quarter => Some(Grain::Quarter),
            TimeStep::Year | TimeStep::CalendarYear => None,
        }
    }

    /// The printed rows, oldest first. `all`: the source's events by year and step, under no condition.
    pub(crate) fn moments(&self, all: &Cube) -> Vec<Moment> {
        if self.is_within_period() {
            return self.steps().into_iter().map(|step| Moment { year: None, step: Some(step) }).collect();
        }
        let mut seen: Vec<Moment> = all.cells.keys().filter_map(|key| moment_of(key)).collect();
        seen.retain(|moment| self.is_asked(*moment));
        if self.running { self.running(&seen) } else { seen }
    }

    fn steps(&self) -> Vec<i32> {
        match self.by {
            TimeStep::Month if self.running => (1..=12).collect(),
            TimeStep::Month => self.job.period.months().map(i32::from).collect(),
            TimeStep::Quarter => (1..=4).collect(),
            TimeStep::Year | TimeStep::CalendarYear => Vec::new(),
        }
    }

    fn is_asked(&self, moment: Moment) -> bool {
        let Some(earlier) = self.earlier else { return true };
        let first = self.job.year - earlier as i32;
        match (moment.year, moment.step) {
            (Some(year), None) => (first..=self.job.year).contains(&year),
            _ => (self.period_start(first)..self.period_start(self.job.year + 1))
                .contains(&self.first_day(moment, self.job.year)),
        }
    }

    /// Every month or quarter from the first that occurs to the last, and on to the last that the data cover.
    fn running(&self, seen: &[Moment]) -> Vec<Moment> {
        let this_period = self.period_start(self.job.year);
        let day_of = |moment: Option<&Moment>| moment.map_or(this_period, |moment| self.first_day(*moment, 0));
        let covered = self.job.as_of.min(self.period_start(self.job.year + 1) - 1);
        let (first, last) = (day_of(seen.first()), day_of(seen.last()).max(covered));
        let steps = self.steps();
        // A quarter's year may be named a year after the one in which it begins.
        let years = year_of(first) - 1..=year_of(last) + 1;
        let moments =
            years.flat_map(|year| steps.iter().map(move |step| Moment { year: Some(year), step: Some(*step) }));
        moments.filter(|moment| (first..=last).contains(&self.first_day(*moment, 0))).collect()
    }

    fn period_start(&self, year: i32) -> i32 {
        month_of_period(self.job.period, year, 0)
    }

    /// First day of a row's time; `beside` is the year of a row that has none.
    pub(crate) fn first_day(&self, moment: Moment, beside: i32) -> i32 {
        let rule = self.job.period;
        let year = moment.year.unwrap_or(beside);
        match (self.year(), moment.step) {
            (Grain::CalendarYear, month) => first_of_month(year, month.unwrap_or(1)),
            (_, Some(quarter)) if self.by == TimeStep::Quarter => month_of_period(rule, year, 3 * (quarter - 1)),
            (_, Some(month)) => month_of_period(rule, year, (month - i32::from(rule.first_month)).rem_euclid(12)),
            (_, None) => month_of_period(rule, year, 0),
        }
    }

    /// Whether a row's time begins after the day of the data.
    pub(crate) fn is_future(&self, moment: Moment, beside: i32) -> bool {
        self.first_day(moment, beside) > self.job.as_of
    }

    /// Calendar years that reach beyond the job's window, where it drops what lies outside.
    pub(crate) fn cut_years(&self, moments: &[Moment]) -> Vec<i32> {
        let (first, last) = self.job.window();
        let cut = |year: &i32| first_of_month(*year, 1) < first || first_of_month(year + 1, 1) - 1 > last;
        match self.by {
            TimeStep::CalendarYear => moments.iter().filter_map(|moment| moment.year).filter(cut).collect(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn header(&self) -> &'static str {
        match self.by {
            TimeStep::Month => word!("measure-month"),
            TimeStep::Quarter => word!("measure-quarter"),
            TimeStep::Year | TimeStep::CalendarYear => word!("measure-year"),
        }
    }

    /// "kvalitetsår 2023" for rows of one period, "2019–2024" or "kvalitetsår 2019–2024" for rows with years.
    pub(crate) fn period_text(&self, moments: &[Moment]) -> String {
        let years: Vec<i32> = moments.iter().filter_map(|moment| moment.year).collect();
        let (Some(first), Some(last)) = (years.first(), years.last()) else {
            return self.job.period.name_of(self.job.year);
        };
        let is_calendar = self.year() == Grain::CalendarYear || self.job.period.first_month == 1;
        let years = head::span(*first, *last);
        if is_calendar { years } else { printed!("measure-kvalitetsar", years) }
    }

    pub(crate) fn label(&self, moment: Moment) -> String {
        let month = |step: i32| month_name((step - 1).rem_euclid(12) as u8 + 1);
        match (moment.year, moment.step, self.by) {
            (Some(year), Some(quarter), TimeStep::Quarter) => printed!("measure-quarter-of-year", year, quarter),
            (None, Some(quarter), TimeStep::Quarter) => printed!("measure-quarter-number", quarter),
            (Some(year), Some(step), _) => format!("{year}-{step:02}"),
            (Some(year), None, _) => year.to_string(),
            (None, step, _) => step.map(month).unwrap_or_default().to_string(),
        }
    }
}

fn moment_of(key: &[Key]) -> Option<Moment> {
    match key {
        [Key::Number(year)] => Some(Moment { year: Some(*year), step: None }),
        [Key::Number(year), Key::Number(step)] => Some(Moment { year: Some(*year), step: Some(*step) }),
        _ => None,
    }
}

fn year_of(day: i32) -> i32 {
    i32::from(date_of(day).year())
}

/// The day on which a period's month begins, counted in months from the period's first.
fn month_of_period(rule: PeriodRule, year: i32, month: i32) -> i32 {
    let starts = if rule.first_month > 1 && rule.named_after_end { year - 1 } else { year };
    let months = i32::from(rule.first_month) - 1 + month;
    first_of_month(starts + months.div_euclid(12), months.rem_euclid(12) + 1)
}

/// First day of a calendar month; years beyond the calendar's end lie in the farthest past or future.
fn first_of_month(year: i32, month: i32) -> i32 {
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, 1).ok());
    date.map_or(if year < 0 { i32::MIN } else { i32::MAX }, day_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_kvalitetsar_begin_in_the_year_before() {
        let rule = PeriodRule { first_month: 9, named_after_end: true };
        let day = |month| date_of(month_of_period(rule, 2023, month)).to_string();
        assert_eq!([day(0), day(4), day(11)], ["2022-09-01", "2023-01-01", "2023-08-01"]);
    }

    #[test]
    fn a_year_beyond_the_calendar_is_the_farthest_day() {
        assert_eq!((first_of_month(-10_000, 1), first_of_month(40_000, 1)), (i32::MIN, i32::MAX));
    }
}
