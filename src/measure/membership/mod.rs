//! What stands behind a cell: which events are counted in it, which rows it is read from, which cells it is made of.
//!
//! In: the plan, cubes and datasets that [`super::compute`] made the tables of, and those tables. Out: one [`Definition`]
//! per cell; with [`EventRows`] the rows of each, with [`Index`] the cells of each row.
//! Every family says for itself what its cells are, in the order in which it prints them; rows are then found by going
//! through them one by one, with other code than counted them.

mod event_rows;

mod index;

pub mod whole;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::breakdown::Breakdown;
use super::cube::Long;
use super::observations::Observations;
use super::rate::Rates;
use super::risk_count::RiskCount;
use super::share::Shares;
use super::spc::Spc;
use super::trend::Trend;
use super::{Cubes, comparison, development, funnel, goal, indicator, mismatch, published, quality, register, shift};
use crate::diagnostic::Failure;
use crate::domain::cube::{CubeRequest, Key};
use crate::domain::table::{MeasureTable, Role, Value};
use crate::measure::plan::MeasureKind;
use crate::measure::plan::Plan;
use crate::measure::risk::plan::RiskYears;
use crate::store::Dataset;

pub use event_rows::EventRows;
pub use index::{Index, Part, PartRole};

/// Events or rows of one source.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    /// The distinct events of one cell of a cube: its conditions hold, and each dimension has the key's value.
    Events { request: CubeRequest, key: Vec<Key> },
    /// Rows of a source as they stand, by their place in the dataset.
    Rows { source: usize, rows: Vec<usize> },
}

/// A cell that another one is made of, seen from that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// Another column of the same row.
    Beside(usize),
    /// Another row of the same table.
    In { row: usize, column: usize },
    /// A cell of another measure's table.
    Of { measure: usize, row: usize, column: usize },
}

/// A cell of a measure's table, by indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    pub measure: usize,
    pub row: usize,
    pub column: usize,
}

impl CellAt {
    /// The cell that one at this place refers to.
    pub fn follow(self, reference: Reference) -> CellAt {
        match reference {
            Reference::Beside(column) => CellAt { column, ..self },
            Reference::In { row, column } => CellAt { row, column, ..self },
            Reference::Of { measure, row, column } => CellAt { measure, row, column },
        }
    }
}

/// How a cell came to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Definition {
    /// Distinct events; or rows, where a source has no events.
    Count(Selection),
    Share {
        part: Selection,
        whole: Selection,
    },
    /// Mean of a number column over distinct events that have one.
    Mean {
        number: String,
        of: Selection,
    },
    /// As it stands in a row (or, for a text that several rows say, in each of them).
    Value {
        rows: Selection,
        column: String,
    },
    /// Computed of other cells, or of rows.
    Computed {
        how: &'static str,
        cells: Vec<Reference>,
        rows: Vec<Selection>,
    },
    /// Nothing stands behind it: a period that was not delivered, a cell without a meaning.
    Nothing,
}

impl Definition {
    /// Made of other columns of its row.
    pub fn beside(how: &'static str, columns: &[usize]) -> Definition {
        let cells = columns.iter().map(|column| Reference::Beside(*column)).collect();
        Definition::Computed { how, cells, rows: Vec::new() }
    }

    /// A column of one row of a source; nothing without a row.
    pub fn value(source: usize, row: Option<usize>, column: &str) -> Definition {
        let value =
            |row| Definition::Value { rows: Selection::Rows { source, rows: vec![row] }, column: column.to_string() };
        row.map_or(Definition::Nothing, value)
    }

    /// The selections that a row can be in, with what it is there.
    pub fn selections(&self) -> Vec<(PartRole, &Selection)> {
        match self {
            Definition::Count(of) => vec![(PartRole::Counted, of)],
            Definition::Share { part, whole } => vec![(PartRole::Numerator, part), (PartRole::Denominator, whole)],
            Definition::Mean { of, .. } => vec![(PartRole::Averaged, of)],
            Definition::Value { rows, .. } => vec![(PartRole::Value, rows)],
            Definition::Computed { rows, .. } => rows.iter().map(|rows| (PartRole::Basis, rows)).collect(),
            Definition::Nothing => Vec::new(),
        }
    }
}

/// The definitions of one table: by row, then column.
pub type Definitions = Vec<Vec<Definition>>;

/// The words for what tests and intervals append to a table.
const TESTED: &str = "a test or an interval of the numbers beside it";

/// Differences and relative changes of two cells.
pub(super) const DIFFERENCE: &str = "the difference of";
pub(super) const CHANGE: &str = "the relative change, (now − then) / then, of";

/// The definitions of all tables, in plan order; as many rows and columns as the tables have.
///
/// Errors: an internal one where a family describes another table than it prints.
pub fn definitions(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
    tables: &[MeasureTable],
) -> Result<Vec<Definitions>, Failure> {
    let mut all = Vec::with_capacity(plan.measures.len());
    for index in 0..plan.measures.len() {
        let mut definitions = of_measure(plan, cubes, observations, tables, index)?;
        complete(&tables[index], &mut definitions)?;
        all.push(definitions);
    }
    Ok(all)
}

fn of_measure(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
    tables: &[MeasureTable],
    index: usize,
) -> Result<Definitions, Failure> {
    let (measure, table) = (&plan.measures[index], &tables[index]);
    let rows_of = |source: usize| {
        let source = &plan.sources[source];
        let missing = || Failure::internal(format!("the data of source {} were not read", source.name));
        observations.get(&source.name).map(|data| Observations::new(source, data)).ok_or_else(missing)
    };
    let rows = || rows_of(measure.source);
    let rows_in = |source: usize| observations.get(&plan.sources[source].name).map_or(0, |data| data.rows);
    match &measure.kind {
        MeasureKind::Breakdown(spec) => Breakdown::new(plan, measure, spec).definitions(cubes),
        MeasureKind::Trend(spec) => Trend::new(plan, measure, spec).definitions(cubes),
        MeasureKind::Cube(spec) => Long::new(plan, measure, spec).definitions(cubes),
        MeasureKind::Share(spec) => Shares::new(plan, measure, spec).definitions(cubes),
        MeasureKind::Rate(spec) => Rates::new(plan, measure, spec).definitions(cubes, observations),
        MeasureKind::Indicator(spec) => indicator::cells::definitions(measure, spec, &rows()?),
        MeasureKind::Goal(spec) => goal::cells::definitions(measure, spec, &rows()?),
        MeasureKind::Mismatch(spec) => {
            let before = spec.previous.map(rows_of).transpose()?;
            mismatch::cells::definitions(plan, measure, spec, &rows()?, before.as_ref())
        }
        MeasureKind::Register(spec) => Ok(register::definitions(measure, spec, &rows()?)),
        MeasureKind::Comparison(spec) => comparison::origins::definitions(measure, spec, &rows()?, table),
        MeasureKind::Funnel(spec) => funnel::definitions(measure, spec, &rows()?, table),
        MeasureKind::Spc(spec) => Spc::new(plan, measure, spec).definitions(cubes, observations, table),
        MeasureKind::Shift(spec) => Ok(shift::cells::shift(&plan.measures, spec, &tables[spec.measure], table)),
        MeasureKind::Development(spec) => {
            Ok(development::cells::development(&plan.measures, spec, &tables[spec.measure], table))
        }
        MeasureKind::Risk(spec) if spec.show.has_ids() => {
            let mut registers = vec![(measure.source, rows()?)];
            if let RiskYears::Source(index) = spec.years {
                registers.push((index, rows_of(index)?));
            }
            Ok(whole::by_id(&registers, &spec.id, table))
        }
        MeasureKind::RiskCount(spec) => Ok(RiskCount::new(plan, measure, spec).definitions()),
        MeasureKind::Quality(spec) => {
            Ok(quality::cells::definitions(plan, measure, spec, rows_in(measure.source), table))
        }
        MeasureKind::Delivery(spec) => {
            let of_row = |source: &usize| whole::of_row((*source, &plan.sources[*source]), rows_in(*source), table);
            Ok(spec.sources.iter().map(of_row).collect())
        }
        MeasureKind::Published(spec) => {
            Ok(published::definitions(plan, measure, spec, &rows()?, &tables[spec.measure]))
        }
        MeasureKind::Risk(_) => {
            Ok(whole::of_source((measure.source, &plan.sources[measure.source]), rows_in(measure.source), table))
        }
    }
}

/// Describes the columns that tests and intervals append, and checks that the table has no cell beside.
fn complete(table: &MeasureTable, definitions: &mut Definitions) -> Result<(), Failure> {
    let own: Vec<usize> = (0..table.columns.len()).filter(|index| is_tested(table.columns[*index].role)).collect();
    if definitions.len() != table.rows.len() {
        let (ours, theirs) = (definitions.len(), table.rows.len());
        return Err(Failure::internal(format!("{} has {theirs} rows and {ours} are described", table.name)));
    }
    for (row, cells) in table.rows.iter().zip(definitions) {
        let described = cells.len();
        while cells.len() < table.columns.len() {
            let before: Vec<usize> = own.iter().copied().filter(|column| *column < described).collect();
            cells.push(Definition::beside(TESTED, &before));
        }
        if cells.len() != row.values.len() {
            return Err(Failure::internal(format!("{} has fewer columns than are described", table.name)));
        }
        // What is not there has nothing behind it.
        for (cell, value) in cells.iter_mut().zip(&row.values) {
            let is_computed = matches!(cell, Definition::Computed { .. });
            if is_computed && matches!(value, Value::Nothing(_)) {
                *cell = Definition::Nothing;
            }
        }
    }
    Ok(())
}

/// Columns whose numbers are tested.
fn is_tested(role: Role) -> bool {
    matches!(role, Role::Current | Role::Previous | Role::Share | Role::Earlier)
}
