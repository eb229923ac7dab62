//! Two tables held against each other, cell by cell.
//!
//! In: the same table of two runs. Out: a [`TableChange`]; what is equal is counted. A cell that was hidden in either run
//! stays hidden: it is said that it changed, never by how much.

use std::collections::BTreeMap;

use super::columns::{self, Pairs};
use super::rows::RowFacts;
use crate::domain::period::{PeriodRule, TimePart, TimePartStep, day_of};
use crate::domain::table::Nothing;
use crate::published::{Cell, Row, Table};

/// How a table differs between the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct TableChange {
    /// Name in the new run; in the old one if it went.
    pub name: String,
    /// Title in the new run; in the old one if it went.
    pub title: String,
    /// Whether both runs have it.
    pub fate: TableFate,
    /// The title was another.
    pub title_was: Option<String>,
    /// Rows that only the new run has, as readers know them.
    pub rows_came: Vec<String>,
    /// Rows that only the old run has.
    pub rows_went: Vec<String>,
    /// Labels of columns that only the new run has.
    pub columns_came: Vec<String>,
    /// Labels of columns that only the old run has.
    pub columns_went: Vec<String>,
    /// Cells that both runs have and that differ, in the new table's order.
    pub cells: Vec<CellChange>,
    /// Numbers that both runs have and that are the same.
    pub equal: u64,
}

/// Whether a table stands in both runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableFate {
    /// Both runs have it, under one name.
    Stayed,
    /// Only the new run has it.
    Came,
    /// Only the old run has it.
    Went,
    /// Its name in the old run.
    Renamed(String),
}

/// A cell that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct CellChange {
    /// Path of row labels; empty for the total.
    pub key: Vec<String>,
    /// The row as a reader knows it: "Barn och unga / Resursenhet 1".
    pub row: String,
    /// Key of the column in the new table.
    pub column: String,
    /// The column's header in the new table.
    pub column_label: String,
    /// What stood there.
    pub old: Cell,
    /// What stands there.
    pub new: Cell,
    /// New minus old, where both are numbers.
    pub difference: Option<f64>,
    /// The year that the column is of.
    pub year: Option<i32>,
    /// A test or an interval: printed in no table.
    pub for_analyst: bool,
    /// A column of whole numbers: rows can be counted for it.
    pub is_count: bool,
    /// Rows of the exports that make the difference; none where that is not known.
    pub rows_came: Vec<RowFacts>,
    /// Rows of the exports that went, and made the difference with those that came.
    pub rows_went: Vec<RowFacts>,
}

impl TableChange {
    /// True when there is nothing to tell.
    pub fn is_equal(&self) -> bool {
        let lists = [&self.rows_came, &self.rows_went, &self.columns_came, &self.columns_went];
        let same = self.fate == TableFate::Stayed && self.title_was.is_none();
        same && self.cells.is_empty() && lists.iter().all(|list| list.is_empty())
    }

    /// True when at most its name or title is another.
    pub(super) fn is_of_words(&self) -> bool {
        let renamed = matches!(self.fate, TableFate::Stayed | TableFate::Renamed(_));
        renamed && TableChange { title_was: None, fate: TableFate::Stayed, ..self.clone() }.is_equal()
    }

    /// A table that only one run has.
    pub(super) fn alone(table: &Table, fate: TableFate) -> TableChange {
        TableChange {
            name: table.name.clone(),
            title: table.title.clone(),
            fate,
            title_was: None,
            rows_came: Vec::new(),
            rows_went: Vec::new(),
            columns_came: Vec::new(),
            columns_went: Vec::new(),
            cells: Vec::new(),
            equal: 0,
        }
    }
}

/// Two runs' years and, when they are not the same, the year that is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Years {
    pub(super) old: i32,
    pub(super) new: i32,
    pub(super) aligned: Option<i32>,
    pub(super) rule: PeriodRule,
}

/// Which columns go together: those of the table, and those of rows that are months, quarters or years themselves.
struct Together {
    columns: Pairs,
    in_dated_rows: Vec<(usize, usize)>,
}

impl Together {
    fn of(old: &Table, new: &Table, years: Years) -> Together {
        let by_key = columns::by_key(old, new);
        let Some(year) = years.aligned else { return Together { columns: by_key, in_dated_rows: Vec::new() } };
        let undated = |(_, column): &(usize, usize)| columns::yearly(new, &new.columns[*column], years.new).is_none();
        let Pairs { both, .. } = columns::of_year(year, (old, years.old), (new, years.new));
        // What the other years' columns are called is no change.
        let columns = Pairs { both, ..Pairs::default() };
        Together { columns, in_dated_rows: by_key.both.into_iter().filter(undated).collect() }
    }

    fn pairs<'a>(&'a self, row: &Row, years: Years) -> impl Iterator<Item = (usize, usize)> + 'a {
        let dated: &[(usize, usize)] = if is_of(row, years) { &self.in_dated_rows } else { &[] };
        self.columns.both.iter().chain(dated).copied()
    }
}

/// True when both runs have something of the year that is looked at.
pub(super) fn has_year(old: &Table, new: &Table, years: Years) -> bool {
    let together = Together::of(old, new, years);
    let dated = |table: &Table| !together.in_dated_rows.is_empty() && table.rows.iter().any(|row| is_of(row, years));
    !together.columns.both.is_empty() || (dated(old) && dated(new))
}

/// Compares a table of both runs.
pub(super) fn compare(old: &Table, new: &Table, years: Years) -> TableChange {
    let together = Together::of(old, new, years);
    let fate = if old.name == new.name { TableFate::Stayed } else { TableFate::Renamed(old.name.clone()) };
    let mut change = TableChange::alone(new, fate);
    change.title_was = (old.title != new.title).then(|| old.title.clone());
    let partners = by_row_key(old);
    let mut found = vec![false; old.rows.len()];
    // Of another year's rows, those with something in the year that is looked at.
    let counts = |row: &Row, of_old: bool| {
        let column = |pair: (usize, usize)| if of_old { pair.0 } else { pair.1 };
        let says = |cell: Option<&Cell>| cell.and_then(Cell::number).is_some_and(|number| number != 0.0);
        years.aligned.is_none() || together.pairs(row, years).any(|pair| says(row.cells.get(column(pair))))
    };
    for (key, row) in keyed(new) {
        match partners.get(&key).copied() {
            None if counts(row, false) => change.rows_came.push(shown(row)),
            None => {}
            Some(index) => {
                found[index] = true;
                let old = (old, &old.rows[index]);
                together.pairs(row, years).for_each(|pair| cell(&mut change, old, (new, row), pair, years));
            }
        }
    }
    let went = old.rows.iter().zip(&found).filter(|(row, found)| !**found && counts(row, true));
    change.rows_went = went.map(|(row, _)| shown(row)).collect();
    let labels = |table: &Table, columns: &[usize]| {
        columns.iter().map(|column| table.columns[*column].label.clone()).collect::<Vec<_>>()
    };
    change.columns_went = labels(old, &together.columns.went);
    change.columns_came = labels(new, &together.columns.came);
    change
}

/// A row's key, and how many rows above have the same: in registers several rows may have one label.
type RowKey<'a> = (&'a [String], usize);

fn keyed(table: &Table) -> Vec<(RowKey<'_>, &Row)> {
    let mut seen: BTreeMap<&[String], usize> = BTreeMap::new();
    let rows = table.rows.iter().map(|row| {
        let count = seen.entry(&row.key).or_default();
        *count += 1;
        ((row.key.as_slice(), *count), row)
    });
    rows.collect()
}

fn by_row_key(table: &Table) -> BTreeMap<RowKey<'_>, usize> {
    keyed(table).into_iter().enumerate().map(|(index, (key, _))| (key, index)).collect()
}

fn shown(row: &Row) -> String {
    let above = row.key.split_last().map_or(&[][..], |(_, above)| above);
    above.iter().chain([&row.label]).map(String::as_str).collect::<Vec<_>>().join(" / ")
}

/// Whether a row is a month, quarter or year of the year that is looked at.
fn is_of(row: &Row, years: Years) -> bool {
    let (Some(year), Some(key)) = (years.aligned, row.key.last()) else { return false };
    let (first, last) = years.rule.days_of(year);
    let part = |step| TimePart { year, step, days: (first, last) };
    let is_year = *key == year.to_string();
    let is_quarter = (1..=4).any(|quarter| *key == part(TimePartStep::Quarter(quarter)).name());
    is_year || is_quarter || month_of(key).is_some_and(|day| (first..=last).contains(&day))
}

fn cell(change: &mut TableChange, old: (&Table, &Row), new: (&Table, &Row), pair: (usize, usize), years: Years) {
    let (Some(was), Some(is)) = (old.1.cells.get(pair.0), new.1.cells.get(pair.1)) else { return };
    if was == is {
        change.equal += u64::from(is.number().is_some());
        return;
    }
    let column = &new.0.columns[pair.1];
    let difference = was.number().zip(is.number()).map(|(was, is)| is - was);
    change.cells.push(CellChange {
        key: new.1.key.clone(),
        row: shown(new.1),
        column: column.key.clone(),
        column_label: column.label.clone(),
        old: was.clone(),
        new: is.clone(),
        difference,
        year: columns::yearly(new.0, column, years.new).map(|(year, _)| year),
        for_analyst: column.for_analyst,
        is_count: column.unit == crate::published::Unit::Count,
        rows_came: Vec::new(),
        rows_went: Vec::new(),
    });
}

impl CellChange {
    /// True when the cell was hidden in one of the runs.
    pub fn is_hidden(&self) -> bool {
        [&self.old, &self.new].into_iter().any(|cell| *cell == Cell::Nothing(Nothing::Withheld))
    }
}

/// First day of the month that "2022-09" names.
pub(super) fn month_of(text: &str) -> Option<i32> {
    let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok().map(day_of)
}
