//! Cubes in long form: one row per combination of the dimensions that occurs, for further work in a spreadsheet.
//!
//! In: cubes. Out: rows in key order (years and months as numbers, labels by Swedish collation), the count of distinct
//! events, and means. There is no total row: an event with several values stands in several rows.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use super::breakdown::add_means;
use super::cubes::Cubes;
use super::head::{self, column};
use super::order::Swedish;
use super::requests::Events;
use super::sheet::{Fields, Sheet};
use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeRequest, Grain, Key};
use crate::domain::table::{Role, RowKind, TableRow, Unit};
use crate::measure::cube::plan::CubePlan;
use crate::measure::plan::{MeasurePlan, Plan};
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

/// A cube measure with its source.
pub(crate) struct Long<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a CubePlan,
    source: &'a SourcePlan,
}

impl<'a> Long<'a> {
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a CubePlan) -> Long<'a> {
        Long { plan, measure, spec, source: &plan.sources[measure.source] }
    }

    /// Everything that [`Long::sheet`] will read: the cells, and how many events there are in all.
    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        vec![self.cells(), self.whole()]
    }

    fn events(&self) -> Events<'a> {
        Events::new(self.source, &self.spec.conditions, &self.spec.mean, None)
    }

    fn cells(&self) -> CubeRequest {
        let events = self.events();
        events.request(self.spec.dimensions.iter().map(|axis| events.dimension(axis)).collect())
    }

    fn whole(&self) -> CubeRequest {
        self.events().request(Vec::new())
    }

    /// The table, one row per combination that occurs.
    pub(crate) fn sheet(&self, cubes: &Cubes) -> Result<Sheet, Failure> {
        let answer = cubes.answer(&self.cells())?;
        let job = &self.plan.job;
        let period = head::span(job.year - job.earlier as i32, job.year);
        let mut table = head::of_events(
            self.plan,
            self.measure,
            printed!("measure-number-of", many = self.source.noun.many),
            period,
        );
        table.row_headers = self.spec.dimensions.iter().map(|axis| self.header(axis)).collect();
        table.n = cubes.get(&self.whole())?.count(&[]);
        let mut fields = Fields::new();
        let counted = |key: &&Vec<Key>| answer.cell(key);
        fields
            .add(column("count", word!("measure-count"), Role::Current, Unit::Count), move |key| counted(key).count());
        add_means(&mut fields, self.source, &self.spec.mean, None, counted);
        Ok(Sheet::of(table, &fields, in_order(answer.cube()).into_iter().map(|key| (head_of(key), key))))
    }

    fn header(&self, axis: &AxisPlan) -> String {
        match axis.grain {
            Grain::Value => self.source.columns[axis.column].label.clone(),
            Grain::Period => printed!("measure-year"),
            Grain::CalendarYear => printed!("measure-calendar-year"),
            Grain::Quarter => printed!("measure-quarter"),
            Grain::Month => printed!("measure-month"),
        }
    }
}

fn head_of(key: &[Key]) -> TableRow {
    let key: Vec<String> = key.iter().map(text_of).collect();
    let label = key.last().cloned().unwrap_or_default();
    TableRow { level: key.len().saturating_sub(1) as u8, key, ..TableRow::named(label, RowKind::Part) }
}

/// The combinations of a cube in print order.
fn in_order(cube: &Cube) -> Vec<&Vec<Key>> {
    let swedish = Swedish::new();
    let mut keys: Vec<&Vec<Key>> = cube.cells.keys().collect();
    keys.sort_by(|one, other| compare(&swedish, one, other));
    keys
}

fn text_of(key: &Key) -> String {
    match key {
        Key::Number(number) => number.to_string(),
        Key::Label(label) => label.to_string(),
        Key::Missing => String::new(),
    }
}

/// Numbers before labels before what is missing; labels as a Swede sorts them.
fn compare(swedish: &Swedish, one: &[Key], other: &[Key]) -> std::cmp::Ordering {
    let parts = one.iter().zip(other).map(|(one, other)| match (one, other) {
        (Key::Label(one), Key::Label(other)) => swedish.compare(one, other),
        (one, other) => one.cmp(other),
    });
    parts.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
}
