//! Breakdown: distinct events by one dimension, two, or a hierarchy of two.
//!
//! In: cubes. Out: one row per value (group rows over member rows), then the distinct total; columns are this period,
//! earlier ones, difference and change, or the values of a second dimension and their distinct total.
//! No margin is ever added up from its parts: each is a request of its own.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

mod cells;

mod rows;

use super::Cubes;
use super::change;
use super::head::{self, column, in_sentence};
use super::notes::{self, TOTAL};
use super::order::{self, AxisValue};
use super::requests::{Counts, Events, Periods};
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeCell, CubeRequest, Dimension};
use crate::domain::table::{MeasureTable, Nothing, Role, TableColumn, TableRow, Unit, Value};
use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::vocabulary::plan::{AxisPlan, ColumnPlan, SourcePlan};

use rows::Line;

/// A breakdown with the events that it counts.
pub struct Breakdown<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a BreakdownPlan,
    source: &'a SourcePlan,
    events: Events<'a>,
}

/// Which counts a row is read from: by these row axes, narrowed to the values joined under a label of `merge`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ask {
    axes: Vec<usize>,
    merged: Option<usize>,
}

impl Ask {
    fn by(axes: &[usize]) -> Ask {
        Ask { axes: axes.to_vec(), merged: None }
    }
}

impl<'a> Breakdown<'a> {
    pub fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a BreakdownPlan) -> Breakdown<'a> {
        let source = &plan.sources[measure.source];
        let events = Events::new(source, &spec.conditions, &spec.mean, source.period_date).of(measure);
        Breakdown { plan, measure, spec, source, events }
    }

    /// Everything that [`Breakdown::table`] will read.
    pub fn requests(&self) -> Vec<CubeRequest> {
        let mut requests: Vec<CubeRequest> = Vec::new();
        if self.events.has_date() {
            requests.push(self.events.all().by_period(Vec::new()));
        }
        for ask in self.asks() {
            requests.push(self.events_of(&ask).by_period(self.dimensions(&ask, false)));
            if self.spec.columns.is_some() {
                requests.push(self.events_of(&ask).by_period(self.dimensions(&ask, true)));
            }
        }
        requests
    }

    fn asks(&self) -> Vec<Ask> {
        let axes: &[&[usize]] = match self.spec.rows.len() {
            0 => &[&[]],
            1 => &[&[], &[0]],
            _ => &[&[], &[0], &[1], &[0, 1]],
        };
        let nested = self.spec.rows.len() > 1;
        let merged = (0..self.spec.merge.len()).flat_map(|label| {
            let whole = Ask { axes: Vec::new(), merged: Some(label) };
            let in_group = Ask { axes: vec![0], merged: Some(label) };
            std::iter::once(whole).chain(nested.then_some(in_group))
        });
        axes.iter().map(|axes| Ask::by(axes)).chain(merged).collect()
    }

    fn events_of(&self, ask: &Ask) -> Events<'a> {
        let (Some(label), Some(axis)) = (ask.merged, self.spec.rows.last()) else { return self.events.clone() };
        let (text, joined) = &self.spec.merge[label];
        // A value that is called like the label is counted under it, too.
        let values = joined.iter().chain([text]).cloned().collect();
        let column = self.source.columns[axis.column].name.clone();
        self.events.and(Condition { column, values, negated: false })
    }

    fn dimensions(&self, ask: &Ask, split: bool) -> Vec<Dimension> {
        let second = self.spec.columns.iter().filter(|_| split);
        let axes = ask.axes.iter().map(|axis| &self.spec.rows[*axis]).chain(second);
        axes.map(|axis| self.events.dimension(axis)).collect()
    }

    fn counts<'c>(&self, cubes: &'c Cubes, ask: &Ask, split: bool) -> Result<Counts<'c>, Failure> {
        Counts::of(cubes, &self.events_of(ask), self.dimensions(ask, split))
    }

    /// The printed table.
    pub fn table(&self, cubes: &Cubes) -> Result<MeasureTable, Failure> {
        let job = &self.plan.job;
        let periods = self.periods(cubes)?;
        let what = format!("antal {}", self.source.noun.many);
        let mut table = head::table(self.plan, self.measure, what, job.period.name_of(job.year));
        table.row_headers = self.spec.rows.iter().map(|axis| self.column(axis).label.clone()).collect();
        table.n = self.counts(cubes, &Ask::by(&[]), false)?.at(&[], job.year);
        let lines = self.lines(cubes, &periods)?;
        match &self.spec.columns {
            None => self.fill_periods(cubes, &periods, lines, &mut table)?,
            Some(axis) => self.fill_parts(cubes, axis, lines, &mut table)?,
        }
        self.add_notes(&periods, &mut table);
        Ok(table)
    }

    fn periods(&self, cubes: &Cubes) -> Result<Periods, Failure> {
        let earlier = if self.spec.columns.is_some() { 0 } else { self.spec.earlier };
        Periods::of(cubes, &self.events, self.plan.job.year, earlier)
    }

    fn column(&self, axis: &AxisPlan) -> &'a ColumnPlan {
        &self.source.columns[axis.column]
    }

    fn fill_periods(
        &self,
        cubes: &Cubes,
        periods: &Periods,
        lines: Vec<Line>,
        table: &mut MeasureTable,
    ) -> Result<(), Failure> {
        table.columns = self.period_columns(periods);
        let year = self.plan.job.year;
        for line in lines {
            let counts = self.counts(cubes, &line.ask, false)?;
            let known = |year: &i32| periods.knows(*year).then(|| counts.at(&line.path, *year));
            let by_year: Vec<Option<u64>> = periods.years.iter().map(known).collect();
            let mut values: Vec<Value> = by_year.iter().copied().map(change::count).collect();
            if let [now, then, ..] = by_year[..] {
                values.extend([change::difference(now, then), change::change(now, then)]);
            }
            values.extend(self.share(counts.at(&line.path, year), table.n));
            values.extend(self.means(counts.cell(&line.path, year)));
            table.rows.push(row_of(line, values));
        }
        Ok(())
    }

    fn period_columns(&self, periods: &Periods) -> Vec<TableColumn> {
        let year = self.plan.job.year;
        let mut columns: Vec<TableColumn> =
            periods.years.iter().map(|printed| head::period_column(*printed, year, Unit::Count)).collect();
        if !self.events.has_date() {
            columns = vec![column("current", "Antal", Role::Current, Unit::Count)];
        }
        if periods.years.len() > 1 {
            columns.push(column("difference", "Skillnad", Role::Difference, Unit::Count));
            columns.push(column("change", "Förändring", Role::Change, head::PERCENT));
        }
        columns.extend(self.share_column());
        columns.extend(self.mean_columns(None));
        columns
    }

    fn fill_parts(
        &self,
        cubes: &Cubes,
        axis: &AxisPlan,
        lines: Vec<Line>,
        table: &mut MeasureTable,
    ) -> Result<(), Failure> {
        let year = self.plan.job.year;
        let parts = self.parts(cubes, axis)?;
        table.columns = self.part_columns(axis, &parts);
        for line in lines {
            let split = self.counts(cubes, &line.ask, true)?;
            let cell_of = |part: &AxisValue| {
                let mut path = line.path.clone();
                path.push(part.key.clone());
                split.cell(&path, year)
            };
            let cells: Vec<Option<&CubeCell>> = parts.iter().map(cell_of).collect();
            let whole = self.counts(cubes, &line.ask, false)?.cell(&line.path, year);
            let counted = |cell: &Option<&CubeCell>| Value::Count(cell.map_or(0, |cell| cell.count) as i64);
            let mut values: Vec<Value> = cells.iter().chain([&whole]).map(counted).collect();
            values.extend(self.share(whole.map_or(0, |cell| cell.count), table.n));
            values.extend(cells.into_iter().chain([whole]).flat_map(|cell| self.means(cell)));
            table.rows.push(row_of(line, values));
        }
        Ok(())
    }

    /// The values of the second dimension that have a column.
    fn parts(&self, cubes: &Cubes, axis: &AxisPlan) -> Result<Vec<AxisValue>, Failure> {
        let found = self.counts(cubes, &Ask::by(&[]), true)?.firsts(&[self.plan.job.year]);
        let mut parts = order::values_of(axis, self.column(axis), &found);
        parts.retain(|part| !self.spec.hide_empty || found.contains(&part.key));
        Ok(parts)
    }

    fn part_columns(&self, axis: &AxisPlan, parts: &[AxisValue]) -> Vec<TableColumn> {
        let name = &self.column(axis).name;
        let part = |part: &AxisValue| column(format!("{name}={}", part.label), &part.label, Role::Part, Unit::Count);
        let mut columns: Vec<TableColumn> = parts.iter().map(part).collect();
        columns.push(column("total", TOTAL, Role::Total, Unit::Count));
        columns.extend(self.share_column());
        columns.extend(parts.iter().flat_map(|part| self.mean_columns(Some(&part.label))));
        columns.extend(self.mean_columns(None));
        columns
    }

    fn share_column(&self) -> Option<TableColumn> {
        self.spec.share.then(|| column("share", "Andel", Role::Share, head::PERCENT))
    }

    fn share(&self, part: u64, whole: u64) -> Option<Value> {
        self.spec.share.then(|| change::share(part, whole))
    }

    fn mean_columns(&self, part: Option<&str>) -> Vec<TableColumn> {
        mean_columns(self.source, &self.spec.mean, part)
    }

    fn means(&self, cell: Option<&CubeCell>) -> Vec<Value> {
        means(self.spec.mean.len(), cell)
    }

    fn add_notes(&self, periods: &Periods, table: &mut MeasureTable) {
        let noun = &self.source.noun;
        let second = self.spec.columns.as_ref().map(|axis| self.column(axis));
        let mut notes = notes::not_a_sum(table, noun, second.map(|column| column.label.as_str()));
        notes.extend(notes::rounding(table));
        for column in self.spec.rows.iter().map(|axis| self.column(axis)) {
            let bucket = order::unknown_label(column);
            notes.extend(bucket.and_then(|bucket| notes::unknown_rows(table, noun, &column.label, bucket)));
        }
        if let Some(column) = second {
            let bucket = order::unknown_label(column);
            notes.extend(bucket.and_then(|bucket| notes::unknown_columns(table, noun, &column.label, bucket)));
        }
        notes.extend(notes::missing_periods(periods, noun));
        notes.extend(self.events.has_date().then(|| notes::unfinished_period(&self.plan.job)).flatten());
        table.notes = notes;
    }
}

fn row_of(line: Line, values: Vec<Value>) -> TableRow {
    TableRow { key: line.key, label: line.label, level: line.level, kind: line.kind, values }
}

/// Columns of means, one per number column: `mean_x`, or `mean_x|value` for a value of the second dimension.
pub fn mean_columns(source: &SourcePlan, numbers: &[usize], part: Option<&str>) -> Vec<TableColumn> {
    let mean = |number: &usize| {
        let number = &source.columns[*number];
        let label = format!("Medel {}", in_sentence(&number.label));
        match part {
            None => column(format!("mean_{}", number.name), label, Role::Mean, head::MEAN),
            Some(part) => {
                column(format!("mean_{}|{part}", number.name), format!("{label}, {part}"), Role::Mean, head::MEAN)
            }
        }
    };
    numbers.iter().map(mean).collect()
}

/// Means of a cell's sums; missing where no event has a number.
pub fn means(sums: usize, cell: Option<&CubeCell>) -> Vec<Value> {
    let mean = |index: usize| match cell.and_then(|cell| cell.sums.get(index)) {
        Some((n, sum)) if *n > 0 => Value::Number(sum / *n as f64),
        _ => Value::Nothing(Nothing::Missing),
    };
    (0..sums).map(mean).collect()
}

#[cfg(test)]
mod tests;
