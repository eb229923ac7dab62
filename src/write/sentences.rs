//! Sentence functions and filters for templates, over `domain::sentence` and `domain::words`.
//!
//! In: values of measured tables. Out: parts of sentences bound to the cell that they speak of. A number in words comes
//! from a counted value or from a number of the template engine; a text is never taken for a number.

use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use super::arguments::{default_of, printed_token, text_argument};
use super::facts::{Fault, SourceFact, column_index, row_index};
use super::objects::{CellObject, PrintedObject, RowObject, previous_cell, raise};
use super::tokens::{Ledger, Printed, clean};
use super::values::{decimals_of, print_value};
use crate::diagnostic::Code;
use crate::domain::period::day_of;
use crate::domain::sentence::{
    Fraction, against_goal, count_of, from_to_counts, from_to_printed, or_list, share_of, telling_decimals,
};
use crate::domain::swedish::month_name;
use crate::domain::table::{self, Direction, MeasureTable, NoteKind, Role, RowKind, Unit};
use crate::domain::words::{
    NounForms, counted_in_words, definite_period, genitive, long_date, long_month, number_word, ordinal, quarter,
};

pub(super) fn register_filters(env: &mut Environment<'static>, ledger: &Ledger) {
    env.add_filter("words", words);
    env.add_filter("ordinal", |value: Value| small(&value).map(|number| bound_or_text(&value, ordinal(number))));
    env.add_filter("quarter", |value: Value| {
        let text = quarter(small(&value)?).ok_or_else(|| wrong(say!("write-quarter-takes-number-from-1")))?;
        Ok::<_, Error>(bound_or_text(&value, text))
    });
    env.add_filter("month_name", |value: Value| {
        let month = u8::try_from(small(&value)?).ok().map(month_name).filter(|name| !name.is_empty());
        let month = month.ok_or_else(|| wrong(say!("write-month-name-takes-number-from")))?;
        Ok::<_, Error>(bound_or_text(&value, month.to_string()))
    });
    env.add_filter("long_date", date);
    env.add_filter("genitive", |value: Value| Value::from(clean(&genitive(&value.to_string()))));
    env.add_filter("definite", |value: Value| Value::from(clean(&definite_period(&value.to_string()))));
    let ledger = ledger.clone();
    env.add_filter("or_list", move |items: Value| {
        let tokens = items.try_iter()?.map(|item| printed_token(&item, &ledger));
        Ok::<_, Error>(Value::from_safe_string(or_list(&tokens.collect::<Result<Vec<_>, _>>()?)))
    });
}

fn wrong(message: String) -> Error {
    raise(Fault::new(Code::TemplateError, message))
}

/// A whole number, of a cell or of the engine's own.
fn whole(value: &Value) -> Result<i64, Error> {
    if let Some(cell) = value.downcast_object_ref::<CellObject>() {
        return cell.count().map_err(raise);
    }
    value.as_i64().filter(|_| value.is_integer()).ok_or_else(|| wrong(say!("write-this-filter-takes-whole-number")))
}

fn small(value: &Value) -> Result<u32, Error> {
    u32::try_from(whole(value)?).map_err(|_| wrong(say!("write-this-filter-takes-whole-number-is")))
}

/// The text bound to the cell that it came from.
fn bound_or_text(value: &Value, text: String) -> Value {
    match value.downcast_object_ref::<CellObject>() {
        Some(cell) => PrintedObject::value(cell.bound(text)),
        None => PrintedObject::value(Printed::Text(clean(&text))),
    }
}

/// `value(…) | words`: "tre"; `words(true)` for ett-words: "ett".
fn words(value: Value, neuter: Option<bool>) -> Result<Value, Error> {
    let number = whole(&value)?;
    Ok(bound_or_text(&value, number_word(number, neuter.unwrap_or(false))))
}

/// `value(…) | long_date`, `job.as_of | long_date`: "31 augusti 2023"; of a month, 2023-08: "augusti 2023".
fn date(value: Value) -> Result<Value, Error> {
    let month = match value.downcast_object_ref::<CellObject>() {
        Some(CellObject { value: table::Value::Text(text), .. }) => long_month(text),
        Some(_) => None,
        None => long_month(&value.to_string()),
    };
    if let Some(month) = month {
        return Ok(bound_or_text(&value, month));
    }
    let day = match value.downcast_object_ref::<CellObject>() {
        Some(CellObject { value: table::Value::Date(day), .. }) => Some(*day),
        Some(_) => None,
        None => value.to_string().parse().ok().map(day_of),
    };
    let day = day.ok_or_else(|| wrong(say!("write-long-date-takes-date-or")))?;
    Ok(bound_or_text(&value, long_date(day)))
}

/// `counted("breakdown.x", row=…, column=…, words=true)`: "415 avvikelser", "tre avvikelser", with the source's noun.
pub(super) fn counted(table: &Arc<MeasureTable>, kwargs: &Kwargs, source: Option<&SourceFact>) -> Result<Value, Error> {
    let in_words = kwargs.get::<Option<bool>>("words")?.unwrap_or(false);
    let source = source.ok_or_else(|| raise(Fault::new(Code::Internal, "a measure without a source")))?;
    let noun = NounForms { one: &source.noun.one, many: &source.noun.many, neuter: source.noun.neuter };
    told(table, kwargs, |cell| {
        let count = cell.count()?;
        Ok(if in_words { counted_in_words(count, noun) } else { count_of(count, noun.one, noun.many) })
    })
}

/// `share_of("share.x", row=…)`: "109 av 391, 28 %".
pub(super) fn of_whole(table: &Arc<MeasureTable>, kwargs: &Kwargs) -> Result<Value, Error> {
    let decimals = kwargs.get::<Option<u8>>("decimals")?.unwrap_or(0).min(6);
    let column = table.column_of_role(Role::Share);
    let row = row_index(table, text_argument(kwargs, "row")?.as_deref()).map_err(raise)?;
    let column = match text_argument(kwargs, "column")? {
        Some(name) => column_index(table, Some(&name)).map_err(raise)?,
        None => column.ok_or_else(|| wrong(say!("write-share-needs-table-with-column")))?,
    };
    let cell = CellObject::of(table, row, column);
    or_default(&cell, kwargs, |cell| match cell.value {
        table::Value::Share { numerator, denominator } => Ok(share_of(Fraction { numerator, denominator }, decimals)),
        _ => Err(Fault::new(Code::TemplateError, say!("write-share-takes-share-with-numerator"))),
    })
}

/// `goal("goal.x", row="…")`: "når målet, minst 30 % (30 %)".
pub(super) fn goal(table: &Arc<MeasureTable>, kwargs: &Kwargs) -> Result<Value, Error> {
    let row = row_index(table, text_argument(kwargs, "row")?.as_deref()).map_err(raise)?;
    let goal = table.column_of_role(Role::Goal).ok_or_else(|| wrong(say!("write-goal-needs-table-with-goal")))?;
    let now = column_index(table, text_argument(kwargs, "column")?.as_deref()).map_err(raise)?;
    let (now, goal) = (CellObject::of(table, row, now), CellObject::of(table, row, goal));
    let lower = table.rows[row].key.last().and_then(|key| table.directions.get(key)) == Some(&Direction::Lower);
    match (now.is_nothing() || goal.is_nothing(), default_of(kwargs)?) {
        (true, Some(default)) => Ok(default),
        (true, None) => [now, goal]
            .iter()
            .find(|cell| cell.is_nothing())
            .map_or_else(|| Ok(Value::UNDEFINED), |cell| cell.printed().map(PrintedObject::value).map_err(raise)),
        (false, _) => goal_text(&now, &goal, lower).map(|text| PrintedObject::value(now.bound(text))).map_err(raise),
    }
}

fn goal_text(now: &CellObject, goal: &CellObject, lower: bool) -> Result<String, Fault> {
    let (value, aim) = (now.number()?, goal.number()?);
    let is_reached = if lower { value <= aim } else { value >= aim };
    let decimals = decimals_of(now.column.unit);
    let finer = telling_decimals(value, aim, decimals);
    let printed = |cell: &CellObject| {
        let unit = match cell.column.unit {
            Unit::Percent { .. } => Unit::Percent { decimals: finer },
            Unit::Number { .. } => Unit::Number { decimals: finer },
            unit => unit,
        };
        print_value(&cell.value, &table::TableColumn { unit, ..cell.column.clone() })
    };
    Ok(against_goal(is_reached, lower, &printed(now), &printed(goal)))
}

/// `from_to("breakdown.x", row=…)`: "från 821 till 928 (+13 %)".
pub(super) fn from_to(table: &Arc<MeasureTable>, kwargs: &Kwargs) -> Result<Value, Error> {
    let row = row_index(table, text_argument(kwargs, "row")?.as_deref()).map_err(raise)?;
    let column = text_argument(kwargs, "column")?;
    let (now, then) = previous_cell(table, row, column.as_deref()).map_err(raise)?;
    let absent = if then.is_nothing() { &then } else { &now };
    or_default(absent, kwargs, |_| match (now.count(), then.count()) {
        (Ok(now), Ok(then)) => Ok(from_to_counts(now, then)),
        _ => {
            let print = |cell: &CellObject| print_value(&cell.value, &cell.column);
            Ok(from_to_printed(&print(&now), &print(&then)))
        }
    })
}

/// `highest("indicator.x", column=…)`: the row with the highest value, or those that share it; `lowest` likewise.
pub(super) fn extreme(table: &Arc<MeasureTable>, kwargs: &Kwargs, highest: bool) -> Result<Value, Error> {
    let column = column_index(table, text_argument(kwargs, "column")?.as_deref()).map_err(raise)?;
    let numbers: Vec<(usize, f64)> = (0..table.rows.len())
        .filter(|index| table.rows[*index].kind == RowKind::Part)
        .filter_map(|index| Some((index, CellObject::of(table, index, column).number().ok()?)))
        .collect();
    let better = |one: f64, other: f64| if highest { one > other } else { one < other };
    let best =
        numbers.iter().map(|(_, number)| *number).reduce(|one, other| if better(other, one) { other } else { one });
    let rows = numbers.into_iter().filter(|(_, number)| Some(*number) == best).map(|(index, _)| index);
    Ok(rows.map(|index| Value::from_object(RowObject { table: table.clone(), index })).collect())
}

/// A sentence of the named cell.
fn told(
    table: &Arc<MeasureTable>,
    kwargs: &Kwargs,
    say: impl Fn(&CellObject) -> Result<String, Fault>,
) -> Result<Value, Error> {
    let row = row_index(table, text_argument(kwargs, "row")?.as_deref()).map_err(raise)?;
    let column = column_index(table, text_argument(kwargs, "column")?.as_deref()).map_err(raise)?;
    or_default(&CellObject::of(table, row, column), kwargs, say)
}

/// What is said of a cell, or the template's default where the cell holds nothing.
fn or_default(
    cell: &CellObject,
    kwargs: &Kwargs,
    say: impl Fn(&CellObject) -> Result<String, Fault>,
) -> Result<Value, Error> {
    match default_of(kwargs)? {
        Some(default) if cell.is_nothing() => Ok(default),
        _ if cell.is_nothing() => cell.printed().map(PrintedObject::value).map_err(raise),
        _ => say(cell).map(|text| PrintedObject::value(cell.bound(text))).map_err(raise),
    }
}

/// `verdict("shift.x")`: what the test of the whole table allows to say, as a sentence.
pub(super) fn verdict(table: &MeasureTable) -> Result<Value, Error> {
    let said = table.notes.iter().find(|note| note.kind == NoteKind::Verdict);
    said.map(|note| Value::from(clean(&note.text))).ok_or_else(|| {
        let message = say!("write-has-no-verdict-no-test", name = table.name);
        raise(Fault::new(Code::MissingValue, message).help(say!("write-name-measure-shift-x")))
    })
}
