//! What is asked of single texts of a job file: something that readers see, a day, a path.
//!
//! In: a text and where it stands. Out: what it means; a mistake where it means nothing.

use jiff::civil::Date;

use crate::domain::period::day_of;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

/// Years that a report can be about.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Letters of a title or a name; a page is set line by line, and one of a million letters takes minutes.
const LONGEST: usize = 2000;

/// A text that readers see must hold something, and not a book.
pub(crate) fn not_empty(text: &str, at: &Path, problems: &mut Problems) {
    if text.trim().is_empty() {
        problems.bad_value(at, say!("job-is-empty", at), say!("job-write-what-readers-are-to"));
    }
    let letters = text.chars().count();
    if letters > LONGEST {
        problems.bad_value(
            at,
            say!("job-is-too-long", at, letters, most = LONGEST),
            say!("job-write-it-in-a-template"),
        );
    }
}

/// Days since 1970-01-01 of a date written YYYY-MM-DD.
pub(crate) fn day(text: &str, at: &Path, problems: &mut Problems) -> Option<i32> {
    let day = real_day(text);
    if day.is_none() {
        let message = say!("job-is-not-date-calendar-written", text);
        problems.bad_value(at, message, say!("job-write-like-2023-08-31"));
    }
    day
}

fn real_day(text: &str) -> Option<i32> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date: Date = form.then(|| text.parse().ok()).flatten()?;
    YEARS.contains(&date.year().into()).then(|| day_of(date))
}

/// Refuses what is not a path of this machine.
pub(crate) fn check_path(text: &str, at: &Path, problems: &mut Problems) {
    if text.contains("://") {
        let message = say!("job-is-address-not-path-kvalis", text);
        problems.bad_value(at, message, say!("job-download-file-first-and-name"));
    } else if text.trim().is_empty() {
        problems.bad_value(at, say!("job-is-empty", at), say!("job-write-path-or-leave-key"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_the_calendar_are_days() {
        assert_eq!(real_day("1970-01-02"), Some(1));
        assert!(real_day("2024-02-29").is_some());
        for wrong in ["2023-02-29", "2023-13-01", "230831", "2023-8-31", "2023-08-31T00:00", "", "åååå-08-31"] {
            assert_eq!(real_day(wrong), None, "{wrong}");
        }
    }
}
