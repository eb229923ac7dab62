//! Trend: distinct events over months, quarters or years.
//!
//! In: cubes. Out: one row per month, quarter or year in time order; months and quarters of one period end with its
//! distinct total. Columns are periods side by side, values of a second dimension, or a single count; then means.
//! Months that begin after the day of the data are missing, not zero; so are periods of which the data hold nothing.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

mod cells;

pub mod time;

use std::collections::BTreeSet;

use super::Cubes;
use super::breakdown::{mean_columns, means};
use super::change;
use super::head::{self, column};
use super::notes::{self, TOTAL};
use super::order::{self, AxisValue};
use super::requests::{Events, Periods};
use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeCell, CubeRequest, Dimension, Key};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::measure::trend::plan::TrendPlan;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};
use crate::vocabulary::spec::OutsidePeriod;

use time::{Moment, Timeline};

/// A trend with the events that it counts.
pub struct Trend<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a TrendPlan,
    source: &'a SourcePlan,
    events: Events<'a>,
    timeline: Timeline<'a>,
}

impl<'a> Trend<'a> {
    pub fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a TrendPlan) -> Trend<'a> {
        let source = &plan.sources[measure.source];
        let events = Events::new(source, &spec.conditions, &spec.mean, Some(spec.date)).of(measure);
        Trend { plan, measure, spec, source, events, timeline: Timeline::new(&plan.job, spec) }
    }

    /// Everything that [`Trend::table`] will read.
    pub fn requests(&self) -> Vec<CubeRequest> {
        let all = self.events.all();
        let mut requests = vec![all.by_period(Vec::new()), all.request(self.time())];
        for time in [self.time(), self.year()] {
            requests.push(self.events.request(time.clone()));
            let second = self.spec.columns.as_ref();
            requests.extend(second.map(|axis| self.events.request([self.second(axis), time].concat())));
        }
        requests
    }

    /// Year, then month or quarter.
    fn time(&self) -> Vec<Dimension> {
        let grains = std::iter::once(self.timeline.year()).chain(self.timeline.step());
        grains.filter_map(|grain| self.events.time(grain)).collect()
    }

    fn year(&self) -> Vec<Dimension> {
        self.events.time(self.timeline.year()).into_iter().collect()
    }

    fn second(&self, axis: &AxisPlan) -> Vec<Dimension> {
        vec![self.events.dimension(axis)]
    }

    /// The printed table.
    pub fn table(&self, cubes: &Cubes) -> Result<MeasureTable, Failure> {
        let moments = self.timeline.moments(cubes.get(&self.events.all().request(self.time()))?);
        let what = format!("antal {}", self.source.noun.many);
        let mut table = head::table(self.plan, self.measure, what, self.timeline.period_text(&moments));
        table.row_headers = vec![self.timeline.header().to_string()];
        let whole = cubes.get(&self.events.request(self.time()))?;
        table.n = moments.iter().map(|moment| whole.count(&moment.path(self.plan.job.year))).sum();
        match &self.spec.columns {
            Some(axis) => self.fill_parts(cubes, axis, &moments, &mut table)?,
            None if self.timeline.is_within_period() => self.fill_periods(cubes, &moments, &mut table)?,
            None => self.fill_series(whole, &moments, &mut table),
        }
        self.add_notes(cubes, &moments, &mut table)?;
        Ok(table)
    }

    /// Months or quarters, one column per period.
    fn fill_periods(&self, cubes: &Cubes, moments: &[Moment], table: &mut MeasureTable) -> Result<(), Failure> {
        let year = self.plan.job.year;
        let periods = self.periods(cubes)?;
        let whole = cubes.get(&self.events.request(self.time()))?;
        let totals = cubes.get(&self.events.request(self.year()))?;
        let period = |printed: &i32| head::period_column(*printed, year, Unit::Count);
        table.columns = periods.years.iter().map(period).chain(self.mean_columns(None)).collect();
        for moment in moments {
            let count = |year: &i32| {
                let is_measured = periods.knows(*year) && !self.timeline.is_future(*moment, *year);
                change::count(is_measured.then(|| whole.count(&moment.path(*year))))
            };
            let means = self.means(whole.cells.get(&moment.path(year)));
            table.rows.push(self.row(*moment, periods.years.iter().map(count).chain(means).collect()));
        }
        let total = |year: &i32| change::count(periods.knows(*year).then(|| totals.count(&[Key::Number(*year)])));
        let means = self.means(totals.cells.get([Key::Number(year)].as_slice()));
        table.rows.push(total_row(periods.years.iter().map(total).chain(means).collect()));
        Ok(())
    }

    fn periods(&self, cubes: &Cubes) -> Result<Periods, Failure> {
        Periods::of(cubes, &self.events, self.plan.job.year, self.spec.earlier.unwrap_or(1))
    }

    /// One column per value of the second dimension.
    fn fill_parts(
        &self,
        cubes: &Cubes,
        axis: &AxisPlan,
        moments: &[Moment],
        table: &mut MeasureTable,
    ) -> Result<(), Failure> {
        let year = self.plan.job.year;
        let split = cubes.get(&self.events.request([self.second(axis), self.time()].concat()))?;
        let totals = cubes.get(&self.events.request([self.second(axis), self.year()].concat()))?;
        let parts = self.parts(axis, moments, totals);
        table.columns = self.part_columns(axis, &parts);
        for moment in moments {
            let cells = cells_of(split, &parts, &moment.path(year));
            table.rows.push(self.row(*moment, self.part_values(&cells, self.timeline.is_future(*moment, year))));
        }
        if self.timeline.is_within_period() {
            let cells = cells_of(totals, &parts, &[Key::Number(year)]);
            table.rows.push(total_row(self.part_values(&cells, false)));
        }
        Ok(())
    }

    /// The values of the second dimension that are declared or occur in the printed years.
    fn parts(&self, axis: &AxisPlan, moments: &[Moment], totals: &Cube) -> Vec<AxisValue> {
        let years: BTreeSet<Key> =
            moments.iter().map(|moment| Key::Number(moment.year.unwrap_or(self.plan.job.year))).collect();
        let printed = totals.cells.keys().filter(|key| key.last().is_some_and(|year| years.contains(year)));
        let found = printed.filter_map(|key| key.first().cloned()).collect();
        order::values_of(axis, &self.source.columns[axis.column], &found)
    }

    fn part_columns(&self, axis: &AxisPlan, parts: &[AxisValue]) -> Vec<TableColumn> {
        let name = &self.source.columns[axis.column].name;
        let part = |part: &AxisValue| column(format!("{name}={}", part.label), &part.label, Role::Part, Unit::Count);
        let means = parts.iter().flat_map(|part| self.mean_columns(Some(&part.label)));
        parts.iter().map(part).chain(means).collect()
    }

    fn part_values(&self, cells: &[Option<&CubeCell>], is_future: bool) -> Vec<Value> {
        let count = |cell: &Option<&CubeCell>| match is_future {
            true => Value::Nothing(Nothing::Missing),
            false => Value::Count(cell.map_or(0, |cell| cell.count) as i64),
        };
        cells.iter().map(count).chain(cells.iter().flat_map(|cell| self.means(*cell))).collect()
    }

    /// A single count per row; years also get difference and change to the year before.
    fn fill_series(&self, whole: &Cube, moments: &[Moment], table: &mut MeasureTable) {
        let is_yearly = self.timeline.is_yearly();
        table.columns = vec![column("current", "Antal", Role::Current, Unit::Count)];
        if is_yearly {
            table.columns.push(column("difference", "Skillnad", Role::Difference, Unit::Count));
            table.columns.push(column("change", "Förändring", Role::Change, head::PERCENT));
        }
        table.columns.extend(self.mean_columns(None));
        for moment in moments {
            let now = self.count_at(whole, moments, *moment);
            let mut values = vec![change::count(now)];
            if is_yearly {
                // The year before, not the row before: a year may lack.
                let before = Moment { year: moment.year.map(|year| year - 1), step: None };
                let then = self.count_at(whole, moments, before);
                values.extend([change::difference(now, then), change::change(now, then)]);
            }
            values.extend(self.means(whole.cells.get(&moment.path(self.plan.job.year))));
            table.rows.push(self.row(*moment, values));
        }
    }

    /// The count of a printed row; missing when there is no such row or its time has not come.
    fn count_at(&self, whole: &Cube, moments: &[Moment], moment: Moment) -> Option<u64> {
        let year = self.plan.job.year;
        let is_measured = moments.contains(&moment) && !self.timeline.is_future(moment, year);
        is_measured.then(|| whole.count(&moment.path(year)))
    }

    fn mean_columns(&self, part: Option<&str>) -> Vec<TableColumn> {
        mean_columns(self.source, &self.spec.mean, part)
    }

    fn means(&self, cell: Option<&CubeCell>) -> Vec<Value> {
        means(self.spec.mean.len(), cell)
    }

    fn row(&self, moment: Moment, values: Vec<Value>) -> TableRow {
        let key = moment.year.into_iter().chain(moment.step).map(|number| number.to_string()).collect();
        TableRow { key, label: self.timeline.label(moment), level: 0, kind: RowKind::Part, values }
    }

    fn add_notes(&self, cubes: &Cubes, moments: &[Moment], table: &mut MeasureTable) -> Result<(), Failure> {
        let noun = &self.source.noun;
        if let Some(axis) = &self.spec.columns {
            let column = &self.source.columns[axis.column];
            let bucket = order::unknown_label(column);
            table.notes.extend(bucket.and_then(|bucket| notes::unknown_columns(table, noun, &column.label, bucket)));
        } else if self.timeline.is_within_period() {
            table.notes.extend(notes::not_a_sum(table, noun, None));
            table.notes.extend(notes::missing_periods(&self.periods(cubes)?, noun));
        }
        if self.source.outside_period == OutsidePeriod::Drop {
            table.notes.extend(notes::cut_years(&self.timeline.cut_years(moments)));
        }
        table.notes.extend(notes::unfinished_period(&self.plan.job));
        Ok(())
    }
}

fn cells_of<'c>(cube: &'c Cube, parts: &[AxisValue], time: &[Key]) -> Vec<Option<&'c CubeCell>> {
    let cell = |part: &AxisValue| cube.cells.get(&[std::slice::from_ref(&part.key), time].concat());
    parts.iter().map(cell).collect()
}

fn total_row(values: Vec<Value>) -> TableRow {
    TableRow { key: Vec::new(), label: TOTAL.to_string(), level: 0, kind: RowKind::Total, values }
}

#[cfg(test)]
mod tests;
