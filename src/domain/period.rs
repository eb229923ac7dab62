//! Periods: calendar year, kvalitetsår (any twelve months), quarters and months of them.
//!
//! Dates are days since 1970-01-01 (`i32`, as Arrow's Date32); names of months and dates for readers are in `swedish`.

use jiff::civil::Date;

/// How the job divides time into years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRule {
    /// 1 for a calendar year, 9 for a kvalitetsår that begins on 1 September.
    pub first_month: u8,
    /// True when the period is named after the year in which it ends (kvalitetsår 2023 = 2022-09-01…2023-08-31).
    pub named_after_end: bool,
}

impl PeriodRule {
    pub const CALENDAR: PeriodRule = PeriodRule { first_month: 1, named_after_end: true };

    /// The period's year name of a day.
    pub fn year_of(self, day: i32) -> i32 {
        let date = date_of(day);
        let late = self.first_month > 1 && date.month() as u8 >= self.first_month;
        let starts = if self.first_month == 1 || late { date.year() as i32 } else { date.year() as i32 - 1 };
        starts + i32::from(self.first_month > 1 && self.named_after_end)
    }

    /// First and last day of the period with this year name.
    pub fn days_of(self, year: i32) -> (i32, i32) {
        (self.first_day(year), self.first_day(year + 1) - 1)
    }

    fn first_day(self, year: i32) -> i32 {
        let starts = if self.first_month > 1 && self.named_after_end { year - 1 } else { year };
        day_of(Date::constant(starts as i16, self.first_month as i8, 1))
    }

    /// The period's months in order, 1–12.
    pub fn months(self) -> impl Iterator<Item = u8> {
        (0..12).map(move |step| (self.first_month - 1 + step) % 12 + 1)
    }

    /// Quarter 1–4 of the period that a day falls in.
    pub fn quarter_of(self, day: i32) -> u8 {
        (date_of(day).month() as u8 + 12 - self.first_month) % 12 / 3 + 1
    }

    /// "2023" for a calendar year, "kvalitetsår 2023" otherwise.
    pub fn name_of(self, year: i32) -> String {
        if self.first_month == 1 { year.to_string() } else { format!("kvalitetsår {year}") }
    }
}

/// Days since 1970-01-01.
pub fn day_of(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}

/// The civil date of a day since 1970-01-01; days beyond jiff's range are clamped to its first or last date.
pub fn date_of(day: i32) -> Date {
    let epoch = Date::constant(1970, 1, 1);
    epoch.saturating_add(jiff::Span::new().days(day.clamp(-2_000_000, 2_000_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kvalitetsar_2023_runs_from_september_2022_to_august_2023() {
        let rule = PeriodRule { first_month: 9, named_after_end: true };
        let (first, last) = rule.days_of(2023);
        assert_eq!((date_of(first).to_string(), date_of(last).to_string()), ("2022-09-01".into(), "2023-08-31".into()));
        assert_eq!((rule.year_of(first - 1), rule.year_of(first), rule.year_of(last + 1)), (2022, 2023, 2024));
        assert_eq!((rule.quarter_of(first), rule.quarter_of(last)), (1, 4));
        assert_eq!(rule.months().next(), Some(9));
    }

    #[test]
    fn a_calendar_year_ends_on_new_years_eve() {
        let (first, last) = PeriodRule::CALENDAR.days_of(2024);
        assert_eq!((last - first, PeriodRule::CALENDAR.year_of(last)), (365, 2024));
    }
}
