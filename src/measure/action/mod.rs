//! Actions from report to report: what the last one promised, what came of it, and what the next one is to ask of.
//!
//! In: the rows of a register of actions, those of it as the last report left it, and the ids of the events that actions
//! come from. Out: one of eight tables (see [`ActionShow`]). What was carried in and what is new is what is closed and
//! what is open: each action is counted once on either side. Which is done and which is late is judged on the job's `as_of`,
//! never on a clock. Unit: days from decision to done (`stats::survival`; Kaplan & Meier).

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

mod effect;

mod lists;

mod numbers;

mod register;

#[cfg(test)]
mod tests;

use super::family::{Facts, Of};
use super::head;
use super::sheet::{Fields, Sheet};
use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, RowKind, TableRow};
use crate::measure::action::plan::{ActionPlan, ActionShow};
use crate::vocabulary::plan::ColumnPlan;
use register::{Action, Register};

/// What every table is made of.
#[derive(Clone, Copy)]
struct Actions<'a> {
    spec: &'a ActionPlan,
    register: &'a Register<'a>,
}

/// A measure by its index, and its table.
type Judge<'a> = (usize, &'a MeasureTable);

/// The printed table.
///
/// Errors: `no-longer-there` for each action that the last report left open and that the register no longer holds.
pub(crate) fn sheet(of: Of, spec: &ActionPlan, facts: Facts, judge: Option<Judge>) -> Result<Sheet, Failure> {
    let register = Register::read(of, spec, facts)?;
    if !register.gone.is_empty() {
        return Err(Failure::fixable(register.gone));
    }
    let job = &of.plan.job;
    let mut table =
        head::of_values(of.plan, of.measure, printed!("measure-number-of-actions"), job.period.name_of(job.year));
    table.row_headers = vec![register.rows.label(&spec.columns.id)];
    let actions = Actions { spec, register: &register };
    table.notes.extend(actions.notes());
    Ok(match spec.show {
        ActionShow::Since => actions.since(table),
        ActionShow::Planned => actions.planned(table),
        ActionShow::Late => actions.late(table),
        ActionShow::Lacking => actions.lacking(table),
        ActionShow::Units | ActionShow::Origins => actions.numbers(table),
        ActionShow::Effect => match judge {
            Some(judge) => actions.effect(table, judge),
            None => return Err(Failure::internal("an effect is told by no measure")),
        },
        ActionShow::Next => actions.next(table),
    })
}

impl Actions<'_> {
    /// Every action with all that the register says of it, under the headers of the register.
    fn next(self, mut table: MeasureTable) -> Sheet {
        let rows = &self.register.rows;
        let id = rows.column(&self.spec.columns.id);
        let header = |column: &ColumnPlan| column.headers.first().unwrap_or(&column.label).clone();
        table.row_headers = id.map(header).into_iter().collect();
        let mut fields = Fields::new();
        for column in rows.source.columns.iter().filter(|column| column.name != self.spec.columns.id) {
            let (role, unit) = super::register::shown_as(column);
            fields.add(head::column(&column.name, header(column), role, unit), |action: &&Action| {
                self.register.read_cell(action, &column.name)
            });
        }
        let actions = self.register.own();
        Sheet::of(table, &fields, actions.map(|action| (TableRow::named(action.id.as_str(), RowKind::Part), action)))
    }
}
