//! Dates: text in one of the column's formats, or an Excel serial number → days since 1970-01-01.
//!
//! In: trimmed text, or a number in a date column. Out: a day of the real calendar, or nothing.
//! Never: a guess between day and month; the column's formats decide, in their order.

use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;

use crate::domain::period::day_of;

/// Excel counts days from 1899-12-30 (its 1900 is a leap year, which no date after February 1900 notices).
const EXCEL_EPOCH: i32 = 25_569;
/// Formats that exports are met in; a text counts for the first that it fits.
pub(crate) const FORMATS: [&str; 15] = [
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%d/%m-%y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%y%m%d",
    "%m/%d/%Y",
];
const FIRST_PLAUSIBLE: i32 = -7_305;
const LAST_PLAUSIBLE: i32 = 47_846;

/// A date format, prepared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum DateFormat {
    /// One of the usual layouts: two digits for day and month, and nothing after the last field.
    Fixed { layout: Layout, time: Option<TimePart> },
    /// Any other strptime format, read by jiff.
    Strptime(String),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Layout {
    /// 2023-08-31
    YearMonthDay,
    /// 31/08/2023, 31.08.2023
    DayMonthYear(u8),
    /// 20230831
    Compact,
    /// 230831
    ShortCompact,
}

/// The time of day that follows the date; it is checked and dropped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TimePart {
    divider: u8,
    seconds: bool,
}

impl DateFormat {
    /// Prepares a strptime format.
    pub(crate) fn new(format: &str) -> Self {
        let (date, time) = split_time(format);
        let layout = match date {
            "%Y-%m-%d" | "%F" => Layout::YearMonthDay,
            "%d/%m/%Y" => Layout::DayMonthYear(b'/'),
            "%d.%m.%Y" => Layout::DayMonthYear(b'.'),
            "%Y%m%d" => Layout::Compact,
            "%y%m%d" => Layout::ShortCompact,
            _ => return DateFormat::Strptime(format.to_string()),
        };
        DateFormat::Fixed { layout, time }
    }

    /// The day that a trimmed text stands for, if the whole text is a date in this format.
    ///
    /// A day after 2100 is none: 2203 is a slip of 2023.
    pub(crate) fn read(&self, text: &str) -> Option<i32> {
        let day = match self {
            DateFormat::Fixed { layout, time } => read_fixed(text.as_bytes(), *layout, *time),
            DateFormat::Strptime(format) => read_strptime(text, format),
        };
        day.filter(|day| *day <= LAST_PLAUSIBLE)
    }
}

/// The one format that reads most of some texts, each with how often it occurs; `None` if two read as many, or if a
/// quarter is no date in it.
pub(super) fn format_of<'t>(texts: impl Iterator<Item = (&'t str, u64)> + Clone) -> Option<&'static str> {
    let all: u64 = texts.clone().map(|(_, times)| times).sum();
    let read = |format: &&'static str| {
        let prepared = DateFormat::new(format);
        texts.clone().filter(|(text, _)| prepared.read(text).is_some()).map(|(_, times)| times).sum()
    };
    let mut tried: Vec<(u64, &str)> = FORMATS.iter().map(|format| (read(format), *format)).collect();
    tried.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    let (best, next) = (tried[0], tried[1]);
    (best.0 > next.0 && 4 * best.0 > 3 * all).then_some(best.1)
}

/// True for a text that is a date in some format; its digits are no telephone number's.
pub(super) fn is_date(text: &str) -> bool {
    FORMATS.iter().any(|format| DateFormat::new(format).read(text).is_some())
}

/// Formats that would read the same text as another day: the day and the month change places.
pub(super) fn contradict(one: &str, other: &str) -> bool {
    let turned: String = one.replace("%d", "%\u{0}").replace("%m", "%d").replace("%\u{0}", "%m");
    turned != one && split_time(other).0 == split_time(&turned).0
}

fn split_time(format: &str) -> (&str, Option<TimePart>) {
    for (ending, divider, seconds) in
        [(" %H:%M:%S", b' ', true), (" %H:%M", b' ', false), ("T%H:%M:%S", b'T', true), ("T%H:%M", b'T', false)]
    {
        if let Some(date) = format.strip_suffix(ending) {
            return (date, Some(TimePart { divider, seconds }));
        }
    }
    (format, None)
}

fn read_fixed(bytes: &[u8], layout: Layout, time: Option<TimePart>) -> Option<i32> {
    let width = match layout {
        Layout::YearMonthDay | Layout::DayMonthYear(_) => 10,
        Layout::Compact => 8,
        Layout::ShortCompact => 6,
    };
    let (date, rest) = bytes.split_at_checked(width)?;
    time_fits(rest, time).then_some(())?;
    let (year, month, day) = match layout {
        Layout::YearMonthDay => {
            (date[4] == b'-' && date[7] == b'-').then_some(())?;
            (digits(&date[..4])?, digits(&date[5..7])?, digits(&date[8..])?)
        }
        Layout::DayMonthYear(divider) => {
            (date[2] == divider && date[5] == divider).then_some(())?;
            (digits(&date[6..])?, digits(&date[3..5])?, digits(&date[..2])?)
        }
        Layout::Compact => (digits(&date[..4])?, digits(&date[4..6])?, digits(&date[6..])?),
        Layout::ShortCompact => (full_year(digits(&date[..2])?), digits(&date[2..4])?, digits(&date[4..])?),
    };
    calendar_day(year, month, day)
}

fn time_fits(rest: &[u8], time: Option<TimePart>) -> bool {
    let Some(TimePart { divider, seconds }) = time else { return rest.is_empty() };
    let within = |at: usize, most: i16| rest.get(at..at + 2).and_then(digits).is_some_and(|number| number <= most);
    rest.len() == if seconds { 9 } else { 6 }
        && rest[0] == divider
        && within(1, 23)
        && rest[3] == b':'
        && within(4, 59)
        && (!seconds || rest[6] == b':' && within(7, 59))
}

fn digits(bytes: &[u8]) -> Option<i16> {
    bytes.iter().try_fold(0_i16, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0')))
}

/// Two-digit years: 00–69 are 2000–2069, 70–99 are 1970–1999.
fn full_year(year: i16) -> i16 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn calendar_day(year: i16, month: i16, day: i16) -> Option<i32> {
    (year > 0).then_some(())?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(day_of)
}

fn read_strptime(text: &str, format: &str) -> Option<i32> {
    let date = BrokenDownTime::parse(format, text).ok()?.to_date().ok()?;
    let two_digits = format.contains("%y") && !format.contains("%Y");
    if two_digits && date.year() == 1969 {
        return calendar_day(2069, i16::from(date.month()), i16::from(date.day()));
    }
    (date.year() > 0).then(|| day_of(date))
}

/// The day that a number in a date column stands for: an Excel serial number of 1950–2100, else its digits by the formats.
pub(crate) fn day_of_number(number: f64, formats: &[DateFormat]) -> Option<i32> {
    let serial = number.floor();
    let plausible = f64::from(FIRST_PLAUSIBLE + EXCEL_EPOCH)..=f64::from(LAST_PLAUSIBLE + EXCEL_EPOCH);
    if plausible.contains(&serial) {
        return Some(serial as i32 - EXCEL_EPOCH);
    }
    let digits = (number.fract() == 0.0 && (0.0..1e9).contains(&number)).then(|| format!("{number}"))?;
    formats.iter().find_map(|format| format.read(&digits))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::period::date_of;

    fn read(format: &str, text: &str) -> Option<String> {
        DateFormat::new(format).read(text).map(|day| date_of(day).to_string())
    }

    #[test]
    fn the_usual_formats_are_read_and_nothing_may_follow() {
        for (format, text) in [
            ("%Y-%m-%d", "2023-08-31"),
            ("%d/%m/%Y", "31/08/2023"),
            ("%d.%m.%Y", "31.08.2023"),
            ("%Y%m%d", "20230831"),
            ("%y%m%d", "230831"),
            ("%Y-%m-%d %H:%M", "2023-08-31 14:05"),
            ("%Y-%m-%dT%H:%M:%S", "2023-08-31T14:05:59"),
        ] {
            assert_eq!(read(format, text), Some("2023-08-31".into()), "{format}");
            assert_eq!(read(format, &format!("{text}x")), None, "{format}");
            assert_eq!(read(format, &text[1..]), None, "{format}");
        }
    }

    #[test]
    fn only_days_of_the_real_calendar_count() {
        for text in ["2023-02-29", "2023-02-30", "2024-13-01", "0000-00-00", "2021-00-10", "okänt", "", "2023–08–3"]
        {
            assert_eq!(read("%Y-%m-%d", text), None, "{text}");
        }
        assert_eq!(read("%Y-%m-%d", "2024-02-29"), Some("2024-02-29".into()));
        assert_eq!(read("%d/%m/%Y", "99/99/2020"), None);
        assert_eq!(read("%Y-%m-%d %H:%M", "2023-08-31 24:00"), None);
    }

    #[test]
    fn a_format_is_told_by_days_that_no_other_reads() {
        let of = |texts: &[&'static str]| format_of(texts.iter().map(|text| (*text, 1)));
        assert_eq!(of(&["05/06/2023", "05/13/2023", "12/31/2022"]), Some("%m/%d/%Y"));
        assert_eq!(of(&["05/06/2023", "06/07/2023"]), None, "either may be the month");
        assert_eq!(of(&["2023-02-30", "okänt"]), None);
        assert!(contradict("%m/%d/%Y", "%d/%m/%Y %H:%M") && !contradict("%m/%d/%Y", "%d.%m.%Y"));
    }

    #[test]
    fn two_digit_years_up_to_69_lie_after_2000() {
        assert_eq!(read("%y%m%d", "690101"), Some("2069-01-01".into()));
        assert_eq!(read("%y%m%d", "700101"), Some("1970-01-01".into()));
        assert_eq!(read("%d/%m-%y", "1/1-69"), Some("2069-01-01".into()));
        assert_eq!(read("%d/%m-%y", "7/3-25"), Some("2025-03-07".into()));
    }

    #[test]
    fn a_number_is_a_serial_number_when_plausible_and_digits_otherwise() {
        let formats = [DateFormat::new("%Y%m%d"), DateFormat::new("%y%m%d")];
        let day = |number| day_of_number(number, &formats).map(|day| date_of(day).to_string());
        assert_eq!(day(45_169.0), Some("2023-08-31".into()));
        assert_eq!(day(45_169.75), Some("2023-08-31".into()));
        assert_eq!(day(20_230_831.0), Some("2023-08-31".into()));
        assert_eq!(day(230_831.0), Some("2023-08-31".into()));
        assert_eq!(day(18_263.0), None);
        assert_eq!(day(18_264.0), Some("1950-01-01".into()));
        assert_eq!(day(73_415.0), Some("2100-12-31".into()));
        assert_eq!(day(73_416.0), None);
        assert_eq!(day(f64::NAN), None);
        assert_eq!(day(-5.0), None);
    }

    proptest! {
        #[test]
        fn a_written_date_is_read_back_up_to_2100(day in -30_000..60_000_i32) {
            let date = date_of(day);
            for format in ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d %m %Y"] {
                let text = date.strftime(format).to_string();
                prop_assert_eq!(DateFormat::new(format).read(&text), (day <= LAST_PLAUSIBLE).then_some(day));
            }
        }

        #[test]
        fn no_text_makes_a_format_panic(text in "\\PC{0,14}") {
            for format in ["%Y-%m-%d", "%y%m%d", "%d/%m/%Y %H:%M:%S", "%d/%m-%y"] {
                let _ = DateFormat::new(format).read(&text);
            }
        }
    }
}
