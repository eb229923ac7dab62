//! The risk picture: a register of risks, this year's beside last year's.
//!
//! In: the rows of a register, and last year's where they stand in another source. Out: one of nine tables (see
//! [`RiskShow`]). A score is probability × consequence on the job's scale. It is ordinal: scores are compared, ranked
//! and counted, never averaged or added. A risk whose values are missing or outside the scale has no score: it stands
//! last in the list, in no cell of the matrix, and is told of with its file and row (`family.rs`).
//! Source: SOSFS 2011:9, chapter 5, on risk analysis; the two scales are those that the job declares.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

mod lists;

mod moved;

mod numbers;

mod register;

#[cfg(test)]
mod tests;

use super::head;
use super::observations::Observations;
use super::sheet::Sheet;
use crate::diagnostic::Failure;
use crate::domain::table::{NoteKind, TableNote};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::risk::plan::{RiskPlan, RiskShow, RiskYears};
use register::Register;

/// The printed table.
///
/// Errors: `no-rows` when the register holds other years but not this one.
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &RiskPlan,
    rows: &Observations,
    previous: Option<&Observations>,
) -> Result<Sheet, Failure> {
    let register = Register::read(plan, measure, spec, rows, previous)?;
    let mut table = head::of_values(plan, measure, printed!("measure-number-of-risks"), spec.names.0.to_string());
    table.row_headers = vec![rows.label(&spec.id)];
    table.n = register.own().count() as u64;
    table.notes.extend(notes(spec, &register));
    let picture = Picture { spec, rows, register: &register };
    Ok(match spec.show {
        RiskShow::Ranked => picture.ranked(table),
        RiskShow::Highest => picture.highest(table),
        RiskShow::Open => picture.open(table),
        RiskShow::Late => picture.late(table),
        RiskShow::Moved | RiskShow::Changed => picture.moved(table),
        RiskShow::Matrix => picture.matrix(table),
        RiskShow::Units => picture.units(table),
        RiskShow::Summary => picture.summary(table),
    })
}

/// What every table is made of.
#[derive(Clone, Copy)]
struct Picture<'a> {
    spec: &'a RiskPlan,
    /// This year's register.
    rows: &'a Observations<'a>,
    register: &'a Register,
}

/// What the reader must know of the register to trust the table.
fn notes(spec: &RiskPlan, register: &Register) -> Vec<TableNote> {
    let mut notes = Vec::new();
    let unscored = register.own().filter(|risk| risk.score().is_none()).count();
    if unscored > 0 && matches!(spec.show, RiskShow::Ranked | RiskShow::Matrix | RiskShow::Units) {
        let (risks, have) = if unscored == 1 { ("risk", "den") } else { ("risker", "dem") };
        let text = printed!("measure-risks-without-value", unscored, risks, steps = spec.scale.steps, have);
        notes.push(TableNote { kind: NoteKind::Missing, text });
    }
    let compares = matches!(spec.show, RiskShow::Moved | RiskShow::Changed | RiskShow::Summary | RiskShow::Ranked);
    if compares && register.before.is_none() && !matches!(spec.years, RiskYears::One) {
        let text = printed!("measure-risks-of-no-year", year = spec.names.1);
        notes.push(TableNote { kind: NoteKind::Other, text });
    }
    notes
}
