//! Measures: from the columns of Parquet to the tables that are drawn and written.
//!
//! In: the plan, `Dataset`s. Out: one `MeasureTable` per measure, in plan order. Events are counted by distinct id
//! through [`needs()`] → a `CubeEngine` → [`compute()`]; observations and registers are read as they stand.
//! Never rounds, never draws, and never takes something missing for zero.

mod certainty;

mod change;

mod coding;

mod compute;

mod cubes;

pub mod declared;

pub mod derived;

mod event_table;

pub mod families;

pub mod family;

pub mod formula;

mod head;

pub mod membership;

mod needs;

mod notes;

mod observations;

mod order;

mod outline;

pub mod plan;

mod polars_engine;

mod requests;

pub mod selection;

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

pub mod action;

pub mod spc;

pub mod shift;

pub mod development;

pub mod quality;

pub mod lead_time;

pub mod delivery;

pub mod published;

#[cfg(test)]
mod fixtures;

pub use compute::{Measured, compute, findings};
pub use cubes::Cubes;
pub use family::{Absence, Facts};
pub use needs::{Needs, RowColumns, needs};
pub use outline::{Outline, outline};
pub use polars_engine::PolarsEngine;
pub use sheet::Sheet;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::fixtures::compute;
    use super::*;
    use crate::measure::breakdown::plan::BreakdownPlan;
    use crate::measure::indicator::plan::IndicatorPlan;
    use crate::measure::plan::{MeasureKind, Plan};
    use crate::measure::rate::plan::RatePlan;
    use crate::measure::share::plan::SharePlan;
    use crate::measure::spc::plan::SpcPlan;
    use crate::measure::trend::plan::TrendPlan;
    use crate::vocabulary::plan::ColumnKindPlan;
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
        let rows = [
            ["1", "2023-01-05", "Stöd", "Kansli|Öppenvård", "Övrig", "3", "Ja"],
            ["2", "2022-01-05", "Stöd", "", "Övrig", "", "Nej"],
            ["3", "", "Stöd", "Annan", "", "", ""],
        ];
        let data = fixtures::rows(&plan, &rows);
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
    fn names_are_known_before_the_data_where_lists_or_the_period_declare_them() {
        let mut plan = fixtures::plan();
        plan.measures = shapes(&plan).into_iter().map(|kind| fixtures::measure("measure.prov", kind)).collect();
        for measure in &plan.measures {
            let Outline { rows, columns } = outline(family::Of { plan: &plan, measure });
            let is_running =
                matches!(&measure.kind, MeasureKind::Trend(trend) if trend.running && trend.earlier.is_none());
            assert!(columns.is_some() && (rows.is_none() || !is_running), "{measure:?}");
            assert!(rows.is_some() || !matches!(measure.kind, MeasureKind::Breakdown(_)), "{measure:?}");
        }
        plan.sources[0].columns[fixtures::TYPE].kind = ColumnKindPlan::Text { masked: false };
        let by_type = |kind: &MeasureKind| matches!(kind, MeasureKind::Trend(trend) if trend.columns.is_some());
        let measure = plan.measures.iter().find(|measure| by_type(&measure.kind)).expect("a trend by type");
        assert!(outline(family::Of { plan: &plan, measure }).columns.is_none(), "of a column without a list");
    }

    #[test]
    fn columns_to_read_are_the_id_and_what_requests_name() {
        let mut plan = fixtures::plan();
        let share = MeasureKind::Breakdown(BreakdownPlan {
            rows: vec![fixtures::axis(&plan, fixtures::TYPE)],
            conditions: vec![fixtures::has("ivo", &["Ja"])],
            earlier: 1,
            mean: vec![fixtures::SEVERITY],
            ..BreakdownPlan::default()
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
        let spec =
            IndicatorPlan { rows: vec!["indicator".into()], columns: "period".into(), ..IndicatorPlan::default() };
        let kind = MeasureKind::Indicator(spec);
        plan.measures = vec![fixtures::measure("indicator.a", kind.clone()), fixtures::measure("indicator.b", kind)];
        let failure = compute(&plan, &Cubes::default(), &BTreeMap::from([("matt".to_string(), data)]));
        assert_eq!(failure.expect_err("differing rows").diagnostics.len(), 2);
        assert_eq!(needs(&plan).whole, BTreeSet::from(["matt"]));
    }
}
