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
use crate::domain::table::{MeasureTable, Role, RowKind, Unit, Value};
use crate::measure::head::{self, column};
use crate::stats::adjust::benjamini_hochberg;
use crate::stats::distributions::poisson_cdf;

/// What a unit's months come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
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
    pub fn of(series: &[u64]) -> Option<Silence> {
        let first = series.iter().position(|events| *events > 0)?;
        let last = series.iter().rposition(|events| *events > 0)?;
        let silent = series.len() - 1 - last;
        Some(Silence { last, silent, history: last + 1 - first, events: series.iter().sum() })
    }

    /// Mean number a month, from the first report up to the last one.
    pub fn mean(&self) -> f64 {
        self.events as f64 / self.history as f64
    }

    /// How many were to be expected in the silent months.
    pub fn expected(&self) -> f64 {
        self.mean() * self.silent as f64
    }

    /// The chance of none at all.
    pub fn chance(&self) -> f64 {
        poisson_cdf(0, self.expected())
    }
}

pub fn table(quality: &Quality) -> Result<MeasureTable, Failure> {
    let job = quality.job();
    let mut table =
        head::table(quality.plan, quality.measure, "månader utan rapport".to_string(), job.period.name_of(job.year));
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
    table.columns = columns();
    for (unit, silence) in &silences {
        let judged = silence.as_ref().filter(|silence| is_judged(silence)).and_then(|_| adjusted.next());
        match silence {
            Some(silence) if silence.silent == 0 => {}
            Some(silence) => {
                let values = values(silence, months[silence.last], judged, quality.spec.stopped_under);
                table.rows.push(row(&[unit], unit, 0, RowKind::Part, values));
            }
            None => table.rows.push(row(&[unit], unit, 0, RowKind::Part, never(months.len()))),
        }
    }
    table.n = chances.len() as u64;
    table.notes.push(method(note(quality, chances.len())));
    Ok(table)
}

fn columns() -> Vec<crate::domain::table::TableColumn> {
    vec![
        column("last", "Senaste rapport", Role::Text, Unit::Text),
        column("silent", "Månader utan rapport", Role::Current, Unit::Count),
        column("history", "Månader dessförinnan", Role::N, Unit::Count),
        column("mean", "Medel per månad dessförinnan", Role::Mean, Unit::Number { decimals: 1 }),
        column("expected", "Väntat antal", Role::Reference, Unit::Number { decimals: 1 }),
        column("p", "p", Role::PValue, Unit::Number { decimals: 4 }),
        column("p_adjusted", "p, justerat", Role::AdjustedP, Unit::Number { decimals: 4 }),
        column("verdict", "Bedömning", Role::Verdict, Unit::Text),
    ]
}

fn values(silence: &Silence, last: Month, adjusted: Option<f64>, under: f64) -> Vec<Value> {
    let since = calendar::in_words(last);
    let expected = swedish::decimal(silence.expected(), 1);
    let verdict = match adjusted {
        Some(p) if p < under => format!("har inte rapporterat sedan {since}; väntat antal {expected}"),
        Some(_) => "kan vara slump".to_string(),
        None => "för kort historik för att bedömas".to_string(),
    };
    let number = |number: Option<f64>| number.map_or(BLANK, Value::Number);
    vec![
        text(since),
        count(silence.silent as u64),
        count(silence.history as u64),
        Value::Number(silence.mean()),
        Value::Number(silence.expected()),
        number(adjusted.map(|_| silence.chance())),
        number(adjusted),
        text(verdict),
    ]
}

/// A unit of the list that no row names.
fn never(months: usize) -> Vec<Value> {
    let verdict = text("finns i listan men har inte rapporterat under perioden");
    vec![text("ingen"), count(months as u64), count(0), BLANK, BLANK, BLANK, BLANK, verdict]
}

fn note(quality: &Quality, judged: usize) -> String {
    let under = swedish::decimal(quality.spec.stopped_under, 2);
    format!(
        "{} med minst {} månaders historik är bedömda mot sin egen historik. Väntat antal är enhetens medeltal per \
         månad, från första till senaste rapport, gånger månaderna utan rapport. En enhet sägs ha slutat rapportera när \
         risken att det är slump (Poisson, justerat för antalet enheter enligt Benjamini–Hochberg) är under {under}. Att \
         ingen rapport finns kan också bero på att enheten har lagts ned eller bytt namn.",
        count_of(judged as i64, "enhet", "enheter"),
        quality.spec.history_months
    )
}
