//! Cubes in long form: one row per combination of the dimensions that occurs, for further work in a spreadsheet.
//!
//! In: cubes. Out: rows in key order (years and months as numbers, labels by Swedish collation), the count of distinct
//! events, and means. There is no total row: an event with several values stands in several rows.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use super::Cubes;
use super::breakdown::{mean_columns, means};
use super::head::{self, column};
use super::membership::{Definition, Definitions};
use super::order::Swedish;
use super::requests::Events;
use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeCell, CubeRequest, Grain, Key};
use crate::domain::table::{MeasureTable, Role, RowKind, TableRow, Unit, Value};
use crate::measure::cube::plan::CubePlan;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

/// A cube measure with its source.
pub struct Long<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a CubePlan,
    source: &'a SourcePlan,
}

impl<'a> Long<'a> {
    pub fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a CubePlan) -> Long<'a> {
        Long { plan, measure, spec, source: &plan.sources[measure.source] }
    }

    /// Everything that [`Long::table`] will read: the cells, and how many events there are in all.
    pub fn requests(&self) -> Vec<CubeRequest> {
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
    pub fn table(&self, cubes: &Cubes) -> Result<MeasureTable, Failure> {
        let (cube, whole) = (cubes.get(&self.cells())?, cubes.get(&self.whole())?);
        let job = &self.plan.job;
        let period = head::span(job.year - job.earlier as i32, job.year);
        let mut table = head::table(self.plan, self.measure, format!("antal {}", self.source.noun.many), period);
        table.row_headers = self.spec.dimensions.iter().map(|axis| self.header(axis)).collect();
        table.columns = vec![column("count", "Antal", Role::Current, Unit::Count)];
        table.columns.extend(mean_columns(self.source, &self.spec.mean, None));
        table.n = whole.count(&[]);
        table.rows = in_order(cube).into_iter().map(|(key, cell)| self.row(key, cell)).collect();
        Ok(table)
    }

    /// What is counted in each cell of the table.
    pub fn definitions(&self, cubes: &Cubes) -> Result<Definitions, Failure> {
        let events = self.events();
        let dimensions: Vec<_> = self.spec.dimensions.iter().map(|axis| events.dimension(axis)).collect();
        let row = |(key, _): (&Vec<Key>, &CubeCell)| {
            let counted = events.select(dimensions.clone(), key.clone());
            let means: Vec<Definition> = events.means_of(&counted).collect();
            std::iter::once(Definition::Count(counted.clone())).chain(means).collect()
        };
        Ok(in_order(cubes.get(&self.cells())?).into_iter().map(row).collect())
    }

    fn header(&self, axis: &AxisPlan) -> String {
        match axis.grain {
            Grain::Value => self.source.columns[axis.column].label.clone(),
            Grain::Period => "År".to_string(),
            Grain::CalendarYear => "Kalenderår".to_string(),
            Grain::Quarter => "Kvartal".to_string(),
            Grain::Month => "Månad".to_string(),
        }
    }

    fn row(&self, key: &[Key], cell: &CubeCell) -> TableRow {
        let key: Vec<String> = key.iter().map(text_of).collect();
        let label = key.last().cloned().unwrap_or_default();
        let mut values = vec![Value::Count(i64::try_from(cell.count).unwrap_or(i64::MAX))];
        values.extend(means(self.spec.mean.len(), Some(cell)));
        TableRow { label, level: key.len().saturating_sub(1) as u8, key, kind: RowKind::Part, values }
    }
}

/// The cells of a cube in print order.
fn in_order(cube: &Cube) -> Vec<(&Vec<Key>, &CubeCell)> {
    let swedish = Swedish::new();
    let mut cells: Vec<(&Vec<Key>, &CubeCell)> = cube.cells.iter().collect();
    cells.sort_by(|(one, _), (other, _)| compare(&swedish, one, other));
    cells
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
