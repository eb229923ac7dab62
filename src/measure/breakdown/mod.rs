//! Breakdown: distinct events by one dimension, two, or a hierarchy of two.
//!
//! In: cubes. Out: one row per value (group rows over member rows), then the distinct total; columns are this period,
//! earlier ones, difference and change, or the values of a second dimension and their distinct total.
//! No margin is ever added up from its parts: each is a request of its own.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

mod rows;

use rows::Line;

use super::cubes::{Cubes, Found};
use super::formula::Formula;
use super::head::{self, column, in_sentence};
use super::notes::{self, TOTAL};
use super::order::{self, AxisValue};
use super::requests::{Counts, Events, Periods};
use super::sheet::{Fields, Sheet};
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Dimension, Key};
use crate::domain::table::{MeasureTable, Role, TableRow, Unit};
use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::plan::{MeasurePlan, Plan};
use crate::vocabulary::plan::{AxisPlan, ColumnPlan, SourcePlan};

/// A breakdown with the events that it counts.
pub(crate) struct Breakdown<'a> {
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
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a BreakdownPlan) -> Breakdown<'a> {
        let source = &plan.sources[measure.source];
        let events = Events::new(source, &spec.conditions, &spec.mean, source.period_date).of(measure);
        Breakdown { plan, measure, spec, source, events }
    }

    /// Everything that [`Breakdown::sheet`] will read.
    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        let mut requests: Vec<CubeRequest> = Vec::new();
        if self.events.has_date() {
            requests.push(self.events.delivered().by_period(Vec::new()));
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
    pub(crate) fn sheet(&self, cubes: &Cubes) -> Result<Sheet, Failure> {
        let job = &self.plan.job;
        let periods = self.periods(cubes)?;
        let what = printed!("measure-number-of", many = self.source.noun.many);
        let mut table = head::of_events(self.plan, self.measure, what, job.period.name_of(job.year));
        table.row_headers = self.spec.rows.iter().map(|axis| self.column(axis).label.clone()).collect();
        let all = self.counts(cubes, &Ask::by(&[]), false)?;
        table.n = all.at(&[], job.year);
        let parts = self.spec.columns.as_ref().map(|axis| self.parts(cubes, axis)).transpose()?;
        let fields = match (&self.spec.columns, &parts) {
            (Some(axis), Some(parts)) => self.part_fields(axis, parts, all),
            _ => self.period_fields(&periods, all),
        };
        let lines = self.lines(cubes, &periods)?.into_iter().map(|line| self.read(cubes, line));
        let mut sheet = Sheet::of(table, &fields, lines.collect::<Result<Vec<_>, Failure>>()?);
        self.add_notes(&periods, &mut sheet.table);
        Ok(sheet)
    }

    fn read<'c>(&self, cubes: &'c Cubes, line: Line) -> Result<(TableRow, OfLine<'c>), Failure> {
        let whole = self.counts(cubes, &line.ask, false)?;
        let split = self.spec.columns.as_ref().map(|_| self.counts(cubes, &line.ask, true)).transpose()?;
        let Line { path, key, label, level, kind, .. } = line;
        Ok((
            TableRow { key, level, ..TableRow::named(label, kind) },
            OfLine { path, whole, split, year: self.plan.job.year },
        ))
    }

    fn periods(&self, cubes: &Cubes) -> Result<Periods, Failure> {
        let earlier = if self.spec.columns.is_some() { 0 } else { self.spec.earlier };
        Periods::of(cubes, &self.events, self.plan.job.year, earlier)
    }

    fn column(&self, axis: &AxisPlan) -> &'a ColumnPlan {
        &self.source.columns[axis.column]
    }

    /// This period, earlier ones, what has changed.
    fn period_fields<'f>(&'f self, periods: &'f Periods, all: Counts<'f>) -> Fields<'f, OfLine<'f>> {
        let year = self.plan.job.year;
        let mut fields = Fields::new();
        for printed in periods.years.iter().copied() {
            let column = if self.events.has_date() {
                head::period_column(printed, year, Unit::Count)
            } else {
                column("current", word!("measure-count"), Role::Current, Unit::Count)
            };
            fields.add(column, move |line: &OfLine| line.whole.known(periods, &line.path, printed));
        }
        if periods.years.len() > 1 {
            let both = fields.at(["current", "previous"]);
            let difference = column("difference", word!("measure-difference"), Role::Difference, Unit::Count);
            fields.add(difference, move |_| Formula::Difference(both));
            fields.add(column("change", word!("measure-change"), Role::Change, head::PERCENT), move |_| {
                Formula::Change(both)
            });
        }
        self.add_share(&mut fields, all);
        add_means(&mut fields, self.source, &self.spec.mean, None, |line| line.now());
        fields
    }

    /// The values of the second dimension that have a column.
    fn parts(&self, cubes: &Cubes, axis: &AxisPlan) -> Result<Vec<AxisValue>, Failure> {
        let found = self.counts(cubes, &Ask::by(&[]), true)?.firsts(&[self.plan.job.year]);
        let mut parts = order::values_of(axis, self.column(axis), &found);
        parts.retain(|part| !self.spec.hide_empty || found.contains(&part.key));
        Ok(parts)
    }

    /// The values of the second dimension and their distinct total.
    fn part_fields<'f>(&'f self, axis: &AxisPlan, parts: &'f [AxisValue], all: Counts<'f>) -> Fields<'f, OfLine<'f>> {
        let name = &self.column(axis).name;
        let mut fields = Fields::new();
        for part in parts {
            let column = column(format!("{name}={}", part.label), &part.label, Role::Part, Unit::Count);
            fields.add(column, |line: &OfLine| line.part(&part.key).count());
        }
        fields.add(column("total", TOTAL, Role::Total, Unit::Count), |line| line.now().count());
        self.add_share(&mut fields, all);
        for part in parts {
            let of_part = |line: &OfLine<'f>| line.part(&part.key);
            add_means(&mut fields, self.source, &self.spec.mean, Some(&part.label), of_part);
        }
        add_means(&mut fields, self.source, &self.spec.mean, None, |line| line.now());
        fields
    }

    /// The share that a row is of all.
    fn add_share<'f>(&'f self, fields: &mut Fields<'f, OfLine<'f>>, all: Counts<'f>) {
        if self.spec.share {
            let whole = move |line: &OfLine| all.find(&[], line.year);
            fields.add(column("share", word!("measure-share"), Role::Share, head::PERCENT), move |line| {
                line.now().of(whole(line))
            });
        }
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
        table.notes = notes;
    }
}

/// The events of a row: all of them, and by the values of the second dimension.
struct OfLine<'c> {
    path: Vec<Key>,
    whole: Counts<'c>,
    split: Option<Counts<'c>>,
    /// The job's.
    year: i32,
}

impl<'c> OfLine<'c> {
    /// This period's.
    fn now(&self) -> Found<'c> {
        self.whole.find(&self.path, self.year)
    }

    fn part(&self, value: &Key) -> Found<'c> {
        let path = [self.path.as_slice(), std::slice::from_ref(value)].concat();
        self.split.unwrap_or(self.whole).find(&path, self.year)
    }
}

/// Columns of means, one per number column: `mean_x`, or `mean_x|value` for a value of the second dimension.
pub(in crate::measure) fn add_means<'a, R>(
    fields: &mut Fields<'a, R>,
    source: &SourcePlan,
    numbers: &[usize],
    part: Option<&str>,
    of: impl Fn(&R) -> Found<'a> + Copy + 'a,
) {
    for (index, number) in numbers.iter().map(|number| &source.columns[*number]).enumerate() {
        let label = printed!("measure-mean-of", what = in_sentence(&number.label));
        let column = match part {
            None => column(format!("mean_{}", number.name), label, Role::Mean, head::MEAN),
            Some(part) => {
                column(format!("mean_{}|{part}", number.name), format!("{label}, {part}"), Role::Mean, head::MEAN)
            }
        };
        fields.add(column, move |row| of(row).mean(index));
    }
}

#[cfg(test)]
mod tests;
