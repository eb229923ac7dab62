//! Measures: from the columns of Parquet to the tables that are drawn and written.
//!
//! In: the plan, [`Dataset`]s. Out: one [`MeasureTable`] per measure, in plan order. Events are counted by distinct id
//! through [`requests`] → a [`CubeEngine`] → [`compute`]; observations and registers are read as they stand.
//! Never rounds, never draws, and never takes something missing for zero.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeEngine, CubeRequest};
use crate::domain::table::MeasureTable;
use crate::job::plan::{ColumnKindPlan, MeasureKind, MeasurePlan, Plan, SourcePlan};
use crate::store::Dataset;

mod requests;

mod coding;

mod polars_engine;

mod order;

mod change;

mod head;

mod notes;

mod breakdown;

mod trend;

mod share;

mod long;

mod observations;

mod indicator;

mod goal;

mod register;

#[cfg(test)]
mod fixtures;

pub use polars_engine::PolarsEngine;

use breakdown::Breakdown;
use long::Long;
use share::Shares;
use trend::Trend;

/// Answers by request.
#[derive(Debug, Clone, Default)]
pub struct Cubes(BTreeMap<CubeRequest, Cube>);

impl Cubes {
    /// Asks an engine for all requests.
    pub fn collect(engine: &dyn CubeEngine, requests: &[CubeRequest]) -> Result<Cubes, Failure> {
        Ok(Cubes::from(engine.answer(requests)?))
    }

    fn get(&self, request: &CubeRequest) -> Result<&Cube, Failure> {
        let missing = || Failure::internal(format!("a count of source {} was not asked for", request.source));
        self.0.get(request).ok_or_else(missing)
    }
}

impl From<Vec<Cube>> for Cubes {
    fn from(cubes: Vec<Cube>) -> Cubes {
        Cubes(cubes.into_iter().map(|cube| (cube.request.clone(), cube)).collect())
    }
}

/// The cubes that the plan's event measures need, deduplicated, in a fixed order.
pub fn requests(plan: &Plan) -> Vec<CubeRequest> {
    let asked: BTreeSet<CubeRequest> = plan.measures.iter().flat_map(|measure| requests_of(plan, measure)).collect();
    asked.into_iter().collect()
}

fn requests_of(plan: &Plan, measure: &MeasurePlan) -> Vec<CubeRequest> {
    match &measure.kind {
        MeasureKind::Breakdown(spec) => Breakdown::new(plan, measure, spec).requests(),
        MeasureKind::Trend(spec) => Trend::new(plan, measure, spec).requests(),
        MeasureKind::Cube(spec) => Long::new(plan, measure, spec).requests(),
        MeasureKind::Share(spec) => Shares::new(plan, measure, spec).requests(),
        MeasureKind::Indicator(_) | MeasureKind::Goal(_) | MeasureKind::Register(_) => Vec::new(),
    }
}

/// Columns of an event source that these requests read, the id among them, in the order of the job file.
pub fn columns_of(requests: &[CubeRequest], source: &SourcePlan) -> Vec<String> {
    let mut read = BTreeSet::new();
    for request in requests.iter().filter(|request| request.source == source.name) {
        read.extend(request.dimensions.iter().map(|dimension| dimension.column.as_str()));
        read.extend(request.conditions.iter().map(|condition| condition.column.as_str()));
        read.extend(request.sums.iter().map(String::as_str));
    }
    let columns = source.columns.iter();
    let wanted =
        columns.filter(|column| matches!(column.kind, ColumnKindPlan::Id) || read.contains(column.name.as_str()));
    wanted.map(|column| column.name.clone()).collect()
}

/// The tables of all measures in plan order.
///
/// `observations` holds the observation and register sources, all columns. Errors: `differing-duplicate` if two
/// observations that differ claim one cell; all such are told at once.
pub fn compute(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
) -> Result<Vec<MeasureTable>, Failure> {
    let mut tables = Vec::with_capacity(plan.measures.len());
    let mut mistakes = Vec::new();
    for measure in &plan.measures {
        match table_of(plan, cubes, observations, measure) {
            Ok(table) => tables.push(table),
            Err(failure) if failure.kind == crate::diagnostic::FailureKind::Fixable => {
                mistakes.extend(failure.diagnostics);
            }
            Err(failure) => return Err(failure),
        }
    }
    if mistakes.is_empty() { Ok(tables) } else { Err(Failure::fixable(mistakes)) }
}

fn table_of(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
    measure: &MeasurePlan,
) -> Result<MeasureTable, Failure> {
    let source = &plan.sources[measure.source];
    let rows = || {
        let missing = || Failure::internal(format!("the data of source {} were not read", source.name));
        observations.get(&source.name).map(|data| observations::Observations::new(source, data)).ok_or_else(missing)
    };
    match &measure.kind {
        MeasureKind::Breakdown(spec) => Breakdown::new(plan, measure, spec).table(cubes),
        MeasureKind::Trend(spec) => Trend::new(plan, measure, spec).table(cubes),
        MeasureKind::Cube(spec) => Long::new(plan, measure, spec).table(cubes),
        MeasureKind::Share(spec) => Shares::new(plan, measure, spec).table(cubes),
        MeasureKind::Indicator(spec) => indicator::table(plan, measure, spec, &rows()?),
        MeasureKind::Goal(spec) => goal::table(plan, measure, spec, &rows()?),
        MeasureKind::Register(spec) => Ok(register::table(plan, measure, spec, &rows()?)),
    }
}

/// Names of the sources whose rows [`compute`] reads as they stand: observations, and whatever a register prints.
pub fn sources_of_rows(plan: &Plan) -> BTreeSet<&str> {
    let reads_rows = |measure: &&MeasurePlan| {
        matches!(measure.kind, MeasureKind::Indicator(_) | MeasureKind::Goal(_) | MeasureKind::Register(_))
    };
    let sources = plan.measures.iter().filter(reads_rows).map(|measure| &plan.sources[measure.source]);
    sources.map(|source| source.name.as_str()).collect()
}
