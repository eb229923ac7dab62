//! Development: how yearly values have gone, by Mann–Kendall's test and Theil–Sen's slope.
//!
//! In: the table of a trend or share by year (years down the side) or of an indicator (years as columns). Out: one row
//! per series: first and last value, years with a value, S, p, p adjusted over the table, slope a year, and the word.
//! A year without a value is left out of the series and its gap is kept in the slope. Years still open are left out.

pub mod cells;

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use crate::domain::cube::Grain;
use crate::domain::period::PeriodRule;
use crate::domain::sentence::words::Development;
use crate::domain::table::{Direction, MeasureTable, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::certainty::{BLANK, THREE_DECIMALS};
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::head::column;
use crate::measure::plan::Plan;
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::stats::adjust::benjamini_hochberg;
use crate::stats::mann_kendall::{FEWEST_YEARS, MannKendall, mann_kendall};
use crate::stats::theil_sen::theil_sen_at;
use crate::vocabulary::plan::JobPlan;
use crate::vocabulary::spec::TimeStep;

/// A series of yearly values, oldest first.
struct Series {
    key: Vec<String>,
    label: String,
    unit: Unit,
    points: Vec<(i32, Value, f64)>,
    few_answers: bool,
}

/// The table of a development.
pub fn table(plan: &Plan, measure: &MeasurePlan, spec: &DevelopmentPlan, base: &MeasureTable) -> MeasureTable {
    let of = &plan.measures[spec.measure];
    let series = match &of.kind {
        MeasureKind::Indicator(_) => across(base, of.certainty.minimum_answers),
        kind => down(base, |year| is_open(&plan.job, kind, year)),
    };
    let tests: Vec<Option<MannKendall>> = series.iter().map(test).collect();
    let p: Vec<f64> = tests.iter().flatten().map(|test| test.p).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    let mut table = MeasureTable { name: measure.name.clone(), title: measure.title.clone(), ..base.clone() };
    table.row_headers = vec!["Serie".to_string()];
    table.columns = columns(base);
    table.rows = series
        .iter()
        .zip(&tests)
        .map(|(series, test)| row(base, series, test.as_ref().and_then(|test| Some((test, adjusted.next()?)))))
        .collect();
    table.row_units = series.iter().filter_map(|series| Some((series.key.last()?.clone(), series.unit))).collect();
    table
}

/// A year that the data do not cover to its end would pull every line down.
fn is_open(job: &JobPlan, kind: &MeasureKind, year: i32) -> bool {
    let by_calendar = match kind {
        MeasureKind::Trend(trend) => trend.by == TimeStep::CalendarYear,
        MeasureKind::Share(share) => share.by.as_ref().is_some_and(|axis| axis.grain == Grain::CalendarYear),
        _ => false,
    };
    let rule = if by_calendar { PeriodRule::CALENDAR } else { job.period };
    rule.days_of(year).1 > job.as_of
}

fn is_year(column: &TableColumn) -> bool {
    column.year.is_some() && matches!(column.role, Role::Current | Role::Previous | Role::Earlier)
}

/// One series a row, years as columns.
fn across(base: &MeasureTable, minimum_answers: u32) -> Vec<Series> {
    let mut years: Vec<(i32, usize)> = Vec::new();
    for (index, column) in base.columns.iter().enumerate().filter(|(_, column)| is_year(column)) {
        years.extend(column.year.map(|year| (year, index)));
    }
    years.sort_unstable();
    let of_row = |row: &TableRow| {
        let point =
            |(year, index): &(i32, usize)| Some((*year, row.values[*index].clone(), size(&row.values[*index])?));
        let few = |(_, index): &(i32, usize)| {
            let n = base.n_of(*index).and_then(|n| size(&row.values[n]));
            n.is_some_and(|n| n < f64::from(minimum_answers))
        };
        let measured = years.iter().filter(|(_, index)| size(&row.values[*index]).is_some());
        Series {
            key: row.key.clone(),
            label: row.label.clone(),
            unit: years.first().map_or(Unit::Count, |(_, index)| base.unit_of(row, *index)),
            few_answers: measured.clone().any(few) || base.has_few_answers(row),
            points: years.iter().filter_map(point).collect(),
        }
    };
    base.rows.iter().filter(|row| row.kind != RowKind::Group).map(of_row).collect()
}

/// One series a column, years down the side.
fn down(base: &MeasureTable, is_open: impl Fn(i32) -> bool) -> Vec<Series> {
    let is_series = |column: &TableColumn| matches!(column.role, Role::Current | Role::Part | Role::Share | Role::Mean);
    let of_column = |(index, column): (usize, &TableColumn)| {
        let point = |row: &TableRow| {
            let year = row.key.first()?.parse().ok().filter(|year| !is_open(*year))?;
            Some((year, row.values[index].clone(), size(&row.values[index])?))
        };
        Series {
            key: vec![column.label.clone()],
            label: column.label.clone(),
            unit: column.unit,
            points: base.rows.iter().filter_map(point).collect(),
            few_answers: false,
        }
    };
    base.columns.iter().enumerate().filter(|(_, column)| is_series(column)).map(of_column).collect()
}

/// A value as a number; shares in per cent.
pub(super) fn size(value: &Value) -> Option<f64> {
    match value {
        Value::Count(count) => Some(*count as f64),
        Value::Number(number) => Some(*number),
        Value::Share { numerator, denominator } => Some(100.0 * *numerator as f64 / *denominator as f64),
        _ => None,
    }
}

fn test(series: &Series) -> Option<MannKendall> {
    mann_kendall(&numbers(series))
}

fn numbers(series: &Series) -> Vec<f64> {
    series.points.iter().map(|(_, _, number)| *number).collect()
}

fn columns(base: &MeasureTable) -> Vec<TableColumn> {
    let unit = base.columns.iter().find(|column| is_year(column) || column.role == Role::Current);
    let unit = unit.map_or(Unit::Number { decimals: 1 }, |column| column.unit);
    let statistic = |key: &str, label: &str, unit| column(key, label, Role::Statistic, unit);
    vec![
        column("first_year", "Första år", Role::Text, Unit::Text),
        column("first", "Första värde", Role::Previous, unit),
        column("last_year", "Sista år", Role::Text, Unit::Text),
        column("last", "Sista värde", Role::Current, unit),
        column("years", "År med värde", Role::N, Unit::Count),
        statistic("s", "S", Unit::Number { decimals: 0 }),
        column("p", "p", Role::PValue, THREE_DECIMALS),
        column("p_adjusted", "p, justerat", Role::AdjustedP, THREE_DECIMALS),
        statistic("slope", "Lutning per år", Unit::Number { decimals: 2 }),
        statistic("intercept", "Linjens början", Unit::Number { decimals: 2 }),
        statistic("test", "Test", Unit::Text),
        column("development", "Utveckling", Role::Development, Unit::Text),
    ]
}

fn row(base: &MeasureTable, series: &Series, test: Option<(&MannKendall, f64)>) -> TableRow {
    let end = |point: Option<&(i32, Value, f64)>| {
        point.map_or([BLANK, BLANK], |(year, value, _)| [Value::Text(year.to_string()), value.clone()])
    };
    let mut values: Vec<Value> = Vec::new();
    values.extend(end(series.points.first()));
    values.extend(end(series.points.last()));
    values.push(Value::Count(series.points.len() as i64));
    values.extend(test.map_or([BLANK; 7], |(test, adjusted)| tested(base, series, test, adjusted)));
    TableRow { key: series.key.clone(), label: series.label.clone(), level: 0, kind: RowKind::Part, values }
}

fn tested(base: &MeasureTable, series: &Series, test: &MannKendall, adjusted: f64) -> [Value; 7] {
    let start = series.points.first().map_or(0, |(year, ..)| *year);
    let places: Vec<f64> = series.points.iter().map(|(year, ..)| f64::from(year - start)).collect();
    let line = theil_sen_at(&places, &numbers(series));
    let direction = series.key.last().and_then(|key| base.directions.get(key)).copied().unwrap_or(Direction::Neither);
    let word = match (series.few_answers, series.points.len() < FEWEST_YEARS) {
        (true, _) => Development::FewAnswers,
        (_, true) => Development::FewYears,
        _ => Development::decided(test.s.cmp(&0), adjusted, direction),
    };
    let name = if test.exact { "Mann–Kendall, exakt" } else { "Mann–Kendall, normalapproximation" };
    [
        Value::Number(test.s as f64),
        Value::Number(test.p),
        Value::Number(adjusted),
        line.map_or(BLANK, |line| Value::Number(line.slope)),
        line.map_or(BLANK, |line| Value::Number(line.intercept)),
        Value::Text(name.to_string()),
        Value::Text(word.text().to_string()),
    ]
}
