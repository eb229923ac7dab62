//! A printed table as columns of cells: last year, in parentheses in print, has a column of its own here.

use std::collections::BTreeSet;

use super::super::document::{PrintedRow, TableBlock};
use super::super::values::column_at;
use super::formats::cell_text;
use crate::domain::table::{MeasureTable, Role, TableColumn, Unit, Value};

/// Room for a number that makes the header unique.
const LONGEST_HEADER: usize = 240;

/// A table's columns, headers unique as a table object of Excel needs them.
pub(super) struct Grid<'a> {
    pub table: &'a TableBlock,
    pub columns: Vec<GridColumn>,
}

pub(super) struct GridColumn {
    pub header: String,
    /// The measured column; `None` for row labels.
    pub measured: Option<usize>,
    pub numeric: bool,
}

/// What stands in a cell.
pub(super) enum GridCell<'a> {
    Text(&'a str),
    /// A value with its column as it is for this row.
    Value(&'a Value, TableColumn),
}

impl<'a> Grid<'a> {
    pub(super) fn of(table: &'a TableBlock) -> Grid<'a> {
        let mut columns = Vec::new();
        for (place, header) in table.header.iter().enumerate() {
            let text = with_unit(&header.text, header.column, &table.measure);
            columns.push(GridColumn { header: text, measured: header.column, numeric: header.numeric });
            if let Some(beside) = header.beside_column {
                let text = with_unit(&table.measure.columns[beside].label, Some(beside), &table.measure);
                columns.push(GridColumn { header: text, measured: Some(beside), numeric: header.numeric });
            }
            for limit in printed_limits(table, place) {
                let text = with_unit(&table.measure.columns[limit].label, Some(limit), &table.measure);
                columns.push(GridColumn { header: text, measured: Some(limit), numeric: true });
            }
        }
        make_unique(&mut columns);
        Grid { table, columns }
    }

    pub(super) fn cell(&self, row: &'a PrintedRow, column: usize) -> GridCell<'a> {
        let measured = self.columns[column].measured.and_then(|measured| {
            let source = self.table.measure.rows.get(row.row)?;
            Some((source.values.get(measured)?, column_at(&self.table.measure, source, measured)))
        });
        measured.map_or(GridCell::Text(&row.label), |(value, column)| GridCell::Value(value, column))
    }

    /// Where the column of a measured key stands.
    pub(super) fn column_of(&self, key: &str) -> Option<usize> {
        let is_key = |measured: usize| self.table.measure.columns[measured].key == key;
        self.columns.iter().position(|column| column.measured.is_some_and(is_key))
    }
}

/// Ends of an interval that the report prints beside a value, as numbers of their own.
fn printed_limits(table: &TableBlock, place: usize) -> Vec<usize> {
    let header = &table.header[place];
    let printed = |row: &PrintedRow| {
        let cell = place.checked_sub(1).and_then(|place| row.cells.get(place));
        cell.is_some_and(|cell| cell.beside.is_some())
    };
    let limits = header.column.and_then(|column| table.measure.limits_of(column));
    match limits.filter(|_| header.beside_column.is_none() && table.rows.iter().any(printed)) {
        Some((lower, upper)) => vec![lower, upper],
        None => Vec::new(),
    }
}

/// "Förändring (%)". Years and counts have their unit in the sheet's second row, where the table says what it counts.
fn with_unit(text: &str, column: Option<usize>, measure: &MeasureTable) -> String {
    match column.and_then(|column| unit_word(&measure.columns[column], measure)) {
        Some(unit) if !text.to_lowercase().contains(unit) => format!("{text} ({unit})"),
        _ => text.to_string(),
    }
}

fn unit_word(column: &TableColumn, measure: &MeasureTable) -> Option<&'static str> {
    let of_period = matches!(column.role, Role::Current | Role::Previous | Role::Earlier);
    let said_above = of_period && !measure.what.is_empty();
    // Rows with units of their own have them in their labels and number formats.
    let varies = !measure.row_units.is_empty() && (of_period || column.role == Role::Difference);
    match column.unit {
        _ if said_above || varies => None,
        Unit::Percent { .. } => Some("%"),
        Unit::PercentagePoints { .. } => Some("procentenheter"),
        Unit::Count if measure.what.is_empty() => Some("antal"),
        _ => None,
    }
}

fn make_unique(columns: &mut [GridColumn]) {
    let mut taken = BTreeSet::new();
    for column in columns {
        // The name of a table's column is one line of at most 255 characters.
        column.header = cell_text(&column.header).replace('\n', " ").chars().take(LONGEST_HEADER).collect();
        let base = if column.header.trim().is_empty() { printed!("write-column") } else { column.header.clone() };
        let copies = (2..).map(|copy| format!("{base} ({copy})"));
        let free = std::iter::once(base.clone()).chain(copies).find(|name| taken.insert(name.to_lowercase()));
        column.header = free.unwrap_or(base);
    }
}
