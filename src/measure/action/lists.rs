//! Tables with one row per action: what came of those of the last report, what is planned, late, or lacks someone or a day.

use std::cmp::Reverse;

use super::Actions;
use super::register::{Action, Came};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::sheet::{Fields, Sheet};

/// What can stand in a column of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Text,
    Unit,
    Origin,
    OriginId,
    Decided,
    Decision,
    Owner,
    Due,
    ReportBy,
    Done,
    State,
    FollowUp,
    Effect,
    DaysLate,
    Lacks,
}

impl<'a> Actions<'a> {
    /// What was open at the last report or has been closed since, in file order.
    pub(super) fn since(self, table: MeasureTable) -> Sheet {
        use Cell::*;
        let is_told = |action: &&Action| action.is_closed() || action.came == Came::CarriedIn;
        let cells = [Text, Unit, Origin, OriginId, Owner, Due, Done, State, FollowUp, Effect];
        self.list(table, &cells, self.between().filter(is_told).collect())
    }

    /// What is open, the nearest due day first and those without one last.
    pub(super) fn planned(self, table: MeasureTable) -> Sheet {
        use Cell::*;
        let mut open = self.open();
        open.sort_by_key(|action| (action.due.is_none(), action.due));
        self.list(
            table,
            &[Text, Unit, Origin, OriginId, Decided, Decision, Owner, Due, ReportBy, State, FollowUp],
            open,
        )
    }

    /// What should have been done, longest ago first.
    pub(super) fn late(self, table: MeasureTable) -> Sheet {
        use Cell::*;
        let days = |action: &Action| action.days_late(self.spec.as_of);
        let mut late: Vec<&Action> = self.open().into_iter().filter(|action| days(action).is_some()).collect();
        late.sort_by_key(|action| Reverse(days(action)));
        self.list(table, &[Text, Unit, Origin, Owner, Due, DaysLate, FollowUp], late)
    }

    /// What nobody is responsible for, or has no day to be done by.
    pub(super) fn lacking(self, table: MeasureTable) -> Sheet {
        use Cell::*;
        let lacking = self.open().into_iter().filter(|action| self.lacks(action).is_some()).collect();
        self.list(table, &[Text, Unit, Origin, Decided, Lacks], lacking)
    }

    pub(super) fn between(self) -> impl Iterator<Item = &'a Action> {
        self.register.own().filter(|action| action.is_between())
    }

    fn open(self) -> Vec<&'a Action> {
        self.between().filter(|action| !action.is_closed()).collect()
    }

    /// A row per action; a column that the job does not name is left out.
    fn list(self, table: MeasureTable, cells: &[Cell], actions: Vec<&'a Action>) -> Sheet {
        let mut fields = Fields::new();
        for cell in cells.iter().copied() {
            if let Some(column) = self.column(cell) {
                fields.add(column, move |action: &&Action| self.cell(action, cell));
            }
        }
        let table = MeasureTable { n: actions.len() as u64, ..table };
        let named = |action: &'a Action| (TableRow::named(action.id.as_str(), RowKind::Part), action);
        Sheet::of(table, &fields, actions.into_iter().map(named))
    }

    /// The column of the register that a cell is read from.
    fn read_from(self, cell: Cell) -> Option<&'a str> {
        let columns = &self.spec.columns;
        let told = |name: &'a Option<String>| name.as_deref();
        match cell {
            Cell::Text => Some(&columns.text),
            Cell::Unit => told(&columns.unit),
            Cell::Origin => told(&columns.origin),
            Cell::OriginId => told(&columns.origin_id),
            Cell::Decided => Some(&columns.decided),
            Cell::Owner => told(&columns.owner),
            Cell::Due => told(&columns.due),
            Cell::ReportBy => told(&columns.report_by),
            Cell::FollowUp => told(&columns.follow_up),
            Cell::Done | Cell::Decision | Cell::State | Cell::Effect | Cell::DaysLate | Cell::Lacks => None,
        }
    }

    fn column(self, cell: Cell) -> Option<TableColumn> {
        let label = |name: &str| self.register.rows.label(name);
        let (read, columns) = (self.read_from(cell).map(label), &self.spec.columns);
        let (key, label, unit) = match cell {
            Cell::Text => ("action", read?, Unit::Text),
            Cell::Unit => ("unit", read?, Unit::Text),
            Cell::Origin => ("origin", read?, Unit::Text),
            Cell::OriginId => ("origin_id", read?, Unit::Text),
            Cell::Decided => ("decided", read?, Unit::Date),
            Cell::Owner => ("owner", read?, Unit::Text),
            Cell::Due => ("due", read?, Unit::Date),
            Cell::ReportBy => ("report_by", read?, Unit::Date),
            Cell::FollowUp => ("follow_up", read?, Unit::Text),
            Cell::Done => ("done", label(&columns.done), Unit::Date),
            Cell::Decision if columns.decision.is_empty() => return None,
            Cell::Decision => ("decision", word!("measure-decision").to_string(), Unit::Text),
            Cell::State => ("state", word!("measure-state").to_string(), Unit::Text),
            Cell::Effect => ("effect", label(columns.effect.as_deref()?), Unit::Text),
            Cell::DaysLate => ("days_late", printed!("measure-days-late"), Unit::Count),
            Cell::Lacks => ("lacks", printed!("measure-lacks"), Unit::Text),
        };
        Some(column(key, label, Role::Text, unit))
    }

    pub(super) fn effect_cell(self, action: &Action) -> Formula {
        self.cell(action, Cell::Effect)
    }

    fn cell(self, action: &Action, cell: Cell) -> Formula {
        if let Some(name) = self.read_from(cell) {
            return self.register.read_cell(action, name);
        }
        let days_late = action.days_late(self.spec.as_of);
        let (how, value) = match cell {
            Cell::Done => ("the day of done if it is not after that of the data, of", day(action.done)),
            Cell::Decision => ("what names the decision of", text(self.decision(action).as_deref())),
            Cell::State => ("done by the day of the data, late, or under way, of", text(Some(self.state(action)))),
            Cell::Effect => ("the effect if it was judged when it was done, of", text(self.judged(action).as_deref())),
            Cell::DaysLate => {
                let days = days_late.map_or(Value::Nothing(Nothing::Blank), |days| Value::Count(days.into()));
                ("days from the due day to the day of the data, of", days)
            }
            _ => ("what is not filled in of", text(self.lacks(action))),
        };
        Formula::of_rows(how, vec![self.register.counted([action])], value)
    }

    /// "§ 17, SN 2023-511"
    fn decision(self, action: &Action) -> Option<String> {
        let cells = self.spec.columns.decision.iter().filter_map(|name| self.register.rows.text(action.row, name));
        let cells: Vec<String> = cells.map(|text| text.trim().to_string()).filter(|text| !text.is_empty()).collect();
        (!cells.is_empty()).then(|| cells.join(", "))
    }

    /// As it stands in the register, if it counts.
    fn judged(self, action: &Action) -> Option<String> {
        let name = self.spec.columns.effect.as_deref()?;
        action.effect.and_then(|_| self.register.rows.text(action.row, name)).map(|text| text.into_owned())
    }

    fn state(self, action: &Action) -> &'static str {
        match (action.is_closed(), action.days_late(self.spec.as_of)) {
            (true, _) => word!("measure-done"),
            (false, Some(_)) => word!("measure-late"),
            (false, None) => word!("measure-under-way"),
        }
    }

    /// "ansvarig", "tid", "ansvarig och tid": what the register should say and does not.
    pub(super) fn lacks(self, action: &Action) -> Option<&'static str> {
        let without_day = self.spec.columns.due.is_some() && action.due.is_none();
        match (action.has_owner, without_day) {
            (true, false) => None,
            (false, false) => Some(word!("measure-someone-responsible")),
            (true, true) => Some(word!("measure-due-day")),
            (false, true) => Some(word!("measure-someone-and-due-day")),
        }
    }
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Nothing(Nothing::Blank), |text| Value::Text(text.to_string()))
}

fn day(day: Option<i32>) -> Value {
    day.map_or(Value::Nothing(Nothing::Blank), Value::Date)
}
