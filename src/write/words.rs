//! `development(…)`: the words of judgement, chosen by the test that `measure` made, never by a template.
//!
//! In: a table with a `development` column (a measure with `test = true`, or of the family `development`). Out: a phrase
//! that begins with a verb, bound to its cell. `spc="spc.x"` names a control chart whose signal bears the word, too. A row without a test (a value is missing) is refused or gets `default`.

use std::cmp::Ordering;
use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error};

use super::arguments::{default_of, name_and_each, text_argument};
use super::facts::{Facts, Fault, row_index};
use super::objects::{CellObject, PrintedObject, previous_cell, raise};
use super::tokens::Printed;
use super::values::decimals_of;
use crate::diagnostic::Code;
use crate::domain::said::{Development, Said};
use crate::domain::sentence::Fraction;
use crate::domain::sentence::words::{Pair, developed, trended};
use crate::domain::spc::{self, Side, Signal};
use crate::domain::table::{self, MeasureTable, Role, TableRow, Unit};

/// Adds the function.
pub(super) fn register(env: &mut Environment<'static>, facts: &Arc<Facts>) {
    let facts = facts.clone();
    env.add_function("development", move |args: Rest<Value>, kwargs: Kwargs| {
        let (name, each) = name_and_each(&args, &kwargs)?;
        let row = text_argument(&kwargs, "row")?;
        let (default, chart) = (default_of(&kwargs)?, text_argument(&kwargs, "spc")?);
        kwargs.assert_all_used()?;
        let table = facts.measure(&name, each.as_deref()).map_err(raise)?;
        if row.is_none() && table.is_control_chart() {
            return of_chart(table, default).map_err(raise);
        }
        let row = row_index(table, row.as_deref()).map_err(raise)?;
        let signal = chart.map(|chart| signal_of(&facts, &chart, each.as_deref())).transpose().map_err(raise)?;
        match (phrase(table, row, signal).map_err(raise)?, default) {
            (Ok(printed), _) => Ok(PrintedObject::value(printed)),
            (Err(_), Some(default)) => Ok(default),
            (Err(fault), None) => Err::<_, Error>(raise(fault)),
        }
    });
}

/// "visar vanlig variation", "visar en förbättring (utanför gränsen, uppåt)": what a control chart's last point says, bound
/// to its verdict. Without limits or runs to judge by it is refused, or `default`.
fn of_chart(table: &MeasureTable, default: Option<Value>) -> Result<Value, Fault> {
    let Some(signal) = table.signal() else {
        let message = say!("write-has-too-few-points-for", name = table.name);
        let fault = Fault::new(Code::MissingValue, message).help(say!("write-say-what-to-print-instead"));
        return default.ok_or(fault);
    };
    let row = row_index(table, None)?;
    let column = table.column(spc::VARIATION).ok_or_else(|| untested(table))?;
    Ok(PrintedObject::value(CellObject::of(table, row, column).bound(signal.phrase())))
}

/// The signal of the control chart `spc="spc.x"`; `None` where it has too few points to judge by.
fn signal_of(facts: &Facts, chart: &str, each: Option<&str>) -> Result<Option<Signal>, Fault> {
    // A chart of the whole may stand behind a row of one table a value.
    let table = facts.measure(chart, each).or_else(|fault| facts.measure(chart, None).map_err(|_| fault))?;
    if table.is_control_chart() {
        return Ok(table.signal());
    }
    Err(Fault::new(Code::TemplateError, say!("write-is-no-control-chart-so", chart))
        .help(say!("write-name-measure-spc-x")))
}

/// "ökade från 821 till 928 (+13 %), enligt styrdiagrammet (skift, uppåt)": where the test of two periods proves nothing,
/// a signal on the side to which the numbers have moved bears the word, and is named with it.
fn signalled(pair: Pair, signal: Option<Signal>) -> Option<String> {
    let signal = signal?;
    let side = match pair.order() {
        Ordering::Greater => Side::Up,
        Ordering::Less => Side::Down,
        Ordering::Equal => return None,
    };
    let (label, _) = signal.last.filter(|_| signal.allows(side))?;
    let word = if side == Side::Up { Development::Up } else { Development::Down };
    Some(printed!("write-by-control-chart", word = developed(pair, word), side = label.with_side(side)))
}

/// The phrase of a row. The inner fault: one of the two values is not there.
///
/// `signal`: what a control chart says, where the template names one; the table then needs no test of its own.
fn phrase(table: &MeasureTable, index: usize, signal: Option<Option<Signal>>) -> Result<Result<Printed, Fault>, Fault> {
    let row = &table.rows[index];
    let column = table.column_of_role(Role::Development);
    if column.is_none() && signal.is_none() {
        return Err(untested(table));
    }
    let (now, then) = previous_cell(table, index, None)?;
    if let Some(absent) = [&now, &then].into_iter().find(|cell| cell.is_nothing()) {
        return Ok(absent.printed());
    }
    let no_pair = || Fault::new(Code::TemplateError, say!("write-holds-no-numbers-to-compare", origin = now.origin));
    let pair = pair_of(&now, &then).ok_or_else(no_pair)?;
    let word = column.and_then(|column| word_in(row, column));
    let text = match (years(table, row), word) {
        (Some(years), word) => trended(pair, years, rises(table, row), word.unwrap_or(Development::Unproven)),
        (None, None | Some(Development::FewAnswers)) if table.has_few_answers(row) => {
            developed(pair, Development::FewAnswers)
        }
        (None, None | Some(Development::Unproven)) => {
            signalled(pair, signal.flatten()).unwrap_or_else(|| developed(pair, Development::Unproven))
        }
        (None, Some(word)) => developed(pair, word),
    };
    Ok(Ok(now.bound(text)))
}

fn untested(table: &MeasureTable) -> Fault {
    let base = table.name.split('/').next().unwrap_or(&table.name);
    let message = say!("write-is-not-tested-so-nothing", base);
    Fault::new(Code::TemplateError, message).help(say!("write-set-test-true-under-or", base))
}

fn word_in(row: &TableRow, column: usize) -> Option<Development> {
    match row.values.get(column) {
        Some(table::Value::Said(Said::Development(word))) => Some(*word),
        _ => None,
    }
}

/// First and last year of a series, in tables of the family `development`.
fn years(table: &MeasureTable, row: &TableRow) -> Option<(i32, i32)> {
    let year = |key: &str| match table.said(row, key)? {
        Said::Year(year) => Some(year),
        _ => None,
    };
    Some((year("first_year")?, year("last_year")?))
}

fn rises(table: &MeasureTable, row: &TableRow) -> bool {
    let s = table.column("s").and_then(|column| row.values.get(column));
    matches!(s, Some(table::Value::Number(s)) if *s > 0.0)
}

fn pair_of(now: &CellObject, then: &CellObject) -> Option<Pair> {
    use table::Value::{Count, Number, Share};
    let decimals = decimals_of(now.column.unit);
    match (&now.value, &then.value) {
        (Count(now), Count(then)) => Some(Pair::Counts { now: *now, then: *then }),
        (Share { numerator: a, denominator: b }, Share { numerator: c, denominator: d }) => {
            let now = Fraction { numerator: *a, denominator: *b };
            Some(Pair::Shares { now, then: Fraction { numerator: *c, denominator: *d }, decimals })
        }
        (Number(a), Number(b)) => Some(match (now.count(), then.count()) {
            (Ok(now), Ok(then)) => Pair::Counts { now, then },
            _ if matches!(now.column.unit, Unit::Percent { .. }) => Pair::Percentages { now: *a, then: *b, decimals },
            _ => Pair::Numbers { now: *a, then: *b, decimals },
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::spc::{Label, Variation};

    fn said(now: i64, then: i64, last: Option<(Label, Side)>) -> Option<String> {
        let variation = if last.is_some() { Variation::Neutral } else { Variation::Common };
        signalled(Pair::Counts { now, then }, Some(Signal { variation, last }))
    }

    #[test]
    fn a_signal_bears_the_word_only_on_the_side_to_which_the_numbers_have_moved() {
        let (up, down) = (Some((Label::Shift, Side::Up)), Some((Label::Outside, Side::Down)));
        let rise = "ökade från 821 till 928 (+13\u{a0}%), enligt styrdiagrammet (skift, uppåt)";
        assert_eq!(said(928, 821, up).as_deref(), Some(rise));
        let fall = "minskade från 5 till 3, enligt styrdiagrammet (utanför gränsen, nedåt)";
        assert_eq!(said(3, 5, down).as_deref(), Some(fall));
        // Against the signal, without one, without a change, and where the chart cannot judge: no word.
        assert_eq!([said(928, 821, down), said(3, 5, up), said(928, 821, None), said(5, 5, up)], [const { None }; 4]);
        assert_eq!(signalled(Pair::Counts { now: 2, then: 1 }, None), None);
    }
}
