//! Periods: calendar year, kvalitetsår (any twelve months), quarters and months of them.
//!
//! Dates are days since 1970-01-01 (`i32`, as Arrow's Date32); names of months and dates for readers are in `swedish`.

use jiff::civil::Date;

/// How the job divides time into years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PeriodRule {
    /// 1 for a calendar year, 9 for a kvalitetsår that begins on 1 September.
    pub first_month: u8,
    /// True when the period is named after the year in which it ends (kvalitetsår 2023 = 2022-09-01…2023-08-31).
    pub named_after_end: bool,
}

impl PeriodRule {
    /// January to December.
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

/// A year, quarter or month of the job's periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimePart {
    /// The period's year name for years and quarters, the calendar year for months.
    pub year: i32,
    /// What it is a part by.
    pub step: TimePartStep,
    /// First and last day.
    pub days: (i32, i32),
}

/// The parts that time is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePartStep {
    /// A period of the job: a year, named by the job's rule.
    Year,
    /// 1–4 of the period.
    Quarter(u8),
    /// 1–12 of the calendar.
    Month(u8),
}

impl TimePart {
    /// "2023", "2023 Q3", "2023-08": for messages.
    pub fn name(&self) -> String {
        match self.step {
            TimePartStep::Year => self.year.to_string(),
            TimePartStep::Quarter(quarter) => format!("{} Q{quarter}", self.year),
            TimePartStep::Month(month) => format!("{}-{month:02}", self.year),
        }
    }

    /// True for a text that means this part: "2023", "2023 Kvartal 3", "kv 3 2023", "2023K3", "2023-08".
    pub fn is_named_by(&self, text: &str) -> bool {
        let words = words_of(text);
        let year = words.iter().any(|word| *word == self.year.to_string());
        year && match self.step {
            TimePartStep::Year => true,
            TimePartStep::Quarter(quarter) => quarter_in(&words) == Some(quarter),
            TimePartStep::Month(month) => {
                words.iter().any(|word| word.len() <= 2 && word.parse() == Ok(month)) && quarter_in(&words).is_none()
            }
        }
    }
}

/// Runs of letters and runs of digits, lower case: "2023K3" → 2023, k, 3.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in text.to_lowercase().chars() {
        let same = (letter.is_alphabetic() && last.is_alphabetic()) || (letter.is_numeric() && last.is_numeric());
        match words.last_mut().filter(|_| same) {
            Some(word) => word.push(letter),
            None if letter.is_alphanumeric() => words.push(letter.to_string()),
            None => {}
        }
        last = letter;
    }
    words
}

/// True for a word that exports write for quarter, lower case.
pub(crate) fn is_quarter_word(word: &str) -> bool {
    matches!(word, "k" | "q" | "kv" | "kvart" | "kvartal")
}

/// The number that follows a word for quarter.
fn quarter_in(words: &[String]) -> Option<u8> {
    let at = words.iter().position(|word| is_quarter_word(word))?;
    words.get(at + 1).and_then(|number| number.parse().ok()).filter(|quarter| (1..=4).contains(quarter))
}

impl PeriodRule {
    /// The last period that had ended on a day (its last day counts).
    pub fn last_whole_year(self, day: i32) -> TimePart {
        let year = self.year_of(day + 1) - 1;
        TimePart { year, step: TimePartStep::Year, days: self.days_of(year) }
    }

    /// The last quarter of the periods that had ended on a day.
    pub fn last_whole_quarter(self, day: i32) -> TimePart {
        let mut last = day;
        while self.quarter_of(last) == self.quarter_of(last + 1) {
            last -= 1;
        }
        let mut first = last;
        while self.quarter_of(first - 1) == self.quarter_of(last) {
            first -= 1;
        }
        let step = TimePartStep::Quarter(self.quarter_of(last));
        TimePart { year: self.year_of(last), step, days: (first, last) }
    }

    /// The last calendar month that had ended on a day.
    pub fn last_whole_month(self, day: i32) -> TimePart {
        let last = day_of(date_of(day + 1).first_of_month()) - 1;
        let date = date_of(last);
        let first = day_of(date.first_of_month());
        TimePart { year: i32::from(date.year()), step: TimePartStep::Month(date.month() as u8), days: (first, last) }
    }
}

/// Days since 1970-01-01.
pub(crate) fn day_of(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}

/// The civil date of a day since 1970-01-01; days beyond jiff's range are clamped to its first or last date.
pub(crate) fn date_of(day: i32) -> Date {
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
    fn the_last_whole_part_ends_on_or_before_the_day() {
        let rule = PeriodRule { first_month: 9, named_after_end: true };
        let day = |text: &str| day_of(text.parse().expect("a date"));
        let days = |first: &str, last: &str| (day(first), day(last));
        let on = day("2023-08-31");
        assert_eq!(rule.last_whole_year(on).days, days("2022-09-01", "2023-08-31"));
        assert_eq!(rule.last_whole_year(on - 1).year, 2022);
        assert_eq!(rule.last_whole_quarter(on).days, days("2023-06-01", "2023-08-31"));
        assert_eq!(rule.last_whole_quarter(on - 1).days, days("2023-03-01", "2023-05-31"));
        assert_eq!((rule.last_whole_quarter(on).year, rule.last_whole_quarter(on).name()), (2023, "2023 Q4".into()));
        assert_eq!(rule.last_whole_month(on - 1).days, days("2023-07-01", "2023-07-31"));
        assert_eq!(PeriodRule::CALENDAR.last_whole_month(day("2024-02-29")).days, days("2024-02-01", "2024-02-29"));
        assert_eq!(PeriodRule::CALENDAR.last_whole_quarter(day("2024-01-01")).days, days("2023-10-01", "2023-12-31"));
    }

    #[test]
    fn quarters_and_months_are_known_by_the_names_that_exports_use() {
        let day = |text: &str| day_of(text.parse().expect("a date"));
        let quarter = PeriodRule::CALENDAR.last_whole_quarter(day("2023-10-05"));
        for text in ["2023 Kvartal 3", "2023K3", "kv 3 2023", "2023-Q3", "Kvartal 3, 2023"] {
            assert!(quarter.is_named_by(text), "{text}");
        }
        for text in ["2023 Kvartal 4", "2022 Kvartal 3", "2023", "2023-03", "Kvartal 3"] {
            assert!(!quarter.is_named_by(text), "{text}");
        }
        let month = PeriodRule::CALENDAR.last_whole_month(day("2023-04-05"));
        assert!(month.is_named_by("2023-03") && month.is_named_by("3/2023"));
        assert!(!month.is_named_by("2023 kvartal 3") && !month.is_named_by("2023-04"));
        assert!(PeriodRule::CALENDAR.last_whole_year(day("2023-12-31")).is_named_by("2023 T"));
    }

    #[test]
    fn a_calendar_year_ends_on_new_years_eve() {
        let (first, last) = PeriodRule::CALENDAR.days_of(2024);
        assert_eq!((last - first, PeriodRule::CALENDAR.year_of(last)), (365, 2024));
    }
}
