//! From rows to cells: which numbers a row is part of.
//!
//! In: the sheets of all measures. Out: for a row of a source the cells that it stands in, and as what.
//! A number that is computed of other cells is found through those that are counted or read; one that is computed of
//! computed ones is not followed further.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::EventRows;
use crate::domain::cube::{CubeRequest, Key};
use crate::measure::formula::Formula;
use crate::measure::selection::{CellAt, PartRole, Selection};
use crate::measure::sheet::Sheet;

/// A cell that a row is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    pub at: CellAt,
    pub role: PartRole,
}

/// The parts of each cell of a cube.
type ByKey = BTreeMap<Arc<[Key]>, Vec<Part>>;

/// The cells of all tables by what stands behind them.
#[derive(Debug, Default)]
pub struct Index {
    events: BTreeMap<Arc<CubeRequest>, ByKey>,
    /// By source and place in its dataset.
    rows: BTreeMap<(usize, usize), Vec<Part>>,
}

impl Index {
    pub fn of(sheets: &[Sheet]) -> Index {
        let mut index = Index::default();
        for (measure, sheet) in sheets.iter().enumerate() {
            for (row, cells) in sheet.cells.iter().enumerate() {
                (0..cells.len()).for_each(|column| index.add(sheets, CellAt { measure, row, column }));
            }
        }
        index
    }

    fn add(&mut self, sheets: &[Sheet], at: CellAt) {
        let sheet = &sheets[at.measure];
        for (role, selection) in sheet.behind(at.row, at.column).map_or(Vec::new(), Formula::selections) {
            self.enter(Part { at, role }, selection);
        }
        let behind = sheet.cells_behind(at.row, at.column).into_iter();
        let behind: BTreeSet<CellAt> = behind.map(|reference| at.follow(reference)).collect();
        let found = behind.iter().filter_map(|other| sheets.get(other.measure)?.behind(other.row, other.column));
        for formula in found.filter(|formula| formula.how().is_none()) {
            for (_, selection) in formula.selections() {
                self.enter(Part { at, role: PartRole::Basis }, selection);
            }
        }
    }

    fn enter(&mut self, part: Part, selection: &Selection) {
        match selection {
            Selection::Events { request, key } => {
                let cells = self.events.entry(request.clone()).or_default();
                cells.entry(key.clone()).or_default().push(part);
            }
            Selection::Chosen(chosen) => self.enter_rows(part, chosen.source, &chosen.rows),
            Selection::Rows { source, rows } => self.enter_rows(part, *source, rows),
        }
    }

    fn enter_rows(&mut self, part: Part, source: usize, rows: &[usize]) {
        rows.iter().for_each(|row| self.rows.entry((source, *row)).or_default().push(part));
    }

    /// The requests whose cells stand in tables.
    pub fn requests(&self) -> impl Iterator<Item = &CubeRequest> {
        self.events.keys().map(Arc::as_ref)
    }

    /// Every number that a row is part of, in the order of tables, rows and columns.
    ///
    /// `events`: the source's rows for counts of distinct events; `None` for a source of observations.
    pub fn parts_of(&self, source: (usize, &str), events: Option<&EventRows>, row: usize) -> Vec<Part> {
        let mut parts: BTreeSet<Part> = self.rows.get(&(source.0, row)).into_iter().flatten().copied().collect();
        if let Some(events) = events {
            for (request, cells) in self.events.iter().filter(|(request, _)| request.source == source.1) {
                let keys = events.keys_of(request, row);
                parts.extend(keys.iter().filter_map(|key| cells.get(key.as_slice())).flatten());
            }
        }
        parts.into_iter().collect()
    }
}
