//! How long it takes from what happened to its report.
//!
//! In: two dates a row. Out: a row per unit (where the job names them) and one for all: distinct events with both dates,
//! median, quartiles and the 90 % point of the days between, this period's and the last one's median; the share that took
//! longer than the job allows; events dated after their report, and events without one of the dates, counted apart.
//! Unit: days. Rows: an event that takes several rows counts with its first. Source: quantiles of type 7,
//! `stats::quantile`.

use std::collections::{BTreeMap, BTreeSet};

use super::{BLANK, Quality, count, method, row};
use crate::diagnostic::Failure;
use crate::domain::cube::Key;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, Unit, Value};
use crate::measure::change;
use crate::measure::coding::Coded;
use crate::measure::head::{self, column};
use crate::measure::notes::TOTAL;
use crate::measure::order;
use crate::stats::quantile::quantile_of_sorted;

/// Medians and quartiles of whole days end in ,0 ,25 ,5 or ,75.
const DAYS: Unit = Unit::Number { decimals: 1 };

/// What is known of the events of one row and period.
#[derive(Debug, Clone, Default)]
struct Lags {
    /// Days from event to report, not negative, in rising order once sorted.
    days: Vec<f64>,
    negative: u64,
    missing: u64,
}

impl Lags {
    fn add(&mut self, days: Option<i32>) {
        match days {
            Some(days) if days < 0 => self.negative += 1,
            Some(days) => self.days.push(f64::from(days)),
            None => self.missing += 1,
        }
    }

    fn at(&self, share: f64) -> Value {
        match quantile_of_sorted(&self.days, share) {
            None => Value::Nothing(Nothing::Missing),
            // Whole days are printed as such: "2 dygn", not "2,0".
            Some(days) if days.fract() == 0.0 => Value::Count(days as i64),
            Some(days) => Value::Number(days),
        }
    }

    fn over(&self, limit: u32) -> Value {
        let late = self.days.iter().filter(|days| **days > f64::from(limit)).count() as u64;
        change::share(late, self.days.len() as u64)
    }
}

pub fn table(quality: &Quality) -> Result<MeasureTable, Failure> {
    let job = quality.job();
    let mut table = head::table(
        quality.plan,
        quality.measure,
        "dagar från händelse till rapport".to_string(),
        job.period.name_of(job.year),
    );
    let years = quality.years()?;
    let printed = quality.printed_years(&years);
    let units = quality.spec.units.as_ref().map(|axis| quality.coded(axis)).transpose()?;
    let lags = lags(quality, &years, units.as_ref())?;
    let label = quality.spec.units.as_ref().map_or("", |axis| quality.column(axis).label.as_str());
    table.row_headers = vec![if label.is_empty() { "Alla".to_string() } else { label.to_string() }];
    table.columns = columns(quality.spec.late_over_days, &printed);
    let none = Lags::default();
    let values = |unit: Option<&str>| {
        let of = |year: i32| lags.get(&(unit.map(str::to_string), year)).unwrap_or(&none);
        values(of(printed[0]), printed.get(1).map(|year| of(*year)), quality.spec.late_over_days)
    };
    if let Some(axis) = &quality.spec.units {
        let found: BTreeSet<Key> = lags.keys().filter_map(|(unit, _)| unit.as_deref().map(Key::label)).collect();
        for unit in order::values_of(axis, quality.column(axis), &found) {
            table.rows.push(row(&[&unit.label], &unit.label, 0, unit.kind(), values(Some(&unit.label))));
        }
    }
    table.rows.push(row(&[], TOTAL, 0, RowKind::Total, values(None)));
    table.n = lags.get(&(None, printed[0])).map_or(0, |lags| lags.days.len() as u64);
    table.notes.push(method(note(quality)));
    Ok(table)
}

/// Every event once under each of its units and once under none, by its period.
fn lags(
    quality: &Quality,
    years: &[Option<i32>],
    units: Option<&Coded>,
) -> Result<BTreeMap<(Option<String>, i32), Lags>, Failure> {
    let missing = || Failure::internal("a table of reporting lag has no dates");
    let occurred = quality.days(quality.spec.occurred.ok_or_else(missing)?)?;
    let reported = quality.days(quality.spec.reported.ok_or_else(missing)?)?;
    let mut seen: BTreeSet<(Option<u32>, u32)> = BTreeSet::new();
    let mut lags: BTreeMap<(Option<u32>, i32), Lags> = BTreeMap::new();
    for (index, event) in quality.rows.events.iter().enumerate() {
        let Some(year) = years[index] else { continue };
        let days = reported[index].zip(occurred[index]).map(|(reported, occurred)| reported.saturating_sub(occurred));
        let of_units = units.map_or(&[][..], |units| units.row(index)).iter().copied().map(Some);
        for unit in of_units.chain([None]) {
            if seen.insert((unit, *event)) {
                lags.entry((unit, year)).or_default().add(days);
            }
        }
    }
    let named = |unit: Option<u32>| unit.zip(units).map(|(unit, units)| units.labels[unit as usize].to_string());
    let sorted = |((unit, year), mut lags): ((Option<u32>, i32), Lags)| {
        lags.days.sort_by(f64::total_cmp);
        ((named(unit), year), lags)
    };
    Ok(lags.into_iter().map(sorted).collect())
}

fn columns(limit: u32, printed: &[i32]) -> Vec<TableColumn> {
    let previous = printed.get(1).copied();
    let median = |key: &str, year: i32, role| TableColumn {
        year: Some(year),
        ..column(key, format!("Median {year}"), role, DAYS)
    };
    let over = format!("Över {} dagar", swedish::integer(i64::from(limit)));
    let mut columns = vec![column("n", "Antal", Role::N, Unit::Count), median("median", printed[0], Role::Current)];
    columns.extend(previous.map(|year| median("median_previous", year, Role::Previous)));
    columns.extend([
        column("lower_quartile", "Undre kvartil", Role::Mean, DAYS),
        column("upper_quartile", "Övre kvartil", Role::Mean, DAYS),
        column("p90", "90 % inom", Role::Mean, DAYS),
        column("over", format!("{over} {}", printed[0]), Role::Share, head::PERCENT),
    ]);
    columns.extend(previous.map(|year| column("over_previous", format!("{over} {year}"), Role::Share, head::PERCENT)));
    columns.extend([
        column("negative", "Före händelsen", Role::N, Unit::Count),
        column("undated", "Datum saknas", Role::N, Unit::Count),
    ]);
    columns
}

fn values(now: &Lags, then: Option<&Lags>, limit: u32) -> Vec<Value> {
    let share = |lags: &Lags| match lags.days.len() {
        0 => BLANK,
        _ => lags.over(limit),
    };
    let mut values = vec![count(now.days.len() as u64), now.at(0.5)];
    values.extend(then.map(|then| then.at(0.5)));
    values.extend([now.at(0.25), now.at(0.75), now.at(0.9), share(now)]);
    values.extend(then.map(share));
    values.extend([count(now.negative), count(now.missing)]);
    values
}

fn note(quality: &Quality) -> String {
    let label = |index: Option<usize>| {
        index.map(|index| quality.source.columns[index].label.as_str()).unwrap_or_default().to_string()
    };
    format!(
        "Dagar från {} till {}, för {} med båda datumen. Rapporter daterade före händelsen är inte med i mått och \
         andelar utan räknas för sig.",
        head::in_sentence(&label(quality.spec.occurred)),
        head::in_sentence(&label(quality.spec.reported)),
        quality.source.noun.many,
    )
}
