//! Tables with one row per risk: ranked by score, without action or owner, with late actions.

use std::cmp::Reverse;

use super::Picture;
use super::register::Risk;
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::observations::Observations;
use crate::measure::order::Swedish;
use crate::measure::risk::plan::RiskPlan;
use crate::measure::sheet::{Fields, Sheet};

/// What can stand in a column of risks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Text,
    Unit,
    Probability,
    Consequence,
    Score,
    Level,
    Before,
    ProbabilityBefore,
    ConsequenceBefore,
    Action,
    Owner,
    Status,
    Due,
    DaysLate,
    Lacks,
}

impl<'a> Picture<'a> {
    /// All risks, highest score first.
    ///
    /// Ties by consequence, then id by Swedish collation; risks without a score last.
    pub(super) fn ranked(self, table: MeasureTable) -> Sheet {
        self.list(table, &self.of_ranked(), sorted(self.register.own().collect()))
    }

    fn of_ranked(self) -> Vec<Cell> {
        use Cell::*;
        let before =
            if self.register.before.is_some() { &[Before, ProbabilityBefore, ConsequenceBefore][..] } else { &[] };
        let (first, last) = ([Text, Unit, Probability, Consequence, Score, Level], [Action, Owner, Status, Due]);
        [&first[..], before, &last].concat()
    }

    /// The risks of the highest level, as [`Self::ranked`]; all of them where the job has no levels.
    pub(super) fn highest(self, table: MeasureTable) -> Sheet {
        let least = self.spec.scale.levels.last().map_or(0, |(from, _)| *from);
        let is_high = |risk: &&Risk| risk.score().is_some_and(|score| score >= least);
        let high = sorted(self.register.own().filter(is_high).collect());
        self.list(MeasureTable { n: high.len() as u64, ..table }, &self.of_ranked(), high)
    }

    /// Risks without action, or without anyone responsible.
    pub(super) fn open(self, table: MeasureTable) -> Sheet {
        use Cell::*;
        let open = sorted(self.register.own().filter(|risk| lacks(self.spec, risk).is_some()).collect());
        let table = MeasureTable { n: open.len() as u64, ..table };
        self.list(table, &[Text, Unit, Score, Level, Lacks, Status], open)
    }

    /// Actions that should have been done, longest ago first.
    pub(super) fn late(self, table: MeasureTable) -> Sheet {
        use Cell::*;
        let days = |risk: &Risk| risk.days_late(self.spec.as_of);
        let mut late = sorted(self.register.own().filter(|risk| days(risk).is_some()).collect());
        late.sort_by_key(|risk| Reverse(days(risk)));
        let table = MeasureTable { n: late.len() as u64, ..table };
        self.list(table, &[Text, Unit, Score, Level, Action, Owner, Status, Due, DaysLate], late)
    }

    /// A row per risk; a column that the job does not name is left out.
    fn list(self, table: MeasureTable, cells: &[Cell], risks: Vec<&Risk>) -> Sheet {
        let mut fields = Fields::new();
        for cell in cells.iter().copied().filter(|cell| is_declared(self.spec, *cell)) {
            let (key, label, role, unit) = head(self.spec, self.rows, cell);
            fields.add(column(key, label, role, unit), move |risk: &&Risk| self.cell(risk, cell));
        }
        Sheet::of(table, &fields, risks.into_iter().map(|risk| (row(&risk.id), risk)))
    }

    fn cell(self, risk: &Risk, cell: Cell) -> Formula {
        let spec = self.spec;
        let before = self.register.before(risk);
        let told = |name: &Option<String>, value| name.as_deref().map_or(Formula::BLANK, |name| risk.read(name, value));
        match cell {
            Cell::Text => risk.read(&spec.text, text(risk.text.as_deref())),
            Cell::Unit => told(&spec.unit, text(risk.unit.as_deref())),
            Cell::Probability => step(Some(risk), |risk| risk.probability.ok()),
            Cell::Consequence => step(Some(risk), |risk| risk.consequence.ok()),
            Cell::Score => score(Some(risk)),
            Cell::Level => risk.worked_out("the level of the score of", level(spec, risk)),
            Cell::Before => score(before),
            Cell::ProbabilityBefore => step(before, |risk| risk.probability.ok()),
            Cell::ConsequenceBefore => step(before, |risk| risk.consequence.ok()),
            Cell::Action => told(&spec.action, text(risk.action.as_deref())),
            Cell::Owner => told(&spec.owner, text(risk.owner.as_deref())),
            Cell::Status => told(&spec.status, text(risk.status.as_deref())),
            Cell::Due => told(&spec.due, risk.due.map_or(Value::Nothing(Nothing::Blank), Value::Date)),
            Cell::DaysLate => {
                let days = number(risk.days_late(spec.as_of).map(i64::from));
                risk.worked_out("days from the due day to the day of the data, of", days)
            }
            Cell::Lacks => risk.worked_out("what is not filled in of", text(lacks(spec, risk))),
        }
    }
}

/// By score, consequence, id; without score last.
pub(super) fn sorted(mut risks: Vec<&Risk>) -> Vec<&Risk> {
    let swedish = Swedish::new();
    let weight = |risk: &Risk| (risk.score(), risk.score().and(risk.consequence.ok()));
    risks.sort_by(|one, other| weight(other).cmp(&weight(one)).then_with(|| swedish.compare(&one.id, &other.id)));
    risks
}

/// "åtgärd", "ansvarig", "åtgärd och ansvarig": what the register should say and does not.
pub(super) fn lacks(spec: &RiskPlan, risk: &Risk) -> Option<&'static str> {
    let action = spec.action.is_some() && risk.action.is_none();
    let owner = spec.owner.is_some() && risk.owner.is_none();
    match (action, owner) {
        (true, true) => Some(word!("measure-action-and-owner")),
        (true, false) => Some(word!("measure-action")),
        (false, true) => Some("ansvarig"),
        (false, false) => None,
    }
}

pub(super) fn row(id: &str) -> TableRow {
    TableRow::named(id, RowKind::Part)
}

fn is_declared(spec: &RiskPlan, cell: Cell) -> bool {
    match cell {
        Cell::Unit => spec.unit.is_some(),
        Cell::Action => spec.action.is_some(),
        Cell::Owner => spec.owner.is_some(),
        Cell::Status => spec.status.is_some(),
        Cell::Due => spec.due.is_some(),
        Cell::Level => !spec.scale.levels.is_empty(),
        _ => true,
    }
}

fn head(spec: &RiskPlan, rows: &Observations, cell: Cell) -> (&'static str, String, Role, Unit) {
    let of = |name: &Option<String>| name.as_deref().map(|name| rows.label(name)).unwrap_or_default();
    let before = |name: &str| format!("{} {}", rows.label(name), spec.names.1);
    match cell {
        Cell::Text => ("risk", rows.label(&spec.text), Role::Text, Unit::Text),
        Cell::Unit => ("unit", of(&spec.unit), Role::Text, Unit::Text),
        Cell::Probability => ("probability", rows.label(&spec.probability), Role::Text, Unit::Count),
        Cell::Consequence => ("consequence", rows.label(&spec.consequence), Role::Text, Unit::Count),
        Cell::Score => ("score", printed!("measure-score"), Role::Current, Unit::Count),
        Cell::Level => ("level", printed!("measure-level"), Role::Text, Unit::Text),
        Cell::Before => ("previous", printed!("measure-score-of", year = spec.names.1), Role::Previous, Unit::Count),
        Cell::ProbabilityBefore => ("probability_previous", before(&spec.probability), Role::Text, Unit::Count),
        Cell::ConsequenceBefore => ("consequence_previous", before(&spec.consequence), Role::Text, Unit::Count),
        Cell::Action => ("action", of(&spec.action), Role::Text, Unit::Text),
        Cell::Owner => ("owner", of(&spec.owner), Role::Text, Unit::Text),
        Cell::Status => ("status", of(&spec.status), Role::Text, Unit::Text),
        Cell::Due => ("due", of(&spec.due), Role::Text, Unit::Date),
        Cell::DaysLate => ("days_late", printed!("measure-days-late"), Role::Text, Unit::Count),
        Cell::Lacks => ("lacks", printed!("measure-lacks"), Role::Text, Unit::Text),
    }
}

/// A step of the scale. A risk that is not there is not missing: it is new this year, or was taken out.
fn step(risk: Option<&Risk>, of: fn(&Risk) -> Option<u8>) -> Formula {
    risk.map_or(Formula::BLANK, |risk| risk.worked_out("the step on the scale of", number(of(risk).map(i64::from))))
}

fn number(number: Option<i64>) -> Value {
    number.map_or(Value::Nothing(Nothing::Missing), Value::Count)
}

pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Nothing(Nothing::Blank), |text| Value::Text(text.to_string()))
}

/// A risk's score; blank where there was no risk, missing where it could not be judged.
pub(super) fn score(risk: Option<&Risk>) -> Formula {
    let of = |risk: &Risk| risk.worked_out("probability × consequence of", number(risk.score().map(i64::from)));
    risk.map_or(Formula::BLANK, of)
}

pub(super) fn level(spec: &RiskPlan, risk: &Risk) -> Value {
    let level = risk.score().and_then(|score| spec.scale.level_of(score));
    text(level.map(|level| spec.scale.levels[level].1.as_str()))
}
