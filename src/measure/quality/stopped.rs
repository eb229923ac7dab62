//! Units that may have stopped reporting: silent months at the end, judged against the unit's own history.
//!
//! In: events per unit and whole month of all the job's periods. Out: a row per unit that has been silent in the last
//! month or longer: when it last reported, for how many months it has been silent, its mean number a month before that,
//! the number to expect in the silent months, and the chance of none. Rows: months that are not over or were not delivered
//! are in neither; a unit with too short a history is not judged.
//! Source: P(X = 0) of a Poisson distribution whose mean is the unit's own earlier mean times the silent months; adjusted
//! over all judged units by Benjamini–Hochberg (`stats::adjust`).

use super::calendar::{self, Month};
use super::months::Reports;
use super::{BLANK, Quality, count, method, row, text};
use crate::diagnostic::Failure;
use crate::domain::sentence::count_of;
use crate::domain::swedish;
use crate::domain::table::{Role, RowKind, Unit, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::sheet::{Fields, Sheet};
use crate::stats::adjust::benjamini_hochberg;
use crate::stats::distributions::poisson_cdf;

/// What a unit's months come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Silence {
    /// Index of the last month with a report.
    pub last: usize,
    /// Months without a report at the end.
    pub silent: usize,
    /// Months from the first report up to the last one.
    pub history: usize,
    pub events: u64,
}

impl Silence {
    /// `None` for a unit that has never reported.
    pub(super) fn of(series: &[u64]) -> Option<Silence> {
        let first = series.iter().position(|events| *events > 0)?;
        let last = series.iter().rposition(|events| *events > 0)?;
        let silent = series.len() - 1 - last;
        Some(Silence { last, silent, history: last + 1 - first, events: series.iter().sum() })
    }

    /// Mean number a month, from the first report up to the last one.
    pub(super) fn mean(&self) -> f64 {
        self.events as f64 / self.history as f64
    }

    /// How many were to be expected in the silent months.
    pub(super) fn expected(&self) -> f64 {
        self.mean() * self.silent as f64
    }

    /// The chance of none at all.
    pub(super) fn chance(&self) -> f64 {
        poisson_cdf(0, self.expected())
    }
}

pub(super) fn sheet(quality: &Quality) -> Result<Sheet, Failure> {
    let job = quality.job();
    let mut table = head::of_values(
        quality.plan,
        quality.measure,
        printed!("measure-without-report"),
        job.period.name_of(job.year),
    );
    let reports = Reports::of(quality)?;
    let months = reports.calendar.whole();
    let units = reports.units.iter().filter(|unit| !unit.residual);
    let silences: Vec<(&str, Option<Silence>)> =
        units.map(|unit| (unit.label.as_str(), Silence::of(&reports.series(&unit.label, &months)))).collect();
    let is_judged = |silence: &Silence| silence.history >= quality.spec.history_months;
    let chances: Vec<f64> = silences
        .iter()
        .filter_map(|(_, silence)| silence.as_ref().filter(|silence| is_judged(silence)))
        .map(Silence::chance)
        .collect();
    let mut adjusted = benjamini_hochberg(&chances).into_iter();
    let label = quality.spec.units.as_ref().map_or("", |axis| quality.column(axis).label.as_str());
    table.row_headers = vec![label.to_string()];
    let mut rows = Vec::new();
    for (unit, silence) in silences {
        let adjusted = silence.as_ref().filter(|silence| is_judged(silence)).and_then(|_| adjusted.next());
        if silence.as_ref().is_none_or(|silence| silence.silent > 0) {
            rows.push((row(&[unit], unit, 0, RowKind::Part), OfUnit { unit, silence, adjusted }));
        }
    }
    table.n = chances.len() as u64;
    table.notes.push(method(note(quality, chances.len())));
    Ok(Sheet::of(table, &fields(quality, &months), rows))
}

/// A unit that is silent; without a silence it has never reported.
struct OfUnit<'a> {
    unit: &'a str,
    silence: Option<Silence>,
    /// Adjusted chance of none at all, of a unit that is judged.
    adjusted: Option<f64>,
}

impl OfUnit<'_> {
    fn verdict(&self, months: &[Month], under: f64) -> String {
        let Some(silence) = &self.silence else {
            return printed!("measure-listed-and-silent");
        };
        match self.adjusted {
            Some(p) if p < under => {
                let (since, expected) =
                    (calendar::in_words(months[silence.last]), swedish::decimal(silence.expected(), 1));
                printed!("measure-silent-since", since, expected)
            }
            Some(_) => printed!("measure-may-be-chance"),
            None => printed!("measure-too-short-to-judge"),
        }
    }
}

fn fields<'f>(quality: &'f Quality, months: &'f [Month]) -> Fields<'f, OfUnit<'f>> {
    let mut fields = Fields::new();
    // Each cell is worked out of all the unit's months, and would tell them.
    let made = |value: Box<dyn Fn(&OfUnit) -> Value + 'f>| {
        move |row: &OfUnit<'f>| {
            let events = row.silence.as_ref().map_or(0, |silence| silence.events);
            let of = vec![Counted { of: quality.of_unit(Some(row.unit), None), count: events }];
            Formula::of_rows("read or counted from", of, value(row))
        }
    };
    let of_silence = |of: fn(&Silence) -> Value, never: Value| -> Box<dyn Fn(&OfUnit) -> Value + 'f> {
        Box::new(move |row| row.silence.as_ref().map_or(never.clone(), of))
    };
    let number = |number: Option<f64>| number.map_or(BLANK, Value::Number);
    let (one, four) = (Unit::Number { decimals: 1 }, Unit::Number { decimals: 4 });
    let last = move |row: &OfUnit| {
        text(row.silence.as_ref().map_or("ingen".to_string(), |silence| calendar::in_words(months[silence.last])))
    };
    fields.add(column("last", word!("measure-newest-report"), Role::Text, Unit::Text), made(Box::new(last)));
    let silent = of_silence(|silence| count(silence.silent as u64), count(months.len() as u64));
    fields.add(column("silent", word!("measure-months-without-report"), Role::Current, Unit::Count), made(silent));
    let history = of_silence(|silence| count(silence.history as u64), count(0));
    fields.add(column("history", word!("measure-months-before-that"), Role::N, Unit::Count), made(history));
    let mean = of_silence(|silence| Value::Number(silence.mean()), BLANK);
    fields.add(column("mean", word!("measure-mean-before-that"), Role::Mean, one), made(mean));
    let expected = of_silence(|silence| Value::Number(silence.expected()), BLANK);
    fields.add(column("expected", word!("measure-expected"), Role::Reference, one), made(expected));
    let chance = move |row: &OfUnit| number(row.adjusted.and(row.silence.as_ref()).map(Silence::chance));
    fields.add(column("p", "p", Role::PValue, four), made(Box::new(chance)));
    fields.add(
        column("p_adjusted", word!("measure-p-adjusted"), Role::AdjustedP, four),
        made(Box::new(move |row: &OfUnit| number(row.adjusted))),
    );
    let verdict = move |row: &OfUnit| text(row.verdict(months, quality.spec.stopped_under));
    fields.add(column("verdict", word!("measure-judgement"), Role::Verdict, Unit::Text), made(Box::new(verdict)));
    fields
}

fn note(quality: &Quality, judged: usize) -> String {
    let under = swedish::decimal(quality.spec.stopped_under, 2);
    printed!(
        "measure-stopped-note",
        units = count_of(judged as i64, "enhet", "enheter"),
        months = quality.spec.history_months,
        under
    )
}
