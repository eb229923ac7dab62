//! Data quality: how completely, how soon, how evenly and under which names a source was reported.
//!
//! In: the rows of a source as they stand in Parquet, what became of all its rows and cells. Out: one table of each kind
//! that the job asks for. Counts are counts of distinct events, except in `completeness` and `unknown`, which count
//! cells. A month that is not over, or of which nothing was delivered, is missing: never zero.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use super::coding::Coded;
use super::event_table::EventTable;
use super::requests::Events;
use super::selection::Selection;
use super::sheet::Sheet;
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, Grain, Key};
use crate::domain::delivery::{Deliveries, Delivery};
use crate::domain::table::{NoteKind, Nothing, RowKind, TableNote, TableRow, Value};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::store::Dataset;
use crate::vocabulary::plan::{AxisPlan, ColumnPlan, JobPlan, SourcePlan};
use crate::vocabulary::spec::SourceKind;

pub(crate) mod calendar;

mod completeness;

mod lag;

mod months;

mod renamed;

mod residual;

mod stopped;

mod unknown;

mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The table that the plan asks for.
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &QualityPlan,
    data: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
) -> Result<Sheet, Failure> {
    let source = &plan.sources[measure.source];
    let missing = || Failure::internal(format!("the data of source {} were not read", source.name));
    let none = Delivery::default();
    let quality = Quality {
        plan,
        measure,
        spec,
        source,
        events: Events::new(source, &[], &[], source.period_date),
        rows: EventTable::new(source, Cow::Borrowed(data.get(&source.name).ok_or_else(missing)?))?,
        delivery: deliveries.get(&source.name).unwrap_or(&none),
    };
    match spec.show {
        QualityShow::Completeness => completeness::sheet(&quality),
        QualityShow::Residual => residual::sheet(&quality),
        QualityShow::Unknown => Ok(unknown::sheet(&quality)),
        QualityShow::Lag => lag::sheet(&quality),
        QualityShow::Months => months::sheet(&quality),
        QualityShow::Stopped => stopped::sheet(&quality),
        QualityShow::Renamed => renamed::sheet(&quality),
    }
}

/// What every table of quality is made of.
struct Quality<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a QualityPlan,
    source: &'a SourcePlan,
    /// All of the source, by its periods.
    events: Events<'a>,
    rows: EventTable<'a>,
    delivery: &'a Delivery,
}

impl<'a> Quality<'a> {
    fn job(&self) -> &'a JobPlan {
        &self.plan.job
    }

    fn column(&self, axis: &AxisPlan) -> &'a ColumnPlan {
        &self.source.columns[axis.column]
    }

    /// The events with one of these values, or all; of a period, or of all. Of a source without events all its rows.
    fn of(&self, having: Option<(&str, &[String])>, year: Option<i32>) -> Selection {
        if self.source.kind != SourceKind::Events {
            return Selection::Rows { source: self.measure.source, rows: (0..self.rows.data.rows).collect() };
        }
        let events = having.map_or_else(
            || self.events.clone(),
            |(column, values)| {
                let (column, values) = (column.to_string(), values.to_vec());
                self.events.and(Condition { column, values, negated: false })
            },
        );
        match year {
            Some(year) => events.select_period(Vec::new(), &[], year),
            None => events.select(Vec::new(), Vec::new()),
        }
    }

    /// The events with one of these values whose date is missing.
    fn undated(&self, column: &str, values: &[String]) -> Selection {
        let (column, values) = (column.to_string(), values.to_vec());
        let events = self.events.and(Condition { column, values, negated: false });
        events.select(events.time(Grain::Period).into_iter().collect(), vec![Key::Missing])
    }

    /// The events of one value of the units, or all, of a period or of all.
    fn of_unit(&self, unit: Option<&str>, year: Option<i32>) -> Selection {
        let axis = self.spec.units.as_ref().zip(unit);
        let having = axis.map(|(axis, unit)| (self.column(axis).name.as_str(), [unit.to_string()]));
        self.of(having.as_ref().map(|(column, values)| (*column, values.as_slice())), year)
    }

    fn days(&self, column: usize) -> Result<&[Option<i32>], Failure> {
        self.rows.days(&self.source.columns[column].name)
    }

    /// The codes of a column's labels, its blanks under their label.
    fn coded(&self, axis: &AxisPlan) -> Result<Coded, Failure> {
        self.rows.coded(&self.column(axis).name)
    }

    /// The job's period of each row; `None` where the row has no date. Without a period date all rows are this year's.
    fn years(&self) -> Result<Vec<Option<i32>>, Failure> {
        let Some(date) = self.source.period_date else { return Ok(vec![Some(self.job().year); self.rows.data.rows]) };
        Ok(super::coding::time_of(self.days(date)?, Grain::Period, self.source.period))
    }

    /// This period, and the one before if the rows have dates, the job reads it and it holds any.
    fn printed_years(&self, years: &[Option<i32>]) -> Vec<i32> {
        let (now, job) = (self.job().year, self.job());
        let before = job.earlier > 0 && self.source.period_date.is_some() && years.contains(&Some(now - 1));
        if before { vec![now, now - 1] } else { vec![now] }
    }
}

/// How many distinct events each key has.
fn distinct<K: Ord>(mut pairs: Vec<(K, u32)>) -> BTreeMap<K, u64> {
    pairs.sort_unstable();
    pairs.dedup();
    let mut counts = BTreeMap::new();
    for (key, _) in pairs {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

pub(crate) fn count(count: u64) -> Value {
    Value::Count(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(crate) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub(crate) const BLANK: Value = Value::Nothing(Nothing::Blank);

/// A row before it has values.
pub(crate) fn row(key: &[&str], label: &str, level: u8, kind: RowKind) -> TableRow {
    let key = key.iter().map(|part| part.to_string()).collect();
    TableRow { key, label: label.to_string(), level, kind, values: Vec::new() }
}

pub(crate) fn method(text: String) -> TableNote {
    TableNote { kind: NoteKind::Method, text }
}
