//! `development(…)`: the words of judgement, chosen by the test that `measure` made, never by a template.
//!
//! In: a table with a `development` column (a measure with `test = true`, or of the family `development`). Out: a phrase
//! that begins with a verb, bound to its cell. A row without a test (a value is missing) is refused or gets `default`.

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error};

use super::facts::{Facts, Fault, row_index};
use super::functions::{default_of, name_and_each, text_argument};
use super::objects::{CellObject, PrintedObject, previous_cell, raise};
use super::tokens::Printed;
use super::values::decimals_of;
use crate::diagnostic::Code;
use crate::domain::sentence::Fraction;
use crate::domain::sentence::words::{Development, Pair, developed, trended};
use crate::domain::spc;
use crate::domain::table::{self, MeasureTable, Role, TableRow, Unit};

/// Adds the function.
pub fn register(env: &mut Environment<'static>, facts: &Arc<Facts>) {
    let facts = facts.clone();
    env.add_function("development", move |args: Rest<Value>, kwargs: Kwargs| {
        let (name, each) = name_and_each(&args, &kwargs)?;
        let row = text_argument(&kwargs, "row")?;
        let default = default_of(&kwargs)?;
        kwargs.assert_all_used()?;
        let table = facts.measure(&name, each.as_deref()).map_err(raise)?;
        if row.is_none() && spc::is_chart(table) {
            return of_chart(table, default).map_err(raise);
        }
        let row = row_index(table, row.as_deref()).map_err(raise)?;
        match (phrase(table, row).map_err(raise)?, default) {
            (Ok(printed), _) => Ok(PrintedObject::value(printed)),
            (Err(_), Some(default)) => Ok(default),
            (Err(fault), None) => Err::<_, Error>(raise(fault)),
        }
    });
}

/// "visar vanlig variation", "visar en förbättring (utanför gränsen, uppåt)": what a control chart's last point says, bound
/// to its verdict. Without limits or runs to judge by it is refused, or `default`.
fn of_chart(table: &MeasureTable, default: Option<Value>) -> Result<Value, Fault> {
    let Some(signal) = spc::signal(table) else {
        let message = format!("`{}` has too few points for a verdict", table.name);
        let fault = Fault::new(Code::MissingValue, message).help("say what to print instead: `default=\"…\"`");
        return default.ok_or(fault);
    };
    let row = row_index(table, None)?;
    let column = table.column(spc::VARIATION).ok_or_else(|| untested(table))?;
    Ok(PrintedObject::value(CellObject::of(table, row, column).bound(signal.phrase())))
}

/// The phrase of a row. The inner fault: one of the two values is not there.
fn phrase(table: &MeasureTable, index: usize) -> Result<Result<Printed, Fault>, Fault> {
    let row = &table.rows[index];
    let column = table.column_of_role(Role::Development).ok_or_else(|| untested(table))?;
    let (now, then) = previous_cell(table, index, None)?;
    if let Some(absent) = [&now, &then].into_iter().find(|cell| cell.is_nothing()) {
        return Ok(absent.printed());
    }
    let no_pair = || Fault::new(Code::TemplateError, format!("`{}` holds no numbers to compare", now.origin));
    let pair = pair_of(&now, &then).ok_or_else(no_pair)?;
    let word = word_in(row, column);
    let text = match (years(table, row), word) {
        (Some(years), word) => trended(pair, years, rises(table, row), word.unwrap_or(Development::Unproven)),
        (None, Some(word)) => developed(pair, word),
        (None, None) if table.has_few_answers(row) => developed(pair, Development::FewAnswers),
        (None, None) => developed(pair, Development::Unproven),
    };
    Ok(Ok(now.bound(text)))
}

fn untested(table: &MeasureTable) -> Fault {
    let base = table.name.split('/').next().unwrap_or(&table.name);
    let message = format!("`{base}` is not tested, so that nothing can be said of its development");
    Fault::new(Code::TemplateError, message)
        .help(format!("set `test = true` under [{base}], or write `compare(…)`: arithmetic needs no test"))
}

fn word_in(row: &TableRow, column: usize) -> Option<Development> {
    match row.values.get(column) {
        Some(table::Value::Text(text)) => Development::of_text(text),
        _ => None,
    }
}

/// First and last year of a series, in tables of the family `development`.
fn years(table: &MeasureTable, row: &TableRow) -> Option<(i32, i32)> {
    let year = |key: &str| match row.values.get(table.column(key)?) {
        Some(table::Value::Text(text)) => text.parse().ok(),
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
