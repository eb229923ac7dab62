//! Events by the probability and consequence that they were given: the log's own scores.
//!
//! In: cubes of distinct events of this period. Out: one row per step of probability, highest first, one column per
//! step of consequence; under them the events without a value and those outside the scale, so that the last row, all
//! distinct events, is the sum of what stands above it. An event that has both values on some row is judged; one that
//! has them on none is missing; the rest is outside the scale.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TOTAL, TableRow, Unit, Value};
use crate::measure::head::{self, column};
use crate::measure::membership::{Definition, Definitions, Selection};
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::measure::risk::plan::RiskScalePlan;
use crate::measure::risk_count::plan::RiskCountPlan;
use crate::measure::{Cubes, notes};
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

/// An event may be on several rows: one that is judged on any of them is not apart.
const FIRST_WITHOUT_SECOND: &str = "the events of the first that are not in the second of";

pub struct RiskCount<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a RiskCountPlan,
}

impl<'a> RiskCount<'a> {
    pub fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a RiskCountPlan) -> RiskCount<'a> {
        RiskCount { plan, measure, spec }
    }

    fn source(&self) -> &'a SourcePlan {
        &self.plan.sources[self.measure.source]
    }

    pub fn requests(&self) -> Vec<CubeRequest> {
        let axes = [Axes::BOTH, Axes::PROBABILITY, Axes::CONSEQUENCE, Axes::NONE];
        let mut requests: Vec<CubeRequest> = axes.iter().map(|axes| self.request(*axes, self.in_scale())).collect();
        requests.push(self.request(Axes::NONE, self.filled()));
        requests.push(self.request(Axes::NONE, Vec::new()));
        requests
    }

    fn request(&self, axes: Axes, conditions: Vec<Condition>) -> CubeRequest {
        let source = self.source();
        let dimension = |index: usize, grain| Dimension { column: source.columns[index].name.clone(), grain };
        let period = source.period_date.map(|index| dimension(index, Grain::Period));
        let probability = axes.probability.then(|| dimension(self.spec.probability.column, Grain::Value));
        let consequence = axes.consequence.then(|| dimension(self.spec.consequence.column, Grain::Value));
        CubeRequest {
            source: source.name.clone(),
            dimensions: [period, probability, consequence].into_iter().flatten().collect(),
            conditions: self.spec.conditions.iter().cloned().chain(conditions).collect(),
            sums: Vec::new(),
        }
    }

    fn axes(&self) -> [&'a AxisPlan; 2] {
        [&self.spec.probability, &self.spec.consequence]
    }

    /// Both values are steps of the scale.
    fn in_scale(&self) -> Vec<Condition> {
        let values: Vec<String> = (1..=self.spec.scale.steps).map(|step| step.to_string()).collect();
        let of = |axis: &AxisPlan| Condition {
            column: self.source().columns[axis.column].name.clone(),
            values: values.clone(),
            negated: false,
        };
        self.axes().map(of).to_vec()
    }

    /// Both values are there, whatever they are.
    fn filled(&self) -> Vec<Condition> {
        let of = |axis: &AxisPlan| {
            let column = &self.source().columns[axis.column];
            Condition { column: column.name.clone(), values: vec![column.missing_label.clone()], negated: true }
        };
        self.axes().map(of).to_vec()
    }

    /// Distinct events of this period at a place of the matrix.
    fn count(
        &self,
        cubes: &Cubes,
        conditions: Vec<Condition>,
        probability: Option<u8>,
        consequence: Option<u8>,
    ) -> Result<i64, Failure> {
        let axes = Axes { probability: probability.is_some(), consequence: consequence.is_some() };
        let cube = cubes.get(&self.request(axes, conditions))?;
        Ok(cube.cells.get(&self.key(probability, consequence)).map_or(0, |cell| cell.count as i64))
    }

    pub fn table(&self, cubes: &Cubes) -> Result<MeasureTable, Failure> {
        let (source, scale) = (self.source(), &self.spec.scale);
        let period = self.plan.job.period.name_of(self.plan.job.year);
        let mut table = head::table(self.plan, self.measure, format!("antal {}", source.noun.many), period);
        table.row_headers = vec![source.columns[self.spec.probability.column].label.clone()];
        table.columns = (1..=scale.steps)
            .map(|step| {
                column(format!("c{step}"), RiskScalePlan::name_of(step, &scale.consequence), Role::Part, Unit::Count)
            })
            .collect();
        table.columns.push(column("total", TOTAL, Role::Total, Unit::Count));
        for step in (1..=scale.steps).rev() {
            let label = RiskScalePlan::name_of(step, &scale.probability);
            let values = self.row(cubes, Some(step))?;
            table.rows.push(TableRow { key: vec![step.to_string()], label, level: 0, kind: RowKind::Part, values });
        }
        let judged = self.count(cubes, self.in_scale(), None, None)?;
        let filled = self.count(cubes, self.filled(), None, None)?;
        let all = self.count(cubes, Vec::new(), None, None)?;
        table.rows.push(self.apart("Utanför skalan", filled - judged));
        table.rows.push(self.apart(&source.columns[self.spec.probability.column].missing_label, all - filled));
        let mut values = self.row(cubes, None)?;
        values.pop();
        values.push(Value::Count(all));
        let label = TOTAL.to_string();
        table.rows.push(TableRow { key: Vec::new(), label, level: 0, kind: RowKind::Total, values });
        table.n = all.max(0) as u64;
        table.notes.extend(notes::unfinished_period(&self.plan.job));
        Ok(table)
    }

    fn row(&self, cubes: &Cubes, probability: Option<u8>) -> Result<Vec<Value>, Failure> {
        let steps = (1..=self.spec.scale.steps).map(Some).chain([None]);
        steps.map(|step| self.count(cubes, self.in_scale(), probability, step).map(Value::Count)).collect()
    }

    /// What each cell of [`RiskCount::table`] counts.
    pub fn definitions(&self) -> Definitions {
        let steps = || (1..=self.spec.scale.steps).map(Some).chain([None]);
        let row = |probability| -> Vec<Definition> {
            let of = |step| Definition::Count(self.select(self.in_scale(), probability, step));
            steps().map(of).collect()
        };
        let apart = |rows: Vec<Selection>, how| {
            let mut cells = vec![Definition::Nothing; usize::from(self.spec.scale.steps)];
            cells.push(Definition::Computed { how, cells: Vec::new(), rows });
            cells
        };
        let mut definitions: Definitions = (1..=self.spec.scale.steps).rev().map(|step| row(Some(step))).collect();
        let (filled, all) = (self.select(self.filled(), None, None), self.select(Vec::new(), None, None));
        definitions.push(apart(vec![filled.clone(), self.select(self.in_scale(), None, None)], FIRST_WITHOUT_SECOND));
        definitions.push(apart(vec![all.clone(), filled], FIRST_WITHOUT_SECOND));
        let mut total = row(None);
        total.pop();
        total.push(Definition::Count(all));
        definitions.push(total);
        definitions
    }

    /// The events that [`RiskCount::count`] counts.
    fn select(&self, conditions: Vec<Condition>, probability: Option<u8>, consequence: Option<u8>) -> Selection {
        let axes = Axes { probability: probability.is_some(), consequence: consequence.is_some() };
        Selection::Events { request: self.request(axes, conditions), key: self.key(probability, consequence) }
    }

    fn key(&self, probability: Option<u8>, consequence: Option<u8>) -> Vec<Key> {
        let period = self.source().period_date.map(|_| Key::Number(self.plan.job.year));
        let step = |step: Option<u8>| step.map(|step| Key::label(&step.to_string()));
        [period, step(probability), step(consequence)].into_iter().flatten().collect()
    }

    /// Events that are in no cell of the matrix.
    fn apart(&self, label: &str, count: i64) -> TableRow {
        let mut values = vec![Value::Nothing(Nothing::Blank); usize::from(self.spec.scale.steps)];
        values.push(Value::Count(count));
        let (key, label) = (vec![label.to_string()], label.to_string());
        TableRow { key, label, level: 0, kind: RowKind::Residual, values }
    }
}

/// Which of the two values are dimensions.
#[derive(Debug, Clone, Copy)]
struct Axes {
    probability: bool,
    consequence: bool,
}

impl Axes {
    const BOTH: Axes = Axes { probability: true, consequence: true };
    const PROBABILITY: Axes = Axes { probability: true, consequence: false };
    const CONSEQUENCE: Axes = Axes { probability: false, consequence: true };
    const NONE: Axes = Axes { probability: false, consequence: false };
}
