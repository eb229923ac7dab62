//! The functions and filters that templates call.
//!
//! In: measured tables and the job's names. Out: objects and tokens (`objects`, `tokens`). Every name is checked here;
//! the engine adds file and line to what is refused.
//!
//! | on a line of its own | |
//! |---|---|
//! | `table("table.x", avdelning)`, `figure("heat.x", avdelning)` | the second argument is the value of `each` |
//! | `key_numbers()`, `page_break()` | |
//! | `room("Bedöm varför …", "avvikelser", avdelning)` | a box, until the analyst has written `avvikelser--vuxna.md` |
//! | `sources()`, `balances()`, `definitions()`, `warnings()` | the appendix |
//!
//! | in a sentence | |
//! |---|---|
//! | `ref("table.x", avdelning)` | "Tabell 3", forwards too |
//! | `value("share.x", row="…", column="…", each=…, default="…")` | a number with its unit; total row and this period if not named |
//! | `compare("breakdown.x", row="…", column="…", each=…, default="…")` | "101 fler än föregående år (289, +35 %)" |
//! | `development("breakdown.x", row=…, each=…, spc="spc.y", default=…)` | "ökade från 821 till 928 (+13 %)", if the test, or a signal of the control chart, allows the word |
//! | `rows("breakdown.x", each=…)`, `largest("breakdown.x", 3, each=…)` | rows with `.label`, `.kind`, `.level`, `.value("…")`, `.compare()` |
//! | `has("breakdown.x", row="…", column="…", each=…)` | true when a value is there and not zero |
//! | `note("breakdown.x", each=…)` | the table's notes |
//! | `verdict("shift.x", each=…)` | "Det finns ingen säkerställd skillnad i fördelningen mellan perioderna." |
//! | `counted("breakdown.x", row=…, words=true)` | "415 avvikelser", "tre avvikelser", with the source's noun |
//! | `share_of("share.x", row=…)` | "109 av 391, 28 %" |
//! | `from_to("breakdown.x", row=…)` | "från 821 till 928 (+13 %)" |
//! | `goal("goal.x", row=…)` | "når målet, minst 30 % (30 %)" |
//! | `highest("indicator.x", column=…)`, `lowest(…)` | the rows that hold the highest, or lowest, value |
//! | `delivered("source.x")`, `missing("source.x")` | false for an optional source without files; a sentence that says so |
//! | `noun("source.x")` | `.one`, `.many`, `.none`, `.article`, `.definite`, `.definite_many` |
//! | `… \| count("avvikelse", "avvikelser")` | "415 avvikelser", "1 avvikelse", "inga avvikelser" |
//! | `… \| percent(1)`, `… \| number`, `… \| and_list`, `… \| or_list` | decimals; the raw number; "a, b och c" |
//! | `… \| words`, `… \| ordinal`, `… \| quarter` | "tre", "tredje", "tredje kvartalet" |
//! | `… \| long_date`, `… \| month_name`, `… \| genitive`, `… \| definite` | "31 augusti 2023", "augusti", "Vuxnas", "kvalitetsåret 2023" |

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::arguments::{default_of, name_and_each, printed_token, text_argument};
use super::facts::{Facts, Fault, NameKind, column_index, row_index};
use super::manuscript::Manuscript;
use super::objects::{CellObject, PrintedObject, RowObject, compared, is_something, raise};
use super::tokens::{BlockCall, Ledger, Printed, clean};
use super::values::decimals_of;
use super::{rooms, sentences, sources, words};
use crate::diagnostic::Code;
use crate::domain::sentence::{and_list, count_of};
use crate::domain::swedish;
use crate::domain::table::{self, MeasureTable, RowKind, Unit};
use crate::domain::words::{NounForms, counted_in_words};

/// Names of the functions, for messages and the check of templates.
pub(super) const FUNCTIONS: [&str; 29] = [
    "table",
    "figure",
    "key_numbers",
    "room",
    "balances",
    "sources",
    "definitions",
    "warnings",
    "page_break",
    "ref",
    "value",
    "compare",
    "rows",
    "largest",
    "has",
    "note",
    "verdict",
    "counted",
    "share_of",
    "goal",
    "from_to",
    "highest",
    "lowest",
    "delivered",
    "missing",
    "noun",
    "development",
    "range",
    "namespace",
];

/// Names of the filters on numbers and lists.
pub(super) const FILTERS: [&str; 12] = [
    "count",
    "percent",
    "number",
    "and_list",
    "or_list",
    "words",
    "ordinal",
    "quarter",
    "month_name",
    "long_date",
    "genitive",
    "definite",
];

/// Adds every function and filter to a template environment.
pub(super) fn register(
    env: &mut Environment<'static>,
    facts: &Arc<Facts>,
    manuscript: &Arc<Manuscript>,
    period: String,
    ledger: &Ledger,
) {
    register_blocks(env, facts);
    rooms::register(env, manuscript);
    sources::register(env, facts, period);
    register_numbers(env, facts);
    words::register(env, facts);
    register_filters(env, ledger);
}

fn register_blocks(env: &mut Environment<'static>, facts: &Arc<Facts>) {
    named(env, "table", facts, &[NameKind::Table], |name| Printed::Block(BlockCall::Table(name)));
    named(env, "figure", facts, &[NameKind::Figure], |name| Printed::Block(BlockCall::Figure(name)));
    named(env, "ref", facts, &[NameKind::Table, NameKind::Figure], Printed::Reference);
    for (name, block) in [
        ("key_numbers", BlockCall::KeyNumbers),
        ("balances", BlockCall::Balances),
        ("sources", BlockCall::Sources),
        ("definitions", BlockCall::Definitions),
        ("warnings", BlockCall::Warnings),
        ("page_break", BlockCall::PageBreak),
    ] {
        env.add_function(name, move || PrintedObject::value(Printed::Block(block.clone())));
    }
}

/// A function of a name, and the value of `each` as second argument, that prints something.
fn named(
    env: &mut Environment<'static>,
    function: &'static str,
    facts: &Arc<Facts>,
    kinds: &'static [NameKind],
    print: impl Fn(String) -> Printed + Send + Sync + 'static,
) {
    let facts = facts.clone();
    env.add_function(function, move |args: Rest<Value>, kwargs: Kwargs| {
        let (name, each) = name_and_each(&args, &kwargs)?;
        kwargs.assert_all_used()?;
        let full = facts.names.resolve(kinds, &name, each.as_deref()).map_err(raise)?;
        Ok::<_, Error>(PrintedObject::value(print(full)))
    });
}

fn register_numbers(env: &mut Environment<'static>, facts: &Arc<Facts>) {
    of_measure(env, "value", facts, |asked| value(asked.table, asked.kwargs));
    of_measure(env, "compare", facts, |asked| compare(asked.table, asked.kwargs));
    of_measure(env, "rows", facts, |asked| Ok(Value::from(rows_where(asked.table, |_| true))));
    of_measure(env, "largest", facts, |asked| largest(asked.table, asked.further));
    of_measure(env, "has", facts, |asked| has(asked.table, asked.kwargs));
    of_measure(env, "note", facts, |asked| Ok(Value::from(notes_of(asked.table))));
    of_measure(env, "verdict", facts, |asked| sentences::verdict(asked.table));
    of_measure(env, "counted", facts, |asked| {
        sentences::counted(asked.table, asked.kwargs, asked.facts.source_of(&asked.table.name))
    });
    of_measure(env, "share_of", facts, |asked| sentences::of_whole(asked.table, asked.kwargs));
    of_measure(env, "goal", facts, |asked| sentences::goal(asked.table, asked.kwargs));
    of_measure(env, "from_to", facts, |asked| sentences::from_to(asked.table, asked.kwargs));
    of_measure(env, "highest", facts, |asked| sentences::extreme(asked.table, asked.kwargs, true));
    of_measure(env, "lowest", facts, |asked| sentences::extreme(asked.table, asked.kwargs, false));
}

/// A measured table, and what a template asks of it.
struct AskedMeasure<'a> {
    facts: &'a Facts,
    table: &'a Arc<MeasureTable>,
    /// Arguments after the name and the value of `each`.
    further: &'a [Value],
    kwargs: &'a Kwargs,
}

type Answer = fn(AskedMeasure) -> Result<Value, Error>;

/// A function of a measure: the name first, `each=` among the named arguments, or as second argument.
fn of_measure(env: &mut Environment<'static>, function: &'static str, facts: &Arc<Facts>, answer: Answer) {
    let facts = facts.clone();
    env.add_function(function, move |args: Rest<Value>, kwargs: Kwargs| {
        // The second argument of `largest` is how many; everywhere else it is the value of `each`.
        let (named, rest) = args.split_at(args.len().min(if function == "largest" { 1 } else { 2 }));
        let (name, each) = name_and_each(named, &kwargs)?;
        let table = facts.measure(&name, each.as_deref()).map_err(raise)?;
        let answered = if facts.delivers(&table.name) {
            answer(AskedMeasure { facts: &facts, table, further: rest, kwargs: &kwargs })?
        } else {
            sources::answer_of_absent(function, &table.name, &kwargs)?
        };
        kwargs.assert_all_used()?;
        Ok::<_, Error>(answered)
    });
}

fn value(table: &Arc<MeasureTable>, kwargs: &Kwargs) -> Result<Value, Error> {
    let row = row_index(table, text_argument(kwargs, "row")?.as_deref()).map_err(raise)?;
    let column = column_index(table, text_argument(kwargs, "column")?.as_deref()).map_err(raise)?;
    let cell = CellObject::of(table, row, column);
    match default_of(kwargs)? {
        Some(default) if cell.is_nothing() => Ok(default),
        _ => Ok(Value::from_object(cell)),
    }
}

fn compare(table: &Arc<MeasureTable>, kwargs: &Kwargs) -> Result<Value, Error> {
    let row = row_index(table, text_argument(kwargs, "row")?.as_deref()).map_err(raise)?;
    let compared = compared(table, row, text_argument(kwargs, "column")?.as_deref()).map_err(raise)?;
    match (compared, default_of(kwargs)?) {
        (Ok(printed), _) => Ok(PrintedObject::value(printed)),
        (Err(_), Some(default)) => Ok(default),
        (Err(fault), None) => Err(raise(fault)),
    }
}

fn rows_where(table: &Arc<MeasureTable>, wanted: impl Fn(&table::TableRow) -> bool) -> Vec<Value> {
    let indices = (0..table.rows.len()).filter(|index| wanted(&table.rows[*index]));
    indices.map(|index| Value::from_object(RowObject { table: table.clone(), index })).collect()
}

/// The rows with the largest values of the default column, largest first; ties in the table's order.
fn largest(table: &Arc<MeasureTable>, args: &[Value]) -> Result<Value, Error> {
    let how_many = args.first().and_then(Value::as_usize).ok_or_else(|| Error::from(ErrorKind::MissingArgument))?;
    let column = column_index(table, None).map_err(raise)?;
    let mut sized: Vec<(f64, usize)> = (0..table.rows.len())
        .filter(|index| table.rows[*index].kind == RowKind::Part)
        .filter_map(|index| Some((CellObject::of(table, index, column).number().ok()?, index)))
        .filter(|(size, _)| *size > 0.0)
        .collect();
    sized.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let rows = sized.into_iter().take(how_many);
    Ok(rows.map(|(_, index)| Value::from_object(RowObject { table: table.clone(), index })).collect())
}

/// True when some cell, of the named row and column or of any, holds a value that is not zero.
fn has(table: &Arc<MeasureTable>, kwargs: &Kwargs) -> Result<Value, Error> {
    let row = text_argument(kwargs, "row")?.map(|name| row_index(table, Some(&name))).transpose().map_err(raise)?;
    let column = text_argument(kwargs, "column")?.map(|name| column_index(table, Some(&name)));
    let column = column.transpose().map_err(raise)?;
    let mut cells =
        table.rows.iter().enumerate().filter(|(index, _)| row.is_none_or(|row| row == *index)).flat_map(|(_, row)| {
            row.values.iter().enumerate().filter(|(index, _)| column.is_none_or(|column| column == *index))
        });
    Ok(Value::from(cells.any(|(_, value)| is_something(value))))
}

fn notes_of(table: &MeasureTable) -> String {
    let notes: Vec<String> = table.notes.iter().map(|note| clean(&note.text)).collect();
    notes.join(" ")
}

fn register_filters(env: &mut Environment<'static>, ledger: &Ledger) {
    // These would let a text through as markup, or print the engine's own forms of things.
    for name in ["safe", "escape", "e", "tojson", "pprint", "urlize"] {
        env.remove_filter(name);
    }
    env.remove_global("debug");
    env.add_filter("count", count);
    env.add_filter("percent", percent);
    env.add_filter("number", number);
    sentences::register_filters(env, ledger);
    let ledger = ledger.clone();
    env.add_filter("and_list", move |items: Value| listed(&items, &ledger));
}

/// `value(…) | count("avvikelse", "avvikelser")`: "415 avvikelser", "1 avvikelse", "inga avvikelser"; with `words=true`
/// "tre avvikelser", and with `neuter=true` too "ett svar".
fn count(value: Value, one: String, many: String, kwargs: Kwargs) -> Result<Value, Error> {
    let neuter = kwargs.get::<Option<bool>>("neuter")?.unwrap_or(false);
    let said = |count: i64| match kwargs.get::<Option<bool>>("words") {
        Ok(Some(true)) => counted_in_words(count, NounForms { one: &one, many: &many, neuter }),
        _ => count_of(count, &one, &many),
    };
    if let Some(cell) = value.downcast_object_ref::<CellObject>() {
        let said = said(cell.count().map_err(raise)?);
        kwargs.assert_all_used()?;
        return Ok(PrintedObject::value(cell.bound(said)));
    }
    let wrong = || raise(Fault::new(Code::TemplateError, say!("write-count-takes-number-was-counted")));
    let count = value.as_i64().filter(|_| value.is_integer()).ok_or_else(wrong)?;
    let said = said(count);
    kwargs.assert_all_used()?;
    Ok(Value::from(clean(&said)))
}

/// `value(…) | percent(1)`: a share or change with that many decimals.
fn percent(value: Value, decimals: Option<u8>) -> Result<Value, Error> {
    let wrong = || raise(Fault::new(Code::TemplateError, say!("write-percent-takes-share-change-or")));
    let cell = value.downcast_object_ref::<CellObject>().ok_or_else(wrong)?;
    let decimals = decimals.unwrap_or_else(|| decimals_of(cell.column.unit)).min(6);
    let text = match (&cell.value, cell.column.unit) {
        (table::Value::Share { numerator, denominator }, _) => swedish::percent_of(*numerator, *denominator, decimals),
        (table::Value::Change { now, then }, _) => swedish::percent_change(*now, *then, decimals),
        (table::Value::Number(number), Unit::Percent { .. }) => swedish::percent(*number, decimals),
        (table::Value::Nothing(_), _) => return cell.printed().map(PrintedObject::value).map_err(raise),
        _ => return Err(wrong()),
    };
    Ok(PrintedObject::value(cell.bound(text)))
}

/// `value(…) | number`: the raw number for comparisons; shares and changes in per cent.
fn number(value: Value) -> Result<Value, Error> {
    match value.downcast_object_ref::<CellObject>() {
        Some(cell) => cell.number().map(whole_if_possible).map_err(raise),
        None if value.is_number() => Ok(value),
        None => Err(raise(Fault::new(Code::TemplateError, say!("write-number-takes-value-table")))),
    }
}

fn whole_if_possible(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 { Value::from(number as i64) } else { Value::from(number) }
}

/// `largest(…) | and_list`: "a, b och c". Each item keeps its own origin.
fn listed(items: &Value, ledger: &Ledger) -> Result<Value, Error> {
    let tokens: Vec<String> = items.try_iter()?.map(|item| printed_token(&item, ledger)).collect::<Result<_, _>>()?;
    Ok(Value::from_safe_string(and_list(&tokens)))
}
