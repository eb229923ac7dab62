//! Trend: distinct events over months, quarters or years.
//!
//! In: cubes. Out: one row per month, quarter or year in time order; months and quarters of one period end with its
//! distinct total. Columns are periods side by side, values of a second dimension, or a single count; then means.
//! Months that begin after the day of the data are missing, not zero; so are periods of which the data hold nothing.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use std::collections::BTreeSet;

use super::breakdown::add_means;
use super::cubes::{Answer, Cubes, Found};
use super::formula::DIFFERENCE;
use super::formula::Formula;
use super::head::{self, column};
use super::notes;
use super::order::{self, AxisValue};
use super::requests::{Events, Periods};
use super::selection::Reference;
use super::sheet::{Fields, Sheet};
use crate::diagnostic::Failure;
use crate::domain::cube::{CubeRequest, Dimension, Key};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, RowsAre, TableRow, Unit, Value};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::trend::plan::TrendPlan;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};
use crate::vocabulary::spec::OutsidePeriod;

pub(crate) mod time;

use time::{Moment, Timeline};

/// A trend with the events that it counts.
pub(crate) struct Trend<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a TrendPlan,
    source: &'a SourcePlan,
    events: Events<'a>,
    timeline: Timeline<'a>,
}

impl<'a> Trend<'a> {
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a TrendPlan) -> Trend<'a> {
        let source = &plan.sources[measure.source];
        let events = Events::new(source, &spec.conditions, &spec.mean, Some(spec.date)).of(measure);
        Trend { plan, measure, spec, source, events, timeline: Timeline::new(&plan.job, spec) }
    }

    /// Everything that [`Trend::sheet`] will read.
    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        let (delivered, all) = (self.events.delivered(), self.events.all());
        let mut requests = vec![delivered.by_period(Vec::new()), all.request(self.time())];
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
    pub(crate) fn sheet(&self, cubes: &Cubes) -> Result<Sheet, Failure> {
        let year = self.plan.job.year;
        let moments = self.timeline.moments(cubes.get(&self.events.all().request(self.time()))?);
        let what = printed!("measure-number-of", many = self.source.noun.many);
        let mut table = head::of_events(self.plan, self.measure, what, self.timeline.period_text(&moments));
        table.rows_are = RowsAre::Periods;
        table.row_headers = vec![self.timeline.header().to_string()];
        let whole = cubes.get(&self.events.request(self.time()))?;
        if self.timeline.is_yearly() {
            table.row_years =
                moments.iter().filter_map(|moment| Some((moment.year?.to_string(), moment.year?))).collect();
        }
        table.n = moments.iter().map(|moment| whole.count(&moment.path(year))).sum();
        let periods = self.periods(cubes)?;
        let parts = self.spec.columns.as_ref().map(|axis| self.parts(cubes, axis, &moments)).transpose()?;
        let fields = match (&self.spec.columns, &parts) {
            (Some(axis), Some(parts)) => self.part_fields(axis, parts),
            _ if self.timeline.is_within_period() => self.period_fields(&periods),
            _ => self.series_fields(),
        };
        let mut sheet = Sheet::of(table, &fields, self.rows(cubes, &moments)?);
        self.add_notes(&periods, &moments, &mut sheet.table);
        Ok(sheet)
    }

    /// One row per moment; months and quarters of one period end with its distinct total.
    fn rows<'c>(&self, cubes: &'c Cubes, moments: &[Moment]) -> Result<Vec<(TableRow, OfRow<'c>)>, Failure> {
        let of =
            |time: Vec<Dimension>| self.spec.columns.iter().flat_map(|axis| self.second(axis)).chain(time).collect();
        let counts = |time| cubes.answer(&self.events.request(of(time)));
        let steps = counts(self.time())?;
        let row = |(index, moment): (usize, &Moment)| {
            let before = Moment { year: moment.year.map(|year| year - 1), step: None };
            let before = moments.iter().position(|other| *other == before);
            (self.head(*moment), OfRow { counts: steps, moment: Some(*moment), index, before })
        };
        let mut rows: Vec<(TableRow, OfRow)> = moments.iter().enumerate().map(row).collect();
        if self.timeline.is_within_period() {
            let counts = counts(self.year())?;
            rows.push((TableRow::total(), OfRow { counts, moment: None, index: moments.len(), before: None }));
        }
        Ok(rows)
    }

    fn head(&self, moment: Moment) -> TableRow {
        let key = moment.year.into_iter().chain(moment.step).map(|number| number.to_string()).collect();
        TableRow { key, ..TableRow::named(self.timeline.label(moment), RowKind::Part) }
    }

    /// Months or quarters, one column per period.
    fn period_fields<'f>(&'f self, periods: &'f Periods) -> Fields<'f, OfRow<'f>> {
        let year = self.plan.job.year;
        let mut fields = Fields::new();
        for printed in periods.years.iter().copied() {
            let counted = move |row: &OfRow| {
                if periods.knows(printed) && !self.is_future(row, printed) {
                    row.at(None, printed).count()
                } else {
                    Formula::MISSING
                }
            };
            fields.add(head::period_column(printed, year, Unit::Count), counted);
        }
        add_means(&mut fields, self.source, &self.spec.mean, None, move |row: &OfRow<'f>| row.at(None, year));
        fields
    }

    /// One column per value of the second dimension.
    fn part_fields<'f>(&'f self, axis: &AxisPlan, parts: &'f [AxisValue]) -> Fields<'f, OfRow<'f>> {
        let (name, year) = (&self.source.columns[axis.column].name, self.plan.job.year);
        let mut fields = Fields::new();
        for part in parts {
            let column = column(format!("{name}={}", part.label), &part.label, Role::Part, Unit::Count);
            let counted = move |row: &OfRow| {
                if self.is_future(row, year) { Formula::MISSING } else { row.at(Some(&part.key), year).count() }
            };
            fields.add(column, counted);
        }
        for part in parts {
            let of_part = move |row: &OfRow<'f>| row.at(Some(&part.key), year);
            add_means(&mut fields, self.source, &self.spec.mean, Some(&part.label), of_part);
        }
        fields
    }

    /// A single count per row; years also get difference and change to the year before, which is not the row before
    /// where a year lacks.
    fn series_fields<'f>(&'f self) -> Fields<'f, OfRow<'f>> {
        let year = self.plan.job.year;
        let mut fields = Fields::new();
        let counted =
            move |row: &OfRow| if self.is_future(row, year) { Formula::MISSING } else { row.at(None, year).count() };
        fields.add(column("current", word!("measure-count"), Role::Current, Unit::Count), counted);
        if self.timeline.is_yearly() {
            let difference = column("difference", word!("measure-difference"), Role::Difference, Unit::Count);
            fields.add(difference, |row| row.against_before(Formula::Difference));
            let change = column("change", word!("measure-change"), Role::Change, head::PERCENT);
            fields.add(change, |row| row.against_before(Formula::Change));
        }
        add_means(&mut fields, self.source, &self.spec.mean, None, move |row: &OfRow<'f>| row.at(None, year));
        fields
    }

    /// Whether a row's time has not come; that of a total has.
    fn is_future(&self, row: &OfRow, year: i32) -> bool {
        row.moment.is_some_and(|moment| self.timeline.is_future(moment, year))
    }

    fn periods(&self, cubes: &Cubes) -> Result<Periods, Failure> {
        Periods::of(cubes, &self.events, self.plan.job.year, self.spec.earlier.unwrap_or(1))
    }

    /// The values of the second dimension that are declared or occur in the printed years.
    fn parts(&self, cubes: &Cubes, axis: &AxisPlan, moments: &[Moment]) -> Result<Vec<AxisValue>, Failure> {
        let totals = cubes.get(&self.events.request([self.second(axis), self.year()].concat()))?;
        let years: BTreeSet<Key> =
            moments.iter().map(|moment| Key::Number(moment.year.unwrap_or(self.plan.job.year))).collect();
        let printed = totals.cells.keys().filter(|key| key.last().is_some_and(|year| years.contains(year)));
        let found = printed.filter_map(|key| key.first().cloned()).collect();
        Ok(order::values_of(axis, &self.source.columns[axis.column], &found))
    }

    fn add_notes(&self, periods: &Periods, moments: &[Moment], table: &mut MeasureTable) {
        let noun = &self.source.noun;
        if let Some(axis) = &self.spec.columns {
            let column = &self.source.columns[axis.column];
            let bucket = order::unknown_label(column);
            table.notes.extend(bucket.and_then(|bucket| notes::unknown_columns(table, noun, &column.label, bucket)));
        } else if self.timeline.is_within_period() {
            table.notes.extend(notes::not_a_sum(table, noun, None));
            table.notes.extend(notes::missing_periods(periods, noun));
        }
        if self.source.outside_period == OutsidePeriod::Drop {
            table.notes.extend(notes::cut_years(&self.timeline.cut_years(moments)));
        }
    }
}

/// The events of a row.
struct OfRow<'c> {
    /// By the second dimension, where there is one, and time.
    counts: Answer<'c>,
    /// `None` for the total of a period.
    moment: Option<Moment>,
    /// Its own place among the rows, and that of the year before.
    index: usize,
    before: Option<usize>,
}

impl<'c> OfRow<'c> {
    /// The events of a year, where the row does not say it itself; of one value of the second dimension.
    fn at(&self, part: Option<&Key>, year: i32) -> Found<'c> {
        let time = self.moment.map_or_else(|| vec![Key::Number(year)], |moment| moment.path(year));
        self.counts.cell(&part.cloned().into_iter().chain(time).collect::<Vec<Key>>())
    }

    /// Compares the row's count with that of the year before; missing where that is not printed.
    fn against_before(&self, compare: fn([Reference; 2]) -> Formula) -> Formula {
        let cell = |row: usize| Reference::In { row, column: 0 };
        match self.before {
            Some(before) => compare([cell(self.index), cell(before)]),
            None => Formula::of_cells(DIFFERENCE, [cell(self.index)], Value::Nothing(Nothing::Missing)),
        }
    }
}

#[cfg(test)]
mod tests;
