//! Measures: from the columns of Parquet to the tables that are drawn and written.
//!
//! In: the plan, [`Dataset`]s. Out: one [`MeasureTable`] per measure, in plan order. Events are counted by distinct id
//! through [`needs()`] → a [`CubeEngine`] → [`compute`]; observations and registers are read as they stand.
//! Never rounds, never draws, and never takes something missing for zero.

mod certainty;

mod change;

mod coding;

mod cubes;

pub mod declared;

pub mod definition;

pub mod derived;

pub mod families;

pub mod family;

pub mod formula;

mod head;

pub mod membership;

mod needs;

mod notes;

mod observations;

mod order;

pub mod plan;

mod polars_engine;

mod requests;

mod sheet;

pub mod wording;

pub mod breakdown;

pub mod trend;

pub mod cube;

pub mod share;

pub mod rate;

pub mod indicator;

pub mod goal;

pub mod mismatch;

pub mod register;

pub mod comparison;

pub mod funnel;

pub mod risk;

pub mod risk_count;

pub mod spc;

pub mod shift;

pub mod development;

pub mod quality;

pub mod delivery;

pub mod published;

#[cfg(test)]
mod fixtures;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Failure, FailureKind};
use crate::domain::delivery::Deliveries;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, TableNote, Value};
use crate::measure::family::Of;
use crate::measure::plan::Plan;
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::measure::risk::plan::RiskYears;
use crate::store::Dataset;

pub use cubes::Cubes;
pub use needs::{Needs, RowColumns, needs};
pub use polars_engine::PolarsEngine;
pub use sheet::Sheet;

use breakdown::Breakdown;
use cube::Long;
use rate::Rates;
use risk_count::RiskCount;
use share::Shares;
use spc::Spc;
use trend::Trend;

/// The tables of all measures in plan order.
///
/// `observations` holds the observation and register sources, all columns. Errors: `differing-duplicate` if two
/// observations that differ claim one cell; all such are told at once.
pub fn compute(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
) -> Result<Vec<MeasureTable>, Failure> {
    compute_with(plan, cubes, observations, &Deliveries::default())
}

/// As [`compute`], for plans with tables of data quality: they ask what became of all rows and cells, too.
pub fn compute_with(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
) -> Result<Vec<MeasureTable>, Failure> {
    Ok(sheets(plan, cubes, observations, deliveries)?.into_iter().map(|sheet| sheet.table).collect())
}

/// The tables of all measures in plan order, with what each of their cells is.
pub fn sheets(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
) -> Result<Vec<Sheet>, Failure> {
    let mut sheets = Vec::with_capacity(plan.measures.len());
    let mut mistakes = Vec::new();
    for measure in &plan.measures {
        match sheet_of(plan, cubes, observations, deliveries, measure, &sheets) {
            Ok(mut sheet) => {
                certainty::add(&plan.job, measure, &mut sheet.table);
                sheet.cover_tests();
                sheets.push(sheet);
            }
            Err(failure) if failure.kind == FailureKind::Fixable => {
                mistakes.extend(failure.diagnostics);
            }
            Err(failure) => return Err(failure),
        }
    }
    if mistakes.is_empty() { Ok(sheets) } else { Err(Failure::fixable(mistakes)) }
}

fn sheet_of(
    plan: &Plan,
    cubes: &Cubes,
    observations: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
    measure: &MeasurePlan,
    before: &[Sheet],
) -> Result<Sheet, Failure> {
    let rows_of = |source: usize| {
        let source = &plan.sources[source];
        let missing = || Failure::internal(format!("the data of source {} were not read", source.name));
        observations.get(&source.name).map(|data| observations::Observations::new(source, data)).ok_or_else(missing)
    };
    let rows = || rows_of(measure.source);
    // After a mistake the tables before are not all there; nothing that is made of them is published then.
    let base = |index: usize| {
        let name = &plan.measures[index].name;
        let found = before.iter().map(|sheet| &sheet.table).find(|table| table.name == *name);
        found.ok_or_else(|| Failure::fixable(Vec::new()))
    };
    match &measure.kind {
        MeasureKind::Breakdown(spec) => Breakdown::new(plan, measure, spec).sheet(cubes),
        MeasureKind::Trend(spec) => Trend::new(plan, measure, spec).sheet(cubes),
        MeasureKind::Cube(spec) => Long::new(plan, measure, spec).sheet(cubes),
        MeasureKind::Share(spec) => Shares::new(plan, measure, spec).sheet(cubes),
        MeasureKind::Rate(spec) => Rates::new(plan, measure, spec).sheet(cubes, observations),
        MeasureKind::Indicator(spec) => indicator::sheet(plan, measure, spec, &rows()?),
        MeasureKind::Goal(spec) => goal::sheet(plan, measure, spec, &rows()?),
        MeasureKind::Mismatch(spec) => {
            let before = spec.previous.map(rows_of).transpose()?;
            mismatch::sheet(plan, measure, spec, &rows()?, before.as_ref())
        }
        MeasureKind::Register(spec) => Ok(register::sheet(plan, measure, spec, &rows()?)),
        MeasureKind::Comparison(spec) => comparison::sheet(plan, measure, spec, &rows()?, observations),
        MeasureKind::Funnel(spec) => funnel::sheet(plan, measure, spec, &rows()?, observations),
        MeasureKind::Risk(spec) => {
            let before = match spec.years {
                RiskYears::Source(index) => Some(rows_of(index)?),
                _ => None,
            };
            risk::sheet(plan, measure, spec, &rows()?, before.as_ref())
        }
        MeasureKind::RiskCount(spec) => RiskCount::new(plan, measure, spec).sheet(cubes),
        MeasureKind::Spc(spec) => Spc::new(plan, measure, spec).sheet(cubes, observations),
        MeasureKind::Shift(spec) => Ok(shift::sheet(measure, spec, base(spec.measure)?)),
        MeasureKind::Development(spec) => Ok(development::sheet(plan, measure, spec, base(spec.measure)?)),
        MeasureKind::Quality(spec) => quality::sheet(plan, measure, spec, observations, deliveries),
        MeasureKind::Delivery(spec) => delivery::sheet(plan, measure, spec, observations, deliveries),
        MeasureKind::Published(spec) => {
            published::sheet(plan, measure, spec, &rows()?, base(spec.measure)?, observations, deliveries)
        }
    }
}

/// Takes every value out of the tables of sources that were not delivered. `unread`: a source could not be used.
pub fn blank_undelivered(
    plan: &Plan,
    sheets: &mut [Sheet],
    is_delivered: &dyn Fn(usize) -> bool,
    is_unread: &dyn Fn(usize) -> bool,
) {
    for (measure, sheet) in plan.measures.iter().zip(sheets) {
        let (table, needed) = (&mut sheet.table, measure.kind.family().wants(Of { plan, measure }).sources);
        if needed.iter().any(|source| !is_delivered(*source)) {
            not_delivered(table, needed.iter().any(|source| is_unread(*source)));
        }
    }
}

/// What the analyst should mend in rows that are read as they stand: warnings, each with its file and row, each once.
pub fn remarks(plan: &Plan, rows: &BTreeMap<String, Dataset>) -> Vec<Diagnostic> {
    let mut remarks: Vec<Diagnostic> = Vec::new();
    for measure in &plan.measures {
        for remark in measure.kind.family().remarks(Of { plan, measure }, rows) {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
    }
    remarks
}

/// What the finished tables say that the analyst must be told.
pub fn findings(plan: &Plan, tables: &[MeasureTable]) -> Vec<Diagnostic> {
    let pairs = plan.measures.iter().zip(tables);
    pairs.filter_map(|(measure, table)| measure.kind.family().finding(Of { plan, measure }, table)).collect()
}

/// Takes every value out of a table whose source was not delivered: nothing was counted, and that is not zero.
///
/// `unreadable`: there was a source, and it could not be used.
pub fn not_delivered(table: &mut MeasureTable, unreadable: bool) {
    let missing = || Value::Nothing(Nothing::Missing);
    for row in &mut table.rows {
        row.values.iter_mut().for_each(|value| *value = missing());
    }
    table.n = 0;
    let text = if unreadable { UNREADABLE } else { NOT_DELIVERED };
    table.notes = vec![TableNote { kind: NoteKind::Missing, text: text.to_string() }];
}

const NOT_DELIVERED: &str = "Underlaget har inte lämnats.";
const UNREADABLE: &str = "Underlaget kunde inte läsas.";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::measure::breakdown::plan::BreakdownPlan;
    use crate::measure::indicator::plan::IndicatorPlan;
    use crate::measure::rate::plan::RatePlan;
    use crate::measure::share::plan::SharePlan;
    use crate::measure::spc::plan::SpcPlan;
    use crate::measure::trend::plan::TrendPlan;
    use crate::vocabulary::spec::{RowOrder, TimeStep};

    /// Event measures of every shape that a plan can ask for.
    pub(super) fn shapes(plan: &Plan) -> Vec<MeasureKind> {
        let axis = |column| fixtures::axis(plan, column);
        let mut shapes = Vec::new();
        for rows in [vec![], vec![fixtures::TYPE], vec![fixtures::GROUP, fixtures::UNIT]] {
            for columns in [None, Some(axis(fixtures::IVO))] {
                for order in [RowOrder::Declared, RowOrder::Count, RowOrder::Name] {
                    shapes.push(MeasureKind::Breakdown(BreakdownPlan {
                        rows: rows.iter().map(|column| axis(*column)).collect(),
                        group_of: BTreeMap::new(),
                        columns: columns.clone(),
                        conditions: vec![fixtures::has("avdelning", &["Stöd"])],
                        earlier: 1,
                        order,
                        hide_empty: true,
                        share: true,
                        mean: vec![fixtures::SEVERITY],
                        merge: vec![("Båda".into(), vec!["Öppenvård".into(), "Kansli".into()])],
                    }));
                }
            }
        }
        for by in [TimeStep::Month, TimeStep::Quarter, TimeStep::Year, TimeStep::CalendarYear] {
            for (running, earlier) in [(false, Some(1)), (true, None), (true, Some(0))] {
                for columns in [None, Some(axis(fixtures::TYPE))] {
                    let (date, mean) = (fixtures::DATE, vec![fixtures::SEVERITY]);
                    let conditions = vec![fixtures::has("typ", &["Övrig"])];
                    shapes.push(MeasureKind::Trend(TrendPlan {
                        by,
                        date,
                        columns,
                        conditions,
                        earlier,
                        running,
                        mean,
                    }));
                }
            }
        }
        for part in [None, Some(vec![fixtures::has("ivo", &["Ja"])])] {
            for by in [TimeStep::Month, TimeStep::Quarter, TimeStep::Year] {
                shapes.push(MeasureKind::Spc(SpcPlan { by: Some(by), part: part.clone(), ..fixtures::spc() }));
            }
        }
        shapes.push(MeasureKind::Share(SharePlan { lines: Vec::new(), by: None, earlier: 0 }));
        for (by, earlier) in [(None, 1), (Some(axis(fixtures::GROUP)), 1), (Some(axis(fixtures::TYPE)), 0)] {
            shapes.push(MeasureKind::Rate(RatePlan { by, earlier, ..fixtures::rate() }));
        }
        shapes
    }

    #[test]
    fn every_shape_of_measure_asks_for_all_that_it_reads() {
        let mut plan = fixtures::plan();
        plan.measures = shapes(&plan).into_iter().map(|kind| fixtures::measure("measure.prov", kind)).collect();
        let data = fixtures::rows(
            &plan,
            &[
                ["1", "2023-01-05", "Stöd", "Kansli|Öppenvård", "Övrig", "3", "Ja"],
                ["2", "2022-01-05", "Stöd", "", "Övrig", "", "Nej"],
                ["3", "", "Stöd", "Annan", "", "", ""],
            ],
        );
        let datasets = BTreeMap::from([("avvikelser".to_string(), data)]);
        let engine = PolarsEngine::new(&plan, datasets).expect("an engine");
        let cubes = Cubes::collect(&engine, &needs(&plan).requests).expect("answers");
        let tables = compute(&plan, &cubes, &BTreeMap::new()).expect("tables");
        assert_eq!(tables.len(), plan.measures.len());
        for table in &tables {
            assert!(table.rows.iter().all(|row| row.values.len() == table.columns.len()), "{:?}", table.columns);
        }
    }

    #[test]
    fn columns_to_read_are_the_id_and_what_requests_name() {
        let mut plan = fixtures::plan();
        let share = MeasureKind::Breakdown(BreakdownPlan {
            rows: vec![fixtures::axis(&plan, fixtures::TYPE)],
            group_of: BTreeMap::new(),
            columns: None,
            conditions: vec![fixtures::has("ivo", &["Ja"])],
            earlier: 1,
            order: RowOrder::Declared,
            hide_empty: false,
            share: false,
            mean: vec![fixtures::SEVERITY],
            merge: Vec::new(),
        });
        plan.measures = vec![fixtures::measure("breakdown.typ", share)];
        let needs = needs(&plan);
        assert_eq!(needs.counted_columns(&plan.sources[0]), ["id", "datum", "typ", "allvar", "ivo"]);
        assert!(needs.whole.is_empty());
    }

    #[test]
    fn all_mistakes_of_all_measures_are_told_at_once() {
        let row = |value| ["Index", "", "2023", value, "", "", "", "", ""];
        let (mut plan, data) = fixtures::observations(&[row("1"), row("2")]);
        let spec = IndicatorPlan { rows: vec!["indicator".into()], columns: "period".into(), ..indicator_spec() };
        let kind = MeasureKind::Indicator(spec);
        plan.measures = vec![fixtures::measure("indicator.a", kind.clone()), fixtures::measure("indicator.b", kind)];
        let failure = compute(&plan, &Cubes::default(), &BTreeMap::from([("matt".to_string(), data)]));
        assert_eq!(failure.expect_err("differing rows").diagnostics.len(), 2);
        assert_eq!(needs(&plan).whole, BTreeSet::from(["matt"]));
    }

    fn indicator_spec() -> IndicatorPlan {
        IndicatorPlan {
            what: String::new(),
            rows: Vec::new(),
            columns: String::new(),
            conditions: Vec::new(),
            unit: crate::domain::table::Unit::Count,
            units: Vec::new(),
            strip: None,
            change: false,
            share_of_n: false,
            show_n: false,
            show: Vec::new(),
            sum: false,
            order: RowOrder::Declared,
            few_answers: None,
            directions: Vec::new(),
        }
    }
}
