//! A table as a sheet: its columns, its rows, and a formula for each cell.
//!
//! In: the columns of a family, each with what stands in it of a row ([`Fields`]); its rows. Out: a [`Sheet`], whose
//! values, and what stands behind them, are read from its formulas. So a column cannot be printed as one thing and described as another.

use std::collections::BTreeSet;

use super::formula::Formula;
use super::selection::{CellAt, Reference};
use crate::domain::table::{MeasureTable, Role, TableColumn, TableRow, Value};

/// The words for what tests and intervals append to a table.
const TESTED: &str = "a test or an interval of the numbers beside it";

/// A column, and what stands in it of a row `R`.
struct Field<'a, R> {
    column: TableColumn,
    cell: Box<dyn Fn(&R) -> Formula + 'a>,
}

/// What a column takes of a `T`.
pub(super) type Pick<T, V> = fn(&T) -> V;

/// The columns of a table in print order.
pub struct Fields<'a, R>(Vec<Field<'a, R>>);

impl<'a, R> Fields<'a, R> {
    pub fn new() -> Fields<'a, R> {
        Fields(Vec::new())
    }

    pub fn add(&mut self, column: TableColumn, cell: impl Fn(&R) -> Formula + 'a) {
        self.0.push(Field { column, cell: Box::new(cell) });
    }

    /// The columns that have been added, seen from a cell of the same row.
    pub fn at<const N: usize>(&self, keys: [&str; N]) -> [Reference; N] {
        keys.map(|key| Reference::Beside(self.0.iter().position(|field| field.column.key == key).unwrap_or(0)))
    }

    pub fn columns(&self) -> Vec<TableColumn> {
        self.0.iter().map(|field| field.column.clone()).collect()
    }
}

/// A table and what each of its cells is, by row and column.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// As it is printed.
    pub table: MeasureTable,
    /// By row and column of the table.
    pub cells: Vec<Vec<Formula>>,
}

impl Sheet {
    /// Fills a table that has neither columns nor rows; the rows come without values.
    pub fn of<R>(mut table: MeasureTable, fields: &Fields<R>, rows: impl IntoIterator<Item = (TableRow, R)>) -> Sheet {
        table.columns = fields.columns();
        let mut cells: Vec<Vec<Formula>> = Vec::new();
        for (row, line) in rows {
            cells.push(fields.0.iter().map(|field| (field.cell)(&line)).collect());
            table.rows.push(row);
        }
        let mut sheet = Sheet { table, cells };
        for row in 0..sheet.cells.len() {
            sheet.table.rows[row].values = (0..sheet.cells[row].len()).map(|column| sheet.value(row, column)).collect();
        }
        sheet
    }

    fn value(&self, row: usize, column: usize) -> Value {
        let of = |reference| {
            let at = CellAt { measure: 0, row, column }.follow(reference);
            self.value(at.row, at.column)
        };
        self.cells[row][column].value(&of)
    }

    /// Says what the columns are that tests and intervals have appended to the table: made of the numbers that they test.
    pub fn cover_tests(&mut self) {
        let is_tested = |role: Role| matches!(role, Role::Current | Role::Previous | Role::Share | Role::Earlier);
        let described = self.cells.first().map_or(0, Vec::len);
        let tested = (0..described).filter(|column| is_tested(self.table.columns[*column].role));
        let tested: Vec<Reference> = tested.map(Reference::Beside).collect();
        self.cover(TESTED, &tested);
    }

    /// Says what the columns are that have been appended to the table.
    pub fn cover(&mut self, how: &'static str, of: &[Reference]) {
        let of: std::sync::Arc<[Reference]> = of.into();
        for (row, cells) in self.table.rows.iter().zip(&mut self.cells) {
            let appended = row.values[cells.len()..].iter();
            let appended: Vec<Formula> =
                appended.map(|value| Formula::of_cells(how, of.clone(), value.clone())).collect();
            cells.extend(appended);
        }
    }

    /// What stands behind a cell, as it was counted: `None` where nothing does, and of what is worked out and not there.
    pub fn behind(&self, row: usize, column: usize) -> Option<&Formula> {
        let formula = self.cells.get(row)?.get(column)?;
        // A table that was emptied is described as it would have been.
        let is_there = || !matches!(self.value(row, column), Value::Nothing(_));
        (!matches!(formula, Formula::Said(_)) && (formula.how().is_none() || is_there())).then_some(formula)
    }

    /// The cells that a cell is worked out of, each once. Sums are looked through, to the cells that are added up.
    pub fn cells_behind(&self, row: usize, column: usize) -> Vec<Reference> {
        let mut seen = BTreeSet::new();
        let formula = self.behind(row, column).map_or(&[][..], Formula::cells);
        let looked_through = formula.iter().flat_map(|reference| match self.at(row, column, *reference) {
            Some(Formula::Tally(tally)) if !tally.of.is_empty() => &tally.of[..],
            _ => std::slice::from_ref(reference),
        });
        looked_through.copied().filter(|reference| seen.insert(*reference)).collect()
    }

    /// The formula of a cell of this table that another one refers to.
    fn at(&self, row: usize, column: usize, reference: Reference) -> Option<&Formula> {
        if matches!(reference, Reference::Of { .. }) {
            return None;
        }
        let at = CellAt { measure: 0, row, column }.follow(reference);
        self.cells.get(at.row)?.get(at.column)
    }
}
