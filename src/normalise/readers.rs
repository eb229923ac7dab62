//! How a cell of each kind of column is read: one reader a column, shared by all threads.
//!
//! In: a cell's trimmed text, number, day or truth value. Out: a [`Reading`]: a value, a blank, a mark for nothing, or
//! something that the column can't hold. Never: a decision on the row; that follows in `columns` and `fates`.

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::domain::personal_data::{is_in_id, mask_label};
use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::store::{BLANK, NO_DAY};
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan};

use super::categories::{ClosedList, Marks, OpenLabels, mark, open_label};
use super::dates::{self, DateFormat};
use super::memo::hash;
use super::{numbers, text, yes_no};

/// What a cell holds, as its column understands it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Reading<V> {
    Value(V),
    /// A value with personal data in it, which have been masked.
    Masked(V),
    #[default]
    Blank,
    /// A mark for nothing that the job declares.
    Mark(Nothing),
    /// Something that the column can't hold.
    Bad,
}

/// Reads the cells of one column.
pub(super) trait ReadCell {
    type Value: Copy + Default;
    /// What stands in the column where there is no value.
    const BLANK: Self::Value;
    /// What is wrong with a cell that can't be read.
    const BAD: Code;

    /// A trimmed text that is not empty.
    fn text(&self, text: &str) -> Reading<Self::Value>;

    /// The text of a cell that may hold several values, taken as one: a declared value, or a mark.
    fn whole(&self, text: &str) -> Reading<Self::Value> {
        self.text(text)
    }

    fn number(&self, number: f64) -> Reading<Self::Value> {
        self.text(&numbers::shown(number))
    }

    /// A fraction that its cell shows as per cent.
    fn percent(&self, number: f64) -> Reading<Self::Value> {
        self.text(&format!("{} %", numbers::shown(numbers::times_hundred(number))))
    }

    fn day(&self, day: i32) -> Reading<Self::Value> {
        self.text(&text::shown_day(day))
    }

    fn flag(&self, flag: bool) -> Reading<Self::Value> {
        self.text(text::shown_flag(flag))
    }

    /// What a cell that can't be read counts as, if not as a blank.
    fn bucket(&self) -> Option<Self::Value> {
        None
    }

    /// A fingerprint of a value: equal for equal values, on every run.
    fn print(&self, value: Self::Value) -> u32;
}

/// The reader of a column with one value a cell.
pub(super) enum Reader<'p> {
    Date(DateReader<'p>),
    Number(NumberReader<'p>),
    YesNo(YesNoReader<'p>),
    Closed(ClosedReader<'p>),
    Open(OpenReader<'p>),
    /// Ids and free text are not read into values; their bytes are kept.
    Text,
}

impl<'p> Reader<'p> {
    pub(super) fn new(plan: &'p ColumnPlan) -> Self {
        let marks = &plan.missing;
        match &plan.kind {
            ColumnKindPlan::Date { formats } => Reader::Date(DateReader {
                formats: formats.iter().map(|format| DateFormat::new(format)).collect(),
                marks,
            }),
            ColumnKindPlan::Number { fraction } => Reader::Number(NumberReader { fraction: *fraction, marks }),
            ColumnKindPlan::YesNo => Reader::YesNo(YesNoReader { marks }),
            ColumnKindPlan::Category(list) => Reader::Closed(ClosedReader { list: ClosedList::new(list), marks }),
            ColumnKindPlan::OpenCategory => {
                Reader::Open(OpenReader { labels: OpenLabels::default(), marks, pad: plan.pad.into() })
            }
            ColumnKindPlan::Id | ColumnKindPlan::Text { .. } => Reader::Text,
        }
    }
}

pub(super) struct DateReader<'p> {
    formats: Vec<DateFormat>,
    marks: &'p Marks,
}

impl ReadCell for DateReader<'_> {
    type Value = i32;
    const BLANK: i32 = NO_DAY;
    const BAD: Code = Code::BadDate;

    fn text(&self, text: &str) -> Reading<i32> {
        match mark(self.marks, text) {
            Some(nothing) => Reading::Mark(nothing),
            None => value(self.formats.iter().find_map(|format| format.read(text))),
        }
    }

    fn number(&self, number: f64) -> Reading<i32> {
        value(dates::day_of_number(number, &self.formats))
    }

    fn day(&self, day: i32) -> Reading<i32> {
        value((day != NO_DAY).then_some(day))
    }

    fn print(&self, day: i32) -> u32 {
        day as u32
    }
}

pub(super) struct NumberReader<'p> {
    pub fraction: bool,
    pub marks: &'p Marks,
}

impl ReadCell for NumberReader<'_> {
    type Value = f64;
    const BLANK: f64 = f64::NAN;
    const BAD: Code = Code::BadNumber;

    fn text(&self, text: &str) -> Reading<f64> {
        match mark(self.marks, text) {
            Some(nothing) => Reading::Mark(nothing),
            None => measured(numbers::read(text, self.fraction)),
        }
    }

    fn number(&self, number: f64) -> Reading<f64> {
        measured(number.is_finite().then(|| if self.fraction { numbers::times_hundred(number) } else { number }))
    }

    fn percent(&self, number: f64) -> Reading<f64> {
        value(number.is_finite().then(|| numbers::times_hundred(number)))
    }

    fn print(&self, number: f64) -> u32 {
        hash(&number.to_bits().to_le_bytes(), 0) as u32
    }
}

pub(super) struct YesNoReader<'p> {
    marks: &'p Marks,
}

impl ReadCell for YesNoReader<'_> {
    type Value = Option<bool>;
    const BLANK: Option<bool> = None;
    const BAD: Code = Code::BadYesNo;

    fn text(&self, text: &str) -> Reading<Option<bool>> {
        let folded = fold(text);
        match self.marks.get(&folded) {
            Some(nothing) => Reading::Mark(*nothing),
            None => value(yes_no::read(&folded).map(Some)),
        }
    }

    fn flag(&self, flag: bool) -> Reading<Option<bool>> {
        Reading::Value(Some(flag))
    }

    fn print(&self, answer: Option<bool>) -> u32 {
        1 + u32::from(answer == Some(true))
    }
}

pub(super) struct ClosedReader<'p> {
    pub list: ClosedList<'p>,
    marks: &'p Marks,
}

impl ReadCell for ClosedReader<'_> {
    type Value = u32;
    const BLANK: u32 = BLANK;
    const BAD: Code = Code::UnknownCategory;

    fn text(&self, text: &str) -> Reading<u32> {
        let folded = fold(text);
        match (self.list.code(&folded), self.marks.get(&folded)) {
            (Some(code), _) => Reading::Value(code),
            (None, Some(nothing)) => Reading::Mark(*nothing),
            (None, None) => Reading::Bad,
        }
    }

    fn bucket(&self) -> Option<u32> {
        Some(self.list.unknown())
    }

    fn print(&self, code: u32) -> u32 {
        code.wrapping_add(1)
    }
}

pub(super) struct OpenReader<'p> {
    pub labels: OpenLabels,
    marks: &'p Marks,
    /// Digits of a code; 0 = labels as they stand.
    pad: usize,
}

impl OpenReader<'_> {
    /// A label is printed as it stands, so what would point out a person in it is masked.
    fn label(&self, label: &str) -> Reading<u32> {
        match mask_label(label) {
            Cow::Borrowed(label) => Reading::Value(self.labels.code(label)),
            Cow::Owned(masked) => Reading::Masked(self.labels.code(&masked)),
        }
    }

    /// A code that has lost its leading zeros gets them back.
    fn padded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let is_short = text.len() < self.pad && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_short { Cow::Owned(format!("{text:0>width$}", width = self.pad)) } else { Cow::Borrowed(text) }
    }
}

impl ReadCell for OpenReader<'_> {
    type Value = u32;
    const BLANK: u32 = BLANK;
    const BAD: Code = Code::MissingValue;

    fn text(&self, text: &str) -> Reading<u32> {
        match mark(self.marks, text) {
            Some(nothing) => Reading::Mark(nothing),
            None => self.label(&open_label(&self.padded(text))),
        }
    }

    /// Only a mark: any other text would be taken for a label.
    fn whole(&self, text: &str) -> Reading<u32> {
        mark(self.marks, text).map_or(Reading::Bad, Reading::Mark)
    }

    /// Of the label, not of its code, which depends on the threads.
    fn print(&self, code: u32) -> u32 {
        self.labels.label(code).map_or(0, |label| hash(label.as_bytes(), 0) as u32)
    }
}

/// A number, unless it is somebody's: ten or twelve digits that are a date of birth with a right check digit.
fn measured(number: Option<f64>) -> Reading<f64> {
    // A stop or comma before the last four is read as one of decimals.
    let written = |number: &f64| if number.fract() == 0.0 { format!("{number:010.0}") } else { number.to_string() };
    let is_person = |number: &f64| (1e5..1e12).contains(number) && is_in_id(written(number).as_bytes());
    if number.as_ref().is_some_and(is_person) { Reading::Masked(f64::NAN) } else { value(number) }
}

fn value<V>(value: Option<V>) -> Reading<V> {
    value.map_or(Reading::Bad, Reading::Value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Marks {
        [("..", Nothing::Withheld), ("x", Nothing::Withheld), ("-", Nothing::Missing), (".", Nothing::NotApplicable)]
            .into_iter()
            .map(|(mark, nothing)| (mark.to_string(), nothing))
            .collect()
    }

    #[test]
    fn the_kinds_of_nothing_stay_apart() {
        let marks = marks();
        let reader = NumberReader { fraction: false, marks: &marks };
        assert_eq!(reader.text("X"), Reading::Mark(Nothing::Withheld));
        assert_eq!(reader.text("."), Reading::Mark(Nothing::NotApplicable));
        assert_eq!(reader.text("-"), Reading::Mark(Nothing::Missing));
        assert_eq!(reader.text("0"), Reading::Value(0.0));
        assert_eq!(reader.text("hög"), Reading::Bad);
    }

    #[test]
    fn a_number_of_somebody_is_no_measure() {
        let marks = Marks::new();
        let reader = NumberReader { fraction: false, marks: &marks };
        // A zero at the front is lost when a spreadsheet takes the digits for a number.
        for number in [8_112_189_876.0, 198_112_189_876.0, 101_010_007.0, 811_218.987_6] {
            assert!(matches!(reader.number(number), Reading::Masked(_)), "{number}");
        }
        assert!(matches!(reader.text("8112189876"), Reading::Masked(_)));
        assert_eq!(reader.number(8_112_189_875.0), Reading::Value(8_112_189_875.0));
    }

    #[test]
    fn x_is_withheld_in_a_yes_no_column_and_never_yes() {
        let marks = marks();
        let reader = YesNoReader { marks: &marks };
        assert_eq!(reader.text("X"), Reading::Mark(Nothing::Withheld));
        assert_eq!(YesNoReader { marks: &Marks::new() }.text("X"), Reading::Bad);
        assert_eq!(reader.text("JA"), Reading::Value(Some(true)));
        assert_eq!((reader.flag(false), reader.number(1.0)), (Reading::Value(Some(false)), Reading::Value(Some(true))));
    }

    #[test]
    fn a_per_cent_cell_counts_a_hundred_times_once() {
        let marks = Marks::new();
        for fraction in [false, true] {
            let reader = NumberReader { fraction, marks: &marks };
            assert_eq!(reader.percent(0.69), Reading::Value(69.0));
        }
        assert_eq!(NumberReader { fraction: true, marks: &marks }.number(0.69), Reading::Value(69.0));
        assert_eq!(NumberReader { fraction: false, marks: &marks }.number(0.69), Reading::Value(0.69));
        assert_eq!(NumberReader { fraction: false, marks: &marks }.number(f64::NAN), Reading::Bad);
    }
}
