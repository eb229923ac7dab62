//! Cells of a sheet one after the other, whatever the workbook's format, as values that a batch can hold.
//!
//! In: calamine's readers. Out: [`Cell`]s in the order of the sheet, with Excel's own row. Dates become days; a number
//! shown as per cent is told from others in xlsx, the only format whose styles calamine gives. Formula cells give the
//! value that was saved with them.

use std::borrow::Cow;
use std::io::{Read, Seek};
use std::rc::Rc;

use calamine::{Data, DataRef, ExcelDateTime, Range, XlsxCellReader};
use jiff::civil::Date;

use crate::domain::period::day_of;

use super::open::{Trouble, watched};
use super::unpacked::Watch;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    Percent(f64),
    /// Days since 1970-01-01.
    Day(i32),
    Bool(bool),
    Error,
}

/// A cell and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell<'a> {
    /// Excel's row, from 1.
    pub row: u32,
    /// Column from 0.
    pub column: usize,
    pub value: Value<'a>,
}

/// A source of cells.
pub(super) trait Cells<'a> {
    fn next(&mut self) -> Result<Option<Cell<'a>>, Trouble>;
}

/// An xlsx sheet, streamed.
pub(super) struct XlsxCells<'a, F: Read + Seek> {
    reader: XlsxCellReader<'a, F>,
    /// By style: shown as per cent.
    percent: Vec<bool>,
    dates: DateSystem,
    watch: Rc<Watch>,
}

impl<'a, F: Read + Seek> XlsxCells<'a, F> {
    pub(super) fn new(reader: XlsxCellReader<'a, F>, dates: DateSystem, watch: Rc<Watch>) -> XlsxCells<'a, F> {
        let shows_percent = |code: &str| is_percent_format(code);
        let percent = reader
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().is_some_and(|format| shows_percent(&format.format_code)))
            .collect();
        XlsxCells { reader, percent, dates, watch }
    }
}

impl<'a, F: Read + Seek> Cells<'a> for XlsxCells<'a, F> {
    fn next(&mut self) -> Result<Option<Cell<'a>>, Trouble> {
        let next = watched(self.reader.next_cell_with_style_id(), &self.watch)?;
        let Some((cell, style)) = next else { return Ok(None) };
        let (row, column) = cell.get_position();
        let value = match cell.get_value() {
            DataRef::Float(number) if self.percent.get(style) == Some(&true) => Value::Percent(*number),
            other => value_of(other, self.dates),
        };
        Ok(Some(Cell { row: row.saturating_add(1), column: column as usize, value }))
    }
}

/// True if a number format shows per cent: a `%` that is neither quoted nor escaped.
fn is_percent_format(code: &str) -> bool {
    let mut letters = code.chars();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '%' => return true,
            // What follows one of these is shown as it is, or as room for it.
            '\\' | '_' | '*' => drop(letters.next()),
            _ => {}
        }
    }
    false
}

/// An xlsb sheet, streamed. The library does not name its reader's type, so this holds what asks it for the next cell.
pub(super) struct XlsbCells<N> {
    pub next: N,
    pub dates: DateSystem,
}

impl<'a, N: FnMut() -> Result<Option<calamine::Cell<DataRef<'a>>>, Trouble>> Cells<'a> for XlsbCells<N> {
    fn next(&mut self) -> Result<Option<Cell<'a>>, Trouble> {
        let Some(cell) = (self.next)()? else { return Ok(None) };
        let (row, column) = cell.get_position();
        let value = value_of(cell.get_value(), self.dates);
        Ok(Some(Cell { row: row.saturating_add(1), column: column as usize, value }))
    }
}

/// A sheet that the library has read whole (xls, ods). It begins at the first used cell.
pub(super) struct RangeCells {
    range: Range<Data>,
    dates: DateSystem,
    /// The next cell, counted over the range row by row.
    at: usize,
}

impl RangeCells {
    pub(super) fn new(range: Range<Data>, dates: DateSystem) -> RangeCells {
        RangeCells { range, dates, at: 0 }
    }
}

impl<'a> Cells<'a> for RangeCells {
    fn next(&mut self) -> Result<Option<Cell<'a>>, Trouble> {
        let (Some(start), width) = (self.range.start(), self.range.width().max(1)) else { return Ok(None) };
        loop {
            let (row, column) = (self.at / width, self.at % width);
            let Some(value) = self.range.get((row, column)) else { return Ok(None) };
            self.at += 1;
            if *value != Data::Empty {
                let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(start.0).saturating_add(1);
                return Ok(Some(Cell {
                    row,
                    column: column + start.1 as usize,
                    value: value_of_data(value, self.dates),
                }));
            }
        }
    }
}

fn value_of<'a>(value: &DataRef<'a>, dates: DateSystem) -> Value<'a> {
    match value {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::Bool(yes) => Value::Bool(*yes),
        DataRef::Error(_) => Value::Error,
        DataRef::SharedString(text) => Value::Text(Cow::Borrowed(text)),
        DataRef::String(text) | DataRef::DurationIso(text) => text_value(text),
        DataRef::DateTime(moment) => moment_value(*moment, dates),
        DataRef::DateTimeIso(text) => iso_day(text).map_or_else(|| text_value(text), Value::Day),
    }
}

fn value_of_data(value: &Data, dates: DateSystem) -> Value<'static> {
    match value {
        Data::Empty => Value::Empty,
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::Bool(yes) => Value::Bool(*yes),
        Data::Error(_) => Value::Error,
        Data::String(text) | Data::DurationIso(text) => text_value(text),
        Data::DateTime(moment) => moment_value(*moment, dates),
        Data::DateTimeIso(text) => iso_day(text).map_or_else(|| text_value(text), Value::Day),
    }
}

fn text_value(text: &str) -> Value<'static> {
    Value::Text(Cow::Owned(text.to_string()))
}

/// Which day a workbook counts its dates from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateSystem {
    /// 1 is 1900-01-01, and 60 a day that never was, 1900-02-29.
    From1900,
    /// 0 is 1904-01-01.
    From1904,
}

/// A duration, a time of day alone, and what is no date at all stay numbers.
fn moment_value(moment: ExcelDateTime, dates: DateSystem) -> Value<'static> {
    let number = moment.as_f64();
    let day = if moment.is_duration() { None } else { day_of_serial(number, dates) };
    day.map_or(Value::Number(number), Value::Day)
}

/// The day of Excel's serial number, its time of day dropped (rounded to milliseconds, as Excel shows it).
fn day_of_serial(serial: f64, dates: DateSystem) -> Option<i32> {
    const MILLISECONDS: f64 = 86_400_000.0;
    /// 9999-12-31 in the 1900 system.
    const LAST: f64 = 2_958_465.0;
    let whole = ((serial * MILLISECONDS).round() / MILLISECONDS).floor();
    let first = if dates == DateSystem::From1900 { 1.0 } else { 0.0 };
    if !(first..=LAST).contains(&whole) {
        return None;
    }
    let whole = whole as i32;
    Some(match dates {
        // 1970-01-01 is 25 569; below the day that never was, all numbers are one too low.
        DateSystem::From1900 if whole < 60 => whole + 1 - 25_569,
        DateSystem::From1900 => whole - 25_569,
        DateSystem::From1904 => whole + 1_462 - 25_569,
    })
}

/// The day of "2023-08-31" or "2023-08-31T14:05:00".
fn iso_day(text: &str) -> Option<i32> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let rest = &text[10..];
    (rest.is_empty() || rest.starts_with('T') || rest.starts_with(' ')).then(|| day_of(date))
}

impl Value<'_> {
    /// The text of a header cell, or of a label.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Value::Empty | Value::Error => String::new(),
            Value::Text(text) => text.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Percent(number) => format!("{} %", number * 100.0),
            Value::Day(day) => crate::domain::period::date_of(*day).to_string(),
            Value::Bool(yes) => yes.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(serial: f64, dates: DateSystem) -> Option<String> {
        day_of_serial(serial, dates).map(|day| crate::domain::period::date_of(day).to_string())
    }

    #[test]
    fn serial_numbers_are_the_days_that_excel_shows() {
        let shown = |serial| date(serial, DateSystem::From1900);
        assert_eq!(shown(1.0).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(59.0).as_deref(), Some("1900-02-28"));
        assert_eq!(shown(60.0).as_deref(), Some("1900-02-28"), "the day that never was");
        assert_eq!(shown(61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(shown(45_169.999_999_999).as_deref(), Some("2023-09-01"));
        assert_eq!(shown(45_169.587).as_deref(), Some("2023-08-31"));
        assert_eq!(day_of_serial(2_958_465.0, DateSystem::From1900), Some(2_932_896), "9999-12-31");
        assert_eq!(date(0.0, DateSystem::From1904).as_deref(), Some("1904-01-01"));
        assert_eq!(date(43_707.0, DateSystem::From1904).as_deref(), Some("2023-08-31"));
    }

    #[test]
    fn what_is_no_date_stays_a_number() {
        for serial in [0.5, 0.0, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(day_of_serial(serial, DateSystem::From1900), None, "{serial}");
        }
    }

    #[test]
    fn iso_dates_lose_their_time_and_text_stays_text() {
        assert_eq!(iso_day("2023-08-31T14:05:00"), iso_day("2023-08-31"));
        assert!(iso_day("2023-08-31").is_some());
        assert_eq!(iso_day("2023-02-30"), None);
        assert_eq!(iso_day("2023-08-311"), None);
        assert_eq!(iso_day("åååååååååå"), None);
    }

    #[test]
    fn only_an_unquoted_per_cent_sign_is_a_per_cent_format() {
        assert!(is_percent_format("0%") && is_percent_format("0.00\\ %") && is_percent_format("\"a\"0%"));
        assert!(!is_percent_format("0\" %\"") && !is_percent_format("0\\%") && !is_percent_format("General"));
    }
}
