//! A table as delimited text, for programs and for Excel.
//!
//! In: a measured table, unrounded. Out: UTF-8 without a byte-order mark, `;` between fields, decimal points, and the
//! [`Table`] that the manifest's entry and this text make again. The four kinds of nothing are Kolada's `MARKS`. A text
//! that a spreadsheet could take for a formula gets an apostrophe before it.

use crate::domain::spreadsheet::{as_it_was, harmless};
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, Nothing, TableRow, Value};

use super::{Column, TableEntry, Unit};

const MARKS: [(Nothing, &str); 4] =
    [(Nothing::Missing, "-"), (Nothing::NotApplicable, "."), (Nothing::Withheld, ".."), (Nothing::Blank, "")];

/// A table as it was published, unrounded.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// `family.name` or `family.name/value`.
    pub name: String,
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Table {
    /// `family.name` without the value of `each`.
    pub(crate) fn measure(&self) -> &str {
        self.name.split_once('/').map_or(&self.name, |(measure, _)| measure)
    }

    /// The value of `each`.
    pub(crate) fn each(&self) -> Option<&str> {
        self.name.split_once('/').map(|(_, value)| value)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Path of labels without blank ends; empty for the total.
    pub key: Vec<String>,
    /// What readers see before the row.
    pub label: String,
    pub cells: Vec<Cell>,
}

/// A cell read back.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A finite number, as the table has it before rounding.
    Number(f64),
    /// A label, a date or a word.
    Text(String),
    /// No value, and why.
    Nothing(Nothing),
}

impl Cell {
    fn of(text: &str, unit: Unit) -> Cell {
        if let Some((nothing, _)) = MARKS.iter().find(|(_, mark)| *mark == text) {
            return Cell::Nothing(*nothing);
        }
        let number = if matches!(unit, Unit::Text | Unit::Date) { None } else { text.parse().ok() }
            .filter(|number: &f64| number.is_finite());
        number.map_or_else(|| Cell::Text(as_it_was(text).to_string()), Cell::Number)
    }

    /// The number, where the cell is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// The whole table: first a column per level of row labels, then the columns by key.
///
/// Unit: shares and changes in per cent, as the columns of delivered percentages are.
pub(crate) fn text(table: &MeasureTable) -> String {
    let levels = table.label_columns();
    let labels = (0..levels).map(|level| table.row_headers.get(level).cloned().unwrap_or_else(|| "rad".to_string()));
    let header: Vec<String> = labels.chain(table.columns.iter().map(|column| column.key.clone())).collect();
    let mut text = record(header.iter().map(|header| harmless(header)));
    for row in &table.rows {
        let values = row.values.iter().map(machine_form);
        text.push_str(&record(labels_of(row, levels).into_iter().chain(values)));
    }
    text
}

/// The row's path, one field per level; the total's label stands in the first.
fn labels_of(row: &TableRow, levels: usize) -> Vec<String> {
    let path = if row.key.is_empty() { std::slice::from_ref(&row.label) } else { &row.key };
    (0..levels).map(|level| path.get(level).map(|label| harmless(label)).unwrap_or_default()).collect()
}

fn machine_form(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Share { numerator, denominator } => number(100.0 * *numerator as f64 / *denominator as f64),
        Value::Change { now, then } => number(100.0 * (*now as f64 - *then as f64) / *then as f64),
        Value::Number(value) => number(*value),
        Value::Text(text) => harmless(text),
        Value::Said(said) => harmless(&said.text()),
        Value::Date(day) => swedish::day(*day),
        Value::Nothing(nothing) => mark(*nothing).to_string(),
    }
}

/// The shortest text that reads back as the same number; what is no number is missing.
fn number(value: f64) -> String {
    if value.is_finite() { format!("{value}") } else { mark(Nothing::Missing).to_string() }
}

fn mark(nothing: Nothing) -> &'static str {
    MARKS.iter().find(|(known, _)| *known == nothing).map_or("", |(_, mark)| mark)
}

fn record(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(quoted).collect();
    format!("{}\n", fields.join(";"))
}

fn quoted(field: String) -> String {
    if field.contains([';', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// The table of a file; `None` when a record has another number of fields than the manifest's entry says.
pub(super) fn read(bytes: &[u8], entry: &TableEntry) -> Option<Table> {
    let width = entry.labels + entry.columns.len();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(bytes);
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.ok().filter(|record| record.len() == width)?;
        let mut path: Vec<String> =
            record.iter().take(entry.labels).map(|label| as_it_was(label).to_string()).collect();
        let deepest = path.iter().rposition(|label| !label.is_empty()).map_or(0, |last| last + 1);
        path.truncate(deepest);
        let said = entry.row_labels.as_ref().and_then(|labels| labels.get(index));
        let label = said.or(path.last()).cloned().unwrap_or_default();
        let fields = record.iter().skip(entry.labels).zip(&entry.columns);
        let cells = fields.map(|(field, column)| Cell::of(field, column.unit)).collect();
        let key = if entry.total == Some(index) { Vec::new() } else { path };
        rows.push(Row { key, label, cells });
    }
    Some(Table { name: entry.name.clone(), title: entry.title.clone(), columns: entry.columns.clone(), rows })
}
