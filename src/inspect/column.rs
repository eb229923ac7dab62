//! Counts the cells of one column: blanks, marks, dates, numbers, answers, texts, suspected personal data.
//!
//! In: cells one after the other. Out: a [`Tally`], which `kinds` turns into a profile. Memory is bounded: texts are
//! remembered up to a number, all else is counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::domain::period::date_of;
use crate::domain::spelling::fold;
use crate::ingest::WholeCell;
use crate::normalise::dates::DateFormat;
pub(super) use crate::normalise::dates::FORMATS;
use crate::normalise::{numbers, yes_no};

use super::personal::{self, Suspicion};
use super::values::Distinct;

/// The formats of digits alone, which may as well be numbers.
pub(super) const COMPACT: [usize; 2] = [12, 13];

/// 1950-01-01 to 2100-12-31, as days since 1970-01-01.
const PLAUSIBLE: std::ops::RangeInclusive<i32> = -7_305..=47_846;

static PREPARED: LazyLock<Vec<DateFormat>> =
    LazyLock::new(|| FORMATS.iter().map(|format| DateFormat::new(format)).collect());

/// Texts whose reading is remembered.
const MOST_READ: usize = 4_000;

/// What a text is, worked out once.
#[derive(Debug, Clone, Default)]
struct Reading {
    mark: bool,
    /// Index of the format, and the day.
    date: Option<(usize, i32)>,
    number: Option<f64>,
    answer: bool,
    name: bool,
    personal: Vec<Suspicion>,
}

/// How many cells of a column are what.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub filled: u64,
    pub marks: BTreeMap<String, u64>,
    pub day_cells: u64,
    pub formats: [u64; FORMATS.len()],
    pub numbers: u64,
    pub number_cells: u64,
    pub percent_cells: u64,
    pub percent_signs: u64,
    pub decimal_comma: u64,
    pub decimal_point: u64,
    pub thousands: BTreeMap<&'static str, u64>,
    /// Digits with a leading zero ("0188"): a code, not a number.
    pub leading_zeros: u64,
    pub fractional: u64,
    pub answers: u64,
    pub texts: u64,
    pub names: u64,
    pub characters: u64,
    pub longest: u64,
    pub with_digit: u64,
    pub with_space: u64,
    pub with_line_break: u64,
    pub number_range: Option<(f64, f64)>,
    pub day_range: Option<(i32, i32)>,
    pub months: BTreeMap<(i16, i8), u64>,
    pub personal: BTreeMap<Suspicion, u64>,
    pub distinct: Distinct,
    read: HashMap<String, Reading>,
}

impl Tally {
    /// Adds a cell; false if it is blank.
    pub(super) fn add(&mut self, cell: &WholeCell<'_>) -> bool {
        match cell {
            WholeCell::Empty | WholeCell::Error => return false,
            WholeCell::Text(text) => return self.add_text(text.trim()),
            WholeCell::Number(number) => self.add_number(*number),
            WholeCell::Percent(number) => {
                self.percent_cells += 1;
                self.add_number(*number);
            }
            WholeCell::Day(day) => self.add_day_cell(*day),
            WholeCell::Bool(yes) => {
                self.filled += 1;
                self.answers += 1;
                self.distinct.add(if *yes { "Ja" } else { "Nej" });
            }
        }
        true
    }

    fn add_day_cell(&mut self, day: i32) {
        self.filled += 1;
        self.day_cells += 1;
        self.add_day(day);
        self.distinct.add(&date_of(day).to_string());
    }

    fn add_day(&mut self, day: i32) {
        let (first, last) = self.day_range.unwrap_or((day, day));
        self.day_range = Some((first.min(day), last.max(day)));
        let date = date_of(day);
        *self.months.entry((date.year(), date.month())).or_default() += 1;
    }

    fn add_number(&mut self, number: f64) {
        self.filled += 1;
        self.number_cells += 1;
        let text = number.to_string();
        if number.fract() == 0.0 && number >= 10_000.0 {
            let reading = self.reading(&text);
            self.count_date(&reading);
            self.count_personal(&reading);
        }
        self.with_digit += 1;
        self.characters += text.len() as u64;
        self.count_number(number);
        self.distinct.add(&text);
    }

    fn count_number(&mut self, number: f64) {
        self.numbers += 1;
        self.fractional += u64::from(number.fract() != 0.0);
        let (least, largest) = self.number_range.unwrap_or((number, number));
        self.number_range = Some((least.min(number), largest.max(number)));
    }

    fn count_date(&mut self, reading: &Reading) {
        if let Some((format, day)) = reading.date {
            self.formats[format] += 1;
            self.add_day(day);
        }
    }

    fn count_personal(&mut self, reading: &Reading) {
        for kind in &reading.personal {
            *self.personal.entry(*kind).or_default() += 1;
        }
    }

    fn add_text(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        let reading = self.reading(text);
        if reading.mark {
            *self.marks.entry(text.to_string()).or_default() += 1;
            return true;
        }
        self.filled += 1;
        self.count_date(&reading);
        self.count_personal(&reading);
        self.answers += u64::from(reading.answer);
        self.names += u64::from(reading.name);
        if let Some(number) = reading.number {
            self.count_number(number);
            self.count_forms(text);
        } else {
            self.texts += u64::from(reading.date.is_none() && !reading.answer);
        }
        let length = text.chars().count() as u64;
        self.characters += length;
        self.longest = self.longest.max(length);
        self.with_digit += u64::from(text.bytes().any(|byte| byte.is_ascii_digit()));
        self.with_space += u64::from(text.contains(char::is_whitespace));
        self.with_line_break += u64::from(text.contains('\n'));
        self.distinct.add(text);
        true
    }

    fn count_forms(&mut self, text: &str) {
        self.decimal_comma += u64::from(text.contains(','));
        self.decimal_point += u64::from(text.contains('.'));
        self.percent_signs += u64::from(text.ends_with('%'));
        let digits = text.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']);
        for (space, name) in [(' ', "space"), ('\u{a0}', "no-break space"), ('\u{202f}', "narrow no-break space")] {
            if digits.contains(space) {
                *self.thousands.entry(name).or_default() += 1;
            }
        }
        let code = text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        self.leading_zeros += u64::from(code);
    }

    fn reading(&mut self, text: &str) -> Reading {
        if let Some(reading) = self.read.get(text) {
            return reading.clone();
        }
        let reading = read(text);
        if self.read.len() < MOST_READ && text.len() <= 100 {
            self.read.insert(text.to_string(), reading.clone());
        }
        reading
    }
}

fn read(text: &str) -> Reading {
    let mark = is_mark(text);
    let folded = if text.len() <= 10 { fold(text) } else { String::new() };
    let answer = !matches!(folded.as_str(), "0" | "1") && yes_no::read(&folded).is_some();
    let name = personal::looks_like_a_name(text);
    let date = if mark { None } else { day_in(text) };
    Reading {
        mark,
        number: numbers::read(text, false),
        answer,
        name,
        // 01/09/2019 has the digits of a telephone number.
        personal: if date.is_some() { Vec::new() } else { personal::found_in(text) },
        date,
    }
}

/// The format that a text is a date in, and its day; dates outside 1950–2100 are other things.
pub(super) fn day_in(text: &str) -> Option<(usize, i32)> {
    let may_be = (6..=19).contains(&text.len()) && text.as_bytes()[0].is_ascii_digit();
    let formats = PREPARED.iter().enumerate().filter(|_| may_be);
    let read = |(index, format): (usize, &DateFormat)| Some((index, format.read(text)?));
    formats.filter_map(read).find(|(_, day)| PLAUSIBLE.contains(day))
}

/// A mark for a value that is not there.
pub(super) fn is_mark(text: &str) -> bool {
    let withheld = || text.strip_prefix('~').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(text, "-" | "–" | "—" | "." | ".." | "..." | "X" | "x" | "IU" | "iu" | "*" | "#N/A" | "N/A") || withheld()
}
