//! What `tables/*.csv` leave out: which measure a file is of, its title, and what each column is.
//!
//! In: the tables as they were published. Out: one object a table, so that a reader of the files gets exact keys.

use serde_json::{Value, json};

use crate::domain::table::{MeasureTable, TableColumn, TableRow, Unit};

/// One table: `labels` columns of the file are row labels, the others stand as listed; `total` is the total's row.
pub(super) fn described(table: &MeasureTable) -> Value {
    json!({
        "name": table.name,
        "file": format!("tables/{}.csv", table.stem()),
        "title": table.title,
        "period": table.period,
        "labels": table.label_columns(),
        "row_labels": row_labels(table),
        "total": table.rows.iter().position(|row| row.key.is_empty()),
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
    })
}

/// What readers see before each row, where it is not the last part of its key: "september" for month 9.
fn row_labels(table: &MeasureTable) -> Option<Vec<&str>> {
    let differs = |row: &TableRow| row.key.last().is_some_and(|key| *key != row.label);
    table.rows.iter().any(differs).then(|| table.rows.iter().map(|row| row.label.as_str()).collect())
}

fn column(column: &TableColumn) -> Value {
    json!({
        "key": column.key, "label": column.label, "unit": unit(column.unit), "year": column.year,
        "for_analyst": column.role.is_for_analyst(),
    })
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "count",
        Unit::Percent { .. } => "percent",
        Unit::PercentagePoints { .. } => "percentage_points",
        Unit::Number { .. } => "number",
        Unit::Text => "text",
        Unit::Date => "date",
    }
}
