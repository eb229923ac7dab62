//! Reports per unit and month of the period: who is silent when.
//!
//! In: rows. Out: a row per unit and one for all, a column per month of the job's period, last the whole period; distinct
//! events. A month that is not over or was not delivered has no value. Source: none; a count.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::calendar::{self, Calendar, Month, State};
use super::{Quality, distinct, row};
use crate::diagnostic::Failure;
use crate::domain::cube::{Grain, Key};
use crate::domain::sentence::and_list;
use crate::domain::table::{NoteKind, Role, RowKind, TableNote, Unit};
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::notes::TOTAL;
use crate::measure::order::{self, AxisValue};
use crate::measure::selection::Reference;
use crate::measure::sheet::{Fields, Sheet};

/// Distinct events per unit and month, of all events per month, and which months count.
pub(super) struct Reports {
    pub calendar: Calendar,
    pub units: Vec<AxisValue>,
    by_unit: BTreeMap<(String, Month), u64>,
    all: BTreeMap<Month, u64>,
}

impl Reports {
    pub(super) fn of(quality: &Quality) -> Result<Reports, Failure> {
        let missing = || Failure::internal("a table of months has no units or dates");
        let axis = quality.spec.units.as_ref().ok_or_else(missing)?;
        let months = calendar::months_of(quality.days(quality.source.period_date.ok_or_else(missing)?)?);
        let coded = quality.coded(axis)?;
        let (mut by_unit, mut all) = (Vec::new(), Vec::new());
        for (index, month) in months.iter().enumerate() {
            let (Some(month), event) = (*month, quality.rows.events[index]) else { continue };
            all.push((month, event));
            by_unit.extend(coded.row(index).iter().map(|unit| ((*unit, month), event)));
        }
        let found: BTreeSet<Key> =
            by_unit.iter().map(|((unit, _), _)| Key::Label(coded.labels[*unit as usize].clone())).collect();
        let named =
            |((unit, month), events): ((u32, Month), u64)| ((coded.labels[unit as usize].to_string(), month), events);
        Ok(Reports {
            calendar: Calendar::of(quality.job(), &calendar::seen(&months)),
            units: order::values_of(axis, quality.column(axis), &found),
            by_unit: distinct(by_unit).into_iter().map(named).collect(),
            all: distinct(all),
        })
    }

    fn at(&self, unit: Option<&AxisValue>, month: Month) -> u64 {
        let found = match unit {
            Some(unit) => self.by_unit.get(&(unit.label.clone(), month)),
            None => self.all.get(&month),
        };
        found.copied().unwrap_or(0)
    }

    /// Reports of a unit, or of all, in a month.
    fn count(&self, quality: &Quality, unit: Option<&AxisValue>, month: Month) -> Formula {
        let axis = quality.spec.units.as_ref().zip(unit);
        let unit_key = axis.map(|(axis, unit)| (quality.events.dimension(axis), unit.key.clone()));
        let times = [(Grain::CalendarYear, calendar::year(month)), (Grain::Month, calendar::of_year(month))];
        let times = times.into_iter().filter_map(|(grain, key)| Some((quality.events.time(grain)?, Key::Number(key))));
        let (dimensions, key) = unit_key.into_iter().chain(times).unzip();
        Formula::Count(Counted { of: quality.events.select(dimensions, key), count: self.at(unit, month) })
    }

    /// Reports in the months that count.
    fn sum(&self, unit: Option<&AxisValue>, months: &[(Month, State)]) -> u64 {
        let whole = months.iter().filter(|(_, state)| *state == State::Whole);
        whole.map(|(month, _)| self.at(unit, *month)).sum()
    }

    /// Events of a unit in each of some months.
    pub(super) fn series(&self, unit: &str, months: &[Month]) -> Vec<u64> {
        months.iter().map(|month| self.by_unit.get(&(unit.to_string(), *month)).copied().unwrap_or(0)).collect()
    }
}

pub(super) fn sheet(quality: &Quality) -> Result<Sheet, Failure> {
    let (job, noun) = (quality.job(), &quality.source.noun);
    let what = printed!("measure-number-a-month", many = noun.many);
    let mut table = head::of_values(quality.plan, quality.measure, what, job.period.name_of(job.year));
    let reports = Reports::of(quality)?;
    let months: Vec<(Month, State)> =
        reports.calendar.months.iter().filter(|(month, _)| *month >= reports.calendar.current).copied().collect();
    let label = quality.spec.units.as_ref().map_or("", |axis| quality.column(axis).label.as_str());
    table.row_headers = vec![label.to_string()];
    table.n = reports.sum(None, &months);
    table.notes = notes(&months);
    let units = reports.units.iter().map(|unit| (row(&[&unit.label], &unit.label, 0, unit.kind()), Some(unit)));
    let rows = units.chain([(row(&[], TOTAL, 0, RowKind::Total), None)]);
    Ok(Sheet::of(table, &fields(quality, &reports, &months), rows))
}

/// A column a month, and their sum; rows are units, or all of them.
fn fields<'f>(
    quality: &'f Quality,
    reports: &'f Reports,
    months: &'f [(Month, State)],
) -> Fields<'f, Option<&'f AxisValue>> {
    let mut fields = Fields::new();
    for (month, state) in months.iter().copied() {
        let column = column(calendar::key(month), calendar::short(month), Role::Part, Unit::Count);
        fields.add(column, move |unit: &Option<&AxisValue>| match state {
            State::Whole => reports.count(quality, *unit, month),
            State::Unfinished | State::NotDelivered => Formula::MISSING,
        });
    }
    let all: Arc<[Reference]> = (0..months.len()).map(Reference::Beside).collect();
    let total = column("total", TOTAL, Role::Total, Unit::Count);
    fields.add(total, move |unit| Formula::sum("the sum of", all.clone(), reports.sum(*unit, months)));
    fields
}

fn notes(months: &[(Month, State)]) -> Vec<TableNote> {
    let named = |wanted: State| -> Vec<String> {
        months.iter().filter(|(_, state)| *state == wanted).map(|(month, _)| calendar::in_words(*month)).collect()
    };
    let note = |months: Vec<String>, why: &str| {
        let text = printed!("measure-without-number", why, months = and_list(&months));
        (!months.is_empty()).then_some(TableNote { kind: NoteKind::Missing, text })
    };
    let unfinished = note(named(State::Unfinished), word!("measure-not-over"));
    unfinished.into_iter().chain(note(named(State::NotDelivered), word!("measure-not-in-export"))).collect()
}
