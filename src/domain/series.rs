//! Which way time runs in a table: down its rows or across its columns.

use super::swedish::month_name;
use super::table::{MeasureTable, RowKind};

/// True for tables of months, quarters or years down the side.
pub(crate) fn rows_are_periods(table: &MeasureTable) -> bool {
    let mut parts = table.rows.iter().filter(|row| row.kind == RowKind::Part).peekable();
    parts.peek().is_some() && (table.name.starts_with("trend.") || parts.all(|row| is_period_label(&row.label)))
}

fn is_period_label(label: &str) -> bool {
    let first = label.split_whitespace().next().unwrap_or_default().to_lowercase();
    let year = |word: &str| word.len() == 4 && word.bytes().all(|digit| digit.is_ascii_digit());
    let month = |word: &str| word.len() >= 3 && (1..=12).any(|month| month_name(month) == word);
    year(first.split(['-', '–']).next().unwrap_or_default())
        || month(&first)
        || matches!(first.as_str(), "kvartal" | "kvalitetsår")
}
