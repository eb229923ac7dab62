//! Development: how yearly values have gone, by Mann–Kendall's test and Theil–Sen's slope.
//!
//! In: the table of a trend or share by year (years down the side) or of an indicator (years as columns). Out: one row
//! per series: first and last value, years with a value, S, p, p adjusted over the table, slope a year, and the word.
//! A year without a value is left out of the series and its gap is kept in the slope. Years still open are left out.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use std::collections::BTreeMap;

use crate::domain::period::PeriodRule;
use crate::domain::said::{Development, Said};
use crate::domain::table::{Direction, MeasureTable, Role, RowKind, RowsAre, TableColumn, TableRow, Unit, Value};
use crate::measure::certainty::BLANK;
use crate::measure::certainty::THREE_DECIMALS;
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::family::Years;
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::selection::Reference;
use crate::measure::sheet::{Fields, Sheet};
use crate::stats::adjust::benjamini_hochberg;
use crate::stats::mann_kendall::{FEWEST_YEARS, MannKendall, mann_kendall};
use crate::stats::theil_sen::theil_sen_at;
use crate::vocabulary::plan::JobPlan;

/// A series of yearly values, oldest first.
struct Series {
    key: Vec<String>,
    label: String,
    unit: Unit,
    points: Vec<(i32, Value, f64)>,
    /// The cells of all its years, with a value or without.
    all: Vec<(i32, Reference)>,
    few_answers: bool,
}

impl Series {
    /// The cells of some years.
    fn cells(&self, is_wanted: impl Fn(i32) -> bool) -> Vec<Reference> {
        self.all.iter().filter(|(year, _)| is_wanted(*year)).map(|(_, cell)| *cell).collect()
    }
}

/// The table of a development.
pub(crate) fn sheet(plan: &Plan, measure: &MeasurePlan, spec: &DevelopmentPlan, base: &MeasureTable) -> Sheet {
    let of = &plan.measures[spec.measure];
    let by_calendar = of.kind.family().years() == Ok(Years::DownRows { by_calendar: true });
    let series = if of.kind.family().years() == Ok(Years::AcrossColumns) {
        across(base, spec.measure, of.certainty.minimum_answers)
    } else {
        down(base, spec.measure, |year| is_open(&plan.job, by_calendar, year))
    };
    let tests: Vec<Option<MannKendall>> = series.iter().map(test).collect();
    let p: Vec<f64> = tests.iter().flatten().map(|test| test.p).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    let table = MeasureTable {
        name: measure.name.clone(),
        title: measure.title.clone(),
        row_headers: vec![printed!("measure-series")],
        rows: Vec::new(),
        rows_are: RowsAre::Things,
        counts_events: false,
        row_years: BTreeMap::new(),
        row_units: series.iter().filter_map(|series| Some((series.key.last()?.clone(), series.unit))).collect(),
        ..base.clone()
    };
    let rows = series.into_iter().zip(tests).map(|(series, test)| {
        let test = test.and_then(|test| Some((test, adjusted.next()?)));
        let tested = test.map_or([BLANK; 7], |(test, adjusted)| tested(base, &series, &test, adjusted));
        let row = TableRow { key: series.key.clone(), ..TableRow::named(&series.label, RowKind::Part) };
        (row, OfSeries { series, tested })
    });
    Sheet::of(table, &fields(base), rows)
}

/// A series, and what its test says: S, p, p adjusted, slope, intercept, name, word.
struct OfSeries {
    series: Series,
    tested: [Value; 7],
}

impl OfSeries {
    /// Worked out of the whole series.
    fn whole(&self, value: Value) -> Formula {
        Formula::of_cells("the whole series of", self.series.cells(|_| true), value)
    }

    /// A year with a value.
    fn year(&self, point: Option<&(i32, Value, f64)>) -> Formula {
        self.whole(point.map_or(BLANK, |(year, ..)| Value::Said(Said::Year(*year))))
    }

    /// Its value.
    fn end(&self, point: Option<&(i32, Value, f64)>) -> Formula {
        let Some((year, value, _)) = point else { return Formula::BLANK };
        Formula::of_cells("the value of", self.series.cells(|of| of == *year), value.clone())
    }
}

fn fields<'f>(base: &MeasureTable) -> Fields<'f, OfSeries> {
    let unit = base.columns.iter().find(|column| is_year(column) || column.role == Role::Current);
    let unit = unit.map_or(Unit::Number { decimals: 1 }, |column| column.unit);
    let mut fields = Fields::new();
    let text = |key, label| column(key, label, Role::Text, Unit::Text);
    fields.add(text("first_year", word!("measure-first-year")), |row: &OfSeries| row.year(row.series.points.first()));
    fields.add(column("first", word!("measure-first-value"), Role::Previous, unit), |row| {
        row.end(row.series.points.first())
    });
    fields.add(text("last_year", word!("measure-last-year")), |row| row.year(row.series.points.last()));
    fields
        .add(column("last", word!("measure-last-value"), Role::Current, unit), |row| row.end(row.series.points.last()));
    fields.add(column("years", word!("measure-years-with-value"), Role::N, Unit::Count), |row| {
        row.whole(Value::Count(row.series.points.len() as i64))
    });
    let tested = [
        column("s", "S", Role::Statistic, Unit::Number { decimals: 0 }),
        column("p", "p", Role::PValue, THREE_DECIMALS),
        column("p_adjusted", word!("measure-p-adjusted"), Role::AdjustedP, THREE_DECIMALS),
        column("slope", word!("measure-slope"), Role::Statistic, Unit::Number { decimals: 2 }),
        column("intercept", word!("measure-intercept"), Role::Statistic, Unit::Number { decimals: 2 }),
        column("test", word!("measure-test"), Role::Statistic, Unit::Text),
        column("development", word!("measure-development"), Role::Development, Unit::Text),
    ];
    for (index, column) in tested.into_iter().enumerate() {
        fields.add(column, move |row| row.whole(row.tested[index].clone()));
    }
    fields
}

/// A year that the data do not cover to its end would pull every line down.
fn is_open(job: &JobPlan, by_calendar: bool, year: i32) -> bool {
    let rule = if by_calendar { PeriodRule::CALENDAR } else { job.period };
    rule.days_of(year).1 > job.as_of
}

fn is_year(column: &TableColumn) -> bool {
    column.year.is_some() && matches!(column.role, Role::Current | Role::Previous | Role::Earlier)
}

/// One series a row, years as columns.
fn across(base: &MeasureTable, measure: usize, minimum_answers: u32) -> Vec<Series> {
    let mut years: Vec<(i32, usize)> = Vec::new();
    for (index, column) in base.columns.iter().enumerate().filter(|(_, column)| is_year(column)) {
        years.extend(column.year.map(|year| (year, index)));
    }
    years.sort_unstable();
    let of_row = |(place, row): (usize, &TableRow)| {
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
            all: years
                .iter()
                .map(|(year, column)| (*year, Reference::Of { measure, row: place, column: *column }))
                .collect(),
        }
    };
    base.rows.iter().enumerate().filter(|(_, row)| row.kind != RowKind::Group).map(of_row).collect()
}

/// One series a column, years down the side.
fn down(base: &MeasureTable, measure: usize, is_open: impl Fn(i32) -> bool) -> Vec<Series> {
    let is_series = |column: &TableColumn| matches!(column.role, Role::Current | Role::Part | Role::Share | Role::Mean);
    let year_of = |row: &TableRow| base.row_years.get(row.key.last()?).copied();
    let cell = |row: usize, column: usize| Reference::Of { measure, row, column };
    let of_column = |(index, column): (usize, &TableColumn)| {
        let point = |row: &TableRow| {
            let year = year_of(row).filter(|year| !is_open(*year))?;
            Some((year, row.values[index].clone(), size(&row.values[index])?))
        };
        Series {
            key: vec![column.label.clone()],
            label: column.label.clone(),
            unit: column.unit,
            points: base.rows.iter().filter_map(point).collect(),
            all: base.rows.iter().enumerate().filter_map(|(row, of)| Some((year_of(of)?, cell(row, index)))).collect(),
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
    let name = if test.exact { word!("measure-mann-kendall-exact") } else { word!("measure-mann-kendall-normal") };
    [
        Value::Number(test.s as f64),
        Value::Number(test.p),
        Value::Number(adjusted),
        line.map_or(BLANK, |line| Value::Number(line.slope)),
        line.map_or(BLANK, |line| Value::Number(line.intercept)),
        Value::Text(name.to_string()),
        Value::Said(Said::Development(word)),
    ]
}
