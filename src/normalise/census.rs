//! What is counted of kept rows beside their values: cells that hold none, by column, period and reason, and their days.
//!
//! In: the marks and flaws that the columns found, batch by batch in row order. Out: [`CellCount`]s in a fixed order.
//! Never: a blank cell (Parquet says how many), a cell of a dropped row, or the spelling of a column that is not safe.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Code;
use crate::domain::delivery::{CellCount, CellKind};
use crate::domain::table::Nothing;
use crate::store::NO_DAY;
use crate::vocabulary::plan::SourcePlan;

use super::block::Flaw;
use super::columns::{Column, Worker};
use super::rules::Rules;

/// Distinct spellings that are told apart for one column; the rest share one entry without a text.
const MOST_SPELLINGS: usize = 1000;

/// Column, period, reason, spelling.
type Key = (u32, Option<i32>, CellKind, Option<Box<str>>);

/// The cells and days of a batch, or of all batches so far.
#[derive(Default)]
pub(super) struct Census {
    cells: BTreeMap<Key, u64>,
    /// Spellings told apart, per column.
    spellings: BTreeMap<u32, BTreeSet<Box<str>>>,
    /// Days of the source's period date with at least one row.
    days: BTreeSet<i32>,
}

impl Census {
    /// Counts a batch. `problems`: the flaws of its kept rows.
    pub(super) fn of_batch(
        source: &SourcePlan,
        rules: &Rules,
        worker: &Worker,
        kept: &[u32],
        problems: &[Flaw],
    ) -> Census {
        let days = rules.period_date.and_then(|date| match &worker.columns[date] {
            Column::Days(days) => Some(days.as_slice()),
            _ => None,
        });
        let day = |row: u32| days.and_then(|days| days.get(row as usize)).copied().filter(|day| *day != NO_DAY);
        let year = |row: u32| day(row).map(|day| source.period.year_of(day));
        let mut cells = BTreeMap::new();
        for (row, column, nothing) in &worker.notes.marks {
            if let Some(kind) = kind_of_mark(*nothing).filter(|_| kept.binary_search(row).is_ok()) {
                *cells.entry((*column, year(*row), kind, None)).or_default() += 1;
            }
        }
        for flaw in problems {
            if let Some(kind) = kind_of_flaw(flaw.code) {
                let text = flaw.text.clone().filter(|_| kind == CellKind::Unknown);
                *cells.entry((flaw.column, year(flaw.row), kind, text)).or_default() += 1;
            }
        }
        Census { cells, spellings: BTreeMap::new(), days: kept.iter().filter_map(|row| day(*row)).collect() }
    }

    /// Adds the next batch. In the order of the batches: it decides which spellings are told apart.
    pub(super) fn add(&mut self, batch: Census) {
        self.days.extend(batch.days);
        for ((column, year, kind, text), cells) in batch.cells {
            let known = self.spellings.entry(column).or_default();
            let told = text.filter(|text| known.contains(text) || known.len() < MOST_SPELLINGS);
            if let Some(text) = &told {
                known.insert(text.clone());
            }
            *self.cells.entry((column, year, kind, told)).or_default() += cells;
        }
    }

    /// In order, each once.
    pub(super) fn days(&self) -> Vec<i32> {
        self.days.iter().copied().collect()
    }

    pub(super) fn counts(self, source: &SourcePlan) -> Vec<CellCount> {
        let name = |column: u32| source.columns.get(column as usize).map_or("value", |column| &column.name).to_string();
        let mut counts: BTreeMap<(String, Option<i32>, CellKind, Option<String>), u64> = BTreeMap::new();
        for ((column, year, kind, text), cells) in self.cells {
            *counts.entry((name(column), year, kind, text.map(String::from))).or_default() += cells;
        }
        let count = |((column, year, kind, text), cells)| CellCount { column, year, kind, text, cells };
        counts.into_iter().map(count).collect()
    }
}

fn kind_of_mark(nothing: Nothing) -> Option<CellKind> {
    match nothing {
        Nothing::Missing => Some(CellKind::Missing),
        Nothing::NotApplicable => Some(CellKind::NotApplicable),
        Nothing::Withheld => Some(CellKind::Withheld),
        Nothing::Blank => None,
    }
}

/// A status that contradicts its value is no matter of one cell.
fn kind_of_flaw(code: Code) -> Option<CellKind> {
    match code {
        Code::UnknownCategory => Some(CellKind::Unknown),
        Code::BadDate | Code::BadNumber | Code::BadYesNo | Code::MissingValue => Some(CellKind::Invalid),
        _ => None,
    }
}
