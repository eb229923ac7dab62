//! A register's rows as actions: which were carried in, which came, which are done.
//!
//! In: the rows of the register, those of it as the last report left it, and of the events that actions come from. Out: each
//! id once, in file order; what the analyst should mend; what is gone. Never: an action that is in none of [`Came`].

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{ActionPlan, EventsPlan};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::period::date_of;
use crate::domain::spelling::fold;
use crate::measure::family::{Facts, Of};
use crate::measure::formula::{Counted, Formula};
use crate::measure::observations::Observations;
use crate::stats::survival::Followed;

/// How an action stands to the last report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// It was open then.
    CarriedIn,
    New,
    /// It was done by then.
    ClosedBefore,
    /// It is decided after the day of the data.
    NotYet,
}

/// Whether an action did what it was to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Yes,
    Partly,
    No,
}

/// One action.
#[derive(Debug, Clone)]
pub(super) struct Action {
    pub row: usize,
    /// As readers see it; "rad 7" where the register has no id.
    pub id: String,
    /// Folded; by it the action is found in the last report.
    key: String,
    pub unit: Option<String>,
    pub origin: Option<String>,
    decided: Option<i32>,
    /// Not a day after that of the data: what is planned is not done.
    pub done: Option<i32>,
    pub due: Option<i32>,
    /// Only if it was judged when the action was done.
    pub effect: Option<Effect>,
    pub has_owner: bool,
    pub came: Came,
    /// Belongs to the value of `each`; true where there is none.
    pub is_own: bool,
}

impl Action {
    /// It was open at the last report, or came since: it is closed or open now.
    pub(super) fn is_between(&self) -> bool {
        matches!(self.came, Came::CarriedIn | Came::New)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.done.is_some()
    }

    /// Days since it should have been done.
    pub(super) fn days_late(&self, as_of: i32) -> Option<i32> {
        let late = as_of - self.due?;
        (late > 0 && !self.is_closed()).then_some(late)
    }

    /// How long it took, or has taken; none of one without a day of decision, or done before it.
    pub(super) fn followed(&self, as_of: i32) -> Option<Followed> {
        let days = self.done.unwrap_or(as_of) - self.decided?;
        u32::try_from(days).ok().map(|time| Followed { time, ended: self.is_closed() })
    }
}

/// The actions of a register.
pub(super) struct Register<'a> {
    source: usize,
    pub rows: Observations<'a>,
    actions: Vec<Action>,
    pub remarks: Vec<Diagnostic>,
    /// Errors: actions that the last report left open and that are no longer there.
    pub gone: Vec<Diagnostic>,
}

impl<'a> Register<'a> {
    pub(super) fn read(of: Of<'a>, spec: &ActionPlan, facts: Facts<'a>) -> Result<Register<'a>, Failure> {
        let rows = facts.rows_of(of.plan, of.measure.source)?;
        let before = spec.previous.map(|source| facts.rows_of(of.plan, source)).transpose()?;
        // Of a register that is not there nothing is gone.
        let is_there = !facts.absent.contains_key(&of.measure.source);
        let before = before.filter(|before| is_there && before.rows() > 0);
        let left = before.as_ref().map(|before| left_open(spec, before));
        let mut reader = Reader { spec, rows: &rows, left: left.as_ref(), remarks: Vec::new() };
        let actions = reader.actions();
        let mut remarks = reader.remarks;
        for events in &spec.events {
            if let Some(known) = known_events(of, events, facts)? {
                remarks.extend(lost_events(spec, &rows, &actions, (events, &known), of));
            }
        }
        let gone = before.iter().zip(&left).flat_map(|(before, left)| gone(of, spec, before, left, &actions)).collect();
        Ok(Register { source: of.measure.source, rows, actions, remarks, gone })
    }

    /// The actions of the value of `each`.
    pub(super) fn own(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| action.is_own)
    }

    /// The rows of some actions.
    pub(super) fn counted<'r>(&self, actions: impl IntoIterator<Item = &'r Action>) -> Counted {
        let rows: Vec<usize> = actions.into_iter().map(|action| action.row).collect();
        Counted::rows(self.source, rows)
    }

    /// What stands in a column of an action's row.
    pub(super) fn read_cell(&self, action: &Action, name: &str) -> Formula {
        let Some(column) = self.rows.column(name) else { return Formula::BLANK };
        let value = crate::measure::register::value(&self.rows, action.row, column);
        Formula::read(self.source, Some(action.row), name, value)
    }
}

/// The actions that the last report left open: their rows, by their folded ids.
fn left_open(spec: &ActionPlan, before: &Observations) -> BTreeMap<String, usize> {
    let columns = &spec.columns;
    let is_open = |row: &usize| before.day(*row, &columns.done).is_none_or(|done| done > spec.since);
    let open = before.kept(&spec.conditions).into_iter().filter(is_open);
    open.filter_map(|row| Some((fold(&filled(before, row, &columns.id)?), row))).collect()
}

/// A cell's text, if it holds any.
fn filled(rows: &Observations, row: usize, column: &str) -> Option<String> {
    rows.text(row, column).map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
}

struct Reader<'r> {
    spec: &'r ActionPlan,
    rows: &'r Observations<'r>,
    left: Option<&'r BTreeMap<String, usize>>,
    remarks: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The actions in file order. Of rows with one id the first is kept, and the others are told of.
    fn actions(&mut self) -> Vec<Action> {
        let own = self.spec.each.as_ref().map(|each| self.rows.kept(std::slice::from_ref(each)));
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut actions = Vec::new();
        for row in self.rows.kept(&self.spec.conditions) {
            let is_own = own.as_ref().is_none_or(|own| own.binary_search(&row).is_ok());
            let action = self.action(row, is_own);
            match first.get(&action.key) {
                Some(other) => self.tell_twice(&action, *other),
                None => {
                    first.insert(action.key.clone(), row);
                    self.tell_days(&action);
                    actions.push(action);
                }
            }
        }
        actions
    }

    fn action(&mut self, row: usize, is_own: bool) -> Action {
        let (columns, rows) = (&self.spec.columns, self.rows);
        let told = |name: &Option<String>| name.as_deref().and_then(|name| filled(rows, row, name));
        let day = |name: &str| rows.day(row, name);
        let (number, id) = (rows.origin(row).0, filled(rows, row, &columns.id));
        let key = id.as_ref().map_or(format!("\u{0}{number}"), |id| fold(id));
        let decided = day(&columns.decided);
        let done = day(&columns.done).filter(|done| *done <= self.spec.as_of);
        let effect = self.effect(row, done);
        Action {
            row,
            id: id.unwrap_or_else(|| printed!("measure-row-of", number)),
            came: self.came(&key, decided, done),
            key,
            unit: told(&columns.unit),
            origin: told(&columns.origin),
            decided,
            done,
            due: columns.due.as_deref().and_then(day),
            effect,
            has_owner: columns.owner.is_none() || told(&columns.owner).is_some(),
            is_own,
        }
    }

    /// By the last report's register, where it is there; else by the days.
    fn came(&self, key: &str, decided: Option<i32>, done: Option<i32>) -> Came {
        let since = self.spec.since;
        let was_done = done.is_some_and(|done| done <= since);
        let was_open = match self.left {
            Some(left) => left.contains_key(key),
            None => decided.is_some_and(|decided| decided <= since) && !was_done,
        };
        match (was_open, was_done) {
            (true, _) => Came::CarriedIn,
            (false, true) => Came::ClosedBefore,
            (false, false) if decided.is_some_and(|decided| decided > self.spec.as_of) => Came::NotYet,
            (false, false) => Came::New,
        }
    }

    /// The effect, if it was judged when the action was done and not after the day of the data.
    fn effect(&mut self, row: usize, done: Option<i32>) -> Option<Effect> {
        let columns = &self.spec.columns;
        let column = columns.effect.as_deref()?;
        let effect = match fold(&filled(self.rows, row, column)?).as_str() {
            "ja" => Effect::Yes,
            "delvis" => Effect::Partly,
            "nej" => Effect::No,
            _ => {
                let help = say!("measure-write-effect-as");
                self.tell(Code::UnknownCategory, say!("measure-effect-is-no-answer"), (row, column), help);
                return None;
            }
        };
        let judged = columns.judged.as_deref().and_then(|name| self.rows.day(row, name));
        let counts = judged.zip(done).is_some_and(|(judged, done)| (done..=self.spec.as_of).contains(&judged));
        if !counts {
            let help = say!("measure-judge-effect-when-done");
            self.tell(Code::StatusContradiction, say!("measure-effect-is-not-judged"), (row, column), help);
        }
        counts.then_some(effect)
    }

    fn tell_twice(&mut self, action: &Action, first: usize) {
        let (first, _) = self.rows.origin(first);
        let is_safe = self.rows.column(&self.spec.columns.id).is_some_and(|column| column.safe);
        let id = if is_safe { format!("`{}`", action.id) } else { say!("measure-an-id") };
        let message = say!("measure-action-stands-twice", id, first);
        let at = (action.row, self.spec.columns.id.as_str());
        self.tell(Code::DuplicateRow, message, at, say!("measure-give-each-action-its-id"));
    }

    /// What is missing or cannot be of an action's id and days.
    fn tell_days(&mut self, action: &Action) {
        let ActionPlan { columns, as_of, .. } = self.spec;
        let [id, decided, done] =
            [&columns.id, &columns.decided, &columns.done].map(|column| (action.row, column.as_str()));
        if action.key.starts_with('\u{0}') {
            self.tell(Code::MissingId, say!("measure-action-has-no-id"), id, say!("measure-give-action-an-id"));
        }
        let day = date_of(*as_of);
        match action.decided {
            None => {
                let help = say!("measure-write-day-of-decision");
                self.tell(Code::MissingDate, say!("measure-action-is-not-decided"), decided, help);
            }
            Some(decided_on) if decided_on > *as_of => {
                let help = say!("measure-check-day-or-as-of");
                self.tell(Code::BadDate, say!("measure-action-is-decided-later", day), decided, help);
            }
            Some(decided_on) if action.done.is_some_and(|done| done < decided_on) => {
                let help = say!("measure-correct-one-of-days");
                self.tell(Code::BadDate, say!("measure-action-is-done-before"), done, help);
            }
            Some(_) => {}
        }
        if self.rows.day(action.row, &columns.done).is_some_and(|done| done > *as_of) {
            let help = say!("measure-check-day-or-as-of");
            self.tell(Code::BadDate, say!("measure-action-is-done-later", day), done, help);
        }
    }

    fn tell(&mut self, code: Code, message: String, (row, column): (usize, &str), help: String) {
        self.remarks.push(Diagnostic::warning(code, message, self.rows.cell(row, column)).help(help));
    }
}

/// An action as a message may name it: by what is safe of it.
fn named(spec: &ActionPlan, rows: &Observations, row: usize) -> String {
    let shown = |column: &str| {
        let is_safe = rows.column(column).is_some_and(|column| column.safe);
        is_safe.then(|| filled(rows, row, column)).flatten().map(|text| format!("`{text}`"))
    };
    let parts: Vec<String> =
        [&spec.columns.id, &spec.columns.text].into_iter().filter_map(|name| shown(name)).collect();
    if parts.is_empty() { say!("measure-an-action", row = rows.origin(row).0) } else { parts.join(", ") }
}

/// Actions that the last report left open and that the register no longer holds.
fn gone(
    of: Of,
    spec: &ActionPlan,
    before: &Observations,
    left: &BTreeMap<String, usize>,
    actions: &[Action],
) -> Vec<Diagnostic> {
    let known: BTreeSet<&str> = actions.iter().map(|action| action.key.as_str()).collect();
    let source = &of.source().name;
    let lost = left.iter().filter(|(key, _)| !known.contains(key.as_str()));
    let told = lost.map(|(_, row)| {
        let message = say!("measure-action-is-gone", action = named(spec, before, *row), source);
        let at = before.cell(*row, &spec.columns.id);
        Diagnostic::error(Code::NoLongerThere, message, at).help(say!("measure-put-action-back", source))
    });
    told.collect()
}

/// Folded ids of an event register; none of one that was not delivered.
fn known_events(of: Of, events: &EventsPlan, facts: Facts) -> Result<Option<BTreeSet<String>>, Failure> {
    if facts.absent.contains_key(&events.source) {
        return Ok(None);
    }
    let rows = facts.rows_of(of.plan, events.source)?;
    let id = &rows.source.columns[events.id].name;
    Ok(Some((0..rows.rows()).filter_map(|row| rows.text(row, id)).map(|id| fold(&id)).collect()))
}

/// Open actions that come of an event that is no longer there.
fn lost_events<'r>(
    spec: &'r ActionPlan,
    rows: &'r Observations,
    actions: &'r [Action],
    (events, known): (&'r EventsPlan, &'r BTreeSet<String>),
    of: Of<'r>,
) -> impl Iterator<Item = Diagnostic> + 'r {
    let source = &of.plan.sources[events.source].name;
    let is_of = |action: &&Action| action.origin.as_ref().is_some_and(|origin| fold(origin) == events.origin);
    let open = actions.iter().filter(|action| !action.is_closed() && action.is_own).filter(is_of);
    open.filter_map(move |action| {
        let column = spec.columns.origin_id.as_deref()?;
        let id = filled(rows, action.row, column)?;
        let is_lost = !known.contains(&fold(&id));
        let message = || say!("measure-event-of-action-is-gone", action = named(spec, rows, action.row), source);
        is_lost.then(|| {
            let told = Diagnostic::warning(Code::NoLongerThere, message(), rows.cell(action.row, column));
            told.help(say!("measure-say-what-became-of-event"))
        })
    })
}
