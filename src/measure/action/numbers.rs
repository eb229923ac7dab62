//! Counts of actions: what came in, what came, what was closed and is open; how long it takes; what it had for effect.

use super::Actions;
use super::plan::ActionShow;
use super::register::{Action, Came, Effect};
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::notes::note;
use crate::measure::order;
use crate::measure::sheet::{Fields, Sheet};
use crate::stats::survival::{Followed, Waiting};

/// How a median is made, for `explain`.
const MEDIAN_OF: &str = "the median of the days from decision to done, those of open ones cut off (Kaplan–Meier), of";

/// The actions of a row.
type Group<'a> = Vec<&'a Action>;

impl<'a> Actions<'a> {
    /// A row per unit, or per origin; the whole last.
    pub(super) fn numbers(self, mut table: MeasureTable) -> Sheet {
        let (name, declared, of): (_, _, fn(&Action) -> &Option<String>) = match self.spec.show {
            ActionShow::Origins => (&self.spec.columns.origin, &self.spec.origins, |action| &action.origin),
            _ => (&self.spec.columns.unit, &self.spec.units, |action| &action.unit),
        };
        let name = name.as_deref();
        table.row_headers = vec![name.map_or_else(String::new, |name| self.register.rows.label(name))];
        table.n = self.register.own().filter(|action| action.is_between()).count() as u64;
        let all: Group = self.register.own().filter(|action| action.came != Came::NotYet).collect();
        let mut rows: Vec<(TableRow, Group)> = Vec::new();
        if let Some(column) = name.and_then(|name| self.register.rows.column(name)) {
            let value = |action: &Action| of(action).clone().unwrap_or_else(|| column.missing_label.clone());
            let declared = self.declared(&column.name, declared);
            for group in order::declared_then_found(declared, all.iter().map(|action| value(action))) {
                let there = all.iter().copied().filter(|action| value(action) == group).collect();
                let is_missing = group == column.missing_label;
                let kind = if is_missing { RowKind::Residual } else { RowKind::Part };
                rows.push((TableRow::named(group, kind), there));
            }
        }
        rows.push((TableRow::total(), all));
        let fields = self.fields(self.days_unit(&rows));
        Sheet::of(table, &fields, rows)
    }

    /// Under `each` only its own value of the column.
    fn declared(self, column: &str, declared: &[String]) -> Vec<String> {
        let each = self.spec.each.as_ref().filter(|each| each.column == column);
        let is_own = |value: &&String| each.is_none_or(|each| each.values.contains(value));
        declared.iter().filter(is_own).cloned().collect()
    }

    fn fields(self, days: Unit) -> Fields<'a, Group<'a>> {
        let (spec, mut fields) = (self.spec, Fields::new());
        let mut count = |key: &'static str, label: &'static str, holds: fn(Actions, &Action) -> bool| {
            fields.add(column(key, label, Role::Part, Unit::Count), move |group: &Group| {
                let those = group.iter().copied().filter(|action| action.is_between() && holds(self, action));
                Formula::Count(self.register.counted(those))
            });
        };
        count("carried_in", word!("measure-carried-in"), |_, action| action.came == Came::CarriedIn);
        count("new", word!("measure-new"), |_, action| action.came == Came::New);
        count("closed", word!("measure-done-head"), |_, action| action.is_closed());
        count("open", word!("measure-open"), |_, action| !action.is_closed());
        if spec.columns.due.is_some() {
            count("late", word!("measure-of-which-late"), |actions, action| {
                action.days_late(actions.spec.as_of).is_some()
            });
        }
        if spec.columns.due.is_some() || spec.columns.owner.is_some() {
            count("lacking", word!("measure-without-owner-or-day"), |actions, action| {
                !action.is_closed() && actions.lacks(action).is_some()
            });
        }
        if spec.columns.effect.is_some() {
            count("effect_yes", word!("measure-effect-yes"), |_, action| action.effect == Some(Effect::Yes));
            count("effect_partly", word!("measure-effect-partly"), |_, action| action.effect == Some(Effect::Partly));
            count("effect_no", word!("measure-effect-no"), |_, action| action.effect == Some(Effect::No));
            count("unjudged", word!("measure-effect-unjudged"), |_, action| {
                action.is_closed() && action.effect.is_none()
            });
        }
        fields
            .add(column("median", word!("measure-median-to-done"), Role::Mean, days), move |group| self.median(group));
        fields
    }

    /// Over all actions of the register, however long ago they were closed: leaving those out would keep the slow ones.
    fn median(self, group: &Group) -> Formula {
        let followed: Vec<&Action> =
            group.iter().copied().filter(|action| action.followed(self.spec.as_of).is_some()).collect();
        let days = self.waiting(&followed).quantile(0.5);
        let value = days.map_or(Value::Nothing(Nothing::Missing), Value::Number);
        Formula::of_rows(MEDIAN_OF, vec![self.register.counted(followed)], value)
    }

    fn waiting(self, group: &[&Action]) -> Waiting {
        Waiting::of(&group.iter().filter_map(|action| action.followed(self.spec.as_of)).collect::<Vec<Followed>>())
    }

    /// Half days only where there are some.
    fn days_unit(self, rows: &[(TableRow, Group)]) -> Unit {
        let medians = rows.iter().filter_map(|(_, group)| self.waiting(group).quantile(0.5));
        Unit::Number { decimals: u8::from(medians.into_iter().any(|days| days.fract() != 0.0)) }
    }

    /// Where all are told of: what they are. Where they are counted: how their time is.
    pub(super) fn notes(self) -> Vec<TableNote> {
        match self.spec.show {
            ActionShow::Since | ActionShow::Planned => self.balance_notes(),
            ActionShow::Units | ActionShow::Origins => {
                let method = note(NoteKind::Method, printed!("measure-action-method"));
                self.balance_notes().into_iter().chain([method]).collect()
            }
            ActionShow::Late | ActionShow::Lacking | ActionShow::Effect | ActionShow::Next => Vec::new(),
        }
    }

    /// What is carried in and what is new are what is closed and what is open; and what stands outside.
    fn balance_notes(self) -> Vec<TableNote> {
        let count = |holds: &dyn Fn(&Action) -> bool| {
            let those = self.register.own().filter(|action| holds(action)).count();
            (those, swedish::integer(those as i64))
        };
        let (_, carried) = count(&|action| action.came == Came::CarriedIn);
        let (_, new) = count(&|action| action.came == Came::New);
        let (_, closed) = count(&|action| action.is_between() && action.is_closed());
        let (_, open) = count(&|action| action.is_between() && !action.is_closed());
        let since = swedish::day(self.spec.since);
        let mut notes =
            vec![note(NoteKind::Other, printed!("measure-action-balance", since, carried, new, closed, open))];
        let (n, shown) = count(&|action| action.came == Came::ClosedBefore);
        if n > 0 {
            notes.push(note(NoteKind::Other, printed!("measure-actions-closed-before", n, shown, since)));
        }
        let (n, shown) = count(&|action| action.came == Came::NotYet);
        if n > 0 {
            let day = swedish::day(self.spec.as_of);
            notes.push(note(NoteKind::Other, printed!("measure-actions-not-yet", n, shown, day)));
        }
        notes
    }
}
