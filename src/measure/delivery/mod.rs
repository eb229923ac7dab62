//! What was delivered: newest row, months without rows, and what became of all rows, one row a source.
//!
//! In: the dates of each source's kept rows, its balances. Out: the last date up to the day that newness is judged on
//! (the job's `as_of`, or the end of its period if that is earlier), how many days before it, how many of the period's
//! months that were over have no row, and the rows that hold data: kept, duplicates, outside the periods, rejected.
//! Rows: headings, blank rows, totals and footnotes are no data. A source that was not delivered says so.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use crate::measure::quality::BLANK;
use crate::measure::quality::calendar;
use crate::measure::quality::calendar::first_day;
use crate::measure::quality::count;
use crate::measure::quality::method;
use crate::measure::quality::row;
use crate::measure::quality::text;
use std::collections::BTreeMap;

use crate::diagnostic::Failure;
use crate::domain::balance::Fate;
use crate::domain::delivery::{Deliveries, Delivery};
use crate::domain::period::date_of;
use crate::domain::sentence::and_list;
use crate::domain::table::{Nothing, Role, RowKind, Unit, Value};
use crate::measure::change;
use crate::measure::delivery::plan::DeliveryPlan;
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::sheet::{Fields, Sheet};
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::plan::SourcePlan;

const NOT_APPLICABLE: Value = Value::Nothing(Nothing::NotApplicable);
const MISSING: Value = Value::Nothing(Nothing::Missing);

pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &DeliveryPlan,
    data: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
) -> Result<Sheet, Failure> {
    let job = &plan.job;
    let mut table = head::of_values(plan, measure, printed!("measure-rows-with-data"), job.period.name_of(job.year));
    table.source = printed!("measure-source-all");
    table.row_headers = vec![printed!("measure-source")];
    let none = Delivery::default();
    let judged = job.as_of.min(job.period.days_of(job.year).1);
    let mut rows = Vec::new();
    for index in spec.sources.iter().copied() {
        let source = &plan.sources[index];
        let delivery = deliveries.get(&source.name).unwrap_or(&none);
        let of_row = if delivery.balances.is_empty() {
            OfRow { values: not_delivered(), all: None }
        } else {
            let rows = data.get(&source.name).map_or(0, |data| data.rows);
            let values = values(plan, source, &days(source, data)?, delivery, judged);
            OfRow { values, all: Some(Counted::all(plan, index, rows)) }
        };
        rows.push((row(&[&source.name], &source.title, 0, RowKind::Part), of_row));
    }
    table.n = deliveries.values().flat_map(|delivery| &delivery.balances).map(|balance| balance.data_rows()).sum();
    table.notes.push(method(printed!("measure-delivery-note", day = date_of(judged))));
    Ok(Sheet::of(table, &fields(), rows))
}

/// What came of a source, by column, and what was read of it; nothing of one that was not delivered.
struct OfRow {
    values: Vec<Value>,
    all: Option<Counted>,
}

/// How cells are made, for `explain`.
const DAYS_OF: &str = "worked out of the dates of";
const FATES_OF: &str = "counted at the door, by what became of each row: kept are";

fn fields() -> Fields<'static, OfRow> {
    let number = |key: &str, label: &str| column(key, label, Role::N, Unit::Count);
    let of_days = [
        column("newest", word!("measure-newest-date"), Role::Text, Unit::Date),
        number("age_days", word!("measure-age-in-days")),
        number("empty_months", word!("measure-months-without-rows")),
        column("which_months", word!("measure-which"), Role::Text, Unit::Text),
    ];
    let of_fates = [
        number("data_rows", word!("measure-rows-of-data")),
        number("kept", word!("measure-kept")),
        number("duplicates", word!("measure-duplicates")),
        number("outside", word!("measure-outside-periods")),
        number("rejected", word!("measure-rejected")),
        column("rejected_share", word!("measure-share-rejected"), Role::Share, Unit::Percent { decimals: 1 }),
    ];
    let mut fields = Fields::new();
    let columns = of_days.map(|column| (column, DAYS_OF)).into_iter().chain(of_fates.map(|column| (column, FATES_OF)));
    for (place, (column, how)) in columns.enumerate() {
        fields.add(column, move |row: &OfRow| {
            let value = row.values[place].clone();
            match &row.all {
                Some(all) => Formula::of_rows(how, vec![all.clone()], value),
                None => Formula::Said(value),
            }
        });
    }
    fields
}

fn not_delivered() -> Vec<Value> {
    let mut values = vec![MISSING; 10];
    values[3] = text(word!("measure-not-delivered-word"));
    values
}

/// Dates of the kept rows; `None` of a source whose rows have none.
fn days(source: &SourcePlan, data: &BTreeMap<String, Dataset>) -> Result<Option<Vec<i32>>, Failure> {
    let Some(column) = source.period_date.map(|index| &source.columns[index].name) else { return Ok(None) };
    match data.get(&source.name).and_then(|data| data.columns.get(column)) {
        Some(PlainColumn::Days(days)) => Ok(Some(days.iter().flatten().copied().collect())),
        _ => Err(Failure::internal(format!("the dates of source {} were not read", source.name))),
    }
}

fn values(plan: &Plan, source: &SourcePlan, days: &Option<Vec<i32>>, delivery: &Delivery, judged: i32) -> Vec<Value> {
    let mut values = match days {
        None => vec![NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, BLANK],
        Some(days) => dated(plan, source, days, judged),
    };
    let sum = |fate| delivery.balances.iter().map(|balance| balance.of(fate)).sum::<u64>();
    let rows: u64 = delivery.balances.iter().map(|balance| balance.data_rows()).sum();
    let rejected: u64 = delivery.balances.iter().map(|balance| balance.rejected()).sum();
    values.extend([rows, sum(Fate::Kept), sum(Fate::Duplicate), sum(Fate::OutsidePeriod), rejected].map(count));
    values.push(change::share(rejected, rows));
    values
}

fn dated(plan: &Plan, source: &SourcePlan, days: &[i32], judged: i32) -> Vec<Value> {
    let newest = days.iter().filter(|day| **day <= judged).max();
    let (first, last) = source.period.days_of(plan.job.year);
    let months = calendar::month_of(first)..=calendar::month_of(last);
    let over = months.filter(|month| first_day(month + 1) <= judged + 1);
    let seen: std::collections::BTreeSet<i32> = days.iter().map(|day| calendar::month_of(*day)).collect();
    let empty: Vec<String> = over.filter(|month| !seen.contains(month)).map(calendar::in_words).collect();
    vec![
        newest.map_or(MISSING, |day| Value::Date(*day)),
        newest.map_or(MISSING, |day| count(u64::from(judged.abs_diff(*day)))),
        count(empty.len() as u64),
        text(and_list(&empty)),
    ]
}
