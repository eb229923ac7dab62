//! Every shape of an event measure: what its cells are said to hold is what was counted, mean by mean and count by count.

use std::collections::{BTreeMap, BTreeSet};

use super::{EventRows, Index};
use crate::domain::cube::CubeRequest;
use crate::domain::table::Value;
use crate::measure::cube::plan::CubePlan;
use crate::measure::fixtures::sheets;
use crate::measure::formula::Formula;
use crate::measure::plan::{MeasureKind, Plan};
use crate::measure::selection::{CellAt, PartRole, Selection};
use crate::measure::share::plan::{ShareLinePlan, SharePlan};
use crate::measure::spc::plan::SpcPlan;
use crate::measure::spc::spec::SpcChart;
use crate::measure::{Cubes, PolarsEngine, Sheet, fixtures, needs};
use crate::store::{Dataset, PlainColumn};

/// Sixty rows of some thirty events, with blanks, several values in a cell and several rows an event.
fn dataset(plan: &Plan) -> Dataset {
    let mut state = 7_u64;
    let mut pick = |texts: &[&'static str]| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        texts[(state >> 33) as usize % texts.len()]
    };
    let ids: Vec<String> = (0..30).map(|id| format!("id{id}")).collect();
    let rows: Vec<[&str; 7]> = (0..60)
        .map(|row| {
            [
                ids[row * 7 % 30].as_str(),
                pick(&["2023-01-05", "2023-02-01", "2022-12-31", "2022-05-01", "2021-09-01", ""]),
                pick(&["Stöd", "Barn och vuxna", ""]),
                pick(&["Öppenvård", "Kansli|Öppenvård", "Utredning", "Annan", ""]),
                pick(&["Övrig", "Lex Sarah", "Lex Sarah|Övrig", ""]),
                pick(&["1", "2.5", "0.1", "3", ""]),
                pick(&["Ja", "Nej", ""]),
            ]
        })
        .collect();
    fixtures::rows(plan, &rows)
}

/// All shapes that have cubes, and those that read events one by one.
fn shapes(plan: &Plan) -> Vec<MeasureKind> {
    let axis = |column| fixtures::axis(plan, column);
    let yes = || vec![fixtures::has("ivo", &["Ja"])];
    let line = || ShareLinePlan { label: "Anmälda".into(), of: "alla".into(), whole: Vec::new(), part: yes() };
    let mut shapes = crate::measure::tests::shapes(plan);
    for by in [None, Some(axis(fixtures::GROUP))] {
        shapes.push(MeasureKind::Share(SharePlan { lines: vec![line()], by, earlier: 1 }));
    }
    shapes.push(MeasureKind::Cube(CubePlan {
        dimensions: vec![axis(fixtures::UNIT), axis(fixtures::TYPE)],
        conditions: yes(),
        mean: vec![fixtures::SEVERITY],
    }));
    for (chart, part) in [(SpcChart::G, Some(yes())), (SpcChart::T, None)] {
        shapes.push(MeasureKind::Spc(SpcPlan { chart, by: None, part, ..fixtures::spc() }));
    }
    shapes
}

struct Counted {
    plan: Plan,
    data: Dataset,
    sheets: Vec<Sheet>,
}

impl Counted {
    fn new() -> Counted {
        let mut plan = fixtures::plan();
        plan.measures = shapes(&plan).into_iter().map(|kind| fixtures::measure("measure.prov", kind)).collect();
        let data = dataset(&plan);
        let datasets = BTreeMap::from([("avvikelser".to_string(), data.clone())]);
        let engine = PolarsEngine::new(&plan, datasets.clone()).expect("an engine");
        let cubes = Cubes::collect(&engine, &needs(&plan).requests).expect("answers");
        let sheets = sheets(&plan, &cubes, &datasets, &Default::default()).expect("tables");
        Counted { plan, data, sheets }
    }

    fn rows(&self, asked: &[CubeRequest]) -> EventRows {
        EventRows::new(&self.plan.sources[0], &self.data, asked).expect("rows")
    }

    fn cells(&self) -> impl Iterator<Item = (CellAt, Option<&Formula>, &Value)> {
        self.sheets.iter().enumerate().flat_map(move |(measure, sheet)| {
            sheet.table.rows.iter().enumerate().flat_map(move |(row, of)| {
                let cell =
                    move |column| (CellAt { measure, row, column }, sheet.behind(row, column), &of.values[column]);
                (0..of.values.len()).map(cell)
            })
        })
    }

    fn rows_of(&self, selection: &Selection) -> Vec<usize> {
        match selection {
            Selection::Events { request, key } => self.rows(std::slice::from_ref(request)).rows_of(request, key),
            Selection::Chosen(chosen) => chosen.rows.clone(),
            Selection::Rows { rows, .. } => rows.to_vec(),
        }
    }

    fn distinct(&self, selection: &Selection) -> u64 {
        self.rows(&[]).distinct(&self.rows_of(selection))
    }

    /// Mean over distinct events of the first number that any of their rows has.
    fn mean(&self, selection: &Selection, number: &str) -> Option<f64> {
        let PlainColumn::Numbers(numbers) = &self.data.columns[number] else { panic!("a column of numbers") };
        let events = self.rows(&[]);
        let mut first: BTreeMap<u32, f64> = BTreeMap::new();
        for row in self.rows_of(selection) {
            if let Some(number) = numbers[row] {
                first.entry(events.event(row)).or_insert(number);
            }
        }
        (!first.is_empty()).then(|| first.values().sum::<f64>() / first.len() as f64)
    }
}

#[test]
fn every_cell_of_every_shape_holds_what_it_is_said_to_hold() {
    let counted = Counted::new();
    let (mut counts, mut shares, mut means) = (0, 0, 0);
    for (at, cell, value) in counted.cells() {
        match (cell, value) {
            (Some(Formula::Count(of)), Value::Count(count)) => {
                assert_eq!(counted.distinct(&of.of) as i64, *count, "{at:?} {cell:?}");
                counts += 1;
            }
            (Some(Formula::Share(both)), Value::Share { numerator, denominator }) => {
                let [part, whole] = both.each_ref().map(|of| counted.distinct(&of.of));
                assert_eq!((part, whole), (*numerator, *denominator), "{at:?}");
                shares += 1;
            }
            (Some(Formula::Mean { number, of, .. }), Value::Number(mean)) => {
                let found = counted.mean(of, number).expect("a mean of something");
                assert!((found - mean).abs() < 1e-9, "{at:?}: {found} and {mean}");
                means += 1;
            }
            (Some(Formula::Mean { number, of, .. }), Value::Nothing(_)) => {
                assert_eq!(counted.mean(of, number), None, "{at:?}")
            }
            (None, Value::Count(_) | Value::Share { .. }) => panic!("nothing stands behind {at:?}"),
            _ => {}
        }
    }
    assert!(counts > 500 && shares > 20 && means > 100, "{counts} counts, {shares} shares, {means} means");
}

#[test]
fn the_index_leads_from_each_row_to_the_cells_that_hold_it() {
    let counted = Counted::new();
    let index = Index::of(&counted.sheets);
    let asked: Vec<CubeRequest> = index.requests().cloned().collect();
    let events = counted.rows(&asked);
    let mut found: BTreeMap<CellAt, BTreeSet<u32>> = BTreeMap::new();
    for row in 0..events.len() {
        for part in index.parts_of((0, "avvikelser"), Some(&events), row) {
            if part.role == PartRole::Counted {
                found.entry(part.at).or_default().insert(events.event(row));
            }
        }
    }
    for (at, cell, value) in counted.cells() {
        if let (Some(Formula::Count(_)), Value::Count(count)) = (cell, value) {
            assert_eq!(found.get(&at).map_or(0, BTreeSet::len) as i64, *count, "{at:?}");
        }
    }
}
