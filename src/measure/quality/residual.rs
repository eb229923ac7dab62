//! How many events stand under a category that says nothing: residual ones, values outside the list, blanks.
//!
//! In: rows. Out: a row per column of categories with the distinct events that have any such value, and under it a row
//! per value; this period and the one before. Unit: share of all distinct events of the period, exact. Above the job's
//! share the words: no conclusions can be drawn.

use std::collections::BTreeMap;

use super::{BLANK, Quality, distinct, method, row, text};
use crate::diagnostic::Failure;
use crate::domain::swedish;
use crate::domain::table::{Role, RowKind, TableRow, Unit, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::order;
use crate::measure::sheet::{Fields, Sheet};
use crate::vocabulary::plan::AxisPlan;

pub(super) fn sheet(quality: &Quality) -> Result<Sheet, Failure> {
    let noun = &quality.source.noun;
    let period = quality.job().period.name_of(quality.job().year);
    let mut table =
        head::of_values(quality.plan, quality.measure, printed!("measure-number-of", many = noun.many), period);
    let years = quality.years()?;
    let printed = quality.printed_years(&years);
    let wholes = wholes(quality, &years);
    table.row_headers = vec![printed!("measure-column-and-value")];
    let mut rows = Vec::new();
    for axis in &quality.spec.categories {
        rows.extend(rows_of(quality, axis, &years, &printed, &wholes)?);
    }
    table.n = wholes.get(&printed[0]).copied().unwrap_or(0);
    let over = swedish::decimal(quality.spec.residual_over as f64 / 100.0, 0);
    table.notes.push(method(printed!("measure-residual-note", many = noun.many, over)));
    Ok(Sheet::of(table, &fields(quality, &printed), rows))
}

/// The values of a row, with the events that have one of them and all events, by period.
struct OfRow {
    column: String,
    values: Vec<String>,
    counts: Vec<(u64, u64)>,
    /// One of them says nothing of the others; all together do.
    is_judged: bool,
}

impl OfRow {
    fn part(&self, quality: &Quality, period: usize, year: i32) -> Counted {
        Counted {
            of: quality.of(Some((self.column.as_str(), self.values.as_slice())), Some(year)),
            count: self.counts[period].0,
        }
    }
}

fn fields<'f>(quality: &'f Quality, printed: &[i32]) -> Fields<'f, OfRow> {
    let mut fields = Fields::new();
    for (period, year) in printed.iter().copied().enumerate() {
        let count = head::period_column(year, printed[0], Unit::Count);
        fields.add(count, move |row: &OfRow| Formula::Count(row.part(quality, period, year)));
        let key = if period == 0 { "share" } else { "share_previous" };
        fields.add(column(key, printed!("measure-share-of-year", year), Role::Share, head::PERCENT), move |row| {
            let whole = Counted { of: quality.of(None, Some(year)), count: row.counts[period].1 };
            Formula::share(row.part(quality, period, year), whole)
        });
    }
    if printed.len() > 1 {
        let both = fields.at(["share", "share_previous"]);
        let difference = column("difference", word!("measure-difference"), Role::Difference, head::PERCENTAGE_POINTS);
        fields.add(difference, move |_| Formula::Difference(both));
    }
    let share = fields.at(["share"]);
    fields.add(column("verdict", word!("measure-judgement"), Role::Verdict, Unit::Text), move |row| {
        let verdict = if row.is_judged { verdict(row.counts[0], quality.spec.residual_over) } else { BLANK };
        Formula::of_cells("a judgement, by the job's threshold, of", share, verdict)
    });
    fields
}

/// Distinct events per period.
fn wholes(quality: &Quality, years: &[Option<i32>]) -> BTreeMap<i32, u64> {
    let pairs = years.iter().zip(&quality.rows.events).filter_map(|(year, event)| Some(((*year)?, *event)));
    distinct(pairs.collect())
}

/// The values of a column that say nothing, in print order, as far as they are declared or occur.
fn silent(quality: &Quality, axis: &AxisPlan, found: &[&str]) -> Vec<String> {
    let column = quality.column(axis);
    let declared = axis.values.iter().filter(|(_, residual)| *residual).map(|(value, _)| value.clone());
    let buckets = order::unknown_label(column).map(str::to_string).into_iter().chain([column.missing_label.clone()]);
    let mut values: Vec<String> = declared.collect();
    for bucket in buckets.filter(|bucket| found.contains(&bucket.as_str())) {
        if !values.contains(&bucket) {
            values.push(bucket);
        }
    }
    values
}

fn rows_of(
    quality: &Quality,
    axis: &AxisPlan,
    years: &[Option<i32>],
    printed: &[i32],
    wholes: &BTreeMap<i32, u64>,
) -> Result<Vec<(TableRow, OfRow)>, Failure> {
    let coded = quality.coded(axis)?;
    let occurring = labels_of_rows(&coded, quality.rows.data.rows);
    let found: Vec<&str> = occurring.iter().map(|code| &*coded.labels[*code as usize]).collect();
    let silent = silent(quality, axis, &found);
    if silent.is_empty() {
        return Ok(Vec::new());
    }
    let place: Vec<Option<usize>> =
        coded.labels.iter().map(|label| silent.iter().position(|value| **value == **label)).collect();
    let (mut any, mut each) = (Vec::new(), Vec::new());
    for (index, year) in years.iter().enumerate() {
        let Some(year) = *year else { continue };
        for value in coded.row(index).iter().filter_map(|code| place[*code as usize]) {
            any.push((year, quality.rows.events[index]));
            each.push(((value, year), quality.rows.events[index]));
        }
    }
    let (any, each) = (distinct(any), distinct(each));
    let column = quality.column(axis);
    let counts = |of: &dyn Fn(i32) -> u64| -> Vec<(u64, u64)> {
        printed.iter().map(|year| (of(*year), wholes.get(year).copied().unwrap_or(0))).collect()
    };
    let of_row = |values: &[String], counts, is_judged| OfRow {
        column: column.name.clone(),
        values: values.to_vec(),
        counts,
        is_judged,
    };
    let all = counts(&|year| any.get(&year).copied().unwrap_or(0));
    let head = row(&[&column.name], &column.label, 0, RowKind::Group);
    let mut rows = vec![(head, of_row(&silent, all, true))];
    for (index, value) in silent.iter().enumerate() {
        let part = counts(&|year| each.get(&(index, year)).copied().unwrap_or(0));
        let head = row(&[&column.name, value], value, 1, RowKind::Residual);
        rows.push((head, of_row(std::slice::from_ref(value), part, false)));
    }
    Ok(rows)
}

fn labels_of_rows(coded: &crate::measure::coding::Coded, rows: usize) -> std::collections::BTreeSet<u32> {
    (0..rows).flat_map(|row| coded.row(row).iter().copied()).collect()
}

/// Decided on whole numbers: a share that equals the threshold is not above it.
fn verdict((part, whole): (u64, u64), over: u64) -> Value {
    let above = u128::from(part) * 10_000 > u128::from(over) * u128::from(whole);
    match whole {
        0 => BLANK,
        _ if above => text(word!("measure-no-conclusions")),
        _ => text(word!("measure-mix-can-be-read")),
    }
}
