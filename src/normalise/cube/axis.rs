//! A dimension of one batch: where each kept row stands on it.
//!
//! In: a typed column. Out: places counted from 0, so that cells can be counted in an array; the last is the blank.

use crate::domain::cube::Grain;
use crate::domain::period::{PeriodRule, date_of};
use crate::store::{BLANK, NO_DAY};

use super::super::block::Lists;
use super::super::columns::Column;

/// The code of an answer: Ja, Nej, blank.
pub(super) fn yes_no_code(answer: Option<bool>) -> u32 {
    answer.map_or(BLANK, |yes| u32::from(!yes))
}

/// A dimension of a batch: each kept row's place on it, counted from 0; the last place is the blank.
pub(super) enum Axis {
    /// `first`: the code of place 0.
    One {
        places: Vec<u32>,
        size: u32,
        first: i32,
    },
    Many {
        places: Lists,
        size: u32,
    },
}

impl Axis {
    pub(super) fn new(column: &Column, grain: Grain, rows: &[u32], period: PeriodRule, days: &mut DayKeys) -> Self {
        match column {
            Column::Codes(codes) => Axis::of_codes(rows.iter().map(|row| codes[*row as usize])),
            Column::YesNo(answers) => Axis::of_codes(rows.iter().map(|row| yes_no_code(answers[*row as usize]))),
            Column::Lists(lists) => Axis::of_lists(lists, rows),
            Column::Days(column) => {
                let number = |row: &u32| match column[*row as usize] {
                    NO_DAY => NO_DAY,
                    day => days.number(day, grain, period),
                };
                Axis::of_numbers(rows.iter().map(number).collect())
            }
            Column::Numbers(_) | Column::Texts(_) => Axis::of_codes(rows.iter().map(|_| BLANK)),
        }
    }

    fn of_codes(codes: impl Iterator<Item = u32>) -> Self {
        let mut places: Vec<u32> = codes.collect();
        let blank = places.iter().filter(|code| **code != BLANK).max().map_or(0, |most| most + 1);
        places.iter_mut().for_each(|place| *place = (*place).min(blank));
        Axis::One { places, size: blank + 1, first: 0 }
    }

    fn of_numbers(numbers: Vec<i32>) -> Self {
        let known = || numbers.iter().copied().filter(|number| *number != NO_DAY);
        let (first, last) = (known().min().unwrap_or(0), known().max().unwrap_or(-1));
        let blank = (last - first + 1).max(0) as u32;
        let place = |number: &i32| if *number == NO_DAY { blank } else { (number - first) as u32 };
        Axis::One { places: numbers.iter().map(place).collect(), size: blank + 1, first }
    }

    fn of_lists(lists: &Lists, rows: &[u32]) -> Self {
        let blank = lists.all_codes().iter().max().map_or(0, |most| most + 1);
        let mut places = Lists::default();
        for row in rows {
            match lists.row(*row as usize) {
                [] => places.push(blank),
                list => list.iter().for_each(|code| places.push(*code)),
            }
            places.end_row();
        }
        Axis::Many { places, size: blank + 1 }
    }

    /// Places, the blank included.
    pub(super) fn size(&self) -> u32 {
        match self {
            Axis::One { size, .. } | Axis::Many { size, .. } => *size,
        }
    }

    /// The code that a place stands for on every batch's axis.
    pub(super) fn code(&self, place: u32) -> u32 {
        match self {
            _ if place + 1 == self.size() => BLANK,
            Axis::One { first, .. } => first.wrapping_add(place as i32) as u32,
            Axis::Many { .. } => place,
        }
    }
}

/// Year, quarter and month of each day, worked out once a thread.
#[derive(Default)]
pub(crate) struct DayKeys {
    known: Vec<Option<DayKey>>,
}

#[derive(Clone, Copy)]
struct DayKey {
    period: i16,
    calendar_year: i16,
    quarter: u8,
    month: u8,
}

impl DayKeys {
    /// Days that have a place in the table: 1950–2100.
    const FIRST: i32 = -7_305;
    const LAST: i32 = 47_846;

    fn number(&mut self, day: i32, grain: Grain, period: PeriodRule) -> i32 {
        let key = self.key(day, period);
        match grain {
            Grain::Period => i32::from(key.period),
            Grain::CalendarYear => i32::from(key.calendar_year),
            Grain::Quarter => i32::from(key.quarter),
            Grain::Month => i32::from(key.month),
            Grain::Value => day,
        }
    }

    fn key(&mut self, day: i32, period: PeriodRule) -> DayKey {
        if !(Self::FIRST..=Self::LAST).contains(&day) {
            return DayKey::of(day, period);
        }
        let at = (day - Self::FIRST) as usize;
        if self.known.len() <= at {
            self.known.resize(at + 1, None);
        }
        *self.known[at].get_or_insert_with(|| DayKey::of(day, period))
    }
}

impl DayKey {
    fn of(day: i32, period: PeriodRule) -> Self {
        let date = date_of(day);
        DayKey {
            period: period.year_of(day) as i16,
            calendar_year: date.year(),
            quarter: period.quarter_of(day),
            month: date.month() as u8,
        }
    }
}
