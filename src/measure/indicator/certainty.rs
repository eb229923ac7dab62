//! Intervals and tests of an indicator's percentages, from the number of answers of each.
//!
//! In: the finished table and the answers behind it. Out: for each year `y…_n` and, if asked for, `y…_lower` and
//! `y…_upper`; if asked for, the test of the last year against the year before. Answers under the source's minimum in
//! either of the two mark the row: nothing is said about its direction.
//!
//! A percentage comes rounded: the number behind it is the whole number nearest to share × n where that lies within
//! rounding; else interval and test use share × n as it is, and a note says so. Fisher's test needs whole numbers: then
//! there is none.

use super::{Pivot, Series};
use crate::domain::cube::Condition;
use crate::domain::spelling::fold;
use crate::domain::table::{MeasureTable, NoteKind, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::certainty::{
    BLANK, LIMITS, Tested, add_limits, add_share_limits, add_tests, limits_of, method_note, test_parts,
};
use crate::measure::head::column;
use crate::measure::notes::listing_of_many;
use crate::stats::compare;
use crate::stats::difference::{Part, pooled_z_p};
use crate::stats::share::{Answers, answers};
use crate::vocabulary::plan::CertaintyPlan;

/// Observation column of indicators.
const INDICATOR: &str = "indicator";

/// Adds what the plan asks for.
pub(super) fn add(pivot: &Pivot, series: &[Series], certainty: &CertaintyPlan, table: &mut MeasureTable) {
    if certainty.minimum_answers > 0 {
        mark_few(pivot, series, certainty.minimum_answers, table);
    }
    if certainty.interval.is_none() && !certainty.test {
        return;
    }
    if let (Some(method), Some(_)) = (certainty.interval, table.column_of_role(Role::Share)) {
        add_share_limits(method, table);
    }
    let rows: Vec<Vec<Option<Sample>>> = table.rows.iter().map(|row| samples(pivot, table, row, series)).collect();
    if rows.iter().flatten().all(Option::is_none) {
        return table.notes.extend(certainty.interval.map(method_note));
    }
    add_answers(series, &rows, table);
    if let Some(method) = certainty.interval {
        for index in 0..series.len() {
            let limits = |row: &Vec<Option<Sample>>| {
                row[index].map_or([BLANK; 2], |sample| limits_of(method, sample.answers.x, sample.n as f64))
            };
            add_limits(table, index, LIMITS, rows.iter().map(limits).collect());
        }
        table.notes.push(method_note(method));
        table.notes.extend(fractions_note(series, &rows, table));
    }
    if let (true, [.., _, _]) = (certainty.test, series) {
        add_tests(table, rows.iter().map(|row| test(row)).collect());
    }
}

/// A percentage of so many answers.
#[derive(Debug, Clone, Copy)]
struct Sample {
    n: u64,
    answers: Answers,
}

fn samples(pivot: &Pivot, table: &MeasureTable, row: &TableRow, series: &[Series]) -> Vec<Option<Sample>> {
    let sample = |(index, series): (usize, &Series)| {
        let Unit::Percent { decimals } = table.unit_of(row, index) else { return None };
        let Value::Number(percent) = row.values[index] else { return None };
        let n = pivot.answers(&row.key, &series.text).filter(|_| row.kind == RowKind::Part)?;
        let step = 10_f64.powi(-2 - i32::from(decimals));
        Some(Sample { n, answers: answers(percent / 100.0, n, step)? })
    };
    series.iter().enumerate().map(sample).collect()
}

fn add_answers(series: &[Series], rows: &[Vec<Option<Sample>>], table: &mut MeasureTable) {
    for (index, series) in series.iter().enumerate() {
        let (key, label) =
            (format!("{}_n", series.column.key), printed!("measure-answers-of", label = series.column.label));
        table.columns.push(column(key, label, Role::Answers, Unit::Count));
        for (row, samples) in table.rows.iter_mut().zip(rows) {
            row.values.push(samples[index].map_or(BLANK, |sample| Value::Count(sample.n as i64)));
        }
    }
}

/// Rows answered by few in one of the last two periods with a value.
fn mark_few(pivot: &Pivot, series: &[Series], minimum: u32, table: &mut MeasureTable) {
    let last = &series[series.len().saturating_sub(2)..];
    let few = |row: &&TableRow| {
        let measured = last.iter().filter(|series| pivot.number(&row.key, &series.text).is_some());
        measured.filter_map(|series| pivot.answers(&row.key, &series.text)).any(|n| n < u64::from(minimum))
    };
    let keys = table.rows.iter().filter(|row| row.kind == RowKind::Part).filter(few);
    table.few_answers = keys.filter_map(|row| row.key.last().cloned()).collect();
}

fn test(row: &[Option<Sample>]) -> Option<Tested> {
    let [.., Some(then), Some(now)] = row else { return None };
    if now.answers.whole && then.answers.whole {
        let part = |sample: &Sample| Part { x: sample.answers.x as u64, n: sample.n };
        return test_parts(part(now), part(then));
    }
    let real = |sample: &Sample| (sample.answers.x, sample.n as f64);
    let p = pooled_z_p(real(now), real(then))?;
    let order = compare::order(now.answers.x * then.n as f64, then.answers.x * now.n as f64, 0.0);
    Some(Tested { p, name: word!("measure-z-test-of-shares-times-n"), order })
}

fn fractions_note(series: &[Series], rows: &[Vec<Option<Sample>>], table: &MeasureTable) -> Option<TableNote> {
    let mut places = Vec::new();
    for (row, samples) in table.rows.iter().zip(rows) {
        for (series, sample) in series.iter().zip(samples) {
            let broken = sample.is_some_and(|sample| !sample.answers.whole);
            places.extend(broken.then(|| format!("”{}” {}", row.label, series.column.label)));
        }
    }
    let text = word!("measure-share-is-no-whole-number-for");
    let note = |places: String| TableNote { kind: NoteKind::Other, text: format!("{text} {places}.") };
    (!places.is_empty()).then(|| note(listing_of_many(&places)))
}

impl Pivot<'_> {
    /// Answers behind a value: `n` of its row, or the value of the indicator that the job names.
    fn answers(&self, path: &[String], text: &Option<String>) -> Option<u64> {
        let named = self.spec.few_answers.as_ref().and_then(|(_, indicator)| indicator.as_deref());
        let n = match named {
            Some(indicator) => self.answers_of_indicator(indicator, text),
            None => self.observations.number(self.cell(path, text)?, "n"),
        };
        n.and_then(super::whole)
    }

    /// The value of the indicator of answers, also where the table leaves that row out by its `where`.
    fn answers_of_indicator(&self, indicator: &str, text: &Option<String>) -> Option<f64> {
        let folded = fold(indicator);
        let others = self.spec.conditions.iter().filter(|condition| condition.column != INDICATOR);
        let conditions: Vec<Condition> = others.cloned().collect();
        let is_n = |row: &usize| {
            let name = self.observations.text(*row, INDICATOR);
            let of_column = self.observations.text(*row, &self.spec.columns);
            name.is_some_and(|name| fold(&name).contains(&folded)) && of_column.as_deref() == text.as_deref()
        };
        let mut rows = self.observations.kept(&conditions).into_iter().filter(is_n);
        let found = rows.next()?;
        // Two of them, of two areas perhaps: neither is known to be this one's.
        let only = rows.next().is_none();
        self.observations.value(found).ok().filter(|_| only)
    }
}
