//! Series of observations: one value a period, gaps where a period has none.

use std::collections::BTreeMap;

use super::Spc;
use super::place::{self, Datum, Made, Series, SeriesPoint};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::cube::{Condition, Grain};
use crate::domain::table::{Nothing, Unit, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::observations::{Observations, VALUE};
use crate::measure::spc::spec::SpcChart;
use crate::measure::trend::time::Moment;
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::spec::TimeStep;

/// A series with more places than this is not filled up with gaps: its periods are mistaken.
const MOST_PLACES: usize = 2000;

/// Text of the period → row of the dataset, in the order of the file.
type Rows = Vec<(String, usize)>;

pub(super) fn series(chart: &Spc, rows: &Observations) -> Result<Series, Failure> {
    let found = one_a_period(chart, rows, &chart.spec.conditions)?;
    let timed: Option<Vec<(TimeStep, Moment, usize)>> =
        found.iter().map(|(text, row)| place::read(text).map(|(by, moment)| (by, moment, *row))).collect();
    let one_step = timed.filter(|timed| timed.windows(2).all(|pair| pair[0].0 == pair[1].0) && !timed.is_empty());
    let (places, header, period, yearly) = match one_step {
        Some(timed) => in_time(chart, rows, &timed),
        None => (as_listed(chart, rows, found), word!("measure-period"), String::new(), false),
    };
    let what = chart.spec.what.clone().unwrap_or_else(|| chart.measure.title.clone());
    Ok(Series { places, header, what, period, n: 0, yearly, notes: Vec::new() })
}

/// Every step from the first to the last, a gap where there is no observation.
fn in_time(
    chart: &Spc,
    rows: &Observations,
    timed: &[(TimeStep, Moment, usize)],
) -> (Vec<SeriesPoint>, &'static str, String, bool) {
    let by = timed[0].0;
    let timeline = place::timeline(&chart.plan.job, by);
    let known: BTreeMap<Moment, usize> = timed.iter().map(|(_, moment, row)| (*moment, *row)).collect();
    let mut moments: Vec<Moment> = known.keys().copied().collect();
    let (first, last) = (moments[0], moments[moments.len() - 1]);
    let filled: Vec<Moment> =
        std::iter::successors(Some(first), |moment| Some(place::next(*moment, by)).filter(|next| *next <= last))
            .take(MOST_PLACES + 1)
            .collect();
    if filled.len() <= MOST_PLACES {
        moments = filled;
    }
    let place = |moment: &Moment| SeriesPoint {
        label: timeline.label(*moment),
        first_day: Some(timeline.first_day(*moment, 0)),
        datum: known.get(moment).map_or(Err(Nothing::Missing), |row| datum(chart, rows, *row)),
        made: known.get(moment).map_or(Made::of_nothing(Nothing::Missing), |row| made(chart, rows, *row)),
    };
    let places = moments.iter().map(place).collect();
    (places, place::header(by), place::span(&moments, by, &timeline), timeline.is_yearly())
}

/// Periods whose texts are no time: in the order of their list, or of the file.
fn as_listed(chart: &Spc, rows: &Observations, mut found: Rows) -> Vec<SeriesPoint> {
    if let Some(ColumnKindPlan::Category(list)) = rows.column("period").map(|column| &column.kind) {
        let position = |text: &String| list.values.iter().position(|value| value == text).unwrap_or(usize::MAX);
        found.sort_by_key(|(text, _)| position(text));
    }
    let place = |(label, row): (String, usize)| SeriesPoint {
        label,
        first_day: None,
        datum: datum(chart, rows, row),
        made: made(chart, rows, row),
    };
    found.into_iter().map(place).collect()
}

/// What the cells of a row's point are: as [`datum`] reads it.
fn made(chart: &Spc, rows: &Observations, row: usize) -> Made {
    let (source, found) = (chart.measure.source, datum(chart, rows, row));
    let value = found.as_ref().map_or_else(|nothing| Value::Nothing(*nothing), |datum| datum.value.clone());
    if !matches!(chart.spec.chart, SpcChart::P | SpcChart::PPrime | SpcChart::U | SpcChart::UPrime) {
        return Made::plain(Formula::read(source, Some(row), VALUE, value));
    }
    let fraction = found.ok().and_then(|datum| datum.fraction);
    let [part, size] = place::fraction(fraction, chart.spec.part.is_some());
    Made {
        value: Formula::of_rows("the row's value divided by its n, of", vec![Counted::rows(source, vec![row])], value),
        numerator: Formula::read(source, Some(row), VALUE, part),
        denominator: Formula::read(source, Some(row), "n", size),
    }
}

fn datum(chart: &Spc, rows: &Observations, row: usize) -> Result<Datum, Nothing> {
    let value = rows.value(row)?;
    let size = || rows.number(row, "n").ok_or(Nothing::Missing);
    match chart.spec.chart {
        SpcChart::P | SpcChart::PPrime => share(value, size()?).ok_or(Nothing::Missing),
        SpcChart::U | SpcChart::UPrime => Datum::rate(value, size()?).ok_or(Nothing::Missing),
        _ => Ok(Datum { value: plain(value, chart.spec.unit), fraction: None }),
    }
}

/// A share of whole numbers keeps its fraction.
fn share(part: f64, whole: f64) -> Option<Datum> {
    let is_whole = |number: f64| number.fract() == 0.0 && (0.0..1e15).contains(&number);
    if is_whole(part) && is_whole(whole) && part <= whole {
        Datum::share(part as u64, whole as u64)
    } else {
        Datum::rate(part, whole).map(|datum| Datum { value: Value::Number(100.0 * part / whole), ..datum })
    }
}

fn plain(value: f64, unit: Unit) -> Value {
    match unit {
        Unit::Count if value.fract() == 0.0 && value.abs() < 1e15 => Value::Count(value as i64),
        _ => Value::Number(value),
    }
}

/// The rows with a value by step of time, for a denominator; rows of another kind of step are passed over.
pub(super) fn rows_by_moment(
    chart: &Spc,
    rows: &Observations,
    conditions: &[Condition],
    step: Option<Grain>,
) -> Result<BTreeMap<Moment, usize>, Failure> {
    let fits = |by: TimeStep| match step {
        Some(Grain::Month) => by == TimeStep::Month,
        Some(Grain::Quarter) => by == TimeStep::Quarter,
        _ => by == TimeStep::Year,
    };
    let found = one_a_period(chart, rows, conditions)?;
    let timed = found.iter().filter(|(_, row)| rows.value(*row).is_ok());
    let timed = timed.filter_map(|(text, row)| Some((place::read(text)?, *row)));
    Ok(timed.filter(|((by, _), _)| fits(*by)).map(|((_, moment), row)| (moment, row)).collect())
}

/// One row a period; two that differ are a mistake of the export or the job.
fn one_a_period(chart: &Spc, rows: &Observations, conditions: &[Condition]) -> Result<Rows, Failure> {
    let mut found: Rows = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for row in rows.kept(conditions) {
        let Some(text) = rows.text(row, "period").map(|text| text.into_owned()) else { continue };
        match places.insert(text.clone(), row) {
            None => found.push((text, row)),
            Some(first) if rows.value(first) != rows.value(row) => mistakes.push(differing(chart, rows, first, row)),
            Some(_) => {}
        }
    }
    if mistakes.is_empty() { Ok(found) } else { Err(Failure::fixable(mistakes)) }
}

fn differing(chart: &Spc, rows: &Observations, first: usize, row: usize) -> Diagnostic {
    let ((first, _), (row, at)) = (rows.origin(first), rows.origin(row));
    let name = &chart.measure.name;
    let message = say!("measure-rows-of-one-point-differ", first, row, name);
    let help = say!("measure-correct-or-tell-apart", name);
    Diagnostic::error(Code::DifferingDuplicate, message, at).help(help)
}
