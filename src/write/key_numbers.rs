//! "Året i siffror": the numbers that matter, each with last year and one sentence.
//!
//! In: the job's key numbers, measured tables and the template engine (a sentence is a small template). Out: cards, or
//! every fault at once. A card whose value is not there says so; it is never shown as zero. Only
//! the cards of an optional source that was not delivered are left out: they have nothing to say.

use super::document::{Block, Inline, KeyNumber};
use super::facts::{Facts, Fault, column_index, row_index};
use super::markdown::{Printing, read};
use super::objects::CellObject;
use super::templates::Engine;
use super::values::{column_at, previous_column, print_value};
use crate::diagnostic::Code;
use crate::domain::table::{MeasureTable, Nothing, Role, TableColumn, Value};
use crate::job::plan::{KeyNumberPlan, Plan};

/// Prints every key number of a plan. A fault is told with the name of its key number.
pub(super) fn print_key_numbers(
    plan: &Plan,
    facts: &Facts,
    engine: &Engine,
    printing: &mut dyn Printing,
) -> Result<Vec<KeyNumber>, Vec<Fault>> {
    let (mut cards, mut faults) = (Vec::new(), Vec::new());
    let delivered = |key_number: &&KeyNumberPlan| facts.delivers(&plan.measures[key_number.measure].name);
    for key_number in plan.key_numbers.iter().filter(delivered) {
        match print_card(key_number, plan, facts, engine, printing) {
            Ok(card) => cards.push(card),
            Err(fault) => faults.push(Fault { message: format!("{}: {}", key_number.name, fault.message), ..fault }),
        }
    }
    if faults.is_empty() { Ok(cards) } else { Err(faults) }
}

fn print_card(
    key_number: &KeyNumberPlan,
    plan: &Plan,
    facts: &Facts,
    engine: &Engine,
    printing: &mut dyn Printing,
) -> Result<KeyNumber, Fault> {
    let table = facts.measure(&plan.measures[key_number.measure].name, None)?;
    let row = row_index(table, key_number.row.as_deref())?;
    let column = column_index(table, key_number.column.as_deref())?;
    let cell = CellObject::of(table, row, column);
    let sentence = key_number.sentence.as_deref().map(|sentence| print_sentence(sentence, engine, printing));
    Ok(KeyNumber {
        label: key_number.label.clone(),
        value: print_value(&cell.value, &cell.column),
        beside: beside(key_number, plan, table, row, column)?,
        origin: cell.origin,
        sentence: sentence.transpose()?,
    })
}

fn print_sentence(sentence: &str, engine: &Engine, printing: &mut dyn Printing) -> Result<Vec<Inline>, Fault> {
    let rendered = engine.render_sentence(sentence)?;
    let blocks = read(&rendered, &engine.ledger, printing).map_err(|problems| {
        let first = problems.into_iter().next().map(|problem| problem.fault);
        first.unwrap_or_else(|| Fault::new(Code::TemplateError, say!("write-sentence-cannot-be-read")))
    })?;
    match blocks.as_slice() {
        [] => Ok(Vec::new()),
        [Block::Paragraph(inlines)] => Ok(inlines.clone()),
        _ => Err(Fault::new(Code::TemplateError, say!("write-sentence-is-more-than-one"))),
    }
}

/// "289 föregående år", and why a value is not there.
fn beside(
    key_number: &KeyNumberPlan,
    plan: &Plan,
    table: &MeasureTable,
    row: usize,
    column: usize,
) -> Result<Option<String>, Fault> {
    let named = key_number.beside.as_deref().map(|name| column_index(table, Some(name))).transpose()?;
    let absence = absence_of(&table.rows[row].values[column]);
    let other = named.or_else(|| previous_column(table, column)).map(|other| {
        let (value, column) = (&table.rows[row].values[other], &column_at(table, &table.rows[row], other));
        match absence_of(value) {
            Some(absence) => format!("{} {absence}", when(column, plan.job.year)),
            None => beside_text(&print_value(value, column), column, plan.job.year),
        }
    });
    let said: Vec<String> = absence.map(str::to_string).into_iter().chain(other).collect();
    Ok(if said.is_empty() { None } else { Some(said.join("; ")) })
}

fn beside_text(text: &str, column: &TableColumn, year: i32) -> String {
    match column.role {
        Role::Goal | Role::Reference | Role::Mean | Role::N => format!("{}: {text}", column.label),
        _ => format!("{text} {}", when(column, year)),
    }
}

fn when(column: &TableColumn, year: i32) -> String {
    match column.year {
        Some(other) if other != year - 1 => printed!("write-year-of", other),
        _ => printed!("write-year-before"),
    }
}

fn absence_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Nothing(Nothing::Missing | Nothing::Blank) => Some(word!("write-missing")),
        Value::Nothing(Nothing::NotApplicable) => Some(word!("write-not-applicable")),
        Value::Nothing(Nothing::Withheld) => Some(word!("write-withheld")),
        _ => None,
    }
}
