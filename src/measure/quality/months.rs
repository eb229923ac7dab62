//! Reports per unit and month of the period: who is silent when.
//!
//! In: rows. Out: a row per unit and one for all, a column per month of the job's period, last the whole period; distinct
//! events. A month that is not over or was not delivered has no value. Source: none; a count.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{self, Calendar, Month, State};
use super::{Quality, count, distinct, row};
use crate::diagnostic::Failure;
use crate::domain::cube::Key;
use crate::domain::sentence::and_list;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableNote, Unit, Value};
use crate::measure::head::{self, column};
use crate::measure::notes::TOTAL;
use crate::measure::order::{self, AxisValue};

/// Distinct events per unit and month, of all events per month, and which months count.
pub struct Reports {
    pub calendar: Calendar,
    pub units: Vec<AxisValue>,
    by_unit: BTreeMap<(String, Month), u64>,
    all: BTreeMap<Month, u64>,
}

impl Reports {
    pub fn of(quality: &Quality) -> Result<Reports, Failure> {
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

    /// Events of a unit in each of some months.
    pub fn series(&self, unit: &str, months: &[Month]) -> Vec<u64> {
        months.iter().map(|month| self.by_unit.get(&(unit.to_string(), *month)).copied().unwrap_or(0)).collect()
    }
}

pub fn table(quality: &Quality) -> Result<MeasureTable, Failure> {
    let (job, noun) = (quality.job(), &quality.source.noun);
    let what = format!("antal {} per månad", noun.many);
    let mut table = head::table(quality.plan, quality.measure, what, job.period.name_of(job.year));
    let reports = Reports::of(quality)?;
    let months: Vec<(Month, State)> =
        reports.calendar.months.iter().filter(|(month, _)| *month >= reports.calendar.current).copied().collect();
    let label = quality.spec.units.as_ref().map_or("", |axis| quality.column(axis).label.as_str());
    table.row_headers = vec![label.to_string()];
    table.columns = months
        .iter()
        .map(|(month, _)| column(calendar::key(*month), calendar::short(*month), Role::Part, Unit::Count))
        .collect();
    table.columns.push(column("total", TOTAL, Role::Total, Unit::Count));
    let values = |of: &dyn Fn(Month) -> u64| -> Vec<Value> {
        let cell = |(month, state): &(Month, State)| match state {
            State::Whole => count(of(*month)),
            State::Unfinished | State::NotDelivered => Value::Nothing(Nothing::Missing),
        };
        let whole = months.iter().filter(|(_, state)| *state == State::Whole);
        months.iter().map(cell).chain([count(whole.map(|(month, _)| of(*month)).sum())]).collect()
    };
    for unit in &reports.units {
        let of = |month| reports.by_unit.get(&(unit.label.clone(), month)).copied().unwrap_or(0);
        table.rows.push(row(&[&unit.label], &unit.label, 0, unit.kind(), values(&of)));
    }
    let of = |month| reports.all.get(&month).copied().unwrap_or(0);
    table.rows.push(row(&[], TOTAL, 0, RowKind::Total, values(&of)));
    table.n = months.iter().filter(|(_, state)| *state == State::Whole).map(|(month, _)| of(*month)).sum();
    table.notes = notes(&months);
    Ok(table)
}

fn notes(months: &[(Month, State)]) -> Vec<TableNote> {
    let named = |wanted: State| -> Vec<String> {
        months.iter().filter(|(_, state)| *state == wanted).map(|(month, _)| calendar::in_words(*month)).collect()
    };
    let note = |months: Vec<String>, why: &str| {
        let text = format!("{why} och därför utan antal, inte noll: {}.", and_list(&months));
        (!months.is_empty()).then_some(TableNote { kind: NoteKind::Missing, text })
    };
    let unfinished = note(named(State::Unfinished), "Inte avslutad");
    unfinished.into_iter().chain(note(named(State::NotDelivered), "Inte lämnad i uttaget")).collect()
}
