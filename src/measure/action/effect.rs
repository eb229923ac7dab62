//! What a measure of the job says of what actions were to change: its own numbers and its own test, never the register's word.

use super::register::Action;
use super::{Actions, Judge};
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::notes::note;
use crate::measure::selection::Reference;
use crate::measure::sheet::{Fields, Sheet};

/// How a cell is made, for `explain`.
const SAME_AS: &str = "what the measure's table says in";

impl<'a> Actions<'a> {
    /// A row per action that names a row of the measure: what was before, what is now, and what the test says.
    pub(super) fn effect(self, mut table: MeasureTable, judge: Judge<'a>) -> Sheet {
        let (_, base) = judge;
        let rows: Vec<(&Action, String)> =
            self.between().filter_map(|action| Some((action, self.measured(action)?))).collect();
        let unknown = rows.iter().filter(|(_, name)| row_of(base, name).is_none());
        let unknown: Vec<String> = unknown.map(|(action, _)| action.id.clone()).collect();
        if !unknown.is_empty() {
            table.notes.push(note(NoteKind::Missing, printed!("measure-not-in-measure", names = unknown.join(", "))));
        }
        table.notes.push(note(NoteKind::Method, printed!("measure-judged-by", title = base.title)));
        table.n = rows.len() as u64;
        let named = rows
            .into_iter()
            .map(|(action, name)| (TableRow::named(action.id.as_str(), RowKind::Part), (action, row_of(base, &name))));
        Sheet::of(table, &self.fields_of_effect(judge), named)
    }

    /// The row of the measure that an action names.
    fn measured(self, action: &Action) -> Option<String> {
        let name = self.spec.columns.measure_row.as_deref()?;
        self.register.rows.text(action.row, name).map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
    }

    fn fields_of_effect(self, judge: Judge<'a>) -> Fields<'a, (&'a Action, Option<usize>)> {
        let (columns, mut fields) = (&self.spec.columns, Fields::new());
        let text = column("action", self.register.rows.label(&columns.text), Role::Text, Unit::Text);
        fields.add(text, move |(action, _): &(&Action, Option<usize>)| self.register.read_cell(action, &columns.text));
        if let Some(name) = columns.measure_row.as_deref() {
            let measured = column("measured", printed!("measure-measured"), Role::Text, Unit::Text);
            fields.add(measured, move |(action, _)| self.register.read_cell(action, name));
        }
        for (key, place) in columns_of(judge.1) {
            let head = TableColumn { key: key.to_string(), ..judge.1.columns[place].clone() };
            fields.add(head, move |(_, row)| same_as(judge, *row, place));
        }
        if let Some(name) = columns.effect.as_deref() {
            let effect = column("effect", self.register.rows.label(name), Role::Text, Unit::Text);
            fields.add(effect, move |(action, _)| self.effect_cell(action));
        }
        fields
    }
}

/// What was before, what is now, and the word of the test.
fn columns_of(base: &MeasureTable) -> Vec<(&'static str, usize)> {
    let now = base.column("share").or_else(|| base.column_of_role(Role::Current));
    let before = base.column("previous_share").or_else(|| base.column_of_role(Role::Previous));
    let word = base.column_of_role(Role::Development);
    let found = [("before", before), ("now", now), ("development", word)];
    found.into_iter().filter_map(|(key, place)| Some((key, place?))).collect()
}

fn row_of(base: &MeasureTable, name: &str) -> Option<usize> {
    base.rows.iter().position(|row| row.label == name)
}

fn same_as((measure, base): Judge, row: Option<usize>, column: usize) -> Formula {
    let Some(row) = row else { return Formula::Said(Value::Nothing(Nothing::Missing)) };
    Formula::of_cells(SAME_AS, [Reference::Of { measure, row, column }], base.rows[row].values[column].clone())
}
