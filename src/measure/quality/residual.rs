//! How many events stand under a category that says nothing: residual ones, values outside the list, blanks.
//!
//! In: rows. Out: a row per column of categories with the distinct events that have any such value, and under it a row
//! per value; this period and the one before. Unit: share of all distinct events of the period, exact. Above the job's
//! share the words: no conclusions can be drawn.

use std::collections::BTreeMap;

use super::{BLANK, Quality, count, distinct, method, row, text};
use crate::diagnostic::Failure;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, Role, RowKind, TableRow, Unit, Value};
use crate::measure::change;
use crate::measure::head::{self, column};
use crate::measure::order;
use crate::vocabulary::plan::AxisPlan;

/// What is said above the threshold.
pub const NO_CONCLUSIONS: &str = "inga slutsatser kan dras";

pub fn table(quality: &Quality) -> Result<MeasureTable, Failure> {
    let noun = &quality.source.noun;
    let period = quality.job().period.name_of(quality.job().year);
    let mut table = head::table(quality.plan, quality.measure, format!("antal {}", noun.many), period);
    let years = quality.years()?;
    let printed = quality.printed_years(&years);
    let wholes = wholes(quality, &years);
    table.row_headers = vec!["Kolumn och värde".to_string()];
    table.columns = columns(&printed);
    for axis in &quality.spec.categories {
        table.rows.extend(rows_of(quality, axis, &years, &printed, &wholes)?);
    }
    table.n = wholes.get(&printed[0]).copied().unwrap_or(0);
    let over = swedish::decimal(quality.spec.residual_over as f64 / 100.0, 0);
    table.notes.push(method(format!(
        "Andelen är av alla {} i perioden. Värden utanför listan och tomma celler räknas med. Över {over}\u{a0}procent \
         kan inga slutsatser dras av fördelningen mellan de övriga kategorierna.",
        noun.many
    )));
    Ok(table)
}

fn columns(printed: &[i32]) -> Vec<crate::domain::table::TableColumn> {
    let mut columns = vec![head::period_column(printed[0], printed[0], Unit::Count)];
    columns.push(column("share", format!("Andel {}", printed[0]), Role::Share, head::PERCENT));
    if let Some(previous) = printed.get(1) {
        columns.push(head::period_column(*previous, printed[0], Unit::Count));
        columns.push(column("share_previous", format!("Andel {previous}"), Role::Share, head::PERCENT));
        columns.push(column("difference", "Skillnad", Role::Difference, head::PERCENTAGE_POINTS));
    }
    columns.push(column("verdict", "Bedömning", Role::Verdict, Unit::Text));
    columns
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
) -> Result<Vec<TableRow>, Failure> {
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
    let all = counts(&|year| any.get(&year).copied().unwrap_or(0));
    let verdict = verdict(all[0], quality.spec.residual_over);
    let mut rows = vec![row(&[&column.name], &column.label, 0, RowKind::Group, values(&all, verdict))];
    for (index, value) in silent.iter().enumerate() {
        let part = counts(&|year| each.get(&(index, year)).copied().unwrap_or(0));
        rows.push(row(&[&column.name, value], value, 1, RowKind::Residual, values(&part, BLANK)));
    }
    Ok(rows)
}

fn labels_of_rows(coded: &crate::measure::coding::Coded, rows: usize) -> std::collections::BTreeSet<u32> {
    (0..rows).flat_map(|row| coded.row(row).iter().copied()).collect()
}

fn values(counts: &[(u64, u64)], verdict: Value) -> Vec<Value> {
    let mut values = Vec::new();
    for (part, whole) in counts {
        values.extend([count(*part), change::share(*part, *whole)]);
    }
    if let [now, then] = counts {
        values.push(change::percentage_points(*now, *then));
    }
    values.push(verdict);
    values
}

/// Decided on whole numbers: a share that equals the threshold is not above it.
fn verdict((part, whole): (u64, u64), over: u64) -> Value {
    let above = u128::from(part) * 10_000 > u128::from(over) * u128::from(whole);
    match whole {
        0 => BLANK,
        _ if above => text(NO_CONCLUSIONS),
        _ => text("fördelningen kan tolkas"),
    }
}
