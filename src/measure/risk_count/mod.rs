//! Events by the probability and consequence that they were given: the log's own scores.
//!
//! In: cubes of distinct events of this period. Out: one row per step of probability, highest first, one column per
//! step of consequence; under them the events without a value and those outside the scale, so that the last row, all
//! distinct events, is the sum of what stands above it. An event that has both values on some row is judged; one that
//! has them on none is missing; the rest is outside the scale.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::domain::table::{Role, RowKind, TableRow, Unit};
use crate::measure::cubes::{Answer, Cubes};
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::notes;
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::risk::plan::RiskScalePlan;
use crate::measure::risk_count::plan::RiskCountPlan;
use crate::measure::sheet::{Fields, Sheet};
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

pub(crate) struct RiskCount<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a RiskCountPlan,
}

impl<'a> RiskCount<'a> {
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a RiskCountPlan) -> RiskCount<'a> {
        RiskCount { plan, measure, spec }
    }

    fn source(&self) -> &'a SourcePlan {
        &self.plan.sources[self.measure.source]
    }

    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
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

    pub(crate) fn sheet(&self, cubes: &Cubes) -> Result<Sheet, Failure> {
        let source = self.source();
        let period = self.plan.job.period.name_of(self.plan.job.year);
        let mut table =
            head::of_events(self.plan, self.measure, printed!("measure-number-of", many = source.noun.many), period);
        table.row_headers = vec![source.columns[self.spec.probability.column].label.clone()];
        let answers = self.answers(cubes)?;
        let all = answers.all.count;
        let mut sheet = Sheet::of(table, &self.fields(&answers), self.rows());
        sheet.table.n = all;
        Ok(sheet)
    }

    fn answers<'c>(&self, cubes: &'c Cubes) -> Result<Answers<'c>, Failure> {
        let of = |axes, conditions| cubes.answer(&self.request(axes, conditions));
        let whole = |conditions| of(Axes::NONE, conditions).map(|whole| whole.cell(&self.key(None, None)).events);
        Ok(Answers {
            both: of(Axes::BOTH, self.in_scale())?,
            by_probability: of(Axes::PROBABILITY, self.in_scale())?,
            by_consequence: of(Axes::CONSEQUENCE, self.in_scale())?,
            judged: whole(self.in_scale())?,
            filled: whole(self.filled())?,
            all: whole(Vec::new())?,
        })
    }

    /// The steps of probability, highest first; what is in none of them; the whole.
    fn rows(&self) -> Vec<(TableRow, OfRow)> {
        let steps = (1..=self.spec.scale.steps).rev().map(|step| {
            let label = RiskScalePlan::name_of(step, &self.spec.scale.probability);
            (TableRow { label, ..TableRow::named(step.to_string(), RowKind::Part) }, OfRow::Step(step))
        });
        let missing = self.source().columns[self.spec.probability.column].missing_label.clone();
        let apart = [(printed!("measure-outside-the-scale"), OfRow::Outside), (missing, OfRow::Missing)];
        let apart = apart.into_iter().map(|(label, of)| (TableRow::named(label, RowKind::Residual), of));
        steps.chain(apart).chain([(TableRow::total(), OfRow::Total)]).collect()
    }

    fn fields<'f>(&'f self, answers: &'f Answers<'f>) -> Fields<'f, OfRow> {
        let scale = &self.spec.scale;
        let mut fields = Fields::new();
        for step in 1..=scale.steps {
            let label = RiskScalePlan::name_of(step, &scale.consequence);
            fields.add(column(format!("c{step}"), label, Role::Part, Unit::Count), move |row| match row {
                OfRow::Step(probability) => answers.both.cell(&self.key(Some(*probability), Some(step))).count(),
                OfRow::Total => answers.by_consequence.cell(&self.key(None, Some(step))).count(),
                OfRow::Outside | OfRow::Missing => Formula::BLANK,
            });
        }
        let without = |all: &Counted, some: &Counted| Formula::Without(Box::new([all.clone(), some.clone()]));
        fields.add(column("total", notes::TOTAL, Role::Total, Unit::Count), move |row| match row {
            OfRow::Step(probability) => answers.by_probability.cell(&self.key(Some(*probability), None)).count(),
            OfRow::Outside => without(&answers.filled, &answers.judged),
            OfRow::Missing => without(&answers.all, &answers.filled),
            OfRow::Total => Formula::Count(answers.all.clone()),
        });
        fields
    }

    fn key(&self, probability: Option<u8>, consequence: Option<u8>) -> Vec<Key> {
        let period = self.source().period_date.map(|_| Key::Number(self.plan.job.year));
        let step = |step: Option<u8>| step.map(|step| Key::label(&step.to_string()));
        [period, step(probability), step(consequence)].into_iter().flatten().collect()
    }
}

/// What the plan asks of the cubes.
struct Answers<'c> {
    both: Answer<'c>,
    by_probability: Answer<'c>,
    by_consequence: Answer<'c>,
    judged: Counted,
    /// With both values, whatever they are.
    filled: Counted,
    all: Counted,
}

/// Which events a row counts.
enum OfRow {
    /// Of this probability.
    Step(u8),
    /// With both values, of which one is no step of the scale.
    Outside,
    /// Without one of the values.
    Missing,
    Total,
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
