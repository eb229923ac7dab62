//! How long it takes from what happened to its report.
//!
//! In: two dates a row. Out: a row per unit (where the job names them) and one for all: distinct events with both dates,
//! median, quartiles and the 90 % point of the days between, this period's and the last one's median; the share that took
//! longer than the job allows; events dated after their report, and events without one of the dates, counted apart.
//! Unit: days. Rows: an event that takes several rows counts with its first. Source: quantiles of type 7,
//! `stats::quantile`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Quality, method, row};
use crate::diagnostic::Failure;
use crate::domain::cube::Key;
use crate::domain::swedish;
use crate::domain::table::{Nothing, Role, RowKind, TableColumn, Unit, Value};
use crate::measure::change;
use crate::measure::coding::Coded;
use crate::measure::formula::{Counted, Formula, Stated};
use crate::measure::head::{self, column};
use crate::measure::notes::TOTAL;
use crate::measure::order;
use crate::measure::selection::Reference;
use crate::measure::sheet::{Fields, Sheet};
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

    /// Events that took longer than the limit.
    fn late(&self, limit: u32) -> u64 {
        self.days.iter().filter(|days| **days > f64::from(limit)).count() as u64
    }
}

pub(super) fn sheet(quality: &Quality) -> Result<Sheet, Failure> {
    let job = quality.job();
    let mut table = head::of_values(
        quality.plan,
        quality.measure,
        printed!("measure-days-to-report"),
        job.period.name_of(job.year),
    );
    let years = quality.years()?;
    let printed = quality.printed_years(&years);
    let units = quality.spec.units.as_ref().map(|axis| quality.coded(axis)).transpose()?;
    let lags = lags(quality, &years, units.as_ref())?;
    let label = quality.spec.units.as_ref().map_or("", |axis| quality.column(axis).label.as_str());
    table.row_headers = vec![if label.is_empty() { "Alla".to_string() } else { label.to_string() }];
    let none = Lags::default();
    let of_row = |unit: Option<&str>| {
        let of = |year: &i32| lags.get(&(unit.map(str::to_string), *year)).unwrap_or(&none).clone();
        OfRow { unit: unit.map(str::to_string), lags: printed.iter().map(of).collect() }
    };
    let mut rows = Vec::new();
    if let Some(axis) = &quality.spec.units {
        let found: BTreeSet<Key> = lags.keys().filter_map(|(unit, _)| unit.as_deref().map(Key::label)).collect();
        for unit in order::values_of(axis, quality.column(axis), &found) {
            rows.push((row(&[&unit.label], &unit.label, 0, unit.kind()), of_row(Some(&unit.label))));
        }
    }
    rows.push((row(&[], TOTAL, 0, RowKind::Total), of_row(None)));
    table.n = lags.get(&(None, printed[0])).map_or(0, |lags| lags.days.len() as u64);
    table.notes.push(method(note(quality)));
    Ok(Sheet::of(table, &fields(quality, &printed), rows))
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

/// A unit, or all, with what is known of each printed period.
struct OfRow {
    unit: Option<String>,
    lags: Vec<Lags>,
}

impl OfRow {
    /// So many of the row's events of a period.
    fn counted(&self, quality: &Quality, year: i32, count: u64) -> Counted {
        Counted { of: quality.of_unit(self.unit.as_deref(), Some(year)), count }
    }

    /// Worked out of the days of a printed period. Of how many events a number of days is made stands beside it for this
    /// period, and nowhere for the last one: it goes with that number.
    fn made(&self, quality: &Quality, (period, year): Printed, counts: &[u64], value: Value) -> Formula {
        let of = [Reference::Beside(0)].into_iter().filter(|_| period == 0).collect();
        let rows = counts.iter().map(|count| self.counted(quality, year, *count)).collect();
        Formula::Stated(Box::new(Stated { how: DAYS_OF, of, rows, value }))
    }

    /// Days within which this share of the reports came.
    fn within(&self, quality: &Quality, printed: Printed, share: f64) -> Formula {
        let lags = &self.lags[printed.0];
        self.made(quality, printed, &[lags.days.len() as u64], lags.at(share))
    }

    /// Share that took longer than the job allows.
    fn over(&self, quality: &Quality, printed: Printed) -> Formula {
        let lags = &self.lags[printed.0];
        let (n, late) = (lags.days.len() as u64, lags.late(quality.spec.late_over_days));
        self.made(quality, printed, &[late, n - late, n], change::share(late, n))
    }
}

/// A period by its place among the printed ones, this one first, and its year.
type Printed = (usize, i32);

/// How cells are made, for `explain`.
const AMONG: &str = "counted among";
const DAYS_OF: &str = "worked out of the days of";

fn fields<'f>(quality: &'f Quality, printed: &[i32]) -> Fields<'f, OfRow> {
    let (now, previous, mut fields) = (printed[0], printed.get(1).copied(), Fields::new());
    let counted = |of: fn(&Lags) -> u64| {
        move |row: &OfRow| Formula::among(AMONG, quality.of_unit(row.unit.as_deref(), Some(now)), of(&row.lags[0]))
    };
    let median = |key: &str, year: i32, role| TableColumn {
        year: Some(year),
        ..column(key, printed!("measure-median-of", year), role, DAYS)
    };
    let label = printed!("measure-over-days", days = swedish::integer(i64::from(quality.spec.late_over_days)));
    fields.add(column("n", word!("measure-count"), Role::N, Unit::Count), counted(|lags| lags.days.len() as u64));
    fields.add(median("median", now, Role::Current), move |row: &OfRow| row.within(quality, (0, now), 0.5));
    if let Some(year) = previous {
        fields.add(median("median_previous", year, Role::Previous), move |row: &OfRow| {
            row.within(quality, (1, year), 0.5)
        });
    }
    for (key, label, share) in [
        ("lower_quartile", word!("measure-lower-quartile"), 0.25),
        ("upper_quartile", word!("measure-upper-quarter"), 0.75),
        ("p90", word!("measure-within-90"), 0.9),
    ] {
        fields.add(column(key, label, Role::Mean, DAYS), move |row: &OfRow| row.within(quality, (0, now), share));
    }
    fields.add(column("over", format!("{label} {now}"), Role::Share, head::PERCENT), move |row: &OfRow| {
        row.over(quality, (0, now))
    });
    if let Some(year) = previous {
        fields
            .add(column("over_previous", format!("{label} {year}"), Role::Share, head::PERCENT), move |row: &OfRow| {
                row.over(quality, (1, year))
            });
    }
    fields.add(
        column("negative", word!("measure-before-the-event"), Role::N, Unit::Count),
        counted(|lags| lags.negative),
    );
    fields.add(column("undated", word!("measure-date-missing"), Role::N, Unit::Count), counted(|lags| lags.missing));
    fields
}

fn note(quality: &Quality) -> String {
    let label = |index: Option<usize>| {
        index.map(|index| quality.source.columns[index].label.as_str()).unwrap_or_default().to_string()
    };
    printed!(
        "measure-lag-note",
        from = head::in_sentence(&label(quality.spec.occurred)),
        to = head::in_sentence(&label(quality.spec.reported)),
        many = quality.source.noun.many
    )
}
