//! Rows of observations and registers as they stand: read by row and column name, under conditions.
//!
//! In: a [`Dataset`]. Out: texts, numbers, measured values or the kind of nothing in their place.

use std::borrow::Cow;

use super::coding::{event_codes, number_text, yes_no_text};
use crate::diagnostic::Location;
use crate::domain::cube::Condition;
use crate::domain::period::date_of;
use crate::domain::table::Nothing;
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::plan::{ColumnPlan, SourcePlan};

/// Observation column of the measured values; its status stands in [`STATUS`].
pub(super) const VALUE: &str = "value";
const STATUS: &str = "status";

/// The rows of a source.
pub struct Observations<'a> {
    pub source: &'a SourcePlan,
    data: &'a Dataset,
}

impl<'a> Observations<'a> {
    pub fn new(source: &'a SourcePlan, data: &'a Dataset) -> Observations<'a> {
        Observations { source, data }
    }

    pub fn rows(&self) -> usize {
        self.data.rows
    }

    /// Rows that meet all conditions, in file order.
    pub fn kept(&self, conditions: &[Condition]) -> Vec<usize> {
        (0..self.data.rows).filter(|row| conditions.iter().all(|condition| self.meets(*row, condition))).collect()
    }

    /// The event of each row, as a code: rows with one id are one event, a row without one is its own.
    pub fn events(&self) -> Vec<u32> {
        let ids = self.source.id().and_then(|id| self.data.columns.get(&id.name));
        ids.map_or_else(|| (0..self.data.rows as u32).collect(), event_codes)
    }

    /// Whether a row meets a condition; a blank is its column's missing label.
    pub fn meets(&self, row: usize, condition: &Condition) -> bool {
        let mut labels = self.labels(row, &condition.column);
        if labels.is_empty() {
            labels.push(Cow::Borrowed(self.missing_label(&condition.column)));
        }
        let has = labels.iter().any(|label| condition.values.iter().any(|value| *value == **label));
        has != condition.negated
    }

    fn missing_label(&self, name: &str) -> &str {
        self.column(name).map_or("", |column| column.missing_label.as_str())
    }

    /// The declared column of this name; constants and wide columns have none.
    pub fn column(&self, name: &str) -> Option<&'a ColumnPlan> {
        self.source.column(name).map(|index| &self.source.columns[index])
    }

    /// What readers call a column.
    pub fn label(&self, name: &str) -> String {
        let meaning = match name {
            "indicator" => word!("measure-indicator"),
            "area" => word!("measure-area"),
            "period" => word!("measure-period"),
            "group" => word!("measure-group"),
            other => other,
        };
        self.column(name).map_or(meaning, |column| column.label.as_str()).to_string()
    }

    /// A cell's text; several values are joined by commas; `None` where the cell is blank.
    pub fn text(&self, row: usize, name: &str) -> Option<Cow<'a, str>> {
        let mut labels = self.labels(row, name);
        match labels.len() {
            0 | 1 => labels.pop(),
            _ => Some(Cow::Owned(labels.join(", "))),
        }
    }

    fn labels(&self, row: usize, name: &str) -> Vec<Cow<'a, str>> {
        let Some(column) = self.data.columns.get(name) else { return Vec::new() };
        let label =
            |labels: &'a [String], code: u32| labels.get(code as usize).map(|label| Cow::Borrowed(label.as_str()));
        match column {
            PlainColumn::Labels { codes, labels } => label(labels, codes[row]).into_iter().collect(),
            PlainColumn::Lists { offsets, codes, labels } => {
                let bounds = offsets[row] as usize..offsets[row + 1] as usize;
                codes[bounds].iter().filter_map(|code| label(labels, *code)).collect()
            }
            PlainColumn::Texts(texts) => texts[row].iter().map(|text| Cow::Borrowed(text.as_str())).collect(),
            PlainColumn::Days(days) => days[row].map(|day| Cow::Owned(date_of(day).to_string())).into_iter().collect(),
            PlainColumn::Numbers(numbers) => numbers[row].map(number_text).map(Cow::Owned).into_iter().collect(),
            PlainColumn::YesNo(answers) => answers[row].map(yes_no_text).map(Cow::Owned).into_iter().collect(),
            PlainColumn::Rows(rows) => vec![Cow::Owned(rows[row].to_string())],
        }
    }

    pub fn number(&self, row: usize, name: &str) -> Option<f64> {
        match self.data.columns.get(name) {
            Some(PlainColumn::Numbers(numbers)) => numbers[row],
            _ => None,
        }
    }

    pub fn day(&self, row: usize, name: &str) -> Option<i32> {
        match self.data.columns.get(name) {
            Some(PlainColumn::Days(days)) => days[row],
            _ => None,
        }
    }

    pub fn yes(&self, row: usize, name: &str) -> Option<bool> {
        match self.data.columns.get(name) {
            Some(PlainColumn::YesNo(answers)) => answers[row],
            _ => None,
        }
    }

    /// The measured value, or the kind of nothing that the export says. A number beside a mark is not trusted.
    pub fn value(&self, row: usize) -> Result<f64, Nothing> {
        match self.text(row, STATUS).as_deref() {
            Some("missing") => Err(Nothing::Missing),
            Some("not_applicable") => Err(Nothing::NotApplicable),
            Some("withheld") => Err(Nothing::Withheld),
            _ => self.number(row, VALUE).ok_or(Nothing::Missing),
        }
    }

    /// The row in its export, counted as Excel counts, and the file or sheet.
    pub fn origin(&self, row: usize) -> (String, Location) {
        let file = self.text(row, "_file").unwrap_or_default().into_owned();
        let at = match self.text(row, "_sheet") {
            Some(sheet) => Location::Sheet { file, sheet: sheet.into_owned() },
            None => Location::File { file },
        };
        (self.text(row, "_row").unwrap_or_default().into_owned(), at)
    }

    /// A cell as a person finds it. Its column's letter is not kept with the data; its header is.
    pub fn cell(&self, row: usize, name: &str) -> Location {
        let (number, at) = self.origin(row);
        let (file, sheet) = match at {
            Location::Sheet { file, sheet } => (file, Some(sheet)),
            Location::File { file } => (file, None),
            other => (other.to_string(), None),
        };
        let header = self.column(name).and_then(|column| column.headers.first().cloned());
        Location::Cell { file, sheet, row: number.parse().unwrap_or(0), column: 0, header }
    }
}
