//! A table as delimited text, for programs and for Excel.
//!
//! In: a measured table, unrounded. Out: UTF-8 without a byte-order mark, `;` between fields, decimal points. The four
//! kinds of nothing are Kolada's marks: `-` missing, `.` not applicable, `..` withheld, empty for a blank. A text that a
//! spreadsheet could take for a formula gets an apostrophe before it.

use crate::domain::spreadsheet::harmless;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, Nothing, TableRow, Value};

/// The whole table: first a column per level of row labels, then the columns by key.
///
/// Unit: shares and changes in per cent, as the columns of delivered percentages are.
pub fn table_csv(table: &MeasureTable) -> String {
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
        Value::Date(day) => swedish::day(*day),
        Value::Nothing(Nothing::Missing) => "-".to_string(),
        Value::Nothing(Nothing::NotApplicable) => ".".to_string(),
        Value::Nothing(Nothing::Withheld) => "..".to_string(),
        Value::Nothing(Nothing::Blank) => String::new(),
    }
}

/// The shortest text that reads back as the same number; what is no number is missing.
fn number(value: f64) -> String {
    if value.is_finite() { format!("{value}") } else { "-".to_string() }
}

fn record(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(quoted).collect();
    format!("{}\n", fields.join(";"))
}

fn quoted(field: String) -> String {
    if field.contains([';', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}
