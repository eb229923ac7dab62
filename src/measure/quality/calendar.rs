//! The months of the job's periods, and which of them the data cover.
//!
//! In: dates of rows. Out: one state a month. Never: a month taken for zero that is not over or was not delivered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::period::{date_of, day_of};
use crate::domain::swedish::month_name;
use crate::measure::spc::counted::is_dense;
use crate::vocabulary::plan::JobPlan;

/// A calendar month, counted from the year 0: 12·year + month − 1.
pub(crate) type Month = i32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Whole,
    /// The month is not over on the day of the data.
    Unfinished,
    /// Nothing was delivered of it: its whole period is empty, or the source is never silent for a month.
    NotDelivered,
}

/// The months of all the job's periods, oldest first.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    pub months: Vec<(Month, State)>,
    /// First month of the period that is reported on.
    pub current: Month,
}

impl Calendar {
    /// `seen`: the months of all the source's rows.
    pub(crate) fn of(job: &JobPlan, seen: &BTreeMap<Month, u64>) -> Calendar {
        let (first, last) = job.window();
        let months: Vec<Month> = (month_of(first)..=month_of(last)).collect();
        let rows: Vec<u64> = months.iter().map(|month| seen.get(month).copied().unwrap_or(0)).collect();
        let period = |month: &Month| job.period.year_of(first_day(*month));
        let known: BTreeSet<i32> =
            months.iter().zip(&rows).filter(|(_, rows)| **rows > 0).map(|(month, _)| period(month)).collect();
        let dense = is_dense(&rows);
        let state = |(month, rows): (&Month, &u64)| match () {
            () if first_day(month + 1) > job.as_of + 1 => State::Unfinished,
            () if !known.contains(&period(month)) || (dense && *rows == 0) => State::NotDelivered,
            () => State::Whole,
        };
        let states: Vec<State> = months.iter().zip(&rows).map(state).collect();
        Calendar { months: months.into_iter().zip(states).collect(), current: month_of(job.period.days_of(job.year).0) }
    }

    /// The months that count, oldest first.
    pub(crate) fn whole(&self) -> Vec<Month> {
        self.months.iter().filter(|(_, state)| *state == State::Whole).map(|(month, _)| *month).collect()
    }
}

pub(crate) fn month_of(day: i32) -> Month {
    let date = date_of(day);
    12 * i32::from(date.year()) + i32::from(date.month()) - 1
}

/// Months of days, each distinct day computed once.
pub(crate) fn months_of(days: &[Option<i32>]) -> Vec<Option<Month>> {
    let mut known: BTreeMap<i32, Month> = BTreeMap::new();
    days.iter().map(|day| day.map(|day| *known.entry(day).or_insert_with(|| month_of(day)))).collect()
}

/// Rows of each month.
pub(crate) fn seen(months: &[Option<Month>]) -> BTreeMap<Month, u64> {
    let mut seen = BTreeMap::new();
    for month in months.iter().flatten() {
        *seen.entry(*month).or_default() += 1;
    }
    seen
}

pub(crate) fn first_day(month: Month) -> i32 {
    let date = i16::try_from(month.div_euclid(12)).ok().and_then(|year| Date::new(year, month_number(month), 1).ok());
    date.map_or(if month < 0 { i32::MIN } else { i32::MAX }, day_of)
}

fn month_number(month: Month) -> i8 {
    month.rem_euclid(12) as i8 + 1
}

/// "mars 2023"
pub(crate) fn in_words(month: Month) -> String {
    format!("{} {}", month_name(month_number(month) as u8), month.div_euclid(12))
}

/// "2023-03"
pub(crate) fn key(month: Month) -> String {
    format!("{}-{:02}", month.div_euclid(12), month_number(month))
}

/// The calendar year of a month, and its number in it.
pub(crate) fn year(month: Month) -> i32 {
    month.div_euclid(12)
}

pub(crate) fn of_year(month: Month) -> i32 {
    i32::from(month_number(month))
}

/// "mar"
pub(crate) fn short(month: Month) -> String {
    month_name(month_number(month) as u8).chars().take(3).collect()
}
